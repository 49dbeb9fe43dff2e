"""METS (loc.gov/standards/mets) with MODS or Dublin Core: what an issue is, its articles and its pages."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from generator.sources.importers.scans.issue import Area, Issue, Part
from generator.sources.importers.xmltree import Element, words

_ARTICLES = frozenset(
    (
        "ARTICLE", "ADVERTISEMENT", "ADVERT", "AD", "OBITUARY", "LETTER", "POEM", "SERIAL", "REVIEW",
        "EDITORIAL", "DEATH_NOTICE", "BIRTH_NOTICE", "MARRIAGE_NOTICE", "NOTICE", "WEATHER", "SHIPPING",
        "FEUILLETON", "NEWS", "INTERVIEW", "CARTOON", "PUZZLE", "RESULT", "LIST",
    )
)  # fmt: skip
_HEADINGS = frozenset(("HEADING", "HEADLINE", "TITLE", "OVERLINE", "SUBHEADLINE", "MOTTO"))
_WITH_AREAS = frozenset(("fptr", "area", "seq", "par"))
_DEPTH = 100
_PLACE = re.compile(r"\.?\s{0,9}\([^()]{0,200}\)\s{0,9}\Z")


@dataclass(slots=True)
class _Mets:
    """The parts of a document by their ids."""

    root: Element
    metadata: dict[str, Element] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)


def read_mets(root: Element) -> Issue:
    """The issue that a METS document describes, as far as it does."""
    mets = _Mets(root)
    for section in root.iter("dmdSec"):
        mets.metadata.setdefault(section.get("ID", ""), section)
    for file in root.iter("file"):
        place = file.find("FLocat")
        if place is not None:
            mets.files[file.get("ID", "")] = place.get("href", "")
    maps = {each.get("TYPE", "").upper(): each for each in root.iter("structMap")}
    physical = maps.get("PHYSICAL", next(iter(maps.values()), None))
    logical = maps.get("LOGICAL")
    pages = tuple(_pages(physical, mets).items()) if physical is not None else ()
    issue = _issue(mets, logical if logical is not None else physical)
    parts = tuple(_parts(logical, mets, issue, 0)) if logical is not None else ()
    return Issue(
        paper=issue.paper, published=issue.published, id=issue.id, number=issue.number,
        language=issue.language, place=issue.place, publisher=issue.publisher, parts=parts, pages=pages,
    )  # fmt: skip


def _issue(mets: _Mets, tree: Element | None) -> Issue:
    """What the document says of the issue as a whole: by its outermost divisions with metadata, else any."""
    named: list[Element] = []
    divisions = [] if tree is None else list(tree.iter("div"))
    for division in divisions:
        if division.get("TYPE", "").upper() in _ARTICLES:
            break
        named += [mets.metadata[each] for each in division.get("DMDID", "").split() if each in mets.metadata]
    outer = set(map(id, named))
    named += [each for each in mets.metadata.values() if id(each) not in outer]
    label = mets.root.get("LABEL", "")
    paper = _first(named, _paper) or _PLACE.sub("", label.split(",")[0]).strip() or next(
        (each.get("LABEL", "") for each in divisions if each.get("LABEL")), ""
    )  # fmt: skip
    return Issue(
        paper=paper.strip(" ."),
        published=_first(named, _date) or _date_in(label),
        id=mets.root.get("OBJID", "")
        or _first(named, lambda each: _text(each, "recordIdentifier", "identifier")),
        number=_first(named, _number),
        language=_first(named, lambda each: _text(each, "languageTerm", "language"))[:35],
        place=_first(named, lambda each: _text(each, "placeTerm")),
        publisher=_first(named, lambda each: _text(each, "publisher")),
    )


def _parts(element: Element, mets: _Mets, issue: Issue, depth: int) -> Iterator[Part]:
    """The outermost divisions that are articles, in order."""
    for division in element.findall("div"):
        kind = division.get("TYPE", "").upper().replace(" ", "_")
        areas = tuple(_areas(division, mets, "body", 0)) if kind in _ARTICLES else ()
        if areas:
            yield _part(division, kind, areas, mets, issue)
        elif depth < _DEPTH:
            yield from _parts(division, mets, issue, depth + 1)


def _part(division: Element, kind: str, areas: tuple[Area, ...], mets: _Mets, issue: Issue) -> Part:
    own = [mets.metadata[each] for each in division.get("DMDID", "").split() if each in mets.metadata]
    names = [words(each.find("namePart")) or words(each) for section in own for each in section.iter("name")]
    names += [words(each) for section in own for each in section.iter("creator")]
    name = division.get("ID", "") or division.get("DMDID", "")
    return Part(
        id=f"{issue.id or issue.paper}#{name} of {issue.published}" if name else "",
        title=_first(own, _title) or division.get("LABEL", ""),
        areas=areas,
        form="" if kind in {"ARTICLE", "NEWS"} else kind.lower().replace("_", " "),
        authors=tuple(dict.fromkeys(each for each in names if each)),
        language=_first(own, lambda each: _text(each, "languageTerm", "language"))[:35],
    )


def _areas(element: Element, mets: _Mets, role: str, depth: int) -> Iterator[Area]:
    """The blocks of a division, in order; those below a heading's are its headline."""
    for each in element:
        if each.tag == "div" and depth < _DEPTH:
            kind = each.get("TYPE", "").upper().replace(" ", "_")
            below = "heading" if kind in _HEADINGS else role
            yield from _areas(each, mets, below, depth + 1)
        elif each.tag in _WITH_AREAS:
            file = mets.files.get(each.get("FILEID", ""), "")
            if file and each.get("BEGIN"):
                yield Area(file=file, block=each.get("BEGIN", ""), role=role)
            elif depth < _DEPTH:
                yield from _areas(each, mets, role, depth + 1)


