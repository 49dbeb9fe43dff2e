"""The search index of a build: which parts are stale, what makes them, and the files that come of it."""

import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self

from generator.core.frozen import dataclass
from generator.core.problems import Problem, SiteError
from generator.output.encode import digest, encode
from generator.output.folder import Place
from generator.output.ledger import Written
from generator.output.program import program_digest
from generator.publishing import Rendered
from generator.render.basis import Basis
from generator.render.search_parts import documents, search_parts
from generator.searching.program import Program
from generator.searching.request import COMMON, PARTS, Request, Wanted

if TYPE_CHECKING:
    from subprocess import Popen

INDEX = "search/index"
"""Where the index is in the output."""


class Shop(Protocol):
    """What of a build's workshop an index is made from."""

    @property
    def basis(self) -> Basis | None: ...  # noqa: D102
    @property
    def known(self) -> Mapping[str, Written]: ...  # noqa: D102
    @property
    def place(self) -> Place: ...  # noqa: D102
    @property
    def memo(self) -> Path | None: ...  # noqa: D102


@dataclass(frozen=True, slots=True, kw_only=True)
class Indexing:
    """An index that is being made: its parts with their keys, newest first, and the process at work on them.

    A context manager, so that the process never outlives the build.
    """

    folder: Path
    parts: tuple[tuple[str, str], ...] = ()
    process: "Popen[str] | None" = None
    request: Path | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the process where nobody waits for it any more."""
        if self.process is not None:
            if self.process.poll() is None:
                self.process.terminate()
            self.process.wait()
            if self.process.stderr is not None:
                self.process.stderr.close()
        if self.request is not None:
            self.request.unlink(missing_ok=True)


def begin(shop: Shop, program: Program | None, root: Path) -> Indexing:
    """Start what makes the parts that are not kept already; an index without parts for a build without one.

    `program` is Pagefind; the memo must hold the articles' texts, and be readable by others.
    """
    basis, folder = shop.basis, root / ".morgue" / PARTS
    if program is None or basis is None or shop.memo is None or not _is_searched(basis):
        return Indexing(folder=folder)
    parts: list[tuple[str, str]] = []
    wanted: list[Wanted] = []
    for part in search_parts(basis.archive):
        found = documents(basis, part)
        plain = encode([document._replace(leaf="") for document in found])
        key = digest("search", program.version, program_digest(), basis.site.language, plain)
        parts.append((part.name, key))
        if not (folder / key).is_dir():
            wanted.append(Wanted(key, found))
    if not wanted:
        return Indexing(folder=folder, parts=tuple(parts))
    folder.mkdir(parents=True, exist_ok=True)
    request = folder / f"request-{os.getpid()}.json"
    asked = Request(str(program.path), basis.site.language, str(shop.memo), str(folder), tuple(wanted))
    request.write_bytes(encode(asked))
    command = [sys.executable, "-m", "generator.searching.worker", str(request)]
    from subprocess import DEVNULL, PIPE, Popen  # noqa: PLC0415 - only where there is something to index

    process = Popen(command, stdin=DEVNULL, stderr=PIPE, text=True)
    return Indexing(folder=folder, parts=tuple(parts), process=process, request=request)


def indexed(indexing: Indexing, shop: Shop) -> Iterator[Rendered]:
    """The files of the index, once they are made; raises SiteError where Pagefind did not make them."""
    if not indexing.parts:
        return
    _wait(indexing)
    for place, (name, key) in enumerate(indexing.parts):
        home = indexing.folder / key
        for file in sorted(path for path in home.rglob("*") if path.is_file()):
            within = file.relative_to(home).as_posix()
            if within.startswith("common/"):
                if place:
                    continue  # the program is the same for all parts: the newest part's is served
                within = within.removeprefix("common/")
                path = f"{INDEX}/{within}" if within in COMMON else f"{INDEX}/{name}/{within}"
            else:
                path = f"{INDEX}/{name}/{within}"
            yield _placed(path, f"{key}/{within}", file, shop)
    _sweep(indexing)


def _is_searched(basis: Basis) -> bool:
    return "search" not in basis.site.omit and bool(basis.archive.order)


def _wait(indexing: Indexing) -> None:
    process = indexing.process
    if process is None:
        return
    _, told = process.communicate()
    if process.returncode:
        reason = told.strip().splitlines()[-1] if told.strip() else f"exit code {process.returncode}"
        raise SiteError(
            Problem("search/index", 0, "E709", f"the search index could not be made: {reason}",
                    "build again; without the extra `search`, the search page reads the texts instead")
        )  # fmt: skip


def _placed(path: str, key: str, file: Path, shop: Shop) -> Rendered:
    before = shop.known.get(path)
    if before is not None and before.key == key:
        try:
            now = os.lstat(f"{shop.place.output}/{path}")
        except (FileNotFoundError, NotADirectoryError):
            now = None
        if now is not None and (now.st_size, now.st_mtime_ns) == (before.size, before.mtime_ns):
            return Rendered(path, before, "")
    data = file.read_bytes()
    size, mtime_ns, staged = shop.place.put(path, data)
    reason = ("new" if before is None else "what is searched changed") if staged else ""
    return Rendered(path, Written(key, b"", digest(data), size, mtime_ns), reason)


def _sweep(indexing: Indexing) -> None:
    """Let go of the parts that this build has no use for."""
    keys = {key for _, key in indexing.parts}
    for each in indexing.folder.iterdir():
        if each.is_dir() and each.name not in keys and not each.name.startswith("making-"):
            shutil.rmtree(each, ignore_errors=True)
