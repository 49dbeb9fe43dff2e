"""Who an office or a body without a name is: the mayor, the ministry, a passenger who is named soon after."""

import re

from generator.annotate.gazetteer import gazetteer
from generator.annotate.lexicon import lexicon
from generator.annotate.name_runs import run_before
from generator.annotate.phrases import head_of, is_document, is_place
from generator.annotate.speech import speech
from generator.annotate.titles import title_behind
from generator.annotate.voices import Cast, Voice

_NEAR = 60  # characters behind an office within which its bearer is named
_FOUND = re.compile(
    r" (?:has |had )?(?:found|finds|concluded|concludes|ruled|rules|recommended|recommends)\b"
)
_AGE = re.compile(r"\b\d{1,2}-year-old\b")
_BEGINS = re.compile(r",| (?:has|had|is|was|who|denies|denied|told|said|says)\b")
_LED_TO = re.compile(r"\b(?:for|to|of|by|with|from) (?:the |its |his |her |their |a )?(?:[\w-]+ )?\Z")
_SHORT = {
    "governor": "Gov", "senator": "Sen", "representative": "Rep", "congressman": "Rep", "professor": "Prof",
    "captain": "Capt", "sergeant": "Sgt", "general": "Gen", "lieutenant": "Lt", "colonel": "Col",
    "doctor": "Dr", "superintendent": "Supt", "inspector": "Insp", "detective": "Det", "councillor": "Cllr",
    "ambassador": "Amb", "reverend": "Rev", "father": "Fr", "attorney": "Atty", "lawmaker": "Sen",
}  # fmt: skip
_SHORTEST = 4  # letters of a word that can stand for a company
_DEFINITE = frozenset({"the", "its", "their"})
_FROM = re.compile(r" from (the [a-z]+)\b")
_ARTICLE = re.compile(r"\A[Tt]he ")
_NAMELESS = frozenset(
    {
        "judge",
        "magistrate",
        "coroner",
        "prosecutor",
        "lawyer",
        "attorney",
        "detective",
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "official",
        "source",
        "aide",
        "diplomat",
        "insider",
    }
)
_BLOCKS = 3  # blocks within which somebody nameless is named


def who(cast: Cast, voice: Voice, number: int, start: int, end: int) -> Voice:
    """Whom the article names as a voice without a name that speaks the words between two offsets of a block.

    The voice itself where it names nobody.
    """
    if is_document(voice.name):
        return _published(cast, voice, number, start) or _issued(cast, voice, number, start) or voice
    return (
        _listed(cast, voice)
        or _named_soon(cast, voice, number, end)
        or _titled_soon(cast, voice, number)
        or _named_next(cast, voice, number)
        or _body(cast, voice, number, start)
        or _firm(cast, voice, number, start)
        or _watchdog(cast, voice, number, start)
        or _bearer(cast, voice, number, start)
        or _named_already(cast, voice, number, start)
        or voice
    )


def _listed(cast: Cast, voice: Voice) -> Voice | None:
    """The organisation listed that "the interior ministry" is, as some newspapers write it."""
    name = _ARTICLE.sub("", voice.name).lower()
    for listed, entity in cast.listed.items() if " " in name else ():
        if entity.taxonomy == "organisations" and f"{listed.lower()} of".startswith(
            (f"{name} of", name + " of")
        ):
            return voice._replace(name=listed, kind="body", entity=entity)
    return None


def _published(cast: Cast, voice: Voice, number: int, at: int) -> Voice | None:
    """Who issued "the report" that speaks: whose the article says that it is where it speaks of it before."""
    head = voice.name.split()[-1].lower()
    if voice.name.lower() != f"the {head}":
        return None
    told = re.compile(
        rf"\b(?:[Aa]|[Aa]n|[Ii]ts|[Tt]heir|[Tt]he|[’']s?)(?: [\w-]+){{0,2}} {head}s?\b"
        r"(?: (?:by|from|of|on behalf of) |, (?:\w+ ){1,4}?(?:by|from) )?"
    )
    for place in range(number + 1):
        text = cast.texts[place]
        for match in told.finditer(text, 0, at if place == number else len(text)) if head in text else ():
            left = max(0, match.start() - _NEAR)
            issued = match[0].endswith(" ")
            stop = min(len(text), match.end() + _NEAR)
            begin, end = (match.end(), stop) if issued else (left, match.start())
            bodies = [v for v in cast.voices(place, begin, end) if v.kind == "body" and not is_place(v)]
            bodies = [v for v in bodies if begin <= v.start and v.end <= end and (v.entity or " " in v.name)]
            if bodies:
                return bodies[0] if issued else bodies[-1]
    for place, row in enumerate(cast.named[: number + 1]):
        for one in row:
            if one.entity.taxonomy == "organisations" and _FOUND.match(cast.texts[place], one.end):
                return Voice(one.start, one.end, one.name, "body", one.entity)
    return None


