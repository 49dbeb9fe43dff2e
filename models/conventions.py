"""What the sets mark in different ways, brought to the one way in which Morgue names things.

Morgue's own way is told in benchmarks/quality/gold/GUIDELINE.md: titles and articles stand outside of a name,
two places in a row are two names, a nationality or a people is none.
"""

import re
from collections.abc import Sequence

from benchmarks.quality.names import Gold
from generator.annotate.gazetteer import gazetteer
from generator.annotate.lexicon import lexicon

_ARTICLE = "the "
_POSSESSIVE = re.compile(r"['’]s\Z")
_WORD = re.compile(r"\S+(?= )")
_NEXT_PLACE = re.compile(r", (?=[^\W\d_a-z])")
_INITIALS = re.compile(r"(?:[A-Z]\.)+[A-Z]?\.?\Z")  # "D.C.", without which Washington is another place


def harmonised(texts: Sequence[str], gold: Sequence[Gold], *, told_misc: bool) -> list[Gold]:
    """The gold names of a document in Morgue's way.

    A nationality or a people becomes MISC in sets that tell names of other kinds (`told_misc`), else nothing.
    """
    found: list[Gold] = []
    for number, start, end, kind in gold:
        text = texts[number]
        if text.startswith(_ARTICLE, start) and end - start > len(_ARTICLE):
            start += len(_ARTICLE)
        if kind == "PER":
            possessive = _POSSESSIVE.search(text[start:end])
            end = start + possessive.start() if possessive else end
            start = _without_title(text, start, end)
        if kind != "MISC" and _is_people(text[start:end]):
            if not told_misc:
                continue
            kind = "MISC"
        found += [(number, *part, kind) for part in _parts(text, start, end, kind)]
    return found


def acting_places(texts: Sequence[str], gold: Sequence[Gold]) -> list[Gold]:
    """The gold names with listed countries and towns as places where a set calls them organisations, since
    they act or play: UNER's "Russia announced". Newspapers' sets (CoNLL-2003) call them places."""
    places = gazetteer().places
    return [
        (number, start, end, "LOC" if kind == "ORG" and texts[number][start:end] in places else kind)
        for number, start, end, kind in gold
    ]


def _without_title(text: str, start: int, end: int) -> int:
    """Where a person's name begins behind what leads to it: "US President | Barack Obama"."""
    known, places, at = lexicon(), gazetteer(), start
    for match in _WORD.finditer(text, start, end):
        word = match[0]
        if word in known.civil or (word in known.titles and word not in known.given):
            at = match.end() + 1
        elif word not in known.modifiers and word not in places.places and word not in places.demonyms:
            break
    return at if at < end and text[at].isupper() else start


def _is_people(words: str) -> bool:
    """Whether words are a nationality or a people, in the plural too."""
    places = gazetteer()
    return words not in places.places and (
        words in places.demonyms or words.removesuffix("s") in places.demonyms
    )


def _parts(text: str, start: int, end: int, kind: str) -> list[tuple[int, int]]:
    """A name, or the two places that it holds: "Denver | Colorado"."""
    comma = _NEXT_PLACE.search(text, start, end) if kind == "LOC" else None
    if comma is None or _INITIALS.match(text[comma.end() : end]) or " and " in text[start:end]:
        return [(start, end)]
    return [(start, comma.start()), (comma.end(), end)]
