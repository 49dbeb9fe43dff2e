"""Which element of a page is the article's headline."""

import re
from collections.abc import Iterable, Sequence

from generator.sources.importers.html.clutter import unwanted
from generator.sources.importers.html.tree import Element, walk
from generator.sources.importers.web.locate import holders
from generator.sources.importers.web.survey import Stat, Survey

LEAST = 4
"""The marks a heading must have before elements that are no headings are looked at."""

_NAMED = re.compile(
    r"(?:^|[\s_-])(?:headline|(?:entry|post|article|story|news|page|content|main|single)[\s_-]{0,2}(?:title|headline|heading)|"
    r"hdl|titulo|titre|titel|titolo|schlagzeile|uberschrift|rubrik|p-name)(?=[\s_0-9-]|$)|headline|entry-title",
    re.IGNORECASE,
)
_KICKER = re.compile(
    r"(?:^|[\s_-])(?:kicker|eyebrow|overline|topper|dachzeile|spitzmarke|antetitulo|cintillo|occhiello|surtitre|"
    r"flag|label|rubric|section|category|badge|sr-?only|visually-?hidden|screen-?reader-?text)(?=[\s_0-9-]|$)",
    re.IGNORECASE,
)
_DECK = re.compile(
    r"(?:^|[\s_-])sub-?_?(?:head|header|heading|headline|title|hed)(?=[\s_0-9-]|$)", re.IGNORECASE
)
_SITE = re.compile(
    r"(?:^|[\s_-])(?:site|logo|brand|masthead|blog)[\s_-]{0,2}(?:title|name|logo|header)?(?=[\s_0-9-]|$)",
    re.I,
)
_PARTS = re.compile(r"\s+[|•·»«–—:-]{1,2}\s+|\s*[|»_]\s*|:\s+")
_DAY_AFTER = re.compile(r"[\s(,-]+[0-3]?\d[./-][0-3]?\d[./-]\d{2,4}\)?\s*$")
_LONG = 10
_LONGEST = 160
_LARGE = 4
_INLINE = ("b", "strong", "font", "span", "big", "div", "p", "td", "center", "th", "a", "em", "u")


def find_heading(page: Survey, titles: Sequence[str], sites: Iterable[str] = ()) -> Stat | None:
    """The headline's element; `titles` are headlines that the page states elsewhere, the surest first.

    None when nothing in the page looks like one.
    """
    wanted = {key(title) for title in titles if title}
    every = {key(part) for title in titles for part in _PARTS.split(title)}
    # "Bronze pig stolen from bank 10/08/99": the day behind a headline is none of it.
    every |= {key(_DAY_AFTER.sub("", part)) for title in titles for part in _PARTS.split(title)}
    parts = {part for part in every if len(part) >= _LONG} | wanted
    names = {key(site) for site in sites if site}
    shown = [s for s in page.headings if s.chars and not s.clutter and not any(h.clutter for h in holders(s))]
    first = page.paragraphs[0].order if page.paragraphs else 0
    ranked = sorted(
        (
            (_marks(stat, wanted, parts | every, names), stat.order < first, -stat.order, stat)
            for stat in shown[:80]
        ),
        key=lambda each: each[:3],
    )
    if ranked and ranked[-1][0] >= LEAST:
        return ranked[-1][3]
    found = _elsewhere(page, (parts - names) - {""})
    if found is None or " " not in key(heading_text(found.element)):
        # "The Dispatch: Obituaries" names a section; the headline is what is set largest.
        found = (None if ranked and ranked[-1][0] > 0 else _largest(page)) or found
    return found or (ranked[-1][3] if ranked and ranked[-1][0] > 0 else None)


def _largest(page: Survey) -> Stat | None:
    """The words in the largest of the large fonts of a page without headings, the first of them."""
    best: Element | None = None
    size = _LARGE - 1
    for element in page.top.element.iter("font"):
        written = (element.get("size") or "").lstrip("+")
        if written.isdecimal() and len(written) == 1 and int(written) > size and element.get("size") != "+1":
            words = heading_text(element) if _is_short(element) else ""
            if _LONG < len(words) <= _LONGEST and " " in words:
                best, size = element, int(written)
    return _placed(page, best) if best is not None else None


def _is_short(element: Element) -> bool:
    """Whether an element holds few enough words for a headline; told without reading all that it holds."""
    length = 0
    for piece in element.itertext():
        length += len(str(piece).strip())
        if length > _LONGEST:
            return False
    return True


