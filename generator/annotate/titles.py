"""The title grammar: the office under which a text introduces a person, before the name or behind it.

"US Secretary of State Antony Blinken", "Acting Assistant Secretary of State for Europe Philip Reeker",
"Putin's spokesman, Dmitry Peskov", "Ana Ruiz, a deputy mayor of Aldery,": nation or body, rank with what
qualifies it, then "of" or "for" and what the office is about.
"""

import re
from collections.abc import Sequence
from functools import cache

from generator.annotate.gazetteer import gazetteer
from generator.annotate.lexicon import lexicon

_NEAR = 140  # characters looked at before a name and behind it
_COMPLEMENT = 5  # words between "of" and the name
_WORDS = 12
_LINKS = frozenset(("of", "for"))
_FOLLOWS = _LINKS | {"at", "in", "to", "from", "and", "with"}
_INSIDE = frozenset(("and", "&", "the"))
_BEHIND = re.compile(
    r",(?:\s\d{1,3},)?\s((?:the|a|an|his|her|their|its)\s)?"
    r"((?:[^,;.()—–]|\.(?=\S)|(?<=[A-Z])\.(?=\s[a-z])|(?<=[A-Z]\.[A-Z])\.(?=\s[A-Z]))+)(?=[,;.)—–]|\Z)"
)
_CLAUSES = frozenset({"who", "which", "that", "is", "was", "says", "said"})  # begin what is no title any more
_OPENS = frozenset("\"“‘'([—–")
_CLOSES = frozenset('.!?;:)”"—–')
_FULL = {
    "Sen": "Senator", "Gov": "Governor", "Rep": "Representative", "Gen": "General", "Lt": "Lieutenant",
    "Col": "Colonel", "Maj": "Major", "Capt": "Captain", "Sgt": "Sergeant", "Cmdr": "Commander",
    "Adm": "Admiral", "Prof": "Professor", "Rev": "Reverend", "Cllr": "Councillor", "Brig": "Brigadier",
    "Cpl": "Corporal", "Pvt": "Private", "Coun": "Councillor", "Ald": "Alderman", "Det": "Detective",
    "Insp": "Inspector", "Supt": "Superintendent", "Const": "Constable", "Cdr": "Commander",
    "DCI": "Detective Chief Inspector", "DCS": "Detective Chief Superintendent", "DI": "Detective Inspector",
    "DS": "Detective Sergeant", "DC": "Detective Constable", "PC": "Police Constable",
    "WPC": "Police Constable", "PCSO": "Police Community Support Officer", "DSU": "Detective Superintendent",
}  # fmt: skip


def title_before(text: str, start: int) -> str:
    """The title right before the name that begins at `start`, or "".

    Courtesies ("Mr", "Dr") are none; an abbreviated rank is written out. A title that a comma parts from the
    name counts where it says whose it is ("Putin's spokesman, Dmitry Peskov") or that there is one.
    """
    near = text[max(0, start - _NEAR) : start]
    if not near[-1:].isspace():
        return ""
    words = near.split()
    if not words or words[-1] == "and":  # "Anna is the Manager for Ports and Lauren Bask a member"
        return ""
    apart = words[-1].endswith(",")
    if apart:
        words[-1] = words[-1][:-1]
    at = _rank_end(words)
    if at < 0:
        return ""
    first = _opening(words, at)
    said = words[first:]
    if apart and not (_is_possessive(said[0]) or words[max(0, first - 1)] in {"the", "The"}):
        return ""
    return _written(said)


def title_behind(text: str, end: int) -> str:
    """The title in an apposition behind the name that ends at `end`, or ""."""
    found = _BEHIND.match(text, end, end + _NEAR)
    words = found[2].split() if found else []
    if not found or len(words) > _WORDS:
        return ""
    unknown = 2 if found[1] else 0
    for place, word in enumerate(words[:5]):
        if _is_title(word):
            behind = words[place + 1 :]
            while behind and _is_title(behind[0]):
                behind = behind[1:]
            return _written(words) if not behind or behind[0] in _FOLLOWS else ""
        if not (_qualifies(word) or (word[:1].isupper() and word not in lexicon().stop)):
            unknown -= 1
            if unknown < 0 or word.capitalize() in lexicon().stop:
                return ""
    return ""


