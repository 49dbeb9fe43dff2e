"""One Markdown file to one Article: the contract's keys, short forms and all."""

from collections.abc import Collection, Mapping, Sequence
from difflib import get_close_matches
from zoneinfo import ZoneInfo

from generator.core.model import NO_STORY, Article, Status
from generator.core.paths import ArticleId, Slug, slugify
from generator.core.problems import Problem
from generator.core.site import Site
from generator.sources.addresses import aliases
from generator.sources.digests import reading_digest
from generator.sources.fields import language, moment, required, table, text, texts
from generator.sources.findings import Findings, named, shown, suggestion
from generator.sources.frontmatter.dumping import ARTICLE_KEYS
from generator.sources.nodes import Document, typed
from generator.sources.opening import Opened, opened
from generator.sources.parts import corrections, image, notes, quotes, related, source

ARTICLES = "content/articles/"
"""Where articles are, relative to the site."""

_STATUSES: Mapping[str, Status] = {
    "published": "published",
    "draft": "draft",
    "embargoed": "embargoed",
    "withdrawn": "withdrawn",
}

_YES = frozenset({"true", "yes", "on"})
_NO = frozenset({"false", "no", "off", ""})

_NEAR = 0.8
"""How alike (difflib's ratio) an unknown key must be to one of ours to be taken for a slip of the pen."""


def article_id(path: str) -> ArticleId:
    """The id of the article at a path relative to the site: where it is below content/articles."""
    return ArticleId(path.removeprefix(ARTICLES).removesuffix(".md"))


def read_article(data: bytes, path: str, site: Site) -> tuple[Article | None, tuple[Problem, ...]]:
    """The article in a file's bytes, and everything wrong with it.

    `path` is relative to the site: "content/articles/2021/04/x.md". None when the file cannot be read, or
    when its title, date, status or embargo cannot be trusted: what may be meant to stay unseen is never
    shown by mistake. Any other bad value is left out of the article, and stays in the file.
    """
    out = Findings(path)
    file = opened(data, out)
    article = _article(file, site, reading_digest(data, site), out) if file else None
    return article, tuple(out.problems)


def _article(file: Opened, site: Site, digest: str, out: Findings) -> Article | None:
    document, zone = file.document, ZoneInfo(site.timezone)
    taxonomies = [taxonomy.key for taxonomy in site.taxonomies]
    title = required(document, "title", out)
    published = None
    if required(document, "published", out):
        published = moment(document.node("published"), "published", zone, out, "E201")
    status = _status(document, out)
    embargo = moment(document.node("embargo"), "embargo", zone, out, "E201")
    if status == "embargoed" and document.node("embargo") is None:
        hint = "add e.g. embargo: 2021-04-15T00:00:00Z"
        out.add("W234", document["status"].line, "status: embargoed, with no date to end it", hint)
    slug = _slug(document, title, out)
    updated = moment(document.node("updated"), "updated", zone, out)
    spoken = language(document.node("language"), "language", out)
    authors = _authors(document, out)
    dateline = text(document.node("dateline"), "dateline", out)
    summary = text(document.node("summary"), "summary", out)
    picture = image(document.node("image"), zone, out)
    names = {key: texts(document.node(key), key, out) for key in taxonomies}
    found = _found(document, taxonomies, out)
    links = related(document.node("related"), out)
    story = text(document.node("story"), "story", out)
    origin = source(document.node("source"), zone, out)
    corrected = corrections(document.node("corrections"), zone, out)
    noted = notes(document.node("notes"), zone, out)
    attributed = quotes(document.node("quotes"), out)
    old = aliases(document.node("aliases"), site, out)
    if published is None or any(problem.is_error for problem in out.problems):
        return None
    known = {*ARTICLE_KEYS, "draft", *taxonomies}
    _nearly(document, known, out)
    return Article(
        id=article_id(out.path),
        path=out.path,
        title=title,
        slug=slug,
        published=published,
        updated=updated,
        language=spoken or site.language,
        authors=authors,
        dateline=dateline,
        summary=summary,
        image=picture,
        names={key: listed for key, listed in names.items() if listed},
        found=found,
        related=links,
        story=NO_STORY if story.lower() in _NO - {""} | {NO_STORY} else story,
        source=origin,
        corrections=corrected,
        notes=noted,
        quotes=attributed,
        status=status,
        embargo=embargo,
        aliases=old,
        extra={key: typed(each.node) for key, each in document.fields.items() if key not in known},
        body=file.body,
        body_line=file.body_line,
        lines={key: each.line for key, each in document.fields.items()},
        digest=digest,
    )


def _status(document: Document, out: Findings) -> Status:
    """The status; an unknown one is an error: no slip of the pen may show a withdrawn article."""
    node = document.node("status")
    if node is None:
        return "draft" if _is_draft(document, out) else "published"
    errors = Findings(out.path)
    written = text(node, "status", errors)
    if written.lower() in _STATUSES and not errors.problems:
        status = _STATUSES[written.lower()]
        return "draft" if status == "published" and _is_draft(document, out) else status
    hint = suggestion(written, _STATUSES) or "expected " + ", ".join(_STATUSES)
    out.add("E209", node.line, f"status: unknown: {shown(written)}", hint)
    return "withdrawn"


def _is_draft(document: Document, out: Findings) -> bool:
    """Whether `draft`, the word of Hugo and its kin, holds the article back."""
    node = document.node("draft")
    written = text(node, "draft", out).lower()
    if node is not None and written not in _YES | _NO:
        out.add("E209", node.line, f"draft: neither true nor false: {shown(written)}", "expected true")
    return written in _YES


def _nearly(document: Document, known: Collection[str], out: Findings) -> None:
    """Tell of keys that are one slip from ours; what was imported has keys of its old system's own."""
    origin = document.node("source")
    if isinstance(origin, Document) and "file" in origin:
        return
    unknown = [(key, each) for key, each in document.fields.items() if key not in known]
    absent = [key for key in sorted(known) if key not in document.fields] if unknown else []
    for key, each in unknown:
        near = get_close_matches(key.lower(), absent, n=1, cutoff=_NEAR)
        if near:
            hint = f'did you mean "{near[0]}"?'
            out.add("W223", each.line, f"{named(key)}: not a key known here", hint)


def _slug(document: Document, title: str, out: Findings) -> Slug:
    node = document.node("slug")
    written = text(node, "slug", out)
    if node is None or not written:
        return slugify(title)
    slug = slugify(written)
    if slug != written:
        hint = f"read as {slug}"
        out.add("W226", node.line, f"slug: cannot stand in an address: {shown(written)}", hint)
    return slug


def _authors(document: Document, out: Findings) -> tuple[str, ...]:
    if document.node("author") is None:
        return texts(document.node("authors"), "authors", out)
    if document.node("authors") is not None:
        line = document["author"].line
        out.add("W231", line, "author: stands beside authors", "list everyone in authors")
    listed = texts(document.node("authors"), "authors", out) + texts(document.node("author"), "author", out)
    return tuple(dict.fromkeys(listed))


def _found(document: Document, taxonomies: Sequence[str], out: Findings) -> dict[str, tuple[str, ...]]:
    given = table(document.node("found"), "found", (*taxonomies, "by"), out)
    if given is None:
        return {}
    listed = {key: texts(given.node(key), f"found.{key}", out) for key in (*taxonomies, "by")}
    return {key: each for key, each in listed.items() if each}
