"""What a line is by its first words: a related link, a field of the head, an item of a list."""

import re
from typing import NamedTuple

RELATED_LABELS = (
    "ALSO READ", "READ MORE", "READ ALSO", "RELATED", "RELATED STORY", "RELATED STORIES", "SEE ALSO", "MORE",
)  # fmt: skip
"""What stands before the colon of a line that sends readers on, in any case; pages show the same ones so."""

HEADLINE_LIMIT = 300
"""A longer text after such a label is a paragraph that happens to begin like one."""

_LABEL_ENDS = 32
_WORDS = "|".join(label.replace(" ", "[ ]{1,3}") for label in sorted(RELATED_LABELS, key=len, reverse=True))
_RELATED = re.compile(rf"({_WORDS})\s{{0,3}}:\s*(\S.*)?\Z", re.IGNORECASE)
_URL = re.compile(r"\s*[(<\[]?\s*(https?://[^\s<>()\[\]\"]{3,500})\s*[)>\]]?\s*\Z")
_FIELDS = {
    "title": "title", "headline": "title", "author": "author", "authors": "author", "byline": "author",
    "source": "publisher", "agency": "publisher", "publisher": "publisher", "url": "url", "link": "url",
    "summary": "summary", "standfirst": "summary", "deck": "summary", "tags": "tags", "keywords": "tags",
    "dateline": "dateline", "caption": "caption",
}  # fmt: skip
_FIELD = re.compile(rf"({'|'.join(_FIELDS)})\s?:\s+(\S.*)\Z", re.IGNORECASE)
_MARKS = "•‣▪●◦∙*·-"
_BULLET = re.compile(r"([•‣▪●◦∙*·]|-)\s+(?=\S*\w)(\S.*)\Z")
_NUMBER = re.compile(r"(\d{1,3})([.)])\s+(\S.*)\Z")


class RelatedLine(NamedTuple):
    """A line that sends readers on: its label in capitals, headline and URL, each "" for none."""

    label: str
    headline: str
    url: str


class Item(NamedTuple):
    """A line that may be an item of a list: its mark ("•", "." or ")"), its number or 0, its text."""

    mark: str
    number: int
    text: str


def may_be_related(text: str) -> bool:
    """Whether a line is worth the look of `read_related`."""
    return ":" in text[:_LABEL_ENDS]


def read_related(text: str) -> RelatedLine | None:
    """The related link that a line is; None for any other line."""
    match = _RELATED.match(text) if may_be_related(text) else None
    if match is None:
        return None
    headline = " ".join((match[2] or "").split())
    if len(headline) > HEADLINE_LIMIT:
        return None
    label = " ".join(match[1].upper().split())
    link = _URL.search(headline[-520:]) if "://" in headline else None
    if link is None:
        return RelatedLine(label, headline, "")
    return RelatedLine(label, headline[: headline.rindex(link[0])].rstrip(" -–—|:"), link[1])


def read_field(text: str) -> tuple[str, str] | None:
    """Key and value of a line of the head such as `Author: Nell Farrow`; None for any other line."""
    match = _FIELD.match(text)
    key = _FIELDS.get(match[1].lower(), "") if match else ""  # a long s is an s to the pattern alone
    return (key, match[2]) if match and key else None


def may_be_item(text: str) -> bool:
    """Whether a line is worth the look of `read_item`."""
    return text[0] in _MARKS or text[0].isdecimal()


def read_item(text: str) -> Item | None:
    """The list item that a line looks like; None for any other line."""
    bullet = _BULLET.match(text)
    if bullet:
        return Item(bullet[1], 0, bullet[2])
    number = _NUMBER.match(text)
    return Item(number[2], int(number[1]), number[3]) if number else None