def introduced(text: str, start: int, end: int) -> str:
    """The title that introduces the name at these offsets: before it, else behind it; "" for none."""
    return title_before(text, start) or title_behind(text, end)


def _rank_end(words: Sequence[str]) -> int:
    """The place of the last word of the rank in words that lead to a name; -1 where none does."""
    at = len(words) - 1
    while at >= 0:
        if _is_title(words[at]):
            return at
        begin = at
        while begin > 0 and at - begin < _COMPLEMENT and words[begin] not in _LINKS:
            if not (words[begin][:1].isupper() or words[begin] in _INSIDE) or _ends(words[begin]):
                return -1
            begin -= 1
        if words[begin] not in _LINKS or begin == at:
            return -1
        at = begin - 1
    return -1


def _opening(words: Sequence[str], at: int) -> int:
    """The place of the first word of the title whose rank ends at `at`."""
    known = lexicon()
    bodies = 0
    while at > 0:
        word = words[at - 1]
        if _ends(word) and not _is_abbreviation(word):
            break
        bare = word.lstrip("\"“‘'(")
        if word == "and" and at > 1 and _is_title(words[at - 2]):
            at -= 1
            continue
        if _is_possessive(bare):
            return at - 1 if bare[:1].isupper() else at
        body = bare[:1].isupper() and bare not in known.stop and bare not in known.stop_names
        if not (_is_title(bare) or _qualifies(bare)):
            bodies += 1
            if not body or bodies > 2 or bare in known.given:
                break
        at -= 1
        if bare != word:
            break
    return at


def _written(words: Sequence[str]) -> str:
    """A title as it is kept: without courtesies, marks and articles, ranks written out; "" for none left."""
    kept = [word.strip("\"“‘'(") for word in words]
    kept = [
        _FULL.get(word.rstrip("."), word) for word in kept if word.rstrip(".") not in lexicon().courtesies
    ]
    while kept and (kept[0] in lexicon().stop or kept[0] in {"the", "a", "an", "and"}):
        kept = kept[1:]
    kept = kept[: next((at for at, word in enumerate(kept) if word in _CLAUSES), None)]
    while kept and (kept[-1] in _FOLLOWS or kept[-1] in _INSIDE or kept[-1] in {"a", "an", "on"}):
        kept = kept[:-1]
    if len(kept) > _WORDS or not any(_is_title(word) for word in kept):
        return ""
    return " ".join(kept)


def _is_title(word: str) -> bool:
    return word.strip("\"“‘'(") in _great() or word in _small()[0]


@cache
def _great() -> frozenset[str]:
    """Titles as they are written with capitals, the ranks in short among them."""
    known = lexicon()
    return known.titles | known.ranks | {f"{rank}." for rank in known.ranks}


@cache
def _small() -> tuple[frozenset[str], frozenset[str]]:
    """Titles, and the words that qualify them, as papers write them that save capitals for names."""
    known = lexicon()
    titles = frozenset(word.lower() for word in known.titles if len(word) > 3)
    return (titles | known.small_titles) - known.kin, frozenset(word.lower() for word in known.modifiers)


def _qualifies(word: str) -> bool:
    """Whether a word stands before a rank and belongs to it: a modifier, a nation, whose it is."""
    known, places = lexicon(), gazetteer()
    return (
        word in known.modifiers
        or word in _small()[1]
        or word in places.demonyms
        or word in places.places
        or word in known.acronym_places
        or _is_possessive(word)
    )


def _is_possessive(word: str) -> bool:
    return word.endswith(("'s", "’s", "s'", "s’")) and len(word) > 3


def _is_abbreviation(word: str) -> bool:
    return word.rstrip(".") in _FULL or (len(word) > 2 and word[1] == "." and word.endswith("."))


def _ends(word: str) -> bool:
    """Whether a sentence or a clause ends with a word."""
    return word[-1] in _CLOSES or word[-1] == ","
