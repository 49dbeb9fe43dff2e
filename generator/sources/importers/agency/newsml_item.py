"""What a newsItem of NewsML-G2 says, as any agency's item says it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from xml.etree.ElementTree import tostring

from generator.core.model import Value
from generator.sources.importers.agency import nitf_item
from generator.sources.importers.agency.bodies import of_html, of_plain
from generator.sources.importers.agency.items import Item, Link, Shown, Status
from generator.sources.importers.agency.moments import day_of_urn, read_dates
from generator.sources.importers.agency.pictures import Album, file_names
from generator.sources.importers.agency.texts import Text
from generator.sources.importers.base import ImportContext, Original
from generator.sources.importers.xmltree import Element, words

_STATUSES: dict[str, Status] = {"canceled": "withdrawn", "cancelled": "withdrawn", "withheld": "embargoed"}
_SUMMARIES = ("summary", "lead", "abstract", "synthe", "short", "")
_CAPTIONS = ("caption", "")
_KINDS = {"person": "people", "organisation": "organisations", "organization": "organisations",
          "geoArea": "places", "geoarea": "places", "team": "organisations"}  # fmt: skip
_XHTML = frozenset({"html", "body", "div", "article", "section", "p"})
_HTTP = ("https://", "http://")


class NewsItem:
    """A newsItem, its parts found once. `names` gives the names that its assertions give to codes."""

    def __init__(self, element: Element, asserted: dict[str, str]) -> None:
        self.element = element
        self.meta = _child(element, "itemMeta")
        self.content = _child(element, "contentMeta")
        self.rights = _child(element, "rightsInfo")
        self.shared = asserted
        self.asserted = {
            each.get("qcode") or each.get("uri") or "": _name(each, "") for each in element.findall("assert")
        }
        stated = self.content.find("language")
        self.language = (stated.get("tag") if stated is not None else "") or element.get("lang") or ""

    @property
    def guid(self) -> str:
        """The item's name."""
        return (self.element.get("guid") or "").strip()

    @property
    def kind(self) -> str:
        """Whether it is a text, a picture …; "" when it does not say."""
        return code(self.meta.find("itemClass"))

    def name(self, element: Element | None) -> str:
        """What a person, place or subject is called in the item's language; "" where only a code is given."""
        if element is None:
            return ""
        found = _name(element, self.language) or element.get("literal") or ""
        for key in ("qcode", "uri"):
            stated = element.get(key) or "?"
            found = found or self.asserted.get(stated, "") or self.shared.get(stated, "")
        return found

    def texts(self, tag: str) -> list[tuple[str, str]]:
        """Role and words of each element of a name in the content's metadata, the item's language first."""
        found = [each for each in self.content.findall(tag) if words(each)]
        found.sort(key=lambda each: not _speaks(each, self.language))
        return [(code_of(each.get("role") or ""), words(each)) for each in found]

    def subjects(self) -> dict[str, list[str]]:
        """People, organisations, places and all other subjects, by their names."""
        found: dict[str, list[str]] = {"people": [], "organisations": [], "places": [], "tags": []}
        for each in self.content.findall("subject"):
            name = self.name(each)
            if name:
                found[_KINDS.get(code_of(each.get("type") or ""), "tags")].append(name)
        return found


