"""Whether two names can be one person's: given names, initials, nicknames, generations."""

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import IntEnum
from functools import cache, lru_cache
from typing import NamedTuple

from generator.annotate.forms import surname
from generator.annotate.lexicon import lexicon, lines
from generator.annotate.spelling import spelled

_GENERATION = re.compile(r",? (Jr|Sr|Jnr|Snr|II|III|IV)\.?\Z")
_NICKNAME = re.compile(r" [\"“‘'][^\"”]{1,24}[\"”’'](?= )")
_INITIALS = re.compile(r"(?<=[^\W\d_]\.)(?=[^\W\d_]\.)")


class Likeness(IntEnum):
    """How two names of one surname agree: contrary where something says that they are two people's."""

    CONTRARY = -1
    NONE = 0
    NICKNAME = 1  # Bob and Robert
    INITIAL = 2  # J. and Jane
    MIDDLE = 3  # Tayyip and Recep Tayyip
    SAME = 4


class PersonName(NamedTuple):
    """A person's name in comparable parts. `given` are the words before the surname ("george", "w"), or
    behind it where it comes first."""

    given: tuple[str, ...]
    surname: str
    generation: str  # "jr", "ii", or ""

    @property
    def fullness(self) -> tuple[int, int]:
        """How much the name tells: words spelled out, then words."""
        return sum(len(word) > 1 for word in self.given), len(self.given)


@lru_cache(maxsize=16384)
def person_name(name: str) -> PersonName:
    """The parts of a person's name as a text writes it; courtesies and titles before it are left out, and a
    nickname in quotation marks."""
    words = filed(name)
    found = _GENERATION.search(words)
    generation = {"jnr": "jr", "snr": "sr"}.get(found[1].lower(), found[1].lower()) if found else ""
    words = _INITIALS.sub(" ", words[: found.start()] if found else words)
    if words[:1].isupper() and _is_surname_alone(words.split()):
        return PersonName((), _without_article(spelled(words)), generation)
    last = words.split()[0] if _is_surname_first(words.split()) else surname(words)
    if not last:
        return PersonName((), _without_article(spelled(words)), generation)
    given = words.removeprefix(last) if words.startswith(last) and words != last else words.removesuffix(last)
    return PersonName(tuple(spelled(given).split()), _without_article(spelled(last)), generation)


def _without_article(name: str) -> str:
    return name.removeprefix("al ") or name


def _is_surname_alone(words: list[str]) -> bool:
    """Whether a name is a surname with particles that begins a sentence: Von der Leyen."""
    particles = lexicon().particles
    return len(words) > 2 and words[0].lower() in particles and words[1] in particles


def _is_surname_first(words: list[str]) -> bool:
    """Whether a name is written as in China or Korea: Kim Jong-un, Lee Hsien Loong; not Lee Harvey Oswald."""
    known = lexicon()
    if len(words) < 2 or words[0] not in known.surname_first or words[1] in known.given:
        return False
    return len(words) == 3 or "-" in words[1] or words[0] not in known.given


@lru_cache(maxsize=8192)
def filed(name: str) -> str:
    """A name as a person is filed under it: `Sir Robert "Bob" Geldof` → "Robert Geldof"."""
    return _NICKNAME.sub("", untitled(name))


@lru_cache(maxsize=8192)
def untitled(name: str) -> str:
    """A name without the titles before it: "Mr. Justice Ana Ruiz" → "Ana Ruiz"; a title alone stays."""
    known = lexicon()
    words = name.split()
    first = 0
    while first < len(words) - 1 and _is_title(words, first):
        first += 1
    if first and len(words) - first == 1 and (words[first] in known.titles or words[first] in known.ranks):
        return name
    return " ".join(words[first:]).strip(",")


def _is_title(words: list[str], at: int) -> bool:
    known = lexicon()
    word = words[at].rstrip(",")
    bare = word.rstrip(".")
    if bare in known.courtesies or bare in known.ranks:
        return True
    if word in known.given and not word.endswith("."):
        return False
    if word in known.titles:
        return True
    return word in known.modifiers and any(other in known.titles for other in words[at + 1 : at + 3])


def likeness(one: PersonName, other: PersonName) -> Likeness:
    """How two names agree.

    Different generations, or words between given name and surname that contradict each other (George W. and
    George H. W.), are two people's whatever else agrees.
    """
    if one.surname != other.surname or not one.given or not other.given:
        return Likeness.NONE
    if one.generation and other.generation and one.generation != other.generation:
        return Likeness.CONTRARY
    first, second = one.given[0], other.given[0]
    if first == second or "".join(one.given) == "".join(other.given):
        return Likeness.SAME if _agree(one.given[1:], other.given[1:]) else Likeness.CONTRARY
    if first in other.given[1:] or second in one.given[1:]:
        return Likeness.MIDDLE
    if len(first) == 1 or len(second) == 1:
        if first[0] != second[0]:
            short = min(one.given, other.given, key=len)
            long = max(one.given, other.given, key=len)
            return (
                Likeness.MIDDLE if len(short) == 1 and short[0] in {w[0] for w in long[1:]} else Likeness.NONE
            )
        return Likeness.INITIAL if _agree(one.given[1:], other.given[1:]) else Likeness.CONTRARY
    if is_pet_form(first, second) and _agree(one.given[1:], other.given[1:]):
        return Likeness.NICKNAME
    return Likeness.NONE


def like_all(one: PersonName, others: Iterable[PersonName]) -> Likeness:
    """How a name agrees with those of one person: as with the one most like it, and not at all where it is
    contrary to any."""
    found = [likeness(one, other) for other in others]
    return Likeness.NONE if Likeness.CONTRARY in found else max(found, default=Likeness.NONE)


def _agree(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether the words between do not contradict each other: none, or each an initial of the other's."""
    if not one or not other:
        return True
    return all(a.startswith(b) or b.startswith(a) for a, b in zip(one, other, strict=False)) and (
        len(one) == len(other) or len(one[0]) > 1 or len(other[0]) > 1
    )


def marks(name: PersonName) -> Iterator[str]:
    """What a name is found by among those of its surname: its given names and their first letters."""
    for word in name.given:
        yield word
        yield f"{word[0]}."
    if name.given and len(name.given[0]) > 2:
        yield f"{name.given[0][:3]}-"
    if not name.given:
        yield ""


def looked_for(name: PersonName) -> Iterator[str]:
    """The marks of which every name that is like this one has some."""
    if not name.given:
        yield ""
        return
    first = name.given[0]
    yield from name.given
    yield from _nicknames().get(first, ())
    yield from (word[0] for word in name.given)
    if len(first) == 1:
        yield f"{first}."
    if len(first) > 2:
        yield f"{first[:3]}-"


def is_pet_form(one: str, other: str) -> bool:
    """Whether of two given names one may stand for the other: by the list, or as its first letters."""
    short, long = sorted((one, other), key=len)
    return other in _nicknames().get(one, ()) or (len(short) > 2 and long.startswith(short))


@cache
def _nicknames() -> Mapping[str, frozenset[str]]:
    both: dict[str, set[str]] = {}
    for line in lines("nicknames.txt"):
        name, _, forms = line.partition(": ")
        for form in forms.split():
            a, b = spelled(name), spelled(form)
            both.setdefault(a, set()).add(b)
            both.setdefault(b, set()).add(a)
    return {name: frozenset(forms) for name, forms in both.items()}
