"""One pass over a tree of HTML that writes its Markdown; no recursion, time in proportion to its size."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from generator.core.elements import BLOCKS
from generator.sources.importers.base import Dropped
from generator.sources.importers.html import Converted, Picture
from generator.sources.importers.html.addresses import is_tracker, picture_address
from generator.sources.importers.html.captions import caption_behind
from generator.sources.importers.html.clutter import UNSHOWN, unwanted
from generator.sources.importers.html.embeds import EMBEDS, embedded, is_post, post_address, service
from generator.sources.importers.html.escaping import escape, guard_start, link_target
from generator.sources.importers.html.figures import (
    alt_of,
    figure_lines,
    image_markdown,
    is_figure,
    pictures_of,
)
from generator.sources.importers.html.inline import (
    BREAK,
    MARKS,
    PLAIN,
    Run,
    Style,
    collapsed,
    has_content,
    markdown_lines,
    plain_words,
)
from generator.sources.importers.html.recall import recall
from generator.sources.importers.html.tables import is_layout, table_blocks
from generator.sources.importers.html.tree import Element, parse, walk
from generator.sources.importers.html.writer import Writer
from generator.sources.importers.letters import tidy

_HEADINGS = {f"h{level}": max(2, level) for level in range(1, 7)}
_BLANK = " \t\n\r"
_BLOCKS = BLOCKS | {"title", "picture"}
_IMAGES = frozenset(["img", "amp-img", "amp-anim", "image"])

Judge = Callable[[Element, str], str]
"""What an element is when it is to be left out, "" when it is to stay."""

Notice = Callable[[str], str]
"""What a paragraph's words are when they are to be left out, "" when they are to stay."""

Place = Callable[[str], str]
"""Where a picture of an address lies in the archive ("/media/quay.jpg"); else the address itself."""


def convert(html: str, *, address: str = "", title: str = "", place: Place = str) -> Converted:
    """HTML as Markdown; see html_to_markdown."""
    return convert_tree(parse(html), address=address, title=title, place=place)


def convert_tree(
    root: Element,
    *,
    address: str = "",
    title: str = "",
    judge: Judge = unwanted,
    notice: Notice | None = None,
    place: Place = str,
) -> Converted:
    """What stands in an element as Markdown; `judge` tells what to leave out with all that is in it, and
    `notice` which paragraphs that have no element of their own."""
    walker = _Conversion(
        address=address, title=" ".join(title.split()), judge=judge, notice=notice, place=place
    )
    walker.run(root)
    return Converted(
        markdown=walker.writer.markdown,
        pictures=tuple(walker.pictures),
        dropped=tuple(
            Dropped(what, "no part of the article's text", number)
            for what, number in sorted(walker.dropped.items())
        ),
        recall=recall(walker.shown, walker.kept),
    )


@dataclass(slots=True)
class _Frame:
    """An element that is open: how its words are marked outside it, and what ends with it."""

    outside: Style
    ends: str = ""


