"""Which pages hold an article, and what the others are."""

from urllib.parse import urlsplit

from generator.sources.importers.web.linked_data import ARTICLE_TYPES, LIST_TYPES, types_of
from generator.sources.importers.web.locate import locate
from generator.sources.importers.web.page import Page
from generator.sources.importers.web.survey import Survey

LEAST = 140
"""The characters of prose below which a page that does not call itself an article is none."""

_WHOLE = 500
_ARTICLE_METAS = (
    "article:published_time", "og:article:published_time", "parsely-pub-date", "citation_title",
    "sailthru.date",
    "datepublished", "article:modified_time",
)  # fmt: skip


def no_article(page: Page, measured: Survey) -> str:
    """What a page is that holds no article: "a list of links"; "" for one that does, or may."""
    if types_of(page.data.article) & ARTICLE_TYPES or page.meta(*_ARTICLE_METAS):
        return ""
    prose = measured.top.prose
    if _says_article(page) and prose >= LEAST / 2:
        return ""
    if page.data.kinds & LIST_TYPES:
        return "a page of another kind, by its own data"
    if any(name == "refresh" for name in page.metas) and prose < LEAST:
        return "a redirect"
    if prose < LEAST:
        return "a list of links" if measured.links > 10 else "a page without text"
    if _is_front(page.address) and measured.links > 20:
        return "a front page"
    if measured.links > 30 and measured.top.chars > 0 and prose < 0.15 * measured.top.chars:
        return "" if _is_whole(measured) else "a list of links"
    return ""


def _is_whole(measured: Survey) -> bool:
    """Whether nearly all of the prose stands together, in what is no list: comments may be most of a page."""
    text = locate(measured)
    return text.prose >= _WHOLE and text.prose >= 0.6 * measured.top.prose and text.link_share < 0.25


def _says_article(page: Page) -> bool:
    entries = 0
    for element in page.root.iter("div", "section", "article"):
        if "articlebody" in (element.get("itemprop") or "").lower():
            return True
        entries += "hentry" in (element.get("class") or "").split()
    return entries == 1 or page.meta("og:type").lower() in {"article", "news", "newsarticle", "blog"}


def _is_front(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return bool(address) and parts.path.strip("/") in {"", "index.html", "index.php"} and not parts.query
