"""What stops a deploy until a person overrules it: too much removed, and files that others changed."""

from collections.abc import Collection, Mapping

from generator.core.problems import Problem, SiteError
from generator.core.site import Destination
from generator.deploy.plan import Plan, share_removed
from generator.deploy.record import Record

SHOWN = 5
"""How many files a refusal names."""


def refuse_removals(found: Plan, record: Record, destination: Destination, *, allowed: bool) -> None:
    """Raise SiteError when a plan removes a larger share of the target's files than the settings allow."""
    share = share_removed(found, record)
    if allowed or share <= destination.max_removed:
        return
    message = (
        f"{len(found.removed):,} of {len({*record.files, *record.pending}):,} files would be removed "
        f"({share:.0%}; max_removed is {destination.max_removed:.0%}), such as {_names(found.removed)}"
    )
    hint = "if that is meant, deploy with --allow-removals"
    raise SiteError(Problem(f"deploy.{destination.name}", 0, "E806", message, hint))


def foreign(touched: Collection[str], record: Record, marks: Mapping[str, str]) -> set[str]:
    """The files at the target that are not as we left them, of those in `touched` and all with marks.

    `marks` says what stands there now. A file of which no mark was recorded, or that an interrupted deploy
    was at, cannot be told.
    """
    found: set[str] = set()
    for path, mark in marks.items():
        entry = record.files.get(path)
        if path in record.pending:
            continue
        if (entry is None and path in touched) or (entry is not None and entry.mark and entry.mark != mark):
            found.add(path)
    return found


def refuse_foreign(others: Collection[str], destination: Destination) -> None:
    """Raise SiteError for files that somebody else changed."""
    message = f"{len(others):,} files there were changed or put by somebody else: {_names(sorted(others))}"
    if len(others) == 1:
        message = f"a file there was changed or put by somebody else: {_names(sorted(others))}"
    hint = "take over what matters, then deploy with --overwrite to put yours in its place"
    raise SiteError(Problem(f"deploy.{destination.name}", 0, "E808", message, hint))


def _names(paths: Collection[str]) -> str:
    first = ", ".join(list(paths)[:SHOWN])
    return first + (f" and {len(paths) - SHOWN:,} more" if len(paths) > SHOWN else "")
