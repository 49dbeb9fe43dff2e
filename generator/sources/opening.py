"""Opening a file of content: bytes to front matter and body, or the reason why not."""

import re

from generator.core.frozen import dataclass
from generator.sources.findings import Findings
from generator.sources.frontmatter import opens, parse, split
from generator.sources.nodes import Document

FILE_LIMIT = 5_000_000
"""The most bytes of a file of content; the longest books have about as many letters."""

_CONTROLS = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]")
_CONTROL_BYTES = bytes(code for code in range(128) if _CONTROLS.match(chr(code)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A file's keys and its Markdown, whose first line is line `body_line` of the file."""

    document: Document
    body: str
    body_line: int


def opened(data: bytes, out: Findings) -> Opened | None:
    """A file of front matter and Markdown; None when it is no such thing, with the reason in `out`.

    Line ends become "\\n"; a byte order mark and control characters other than tabs are left out.
    """
    if len(data) > FILE_LIMIT:
        out.add("E210", 0, f"file: {len(data):,} bytes are too many", f"at most {FILE_LIMIT:,}; split it")
        return None
    written = _decoded(data, out)
    if written is None:
        return None
    inner, body, body_line = split(written)
    if body_line == 1:
        _no_front_matter(written, out)
        return None
    document, problems = parse(inner, out.path, 2)
    out.problems.extend(problems)
    if any(problem.is_error for problem in problems):
        return None
    if len(data.translate(None, _CONTROL_BYTES)) < len(data) and (bad := _CONTROLS.search(body)):
        line = body_line + body.count("\n", 0, bad.start())
        out.add("W229", line, f"text: holds the control character U+{ord(bad.group()):04X}", "it is left out")
        body = _CONTROLS.sub("", body)
    return Opened(document=document, body=body, body_line=body_line)


def _decoded(data: bytes, out: Findings) -> str | None:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        out.add("E203", 1, "file: UTF-16 text", "save it as UTF-8")
        return None
    null = data.find(b"\0")
    if null >= 0:
        line = _line(data, null)
        out.add("E203", line, "file: holds a NUL byte, as binary files do", "expected Markdown in UTF-8")
        return None
    try:
        written = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = _line(data, error.start)
        out.add("E203", line, f"file: not UTF-8: byte 0x{data[error.start]:02x}", "save it as UTF-8")
        return None
    return written.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _line(data: bytes, place: int) -> int:
    before = data[:place].replace(b"\r\n", b"\n")
    return 1 + before.count(b"\n") + before.count(b"\r")


def _no_front_matter(written: str, out: Findings) -> None:
    if opens(written):
        hint = "end it with a line that holds --- alone"
        out.add("E204", 1, "front matter: begins with --- and never ends", hint)
    elif opens(written, "+++"):
        hint = "`morgue import` reads TOML and writes YAML"
        out.add("E204", 1, "front matter: TOML, not YAML", hint)
    else:
        out.add("E204", 1, "front matter: none", "begin the file with ---, `key: value` lines and ---")