def _pages(physical: Element, mets: _Mets) -> dict[str, str]:
    """The files of text of each page, with its number."""
    order = 0
    found: dict[str, str] = {}
    for division in physical.iter("div"):
        inner = any("PAGE" in each.get("TYPE", "").upper() for each in division.findall("div"))
        if inner or "PAGE" not in division.get("TYPE", "").upper():
            continue
        order += 1
        names = [each.get("FILEID", "") for each in division.iter() if each.tag in {"fptr", "area"}]
        files = [mets.files[name] for name in names if name in mets.files]
        text = [each for each in files if each.lower().split("?")[0].endswith(".xml")]
        number = _page_number(division, mets) or division.get("ORDERLABEL", "") or division.get("ORDER", "")
        found |= dict.fromkeys(text, number or str(order))
    return found


def _page_number(division: Element, mets: _Mets) -> str:
    for name in division.get("DMDID", "").split():
        section = mets.metadata.get(name)
        if section is None:
            continue
        for detail in section.iter("detail"):
            if detail.get("type") == "page number":
                return words(detail.find("number"))
    return ""


def _first(sections: list[Element], reader: "_Reader") -> str:
    return next((text for each in sections if (text := reader(each))), "")


_Reader = Callable[[Element], str]


def _title(section: Element) -> str:
    """MODS' or Dublin Core's title of what a section describes itself, not of its host."""
    for each in section.iter("mods"):
        info = each.find("titleInfo")
        if info is not None:
            parts = [words(info.find(name)) for name in ("nonSort", "title", "subTitle")]
            return " ".join(part for part in parts if part)
    return _text(section, "title")


def _paper(section: Element) -> str:
    """The newspaper's title: that of the host, where the issue has one."""
    for item in section.iter("relatedItem"):
        if item.get("type") == "host" and (text := _text(item, "title")):
            return text
    return _title(section)


def _date(section: Element) -> str:
    for name in ("dateIssued", "date", "issued", "dateCreated"):
        for each in section.iter(name):
            text = words(each)
            if text[:4].isdecimal():
                return text[:10]
            if text:
                return text
    return ""


def _number(section: Element) -> str:
    for detail in section.iter("detail"):
        if detail.get("type") in {"issue", "number"}:
            return words(detail.find("number"))
    return _text(section, "issuenumber")


def _text(section: Element, *names: str) -> str:
    return next((text for name in names for each in section.iter(name) if (text := words(each))), "")


def _date_in(label: str) -> str:
    """The date at the end of a label: "The Ledger. (Aldery), 1917-01-18"."""
    last = label.rpartition(",")[2].strip()
    return last if len(last) == 10 and last[:4].isdecimal() else ""
