"""What a whole source holds, worked out once: which file is an article, a page, a tag or a name, where the
old site served it and where it goes. Links are resolved and permalinks kept by this table."""

import re
from collections.abc import Mapping
from dataclasses import field, replace
from hashlib import blake2b
from typing import Literal

from generator.core.frozen import dataclass
from generator.core.paths import is_slug, slugify
from generator.core.problems import Problem
from generator.core.site import Site
from generator.sources.importers.base import ImportContext, Original
from generator.sources.importers.markdown_dates import contract_date, named_date
from generator.sources.importers.markdown_matter import Matter, take_apart
from generator.sources.importers.markdown_permalinks import (
    Filed,
    key,
    old_addresses,
    own_address,
    path_of,
    stem,
)
from generator.sources.importers.markdown_roots import MARKDOWN, Root, root_of, roots
from generator.sources.importers.markdown_words import AUTHOR_KEYS, DATE_KEYS, headline, plain, terms
from generator.sources.importers.restructured import SUFFIX, as_markdown
from generator.sources.importers.text import decode

Kind = Literal["article", "page", "tag", "author", "list", "redirect", "empty", "undated", "note"]

POSTS = frozenset(
    [
        "post",
        "posts",
        "_posts",
        "_drafts",
        "drafts",
        "blog",
        "news",
        "article",
        "articles",
        "stories",
        "events",
        "event",
    ]
)
"""The folders that hold articles by custom."""

