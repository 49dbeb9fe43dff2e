"""Lines by which a newspaper sent its readers on: `ALSO READ: Divers find the old wall was rubble`."""

import re

LABELS = (
    "ALSO READ", "READ MORE", "READ ALSO", "RELATED", "RELATED STORY", "RELATED STORIES", "SEE ALSO", "MORE",
)  # fmt: skip
"""What stands before the colon, in any case."""

MAX_HEADLINE = 300
"""A longer text after the colon is a paragraph that happens to begin like a label."""

_WORDS = "|".join(label.replace(" ", "[ ]{1,3}") for label in sorted(LABELS, key=len, reverse=True))
_LINE = re.compile(rf"\s*({_WORDS})[ ]{{0,3}}:(\s*\S[^\n]*?)?\s*\Z", re.IGNORECASE)
_SOURCE_LINE = re.compile(rf" {{0,3}}(?:\*\*|__)?(?:{_WORDS}) {{0,3}}(?:\*\*|__)?:", re.IGNORECASE)


def split_label(text: str) -> tuple[str, str] | None:
    """A line's label in capitals and its headline; None for any other text."""
    if len(text) > MAX_HEADLINE + 40:
        return None
    match = _LINE.match(text)
    if match is None or not match[2]:
        return None
    headline = " ".join(match[2].split())
    return (" ".join(match[1].upper().split()), headline) if len(headline) <= MAX_HEADLINE else None


def begins_with_label(line: str) -> bool:
    """Whether a line of Markdown, not indented as code, begins with a label and its colon."""
    return _SOURCE_LINE.match(line) is not None
