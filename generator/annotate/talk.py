"""Who a quotation goes back to where its own sentence names nobody: a pronoun's person, who spoke before."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from generator.annotate.cues import Cue
from generator.annotate.framing import Frame
from generator.annotate.phrases import head_of, is_document, office
from generator.annotate.speech import speech
from generator.annotate.spoken_lines import Line
from generator.annotate.subjects import subject_of
from generator.annotate.voices import HIDDEN, Cast, Voice, can_be_surname


class Spoken(NamedTuple):
    """Words that somebody spoke: in which block, and where they begin there."""

    block: int
    at: int
    voice: Voice


@dataclass(slots=True)
class Talk:
    """What was spoken so far, in reading order; `open` is whose words go on in the next block."""

    spoken: list[Spoken] = field(default_factory=list)
    open: Voice | None = None

    def last(self, cast: Cast, sex: str = "", kind: str = "") -> Spoken | None:
        """The last words of somebody of a sex, or of no known one, and a kind."""
        for one in reversed(self.spoken[-_REMEMBERED:]):
            voice = one.voice
            if kind in {"", voice.kind} and (not sex or cast.sex(voice) in {"", sex}):
                return one
        return None


_REMEMBERED = 40  # quotations that a pronoun can go back over
_HIDDEN = re.compile(HIDDEN + "+")
_NEAR = 60  # characters from the first name of a sentence within which a person is its subject
_BACK = 3  # blocks before its own in which a pronoun's person is looked for
_SHORT = 90  # characters behind a quotation, past which a block is about something else
_MOST_IN_DIALOGUE = 20  # words of a question or an answer
_SUBORDINATE = re.compile(
    r"(?:When|While|As|After|Before|If|Although|Though|Since|Because|Once|Until|Asked|Pressed|Questioned)\s"
    r"[^,;:.?!]{2,120},\s"
)
_ANSWERS = frozenset({"replied", "replies", "answered", "answers", "responded", "retorted", "countered"})
_ABOUT = re.compile(r"(?:Asked|Pressed|Questioned) [^.?!]{2,120}, \Z")
_ASKED = re.compile(r"\basked (?:him|her|them|whether|if|how|why|what)\b")
_NO_PERSONS = frozenset({"it", "I", "we"})


def shared_subject(cast: Cast, frame: Frame, cue: Cue, talk: Talk) -> tuple[Voice | None, str]:
    """The subject that a verb shares with an earlier one of its sentence, or with the words before it; and
    by which rule it was found."""
    masked, number = frame.line.masked, frame.line.number
    before = [c for c in frame.line.cues if frame.left <= c.start < cue.start and c.frame != "according"]
    for earlier in reversed(before):
        hidden = [m.end() for m in _HIDDEN.finditer(masked, 0, earlier.start)]
        behind = masked.find(HIDDEN, earlier.end)
        right = min(behind if behind >= 0 else len(masked), frame.right)
        left = max([frame.left, *hidden])
        voice = subject_of(cast, number, masked, left, earlier, right).voice
        if voice is not None and not _is_past_document(cast, number, voice, cue):
            return voice, "verb"
    left = main_clause(masked, frame.left, cue.start)
    here = [v for v in cast.voices(number, left, cue.start) if HIDDEN not in masked[v.start : v.end]]
    if here and masked[frame.left] != HIDDEN:
        person = next((v for v in here if v.kind in {"person", "pronoun"}), None)
        if person is not None and person.start - here[0].start < _NEAR:
            return person, "verb"
        group = office(masked, left, here[0].end)
        return (group if group is not None and group.start <= here[0].start else here[0]), "verb"
    group = office(masked, left, cue.start) if left > frame.left else None
    if group is not None and group.start == left:
        return group, "verb"
    last = talk.last(cast)
    return (last.voice, "carried") if last is not None and last.block == number else (None, "")


def _is_past_document(cast: Cast, number: int, voice: Voice, cue: Cue) -> bool:
    """Whether a document spoke earlier in a sentence that goes on with somebody: an affidavit read into the
    record, Ana Lund had said."""
    if voice.kind != "office" or not is_document(voice.name):
        return False
    return any(v.kind == "person" for v in cast.voices(number, voice.end, cue.start))


def _asker(cast: Cast, number: int) -> str:
    """Who asked in the block before one: whoever replies then is somebody else; "" for nobody."""
    text = cast.texts[number - 1] if number else ""
    asked = _ASKED.search(text)
    before = [v for v in cast.persons(number - 1) if asked and v.end <= asked.start()] if asked else []
    return before[0].name if before else ""


def main_clause(text: str, left: int, right: int) -> int:
    """Where a sentence says who does something, behind a clause like "When the river rose," that opens it."""
    opening = _SUBORDINATE.match(text, left, right)
    return opening.end() if opening else left


def meant(cast: Cast, number: int, pronoun: Voice, talk: Talk, verb: str = "") -> Voice | None:
    """Whom a pronoun means: the subject of the sentence before, or who spoke last, of its sex.

    What "it read" is in somebody's letter or statement: whoever the words before speak of.
    """
    if pronoun.name in {"I", "we"}:
        return None
    if pronoun.name == "it":
        before = _WORD.findall(cast.texts[number][max(0, pronoun.start - _NEAR) : pronoun.start].lower())
        if verb in {"read", "reads", "says"} and not speech().words["things"].isdisjoint(before):
            return None  # a T-shirt. It says …
        if verb in {"read", "reads"} and (persons := cast.persons(number)):
            return persons[0] if persons[0].end < pronoun.start else None
        return _body_before(cast, number, pronoun.start, talk)
    last = talk.last(cast, pronoun.sex)
    if pronoun.name == "they":
        near = last is not None and last.block >= number - 1 and last.voice.kind != "person"
        return last.voice if last is not None and near else None
    if last is not None and not _is_somebody(last.voice):
        last = None
    asker = _asker(cast, number) if verb in _ANSWERS else ""
    about = _ABOUT.search(cast.texts[number], 0, pronoun.start)
    until = about.start() if about is not None else pronoun.start  # "Asked about Brattli, he" is another
    here = [
        v
        for v in cast.persons(number)
        if v.end <= until and cast.sex(v) in {"", pronoun.sex} and v.name != asker
    ]
    if last is not None and last.block == number:
        since = next((v for v in here if v.start > last.at), None)
        return since if since is not None and _leads(cast.texts[number], since) else last.voice
    nameless = _nameless(cast, number, pronoun)
    if here:
        subject = _subject(cast.texts[number], here)
        between = cast.texts[number][nameless.end : subject.start] if nameless is not None else "."
        leads = not between.startswith(",") and not any(stop in between for stop in _STOPS)
        return nameless if nameless is not None and leads else subject
    if nameless is not None:
        return nameless
    if owner := cast.owner(number, pronoun.start, pronoun.sex):
        return owner
    for earlier in range(number - 1, max(-1, number - 1 - _BACK), -1):
        text = cast.texts[earlier]
        there = [
            v
            for v in cast.persons(earlier)
            if cast.sex(v) in {"", pronoun.sex} and not _follows_one(text, v) and v.name != asker
        ]
        if last is not None and last.block == earlier:
            sure = (
                [v for v in there if cast.sex(v)]
                if last.voice.kind == "office" and not last.voice.sex
                else []
            )
            since = next((v for v in there if v.start > last.at and _leads(text, v)), None)
            return sure[-1] if sure else since or last.voice
        if there:
            return next((v for v in there if cast.sex(v)), there[0])
    return last.voice if last is not None else _long_ago(cast, number - _BACK, pronoun.sex)


def _is_somebody(voice: Voice) -> bool:
    """Whether "he" or "she" can be a voice at all: no company, and not "the feathered fiend"."""
    if voice.kind == "body":
        return can_be_surname(voice)
    return voice.kind != "office" or " and " in voice.name or head_of(voice.name) in speech().roles


def _long_ago(cast: Cast, number: int, sex: str) -> Voice | None:
    """The person of a sex named last in the blocks before one, where no other of it is named there."""
    found = [v for n in range(max(0, number)) for v in cast.persons(n) if cast.sex(v) == sex]
    return found[-1] if len({voice.name for voice in found}) == 1 else None


def _nameless(cast: Cast, number: int, pronoun: Voice) -> Voice | None:
    """Who begins a sentence before a pronoun without a name: "The judge told jurors to go. “…,” she said"."""
    text, found = cast.texts[number], None
    alone = speech().words["alone"]
    for match in _BEGINNING.finditer(text, 0, pronoun.start):
        words = [*_WORD.finditer(text, match.end(), min(match.end() + _NEAR, pronoun.start))][1:7]
        head = next((word for word in words if word[0].lower() in alone), None)
        role = office(text, match.end(), head.end()) if head is not None else None
        begins = role is not None and _ONE_OF.fullmatch(text, match.end(), role.start)
        if role is not None and begins and role.sex in {"", pronoun.sex}:
            found = role
    return found


_WORD = re.compile(r"[\w’'-]+")
_ONE_OF = re.compile(r"(?:One of [\w ]{2,30}, )?")
_BEGINNING = re.compile(r"(?:\A|[.?!]\s)(?=(?:The|A|An|One)\s)")


def _leads(text: str, voice: Voice) -> bool:
    """Whether a person is named near the beginning of a sentence."""
    before = text[: voice.start].rstrip()
    return len(before) - max(before.rfind(". "), before.rfind("” "), 0) < 40 or before[-1] in '.?!”"'


def _subject(text: str, here: Sequence[Voice]) -> Voice:
    """Of the persons named before a pronoun, the first of the sentence that names any last."""
    found = here[0]
    for voice in here:
        if any(stop in text[found.end : voice.start] for stop in _STOPS) and not _follows_one(text, voice):
            found = voice
    return found


_STOPS = (". ", "? ", "! ", ".” ", '." ', "?” ", "!” ")
_HE_OR_SHE = re.compile(r"\b(?:[Hh]e|[Ss]he)\b[^.?!]*\Z")


def _follows_one(text: str, voice: Voice) -> bool:
    """Whether a pronoun before a name in its sentence makes that somebody else: she meets Xu."""
    return _HE_OR_SHE.search(text, 0, voice.start) is not None


def _body_before(cast: Cast, number: int, start: int, talk: Talk) -> Voice | None:
    here = next((v for v in cast.voices(number, 0, start) if v.kind == "body"), None)
    if here is not None:
        return here
    last = talk.last(cast, kind="body")
    return last.voice if last is not None and last.block >= number - 2 else None


def before_it(cast: Cast, lines: Sequence[Line], frame: Frame, talk: Talk) -> tuple[Voice | None, str]:
    """Who the words before a quotation that is a sentence of its own speak of, and by which rule: whose words
    they are, or the subject of their last verb of speech. `lines` are the blocks read so far."""
    number = frame.line.number
    last = talk.last(cast)
    if last is not None and last.block == number:
        return last.voice, "carried"
    earlier = [bound for bound in frame.line.bounds if bound[1] <= frame.at.outer_start]
    if earlier:
        return _speaker_of(cast, frame.line, earlier[-1], talk), "carried"
    if not lines:
        return None, ""
    before = lines[-1]
    leads = before.text.rstrip().endswith(":")
    if leads and before.text.upper() == before.text and (shouted := cast.shouted(before.number)):
        return shouted, "carried"
    ends_in_words = before.marks and len(before.text) - before.marks[-1].outer_end < _SHORT
    if not leads and ends_in_words and last is not None and last.block == before.number:
        return _other(cast, lines, frame, talk, last) or last.voice, "follows"
    bound = before.bounds[-1] if before.bounds else (0, len(before.text))
    return _speaker_of(cast, before, bound, talk), "carried" if leads else "follows"


def _other(cast: Cast, lines: Sequence[Line], frame: Frame, talk: Talk, last: Spoken) -> Voice | None:
    """Who else speaks in a dialogue, where a block is a short question, or answers one; else None."""
    before = lines[-1]
    said = before.text[before.marks[-1].start : before.marks[-1].end].rstrip(" ,”’\"'")
    alone = not before.masked.strip(f" {HIDDEN}")
    called = _called(cast, before, last.voice)
    asks = frame.last == "?" and not said.endswith("?")
    answers = said.endswith("?") and (alone or called is not None)
    if not (asks or answers) or len(frame.words.split()) > _MOST_IN_DIALOGUE:
        return None
    if answers and called is not None:
        return called
    number = frame.line.number
    named = {v.name: v for v in cast.persons(before.number) if v.name != last.voice.name}
    if len(named) == 1:
        return next(iter(named.values()))
    for one in reversed(talk.spoken[-_REMEMBERED:]):
        if number - one.block <= _BACK and one.voice.name != last.voice.name:
            return one.voice
    for line in reversed(lines[-_BACK:]):
        for cue in reversed(line.cues):
            left = max((b[0] for b in line.bounds if b[0] <= cue.start), default=0)
            voice = subject_of(cast, line.number, line.masked, left, cue, len(line.text)).voice
            if voice is not None and voice.kind == "person" and voice.name != last.voice.name:
                return voice
    return None


def _called(cast: Cast, line: Line, speaker: Voice) -> Voice | None:
    """Whom the last words of a block call by name: "Mr Lomond, how soon is soon?"; not who speaks them."""
    mark = line.marks[-1]
    persons = [v for v in cast.voices(line.number, mark.start, mark.end) if v.kind == "person"]
    beside = [
        v for v in persons if "," in (line.text[v.end : v.end + 1], line.text[v.start - 2 : v.start - 1])
    ]
    return next((v for v in beside if v.name != speaker.name), None)


def _speaker_of(cast: Cast, line: Line, bound: tuple[int, int], talk: Talk) -> Voice | None:
    """Who speaks in a sentence, or else whom it tells of."""
    left, right = main_clause(line.masked, *bound), bound[1]
    for cue in reversed([c for c in line.cues if left <= c.start < right]):
        voice = subject_of(cast, line.number, line.masked, left, cue, right).voice
        if voice is not None:
            break
    else:
        persons = (v for v in cast.voices(line.number, left, right) if v.kind in {"person", "pronoun"})
        voice = next((v for v in persons if v.name not in _NO_PERSONS), None)
    return meant(cast, line.number, voice, talk) if voice and voice.kind == "pronoun" else voice


def nearest(cast: Cast, number: int, at: int) -> Voice | None:
    """The person named nearest to a place of a block, or last in the two blocks before it: a guess."""
    if here := cast.persons(number):
        return min(here, key=lambda voice: abs(voice.start - at))
    return next((there[-1] for n in (number - 1, number - 2) if n >= 0 and (there := cast.persons(n))), None)
