"""Rows by path, each kept packed until it is asked for: of ten thousand, most builds want a few."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from generator.output.encode import pack, unpack

Row = TypeVar("Row")


class Table(Mapping[str, Row]):
    """Rows of one type by path, in the order in which they were kept; `data` is what `table_bytes` made."""

    def __init__(self, kind: type[Row], data: bytes | memoryview) -> None:
        self._kind = kind
        self._data = data
        self._over: Mapping[str, Row] = {}
        self._packed: dict[str, bytes] | None = None

    @property
    def rows(self) -> dict[str, bytes]:
        """The rows kept, packed; Undecodable where `data` is none of ours."""
        if self._packed is None:
            self._packed = unpack(self._data, dict[str, bytes])
        return self._packed

    def __getitem__(self, path: str) -> Row:
        over = self._over.get(path)
        return unpack(self.rows[path], self._kind) if over is None else over

    def under(self, over: Mapping[str, Row]) -> "Table[Row]":
        """The same rows under others, which hide those of the same path; every path is one of these."""
        made = Table(self._kind, self._data)
        made._packed, made._over = self.rows, over
        return made

    def __reduce__(self) -> "tuple[Callable[..., Table[Row]], tuple[Any, ...]]":
        """A table for another process: what was read of a file goes along as bytes."""
        return _table, (self._kind, bytes(self._data), dict(self._over))

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[str]:
        return iter(self.rows)


def _table(kind: type[Row], data: bytes, over: Mapping[str, Row]) -> Table[Row]:
    return Table(kind, data).under(over) if over else Table(kind, data)


def table_bytes(rows: Mapping[str, Row]) -> bytes:
    """Rows packed one by one, so that each can be read without the others."""
    return pack({path: pack(row) for path, row in rows.items()})


def framed(parts: tuple[bytes, ...]) -> bytes:
    """Parts one after another, the lengths of all but the last before them, eight bytes each."""
    return b"".join((*(len(part).to_bytes(8, "big") for part in parts[:-1]), *parts))


def unframed(data: memoryview, count: int) -> tuple[memoryview, ...]:
    """So many parts as `framed` joined them; some are empty where the data is none of ours."""
    start = 8 * (count - 1)
    found: list[memoryview] = []
    for number in range(count - 1):
        stop = start + int.from_bytes(data[8 * number : 8 * number + 8], "big")
        found.append(data[start:stop])
        start = stop
    return (*found, data[start:])
