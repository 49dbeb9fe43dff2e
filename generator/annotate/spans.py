"""What the rules find: a stretch of text that names a person, an organisation or a place."""

from typing import Literal, NamedTuple

Kind = Literal["people", "organisations", "places", "other"]


class Span(NamedTuple):
    """A name: number of its text, offsets into it, what it names, and how sure the rule is that says so.

    `sure` is 2 for a name that its own words or its introduction prove, 1 for a likely one, 0 for a guess.
    Kind "other" (an event, a law) keeps its words from being read as a name.
    """

    text: int
    start: int
    end: int
    kind: Kind
    sure: int
    words: str
    rule: str


PROVEN, LIKELY, GUESS = 2, 1, 0
