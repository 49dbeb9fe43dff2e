"""Who says what in an article: words between quotation marks, and the sense of others' words, with speakers.

There is no parser. A quotation's speaker is the subject of a verb of speech in its own sentence; else whom a
pronoun there means; else whoever spoke the words before it. What is left goes to the nearest person and is
marked as a guess.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from generator.annotate.authority import TAGS
from generator.annotate.boilerplate import without_dateline
from generator.annotate.cues import Cue
from generator.annotate.framing import (
    Frame,
    cue_behind,
    cue_beside,
    cues_before,
    frame_of,
    is_said,
    is_supposed,
    leads_in,
    names_something,
    sentence_of,
    shape_of,
)
from generator.annotate.full_names import Named
from generator.annotate.indirect import reported
from generator.annotate.interview import Answer, answers
from generator.annotate.offices import who
from generator.annotate.phrases import head_of, is_place
from generator.annotate.quote_marks import Quoted, begins_open
from generator.annotate.repeats import SILENT, bare, repeats
from generator.annotate.signatures import signed
from generator.annotate.speech import speech
from generator.annotate.spoken_lines import Line, read_line
from generator.annotate.subjects import Subject, subject_of
from generator.annotate.talk import Spoken, Talk, before_it, meant, nearest, shared_subject
from generator.annotate.voices import HIDDEN, Cast, Voice, can_be_surname
from generator.core.archive import Quotation
from generator.core.model import Annotated, Block, EntityKey

CERTAINTY: Mapping[str, int] = {
    "editor": 100, "pull": 95, "label": 90, "verb": 90, "carried": 85, "pronoun": 80, "follows": 72,
    "nearest": 60, "place": 50, "": 0,
}  # fmt: skip
"""Of a hundred speakers found by each rule, how many are about right."""

LONGEST = 8_000
"""Characters of a block past which it is no paragraph of news, and nobody is looked for in it."""

_LONGEST_BREAK = 200
"""Characters between two parts of a quotation, past which more is told there than who speaks."""

_MOST_CUES = 2  # verbs before a quotation in its sentence that may frame it, the last first

MOST_MARKS = 100
"""Quotations past which a block is a list or a mistake."""

_KEYS = re.compile(r"[\w]['\"”’]\s?:\s?['\"“‘\[{]")
_FEWEST_KEYS = 3  # "key": "value": a block of so many is data
_AN_ARTICLE = 4  # characters of "The "
_MOST_BETWEEN = 12  # words
_WHICH = re.compile(r"\b(?:who|which|whose)\b")
_FEW_WORDS = 2
"""Words that two people can well say without the one repeating the other."""

_UNSPOKEN = SILENT | {"heading", "table", "figure", "pull"}


class _Found(NamedTuple):
    """A quotation on its way: where it stands, what it is, and what tells its speaker."""

    block: int
    at: Quoted
    kind: Literal["direct", "partial"]
    voice: Voice | None
    verb: str = ""
    rule: str = ""
    goes_on: bool = False


def quotations(annotated: Annotated) -> tuple[Quotation, ...]:
    """The quotations of an article in reading order; the same words once.

    A pull quote that repeats the text is not counted. English verbs are known; of an article in another
    language only the quotations that end in an attribution are given.
    """
    blocks = annotated.prose.blocks
    named = _named(annotated)
    found = _pulls(annotated, named)
    if not annotated.article.language.lower().startswith("en"):
        return _decided(annotated, found)
    listed = {n.name: n.entity for n in annotated.namings if n.entity.taxonomy != TAGS}
    texts = [block.text for block in blocks]
    first = next((number for number, block in enumerate(blocks) if block.kind not in _UNSPOKEN), 0)
    texts[first : first + 1] = map(without_dateline, texts[first : first + 1])
    cast, talk = Cast(texts, named, listed), Talk()
    lines: list[Line] = []
    labelled = answers(cast)
    for number, block in enumerate(blocks):
        if number in labelled:
            found += _answer(cast, block, number, labelled[number])
            continue
        if block.kind in _UNSPOKEN or not 0 < len(block.text) <= LONGEST:
            continue
        line = read_line(number, block.anchor, texts[number], cast.marks(number))
        if len(line.marks) > MOST_MARKS or _is_data(line):
            continue
        goes_on = line.marks and line.marks[-1].open_end and _begins_next(blocks, number)
        found += [_made(cast, line, one) for one in _spoken(cast, lines, line, talk, goes_on=bool(goes_on))]
        found += reported(cast, line)
        lines.append(line)
    return _decided(annotated, _once(found, blocks))


def _is_data(line: Line) -> bool:
    """Whether a block is no prose but keys and values in marks."""
    return len(line.marks) >= _FEWEST_KEYS and len(_KEYS.findall(line.text)) >= _FEWEST_KEYS


def _answer(cast: Cast, block: Block, number: int, one: Answer) -> list[Quotation]:
    """The words that fill a labelled block of an interview; none for a question."""
    if one.voice is None:
        return []
    words = _words(block.text[one.start :].strip().strip('“”"'))
    inside = _inside(cast, number, one.start, len(block.text))
    certainty = CERTAINTY["label"]
    name, entity = one.voice.name, one.voice.entity
    return [Quotation(block.anchor, words, "direct", name, entity, "", "label", certainty, inside)]


def _inside(cast: Cast, number: int, start: int, end: int) -> tuple[EntityKey, ...]:
    """The entities named between two offsets of a block."""
    found = (n.entity for n in cast.named[number] if start <= n.start and n.end <= end)
    return tuple(dict.fromkeys(found))


def _decided(annotated: Annotated, found: Sequence[Quotation]) -> tuple[Quotation, ...]:
    """The quotations as the article's front matter has them where it says whose they are."""
    namings = {naming.name: naming.entity for naming in annotated.namings if naming.entity.taxonomy != TAGS}
    decided = list(found)
    for words, by in annotated.article.quotes:
        wanted = bare(words).lower()
        at = [n for n, one in enumerate(decided) if wanted in bare(one.text).lower()]
        for n in reversed(at):
            one = decided.pop(n)
            if by:
                one = one._replace(
                    speaker=by, entity=namings.get(by), rule="editor", certainty=CERTAINTY["editor"]
                )
                decided.insert(n, one)
        if by and not at:
            decided += _added(annotated, words, wanted, by, namings.get(by))
    return tuple(decided)


