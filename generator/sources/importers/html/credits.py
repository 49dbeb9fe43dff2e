"""The words of a caption and those of its credit, told apart."""

import re

_LABEL = (
    r"(?:photo(?:graph(?:er|y|s)?)?(?:\s?/\s?|s?\s+(?:by|courtesy(?:\sof)?|credit)\s*:?|\s*:)|image(?:s)?(?:\s+(?:by|credit)\s*:?|\s*:|\s+source\s*:?|"
    r"\s+copyright\s*:?)|picture(?:s)?(?:\s+by|\s*:)|credits?\s*:|copyright\s*:?|(?:illustration|graphic)(?:\s+by|\s*:)|"
    r"courtesy(?:\s+of|\s*:)|foto(?:s)?(?:graf)?\s*[:/]|bild(?:er)?\s*:|crédit(?:s)?(?:\s+photo)?\s*:|photo\s*©|©|\(c\)|"
    r"фото\s*:|source\s*:|quelle\s*:|via\s)"
)
_LABEL_AT_START = re.compile(rf"^[\s(\[|/–—-]*{_LABEL}\s*", re.I)
_CREDIT_AT_END = re.compile(
    rf"(?:^|(?<=[.!?…”\"’')\]|–—-])\s*|\s+(?=[(\[|©]))[\s(\[|–—-]*(?P<credit>{_LABEL}\s*(?P<name>[^().!?\[\]]{{2,80}}?))[\s)\].]*$",
    re.I,
)


_BRACKETED_AT_END = re.compile(r"(?<=[.!?…”\"’'»])\s*\(([^()]{3,80})\)\s*$")
_SMALL = frozenset(
    [
        "for", "of", "the", "and", "by", "via", "from", "de", "la", "le", "el", "di", "pour", "für", "van",
        "von", "photo", "file", "handout", "courtesy",
    ]
)  # fmt: skip
_MOST_WORDS = 10
_LONGEST_NAME = 50


def _names_somebody(words: str) -> bool:
    """Whether brackets behind a caption hold names: "(Lionel Abt for The Sorrel Post)"."""
    parts = re.split(r"[\s/]+", words)
    return len(parts) <= _MOST_WORDS and all(
        part[:1].isupper() or part.casefold() in _SMALL for part in parts if part[:1].isalpha()
    )


def stands_as_credit(words: str, before: str) -> bool:
    """Whether words in an element of their own behind a caption are its credit.

    They are labelled as one, or are a name, set apart, behind a whole sentence.
    """
    if not 2 <= len(words) <= 80:
        return False
    if _LABEL_AT_START.match(words):
        return True
    return (
        len(words) <= _LONGEST_NAME
        and words[-1] not in ".!?…:,"
        and before[-1:] in tuple('.!?…”"»«’)')
        and any(map(str.isalpha, words))
        and _names_somebody(words.strip("()"))
    )


def split_credit(caption: str, credit: str = "") -> tuple[str, str]:
    """A caption without the credit it ends in, and the credit; a credit known already is taken off it."""
    if credit:
        if caption.endswith(credit) and len(caption) > len(credit):
            caption = _trailing_label(caption[: -len(credit)])
        return caption, credit
    start = max(0, len(caption) - 140)
    if (match := _CREDIT_AT_END.search(caption, start)) is None:
        bracketed = _BRACKETED_AT_END.search(caption, start)
        if bracketed is None or not _names_somebody(bracketed[1]):
            return caption, ""
        return caption[: bracketed.start()].rstrip(), bracketed[1]
    return caption[: match.start()].rstrip(" |–—-([/"), bare_credit(match["credit"])


def bare_credit(credit: str) -> str:
    """A credit without the word "Photograph:" and brackets around it."""
    words = credit.strip().strip("()[]|").strip()
    return _LABEL_AT_START.sub("", words).strip(" .,:;–—-|") or words


def _trailing_label(caption: str) -> str:
    stripped = caption.rstrip(" |–—-([/:")
    match = re.search(rf"{_LABEL}\s*$", f"{stripped}:", re.I)
    return stripped[: match.start()].rstrip(" |–—-([/") if match else stripped
