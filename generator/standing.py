"""Whether a site stands as its last build left it: what of it looks otherwise, told without reading a file.

This is all that a build does where nothing changed, so this module imports little.
"""

import os
import stat
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from generator.core.problems import Problem, SiteError
from generator.core.site import SITE_FOLDERS, VOCABULARY, Site
from generator.outcome import Built, Options
from generator.output.encode import digest
from generator.output.folder import MANIFEST, STAGE, look_of_manifest
from generator.output.keeping import Base, Kept, read_kept
from generator.output.ledger import Ledger, Seen, ledger_path, seen
from generator.output.program import program_digest
from generator.render.theme import THEME, theme_folder
from generator.sources.files import looks
from generator.sources.findings import Findings, visible
from generator.sources.walk import Found, listing


class Changed(NamedTuple):
    """What looks otherwise than the last build left it: the files of articles, and the paths in `inputs`, the
    looks of all other files that a site is made of. `looked` is when we began to look at the articles, in
    nanoseconds of the system's clock."""

    looked: int
    articles: tuple[Found, ...]
    saved: tuple[str, ...]
    inputs: Mapping[str, Seen]


class Standing(NamedTuple):
    """What the last build kept, None where there is nothing; and what changed since, None where more did than
    the contents of some files. `started` is when we began to look at everything."""

    started: int
    kept: Kept | None
    changed: Changed | None


def standing(site: Site, options: Options, before: Base | None = None) -> Standing:
    """How a site stands to what its last build left; raises SiteError where its output must not lie there.

    `before` is the ledger's file as it was read earlier in this process.
    """
    _refuse_output(site, options.output)
    started = time.time_ns()
    if options.clean:
        return Standing(started, None, None)
    kept = read_kept(ledger_path(site.root / ".morgue", options.output), before)
    if kept is None or kept.ledger.head != head_of(site, options):
        return Standing(started, kept, None)
    if options.explain or is_over(kept.ledger.until, options.now):
        return Standing(started, kept, None)
    return Standing(started, kept, _changed(site, options.output, kept, started))


def standing_after(
    site: Site, options: Options, before: Base | None, paths: Collection[str]
) -> Standing | None:
    """How a site stands if nothing changed but the files of some articles, "content/articles/…": only these
    are looked at, and all else is taken to be as the last build saw it. None where that cannot be told."""
    looked = time.time_ns()
    kept = read_kept(ledger_path(site.root / ".morgue", options.output), before)
    if kept is None or kept.ledger.head != head_of(site, options) or is_over(kept.ledger.until, options.now):
        return None
    found: list[Found] = []
    try:
        if look_of_manifest(options.output) != kept.ledger.manifest:
            return None
    except OSError:
        return None
    for path in sorted(paths):
        place = f"{site.root}/{path}"
        try:
            status = os.lstat(place)
        except OSError:
            return None
        if path not in kept.looks or not stat.S_ISREG(status.st_mode):
            return None
        found.append(Found(path, place, status))
    return Standing(kept.ledger.started, kept, Changed(looked, tuple(found), (), kept.ledger.inputs))


def unchanged(found: Standing, options: Options) -> Built | None:
    """What a build comes to that has nothing to do; None where it has."""
    _, kept, changed = found
    if kept is None or changed is None or changed.articles or changed.saved:
        return None
    return built_before(kept.ledger, options)


def built_before(ledger: Ledger, options: Options) -> Built:
    """What a build comes to that leaves everything as the last one did."""
    return Built(
        articles=ledger.shown,
        pages=len(ledger.pages),
        problems=ledger.problems,
        redirects=ledger.redirects,
        gone=ledger.gone,
        refused=options.strict and bool(ledger.problems),
    )


def _changed(site: Site, output: Path, kept: Kept, started: int) -> Changed | None:
    sizes, manifest = kept.sizes, kept.ledger.manifest
    with beside(lambda: is_untouched(output, manifest, sizes), len(sizes)) as untouched:
        articles = _articles(site, kept)
        inputs = inputs_of(site)
        if articles is None or inputs.keys() != kept.ledger.inputs.keys() or not untouched():
            return None
    known, is_as_seen = kept.ledger.inputs, kept.ledger.is_as_seen
    saved = tuple(path for path, now in inputs.items() if not is_as_seen(known[path], now))
    return Changed(started, articles, saved, inputs)


