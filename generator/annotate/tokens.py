"""Words of running text as the rules read them, and what a document tells of each."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial
from typing import NamedTuple

from generator.annotate.gazetteer import gazetteer
from generator.annotate.lexicon import lexicon
from generator.annotate.sentences import sentences
from generator.core.frozen import dataclass

_ABBREVIATED = (
    r"(?:Mrs?|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Col|Lt|Sgt|Capt|Cmdr|Cpl|Adm|Rev|Hon|St|Jr|Sr|Inc|Ltd|Co|Corp|Bros|Maj|Mt|Ft)"
    r"\.(?=\s|,|\)|$)"
)
_JOINED = r"(?:[-‑][^\W_]+)"
# White space, with which no token begins, is told first, and what begins with a capital is tried on nothing
# else: a third less time.
_TOKEN = re.compile(
    rf"(?=\S)(?:(?=[A-ZÀ-Þ])(?:{_ABBREVIATED}|(?:[A-Z]\.){{2,}}|[A-ZÀ-Þ]\.(?=\s))|['’]s\b"
    rf"|[^\W_][^\W_]*(?:['’](?!s\b)[^\W\d_]+|{_JOINED}|&[^\W_]+)*!?(?=\W|_|$)|[^\W_]+|[^\w\s]|_)"
)
_OPENING = frozenset("“‘\"'([—–:")
_STOPS = frozenset('.?!”"’')
_TITLE_CASE = 0.65


class Token(NamedTuple):
    """A word or a mark: offsets into its block's text, and whether a capital says nothing there."""

    start: int
    end: int
    text: str
    initial: bool  # first word of its sentence or quotation, or of a line that capitalises all words
    joined: bool  # only a space, or nothing, parts it from the token before it


_token = partial(tuple.__new__, Token)  # from a tuple of its fields: these are made by the thousand


@dataclass(frozen=True, slots=True)
class Document:
    """The texts of an article as sentences of tokens: `sentences` pairs a text's number with its tokens.

    `capital` counts words written with a capital where they need not be, `lower` those written small.
    """

    texts: tuple[str, ...]
    sentences: tuple[tuple[int, tuple[Token, ...]], ...]
    capital: Mapping[str, int]
    lower: Mapping[str, int]


def read(texts: Sequence[str]) -> Document:
    """The document of some blocks' texts."""
    parts = [
        (number, _tokens(text, start, end))
        for number, text in enumerate(texts)
        for start, end in sentences(text)
    ]
    inside = Counter([token.text for _, tokens in parts for token in tokens if not token.initial])
    initial = Counter([token.text for _, tokens in parts for token in tokens if token.initial])
    capital = {word: times for word, times in inside.items() if word[0].isupper()}
    lower = Counter({w: n for w, n in inside.items() if w[0].isalpha() and w not in capital})
    lower.update({w: n for w, n in initial.items() if w[0].isalpha() and not w[0].isupper()})
    return Document(tuple(texts), tuple(parts), capital, lower)


def words_of(name: str) -> list[str]:
    """The words and marks of a name of one sentence, as `read` would part them."""
    return name.split() if name.replace(" ", "").isalpha() else _TOKEN.findall(name)


def _tokens(text: str, start: int, end: int) -> tuple[Token, ...]:
    raw = [(*match.span(), match[0]) for match in _TOKEN.finditer(text, start, end)]
    if text.find("-", start, end) >= 0:
        raw = [part for token in raw for part in _compound(token)]
    all_capitals = _capitalised(raw)
    tokens: list[Token] = []
    initial = True
    before = -2
    for begin, stop, word in raw:
        letter = word[0].isalnum()
        joined = begin == before or (begin == before + 1 and text[before].isspace())
        tokens.append(_token((begin, stop, word, letter and (initial or all_capitals), joined)))
        if letter:
            initial = False
        elif word in _OPENING:
            initial = True
        before = stop
    return tuple(tokens)


def _compound(token: tuple[int, int, str]) -> list[tuple[int, int, str]]:
    """A word with hyphens, parted where its parts are words of their own.

    "UK-based" is a name and a word, "US-China" and "Franco-German" two names or adjectives; "Coca-Cola",
    "Wai-ching", "Stratford-upon-Avon" and "Co-operative" stay whole. An agency's slug
    is no part of a name ("Golf-Lindqvist wins"), nor is a number before it ("UPDATE 2-Tesla", "4-Rudin").
    """
    start, _, word = token
    places, known = gazetteer(), lexicon()
    if "-" not in word or word in places.places or word in known.titles or word in known.org_heads:
        return [token]
    parts = word.split("-")
    lead = parts[0] in known.slugs or (parts[0].isdigit() and word not in known.organisations)
    if lead and parts[1][:1].isupper() and len(parts[1]) > 1:
        rest = start + len(parts[0]) + 1
        return [
            (start, rest - 1, parts[0]),
            (rest - 1, rest, "-"),
            *_compound((rest, token[1], word[rest - start :])),
        ]
    named = [part in places.places or part in places.demonyms for part in parts]
    last = parts[-1]
    apart = named[0] and named[-1] and len(parts) == 2
    worded = last[:1].islower() and parts[0][:1].isupper() and len(parts[0]) > 1
    if worded and (known.is_common(last) or last.endswith(known.participles)):
        before = "-".join(parts[:-1])
        rest = start + len(before)
        return [
            *_compound((start, rest, before)),
            (rest, rest + 1, "-"),
            (rest + 1, rest + 1 + len(last), last),
        ]
    if not apart or not all(parts):
        return [token]
    middle = start + len(parts[0])
    return [(start, middle, parts[0]), (middle, middle + 1, "-"), (middle + 1, middle + 1 + len(last), last)]


def _capitalised(tokens: Sequence[tuple[int, int, str]]) -> bool:
    """Whether a line writes most of its words with capitals, as headlines do that end without a stop."""
    if tokens and tokens[-1][2] in _STOPS:
        return False
    words = [word for _, _, word in tokens if word[0].isalpha() and len(word) > 3]
    if len(words) < 4:
        return False
    return sum(word[0].isupper() for word in words) >= _TITLE_CASE * len(words) and any(
        lexicon().is_common(word) for word in words[1:] if word[0].isupper()
    )
