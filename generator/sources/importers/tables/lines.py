"""The lines of a text file of any size, whatever its encoding, each of bounded length."""

import codecs
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

LINE_LIMIT = 16 * 1024 * 1024
"""The most characters of a line that is read."""

_ESCAPED = re.compile("[\udc80-\udcff]")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def encoding_of(head: bytes) -> str:
    """The encoding that a byte order mark names, else UTF-8."""
    return next((name for mark, name in _BOMS if head.startswith(mark)), "utf-8")


@dataclass(slots=True, kw_only=True)
class Lines:
    """Iterates the lines of a file, their ends included, in UTF-8 or as a byte order mark says.

    A byte that is none of UTF-8 is read as Windows-1252 has it, as in what spreadsheets save: `foreign`
    counts the lines that hold one, `first_foreign` is the first. A line longer than LINE_LIMIT is left out:
    its number is in `too_long`. `number` is that of the line last given, from 1.
    """

    file: BinaryIO
    number: int = 0
    foreign: int = 0
    first_foreign: int = 0
    too_long: list[int] = field(default_factory=list)

    def __iter__(self) -> Iterator[str]:
        head = self.file.read(4)
        self.file.seek(0)
        name = encoding_of(head)
        # Only UTF-8 lets bytes through as they are; in the others a broken unit is one lost character.
        errors = "surrogateescape" if name.startswith("utf-8") else "replace"
        with io.TextIOWrapper(self.file, name, errors, newline="") as text:
            while line := text.readline(LINE_LIMIT):
                self.number += 1
                if len(line) == LINE_LIMIT and not line.endswith(("\n", "\r")):
                    self._pass_over(text)
                    continue
                yield line if line.isascii() else self._mended(line)

    def _pass_over(self, text: io.TextIOWrapper) -> None:
        self.too_long.append(self.number)
        while (more := text.readline(LINE_LIMIT)) and not more.endswith(("\n", "\r")):
            pass

    def _mended(self, line: str) -> str:
        if _ESCAPED.search(line) is None:
            return line
        self.foreign += 1
        self.first_foreign = self.first_foreign or self.number
        return _ESCAPED.sub(_as_windows, line)


def _as_windows(match: re.Match[str]) -> str:
    return bytes([ord(match[0]) - 0xDC00]).decode("cp1252", "replace")
