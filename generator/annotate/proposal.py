"""The seam between Morgue and whatever finds names: what is asked of it, and what it answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from generator.annotate.authority import Authority
from generator.core.model import Article, Prose


class Evidence(NamedTuple):
    """Where and why something was found: block number (-1 outside the text), offsets in it, a rule."""

    block: int
    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A name to file an article under, as it should be listed, and what speaks for it, in reading order."""

    name: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What to file an article under, by taxonomy ("people", …, "tags"), in order, each name once."""

    names: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict)

    def listed(self, taxonomy: str) -> tuple[str, ...]:
        """The names proposed for a taxonomy."""
        return tuple(finding.name for finding in self.names.get(taxonomy, ()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """How many of an archive's articles use each term: what tells a distinctive term from a common one."""

    articles: int = 0
    frequency: Mapping[str, int] = field(default_factory=dict)


class Annotator(Protocol):
    """Something that finds names in an article. `name` tells versions apart: "rules-1"."""

    @property
    def name(self) -> str:
        """What the front matter's `found` names as its author."""
        ...

    def propose(
        self, article: Article, prose: Prose, authority: Authority, background: Background
    ) -> Proposal:
        """What to file an article under; the same for the same arguments."""
        ...

    def background(self, texts: Iterable[str]) -> Background:
        """What `propose` has to know of all the articles of an archive, from their texts."""
        ...
