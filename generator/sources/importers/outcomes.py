"""What an import did with each original: the report, for people and for machines."""

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any, Literal

from generator.core.frozen import dataclass
from generator.core.problems import Problem
from generator.sources.importers.base import LineFate
from generator.sources.importers.fidelity import Fidelity

Status = Literal["new", "updated", "unchanged", "duplicate", "refused", "passed over"]

STATUSES: tuple[Status, ...] = ("new", "updated", "unchanged", "duplicate", "refused", "passed over")
"""In the order that a summary tells them."""

_ALWAYS = ("new", "updated", "unchanged", "refused")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One original and what became of it.

    `articles` are the files made or found, relative to the site; `kept_as` is the original's path there.
    `lines` are those that are not in the body as they were, `kept` what people's edits kept against the
    new original, `updated` what the new original changed, `note` a word more.

    Of an original of many articles, `tally` counts them by what became of each; `versions` are the earlier
    texts that were kept, `vanished` the articles that an earlier export had and this one has not.
    """

    where: str
    status: Status
    sha256: str = ""
    articles: tuple[str, ...] = ()
    kept_as: str = ""
    problems: tuple[Problem, ...] = ()
    lines: tuple[LineFate, ...] = ()
    updated: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    note: str = ""
    tally: tuple[tuple[Status, int], ...] = ()
    versions: tuple[str, ...] = ()
    vanished: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """Two articles that say nearly the same: `share` of the shorter text's runs of words stand in both."""

    path: str
    other: str
    share: float

    @property
    def problem(self) -> Problem:
        """What an editor is told."""
        message = f"says nearly what {self.other} says ({self.share:.0%} of the shorter)"
        identity = self.other.removeprefix("content/articles/").removesuffix(".md")
        hint = f"merge the two, or write version_of, duplicate_of or distinct_from: {identity}"
        return Problem(self.path, 0, "W391", message, hint)


def counted(outcomes: Sequence[Outcome]) -> Counter[Status]:
    """How many articles, or originals that gave none, came to each end."""
    counts: Counter[Status] = Counter()
    for outcome in outcomes:
        counts.update(dict(outcome.tally) if outcome.tally else {outcome.status: 1})
    return counts


def summary(outcomes: Sequence[Outcome]) -> str:
    """The whole import in a line: "48 new, 0 updated, 12 unchanged, 1 refused"."""
    counts = counted(outcomes)
    return ", ".join(
        f"{counts[status]:,} {_plural(status, counts[status])}"
        for status in STATUSES
        if counts[status] or status in _ALWAYS
    )


def _plural(status: Status, count: int) -> str:
    return "duplicates" if status == "duplicate" and count != 1 else status


def data(
    outcomes: Sequence[Outcome],
    problems: Sequence[Problem] = (),
    *,
    fidelity: Sequence[Fidelity] = (),
    alike: Sequence[Alike] = (),
    mended: Sequence[str] = (),
) -> dict[str, Any]:
    """The report for machines; `problems` are those of no single original."""
    counts = counted(outcomes)
    return {
        "summary": {status.replace(" ", "_"): counts[status] for status in STATUSES},
        "fidelity": [each.data() for each in fidelity],
        "alike": [{"article": each.path, "other": each.other, "share": each.share} for each in alike],
        "mended": list(mended),
        "originals": [_original(outcome) for outcome in outcomes],
        "problems": [_problem(problem) for problem in problems],
    }


def _original(outcome: Outcome) -> dict[str, Any]:
    return {
        "original": outcome.where,
        "status": outcome.status,
        "sha256": outcome.sha256,
        "articles": list(outcome.articles),
        "kept_as": outcome.kept_as,
        "problems": [_problem(problem) for problem in outcome.problems],
        "lines": [{"line": each.line, "fate": each.fate, "reason": each.reason} for each in outcome.lines],
        "updated": list(outcome.updated),
        "kept": list(outcome.kept),
        "versions": list(outcome.versions),
        "vanished": list(outcome.vanished),
        "note": outcome.note,
    }


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "path": problem.path,
        "line": problem.line,
        "code": problem.code,
        "message": problem.message,
        "hint": problem.hint,
    }


def as_json(
    outcomes: Sequence[Outcome],
    problems: Sequence[Problem] = (),
    *,
    fidelity: Sequence[Fidelity] = (),
    alike: Sequence[Alike] = (),
    mended: Sequence[str] = (),
) -> str:
    """The report as JSON."""
    found = data(outcomes, problems, fidelity=fidelity, alike=alike, mended=mended)
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def as_text(
    outcomes: Sequence[Outcome],
    problems: Sequence[Problem] = (),
    *,
    fidelity: Sequence[Fidelity] = (),
    mended: Sequence[str] = (),
) -> str:
    """The report to be read: the summary, how much came over, then all there is to know of each original."""
    parts = [summary(outcomes), *(each.text() for each in fidelity), *map(str, problems)]
    parts += [f"{path}: links to articles that came in lead to them now" for path in mended]
    for outcome in outcomes:
        lines = [f"{outcome.where}: {outcome.status}" + (f" ({outcome.note})" if outcome.note else "")]
        lines += [f"  article   {path}" for path in outcome.articles]
        if outcome.kept_as:
            lines.append(f"  original  {outcome.kept_as}")
        if outcome.sha256:
            lines.append(f"  sha256    {outcome.sha256}")
        lines += [f"  problem   {problem}" for problem in outcome.problems]
        lines += [
            f"  line {each.line:<4} {each.fate}" + (f": {each.reason}" if each.reason else "")
            for each in outcome.lines
        ]
        lines += [f"  updated   {each}" for each in outcome.updated]
        lines += [f"  kept      {each}, as it was edited" for each in outcome.kept]
        lines += [f"  version   {each}, the earlier text" for each in outcome.versions]
        lines += [f"  vanished  {each}, which an earlier export had" for each in outcome.vanished]
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"
