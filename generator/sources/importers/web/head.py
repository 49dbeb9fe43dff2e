"""What stands around an article's text for readers: headline, deck, bylines, dates, the picture at its head."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from generator.sources.importers.html import Picture
from generator.sources.importers.html.clutter import unwanted
from generator.sources.importers.html.figures import is_figure, pictures_of, text_of
from generator.sources.importers.html.tree import Element, walk
from generator.sources.importers.newstext_dates import Customs
from generator.sources.importers.web.article_text import is_deck
from generator.sources.importers.web.locate import common_holder, holders, is_within
from generator.sources.importers.web.moments import in_text
from generator.sources.importers.web.names import begins_with_by, names_in
from generator.sources.importers.web.survey import Stat, Survey

_BYLINE = re.compile(
    r"(?:^|[\s_-])(?:bylines?(?:-?(?:name|names|author|authors|link|text))?|authors?(?:-?(?:name|names|link|byline|list))?|contributors?(?:-?(?:name|names|byline|list))?|"
    r"creator|writers?|reporters?|autor(?:en|es)?|auteurs?|redakteur|credit-?name|p-author|vcard|fn|firma|by|signature|posted-?by|written-?by|journalist(?:a|e)?)"
    r"(?=[\s_0-9-]|$)",
    re.I,
)
_PART = re.compile(
    r"(?:^|[\s_-])(?:role|title|position|job|occupation|twitter|handle|social|e-?mail|date|time|timestamp|updated|published|location|place|"
    r"avatar|follow|bio|description|separator|read-?time|reading|meta-?date|affiliation|organi[sz]ation|share|image|photo|job-?title|funktion|"
    r"section|categor(?:y|ies)|cat|comments?|posted-?on|count)(?=[\s_0-9-]|$)",
    re.I,
)
_DATE = re.compile(
    r"(?:^|[\s_-])(?:date|datetime|date-?time|dates?-?(?:line|published|updated|modified)?|time|timestamps?|published|publish(?:ed)?-?(?:date|time|on)?|pub-?date|posted(?:-?on)?|updated?|"
    r"modified|last-?(?:updated|modified)|datum|fecha|dateline|data|created|submitted|stand|dt-published|dt-updated|meta|post-?meta|article-?meta|entry-?meta|info|byline-?date|when)"
    r"(?=[\s_0-9-]|$)",
    re.I,
)
_UPDATED = re.compile(
    r"updat|modif|last\s?(?:changed|edited|revised)|edited|revised|amended|aktualisiert|geändert|stand:|mis[e]? à jour|modifié|actualizad|modificad|atualizad|"
    r"aggiornat|bijgewerkt|gewijzigd|uppdaterad|oppdatert|opdateret|päivitetty|aktualiz|zaktualizowan|обновл|изменен|оновлен|تحديث|محدث|更新|수정|güncel",
    re.I,
)
_HIDDEN_PARTS = frozenset(
    ["script", "style", "button", "svg", "template", "time", "noscript", "img", "select", "input", "figure"]
)
_MAX_LINE = 400
_MAX_LOOSE = 200
_MAX_DATE = 80
_LINES = frozenset(
    ["p", "div", "span", "h2", "h3", "h4", "h5", "h6", "td", "center", "address", "small", "font", "i", "em"]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """A date as it stands in the page: `written` for machines, else the words; `updated` tells its role.

    `certain` is set for a date that a <time> element holds or a class names.
    """

    written: str
    shown: str
    updated: bool
    before_text: bool
    marked: bool


@dataclass(slots=True, kw_only=True)
class Head:
    """What was found; `taken` are elements not to be read again as text, and what they are."""

    headline: str = ""
    deck: str = ""
    bylines: list[str] = field(default_factory=list)
    loose_bylines: list[str] = field(default_factory=list)
    stamps: list[Stamp] = field(default_factory=list)
    picture: Picture | None = None
    tags: list[str] = field(default_factory=list)
    taken: dict[Element, str] = field(default_factory=dict)


def read_head(page: Survey, holder: Stat, by: Customs, *, titles: Sequence[str], address: str) -> Head:
    """Read what surrounds the text in `holder`; `titles` are headlines that the page states elsewhere."""
    head = Head()
    inside = (p for p in page.paragraphs if p is holder or is_within(p, holder))
    first = next((p for p in inside if not _stands_above(p, holder, by)), holder)
    heading = _headline(page, first, titles)
    scope = _scope(page, holder, heading)
    if heading is not None:
        head.headline = text_of(heading.element)
        head.taken[heading.element] = ""
        if heading is not holder and is_within(heading, holder):
            _take_before(heading.element, holder.element, head)
    reader = _HeadReader(page, head, first, heading, by, address)
    reader.run(scope.element)
    return head


def _stands_above(paragraph: Stat, holder: Stat, by: Customs) -> bool:
    """Whether a paragraph of prose is the deck, a byline or the like rather than the text's first."""
    for stat in (paragraph, *holders(paragraph)):
        if stat is holder:
            return False
        names = f"{stat.element.get('class') or ''} {stat.element.get('itemprop') or ''}"
        if is_deck(stat.element) or (stat.chars < _MAX_LINE and len(names) > 3 and _is_byline(names[:300])):
            return True
    return False


