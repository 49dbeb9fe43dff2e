"""The editor's decisions: merge, rename, split, reject. Each tells what files will be; nothing is written."""

from collections.abc import Sequence

from generator.annotate.authority import folded, resolve
from generator.annotate.merge import FOUND
from generator.core.model import Article, EntityKey, Value
from generator.core.paths import slugify
from generator.core.problems import Problem, SiteError
from generator.curating.catalogue import Catalogue, Entry
from generator.curating.edits import Decision, Edit, article_edit, found_value, relisted
from generator.curating.records import joined, record_edit, with_forms
from generator.sources.stop_list import STOP_LIST, with_rejected


def merge(held: Catalogue, others: Sequence[Entry], into: Entry) -> Decision:
    """All that is filed under some names filed under another, whose record takes over their names and words.

    Raises SiteError where they are of different kinds, or one of them is the other itself.
    """
    for other in others:
        if other.key.taxonomy != into.key.taxonomy:
            message = (
                f"{other.name} is filed under {other.key.taxonomy}, {into.name} under {into.key.taxonomy}"
            )
            raise SiteError(Problem("", 0, "E409", message, "names of one kind can be merged"))
        if other.key == into.key:
            hint = "name two that `morgue entities list` tells apart"
            raise SiteError(Problem("", 0, "E409", f"{other.name} and {into.name} are one already", hint))
    changes, text = joined(into, others)
    edits = [record_edit(held.site, into, changes, text)]
    edits += [Edit(other.record.path, None) for other in others if other.record]
    keys = {other.key for other in others}
    refiled = _refiled(held, into.key.taxonomy, keys, into.name)
    notes = [f"{other.name} is {into.name} from now on" for other in others]
    return Decision(edits=(*edits, *refiled), notes=tuple(notes))


def _refiled(held: Catalogue, taxonomy: str, keys: set[EntityKey], name: str) -> list[Edit]:
    """The articles that list, or were proposed, one of some names, with another in its place."""
    edits: list[Edit] = []
    for article in held.articles:
        written = (*article.names.get(taxonomy, ()), *article.found.get(taxonomy, ()))
        becomes: dict[str, str | None] = {
            folded(one): name for one in written if resolve(held.authority, taxonomy, one).key in keys
        }
        if becomes and (edit := article_edit(held.site, article, relisted(article, taxonomy, becomes))):
            edits.append(edit)
    return edits


def _written(name: str) -> str:
    """A new name as it is written; raises SiteError where there is nothing in it."""
    name = " ".join(name.split())
    if not any(char.isalnum() for char in name):
        raise SiteError(Problem("", 0, "E409", f"“{name}” is no name", "write one with letters or digits"))
    return name


def rename(held: Catalogue, entry: Entry, name: str) -> Decision:
    """A name under another: its record's, with the old one as an alias; where it has none, one is written.

    Raises SiteError when the new name is another entry's.
    """
    name = _written(name)
    new_key = EntityKey(entry.key.taxonomy, slugify(name))
    taken = held.entries.get(resolve(held.authority, entry.key.taxonomy, name).key)
    taken = taken or (held.entries.get(new_key) if entry.record is None else None)
    if taken is not None and taken.key != entry.key:
        hint = "merge the two, or choose another name"
        raise SiteError(Problem("", 0, "E409", f"“{name}” is a name of the archive already", hint))
    old = entry.name
    if entry.record is None:
        renamed = Entry(key=new_key, name=name, record=None, articles=entry.articles, confirmed=True)
        edit = record_edit(held.site, renamed, {"aliases": list(with_forms(renamed, [old])) or None})
    else:
        aliases = [form for form in (*entry.record.aliases, old) if folded(form) != folded(name)]
        edit = record_edit(held.site, entry, {"name": name, "aliases": list(dict.fromkeys(aliases)) or None})
    edits = [edit]
    for article in held.articles:
        changes = relisted(article, entry.key.taxonomy, {folded(old): name})
        if changed := article_edit(held.site, article, changes):
            edits.append(changed)
    return Decision(edits=tuple(edits), notes=(f"{old} is called {name} from now on",))


