"""Reading one field in the form it should have, and saying so when it has not.

Every function takes a node (None when the key is absent or null), the name problems give it, and the
Findings it adds to. What cannot be read is left out of the value, never guessed at.
"""

import difflib
import re
from collections.abc import Collection
from datetime import UTC
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from generator.core.dates import Moment
from generator.sources.findings import Findings, named, shown, suggestion
from generator.sources.moments import EXPECTED, is_partial_date, read_moment
from generator.sources.nodes import Document, Node, Scalar, Series

_SPACES = re.compile(r"[ \t\r\n]+")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,8}")
_IN_URL = re.compile(r"""[\x00-\x20\x7f-\xa0<>"\\^`{|}\u2028\u2029]""")
_IN_PATH = re.compile(r"[\x00-\x1f\x7f\\?#]")

_ELSEWHERE = {"published": ("date",), "name": ("title",)}
"""What other generators, and our own articles, call a required key."""


def paragraph(node: Node | None, key: str, out: Findings) -> str:
    """A text of any length with its line breaks, white space around it taken off; "" when absent."""
    if node is None:
        return ""
    if not isinstance(node, Scalar):
        kind = "list" if isinstance(node, Series) else "mapping"
        out.add(out.codes.shape, node.line, f"{key}: a {kind} where a text belongs", "expected a text")
        return ""
    text = node.text
    if _CONTROLS.search(text):
        out.add(out.codes.control, node.line, f"{key}: holds control characters", "they are left out")
        text = _CONTROLS.sub("", text)
    return text.replace("\r\n", "\n").replace("\r", "\n").strip(" \t\n")


def text(node: Node | None, key: str, out: Findings) -> str:
    """A text in one line: each stretch of spaces and line breaks becomes one space."""
    if isinstance(node, Scalar) and node.text.isprintable() and "  " not in node.text:
        return node.text.strip(" ")  # most are like this, and nothing else needs a look
    return _SPACES.sub(" ", paragraph(node, key, out))


def nodes(node: Node | None) -> tuple[Node, ...]:
    """The items of a list; anything else stands for a list of one; nulls are left out."""
    if node is None:
        return ()
    items = node.items if isinstance(node, Series) else (node,)
    return tuple([each for each in items if not (isinstance(each, Scalar) and each.is_null)])


def texts(node: Node | None, key: str, out: Findings) -> tuple[str, ...]:
    """A list of texts, or one text for a list of one; empty ones and repeats are left out."""
    if node is None:
        return ()
    found: dict[str, None] = {}
    for each in nodes(node):
        if written := text(each, key, out):
            found[written] = None
    return tuple(found)


def table(node: Node | None, key: str, known: Collection[str], out: Findings) -> Document | None:
    """A mapping; keys that are not `known` are problems. None when absent or of another shape."""
    if node is None:
        return None
    if not isinstance(node, Document):
        kind = "list" if isinstance(node, Series) else "text"
        hint = "expected a mapping of " + ", ".join(known) if known else "expected a mapping"
        out.add(out.codes.shape, node.line, f"{key}: a {kind} where a mapping belongs", hint)
        return None
    for name, each in node.fields.items():
        if known and name not in known:
            hint = suggestion(name, known) or "known are " + ", ".join(known)
            out.add(out.codes.unknown, each.line, f"{key}.{named(name)}: not a key known here", hint)
    return node


def moment(node: Node | None, key: str, zone: ZoneInfo, out: Findings, code: str = "") -> Moment | None:
    """A date with or without time; None, and a problem of `code`, for what is not one."""
    written = text(node, key, out)
    if node is None or not written:
        return None
    try:
        return read_moment(written, zone)
    except ValueError:
        out.add(code or out.codes.date, node.line, f"{key}: not a date: {shown(written)}", EXPECTED)
        return None


def instant(node: Node | None, key: str, zone: ZoneInfo, out: Findings) -> str:
    """A moment as RFC 3339 in UTC, "2026-11-22T10:00:00Z"; "" when absent or unreadable."""
    found = moment(node, key, zone, out)
    return found.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if found else ""