def _headline(page: Survey, first: Stat, titles: Sequence[str]) -> Stat | None:
    """The element of the headline: the heading that says what the page states, else the last <h1> before the text."""
    wanted = {_key(title) for title in titles if title}
    shown = [s for s in page.headings if not s.clutter and s.chars and not any(h.clutter for h in holders(s))]
    for stat in shown:
        if str(stat.element.tag) in {"h1", "h2"} and _key(text_of(stat.element)) in wanted:
            return stat
    before = [s for s in shown if s.element.tag == "h1" and s.order < first.order]
    after = [s for s in shown if s.element.tag == "h1"]
    for stat in (*reversed(before), *after):
        words = _key(text_of(stat.element))
        if (
            any(words and (words in title or title in words) for title in wanted if len(title) > 10)
            and len(words) > 10
        ):
            return stat
    if before:
        return before[-1]
    return after[0] if len(after) == 1 else None


def _scope(page: Survey, holder: Stat, heading: Stat | None) -> Stat:
    """The element in which all that belongs to the article stands."""
    joint = common_holder([holder, heading]) if heading is not None else holder
    for stat in (joint, *holders(joint)):
        if stat.element.tag in {"article", "main"} or stat.element.get("role") == "main":
            return stat if stat.prose <= 2 * max(1.0, holder.prose) else joint
    return joint if heading is not None else (joint.parent or joint)


def _take_before(heading: Element, holder: Element, head: Head) -> None:
    node: Element | None = heading
    while node is not None and node is not holder:
        for sibling in node.itersiblings(preceding=True):
            if isinstance(sibling.tag, str):
                head.taken[sibling] = ""
        node = node.getparent()


