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

_WORDS = r"[^*_\[\]<>&`~|{}\\\n\xa0]"
_URL = r"[A-Za-z0-9/:.?#=&%@+,~!$_-]"
_MARK = re.compile(
    rf"\[(?P<shown>{_WORDS}+)\]\((?P<href>{_URL}+)\)"
    rf"|!\[(?P<alt>{_WORDS}*)\]\((?P<src>{_URL}+)\)"
    rf"|\*\*(?P<strong>(?!\s){_WORDS}+(?<!\s))\*\*(?![\w*])"
    rf"|\*(?P<em>(?!\s){_WORDS}+(?<!\s))\*(?![\w*])"
    rf"|__(?P<strong_>(?!\s){_WORDS}+(?<!\s))__(?!\w)"
    rf"|_(?P<em_>(?!\s){_WORDS}+(?<!\s))_(?!\w)"
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
    html: list[str] = []
    texts: list[str] = []
    runs: list[Run] = []
    urls: list[str] = []
    at = length = found = done = 0

    def put(piece: str, *, linkable: bool) -> None:
        nonlocal at, length
        size = len(piece)
        html.append(piece)
        if length or not piece.isspace():
            runs.append(Run(length, at, size, size, linkable))
            texts.append(piece)
            length += size
        at += size

    def tag(piece: str) -> None:
        nonlocal at
        html.append(piece)
        at += len(piece)

    for match in _MARK.finditer(source):
        found += 1
        start, kind = match.start(), match.lastgroup
        before = source[start - 1] if start else " "
        if found > MOST_MARKS:
            return None
        if kind is None:
            mark = match[0]
            after = source[start + 1 : start + 2]
            if mark == "_" and before.isalnum() and after.isalnum():
                continue
            if mark not in _REFERENCES or (mark == "&" and not after.isspace()):
                return None
        if start > done:
            if kind is None and not length and source[done:start].isspace():
                return None
            put(source[done:start], linkable=linkable)
        done = match.end()
        if kind is None:
            reference = _REFERENCES[mark]
            runs.append(Run(length, at, 1, len(reference), linkable))
            texts.append(mark)
            length += 1
            tag(reference)
        elif kind == "href":
            url = match["href"]
            shown = match["shown"]
            if before == "!" or shown.isspace() or not _is_sure(url):
                return None
            url = site_url(url)
            urls.append(url)
            tag(f'<a href="{based(url, base).replace("&", "&amp;")}">')
            put(shown, linkable=False)
            tag("</a>")
        elif kind == "src":
            url = match["src"]
            if not _is_sure(url):
                return None
            url = site_url(url)
            urls.append(url)
            alt = match["alt"].replace('"', "&quot;")
            tag(f'<img alt="{alt}" src="{based(url, base).replace("&", "&amp;")}">')
        else:
            if before.isalnum() or before in "*_":
                return None
            name = _TAGS[kind]
            tag(f"<{name}>")
            put(match[kind], linkable=linkable)
            tag(f"</{name}>")
    if done < len(source):
        put(source[done:], linkable=linkable)
    return Words("".join(html), "".join(texts), tuple(runs), urls)


def _is_sure(url: str) -> bool:
    """Whether the sanitiser is certain to keep an address as it is."""
    return _SURE_URL.fullmatch(url) is not None
