"""The settings of site.yaml that need more than a look: each from its node to its value.

Like the fields of front matter, each takes its node (None when absent) and the Findings it adds to.
"""

import re
from collections.abc import Collection
from urllib.parse import urlsplit, urlunsplit
from zoneinfo import ZoneInfo, available_timezones

from generator.core.colours import ENOUGH, contrast, is_colour
from generator.core.model import Taxonomy
from generator.core.paths import SLUG_LIMIT, address, is_slug, slugify
from generator.core.site import (
    BUILT_IN_TAXONOMIES,
    IMPORT_KEYS,
    IMPORT_TEXTS,
    OMISSIBLE,
    TAG_SOURCES,
    Imports,
    Publisher,
    Theme,
)
from generator.sources.fields import content_path, file_or_url, flag, is_url, table, text, texts, url
from generator.sources.findings import Findings, named, shown, suggestion
from generator.sources.frontmatter.dumping import ARTICLE_KEYS
from generator.sources.nodes import Document, Node, Scalar

TAGGERS = ("light", "accurate", "rules")
"""What `annotate.tagger` may be; `accurate` is a package of its own."""

RESERVED = frozenset(
    {
        "assets", "corrections", "data", "entities", "media", "morgue", "network", "page", "random", "search",
        "sources", "stories",
    }
)  # fmt: skip
"""First parts of addresses that the built site keeps for itself."""

COLOURS = ("accent", "accent_dark", "paper", "paper_dark")

PAPER, PAPER_DARK = "#ffffff", "#121315"
"""The theme's grounds, on which the accents must be readable."""

QUIET, QUIET_DARK = "#595959", "#a8a6a1"
"""The theme's colours of small text, which must be readable on a site's own grounds."""

_PAGINATE = re.compile(r"[1-9][0-9]{0,2}|1000")
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_SCHEMA = re.compile(r"[A-Z][A-Za-z]{0,60}")
_SAMPLE = {"year": "2021", "month": "04", "day": "13", "slug": "s" * SLUG_LIMIT}


def site_title(document: Document, out: Findings) -> str:
    """The newspaper's name."""
    node = document.node("title")
    written = text(node, "title", out)
    if not written and (node is None or isinstance(node, Scalar)):
        line = document["title"].line if "title" in document else 1
        out.add("E104", line, "title: missing", "add e.g. title: The Harbour Ledger")
    return written


def site_url(document: Document, out: Findings) -> str:
    """The site's address, ended with a slash; "" when it is missing or no address of a site."""
    node = document.node("url")
    if node is None or (isinstance(node, Scalar) and not node.text.strip()):
        line = document["url"].line if "url" in document else 1
        out.add("E104", line, "url: missing", "add e.g. url: https://archive.example.org/")
        return ""
    written = text(node, "url", out)
    if not isinstance(node, Scalar):
        return ""
    parts = urlsplit(written) if is_url(written) else None
    if parts is None or parts.query or parts.fragment or "@" in parts.netloc or "//" in parts.path:
        hint = "expected e.g. https://archive.example.org/"
        out.add("E106", node.line, f"url: not a site's address: {shown(written)}", hint)
        return ""
    return urlunsplit((parts.scheme, parts.netloc.lower(), parts.path.rstrip("/") + "/", "", ""))


def timezone(node: Node | None, default: str, out: Findings) -> str:
    """An IANA time zone that this machine, or the tzdata package, knows."""
    written = text(node, "timezone", out)
    if node is None or not written:
        return default
    try:
        return ZoneInfo(written).key
    except (KeyError, ValueError, OSError):  # unknown; a path that leads out of the data; a folder of it
        hint = suggestion(written, available_timezones()) or "expected e.g. Europe/London"
    out.add("E107", node.line, f"timezone: unknown: {shown(written)}", hint)
    return default


def publisher(node: Node | None, out: Findings) -> Publisher:
    """Who publishes the newspaper; a text is the name."""
    if isinstance(node, Scalar):
        return Publisher(name=text(node, "publisher", out))
    given = table(node, "publisher", ("name", "url", "logo"), out) or Document()
    return Publisher(
        name=text(given.node("name"), "publisher.name", out),
        url=url(given.node("url"), "publisher.url", out),
        logo=file_or_url(given.node("logo"), "publisher.logo", "media", out),
    )


