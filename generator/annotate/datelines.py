"""The places and the agency of a dateline: "NAIROBI/ADDIS ABABA (Reuters) -", "VALDOSTA, Ga. (AP) -"."""

import re
from collections.abc import Iterator, Sequence

from generator.annotate.spans import PROVEN, Span

_TOWN = r"[^\W\d_a-zà-þ][^\W\d_a-zà-þ.'’-]*(?: [^\W\d_a-zà-þ][^\W\d_a-zà-þ.'’-]*){0,3}"
_LINE = re.compile(
    rf"\s*(?P<towns>{_TOWN}(?:/{_TOWN})*)(?:, (?P<land>[^\W\d_][\w.]*(?: [^\W\d_][\w.]*){{0,2}}))?"
    r"(?:, (?:Jan|Feb|March|April|May|June|July|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.? \d{1,2})?"
    r" \((?P<agency>Reuters|AP|AFP|dpa|UPI|ANI|PTI|TASS|EFE|ANSA|Xinhua|Bloomberg"
    r"|Thomson Reuters Foundation)\)"
)
_MONTH = re.compile(r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?\Z")


def with_datelines(texts: Sequence[str], spans: Sequence[Span]) -> list[Span]:
    """The spans of some texts, those of their datelines as these have them."""
    lines = [_LINE.match(text) if "(" in text[:80] else None for text in texts]
    ends = [line.end() if line else 0 for line in lines]
    named = (span for number, line in enumerate(lines) if line for span in _named(number, line))
    return [*named, *(span for span in spans if span.start >= ends[span.text])]


def _named(number: int, line: re.Match[str]) -> Iterator[Span]:
    at = line.start("towns")
    for town in line["towns"].split("/"):
        yield Span(number, at, at + len(town), "places", PROVEN, town, "dateline")
        at += len(town) + 1
    if line["land"] and not _MONTH.match(line["land"]):
        yield Span(number, *line.span("land"), "places", PROVEN, line["land"], "dateline")
    yield Span(number, *line.span("agency"), "organisations", PROVEN, line["agency"], "dateline")