def _articles(site: Site, kept: Kept) -> tuple[Found, ...] | None:
    """The articles' files that look otherwise than they were kept; None where one came or went."""
    out = Findings("")
    count = 0
    changed: list[Found] = []
    before = kept.looks
    for path, place, status in listing(site.root, "content/articles", out):
        look = status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino
        count += 1
        if before.get(path) != look:
            if path not in before:
                return None
            changed.append(Found(path, place, status))
    if count != len(before) or tuple(sorted(out.problems)) != kept.ledger.loose:
        return None
    return tuple(sorted(changed))


WORTH_A_PROCESS = 2000
"""Files from which on a process of its own looks at the output: it takes a millisecond to start."""


@contextmanager
def beside(work: Callable[[], bool], files: int) -> Iterator[Callable[[], bool]]:
    """What tells whether some work came out true, which a process forked from ours does meanwhile.

    Where there is little to do, one processor, or another thread, which must not be forked, the work is done
    here once it is asked for.
    """
    if files < WORTH_A_PROCESS or (os.cpu_count() or 1) < 2 or threading.active_count() > 1:
        yield work
        return
    try:
        child = os.fork()
    except OSError:  # too many processes
        yield work
        return
    if not child:
        came_out = 1
        try:
            came_out = 0 if work() else 1
        finally:
            os._exit(came_out)  # no part of our own end is the child's
    waiting = [child]

    def ended() -> bool:
        return os.waitpid(waiting.pop(), 0)[1] == 0

    try:
        yield ended
    finally:
        if waiting:
            ended()


def is_untouched(output: Path, manifest: tuple[int, int], sizes: Mapping[str, tuple[int, int]]) -> bool:
    """Whether every file of the output, of which `sizes` tells the size and the modification time, and its
    manifest are as the last build left them."""
    folder = f"{output}/"
    if os.path.lexists(folder + STAGE):
        return False  # an interrupted build left it, or a person put something there
    try:
        now = os.lstat(folder + MANIFEST)
        if (now.st_size, now.st_mtime_ns) != manifest:
            return False
        within = os.open(folder, os.O_RDONLY)  # paths from here are shorter to follow
    except OSError:
        return False
    look = os.stat
    try:
        for path, (size, mtime_ns) in sizes.items():
            status = look(path, dir_fd=within, follow_symlinks=False)
            if status.st_size != size or status.st_mtime_ns != mtime_ns:
                return False
    except OSError:
        return False
    finally:
        os.close(within)
    return True


def inputs_of(site: Site) -> dict[str, Seen]:
    """How every file looks that a site is made of, but for its articles."""
    found: dict[str, Seen] = {}
    for name in ("content/entities", "content/pages", "content/media", "content/sources", "templates"):
        found |= {visible(f"{name}/{path}"): Seen(*s) for path, s in looks(site.root / name).items()}
    with suppress(OSError):  # most sites have none
        found[VOCABULARY] = seen((site.root / VOCABULARY).stat())
    return found | {f"{THEME}{path}": Seen(*stamp) for path, stamp in looks(theme_folder()).items()}


def head_of(site: Site, options: Options) -> str:
    """What a ledger calls its head: a digest of what every page depends on beside content and templates."""
    program = options.search_of(site)
    search = program.version if program else ""
    hosts = str((site.hosts, site.headers))  # which are none of what most pages depend on
    return digest(program_digest(), site.digest, str(options.drafts), search, hosts)


def is_over(until: str, now: datetime) -> bool:
    """Whether the moment has come (RFC 3339, "" for none) after which a build would show more."""
    return bool(until) and datetime.fromisoformat(until) <= now


def _refuse_output(site: Site, output: Path) -> None:
    """Keep the output out of what a site is made of, and that out of the output."""
    place, root = output.resolve(), site.root.resolve()
    own = next((name for name in SITE_FOLDERS if place.is_relative_to(root / name)), "")
    if own or root.is_relative_to(place):
        message = f"the output folder lies in {own}/" if own else "the output folder holds the site itself"
        raise SiteError(Problem(output.name, 0, "E707", message, "name another folder with --output"))
