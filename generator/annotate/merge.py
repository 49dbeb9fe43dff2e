"""What the front matter becomes: a proposal merged with what editors decided since the last one."""

from collections.abc import Iterable, Mapping

from generator.annotate.authority import TAGS, Authority, folded, resolve
from generator.annotate.proposal import Proposal
from generator.core.frozen import dataclass, replace
from generator.core.model import Article, EntityKey, Value

FOUND = "found"
BY = "by"


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """The lists as they should be, by taxonomy, and what `found` should hold."""

    names: Mapping[str, tuple[str, ...]]
    found: Mapping[str, tuple[str, ...]]


def merge(article: Article, proposal: Proposal, authority: Authority) -> Merged:
    """Merge a proposal into an article's lists.

    Names that only the list holds were typed by an editor and stay, in their order. Names that only `found`
    holds were struck out by one and stay out, and in `found`. Names in both are the machine's: they stay as
    long as it proposes them. Newly proposed names go to the end, unless an editor lists them elsewhere. Two
    names are the same when they mean the same record, or when they differ in case and accents alone.
    """
    names: dict[str, tuple[str, ...]] = {}
    found: dict[str, tuple[str, ...]] = {}
    elsewhere = _typed(article, authority)
    for taxonomy in authority.taxonomies:
        listed = article.names.get(taxonomy, ())
        before = article.found.get(taxonomy, ())
        proposed = {_key(authority, taxonomy, name): name for name in reversed(proposal.listed(taxonomy))}
        proposed = dict(reversed(proposed.items()))
        machine = {_key(authority, taxonomy, name) for name in before}
        kept = [
            name
            for name in listed
            if (key := _key(authority, taxonomy, name)) not in machine or key in proposed
        ]
        present = {_key(authority, taxonomy, name) for name in listed}
        new = [
            name
            for key, name in proposed.items()
            if key not in present and key not in machine and not _is_elsewhere(name, taxonomy, elsewhere)
        ]
        names[taxonomy] = (*kept, *new)
        now = {_key(authority, taxonomy, name) for name in kept}
        remembered = [
            name for name in before if (key := _key(authority, taxonomy, name)) not in present or key in now
        ]
        found[taxonomy] = (*remembered, *new)
    return Merged(names=names, found=found)


def changes(article: Article, merged: Merged, by: str) -> dict[str, Value]:
    """The front-matter keys that a merge changes, as `frontmatter.edit` takes them; None takes a key out.

    Empty when it changes nothing; `by`, the annotator's name, alone is no change.
    """
    changed: dict[str, Value] = {}
    for taxonomy, names in merged.names.items():
        if names != article.names.get(taxonomy, ()):
            changed[taxonomy] = _list(names)
    before = {key: names for key, names in article.found.items() if key != BY and names}
    after = {key: names for key, names in merged.found.items() if names}
    others = {key: names for key, names in before.items() if key not in merged.found}
    if after | others != before:
        listed: dict[str, Value] = {BY: by} if after or others else {}
        listed |= {key: _list(names) for key, names in (after | others).items()}
        changed[FOUND] = listed or None
    return changed


def accepted(article: Article, taxonomies: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """By taxonomy, the names that an article lists and a machine found, in the order of the list."""
    found: dict[str, tuple[str, ...]] = {}
    for taxonomy in taxonomies:
        machine = {folded(name) for name in article.found.get(taxonomy, ())}
        names = tuple(name for name in article.names.get(taxonomy, ()) if folded(name) in machine)
        if names:
            found[taxonomy] = names
    return found


def without_pending(article: Article) -> Article:
    """An article without the tags that were found and that no editor has accepted yet."""
    pending = accepted(article, (TAGS,))
    if not pending:
        return article
    left = tuple(name for name in article.names[TAGS] if name not in pending[TAGS])
    return replace(article, names={**article.names, TAGS: left})


def accepting(article: Article, names: Mapping[str, tuple[str, ...]]) -> dict[str, Value]:
    """The front-matter keys that change when names, by taxonomy, are an editor's from now on.

    They leave `found`; what was struck out stays there, so that it never comes back.
    """
    taken = {taxonomy: {folded(name) for name in each} for taxonomy, each in names.items()}
    left = {
        key: tuple(name for name in each if key == BY or folded(name) not in taken.get(key, ()))
        for key, each in article.found.items()
    }
    kept: dict[str, Value] = {}
    if any(each for key, each in left.items() if key != BY):
        kept = {key: each[0] if key == BY else _list(each) for key, each in left.items() if each}
    return {FOUND: kept or None}


def _key(authority: Authority, taxonomy: str, name: str) -> EntityKey:
    return resolve(authority, taxonomy, name).key


def _typed(article: Article, authority: Authority) -> dict[str, set[str]]:
    """By folded name, the taxonomies other than tags in which an editor lists it."""
    typed: dict[str, set[str]] = {}
    for taxonomy in authority.taxonomies:
        if taxonomy == TAGS:
            continue
        machine = {_key(authority, taxonomy, name) for name in article.found.get(taxonomy, ())}
        for name in article.names.get(taxonomy, ()):
            if _key(authority, taxonomy, name) not in machine:
                typed.setdefault(folded(name), set()).add(taxonomy)
    return typed


def _is_elsewhere(name: str, taxonomy: str, typed: Mapping[str, set[str]]) -> bool:
    return taxonomy != TAGS and bool(typed.get(folded(name), set()) - {taxonomy})


def _list(names: Iterable[str]) -> Value:
    listed: list[Value] = list(names)
    return listed or None