def _marks(stat: Stat, wanted: set[str], parts: set[str], names: set[str]) -> float:
    element, words = stat.element, key(heading_text(stat.element))
    if not words:
        return -9
    marks = {"h1": 3.0, "h2": 1.0, "h3": 0.5}.get(str(element.tag), 0.0)
    if words in wanted:
        marks += 5
    elif words in parts:
        marks += 4
    elif len(words) > 10 and any(len(title) > 10 and (words in title or title in words) for title in wanted):
        marks += 3
    parent = element.getparent()
    called = f"{element.get('class') or ''} {element.get('itemprop') or ''} {element.get('id') or ''}"
    around = f"{parent.get('class') or ''} {parent.get('id') or ''}" if parent is not None else ""
    if _DECK.search(called[:300]):
        marks -= 5
    elif _NAMED.search(called[:300]):
        marks += 2
    if (_SITE.search(called[:300]) or _SITE.search(around[:300])) and words not in wanted:
        marks -= 3
    if words in names or _leads_home(element):
        marks -= 6
    return marks


def is_sure(page: Survey, heading: Stat) -> bool:
    """Whether a heading is the headline by its markup alone: the one <h1>, or an <h1> that is called so."""
    if heading.element.tag != "h1":
        return False
    called = f"{heading.element.get('class') or ''} {heading.element.get('itemprop') or ''}"
    shown = [s for s in page.headings if s.element.tag == "h1" and s.chars and not s.clutter]
    return _NAMED.search(called[:300]) is not None or len(shown) == 1


def _leads_home(element: Element) -> bool:
    link = next(iter(element.iter("a")), None)
    href = (link.get("href") or "").strip() if link is not None else ""
    return (
        bool(href)
        and href.split("//")[-1].rstrip("/").count("/") == 0
        and ("//" in href or href in {"/", "./", "index.html", "index.php", "default.asp"})
    )


def _elsewhere(page: Survey, wanted: set[str]) -> Stat | None:
    """An element that is no heading, and yet says what the page's title says: bold words, a large font."""
    best: Element | None = None
    length = (False, 0)
    for number, element in enumerate(page.top.element.iter()):
        if number > 20_000:
            break
        text = element.text
        if not text or not isinstance(element.tag, str) or len(text) > 300 or element.tag not in _INLINE:
            continue
        # A menu names sections as the title does: what is no link comes first.
        rank = (element.tag != "a", len(text))
        if rank > length and key(text) in wanted:
            best, length = element, rank
    return _placed(page, best) if best is not None else None


def _placed(page: Survey, element: Element) -> Stat:
    """An element as measured; one that was not, with the place of what it lies in."""
    found = page.stats.get(element)
    if found is not None:
        return found
    node: Element | None = element.getparent()
    while node is not None and node not in page.stats:
        node = node.getparent()
    parent = page.stats[node] if node is not None else page.top
    return Stat(element, parent, order=parent.order)


def heading_text(element: Element) -> str:
    """The words of a headline in one line, without a kicker or words for screen readers within it."""
    words: list[str] = []
    walker = walk(element)
    for event, inner in walker:
        if event == "start":
            names = f"{inner.get('class') or ''} {inner.get('id') or ''}"
            if inner is not element and (
                inner.tag in {"script", "style", "button", "svg"}
                or (len(names) > 1 and _KICKER.search(names[:300]))
                or unwanted(inner, str(inner.tag)) in {"hidden text", "share bar"}
            ):
                walker.skip()
            else:
                words.append(inner.text or "")
                if inner.tag == "br":
                    words.append(" ")
        elif inner is not element:
            words.append(inner.tail or "")
            if inner.tag in {"p", "div", "br", "span"} and inner.getnext() is not None and not inner.tail:
                words.append(" ")
    text = " ".join("".join(words).split())
    return text or " ".join("".join(map(str, element.itertext())).split())


def kicker_of(element: Element) -> str:
    """The words with which a headline begins in an element of their own, where others follow; "" for none."""
    first = next((inner for inner in element if isinstance(inner.tag, str)), None)
    if first is None or (element.text or "").strip():
        return ""
    words = " ".join("".join(map(str, first.itertext())).split())
    return words if 0 < len(words) < len(heading_text(element)) else ""


def key(words: str) -> str:
    """Words as titles are compared: without marks, in small letters."""
    return re.sub(r"\W+", " ", words).casefold().strip()
