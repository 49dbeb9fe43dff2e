"""What stands around an article's text for readers, as it was found: headline, deck, bylines, dates."""

from dataclasses import field

from generator.core.elements import BLOCKS
from generator.core.frozen import dataclass
from generator.sources.importers.html import Picture
from generator.sources.importers.html.tree import Element
from generator.sources.importers.web.called import PEOPLE
from generator.sources.importers.web.moments import When


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """A date as it stands in the page; `updated`: it is of a change; `before_text`: where it stands; `above`:
    over the headline, where a paper may write the day on which the page was asked for."""

    when: When
    updated: bool
    before_text: bool
    above: bool = False


@dataclass(slots=True, kw_only=True)
class Head:
    """What was found; `taken` are elements not to be read again as text, and what they are."""

    headline: str = ""
    kicker: str = ""
    sure: bool = False
    deck: str = ""
    bylines: list[str] = field(default_factory=list)
    loose_bylines: list[str] = field(default_factory=list)
    late_bylines: list[str] = field(default_factory=list)
    signed: list[str] = field(default_factory=list)
    stamps: list[Stamp] = field(default_factory=list)
    picture: Picture | None = None
    tags: list[str] = field(default_factory=list)
    taken: dict[Element, str] = field(default_factory=dict)


def is_line(element: Element, tag: str) -> bool:
    """Whether a span stands between blocks and is a line of its own."""
    before, after = element.getprevious(), element.getnext()
    return (
        tag == "span"
        and not (element.tail or "").strip()
        and before is not None and before.tag in BLOCKS and not (before.tail or "").strip()
        and after is not None and after.tag in BLOCKS
    )  # fmt: skip


def signs(link: Element) -> bool:
    """Whether a link is one to the page of who wrote it."""
    return (
        "author" in (link.get("rel") or "").lower().split()
        or PEOPLE.search(link.get("href") or "") is not None
    )
