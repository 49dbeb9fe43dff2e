"""Items of XML files as elements: the only module here that knows the parser.

The parser loads nothing, knows no entity but XML's own five, and is given no more than one item.
"""

import re
from collections.abc import Iterator
from typing import TypeAlias

from lxml import etree

from generator.sources.importers.xmlitems.mending import mended

Element: TypeAlias = etree._Element

_DECLARED = re.compile(r"\sxmlns:([A-Za-z_][\w.-]{0,60})\s{0,9}=\s{0,9}[\"']([^\"'<>&]{1,400})[\"']")
_PREFIX = re.compile(r"[</\s]([A-Za-z_][\w.-]{0,60}):[A-Za-z_]")
_ROOT = re.compile(r"<[A-Za-z][^<>]{0,20000}>")
_HEAD = 200_000  # characters in which the root element begins
_USUAL = ("content", "dc", "excerpt", "wfw", "wp", "media", "itunes", "slash", "atom", "thr", "gd", "georss")


class Reader:
    """Parses the items of one file; `head` is what stands before the first, for its namespaces."""

    def __init__(self, head: str, tag: str) -> None:
        root = _ROOT.search(_without_comments(head[:_HEAD]))
        declared = dict(_DECLARED.findall(root[0])) if root else {}
        self.tag = tag
        self.strict = _parser(recover=False)
        self.declared = {name: f"urn:{name}" for name in _USUAL} | declared
        self.opening = (
            "<items" + "".join(f' xmlns:{name}="{uri}"' for name, uri in self.declared.items()) + ">"
        )

    def read(self, text: str) -> tuple[list[Element], bool]:
        """The elements in a piece of text, and whether it had to be mended; none where that is beyond it.

        A piece holds several items where the CDATA of one does not end in it.
        """
        found = self._parsed(text, recover=False)
        if found is not None:
            return found, False
        elements: list[Element] = []
        for part in self._parts(text):
            better = mended(part)
            one = self._parsed(better, recover=False)
            if one is None:
                one = self._parsed(better, recover=True) or []
            # One that was never closed holds those that follow it.
            elements += [each for outer in one for each in outer.iter(self.tag) if len(each)]
        return elements, True

    def _parsed(self, text: str, *, recover: bool) -> list[Element] | None:
        parser = _parser(recover=True) if recover else self.strict
        unknown = (
            sorted(set(_PREFIX.findall(text)) - set(self.declared) - {"xml", "xmlns"}) if recover else []
        )
        opening = self.opening[:-1] + "".join(f' xmlns:{name}="urn:{name}"' for name in unknown) + ">"
        try:
            root = etree.fromstring(f"{opening}{text}</items>".encode("utf-8", "replace"), parser)
        except etree.XMLSyntaxError:
            return None
        return None if root is None else list(root.iterchildren(self.tag))

    def _parts(self, text: str) -> Iterator[str]:
        """A piece cut at every end tag of an item."""
        end = f"</{self.tag}>"
        parts = text.split(end)
        for part in parts[:-1]:
            yield part[max(0, part.find(f"<{self.tag}")) :] + end
        if parts[-1].strip():
            yield parts[-1] + end


def _parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=recover,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip


def _without_comments(head: str) -> str:
    parts: list[str] = []
    at = 0
    while (start := head.find("<!--", at)) >= 0:
        parts.append(head[at:start])
        end = head.find("-->", start)
        at = len(head) if end < 0 else end + 3
    return "".join([*parts, head[at:]])


def text_of(element: Element) -> str:
    """The text of an element; elements within it, which should have been escaped, as the HTML they are."""
    if not len(element):
        return element.text or ""
    inner = [etree.tostring(child, encoding="unicode", method="html") for child in element]
    return (element.text or "") + "".join(inner)


def name_of(element: Element) -> str:
    """An element's name with the prefix that it has in the file: "wp:post_id"."""
    local = str(element.tag).rpartition("}")[2]
    return f"{element.prefix}:{local}" if element.prefix else local
