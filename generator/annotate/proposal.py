"""The seam between Morgue and whatever finds names: what is asked of it, and what it answers."""

from collections.abc import Mapping, Set
from dataclasses import field, replace
from typing import NamedTuple, Protocol

from generator.annotate.authority import Authority, folded, resolve
from generator.core.frozen import dataclass
from generator.core.model import Article, EntityKey, Prose

OUTSIDE, HEADLINE = -1, -2
"""The block numbers of what does not stand in the text: a picture's caption, the headline."""


RECORD = "record"
"""The rule of what a record's own form was found by."""


class Evidence(NamedTuple):
    """Where and why something was found: block number, offsets in its text, a rule.

    The number of a block is OUTSIDE for a caption, HEADLINE for the headline.
    """

    block: int
    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A name to file an article under, as it should be listed, and what speaks for it, in reading order.

    `forms` are the other ones under which the text has it.
    """

    name: str
    evidence: tuple[Evidence, ...]
    forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What to file an article under, by taxonomy ("people", …, "tags"), in order, each name once.

    `alone` are surnames of people whose full names the article has not: whose they are, only the archive can
    tell.
    """

    names: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict)
    alone: tuple[Finding, ...] = ()

    def listed(self, taxonomy: str) -> tuple[str, ...]:
        """The names proposed for a taxonomy."""
        return tuple(finding.name for finding in self.names.get(taxonomy, ()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """How many of an archive's articles use each term: what tells a distinctive term from a common one."""

    articles: int = 0
    frequency: Mapping[str, int] = field(default_factory=dict)


def canonical(proposal: Proposal, authority: Authority) -> Proposal:
    """A proposal under the names of the records that its names mean, each record once."""
    names: dict[str, tuple[Finding, ...]] = {}
    for taxonomy, found in proposal.names.items():
        gathered: dict[EntityKey, Finding] = {}
        for finding in found:
            key, name, _ = resolve(authority, taxonomy, finding.name)
            before = gathered.get(key)
            evidence = (*before.evidence, *finding.evidence) if before else finding.evidence
            forms = (*before.forms, *finding.forms) if before else finding.forms
            gathered[key] = Finding(name=name, evidence=evidence, forms=forms)
        names[taxonomy] = tuple(gathered.values())
    return replace(proposal, names=names)


def without(proposal: Proposal, stopped: Set[tuple[str, str]]) -> Proposal:
    """A proposal without the names that an editor rejected, each given as (taxonomy, folded name)."""
    if not stopped:
        return proposal
    return replace(
        proposal,
        names={
            taxonomy: tuple(each for each in found if (taxonomy, folded(each.name)) not in stopped)
            for taxonomy, found in proposal.names.items()
        },
    )


def unambiguous(proposal: Proposal, authority: Authority) -> Proposal:
    """A proposal without names that could mean two records, where nothing else in the text tells which."""
    shared = frozenset(authority.shared)
    if not shared:
        return proposal
    return replace(
        proposal,
        names={
            taxonomy: tuple(
                each
                for each in found
                if (taxonomy, folded(each.name)) not in shared or any(e.rule == RECORD for e in each.evidence)
            )
            for taxonomy, found in proposal.names.items()
        },
    )


class Annotator(Protocol):
    """Something that finds names in an article. `name` tells versions apart: "rules-1"."""

    @property
    def name(self) -> str:
        """What the front matter's `found` names as its author."""
        ...

    def propose(self, article: Article, prose: Prose, authority: Authority) -> Proposal:
        """Whom to file an article under, tags aside; the same for the same arguments.

        Of the article it is told what is written there (headline, dateline, caption, text), not what it lists
        or is called; of the authority, what could be named in it. Nothing else may decide.
        """
        ...
