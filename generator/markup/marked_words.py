"""The inline Markdown that most paragraphs are content with, turned into HTML without the converter.

Only what the converter would certainly make the same of is read here: emphasis and links that hold plain
words, pictures, characters that HTML escapes. Anything else makes `marked_words` return None.
"""

import re
from typing import NamedTuple

from generator.core.model import Run
from generator.markup.links import based, site_url

MARKS = "*_[]&>~\xa0"
"""The characters that have a meaning in a stretch of words; `marked_words` need not be asked without one."""

MOST_MARKS = 30
"""Brackets and marks of one block: the converter's own bounds (bounds.py) are out of reach of so few."""

_WORD = r"[^*_\[\]<>&`~|{}\\\xa0]"
_URL = r"[A-Za-z0-9/:.?#=&%@+,~!$_-]"
_LINK = rf"\[{_WORD}+\]\({_URL}+\)"
_EMPHASISED = rf"(?!\s)(?:{_WORD}|{_LINK})+(?<!\s)"
_STRESSES = rf"\*\*(?!\s){_WORD}+(?<!\s)\*\*|\*(?!\s){_WORD}+(?<!\s)\*"
_MARK = re.compile(
    rf"\[(?P<shown>(?:{_WORD}|{_STRESSES})+)\]\((?P<href>{_URL}+)\)"
    rf"|!\[(?P<alt>[^*_\[\]<>&`~|{{}}\\\n\xa0]*)\]\((?P<src>{_URL}+)\)"
    rf"|\*\*(?P<strong>{_EMPHASISED})\*\*(?![\w*])"
    rf"|\*(?P<em>{_EMPHASISED})\*(?![\w*])"
    rf"|__(?P<strong_>{_EMPHASISED})__(?!\w)"
    rf"|_(?P<em_>{_EMPHASISED})_(?!\w)"
    r"|[*_\[\]&>~\xa0]"
)
_HOST = r"(?:[a-z0-9](?:-?[a-z0-9])*\.)+[a-z]{2,12}"
_SURE_URL = re.compile(
    rf"https?://{_HOST}(?::[0-9]{{1,4}})?(?:[/?#].*)?|/(?!/).*|#.*|(?:\.\./|\./)*(?!\.\.?/)[A-Za-z0-9_.-]+(?:[/?#].*)?"
)
_TAGS = {"strong": "strong", "em": "em", "strong_": "strong", "em_": "em"}
_REFERENCES = {"&": "&amp;", ">": "&gt;", "\xa0": "&nbsp;"}


class Words(NamedTuple):
    """A stretch of words as HTML, its plain text, and the runs between the two.

    `urls` are the addresses of links and pictures as the site means them, in order.
    """

    html: str
    text: str
    runs: tuple[Run, ...]
    urls: list[str]

    def placed(self, at: int) -> tuple[Run, ...]:
        """The runs where the HTML stands at a place in a page's."""
        return tuple(
            Run(text, html + at, size, span, linkable) for text, html, size, span, linkable in self.runs
        )


def marked_words(source: str, base: str, *, linkable: bool = True) -> Words | None:
    """Words with marks as HTML; None unless all of them are of the simple kinds.

    `source` is printable but for line breaks and no-break spaces, neither begins nor ends in white space,
    and holds none of direct.NEVER.
    """
    writer = _Writer(base)
    if not writer.write(source, linkable=linkable):
        return None
    return Words("".join(writer.html), "".join(writer.texts), tuple(writer.runs), writer.urls)


class _Writer:
    """Words on their way into HTML."""

    __slots__ = ("at", "base", "found", "html", "length", "runs", "texts", "urls")

    def __init__(self, base: str) -> None:
        self.base = base
        self.html: list[str] = []
        self.texts: list[str] = []
        self.runs: list[Run] = []
        self.urls: list[str] = []
        self.at = self.length = self.found = 0

    def write(self, source: str, *, linkable: bool) -> bool:
        """Write words and marks; False where one is of another kind."""
        done = 0
        for match in _MARK.finditer(source):
            start, kind = match.start(), match.lastgroup
            before = source[start - 1] if start else " "
            mark = match[0]
            self.found += 1
            if self.found > MOST_MARKS:
                return False
            if kind is None:
                after = source[start + 1 : start + 2]
                if mark == "_" and before.isalnum() and after.isalnum():
                    continue
                if mark not in _REFERENCES or (mark == "&" and not after.isspace()):
                    return False
                if not self.length and start > done and source[done:start].isspace():
                    return False
            if start > done:
                self.put(source[done:start], linkable=linkable)
            done = match.end()
            if kind is None:
                self.refer(mark, _REFERENCES[mark], linkable=linkable)
            elif kind == "href":
                if before == "!" or match["shown"].isspace() or not self.link(match["href"], match["shown"]):
                    return False
            elif kind == "src":
                if not self.picture(match["src"], match["alt"]):
                    return False
            elif before.isalnum() or before in "*_":
                return False
            else:
                self.tag(f"<{_TAGS[kind]}>")
                if not self.write(match[kind], linkable=linkable):
                    return False
                self.tag(f"</{_TAGS[kind]}>")
        if done < len(source):
            self.put(source[done:], linkable=linkable)
        return True

    def tag(self, piece: str) -> None:
        self.html.append(piece)
        self.at += len(piece)

    def put(self, piece: str, *, linkable: bool) -> None:
        size = len(piece)
        self.html.append(piece)
        if self.length or not piece.isspace():
            self.runs.append(Run(self.length, self.at, size, size, linkable))
            self.texts.append(piece)
            self.length += size
        self.at += size

    def refer(self, mark: str, reference: str, *, linkable: bool) -> None:
        self.runs.append(Run(self.length, self.at, 1, len(reference), linkable))
        self.texts.append(mark)
        self.length += 1
        self.tag(reference)

    def link(self, url: str, shown: str) -> bool:
        """A link; False where its address may not be kept as it is."""
        if not _is_sure(url):
            return False
        self.tag(f'<a href="{self._address(url)}">')
        if not self.write(shown, linkable=False):
            return False
        self.tag("</a>")
        return True

    def picture(self, url: str, alt: str) -> bool:
        """A picture; False where its address may not be kept as it is."""
        if not _is_sure(url):
            return False
        said = alt.replace('"', "&quot;")
        self.tag(f'<img alt="{said}" src="{self._address(url)}">')
        return True

    def _address(self, written: str) -> str:
        url = site_url(written)
        self.urls.append(url)
        return based(url, self.base).replace("&", "&amp;")


def _is_sure(url: str) -> bool:
    """Whether the sanitiser is certain to keep an address as it is."""
    return _SURE_URL.fullmatch(url) is not None
