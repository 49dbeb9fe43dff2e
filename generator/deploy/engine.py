"""A deploy from beginning to end: the only module that knows the order.

Read the record, compare, ask whether that may be, take the lock, say at the target what is about to change,
put and remove phase by phase, and say that it is done.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from generator.core.frozen import dataclass
from generator.core.site import Destination
from generator.deploy.guards import foreign, refuse_foreign, refuse_removals
from generator.deploy.lock import Lock, locked
from generator.deploy.plan import Phase, Plan, plan
from generator.deploy.record import RECORD, Entry, Record, read_record, record_bytes
from generator.deploy.running import all_at_once, told, trying
from generator.deploy.stored import Stored
from generator.deploy.supply import FromBuild, Supply
from generator.deploy.target import Target, TargetError, Upload

CHECKPOINT = 15.0
"""Seconds after which the record at the target is brought up to date while a deploy is at work."""

Progress = Callable[[int, int], None] | None
"""Called with how many files are done, and of how many; None where nobody watches."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What a deploy is asked to do, and which of its refusals a person has overruled."""

    dry_run: bool = False
    verify: bool = False  # look at every file at the target, whatever that costs
    allow_removals: bool = False
    overwrite: bool = False  # put ours over what others changed at the target
    break_lock: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a deploy did, or with `dry_run` would do.

    `overwritten` names the files of others that ours replaced, `restored` ours that were missing there.
    """

    plan: Plan
    overwritten: tuple[str, ...] = ()
    restored: tuple[str, ...] = ()
    resumed: bool = False  # an earlier deploy had not come to its end
    changed: tuple[str, ...] = ()  # every path put or removed, by interrupted deploys before this one too


def deploy(
    target: Target,
    destination: Destination,
    files: Mapping[str, Stored],
    build: Path,
    scratch: Path,
    wishes: Wishes,
    progress: Progress = None,
) -> Outcome:
    """Bring `files`, made from the folder `build`, to a target.

    Raises SiteError when it must not or cannot be done; everything that was put by then stays, and the next
    deploy goes on from there. `scratch` is a folder for what this machine remembers of the target.
    """
    supply = FromBuild(target, files, build)
    return bring(target, destination, lambda record: supply, scratch, wishes, progress)


def bring(
    target: Target,
    destination: Destination,
    choose: Callable[[Record], Supply],
    scratch: Path,
    wishes: Wishes,
    progress: Progress = None,
    back_to: int = 0,
) -> Outcome:
    """Bring the files of a supply to a target; `choose` gives it, by the record that lies there.

    `back_to` is the number of the deploy whose files they are, where they are those of an earlier one. Raises
    as `deploy` does.
    """
    try:
        return _bring(_Work(target, destination, choose, progress, back_to), scratch, wishes)
    except TargetError as error:
        raise told(error, destination.name) from error


def _bring(work: "_Work", scratch: Path, wishes: Wishes) -> Outcome:
    target, destination = work.target, work.destination
    outcome, record, supply = _compare(work, wishes)
    if wishes.dry_run or not (outcome.plan.phases or outcome.resumed):
        return outcome
    with locked(target, scratch, destination.name, break_lock=wishes.break_lock) as lock:
        # Only now does nobody else change anything: what was read before may be no longer so.
        outcome, record, supply = _compare(work, wishes)
        if outcome.plan.phases or outcome.resumed:
            changed = tuple(sorted({*record.untold, *outcome.plan.put, *outcome.plan.removed}))
            _carry_out(work, supply, lock, outcome.plan, record, changed)
            outcome = replace(outcome, changed=changed)
    return outcome


def _compare(work: "_Work", wishes: Wishes) -> tuple[Outcome, Record, Supply]:
    """What there is to do, from the record and with the supply that are returned too; SiteError when it must
    not be done."""
    target, destination = work.target, work.destination
    record = read_record(trying(lambda: target.read(RECORD)))
    supply = work.choose(record)
    local = supply.digests
    found = plan(local, record)
    manner = target.manner
    whole = wishes.verify or len(record.files) <= manner.glance or (bool(found.phases) and manner.lists)
    if not (found.phases or whole):
        return Outcome(plan=found), record, supply
    refuse_removals(found, record, destination, allowed=wishes.allow_removals)
    touched = {*found.put, *found.removed}
    marks = trying(lambda: target.marks({*touched, *record.files} if whole else touched))
    same = {
        path
        for path in found.put
        if path in marks
        and (path in record.pending or marks[path] != _mark(record, path))
        and marks[path] == supply.mark_of(path)
    }
    others = foreign(touched - same, record, {path: marks[path] for path in marks if path not in same})
    missing = {path for path in record.files if path in local and path not in marks} if whole else set()
    if others and not wishes.overwrite:
        refuse_foreign(others, destination)
    resumed = bool(record.pending)
    record = _settled(record, {path: marks[path] for path in same}, local)
    again = {path for path in others if path in local} | missing
    outcome = Outcome(
        plan=plan(local, record, again),
        overwritten=tuple(sorted(others)),
        restored=tuple(sorted(missing)),
        resumed=resumed,
    )
    return outcome, record, supply


def _mark(record: Record, path: str) -> str:
    return record.files[path].mark if path in record.files else ""


def _settled(record: Record, same: Mapping[str, str], local: Mapping[str, str]) -> Record:
    """The record without the doubts about files that an interrupted deploy was putting, and had put."""
    sure = {path: mark for path, mark in same.items() if record.pending.get(path) == local[path]}
    return replace(
        record,
        files={**record.files, **{path: Entry(local[path], mark) for path, mark in sure.items()}},
        pending={path: digest for path, digest in record.pending.items() if path not in sure},
    )


@dataclass(frozen=True, slots=True)
class _Work:
    """What all steps of one deploy need."""

    target: Target
    destination: Destination
    choose: Callable[[Record], Supply]
    progress: Progress
    back_to: int


def _carry_out(
    work: _Work, supply: Supply, lock: Lock | None, found: Plan, before: Record, changed: tuple[str, ...]
) -> None:
    target, sequence = work.target, before.sequence + 1
    files = dict(before.files)
    digests = supply.digests
    pending = {path: digests[path] for path in found.put} | dict.fromkeys(found.removed, "")
    pending = {**before.pending, **pending}

    def on_the_way() -> Record:
        return Record(sequence=sequence, files=files, pending=pending, untold=changed, back_to=work.back_to)

    if found.phases and not target.manner.atomic:
        _write(target, on_the_way())
    done, total, saved = 0, len(found.put) + len(found.removed), time.monotonic()
    for results in (results for phase in found.phases for results in _run(target, supply, phase)):
        for path, entry in results.items():
            files.pop(path, None)
            pending.pop(path, None)
            if entry is not None:
                files[path] = entry
        done += len(results)
        if work.progress:
            work.progress(done, total)
        if not target.manner.atomic and time.monotonic() - saved > CHECKPOINT:
            _write(target, on_the_way())
            saved = time.monotonic()
        if lock is not None:
            lock.renew(time.time())
    unmarked = [path for path in found.put if not files[path].mark]
    marks = trying(lambda: target.marks(unmarked)) if unmarked and not target.manner.atomic else {}
    files |= {path: Entry(files[path].digest, marks.get(path, "")) for path in unmarked}
    _write(target, Record(sequence=sequence, files=files))
    put, removed = len(found.put), len(found.removed)
    target.commit(f"Deploy {sequence}: {put:,} files put, {removed:,} removed")


def _write(target: Target, record: Record) -> None:
    data = record_bytes(record)
    one = Upload(path=RECORD, data=data, content_type="application/gzip", cache="no-store")
    trying(lambda: target.put([one]))


def _run(target: Target, supply: Supply, phase: Phase) -> Iterator[dict[str, Entry | None]]:
    """Put and remove the files of a phase; yields what is done, path → its entry, None for a removal."""
    manner, digests = target.manner, supply.digests

    def put(paths: Sequence[str]) -> dict[str, Entry | None]:
        marks = trying(lambda: supply.put(paths))
        return {path: Entry(digests[path], marks.get(path, "")) for path in paths}

    def remove(paths: Sequence[str]) -> dict[str, Entry | None]:
        trying(lambda: target.remove(paths))
        return dict.fromkeys(paths)

    for call, paths in ((put, phase.put), (remove, phase.remove)):
        for results in all_at_once(call, _batches(paths, manner.batch), manner.lanes, RENEW_EVERY):
            yield {path: entry for result in results for path, entry in result.items()}


RENEW_EVERY = 20.0
"""Seconds after which the lock is looked at though no call has come back."""


def _batches(paths: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    step = size or max(1, len(paths))
    return (paths[start : start + step] for start in range(0, len(paths), step))
