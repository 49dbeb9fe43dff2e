"""Verifying: every original's checksum, and that every article still follows from its original."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain
from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo

from generator.core.frozen import dataclass
from generator.core.site import Site
from generator.depositing import SIZES, Depot
from generator.filenames import is_source
from generator.formats import HEAD, format_of, importers
from generator.holdings import holdings
from generator.output.memo import Memo
from generator.sharing import Workers
from generator.sources.files import list_files
from generator.sources.importers.base import Format, ImportContext, Imported, Original, reads, streams
from generator.sources.importers.bundles import FETCH_LIMIT
from generator.sources.importers.following import STANDINGS, Standing, Verdict, follows
from generator.sources.importers.identity import names_of
from generator.sources.importers.known import Known, base_of
from generator.sources.importers.links import Places
from generator.sources.importers.placing import with_old_address
from generator.sources.importers.sequence import dated, overlaid
from generator.sources.moments import read_moment

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """What lies in the site that an importer may ask for: originals by name, pictures as sources had them."""

    names: frozenset[str]
    root: Path
    media: frozenset[str]

    def fetch(self, name: str) -> bytes | None:
        """The bytes of a file beside an original; None when there is none."""
        for place in (f"sources/{name}", f"media/{name}", f"media/{name.removeprefix('static/')}"):
            path = self.root / "content" / place
            if ".." not in name.split("/") and path.is_file() and path.stat().st_size <= FETCH_LIMIT:
                return path.read_bytes()
        return None


class _Beside(Collection[str]):
    """Names beside one original: all that were kept, and the pictures that its articles show."""

    def __init__(self, names: frozenset[str], more: frozenset[str]) -> None:
        self.names = names
        self.more = more

    def __contains__(self, name: object) -> bool:
        return name in self.names or name in self.more

    def __iter__(self) -> Iterator[str]:
        return chain(self.names, self.more - self.names)

    def __len__(self) -> int:
        return len(self.names) + len(self.more - self.names)


def verify(
    site: Site, memo: Memo, workers: Workers, *, now: datetime, progress: Progress | None = None
) -> tuple[Verdict, ...]:
    """How every imported file stands to its original, by path; nothing is written.

    `now` stands for the time of an import that no file tells. Progress is told in files.
    """
    held = holdings(site, memo, workers)
    checker = _Checker(site, held.places(), now)
    groups: dict[tuple[str, str], list[Known]] = {}
    for path in sorted(held.by_path):
        each = held.by_path[path]
        if each.sha256:
            groups.setdefault((each.file, each.sha256), []).append(each)
    found: list[Verdict] = []
    total = sum(map(len, groups.values()))
    for (file, sha256), known in sorted(groups.items()):
        found += checker.group(file, sha256, known)
        if progress is not None:
            progress(len(found), total)
    return tuple(sorted(found, key=lambda verdict: verdict.path))


def summary(verdicts: Sequence[Verdict]) -> str:
    """All in a line: "48 same, 2 edited, 1 missing"."""
    counts = Counter(verdict.standing for verdict in verdicts)
    return (
        ", ".join(f"{counts[each]:,} {each}" for each in STANDINGS if counts[each]) or "nothing was imported"
    )


class _Checker:
    """One site being verified."""

    def __init__(self, site: Site, places: Places, now: datetime) -> None:
        self.site = site
        self.places = places
        self.now = now
        self.depot = Depot(site.root, dry_run=True)
        self.formats = importers()
        media = [name for name in list_files(site.content / "media") if not name.startswith(f"{SIZES}/")]
        names = chain(list_files(site.content / "sources"), media, (f"static/{name}" for name in media))
        self.kept = _Kept(names=frozenset(names), root=site.root, media=frozenset(media))
        self.shared: dict[str, object] = {}

    def group(self, file: str, sha256: str, known: Sequence[Known]) -> list[Verdict]:
        """The verdicts on all files of one original."""
        place = self.depot.kept_file(file, sha256)
        if place is None:
            is_there = is_source(file) and not self.depot.is_free(f"content/{file}")
            standing: Standing = "damaged" if is_there else "missing"
            note = "the original's checksum is another" if is_there else "the original is gone"
            return [Verdict(path=each.path, standing=standing, file=file, note=note) for each in known]
        importer = self._importer(place, file, known[0])
        if importer is None:
            note = f"no format reads the original: {known[0].importer or 'unknown'}"
            return [Verdict(path=each.path, standing="not read", file=file, note=note) for each in known]
        return self._compare(self._made(place, file, importer, known), file, known)

    def _importer(self, place: Path, file: str, known: Known) -> Format | None:
        named = next((each for each in self.formats if each.name == known.importer), None)
        if named is not None:
            return named
        with place.open("rb") as opened:
            original = Original(name=_name(file), data=opened.read(HEAD), where=file)
        return format_of(original, self.formats, explicit=False)

    def _made(self, place: Path, file: str, importer: Format, known: Sequence[Known]) -> Iterable[Imported]:
        context = self._context(file, known)
        if reads(importer) and place.stat().st_size <= FETCH_LIMIT:
            original = Original(name=_name(file), data=place.read_bytes(), where=file)
            yield from importer.read(original, context)[0]
        elif streams(importer):
            original = Original(name=_name(file), data=b"", where=file)
            for one in importer.stream(place, original, context):
                if isinstance(one, Imported):
                    yield one

    def _context(self, file: str, known: Sequence[Known]) -> ImportContext:
        """What the importer knew when it read the original, as far as the site tells."""
        folder = PurePosixPath(_name(file)).parent
        shown = {
            str(folder / PurePosixPath(path).name)
            for each in known
            for path in each.media
            if path in self.kept.media
        }
        names: Collection[str] = self.kept.names
        if not shown <= self.kept.names:
            names = _Beside(self.kept.names, frozenset(shown))
        try:
            now = read_moment(known[0].imported, ZoneInfo("UTC")).at
        except ValueError:
            now = self.now
        return ImportContext(site=self.site, now=now, files=names, fetch=self.kept.fetch, shared=self.shared)

    def _compare(self, made: Iterable[Imported], file: str, known: Sequence[Known]) -> list[Verdict]:
        named = {name: each for each in known for name in each.names}
        left = {each.path: each for each in known}
        found: dict[str, Verdict] = {}
        said: dict[str, Imported] = {}  # the latest version, of what agencies send many times
        others: list[Imported] = []
        for one in made:
            each = next((named[name] for name in names_of(one) if name in named), None)
            if each is None:
                # Articles without names come from originals that were read whole, and are few.
                others += [] if one.partial or (named and len(known) > 1) else [one]
                continue
            if one.partial and each.path in said:
                one = overlaid(one, said[each.path])
            if one.partial and not one.body:
                continue
            if one.dated_by_version:
                said[each.path] = one = dated(one, each)
            verdict = self._verdict(each, one, file)
            before = found.get(each.path)
            if before is None or (before.standing != "same" and len(verdict.keys) < len(before.keys)):
                found[each.path] = verdict
            left.pop(each.path, None)
        for each in left.values():
            base = base_of(each, others)
            if base is None:
                note = "its original gives no such article any more"
                found[each.path] = Verdict(path=each.path, standing="does not follow", file=file, note=note)
            else:
                found[each.path] = self._verdict(each, base, file)
        return list(found.values())

    def _verdict(self, known: Known, one: Imported, file: str) -> Verdict:
        try:
            text = self.depot.text(known.path)
        except (OSError, UnicodeDecodeError):
            return Verdict(path=known.path, standing="not read", file=file, note="the file cannot be read")
        one = dated(with_old_address(one, self.site), known)
        return follows(known.path, text, one, self.places, file)


def _name(file: str) -> str:
    return file.removeprefix("sources/")