@dataclass(slots=True, kw_only=True)
class _Conversion:
    address: str
    title: str
    judge: Judge
    notice: Notice | None = None
    place: Place = str
    writer: Writer = field(default_factory=Writer)
    pictures: list[Picture] = field(default_factory=list)
    dropped: Counter[str] = field(default_factory=Counter)
    shown: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    _runs: list[Run] = field(default_factory=list)
    _frames: list[_Frame] = field(default_factory=list)
    _style: Style = PLAIN
    _heading: int = 0
    _blocks: int = 0
    _within_cell: bool = False

    def run(self, root: Element) -> None:
        walker = walk(root)
        for event, element in walker:
            if event == "start":
                frame = _Frame(self._style)
                self._frames.append(frame)
                if self._start(element, str(element.tag), frame):
                    if element.text:
                        self._words(element.text)
                else:
                    walker.skip()
            else:
                if event == "end":
                    self._end(self._frames.pop())
                if element is not root and element.tail:
                    self._words(element.tail)
        self._flush()

    def _words(self, text: str) -> None:
        if not text.strip(_BLANK):
            self.shown.append(text)
            if self._runs:  # no line begins with white space
                self._runs.append(Run(text, self._style))
            return
        text = tidy(text)
        self._runs.append(Run(text, self._style))
        self.shown.append(text)

    def _start(self, element: Element, tag: str, frame: _Frame) -> bool:
        """Begin an element; False when what is inside has been dealt with or is left out."""
        if tag in UNSHOWN:
            if what := UNSHOWN[tag]:
                self._drop(element, what)
            return False
        if self._frames and (what := self.judge(element, tag)):
            self._drop(element, what)
            return False
        if tag == "p":  # most are, and are nothing of what follows
            self._flush()
            frame.ends = "block"
            return True
        if tag in MARKS:
            self._style = self._style.with_mark(MARKS[tag])
        elif tag == "a":
            href = link_target(element.get("href") or "", self.address)
            self._style = Style(href, self._style.marks)
        elif tag == "br":
            self._line_break()
        elif tag in _IMAGES:
            self._image(element)
            return False
        elif tag == "q":
            self._words("“")
            frame.ends = "q"
        elif tag in EMBEDS:
            return self._embed(element)
        elif tag == "noscript":
            return self._noscript(element)
        elif tag in _BLOCKS:
            return self._block(element, tag, frame)
        return True

    def _block(self, element: Element, tag: str, frame: _Frame) -> bool:
        self._flush()
        frame.ends = "block"
        before = element.getprevious() if tag == "figcaption" else None
        if before is not None and caption_behind(before) is not None:
            return False  # it was told with its figure
        if tag in _HEADINGS:
            self._heading = _HEADINGS[tag]
            frame.ends = "heading"
        elif tag in {"ul", "ol", "menu", "dir"}:
            number = _start_number(element) if tag == "ol" else 0
            frame.ends = "container" if self.writer.enter("list", number) else "block"
        elif tag == "li":
            frame.ends = "container" if self.writer.enter("item") else "block"
        elif tag == "blockquote":
            return self._quotation(element, frame)
        elif tag == "pre":
            self._preformatted(element)
            return False
        elif tag == "hr":
            self.writer.block(["---"])
        elif tag in {"figure", "div", "table", "dl"} and is_figure(element, tag):
            pictures = pictures_of(element, self.address)
            if pictures is not None:
                self._figure(pictures)
                return False
        if tag == "table" and not is_layout(element):
            self._table(element)
            return False
        return True

    def _end(self, frame: _Frame) -> None:
        if frame.ends == "q":
            self._words("”")
        elif frame.ends:
            self._flush()
            if frame.ends == "heading":
                self._heading = 0
            elif frame.ends == "container":
                self.writer.leave()
        self._style = frame.outside

    def _line_break(self) -> None:
        """A line break; two of them part paragraphs."""
        for run in reversed(self._runs):
            if run is BREAK:
                self._flush()
                return
            if run.picture or run.text.strip():
                break
        self._runs.append(BREAK)
        self.shown.append(" ")

    def _flush(self) -> None:
        """Write the words so far as a paragraph or heading; in a cell, which is one line, break the line."""
        if self._within_cell:
            self._runs.append(BREAK)
            self.shown.append(" ")
            return
        self.shown.append(" ")
        if not self._runs:
            return
        runs, self._runs = self._runs, []
        if len(runs) == 1 and runs[0].style is PLAIN and not self._heading and self.notice is None:
            self._flush_plain(runs[0])
            return
        if not has_content(runs):
            return
        if self.notice is not None and (what := self.notice(plain_words(runs))):
            self._keep(runs)  # left out and told, so not lost
            self.dropped[what] += 1
            return
        self._blocks += 1
        if self._heading:
            words = plain_words(runs)
            if self._blocks <= 3 and words == self.title:
                self.kept.append(f"{words} ")
                return
            lines = markdown_lines([run for run in runs if run is not BREAK], bold=False)
            text = " ".join(lines)
            trimmed = text.rstrip("#")
            lines = [f"{'#' * self._heading} {trimmed}" + "\\#" * (len(text) - len(trimmed))]
        else:
            lines = markdown_lines(runs)
            lines = [f"{line}  " for line in lines[:-1]] + lines[-1:]
        if lines:
            self.writer.block(lines)
            self._keep(runs)

    def _flush_plain(self, run: Run) -> None:
        """Write words without any mark as a paragraph, as most are."""
        words = run.text if run.picture else escape(collapsed(run.text).strip())
        if words and run is not BREAK:
            self._blocks += 1
            self.writer.block([guard_start(words)])
            self.kept += [" "] if run.picture else [run.text, " "]

    def _keep(self, runs: list[Run]) -> None:
        self.kept += [run.text for run in runs if not run.picture]
        self.kept.append(" ")

    def _drop(self, element: Element, what: str) -> None:
        self.dropped[what] += 1

    def _image(self, element: Element) -> None:
        if is_tracker(element):
            self._drop(element, "tracking pixel")
            return
        picture = Picture(src=self.place(picture_address(element, self.address)), alt=alt_of(element))
        if not picture.src:
            self._drop(element, "picture without an address")
            return
        if any(known.src == picture.src for known in self.pictures[-3:]):
            return
        self.pictures.append(picture)
        self._runs.append(Run(image_markdown(picture), PLAIN, picture=True))

    def _figure(self, found: tuple[Picture, ...]) -> None:
        pictures = tuple(replace(picture, src=self.place(picture.src)) for picture in found)
        self.pictures += pictures
        for lines in figure_lines(pictures, at_top=self.writer.at_top):
            self.writer.block(lines)
        words = " ".join(f"{p.caption} {p.credit}" for p in pictures)
        self.shown.append(f" {words} ")
        self.kept.append(f" {words} ")

    def _embed(self, element: Element) -> bool:
        """A link in place of what is embedded; the words within it are for browsers that cannot show it."""
        name, url = embedded(element, self.address)
        if not url:
            self._drop(element, "frame without an address for readers")
            return False
        self._flush()
        self._runs.append(Run(name or url, Style(url)))
        self._flush()
        return False

    def _noscript(self, element: Element) -> bool:
        """What browsers without scripts show: its pictures, for pages load theirs by script."""
        for image in element.iter("img"):
            self._image(image)
        return False

    def _quotation(self, element: Element, frame: _Frame) -> bool:
        names = element.get("class") or ""
        if is_post(names):
            url = post_address(element, self.address)
            frame.ends = "container" if self.writer.enter("quote") else "block"
            if url and not any(True for _ in element.iter("a")):
                self._runs.append(Run(service(url), Style(url)))
            return True
        frame.ends = "container" if self.writer.enter("quote") else "block"
        return True

    def _preformatted(self, element: Element) -> None:
        for line_break in element.iter("br"):
            line_break.tail = "\n" + (line_break.tail or "")
        text = "".join(str(part) for part in element.itertext()).strip("\n").replace("\r", "")
        self.shown.append(f"{text} ")
        if not text.strip():
            return
        self.kept.append(f"{text} ")
        lines = [line.rstrip() for line in text.expandtabs(4).split("\n")]
        if self.writer.at_top and not any(line.lstrip().startswith(("```", "~~~")) for line in lines):
            self.writer.block(["```", *lines, "```"])
        else:
            self.writer.block([f"    {line}" if line else "" for line in lines])

    def _table(self, table: Element) -> None:
        for lines in table_blocks(table, self._cell):
            self.writer.block(lines)

    def _cell(self, cell: Element) -> list[Run]:
        """The words of a cell: its blocks are parted by line breaks."""
        inner = _Conversion(address=self.address, title="", judge=self.judge, place=self.place)
        inner.cell(cell)
        self.shown += inner.shown
        self.kept += inner.shown
        self.pictures += inner.pictures
        self.dropped += inner.dropped
        return inner._runs

    def cell(self, cell: Element) -> None:
        """Gather the words of a table's cell."""
        self._within_cell = True
        walker = walk(cell)
        for event, element in walker:
            tag = str(element.tag)
            if event == "start":
                frame = _Frame(self._style)
                self._frames.append(frame)
                enters = True
                if tag in _BLOCKS:
                    if self.judge(element, tag):
                        enters = False
                    elif element is not cell:
                        self._runs.append(BREAK)
                        frame.ends = "line"
                else:
                    enters = self._start(element, tag, frame)
                if not enters:
                    walker.skip()
                elif element.text:
                    self._words(element.text)
            else:
                if event == "end":
                    frame = self._frames.pop()
                    if frame.ends == "line":
                        self._runs.append(BREAK)
                        self._style = frame.outside
                    elif frame.ends != "block":
                        self._end(frame)
                if element is not cell and element.tail:
                    self._words(element.tail)


def _start_number(element: Element) -> int:
    written = (element.get("start") or "1").strip()
    return int(written) if written.isdecimal() and len(written) < 5 and int(written) > 0 else 1
