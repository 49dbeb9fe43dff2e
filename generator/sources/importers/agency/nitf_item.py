"""What an NITF document says, as any agency's item says it."""

from collections.abc import Iterator

from generator.core.model import Value
from generator.sources.importers.agency.items import Item, Status
from generator.sources.importers.agency.moments import read_dates
from generator.sources.importers.agency.nitf_body import Body, content_of, name_of, place_name
from generator.sources.importers.agency.pictures import Album, without_figure
from generator.sources.importers.agency.texts import bare, from_html
from generator.sources.importers.base import ImportContext, Original
from generator.sources.importers.xmltree import Element, words

_STATUSES: dict[str, Status] = {"canceled": "withdrawn", "withheld": "embargoed", "embargoed": "embargoed"}
_SUBJECTS = ("tobject.subject.detail", "tobject.subject.matter", "tobject.subject.type")
_KINDS = {
    "person": "people",
    "org": "organisations",
    "location": "places",
    "event": "tags",
    "object.title": "tags",
}


def item_of(root: Element, original: Original, context: ImportContext) -> Item:
    """All of a document that an article can hold."""
    where, zone = original.where, context.site.timezone
    head, body = root.find("head"), root.find("body")
    data = head.find("docdata") if head is not None else None
    opening = body.find("body.head") if body is not None else None
    pubdata = head.find("pubdata") if head is not None else None
    album = Album(original, context)
    dates, problems = read_dates(
        {
            "date.issue": _attribute(data, "date.issue", "norm"), "story.date": _story_date(opening),
            "date.publication": _attribute(head, "pubdata", "date.publication"),
            "date.release": _attribute(data, "date.release", "norm"),
        },
        zone, where,
    )  # fmt: skip
    published = next(
        (
            dates[key]
            for key in ("date.issue", "story.date", "date.publication", "date.release")
            if key in dates
        ),
        "",
    )
    title, deck = _headlines(opening)
    title = title or words(head.find("title") if head is not None else None)
    text = Body(album=album)
    for each in opening.iter() if opening is not None else ():
        text.note(each)
    content = text.html(content_of(root))
    lead = text.pictures[0] if text.pictures else None
    tagline = words(body.find("body.end/tagline")) if body is not None else ""
    html = without_figure(content, lead) if lead is not None else content
    made = from_html(html, title, where)
    filed = _identified(data)
    status, embargo = _status(data, dates, published)
    return Item(
        ids=_ids(data),
        title=title,
        body="\n\n".join(filter(None, (made.markdown, f"*{_literal(tagline)}*" if tagline else ""))),
        published=published,
        language=root.get("lang") or (body.get("lang") if body is not None else "") or "",
        bylines=tuple(_bylines(opening)),
        dateline=_dateline(opening),
        summary=words(opening.find("abstract") if opening is not None else None) or deck,
        picture=lead,
        media=tuple(album.media),
        tags=(*_subjects(head), *filed["tags"], *_keywords(data)),
        people=(*filed["people"], *text.names["people"]),
        organisations=(*filed["organisations"], *text.names["organisations"]),
        places=(*filed["places"], *text.names["places"]),
        publisher=_publisher(opening, pubdata),
        url=_address(pubdata),
        status=status,
        embargo=embargo,
        dated_by_version=True,
        extra=_extra(root, data, deck, pubdata, opening),
        dropped=(*text.left_out, *made.dropped),
        recall=made.recall,
        problems=(*problems, *made.problems, *album.problems),
    )  # fmt: skip


def _literal(text: str) -> str:
    return text.replace("\\", "\\\\").replace("*", "\\*").replace("[", "\\[").replace("<", "&lt;")


def _attribute(element: Element | None, path: str, name: str) -> str:
    found = element.find(path) if element is not None else None
    return (found.get(name) or "").strip() if found is not None else ""


def _headlines(opening: Element | None) -> tuple[str, str]:
    """The headline, and the decks below it."""
    hedline = opening.find("hedline") if opening is not None else None
    if hedline is None:
        return "", ""
    title = words(hedline.find("hl1")) or words(hedline.find("hl2")) or " ".join((hedline.text or "").split())
    decks = [words(each) for each in hedline.iter("hl2")]
    return title, " ".join(deck for deck in decks if deck and deck != title)


def _story_date(opening: Element | None) -> str:
    date = opening.find("dateline/story.date") if opening is not None else None
    return (date.get("norm") or "").strip() if date is not None else ""


