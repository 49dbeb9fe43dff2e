"""The forms under which a text may name what an article lists."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from generator.annotate.gazetteer import gazetteer
from generator.annotate.lexicon import lexicon

_ACRONYM = re.compile(r"\(([A-Z][A-Za-z&.]{1,9})\)")
_TOLD_APART = re.compile(r" \([^()]*\)\Z")
_SUFFIX = re.compile(r",? (?:Jr|Sr|II|III|IV)\.?\Z")


@lru_cache(maxsize=8192)
def person_parts(name: str) -> tuple[str, ...]:
    """The words of a person's name without a generation at its end, or what tells it from its namesakes."""
    return tuple(_SUFFIX.sub("", untold(name)).split())


@lru_cache(maxsize=8192)
def surname(name: str) -> str:
    """The surname a text would use alone: "Blinken", "von der Leyen", "Xi"; "" for a name of one word."""
    parts = person_parts(name)
    known = lexicon()
    if len(parts) < 2 or parts[0] in known.particles:
        return name if len(parts) > 1 else ""
    if parts[0] in known.surname_first and parts[0] not in known.given:
        return parts[0]
    first = len(parts) - 1
    while first > 1 and parts[first - 1] in known.particles:
        first -= 1
    return " ".join(parts[first:])


def person_forms(name: str) -> Iterator[str]:
    """The full forms of a person's name: as it is, and without what stands between first and last.

    What tells namesakes apart in brackets ("Ana Ruiz (cellist)") stands in no text.
    """
    yield name
    name = untold(name)
    yield name
    parts = person_parts(name)
    if len(parts) > 2 and not any(part.islower() for part in parts):
        yield f"{parts[0]} {parts[-1]}"


def untold(name: str) -> str:
    """A name without what tells it from its namesakes: "Ana Ruiz (cellist)" → "Ana Ruiz"."""
    return _TOLD_APART.sub("", name) or name


def organisation_forms(name: str) -> Iterator[str]:
    """An organisation's forms: as it is, without its article, without Inc. and the like, and elliptic ones.

    "Foreign Ministry of Ukraine" is also Ukraine's Foreign Ministry, the Ukrainian Foreign Ministry and the
    Foreign Ministry in Kyiv.
    """
    yield name
    name = untold(name)
    yield name
    bare = name.removeprefix("The ")
    if bare != name:
        yield bare
    words = bare.split()
    if len(words) > 1 and words[-1] in lexicon().org_suffixes:
        bare = " ".join(words[:-1]).rstrip(",")
        yield bare
    head, of, country = bare.rpartition(" of ")
    places = gazetteer()
    country = country.removeprefix("the ")
    if not of or country not in places.places:
        return
    yield f"{head} of the {country}"
    canonical = places.places[country]
    for form in places.forms[canonical]:
        yield f"{form.removeprefix('the ')}'{'' if form.endswith('s') else 's'} {head}"
        yield f"{form.removeprefix('the ')} {head}"
    for demonym, meant in places.demonyms.items():
        if meant == canonical:
            yield f"{demonym} {head}"
    capital = places.capitals.get(canonical, "")
    for form in places.forms.get(capital, ()):
        yield f"{head} in {form}"


def place_forms(name: str) -> tuple[str, ...]:
    """A place's forms: those of the gazetteer, or the name alone."""
    known = gazetteer()
    canonical = known.places.get(name.removeprefix("the "))
    if canonical is None:
        return (name,) if untold(name) == name else (name, untold(name))
    return (name, *(form.removeprefix("the ") for form in known.forms[canonical]))


def acronyms(text: str) -> Iterator[tuple[str, int]]:
    """Each acronym that stands in brackets, and where its bracket opens."""
    for match in _ACRONYM.finditer(text):
        if sum(c.isupper() for c in match[1]) > 1:
            yield match[1], match.start()


def long_form(text: str, acronym: str, bracket: int) -> str:
    """The capitalised words before an acronym's bracket whose initials it is made of, or ""."""
    letters = [c for c in acronym if c.isupper()]
    before = text[max(0, bracket - 120) : bracket].split()
    for count in range(2, min(len(before), 2 * len(letters) + 3) + 1):
        words = before[-count:]
        if any(word[-1] in ".,;:!?" for word in words[:-1]) or not words[0][:1].isupper():
            continue
        if _spells([word for word in words if word[:1].isupper()], letters):
            return " ".join(words)
    return ""


def _spells(words: Sequence[str], letters: Sequence[str]) -> bool:
    initials = [part[0] for word in words for part in word.split("-") if part]
    return initials == list(letters) or [word[0] for word in words] == list(letters)
