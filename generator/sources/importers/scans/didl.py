"""MPEG-21 DIDL as the national library of the Netherlands delivers issues: articles by blocks of ALTO."""

from generator.sources.importers.scans.issue import Area, Issue, Part
from generator.sources.importers.xmltree import Element, words

_ARTICLES = frozenset(("artikel", "article", ""))
_FORMS = {"advertentie": "advertisement", "familiebericht": "family notice",
          "illustratie met onderschrift": "illustration"}  # fmt: skip


def read_didl(root: Element) -> Issue:
    """The issue that a DIDL document describes, as far as it does."""
    item = root.find("Item")
    top = item if item is not None else root
    about = _metadata(top)
    pages: list[tuple[str, str]] = []
    confidence: dict[str, float] = {}
    parts: list[Part] = []
    for each in top.findall("Item"):
        told = _metadata(each)
        file = _file_of(each, "alto")
        if file:
            pages.append((file, _text(told, "nativePageNumber") or str(len(pages) + 1)))
            confidence[file] = _share(_text(told, "OCRConfidencelevel"))
        areas = tuple(_areas(each))
        if areas:
            parts.append(_part(told, areas))
    return Issue(
        paper=_text(about, "title"),
        published=_text(about, "date")[:10],
        id=_text(about, "recordIdentifier"),
        number=_text(about, "issuenumber"),
        # An issue in two languages says nothing of any one article.
        language=_text(about, "language") if _count(about, "language") == 1 else "",
        place=_text(about, "spatial"),
        publisher=_text(about, "publisher"),
        address=_address(about),
        parts=tuple(parts),
        pages=tuple(pages),
        confidence={file: share for file, share in confidence.items() if share},
    )


def _part(told: Element | None, areas: tuple[Area, ...]) -> Part:
    subject = _text(told, "subject").lower()
    form = "" if subject in _ARTICLES else _FORMS.get(subject, subject[:40])
    title = _text(told, "title")
    return Part(
        id=_text(told, "recordIdentifier"),
        title="" if title.lower() == subject else title,
        areas=areas,
        form=form,
        address=_address(told),
    )


def _areas(item: Element) -> list[Area]:
    found: list[Area] = []
    for component in item.findall("Component"):
        for blocks in component.iter("blocks"):
            file = blocks.get("alto", "")
            found += [Area(file=file, block=each.get("ID", "")) for each in blocks.iter("TextBlock") if file]
    return found


def _metadata(item: Element) -> Element | None:
    """The first component of an item that describes it."""
    for component in item.findall("Component"):
        found = next(component.iter("dcx"), None)
        if found is not None:
            return found
    return None


def _file_of(item: Element, role: str) -> str:
    """The file of an item's component of a role."""
    for component in item.findall("Component"):
        if words(component.find("./Descriptor/Statement")) == role:
            resource = component.find("Resource")
            if resource is not None:
                return resource.get("filename", "") or resource.get("ref", "")
    return ""


def _text(told: Element | None, name: str) -> str:
    return "" if told is None else next((text for each in told.iter(name) if (text := words(each))), "")


def _count(told: Element | None, name: str) -> int:
    return 0 if told is None else sum(1 for _ in told.iter(name))


def _address(told: Element | None) -> str:
    if told is None:
        return ""
    found = (words(each) for each in told.iter("identifier"))
    return next((each for each in found if each.startswith(("http://", "https://"))), "")


def _share(text: str) -> float:
    try:
        share = float(text)
    except ValueError:
        return 0.0
    return share if 0 < share <= 1 else 0.0
