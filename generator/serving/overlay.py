"""Problems as a browser shows them: with the lines of the file around the place."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from generator.core.frozen import dataclass
from generator.core.problems import Problem

AROUND = 3
"""Lines shown before and after the one that is wrong."""

MOST = 20
"""Problems shown at once."""

SIZE_LIMIT = 5_000_000
"""Bytes of a file that are read to show its lines."""

LONGEST = 240
"""Characters of a line that are shown."""

_THEME = "theme:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where the files that problems name are: the site's folder, and the default theme's."""

    root: Path
    theme: Path


def shown(problems: Iterable[Problem], places: Places) -> list[dict[str, Any]]:
    """Problems as JSON for the browser: `place`, `message`, `hint`, `code`, and `lines` as [number, text].

    Of a file that is not within the site or the theme, or cannot be read, there are no lines.
    """
    found = sorted(set(problems))
    told = [
        {
            "place": f"{one.path}:{one.line}" if one.line else one.path,
            "line": one.line,
            "message": one.message,
            "hint": one.hint,
            "code": one.code,
            "lines": excerpt(one, places),
        }
        for one in found[:MOST]
    ]
    if len(found) > MOST:
        more = {
            "place": "",
            "line": 0,
            "message": f"and {len(found) - MOST:,} more",
            "hint": "the terminal tells all",
        }
        told.append({**more, "code": "", "lines": []})
    return told


def excerpt(problem: Problem, places: Places) -> list[tuple[int, str]]:
    """The lines around a problem's place, with their numbers; none where they cannot be shown."""
    if not problem.path or not problem.line:
        return []
    folder = places.theme if problem.path.startswith(_THEME) else places.root
    path = (folder / problem.path.removeprefix(_THEME)).resolve()
    if not path.is_relative_to(folder.resolve()):
        return []
    try:
        with path.open("rb") as file:
            text = file.read(SIZE_LIMIT).decode("utf-8", "replace")
    except OSError:
        return []
    lines = text.replace("\r\n", "\n").split("\n")
    first = max(1, problem.line - AROUND)
    return [
        (number, _visible(line))
        for number, line in enumerate(lines[first - 1 : problem.line + AROUND], first)
    ]


def _visible(line: str) -> str:
    line = line if len(line) <= LONGEST else line[:LONGEST] + "…"
    return "".join(c if c.isprintable() or c == "\t" else "\N{REPLACEMENT CHARACTER}" for c in line)