def _added(
    annotated: Annotated, words: str, wanted: str, by: str, entity: EntityKey | None
) -> list[Quotation]:
    """Words that only an editor took for somebody's, where they stand in the text."""
    blocks = annotated.prose.blocks
    block = next((b for b in blocks if wanted in " ".join(b.text.split()).lower()), None)
    if block is None:
        return []
    said = _words(words.strip(' “”"«»„‘’'))
    return [Quotation(block.anchor, said, "direct", by, entity, "", "editor", CERTAINTY["editor"])]


def _named(annotated: Annotated) -> list[list[Named]]:
    """The entities named in each block, tags aside."""
    names = {naming.entity: naming.name for naming in annotated.namings if naming.entity.taxonomy != TAGS}
    named: list[list[Named]] = [[] for _ in annotated.prose.blocks]
    for entity, block, start, end, _ in annotated.mentions:
        if entity in names:
            named[block].append(Named(start, end, entity, names[entity]))
    return named


def _begins_next(blocks: Sequence[Block], number: int) -> bool:
    return number + 1 < len(blocks) and begins_open(blocks[number + 1].text)


def _spoken(cast: Cast, lines: Sequence[Line], line: Line, talk: Talk, *, goes_on: bool) -> list[_Found]:
    """The quotations of a block; `goes_on` tells that the next begins with what this one leaves open."""
    found: list[_Found] = []
    continued, talk.open = talk.open, None
    for place, one in enumerate(line.marks):
        if one.open_end and not goes_on:
            continue
        if not place and continued is not None and begins_open(line.text):
            judged: _Found | None = _Found(line.number, one, "direct", continued, "", "carried")
        else:
            judged = _judged(cast, lines, frame_of(line, place), talk, found[-1] if found else None)
        if judged is None:
            continue
        if found and found[-1].at is line.marks[place - 1] and _is_broken(line, found[-1], judged):
            judged = judged._replace(goes_on=True)
        found.append(judged)
        if judged.voice is not None and judged.rule != "nearest":
            talk.spoken.append(Spoken(line.number, one.outer_start, judged.voice))
        talk.open = judged.voice if one.open_end else None
    return found


