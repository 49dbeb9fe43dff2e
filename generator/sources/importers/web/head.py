"""What stands around an article's text for readers: deck, bylines, dates, the picture at its head."""

import re

from generator.sources.importers.html.figures import captioned_beside, is_figure, pictures_of
from generator.sources.importers.html.tree import Element, text_of, walk
from generator.sources.importers.newstext_dates import Customs
from generator.sources.importers.web.around import Head, Stamp, is_line, signs
from generator.sources.importers.web.byline_text import byline_text
from generator.sources.importers.web.called import PEOPLE, is_byline, is_date
from generator.sources.importers.web.decks import is_deck, stands_as_deck
from generator.sources.importers.web.heading import heading_text, is_sure, kicker_of
from generator.sources.importers.web.lines import MAX_DATE, lines_of, read_line, text_before
from generator.sources.importers.web.locate import common_holder, holders, is_within
from generator.sources.importers.web.moments import When, read_when
from generator.sources.importers.web.names import is_role
from generator.sources.importers.web.signatures import signatures
from generator.sources.importers.web.stamps import UPDATED, stamps_in
from generator.sources.importers.web.survey import Stat, Survey, names_body

_ATTRIBUTES = (
    "class",
    "itemprop",
    "id",
    "data-testid",
    "data-component",
    "data-qa",
    "property",
    "data-gu-name",
)
_LINES = frozenset(
    [
        "p",
        "div",
        "span",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "td",
        "center",
        "address",
        "small",
        "font",
        "i",
        "em",
        "b",
        "li",
    ]
)
_MAX_LINE = 400
_PHOTOGRAPHY = re.compile(r"photo|foto|illustrat|picture|bild|graphic|image|фото|video", re.I)
_POSTED = re.compile(
    r"(?:^|[\s_-])(?:published|publish-date|posted-on|date-published|pubdate)(?=[\s_-]|$)", re.I
)
_SAID = re.compile(r"(?:published|posted|updated|last\s+updated)\b", re.I)
_MAX_BYLINE = 160
_MOST = 0.6
_MAX_LINES = 4
_MAX_LOOSE = 240
_TEXT = 80
_LABEL = 12


def read_head(
    page: Survey, holder: Stat, heading: Stat | None, by: Customs, address: str, told: frozenset[str]
) -> Head:
    """Read what surrounds the text in `holder` below its `heading`; `told` as stands_as_deck takes it."""
    head = Head()
    inside = [p for p in page.paragraphs if p is holder or is_within(p, holder)]
    first = next((p for p in inside if not _stands_above(p, holder, heading, by, told)), holder)
    if heading is not None:
        head.headline = heading_text(heading.element)
        head.kicker = kicker_of(heading.element)
        head.sure = is_sure(page, heading)
        head.taken[heading.element] = ""
        if heading is not holder and is_within(heading, holder):
            _take_before(heading.element, holder.element, head)
    reader = _HeadReader(page, head, holder, first, heading, by, address, told)
    reader.run(_scope(page, holder, heading).element)
    if not (head.bylines or head.loose_bylines or head.late_bylines):
        head.late_bylines += signatures(page, holder)
    return head


