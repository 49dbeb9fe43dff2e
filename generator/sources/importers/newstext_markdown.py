"""Plain text as Markdown that shows a reader the same characters.

The dialect is Python-Markdown's with tables, footnotes, definition lists, fenced code, abbreviations,
attribute lists, `~~struck~~` and [[wiki links]]; a paragraph is always written on one line.
"""

import re
from collections.abc import Sequence
from html import escape as escape_html

_INLINE = re.compile(r"[\\`*_{\[\]<]|&(?=#?\w)|~(?=~)|(?<=~)~")
_SIGNS = "\\`*_{[]<&~"  # one of these is in all that _INLINE finds
_SIGN = re.compile(f"[{re.escape(_SIGNS)}]")
_ENTITIES = {"<": "&lt;", "&": "&amp;", "~": "&#126;"}
_START = re.compile(r"(?:[#>]|[-+=](?=[\s+=-]|\Z)|:(?=\s|\Z)|\d{1,9}[.)](?=\s|\Z))")


def escape(text: str) -> str:
    """One paragraph of plain text, without line ends, as Markdown that means it literally."""
    safe = _INLINE.sub(_inline, text) if _SIGN.search(text) else text
    start = _START.match(safe)
    if start is None:
        return safe
    mark = start[0]
    if mark in {"=", ":"}:
        return f"&#{ord(mark)};{safe[1:]}"
    return f"{mark[:-1]}\\{mark[-1]}{safe[start.end() :]}"


def escaped(texts: Sequence[str]) -> list[str]:
    """Several paragraphs, each as `escape` writes it; quick where none of them holds a sign."""
    together = "\n".join(texts)
    if any(map(together.__contains__, _SIGNS)):
        return list(map(escape, texts))
    return [text if _START.match(text) is None else escape(text) for text in texts]


def heading(text: str) -> str:
    """A crosshead."""
    # Python-Markdown takes the # at a heading's end for decoration.
    words = text.rstrip("#")
    return f"## {escape(words)}" + "\\#" * (len(text) - len(words))


def pull_quote(text: str, name: str) -> str:
    """A quotation set apart, with its attribution when there is one."""
    return f"> {escape(text)}" + (f"\n> — {escape(name)}" if name else "")


def figure(caption: str, credit: str, src: str) -> str:
    """A picture in the text, or what is left of it: its caption and credit."""
    picture = f'<img src="{escape_html(src)}" alt="">' if src else ""
    small = f"<small>Photo: {escape_html(credit, quote=False)}</small>" if credit else ""
    inner = " ".join(part for part in (escape_html(caption, quote=False), small) if part)
    opening = "<figure>" if src else '<figure class="missing">'
    closing = f"<figcaption>{inner}</figcaption>" if inner else ""
    return f"{opening}{picture}{closing}</figure>"


def _inline(match: re.Match[str]) -> str:
    char = match[0]
    return _ENTITIES.get(char) or "\\" + char
