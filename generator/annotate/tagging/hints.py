"""What is known of a token before anything was learnt: how it is written, what lists and rules say of it.

Both taggers read these, so a change here, in the rules or in the packaged lists asks for both models anew.
"""

from collections.abc import Sequence
from functools import lru_cache

from generator.annotate.gazetteer import gazetteer
from generator.annotate.lexicon import lexicon
from generator.annotate.listed import listed_names
from generator.annotate.tokens import Document, Token
from generator.annotate.votes import Vote

HINTS = (
    "place", "doubtful", "organisation", "given", "surname", "title", "civil", "modifier",
    "orghead", "suffix", "placehead", "placefirst", "demonym", "common", "stop", "event",
    "stopname", "acronymplace", "saying", "introduction", "particle", "small", "capital", "sure",
    "b-people", "b-organisations", "b-places", "b-other", "i-people", "i-organisations", "i-places",
    "i-other",
)  # fmt: skip
"""The hints in the order of their bits: of the word, of the document, of the rules' votes."""

_BIT = {name: 1 << number for number, name in enumerate(HINTS)}

SHAPES = 21
"""How many shapes there are: ten, twice for words whose capital says nothing, and words of lines in
capitals."""

_LINE_OF_CAPITALS = 20


def hints(tokens: Sequence[Token], votes: Sequence[Vote], document: Document) -> list[int]:
    """A set of bits for each token of a sentence, in the order of `HINTS`."""
    found = [of_word(token.text) for token in tokens]
    for listed in listed_names(tuple(tokens)):
        bit = _of_name(listed.name)
        for inside in range(listed.start, listed.end):
            found[inside] |= bit
    for at, token in enumerate(tokens):
        if token.text[0].isupper():
            if document.lower.get(token.text.lower()):
                found[at] |= _BIT["small"]
            if document.capital.get(token.text):
                found[at] |= _BIT["capital"]
    for vote in votes:
        sure = _BIT["sure"] if vote.sure > 1 else 0
        found[vote.start] |= _BIT[f"b-{vote.kind}"] | sure
        for inside in range(vote.start + 1, vote.end):
            found[inside] |= _BIT[f"i-{vote.kind}"] | sure
    return found


@lru_cache(maxsize=1 << 15)
def of_word(word: str) -> int:
    """What the packaged lists say of a word alone."""
    known, places = lexicon(), gazetteer()
    lists = (
        ("place", word in places.places and word not in places.doubtful),
        ("doubtful", word in places.doubtful),
        ("organisation", word in known.organisations),
        ("given", word in known.given),
        ("surname", word in known.surnames),
        ("title", word in known.titles),
        ("civil", word in known.civil),
        ("modifier", word in known.modifiers),
        ("orghead", word in known.org_heads),
        ("suffix", word in known.org_suffixes),
        ("placehead", word in known.place_heads),
        ("placefirst", word in known.place_first or word in known.directions),
        ("demonym", word in places.demonyms),
        ("common", known.is_common(word)),
        ("stop", word in known.stop or word.capitalize() in known.stop),
        ("event", word in known.events),
        ("stopname", word in known.stop_names),
        ("acronymplace", word in known.acronym_places),
        ("saying", word in known.sayings),
        ("introduction", word in known.introductions),
        ("particle", word in known.particles),
    )
    return sum(_BIT[name] for name, said in lists if said)


def _of_name(name: str) -> int:
    places = gazetteer()
    if name in lexicon().organisations:
        return _BIT["organisation"]
    if name in places.places:
        return _BIT["doubtful"] if name in places.doubtful else _BIT["place"]
    return 0


def shapes(tokens: Sequence[Token]) -> list[int]:
    """How each token of a sentence is written, as a number below `SHAPES`."""
    words = [token.text for token in tokens if token.text[0].isalpha()]
    if len(words) > 3 and sum(map(str.isupper, words)) > 0.7 * len(words):
        return [_LINE_OF_CAPITALS if token.text[0].isalpha() else written(token.text) for token in tokens]
    return [written(token.text) + 10 * token.initial for token in tokens]


@lru_cache(maxsize=1 << 15)
def written(word: str) -> int:
    """How a word is written: one of ten ways."""
    if word.islower():
        return 0 if word.isalpha() else 1
    if word.isdigit():
        return 2
    if not any(c.isalnum() for c in word):
        return 3
    if word[0].isdigit():
        return 4
    if len(word) == 1:
        return 5
    if word.isupper():
        return 6 if word.isalpha() else 7
    if word[0].isupper() and word[1:].islower():
        return 8
    return 9


def may_name(tokens: Sequence[Token]) -> bool:
    """Whether a sentence holds a word that may begin a name; nothing is looked for in others."""
    stop = lexicon().stop
    return any(_opens(token, stop) for token in tokens)


def _opens(token: Token, stop: frozenset[str]) -> bool:
    word = token.text
    if token.initial and word in stop:
        return False
    return word[0].isupper() or (len(word) > 2 and word[0].isalnum() and any(c.isupper() for c in word[1:4]))