def partial_date(node: Node | None, key: str, zone: ZoneInfo, out: Findings) -> str:
    """A year, a month, a day or a moment, as it was written."""
    written = text(node, key, out)
    if not written or is_partial_date(written):
        return written
    return written if moment(node, key, zone, out) else ""


def language(node: Node | None, key: str, out: Findings) -> str:
    """A language by BCP 47: "en", "pt-BR"."""
    return matching(node, key, _LANGUAGE, "language", "e.g. en or pt-BR", out)


def matching(node: Node | None, key: str, form: re.Pattern[str], noun: str, hint: str, out: Findings) -> str:
    """A text that `form` matches in full; `noun` is what it would be, `hint` gives examples."""
    written = text(node, key, out)
    if node is None or not written or form.fullmatch(written):
        return written
    out.add(out.codes.form, node.line, f"{key}: not a {noun}: {shown(written)}", f"expected {hint}")
    return ""


def is_url(written: str) -> bool:
    """Whether a text is an http or https URL with a host, and nothing in it that a page should not show."""
    if "//" not in written or _IN_URL.search(written) or len(written) > 4000:
        return False
    try:
        parts = urlsplit(written)
        port = parts.port
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and port != 0


def url(node: Node | None, key: str, out: Findings) -> str:
    """An http or https URL."""
    written = text(node, key, out)
    if node is None or not written or is_url(written):
        return written
    out.add(
        out.codes.url,
        node.line,
        f"{key}: not a URL: {shown(written)}",
        "expected e.g. https://example.org/page",
    )
    return ""


def content_path(node: Node | None, key: str, folder: str, out: Findings) -> str:
    """The path of a file below content/, in `folder` ("media"); a slash before it is taken off."""
    written = text(node, key, out)
    if node is None or not written:
        return ""
    path = written.removeprefix("/")
    segments = path.split("/")
    plain = not _IN_PATH.search(path) and all(segment not in {"", ".", ".."} for segment in segments)
    if plain and segments[0] == folder and len(segments) > 1:
        return path
    out.add(out.codes.path, node.line, f"{key}: not a path within {folder}/: {shown(written)}",
            f"expected e.g. {folder}/harbour.jpg")  # fmt: skip
    return ""


def file_or_url(node: Node | None, key: str, folder: str, out: Findings) -> str:
    """A URL, or the path of a file below content/ in `folder`."""
    if isinstance(node, Scalar) and is_url(node.text.strip()):
        return node.text.strip()
    return content_path(node, key, folder, out)


def required(document: Document, key: str, out: Findings) -> str:
    """The one-line text of a key that must be there; "" and an E-problem when it is not.

    A key that was perhaps meant (`pubished`) is named in the problem.
    """
    node = document.node(key)
    if node is not None and not isinstance(node, Scalar):
        kind = "list" if isinstance(node, Series) else "mapping"
        out.add("E208", node.line, f"{key}: a {kind} where a text belongs", "expected a text")
        return ""
    written = text(node, key, out)
    if not written:
        near = [other for other in _ELSEWHERE.get(key, ()) if other in document]
        near += difflib.get_close_matches(key, [each for each in document if each != key], n=1, cutoff=0.7)
        line = document[key].line if key in document else 1
        hint = f"did you mean {key} by {near[0]}, line {document[near[0]].line}?" if near else f"add {key}: …"
        out.add("E202", line, f"{key}: missing" if key not in document else f"{key}: empty", hint)
    return written


def flag(node: Node | None, key: str, out: Findings, default: bool = False) -> bool:
    """True or false."""
    written = text(node, key, out)
    if node is None or not written:
        return default
    if written.lower() not in {"true", "false"}:
        out.add("E105", node.line, f"{key}: neither true nor false: {shown(written)}", "expected true")
        return default
    return written.lower() == "true"
