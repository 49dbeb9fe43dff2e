"""Which bodies, and which stretches of them, would keep the converter busy for longer than they deserve.

Python-Markdown looks for the end of every bracket, tag and fence that a text opens, so its time can grow
with the square of the text's length. What that will cost is estimated here in one pass, in characters
looked at again; a text that people write costs a few for each of its own.
"""

import re
from itertools import pairwise

MAX_BODY = 1_000_000
"""The most characters a body may have to be read as Markdown: some 150,000 words."""

MAX_COST = 20_000_000
"""The most that the blocks of a body may cost: a second or two."""

MAX_MARKS = 50_000
"""The most characters with a meaning in Markdown, line breaks included."""

INLINE_BUDGET = 3_000_000
"""The most that all costly stretches of a body's words may cost together: about a second."""

_CHEAP = 40
_COPY = 50
_TAG = re.compile(r"<[a-zA-Z/!?]")
_FENCE = re.compile(r"^(`{3,}|~{3,})([^\n]*)$", re.MULTILINE)
_CROWD = re.compile(r"^[ >]*(?:#|=+[ ]*$|[-_*](?:[ ]*[-_*])+[ ]*$|\*?\[|:)", re.MULTILINE)
_BLANK = re.compile(r"\n[ \t]*\n")
_INLINE = re.compile(r"\\.|`+|[\[\]()*_&~]|<[a-zA-Z/!?]", re.DOTALL)
_MARKS = re.compile(r"[\\`*_\[\]<>&~|#{\n]|^ *[-+:=0-9]", re.MULTILINE)


def is_too_costly(text: str) -> bool:
    """Whether a body is beyond what is read as Markdown."""
    if len(text) > MAX_BODY or sum(1 for _ in _MARKS.finditer(text)) > MAX_MARKS:
        return True
    return _block_cost(text) > MAX_COST


class InlineBudget:
    """What is left of INLINE_BUDGET in one body; costly stretches are paid for in reading order."""

    def __init__(self) -> None:
        self.left = INLINE_BUDGET

    def allows(self, text: str) -> bool:
        """Whether a stretch of words is to be read as Markdown, and not shown as it was typed."""
        cost = inline_cost(text)
        if cost <= _CHEAP * len(text):
            return True
        if cost > self.left:
            return False
        self.left -= cost
        return True


def inline_cost(text: str) -> int:
    """How many characters the converter looks at again to find the ends of what a text opens.

    Every bracket costs the way to its partner, or to the end where it has none; so does every code mark
    and tag. Whatever is found is cut out of the text, which copies the rest: one in fifty counts.
    """
    cost, found, length = 0, 0, len(text)
    square: list[int] = []
    round_: list[int] = []
    ticks: list[tuple[int, int]] = []
    last_end = text.rfind(">")
    for match in _INLINE.finditer(text):
        at, mark = match.start(), match[0]
        found += 1
        if mark == "[":
            square.append(at)
        elif mark == "(":
            round_.append(at)
        elif mark == "]" and square:
            cost += at - square.pop()
        elif mark == ")" and round_:
            cost += at - round_.pop()
        elif mark[0] == "`":
            ticks.append((at, len(mark)))
        elif mark[0] == "<" and at > last_end:
            cost += length - at
    cost += sum(length - at for at in (*square, *round_))
    if len({size for _, size in ticks}) > 1:
        # A mark of another length lets the converter lose its place: then each looks to the end.
        cost += sum(length - at for at, _ in ticks)
    return cost + found * length // _COPY


def _block_cost(text: str) -> int:
    cost = _unclosed_tags(text) * len(text) + _unclosed_fences(text) * len(text)
    for chunk in _BLANK.split(text):
        cost += sum(1 for _ in _CROWD.finditer(chunk)) * len(chunk)
    return cost


def _unclosed_tags(text: str) -> int:
    """How many tags begin whose ">" does not come before the next tag."""
    unclosed, end = 0, -1
    starts = [m.start() for m in _TAG.finditer(text)]
    for start, following in pairwise([*starts, len(text)]):
        if end < start:
            end = text.find(">", start)
            if end < 0:
                end = len(text)
        unclosed += end >= following
    return unclosed


def _unclosed_fences(text: str) -> int:
    """How many fences open a block of code that no fence like them closes."""
    fences = [(m[1], m[2].strip()) for m in _FENCE.finditer(text)]
    closing: dict[str, int] = {}
    for number, (fence, rest) in enumerate(fences):
        if not rest:
            closing[fence] = number
    unclosed = number = 0
    inside = ""
    for number, (fence, rest) in enumerate(fences):
        if inside:
            inside = "" if fence == inside and not rest else inside
        elif closing.get(fence, -1) > number:
            inside = fence
        else:
            unclosed += 1
    return unclosed
