"""What the elements of a text are to its blocks."""

import re

from generator.core.model import BlockKind
from generator.markup.tokens import Token

CONTAINERS = frozenset(["div", "section", "article", "aside", "details", "header", "footer", "center"])
"""Elements whose blocks are blocks of the text."""

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
KINDS: dict[str, BlockKind] = {
    "p": "paragraph", "ul": "item", "ol": "item", "dl": "item", "blockquote": "quote", "table": "table",
    "pre": "code", "figure": "figure", "summary": "other", "hr": "other",
    **dict.fromkeys(HEADINGS, "heading"),
}  # fmt: skip
"""The elements that are one block each, and what kind of block."""

FLOW = CONTAINERS | KINDS.keys()
"""Elements that end a stretch of loose words."""

INNER_BLOCKS = FLOW | frozenset(
    ["li", "dt", "dd", "caption", "colgroup", "thead", "tbody", "tfoot", "tr", "th", "td", "figcaption"]
)  # fmt: skip
"""Elements between which words are words apart."""

UNLINKABLE = frozenset(["a", "code", "tt", "pre", "kbd", "samp", "summary"])
"""Elements in whose words no link can stand."""

MEDIA = frozenset(["img", "picture", "video", "audio"])
NO_HEADLINE = MEDIA | {"code"}
"""Elements that no related line holds."""

_CAPTIONED = MEDIA | {"pre", "table", "blockquote", "ul", "ol"}
_FOOTNOTE_MARK = re.compile(r'class="[^"]*\bfootnote-(?:ref|backref)\b')


def around_blocks(tokens: list[Token]) -> set[int]:
    """Where elements begin that hold blocks without being made for it: one <b> that was never closed.

    Their blocks stand as if they were not there.
    """
    around: set[int] = set()
    still_open: list[int] = []
    for at, token in enumerate(tokens):
        if token.closing:
            if still_open and still_open[-1] == token.partner:
                still_open.pop()
        elif token.name in FLOW:
            while still_open:
                around.add(still_open.pop())
        elif token.name and token.partner != at:
            still_open.append(at)
    return around


def caption_alone(inside: list[Token]) -> bool:
    """Whether a figure holds a caption and nothing that it could caption."""
    names = {t.name for t in inside if t.name and not t.closing}
    return "figcaption" in names and names.isdisjoint(_CAPTIONED)


def is_wordless(tokens: list[Token], at: int) -> bool:
    """Whether an element begins here whose words are no reader's text.

    These are a footnote's number, the arrow back from it, and what browsers without video would show.
    """
    token = tokens[at]
    if token.closing or token.name not in {"sup", "a", "video", "audio"}:
        return False
    if token.name in MEDIA:
        return True
    marked = tokens[at + 1] if token.name == "sup" and at + 1 < len(tokens) else token
    return marked.name == "a" and _FOOTNOTE_MARK.search(marked.attributes) is not None
