"""A large XML file cut into its items by their tags alone, whether they are sound or not."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, NamedTuple

ITEM_LIMIT = 32_000_000
"""The most characters of one item; a larger one is passed over."""

HEAD_LIMIT = 64_000_000
"""The most characters before the first item that are kept."""

_BLOCK = 1 << 20
_TAG = 40  # characters: more than a tag and its spaces have
_CLOSINGS = {"<!--": "-->", "<![CDATA[": "]]>"}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([A-Za-z0-9._:-]{1,40})[\"']")
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udbff\udd00-\udfff\ufffe\uffff]")
_CONTROLS = bytes((*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20)))
_STRAY = re.compile("[\udc80-\udcff]")


class Piece(NamedTuple):
    """A stretch of a file: its head (`is_head`), or one item with its tags; `line` is where it begins.

    `text` is "" for an item that is too large.
    """

    text: str
    line: int
    is_head: bool = False


@dataclass(slots=True)
class Damage:
    """What was mended while a file was read: characters XML may not hold, and bytes of another encoding."""

    unfit: int = 0
    stray: int = 0


def pieces(file: Path | bytes, tag: str, damage: Damage) -> Iterator[Piece]:
    """The head of an XML file, or of its bytes, then each of its `tag` elements; raises OSError.

    An end tag within CDATA ends nothing. Elements of the same name within each other are not told apart.
    """
    with BytesIO(file) if isinstance(file, bytes) else file.open("rb") as opened:
        yield from _Cutter(texts(opened, damage), tag).all()


def texts(file: BinaryIO, damage: Damage) -> Iterator[str]:
    """The characters of an XML file in blocks, without those that XML may not hold, with "\\n" line ends."""
    head = file.read(_BLOCK)
    encoding, skipped = _encoding(head)
    decoder = codecs.getincrementaldecoder(encoding)("surrogateescape" if encoding == "utf-8" else "replace")
    block = head[skipped:]
    held = ""
    while block or held:
        following = file.read(_BLOCK)
        text = held + decoder.decode(block, final=not following)
        held = "\r" if following and text.endswith("\r") else ""
        text = text[: len(text) - len(held)]
        if not (encoding == "utf-8" and _is_sound(block, text)):
            text, strays = _STRAY.subn(_as_windows, text)
            text, unfit = _UNFIT.subn("", text)
            damage.stray += strays
            damage.unfit += unfit
        yield text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
        block = following


def _is_sound(block: bytes, text: str) -> bool:
    """Whether XML may surely hold all of a text, whose end is that of a block of UTF-8."""
    if len(block.translate(None, _CONTROLS)) < len(block) or b"\xef\xbf" in block:
        return False
    if 0x80 <= (block[0] if block else 0) < 0xC0:
        return False  # a character that began in the block before
    try:
        text.encode()  # bytes that are not UTF-8 were let through as halves of characters
    except UnicodeEncodeError:
        return False
    return True


def _as_windows(match: re.Match[str]) -> str:
    return bytes([ord(match[0]) - 0xDC00]).decode("cp1252", "replace")


def _encoding(head: bytes) -> tuple[str, int]:
    for mark, name in _BOMS:
        if head.startswith(mark):
            return name, len(mark)
    for start, name in ((b"<\0?\0", "utf-16-le"), (b"\0<\0?", "utf-16-be")):
        if head.startswith(start):
            return name, 0
    declared = _DECLARED.match(head.lstrip())
    try:
        name = codecs.lookup(declared[1].decode("ascii")).name if declared else "utf-8"
        "".encode(name)
        codecs.getincrementaldecoder(name)
    except (LookupError, ValueError):
        return "utf-8", 0
    return ("utf-8" if name in {"utf-8-sig", "ascii"} or name.startswith(("utf-16", "utf-32")) else name), 0


class _Cutter:
    """Cuts texts that come in blocks at the tags of one element; `at` is how far `buffer` is used up."""

    def __init__(self, texts: Iterator[str], tag: str) -> None:
        self.texts = texts
        self.opening = re.compile(rf"<!--|<!\[CDATA\[|<{tag}(?=[\s>])")
        self.mark = re.compile(rf"<!\[CDATA\[|</{tag}\s{{0,9}}>")
        self.ending = re.compile(rf"</{tag}\s{{0,9}}>")
        self.buffer = ""
        self.at = 0
        self.line = 1
        self.is_over = False
        self.endless: set[str] = set()  # marks that the buffer does not hold any more

    def all(self) -> Iterator[Piece]:
        """The head and the items, in order."""
        head, more = self._before_item()
        yield Piece(head, 1, is_head=True)
        while more:
            line = self.line
            end = self._end()
            if end is None:
                self._take(len(self.buffer))
                yield Piece("", line)
            else:
                yield Piece(self._take(end), line)
            _, more = self._before_item()

    def _before_item(self) -> tuple[str, bool]:
        """What stands before the next item, at most HEAD_LIMIT of it, and whether there is one."""
        parts: list[str] = []
        kept = 0
        while True:
            end, found = self._opening()
            text = self._take(end)
            parts += [text] if kept < HEAD_LIMIT else []
            kept += len(text)
            if found or self.is_over:
                return "".join(parts), found
            self._more()

    def _opening(self) -> tuple[int, bool]:
        """Where in the buffer the next item begins, outside comments and CDATA; else how far it looked."""
        scanned = self.at
        while (match := self.opening.search(self.buffer, scanned)) is not None:
            closing = _CLOSINGS.get(match[0])
            if closing is None:
                return match.start(), True
            close = -1 if closing in self.endless else self.buffer.find(closing, match.end())
            if close < 0:
                # One that never ends hides nothing that comes after it.
                self.endless.add(closing)
                if not self.is_over and len(self.buffer) - match.start() < ITEM_LIMIT:
                    return match.start(), False
                close = match.end()
            scanned = close
        # A tag may be cut in two by the end of the block.
        return (len(self.buffer) if self.is_over else max(scanned, len(self.buffer) - _TAG)), False

    def _end(self) -> int | None:
        """Where in the buffer the item ends that begins at `at`; None for one that is too large."""
        scanned = 1
        while True:
            match = self.mark.search(self.buffer, self.at + scanned)
            if match is None:
                scanned = max(scanned, len(self.buffer) - self.at - _TAG)
            elif match[0][1] == "/":
                return match.end()
            else:
                close = self.buffer.find("]]>", match.end())
                scanned = (close + 3 if close >= 0 else match.start()) - self.at
                if close >= 0:
                    continue
            if self.is_over or len(self.buffer) - self.at > ITEM_LIMIT:
                return self._plain_end()
            self._more()

    def _plain_end(self) -> int | None:
        """The end of an item whose CDATA has none: its first end tag, or all that is left of the file."""
        match = self.ending.search(self.buffer, self.at)
        if match is not None:
            return match.end()
        return len(self.buffer) if self.is_over else None

    def _more(self) -> None:
        """Read on: in growing steps, so that a large item costs no more to join than to read."""
        self.endless.clear()
        parts = [self.buffer[self.at :]]
        wanted = len(parts[0]) // 2
        self.at = 0
        while True:
            text = next(self.texts, None)
            if text is None:
                self.is_over = True
                break
            parts.append(text)
            wanted -= len(text)
            if wanted <= 0:
                break
        self.buffer = "".join(parts)

    def _take(self, end: int) -> str:
        text = self.buffer[self.at : end]
        self.at = end
        self.line += text.count("\n")
        return text
