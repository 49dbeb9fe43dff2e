"""HTML written piece by piece, and the plain text that stands in it."""

from html import unescape

from generator.core.model import Block, BlockKind, Run, WikiLink
from generator.markup import marks
from generator.markup.tokens import escape


class Writer:
    """Grows a text's HTML, and for the block begun last its plain text with the runs that map the two.

    `parts` are the HTML so far, `position` its length. `blocks` and `wiki` are complete up to the block
    begun.
    """

    def __init__(self, names: list[str]) -> None:
        """`names` are those that wiki links mean, by the number in their marks."""
        self.blocks: list[Block] = []
        self.wiki: list[WikiLink] = []
        self.position = 0
        self._names = names
        self.parts: list[str] = []
        self._start = 0
        self._text: list[str] = []
        self._length = 0
        self._runs: list[Run] = []
        self._gap = ""
        self._named: tuple[int, str] | None = None

    @property
    def html(self) -> str:
        """Everything written."""
        return "".join(self.parts)

    @property
    def has_words(self) -> bool:
        """Whether the block begun has any text."""
        return self._length > 0

    def raw(self, html: str) -> None:
        """Write tags, or text that belongs to no block."""
        html = marks.unmarked(html)
        self.parts.append(html)
        self.position += len(html)

    def begin(self) -> None:
        """Begin a block: its element is what is written from here to `end`."""
        self._start = self.position
        self._text, self._length, self._runs, self._gap, self._named = [], 0, [], "", None

    def end(self, kind: BlockKind, anchor: str, label: str = "") -> None:
        """End the block begun."""
        self.blocks.append(
            Block(
                kind=kind,
                anchor=anchor,
                text="".join(self._text),
                start=self._start,
                end=self.position,
                runs=tuple(self._runs),
                label=label,
            )
        )

    def part(self, separator: str) -> None:
        """Let `separator` stand in the plain text before its next words: the HTML has a tag there."""
        if self._length and len(separator) > len(self._gap):
            self._gap = separator

    def text(self, html: str, *, linkable: bool) -> None:
        """Write text of the block, as it stands in HTML: escaped, wiki links in their marks."""
        if (self._gap or not self._length) and not marks.unmarked(html).strip():
            self.raw(html)
            return
        if self._gap:
            if self._gap != "\n" or not html[0].isspace():
                self._text.append(self._gap)
                self._length += len(self._gap)
            self._gap = ""
        at = 0
        for mark in marks.MARK.finditer(html):
            self._unbroken(html[at : mark.start()], linkable)
            self._mark(mark[1], mark[0], linkable)
            at = mark.end()
        self._unbroken(html[at:], linkable)

    def _mark(self, number: str | None, mark: str, linkable: bool) -> None:
        if number is not None:
            name = self._names[int(number)] if int(number) < len(self._names) else ""
            self._named = (self._length, name) if name and linkable else None
        elif mark == marks.CLOSE and self._named:
            start, name = self._named
            self._named = None
            if start < self._length:
                self.wiki.append(WikiLink(block=len(self.blocks), start=start, end=self._length, name=name))

    def _unbroken(self, html: str, linkable: bool) -> None:
        at = 0
        while at < len(html):
            ampersand = html.find("&", at)
            stop = len(html) if ampersand < 0 else ampersand
            if stop > at:
                self._run(html[at:stop], html[at:stop], linkable)
            if ampersand < 0:
                return
            at = html.index(";", ampersand) + 1
            self._run(unescape(html[ampersand:at]), html[ampersand:at], linkable)

    def _run(self, text: str, html: str, linkable: bool) -> None:
        self._runs.append(Run(self._length, self.position, len(text), len(html), linkable))
        self._text.append(text)
        self._length += len(text)
        self.parts.append(html)
        self.position += len(html)

    def plain(self, text: str, *, linkable: bool) -> None:
        """Write plain text of the block."""
        self.text(escape(text), linkable=linkable)
