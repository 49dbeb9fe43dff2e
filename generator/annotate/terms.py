"""An article's distinctive terms: words and phrases it uses more than once and other articles seldom."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from math import log
from typing import NamedTuple

from generator.annotate.lexicon import lexicon
from generator.annotate.proposal import Background

MOST = 3
"""Terms proposed for an article."""

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|[^\w\s]|\d+")
_SHORTEST = 4
_PHRASE = 1.7  # how much more a phrase says than a word
_ENOUGH = 10  # articles that tell what is common
_SPREAD = 0.2  # of the articles: a term in more of them tells nothing
_KEPT = 60  # terms an article gives to the background


class Terms(NamedTuple):
    """What one article gives: the different words of its text, in small letters and in order, and the terms
    it uses often enough to be proposed, each with its count, most first."""

    words: tuple[str, ...]
    counted: tuple[tuple[str, int], ...]


def terms(text: str) -> Terms:
    """The terms of a text."""
    words = {word for word in _WORD.findall(text.lower()) if len(word) >= _SHORTEST}
    # Terms that stand more than twice, phrases more than once.
    counted = Counter(_terms(text)).most_common()
    often = tuple((term, n) for term, n in counted if n >= (2 if " " in term else 3))
    return Terms(tuple(sorted(words)), often)


def background(articles: Iterable[Terms]) -> Background:
    """The background of an archive, from the terms of each article; one is held at a time."""
    frequency: Counter[str] = Counter()
    count = 0
    for words, counted in articles:
        count += 1
        frequency.update(words)
        frequency.update([term for term, _ in counted[:_KEPT] if " " in term])
    return Background(articles=count, frequency=frequency)


def distinctive(own: Terms, known: Background, title: str, opening: str) -> tuple[str, ...]:
    """The terms that set an article apart, best first, at most three, phrases before their own words.

    Phrases of the headline or the opening, and words of the headline that are none of the language's common
    ones; in an archive of ten articles or more, of these only what another article uses too, since a tag
    that one article alone has leads nowhere.
    """
    headline, begun = title.lower(), f"{title}\n{opening}".lower()
    scores: dict[str, float] = {}
    for written, count in own.counted:
        term = _usual(written, known)
        articles = known.frequency.get(term, 0)
        if known.articles >= _ENOUGH and not 1 < articles <= _SPREAD * known.articles:
            continue
        if written not in begun if " " in term else (written not in headline or lexicon().is_common(term)):
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


def _usual(term: str, known: Background) -> str:
    """A term in the number, one or many, in which most articles use it, so that "ferry" and "ferries" are no
    two tags; as it is written where as many do."""
    other = f"{term[:-3]}y" if term.endswith("ies") else term[:-1] if term.endswith("s") else f"{term}s"
    many = f"{term[:-1]}ies" if term.endswith("y") else other
    return max((term, other, many), key=lambda form: known.frequency.get(form, 0))


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