def item_of(news: NewsItem, original: Original, context: ImportContext, others: Sequence[Shown] = ()) -> Item:
    """All of a newsItem that an article can hold; `others` are pictures that its package shows with it."""
    where, zone = original.where, context.site.timezone
    album = Album(original, context)
    meta, content = news.meta, news.content
    dates, problems = read_dates(
        {key: words(found.find(tag)) for key, found, tag in (
            ("firstCreated", meta, "firstCreated"), ("versionCreated", meta, "versionCreated"),
            ("contentCreated", content, "contentCreated"), ("embargoed", meta, "embargoed"),
        )},
        zone, where,
    )  # fmt: skip
    first = next(
        (dates[key] for key in ("firstCreated", "versionCreated", "contentCreated") if key in dates), ""
    )
    within = _nitf(news, original, context)
    headlines = news.texts("headline")
    title = next(
        (text for role, text in headlines if role in {"", "main"}), headlines[0][1] if headlines else ""
    )
    title = title or within.title or words(meta.find("title")) or words(content.find("slugline"))
    shown = [*([_shown(news, title, album)] if news.kind in {"picture", "graphic"} else []), *others]
    lead = shown[0] if shown else within.picture
    body = _body(news, title, where, within, shown)
    subjects = news.subjects()
    status: Status = _STATUSES.get(code(meta.find("pubStatus")), "")
    embargo = dates.get("embargoed", "")
    return replace(
        within,
        ids=tuple(filter(None, (news.guid,))),
        title=title,
        body=body.markdown,
        published=first or within.published or day_of_urn(news.guid, zone),
        updated=dates.get("versionCreated", "") if "firstCreated" in dates else "",
        language=news.language or within.language,
        bylines=tuple(_bylines(news)) or within.bylines,
        dateline=_place(news) or words(content.find("dateline")) or within.dateline,
        summary=_described(news, _SUMMARIES) if news.kind not in {"picture", "graphic"} else within.summary,
        picture=lead,
        media=(*within.media, *album.media, *(each.media for each in others if each.media)),
        tags=(*subjects["tags"], *(words(each) for each in content.findall("keyword")), *within.tags),
        people=(*subjects["people"], *within.people),
        organisations=(*subjects["organisations"], *within.organisations),
        places=(*subjects["places"], *within.places),
        related=tuple(_links(news, title)),
        publisher=_provider(news) or within.publisher,
        url=news.guid if news.guid.startswith(_HTTP) else within.url,
        dated_by_version="firstCreated" not in dates,
        status=status or ("embargoed" if embargo else "") or within.status,
        embargo=embargo or within.embargo,
        extra={**within.extra, **_extra(news, headlines, title)},
        dropped=(*within.dropped, *body.dropped),
        recall=body.recall,
        problems=(*problems, *body.problems, *album.problems,
                  *(each for each in within.problems if each not in body.problems)),
    )  # fmt: skip


def code(element: Element | None) -> str:
    """The code that an element states, without its scheme: "canceled"."""
    if element is None:
        return ""
    stated = element.get("qcode") or element.get("uri") or element.get("literal") or ""
    return code_of(stated) if stated else " ".join((element.text or "").split())


def code_of(stated: str) -> str:
    """The last part of a code or of its address: "stat:canceled" and "http://…/canceled" are "canceled"."""
    return stated.strip().rstrip("/").rpartition("/")[2].rpartition(":")[2]


def _child(element: Element, tag: str) -> Element:
    found = element.find(tag)
    return found if found is not None else Element(tag)


def _speaks(element: Element, language: str) -> bool:
    spoken = (element.get("lang") or "").lower()
    return not spoken or not language or spoken[:2] == language.lower()[:2]


def _name(element: Element, language: str) -> str:
    found = [each for each in element.findall("name") if words(each)]
    return words(next((each for each in found if _speaks(each, language)), found[0] if found else None))


def _bylines(news: NewsItem) -> Iterator[str]:
    """The byline as the agency wrote it, else the names of those who made the item."""
    stated = [text for _, text in news.texts("by")]
    creators = [news.name(each) for each in news.content.findall("creator")]
    yield from filter(None, stated or creators)


def _provider(news: NewsItem) -> str:
    return news.name(news.meta.find("provider")) or news.name(news.content.find("infoSource"))


def _place(news: NewsItem) -> str:
    """Where it was written: the place and, where that is named too, its country."""
    located = news.content.find("located")
    if located is None:
        return ""
    place = news.name(located)
    wider = [news.name(each) for each in located.findall("broader")]
    return ", ".join(dict.fromkeys(filter(None, (place, *wider[-1:])))) if place else ""


def _described(news: NewsItem, roles: Iterable[str]) -> str:
    described = news.texts("description")
    return next((text for role in roles for given, text in described if given.lower() == role), "")


