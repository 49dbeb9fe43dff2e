"""NITF's own elements as HTML, with the names that stand in the text and the files it shows."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

from generator.sources.importers.agency.items import Link, Shown
from generator.sources.importers.agency.pictures import Album, figure, file_names
from generator.sources.importers.base import Dropped
from generator.sources.importers.xmltree import Element, Malformed, parse_xml, words

_KEPT = """
p ul ol li dl dt dd table tr td th tbody thead tfoot caption pre em strong sub sup q h2 h3 h4
div span blockquote
"""
_SAME = dict(zip(_KEPT.split(), _KEPT.split(), strict=True)) | {
    "hl2": "h2", "h1": "h2", "i": "em", "b": "strong", "u": "em", "nitf-table": "div", "hl1": "h2",
    "section": "div", "article": "div",
}  # fmt: skip
_EMPTY = {"br": "<br>", "hr": "<hr>"}
_DROPPED = {
    "copyrite": "copyright line", "nitf-table-metadata": "table metadata",
    "media-metadata": "picture metadata",
    "media-object": "encoded file", "alt-code": "code", "classifier": "code", "datasource": "data source",
    "nitf-colgroup": "table metadata", "col": "table metadata", "fn": "footnote mark",
}  # fmt: skip
_NAMES = {"person": "people", "org": "organisations", "location": "places"}
_NOT_NAME = frozenset({"function", "alt-code", "byttl", "virtloc"})
_PLACES = ("sublocation", "city", "state", "region", "country")


@dataclass(slots=True, kw_only=True)
class Body:
    """What was found in a text while it was turned into HTML."""

    album: Album | None = None
    names: dict[str, dict[str, None]] = field(
        default_factory=lambda: {"people": {}, "organisations": {}, "places": {}}
    )
    pictures: list[Shown] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    dropped: Counter[str] = field(default_factory=Counter)

    def html(self, elements: Sequence[Element]) -> str:
        """Elements as HTML, one after another, without what follows them."""
        parts: list[str] = []
        for element in elements:
            self._write(element, parts)
        return "".join(parts)

    @property
    def left_out(self) -> tuple[Dropped, ...]:
        """What is not in the HTML, and how often."""
        return tuple(
            Dropped(what, "not part of the article's text", number)
            for what, number in sorted(self.dropped.items())
        )

    def note(self, element: Element) -> None:
        """File what an inline element names under people, organisations or places."""
        kind = _NAMES.get(str(element.tag))
        if kind:
            name = place_name(element) if kind == "places" else name_of(element)
            if name:
                self.names[kind].setdefault(name)

    def _write(self, element: Element, parts: list[str]) -> None:
        tag = str(element.tag)
        self.note(element)
        if tag in _EMPTY:
            parts.append(_EMPTY[tag])
        elif tag in _DROPPED:
            self.dropped[_DROPPED[tag]] += 1
        elif tag == "media":
            self._media(element, parts)
        elif tag == "bq":
            self._quotation(element, parts)
        elif tag == "a":
            self._within(element, parts, f'<a href="{escape(element.get("href") or "")}">', "</a>")
        elif tag == "note":
            self._within(element, parts, "<div><em>Note:</em> ", "</div>")
        elif tag in _SAME:
            span = "".join(
                f' {key}="{escape(element.get(key) or "")}"'
                for key in ("colspan", "rowspan")
                if element.get(key)
            )
            self._within(element, parts, f"<{_SAME[tag]}{span}>", f"</{_SAME[tag]}>")
        else:
            self._within(element, parts, "", "")

    def _within(self, element: Element, parts: list[str], opening: str, closing: str) -> None:
        parts.append(opening)
        if element.text:
            parts.append(escape(element.text, quote=False))
        for child in element:
            self._write(child, parts)
            if child.tail:
                parts.append(escape(child.tail, quote=False))
        parts.append(closing)

    def _quotation(self, element: Element, parts: list[str]) -> None:
        parts.append("<blockquote>")
        for child in element:
            if child.tag == "credit":
                parts.append(f"<p>— {escape(words(child), quote=False)}</p>")
            else:
                self._write(child, parts)
        parts.append("</blockquote>")

    def _media(self, element: Element, parts: list[str]) -> None:
        """A picture as a figure; a film or a recording as a link."""
        references = list(element.iter("media-reference"))
        hrefs = [each.get("source") or each.get("name") or "" for each in references]
        hrefs = [href for href in hrefs if href]
        caption = " ".join(filter(None, (words(each) for each in element.iter("media-caption"))))
        credit = words(element.find("media-producer"))
        kind = element.get("media-type") or "image"
        types = " ".join(each.get("mime-type") or "" for each in references)
        for each in (*element.iter("media-caption"), *element.iter("media-producer")):
            for inner in each.iter():
                self.note(inner)
        self.dropped["encoded file"] += sum(1 for _ in element.iter("media-object"))
        self.dropped += Counter()
        if kind in {"image", "graphic"} or types.startswith("image/"):
            alt = next((each.get("alternate-text") or "" for each in references), "")
            src, media = (
                self.album.place(hrefs) if self.album is not None else (hrefs[0] if hrefs else "", None)
            )
            picture = Shown(
                src=src, alt=alt, caption=caption, credit=credit, media=media, files=file_names(hrefs)
            )
            if src or caption:
                self.pictures.append(picture)
                parts.append(figure(picture))
            return
        url = next((href for href in hrefs if href.startswith(("https://", "http://"))), "")
        if url:
            parts.append(f'<p><a href="{escape(url)}">{escape(caption or kind, quote=False)}</a></p>')
        elif caption:
            parts.append(f"<p>{escape(caption, quote=False)}</p>")


def name_of(element: Element) -> str:
    """A person's or an organisation's name, without office and codes."""
    parts: list[str] = [element.text or ""]
    for child in element:
        if child.tag not in _NOT_NAME:
            parts.append(name_of(child))
        parts.append(child.tail or "")
    return " ".join(" ".join(parts).split()).strip(" ,;")


def place_name(element: Element) -> str:
    """The nearest place that a location names: its city before its country."""
    for kind in _PLACES:
        found = words(element.find(kind))
        if found:
            return found
    return name_of(element)


def content_of(root: Element) -> list[Element]:
    """The elements of a document's text: those of body.content, or of an HTML body."""
    body = root.find("body") if root.tag != "body" else root
    if body is None:
        return list(root) if root.tag != "nitf" else []
    content = body.find("body.content")
    if content is not None:
        return [content]
    return [each for each in body if each.tag not in {"body.head", "body.end"}]


def html_of_text(text: str) -> str:
    """The body of an NITF document that stands within another, as HTML; "" for what is not well-formed."""
    try:
        root, _ = parse_xml(text.encode("utf-8", "replace"))
    except Malformed:
        return ""
    return Body().html(content_of(root))
