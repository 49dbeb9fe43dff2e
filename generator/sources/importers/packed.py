"""Single files of a folder that are packed ("export.xml.gz"): read as what is in them, without swelling."""

from collections.abc import Callable, Mapping
from pathlib import Path

from generator.core.problems import Problem
from generator.sources.importers.archives import PACKED, SIZE_LIMIT, SUFFIXES, head_of, unpack

PEEK = 1024 * 1024
"""So many bytes of a packed file are unpacked to tell whether any format reads it."""


def is_packed(name: str) -> bool:
    """Whether a file's name is that of a single file that is packed."""
    lower = name.lower()
    return lower.endswith(PACKED) and not lower.endswith(SUFFIXES)


def unpacked(
    files: Mapping[str, Path], label: str, folder: Path, is_one: Callable[[Path], bool]
) -> tuple[dict[str, Path], tuple[Problem, ...], tuple[str, ...]]:
    """The files with those that are packed replaced by what is in them, unpacked below an empty folder.

    A file stays as it is where a format reads it packed, or none reads what is in it (`is_one` tells by its
    beginning). All of them together are unpacked to at most SIZE_LIMIT bytes (E332). Of "page.html.gz"
    beside "page.html", which web servers keep for speed, nothing is read: the third result tells of it.
    """
    found: dict[str, Path] = {}
    problems: list[Problem] = []
    passed: list[str] = []
    left = SIZE_LIMIT
    for number, (name, path) in enumerate(files.items()):
        inner = name.rpartition(".")[0]
        if not is_packed(name) or is_one(path):
            found[name] = path
        elif inner in files:
            passed.append(f"{label}/{name}: {inner.rpartition('/')[2]} lies beside it unpacked")
        else:
            place = folder / str(number)
            place.mkdir()
            target = place / Path(inner).name
            told: tuple[Problem, ...] = ()
            if _begins_as_one(path, target, is_one):
                told = unpack(path, place, f"{label}/{name}", limit=left)
            size = target.stat().st_size if target.is_file() else 0
            if size and not (told and size >= left):  # of one that is broken, what came out is read
                left -= size
                found[inner] = target
            elif not told:
                found[name] = path
            problems += told
    return found, tuple(problems), tuple(passed)


def _begins_as_one(path: Path, target: Path, is_one: Callable[[Path], bool]) -> bool:
    """Whether a format reads what is packed, by its beginning; a file that is broken is said to be one."""
    head = head_of(path, PEEK)
    if not head:
        return True
    target.write_bytes(head)
    try:
        return is_one(target)
    finally:
        target.unlink()
