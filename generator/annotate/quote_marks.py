"""Which quotation marks of a paragraph open and which close.

Marks are told apart by their direction, which straight ones have from what stands beside them: pairing them
from left to right inverts every eighth paragraph, since writers open each sentence anew and close once.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple


class Quoted(NamedTuple):
    """Words between marks: offsets of the words, and of all with the marks.

    `open_end` tells that no mark closes them: they reach to the end of the block, and go on in the next where
    that begins with a mark.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    open_end: bool = False


_MARK = re.compile("[\"“”„‟«»‹›‘’‚']|''|``")
_CLOSERS = {
    "“": '”"',
    "„": '“”"‟',
    "«": "»",
    "»": "«»",
    "‹": "›",
    "”": '”"',
    '"': '"”',
    "‘": "’'",
    "‚": "‘’",
    "'": "'’",
}
_SINGLE = frozenset("‘’‚'")
_BEFORE_OPENING = frozenset(' \t\n\u00a0\u202f([{—–-/“„‘"«:,')
_BEHIND_CLOSING = frozenset(' \t\n\u00a0\u202f)]},.;:!?…—–-/”’"»')
_STOPS = frozenset(",.?!…")
_ELISIONS = frozenset({"tis", "twas", "em", "til", "cause", "n", "round", "bout", "s"})
_SINGLES = re.compile("[‘’']")
_REACH = 1500  # characters within which a single mark is closed
_SAYS_SOMETHING = re.compile(r"[^\s,]")
_LETTER = re.compile(r"[^\W\d_]+")


def quoted(text: str) -> tuple[Quoted, ...]:
    """The stretches of a block that stand in marks, in order, none within another.

    A mark that opens where one is open already, behind a whole sentence, goes on with the same words: the
    writer opens each sentence anew and closes once. Elsewhere it ends the first, which nobody closed. Single
    marks count only outside double ones, and not where they are apostrophes.
    """
    found: list[Quoted] = []
    opened, mark = -1, ""
    for at, sign in _signs(text):
        if opened < 0:
            if _opens(text, at, sign):
                opened, mark = at, sign
        elif (sign in _SINGLE and mark not in _SINGLE) or (mark in _SINGLE and sign not in _SINGLE):
            continue
        elif sign in _CLOSERS[mark] and _closes(text, at, sign, mark):
            found.append(Quoted(opened + 1, at, opened, at + 1))
            opened = -1
        elif (
            sign == mark and mark not in _SINGLE and _opens(text, at, sign) and not _goes_on(text, opened, at)
        ):
            found.append(_trimmed(text, opened, at))
            opened = at
    if opened >= 0 and mark not in _SINGLE:
        found.append(Quoted(opened + 1, len(text), opened, len(text), open_end=True))
    return tuple([one for one in found if _SAYS_SOMETHING.search(text, one.start, one.end)])


def begins_open(text: str) -> bool:
    """Whether a block begins with a mark that opens, as each paragraph of a long quotation does."""
    return text.startswith(("“", '"', "„", "«", "»", "‘")) and _opens(text, 0, text[0])


def _signs(text: str) -> Iterator[tuple[int, str]]:
    for match in _MARK.finditer(text):
        sign = match[0]
        yield match.start(), sign if len(sign) == 1 else '"'


def _opens(text: str, at: int, sign: str) -> bool:
    before = text[at - 1] if at else " "
    behind = text[at + 1] if at + 1 < len(text) else " "
    if sign in "“„‚‹«":
        return not (sign == "“" and behind.isspace() and before.isalnum())
    if before not in _BEFORE_OPENING or (behind.isspace() and before.isspace() and sign not in '"'):
        return False
    if sign == "'" or sign == "’" or sign == "‘":
        return sign != "’" and _single_opens(text, at, sign)
    return (sign in '"”»' and not behind.isspace()) or (sign == '"' and before.isspace())


def _single_opens(text: str, at: int, sign: str) -> bool:
    """Whether a single mark opens a quotation, and is no apostrophe: one that could close it must follow."""
    word = _LETTER.match(text, at + 1)
    if word is None or word[0].lower() in _ELISIONS:
        return False
    if sign == "‘":
        return True
    return _last_close(text, at + 1, sign) > at + 1


def _closes(text: str, at: int, sign: str, mark: str) -> bool:
    before = text[at - 1]
    behind = text[at + 1] if at + 1 < len(text) else " "
    if mark in _SINGLE:
        if behind.isalnum():
            return False
        if before == "s" and behind == " ":  # "the workers' rights": only where no better place follows
            return not _better_close(text, at + 1)
        return not before.isspace()
    if sign in '"”' and mark in '"”':  # direction counts where one sign does both
        if before.isspace() and behind.isalnum():
            return False
        return behind in _BEHIND_CLOSING or not (before.isspace() or before in "([")
    return True


def _better_close(text: str, start: int) -> bool:
    """Whether a closing single mark behind a stop follows, before another opens."""
    for match in _SINGLES.finditer(text, start, start + _REACH):
        at = match.start()
        before, behind = text[at - 1], text[at + 1 : at + 2]
        if match[0] == "‘" or (match[0] == "'" and before.isspace() and behind.isalpha()):
            return False
        if before in _STOPS and not behind.isalnum():
            return True
    return False


def _last_close(text: str, start: int, sign: str) -> int:
    for match in _SINGLES.finditer(text, start, start + _REACH):
        at = match.start()
        before, behind = text[at - 1], text[at + 1 : at + 2]
        if match[0] != sign or before.isspace() or behind.isalnum():
            continue
        if not (before == "s" and behind == " "):
            return at
    return -1


def _goes_on(text: str, opened: int, at: int) -> bool:
    """Whether a mark opens a further sentence of the same words, which some mark still closes."""
    before = text[opened + 1 : at].rstrip()
    closing = any(sign in text[at + 1 :] for sign in _CLOSERS[text[opened]])
    return closing and before[-1:] in {".", "?", "!", "…"} and not before.endswith("..")


def _trimmed(text: str, opened: int, at: int) -> Quoted:
    """A quotation that another mark ends, without the white space between the two."""
    end = at
    while end > opened + 1 and text[end - 1].isspace():
        end -= 1
    return Quoted(opened + 1, end, opened, end)
