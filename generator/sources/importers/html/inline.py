"""The words of one block, with their emphasis, links and line breaks, as lines of Markdown."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from generator.sources.importers.html.escaping import encode_url, escape, guard_start

MARKS = {
    "strong": "strong", "b": "strong", "em": "em", "i": "em", "cite": "em", "dfn": "em", "var": "em",
    "del": "del", "s": "del", "strike": "del", "sup": "sup", "sub": "sub", "code": "code", "kbd": "code",
    "samp": "code", "tt": "code",
}  # fmt: skip
"""The elements whose words are marked, and how."""


class Style(NamedTuple):
    """How words are marked: their link's address, "" for none, and their marks, each once, in ORDER."""

    href: str = ""
    marks: tuple[str, ...] = ()

    def with_mark(self, mark: str) -> "Style":
        """The same with one mark more."""
        if mark in self.marks:
            return self
        return Style(self.href, tuple(m for m in _ORDER if m == mark or m in self.marks))

    def common(self, other: "Style") -> "Style":
        """What two styles share from the outside in, so that a space closes no mark behind it."""
        if self.href != other.href:
            return Style()
        shared = 0
        while shared < min(len(self.marks), len(other.marks)) and self.marks[shared] == other.marks[shared]:
            shared += 1
        return Style(self.href, self.marks[:shared])


PLAIN = Style()


class Run(NamedTuple):
    """Words of one style. `picture` tells that `text` is Markdown already, and no words."""

    text: str
    style: Style = PLAIN
    picture: bool = False


BREAK = Run("\n")
"""A line break."""

_ORDER = ("strong", "em", "del", "sup", "sub", "code")
_TAGS = {"del": "del", "sup": "sup", "sub": "sub", "strong": "strong", "em": "em"}
_ASTERISKS = {"strong": "**", "em": "*"}
# Python-Markdown looks for HTML before it looks for code: "&#", "<!" and their like change what follows them.
_UNFIT_FOR_CODE = re.compile(r"[`|]|\\\Z|&#|<[!?/]")
_SPACE = re.compile(r"[ \t\n\r\f]+")
_SPACES = ("  ", "\n", "\t", "\r", "\f")  # one of these is in all that is not collapsed yet


def collapsed(text: str) -> str:
    """Text with every stretch of white space as one space, as a browser shows it."""
    return _SPACE.sub(" ", text) if any(map(text.__contains__, _SPACES)) else text


def plain_words(runs: Sequence[Run]) -> str:
    """The words alone, in one line."""
    return collapsed("".join(run.text for run in runs if not run.picture)).strip()


def has_content(runs: Sequence[Run]) -> bool:
    """Whether there is anything to be seen."""
    return any(run.picture or (run.text and not run.text.isspace()) for run in runs)


def markdown_lines(runs: Sequence[Run], *, in_table: bool = False, bold: bool = True) -> list[str]:
    """The lines of a block, none of them empty; line breaks part them.

    `bold` false leaves out marks for strong words, as in headings. Lines do not begin as a block's mark
    would, but those of a table's cell, where none is.
    """
    if len(runs) == 1 and runs[0].style == PLAIN and not runs[0].picture and runs[0] is not BREAK:
        words = escape(collapsed(runs[0].text).strip(), in_table=in_table)
        return [words if in_table else guard_start(words)] if words else []
    lines = (_written(line, in_table=in_table, bold=bold) for line in _lines(runs))
    return [line if in_table else guard_start(line) for line in lines if line]


def _lines(runs: Sequence[Run]) -> list[list[Run]]:
    """The runs of each line: single spaces, none at its edges; white space at a run's edges stands apart.

    Runs that touch and have one style are one.
    """
    lines: list[list[Run]] = [[]]
    space = ""
    for run in runs:
        line = lines[-1]
        if run is BREAK:
            lines.append([])
            space = ""
        elif run.picture:
            _join(line, space, run)
            space = ""
        else:
            text = collapsed(run.text)
            words = text.strip()
            before = text[: len(text) - len(text.lstrip())]
            after = text[len(before) + len(words) :]
            space = _spaces(space, before)
            if words:
                _join(line, space, Run(words, run.style))
                space = after
            else:
                space = _spaces(space, after)
    return lines


def _spaces(first: str, second: str) -> str:
    both = first + second
    return collapsed(both) if both else ""


def _join(line: list[Run], space: str, run: Run) -> None:
    if not line:
        line.append(run)
        return
    last = line[-1]
    if not run.picture and not last.picture and last.style == run.style:
        line[-1] = Run(f"{last.text}{space}{run.text}", run.style)
        return
    if space:
        line.append(Run(space, last.style.common(run.style)))
    line.append(run)


def _written(line: list[Run], *, in_table: bool, bold: bool) -> str:
    writer = _LineWriter(in_table=in_table, bold=bold)
    for run in line:
        writer.add(run)
    writer.close_to(0)
    return "".join(writer.parts)


class _LineWriter:
    """Writes runs one after another, opening and closing marks between them."""

    def __init__(self, *, in_table: bool, bold: bool) -> None:
        self.parts: list[str] = []
        self.open: list[tuple[str, str]] = []  # mark, and what closes it
        self._in_table = in_table
        self._bold = bold

    def add(self, run: Run) -> None:
        wanted = [f"link {run.style.href}"] if run.style.href else []
        wanted += [m for m in run.style.marks if m != "code" and (self._bold or m != "strong")]
        same = 0
        while same < min(len(wanted), len(self.open)) and wanted[same] == self.open[same][0]:
            same += 1
        self.close_to(same)
        for mark in wanted[same:]:
            self._begin(mark)
        if run.picture:
            self.parts.append(run.text)
        elif "code" in run.style.marks and run.text.strip():
            self._code(run.text)
        else:
            self._text(run.text)

    def close_to(self, depth: int) -> None:
        while len(self.open) > depth:
            self.parts.append(self.open.pop()[1])

    def _begin(self, mark: str) -> None:
        last = self.parts[-1] if self.parts else ""
        if mark.startswith("link "):
            if last.endswith("!"):
                self.parts[-1] = f"{last[:-1]}\\!"
            self.parts.append("[")
            self.open.append((mark, f"]({encode_url(mark[5:])})"))
        elif mark in _ASTERISKS and not last.endswith("*") and not self._within_asterisks():
            self.parts.append(_ASTERISKS[mark])
            self.open.append((mark, _ASTERISKS[mark]))
        else:
            self.parts.append(f"<{_TAGS[mark]}>")
            self.open.append((mark, f"</{_TAGS[mark]}>"))

    def _within_asterisks(self) -> bool:
        return any(closing.startswith("*") for _, closing in self.open)

    def _text(self, text: str) -> None:
        self.parts.append(escape(text, in_table=self._in_table))

    def _code(self, text: str) -> None:
        last = self.parts[-1] if self.parts else ""
        if _UNFIT_FOR_CODE.search(text) or last.endswith(("`", "\\")):
            self.parts.append(f"<code>{escape(text, in_table=self._in_table)}</code>")
        else:
            self.parts.append(f"`{text}`")
