"""What the codes of problems mean: the tables of docs/reference/problems.md, shipped with the program."""

import re
from pathlib import Path

_ROW = re.compile(r"^\| `?([EW]\d{3})`? \| (.+?) \| (.+?) \|$", re.MULTILINE)


def meanings() -> dict[str, tuple[str, str]]:
    """For each code what it means, and how to mend it; empty where the page is missing."""
    package = Path(__file__).parent.parent
    for place in (package / "problems.md", package.parent / "docs" / "reference" / "problems.md"):
        if place.is_file():
            rows = _ROW.findall(place.read_text(encoding="utf-8"))
            return {code: (_plain(meaning), _plain(mending)) for code, meaning, mending in rows}
    return {}


def _plain(text: str) -> str:
    return text.replace("\\|", "|").replace("`", "")
