"""Word documents (.docx, ISO/IEC 29500): through mammoth to HTML, and from that to Markdown."""

import base64
import io
import zipfile
from pathlib import PurePosixPath
from typing import Any

from generator.core.paths import slugify
from generator.core.problems import Problem
from generator.sources.documents.apart import Unreadable, read_apart
from generator.sources.importers.base import Dropped, ImportContext, Imported, Media, Original
from generator.sources.importers.documents.opening import About, read_opening
from generator.sources.importers.extras import load
from generator.sources.importers.html import html_to_markdown, missing

_WORKER = "generator.sources.documents.word_worker"
_MAIN = "word/document.xml"
_HEAD = 64 * 1024


class Word:
    """Reads a Word document as one article."""

    name = "docx"

    def recognises(self, original: Original) -> bool:
        """Whether the file is a zip that holds the main part of a Word document."""
        data = original.data
        if not data.startswith(b"PK\x03\x04"):
            return False
        if _MAIN.encode() in data[:_HEAD]:
            return True
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as packed:
                return _MAIN in packed.namelist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
            return original.name.lower().endswith(".docx")  # a damaged one

    def read(
        self, original: Original, context: ImportContext
    ) -> tuple[tuple[Imported, ...], tuple[Problem, ...]]:
        """The article; none when it cannot be read, or has no headline or date."""
        where = original.where
        door = load(_WORKER, "documents", where)
        lacking = door if isinstance(door, Problem) else missing(where)
        if lacking is not None:
            return (), (lacking,)
        try:
            found = read_apart(_WORKER, original.data)
        except Unreadable as error:
            hint = "open it in Word or LibreOffice, and save it again"
            return (), (Problem(where, 0, "E380", f"document: cannot be read: {error}", hint),)
        return _article(found, original, context)


def _article(
    found: dict[str, Any], original: Original, context: ImportContext
) -> tuple[tuple[Imported, ...], tuple[Problem, ...]]:
    folder = f"media/{slugify(PurePosixPath(original.name).stem)}"
    html = str(found["html"])
    media: list[Media] = []
    for picture in found["pictures"]:
        name, target = picture["name"], f"{folder}/{picture['name']}"
        html = html.replace(f'src="{name}"', f'src="/{target}"')
        media.append(Media(name, target, base64.b64decode(picture["data"])))
    made = html_to_markdown(html)
    told = found["about"]
    about = About(
        title=told.get("title", ""),
        author=told.get("creator", ""),
        created=told.get("created", ""),
        modified=told.get("modified", ""),
        keywords=told.get("keywords", ""),
    )
    opening = read_opening(made.markdown.split("\n\n"), about, original.where, context)
    if any(problem.is_error for problem in opening.problems):
        return (), opening.problems
    dropped = made.dropped
    if found["left"]:
        dropped = (*dropped, Dropped("picture", "of a kind that browsers do not show", found["left"]))
    article = Imported(
        front=opening.front,
        body="\n\n".join(opening.blocks),
        media=tuple(media),
        dropped=dropped,
        recall=made.recall,
    )
    return (article,), opening.problems


WORD = Word()