class _HeadReader:
    def __init__(
        self, page: Survey, head: Head, first: Stat, heading: Stat | None, by: Customs, address: str
    ) -> None:
        self.by = by
        self.page = page
        self.head = head
        self.first = first
        self.heading = heading
        self.address = address
        self.before = True
        self.past_heading = heading is None

    def run(self, scope: Element) -> None:
        walker = walk(scope)
        for event, element in walker:
            if event != "start" or element is scope:
                continue
            tag = str(element.tag)
            if element is self.first.element:
                self.before = False
            if self.heading is not None and element is self.heading.element:
                self.past_heading = True
                walker.skip()
                continue
            stat = self.page.stats.get(element)
            if (
                tag in {"script", "style", "svg", "template"}
                or (stat is not None and stat.clutter and stat.clutter != "text for screen readers")
                or self._take(element, tag, stat)
            ):
                walker.skip()

    def _take(self, element: Element, tag: str, stat: Stat | None) -> bool:
        """Read one element; True when nothing inside it need be looked at."""
        if tag == "time":
            self._time(element)
            return True
        if tag in {"figure", "img", "amp-img", "picture", "table"} or is_figure(element, tag):
            return self._figure(element, tag)
        names = f"{element.get('class') or ''} {element.get('itemprop') or ''} {element.get('id') or ''} {element.get('data-testid') or ''}"
        rel = (element.get("rel") or "").lower().split()
        if "tag" in rel:
            self.head.tags.append(text_of(element))
            return True
        if "author" in rel or (len(names) > 3 and _is_byline(names[:300])):
            return self._byline(
                element, tag, stat, certain="author" in rel or "author" in (element.get("itemprop") or "")
            )
        if len(names) > 3 and _is_date(names[:300]) and (stat is None or stat.chars < _MAX_LINE):
            self._dated(element, names)
            return False
        if not self.before or stat is None or not stat.chars:
            return False
        if (
            element is not self.first.element
            and stat.chars < _MAX_LOOSE
            and tag in _LINES
            and self._loose(element)
        ):
            return True
        return self.past_heading and not self.head.deck and self._deck(element, tag, stat)

    def _loose(self, element: Element) -> bool:
        """Lines above the text that nothing names: "By Ada Quill", "13 April 2021"; True when all are such."""
        if any(inner.tag in _LINES or inner.tag == "time" for inner in element.iterdescendants()):
            return False
        lines = byline_text(element).split("\n")
        if len(lines) > 4:
            return False
        read = [self._read_line(line) for line in lines]
        if all(read):
            self.head.taken.setdefault(element, "byline or date")
        return all(read)

    def _read_line(self, line: str) -> bool:
        if self.past_heading and begins_with_by(line) and names_in(line):
            self.head.loose_bylines.append(line)
            return True
        if len(line) > _MAX_DATE or in_text(line, self.by) is None:
            return False
        updated = _UPDATED.search(line[:40]) is not None
        self.head.stamps.append(
            Stamp(written="", shown=line, updated=updated, before_text=True, marked=False)
        )
        return True

    def _time(self, element: Element) -> None:
        shown = text_of(element)
        written = (
            element.get("datetime") or element.get("data-datetime") or element.get("content") or ""
        ).strip()
        parent = element.getparent()
        names = f"{element.get('class') or ''} {element.get('itemprop') or ''} {element.get('id') or ''}"
        label = _text_before(element)
        around = f"{names} {label} {shown}"
        if parent is not None and len(label) < 2:
            around += f" {parent.get('class') or ''}"
        self.head.stamps.append(
            Stamp(
                written=written,
                shown=shown,
                updated=_UPDATED.search(around) is not None,
                before_text=self.before,
                marked=True,
            )
        )

    def _dated(self, element: Element, names: str) -> None:
        tag = element.tag
        if any(True for _ in element.iter("time")):
            return
        written = (
            element.get("datetime")
            or element.get("content")
            or element.get("data-date")
            or element.get("data-timestamp")
            or element.get("data-time")
            or element.get("data-datetime")
            or (element.get("title") if tag == "abbr" else "")
            or ""
        ).strip()
        shown = text_of(element)
        if len(shown) < _MAX_LINE and (any(map(str.isdigit, shown)) or written):
            updated = (
                _UPDATED.search(f"{element.get('class') or ''} {element.get('itemprop') or ''} {shown[:24]}")
                is not None
            )
            self.head.stamps.append(
                Stamp(written=written, shown=shown, updated=updated, before_text=self.before, marked=True)
            )

    def _figure(self, element: Element, tag: str) -> bool:
        if self.head.picture is not None or not self.before:
            return True
        if tag == "table" and not is_figure(element, tag):
            return False
        if tag in {"img", "amp-img", "picture"}:
            return True
        pictures = pictures_of(element, self.address)
        if pictures:
            self.head.picture = pictures[-1] if pictures[-1].src else pictures[0]
            self.head.taken[element] = ""
        return True

    def _byline(self, element: Element, tag: str, stat: Stat | None, *, certain: bool) -> bool:
        text = byline_text(element)
        if not text or len(text) > _MAX_LINE or (stat is not None and stat.prose > 200):
            return False
        if tag in {"article", "main", "body", "section"} and not certain:
            return False
        if self.before or certain:
            self.head.bylines.append(text)
        else:
            self.head.loose_bylines.append(text)
        for inner in element.iter("time"):
            self._time(inner)
        for inner in element.iter("span", "div", "p", "abbr"):
            names = f"{inner.get('class') or ''} {inner.get('itemprop') or ''}"
            if _is_date(names) and inner is not element:
                self._dated(inner, names)
        return True

    def _deck(self, element: Element, tag: str, stat: Stat) -> bool:
        if element is self.first.element and not is_deck(element):
            return False
        if not is_deck(element) and not (tag in {"h2", "h3"} and self._follows_heading(element)):
            return False
        text = text_of(element)
        if 20 <= len(text) <= 600 and stat.link_share < 0.5:
            self.head.deck = text
            self.head.taken[element] = ""
            return True
        return False

    def _follows_heading(self, element: Element) -> bool:
        if self.heading is None:
            return False
        previous = element.getprevious()
        return previous is not None and (previous is self.heading.element)


