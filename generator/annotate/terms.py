"""An article's distinctive terms: words and phrases it uses more than once and other articles seldom."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from math import log

from generator.annotate.lexicon import lexicon
from generator.annotate.proposal import Background

MOST = 3
"""Terms proposed for an article."""

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|[^\w\s]|\d+")
_SHORTEST = 4
_PHRASE = 1.7  # how much more a phrase says than a word
_SPREAD = 0.2  # of the articles: a term in more of them tells nothing
_KEPT = 60  # terms an article gives to the background


def background(texts: Iterable[str]) -> Background:
    """The background of an archive, from the text of each article; one text is held at a time."""
    frequency: Counter[str] = Counter()
    articles = 0
    for text in texts:
        articles += 1
        words = {word for word in _WORD.findall(text.lower()) if len(word) >= _SHORTEST}
        frequency.update(words)
        frequency.update(term for term, _ in _counted(text).most_common(_KEPT) if " " in term)
    return Background(articles=articles, frequency=frequency)


def distinctive(text: str, known: Background) -> tuple[str, ...]:
    """The terms of a text that set it apart, best first, at most three, phrases before their own words."""
    counted = _counted(text)
    scores: dict[str, float] = {}
    for term, count in counted.items():
        articles = known.frequency.get(term, 0)
        if known.articles >= 10 and articles > _SPREAD * known.articles:
            continue
        rarity = log((known.articles + 2) / (max(1, articles) + 1)) + 0.5
        scores[term] = count * rarity * (_PHRASE if " " in term else 1)
    chosen: list[str] = []
    for term in sorted(scores, key=lambda t: (-scores[t], t)):
        if len(chosen) == MOST:
            break
        if not any(_same(term, other) for other in chosen):
            chosen.append(term)
    return tuple(chosen)


def _counted(text: str) -> Counter[str]:
    """Terms that stand more than twice, phrases more than once, and how often."""
    counted = Counter(_terms(text))
    return Counter({term: n for term, n in counted.items() if n >= (2 if " " in term else 3)})


def _terms(text: str) -> Iterator[str]:
    """Words written small that tell something, and pairs of such words side by side."""
    plain = lexicon().plain
    before = ""
    for word in _WORD.findall(text):
        telling = len(word) >= _SHORTEST and word.islower() and word not in plain and not word.endswith("ly")
        if not telling:
            before = ""
            continue
        yield word
        if before:
            yield f"{before} {word}"
        before = word


def _same(term: str, other: str) -> bool:
    words, others = term.split(), other.split()
    return any(a.rstrip("s") == b.rstrip("s") for a in words for b in others)