def _is_broken(line: Line, one: _Found, other: _Found) -> bool:
    """Whether two stretches of direct words are one quotation, broken by who speaks alone."""
    if one.voice is None or one.voice != other.voice or not one.kind == other.kind == "direct":
        return False
    start, end = one.at.outer_end, other.at.outer_start
    if not any(start <= cue.start < end for cue in line.cues) or end - start > _LONGEST_BREAK:
        return False
    begun = [bound[0] for bound in line.bounds if start <= bound[0] < end]
    return not begun or (len(begun) == 1 and not line.masked[start : begun[0]].strip())


def _judged(
    cast: Cast, lines: Sequence[Line], frame: Frame, talk: Talk, last: _Found | None
) -> _Found | None:
    """What a quotation is and who speaks; None for words in marks that nobody said: a title, a nickname."""
    if (signature := signed(cast, frame.line, frame.at)) is not None:
        return _Found(frame.line.number, frame.at, "direct", signature, "", "pull")
    behind, before = cue_behind(frame), cues_before(frame)
    shape = shape_of(frame)
    if (behind is None or shape != "whole") and names_something(frame, before[0] if before else None):
        return None
    behind = behind or cue_beside(cast, frame)
    sex = ""
    for cue in (*((behind,) if behind else ()), *before[:_MOST_CUES]):
        direct = cue is behind or shape == "whole" or leads_in(frame, cue)
        if shape == "title" and not direct:
            continue
        if not direct and not is_said(frame, cue):
            continue
        left = frame.at.outer_end if cue is behind else sentence_of(frame, cue)
        told = subject_of(cast, frame.line.number, frame.line.masked, left, cue, frame.right)
        voice, rule = _speaker(cast, frame, cue, told, talk)
        if voice is not None and voice.kind != "person" and is_supposed(frame, cue):
            return None
        if voice is not None:
            verb = "according to" if cue.frame == "according" else cue.word
            kind: Literal["direct", "partial"] = "direct" if direct else "partial"
            return _Found(frame.line.number, frame.at, kind, voice, verb, rule)
        sex = sex or (subject.sex if (subject := told.voice) is not None else "")
    found = _unframed(cast, lines, frame, talk, last)
    if found is not None and sex and found.voice is not None and not _can_be(cast, found.voice, sex):
        return found._replace(voice=None, rule="")
    return found


def _can_be(cast: Cast, voice: Voice, sex: str) -> bool:
    """Whether "he" or "she" can be somebody."""
    nameless = voice.kind == "office" and head_of(voice.name) in speech().roles
    somebody = voice.kind == "person" or nameless or can_be_surname(voice)
    return somebody and cast.sex(voice) in {"", sex}


def _speaker(cast: Cast, frame: Frame, cue: Cue, told: Subject, talk: Talk) -> tuple[Voice | None, str]:
    """Who a cue says speaks, and by which rule that was found."""
    voice, rule = told.voice, "verb"
    if voice is None and told.shared:
        voice, rule = shared_subject(cast, frame, cue, talk)
    if voice is not None and voice.kind == "pronoun":
        return meant(cast, frame.line.number, voice, talk, cue.word), "pronoun"
    return voice, rule


