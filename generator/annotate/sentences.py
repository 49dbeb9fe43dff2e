"""Where sentences end in English newspaper prose."""

import re
from functools import lru_cache

from generator.annotate.lexicon import lexicon

# Possessive, and begun only where a run of stops begins: linear on any text. That it begins is asked of the
# first stop and the character before it, so that the search can skip from stop to stop.
_END = re.compile(
    r"""[.!?…](?<![.!?…]{2})[.!?…]*+["'”’)\]]*+(\s++)(?=["'“‘(\[–—-]{0,3}\s?[A-ZÀ-ÖØ-ÞĀ-Ž0-9])"""
)
_OPENING = '(["“‘'
_BACK = 40  # characters looked at for the word before a full stop
_LONG = 4_000  # characters of a block past which what was found is not kept


def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """The sentences of a block as pairs of offsets, white space at their ends left out.

    Together they hold every character of the text that is not white space. Abbreviations, initials and
    full stops before lower-case letters end none; closing quotation marks belong to the sentence they close.
    """
    return _kept(text) if len(text) <= _LONG else _bounds(text)


def _bounds(text: str) -> tuple[tuple[int, int], ...]:
    bounds: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        following = match.end()
        if _ends(text, match.start(), following):
            bounds.append(_trim(text, start, match.start(1)))
            start = following
    bounds.append(_trim(text, start, len(text)))
    return tuple([bound for bound in bounds if bound[0] < bound[1]])


# Names, quotations and dates are each looked for in the sentences of the same article, one after the other.
_kept = lru_cache(maxsize=128)(_bounds)


def _ends(text: str, stop: int, next_start: int) -> bool:
    if text[stop] != "." or text[stop : stop + 3] == "...":
        return True
    before = text[max(0, stop - _BACK) : stop]
    if not before or before[-1].isspace() or before[-1] in _OPENING:
        return True
    word = before.rsplit(None, 1)[-1]
    for mark in _OPENING:
        if mark in word:
            word = word.rpartition(mark)[2]
    lower = word.lower()
    known = lexicon()
    if lower in known.abbreviations:
        # "Oct. 12", but "the answer is no. She"
        return (
            lower in {"no", "art", "sec", "mar", "dec", "fig", "mt"}
            and not text[next_start : next_start + 1].isdigit()
        )
    if (len(word) == 1 and word.isupper()) or lower in known.company_ends or _initials(word):
        if len(word) == 1 and word != "I":
            return False
        following = text[next_start : next_start + _BACK].lstrip("\"'“‘([").split(None, 1)
        return bool(following) and following[0].rstrip(",") in known.starters
    return True


def _initials(word: str) -> bool:
    return len(word) > 2 and word[1::2] == "." * (len(word) // 2) and word[::2].isupper()


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
