"""Across documents: which of an archive's names mean the same, and which of them may.

A name joins the one other that it can mean; where it could be two, it stays itself and is a candidate.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field
from typing import NamedTuple

from generator.annotate.coreference import Group, last
from generator.annotate.naming import core, initials, is_acronym, opens, organisation_key, place_key
from generator.annotate.persons import Likeness, PersonName, like_all, looked_for, marks, person_name
from generator.core.frozen import dataclass

SUPPORT = 2
"""Articles that have to give a person's full name before a surname alone can mean her in another."""

ALONE = "surname alone"
"""Why a surname that stands without a full name is taken for somebody, or may be."""

SHARE = 0.7
"""The part of a surname's articles that she has to have (the study's 70 %)."""

_SURE = {Likeness.SAME: 0.95, Likeness.MIDDLE: 0.85, Likeness.INITIAL: 0.8, Likeness.NICKNAME: 0.75}
MOST_MEANT = 6
"""Of a name that more others could mean nothing is told: it could be anybody's."""

_UNSURE = 0.5  # of one that could mean several: shared out among them


class Doubt(NamedTuple):
    """A name that may mean another of its taxonomy: how sure that is, from 0 to 1, and why."""

    taxonomy: str
    name: str
    other: str
    confidence: float
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """What an archive's names mean: `names` gives for (taxonomy, name) the name it is filed under, where that
    is another, `alone` the person meant by a surname where no full name is, `kinds` the taxonomy to which a
    (taxonomy, name) belongs, where that is another. `doubts` are for the editor."""

    names: Mapping[tuple[str, str], str]
    alone: Mapping[str, str]
    doubts: tuple[Doubt, ...] = ()
    kinds: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def name(self, group: Group) -> str:
        """The name a document's group is filed under; "" for a surname that could be anybody's."""
        if group.alone:
            return self.alone.get(person_name(group.name).surname, "")
        return self.names.get((self.kind(group), group.name), group.name)

    def kind(self, group: Group) -> str:
        """The taxonomy that a document's group belongs to."""
        return self.kinds.get((group.kind, group.name), group.kind)


def resolution(documents: Iterable[Sequence[Group]], kept: Iterable[tuple[str, str]] = ()) -> Resolution:
    """What the names of an archive's documents mean; those in `kept` (taxonomy, name) stay themselves.

    Of several names of one thing that the archive already has, or editors chose, the one of most documents is
    kept; else the fullest.
    """
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    joined: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    surnames: defaultdict[str, Counter[str]] = defaultdict(Counter)  # each with the ways it is written
    for groups in documents:
        for group in groups:
            if group.alone:
                surnames[person_name(group.name).surname][group.name] += 1
                continue
            counts[group.kind][group.name] += 1
            if group.kind == "organisations":
                keys = {organisation_key(form) for form in group.forms}
                for key in keys - {organisation_key(group.name)}:
                    joined[group.kind, key][organisation_key(group.name)] += 1
    held = frozenset(kept)
    kinds = _kinds(counts)
    for (taxonomy, name), other in kinds.items():
        counts[other][name] += counts[taxonomy].pop(name)
    names: dict[tuple[str, str], str] = {}
    doubts: list[Doubt] = []
    for taxonomy in sorted(counts):
        if taxonomy == "people":
            clusters = _persons(counts[taxonomy], doubts)
        elif taxonomy == "organisations":
            clusters = _organisations(counts[taxonomy], joined, doubts)
        else:
            clusters = _by_key(counts[taxonomy], place_key)
        for cluster in clusters:
            best = _best(taxonomy, cluster, counts[taxonomy], held)
            for name in cluster:
                if name != best and (taxonomy, name) not in held:
                    names[taxonomy, name] = best
    alone = _surnames(counts["people"], surnames, names, doubts)
    doubts.sort(key=lambda doubt: (-doubt.confidence, doubt))
    return Resolution(names=names, alone=alone, doubts=tuple(doubts), kinds=kinds)


def _kinds(counts: Mapping[str, Counter[str]]) -> dict[tuple[str, str], str]:
    """Of names that some articles have for a person's and others for something else's, what they are.

    That is what at least twice as many articles have, and at least SUPPORT; else each stays as it is.
    """
    found: dict[tuple[str, str], str] = {}
    for name in sorted(counts.get("people", ())):
        told = sorted((-each[name], kind) for kind, each in counts.items() if name in each)
        most, kind = told[0]
        if len(told) > 1 and -most >= max(SUPPORT, 2 * -told[1][0]):
            found |= {(other, name): kind for _, other in told[1:]}
    return found


def _best(
    taxonomy: str, names: Sequence[str], counts: Mapping[str, int], held: frozenset[tuple[str, str]]
) -> str:
    """The name to file under."""
    chosen = [name for name in names if (taxonomy, name) in held]
    if taxonomy == "people" and not chosen:
        spelled_out = [n for n in names if all(len(word) > 1 for word in person_name(n).given[:1])]
        return min(spelled_out or names, key=lambda name: (-counts[name], _initials(name), name))
    return min(chosen or names, key=lambda name: (-counts[name], -len(name), name))


