"""The versions of ninjs, and what each allows: IPTC's schemas 1.0 to 3.1 (iptc.org/std/ninjs) as tables."""

import re
from functools import lru_cache
from typing import Any

from generator.sources.importers.agency.kinds import (
    ANY,
    ITSELF,
    NUMBER,
    TEXT,
    WHOLE,
    Kind,
    faults,
    list_of,
    one_of,
    texts,
)

NEWEST = ((1, 6), (2, 2), (3, 1))
"""The newest version of each generation that is known here."""

DEVELOPMENT = 99
"""The minor number of a generation's development version: all of the generation, and its proposals."""

ANY_OBJECT = Kind(type="object", open=True)
_URGENCY = Kind(type="whole", least=1, most=9)
_PERCENT = Kind(type="whole", least=0, most=100)
_STATUS = one_of("usable", "withheld", "canceled")
_GENRES = ("text", "audio", "video", "picture", "graphic", "composite")
_DAY = (
    r"-?(?:[1-9][0-9]{0,5})?[0-9]{4}(?:-(?:1[0-2]|0[1-9])(?:-(?:3[01]|0[1-9]|[12][0-9])"
    r"(?:T(?:2[0-3]|[01][0-9]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,9})?"
    r"(?:Z|[+-](?:2[0-3]|[01][0-9]):[0-5][0-9])?)?)?)?"
)
_ADVICES = list_of(
    Kind(
        type="object",
        keys={
            "role": one_of("publish"), "environments": list_of(Kind(type="object", open=True)),
            "importance": texts("code", "scheme"), "lifetime": texts("code", "scheme"),
        },
    )
)  # fmt: skip
_PLAIN_GEOMETRY = ("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon")
_GEO = Kind(
    type="object", open=True, required=("type",),
    keys={"type": one_of("Feature", "FeatureCollection", "GeometryCollection", *_PLAIN_GEOMETRY)},
)  # fmt: skip


def version_of(item: dict[str, Any]) -> tuple[int, int] | None:
    """The version that an item says it is in; None when it says none that can be known."""
    for key, generations in (("$standard", (1,)), ("standard", (2, 3))):
        stated = item.get(key)
        if not isinstance(stated, dict):
            continue
        for text in (stated.get("version"), stated.get("schema")):
            found = re.search(r"(\d)\.(\d{1,2})(?!\d)", text) if isinstance(text, str) else None
            if found and int(found[1]) in generations:
                return int(found[1]), int(found[2])
    return None


def is_extended(item: dict[str, Any]) -> bool:
    """Whether an item is in an agency's own extension of ninjs, by the schema it names."""
    stated = item.get("standard", item.get("$standard"))
    schema = stated.get("schema") if isinstance(stated, dict) else None
    return isinstance(schema, str) and bool(schema) and "iptc.org/" not in schema


def faults_of(item: Any, version: tuple[int, int] | None = None) -> tuple[tuple[int, int], list[str]]:
    """The version an item is read in, and why it is not valid in it.

    Without `version` it is the one the item states; else the newest of the generation that it fits best,
    proposals for the next included.
    """
    stated = version or (version_of(item) if isinstance(item, dict) else None)
    if stated is not None:
        return stated, faults(item, schema(*stated, extended=_later(stated) or _extended(item)))
    judged: list[tuple[int, int, tuple[int, int], list[str]]] = []
    for at, newest in enumerate(reversed(NEWEST)):
        kind = schema(newest[0], DEVELOPMENT, extended=_extended(item))
        strange = sum(kind.of_key(key) in (None, ANY) for key in item) if isinstance(item, dict) else 0
        judged.append((strange, at, newest, faults(item, kind)))
    _, _, fitting, found = next((each for each in judged if not each[3]), min(judged))
    return fitting, found


def _extended(item: Any) -> bool:
    return isinstance(item, dict) and is_extended(item)


def _later(version: tuple[int, int]) -> bool:
    """Whether a version is younger than this table: what it added is not known here."""
    return version not in {(1, DEVELOPMENT), (2, DEVELOPMENT)} and any(
        version[0] == generation and version[1] > minor for generation, minor in NEWEST
    )


