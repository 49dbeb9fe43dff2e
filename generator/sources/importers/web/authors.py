"""Who a page says wrote its article."""

import re
from collections.abc import Sequence

from generator.sources.importers.html.tree import Element
from generator.sources.importers.web.around import Head
from generator.sources.importers.web.facts import site_names
from generator.sources.importers.web.linked_data import text, types_of
from generator.sources.importers.web.names import begins_with_by, is_agency, is_company, is_nobody, names_in
from generator.sources.importers.web.page import Page

_AUTHOR_METAS = (
    "parsely-author", "sailthru.author", "author", "article:author_name", "byl", "byline", "dc.creator",
    "dcterms.creator", "citation_author", "authors", "article.author",
    "cxenseparse:author", "cxenseparse:recs:articleauthor", "article:author", "og:article:author",
    "dcsext.author", "rbauthors",
    "search.byline", "bepress_citation_author", "shareaholic:article_author_name", "twitter:data1", "creator",
)  # fmt: skip


_LATE = 2
_SHORT = 6
_SENTENCE = 100
_COLLECTIVE = frozenset(
    [
        "bureau", "correspondent", "desk", "digital", "editorial", "editorialteam", "newsdesk", "newsroom",
        "newsservice", "online", "onlinedesk", "reporter", "reporters", "staff", "team", "webdesk", "webteam",
    ]
)  # fmt: skip
"""What behind a paper's name makes it no author: "The Deccan Courier Bureau"."""


def authors(page: Page, head: Head) -> tuple[str, ...]:
    """Who wrote it, as people would list them: by the surest source that names anybody."""
    language = page.language
    sites = {_site_key(name) for name in site_names(page)}
    shown = _from_bylines(head.bylines, language) or _from_bylines(head.loose_bylines, language)
    stated, bodies = _stated(page, sites)
    # A byline may hold the paper's own name beside those of people.
    papers = sites | {re.sub(r"\W+", "", name).casefold() for name in bodies}
    shown = tuple(_without_sites(shown, papers)) or shown
    signed = () if shown else tuple(_without_sites(_signed(head, language), sites))
    stated = stated or ([] if shown or signed else bodies)
    stated = stated or _from_metas(page, sites)
    if not stated:
        return shown or signed or tuple(_without_sites(_late(head, language), papers))
    if shown and set(map(_name_key, stated)) < set(map(_name_key, shown)) and len(shown) <= 8:
        return shown
    agencies = all(map(is_agency, stated))
    if shown and not any(" " in name for name in stated) and not agencies:
        return shown
    if shown and agencies and not any(map(is_agency, shown)):
        return shown
    return tuple(stated)


def _from_metas(page: Page, sites: set[str]) -> list[str]:
    """The authors that the first meta tag for them names."""
    for metas in (("citation_author",), *((name,) for name in _AUTHOR_METAS)):
        found: list[str] = []
        for value in page.all_metas(*metas):
            if value.startswith(("http:", "https:", "/")):
                continue
            found += names_in(
                value,
                language=page.language,
                certain=True,
                inverted=metas[0] in {"citation_author", "dc.creator", "dcterms.creator"},
            )
        # "SPIEGEL ONLINE, Hamburg, Germany": behind the paper's name stands its address.
        if found and _without_sites(found[:1], sites):
            return _without_sites(found, sites)
    return []


def _late(head: Head, language: str) -> Sequence[str]:
    """The names of a byline below the text; of several, which are those of other articles too, the first."""
    lines = list(dict.fromkeys(head.late_bylines))
    return _from_bylines(lines[:_LATE], language) or (
        names_in(lines[0], language=language, certain=True)[:1] if len(lines) == 1 else ()
    )


def _signed(head: Head, language: str) -> list[str]:
    """Names of one word ("kinra", "Sandra"), which only what is surely a byline can tell from others."""
    found: list[str] = []
    for line in head.signed[:12]:
        found += names_in(line, language=language, certain=True)[:1]
    for line in (*head.bylines, *head.loose_bylines):
        if not found and begins_with_by(line) and len(line.split()) <= _SHORT:
            found += names_in(line, language=language, certain=True)[:1]
    return found