def _unframed(
    cast: Cast, lines: Sequence[Line], frame: Frame, talk: Talk, last: _Found | None
) -> _Found | None:
    """A quotation whose own sentence has no verb of speech for it."""
    number, at = frame.line.number, frame.at
    shape = shape_of(frame)
    if shape != "whole":
        joined = last is not None and last.at.outer_start >= frame.left and _joined(frame, last)
        if last is None or last.voice is None or shape == "title" or not joined:
            return None
        return last._replace(at=at, rule="carried" if last.rule == "verb" else last.rule)
    head = frame.head.strip(" ,")
    alone = not head or head.startswith(HIDDEN)
    if not alone and frame.head.rstrip()[-1:] not in {":", ",", "—", "–", "-"}:
        return None
    if alone:
        voice, rule = before_it(cast, lines, frame, talk)
    elif frame.head.rstrip().endswith(","):
        voice, rule = None, ""
    else:
        voices = cast.voices(number, frame.left, at.outer_start)
        voice = next((v for v in voices if v.kind in {"person", "pronoun"}), voices[0] if voices else None)
        rule = "verb" if head.endswith(":") and len(head) < 60 else "follows"
        if voice is not None and voice.kind == "body" and voice.start - frame.left > _AN_ARTICLE:
            rule = "nearest"  # a body that speaks before a colon is all that stands there
        if voice is not None and voice.kind == "pronoun":
            voice = meant(cast, number, voice, talk)
    if voice is None:
        voice, rule = nearest(cast, number, at.outer_start), "nearest"
    return _Found(number, at, "direct", voice, "", rule if voice else "")


def _joined(frame: Frame, last: _Found) -> bool:
    """Whether words in marks go on with those before: "one" and "two"."""
    between = frame.line.masked[last.at.outer_end : frame.at.outer_start]
    return len(between.split()) < _MOST_BETWEEN and _WHICH.search(between) is None


def _made(cast: Cast, line: Line, one: _Found) -> Quotation:
    voice, rule = one.voice, one.rule
    if voice is not None and voice.kind == "office":
        voice = who(cast, voice, one.block, one.at.outer_start, one.at.outer_end)
    if voice is not None and voice.kind == "body" and is_place(voice):
        rule = "place"
    return Quotation(
        anchor=line.anchor,
        text=_words(line.text[one.at.start : one.at.end]),
        kind=one.kind,
        speaker=voice.name if voice else "",
        entity=voice.entity if voice else None,
        verb=one.verb,
        rule=rule if voice else "",
        certainty=CERTAINTY[rule] if voice else 0,
        named=_inside(cast, one.block, one.at.start, one.at.end),
        goes_on=one.goes_on,
    )


def _words(text: str) -> str:
    """Quoted words as they stand alone: without the comma that leads on."""
    return " ".join(text.split()).rstrip(" ,")


def _pulls(annotated: Annotated, named: Sequence[Sequence[Named]]) -> list[Quotation]:
    """The quotations that end in an attribution and do not repeat the text."""
    blocks = annotated.prose.blocks
    by_name: dict[str, EntityKey] = {one.name: one.entity for row in named for one in row}
    found: list[Quotation] = []
    for number, block in enumerate(blocks):
        if block.kind != "pull" or not block.label or repeats(blocks, number):
            continue
        speaker = block.label.partition(",")[0].strip()
        inside = tuple(dict.fromkeys(one.entity for one in named[number]))
        text, entity = _words(block.text.strip(' \n“”"«»„‘’')), by_name.get(speaker)
        found.append(
            Quotation(block.anchor, text, "direct", speaker, entity, "", "pull", CERTAINTY["pull"], inside)
        )
    return found


def _once(found: Sequence[Quotation], blocks: Sequence[Block]) -> tuple[Quotation, ...]:
    """Each quotation once, under the surest speaker, in reading order."""
    order = {block.anchor: number for number, block in reversed(list(enumerate(blocks))) if block.anchor}
    best: dict[str, Quotation] = {}
    for one in found:
        words = bare(one.text).lower()
        key = words if len(words.split()) > _FEW_WORDS else f"{words}\n{one.anchor}\n{one.speaker}"
        kept = best.get(key)
        if kept is None or one.certainty > kept.certainty:
            best[key] = one
    return tuple(sorted(best.values(), key=lambda one: order.get(one.anchor, 0)))
