"""Within one document: which of its names mean the same person, organisation or place.

The rules are those of a study on AIDA (acronym and long form; first words; a surname is an earlier full
name's, else the first later one's), with what newspapers write between brackets. Of several earlier ones the
study took the latest; here it is the one of whom most was said so far.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import partial
from typing import NamedTuple

from generator.annotate.bodies import organisations
from generator.annotate.lexicon import lexicon
from generator.annotate.name_runs import sex_of
from generator.annotate.naming import closes, core, is_acronym, opens, organisation_key, place_key, spells
from generator.annotate.persons import PersonName, filed, is_pet_form, like_all, person_name, untitled
from generator.annotate.spans import Kind
from generator.annotate.spelling import spelled


class Mentioned(NamedTuple):
    """A name in a document; `bracket` tells that it stands in brackets right behind the one before it, `sex`
    what the title before it does ("f" of Mrs, "m" of Mr, "" of none)."""

    kind: Kind
    words: str
    bracket: bool = False
    sex: str = ""


def title_sex(text: str, start: int) -> str:
    """The sex that the title right before a place in a text tells; "" for none."""
    before = text[max(0, start - 12) : start]
    word = before.rstrip().rpartition(" ")[2] if before.endswith(" ") else ""
    return sex_of(word) if word.rstrip(".") in lexicon().courtesies else ""


class Group(NamedTuple):
    """The mentions that mean one thing, by their places among all; `name` is the fullest of its `forms`.

    `alone` is a person of whom only a surname or a given name stands there.
    """

    kind: Kind
    name: str
    forms: tuple[str, ...]
    mentions: tuple[int, ...]
    alone: bool = False


def groups(mentions: Sequence[Mentioned]) -> tuple[Group, ...]:
    """The mentions of a document by what they mean, in the order of their first ones."""
    found: list[Group] = []
    for kind, grouped in (("people", _people), ("organisations", _organisations), ("places", _places)):
        own = [place for place, mention in enumerate(mentions) if mention.kind == kind]
        found += grouped(mentions, own)
    return tuple(sorted(found, key=lambda group: group.mentions))


def _people(mentions: Sequence[Mentioned], own: Sequence[int]) -> list[Group]:
    """Persons: full names first, each with the one person whom it can mean; then surnames alone."""
    names = {place: person_name(mentions[place].words) for place in own}
    persons: list[list[int]] = []
    for place in own:
        if not names[place].given:
            continue
        fits = [person for person in persons if like_all(names[place], [names[other] for other in person])]
        if len(fits) > 1:  # the nearest before, as readers take it
            fits = sorted(fits, key=lambda person: -person[-1])[:1]
        if fits:
            fits[0].append(place)
        else:
            persons.append([place])
    alone: defaultdict[str, list[int]] = defaultdict(list)
    bearers: defaultdict[str, list[list[int]]] = defaultdict(list)
    for person in persons:
        for key in {names[place].surname for place in person}:
            bearers[key].append(person)
    full = {place for person in persons for place in person}
    for place in own:
        if place in full:
            continue
        key = names[place].surname
        meant = bearers.get(key) or _by_part(key, persons, names)
        if meant:
            meant = _of_sex(mentions[place], meant, mentions)
            told = [(at, person) for person in meant for at in person]
            earlier = [one for one in told if one[0] < place] if len(meant) > 1 else told[:1]
            (max(earlier, key=partial(_so_far, place)) if earlier else min(told))[1].append(place)
        else:
            alone[key].append(place)
    made = [_person(mentions, names, sorted(person), False) for person in persons]
    return made + [_person(mentions, names, single, True) for single in alone.values()]


def _so_far(place: int, one: tuple[int, list[int]]) -> tuple[int, int]:
    """How much an article has spoken of a person before a place, and how early.

    A surname alone is whose the article is about, not the cousin's or founder's whom it named in passing.
    """
    at, person = one
    return sum(other < place for other in person), -at


def _of_sex(mention: Mentioned, persons: list[list[int]], mentions: Sequence[Mentioned]) -> list[list[int]]:
    """Of some persons those whom a title can mean: "Mrs Ruiz" is Ana, not Jon; all where it tells nothing."""
    sex = mention.sex or (sex_of(mention.words) if " " in mention.words else "")
    if not sex or len(persons) < 2:
        return persons
    told = [{mentions[place].sex or sex_of(mentions[place].words) for place in each} for each in persons]
    surely = [each for each, sexes in zip(persons, told, strict=True) if sex in sexes]
    return surely or [each for each, sexes in zip(persons, told, strict=True) if sexes <= {""}] or persons


def _by_part(key: str, persons: Sequence[list[int]], names: Mapping[int, PersonName]) -> list[list[int]]:
    """The persons whom a given name, a pet form of one, or the first of two surnames can mean."""

    def first_names(person: Sequence[int]) -> set[str]:
        return {names[place].given[0] for place in person if names[place].given}

    def whole(person: Sequence[int]) -> str:
        return " ".join(" ".join((*names[place].given, names[place].surname)) for place in person)

    found = [person for person in persons if key in first_names(person)]
    found = found or [person for person in persons if any(is_pet_form(key, n) for n in first_names(person))]
    return found or [person for person in persons if f" {key} " in f" {whole(person)} "]


def _person(
    mentions: Sequence[Mentioned], names: Mapping[int, PersonName], places: Sequence[int], alone: bool
) -> Group:
    forms = dict.fromkeys(untitled(mentions[place].words) for place in places)
    fullest = max(places, key=lambda place: (bool(names[place].given), names[place].fullness, -place))
    return Group("people", filed(mentions[fullest].words), tuple(forms), tuple(places), alone)


def _organisations(mentions: Sequence[Mentioned], own: Sequence[int]) -> list[Group]:
    """Organisations by their keys; an acronym with the long form that spells it or stands before its bracket;
    the first words of a longer name with that, where it is the only one."""
    by_key: dict[str, list[int]] = {}
    for place in own:
        by_key.setdefault(organisation_key(mentions[place].words), []).append(place)
    meant: dict[str, str] = {}
    for key, places in by_key.items():
        name = core(mentions[places[0]].words)
        before = [
            p - 1 for p in places if mentions[p].bracket and p and mentions[p - 1].kind == "organisations"
        ]
        if before:
            meant[key] = organisation_key(mentions[before[0]].words)
        elif is_acronym(name):
            long = [
                k for k, where in by_key.items() if k != key and spells(name, core(mentions[where[0]].words))
            ]
            if len(long) == 1:
                meant[key] = long[0]
        else:
            long = [k for k in by_key if opens(key, k) or closes(key, k)]
            if len(long) == 1:
                meant[key] = long[0]
    found: dict[str, list[int]] = {}
    for key, places in by_key.items():
        found.setdefault(last(meant, key), []).extend(places)
    return [_organisation(mentions, key, places) for key, places in found.items()]


def _organisation(mentions: Sequence[Mentioned], key: str, places: Sequence[int]) -> Group:
    """One under the name it is best known by where that is packaged, else its key's commonest form."""
    forms = Counter(mentions[place].words for place in sorted(places))
    best = {organisations()[form] for form in forms if form in organisations()}
    own = [form for form in forms if organisation_key(form) == key] or list(forms)
    name = best.pop() if len(best) == 1 else max(own, key=lambda form: (not is_acronym(form), forms[form]))
    return Group("organisations", name, tuple(forms), tuple(sorted(places)))


def last(meant: Mapping[str, str], key: str) -> str:
    """Where a chain of keys ends; a circle ends where it was entered."""
    seen = {key}
    while (following := meant.get(key)) and following not in seen:
        key = following
        seen.add(key)
    return key


def _places(mentions: Sequence[Mentioned], own: Sequence[int]) -> list[Group]:
    by_key: dict[str, list[int]] = {}
    for place in own:
        by_key.setdefault(place_key(mentions[place].words), []).append(place)
    return [_group(mentions, "places", places) for places in by_key.values()]


def _group(mentions: Sequence[Mentioned], kind: Kind, places: Sequence[int]) -> Group:
    forms = dict.fromkeys(mentions[place].words for place in sorted(places))
    name = max(forms, key=lambda form: (not is_acronym(form), len(spelled(form).split())))
    return Group(kind, name, tuple(forms), tuple(sorted(places)))
