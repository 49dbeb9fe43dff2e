"""Originals of many articles, each with a name of its own: feeds, exports, crawls; read or streamed."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator.clerk import Case, Clerk, Update
from generator.core.problems import Problem
from generator.parted import keep_parts
from generator.repeats import came_before, is_kept, says_the_same
from generator.sources.importers.base import Imported, streams
from generator.sources.importers.fidelity import Fidelity
from generator.sources.importers.identity import names_of, older
from generator.sources.importers.known import Traits, is_version, too_long, traits_of
from generator.sources.importers.outcomes import Outcome, Status
from generator.sources.importers.placing import with_old_address
from generator.sources.importers.sequence import dated, is_earlier, overlaid

TOLD = 1_000
"""The most problems of one original that are told; the rest is counted."""

NAMED = 5
"""The most articles that one problem names."""


@dataclass(slots=True, kw_only=True)
class _Work:
    """What is being done with one original."""

    new: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    same: int = 0
    duplicates: int = 0
    refused: int = 0
    keys: dict[str, None] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)
    versions: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    untold: int = 0
    failed: bool = False
    is_own: bool = False  # an article is of this very original, which must be kept then
    is_repeat: bool | None = None  # whether an earlier import took the original in; None: nobody asked
    met: dict[str, str] = field(default_factory=dict)  # path → the file of the original it came from before

    def tell(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            if len(self.problems) < TOLD:
                self.problems.append(problem)
            else:
                self.untold += 1


def take_named(
    case: Case, made: Iterable[tuple[Imported, Traits]], files: Iterable[str], clerk: Clerk, outcome: Outcome
) -> Outcome:
    """File the articles of an original that was read; the original is put in its place when all are written.

    `made` gives each with the traits of its text, `files` where the original may be kept.
    """
    work = _Work()
    work.tell(outcome.problems)
    pairs = list(made)
    own = {known.file for one, _ in pairs if (known := clerk.holdings.named(names_of(one))) is not None}
    file = next(
        file
        for file in files
        if file == case.path or file in own or clerk.depot.holds(f"content/{file}") in {"", case.sha256}
    )
    for one, traits in pairs:
        _take(case, one, traits, file, clerk, work)
    if (work.new or work.updated or work.is_own) and not work.failed:
        work.tell(_keep(case, file, clerk))
    if not work.failed:
        work.tell(keep_parts(case, clerk))
    return _outcome(case, file, clerk, work, outcome)


def take_stream(
    case: Case, place: Path, files: Iterable[str], clerk: Clerk, outcome: Outcome, account: Fidelity
) -> Outcome:
    """File the articles of an original as they are streamed from `place`, one after another."""
    importer, depot, work = case.importer, clerk.depot, _Work()
    assert streams(importer)
    if case.path:
        file = case.path
        sha256, problems = depot.digest(place)
    else:
        listed = iter(files)
        file = next(listed)
        sha256, problems = depot.copy(place, f"content/{file}")
    if problems:
        return replace(outcome, status="refused", problems=tuple(problems))
    if not case.path and depot.holds(f"content/{file}") == sha256:
        depot.settle(f"content/{file}", sha256, keep=False)
        return replace(
            outcome, status="unchanged", sha256=sha256, kept_as=f"content/{file}",
            articles=tuple(each.path for each in clerk.holdings.from_original(sha256)),
        )  # fmt: skip
    case = replace(case, sha256=sha256)
    for streamed in importer.stream(place, case.original, case.context):
        one = (
            streamed if isinstance(streamed, Problem) else too_long(streamed, case.original.where) or streamed
        )
        if isinstance(one, Problem):
            work.refused += one.is_error
            work.tell([one])
            continue
        account.add(one)
        one = with_old_address(replace(one, lines=()), clerk.site)
        _take(case, one, traits_of(one), file, clerk, work)
    keep = bool(work.new or work.updated or work.is_own) and not work.failed
    if not case.path:
        work.tell(depot.settle(f"content/{file}", sha256, keep=keep))
    return _outcome(case, file if keep or case.path else "", clerk, work, replace(outcome, sha256=sha256))


def _take(case: Case, one: Imported, traits: Traits, file: str, clerk: Clerk, work: _Work) -> None:
    """File one article: a new one, a newer or an older version of one that is there, or the same again."""
    names = names_of(one)
    known = clerk.holdings.named(names)
    if known is not None and not one.partial and not is_version(one, known, clerk.depot.body(known.path)):
        title = str(one.front.get("title", ""))[:60]
        message = f"has the address or id of {known.path}, but is another text: {title!r}"
        work.tell([Problem(case.original.where, 0, "W390", message, "imported as an article of its own")])
        known = None
    if known is None and one.partial:
        name = str(one.front.get("title") or (one.identity[0] if one.identity else ""))[:60]
        message = f"changes an article that is not in the archive: {name!r}"
        work.tell([Problem(case.original.where, 0, "W389", message, "import the article first")])
        return
    if known is None:
        _add(case, one, traits, file, clerk, work)
        return
    was_fresh = known.path in clerk.holdings.fresh
    work.met.setdefault(known.path, known.file)
    if known.sha256 == case.sha256 and not was_fresh and not case.changed:
        work.is_own = True
        if known.path in clerk.journal.left:
            clerk.complete(case, one)
        work.same += 1
        return
    if is_earlier(one, known) or older(
        one.front, {"source": {"captured": known.captured}, "updated": known.updated}
    ):
        work.same += 1
        return
    one = dated(one, known)
    if was_fresh and clerk.depot.dry_run:
        work.same += 1
        return
    if was_fresh:
        base = clerk.just_written(known)
    else:
        base = clerk.bases.base(known, case.original, case.importer, case.before)
        base = with_old_address(base, clerk.site) if base is not None else None
    if base is not None:
        base = dated(base, known)
    if one.partial:
        base = base or clerk.just_written(known)
        one = overlaid(one, base) if base is not None else one
    if base is not None and says_the_same(base, one):
        work.same += 1
        return
    if work.is_repeat is None:
        work.is_repeat = not case.changed and is_kept(case, file, clerk)
    if work.is_repeat or (not case.changed and came_before(case, one, known, clerk)):
        work.same += 1
        return
    if not older({"source": {"captured": known.captured}, "updated": known.updated}, one.front):
        twin = clerk.twin(case, one, known.path)
        if twin:  # as it was told when the article that it is called the same as was not there yet
            _twin(case, twin, clerk, work)
            return
    update = clerk.prepare(case, one, known, base, file)
    work.tell(update.problems)
    if update.merged is None:
        work.failed = True
        work.refused += 1
        return
    _write(update, clerk, work)


def _add(case: Case, one: Imported, traits: Traits, file: str, clerk: Clerk, work: _Work) -> None:
    twin = clerk.twin(case, one)
    if twin:
        _twin(case, twin, clerk, work)
        return
    path, problems = clerk.add(case, one, file, traits)
    work.tell(problems)
    if path:
        work.new.append(path)
    elif any(problem.is_error for problem in problems):
        work.failed = True
        work.refused += 1


def _twin(case: Case, twin: str, clerk: Clerk, work: _Work) -> None:
    work.duplicates += 1
    work.met.setdefault(twin, clerk.holdings.by_path[twin].file if twin in clerk.holdings.by_path else "")
    work.tell([twin_problem(case, twin)])


def _write(update: Update, clerk: Clerk, work: _Work) -> None:
    assert update.merged is not None
    if update.merged.text.encode() == update.before:
        work.same += 1
        return
    kept, problems = clerk.write(update)
    work.tell(problems)
    work.updated.append(update.known.path)
    work.keys |= dict.fromkeys(update.merged.updated)
    work.kept += [f"{update.known.path}: {each}" for each in update.merged.kept]
    work.versions += [kept] if kept else []


def twin_problem(case: Case, twin: str) -> Problem:
    """That an original says what an article says already."""
    return Problem(
        case.original.where, 0, "W335", f"says the same as {twin}", "the headline, the date and the text"
    )


def _keep(case: Case, file: str, clerk: Clerk) -> list[Problem]:
    """Keep the original, and what lay there before under its checksum."""
    depot, path = clerk.depot, f"content/{file}"
    if file == case.path:
        depot.remember(case.sha256, case.original.data)
        return []
    if depot.holds(path) == case.sha256:
        return []
    problems = depot.set_aside(file)
    return problems or depot.write(path, case.original.data)


def _vanished(clerk: Clerk, work: _Work) -> tuple[str, ...]:
    """The articles of an earlier export that a newer one, by most of its articles, has no more."""
    sizes: dict[str, set[str]] = {}
    for path, file in work.met.items():
        sizes.setdefault(file, set()).add(path)
    gone: set[str] = set()
    for file, met in sizes.items():
        before = {each.path for each in clerk.holdings.from_file(file)} | met
        if file and len(before) > 1 and len(met) * 2 >= len(before):
            gone |= before - set(work.met) - set(work.new)
    return tuple(sorted(gone))


def _outcome(case: Case, file: str, clerk: Clerk, work: _Work, outcome: Outcome) -> Outcome:
    vanished = _vanished(clerk, work)
    if work.untold:
        message = f"{work.untold:,} more problems"
        work.problems.append(
            Problem(case.original.where, 0, "W393", message, "mend the first, and import again")
        )
    if vanished:
        listed = ", ".join(vanished[:NAMED]) + (", …" if len(vanished) > NAMED else "")
        noun = "articles of an earlier export are" if len(vanished) > 1 else "article of an earlier export is"
        message = f"{len(vanished):,} {noun} not in this one: {listed}"
        work.problems.append(Problem(case.original.where, 0, "W392", message, "nothing was deleted"))
    counts: dict[Status, int] = {
        "new": len(work.new), "updated": len(work.updated), "unchanged": work.same,
        "duplicate": work.duplicates, "refused": work.refused,
    }  # fmt: skip
    status: Status = next((each for each, number in counts.items() if number), "passed over")
    return replace(
        outcome,
        status="updated" if work.updated else status,
        articles=(*work.updated, *work.new),
        kept_as=f"content/{file}" if file and (work.new or work.updated or case.path) else "",
        problems=tuple(work.problems),
        updated=tuple(work.keys),
        kept=tuple(work.kept),
        versions=tuple(work.versions),
        vanished=vanished,
        tally=tuple((each, number) for each, number in counts.items() if number),
        note="" if any(counts.values()) else "nothing in it to import",
    )
