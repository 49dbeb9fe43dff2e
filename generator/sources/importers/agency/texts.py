"""The words of an item, in plain text or in HTML, as Markdown; and without what no text may hold."""

import re
from html import unescape

from generator.core.problems import Problem
from generator.sources.importers.base import Dropped
from generator.sources.importers.html import html_to_markdown, missing
from generator.sources.importers.html.escaping import escape, guard_start

_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_LONE = re.compile("[\ud800-\udfff]")
_TAG = re.compile(r"<[a-zA-Z/!][^<>]{0,2000}>")
_PARTED = re.compile(r"\n[ \t]*\n\s*")
_MARKUP = re.compile(
    r"</?(?:p|div|br|section|article|h[1-6]|ul|ol|table|b|i|em|strong|a|span|blockquote)\b", re.I
)


class Text:
    """Markdown from a text, with what was left out of it and what is wrong."""

    __slots__ = ("dropped", "markdown", "problems", "recall")

    def __init__(
        self,
        markdown: str = "",
        dropped: tuple[Dropped, ...] = (),
        recall: float | None = None,
        problems: tuple[Problem, ...] = (),
    ) -> None:
        self.markdown = markdown
        self.dropped = dropped
        self.recall = recall
        self.problems = problems


def from_html(html: str, title: str, where: str) -> Text:
    """HTML as Markdown; its words alone, and an E346 problem, where the library for HTML is missing."""
    problem = missing(where)
    if problem is not None:
        return Text(from_plain(bare(html.replace("</p>", "\n\n"), lines=True)), problems=(problem,))
    made = html_to_markdown(html, title=title)
    return Text(made.markdown, made.dropped, made.recall)


def from_plain(text: str) -> str:
    """Plain text as Markdown that means it literally.

    Paragraphs are parted by blank lines; where there are none, every line is one.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    pieces = _PARTED.split(text) if _PARTED.search(text.strip()) else text.split("\n")
    paragraphs = (" ".join(piece.split()) for piece in pieces)
    return "\n\n".join(guard_start(escape(paragraph)) for paragraph in paragraphs if paragraph)


def is_markup(text: str) -> bool:
    """Whether a text of unknown kind is HTML."""
    return _MARKUP.search(text[:20_000]) is not None


def bare(text: str, *, lines: bool = False) -> str:
    """The words of a line or of HTML, without tags, in one line; `lines` keeps those of the text."""
    if "<" in text:
        text = _TAG.sub(" ", text)
    if "&" in text:
        text = unescape(text)
    return text if lines else " ".join(text.split())


def clean(text: str) -> tuple[str, int, int]:
    """A text without characters that nobody sees, and how many those were; how many letters were lost.

    Half of a pair (a lone surrogate) is a letter lost, and shown as U+FFFD.
    """
    text, lost = _LONE.subn("\ufffd", text)
    text, unseen = _UNSEEN.subn("", text)
    return text, unseen, lost


def told(unseen: int, lost: int, where: str) -> tuple[Problem, ...]:
    """The problems of a file from which characters were left out."""
    problems: list[Problem] = []
    if unseen:
        message = f"control characters were left out: {unseen:,}"
        problems.append(Problem(where, 0, "W321", message, "compare with the original"))
    if lost:
        message = f"letters were lost: {lost:,} halves of pairs (lone surrogates) stand in it"
        problems.append(Problem(where, 0, "W322", message, "look for a better copy of the original"))
    return tuple(problems)
