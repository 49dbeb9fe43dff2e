"""Formats of the tests' own: exports of one JSON object a line, read whole or streamed."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generator import formats
from generator.core.problems import Problem
from generator.sources.importers.base import Dropped, ImportContext, Imported, Media, Original


def made_of(line: str, number: int, where: str) -> Imported | Problem:
    try:
        row = json.loads(line)
    except ValueError:
        return Problem(where, number, "E331", "not JSON")
    front = {
        key: row[key]
        for key in row
        if key not in {"id", "body", "media", "captured", "url", "recall", "dropped"}
    }
    source = {key: row[key] for key in ("url", "captured") if key in row}
    if source:
        front["source"] = source
    return Imported(
        front=front,
        body=row.get("body", ""),
        identity=tuple(filter(None, (row.get("url"), row.get("id")))),
        media=tuple(Media(*each) for each in row.get("media", ())),
        recall=row.get("recall"),
        dropped=tuple(Dropped(*each) for each in row.get("dropped", ())),
    )


class Whole:
    """Reads an export at once."""

    name = "whole"

    def recognises(self, original: Original) -> bool:
        return original.name.endswith(".whole")

    def read(
        self, original: Original, context: ImportContext
    ) -> tuple[tuple[Imported, ...], tuple[Problem, ...]]:
        rows = [
            made_of(line, number, original.where)
            for number, line in enumerate(original.data.decode().splitlines(), 1)
        ]
        return (
            tuple(row for row in rows if isinstance(row, Imported)),
            tuple(row for row in rows if isinstance(row, Problem)),
        )


class Streamed:
    """Reads an export one line after another."""

    name = "streamed"

    def __init__(self, ending: str = ".streamed") -> None:
        self.ending = ending
        self.heads: list[int] = []

    def recognises(self, original: Original) -> bool:
        self.heads.append(len(original.data))
        return original.name.endswith(self.ending)

    def stream(self, file: Path, original: Original, context: ImportContext) -> Iterator[Imported | Problem]:
        assert original.data == b""
        with file.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                yield made_of(line, number, original.where)


def offer(monkeypatch: pytest.MonkeyPatch, *offered: Any) -> None:
    class Point:
        def __init__(self, each: Any) -> None:
            self.name, self.each = each.name, each

        def load(self) -> Any:
            return self.each

    monkeypatch.setattr(formats, "entry_points", lambda group: [Point(each) for each in offered])


def export(*rows: dict[str, Any]) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows)
