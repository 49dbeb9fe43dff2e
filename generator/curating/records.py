"""Authority records written and joined, with all that a person wrote in them."""

from collections.abc import Iterable, Mapping, Sequence

from generator.annotate.authority import folded
from generator.core.model import EntityKey, Record, Role, Value
from generator.core.paths import slugify
from generator.core.site import Site
from generator.curating.catalogue import Entry
from generator.curating.edits import Edit, changed_text
from generator.sources.frontmatter.dumping import RECORD_KEYS
from generator.sources.write import article_text

MERGED = "merged"
"""The key that keeps what a record said otherwise than the one it was merged into."""


def record_path(key: EntityKey) -> str:
    """Where a record that is not there yet is written."""
    return f"content/entities/{key.taxonomy}/{key.slug}.md"


def record_edit(site: Site, entry: Entry, changes: Mapping[str, Value], added: str = "") -> Edit:
    """An entry's record with some keys changed and a text added to its own; a new one where it has none."""
    if entry.record is None:
        front: dict[str, Value] = {"name": entry.name}
        front |= {key: value for key, value in changes.items() if value is not None}
        return Edit(record_path(entry.key), article_text(front, added, RECORD_KEYS))
    text = changed_text(site, entry.record.path, changes, RECORD_KEYS)
    if added.strip():
        text = text.rstrip("\n") + "\n\n" + added.strip("\n") + "\n"
    return Edit(entry.record.path, text)


def with_forms(entry: Entry, forms: Iterable[str]) -> list[str]:
    """The aliases of an entry with more of them, each once, its own name none of them."""
    own = entry.record.aliases if entry.record else ()
    aliases: dict[str, str] = {}
    for form in (*own, *forms):
        if folded(form) != folded(entry.name):
            aliases.setdefault(folded(form), form)
    return list(aliases.values())


def joined(into: Entry, others: Sequence[Entry]) -> tuple[dict[str, Value], str]:
    """The keys that a record changes when others are merged into it, and the text that it gains.

    Lists are joined; what it leaves open it takes from the first that says it; what another says otherwise
    is kept under `merged`, with that one's name. The others' names become aliases, so that texts that use
    them are linked and their addresses lead on.
    """
    forms: list[str] = []
    for other in others:
        forms.append(other.name)
        if other.record:
            forms += other.record.aliases
        if slugify(other.name) != other.key.slug and not any(slugify(f) == other.key.slug for f in forms):
            forms.append(other.key.slug.replace("-", " "))
    changes: dict[str, Value] = {"aliases": list[Value](with_forms(into, forms)) or None}
    held = _said(into.record) if into.record else {}
    kept: list[Value] = list(_list(held.pop(MERGED, None)))
    bodies: list[str] = []
    for other in others:
        if other.record is None:
            continue
        otherwise: dict[str, Value] = {}
        for key, value in _said(other.record).items():
            if key == MERGED:
                kept += _list(value)
            elif key not in held:
                held[key] = changes[key] = value
            elif isinstance(held[key], list) and isinstance(value, list):
                held[key] = changes[key] = _union(_list(held[key]), value)
            elif held[key] != value:
                otherwise[key] = value
        if otherwise:
            kept.append({"name": other.name, **otherwise})
        bodies.append(other.record.body.strip("\n"))
    names = {folded(name) for name in (into.name, *map(str, _list(changes["aliases"])))}
    if "rejected" in changes:
        changes["rejected"] = [f for f in _list(changes["rejected"]) if folded(str(f)) not in names] or None
    if kept:
        changes[MERGED] = kept
    return changes, "\n\n".join(text for text in bodies if text.strip())


def _said(record: Record) -> dict[str, Value]:
    """What a record says beside its name and aliases, by key, as front matter holds it."""
    said: dict[str, Value] = {
        "description": record.description,
        "sort": record.sort,
        **dict(record.identifiers),
        "same_as": list(record.same_as),
        "coordinates": list(record.coordinates) if record.coordinates else None,
        "roles": [_role(role) for role in record.roles],
        "rejected": list(record.rejected),
        "triggers": list(record.triggers),
        "excludes": list(record.excludes),
        "broader": record.broader,
        **record.extra,
    }
    return {key: value for key, value in said.items() if value not in ("", None, [])}


def _role(role: Role) -> Value:
    said = {"from": role.since, "to": role.until, "title": role.title, "organisation": role.organisation}
    return {key: value for key, value in said.items() if value}


def _list(value: Value) -> list[Value]:
    return list(value) if isinstance(value, list) else []


def _union(one: list[Value], other: list[Value]) -> list[Value]:
    return [*one, *(each for each in other if each not in one)]
