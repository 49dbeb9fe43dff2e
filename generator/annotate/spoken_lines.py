"""A block as speech is looked for in it: its marks, sentences and verbs of speech, each found once."""

from collections.abc import Sequence
from typing import NamedTuple

from generator.annotate.cues import Cue, cues_of
from generator.annotate.quote_marks import Quoted
from generator.annotate.sentences import sentences
from generator.annotate.voices import HIDDEN


class Line(NamedTuple):
    """A block: `masked` is its text with what stands in marks hidden, offset by offset; `bounds` are its
    sentences, left out where nobody can be speaking."""

    number: int
    anchor: str
    text: str
    marks: tuple[Quoted, ...]
    masked: str
    bounds: tuple[tuple[int, int], ...]
    cues: list[Cue]


def read_line(number: int, anchor: str, text: str, marks: tuple[Quoted, ...]) -> Line:
    """A block's text read for speech, with what stands in marks in it."""
    masked = _masked(text, marks) if marks else text
    cues = cues_of(masked)
    return Line(number, anchor, text, marks, masked, sentences(text) if marks or cues else (), cues)


def _masked(text: str, marks: Sequence[Quoted]) -> str:
    parts: list[str] = []
    done = 0
    for one in marks:
        parts += [text[done : one.outer_start], HIDDEN * (one.outer_end - one.outer_start)]
        done = one.outer_end
    parts.append(text[done:])
    return "".join(parts)
