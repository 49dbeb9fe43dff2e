"""Which elements are the lines under a headline, by what they are called and by where they stand."""

import re
from collections.abc import Iterator
from functools import lru_cache

from generator.sources.importers.html.tree import Element, text_of
from generator.sources.importers.web.called import is_byline, is_date
from generator.sources.importers.web.survey import Stat

_B = r"(?:^|[\s_-])"
_E = r"(?=[\s_0-9-]|$)"
_ATTRIBUTES = ("class", "id", "data-testid", "itemprop", "data-gu-name", "data-component", "data-qa")
_LONGEST = 600
_SOON = 4
_DECK = re.compile(
    rf"{_B}(?:standfirst|decks?|dek|sub-?titles?|sub-?head(?:line|ing|er)?s?|strap(?:line)?|chapo|chapeau|vorspann|entradilla|bajada|sommario|"
    rf"occhiello|stand-?first|article-?(?:summary|description|deck|excerpt|lead-?in|intro(?:duction)?)|(?:post|entry|story)-?(?:excerpt|summary|subtitle|description|deck|intro)|"
    rf"headline-?(?:sub|secondary)|secondary-?headline|excerpt|abstract|tagline|linea-?fina|teaser|perex|opener|zajawka|manchet|(?:article|story|post)-?lead|ingress|copete|summary|hat|lead-?text|teaser-?text){_E}",
    re.I,
)


def is_deck(element: Element) -> bool:
    """Whether an element calls itself the lines under a headline."""
    names = " ".join(filter(None, (element.get(name) for name in _ATTRIBUTES)))
    return len(names) > 2 and _deck_name(names[:400])


@lru_cache(maxsize=2048)
def _deck_name(names: str) -> bool:
    return _DECK.search(names) is not None


def stands_as_deck(paragraph: Stat, heading: Stat | None, told: frozenset[str]) -> bool:
    """Whether a paragraph stands under the `heading` as a deck does, whatever it is called.

    It lies in one <header> with it; or between it and a byline or date; or it says what the page `told` of
    itself (its descriptions, as `spoken` writes them), and no paragraph follows it directly, as the text's
    first is followed by its second.
    """
    if heading is None or paragraph.order < heading.order or paragraph.chars > _LONGEST:
        return False
    if told and spoken(text_of(paragraph.element)) in told:
        following = paragraph.element.getnext()
        return following is None or following.tag != "p" or not text_of(following)
    if _between(paragraph.element, heading.element):
        return True
    above = {id(holder) for holder in _holders(heading)}
    return any(holder.element.tag == "header" and id(holder) in above for holder in _holders(paragraph))


def _between(paragraph: Element, heading: Element) -> bool:
    """Whether a paragraph follows the headline at once, and a byline or a date follows it."""
    if paragraph.getprevious() is not heading or paragraph.tag not in {"p", "div", "h2", "h3"}:
        return False
    for number, following in enumerate(paragraph.itersiblings()):
        if number >= _SOON or (following.tag == "p" and not _names(following)):
            return False
        names = " ".join(filter(None, (following.get(name) for name in _ATTRIBUTES)))[:300]
        if is_byline(names) or (is_date(names) and next(following.iter("time"), None) is not None):
            return True
    return False


def _names(element: Element) -> str:
    return f"{element.get('class') or ''}{element.get('id') or ''}"


def spoken(words: str) -> str:
    """Words as they are compared: without marks, in small letters."""
    return " ".join(re.sub(r"\W+", " ", words).casefold().split())


def _holders(stat: Stat) -> Iterator[Stat]:
    holder = stat.parent
    while holder is not None:
        yield holder
        holder = holder.parent