def _stands_above(
    paragraph: Stat, holder: Stat, heading: Stat | None, by: Customs, told: frozenset[str]
) -> bool:
    """Whether a paragraph of prose is the deck, a byline or the like rather than the text's first."""
    if heading is not None and paragraph.order < heading.order and paragraph.element.tag not in {"td", "div"}:
        return True
    if paragraph.chars < _MAX_LOOSE:
        lines = lines_of(paragraph.element).split("\n")
        if all(any(read_line(line, by)) for line in lines):
            return True
    if stands_as_deck(paragraph, heading, told):
        return True
    for stat in (paragraph, *holders(paragraph)):
        if stat is holder or names_body(stat.element):
            return False
        names = f"{stat.element.get('class') or ''} {stat.element.get('itemprop') or ''}"
        if is_deck(stat.element):
            return True
        if stat.chars < _MAX_LOOSE and len(names) > 3 and (is_byline(names[:300]) or is_date(names[:300])):
            return True
    return False


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
        self, page: Survey, head: Head, holder: Stat, first: Stat, heading: Stat | None, by: Customs,
        address: str, told: frozenset[str],
    ) -> None:  # fmt: skip
        self.page = page
        self.head = head
        self.prose = holder.prose
        self.first = first
        self.heading = heading
        self.by = by
        self.address = address
        self.told = told
        self.before = True
        self.past_heading = heading is None
        # A paragraph that holds the headline too is a table's cell or the like: its text begins later.
        self.mixed = heading is not None and (heading is first or is_within(heading, first))

    def run(self, scope: Element) -> None:
        walker = walk(scope)
        for event, element in walker:
            if event == "end" and self.mixed and element is not scope and len(element.tail or "") > _TEXT:
                self.before = self.before and not self.past_heading
            if event != "start" or element is scope:
                continue
            tag = str(element.tag)
            if (element is self.first.element and not self.mixed) or (
                self.mixed and self.past_heading and len(element.text or "") > _TEXT
            ):
                self.before = False
            if self.heading is not None and element is self.heading.element:
                self.past_heading = True
                if not self.mixed or element is not self.first.element:
                    walker.skip()
                continue
            stat = self.page.stats.get(element)
            if (
                tag in {"script", "style", "svg", "template", "nav", "form", "button"}
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
        names = " ".join(filter(None, (element.get(name) for name in _ATTRIBUTES)))[:300]
        rel = (element.get("rel") or "").lower().split()
        if "tag" in rel:
            self.head.tags.append(text_of(element))
            return True
        certain = "author" in rel or "author" in (element.get("itemprop") or "")
        if certain or (len(names) > 1 and is_byline(names)):
            if self._byline(element, tag, stat, certain=certain):
                return True
        elif tag == "a" and self.before and self.past_heading and PEOPLE.search(element.get("href") or ""):
            if not _PHOTOGRAPHY.search(text_before(element)) and not self._in_prose(element):
                self.head.bylines.append(text_of(element))
                self.head.signed.append(text_of(element))
            return True
        label = element.get("aria-label") or ""
        if label and tag in {"div", "span", "p"} and _SAID.match(label) and len(label) < MAX_DATE:
            for when, late in stamps_in(label, self.by):
                self._stamp(when, late)
        if len(names) > 1 and is_date(names) and (stat is None or stat.chars < _MAX_LINE):
            self._dated(element)
            self._set_aside(element, tag, stat)
        if not self.before or element is self.first.element:
            return False
        if (stat is None or 0 < stat.chars < _MAX_LOOSE) and tag in _LINES and self._loose(element):
            return True
        return (
            stat is not None and stat.chars > 0 and self.past_heading and not self.head.deck
            and self._deck(element, tag, stat)
        )  # fmt: skip

    def _set_aside(self, element: Element, tag: str, stat: Stat | None) -> None:
        """Keep lines of names and dates above the text out of it."""
        if not self.before or not self.past_heading or element is self.first.element:
            return
        if is_line(element, tag) or (
            stat is not None and stat.chars < _MAX_LOOSE
            and tag not in {"a", "span", "article", "main", "header", "section"}
            and not any(inner.tag in {"h1", "h2", "img", "figure"} for inner in element.iterdescendants())
        ):  # fmt: skip
            self.head.taken.setdefault(element, "byline or date")

    def _time(self, element: Element) -> None:
        shown = text_of(element)
        written = element.get("datetime") or element.get("data-datetime") or element.get("content") or ""
        parent = element.getparent()
        names = " ".join(filter(None, (element.get(name) for name in _ATTRIBUTES)))
        label = text_before(element)
        around = f"{names} {label} {shown}"
        if parent is not None and len(label) < 2:
            around += f" {parent.get('class') or ''}"
        alone = parent is not None and sum(1 for _ in parent.iter("time")) == 1
        holder = parent.get("class") or "" if parent is not None and alone else ""
        # hAtom has "published updated" on a date that is both, and "updated" within a "publish-date".
        updated = UPDATED.search(around) is not None and not (
            _POSTED.search(f"{names} {holder}") and not UPDATED.search(f"{label} {shown}")
        )
        when = read_when(written.strip(), self.by)
        if when is not None:
            # "June 9, 2023 Updated 6 hours ago": the machine's date is that of publication.
            late = (
                UPDATED.search(f"{names} {label}") is not None
                or UPDATED.match(shown.removeprefix("Last ")) is not None
            )
            updated = updated and (late or not any(map(str.isdigit, shown.split("pdate")[0])))
            self._stamp(when, updated, machine=True)
            self._shown(shown, updated)
            self._set_apart(element, shown)
            return
        for found, late in stamps_in(shown, self.by):
            self._stamp(found, late or updated)

    def _shown(self, words: str, updated: bool) -> None:
        """Note the time that readers saw beside one for machines: it tells the paper's own zone."""
        for found, late in stamps_in(words, self.by)[:1]:
            if found.timed and late in {False, updated}:
                self._stamp(found, updated)

    def _set_apart(self, element: Element, shown: str) -> None:
        """Keep the block above the text that holds nothing but a time out of it."""
        node = element.getparent()
        while node is not None and node not in self.page.stats:
            node = node.getparent()
        if (
            node is not None and self.before and self.past_heading and self.page.stats[node].chars
            and self.page.stats[node].chars <= len(shown) + _LABEL and node.tag in {"div", "p", "span", "li"}
        ):  # fmt: skip
            self.head.taken.setdefault(node, "byline or date")

    def _stamp(self, when: When, updated: bool, *, machine: bool = False) -> None:
        above = not self.past_heading and not machine
        self.head.stamps.append(Stamp(when=when, updated=updated, before_text=self.before, above=above))

    def _dated(self, element: Element) -> None:
        if any(True for _ in element.iter("time")):
            return
        written = next(
            filter(None, (element.get(n) for n in ("datetime", "content", "data-date", "data-timestamp",
            "data-time", "data-datetime"))),
            (element.get("title") or "") if element.tag == "abbr" else "",
        )  # fmt: skip
        shown = text_of(element)
        names = " ".join(filter(None, (element.get(name) for name in _ATTRIBUTES)))
        if written and (when := read_when(written.strip(), self.by)):
            self._stamp(when, UPDATED.search(f"{names} {shown[:24]}") is not None, machine=True)
        elif len(shown) < _MAX_LINE and any(map(str.isdigit, shown)):
            stamps = stamps_in(lines_of(element), self.by)
            # "4 novembre 2021 (modifica il 5 novembre 2021)" in a "last-update": the words tell them apart.
            told = any(late for _, late in stamps)
            for found, late in stamps:
                self._stamp(found, late or (not told and UPDATED.search(names) is not None))

    def _figure(self, element: Element, tag: str) -> bool:
        if self.head.picture is not None or not self.before:
            return tag != "table" or is_figure(element, tag)
        if tag == "table" and not is_figure(element, tag):
            return False
        if tag in {"img", "amp-img", "picture"}:
            found = captioned_beside(element, self.address)
            if found is not None and self.past_heading:
                self.head.picture, beside = found
                self.head.taken |= dict.fromkeys((element, *beside), "")
            return True
        pictures = pictures_of(element, self.address)
        if pictures is None and tag not in {"figure", "table"}:
            return False  # a box around a figure
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
        links = [text_of(a) for a in element.iter("a") if signs(a)] if self.before or certain else []
        if links and (len(text) > _MAX_BYLINE or text.count("\n") > _MAX_LINES):
            text = "\n".join(links)
        (self.head.bylines if self.before or certain else self.head.late_bylines).append(text)
        self.head.signed += links or ([text] if certain else [])
        self._set_aside(element, tag, stat)
        for inner in element.iter("time"):
            self._time(inner)
        if not any(True for _ in element.iter("time")):
            for inner in element.iter("abbr"):
                self._dated(inner)
            for found, late in stamps_in(lines_of(element), self.by):
                self._stamp(found, late)
        return True

    def _in_prose(self, element: Element) -> bool:
        """Whether a link stands in a paragraph of prose, and not in a byline."""
        node = element.getparent()
        while node is not None and node not in self.page.stats:
            node = node.getparent()
        return (
            node is not None
            and self.page.stats[node].prose > 0
            and node.tag in {"p", "h2", "h3", "blockquote"}
        )

    def _loose(self, element: Element) -> bool:
        """Lines above the text that nothing names: "By Ada Quill, 13 April 2021"; True when all are."""
        if any(
            inner.tag in {"p", "div", "td", "table", "h1", "img", "figure"}
            for inner in element.iterdescendants()
        ) or (is_deck(element) and self.page.stat(element).prose):
            return False
        lines = lines_of(element).split("\n")
        if len(lines) > 6 or not lines[0] or sum(map(len, lines)) > _MAX_LOOSE:
            return False
        read = [self._note_line(line) for line in lines]
        if all(read) or (any(read) and sum(map(len, lines)) < MAX_DATE):
            self.head.taken.setdefault(element, "byline or date")
        return all(read) and not any(True for _ in element.iter("time"))

    def _note_line(self, line: str) -> bool:
        byline, stamps = read_line(line, self.by)
        if not byline and not stamps and self.past_heading and self.head.loose_bylines and is_role(line):
            return True
        if byline and self.past_heading:
            self.head.loose_bylines.append(byline)
        for when, late in stamps:
            self._stamp(when, late)
        return bool(byline and self.past_heading) or bool(stamps)

    def _deck(self, element: Element, tag: str, stat: Stat) -> bool:
        if (
            not is_deck(element)
            and not (tag in {"h2", "h3"} and self._follows_heading(element))
            and not (stat.prose > 0 and stands_as_deck(stat, self.heading, self.told) and not stat.children)
        ) or any(names_body(inner) for inner in element.iter("div", "section")):
            return False
        if stat.prose >= _MOST * self.prose and stat.prose:
            return False  # a text of a few lines, which its system calls its summary too
        if any(inner.tag in {"ul", "ol", "h2", "h3"} for inner in element.iterdescendants()):
            return False
        text = text_of(element)
        if 20 <= len(text) <= 600 and stat.link_share < 0.5:
            self.head.deck = self._without_byline(element, text)
            self.head.taken[element] = ""
            return True
        return False

    def _without_byline(self, element: Element, text: str) -> str:
        """The words of a deck, with the byline at its end noted instead."""
        for inner in element.iterdescendants("span", "p", "div", "a"):
            if signs(inner) or is_byline(f"{inner.get('class') or ''} {inner.get('itemprop') or ''}"[:300]):
                said = text_of(inner)
                if text.endswith(said) and len(said) < len(text):
                    self.head.bylines.append(byline_text(inner))
                    return text[: -len(said)].rstrip()
        return text

    def _follows_heading(self, element: Element) -> bool:
        if self.heading is None:
            return False
        previous = element.getprevious()
        return previous is not None and (previous is self.heading.element)
