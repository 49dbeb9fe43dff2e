"""Text as Markdown that means it literally, in the dialect of docs/reference/markdown.md."""

import re
from urllib.parse import urljoin, urlsplit

_INLINE = re.compile(r"[\\`*_{\[\]]|<(?=[A-Za-z/!?]|\Z)|&(?=#?\w{0,32}(?:;|\Z))|~(?=~)|(?<=~)~|(?<=\]):")
"""What marks begin with; "<" and "&" where they begin a tag or an entity, or might with what follows."""
_IN_TABLE = re.compile(_INLINE.pattern + r"|\|")
_SIGN = re.compile(r"[\\`*_{\[\]<&~|]")  # quick; one of these is in all that those find
_ENTITIES = {"<": "&lt;", "&": "&amp;", "~": "&#126;", ":": "&#58;"}
"""What no backslash guards: a colon behind "]" would make a link's words the definition of a reference."""
_START = re.compile(r"(?:[#>|]|[-+=](?=[\s+=-]|\Z)|:(?=\s|\Z|-)|\d{1,9}[.)](?=\s|\Z))")
_UNSAFE_IN_URL = re.compile(r"[\s\\`<>\"()\[\]{}|*^\x00-\x20\x7f]|&(?=#?\w+;)|~(?=~)|(?<=~)~")
_SCHEMES = frozenset(["http", "https", "mailto", "tel", "ftp"])


def escape(text: str, *, in_table: bool = False) -> str:
    """Words within a line; `in_table` guards the bars too."""
    if _SIGN.search(text) is None:
        return text
    return (_IN_TABLE if in_table else _INLINE).sub(_escaped, text)


def guard_start(line: str) -> str:
    """A line of Markdown made of words, so that it does not begin a heading, list, quotation or rule."""
    start = _START.match(line)
    if start is None:
        return line
    mark = start[0]
    if mark in {"=", ":", "|"}:
        return f"&#{ord(mark)};{line[1:]}"
    return f"{mark[:-1]}\\{mark[-1]}{line[start.end() :]}"


def link_target(href: str, address: str) -> str:
    """A link's address, absolute when that of the page is known; "" when it leads nowhere or is unsafe.

    Links within the page itself lead nowhere in an article.
    """
    written = "".join(href.split("\n")).strip()
    if not written or written.startswith("#"):
        return ""
    try:
        absolute = urljoin(address, written) if address else written
        scheme = urlsplit(absolute).scheme.lower()
    except ValueError:
        return ""
    return absolute if not scheme or scheme in _SCHEMES else ""


def encode_url(url: str) -> str:
    """A URL that ends where it should within the brackets of a Markdown link."""
    return _UNSAFE_IN_URL.sub(_percent, url)


def _escaped(match: re.Match[str]) -> str:
    char = match[0]
    return _ENTITIES.get(char) or "\\" + char


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "replace"))