_AUTHORS = frozenset({"authors", "_authors", "contributors", "author", "bylines"})
_NOTES = frozenset(
    [
        "readme",
        "license",
        "licence",
        "contributing",
        "changelog",
        "code_of_conduct",
        "security",
        "authors",
        "notice",
        "copying",
    ]
)
_REDIRECTS = ("redirect_to", "redirectto", "redirect")
_TARGET = re.compile(
    r"""(?:\]\(|href=["']?|\bref\s+"|\{\{\s*"|\]:\s+)\s*(?:\{\{[<%]\s*(?:rel)?ref\s+")?([^\s"'<>)]{2,400})"""
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One Markdown file. `place` is its path below its kind's folder in content/, `address` Morgue's address
    of it ("" when it gets no page), `old` the addresses it had, its aliases included, the likeliest first.

    `day` is "2014-03-12" or "". An author with a byline and an index have an address but no place: Morgue
    makes their pages. `target` is where a redirect leads.
    """

    name: str
    kind: Kind
    root: Root
    title: str
    slug: str = ""
    day: str = ""
    terms: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    place: str = ""
    address: str = ""
    old: tuple[str, ...] = ()
    target: str = ""
    digest: str = ""  # of the file's bytes


def text_of(original: Original) -> tuple[str | None, tuple[Problem, ...]]:
    """The text of a file as Markdown; None, and why, where there is none."""
    text, problems = decode(original)
    if text is None or not original.name.lower().endswith(SUFFIX):
        return text, problems
    made, more = as_markdown(text, original.where)
    return made, (*problems, *more)


def digest_of(data: bytes) -> str:
    """What tells one version of a file from another."""
    return blake2b(data, digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """The table of a source. `entries` are by file name, `by_path` maps a path in lower case to its file and
    `base_names` a file's own name to the files that have it.

    All other mappings have keys of two parts, the first the folder of the site: `owners` gives for the key
    of an old address the one file that keeps it; `titles` for the slug of a tag's page its name, `used` the
    same for all tags that articles have, `people` for the slug of an author and `publishers` for that of a
    page that is only a name; `bylines` are the slugs of the authors of articles. `fragments` and `linked`
    are the anchors and the keys of addresses that links anywhere in the source use.
    """

    roots: tuple[Root, ...] = (Root(),)
    entries: Mapping[str, Entry] = field(default_factory=dict)
    owners: Mapping[tuple[str, str], str] = field(default_factory=dict)
    titles: Mapping[tuple[str, str], str] = field(default_factory=dict)
    used: Mapping[tuple[str, str], str] = field(default_factory=dict)
    people: Mapping[tuple[str, str], str] = field(default_factory=dict)
    publishers: Mapping[tuple[str, str], str] = field(default_factory=dict)
    bylines: frozenset[tuple[str, str]] = frozenset()
    fragments: frozenset[str] = frozenset()
    linked: frozenset[str] = frozenset()
    base_names: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    by_path: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def has_page(self, name: str) -> bool:
        """Whether a file gets an address: names and empty pages do only where a link leads to them."""
        if name not in self.entries:
            return False
        each = self.entries[name]
        match each.kind:
            case "article" | "page" | "tag":
                return True
            case "author" | "empty" | "list":
                if not each.place:
                    return bool(each.address)
                return any(key(old) in self.linked for old in each.old)
            case _:
                return False


def survey(context: ImportContext) -> Survey:
    """Read the configuration and every Markdown file of a source, once."""
    known, problems = roots(context)
    entries: dict[str, Entry] = {}
    fragments: set[str] = set()
    linked: set[str] = set()
    for name in sorted(context.files):
        if not name.lower().endswith(MARKDOWN):
            continue
        data = context.fetch(name) or b""
        text, _ = text_of(Original(name=name, data=data, where=name))
        if text is None:
            continue
        root = root_of(name, known)
        matter, _ = take_apart(text, name)
        entries[name] = replace(entry(name, matter, root, context.site), digest=digest_of(data))
        for target in _TARGET.findall(matter.body):
            path, _, fragment = target.partition("#")
            fragments.add(fragment.partition(":~:")[0])  # what follows is a quotation to scroll to
            linked.add(key(stem(path_of(path))).removesuffix("/_index"))
    return _tabulate(known, entries, frozenset(fragments), frozenset(linked), problems)


def entry(name: str, matter: Matter, root: Root, site: Site) -> Entry:
    """What one file is, from its path and front matter alone."""
    path = stem(name.removeprefix(root.content).removeprefix(root.folder))
    title = headline(matter)
    day = ""
    for text in (
        matter.text(*DATE_KEYS),
        named_date(path.rpartition("/")[2]),
        named_date(Filed(path=path).name),
    ):
        try:
            day = day or (contract_date(text)[:10] if text else "")
        except ValueError:
            continue
    filed = Filed(
        path=path, title=title, slug=matter.text("slug").strip("/"), day=day,
        url=matter.text("url", "permalink", "path") if matter.text("permalink") != "false" else "",
        categories=matter.texts("categories", "category"),
    )  # fmt: skip
    kind = _kind(filed, matter, root)
    title = (
        title
        or plain(matter.text("display_name", "name"))
        or filed.bare.replace("-", " ").strip().capitalize()
    )
    old = old_addresses(filed, root)
    sure, *others = old
    # Hugo's and Jekyll's relative aliases begin at the page, Zola's at the site.
    base = "/" if root.dialect == "zola" else sure
    aliases = [_alias(each, base) for each in matter.texts("aliases", "redirect_from", "formerly")]
    target = matter.text(*_REDIRECTS)
    made = Entry(
        name=name,
        kind=kind,
        root=root,
        title=title,
        day=day,
        terms=terms(matter, root, {each.key for each in site.taxonomies} - {"tags"}),
        authors=matter.texts(*AUTHOR_KEYS),
        old=tuple(dict.fromkeys([sure, *aliases, *others])),
        target=target,
    )
    return _placed(made, filed, site)


def _kind(filed: Filed, matter: Matter, root: Root) -> Kind:
    leaf = filed.path.rpartition("/")[2]
    below = filed.path.split("/")[1:]
    section = filed.section
    bodyless = not matter.body.strip()
    if section in _AUTHORS and below not in ([], ["_index"]):
        return "author"
    if leaf == "_index":
        if section in root.taxonomies and len(below) > 1:
            return "tag"
        return "list" if bodyless or not section else "page"
    if section in root.taxonomies and below and bodyless and matter.text("title"):
        return "tag"
    if not matter.form and leaf.lower() in _NOTES:
        return "note"
    dated = ":year" in root.permalinks.get(section, "") or section in POSTS
    if bodyless and matter.field(*_REDIRECTS):
        return "redirect"
    if dated or named_date(filed.name):
        return "article" if filed.day else "undated"
    stands_apart = (
        any(":year" in p for p in root.permalinks.values()) or matter.text("layout", "type") == "page"
    )
    if filed.day and not stands_apart:
        return "article"
    return "empty" if bodyless else "page"


def _placed(made: Entry, filed: Filed, site: Site) -> Entry:
    match made.kind:
        case "article":
            wanted = filed.slug or ("" if filed.bare in {"index", "-"} else filed.bare) or made.title
            wanted = wanted.strip("/").rpartition("/")[2]
            slug = wanted if is_slug(wanted) else slugify(wanted)
            return replace(
                made, slug=slug, place=f"{made.day[:4]}/{made.day[5:7]}/{slug}",
                address=own_address(site.article_permalink, made.day, slug),
            )  # fmt: skip
        case "list" if filed.section in {*made.root.taxonomies, *_AUTHORS}:
            return replace(made, address="/authors/" if filed.section in _AUTHORS else "/tags/")
        case "page" | "empty" | "list":
            place = "/".join(slugify(part) for part in stem(made.old[0]).strip("/").split("/") if part)
            return replace(made, place=place, address=f"/{place}/" if place else "/")
        case "tag" | "author":
            taxonomy = "tags" if made.kind == "tag" else "people"
            place = f"{taxonomy}/{slugify(made.title)}"
            return replace(made, place=place, address=f"/{place}/", slug=slugify(made.title))
        case _:
            return made


def _alias(text: str, own: str) -> str:
    text = path_of(text.strip())
    path = text if text.startswith("/") else own.rstrip("/").rpartition("/")[0] + "/" + text
    last = path.rpartition("/")[2]
    return path if not last or "." in last else path + "/"


def _tabulate(
    known: tuple[Root, ...], entries: dict[str, Entry], fragments: frozenset[str], linked: frozenset[str],
    problems: tuple[Problem, ...],
) -> Survey:  # fmt: skip
    taken: dict[str, int] = {}
    for name, each in entries.items():
        if each.kind == "article":
            entries[name] = _unlike(each, taken)
    owners: dict[tuple[str, str], str] = {}
    for rank in range(max((len(each.old) for each in entries.values()), default=0)):
        for name, each in entries.items():
            if rank < len(each.old):
                owners.setdefault((each.root.folder, key(each.old[rank])), name)
    titles: dict[tuple[str, str], str] = {}
    people: dict[tuple[str, str], str] = {}
    publishers: dict[tuple[str, str], str] = {}
    base_names: dict[tuple[str, str], list[str]] = {}
    for name, each in entries.items():
        folder = each.root.folder
        base_names.setdefault((folder, name.rpartition("/")[2].lower()), []).append(name)
        if each.kind in {"tag", "author", "empty"}:
            table = {"tag": titles, "author": people}.get(each.kind, publishers)
            for slug in (
                stem(name).removesuffix("/_index").rpartition("/")[2],
                key(each.old[0]).rpartition("/")[2],
            ):
                table.setdefault((folder, slugify(slug)), each.title)
    used: dict[tuple[str, str], str] = {}
    for each in entries.values():
        for term in each.terms if each.kind == "article" else ():
            where = (each.root.folder, slugify(term))
            used.setdefault(where, titles.get(where, term))
    for root in known:
        people |= {(root.folder, slugify(slug)): shown for slug, shown in root.authors.items()}
    bylines = {
        (each.root.folder, slugify(people.get((each.root.folder, slugify(author)), author)))
        for each in entries.values()
        for author in (each.authors if each.kind == "article" else ())
    }
    for name, each in entries.items():
        # Whoever has a byline has a page of Morgue's own, and needs no record.
        if each.kind == "author" and (each.root.folder, each.slug) in bylines:
            entries[name] = replace(each, place="", address=f"/authors/{each.slug}/")
    return Survey(
        roots=known,
        entries=entries,
        owners=owners,
        titles=titles,
        used=used,
        people=people,
        publishers=publishers,
        bylines=frozenset(bylines),
        fragments=fragments,
        linked=linked,
        base_names={where: tuple(names) for where, names in base_names.items()},
        by_path={name.lower(): name for name in entries},
        problems=problems,
    )


def _unlike(each: Entry, taken: dict[str, int]) -> Entry:
    """The entry with a slug of its own, where another article has its address already.

    `taken` maps the keys of addresses in use to the last number tried after them, and gains its.
    """
    wanted = key(each.address)
    number = taken.get(wanted, 0)
    slug, address = each.slug, each.address
    while key(address) in taken:
        number += 1
        slug = f"{each.slug}-{number + 1}"
        address = each.address.replace(each.slug, slug)
    taken[wanted] = number
    taken.setdefault(key(address), 0)
    if slug == each.slug:
        return each
    return replace(each, slug=slug, address=address, place=f"{each.place.rpartition('/')[0]}/{slug}")
