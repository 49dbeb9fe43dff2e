"""What an item of ninjs says, as any agency's item says it."""

from generator.core.model import Value
from generator.sources.importers.agency.bodies import of_html, of_plain
from generator.sources.importers.agency.items import Item, Link, Shown, Status
from generator.sources.importers.agency.moments import day_of_urn, read_dates
from generator.sources.importers.agency.ninjs_fields import Fields, Passage
from generator.sources.importers.agency.nitf_body import html_of_text
from generator.sources.importers.agency.pictures import Album, file_names
from generator.sources.importers.agency.texts import Text, bare
from generator.sources.importers.base import Dropped, ImportContext, Original

STATUSES: dict[str, Status] = {"canceled": "withdrawn", "withheld": "embargoed"}
"""What IPTC's publishing statuses are here; a usable item has none."""

ASSOCIATED_LIMIT = 200
"""The most pictures and links of one item."""

_SUMMARIES = (
    "summary",
    "lead",
    "abstract",
    "standfirst",
    "deck",
    "teaser",
    "ingress",
    "text",
    "html",
    "xhtml",
    "short",
    "",
)
_CAPTIONS = ("caption", "caption_text", "text", "xhtml", "html", "long", "")
_CREDITS = ("creditline", "credit", "credit_line")
_PICTURES = frozenset({"picture", "graphic"})
_KINDS = (("image/", "picture"), ("video/", "video"), ("audio/", "audio"), ("text/", "text"))


def kind_of(item: Fields) -> str:
    """Whether an item is a text, a picture, an event …; "" when nothing tells."""
    stated = item.text("type")
    if stated:
        return stated
    for key, kind in (("eventDetails", "event"), ("eventdetails", "event"), ("plannedCoverage", "planning")):
        if key in item.item:
            return kind
    media = [item.text("mimetype"), *(each.type for each in item.renditions())]
    return next((kind for each in media for start, kind in _KINDS if each.startswith(start)), "")


def item_of(item: Fields, original: Original, context: ImportContext) -> Item:
    """All of an item that an article can hold; what has no place in one is among its `dropped`."""
    where, zone = original.where, context.site.timezone
    album = Album(original, context)
    dates, problems = read_dates(_stated_dates(item), zone, where)
    published = _first_date(item, dates, zone)
    if not published and item.parent is not None:
        published = _first_date(item.parent, read_dates(_stated_dates(item.parent), zone, where)[0], zone)
    kind = kind_of(item)
    title = _title(item)
    lead, others, links = _associated(item, kind, album)
    text = _text(item, title, where, others, lead)
    status = STATUSES.get(item.text("pubStatus"), "")
    if dates.get("embargoed") and not status:
        status = "embargoed"
    unused = [Dropped(f"key {key}", "an article has no place for it") for key in item.unused()[:50]]
    return Item(
        ids=(item.uri,) if item.uri else (),
        title=title,
        body=text.markdown,
        published=published,
        updated=dates.get("versioncreated", "") if dates.get("firstcreated") else "",
        language=item.text("language"),
        bylines=tuple(filter(None, (item.text("byline", "by"),))),
        dateline=item.text("located"),
        summary=_summary(item, kind, lead),
        picture=lead,
        media=tuple(album.media),
        tags=(*item.named("subject", "subjects"), *item.named("event", "events")),
        people=tuple(item.named("person", "people")),
        organisations=tuple(item.named("organisation", "organisations")),
        places=tuple(item.named("place", "places")),
        related=tuple(links),
        publisher=_publisher(item),
        url=item.uri if item.uri.startswith(("http://", "https://")) else "",
        status=status,
        embargo=dates.get("embargoed", ""),
        dated_by_version="firstcreated" not in dates,
        extra=_extra(item, kind),
        dropped=(*text.dropped, *unused),
        recall=text.recall,
        problems=(*problems, *text.problems, *album.problems),
    )  # fmt: skip


def _stated_dates(item: Fields) -> dict[str, str]:
    return {
        "versioncreated": item.text("versionCreated"),
        "firstcreated": item.text("firstCreated"),
        "contentcreated": item.text("contentCreated"),
        "embargoed": item.text("embargoedUntil", "embargoed"),
    }


def _first_date(item: Fields, dates: dict[str, str], zone: str) -> str:
    found = (dates.get(key) for key in ("firstcreated", "versioncreated", "contentcreated", "embargoed"))
    return next(filter(None, found), "") or day_of_urn(item.uri, zone)


