"""One Markdown file to one authority record or one free page."""

import re
from collections.abc import Sequence

from generator.core.model import Coordinates, EntityKey, FreePage, Record, Role
from generator.core.paths import Address, slugify
from generator.core.problems import Problem
from generator.core.site import Site
from generator.sources.addresses import aliases
from generator.sources.digests import reading_digest
from generator.sources.fields import is_url, matching, nodes, paragraph, required, table, text, texts
from generator.sources.findings import Findings, shown, suggestion
from generator.sources.frontmatter.dumping import RECORD_KEYS
from generator.sources.nodes import Document, Node, Scalar, Series, typed
from generator.sources.opening import Opened, opened

ENTITIES = "content/entities/"
"""Where authority records are, relative to the site."""

PAGES = "content/pages/"
"""Where free pages are, relative to the site."""

_PARTIAL = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")
_NUMBER = re.compile(r"[-+]?[0-9]{1,3}(?:\.[0-9]{1,15})?")
COUNT = re.compile(r"[0-9]{1,9}")
"""A whole number."""

_DIGITS = re.compile(r"[1-9][0-9]{0,21}")
_Q = re.compile(r"Q[1-9][0-9]{0,11}")
_IDENTIFIERS = (
    ("wikidata", _Q, "Wikidata id", "e.g. Q42"),
    ("viaf", _DIGITS, "VIAF id", "its number, e.g. 75121530"),
    ("geonames", _DIGITS, "GeoNames id", "its number, e.g. 703448"),
)
_PAGE_KEYS = frozenset({"title", "summary", "aliases"})


def read_record(data: bytes, path: str, site: Site) -> tuple[Record | None, tuple[Problem, ...]]:
    """The authority record in a file's bytes, and everything wrong with it.

    `path` is "content/entities/TYPE/NAME.md"; TYPE must be a taxonomy of the site and NAME gives the slug.
    None when the place, the name or the file itself cannot be read.
    """
    out = Findings(path)
    folder, _, file_name = path.removeprefix(ENTITIES).rpartition("/")
    keys = [taxonomy.key for taxonomy in site.taxonomies]
    if folder not in keys:
        hint = suggestion(folder, keys) or "known are " + ", ".join(keys)
        out.add("E212", 0, f"folder: {shown(folder)} is no taxonomy of this site", hint)
        return None, tuple(out.problems)
    file = opened(data, out)
    key = EntityKey(folder, slugify(file_name.removesuffix(".md")))
    record = _record(file, key, reading_digest(data, site), out) if file else None
    return record, tuple(out.problems)


def _record(file: Opened, key: EntityKey, digest: str, out: Findings) -> Record | None:
    document = file.document
    name = required(document, "name", out)
    if not name:
        return None
    return Record(
        key=key,
        path=out.path,
        name=name,
        aliases=tuple(each for each in texts(document.node("aliases"), "aliases", out) if each != name),
        description=paragraph(document.node("description"), "description", out),
        sort=text(document.node("sort"), "sort", out),
        identifiers=_identifiers(document, out),
        same_as=_urls(document.node("same_as"), out),
        coordinates=_coordinates(document.node("coordinates"), out),
        roles=_roles(document.node("roles"), out),
        rejected=texts(document.node("rejected"), "rejected", out),
        triggers=texts(document.node("triggers"), "triggers", out),
        excludes=texts(document.node("excludes"), "excludes", out),
        least=int(matching(document.node("least"), "least", COUNT, "number", "e.g. 3", out) or 1),
        broader=text(document.node("broader"), "broader", out),
        extra={name: typed(each.node) for name, each in document.fields.items() if name not in RECORD_KEYS},
        body=file.body,
        digest=digest,
    )


def _identifiers(document: Document, out: Findings) -> tuple[tuple[str, str], ...]:
    """Ids without the address they stand in: "https://www.wikidata.org/wiki/Q42" is Q42."""
    found: list[tuple[str, str]] = []
    for key, form, noun, hint in _IDENTIFIERS:
        node = document.node(key)
        if isinstance(node, Scalar) and is_url(node.text):
            last = node.text.rstrip("/").rpartition("/")[2]
            node = Scalar(text=last, plain=False, line=node.line)
        written = matching(node, key, form, noun, hint, out)
        if written:
            found.append((key, written))
    return tuple(found)


def _urls(node: Node | None, out: Findings) -> tuple[str, ...]:
    for each in nodes(node):
        if isinstance(each, Scalar) and not is_url(each.text.strip()):
            hint = "expected e.g. https://example.org/page"
            out.add("W224", each.line, f"same_as: not a URL: {shown(each.text)}", hint)
    return tuple(each for each in texts(node, "same_as", out) if is_url(each))


def _coordinates(node: Node | None, out: Findings) -> Coordinates | None:
    if node is None:
        return None
    parts: Sequence[str] = ()
    if isinstance(node, Scalar):
        parts = [part.strip() for part in node.text.split(",", 2)]
    elif isinstance(node, Series):
        parts = [each.text for each in node.items[:3] if isinstance(each, Scalar)]
    if len(parts) == 2 and all(_NUMBER.fullmatch(part) for part in parts):
        latitude, longitude = (float(part) for part in parts)
        if abs(latitude) <= 90 and abs(longitude) <= 180:
            return Coordinates(latitude, longitude)
    out.add("W230", node.line, "coordinates: not a latitude and a longitude", "expected e.g. [50.45, 30.52]")
    return None


def _roles(node: Node | None, out: Findings) -> tuple[Role, ...]:
    found: list[Role] = []
    hint = "e.g. 2014 or 2021-05-08"
    for each in nodes(node):
        if isinstance(each, Scalar):
            role = Role(title=text(each, "roles", out))
        else:
            given = table(each, "roles", ("from", "to", "title", "organisation"), out)
            if given is None:
                continue
            role = Role(
                title=text(given.node("title"), "roles.title", out),
                since=matching(given.node("from"), "roles.from", _PARTIAL, "date", hint, out),
                until=matching(given.node("to"), "roles.to", _PARTIAL, "date", hint, out),
                organisation=text(given.node("organisation"), "roles.organisation", out),
            )
        if role.title or role.organisation:
            found.append(role)
        else:
            out.add("W228", each.line, "roles: one without a title", "name the office in title: …")
    return tuple(found)


def read_page(data: bytes, path: str, site: Site) -> tuple[FreePage | None, tuple[Problem, ...]]:
    """The free page in a file's bytes, and everything wrong with it; None without a title or when unreadable.

    `path` is "content/pages/about.md" for the address "/about/"; index.md in a folder is the folder's page.
    """
    out = Findings(path)
    file = opened(data, out)
    if file is None:
        return None, tuple(out.problems)
    document = file.document
    title = required(document, "title", out)
    page = FreePage(
        path=path,
        address=page_address(path),
        title=title,
        summary=text(document.node("summary"), "summary", out),
        aliases=aliases(document.node("aliases"), site, out),
        extra={name: typed(each.node) for name, each in document.fields.items() if name not in _PAGE_KEYS},
        body=file.body,
        body_line=file.body_line,
        digest=reading_digest(data, site),
    )
    return page if title else None, tuple(out.problems)


def page_address(path: str) -> Address:
    """Where a free page stands: "content/pages/Our Paper/about.md" at "/our-paper/about/"."""
    segments = path.removeprefix(PAGES).removesuffix(".md").split("/")
    if len(segments) > 1 and segments[-1] == "index":
        segments.pop()
    return Address("/" + "/".join(slugify(segment) for segment in segments) + "/")
