"""The picture at an article's head: the one that readers saw there, else the one that the page names."""

import re
from dataclasses import replace
from itertools import islice

from generator.sources.importers.html import Picture
from generator.sources.importers.html.credits import split_credit
from generator.sources.importers.html.figures import is_figure, pictures_of
from generator.sources.importers.web.around import Head
from generator.sources.importers.web.linked_data import text
from generator.sources.importers.web.locate import holders, is_within
from generator.sources.importers.web.page import Page, urljoin_safe
from generator.sources.importers.web.survey import Stat, Survey

_LOGO = re.compile(
    r"(?:^|[^a-z])(?:logo|default|placeholder|favicon|icon|sprite|avatar|share-?image|social-?share|fallback)s?(?:[^a-z]|$)"
)


_BOXES = 4
_NEAR = 2
"""A picture before this many paragraphs of the text have ended stands at its head."""

_SIZED = re.compile(
    r"(?:[-_@.](?:\d{2,4}x\d{2,4}|\d{1,2}x|w\d{2,4}|\d{3,4}w?|scaled|large|medium|small|thumb(?:nail)?))+(?=\.|$)"
)


def lead_picture(page: Page, measured: Survey, holder: Stat, head: Head) -> Picture | None:
    """The picture with its caption and credit; None where the page has none of its own.

    A figure within the text that shows the picture which the page names, or stands right at the beginning,
    is taken out of the text for it.
    """
    stated = _stated(page)
    shown = head.picture or _lifted(page, measured, holder, head, stated) or _beside(page, measured, holder)
    if shown is None:
        return stated
    if stated is None:
        return shown
    return replace(
        shown,
        src=shown.src or stated.src,
        caption=shown.caption or stated.caption,
        credit=shown.credit or stated.credit,
    )


def _lifted(page: Page, measured: Survey, holder: Stat, head: Head, stated: Picture | None) -> Picture | None:
    inside = [stat for stat in measured.figures if is_within(stat, holder) and not _is_clutter(stat)]
    text = [p for p in measured.paragraphs if is_within(p, holder)][:_NEAR]
    end = text[-1].order if len(text) == _NEAR else 0
    for stat in inside[:40]:
        if stat.element.tag != "figure" and not is_figure(stat.element, str(stat.element.tag)):
            continue
        pictures = pictures_of(stat.element, page.base)
        if pictures is None or len(pictures) != 1:
            continue
        named = stated is not None and _same(pictures[0].src, stated.src)
        if named or (stat.order < end and (pictures[0].caption or pictures[0].credit)):
            head.taken[stat.element] = ""
            return pictures[0]
    return None


def _beside(page: Page, measured: Survey, holder: Stat) -> Picture | None:
    """The one picture with words of its own in a box that follows the text, as older layouts have it."""
    for box in islice(holder.element.itersiblings("div", "figure", "table", "aside"), _BOXES):
        if _is_clutter(measured.stat(box)) or sum(1 for _ in box.iter("img")) != 1:
            continue
        pictures = pictures_of(box, page.base)
        if pictures and len(pictures) == 1 and (pictures[0].caption or pictures[0].credit):
            return pictures[0]
    return None


def _is_clutter(stat: Stat) -> bool:
    return bool(stat.clutter) or any(each.clutter for each in holders(stat))


def _same(one: str, other: str) -> bool:
    """Whether two addresses are of one picture, perhaps in two sizes."""
    first, second = (
        _SIZED.sub("", each.partition("?")[0].rpartition("/")[2].lower()) for each in (one, other)
    )
    return bool(first) and first == second


def _stated(page: Page) -> Picture | None:
    src = caption = credit = ""
    for node in page.data.resolved(page.data.article.get("image") or []):
        if isinstance(node, str):
            src = src or node
        elif isinstance(node, dict):
            src = src or text(node.get("url") or node.get("contentUrl") or node.get("@id"))
            caption = caption or text(node.get("caption") or node.get("description"))
            credit = credit or text(
                node.get("creditText")
                or node.get("creator")
                or node.get("author")
                or node.get("copyrightHolder")
            )
        if src:
            break
    src = src or page.meta(
        "og:image", "og:image:url", "twitter:image", "twitter:image:src", "thumbnail", "parsely-image-url"
    )
    src = urljoin_safe(page.base, src) if src else ""
    name = src.rpartition("/")[2].lower()
    if not src.startswith(("http:", "https:")) or _LOGO.search(name):
        return None
    caption, credit = split_credit(caption, credit)
    alt = page.meta("og:image:alt", "twitter:image:alt")
    return Picture(src=src, alt=alt, caption=caption, credit=credit)