def _title(item: Fields) -> str:
    passages = list(item.passages("headline", "headlines"))
    for wanted in ("main", ""):
        for each in passages:
            if each.role == wanted:
                return each.words
    if item.text("title"):
        return bare(item.text("title"))
    return passages[0].words if passages else bare(item.text("slugline"))


def _by_role(passages: list[Passage], roles: tuple[str, ...]) -> str:
    for role in roles:
        for each in passages:
            if each.role == role:
                return each.words
    return ""


def _summary(item: Fields, kind: str, lead: Shown | None) -> str:
    described = list(item.passages("description", "descriptions"))
    found = _by_role(described, _SUMMARIES)
    return "" if kind in _PICTURES and lead is not None and found == lead.caption else found


def _shown(item: Fields, album: Album) -> Shown:
    """An item that is a picture, as a picture."""
    described = list(item.passages("description", "descriptions"))
    hrefs = [each.href for each in item.renditions() if not each.type or each.type.startswith("image/")]
    src, media = album.place(hrefs)
    return Shown(
        src=src,
        media=media,
        files=file_names(hrefs),
        alt=_by_role(described, ("alt", "alttext", "alt_text")),
        caption=_by_role(described, _CAPTIONS) or item.text("headline", "title"),
        credit=_by_role(described, _CREDITS) or item.text("byline", "by") or item.text("copyrightHolder"),
        taken=item.text("contentCreated")[:10],
    )


def _associated(item: Fields, kind: str, album: Album) -> tuple[Shown | None, list[Shown], list[Link]]:
    """The picture an item leads with, the others, and what else it goes with."""
    shown: list[Shown] = [_shown(item, album)] if kind in _PICTURES else []
    links: list[Link] = []
    for each in item.associated():
        if len(shown) + len(links) >= ASSOCIATED_LIMIT:
            break
        if kind_of(each) in _PICTURES:
            shown.append(_shown(each, album))
            continue
        url = _address(each)
        title = _title(each) or each.name
        if title or url:
            links.append(Link(title=title, url=url, label=kind_of(each)))
    if kind in {"video", "audio"}:
        href = _address(item)
        links += [Link(title=_title(item), url=href, label=kind)] if href else []
    return (shown[0] if shown else None), shown[1:], links


def _address(item: Fields) -> str:
    """Where a film, a recording or a further text is on the web."""
    kind = kind_of(item)
    own = [each.href for each in item.renditions() if each.type.startswith(f"{kind}/")]
    hrefs = [*own, item.uri, *(each.href for each in item.renditions())]
    return next((href for href in hrefs if href.startswith(("https://", "http://"))), "")


def _text(item: Fields, title: str, where: str, others: list[Shown], lead: Shown | None) -> Text:
    """The body, with the pictures that no other place has below it."""
    bodies = sorted(
        item.passages("body", "bodies"), key=lambda each: 0 if each.is_html else 1 if each.is_nitf else 2
    )
    if not bodies:
        return of_html("", title, where, lead=None, others=others)
    body = bodies[0]
    if body.is_nitf or body.is_html:
        html = html_of_text(body.value) if body.is_nitf else body.value
        return of_html(html, title, where, lead=lead, others=others)
    return of_plain(body.value, title, where, others)


def _publisher(item: Fields) -> str:
    sources = item.named("infosource", "infoSources")
    return sources[0] if sources else item.text("copyrightHolder")


def _extra(item: Fields, kind: str) -> dict[str, Value]:
    """Keys of the front matter beside Morgue's own."""
    genres = item.named("genre", "genres")
    found: dict[str, Value] = {
        "genre": genres[0] if len(genres) == 1 else list(genres),
        "item_type": kind if kind not in {"", "text"} else "",
        "revision": item.text("version"),
        "urgency": item.item.get("urgency"),
        "slugline": item.text("slugline"),
        "editorial_note": bare(item.text("edNote")),
        "copyright_holder": bare(item.text("copyrightHolder")),
        "copyright_notice": bare(item.text("copyrightNotice")),
        "usage_terms": bare(item.text("usageTerms")),
        "expires": item.text("expires"),
        "rights": _rights(item),
    }
    return {key: value for key, value in found.items() if value not in ("", None, [])}


def _rights(item: Fields) -> str:
    held = item.item.get("rightsInfo", item.item.get("rightsinfo"))
    linked = held.get("linkedRights", held.get("linkedrights")) if isinstance(held, dict) else ""
    return linked if isinstance(linked, str) else ""
