"""Front matter as its author wrote it: keys, values and where they stand, nothing interpreted yet.

YAML 1.1 readers take `NO` for false, `010` for 8 and `12:30:45` for 45045. Here a value stays the text that
was typed; only keys Morgue has no meaning for are typed, by the smaller rules of YAML 1.2's core schema
(yaml.org/spec/1.2.2, section 10.3.2).
"""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import NamedTuple

from generator.core.frozen import dataclass
from generator.core.model import Value

_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_TRUE = frozenset({"true", "True", "TRUE"})
_FALSE = frozenset({"false", "False", "FALSE"})
_INT = re.compile(r"[-+]?[0-9]{1,19}")
_BASED = re.compile(r"0o[0-7]{1,21}|0x[0-9a-fA-F]{1,16}")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_FLOAT_LIMIT = 400
_WHOLE = 2**63


class Scalar(NamedTuple):
    """One plain or quoted value. `text` is what was written, quotes and escapes resolved.

    `plain` is true when it was written without quotes, so that `~`, `true` or `12` may be more than text.
    `line` counts from 1 in the file; `start` and `end` are offsets in code points into the YAML text.
    """

    text: str
    plain: bool
    line: int = 0
    start: int = 0
    end: int = 0

    @property
    def is_null(self) -> bool:
        """Whether nothing was written, or YAML's word for it."""
        return self.plain and self.text in _NULL


class Series(NamedTuple):
    """A list. `flow` tells `[a, b]` from one item a line; the other fields are as in Scalar."""

    items: tuple["Node", ...]
    flow: bool = False
    line: int = 0
    start: int = 0
    end: int = 0


class Field(NamedTuple):
    """One key with its value. `start` and `key_end` bound the key as written, quotes included."""

    name: str
    node: "Node"
    line: int = 0
    start: int = 0
    key_end: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Mapping[str, Field]):
    """A mapping, the whole front matter or one within it: its keys in the order written."""

    fields: Mapping[str, Field] = field(default_factory=dict)
    flow: bool = False
    line: int = 0
    start: int = 0
    end: int = 0

    def __getitem__(self, key: str) -> Field:
        return self.fields[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.fields)

    def __len__(self) -> int:
        return len(self.fields)

    def node(self, key: str) -> "Node | None":
        """The value of a key, or None when it is absent or null."""
        field = self.fields.get(key)
        if field is None or (isinstance(field.node, Scalar) and field.node.is_null):
            return None
        return field.node


Node = Scalar | Series | Document


def typed(node: Node) -> Value:
    """A value by YAML 1.2's core schema.

    Whole numbers beyond 64 bits and numbers that are not finite stay text: JSON could not carry them.
    """
    match node:
        case Scalar():
            return _typed_plain(node.text) if node.plain else node.text
        case Series():
            return [typed(item) for item in node.items]
        case Document():
            return values(node)


def values(document: Document) -> dict[str, Value]:
    """All keys of a front matter with their typed values, in the order written."""
    return {name: typed(each.node) for name, each in document.fields.items()}


def alike(one: Node, other: Node) -> bool:
    """Whether two values are written alike, wherever they stand and however their lists are laid out."""
    match one, other:
        case Scalar(), Scalar():
            return one[:2] == other[:2]
        case Series(), Series():
            return len(one.items) == len(other.items) and all(map(alike, one.items, other.items))
        case Document(), Document():
            return list(one) == list(other) and all(alike(one[k].node, other[k].node) for k in one)
    return False


def same(node: Node, value: Value) -> bool:
    """Whether a value as written says `value`, be it as typed or as the text that was typed.

    `tags: [2020]` says ["2020"] as well as [2020].
    """
    match node:
        case Scalar():
            if isinstance(value, str):
                return node.text == value and not node.is_null
            own = typed(node)
            return type(own) is type(value) and own == value
        case Series():
            return (
                isinstance(value, list)
                and len(value) == len(node.items)
                and all(same(item, each) for item, each in zip(node.items, value, strict=True))
            )
        case Document():
            return (
                isinstance(value, dict)
                and list(value) == list(node.fields)
                and all(same(node.fields[name].node, each) for name, each in value.items())
            )


def _typed_plain(text: str) -> Value:
    if text in _NULL:
        return None
    if text in _TRUE:
        return True
    if text in _FALSE:
        return False
    if _INT.fullmatch(text):
        return _whole(text, int(text))
    if _BASED.fullmatch(text):
        return _whole(text, int(text, 0))
    if len(text) <= _FLOAT_LIMIT and _FLOAT.fullmatch(text) and not text.lstrip("+-").isdigit():
        number = float(text)
        return number if math.isfinite(number) else text
    return text


def _whole(text: str, number: int) -> Value:
    return number if -_WHOLE <= number < _WHOLE else text
