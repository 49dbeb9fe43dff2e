"""Whose full name an article has for somebody whom it calls by surname or given name alone."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.annotate.forms import person_parts, surname
from generator.annotate.name_runs import RUN, bare_name, is_person, parted, run_before, sex_of
from generator.annotate.speech import speech
from generator.core.model import EntityKey

_LONG = 4  # words past which a run is no person's name
_MOST_NAMES = 300  # surnames whose full names are looked for in an article

Place = tuple[int, int, str]
"""Where a full name stands (block and offset, -1 for one that is only listed), and the name."""


class Named(NamedTuple):
    """An entity named in a block's text."""

    start: int
    end: int
    entity: EntityKey
    name: str


class FullNames:
    """The full names of an article's people, as it lists them and as its blocks write them."""

    __slots__ = ("_bearers", "_called", "_found", "_texts")

    def __init__(
        self, texts: Sequence[str], named: Sequence[Sequence[Named]], listed: Mapping[str, EntityKey]
    ) -> None:
        self._texts = texts
        self._found: dict[str, list[Place]] = {}
        self._bearers: defaultdict[str, list[Place]] = defaultdict(list)
        self._called: defaultdict[str, list[str]] = defaultdict(list)  # those listed by their first name
        for name, entity in listed.items():
            if entity.taxonomy == "people" and (parts := person_parts(name)):
                self._called[parts[0]].append(name)
                for part in parts[1:]:
                    self._bearers[part].append((-1, -1, name))
        for number, row in enumerate(named):
            for one in row:
                if one.entity.taxonomy == "people" and " " in texts[number][one.start : one.end]:
                    for part in person_parts(one.name)[1:]:
                        self._bearers[part].append((number, one.start, one.name))

    def full(self, name: str, number: int, at: int, sex: str = "") -> str:
        """The full name of somebody whom a block names by surname at a place, or the name itself.

        Of several who bear it one of the `sex` that a title tells is meant; of these the one named last
        before in this block, else the one named first of all (further on a surname is whom the article
        is about); else the first one named behind.
        """
        if name not in self._found and len(self._found) < _MOST_NAMES:
            self._found[name] = sorted({*self._looked_for(name)})
        found = self._found.get(name, [])
        if sex:
            of_that = [one for one in found if sex_of(one[2]) == sex]
            found = of_that or [one for one in found if not sex_of(one[2])]
        before = [one for one in found if one[:2] < (number, at)]
        if not before:
            return found[0][2] if found else name
        told = [one for one in before if one[0] >= 0]
        if not told or told[-1][0] == number:
            return before[-1][2]
        return max((one[2] for one in told if one[:2] == told[0][:2]), key=len)

    def _looked_for(self, name: str) -> Iterator[Place]:
        """The full names that a surname can be short for, and where each stands: -1 for one listed."""
        yield from self._bearers.get(name, ())
        called = self._called.get(name, [])
        if len(called) == 1:
            yield -1, -1, called[0]
        given = name in speech().sex
        for number, text in enumerate(self._texts):
            at = text.find(name)
            while at >= 0:
                end = at + len(name)
                if given and (with_given := _given_with(text, at)):
                    yield number, at, with_given
                whole = not text[end : end + 1].isalnum()
                before = run_before(text, max(0, at - 60), at) if whole else None
                if before is not None:
                    run = " ".join(text[slice(*part)] for part in parted(text, before.start(), end)[-1:])
                    words = bare_name(run)
                    if 1 < len(words) < 5 and is_person(words, run) and surname(" ".join(words)) == name:
                        yield number, before.start(), " ".join(words)
                at = text.find(name, end)


def _given_with(text: str, at: int) -> str:
    """The full name that begins at a place with a given name; "" for none."""
    run = RUN.match(text, at)
    words = bare_name(run[0]) if run else ()
    is_full = run is not None and 1 < len(words) < _LONG and run[0].startswith(words[0])
    return " ".join(words) if run is not None and is_full and is_person(words, run[0]) else ""
