"""HTML as a tree of elements: the only module that knows the parser.

The parser is given no more than it can bear: characters that HTML may not hold are gone, elements nested
too deep are opened up, single texts of many megabytes are parted. It loads nothing and expands nothing.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Literal, TypeAlias

from lxml import etree

from generator.core.elements import VOID

Element: TypeAlias = etree._Element
Event = Literal["start", "end", "comment"]

MAX_DEPTH = 200
"""How deep elements may lie in each other; the words of deeper ones stand in the last that may."""

MAX_HTML = 64_000_000
"""The most characters of a page that are read."""

MAX_ATTRIBUTES = 1000
"""How many attributes of an element are read: the parser's time grows with the square of their number."""

_SOON = 300_000  # characters of a page with which the parser is done soon, however they are put together
# As browsers read them: a quote means something behind "=" alone, so that one in a word swallows nothing.
_ATTRIBUTE = re.compile(r"""[^\s>/][^\s=>]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+""")
_START = re.compile(rf"<([a-zA-Z][^\s/>]*+)(?:[\s/]++|{_ATTRIBUTE.pattern})*+")
_UNFIT = re.compile("[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]{0,40})[^<>]*>")
_CLOSINGS = {
    name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style", "textarea", "title")
}
_RAW = re.compile(r"<(script|style|textarea|title)\b[^>]*>", re.IGNORECASE)
# Looked at only where a word begins: from each "data:" in it would cost the square of its length.
_LONG_WORD = re.compile(r"(?<![^\s\"'<>])[^\s\"'<>]{100000,}+")
_SEALED = re.compile(r"<(script|style)\b[^<>]{0,2000}>|<!--")
_RUN = re.compile(r"[^<>]+")
LONG_DATA = 100_000
"""Characters of a file written into a page beyond which it is left out, where the parser refuses the page."""

_LONG = 1_000_000  # characters of one text that the parser takes
_EMPTY = VOID | {"basefont", "frame", "isindex"}


def parse(html: str) -> Element:
    """The root element of a page or of a fragment of one, which is then the text of a <body>.

    Never raises for what the text holds; an empty text gives an empty <html>.
    """
    text = _UNFIT.sub("", html[:MAX_HTML])
    if len(text) > _SOON:
        text = _with_few_attributes(text)
    root = _parsed(text)
    if root is None:
        text = _RUN.sub(_parted, _LONG_WORD.sub(_without_data, _opened_up(_without_long(text))))
        root = _parsed(text)
    return etree.Element("html") if root is None else root


def _with_few_attributes(text: str) -> str:
    """The text with no more than MAX_ATTRIBUTES of each element."""
    parts: list[str] = []
    cursor = position = 0
    unclosed: set[str] = set()
    while (tag := _START.search(text, position)) is not None:
        position = tag.end()
        if tag.end() - tag.start() >= 2 * MAX_ATTRIBUTES:
            found = _ATTRIBUTE.finditer(text, tag.start(), tag.end())
            last = next(islice(found, MAX_ATTRIBUTES, None), None)
            if last is not None:
                parts.append(text[cursor : last.end()])
                cursor = tag.end()
        # The words of a script are no tags; one that never closes is looked for once.
        name = tag[1].lower()
        if name in _CLOSINGS and name not in unclosed:
            if (end := _CLOSINGS[name].search(text, position)) is None:
                unclosed.add(name)
            else:
                position = end.start()
    return "".join([*parts, text[cursor:]])


def _without_data(found: re.Match[str]) -> str:
    """A long word as it is up to the file that it holds in itself (RFC 2397), which is left out."""
    before, scheme, data = found[0].partition("data:")
    return f"{before}data:," if scheme and len(data) >= LONG_DATA else found[0]


def walk(root: Element) -> "Walk":
    """All elements below one, itself included, from the outside in; see Walk."""
    return Walk(root)


class Walk:
    """Iterates (event, element) in document order without recursion; `skip` passes over what is inside.

    After skip() the element's own "end" still comes.
    """

    def __init__(self, root: Element) -> None:
        self._walker = etree.iterwalk(root, events=("start", "end", "comment", "pi"))

    def __iter__(self) -> Iterator[tuple[str, Element]]:
        return iter(self._walker)

    def skip(self) -> None:
        """Pass over everything inside the element that began last."""
        self._walker.skip_subtree()


def text_of(element: Element) -> str:
    """The words of an element in one line, without those of scripts, style sheets and buttons."""
    words: list[str] = []
    walker = walk(element)
    for event, inner in walker:
        if event == "start":
            if inner.tag in {"script", "style", "button", "svg", "template"}:
                walker.skip()
            else:
                words.append(inner.text or "")
        elif inner is not element:
            words.append(inner.tail or "")
            if inner.tag in {"p", "div", "br", "li", "h2", "h3", "td", "tr"}:
                words.append(" ")
    return " ".join("".join(words).split())


def _parsed(text: str) -> Element | None:
    """The tree; None when the parser gave up before the end."""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_pis=True, huge_tree=False)
    if not text.strip():
        return etree.Element("html")
    try:
        root = etree.fromstring(text.encode("utf-8"), parser)
    except etree.XMLSyntaxError:
        return None
    if any(entry.level_name == "FATAL" for entry in parser.error_log):
        return None
    return root


def _without_long(text: str) -> str:
    """The text without scripts, style sheets and comments that are longer than the parser takes."""
    lower = text.lower()
    parts: list[str] = []
    cursor = 0
    for opening in _SEALED.finditer(lower):
        if opening.start() < cursor:
            continue
        closing = "-->" if opening[1] is None else f"</{opening[1]}"
        end = lower.find(closing, opening.end())
        if end < 0:
            break
        if end - opening.end() > _LONG:
            parts.append(text[cursor : opening.end()])
            cursor = end
    parts.append(text[cursor:])
    return "".join(parts)


def _parted(match: re.Match[str]) -> str:
    """A text that the parser would refuse, in pieces."""
    text = match[0]
    if len(text) <= _LONG:
        return text
    return "<wbr>".join(text[start : start + _LONG] for start in range(0, len(text), _LONG))


def _opened_up(text: str) -> str:
    """The text without the tags of elements that lie deeper than MAX_DEPTH."""
    parts: list[str] = []
    depth = cursor = 0
    for match in _TAG.finditer(text):
        name = match[2].lower()
        if name in _EMPTY:
            continue
        if match[1]:
            deep = depth > MAX_DEPTH
            depth = max(0, depth - 1)
        else:
            deep = depth >= MAX_DEPTH
            depth += 1
        if deep:
            parts.append(text[cursor : match.start()])
            cursor = match.end()
    parts.append(text[cursor:])
    return "".join(parts)