def permalink(node: Node | None, default: str, taken: Collection[str], out: Findings) -> str:
    """The pattern of articles' addresses, ended with a slash; it must not begin with a part in `taken`."""
    pattern = text(node, "permalinks.article", out)
    if node is None or not pattern:
        return default
    pattern = pattern if pattern.endswith("/") else pattern + "/"
    fault = _fault(pattern, taken)
    if fault:
        hint = "expected e.g. /{year}/{month}/{slug}/"
        out.add("E109", node.line, f"permalinks.article: {fault}: {shown(pattern)}", hint)
        return default
    return pattern


def _fault(pattern: str, taken: Collection[str]) -> str:
    placeholders = _PLACEHOLDER.findall(pattern)
    unknown = [each for each in placeholders if each not in _SAMPLE]
    if unknown:
        return f"unknown placeholder {{{named(unknown[0])}}}"
    filled = _PLACEHOLDER.sub(lambda match: _SAMPLE[match[1]], pattern)
    if "{" in filled or "}" in filled:
        return "a brace without its other"
    if "slug" not in placeholders:
        return "lacks {slug}"
    try:
        address(filled)
    except ValueError:
        return "not an address"
    first = pattern.split("/")[1]
    return f"/{first}/ is taken by the site itself" if first in taken else ""


def paginate(node: Node | None, default: int, out: Findings) -> int:
    """How many articles a page of a list shows."""
    written = text(node, "paginate", out)
    if node is None or not written:
        return default
    if _PAGINATE.fullmatch(written):
        return int(written)
    out.add("E110", node.line, f"paginate: not a number of articles: {shown(written)}", "expected 1 to 1000")
    return default


def omit(node: Node | None, out: Findings) -> tuple[str, ...]:
    """The kinds of pages and files that the site does without, each once."""
    written = texts(node, "omit", out)
    for each in written:
        if each not in OMISSIBLE:
            hint = suggestion(each, OMISSIBLE) or "known are " + ", ".join(OMISSIBLE)
            line = node.line if node is not None else 1
            out.add("E119", line, f"omit: unknown: {shown(each)}", hint)
    return tuple(each for each in OMISSIBLE if each in written)


def theme(node: Node | None, out: Findings) -> Theme:
    """The masthead and the colours; each must be readable on the ground it stands on."""
    given = table(node, "theme", (*COLOURS, "masthead", "cards", "card_font"), out) or Document()
    for name in COLOURS:
        if name in given and given.node(name) is None:
            hint = 'expected e.g. "#8a1c1c", between quotes: a bare # begins a comment'
            out.add("E111", given[name].line, f"theme.{name}: empty", hint)
    paper = _colour(given.node("paper"), "theme.paper", QUIET, "lighter", out)
    paper_dark = _colour(given.node("paper_dark"), "theme.paper_dark", QUIET_DARK, "darker", out)
    accent = _colour(given.node("accent"), "theme.accent", paper or PAPER, "darker", out)
    accent_dark = _colour(
        given.node("accent_dark"), "theme.accent_dark", paper_dark or PAPER_DARK, "lighter", out
    )
    masthead = content_path(given.node("masthead"), "theme.masthead", "media", out)
    return Theme(
        accent=accent,
        accent_dark=accent_dark,
        paper=paper,
        paper_dark=paper_dark,
        masthead=masthead,
        cards=flag(given.node("cards"), "theme.cards", out),
        card_font=content_path(given.node("card_font"), "theme.card_font", "media", out),
    )


def _colour(node: Node | None, key: str, ground: str, other: str, out: Findings) -> str:
    written = text(node, key, out)
    if node is None or not written:
        return ""
    if not is_colour(written):
        hint = 'expected e.g. "#8a1c1c", between quotes'
        out.add("E111", node.line, f"{key}: not a colour: {shown(written)}", hint)
        return ""
    ratio = contrast(written, ground)
    if ratio < ENOUGH:
        message = f"{key}: {written} on {ground} has a contrast of {int(ratio * 100) / 100:.2f}:1"
        out.add("E112", node.line, message, f"text needs {ENOUGH}:1; choose a {other} colour")
    return written


def tagger(node: Node | None, default: str, out: Findings) -> str:
    """What finds names in articles."""
    written = text(node, "annotate.tagger", out)
    if node is None or not written:
        return default
    if written in TAGGERS:
        return written
    hint = suggestion(written, TAGGERS) or "expected light, accurate or rules"
    out.add("E113", node.line, f"annotate.tagger: unknown: {shown(written)}", hint)
    return default


