"""What a deploy does, as a pure function of what is here and what is there.

The order keeps every link on the target whole at every moment: first the files that pages show, then the
pages that nothing there leads to yet, then the pages that lead to them, then lists and feeds, and last the
removal of what nothing leads to any more.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from pathlib import PurePosixPath
from typing import Literal

from generator.core.frozen import dataclass
from generator.deploy.record import Record

Kind = Literal["asset", "page", "list"]

FRONT = "index.html"
"""The front page: where visitors and crawlers begin."""

_LIST = re.compile(
    r"index\.html|(?:.+/)?page/\d+/index\.html|\d{4}/(?:\d\d/){0,2}index\.html|[^/]+/index\.html"
    r"|.*\.(?:xml|json|jsonl|txt)|data/.*|\.htaccess|_redirects|_headers|_worker\.js|vercel\.json|morgue/.*"
)


@dataclass(frozen=True, slots=True)
class Phase:
    """Files that may be put, and removed, in any order and all at once; the phases follow one another."""

    name: str
    put: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The phases in order, none of them empty, and how many files stand as they are."""

    phases: tuple[Phase, ...]
    unchanged: int

    @property
    def put(self) -> tuple[str, ...]:
        """Every path that is put, in order."""
        return tuple(path for phase in self.phases for path in phase.put)

    @property
    def removed(self) -> tuple[str, ...]:
        """Every path that is removed, in order."""
        return tuple(path for phase in self.phases for path in phase.remove)


def plan(local: Mapping[str, str], record: Record, again: Collection[str] = ()) -> Plan:
    """The steps from what the record says is at the target to `local`, path → digest.

    Paths in `again` are put though their digest is that of the record: someone took them away, or changed
    them. What an interrupted deploy left in doubt is put again, and counts as new unless it surely was there.
    """
    there = {path for path in record.files if record.pending.get(path) != ""}
    doubtful = {path for path in record.pending if path not in there}
    missing = doubtful | {path for path in again if path not in record.files}
    put = [path for path in sorted(local) if _differs(path, local[path], record) or path in again]
    new = [path for path in put if path not in there or path in missing]
    changed = [path for path in put if path in there and path not in missing]
    gone = sorted({*record.files, *record.pending} - set(local))
    first = _in_the_way(gone, put)
    # Before there is a front page nobody comes: a new one follows all that it leads to.
    front = tuple(path for path in new if path == FRONT)
    new = [path for path in new if path != FRONT]
    phases = (
        Phase("clear the way", remove=tuple(first)),
        Phase("assets", put=_of("asset", (*new, *changed))),
        Phase("new pages", put=(*_of("page", new), *_of("list", new))),
        Phase("changed pages", put=_of("page", changed)),
        Phase("lists, feeds and sitemap", put=(*_of("list", changed), *front)),
        Phase("removals", remove=tuple(path for path in gone if path not in set(first))),
    )
    return Plan(
        phases=tuple(phase for phase in phases if phase.put or phase.remove),
        unchanged=len(local) - len(put),
    )


def _differs(path: str, digest: str, record: Record) -> bool:
    entry = record.files.get(path)
    return path in record.pending or entry is None or entry.digest != digest


def _in_the_way(gone: Iterable[str], put: Collection[str]) -> list[str]:
    """Of the paths to be removed, those where a folder is needed, or that lie where a file is."""
    folders = {str(parent) for path in put for parent in PurePosixPath(path).parents}
    wanted = set(put)
    return [
        path
        for path in gone
        if path in folders or any(str(parent) in wanted for parent in PurePosixPath(path).parents)
    ]


def _of(kind: Kind, paths: Iterable[str]) -> tuple[str, ...]:
    return tuple(path for path in paths if kind_of(path) == kind)


def kind_of(path: str) -> Kind:
    """What a file of the site is to a deploy, by its path alone; a compressed twin is what its file is."""
    plain = path.removesuffix(".gz").removesuffix(".br")
    if plain.startswith(("assets/", "media/", "sources/")):
        return "asset"
    if _LIST.fullmatch(plain):
        return "list"
    return "page" if plain.endswith((".html", ".htm")) else "asset"


def share_removed(found: Plan, record: Record) -> float:
    """How much of what is at the target a plan removes, from 0 to 1."""
    before = len({*record.files, *record.pending})
    return len(found.removed) / before if before else 0.0
