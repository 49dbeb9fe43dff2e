"""What the words right around a name say of its kind, more surely than a tagger can."""

import re
from collections.abc import Sequence

from generator.annotate.gazetteer import gazetteer
from generator.annotate.lexicon import lexicon
from generator.annotate.spans import Kind
from generator.annotate.tokens import Token

_BODIES = (
    r"company|firm|agency|newspaper|daily|website|magazine|broadcaster|brokerage|charity|airline|car-?maker"
    r"|retailer|lender|insurer|start-?up|consultancy|think[- ]?tank|supermarket|chain|manufacturer|watchdog"
    r"|subsidiary|nonprofit|software house|conglomerate|utility|carrier|brewer|law firm|hedge fund"
)
_MOVED = (
    r"rose|fell|climbed|jumped|dropped|slipped|gained|lost|added|surged|tumbled|slid|plunged|soared|shed|sank"
    r"|dipped|declined"
)
_BEFORE = re.compile(
    r"(?:\b(?:[Ss]hares?|[Ss]takes?) (?:in|of) (?:the )?"
    r"|\b(?:analyst|strategist|economist|trader|researcher|scientist|lecturer|fellow|consultant|manager"
    r"|executive)s? (?:at|with) (?:the )?"
    rf"|\b[a-z-]+ (?:{_BODIES})(?: called| named)? )\Z"
)
_BEHIND = re.compile(
    rf"(?:, (?:the|an?) (?:[\w-]+ ){{0,3}}(?:{_BODIES})"
    r"(?:[,.;]| (?:of|that|which|based|in|behind|for|with)\b)"
    rf"|(?:['’]s)? shares\b|(?: shares)? (?:{_MOVED}) (?:by )?\d[\d.]* ?(?:%|per ?cent)"
    r"| (?:raised|cut|upgraded|downgraded|lowered) (?:it|its|the (?:stock|shares))\b"
    r"| \([A-Z0-9]{1,6}\.[A-Z]{1,3}\))"
)
_AGED = re.compile(r", \d{1,3}, (?:of|from) \Z")
_FAR = 40  # characters before a name


def kind_around(text: str, start: int, end: int, kind: Kind) -> Kind | None:
    """The kind that the words around a name say, where that is another; None where they say nothing.

    `kind` is what a tagger takes it for; a place that the gazetteer knows stays one.
    """
    words = text[start:end]
    if kind not in {"people", "places"} or (
        words in gazetteer().places and words not in gazetteer().doubtful
    ):
        return None
    before = text[max(0, start - _FAR) : start]
    if _BEFORE.search(before) or _BEHIND.match(text, end):
        return "organisations"
    return "places" if kind == "people" and _AGED.search(before) else None


def is_with_article(tokens: Sequence[Token], start: int, stop: int) -> bool:
    """Whether an article stands before a name as no person has it; the one of a noun behind it (the Obama
    era) tells nothing."""
    if not start or tokens[start - 1].text not in {"the", "The"}:
        return False
    behind = tokens[stop].text if stop < len(tokens) else ""
    return not behind.islower() or behind.capitalize() in lexicon().stop
