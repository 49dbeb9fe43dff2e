"""What a page says of its article, from the surest source that says it: headline, section, tags, deck."""

import re
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urljoin, urlsplit

from generator.sources.importers.web.around import Head
from generator.sources.importers.web.linked_data import clean, text, types_of
from generator.sources.importers.web.page import Page

_SEPARATOR = re.compile(r"\s+[|•·»«–—:]+\s+|\s+-{1,2}\s+|\s*[|»]\s*")
_KICKER = re.compile(
    r"^(?:opinion|analysis|editorial|review|perspective|column|comment|commentary|live|exclusive|interview|essay|letter|obituary|"
    r"meinung|kommentar|analyse|opinión|análisis|tribune|opinião|opinione|mening|debatt)\s*\|\s+(?=\S)",
    re.IGNORECASE,
)
"""A kind of article that is set before the headline where readers see it apart: "Opinion | …"."""

_SURE = 6.0
_WORD = 4
_TAG_METAS = (
    "article:tag",
    "news_keywords",
    "parsely-tags",
    "sailthru.tags",
    "keywords",
    "og:article:tag",
    "dc.subject",
    "article.tags",
    "citation_keywords",
)


def headline(page: Page, head: Head) -> str:
    """The headline as readers saw it, by the agreement of all that state one."""
    candidates: dict[str, tuple[float, str]] = {}
    apart: dict[str, str] = {}
    spelled: dict[str, list[str]] = {}

    def vote(words: str, weight: float) -> None:
        words = clean(words)
        if (kicker := _KICKER.match(words)) is not None:
            apart[_letters(words)] = words[kicker.end() :]
            words = words[kicker.end() :]
        key = _letters(words)
        if key and len(words) <= 400:
            score, first = candidates.get(key, (0.0, words))
            candidates[key] = (score + weight, first)
            spelled.setdefault(key, []).append(words)

    sites = site_names(page)
    shown = clean(head.headline)
    vote(shown, _SURE if head.sure and _akin(page, shown) else 3.0)
    article = page.data.article
    for name, weight in (("headline", 3.0), ("name", 1.0), ("alternativeHeadline", 0.4)):
        vote(without_site(text(article.get(name)), sites), weight)
    vote(text(page.data.weak.get("headline")), 1.0)
    # What search engines and friends are shown is often one field of the editors', said three times.
    told: set[str] = set()
    for words, weight in (
        (page.meta("og:title"), 2.0),
        (page.meta("twitter:title"), 1.2),
        (page.title, 1.0),
    ):
        plain = without_site(words, sites, sure=words != page.title)
        vote(plain, weight if words not in told else weight / 4)
        told.add(words)
    for name, weight in (
        ("parsely-title", 1.5), ("sailthru.title", 1.5), ("headline", 2.0), ("dc.title", 1.2),
        ("citation_title", 2.0), ("title", 0.8), ("dcterms.title", 1.0), ("hdl", 1.5), ("name", 0.5),
    ):  # fmt: skip
        vote(without_site(page.meta(name), sites), weight)
    if not candidates:
        return ""
    ranked = sorted(candidates.values(), key=lambda each: -each[0])
    best = ranked[0][1]
    if (own := apart.get(_letters(shown))) is not None:
        return own
    if head.kicker and shown.startswith(head.kicker):
        rest = shown[len(head.kicker) :].lstrip(" :|–—-")
        if _letters(rest) in spelled:
            return spelled[_letters(rest)][0]
        if any(key.endswith(_letters(rest)) for key in candidates) and len(rest) > len(head.kicker):
            return rest
    if (
        shown
        and shown != best
        and (_contains(best, shown) or _contains(shown, best))
        and len(shown) >= 0.5 * len(best)
    ):
        kicker = _letters(shown).endswith(_letters(best)) and len(shown) > len(best)
        return best if kicker and (ranked[0][0] >= 4.0 or head.kicker) else _marked(shown, spelled)
    return _marked(best, spelled)


def _letters(words: str) -> str:
    """Words as headlines are compared: their letters and figures alone."""
    return re.sub(r"\W+", "", words).casefold()


def _akin(page: Page, shown: str) -> bool:
    """Whether a heading has a word of some length in common with what the page says its title is."""
    said = " ".join([text(page.data.article.get("headline")), page.meta("og:title"), page.title]).casefold()
    return any(len(word) >= _WORD and word in said for word in re.findall(r"\w+", shown.casefold()))


def _marked(best: str, spelled: Mapping[str, Sequence[str]]) -> str:
    """A headline with the colon that markup has between its parts and others write."""
    if ":" in best:
        return best
    return next((words for words in spelled.get(_letters(best), ()) if ": " in words), best)


