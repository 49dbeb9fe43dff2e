"""Runs of capitalised words as newspapers write names: where they end, and what is a name in them."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from generator.annotate.gazetteer import gazetteer
from generator.annotate.lexicon import lexicon
from generator.annotate.speech import speech
from generator.core.paths import fold

_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶĹĻŁŃŅŇŐŒŔŘŚŞŠŢŤŪŮŰŲŹŻŽ"
_WORD = rf"(?:(?:[A-Z]\.){{2,}}(?=\s)|[{_UPPER}](?:[\w-]|['’](?=[^\W\d_]{{2,}}))*)"
_SMALL = "de|da|di|du|del|della|der|den|van|von|zu|al|el|bin|ibn|ben|la|le|dos|of|for|and|the"
_SMALLS = frozenset(_SMALL.split("|"))
# A word like the above that begins where no other does: the search skips from capital to capital.
_FIRST = (
    rf"[{_UPPER}](?<![\w.].)"
    r"(?:(?<=[A-Z])\.(?:[A-Z]\.)+(?=\s)|(?:[\w-]|['’](?=[^\W\d_]{2,}))*)"
)
RUN = re.compile(rf"{_FIRST}\.?(?:\s(?:(?:{_SMALL})\s){{0,3}}{_WORD}(?:\.(?=\s[{_UPPER}]))?)*")
_RUN_BEFORE = re.compile(rf"(?:(?<![\w'’-]){_WORD}\.?\s(?:(?:{_SMALL})\s){{0,3}})+\Z")
POSSESSIVE = re.compile(r"['’](?:s\b)?(?=\s+[^\W\d_])")
_PARTING = re.compile(r"(?<![\w.])(\w+)\. | and ")
_OF = re.compile(r" (?:of|for) (?:the )?")
_PLACES_BEGIN = frozenset(
    {"St", "Saint", "Port", "Fort", "Mount", "New", "Las", "Los", "San", "Santa", "São", "El", "La", "Le"}
)
_LETTERS = frozenset(
    {"QC", "KC", "SC", "MP", "MSP", "MEP", "TD", "JP", "OBE", "MBE", "CBE", "MD", "PhD", "Esq"}
)
_GIVEN_TOO = frozenset({"Dean", "Don", "Earl", "Marshall"})  # titles that are given names as often
_CONTRACTION = re.compile(r"[A-Z][a-z]*['’](?:ve|ll|re|d|s|m|t)")
_AN_INITIAL = 2  # characters of "K.", the stop of which belongs to a name
_NOT_OF_NAMES = frozenset({"of", "for", "and", "the"})


def run_before(text: str, start: int, end: int) -> re.Match[str] | None:
    """The run of capitalised words between two offsets that reaches to the second; None for none."""
    before = text[start:end].rsplit(None, 1)[-1:] if text[end - 1 : end].isspace() else []
    if not before or (before[0].islower() and before[0] not in _SMALLS):
        return None  # most often: a word of small letters, which needs no search
    return _RUN_BEFORE.search(text, start, end)


def parted(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A run of capitalised words cut at possessives, those in the possessive left out, and without words that
    are capitalised because they begin a sentence, or that "and" joins to others."""
    parts: list[tuple[int, int]] = []
    stop = lexicon().stop
    if text[end : end + 1] in "'’" and POSSESSIVE.match(text, end):
        return parts
    for first, last in _pieces(text, start, end):
        piece = text[first:last]
        if piece.endswith(".") and len(piece.rpartition(" ")[2]) > _AN_INITIAL:
            piece, last = piece[:-1], last - 1
        words = piece.split(" ")
        while words and (_is_function(words[0], stop) and not _is_given(words)):
            first += len(words.pop(0)) + 1
        if words and first < last:
            parts.append((first, last))
    return parts


def _pieces(text: str, start: int, end: int) -> Sequence[tuple[int, int]]:
    """A run cut where another name begins in it, at "and", at the end of a sentence, behind a person's."""
    if text.find(" ", start, end) < 0:
        return ((start, end),)
    found = tuple(_joined(text, start, end))
    if text.find(" of ", start, end) < 0 and text.find(" for ", start, end) < 0:
        return found
    return tuple(at for whole in found for at in _of_whom(text, *whole))


