"""Documents that are not read: each is told by name, with the form to save it in."""

from generator.core.problems import Problem
from generator.sources.importers.base import ImportContext, Imported, Original

_FORMS = (
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "WordDocument".encode("utf-16-le"),
        "a Word document of before 2007",
    ),
    (b"PK\x03\x04", b"mimetypeapplication/vnd.oasis.opendocument.text", "an OpenDocument text"),
    (b"{\\rtf", b"", "rich text"),
)


class Legacy:
    """Refuses a document of a form that no library here reads."""

    name = "document"

    def recognises(self, original: Original) -> bool:
        """Whether the file is a document of such a form."""
        return bool(_form(original.data))

    def read(
        self, original: Original, context: ImportContext
    ) -> tuple[tuple[Imported, ...], tuple[Problem, ...]]:
        """No article, and what to do."""
        form = _form(original.data) or "not a document that can be read"
        message = f"document: {form}"
        hint = "save it as .docx: soffice --convert-to docx FILE"
        return (), (Problem(original.where, 0, "E380", message, hint),)


def _form(data: bytes) -> str:
    for mark, inner, name in _FORMS:
        if data.startswith(mark) and inner in data:
            return name
    return ""


LEGACY = Legacy()