@lru_cache(maxsize=64)
def schema(generation: int, minor: int, *, extended: bool = False) -> Kind:
    """What an item of a version may be; `extended` lets it have keys of its own."""
    return (
        _first(minor, extended=extended)
        if generation == 1
        else _later_schema(generation, minor, extended=extended)
    )


def _first(minor: int, *, extended: bool) -> Kind:
    """ninjs 1: one text a key, and the key's name says which ("body_xhtml")."""
    named = ("name", "rel", "scheme", "code")
    contact = {"contactinfo": list_of(_contact("postalcode"))} if minor >= 5 else {}
    symbols = texts("ticker", "exchange", *(("symboltype", "symbol") if minor >= 5 else ()))
    rated = {"creator": TEXT, "relevance": _PERCENT, "confidence": _PERCENT} if minor >= 5 else {}
    place = Kind(
        type="object", keys={**texts(*named).keys, **contact},
        patterns=((re.compile("geometry_[a-zA-Z0-9_]"), ANY_OBJECT),) if minor >= 1 else (),
    )  # fmt: skip
    rendition = texts("href", "mimetype", "title", height=NUMBER, width=NUMBER, sizeinbytes=NUMBER)
    if minor >= 2:
        rendition = texts(
            *rendition.keys, "format", height=NUMBER, width=NUMBER, sizeinbytes=NUMBER, duration=NUMBER
        )
    keys: dict[str, Kind] = {
        **dict.fromkeys(
            ("uri", "mimetype", "profile", "version", "versioncreated", "embargoed", "copyrightholder",
             "copyrightnotice", "language", "byline", "headline", "located"), TEXT,
        ),
        "type": one_of(*_GENRES, *(("component",) if minor >= 2 else ())),
        "representationtype": one_of("complete", "incomplete"), "pubstatus": _STATUS,
        "person": list_of(texts(*named, **contact)), "place": list_of(place),
        "organisation": list_of(texts(*named, symbols=list_of(symbols), **contact)),
        "subject": list_of(texts(*named, **rated)),
        "event": list_of(texts(*named)), "object": list_of(texts(*named)),
        "renditions": _by_name(rendition), "associations": _by_name(ITSELF),
    }  # fmt: skip
    if minor >= 1:
        keys |= {"urgency": _URGENCY, "usageterms": TEXT}
    if minor >= 2:
        keys |= dict.fromkeys(("firstcreated", "ednote", "title", "slugline"), TEXT)
        keys |= {"infosource": list_of(texts(*named, **contact)), "charcount": NUMBER, "wordcount": NUMBER}
    if minor >= 3:
        keys |= {
            "altids": Kind(type="object", open=True), "$standard": texts("name", "version", "schema"),
            "trustindicator": list_of(texts("scheme", "code", "title", "href")),
            "genre": list_of(texts("name", "scheme", "code")),
        }  # fmt: skip
    if minor >= 4:
        keys |= {
            "contentcreated": TEXT,
            "expires": TEXT,
            "rightsinfo": _rights("langid", "linkedrights", "encodedrights"),
        }
    if minor >= 6:
        keys["digitalsourcetype"] = texts("name", "uri", "literal")
    if minor == DEVELOPMENT:
        keys["advices"] = _ADVICES
    heads = ("description", "body", "headline") if minor >= 3 else ("description", "body")
    patterns = tuple((re.compile(f"{head}_[a-zA-Z0-9_]"), TEXT) for head in heads)
    return Kind(type="object", keys=keys, patterns=patterns, required=("uri",), open=extended)


def _by_name(kind: Kind) -> Kind:
    return Kind(type="object", patterns=((re.compile("[a-zA-Z0-9_]"), kind),))


def _contact(postal: str) -> Kind:
    address = texts("locality", "area", postal, "country", lines=list_of(TEXT))
    keys = {**dict.fromkeys(("type", "role", "lang", "name", "value"), TEXT), "address": address}
    return Kind(type="object", keys=keys, either=(("value", "address"),))


def _rights(language: str, linked: str, encoded: str) -> Kind:
    keys = dict.fromkeys((language, linked, encoded), TEXT)
    return Kind(type="object", keys=keys, either=((linked, encoded),))