def review(node: Node | None, out: Findings) -> bool:
    """Whether tags await an editor before they are published."""
    written = text(node, "annotate.review", out)
    if node is not None and written not in {"", "true", "false"}:
        out.add("E113", node.line, f"annotate.review: neither true nor false: {shown(written)}")
    return written == "true"


def vocabulary(node: Node | None, out: Findings) -> str:
    """The packaged vocabulary that is used."""
    written = text(node, "annotate.vocabulary", out)
    if node is not None and written not in {"", "iptc"}:
        hint = "expected iptc; your own vocabulary is content/vocabulary.yaml"
        out.add("E113", node.line, f"annotate.vocabulary: unknown: {shown(written)}", hint)
    return written if written == "iptc" else ""


def tag_sources(node: Node | None, out: Findings) -> tuple[str, ...]:
    """Where proposed tags come from, in the order of TAG_SOURCES."""
    written = texts(node, "annotate.tags", out)
    for each in written:
        if each not in TAG_SOURCES:
            hint = suggestion(each, TAG_SOURCES) or "known are " + ", ".join(TAG_SOURCES)
            out.add("E113", node.line if node else 1, f"annotate.tags: unknown: {shown(each)}", hint)
    return tuple(each for each in TAG_SOURCES if each in written)


def taxonomies(node: Node | None, out: Findings) -> tuple[Taxonomy, ...]:
    """The built-in taxonomies, the site's own before the tags; `ships: Ship` is short for its singular."""
    *first, tags = BUILT_IN_TAXONOMIES
    given = table(node, "taxonomies", (), out) or Document()
    own = (_taxonomy(key, each.node, each.line, out) for key, each in given.fields.items())
    return (*first, *(each for each in own if each is not None), tags)


def _taxonomy(key: str, node: Node, line: int, out: Findings) -> Taxonomy | None:
    where = f"taxonomies.{named(key)}"
    fault = _key_fault(key)
    if fault:
        hint = "choose another key" if is_slug(key) else f"expected e.g. {slugify(key)}"
        out.add("E108", line, f"{where}: {fault}", hint)
        return None
    if isinstance(node, Scalar) and not node.is_null:
        singular, plural, schema = text(node, where, out), "", ""
    else:
        known = ("singular", "plural", "schema")
        given = Document() if isinstance(node, Scalar) else table(node, where, known, out)
        if given is None:
            return None
        singular = text(given.node("singular"), f"{where}.singular", out)
        plural = text(given.node("plural"), f"{where}.plural", out)
        schema = text(given.node("schema"), f"{where}.schema", out)
        line = given["schema"].line if "schema" in given else line
    if not singular:
        out.add(
            "E108",
            line,
            f"{where}: what one of them is called is missing",
            f"add e.g. {key}: {{singular: …}}",
        )
    if schema and not _SCHEMA.fullmatch(schema):
        hint = "expected e.g. Vehicle, Event or CreativeWork"
        out.add("E108", line, f"{where}.schema: not a schema.org type: {shown(schema)}", hint)
    return Taxonomy(key=key, singular=singular, plural=plural or key.capitalize(), schema=schema or "Thing")


def _key_fault(key: str) -> str:
    if key in {each.key for each in BUILT_IN_TAXONOMIES}:
        return "is built in"
    if key in ARTICLE_KEYS:
        return "means something else in front matter"
    if key in RESERVED or (key.isdigit() and len(key) == 4):
        return f"/{key}/ is taken by the site itself"
    return "" if is_slug(key) else "cannot stand in an address"


def imports(node: Node | None, taxonomies: Collection[Taxonomy], out: Findings) -> Imports:
    """What the columns of imported tables are."""
    given = table(node, "import", ("columns", "ignore", "text", "table"), out) or Document()
    known = (*IMPORT_KEYS, *(each.key for each in taxonomies if each.key not in IMPORT_KEYS))
    columns = table(given.node("columns"), "import.columns", known, out) or Document()
    form = text(given.node("text"), "import.text", out) or IMPORT_TEXTS[0]
    if form not in IMPORT_TEXTS:
        hint = suggestion(form, IMPORT_TEXTS) or "expected " + ", ".join(IMPORT_TEXTS)
        out.add("E115", given["text"].line, f"import.text: unknown: {shown(form)}", hint)
    return Imports(
        columns=tuple(
            (key, texts(each.node, f"import.columns.{key}", out))
            for key, each in columns.fields.items()
            if key in known
        ),
        ignore=texts(given.node("ignore"), "import.ignore", out),
        text=form,
        table=text(given.node("table"), "import.table", out),
    )
