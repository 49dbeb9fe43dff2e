"""Names as they are compared across texts: case, accents, transliterations and spellings alike."""

import re
from functools import lru_cache

from generator.core.paths import fold

# Pairs that newspapers choose differently for one name of another script: Zelenskiy, Zelenskyy, Zelensky;
# Kharkiv, Harkiv; Sergei, Sergey; Mahmoud, Mahmud; Gaddafi, Qaddafi is no such pair: its first letter tells.
_TRANSLITERATED = (
    (re.compile(r"iy|yy|ii|ij"), "y"),
    (re.compile(r"kh"), "h"),
    (re.compile(r"[ea][iy]\b"), "ey"),
    (re.compile(r"ou|oo"), "u"),
    (re.compile(r"yev"), "ev"),
    (re.compile(r"ks"), "x"),
    (re.compile(r"ndr\b"), "nder"),
    (re.compile(r"\bm[uo]ham+[aeiu]d\b"), "muhammad"),
    (re.compile(r"\b(?:al|el)[- ](?=\w)"), "al "),
    (re.compile(r"(?<=[b-df-hj-np-tv-z])i\b"), "y"),
    (re.compile(r"([b-df-hj-np-tv-z])\1"), r"\1"),
)
_APART = re.compile(r"[^\w&]+")


@lru_cache(maxsize=16384)
def spelled(name: str) -> str:
    """A name's words as they are compared, parted by single spaces: "Olha Zelenskiy" → "olha zelensky".

    Hyphens part words; full stops and apostrophes are dropped.
    """
    text = fold(name).replace(".", "")
    for pattern, instead in _TRANSLITERATED:
        text = pattern.sub(instead, text)
    return " ".join(_APART.sub(" ", text).split())
