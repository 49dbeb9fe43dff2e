"""Pages of ALTO (loc.gov/standards/alto, versions 1 to 4): the blocks of text on a scanned page."""

from collections.abc import Iterator, Mapping
from statistics import median
from typing import NamedTuple

from generator.sources.importers.scans.lines import Line
from generator.sources.importers.xmltree import Element, Malformed, parse_xml

_INDENT = 0.6  # of a line's height: how far the first line of a paragraph goes in at least


class Block(NamedTuple):
    """A block of text: its lines, and of its words the sum of confidences and how many have one."""

    lines: tuple[Line, ...]
    confidence: float
    words: int


class Page(NamedTuple):
    """A scanned page: its blocks by id, in reading order; its printed number; the recogniser's confidence.

    `confidence` is that of the page as a whole, 0 where it is not told; `image` the name of the scan.
    """

    blocks: Mapping[str, Block]
    number: str = ""
    confidence: float = 0.0
    image: str = ""


def read_page(data: bytes) -> Page:
    """The first page of an ALTO file, with the blocks of all its pages. Raises Malformed."""
    root, _ = parse_xml(data)
    if root.tag != "alto":
        raise Malformed(f"not ALTO: the root element is {root.tag[:40]!r}")
    blocks: dict[str, Block] = {}
    page = root.find("./Layout/Page")
    for element in root.iter("TextBlock"):
        name = element.get("ID", "")
        while not name or name in blocks:
            name = f"{name}+"
        blocks[name] = _block(element)
    image = root.findtext("./Description/sourceImageInformation/fileName", "")
    if page is None:
        return Page(blocks, image=image)
    return Page(
        blocks,
        page.get("PRINTED_IMG_NR", "") or page.get("PHYSICAL_IMG_NR", ""),
        min(1.0, max(0.0, _number(page.get("PC", "")))),
        image,
    )


def _block(element: Element) -> Block:
    lines: list[Line] = []
    rows = list(element.iter("TextLine"))
    lefts = [_number(row.get("HPOS", "")) for row in rows]
    heights = [_number(row.get("HEIGHT", "")) for row in rows]
    left = median(lefts) if lefts else 0.0
    indent = (median(heights) if heights else 0.0) * _INDENT
    sure = 0.0
    count = 0
    for row, at in zip(rows, lefts, strict=True):
        words = list(_words(row))
        for word in row.iter("String"):
            if word.get("WC"):
                sure += min(1.0, max(0.0, _number(word.get("WC", ""))))
                count += 1
        last = next((each for each in reversed(list(row)) if each.tag == "String"), None)
        whole = (
            last.get("SUBS_CONTENT", "") if last is not None and last.get("SUBS_TYPE") == "HypPart1" else ""
        )
        opens = bool(indent) and at - left > indent
        lines.append(Line(" ".join(words), opens, " ".join(whole.split())))
    return Block(tuple(lines), sure, count)


def _words(row: Element) -> Iterator[str]:
    """The words of a line; one that goes on in the next line ends with a hyphen."""
    for each in row:
        if each.tag == "String":
            content = " ".join(each.get("CONTENT", "").split())
            if each.get("SUBS_TYPE") == "HypPart1" and content and content[-1] not in "-\xad¬":
                content += "-"
            if content:
                yield content


def _number(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        return 0.0
    return number if abs(number) < 1e9 else 0.0
