"""Which element of a page holds the article's text."""

from collections.abc import Sequence

from generator.sources.importers.html.tree import Element
from generator.sources.importers.web.decks import is_deck, stands_as_deck
from generator.sources.importers.web.survey import Stat, Survey

_ENOUGH = 0.75
_ARTICLE = 200
_OWN = 600
_MOST = 0.55
_LINKED = 0.15


def locate(page: Survey, heading: Stat | None = None, told: frozenset[str] = frozenset()) -> Stat:
    """The smallest element that holds the article's text, as far as measures and names tell.

    Of several articles on one page it is the one with the `heading`. `told` is what the page says of itself,
    by which a deck is known (see stands_as_deck).
    """
    chosen = _without_columns(_located(page, _one_of_many(page, heading)), heading)
    return _with_beginning(page, chosen, heading, told)


def _one_of_many(page: Survey, heading: Stat | None) -> Stat:
    """The whole page; or the article that holds the heading, where others of their own stand beside it."""
    if heading is None:
        return page.top
    whole = [stat for stat in page.articles if stat.element.tag == "article" and stat.prose >= _ARTICLE]
    outer = [stat for stat in whole if not any(is_within(stat, other) for other in whole)]
    own = next((stat for stat in outer if is_within(heading, stat)), None)
    return (
        own
        if own is not None and len(outer) > 1 and own.prose >= min(_OWN, 0.1 * page.top.prose)
        else page.top
    )


def _without_columns(chosen: Stat, heading: Stat | None) -> Stat:
    """Of columns side by side, the one with the headline, where the others are fuller of links."""
    around = {id(holder) for holder in holders(heading)} | {id(heading)} if heading is not None else set()
    while around:
        own = next((child for child in chosen.children if id(child) in around), None)
        if own is None or own.prose < _MOST * chosen.prose or own.prose >= 0.97 * chosen.prose:
            return chosen
        chars, links = chosen.chars - own.chars, chosen.links - own.links
        if chars <= 0 or links < _LINKED * chars or links / chars < 1.5 * own.link_share:
            return chosen
        chosen = own
    return chosen


def _with_beginning(page: Survey, chosen: Stat, heading: Stat | None, told: frozenset[str]) -> Stat:
    """What holds the text and also what stands of it between the headline and the chosen element."""
    if heading is None or is_within(heading, chosen) or heading.order > chosen.order:
        return chosen
    above = [
        p for p in page.paragraphs
        if heading.order < p.order < chosen.order
        and not _in_clutter(p) and p.link_share < 0.3 and not _is_deck(p)
        and not stands_as_deck(p, heading, told)
    ]  # fmt: skip
    extra = sum(stat.prose for stat in above)
    if not above or extra > chosen.prose:
        return chosen
    joint = common_holder([chosen, *above])
    return joint if joint.prose <= 1.15 * (chosen.prose + extra) else chosen


def _is_deck(paragraph: Stat) -> bool:
    return any(is_deck(stat.element) for stat in (paragraph, *holders(paragraph)[:4]))


def _located(page: Survey, top: Stat) -> Stat:
    stop = _densest(top)
    named = _named(page, stop, top)
    if named is not None:
        return named
    holder: Stat | None = stop
    while holder is not None:
        if holder is top.parent:
            break
        if holder.element.tag in {"article", "main"} and holder.prose >= 0.5 * top.prose:
            if holder.element.tag == "main" and holder.prose < 1.1 * stop.prose:
                return stop
            return holder if holder.prose <= 1.6 * stop.prose else stop
        holder = holder.parent
    return stop


def _densest(top: Stat) -> Stat:
    """From the outside in, as long as one element holds most of the prose."""
    stat = top
    while True:
        best = max((c for c in stat.children if not c.clutter), key=lambda child: child.prose, default=None)
        if (
            best is None
            or best.prose < _ENOUGH * stat.prose
            or best.element.tag in {"p", "li", "ul", "ol", "blockquote", "span"}
        ):
            return stat
        stat = best


def _named(page: Survey, stop: Stat, top: Stat) -> Stat | None:
    """The element that calls itself the article's text, if it can be believed."""
    if not page.bodies:
        return None
    least = max(150.0, 0.2 * stop.prose)
    found = [
        stat
        for stat in page.bodies
        if stat.prose >= least and not _in_clutter(stat) and (top is page.top or is_within(stat, top))
    ]
    outer = [
        stat for stat in found if not any(other is not stat and is_within(stat, other) for other in found)
    ]
    if not outer:
        return None
    if len(outer) == 1:
        chosen = outer[0]
    else:
        joint = common_holder(outer)
        together = sum(stat.prose for stat in outer)
        marked = [s for s in outer if "articlebody" in (s.element.get("itemprop") or "").lower()]
        if joint.prose <= 1.3 * together and (
            joint.element.tag not in {"body", "html"} or together >= 0.9 * joint.prose
        ):
            chosen = joint
        else:
            chosen = max(marked or outer, key=lambda stat: stat.prose)
    chosen = _innermost(chosen, found)
    article = next((h for h in holders(chosen) if h.element.tag == "article"), None)
    if article is not None and article.prose > 1.5 * chosen.prose and article.prose <= 1.3 * stop.prose:
        return article
    return chosen if chosen.prose >= 0.4 * stop.prose else None


def _innermost(outer: Stat, found: Sequence[Stat]) -> Stat:
    """The innermost of nested bodies that still holds nearly all of the prose."""
    stat = outer
    while True:
        inner = [s for s in found if s is not stat and is_within(s, stat) and s.prose >= 0.97 * outer.prose]
        if not inner:
            return stat
        stat = max(inner, key=lambda s: (s.prose, -s.order))


def holders(stat: Stat) -> list[Stat]:
    """What an element lies in, from the inside out."""
    found = []
    holder = stat.parent
    while holder is not None:
        found.append(holder)
        holder = holder.parent
    return found


def is_within(stat: Stat, other: Stat) -> bool:
    """Whether an element lies within another."""
    return any(holder is other for holder in holders(stat))


def common_holder(stats: Sequence[Stat]) -> Stat:
    """The innermost element that holds all of these."""
    chains = [[stat, *holders(stat)][::-1] for stat in stats]
    common = chains[0][0]
    for level in zip(*chains, strict=False):
        if any(stat is not level[0] for stat in level):
            break
        common = level[0]
    return common


def element_within(element: Element, outer: Element) -> bool:
    """Whether an element is another or lies within it."""
    node: Element | None = element
    while node is not None:
        if node is outer:
            return True
        node = node.getparent()
    return False


def _in_clutter(stat: Stat) -> bool:
    return bool(stat.clutter) or any(holder.clutter for holder in holders(stat))
