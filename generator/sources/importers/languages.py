"""Which language a text is in, by what it says itself and what its words say.

`language_of(text)` is what importers call where the source does not name one; `settled` weighs both.
"""

from generator.core.problems import Problem
from generator.sources.importers.extras import load

LEAST = 200
"""Characters below which nothing is told of a text's language; a third of that in scripts of their own."""

SURE = 0.9
"""The probability from which a guess is believed."""

SURER = 0.99
"""The probability from which a guess is believed against what the source states."""

_ENGLISH = frozenset(("the", "of", "and", "to", "in", "a", "that", "for", "with", "on", "was", "is"))
_ENGLISH_SHARE = 0.2  # of all words; half of English prose has more than 0.227, and half a text 0.16 at most
_ENGLISH_WORDS = 60

_DOOR = "generator.sources.importers.language_guess"
_SAMPLE = 1200
_KIN = (
    frozenset({"no", "nb", "nn", "da", "sv"}), frozenset({"hr", "bs", "sr", "sh", "sl"}),
    frozenset({"gl", "pt", "es", "ca", "an", "oc"}), frozenset({"cs", "sk"}), frozenset({"id", "ms"}),
    frozenset({"uk", "ru", "be", "bg"}),
    frozenset({"nl", "af"}), frozenset({"ur", "fa", "ar", "ps", "ug"}), frozenset({"hi", "mr", "ne"}),
    frozenset({"xh", "zu"}), frozenset({"fo", "is"}), frozenset({"zh", "ja"}),
)  # fmt: skip


def language_of(text: str, least: float = SURE) -> str:
    """The language of a text of a few paragraphs as two letters.

    "" when none is as probable as `least`, and without the extra "web".
    """
    sample = text[:_SAMPLE]
    if len(sample) * (1 if sample.isascii() or sample[:400].count(" ") > 20 else 3) < LEAST:
        return ""
    door = load(_DOOR, "web", "")
    if isinstance(door, Problem):
        return ""
    language, probability = door.guess(sample)
    return language if probability >= least else ""


def settled(stated: str, text: str, where: str) -> tuple[str, tuple[Problem, ...]]:
    """The language to file a text under, and a problem (W354) where what the source states is surely wrong.

    What is stated (BCP 47) stands, unless the words are certainly of a language that is not even its kin.
    """
    base = stated.partition("-")[0].lower()
    if base == "en" and _is_surely_english(text[:_SAMPLE]):
        return stated, ()  # as it says itself: the slow look could only say the same
    found = language_of(text, SURER if base else SURE)
    if not found or found == base or not base:
        return stated or found, ()
    if any(found in kin and base in kin for kin in _KIN):
        return stated, ()
    message = f"language: the source says {stated}, but the text is {found}"
    return found, (Problem(where, 0, "W354", message, "check `language`"),)


def _is_surely_english(sample: str) -> bool:
    """Whether so many words of a text are the commonest of English that it can be in no other language."""
    words = sample.lower().split()
    common = sum(map(_ENGLISH.__contains__, words))
    return len(words) >= _ENGLISH_WORDS and common >= _ENGLISH_SHARE * len(words)
