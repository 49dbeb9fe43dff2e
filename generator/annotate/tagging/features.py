"""What the light tagger looks at: of words at several places around a token, and of what is around them.

The places of words: -2 to 2 from the token, then the first, the last, what stands before and what after
its run, and the last of its unbroken stretch of capitals (`AROUND`).
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
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
    anywhere, near, here = _of_word(word)
    found = anywhere + near + here if place in _WHOLE else anywhere + near if place in _NEAR else anywhere
    return tuple([f"{place} {one}" for one in found])


@lru_cache(maxsize=1 << 14)
def _of_word(word: str) -> tuple[tuple[str, ...], ...]:
    """What is told of a word wherever it stands, what of one near by too, and what of the token itself."""
    lower, pattern, bits = word.lower(), _pattern(word), of_word(word)
    fine, coarse = clusters().get(lower, (-1, -1))
    return (
        (f"w{lower}", f"s{pattern}", f"c{coarse}"),
        (f"f{fine}", *(f"h{name}" for at, name in enumerate(HINTS) if bits >> at & 1)),
        (
            *(f"p{lower[:n]}" for n in (2, 3, 4) if len(lower) > n),
            *(f"e{lower[-n:]}" for n in (2, 3, 4) if len(lower) > n),
            f"sc{pattern}{coarse}",
        ),
    )


def _pattern(word: str) -> str:
    kinds = "".join(
        "X" if c.isupper() else "x" if c.islower() else "d" if c.isdigit() else c if c in "-.&'’" else "_"
        for c in word[:20]
    )
    return _RUNS_OF.sub(r"\1\1", kinds) if len(kinds) > 4 else kinds


def words_around(read: Read, at: int, run: Run | None) -> tuple[str, ...]:
    """The words at the places of `AROUND`, in their order; those that tell of a run are "" outside of one."""
    tokens = read.tokens
    count = len(tokens)
    near = (
        tokens[at - 2].text if at > 1 else "",
        tokens[at - 1].text if at else "",
        tokens[at].text,
        tokens[at + 1].text if at + 1 < count else "",
        tokens[at + 2].text if at + 2 < count else "",
    )
    if run is None:
        return (*near, "", "", "", "", "")
    start, end = run
    head = at
    while head + 1 < end and may_begin(tokens[head + 1].text):
        head += 1
    return (
        *near,
        tokens[start].text,
        tokens[end - 1].text,
        tokens[start - 1].text if start else "",
        tokens[end].text if end < count else "",
        tokens[head].text,
    )


class Around(NamedTuple):
    """What surrounds a token: hints before, of and after it, its own of lists, shapes in the same places, and
    what the document says of its word."""

    before: int
    here: int
    after: int
    listed: int
    shape_before: int
    shape: int
    shape_after: int
    told: str


def around(read: Read, at: int, told: Mapping[str, str]) -> Around:
    """What surrounds a token; -1 stands for what is beyond a sentence's ends."""
    hints, shapes = read.hints, read.shapes
    last = at + 1 == len(hints)
    return Around(
        hints[at - 1] & _CONTEXT if at else -1,
        hints[at] & _CONTEXT,
        -1 if last else hints[at + 1] & _CONTEXT,
        hints[at] & _LISTED,
        shapes[at - 1] if at else -1,
        shapes[at],
        -1 if last else shapes[at + 1],
        told.get(read.tokens[at].text, ""),
    )


def of_around(it: Around) -> list[str]:
    """The features of what surrounds a token."""
    return [
        f"i{it.shape}",
        f"v{it.here:x}",
        f"v-{it.before:x}",
        f"v+{it.after:x}",
        f"vv{it.before:x} {it.here:x}",
        f"vw{it.here:x} {it.after:x}",
        f"l{it.listed:x} {it.shape}",
        f"ss{it.shape_before} {it.shape} {it.shape_after}",
        f"vi{it.here:x} {it.shape}",
        f"t{it.told}",
        f"tv{it.told} {it.here:x}",
    ]


class Place(NamedTuple):
    """A token's place in its run: how far from its ends, and the kinds of words there and before it, -2
    for none."""

    since: int
    left: int
    kind: int
    last: int
    before: int


def place_in(read: Read, at: int, run: Run) -> Place:
    """A token's place in its run."""
    tokens = read.tokens
    return Place(
        min(at - run.start, 3),
        min(run.end - at, 4),
        _coarse(tokens[at].text),
        _coarse(tokens[run.end - 1].text),
        _coarse(tokens[at - 1].text) if at else -2,
    )


def of_place(it: Place) -> list[str]:
    """The features of a token's place in its run, and of the kinds of words there."""
    found = [f"r{it.since} {it.left}", f"rc{it.kind} {it.last}"]
    return [*found, f"cb{it.before} {it.kind}"] if it.before > -2 else found


@lru_cache(maxsize=1 << 14)
def _coarse(word: str) -> int:
    """The coarse cluster of a word, -1 for none."""
    return clusters().get(word.lower(), (-1, -1))[1]


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