def split(held: Catalogue, entry: Entry, new: str, articles: Sequence[Article]) -> Decision:
    """Two that were filed as one: some articles are the new one's, the others stay, and are an editor's now.

    The new name gets a record of its own. In its articles the old name is struck out, so that it never comes
    back there. Raises SiteError where the new name is there already, or an article does not list the old one.
    """
    new = _written(new)
    taxonomy = entry.key.taxonomy
    key = EntityKey(taxonomy, slugify(new))
    if key in held.entries or resolve(held.authority, taxonomy, new).key == entry.key:
        hint = "choose another, e.g. with what tells the two apart: “Ana Ruiz (cellist)”"
        raise SiteError(Problem("", 0, "E409", f"“{new}” is a name of the archive already", hint))
    paths = {article.path for article in articles}
    listing = {article.path for article in entry.articles}
    for path in sorted(paths - listing):
        hint = f"it lists {entry.name} not at all"
        raise SiteError(Problem(path, 0, "E409", "not an article of the name that is split", hint))
    made = Entry(key=key, name=new, record=None, articles=(), confirmed=True)
    edits = [record_edit(held.site, made, {})]
    if entry.record is None:
        edits.append(record_edit(held.site, entry, {}))
    for article in entry.articles:
        written = [
            name
            for name in article.names.get(taxonomy, ())
            if resolve(held.authority, taxonomy, name).key == entry.key
        ]
        if article.path in paths:
            becomes: dict[str, str | None] = {folded(name): new for name in written}
            changes = relisted(article, taxonomy, becomes, frozenset({folded(new)}))
            struck = dict.fromkeys((*article.found.get(taxonomy, ()), *written))
            changes[FOUND] = found_value(article, taxonomy, tuple(struck))
        else:
            own = frozenset(folded(name) for name in written)
            changes = relisted(article, taxonomy, {}, own)
        if edit := article_edit(held.site, article, changes):
            edits.append(edit)
    notes = (f"{len(paths)} of {len(listing)} articles of {entry.name} are {new}’s",)
    return Decision(edits=tuple(edits), notes=notes)


def reject(held: Catalogue, taxonomy: str, name: str) -> Decision:
    """A name that is nobody's: on the stop list, and out of the lists where a machine put it.

    Where an editor typed it, it stays, and is told. Raises SiteError for a name that has a record.
    """
    name = " ".join(name.split())
    key = resolve(held.authority, taxonomy, name).key
    entry = held.entries.get(key)
    if entry is not None and entry.record is not None:
        hint = f"take the record away first, or say with --for that “{name}” is a form that never means it"
        raise SiteError(Problem(entry.record.path, 0, "E409", f"{entry.name} has a record", hint))
    place = held.site.root / STOP_LIST
    text = place.read_text(encoding="utf-8") if place.is_file() else ""
    edits = [Edit(STOP_LIST, with_rejected(text, taxonomy, name))]
    typed: list[str] = []
    for article in held.articles:
        becomes: dict[str, str | None] = {}
        machine = {folded(one) for one in article.found.get(taxonomy, ())}
        for one in (*article.names.get(taxonomy, ()), *article.found.get(taxonomy, ())):
            if resolve(held.authority, taxonomy, one).key != key:
                continue
            if folded(one) in machine:
                becomes[folded(one)] = None
            else:
                typed.append(article.path)
        if becomes and (edit := article_edit(held.site, article, relisted(article, taxonomy, becomes))):
            edits.append(edit)
    notes = [f"{name} is never proposed again ({STOP_LIST})"]
    notes += [f"{path}: an editor typed it, so it stays" for path in typed]
    return Decision(edits=tuple(edits), notes=tuple(notes))


def reject_form(held: Catalogue, entry: Entry, form: str) -> Decision:
    """A form that never means an entry: in its record's `rejected`, and none of its aliases.

    Raises SiteError for the entry's own name.
    """
    form = " ".join(form.split())
    if not form or folded(form) == folded(entry.name):
        hint = "rename it first, or reject the name itself"
        raise SiteError(Problem("", 0, "E409", f"“{form}” is the name of {entry.name}", hint))
    record = entry.record
    rejected = [*(record.rejected if record else ())]
    if folded(form) not in {folded(one) for one in rejected}:
        rejected.append(form)
    aliases = [one for one in (record.aliases if record else ()) if folded(one) != folded(form)]
    changes: dict[str, Value] = {"aliases": list(aliases) or None, "rejected": list(rejected)}
    edit = record_edit(held.site, entry, changes)
    return Decision(edits=(edit,), notes=(f"“{form}” never means {entry.name}",))
