"""What every command does alike: finding its site, telling problems, and knowing the time."""

import json
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from generator.config import NAME, find_root, load_site
from generator.core.problems import Problem, SiteError
from generator.core.site import Site

ENGINE = click.option(
    "--engine",
    "engine_name",
    metavar="URL",
    default="",
    help="dask://HOST:PORT: share the work among a Dask cluster's workers.",
)
SITE = click.option(
    "--site",
    "site_dir",
    metavar="DIR",
    type=click.Path(file_okay=False),
    help="The site's folder. Without it, the nearest folder upwards that holds site.yaml.",
)
"""The option by which every command takes a site elsewhere."""

JSON = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON on stdout.")
"""The option of every command that reports something machines may want."""


def open_site(site_dir: str | None) -> Site:
    """The site of `--site`, after the command or before it, or the nearest one upwards; SiteError when there
    is none or it is wrong."""
    context = click.get_current_context(silent=True)
    if site_dir is None and context is not None:
        site_dir = context.find_root().params.get("site")
    if site_dir is None:
        return load_site(find_root(Path.cwd()))
    if not (Path(site_dir) / NAME).exists():
        raise SiteError(Problem(site_dir, 0, "E101", f"no {NAME} here", "`morgue new` makes a site"))
    return load_site(Path(site_dir))


def current_time() -> datetime:
    """Now in UTC, to the second; SOURCE_DATE_EPOCH (seconds since 1970) stands in for the clock when set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return datetime.now(UTC).replace(microsecond=0)
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise SiteError(
            Problem(
                "", 0, "E121", f"SOURCE_DATE_EPOCH: not a number of seconds: {epoch!r}", "e.g. 1700000000"
            )
        ) from error


def print_problems(
    problems: Sequence[Problem], *, as_json: bool = False, most: int = 0, asked: bool = False
) -> None:
    """Tell problems, sorted by place: as lines, or as a JSON array on stdout.

    The lines go to stderr, or to stdout where problems are what was `asked` for.

    With `most`, only so many lines a warning's code are written, and how many more there are; errors are
    always told in full.
    """
    ordered = sorted(set(problems))
    if as_json:
        click.echo(json.dumps([problem_data(p) for p in ordered], ensure_ascii=False, indent=2))
        return
    told: Counter[str] = Counter()
    for problem in ordered:
        told[problem.code] += 1
        if not most or problem.is_error or told[problem.code] <= most:
            click.echo(str(problem), err=not asked)
    for code in sorted(told):
        if most and told[code] > most and not code.startswith("E"):
            click.echo(
                f"… and {told[code] - most:,} more [{code}]: --report FILE or --json tells all.", err=True
            )


def problem_data(problem: Problem) -> dict[str, Any]:
    """A problem as JSON for machines."""
    return {
        "path": problem.path,
        "line": problem.line,
        "code": problem.code,
        "message": problem.message,
        "hint": problem.hint,
    }


def progress(verb: str, noun: str = "") -> Callable[[int, int], None] | None:
    """A callback (done, of all) that keeps one line on a terminal's stderr; None when that is no terminal.

    With a noun ("articles") it tells how many a second are done, and how long the rest will take.
    """
    if not sys.stderr.isatty():
        return None
    started = time.monotonic()

    def show(done: int, total: int) -> None:
        line = f"\r{verb} {done:,} of {total:,}"
        if noun:
            line += pace(done, total, time.monotonic() - started, noun)
        click.echo(f"{line}\x1b[K" if done < total else "\r\x1b[K", nl=False, err=True)

    return show


def pace(done: int, total: int, seconds: float, noun: str) -> str:
    """ ", 61 articles a second, 14 s left"; "" as long as too little is done to tell."""
    if seconds < 0.5 or not done:
        return ""
    rate, left = done / seconds, (total - done) * seconds / done
    shown = f"{rate:,.0f}" if rate >= 10 else f"{rate:.1f}"
    time_left = f"{left:.0f} s" if left < 90 else f"{left / 60:.0f} min"
    return f", {shown} {noun} a second, {time_left} left"
