"""What the archive's editors have decided about names: the authority records, ready to be asked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from functools import lru_cache
from typing import NamedTuple

from generator.annotate.forms import untold
from generator.core.frozen import dataclass
from generator.core.model import EntityKey, Record, Taxonomy
from generator.core.paths import Slug, fold, slugify
from generator.core.problems import Problem

TAGS = "tags"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A record as far as the text is concerned. `forms` are its name and aliases that mean it alone."""

    key: EntityKey
    name: str
    forms: tuple[str, ...]
    rejected: tuple[str, ...] = ()
    surname: str = ""  # from "Calloway, Ines"; "" when the record does not say
    triggers: tuple[str, ...] = ()  # of tags
    excludes: tuple[str, ...] = ()
    least: int = 1  # hits that a tag needs


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Authority:
    """All records, by what they are asked for; one is only like itself, so that answers can be kept.

    `records` and `forms` are by taxonomy; `forms` maps a folded name or alias to a record's slug, but for
    those that two records of a taxonomy share: these are in `shared`, as (taxonomy, folded form), and so is
    what a name of one is to another's without what tells the two apart ("Ana Ruiz (cellist)").
    """

    taxonomies: tuple[str, ...]
    records: Mapping[str, Mapping[str, Known]] = field(default_factory=dict)
    forms: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    shared: tuple[tuple[str, str], ...] = ()

    def known(self, key: EntityKey) -> Known | None:
        """The record of an entity, if it has one."""
        return self.records.get(key.taxonomy, {}).get(key.slug)

    def all(self) -> Iterable[Known]:
        """Every record, in a fixed order."""
        for records in self.records.values():
            yield from records.values()


class Resolved(NamedTuple):
    """What a name in a list means."""

    key: EntityKey
    name: str  # the record's, or as it was written
    has_record: bool


def authority(
    records: Sequence[Record], taxonomies: Sequence[Taxonomy]
) -> tuple[Authority, tuple[Problem, ...]]:
    """The authority of a site's records and taxonomies, in the order given.

    A form that two records of one taxonomy claim means neither, but that a record's own name goes before
    another's alias; each such form is a problem at the later record.
    """
    keys_of = tuple(taxonomy.key for taxonomy in taxonomies)
    ordered = sorted((r for r in records if r.key.taxonomy in keys_of), key=lambda r: (r.key, r.path))
    claims: dict[tuple[str, str], list[tuple[bool, Record, str]]] = {}
    for record in ordered:
        for form in dict.fromkeys((record.name, *record.aliases)):
            if folded(form):
                claims.setdefault((record.key.taxonomy, folded(form)), []).append(
                    (form == record.name, record, form)
                )
    problems: list[Problem] = []
    owners: dict[tuple[str, str], EntityKey] = {}
    for (taxonomy, form), claimed in claims.items():
        names = {record.key for by_name, record, _ in claimed if by_name}
        keys = {record.key for _, record, _ in claimed}
        if len(keys) > 1:
            problems.append(_ambiguous(claimed))
        if len(names) > 1:
            names = {key for key in names if key.slug == slugify(form)}
        if len(meant := names or keys) == 1:
            owners[taxonomy, form] = next(iter(meant))
    by_taxonomy: dict[str, dict[str, Known]] = {taxonomy: {} for taxonomy in keys_of}
    for record in ordered:
        by_taxonomy[record.key.taxonomy].setdefault(record.key.slug, _known(record, owners))
    forms: dict[str, dict[str, str]] = {taxonomy: {} for taxonomy in keys_of}
    for (taxonomy, form), key in owners.items():
        forms[taxonomy][form] = key.slug
    whole = Authority(
        taxonomies=keys_of, records=by_taxonomy, forms=forms, shared=_shared(ordered, claims, owners)
    )
    return whole, tuple(sorted(problems))


@lru_cache(maxsize=16384)
def resolve(known: Authority, taxonomy: str, name: str) -> Resolved:
    """What a name listed under a taxonomy means: a record by its name or alias in any case, else itself."""
    slug = known.forms.get(taxonomy, {}).get(folded(name))
    if slug is not None:
        record = known.records[taxonomy][slug]
        return Resolved(record.key, record.name, True)
    key = EntityKey(taxonomy, _slug(name))
    by_slug = known.known(key)
    if by_slug is not None and folded(by_slug.name) == folded(name):
        return Resolved(key, by_slug.name, True)
    return Resolved(key, " ".join(name.split()), False)


@lru_cache(maxsize=16384)
def folded(name: str) -> str:
    """A name as names are compared: any case, accents and white space alike."""
    return " ".join(fold(name).split())


@lru_cache(maxsize=16384)
def _slug(name: str) -> Slug:
    return slugify(name)


def _known(record: Record, owners: Mapping[tuple[str, str], EntityKey]) -> Known:
    rejected = {folded(form) for form in record.rejected}
    own = [
        form
        for form in dict.fromkeys((record.name, *record.aliases))
        if owners.get((record.key.taxonomy, folded(form))) == record.key and folded(form) not in rejected
    ]
    surname = record.sort.partition(",")[0].strip() if "," in record.sort else ""
    return Known(
        key=record.key,
        name=record.name,
        forms=tuple(own),
        rejected=record.rejected,
        surname=surname if surname and surname in record.name else "",
        triggers=record.triggers,
        excludes=record.excludes,
        least=record.least,
    )


def _shared(
    records: Sequence[Record],
    claims: Mapping[tuple[str, str], Sequence[object]],
    owners: Mapping[tuple[str, str], EntityKey],
) -> tuple[tuple[str, str], ...]:
    """The forms that could mean two records."""
    found = {form for form in claims if form not in owners}
    for record in records:
        bare = (record.key.taxonomy, folded(untold(record.name)))
        if bare[1] != folded(record.name) and owners.get(bare, record.key) != record.key:
            found.add(bare)
    return tuple(sorted(found))


def _ambiguous(claimed: Sequence[tuple[bool, Record, str]]) -> Problem:
    *others, (_, last, form) = sorted(claimed, key=lambda c: (not c[0], c[1].path))
    where = ", ".join(dict.fromkeys(record.path for _, record, _ in others))
    return Problem(
        last.path,
        0,
        "W401",
        f"aliases: “{form}” also means the record {where}",
        "where both could be meant it is not linked; give it to one of them",
    )
