"""The parts of an article that have keys of their own: picture, related, source, corrections, notes."""

import re
from zoneinfo import ZoneInfo

from generator.core.model import Attribution, Correction, Image, Note, Related, Source
from generator.sources.fields import (
    content_path,
    file_or_url,
    instant,
    is_url,
    matching,
    moment,
    nodes,
    paragraph,
    partial_date,
    table,
    text,
    texts,
    url,
)
from generator.sources.findings import Findings, shown
from generator.sources.nodes import Node, Scalar

SOURCE_KEYS = (
    "publisher", "url", "file", "sha256", "imported", "id", "importer", "version", "captured",
)  # fmt: skip
"""The keys of `source`, in the order in which an import writes them."""

_SHA256 = re.compile(r"[0-9A-Fa-f]{64}")
_SPACE = re.compile(r"\s")
_PIXELS = re.compile(r"[0-9]{1,6}")


def image(node: Node | None, zone: ZoneInfo, out: Findings) -> Image | None:
    """The picture; a text is its file or URL. None when neither file nor words are left."""
    if isinstance(node, Scalar):
        src = file_or_url(node, "image", "media", out)
        return Image(src=src) if src else None
    given = table(
        node, "image", ("src", "alt", "caption", "credit", "taken", "width", "height", "sizes"), out
    )
    if given is None:
        return None
    found = Image(
        src=file_or_url(given.node("src"), "image.src", "media", out),
        alt=text(given.node("alt"), "image.alt", out),
        caption=text(given.node("caption"), "image.caption", out),
        credit=text(given.node("credit"), "image.credit", out),
        taken=partial_date(given.node("taken"), "image.taken", zone, out),
        width=_pixels(given.node("width"), "image.width", out),
        height=_pixels(given.node("height"), "image.height", out),
        sizes=tuple(filter(None, (_pixels(each, "image.sizes", out) for each in nodes(given.node("sizes"))))),
    )
    return found if found != Image() else None


def _pixels(node: Node | None, key: str, out: Findings) -> int:
    return int(matching(node, key, _PIXELS, "number of pixels", "e.g. 960", out) or 0)


def related(node: Node | None, out: Findings) -> tuple[Related, ...]:
    """The related links in order; a text is an article's path, a URL or a headline."""
    found = (_related(each, out) for each in nodes(node))
    return tuple(each for each in found if each is not None)


def _related(node: Node, out: Findings) -> Related | None:
    if isinstance(node, Scalar):
        written = text(node, "related", out)
        if is_url(written):
            return Related(url=written)
        article = _article_path(written) if _looks_like_path(written) else ""
        return Related(article=article) if article else Related(title=written) if written else None
    given = table(node, "related", ("label", "title", "article", "url"), out)
    if given is None:
        return None
    written = text(given.node("article"), "related.article", out)
    article = _article_path(written)
    if written and not article:
        hint = "expected e.g. 2021/04/harbour-wall"
        line = given["article"].line
        out.add("W225", line, f"related.article: not an article's path: {shown(written)}", hint)
    found = Related(
        title=text(given.node("title"), "related.title", out),
        label=text(given.node("label"), "related.label", out),
        article=article,
        url=url(given.node("url"), "related.url", out),
    )
    if not (found.title or found.article or found.url):
        out.add("W228", node.line, "related: leads nowhere", "give it a title, an article or a url")
        return None
    return found


def _looks_like_path(written: str) -> bool:
    """ "2021/04/slug" and "content/articles/2021/X.md", and no headline such as "AC/DC" or "Yes / no"."""
    if "/" not in written or _SPACE.search(written):
        return False
    return written == written.lower() or written.endswith(".md") or written.startswith("/")


def _article_path(written: str) -> str:
    path = written.strip("/").removeprefix("content/articles/").removesuffix(".md")
    return path if all(segment not in {"", ".", ".."} for segment in path.split("/")) else ""


def source(node: Node | None, zone: ZoneInfo, out: Findings) -> Source | None:
    """Where the article came from; a text is the publisher's name, or a URL."""
    if isinstance(node, Scalar):
        written = text(node, "source", out)
        if not written:
            return None
        return Source(url=written) if is_url(written) else Source(publisher=written)
    given = table(node, "source", SOURCE_KEYS, out)
    if given is None:
        return None
    digits = "64 hexadecimal digits"
    found = Source(
        publisher=text(given.node("publisher"), "source.publisher", out),
        url=url(given.node("url"), "source.url", out),
        file=content_path(given.node("file"), "source.file", "sources", out),
        sha256=matching(given.node("sha256"), "source.sha256", _SHA256, "SHA-256", digits, out).lower(),
        imported=instant(given.node("imported"), "source.imported", zone, out),
        ids=texts(given.node("id"), "source.id", out),
        importer=text(given.node("importer"), "source.importer", out),
        version=text(given.node("version"), "source.version", out),
        captured=instant(given.node("captured"), "source.captured", zone, out),
    )
    return found if found != Source() else None


def corrections(node: Node | None, zone: ZoneInfo, out: Findings) -> tuple[Correction, ...]:
    """The corrections in order; a text is one without a date."""
    found: list[Correction] = []
    for each in nodes(node):
        if isinstance(each, Scalar):
            words, when = paragraph(each, "corrections", out), None
        else:
            given = table(each, "corrections", ("date", "text"), out)
            if given is None:
                continue
            words = paragraph(given.node("text"), "corrections.text", out)
            when = moment(given.node("date"), "corrections.date", zone, out)
        if words:
            found.append(Correction(date=when, text=words))
        else:
            out.add("W228", each.line, "corrections: one without a text", "say what was corrected in text: …")
    return tuple(found)


def quotes(node: Node | None, out: Findings) -> tuple[Attribution, ...]:
    """Whose words an editor says some are; each needs the words, and "by" is empty for nobody's."""
    found: list[Attribution] = []
    for each in nodes(node):
        given = table(each, "quotes", ("quote", "by"), out)
        if given is None:
            continue
        words = paragraph(given.node("quote"), "quotes.quote", out)
        if words:
            found.append(Attribution(words, text(given.node("by"), "quotes.by", out)))
        else:
            out.add("W228", each.line, "quotes: one without a quote", "it needs quote: …, and by: …")
    return tuple(found)


def notes(node: Node | None, zone: ZoneInfo, out: Findings) -> tuple[Note, ...]:
    """The editors' notes in order; each needs the words it is anchored to, and its own."""
    found: list[Note] = []
    for each in nodes(node):
        given = table(each, "notes", ("quote", "note", "by", "date"), out)
        if given is None:
            continue
        note = Note(
            quote=paragraph(given.node("quote"), "notes.quote", out),
            note=paragraph(given.node("note"), "notes.note", out),
            by=text(given.node("by"), "notes.by", out),
            date=moment(given.node("date"), "notes.date", zone, out),
            line=each.line,
        )
        if note.quote and note.note:
            found.append(note)
        else:
            lacks = "note" if note.quote else "quote"
            out.add(
                "W228", each.line, f"notes: one without a {lacks}", "a note needs both quote: … and note: …"
            )
    return tuple(found)
