"""Words signed behind a dash, as testimonials and notices are: “It was a joy.” — Ana Lund, teacher."""

import re

from generator.annotate.name_runs import RUN
from generator.annotate.quote_marks import Quoted
from generator.annotate.spoken_lines import Line
from generator.annotate.voices import Cast, Voice

_DASH = re.compile(r"\s*(?:[-–—―~]|--)\s*(?=[^\W\d_])")
_LINE = re.compile(r"[^\n]*")
_LONGEST = 120  # characters of a signature: a name, an office, a place
_AFTER_NAME = re.compile(r"\s*(?:[,(|/–—-]|\.?\s*\Z|(?:of|at|from|in)\s)")


def signed(cast: Cast, line: Line, at: Quoted) -> Voice | None:
    """Who signs a quotation: whose name stands behind a dash on the rest of its line; where nothing follows,
    on a next block that is nothing else. None where nobody does."""
    if not line.text[: at.outer_start].rstrip().endswith(_BEGINS) and line.text[: at.outer_start].strip():
        return None
    voice = _name(cast, line.number, at.outer_end)
    following = line.number + 1
    if voice is None and not line.text[at.outer_end :].strip() and following < len(cast.texts):
        voice = _name(cast, following, 0)
    return voice


_BEGINS = ("\n", "”", '"')


def _name(cast: Cast, number: int, start: int) -> Voice | None:
    text = cast.texts[number]
    dash = _DASH.match(text, start)
    if dash is None:
        return None
    end = dash.end() + len(_LINE.match(text, dash.end())[0])  # type: ignore[index]  # matches anywhere
    if end - dash.end() > _LONGEST or text[dash.end() : end].rstrip()[-1:] in "?!":
        return None
    found = next(
        (v for v in cast.voices(number, dash.end(), end) if _is_title(text[dash.end() : v.start])), None
    )
    if found is not None and found.kind in {"person", "body"} and _AFTER_NAME.match(text, found.end, end):
        return found
    run = RUN.match(text, dash.end(), end)
    if run is None or not _AFTER_NAME.match(text, run.end(), end):
        return None
    return Voice(run.start(), run.end(), run[0], "person", cast.listed.get(run[0]))


def _is_title(before: str) -> bool:
    """Whether what stands before a name is its title: – IRS Commissioner Danny Werfel."""
    return all(word[:1].isupper() for word in before.split())
