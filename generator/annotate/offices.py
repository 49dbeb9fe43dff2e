"""Who an office or a body without a name is: the mayor, the ministry, a passenger who is named soon after."""

import re

from generator.annotate.phrases import is_document
from generator.annotate.speech import speech
from generator.annotate.voices import Cast, Voice

_NEAR = 60  # characters behind an office within which its bearer is named
_FOUND = re.compile(
    r" (?:has |had )?(?:found|finds|concluded|concludes|ruled|rules|recommended|recommends)\b"
)
_AGE = re.compile(r"\b\d{1,2}-year-old\b")
_BLOCKS = 3  # blocks within which somebody nameless is named


def who(cast: Cast, voice: Voice, number: int, start: int, end: int) -> Voice:
    """Whom the article names as a voice without a name that speaks the words between two offsets of a block.

    The voice itself where it names nobody.
    """
    if is_document(voice.name):
        return _published(cast, voice, number, start) or voice
    return (
        _named_soon(cast, voice, number, end)
        or _body(cast, voice, number, start)
        or _bearer(cast, voice, number, start)
        or _named_already(cast, voice, number, start)
        or voice
    )


def _published(cast: Cast, voice: Voice, number: int, at: int) -> Voice | None:
    """Who issued "the report" that speaks: whose the article says that it is where it speaks of it before."""
    head = voice.name.split()[-1].lower()
    if voice.name.lower() != f"the {head}":
        return None
    told = re.compile(
        rf"\b(?:[Aa]|[Aa]n|[Ii]ts|[Tt]heir|[Tt]he|[’']s?)(?: [\w-]+){{0,2}} {head}s?\b"
        r"(?: (?:by|from|of|on behalf of) )?"
    )
    for place in range(number + 1):
        text = cast.texts[place]
        for match in told.finditer(text, 0, at if place == number else len(text)) if head in text else ():
            left = max(0, match.start() - _NEAR)
            issued = match[0].endswith(" ")
            stop = min(len(text), match.end() + _NEAR)
            begin, end = (match.end(), stop) if issued else (left, match.start())
            found = [n for n in cast.named[place] if begin <= n.start and n.end <= end]
            bodies = [n for n in found if n.entity.taxonomy == "organisations"]
            if bodies:
                one = bodies[0] if issued else bodies[-1]
                return Voice(one.start, one.end, one.name, "body", one.entity)
    for place, row in enumerate(cast.named[: number + 1]):
        for one in row:
            if one.entity.taxonomy == "organisations" and _FOUND.match(cast.texts[place], one.end):
                return Voice(one.start, one.end, one.name, "body", one.entity)
    return None


def _named_already(cast: Cast, voice: Voice, number: int, at: int) -> Voice | None:
    """The person spoken of again as "the 29-year-old nurse" or "the striker": who is named last in the block
    before a place, else the only one in the block before it."""
    words = voice.name.lower().split()
    again = _AGE.search(voice.name) or (len(words) == 2 and words[-1] in speech().words["epithets"])
    if words[0] != "the" or not again:
        return None
    here = [v for v in cast.persons(number) if v.end <= at]
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


def _body(cast: Cast, voice: Voice, number: int, at: int) -> Voice | None:
    """The organisation that "the ministry" is short for: the last named of those so called."""
    head = _head(voice).capitalize()
    found = None
    for place, row in enumerate(cast.named[: number + 1] if head else ()):
        for one in row:
            before = place < number or one.start < at
            if before and one.entity.taxonomy == "organisations" and head in one.name.split():
                found = one
    return voice._replace(name=found.name, kind="body", entity=found.entity) if found else None


def _bearer(cast: Cast, voice: Voice, number: int, at: int) -> Voice | None:
    """The person whom the article has in an office: Mayor Tomas Rehn, Edda Brandt, the harbour master.

    The one named last before, else the first behind.
    """
    head = _head(voice)
    if not head:
        return None
    word = rf"(?:{head}|{head.capitalize()})"
    before = re.compile(rf"\b{word},? (?=[A-ZÀ-Þ])")
    behind = re.compile(
        rf"(?<=[^\W\d_]), (?:(?:the|a|an|its|their|his|her|who is|then) )?(?:[\w’'-]+ ){{0,4}}?{word}\b"
    )
    found: list[tuple[tuple[int, int], Voice]] = []
    for place, text in enumerate(cast.texts):
        if head not in text and head.capitalize() not in text:
            continue
        for match in before.finditer(text):
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
    """The noun of a phrase like "the mayor" or "the transport minister"; "" for any other."""
    words = voice.name.lower().split()
    return words[-1] if 1 < len(words) < 4 and words[0] == "the" and words[-1].isalpha() else ""


def _at(cast: Cast, number: int, start: int) -> Voice | None:
    """The person whose name begins at a place."""
    found = cast.voices(number, start, start + _NEAR)
    return found[0] if found and found[0].kind == "person" and found[0].start == start else None
