"""Quotations that end in a line `— Name`: pull quotes."""

import re
from typing import NamedTuple

from generator.markup.marks import unmarked
from generator.markup.tokens import Token, plain_text

_ATTRIBUTION = re.compile(r"\s*(?:—|–|―|--)\s*(\S[^\n]{0,199})\s*\Z")
DASH = re.compile(r"\s*(?:—|–|―|--)\s*")
"""What stands before an attribution."""


class Cut(NamedTuple):
    """Where in a quotation its attribution begins: before `offset` of the text of token `token`.

    `end` is the closing tag of the paragraph it stands in; `whole` tells that it fills that paragraph.
    """

    token: int
    offset: int
    end: int
    whole: bool
    name: str


def attribution(tokens: list[Token], at: int) -> Cut | None:
    """Where the last paragraph of a quotation ends in a line `— Name`, if it does."""
    last = tokens[at].partner - 1
    while last > at and not tokens[last].name and tokens[last].html.isspace():
        last -= 1
    if tokens[last].name != "p" or not tokens[last].closing:
        return None
    first = tokens[last].partner
    cut, offset, position = first + 1, 0, first + 1
    while position < last:
        token = tokens[position]
        if token.name == "br":
            cut, offset = position, 0
        elif not token.name and "\n" in token.html.rstrip():
            cut, offset = position, token.html.rstrip().rindex("\n")
        position = token.partner + 1
    rest = tokens[cut]._replace(html="" if tokens[cut].name else tokens[cut].html[offset:])
    words = unmarked(plain_text([rest, *tokens[cut + 1 : last]]))
    match = _ATTRIBUTION.match(words)
    before = [*tokens[at + 1 : cut], tokens[cut]._replace(name="", html=tokens[cut].html[:offset])]
    if not match or not unmarked(plain_text(before)).strip():
        return None
    whole = not plain_text(before[first - at :]).strip()
    return Cut(cut, offset, last, whole, match[1].strip())
