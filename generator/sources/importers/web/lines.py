"""Lines above an article's text as readers see them: which are bylines, and which hold dates."""

import re

from generator.sources.importers.html.tree import Element, text_of, walk
from generator.sources.importers.newstext_dates import Customs
from generator.sources.importers.web.moments import When
from generator.sources.importers.web.names import begins_with_by, names_in
from generator.sources.importers.web.stamps import DATEISH, stamps_in

MAX_DATE = 140
"""The most characters of a line in which dates are looked for."""

# "Ada Quill, 13 April 2021": all that is left of the line is one name of two to four words.
_NAME = re.compile(
    r"[^\W\d_a-z][\w’'.-]+(?:\s+(?:de|da|di|van|von|der|la|le|el|al)){0,2}(?:\s+[^\W\d_a-z][\w’'.-]*){1,3}"
)
_BY_WITHIN = re.compile(
    r"(?:(?<=\s)by|(?<=[\d|,•·–—-]\s)(?:von|par|por|door|di|av|af|przez))\s+[^\W\d_][^|•·\d]{3,60}",
    re.IGNORECASE,
)


def read_line(line: str, by: Customs) -> tuple[str, list[tuple[When, bool]]]:
    """The byline that a line is or holds, "" for none, and the dates in it."""
    byline = ""
    match = None
    if begins_with_by(line) and names_in(line):
        byline = line
    elif (match := _BY_WITHIN.search(line)) and names_in(match[0]):
        byline = match[0]
    stamps = stamps_in(line, by) if len(line) <= MAX_DATE else []
    if stamps and not byline and match and names_in(match[0], certain=True):
        byline = match[0]
    if stamps and not byline:
        rest = DATEISH.sub(" ", line).strip(" ,.;:|/•·–—-()")
        byline = rest if _NAME.fullmatch(rest) and names_in(rest) else ""
    return byline, stamps


def lines_of(element: Element) -> str:
    """All the words of an element in lines, those with elements of their own too."""
    words: list[str] = []
    walker = walk(element)
    for event, inner in walker:
        tag = inner.tag
        if event == "start":
            if tag in {"script", "style", "button", "svg", "template"}:
                walker.skip()
                continue
            if inner is not element and tag in {"p", "div", "br", "li", "h2", "h3", "h4", "span", "td"}:
                words.append(
                    "\n"
                    if tag != "span" or (words and words[-1][-1:].isspace() is False and words[-1])
                    else ""
                )
            words.append(inner.text or "")
        elif inner is not element:
            words.append(
                ("\n" if tag in {"p", "div", "li", "span"} and not (inner.tail or "").strip() else "")
                + (inner.tail or "")
            )
    lines = (" ".join(line.split()) for line in "".join(words).split("\n"))
    return "\n".join(filter(None, lines))


def text_before(element: Element) -> str:
    """The words right before an element, in its own line: "Updated: "."""
    previous = element.getprevious()
    parent = element.getparent()
    words = ""
    if previous is not None:
        words = (
            f"{text_of(previous)[-40:]} {previous.tail or ''}"
            if previous.tag in {"span", "b", "strong", "em", "small", "label", "i"}
            else previous.tail or ""
        )
    elif parent is not None:
        words = parent.text or ""
        if not words.strip() and parent.getprevious() is not None and parent.tag in {"span", "b", "strong"}:
            above = parent.getprevious()
            words = text_of(above)[-40:] if above is not None and above.tag in {"span", "b", "strong"} else ""
    return " ".join(words.split())[-60:]