def byline_text(element: Element) -> str:
    """The words of a byline without roles, dates and addresses that have elements of their own."""
    words: list[str] = []
    walker = walk(element)
    for event, inner in walker:
        if event == "start":
            names = f"{inner.get('class') or ''} {inner.get('itemprop') or ''}"
            tag = str(inner.tag)
            if inner is not element and (
                tag in _HIDDEN_PARTS
                or (len(names) > 2 and _PART.search(names[:300]) and not _is_name_class(names))
                or unwanted(inner, tag) in {"share bar", "hidden text"}
            ):
                words.append("\n")
                walker.skip()
            else:
                if (
                    tag in {"p", "div", "li", "br", "h2", "h3", "h4", "address", "ul", "a"}
                    and inner is not element
                ):
                    words.append(" " if tag == "a" else "\n")
                words.append(inner.text or "")
        elif inner is not element:
            if event == "end" and inner.tag in {"p", "div", "li", "h2", "h3", "h4", "address"}:
                words.append("\n")
            elif event == "end" and inner.tag in {"span", "a"} and not (inner.tail or "").strip():
                following = inner.getnext()
                if following is not None and following.tag == inner.tag:
                    words.append("\n")
            words.append(inner.tail or "")
    lines = (" ".join(line.split()) for line in "".join(words).split("\n"))
    return "\n".join(filter(None, lines))


def _is_name_class(names: str) -> bool:
    return "author" in names and "name" in names


@lru_cache(maxsize=2048)
def _is_byline(names: str) -> bool:
    return _BYLINE.search(names) is not None and "comment" not in names.lower()


@lru_cache(maxsize=2048)
def _is_date(names: str) -> bool:
    return _DATE.search(names) is not None


def _text_before(element: Element) -> str:
    """The words right before an element, in its own line: "Updated: "."""
    previous = element.getprevious()
    parent = element.getparent()
    words = ""
    if previous is not None:
        words = (
            f"{text_of(previous)[-40:]} {previous.tail or ''}"
            if previous.tag in {"span", "b", "strong", "em", "small", "label", "i"}
            else previous.tail or ""
        )
    elif parent is not None:
        words = parent.text or ""
        if not words.strip() and parent.getprevious() is not None and parent.tag in {"span", "b", "strong"}:
            above = parent.getprevious()
            words = (
                text_of(above)[-40:] if above is not None and above.tag in {"span", "b", "strong"} else ""
            ) + " "
    return " ".join(words.split())[-60:]


def _key(words: str) -> str:
    return re.sub(r"\W+", " ", words).casefold().strip()
