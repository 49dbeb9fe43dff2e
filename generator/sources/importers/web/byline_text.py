"""The words of a byline, in lines: one for each person or fact, as far as the markup tells."""

import re

from generator.sources.importers.html.clutter import unwanted
from generator.sources.importers.html.tree import Element, walk

_PART = re.compile(
    r"(?:^|[\s_-])(?:role|title|position|job|occupation|twitter|handle|social|e-?mail|date|time|timestamp|updated|published|location|place|lugar|lieu|luogo|local|ort|"
    r"avatar|follow|bio|description|separator|read-?time|reading|meta-?date|affiliation|organi[sz]ation|share|image|photo|job-?title|funktion|"
    r"section|categor(?:y|ies)|cat|comments?|posted-?on|count|actions?|tools?|copy-?link|source-?org|org|dateline)(?=[\s_0-9-]|$)",
    re.I,
)
_HIDDEN = frozenset(
    ["script", "style", "button", "svg", "template", "time", "noscript", "img", "select", "input", "figure"]
)
_BLOCK = frozenset(["p", "div", "li", "h2", "h3", "h4", "h5", "address", "ul", "section", "td", "tr"])
_INLINE = frozenset(["span", "a", "b", "strong", "em", "i", "font"])


def byline_text(element: Element) -> str:
    """The lines of a byline without roles, dates and addresses that have elements of their own."""
    words: list[str] = []
    walker = walk(element)
    for event, inner in walker:
        tag = str(inner.tag)
        if event == "start":
            names = f"{inner.get('class') or ''} {inner.get('itemprop') or ''} {inner.get('property') or ''}"
            if inner is not element and (
                tag in _HIDDEN
                or (len(names) > 2 and _PART.search(names[:300]) and not _is_name(names))
                or unwanted(inner, tag) in {"share bar", "hidden text"}
            ):
                words.append("\n")
                walker.skip()
            else:
                if inner is not element:
                    words.append("\n" if tag in _BLOCK or tag == "br" else " " if tag in _INLINE else "")
                words.append(inner.text or "")
        elif event == "end" and inner is not element:
            following = inner.getnext()
            if tag in _BLOCK or (tag in _INLINE and not (inner.tail or "").strip() and following is not None):
                words.append("\n")
            words.append(inner.tail or "")
        elif inner is not element:
            words.append(inner.tail or "")
    lines = (" ".join(line.split()) for line in "".join(words).split("\n"))
    return "\n".join(filter(None, lines))


def _is_name(names: str) -> bool:
    return "author" in names.lower() and "name" in names.lower()
