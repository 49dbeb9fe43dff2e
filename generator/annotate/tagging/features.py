"""What the light tagger looks at: of words at several places around a token, and of what is around them.

The places of words: -2 to 2 from the token, then the first, the last, what stands before and what after
its run, and the last of its unbroken stretch of capitals (`AROUND`).
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from generator.annotate.tagging.clusters import clusters
from generator.annotate.tagging.hints import HINTS, of_word
from generator.annotate.tagging.runs import Run, may_begin
from generator.annotate.tokens import Token
from generator.annotate.votes import Vote

AROUND = ("-2", "-1", "0", "1", "2", "first", "last", "before", "after", "head")
"""The names of the places of words."""

_WHOLE, _NEAR = frozenset({"0"}), frozenset({"-1", "1", "head", "last", "before", "after", "first"})
_CONTEXT = sum(1 << at for at, name in enumerate(HINTS) if name[:2] in {"b-", "i-", "su", "sm", "ca"})
_LISTED = sum(1 << at for at, name in enumerate(HINTS) if name in {"place", "doubtful", "organisation"})
_RUNS_OF = re.compile(r"(.)\1+")


class Read(NamedTuple):
    """A sentence as it is read: tokens, the rules' votes, hints, shapes, and the runs in which names may
    stand."""

    tokens: Sequence[Token]
    votes: Sequence[Vote]
    hints: Sequence[int]
    shapes: Sequence[int]
    runs: Sequence[Run]


@lru_cache(maxsize=1 << 15)
def of_a_word(word: str, place: str) -> tuple[str, ...]:
    """The features of a word that stands in a place of `AROUND`; of "" where there is none."""
    if not word:
        return (f"{place} none",)
    lower = word.lower()
    fine, coarse = clusters().get(lower, (-1, -1))
    found = [f"w{lower}", f"s{_pattern(word)}", f"c{coarse}"]
    if place in _NEAR or place in _WHOLE:
        bits = of_word(word)
        found.append(f"f{fine}")
        found += [f"h{name}" for at, name in enumerate(HINTS) if bits >> at & 1]
    if place in _WHOLE:
        found += [f"p{lower[:n]}" for n in (2, 3, 4) if len(lower) > n]
        found += [f"e{lower[-n:]}" for n in (2, 3, 4) if len(lower) > n]
        found.append(f"sc{_pattern(word)}{coarse}")
    return tuple(f"{place} {one}" for one in found)


def _pattern(word: str) -> str:
    kinds = "".join(
        "X" if c.isupper() else "x" if c.islower() else "d" if c.isdigit() else c if c in "-.&'’" else "_"
        for c in word[:20]
    )
    return _RUNS_OF.sub(r"\1\1", kinds) if len(kinds) > 4 else kinds


def words_around(read: Read, at: int, run: Run | None) -> Iterator[str]:
    """The words at the places of `AROUND`, in their order; those that tell of a run are "" outside of one."""
    tokens = read.tokens
    for step in (-2, -1, 0, 1, 2):
        yield tokens[at + step].text if 0 <= at + step < len(tokens) else ""
    if run is None:
        yield from ("", "", "", "", "")
        return
    yield tokens[run.start].text
    yield tokens[run.end - 1].text
    yield tokens[run.start - 1].text if run.start else ""
    yield tokens[run.end].text if run.end < len(tokens) else ""
    head = at
    while head + 1 < run.end and may_begin(tokens[head + 1].text):
        head += 1
    yield tokens[head].text


def around(read: Read, at: int, run: Run | None, told: Mapping[str, str]) -> list[str]:
    """The features of what surrounds a token: hints, shapes, its place in its run, what the document says."""
    hints, shapes = read.hints, read.shapes
    before = hints[at - 1] & _CONTEXT if at else -1
    after = hints[at + 1] & _CONTEXT if at + 1 < len(hints) else -1
    here = hints[at] & _CONTEXT
    shape = shapes[at]
    shape_before = shapes[at - 1] if at else -1
    shape_after = shapes[at + 1] if at + 1 < len(shapes) else -1
    listed = hints[at] & _LISTED
    word = read.tokens[at].text
    found = [
        f"i{shape}",
        f"v{here:x}",
        f"v-{before:x}",
        f"v+{after:x}",
        f"vv{before:x} {here:x}",
        f"vw{here:x} {after:x}",
        f"l{listed:x} {shape}",
        f"ss{shape_before} {shape} {shape_after}",
        f"vi{here:x} {shape}",
        f"t{told.get(word, '')}",
        f"tv{told.get(word, '')} {here:x}",
    ]
    if run is not None:
        found.append(f"r{min(at - run.start, 3)} {min(run.end - at, 4)}")
        fine_head = clusters().get(read.tokens[run.end - 1].text.lower(), (-1, -1))[1]
        fine = clusters().get(word.lower(), (-1, -1))[1]
        found.append(f"rc{fine} {fine_head}")
        if at:
            found.append(f"cb{clusters().get(read.tokens[at - 1].text.lower(), (-1, -1))[1]} {fine}")
    return found


def told_of(sentences: Sequence[tuple[Sequence[Token], Sequence[Vote]]]) -> dict[str, str]:
    """For each word, what the rules are surest that it names, alone or in a longer name, in a document."""
    counted: defaultdict[str, defaultdict[tuple[int, str], int]] = defaultdict(lambda: defaultdict(int))
    for tokens, votes in sentences:
        for vote in votes:
            long = vote.end - vote.start > 1
            for at in range(vote.start, vote.end):
                last = at == vote.end - 1
                said = f"{vote.kind[:2]}{'l' if long and last else 'm' if long else ''}"
                counted[tokens[at].text][vote.sure, said] += 1
    return {
        word: max(votes.items(), key=lambda item: (item[0][0], item[1], item[0][1]))[0][1]
        for word, votes in counted.items()
    }
