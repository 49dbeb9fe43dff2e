"""Organisations and places as they are compared: what their names have in common in all texts."""

from collections.abc import Mapping
from functools import cache, lru_cache

from generator.annotate.bodies import organisations
from generator.annotate.gazetteer import gazetteer
from generator.annotate.lexicon import lexicon, phrases, sections
from generator.annotate.spelling import spelled

_SUFFIXES = frozenset(map(spelled, (
    "inc", "corp", "corporation", "co", "company", "ltd", "limited", "plc", "llc", "llp", "ag", "sa", "se",
    "nv", "gmbh", "oyj", "oy", "ab", "asa", "spa", "sas", "bv", "pty", "group",
    "holding", "holdings", "incorporated",
)))  # fmt: skip
_BRITISH = {spelled(british): spelled(american) for british, american in (
    ("organisation", "organization"), ("centre", "center"), ("defence", "defense"), ("labour", "labor"),
    ("programme", "program"), ("theatre", "theater"), ("harbour", "harbor"),
)}  # fmt: skip
_SMALL = frozenset(("of", "and", "for", "the", "in", "on", "&", "to"))


@lru_cache(maxsize=16384)
def organisation_key(name: str) -> str:
    """What two names of one organisation share: "the Boeing Co." and "Boeing", "NATO" and its long form."""
    bare = name.strip(" ,")
    if known := _bodies().get(spelled(bare).removeprefix("the ")):
        return known
    if elliptic := _of_country(bare.removeprefix("the ").removeprefix("The ")):
        return elliptic
    words = [_BRITISH.get(word, word) for word in spelled(core(bare).replace("&", " and ")).split()]
    if words and words[0] == "the":
        words = words[1:] or words
    kept = list(words)
    while len(kept) > 1 and kept[-1] in _SUFFIXES:
        kept.pop()
    whole = spelled(bare).split()
    alone = len(kept) == 1 and len(whole) > 1 and lexicon().is_common(kept[0])
    return " ".join(whole if alone else kept)


@cache
def _bodies() -> Mapping[str, str]:
    """The international organisations' forms and names, as they are compared."""
    return {spelled(form): spelled(name) for form, name in organisations().items()}


def _of_country(name: str) -> str:
    """The key of a body that every country has: "Russian Foreign Ministry", "Foreign Ministry of Russia"."""
    places, known = gazetteer(), lexicon()
    head, of, country = name.partition(" of ")
    country = country.removeprefix("the ")
    if of and head in known.elliptic and country in places.places:
        return spelled(f"{head} of {places.places[country]}")
    words = name.split()
    for cut in range(1, min(3, len(words))):
        head, nation = " ".join(words[cut:]), " ".join(words[:cut]).removesuffix("'s").removesuffix("’s")
        country = places.demonyms.get(nation, "") or places.places.get(nation, "")
        if country and head in known.elliptic:
            return spelled(f"{head} of {country}")
    return ""


@lru_cache(maxsize=16384)
def place_key(name: str) -> str:
    """What two names of one place share: "the U.S." and "America", "Kiev" and "Kyiv", "Turin, Italy"."""
    bare = name.strip(" ,").removeprefix("the ").removeprefix("The ")
    places = gazetteer().places
    if bare in places:
        return spelled(places[bare])
    if bare in organisations():
        return spelled(organisations()[bare])
    town, comma, _ = bare.partition(",")
    town = town.strip()
    if comma and town:
        return spelled(places.get(town, town))
    words = [_WRITTEN_OUT.get(word, word) for word in spelled(bare).split()]
    if words[-2:] == ["international", "airport"]:
        words[-2:] = ["airport"]
    if len(words) > 1 and words[0] == _RIVER:
        words = words[1:]
    elif len(words) > 1 and words[-1] == _RIVER:
        words = words[:-1]
    return " ".join(words)


_RIVER = spelled("river")
_WRITTEN_OUT = {"mt": spelled("mount"), "st": spelled("saint"), "ft": spelled("fort")}


def is_acronym(name: str) -> bool:
    """Whether a name is made of initials: "EADS", "U.N."."""
    letters = name.replace(".", "")
    return (
        1 < len(letters) < 9
        and letters.isalpha()
        and sum(c.isupper() for c in letters) > 1
        and letters[0].isupper()
    )


@lru_cache(maxsize=8192)
def core(name: str) -> str:
    """A name as it is written, without its article, its company's form and its own initials: "EADS N.V." →
    "EADS", "Space Agency SA Inc." → "Space Agency"."""
    words = name.strip(" ,").removeprefix("the ").removeprefix("The ").split()
    while len(words) > 1 and spelled(words[-1]) in _SUFFIXES:
        words.pop()
    if len(words) > 2 and is_acronym(words[-1]) and spells(words[-1], " ".join(words[:-1])):
        words.pop()
    return " ".join(words).rstrip(",")


def spells(acronym: str, name: str) -> bool:
    """Whether the initials of a long form are an acronym's letters, small words counted or not."""
    return acronym.replace(".", "").lower() in initials(name)


def initials(name: str) -> frozenset[str]:
    """The ways to spell a long form by its initials, in small letters; none for a single word."""
    parts = name.replace("&", " and ").replace("-", " ").split()
    words = [part for part in parts if part[:1].isalnum()]
    words = words[1:] if words[:1] in (["the"], ["The"]) else words
    if len(words) < 2:
        return frozenset()
    great = "".join(word[0].lower() for word in words if word not in _SMALL)
    ways = {great, "".join(word[0].lower() for word in words)}
    if spelled(words[-1]) in _SUFFIXES:
        ways.add(great[:-1])
    return frozenset(way for way in ways if len(way) > 1)


def opens(short: str, long: str) -> bool:
    """Whether a key is the first words of a longer one that it can stand for: "northrop", "northrop grumman".

    A company that is known is itself, Apple not Apple Corps, though it is Apple Computer; and what any
    body may be called ("Council") is none's short form.
    """
    if not long.startswith(f"{short} ") or long.startswith(f"{short} and "):
        return False
    if long.removeprefix(f"{short} ") in _TRADES:
        return True
    return short not in _known() and not (" " not in short and lexicon().is_common(short))


def closes(short: str, long: str) -> bool:
    """Whether a key is the last word of a longer one ("rovers", "council"), or that without its country ("air
    force" of "united states air force")."""
    if not long.endswith(f" {short}"):
        return False
    return " " not in short or long.removesuffix(f" {short}") in _countries()


_TRADES = frozenset(map(spelled, ("Computer", "Motor", "Motors", "Airlines", "Airways", "Air Lines")))


@cache
def _known() -> frozenset[str]:
    by_themselves = phrases(sections("lexicon.txt")["organisations"])
    return frozenset(map(spelled, (*by_themselves, *organisations())))


@cache
def _countries() -> frozenset[str]:
    places = gazetteer()
    return frozenset(map(spelled, (*places.demonyms, *places.capitals)))