def without_site(title: str, sites: Iterable[str], *, sure: bool = True) -> str:
    """A title without the name of the site or section behind it.

    With `sure`, only a part that names the site is taken off; else the last short part too.
    """
    parts = _SEPARATOR.split(title)
    if len(parts) < 2:
        return title
    known = {re.sub(r"\W+", "", site).casefold() for site in sites if site}
    separators = list(_SEPARATOR.finditer(title))
    end, start = len(title), 0
    while separators:
        last = re.sub(r"\W+", "", title[separators[-1].end() : end]).casefold()
        if last in known or (
            last
            and any(
                last in site or (site in last and len(last) < 2 * len(site))
                for site in known
                if len(site) > 3
            )
        ):
            end = separators.pop().start()
        else:
            break
    if separators and end < len(title) and "|" in separators[-1][0]:
        end = separators[-1].start()
    if end == len(title) and separators:
        first = re.sub(r"\W+", "", title[: separators[0].start()]).casefold()
        if first in known:
            start = separators[0].end()
        elif (
            not sure
            and len(title[separators[-1].end() :]) <= 40
            and len(title[: separators[-1].start()]) >= 15
            and separators[-1][0].strip() != ":"
        ):
            end = separators[-1].start()
    return title[start:end].strip()


def site_names(page: Page) -> tuple[str, ...]:
    """What the site is called, as far as the page tells."""
    names = [
        publisher(page),
        *page.all_metas("dc.publisher", "dcterms.publisher", "publisher", "copyright-holder"),
        page.meta("og:site_name", "application-name", "apple-mobile-web-app-title", "twitter:site").lstrip(
            "@"
        ),
    ]
    parts = _SEPARATOR.split(page.title.replace("_", " | "))
    if len(parts) > 1 and parts[-1] in page.all_metas("author", "publisher", "source", "copyright"):
        names.append(parts[-1])  # what calls itself the author and stands behind every title is the paper
    host = urlsplit(page.address).hostname or ""
    labels = host.removeprefix("www.").split(".")
    names += [labels[0], host.removeprefix("www."), ".".join(labels[-2:])]
    if len(labels) > 2:
        names.append(labels[-2])
    return tuple(dict.fromkeys(name for name in names if len(name) > 1))


def publisher(page: Page) -> str:
    """Who published it."""
    for node in page.data.resolved(
        page.data.article.get("publisher") or page.data.article.get("sourceOrganization")
    ):
        if name := text(node):
            return name
    for node in page.data.by_id.values():
        if types_of(node) & {"newsmediaorganization", "website"} and (name := text(node.get("name"))):
            return name
    return (
        page.meta(
            "og:site_name",
            "application-name",
            "dc.publisher",
            "dcterms.publisher",
            "publisher",
            "citation_journal_title",
            "copyright-holder",
        )
        or ""
    )


def _contains(longer: str, shorter: str) -> bool:
    return _letters(shorter) in _letters(longer)


def section(page: Page) -> str:
    """The section it stood in."""
    value = page.data.article.get("articleSection")
    names = value if isinstance(value, list) else [value]
    for name in (
        *map(text, names),
        *page.all_metas(
            "article:section",
            "parsely-section",
            "og:section",
            "cxenseparse:section",
            "section",
            "dc.type.section",
            "sailthru.section",
        ),
    ):
        if name and len(name) < 80 and not name.startswith("http"):
            return name
    crumbs = [
        c
        for c in page.data.crumbs
        if c.casefold() not in {"home", "start", "startseite", "accueil", "inicio", "news"}
    ]
    return crumbs[0] if len(crumbs) > 1 else ""


def tags(page: Page, head: Head) -> tuple[str, ...]:
    """Its keywords."""
    found: dict[str, str] = {}
    value = page.data.article.get("keywords")
    lists: list[Sequence[str]] = [
        _split_tags(value)
        if isinstance(value, str)
        else [text(v) for v in value]
        if isinstance(value, list)
        else []
    ]
    for name in _TAG_METAS:
        values = page.all_metas(name)
        lists.append([part for v in values for part in (_split_tags(v) if len(values) == 1 else [v])])
    lists.append(head.tags)
    for names in lists:
        for name in names:
            plain = clean(name).strip(" #,;")
            if (
                1 < len(plain) <= 60
                and ":" not in plain
                and "/" not in plain
                and not plain.startswith("http")
            ):
                found.setdefault(plain.casefold(), plain)
        if found:
            break
    return tuple(list(found.values())[:30])


def _split_tags(value: str) -> list[str]:
    separator = (
        ";" if value.count(";") > value.count(",") else "|" if "|" in value and "," not in value else ","
    )
    return [part.strip() for part in clean(value).split(separator)]


def deck(page: Page, head: Head) -> str:
    """The lines under the headline; what the page gives as its description where it shows none."""
    if head.deck:
        return head.deck
    for words in (text(page.data.article.get("alternativeHeadline")), *descriptions(page)):
        if len(words) >= 20 and not words.endswith(("...", "…", "[…]", "[...]")):
            return words
    return ""


def descriptions(page: Page) -> tuple[str, ...]:
    """What the page says of itself in its meta tags and data, the surest first; "" where it says nothing."""
    meta = page.meta("og:description", "description", "twitter:description", "sailthru.description")
    return meta, text(page.data.article.get("description"))


def absolute(base: str, address: str) -> str:
    """An address made absolute; "" when it cannot be."""
    try:
        return urljoin(base, address) if base else address
    except ValueError:
        return ""
