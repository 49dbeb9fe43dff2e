"""The light tagger: the packaged CRF, and the rules beside it."""

import hashlib
import struct
from collections.abc import Iterable, Sequence
from functools import cache
from math import exp
from operator import mul
from typing import TypeVar

from generator.annotate.lexicon import DATA
from generator.annotate.spans import Span
from generator.annotate.tagging.agreeing import agreed
from generator.annotate.tagging.decode import Chances, Trust, names
from generator.annotate.tagging.features import (
    AROUND,
    Around,
    Place,
    Read,
    around,
    of_a_word,
    of_around,
    of_place,
    place_in,
    words_around,
)
from generator.annotate.tagging.labels import COUNT, KINDS, begins
from generator.annotate.tagging.model import NEVER, STEP, Model, unpack
from generator.annotate.tagging.reading import sentences
from generator.annotate.tagging.runs import Run
from generator.annotate.tokens import Document
from generator.annotate.votes import Vote

NAME = "light-3"
SHA256 = "3c33c1ea4d76211ab1a968435eff411b8e99c0499e433b5ed08689c73e76e7ba"
"""The digest of the packaged model, which `make model` prints; with another model the name gets another
number."""

VOTES = (0.3, 0.45, 0.65)
"""What the rules' vote counts for where it is a guess, likely, proven; of the rest of 1 the CRF decides."""

TRUST = Trust("light", proven=0.7, likely=0.35)

_NOTHING = (0, 0.25)  # the label of a token on which the rules do not vote, and what that counts for
_LANES = struct.Struct(f"<{COUNT}I")
_LIFT = 1 << 22
"""What is added to each label's weight where all of a row stand in one number, so that none is negative
there: the sum of a row's lanes stays below 32 bits, and what is added to all labels alike says nothing."""
_KEPT = 1 << 13  # words at a place, and surroundings, whose weights are kept

Key = TypeVar("Key")


class Light:
    """Names by a linear-chain conditional random field (Lafferty, McCallum and Pereira 2001).

    Outside of runs no token is in a name, so each run is a chain of its own, with nothing before and
    after it.
    """

    name = NAME

    def __init__(self, model: Model) -> None:
        self._features = model.features
        self._after = [[0.0 if w <= NEVER else exp(w) for w in row] for row in model.transitions]
        self._before = list(zip(*self._after, strict=True))
        self._words: tuple[dict[str, int], ...] = tuple({} for _ in AROUND)
        self._around: dict[Around, int] = {}
        self._places: dict[Place, int] = {}
        self._alone = [*map(mul, self._after[0], self._before[0])]

    def names(self, document: Document) -> list[Span]:
        """The names in a document, in reading order."""
        read, told = sentences(document)
        chances = agreed(read, [self.chances(one, told) for one in read])
        found: list[Span] = []
        for (number, _), one, rows in zip(document.sentences, read, chances, strict=True):
            found += names(number, document.texts[number], one, rows, TRUST)
        return found

    def chances(self, read: Read, told: dict[str, str]) -> list[Chances]:
        """How likely each label is of the tokens of each run of a sentence: the CRF's chances and the
        rules' votes.

        The rules' word counts the more the surer they are: the CRF learnt from other texts than news.
        """
        said = _said(read.votes)
        found: list[Chances] = []
        for run in read.runs:
            chain = self._chain([self._scores(read, at, run, told) for at in range(run.start, run.end)])
            found.append([_weighed(row, *said.get(at, _NOTHING)) for at, row in enumerate(chain, run.start)])
        return found

    def _scores(self, read: Read, at: int, run: Run, told: dict[str, str]) -> list[float]:
        """e to the sum of the weights of a token's features, for each label; the greatest is 1."""
        total = self._of_around(around(read, at, told))  # of all labels at once, each in its lane
        for kept, place, word in zip(self._words, AROUND, words_around(read, at, run), strict=True):
            lanes = kept.get(word)
            total += _keep(kept, word, self._sum(of_a_word(word, place))) if lanes is None else lanes
        here = place_in(read, at, run)
        lanes = self._places.get(here)
        total += _keep(self._places, here, self._sum(of_place(here))) if lanes is None else lanes
        scores = _LANES.unpack(total.to_bytes(_LANES.size, "little"))
        most = max(scores)
        return [exp((score - most) * STEP) for score in scores]

    def _of_around(self, it: Around) -> int:
        """What all features of what surrounds a token add together; kept, as newspapers write alike."""
        lanes = self._around.get(it)
        return _keep(self._around, it, self._sum(of_around(it))) if lanes is None else lanes

    def _sum(self, features: Iterable[str]) -> int:
        """The sum of the weights of some features, of each label in its lane of one number."""
        rows = [row for row in map(self._features.get, features) if row is not None]
        if not rows:
            return 0
        return int.from_bytes(_LANES.pack(*(_LIFT + sum(lane) for lane in zip(*rows, strict=True))), "little")

    def _chain(self, scores: Sequence[Sequence[float]]) -> Chances:
        """The marginal chances of a chain: forward and backward, scaled at each token; names end with it."""
        if len(scores) == 1:
            alone = [*map(mul, self._alone, scores[0])]
            whole = sum(alone)
            return [[value / whole for value in alone]]
        begin, end = self._after[0], self._before[0]
        before = [*map(mul, begin, scores[0])]
        forward = [before]
        for row in scores[1:]:
            here = [s * sum(map(mul, column, before)) for s, column in zip(row, self._before, strict=True)]
            whole = sum(here)
            before = [value / whole for value in here]
            forward.append(before)
        after: Sequence[float] = end
        chances: list[list[float]] = []
        for row, seen in zip(reversed(scores), reversed(forward), strict=True):
            both = [*map(mul, after, seen)]
            whole = sum(both)
            chances.append([value / whole for value in both])
            if len(chances) < len(scores):
                weighed = [*map(mul, after, row)]
                after = [sum(map(mul, factors, weighed)) for factors in self._after]
                most = max(after)
                after = [value / most for value in after]
        return chances[::-1]


def _said(votes: Sequence[Vote]) -> dict[int, tuple[int, float]]:
    """The label that the rules give a token, and what that counts for."""
    return {
        at: (begins(KINDS.index(vote.kind)) + (at > vote.start), VOTES[vote.sure])
        for vote in votes
        for at in range(vote.start, vote.end)
    }


def _weighed(row: Sequence[float], label: int, weight: float) -> list[float]:
    mixed = [chance * (1 - weight) for chance in row]
    mixed[label] += weight
    return mixed


def _keep(kept: dict[Key, int], key: Key, lanes: int) -> int:
    if len(kept) >= _KEPT:
        kept.clear()
    kept[key] = lanes
    return lanes


class Changed(ValueError):
    """The packaged model is not the one that this program was made with."""


@cache
def light() -> Light:
    """The packaged tagger, read once. Raises Changed when its file is not the one pinned here."""
    data = (DATA / "light.crf").read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    if digest != SHA256:
        raise Changed(
            f"the packaged model light.crf has SHA-256 {digest} and should have {SHA256}: "
            "install morgue again, or pin the new model in generator/annotate/tagging/light.py"
        )
    return Light(unpack(data))
