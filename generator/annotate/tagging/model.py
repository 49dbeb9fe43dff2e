"""A trained linear-chain CRF as a file, and its scores.

The file is zlib's form of: a line of JSON (the transitions, from and to the labels in their order), a
line for each feature, an empty line, and for each feature two signed bytes for each label,
the lower first. A weight is that number times `STEP`.
"""

import json
import sys
import zlib
from array import array
from collections.abc import Mapping, Sequence

from generator.annotate.tagging.labels import COUNT
from generator.core.frozen import dataclass

STEP = 0.01
NEVER = -100.0
"""The weight of what cannot be: an inside after nothing."""

_MOST = 32767
_LARGEST = 64 << 20  # bytes, unpacked


Row = tuple[int, ...]
"""What a feature adds to the score of each label, in steps."""


@dataclass(frozen=True, slots=True)
class Model:
    """The weights of each feature, and those of one label after another."""

    features: Mapping[str, Row]
    transitions: tuple[tuple[float, ...], ...]


def pack(weights: Mapping[str, Sequence[float]], transitions: Sequence[Sequence[float]]) -> bytes:
    """The file of some weights; features whose weights all round to nothing are left out."""
    rounded = {
        feature: [max(-_MOST, min(_MOST, round(weight / STEP))) for weight in row]
        for feature, row in weights.items()
    }
    kept = sorted(feature for feature, row in rounded.items() if any(row))
    head = json.dumps([[round(weight, 3) for weight in row] for row in transitions])
    text = "\n".join((head, *kept)) + "\n\n"
    numbers = _little(array("h", [number for feature in kept for number in rounded[feature]]))
    return zlib.compress(text.encode("utf-8") + numbers.tobytes(), 9)


def unpack(data: bytes) -> Model:
    """The model in a file. Raises ValueError on data that is none."""
    try:
        whole = zlib.decompressobj().decompress(data, _LARGEST)
    except zlib.error as error:
        raise ValueError(f"not a packed model: {error}") from error
    text, found, numbers = whole.partition(b"\n\n")
    head, *features = text.decode("utf-8").split("\n")
    if not found or len(numbers) != len(features) * COUNT * 2:
        raise ValueError("not a packed model: its parts do not fit each other")
    weights = array("h")
    weights.frombytes(numbers)
    weights = _little(weights)
    rows = json.loads(head)
    transitions = tuple(tuple(map(float, row)) for row in rows)
    if len(transitions) != COUNT or any(len(row) != COUNT for row in transitions):
        raise ValueError("not a packed model: it is of other labels")
    each = zip(*(weights[label::COUNT] for label in range(COUNT)), strict=True)
    return Model(dict(zip(features, each, strict=True)), transitions)


def _little(numbers: "array[int]") -> "array[int]":
    """Numbers with the lower byte first, on any machine: from those of this one, or to them."""
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