def _joined(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A run cut at each "and", and where a sentence ends in it: "asked Agnes Tollund. Nobody"."""
    known = lexicon()
    for match in _PARTING.finditer(text, start, end):
        word = match[1]
        if word is None:
            yield start, match.start()
        elif len(word) == 1 or word.lower() in known.abbreviations or word.lower() in known.company_ends:
            continue
        else:
            yield start, match.end() - 1
        start = match.end()
    yield start, end


def _of_whom(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A piece of a run cut at an "of" between a person and a body: Carl-Johan Ek of Stockholm University."""
    for match in _OF.finditer(text, start, end):
        run = text[start : match.start()]
        words = bare_name(run) if " " in run else ()
        given = words[0].partition("-")[0] if len(words) > 1 else ""
        if given and is_person(words, run) and (given in speech().sex or given in lexicon().given):
            yield start, match.start()
            start = match.end()
            break
    yield start, end


def _is_function(word: str, stop: frozenset[str]) -> bool:
    """Whether a word has its capital only because it begins a sentence: The, We’ve."""
    return word in _NOT_OF_NAMES or word in stop or _CONTRACTION.fullmatch(word) is not None


def _is_given(words: Sequence[str]) -> bool:
    """Whether a word that begins sentences too is a given name here: Will Tait."""
    return len(words) > 1 and words[0] in speech().sex


@lru_cache(maxsize=8192)
def bare_name(run: str) -> tuple[str, ...]:
    """The words of a name without what stands before it: offices, their fields, peoples and places.

    Empty where nothing is left: "Foreign Minister".
    """
    known = lexicon()
    words = run.split()
    while len(words) > 1 and words[-1].rstrip(".") in _LETTERS:
        words.pop()
    if len(words) == 2 and words[0] in _GIVEN_TOO:  # Earl Stubblefield
        return tuple(words)
    office = max((i for i, word in enumerate(words) if word in known.titles), default=-1)
    office = max(
        office, next((i for i, word in enumerate(words) if word.rstrip(".") not in known.ranks), 0) - 1
    )
    if office >= 0:
        rest = words[office + 1 :]
        if rest and rest[0] in {"of", "for"}:
            given = [i for i, word in enumerate(rest) if i > 1 and word in known.given]
            rest = rest[given[0] :] if given else rest[-2:] if len(rest) > 3 else []
        if (of := next((i for i, word in enumerate(rest) if i and word in {"of", "for"}), 0)) > 0:
            rest = rest[:of]  # Foreign Minister Chimwemwe Banda of Malawi
        if rest or office == len(words) - 1:
            return tuple(word for word in rest if word not in _NOT_OF_NAMES)
    if any(word in known.org_heads for word in words):
        return tuple(words)
    while len(words) > 1 and _describes(words):
        words.pop(0)
    return tuple(words)


def _describes(words: Sequence[str]) -> bool:
    """Whether the first of some words tells a person's people, field or place: Russian Sergei Ryabkov."""
    known, places = lexicon(), gazetteer()
    if words[0] in places.demonyms or words[0].endswith(("-based", "-listed", "-born", "-owned", "-led")):
        return True
    return len(words) > 2 and (
        words[0] in known.modifiers
        or words[0].lower() in speech().roles
        or (words[0] in places.places and words[1] in known.given)
    )


def is_titled(run: str) -> bool:
    """Whether a run begins with an office or a courtesy: Mayor Lund."""
    first = run.split()[0]
    return first in lexicon().titles


@lru_cache(maxsize=8192)
def is_person(words: tuple[str, ...], run: str) -> bool:
    """Whether the words of a run, without what stands before the name in it, are a person's name."""
    known = lexicon()
    if any(word in _NOT_OF_NAMES for word in words):
        return False
    if is_titled(run) and len(words) < 4 and run != " ".join(words):
        return True
    if any(
        word in known.org_heads or word in known.org_suffixes or word in known.place_heads
        for word in words[1:]
    ):
        return words[0] in known.given and words[-1] in known.surname_heads
    if len(words) > 4 or any(word.isupper() and len(word) > 2 for word in words):
        return False
    if words[0] in known.given or words[0] in speech().sex or words[-1] in known.surnames:
        return True
    name = " ".join(words)
    if name in gazetteer().places or words[0] in known.stop_names or words[-1] in known.stop_names:
        return False
    if words[-1] in gazetteer().places or words[0] in _PLACES_BEGIN:
        return False
    return len(words) == 2 and not any(known.is_common(word) for word in words)


@lru_cache(maxsize=8192)
def sex_of(name: str) -> str:
    """The sex that a name tells: by a title in it, or by the first given name that is known.

    The last of several words is a surname, whatever else it could be.
    """
    sex = speech().sex
    words = name.split()
    for word in words[:-1] or words:
        plain = fold(word).rstrip(".")
        if (found := sex.get(plain.capitalize()) or sex.get(plain)) is not None:
            return found
    return ""


def sex_told(text: str, start: int, name: str) -> str:
    """What tells a person's sex: the name, or the words before it."""
    if found := sex_of(name):
        return found
    sex = speech().sex
    before = re.findall(r"\w+", text[max(0, start - 40) : start])
    return next(
        (sex[word] for word in (w.lower() for w in reversed(before[-3:])) if word in sex and len(word) > 3),
        "",
    )