def _remote(news: NewsItem, kind: str) -> list[str]:
    """Where the item's files of a kind are, the largest first."""
    found: list[tuple[float, str]] = []
    for each in news.element.findall("contentSet/remoteContent"):
        href = (each.get("href") or "").strip()
        stated = each.get("contenttype") or each.get("format") or ""
        if href and (not stated or stated.startswith(f"{kind}/")):
            width = each.get("width") or ""
            found.append((float(width) if width.isdigit() and len(width) < 6 else 0.0, href))
    return [href for _, href in sorted(found, key=lambda each: -each[0])]


def _shown(news: NewsItem, title: str, album: Album) -> Shown:
    """A picture item as a picture."""
    hrefs = _remote(news, "image")
    src, media = album.place(hrefs)
    creators = [news.name(each) for each in news.content.findall("creator")]
    lines = [text for _, text in news.texts("creditline")]
    return Shown(
        src=src,
        media=media,
        files=file_names(hrefs),
        caption=_described(news, _CAPTIONS) or title,
        credit="/".join(filter(None, (*creators[:1], *lines[:1]))),
        taken=words(news.content.find("contentCreated"))[:10],
    )


picture_of = _shown


def _nitf(news: NewsItem, original: Original, context: ImportContext) -> Item:
    """What the item's NITF says by itself; an empty item where it has none."""
    found = news.element.find("contentSet/inlineXML/nitf")
    return nitf_item.item_of(found, original, context) if found is not None else Item(ids=())


def _body(news: NewsItem, title: str, where: str, within: Item, shown: Sequence[Shown]) -> Text:
    lead, others = (shown[0] if shown else None), shown[1:]
    for inline in news.element.findall("contentSet/inlineXML"):
        child = next(iter(inline), None)
        if child is None:
            continue
        if child.tag == "nitf":
            extra = of_html("", "", where, lead=None, others=others)
            text = "\n\n".join(filter(None, (within.body, extra.markdown)))
            return Text(text, (), within.recall, extra.problems)
        if child.tag in _XHTML:
            child.tail = None
            html = tostring(child, encoding="unicode", method="html")
            return of_html(html, title, where, lead=lead, others=others)
    for data in news.element.findall("contentSet/inlineData"):
        text = "".join(data.itertext()).strip()
        if not text or data.get("encoding"):
            continue
        if "html" in (data.get("contenttype") or ""):
            return of_html(text, title, where, lead=lead, others=others)
        return of_plain(text, title, where, others)
    return of_html("", title, where, lead=None, others=others)


def _links(news: NewsItem, title: str) -> Iterator[Link]:
    for each in (*news.meta.findall("link"), *news.content.findall("link")):
        href = (each.get("href") or "").strip()
        if href.startswith(_HTTP):
            yield Link(title=words(each.find("title")), url=href, label=code_of(each.get("rel") or ""))
    if news.kind in {"video", "audio"}:
        hrefs = [href for href in _remote(news, news.kind) if href.startswith(_HTTP)]
        if hrefs:
            yield Link(title=title, url=hrefs[0], label=news.kind)


def _extra(news: NewsItem, headlines: Sequence[tuple[str, str]], title: str) -> dict[str, Value]:
    """Keys of the front matter beside Morgue's own."""
    meta, content, rights = news.meta, news.content, news.rights
    genres = [news.name(each) or code(each) for each in content.findall("genre")]
    urgency = words(content.find("urgency"))
    decks = [text for role, text in headlines if text != title and role not in {"", "main"}]
    found: dict[str, Value] = {
        "deck": decks[0] if decks else "",
        "genre": genres[0] if len(genres) == 1 else [*genres],
        "item_type": news.kind if news.kind not in {"", "text"} else "",
        "revision": news.element.get("version") or "",
        "urgency": int(urgency) if urgency.isdigit() and len(urgency) < 3 else urgency,
        "slugline": words(content.find("slugline")),
        "service": news.name(meta.find("service")),
        "editorial_note": " ".join(filter(None, (words(each) for each in meta.findall("edNote")))),
        "copyright_holder": news.name(rights.find("copyrightHolder")),
        "copyright_notice": words(rights.find("copyrightNotice")),
        "usage_terms": " ".join(filter(None, (words(each) for each in rights.findall("usageTerms")))),
    }  # fmt: skip
    return {key: value for key, value in found.items() if value not in ("", [])}
