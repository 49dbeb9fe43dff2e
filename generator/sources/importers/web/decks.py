"""Which elements call themselves the lines under a headline."""

import re
from functools import lru_cache

from generator.sources.importers.html.tree import Element

_B = r"(?:^|[\s_-])"
_E = r"(?=[\s_0-9-]|$)"
_ATTRIBUTES = ("class", "id", "data-testid", "itemprop", "data-gu-name", "data-component", "data-qa")
_DECK = re.compile(
    rf"{_B}(?:standfirst|decks?|dek|sub-?titles?|sub-?head(?:line|ing|er)?s?|strap(?:line)?|chapo|chapeau|vorspann|entradilla|bajada|sommario|"
    rf"occhiello|stand-?first|article-?(?:summary|description|deck|excerpt|lead-?in|intro(?:duction)?)|(?:post|entry|story)-?(?:excerpt|summary|subtitle|description|deck|intro)|"
    rf"headline-?(?:sub|secondary)|secondary-?headline|excerpt|abstract|tagline|linea-?fina|teaser|ingress|copete|summary|hat|lead-?text|teaser-?text){_E}",
    re.I,
)


def is_deck(element: Element) -> bool:
    """Whether an element calls itself the lines under a headline."""
    names = " ".join(filter(None, (element.get(name) for name in _ATTRIBUTES)))
    return len(names) > 2 and _deck_name(names[:400])


@lru_cache(maxsize=2048)
def _deck_name(names: str) -> bool:
    return _DECK.search(names) is not None
