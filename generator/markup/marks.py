"""Marks that travel through the converter inside the text, and their removal.

A wiki link has no element of its own in HTML: until the annotated page is woven, it is plain text.
Where it stands is carried by three of Unicode's noncharacters, which no text for interchange holds; an
author's own are made harmless first. A mark forged through character references can do no more than a
wiki link could.
"""

import re

OPEN, MIDDLE, CLOSE = "\ufdd0", "\ufdd1", "\ufdd2"
"""OPEN, the link's number in digits, MIDDLE, the shown text, CLOSE."""

MARK = re.compile(f"{OPEN}([0-9]{{1,7}}){MIDDLE}|[{OPEN}{MIDDLE}{CLOSE}]")
"""One mark; its group is the link's number where the shown text begins."""

_REPLACEMENT = "\ufffd"
_LAST_TWO = "".join(chr(plane << 16 | low) for plane in range(1, 17) for low in (0xFFFE, 0xFFFF))
# C0 but tab and newline, DEL and C1 but next-line, lone surrogates, noncharacters.
_BUT_MARKS = r"\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f" + "\ud800-\udfff\ufdd3-\ufdef\ufffe\uffff" + _LAST_TWO
_UNFIT = re.compile(f"[{_BUT_MARKS}{OPEN}{MIDDLE}{CLOSE}]")
_UNFIT_BUT_MARKS = re.compile(f"[{_BUT_MARKS}]")


def neutralise(text: str) -> str:
    """The text with "\\n" line ends, and U+FFFD for every character that HTML may not hold."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return _UNFIT.sub(_REPLACEMENT, text)


def fit(html: str) -> str:
    """The HTML with U+FFFD for the unfit characters that references in it stood for; marks stay."""
    return _UNFIT_BUT_MARKS.sub(_REPLACEMENT, html)


def unmarked(text: str) -> str:
    """The text without marks."""
    return MARK.sub("", text) if OPEN in text or CLOSE in text or MIDDLE in text else text
