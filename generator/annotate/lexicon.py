"""The packaged word lists, read once: titles, heads of organisations, given names, common words."""

from collections.abc import Mapping
from functools import cache, cached_property, lru_cache
from pathlib import Path

from generator.core.frozen import dataclass

DATA = Path(__file__).parent / "data"
"""Where the packaged lists lie; `importlib.resources` would take longer to load than all of them to read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What the rules know of newspapers' words, as they are capitalised there."""

    titles: frozenset[str]
    civil: frozenset[str]  # titles that only a person's name follows: "Mr", "Dr", "Mayor"
    courtesies: frozenset[str]  # of these, those that tell no office: "Mr"; without a full stop
    ranks: frozenset[str]  # titles in short, of policemen, officers and councillors; without a full stop
    small_titles: frozenset[str]  # titles that are hardly ever written with a capital: "spokesman", "nurse"
    kin: frozenset[str]  # titles that, written small, tell a relation: "father"
    modifiers: frozenset[str]  # words before a title: "Deputy", "Foreign"
    org_heads: frozenset[str]
    org_suffixes: frozenset[str]
    org_of: frozenset[str]  # heads that "of" or "for" may follow: "Ministry", "University"
    place_heads: frozenset[str]
    place_first: frozenset[str]
    place_of: frozenset[str]  # heads that "of" follows: "Republic"
    events: frozenset[str]
    stop_names: frozenset[str]  # capitalised, and neither person nor organisation nor place
    acronym_places: frozenset[str]
    particles: frozenset[str]
    surname_first: frozenset[str]
    stop: frozenset[str]  # function words, capitalised
    reporting: frozenset[str]
    introductions: frozenset[str]
    given: frozenset[str]
    surname_heads: frozenset[str]  # heads of places and organisations that are surnames too: "Hill"
    possessives: frozenset[str]  # words whose "'s" is part of a name: "People's Party"
    products: frozenset[str]
    sayings: frozenset[str]  # verbs before or behind which a person stands
    places_before: frozenset[str]  # prepositions before a place
    settled_at: frozenset[str]  # what is named after a place where it was settled: the Normandy "format"
    elliptic: frozenset[str]  # bodies that every country has: "Foreign Ministry"
    plain: frozenset[str]  # lower case: words that tell nothing of what an article is about
    abbreviations: frozenset[str]  # lower case, without their last full stop; they end no sentence
    company_ends: frozenset[str]  # the same, where a sentence may end
    starters: frozenset[str]  # words that begin a sentence after one of these
    directions: frozenset[str]  # that make another place of a place: "New", "West"
    sport: frozenset[str]  # words of reports on matches
    slugs: frozenset[str]  # what agencies write before a headline: "Golf-Lindqvist wins"
    participles: tuple[str, ...]  # endings of words after a hyphen: "UK-based"
    prefixes: frozenset[str]  # words before a hyphen: "pro-Kremlin"
    common: frozenset[str]  # lower case, without most inflections

    def is_common(self, word: str) -> bool:
        """Whether a word, in any case and with a usual ending, is one of the language's common words."""
        return _is_common(word.lower(), self.common)


class Lexicon(Words):
    """The packaged words, and the long lists of names, each read when it is first asked for: a build finds
    names that are listed, and needs none of them."""

    @cached_property
    def organisations(self) -> frozenset[str]:
        """Bodies by their names."""
        return frozenset(phrases(sections("lexicon.txt")["organisations"])) | _listed("organisations")

    @cached_property
    def doubtful_organisations(self) -> frozenset[str]:
        """Bodies that are words, persons or places too: "Slack", "Fitch"."""
        return _listed("doubtful organisations")

    @cached_property
    def clubs(self) -> frozenset[str]:
        """Names of places under which a club plays: "Leeds", "Denver"."""
        return _listed("clubs")

    @cached_property
    def no_names(self) -> frozenset[str]:
        """Leagues, cups, indices that hold names and are none: "S&P 500"."""
        return _listed("no names")

    @cached_property
    def surnames(self) -> frozenset[str]:
        """Surnames of the world."""
        return frozenset((*lines("surnames.txt"), *lines("surnames_world.txt"))) | _listed("surnames")


_ENDINGS = (
    ("s", ""), ("es", ""), ("ies", "y"), ("ed", ""), ("ed", "e"), ("d", ""), ("ing", ""), ("ing", "e"),
    ("ly", ""), ("er", ""), ("ers", ""), ("ment", ""), ("ments", ""),
)  # fmt: skip


@lru_cache(maxsize=1 << 15)
def _is_common(lower: str, common: frozenset[str]) -> bool:
    return lower in common or any(
        lower.endswith(ending) and lower[: -len(ending)] + instead in common for ending, instead in _ENDINGS
    )


@cache
def lexicon() -> Lexicon:
    """The packaged lexicon."""
    found = sections("lexicon.txt")
    words = {name: frozenset(text.split()) for name, text in found.items()}
    return Lexicon(
        titles=words["titles"],
        civil=words["civil"],
        courtesies=words["courtesies"],
        ranks=words["ranks"],
        small_titles=words["smalltitles"],
        kin=words["kin"],
        modifiers=words["modifiers"],
        org_heads=words["orgheads"],
        org_suffixes=words["orgsuffixes"],
        org_of=words["orgof"],
        place_heads=words["placeheads"],
        place_first=words["placefirst"],
        place_of=words["placeof"],
        events=words["events"],
        stop_names=words["stopnames"],
        acronym_places=words["acronymplaces"],
        particles=words["nameparticles"],
        surname_first=words["surnamefirst"],
        stop=words["stop"],
        reporting=words["reporting"],
        introductions=words["introductions"],
        surname_heads=words["surnameheads"],
        possessives=words["possessives"],
        products=words["products"],
        sayings=words["sayings"],
        places_before=words["placesbefore"],
        settled_at=words["settledat"],
        elliptic=frozenset(word.replace("-", " ") for word in words["elliptic"]),
        plain=words["plain"],
        abbreviations=words["abbreviations"],
        company_ends=words["companyends"],
        starters=words["starters"],
        directions=words["directions"],
        sport=words["sport"],
        slugs=words["slugs"],
        participles=tuple(sorted(words["participles"])),
        prefixes=words["prefixes"],
        given=words["given"] | frozenset(lines("given.txt")) | _listed("given"),
        common=frozenset(lines("words.txt")),
    )


def phrases(text: str) -> list[str]:
    """The names of a part of a packaged list in which they are parted by semicolons."""
    return [name for name in map(str.strip, " ".join(text.split()).split(";")) if name]


def _listed(part: str) -> frozenset[str]:
    """The names of a part of the list of the newswire's world."""
    return frozenset(phrases(sections("newswire.txt")[part]))


def packaged(name: str) -> str:
    """The text of a packaged list."""
    return (DATA / name).read_text(encoding="utf-8")


def lines(name: str) -> tuple[str, ...]:
    """The lines of a packaged list but for its comments."""
    return tuple(line for line in packaged(name).splitlines() if line and not line.startswith("#"))


@cache
def sections(name: str) -> Mapping[str, str]:
    """The parts of a packaged list that begin with a line `[title]`, by their titles."""
    found: dict[str, list[str]] = {}
    title = ""
    for line in packaged(name).splitlines():
        if line.startswith("["):
            title = line.strip("[]")
        elif not line.startswith("#"):
            found.setdefault(title, []).append(line)
    return {title: "\n".join(part) for title, part in found.items()}