def _dateline(opening: Element | None) -> str:
    """The dateline's place; the day beside it is that of publication."""
    dateline = opening.find("dateline") if opening is not None else None
    if dateline is None:
        return ""
    location = dateline.find("location")
    if location is not None:
        return name_of(location)
    parts = [dateline.text or ""] + [child.tail or "" for child in dateline]
    return " ".join(" ".join(parts).split()).strip(" ,;–—-")


def _bylines(opening: Element | None) -> Iterator[str]:
    """Each byline: the people marked in it, else its words without the post they hold."""
    for byline in opening.iter("byline") if opening is not None else ():
        people = [name_of(each) for each in byline.iter("person")]
        if people:
            yield ", ".join(filter(None, people))
            continue
        found = name_of(byline)
        yield found or words(byline.find("byttl"))


def _ids(data: Element | None) -> tuple[str, ...]:
    """The document's id, with the body that gave it where it is not unique by itself."""
    found: list[str] = []
    for each in data.iter("doc-id") if data is not None else ():
        name = (each.get("id-string") or "").strip()
        source = (each.get("regsrc") or "").strip()
        if name:
            found.append(name if ":" in name or not source else f"{source}:{name}")
    if not found and (key := _attribute(data, "du-key", "key")):
        found.append(f"du-key:{key}")
    return tuple(found)


def _identified(data: Element | None) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {"people": [], "organisations": [], "places": [], "tags": []}
    content = data.find("identified-content") if data is not None else None
    for each in content if content is not None else ():
        tag = str(each.tag)
        if tag == "classifier" and each.get("value"):
            found["tags"].append(each.get("value") or "")
        elif tag in _KINDS:
            name = place_name(each) if tag == "location" else name_of(each)
            found[_KINDS[tag]].append(name or each.get("value") or "")
    place = data.find("evloc") if data is not None else None
    if place is not None:
        found["places"].append(place.get("city") or place.get("county-dist") or place.get("state-prov") or "")
    return {key: tuple(values) for key, values in found.items()}


def _subjects(head: Element | None) -> Iterator[str]:
    for each in head.iter("tobject.subject") if head is not None else ():
        yield from (each.get(key) or "" for key in reversed(_SUBJECTS))


def _keywords(data: Element | None) -> Iterator[str]:
    for each in data.iter("keyword") if data is not None else ():
        yield each.get("key") or words(each)


def _status(data: Element | None, dates: dict[str, str], published: str) -> tuple[Status, str]:
    """What may be shown, and from when: a release after the issue is an embargo."""
    status = _STATUSES.get((data.get("management-status") or "").lower() if data is not None else "", "")
    release = dates.get("date.release", "")
    embargo = release if release and (status == "embargoed" or release[:10] > published[:10]) else ""
    if embargo and not status:
        status = "embargoed"
    return status, embargo if status == "embargoed" else ""


def _publisher(opening: Element | None, pubdata: Element | None) -> str:
    name = (pubdata.get("name") or "") if pubdata is not None else ""
    return name or (words(opening.find("distributor")) if opening is not None else "")


def _address(pubdata: Element | None) -> str:
    href = ((pubdata.get("ex-ref") or "") if pubdata is not None else "").strip()
    return href if href.startswith(("https://", "http://")) else ""


def _extra(
    root: Element, data: Element | None, deck: str, pubdata: Element | None, opening: Element | None
) -> dict[str, Value]:
    holder, year = _attribute(data, "doc.copyright", "holder"), _attribute(data, "doc.copyright", "year")
    genre = next((each.get("tobject.property.type") or "" for each in root.iter("tobject.property")), "")
    notes = [bare(each.get("info") or "") for each in data.iter("ed-msg")] if data is not None else []
    urgency = _attribute(data, "urgency", "ed-urg")
    has_abstract = opening is not None and opening.find("abstract") is not None
    found: dict[str, Value] = {
        "deck": deck if has_abstract else "",
        "section": (pubdata.get("position.section") or "") if pubdata is not None else "",
        "genre": genre,
        "revision": _attribute(data, "du-key", "version"),
        "urgency": int(urgency) if urgency.isdigit() and len(urgency) < 3 else urgency,
        "editorial_note": " ".join(filter(None, notes)),
        "copyright_holder": holder,
        "copyright_notice": f"© {year[:4]} {holder}" if holder and year else "",
        "usage_terms": words(opening.find("rights")) if opening is not None else "",
        "expires": _attribute(data, "date.expire", "norm"),
        "fixture": _attribute(data, "fixture", "fix-id"),
    }  # fmt: skip
    return {key: value for key, value in found.items() if value not in ("", None)}
