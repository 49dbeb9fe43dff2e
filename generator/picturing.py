"""Pictures of an import: measured, and made smaller for smaller screens, where Pillow is there."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from types import ModuleType

from generator.core.frozen import dataclass
from generator.core.model import Value
from generator.core.problems import Problem
from generator.depositing import SIZES, Depot
from generator.sharing import Workers, in_order
from generator.sources.importers.base import Imported
from generator.sources.importers.extras import load

DOOR = "generator.sources.importers.resizing"
"""The module that knows Pillow."""

RASTER = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".tif", ".tiff")
"""Endings of pictures that are measured, in small letters."""

_TOO_LARGE = 64 * 1024 * 1024
_WORTH = 20  # texts that could be read while one picture is made smaller
_LOOK = "look at it, and replace it"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    """A picture to make smaller: its path below content/, and its bytes."""

    path: str
    data: bytes


class Pictures:
    """The pictures of one import; `waiting` are those of which smaller sizes are to be made at the end."""

    def __init__(self, depot: Depot) -> None:
        self.depot = depot
        self.door: ModuleType | Problem | None = None
        self.known: dict[str, dict[str, Value]] = {}
        self.waiting: dict[str, None] = {}
        self.problems: list[Problem] = []

    def measure(self, one: Imported, target: str, data: bytes) -> Imported:
        """The same article, with the size of its first picture where that is the one at `target`."""
        facts = self._facts(target, data)
        image = one.front.get("image")
        if not facts or not isinstance(image, dict) or str(image.get("src", "")).lstrip("/") != target:
            return one
        return replace(one, front={**one.front, "image": {**image, **facts}})

    def look_at(self, target: str) -> None:
        """Have smaller sizes made of a picture that lies there already."""
        data = self.depot.bytes_of(f"content/{target}", _TOO_LARGE)
        if data:
            self._facts(target, data)

    def _facts(self, target: str, data: bytes) -> dict[str, Value]:
        if target in self.known:
            return self.known[target]
        self.known[target] = {}
        if not target.lower().endswith(RASTER):
            return {}
        if self.door is None:
            self.door = load(DOOR, "pictures", "")
            if isinstance(self.door, Problem):
                message = f"pictures: not measured, nor made smaller: {self.door.message}"
                self.problems.append(Problem("", 0, "W348", message, self.door.hint))
        if isinstance(self.door, Problem):
            return {}
        measured = self.door.measure(data)
        if isinstance(measured, str):
            path = f"content/{target}"
            self.problems.append(
                Problem(path, 0, "W348", f"picture: {measured}", "look at it, and replace it")
            )
            return {}
        widths: list[Value] = list(measured.sizes)
        facts: dict[str, Value] = {"width": measured.width, "height": measured.height}
        if widths:
            self.waiting[target] = None
            facts["sizes"] = widths
        self.known[target] = facts
        return facts

    def make_sizes(self, workers: Workers) -> list[Problem]:
        """Write the smaller sizes that are not there yet, and tell all that is wrong with pictures."""
        problems = list(self.problems)
        executor = workers.executor(len(self.waiting) * _WORTH)
        for job, made in in_order(partial(_smaller, DOOR), self._jobs(), executor, workers.window):
            if isinstance(made, str):
                message = f"picture: no smaller sizes could be made: {made}"
                problems.append(
                    Problem(f"content/{job.path}", 0, "W348", message, "look at it, and replace it")
                )
                continue
            for width, data in made:
                problems += self.depot.write(size_path(job.path, width), data)
        return problems

    def _jobs(self) -> Iterator[_Job]:
        for path in sorted(self.waiting):
            sizes = self.known[path].get("sizes")
            if isinstance(sizes, list) and any(self.depot.is_free(size_path(path, width)) for width in sizes):
                data = self.depot.bytes_of(f"content/{path}", _TOO_LARGE)
                if data:
                    yield _Job(path=path, data=data)


def size_path(path: str, width: int) -> str:
    """Where a smaller size of a picture lies: "content/media/sizes/2021/quay.jpg/480.webp"."""
    return f"content/media/{SIZES}/{path.removeprefix('media/')}/{width}.webp"


def _smaller(door: str, job: _Job) -> tuple[tuple[int, bytes], ...] | str:
    module = load(door, "pictures", job.path)
    if isinstance(module, Problem):
        return module.message
    made: tuple[tuple[int, bytes], ...] | str = module.smaller(job.data)
    return made
