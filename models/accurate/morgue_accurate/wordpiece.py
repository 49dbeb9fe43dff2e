"""Words as pieces of a vocabulary in lower case, as BERT's uncased models read them."""

import unicodedata
from collections.abc import Mapping

CLS, SEP, UNKNOWN = "[CLS]", "[SEP]", "[UNK]"
_LONGEST = 100  # characters; a longer word is unknown


def vocabulary(text: str) -> dict[str, int]:
    """The number of each piece of a vocabulary file: one piece a line."""
    return {piece: number for number, piece in enumerate(text.splitlines())}


def pieces(word: str, known: Mapping[str, int]) -> tuple[int, ...]:
    """The numbers of the pieces of a token: never empty.

    Small letters without accents, marks apart, then the longest known piece from the left each time
    (Wu et al. 2016, https://arxiv.org/abs/1609.08144; normalised as in Google's BERT, Apache-2.0).
    """
    found: list[int] = []
    for part in _parts(word):
        found += _split(part, known)
    return tuple(found) or (known[UNKNOWN],)


def _parts(word: str) -> list[str]:
    plain = "".join(c for c in unicodedata.normalize("NFD", word.lower()) if unicodedata.category(c) != "Mn")
    parts: list[str] = []
    fresh = True
    for c in plain:
        category = unicodedata.category(c)
        if c in "\0�" or category[0] == "C" or c.isspace():
            fresh = fresh or c.isspace()
        elif category[0] == "P" or c in "$+<=>^`|~" or _ideograph(c):
            parts.append(c)
            fresh = True
        elif fresh:
            parts.append(c)
            fresh = False
        else:
            parts[-1] += c
    return parts


def _split(part: str, known: Mapping[str, int]) -> list[int]:
    if len(part) > _LONGEST:
        return [known[UNKNOWN]]
    found: list[int] = []
    start = 0
    while start < len(part):
        for end in range(len(part), start, -1):
            number = known.get(part[start:end] if start == 0 else "##" + part[start:end])
            if number is not None:
                found.append(number)
                start = end
                break
        else:
            return [known[UNKNOWN]]
    return found


_IDEOGRAPHS = (
    (0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F), (0x2B740, 0x2B81F),
    (0x2B820, 0x2CEAF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F),
)  # fmt: skip


def _ideograph(c: str) -> bool:
    return any(low <= ord(c) <= high for low, high in _IDEOGRAPHS)
