"""JSON of any size, its list of posts read one after another; the only module that knows ijson."""

import codecs
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

import ijson

from generator.sources.importers.posts.records import Record, Streamed

BESIDE_LIMIT = 5_000_000
"""The most values that a file may hold beside its posts: authors, tags, which post has which."""

DEPTH_LIMIT = 512
"""The most lists and objects within one another that are read."""

_DEPTH = 8
_PIECE = 64 * 1024

_OPENS = frozenset(("start_map", "start_array"))
_CLOSES = frozenset(("end_map", "end_array"))


class NotJson(ValueError):
    """What is wrong with a file."""


class Run(Streamed):
    """The list of a file that is read anew, record by record, each time it is gone through.

    `within` is where it lies, in ijson's form: "db.item.data.posts", "" for the outermost.
    """

    def __init__(self, file: Path, within: str) -> None:
        self.file = file
        self.within = within

    def __iter__(self) -> Iterator[Record]:
        path = f"{self.within}.item" if self.within else "item"
        with self.file.open("rb") as opened:
            try:
                for each in ijson.items(ijson.parse(_events(opened)), path):
                    if isinstance(each, Mapping):
                        yield each
            except ijson.JSONError as error:
                raise NotJson(_reason(error)) from error


def document(file: Path, lists: tuple[str, ...]) -> Any:
    """What a JSON file holds, the first list under one of the keys `lists` being a Run ("" the outermost).

    Raises NotJson, and OSError.
    """
    builder = ijson.ObjectBuilder()
    within: str | None = None
    is_found = False
    with file.open("rb") as opened:
        try:
            for number, (path, event, value) in enumerate(ijson.parse(_events(opened))):
                if within is not None:
                    within = None if event == "end_array" and path == within else within
                    continue
                if number > BESIDE_LIMIT:
                    raise NotJson(f"more than {BESIDE_LIMIT:,} values beside the posts")
                if event == "start_array" and not is_found and _is_list(path, lists):
                    within, is_found = path, True
                    builder.event("string", Run(file, path))
                    if not path:
                        break
                else:
                    builder.event(event, value)
        except ijson.JSONError as error:
            if not is_found:
                raise NotJson(_reason(error)) from error
            # It is cut off within its list: what comes before that is read, and then the mistake is met.
    return builder.value if hasattr(builder, "value") else None


def _events(file: BinaryIO) -> Iterator[tuple[str, Any]]:
    """The events of a JSON file, no deeper than DEPTH_LIMIT.

    They are given their paths one by one: ijson by itself gives all those of a piece their paths at once,
    which for a piece of nothing but brackets is the square of its size. Raises NotJson.
    """
    depth = 0
    for event, value in ijson.basic_parse(_Utf8(file), use_float=True):
        if event in _OPENS:
            depth += 1
            if depth > DEPTH_LIMIT:
                raise NotJson("nested too deep")
        elif event in _CLOSES:
            depth -= 1
        yield event, value


def _is_list(path: str, lists: tuple[str, ...]) -> bool:
    return path.rpartition(".")[2] in lists and path.count(".") < _DEPTH


def _reason(error: Exception) -> str:
    return " ".join(str(error).split("\n")[0].split())[:120]


class _Utf8:
    """A file's bytes as sound UTF-8, without a mark at its beginning."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.decoder = codecs.getincrementaldecoder("utf-8-sig")("replace")

    def read(self, size: int = _PIECE) -> bytes:
        if not size:
            return b""
        while block := self.file.read(max(size, _PIECE)):
            if text := self.decoder.decode(block):
                return text.encode("utf-8", "replace")
        return self.decoder.decode(b"", final=True).encode("utf-8", "replace")
