"""One <item> of a WordPress export: a post, a page, a file, or something only the old system needs."""

from dataclasses import field
from typing import NamedTuple

from generator.core.frozen import dataclass
from generator.sources.importers.xmlitems.elements import Element, name_of, text_of


class Term(NamedTuple):
    """A category, a tag or another name: `domain` is "category", "post_tag", …, "" in WXR 1.0."""

    domain: str
    nicename: str
    name: str


@dataclass(frozen=True, slots=True)
class Item:
    """The texts of an item's elements by name, without the prefix "wp:", its terms and its custom fields.

    `comments` counts those of readers. A password is not among the fields; `is_locked` tells of one.
    """

    fields: dict[str, str]
    terms: tuple[Term, ...] = ()
    meta: dict[str, str] = field(default_factory=dict)
    comments: int = 0
    enclosures: tuple[str, ...] = ()
    is_locked: bool = False
    line: int = 0

    def get(self, name: str) -> str:
        """The text of an element, without spaces around it; "" when there is none."""
        return self.fields.get(name, "").strip()

    @property
    def kind(self) -> str:
        """The post type: "post", "page", "attachment"; WXR without one holds posts."""
        return self.get("post_type") or "post"


def item_of(element: Element, line: int) -> Item:
    """The item that an element holds; `line` is where it begins."""
    fields: dict[str, str] = {}
    terms: list[Term] = []
    meta: dict[str, str] = {}
    enclosures: list[str] = []
    comments = 0
    for child in element:
        name = name_of(child).removeprefix("wp:")
        if name == "category":
            domain, nicename = child.get("domain") or "", child.get("nicename") or ""
            terms.append(Term(domain, nicename, text_of(child).strip()))
        elif name == "postmeta":
            key, value = _pair(child)
            if key and (key not in meta or value.strip()):
                meta[key] = value
        elif name == "comment":
            comments += 1
        elif name == "enclosure":
            enclosures.append(child.get("url") or "")
        elif name not in fields:
            fields[name] = text_of(child)
    is_locked = bool(fields.pop("post_password", "").strip())
    return Item(fields, tuple(terms), meta, comments, tuple(filter(None, enclosures)), is_locked, line)


def _pair(element: Element) -> tuple[str, str]:
    key = value = ""
    for child in element:
        name = name_of(child)
        if name == "wp:meta_key":
            key = text_of(child).strip()
        elif name == "wp:meta_value":
            value = text_of(child)
    return key, value