def _issued(cast: Cast, voice: Voice, number: int, at: int) -> Voice | None:
    """Who issued "a letter from the company to staff"."""
    told = _FROM.search(voice.name)
    return _firm(cast, voice._replace(name=told[1]), number, at) if told else None


def _firm(cast: Cast, voice: Voice, number: int, at: int) -> Voice | None:
    """The one organisation before a place that "the company" or "the board" can be, else the one in the
    blocks right before it; None where two can."""
    words = voice.name.lower().split()
    short = 1 < len(words) < _SHORTEST + 1 and not {"of", "for", "at"} & set(words)
    if not short or words[0] not in _DEFINITE or words[-1] not in speech().words["firms"]:
        return None
    bodies = [
        (name, entity)
        for name, entity in cast.listed.items()
        if entity.taxonomy == "organisations" and not _is_public(name)
    ]
    for first in (0, max(0, number - _BLOCKS)):
        texts = [*cast.texts[first:number], cast.texts[number][:at]]
        found = [one for one in bodies if any(_short(one[0]) in text for text in texts)]
        if len(found) == 1:
            return voice._replace(name=found[0][0], kind="body", entity=found[0][1])
    return None


def _watchdog(cast: Cast, voice: Voice, number: int, at: int) -> Voice | None:
    """The public body that "the agency" or "the watchdog" is: the one named last before a place."""
    if voice.name.lower() not in {"the agency", "the regulator", "the watchdog"}:
        return None
    before = [
        one
        for place, row in enumerate(cast.named[: number + 1])
        for one in row
        if one.entity.taxonomy == "organisations"
        and _is_public(one.name)
        and (place, one.start) < (number, at)
    ]
    last = before[-1] if before else None
    return voice._replace(name=last.name, kind="body", entity=last.entity) if last is not None else None


def _short(name: str) -> str:
    """What a company is called at least: Evergreen, of Evergreen Memorials."""
    first = name.split()[0]
    return name if lexicon().is_common(first) or len(first) < _SHORTEST else first


def _is_public(name: str) -> bool:
    """Whether a body is an office of the state and no company: the Ministry of Trade."""
    return any(word.lower() in speech().words["public"] for word in name.split())


def _named_already(cast: Cast, voice: Voice, number: int, at: int) -> Voice | None:
    """The person spoken of again as "the 29-year-old nurse", "the striker" or "the Italian": who is named
    last in the block before a place, else the only one in the block before it."""
    words = voice.name.lower().split()
    again = _AGE.search(voice.name) or (
        len(words) == 2
        and (words[-1] in speech().words["epithets"] or words[-1].capitalize() in gazetteer().demonyms)
    )
    if words[0] != "the" or not again:
        return None
    here = [v for v in cast.persons(number) if v.end <= min(at, voice.start)]
    if here:
        return here[-1]
    before = {v.name: v for v in cast.persons(number - 1)} if number else {}
    return next(iter(before.values())) if len(before) == 1 else None


def _named_soon(cast: Cast, voice: Voice, number: int, at: int) -> Voice | None:
    """Somebody told by name behind: a passenger says … The passenger, Ana Lund."""
    head = voice.name.split()[-1]
    behind = re.compile(rf"\b[Tt]he {re.escape(head)}, (?=[A-ZÀ-Þ])")
    for place in range(number, min(number + _BLOCKS, len(cast.texts))):
        match = behind.search(cast.texts[place], at if place == number else 0)
        if match is not None:
            return _at(cast, place, match.end())
    return None


def _titled_soon(cast: Cast, voice: Voice, number: int) -> Voice | None:
    """Somebody whom the next blocks name with the title: "a federal judge" of the opening, Judge Ana Lund."""
    title = voice.name.split()[-1].capitalize()
    if number > 1 or voice.name.split()[0].lower() not in {"a", "an"} or title not in lexicon().titles:
        return None
    for place in range(number + 1, min(number + 1 + _BLOCKS, len(cast.texts))):
        at = cast.texts[place].find(f"{title} ")
        person = _at(cast, place, at) or _at(cast, place, at + len(title) + 1) if at >= 0 else None
        if person is not None:
            return person
    return None


