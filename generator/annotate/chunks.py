"""Capitalised sequences: the stretches of a sentence that may hold names."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from generator.annotate.gazetteer import gazetteer
from generator.annotate.lexicon import Lexicon, lexicon
from generator.annotate.tokens import Token

_LINKS = frozenset({"of", "for"})
_JOINS = frozenset({"and", "&"})
_LONGEST = 14  # tokens


def chunks(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """The capitalised sequences of a sentence as pairs of token numbers.

    Small words belong to one where they join it: particles of names ("Ursula von der Leyen"), "of" and "for"
    after a title or the head of an organisation ("Secretary of State", "Bank of England"), "and" within
    such a complement or before a head ("Securities and Exchange Commission").
    """
    known = lexicon()
    at = 0
    while at < len(tokens):
        if not capitalised(tokens[at].text):
            at += 1
            continue
        end = at + 1
        while end < len(tokens) and end - at < _LONGEST:
            step = _step(tokens, at, end, known)
            if not step:
                break
            end += step
        yield at, end
        at = end


@lru_cache(maxsize=1 << 15)
def capitalised(word: str) -> bool:
    """Whether a word is written as names are: with a capital at its start or soon after (eBay, al-Qaeda)."""
    return word[0].isupper() or (word[0].islower() and len(word) > 2 and any(c.isupper() for c in word[1:4]))


def _step(tokens: Sequence[Token], start: int, end: int, known: Lexicon) -> int:
    """How many tokens more belong to a sequence that so far ends before token number `end`; 0 for none."""
    token = tokens[end]
    if not token.joined:
        return 0
    if capitalised(token.text):
        return 1 if token.start > tokens[end - 1].end or token.text[0].isalnum() else 0
    if token.text in {"'s", "’s"}:
        return 2 if tokens[end - 1].text in known.possessives and _is_capital(tokens, end + 1) else 0
    following = _next_capital(tokens, end + 1)
    if following == 2 and _is_place(tokens, start, end + 2):
        return 2
    if token.text in _LINKS:
        near = any(_takes_of(t.text, known) for t in tokens[max(start, end - 3) : end])
        again = token.text == "of" and any(t.text in _LINKS for t in tokens[start:end])
        return following if following and (near or again) else 0
    if token.text in _JOINS and following == 2:
        after = end + 1
        complement = any(t.text in _LINKS for t in tokens[start:end]) and tokens[start].text in known.org_of
        heads = after + 1 < len(tokens) and any(
            t.text in known.org_heads and t.joined for t in tokens[after + 1 : after + 3]
        )
        fits = (
            token.text == "&"
            or complement
            or (heads and end - start < 3 and _is_word(tokens[end - 1].text, known))
        )
        return 2 if fits else 0
    if token.text in known.particles and token.text.islower():
        run = end
        while (
            run < len(tokens) and tokens[run].text in known.particles and tokens[run].joined and run - end < 3
        ):
            run += 1
        if run < len(tokens) and tokens[run].joined and tokens[run].text[0].isupper():
            return run - end + 1
    return 0


def _next_capital(tokens: Sequence[Token], at: int) -> int:
    """How many tokens a joining word takes with it: itself, perhaps "the", and a capitalised word; or 0."""
    if at < len(tokens) and tokens[at].text == "the" and tokens[at].joined:
        return 3 if _is_capital(tokens, at + 1) else 0
    return 2 if _is_capital(tokens, at) else 0


def _is_capital(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].joined and tokens[at].text[0].isupper()


def _takes_of(word: str, known: Lexicon) -> bool:
    return word in known.org_of or word in known.titles or word in known.place_of


def _is_place(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether a place is called so, small word and all: Bosnia and Herzegovina, Newcastle upon Tyne."""
    places = gazetteer().places
    return any(
        " ".join(t.text for t in tokens[at:end]) in places for at in range(max(start, end - 4), end - 2)
    )


def _is_word(word: str, known: Lexicon) -> bool:
    return word in known.modifiers or known.is_common(word)