def _later_schema(generation: int, minor: int, *, extended: bool) -> Kind:
    """ninjs 2 and 3: lists of what has a role; 3 spells in camelCase what 2 spells in small letters."""
    three = generation == 3

    def s(name: str) -> str:
        return name if three else name.lower()

    contact = {s("contactInfo"): list_of(_contact(s("postalCode")))}
    named = ("name", "rel", "uri", "literal")
    words = Kind(
        type="object", required=("value",),
        keys={**dict.fromkeys(("role", s("contentType"), "value"), TEXT),
              s("charCount"): WHOLE, s("wordCount"): WHOLE},
    )  # fmt: skip
    symbols = texts("exchange", s("symbolType"), "symbol", *(() if three else ("ticker",)))
    organisation = texts(*named, **contact, symbols=list_of(symbols))
    rendition = Kind(type="object", open=True, required=("name",), keys={"name": TEXT, "href": TEXT})
    keys: dict[str, Kind] = {
        **dict.fromkeys(
            ("uri", "profile", "version", s("firstCreated"), s("versionCreated"), s("contentCreated"),
             "embargoedUntil" if three else "embargoed", s("copyrightHolder"), s("copyrightNotice"),
             s("usageTerms"), s("edNote"), "language", "title", "by", "slugline", "located", "expires"), TEXT,
        ),
        "type": one_of(*_GENRES, "component", "event", "planning"),
        s("representationType"): one_of("full", "partial"), s("pubStatus"): _STATUS, "urgency": _URGENCY,
        "descriptions": list_of(words), "bodies": list_of(words), "headlines": list_of(words),
        "people": list_of(texts(*named, **contact)), "organisations": list_of(organisation),
        "places": list_of(texts(*named, **contact, **{s("geoJSON"): _GEO})),
        "subjects": list_of(texts(*named, "creator", relevance=_PERCENT, confidence=_PERCENT)),
        "events": list_of(texts(*named, "id")), "objects": list_of(texts(*named)),
        s("infoSources"): list_of(texts(*named, "role", **contact)),
        "renditions": list_of(rendition), s("altIds"): list_of(texts("role", "value")),
        s("trustIndicators"): list_of(texts("role", "title", "href")),
        "standard": texts("name", "version", "schema"), "genres": list_of(texts("name", "uri", "literal")),
        s("rightsInfo"): _rights(s("langId"), s("linkedRights"), s("encodedRights")),
        s("digitalSourceType"): texts("name", "uri", "literal"),
        s("eventDetails"): _event(organisation) if three else ANY,
        s("plannedCoverage"): list_of(_coverage(rendition)) if three else ANY,
    }  # fmt: skip
    if minor == DEVELOPMENT:
        keys["advices"] = _ADVICES
    associated = {**keys, "name": TEXT, "rel": TEXT, "associations": ANY}
    keys["associations"] = list_of(
        Kind(type="object", keys=associated, required=("name", "uri"), open=extended)
    )
    return Kind(type="object", keys=keys, required=("uri",), open=extended)


def _dates() -> Kind:
    day = Kind(type="text", pattern=_DAY)
    return Kind(
        type="object", any_of=True,
        either=(("startDate", "expectedStartDate"), ("endDate", "expectedEndDate")),
        keys={"startDate": TEXT, "endDate": TEXT, "expectedStartDate": day, "expectedEndDate": day,
              "expectedDuration": TEXT, "recurrence": Kind(type="object", open=True)},
    )  # fmt: skip


def _event(organisation: Kind) -> Kind:
    keys = {"eventStatus": TEXT, "plannedCoverageStatus": TEXT, "dates": _dates(), "organiser": organisation}
    return Kind(type="object", keys=keys)


def _coverage(rendition: Kind) -> Kind:
    commissioned = texts("by", "on", references=list_of(texts("name", "value")))
    return Kind(
        type="object",
        keys={
            **dict.fromkeys(("uri", "title", "edNote", "language"), TEXT), "pubStatus": _STATUS,
            "type": one_of(*_GENRES, "component", "event", "planning"), "commissioned": commissioned,
            "dates": _dates(), "audiences": list_of(texts("audience", significance=WHOLE)),
            "exclAudience": list_of(TEXT), "urgency": _URGENCY, "wordCount": WHOLE,
            "itemCount": Kind(type="object", keys={"rangeFrom": WHOLE, "rangeTo": WHOLE}),
            "renditions": list_of(rendition),
        },
    )  # fmt: skip
