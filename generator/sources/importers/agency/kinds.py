"""What a JSON value must be, and where one is not: as much of JSON Schema as IPTC's schemas use."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Any, Literal

from generator.core.frozen import dataclass

FAULTS_LIMIT = 5
"""The most faults of one document that are told."""

_SHOWN = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What a value must be.

    `keys` are those an object may have; `patterns` kinds for keys that begin as they say. An object that is
    not `open` has no others. `required` keys must be there, and of each of `either` exactly one. `itself`
    stands for the whole schema again, within an item's associations.
    """

    type: Literal["any", "text", "whole", "number", "object", "list", "itself"]
    values: tuple[str, ...] = ()
    pattern: str = ""
    least: int | None = None
    most: int | None = None
    items: "Kind | None" = None
    keys: "Mapping[str, Kind]" = field(default_factory=dict)
    patterns: "tuple[tuple[re.Pattern[str], Kind], ...]" = ()
    open: bool = False
    required: tuple[str, ...] = ()
    either: tuple[tuple[str, ...], ...] = ()
    any_of: bool = False  # of `either`, one that holds is enough

    def of_key(self, key: str) -> "Kind | None":
        """The kind of a key's value; None for a key that must not be there."""
        if key in self.keys:
            return self.keys[key]
        for pattern, kind in self.patterns:
            if pattern.match(key):
                return kind
        return ANY if self.open else None


ANY = Kind(type="any")
TEXT = Kind(type="text")
NUMBER = Kind(type="number")
WHOLE = Kind(type="whole")
ITSELF = Kind(type="itself")

_TYPES: dict[str, tuple[type, ...]] = {
    "text": (str,), "whole": (int,), "number": (int, float), "object": (dict,), "list": (list,),
}  # fmt: skip
_WORDS = {
    "text": "a text", "whole": "a whole number", "number": "a number", "object": "an object",
    "list": "a list",
}  # fmt: skip


def one_of(*values: str) -> Kind:
    """One of these words."""
    return Kind(type="text", values=values)


def list_of(items: Kind) -> Kind:
    """Any number of values of a kind."""
    return Kind(type="list", items=items)


def texts(*keys: str, **others: Kind) -> Kind:
    """An object of texts, and of other kinds by name."""
    return Kind(type="object", keys={**dict.fromkeys(keys, TEXT), **others})


def faults(value: Any, kind: Kind) -> list[str]:
    """What is wrong with a value, at most FAULTS_LIMIT times: "places[2].name: not a text"."""
    found: list[str] = []
    for fault in _faults(value, kind, kind, ""):
        found.append(fault)
        if len(found) == FAULTS_LIMIT:
            break
    return found


def _faults(value: Any, kind: Kind, root: Kind, path: str) -> Iterator[str]:
    if kind.type == "any":
        return
    if kind.type == "itself":
        kind = root
    expected = _TYPES[kind.type]
    whole = isinstance(value, float) and kind.type == "whole" and value.is_integer()
    if isinstance(value, bool) or not (isinstance(value, expected) or whole):
        yield f"{path or 'the item'}: not {_WORDS[kind.type]}"
    elif isinstance(value, str):
        yield from _text_faults(value, kind, path)
    elif isinstance(value, dict):
        yield from _object_faults(value, kind, root, path)
    elif isinstance(value, list):
        if kind.items is not None:
            for at, each in enumerate(value):
                yield from _faults(each, kind.items, root, f"{path}[{at}]")
    elif (kind.least is not None and value < kind.least) or (kind.most is not None and value > kind.most):
        yield f"{path}: {value} is not between {kind.least} and {kind.most}"


def _text_faults(value: str, kind: Kind, path: str) -> Iterator[str]:
    if kind.values and value not in kind.values:
        yield f"{path}: {value[:_SHOWN]!r} is none of {', '.join(kind.values)}"
    elif kind.pattern and re.fullmatch(kind.pattern, value[:200]) is None:
        yield f"{path}: not in the form asked for: {value[:_SHOWN]!r}"


def _object_faults(value: dict[str, Any], kind: Kind, root: Kind, path: str) -> Iterator[str]:
    dot = f"{path}." if path else ""
    for key in kind.required:
        if key not in value:
            yield f"{dot}{key}: missing"
    told = [f"{path or 'the item'}: needs one of {' and '.join(names)}, and only one"
            for names in kind.either if sum(name in value for name in names) != 1]  # fmt: skip
    if told and (not kind.any_of or len(told) == len(kind.either)):
        yield told[0]
    for key, each in value.items():
        inner = kind.of_key(key)
        if inner is None:
            yield f"{dot}{key[:_SHOWN]}: no such key"
        else:
            yield from _faults(each, inner, root, f"{dot}{key[:_SHOWN]}")