def _stated(page: Page, sites: set[str]) -> tuple[list[str], list[str]]:
    """The people that the page's data name as its authors, and the bodies."""
    found: list[str] = []
    bodies: list[str] = []
    article = page.data.article
    for node in page.data.resolved(article.get("author") or article.get("creator") or []):
        if isinstance(node, dict):
            written = node.get("name") or ""
            if isinstance(written, list):
                written = "; ".join(str(name) for name in written)
            if not written and ("givenName" in node or "familyName" in node):
                written = f"{text(node.get('givenName'))} {text(node.get('familyName'))}"
            names = names_in(str(written), language=page.language, certain=True)
            if is_company(str(written)):
                names = (" ".join(str(written).split()),)
            of_people = not any(kind.endswith("organization") for kind in types_of(node)) and not all(
                map(is_agency, names)
            )
            (found if of_people else bodies).extend(names)
        elif isinstance(node, str) and not node.startswith("http"):
            found += names_in(node, language=page.language, certain=True)
    found, bodies = _without_sites(found, sites), _without_sites(bodies, sites)
    if not found and not bodies:
        for element in page.root.iter():
            if isinstance(element.tag, str) and "author" in _property(element).split():
                found += _itemprop_author(element, page.language)
                if len(found) > 30:
                    break
    return _without_sites(found, sites), bodies


def _property(element: Element) -> str:
    """What microdata or RDFa call what an element holds: "author"."""
    return (element.get("itemprop") or element.get("property") or "").lower().replace("schema:", "")


def _itemprop_author(element: Element, language: str) -> tuple[str, ...]:
    node: Element | None = element
    while node is not None:
        if (
            "comment"
            in (node.get("itemprop") or "") + (node.get("class") or "") + (node.get("itemtype") or "").lower()
        ):
            return ()
        node = node.getparent()
    if element.get("content"):
        return names_in(element.get("content") or "", language=language, certain=True)
    inner = [
        each
        for each in element.iter()
        if isinstance(each.tag, str) and _property(each) == "name" and each is not element
    ]
    found: list[str] = []
    for each in inner:
        found += names_in(
            each.get("content") or "".join(map(str, each.itertext())), language=language, certain=True
        )
    return tuple(found)


def _without_sites(names: Sequence[str], sites: set[str]) -> list[str]:
    kept: dict[str, str] = {}
    for name in names:
        key = re.sub(r"\W+", "", name).casefold()
        if (
            key in sites
            or any(key.removeprefix(site) in _COLLECTIVE for site in sites if len(site) > 3)
            or is_nobody(name)
            or (key.endswith(("staff", "newsdesk", "editors")) and len(key) > 4)
        ):
            continue
        kept.setdefault(_name_key(name), name)
    return list(kept.values())


def _site_key(name: str) -> str:
    """A site's name as names are compared: "Deutsche Welle (www.dw.com)" is "deutschewelle"."""
    return re.sub(r"\W+", "", re.sub(r"\([^()]*\)", "", name) or name).casefold()


def _from_bylines(bylines: Sequence[str], language: str) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for line in bylines[:12]:
        names = names_in(_without_sentences(line), language=language)
        for name in names:
            if not any(_name_key(name) in key or key in _name_key(name) for key in found):
                found[_name_key(name)] = name
    people = [name for name in found.values() if not is_agency(name)]
    return tuple(people or found.values())


def _without_sentences(line: str) -> str:
    """A byline without the lines of it that tell of its author: "She also edits the site's podcasts."."""
    kept = [each for each in line.split("\n") if len(each) <= _SENTENCE or begins_with_by(each)]
    return "\n".join(kept) or line


def _name_key(name: str) -> str:
    return " ".join(re.sub(r"[^\w\s]", "", name).casefold().split())
