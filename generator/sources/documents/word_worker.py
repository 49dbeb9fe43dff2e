"""Reads a Word document on standard input, prints it as JSON: the only module that knows mammoth."""

import base64
import io
import sys
import zipfile
from typing import Any
from xml.parsers import expat

import mammoth

from generator.sources.documents.apart import answer, limit

UNPACKED_LIMIT = 512 * 1024 * 1024
"""The most bytes that the parts of a document may have together, unpacked."""

PART_LIMIT = 64 * 1024 * 1024
"""The most bytes of one part that holds text."""

PICTURES_LIMIT = 500
"""The most pictures of a document that are kept."""

_KINDS = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}
_DEPTH = 400
_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => p.subtitle:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='Caption'] => p.caption:fresh
"""


def main() -> None:
    """Read a document, and say what is in it."""
    data = sys.stdin.buffer.read()
    limit()
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        _check(packed)
        about = _about(packed)
    pictures: list[dict[str, str]] = []
    left = 0

    def picture(image: Any) -> dict[str, str]:
        nonlocal left
        kind = _KINDS.get(image.content_type or "")
        if kind is None or len(pictures) >= PICTURES_LIMIT:
            left += 1
            return {}
        with image.open() as opened:
            content = opened.read()
        name = f"picture-{len(pictures) + 1}.{kind}"
        pictures.append({"name": name, "data": base64.b64encode(content).decode()})
        return {"src": name}

    done = mammoth.convert_to_html(
        io.BytesIO(data), style_map=_STYLES, convert_image=mammoth.images.img_element(picture)
    )
    answer({"html": done.value, "about": about, "pictures": pictures, "left": left})


def _check(packed: zipfile.ZipFile) -> None:
    """Refuse what would swell without end, and what Word itself never writes. Raises ValueError."""
    if sum(info.file_size for info in packed.infolist()) > UNPACKED_LIMIT:
        raise ValueError(f"unpacked it has more than {UNPACKED_LIMIT:,} bytes")
    for info in packed.infolist():
        if info.filename.endswith((".xml", ".rels")):
            if info.file_size > PART_LIMIT:
                raise ValueError(f"a part of it has more than {PART_LIMIT:,} bytes")
            _check_part(packed.read(info))


def _check_part(data: bytes) -> None:
    parser = expat.ParserCreate()
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEPTH:
            raise ValueError(f"nested deeper than {_DEPTH} elements")

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1

    def doctype(*others: object) -> None:
        raise ValueError("a part of it declares a document type, as Word never does")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = doctype
    parser.Parse(data, True)


def _about(packed: zipfile.ZipFile) -> dict[str, str]:
    """The properties of a document by their local names: title, creator, created, modified, keywords."""
    if "docProps/core.xml" not in packed.namelist():
        return {}
    found: dict[str, str] = {}
    name = ""
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal name
        name = tag.rpartition(":")[2]

    def text(words: str) -> None:
        if name:
            found[name] = (found.get(name, "") + words)[:2000]

    def end(tag: str) -> None:
        nonlocal name
        name = ""

    parser.StartElementHandler, parser.CharacterDataHandler, parser.EndElementHandler = start, text, end
    parser.Parse(packed.read("docProps/core.xml"), True)
    return found


if __name__ == "__main__":
    main()
