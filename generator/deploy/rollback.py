"""Back to what a target showed before the last deploy, where it keeps that.

A git branch has its commits. Elsewhere the record was a file like any other: where a target keeps the earlier
versions of each file it keeps those of the record too, and an earlier record says by their marks which
versions of all other files belong together. They are brought back in the order of any deploy, so that no
visitor meets a broken link, under the lock, and interrupted and run again it finishes.
"""

from collections.abc import Sequence
from pathlib import Path

from generator.core.frozen import dataclass
from generator.core.problems import Problem, SiteError
from generator.core.site import Destination
from generator.deploy.engine import Outcome, Progress, Wishes, bring
from generator.deploy.record import RECORD, Record, read_record
from generator.deploy.running import told, trying
from generator.deploy.supply import FromVersions, Supply
from generator.deploy.target import Back, Keeping, Rewinding, Target, TargetError, Version

_EARLIER = "build the earlier state of the site (git checkout) and deploy that"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rolled:
    """What a rollback did, or would do: what it went back to, and for a target that keeps each file the
    outcome of bringing them back."""

    back: Back
    outcome: Outcome | None = None


def roll_back_target(
    target: Target, destination: Destination, scratch: Path, wishes: Wishes, progress: Progress = None
) -> Rolled:
    """Bring back what a target showed before the last deploy; a rollback counts as one.

    How much that removes is not asked about: it is what was there. Raises SiteError where the target keeps no
    versions, no longer has all of them, and for what stops any deploy.
    """
    try:
        if isinstance(target, Rewinding):
            return Rolled(back=target.rewind(dry_run=wishes.dry_run))
        if not isinstance(target, Keeping):
            raise _impossible(destination, "this kind of target keeps no versions", _EARLIER)
        kept = trying(target.kept)
        now = read_record(trying(lambda: target.read(RECORD)))
        before, until = _record_before(target, destination, kept, now)
    except TargetError as error:
        raise told(error, destination.name) from error

    def choose(record: Record) -> Supply:
        if (record.sequence, record.pending) != (now.sequence, now.pending):
            raise SiteError(
                Problem(f"deploy.{destination.name}", 0, "E807", "another deploy came in between",
                        "see what it brought, and roll back again")
            )  # fmt: skip
        digests = {path: entry.digest for path, entry in before.files.items()}
        return FromVersions(target, digests, _versions(destination, kept, record, before, until))

    asked = Wishes(
        dry_run=wishes.dry_run, allow_removals=True, overwrite=wishes.overwrite, break_lock=wishes.break_lock
    )
    outcome = bring(target, destination, choose, scratch, asked, progress, back_to=before.sequence)
    changed = outcome.changed or tuple(sorted({*outcome.plan.put, *outcome.plan.removed}))
    return Rolled(back=Back(words=f"deploy {before.sequence}", changed=changed), outcome=outcome)


def _record_before(
    target: Keeping, destination: Destination, kept: Sequence[Version], now: Record
) -> tuple[Record, Version]:
    """The record of the deploy to go back to, the last that came to its end before the present one; and the
    version that it was."""
    records = sorted((v for v in kept if v.path == RECORD), key=lambda v: v.order, reverse=True)
    for version in records:
        earlier = read_record(trying(lambda version=version: target.fetch(version)))  # type: ignore[misc]
        if earlier.pending or earlier.sequence >= now.sequence:
            continue
        if now.back_to in {0, earlier.sequence}:
            return earlier, version
    message = "no earlier deploy is kept there"
    hint = f"switch versioning on for the bucket, so that the next can be taken back; until then {_EARLIER}"
    raise _impossible(destination, message, hint)


def _versions(
    destination: Destination, kept: Sequence[Version], now: Record, before: Record, until: Version
) -> dict[str, Version]:
    """The versions of the files of the earlier record; SiteError where one that is needed is gone.

    The same bytes may have been put again with other headers: it is the last version up to that record.
    """
    found: dict[str, Version] = {}
    for version in sorted(kept, key=lambda v: v.order):
        entry = before.files.get(version.path)
        if entry is not None and entry.mark == version.mark and version.order <= until.order:
            found[version.path] = version
    lost = [
        path for path, entry in sorted(before.files.items())
        if path not in found and (path in now.pending or now.files.get(path) != entry)
    ]  # fmt: skip
    if lost:
        message = f"{len(lost):,} files are no longer kept as they were, such as {', '.join(lost[:3])}"
        raise _impossible(destination, message, _EARLIER)
    return found


def _impossible(destination: Destination, message: str, hint: str) -> SiteError:
    return SiteError(Problem(f"deploy.{destination.name}", 0, "E817", message, hint))
