"""A deploy from beginning to end: the only module that knows the order.

Read the record, compare, ask whether that may be, take the lock, say at the target what is about to change,
put and remove phase by phase, and say that it is done.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from generator.core.site import Destination
from generator.deploy.guards import foreign, refuse_foreign, refuse_removals
from generator.deploy.lock import Lock, locked
from generator.deploy.plan import Phase, Plan, plan
from generator.deploy.record import RECORD, Entry, Record, read_record, record_bytes
from generator.deploy.running import all_at_once, told, trying
from generator.deploy.stored import Stored, upload
from generator.deploy.target import Target, TargetError, Upload

CHECKPOINT = 15.0
"""Seconds after which the record at the target is brought up to date while a deploy is at work."""

Progress = Callable[[int, int], None] | None
"""Called with how many files are done, and of how many; None where nobody watches."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What a deploy is asked to do, and which of its refusals a person has overruled."""

    dry_run: bool = False
    verify: bool = False  # look at every file at the target though nothing changed here
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
    try:
        return _deploy(target, destination, files, build, scratch, wishes, progress)
    except TargetError as error:
        raise told(error, destination.name) from error


def _deploy(
    target: Target,
    destination: Destination,
    files: Mapping[str, Stored],
    build: Path,
    scratch: Path,
    wishes: Wishes,
    progress: Progress,
) -> Outcome:
    outcome, record = _compare(target, destination, files, build, wishes)
    if wishes.dry_run or not (outcome.plan.phases or outcome.resumed):
        return outcome
    with locked(target, scratch, destination.name, break_lock=wishes.break_lock) as lock:
        # Only now does nobody else change anything: what was read before may be no longer so.
        outcome, record = _compare(target, destination, files, build, wishes)
        if outcome.plan.phases or outcome.resumed:
            changed = tuple(sorted({*record.untold, *outcome.plan.put, *outcome.plan.removed}))
            _carry_out(_Work(target, files, build, lock, progress), outcome.plan, record, changed)
            outcome = replace(outcome, changed=changed)
    return outcome


def _compare(
    target: Target, destination: Destination, files: Mapping[str, Stored], build: Path, wishes: Wishes
) -> tuple[Outcome, Record]:
    """What there is to do, from the record that is returned too; SiteError when it must not be done."""
    record = read_record(trying(lambda: target.read(RECORD)))
    local = {path: one.digest for path, one in files.items()}
    found = plan(local, record)
    if not found.phases and not wishes.verify:
        return Outcome(plan=found), record
    refuse_removals(found, record, destination, allowed=wishes.allow_removals)
    touched = {*found.put, *found.removed}
    marks = trying(lambda: target.all_marks() if wishes.verify else target.marks(touched))
    same = {
        path
        for path in found.put
        if path in marks
        and (path in record.pending or marks[path] != _mark(record, path))
        and marks[path] == target.mark_of(upload(files[path], build))
    }
    others = foreign(touched - same, record, {path: marks[path] for path in marks if path not in same})
    missing = (
        {path for path in record.files if path in files and path not in marks} if wishes.verify else set()
    )
    if others and not wishes.overwrite:
        refuse_foreign(others, destination)
    resumed = bool(record.pending)
    record = _settled(record, {path: marks[path] for path in same}, local)
    again = {path for path in others if path in files} | missing
    outcome = Outcome(
        plan=plan(local, record, again),
        overwritten=tuple(sorted(others)),
        restored=tuple(sorted(missing)),
        resumed=resumed,
    )
    return outcome, record


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


@dataclass(slots=True)
class _Work:
    """What all steps of one deploy need."""

    target: Target
    files: Mapping[str, Stored]
    build: Path
    lock: Lock | None
    progress: Progress


def _carry_out(work: _Work, found: Plan, before: Record, changed: tuple[str, ...]) -> None:
    target, sequence = work.target, before.sequence + 1
    files = dict(before.files)
    pending = {path: work.files[path].digest for path in found.put} | dict.fromkeys(found.removed, "")
    pending = {**before.pending, **pending}
    if found.phases and not target.manner.atomic:
        _write(target, Record(sequence=sequence, files=files, pending=pending, untold=changed))
    done, total, saved = 0, len(found.put) + len(found.removed), time.monotonic()
    for results in (results for phase in found.phases for results in _run(work, phase)):
        for path, entry in results.items():
            files.pop(path, None)
            pending.pop(path, None)
            if entry is not None:
                files[path] = entry
        done += len(results)
        if work.progress:
            work.progress(done, total)
        if not target.manner.atomic and time.monotonic() - saved > CHECKPOINT:
            _write(target, Record(sequence=sequence, files=files, pending=pending, untold=changed))
            saved = time.monotonic()
        if work.lock is not None:
            work.lock.renew(time.time())
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


def _run(work: _Work, phase: Phase) -> Iterator[dict[str, Entry | None]]:
    """Put and remove the files of a phase; yields what is done, path → its entry, None for a removal."""
    manner = work.target.manner

    def put(paths: Sequence[str]) -> dict[str, Entry | None]:
        ready = [upload(work.files[path], work.build) for path in paths]
        marks = trying(lambda: work.target.put(ready))
        return {path: Entry(work.files[path].digest, marks.get(path, "")) for path in paths}

    def remove(paths: Sequence[str]) -> dict[str, Entry | None]:
        trying(lambda: work.target.remove(paths))
        return dict.fromkeys(paths)

    for call, paths in ((put, phase.put), (remove, phase.remove)):
        for results in all_at_once(call, _batches(paths, manner.batch), manner.lanes, RENEW_EVERY):
            yield {path: entry for result in results for path, entry in result.items()}


RENEW_EVERY = 20.0
"""Seconds after which the lock is looked at though no call has come back."""


def _batches(paths: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    step = size or max(1, len(paths))
    return (paths[start : start + step] for start in range(0, len(paths), step))