def _initials(name: str) -> int:
    """How many initials a person's name has: of two used alike, the one without is the better known."""
    return sum(len(word) == 1 for word in person_name(name).given)


def _persons(counts: Mapping[str, int], doubts: list[Doubt]) -> list[list[str]]:
    """Names by person: the fullest first, then each with the only person it can be."""
    blocks: defaultdict[str, list[str]] = defaultdict(list)
    for name in counts:
        blocks[person_name(name).surname].append(name)
    found: list[list[str]] = []
    for _, block in sorted(blocks.items()):
        persons: list[list[str]] = []
        marked: defaultdict[str, list[int]] = defaultdict(list)
        for name in sorted(block, key=lambda n: (tuple(-x for x in person_name(n).fullness), n)):
            one = person_name(name)
            near = sorted({number for mark in looked_for(one) for number in marked.get(mark, ())})
            fits = [(number, how) for number in near if (how := _alike(one, persons[number]))]
            surest = max((how for _, how in fits), default=Likeness.NONE)
            best = [number for number, how in fits if how == surest]
            if len(best) == 1 and (len(fits) == 1 or surest == Likeness.SAME):
                at = best[0]
                persons[at].append(name)
            else:
                at = len(persons)
                persons.append([name])
                for number, _ in fits if len(fits) <= MOST_MEANT else ():
                    share = round(_UNSURE / len(fits), 2)
                    doubts.append(Doubt("people", name, persons[number][0], share, "could be several"))
            for mark in marks(one):
                if at not in marked[mark]:
                    marked[mark].append(at)
        found += persons
    return found


def _alike(one: PersonName, person: Sequence[str]) -> Likeness:
    if not one.given:
        return Likeness.SAME if any(person_name(other) == one for other in person) else Likeness.NONE
    return like_all(one, map(person_name, person))


def _by_key(names: Iterable[str], key_of: Callable[[str], str]) -> list[list[str]]:
    found: dict[str, list[str]] = {}
    for name in sorted(names):
        found.setdefault(key_of(name), []).append(name)
    return list(found.values())


def _organisations(
    counts: Mapping[str, int], joined: Mapping[tuple[str, str], Counter[str]], doubts: list[Doubt]
) -> list[list[str]]:
    """Names by organisation: of one key, and short forms with the long one that articles join them to."""
    found = {organisation_key(cluster[0]): cluster for cluster in _by_key(counts, organisation_key)}
    meant: dict[str, str] = {}
    for key in sorted(found):
        ways = joined.get(("organisations", key), Counter())
        for other, articles in sorted(ways.items()):
            share = articles / ways.total()
            if other in found and share >= SHARE:
                meant[key] = other
            elif other in found:
                confidence = round(share * 0.9, 2)
                doubts.append(
                    Doubt("organisations", found[key][0], found[other][0], confidence, "short form")
                )
    beginning: defaultdict[str, list[str]] = defaultdict(list)  # the long keys by their first words
    spelling: defaultdict[str, list[str]] = defaultdict(list)  # and by their initials
    for key in sorted(found):
        words = key.split()
        for count in range(1, len(words)):
            beginning[" ".join(words[:count])].append(key)
        for letters in initials(core(found[key][0])) if len(words) > 1 else ():
            spelling[letters].append(key)
    for key, cluster in sorted(found.items()):
        name = core(cluster[0])
        longer = [other for other in beginning.get(key, ()) if key not in meant and opens(key, other)]
        if len(longer) == 1:
            meant[key] = longer[0]
        elif key not in meant and is_acronym(name):
            long = spelling.get(name.replace(".", "").lower(), [])
            for other in long if len(long) <= MOST_MEANT else ():
                confidence = round(_SURE[Likeness.NICKNAME] / len(long), 2)
                doubts.append(Doubt("organisations", cluster[0], found[other][0], confidence, "initials"))
    merged: dict[str, list[str]] = {}
    for key, cluster in found.items():
        merged.setdefault(last(meant, key), []).extend(cluster)
    return list(merged.values())


def _surnames(
    full: Mapping[str, int],
    alone: Mapping[str, Counter[str]],
    names: Mapping[tuple[str, str], str],
    doubts: list[Doubt],
) -> dict[str, str]:
    """Whom a surname means in articles without a full name: one of enough articles who has most of them."""
    bearers: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for name, articles in full.items():
        bearers[person_name(name).surname][names.get(("people", name), name)] += articles
    found: dict[str, str] = {}
    for surname in sorted(alone):
        counted = bearers.get(surname, Counter())
        for name, articles in sorted(counted.items()):
            share = articles / counted.total()
            if articles >= SUPPORT and share >= SHARE:
                found[surname] = name
            else:
                written = min(alone[surname], key=lambda one: (-alone[surname][one], one))
                doubts.append(Doubt("people", written, name, round(share * SHARE, 2), ALONE))
    return found
