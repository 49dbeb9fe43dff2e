"""reStructuredText, as many of Pelican's sites have it, as a Markdown file with its metadata above."""

import re

from generator.core.problems import Problem
from generator.sources.importers.extras import load
from generator.sources.importers.html import html_to_markdown, missing

SUFFIX = ".rst"
"""How the names of such files end."""

SIZE_LIMIT = 500_000
"""The most characters of a file that are read: the parser takes more time than the text grows."""

_DOOR = "generator.sources.importers.restructured_reader"
_BRACES = re.compile(r"%7B(filename|static|attach|tag|category|author|index)%7D", re.IGNORECASE)


def as_markdown(text: str, where: str) -> tuple[str | None, tuple[Problem, ...]]:
    """A file with `Key: value` lines, a blank line and Markdown, and what could not be read.

    None, and why, where the parser is not installed or the file is too large or nested too deep.
    """
    door = load(_DOOR, "rst", where)
    lacking = door if isinstance(door, Problem) else missing(where)
    if lacking is not None or isinstance(door, Problem):
        return None, (lacking,) if lacking is not None else ()
    if len(text) > SIZE_LIMIT:
        message = f"reStructuredText: too large: {len(text):,} characters"
        return None, (Problem(where, 0, "E304", message, f"at most {SIZE_LIMIT:,}"),)
    try:
        found = door.read(text)
    except RecursionError:
        message = "reStructuredText: nested too deep"
        return None, (Problem(where, 0, "E380", message, "convert it: pandoc -f rst -t gfm"),)
    problems = tuple(
        Problem(where, line, "W346", f"reStructuredText: {message}", "its text is kept as it was written")
        for line, message in found.unread
    )
    body = _BRACES.sub(r"{\1}", html_to_markdown(found.html).markdown)
    fields = "".join(f"{name}: {' '.join(value.split())}\n" for name, value in found.fields)
    return f"{fields}\n{body}\n", problems
