"""Where packaged names of several words stand among the words of a sentence."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from generator.annotate.gazetteer import gazetteer
from generator.annotate.lexicon import lexicon
from generator.annotate.tokens import Token, words_of

_NO_LENGTHS: tuple[int, ...] = ()


class Listed(NamedTuple):
    """A packaged name of several words, from token number `start` to before `end` of a sentence."""

    start: int
    end: int
    name: str


def by_first_word(names: Iterable[Sequence[str]]) -> Mapping[str, tuple[int, ...]]:
    """The first words of names, each with how many words those have that begin with it: the most first."""
    lengths: dict[str, set[int]] = {}
    for words in names:
        if len(words) > 1:
            lengths.setdefault(words[0], set()).add(len(words))
    return {word: tuple(sorted(each, reverse=True)) for word, each in lengths.items()}


@cache
def _lengths() -> Mapping[str, tuple[int, ...]]:
    known = lexicon()
    names = (*gazetteer().places, *known.organisations, *known.no_names)
    return by_first_word(words_of(name) for name in names)


def text_of(tokens: Sequence[Token], start: int, end: int) -> str:
    """The tokens from number `start` to before `end` as they are written, with single spaces."""
    text = tokens[start].text
    for at in range(start + 1, end):
        token = tokens[at]
        text += token.text if token.start == tokens[at - 1].end else f" {token.text}"
    return text


def names_from(tokens: Sequence[Token], at: int, end: int) -> Iterator[Listed]:
    """Stretches before token number `end` that begin at a token and are as long as packaged names that begin
    with its word, the longest first: what they are is for the caller to look up."""
    for count in _lengths().get(tokens[at].text, _NO_LENGTHS):
        if at + count <= end:
            yield Listed(at, at + count, text_of(tokens, at, at + count))


@lru_cache(maxsize=256)  # a document's sentences: what reads them asks several times
def listed_names(tokens: tuple[Token, ...]) -> tuple[Listed, ...]:
    """The packaged names of several words in a sentence, in order; of two that overlap, the first and
    longest."""
    known, places = lexicon(), gazetteer().places
    lengths = _lengths()
    found: list[Listed] = []
    done = 0
    for at, token in enumerate(tokens):
        if token.text not in lengths or at < done:
            continue
        for one in names_from(tokens, at, len(tokens)):
            if one.name in known.organisations or one.name in places or one.name in known.no_names:
                found.append(one)
                done = one.end
                break
    return tuple(found)
