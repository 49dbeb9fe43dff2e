"""Items of XML that are not well-formed, as those who wrote them meant them."""

import re
from html.entities import html5

_OPENED = re.compile(r"<([A-Za-z_][\w.-]{0,60}(?::[\w.-]{1,60})?)(\s[^<>]{0,500})?>\s{0,99}<?<!\[CDATA\[")
_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)(#[xX]?[0-9A-Fa-f]{1,8};|[A-Za-z][A-Za-z0-9]{1,31};)?")
_DATA = re.compile(r"data:[^\s\"'<>]{1000,}")
_LONG_DATA = 100_000  # characters: the parser takes texts of up to ten million
_TAG = re.compile(r"<(?![A-Za-z_/!?])")
_OPEN, _CLOSE = "<![CDATA[", "]]>"
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def mended(item: str) -> str:
    """An item with CDATA that ends where its element does, and ampersands and entities that XML knows.

    What is named as in HTML becomes its character; nothing is looked up anywhere else.
    """
    text = _closed(_DATA.sub(lambda found: found[0] if len(found[0]) < _LONG_DATA else "data:,", item))
    parts: list[str] = []
    at = 0
    while at < len(text):
        start = text.find(_OPEN, at)
        end = text.find(_CLOSE, start) if start >= 0 else -1
        outside = text[at:] if end < 0 else text[at:start]
        parts.append(_AMPERSAND.sub(_reference, _TAG.sub("&lt;", outside)))
        if end < 0:
            break
        at = end + len(_CLOSE)
        parts.append(text[start:at])
    return "".join(parts)


def _closed(item: str) -> str:
    """Every CDATA ended just before the end tag of its element, whatever stands in it."""
    found: list[str] = []
    at = 0
    while (match := _OPENED.search(item, at)) is not None:
        end = item.find(f"</{match[1]}>", match.end())
        inner = item[match.end() :] if end < 0 else item[match.end() : end]
        inner = inner.rstrip()
        inner = inner.removesuffix("]]>")
        found += [
            item[at : match.start()],
            f"<{match[1]}{match[2] or ''}><![CDATA[",
            inner.replace("]]>", "]]]]><![CDATA[>"),
            "]]>",
        ]
        if end < 0:
            found.append(f"</{match[1]}>")
            at = len(item)
            break
        at = end
    found.append(item[at:])
    return "".join(found)


def _reference(match: re.Match[str]) -> str:
    name = match[1]
    if not name:
        return "&amp;"
    if name[0] == "#":
        base = 16 if name[1] in "xX" else 10
        try:
            char = chr(int(name[1:-1].lstrip("xX"), base))
        except (ValueError, OverflowError):
            return ""
        return "" if _UNFIT.match(char) else match[0]
    return html5.get(name, f"&amp;{name}")
