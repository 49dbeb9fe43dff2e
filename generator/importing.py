"""Importing: from what was named on the command line to articles below content/, in one function."""

import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import BinaryIO

from generator.bases import Bases
from generator.clerk import Clerk
from generator.core.frozen import dataclass
from generator.core.problems import Problem, SiteError
from generator.core.site import Site
from generator.depositing import Depot
from generator.desk import Desk
from generator.formats import HEAD, format_of, formats_named
from generator.holdings import holdings
from generator.journal import Journal
from generator.mending import find_alike, mend_links
from generator.originals import originals
from generator.output.memo import DAMAGE, Memo, discard
from generator.sharing import Workers
from generator.sources.importers.base import Format, ImportContext, Original
from generator.sources.importers.bundles import Bundle, opened
from generator.sources.importers.fidelity import Fidelity
from generator.sources.importers.outcomes import Alike, Outcome

Progress = Callable[[int, int], None]

_PRELOAD = ["generator.originals", "generator.holdings"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRun:
    """All that an import did, or would do: one outcome for each original, and problems of no single one.

    `mended` are files of the archive in which links now lead to articles of it; `alike` pairs of articles
    that say nearly the same; `fidelity` the account of each source in each format.
    """

    outcomes: tuple[Outcome, ...]
    problems: tuple[Problem, ...]
    mended: tuple[str, ...] = ()
    alike: tuple[Alike, ...] = ()
    fidelity: tuple[Fidelity, ...] = ()

    @property
    def all_problems(self) -> tuple[Problem, ...]:
        """Everything wrong, in order of the originals."""
        return self.problems + tuple(problem for outcome in self.outcomes for problem in outcome.problems)


def import_sources(
    site: Site,
    sources: Sequence[str],
    *,
    now: datetime,
    stdin: BinaryIO,
    format_name: str = "auto",
    dry_run: bool = False,
    progress: Progress | None = None,
    executor: Executor | None = None,
    jobs: int = 1,
) -> ImportRun:
    """Import files, folders, archives or "-" into a site.

    `now` is aware and is written as the time of import. Nothing is written when `dry_run`. `progress` is
    called with how many originals of the source are done and how many it has.

    Originals are read by `executor` where one is given, a few batches for each of `jobs` at a time; else by
    so many processes of our own, where that is worth while. What comes of it is the same.

    Raises SiteError for an unknown format, and for a source that is the site itself or lies among its files.
    """
    formats = formats_named(format_name)
    for source in sources:
        _refuse_own(site, source)
    run = _Run(site, now, formats, explicit=format_name != "auto", dry_run=dry_run)
    path = site.root / ".morgue" / "memo.sqlite3"
    memo = Memo() if dry_run else _memo(path)
    journal = Journal(site.root, dry_run=dry_run)
    with memo, journal, Workers(executor, jobs, _PRELOAD) as workers:
        return run.all(sources, stdin, memo, journal, progress, workers)


def _refuse_own(site: Site, source: str) -> None:
    """Refuse what the site is made of, or was built from it: its articles would come in once more."""
    root, path = site.root.resolve(), Path(source).resolve()
    own = (root / name for name in ("content", "templates", "build", ".morgue"))
    if source == "-" or path.is_relative_to(root / "content" / "sources"):
        return
    if root.is_relative_to(path) or any(map(path.is_relative_to, own)):
        what = "holds the site itself" if root.is_relative_to(path) else "lies among the site's own files"
        hint = "name the folder with the originals alone"
        raise SiteError(Problem(source, 0, "E329", what, hint))


def _memo(path: Path) -> Memo:
    """The memo, checked; one that is damaged is made anew."""
    memo = Memo(path)
    try:
        memo.get("")
    except DAMAGE:
        memo.close()
        discard(path)
        return Memo(path)
    return memo


class _Run:
    """One import, its settings in one place."""

    def __init__(
        self, site: Site, now: datetime, formats: tuple[Format, ...], *, explicit: bool, dry_run: bool
    ) -> None:
        self.site = site
        self.now = now
        self.formats = formats
        self.explicit = explicit
        self.dry_run = dry_run

    def all(
        self,
        sources: Sequence[str],
        stdin: BinaryIO,
        memo: Memo,
        journal: Journal,
        progress: Progress | None,
        workers: Workers,
    ) -> ImportRun:
        """Take in every source, then do what can be done only when all are there."""
        problems: list[Problem] = []
        depot = Depot(self.site.root, dry_run=self.dry_run, writer=workers.writer)
        with tempfile.TemporaryDirectory(prefix="morgue-import-") as folder:
            bases = Bases(depot, self.formats, Path(folder))
            held = holdings(self.site, memo, workers)
            clerk = Clerk(self.site, self.now, depot, held, bases, journal)
            desk = Desk(clerk)
            for source in sources:
                with opened(source, stdin, self._is_one) as bundle:
                    problems += bundle.problems
                    self._take_all(bundle, desk, progress, workers)
            bases.close()
        mended, told = mend_links(clerk)
        alike = find_alike(clerk)
        problems += [*told, *(each.problem for each in alike)]
        clerk.measure_left()
        problems += [*clerk.pictures.make_sizes(workers), *depot.finish()]
        held.keep(memo)
        journal.end()
        return ImportRun(
            outcomes=tuple(desk.outcomes),
            problems=tuple(problems),
            mended=tuple(mended),
            alike=tuple(alike),
            fidelity=tuple(desk.fidelity[key] for key in sorted(desk.fidelity)),
        )

    def _take_all(self, bundle: Bundle, desk: Desk, progress: Progress | None, workers: Workers) -> None:
        desk.outcomes += [
            Outcome(where=where, status="passed over", note=reason)
            for where, _, reason in (passed.rpartition(": ") for passed in bundle.passed_over)
        ]
        since = len(desk.outcomes)
        consulted: dict[str, None] = {}

        def fetch(name: str) -> bytes | None:
            consulted[name] = None
            return bundle.fetch(name)

        context = ImportContext(site=self.site, now=self.now, files=frozenset(bundle.files), fetch=fetch)
        found = originals(
            bundle, context, self.formats, workers, explicit=self.explicit,
            is_known=partial(desk.need_not_read, context=context), known=desk.holdings.checksums(),
        )  # fmt: skip
        for done, each in enumerate(found, 1):
            if each.reading is not None:
                consulted |= dict.fromkeys(each.reading.consulted)
            desk.take(each, bundle, context)
            if progress is not None:
                progress(done, len(bundle.names))
        desk.keep_consulted(bundle, list(consulted))
        desk.tell_of_media(bundle, since)

    def _is_one(self, path: Path) -> bool:
        """Whether an archive is in a format of its own; else it is unpacked."""
        try:
            with path.open("rb") as file:
                head = file.read(HEAD)
        except OSError:
            return False
        original = Original(name=path.name, data=head, where=path.name)
        return format_of(original, self.formats, explicit=False) is not None
