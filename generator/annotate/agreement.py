"""One name for one person in all articles: what each proposes and lists, and the names they agree on."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from generator.annotate.authority import Authority, resolve
from generator.annotate.coreference import Group
from generator.annotate.persons import person_name
from generator.annotate.proposal import Evidence, Finding, Proposal
from generator.annotate.resolver import ALONE, Resolution, resolution
from generator.annotate.spans import Kind
from generator.core.model import Article

KINDS: Mapping[str, Kind] = {"people": "people", "organisations": "organisations", "places": "places"}
"""The taxonomies whose names can be compared."""


class Heard(NamedTuple):
    """What one article calls whom: groups as the resolver takes them, and the names that it lists already."""

    groups: tuple[Group, ...] = ()
    kept: tuple[tuple[str, str], ...] = ()  # (taxonomy, name)


def heard(article: Article, proposal: Proposal, authority: Authority) -> Heard:
    """The names of an article's lists, and of a proposal in which records have their own names."""
    groups: dict[tuple[str, str], Group] = {}
    kept: list[tuple[str, str]] = []
    for taxonomy, kind in KINDS.items():
        for written in article.names.get(taxonomy, ()):
            name = resolve(authority, taxonomy, written).name
            kept.append((taxonomy, name))
            groups[taxonomy, name] = _group(kind, name)
        for finding in proposal.names.get(taxonomy, ()):
            groups[taxonomy, finding.name] = _group(kind, finding.name, finding.forms)
            if resolve(authority, taxonomy, finding.name).has_record:
                kept.append((taxonomy, finding.name))
    alone = [_group("people", finding.name) for finding in proposal.alone]
    return Heard((*groups.values(), *alone), tuple(dict.fromkeys(kept)))


def _group(kind: Kind, name: str, forms: tuple[str, ...] = ()) -> Group:
    alone = kind == "people" and not person_name(name).given
    return Group(kind, name, (name, *forms), (), alone)


def agreement(articles: Iterable[Heard]) -> Resolution:
    """What an archive's names mean. Those that an article lists, or that have a record, stay as they are."""
    told = tuple(articles)
    return resolution((one.groups for one in told), (each for one in told for each in one.kept))


def concerns(found: Resolution, one: Heard) -> bool:
    """Whether anything of an article is called otherwise, or by a full name, after an agreement."""
    return any(
        found.name(group) not in {group.name, ""} or found.kind(group) != group.kind for group in one.groups
    )


def agreed(proposal: Proposal, found: Resolution, authority: Authority) -> Proposal:
    """A proposal under the names that the archive agrees on, each once.

    A name that has a record is left alone. A surname is proposed as the person whom it means in the archive,
    and what nearly all articles have for a person's name is a person's in the others too.
    """
    names = dict(proposal.names)
    moved = _moved(proposal, found, authority)
    for taxonomy in KINDS:
        gathered: dict[str, Finding] = {}
        for finding in moved[taxonomy]:
            known = resolve(authority, taxonomy, finding.name).has_record
            name = finding.name if known else found.names.get((taxonomy, finding.name), finding.name)
            _add(gathered, name, finding)
        if taxonomy == "people":
            for finding in proposal.alone:
                if name := found.alone.get(person_name(finding.name).surname, ""):
                    evidence = tuple(Evidence(*each[:3], ALONE) for each in finding.evidence)
                    _add(gathered, name, replace(finding, evidence=evidence))
        if gathered:
            names[taxonomy] = tuple(gathered.values())
        else:
            names.pop(taxonomy, None)
    return replace(proposal, names=names)


def _moved(proposal: Proposal, found: Resolution, authority: Authority) -> dict[str, list[Finding]]:
    """What is proposed, each in the taxonomy to which the archive says that its name belongs."""
    moved: dict[str, list[Finding]] = {taxonomy: [] for taxonomy in KINDS}
    for taxonomy in KINDS:
        for finding in proposal.names.get(taxonomy, ()):
            known = resolve(authority, taxonomy, finding.name).has_record
            kind = taxonomy if known else found.kinds.get((taxonomy, finding.name), taxonomy)
            moved[kind].append(finding)
    return moved


def _add(gathered: dict[str, Finding], name: str, finding: Finding) -> None:
    before = gathered.get(name)
    evidence = tuple(sorted((*before.evidence, *finding.evidence))) if before else finding.evidence
    forms = tuple(dict.fromkeys((*(before.forms if before else ()), *finding.forms)))
    gathered[name] = Finding(name=name, evidence=evidence, forms=forms)