def _named_next(cast: Cast, voice: Voice, number: int) -> Voice | None:
    """Somebody whom the next block begins with, where nobody was named yet: "A man told the court …", and
    then "Dean Purslow, 44, denies …"."""
    words, head = speech().words, head_of(voice.name)
    if head in words["firms"] or head in words["public"] or head in _NAMELESS or head not in speech().roles:
        return None
    if (
        number > 1
        or any(cast.persons(before) for before in range(number + 1))
        or number + 1 >= len(cast.texts)
        or head.endswith("s")
        or voice.name.split()[0].lower() not in {"a", "an", "the"}
    ):
        return None
    text = cast.texts[number + 1]
    person = _at(cast, number + 1, 0)
    if person is None or " " not in text[person.start : person.end] or not _BEGINS.match(text, person.end):
        return None
    title = title_behind(text, person.end).lower()
    return None if title and head not in title.split() else person


def _body(cast: Cast, voice: Voice, number: int, at: int) -> Voice | None:
    """The organisation that "the ministry" is short for: the last named of those so called."""
    head = _head(voice).capitalize()
    found = None
    for place, row in enumerate(cast.named[: number + 1] if head else ()):
        for one in row:
            before = place < number or one.start < at
            if before and one.entity.taxonomy == "organisations" and head in one.name.split():
                found = one
    if found is None and head.lower() in speech().words["public"]:
        return _body_written(cast, voice, head, number, at)
    return voice._replace(name=found.name, kind="body", entity=found.entity) if found else None


def _body_written(cast: Cast, voice: Voice, head: str, number: int, at: int) -> Voice | None:
    """The body last named before a place that "the ministry" is short for, where the article lists none."""
    for place in range(number, -1, -1):
        text = cast.texts[place]
        end = at if place == number else len(text)
        start = text.rfind(f" {head}", 0, end)
        before = run_before(text, max(0, start - _NEAR), start + 1) if start > 0 else None
        name = _ARTICLE.sub("", text[before.start() : start]) if before else ""
        if name.strip():
            return voice._replace(name=f"{name} {head}", kind="body")
    return None


def _bearer(cast: Cast, voice: Voice, number: int, at: int) -> Voice | None:
    """The person whom the article has in an office: Mayor Tomas Rehn, Edda Brandt, the harbour master.

    The one named last before, else the first behind.
    """
    head = _head(voice)
    if not head:
        return None
    short = _SHORT.get(head)
    word = rf"(?:{head}|{head.capitalize()}{rf'|{short}[.]?' if short else ''})"
    before = re.compile(rf"\b{word},? (?=[A-ZÀ-Þ])")
    behind = re.compile(
        rf"(?<=[^\W\d_]), (?:(?:the|a|an|its|their|his|her|who is|then) )?(?:[\w’'-]+ ){{0,4}}?{word}\b"
    )
    found: list[tuple[tuple[int, int], Voice]] = []
    for place, text in enumerate(cast.texts):
        if head not in text and head.capitalize() not in text and (not short or short not in text):
            continue
        for match in before.finditer(text):
            if "," in match[0] and _LED_TO.search(text, 0, match.start()):
                continue
            if (person := _at(cast, place, match.end())) is not None:
                found.append(((place, match.start()), person))
        for match in behind.finditer(text):
            persons = cast.voices(place, max(0, match.start() - _NEAR), match.start())
            if persons and persons[-1].kind == "person" and persons[-1].end == match.start():
                found.append(((place, match.start()), persons[-1]))
    earlier = [one for one in sorted(found) if one[0] < (number, at)]
    if earlier and _another(cast, head, earlier[-1][0], (number, at)):
        return None
    return earlier[-1][1] if earlier else min(found)[1] if found else None


def _another(cast: Cast, head: str, since: tuple[int, int], until: tuple[int, int]) -> bool:
    """Whether between two places somebody nameless has the office too: "a Western diplomat"."""
    described = r"(?:(?!(?:the|his|her|its|their|of|to|and|for|by) )[\w’'-]+ ){0,3}?"
    nameless = re.compile(rf"\b(?:[Aa]n?|[Oo]ne|[Aa]nother) {described}{head}\b(?!,? [A-ZÀ-Þ])")
    for place in range(max(since[0], until[0] - 1), until[0] + 1):
        begin = since[1] if place == since[0] else 0
        if nameless.search(
            cast.texts[place], begin, until[1] if place == until[0] else len(cast.texts[place])
        ):
            return True
    return False


def _head(voice: Voice) -> str:
    """The noun of a phrase like "the mayor" or "Turkey's trade minister"; "" for any other."""
    words = voice.name.lower().split()
    definite = 1 < len(words) < 4 and (words[0] == "the" or words[0].endswith(("’s", "'s")))
    return words[-1] if definite and words[-1].isalpha() else ""


def _at(cast: Cast, number: int, start: int) -> Voice | None:
    """The person whose name begins at a place."""
    found = cast.voices(number, start, start + _NEAR)
    return found[0] if found and found[0].kind == "person" and found[0].start == start else None
