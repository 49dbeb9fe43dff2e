"""`morgue deploy`: the site brought to its readers."""

import json
import os
import time
from typing import Any

import click

from generator.commands import report
from generator.core.site import Destination, Site
from generator.deploy.engine import Outcome, Wishes
from generator.deploy.release import Released, choose, release, roll_back
from generator.deploy.running import without_secrets

SHOWN = 20
"""The most files of a phase that are named; --json names all."""


@click.command("deploy")
@click.argument("target", metavar="[TARGET]", required=False)
@report.SITE
@click.option(
    "--dry-run", is_flag=True, help="Print what would be uploaded and removed; change nothing there."
)
@click.option("--verify", is_flag=True, help="Look at every file at the target, however many.")
@click.option("--strict", is_flag=True, help="Deploy nothing when the content has any problem.")
@click.option("--despite-problems", is_flag=True, help="Deploy though something was left out of the build.")
@click.option("--allow-removals", is_flag=True, help="Remove more than max_removed allows.")
@click.option("--overwrite", is_flag=True, help="Replace files that somebody else changed at the target.")
@click.option("--break-lock", is_flag=True, help="Deploy though another deploy holds the target's lock.")
@click.option("--rollback", is_flag=True, help="Bring back what the target showed before the last deploy.")
@click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(1, 256),
    default=os.cpu_count() or 1,
    help="Processes to build with. Default: one a processor.",
)
@report.JSON
def command(
    target: str | None,
    site_dir: str | None,
    dry_run: bool,
    verify: bool,
    strict: bool,
    despite_problems: bool,
    allow_removals: bool,
    overwrite: bool,
    break_lock: bool,
    rollback: bool,
    jobs: int,
    as_json: bool,
) -> None:
    """Build the site and upload what changed to TARGET, a name under `deploy` in site.yaml.

    Without TARGET, to the only one there is. Exits with 1 when the content has problems, so that nothing went
    out. Killed at any moment and run again, it goes on where it stopped.
    """
    started = time.perf_counter()
    site = report.open_site(site_dir)
    destination = choose(site, target)
    wishes = Wishes(
        dry_run=dry_run,
        verify=verify,
        allow_removals=allow_removals,
        overwrite=overwrite,
        break_lock=break_lock,
    )
    if rollback:
        _roll_back(site, destination, wishes, as_json=as_json)
        return
    done = release(
        site,
        destination,
        wishes,
        report.current_time(),
        jobs=jobs,
        despite_problems=despite_problems,
        strict=strict,
        building=report.progress("Building"),
        uploading=report.progress("Uploading"),
    )
    report.print_problems(done.problems, most=0 if done.refused else 3)
    if as_json:
        click.echo(json.dumps(_data(destination.name, done, dry_run), ensure_ascii=False, indent=2))
    elif done.outcome is not None:
        _tell(done.outcome, without_secrets(destination.to), dry_run, time.perf_counter() - started)
    if done.refused:
        click.echo(
            "Nothing was deployed: the content has problems. Mend them, or deploy with --despite-problems.",
            err=True,
        )
        raise click.exceptions.Exit(1)


def _roll_back(site: Site, destination: Destination, wishes: Wishes, *, as_json: bool) -> None:
    rolled, problems = roll_back(site, destination, wishes, report.progress("Bringing back"))
    report.print_problems(problems)
    changed = rolled.back.changed
    if as_json:
        told = {"target": destination.name, "dry_run": wishes.dry_run, "rolled_back": rolled.back.words}
        click.echo(json.dumps({**told, "changed": list(changed)}, ensure_ascii=False, indent=2))
        return
    for path in changed if wishes.dry_run else changed[:SHOWN]:
        click.echo(f"  {path}")
    if not wishes.dry_run and len(changed) > SHOWN:
        click.echo(f"  and {len(changed) - SHOWN:,} more")
    verb = "Would go back" if wishes.dry_run else "Back"
    click.echo(f"{verb} to {rolled.back.words}: {len(changed):,} files changed.")


def _data(name: str, done: Released, dry_run: bool) -> dict[str, Any]:
    outcome = done.outcome
    return {
        "target": name,
        "dry_run": dry_run,
        "refused": done.refused,
        "phases": [
            {"name": phase.name, "put": list(phase.put), "removed": list(phase.remove)}
            for phase in (outcome.plan.phases if outcome else ())
        ],
        "unchanged": outcome.plan.unchanged if outcome else 0,
        "overwritten": list(outcome.overwritten) if outcome else [],
        "restored": list(outcome.restored) if outcome else [],
        "resumed": outcome.resumed if outcome else False,
        "problems": [report.problem_data(problem) for problem in done.problems],
    }


def _tell(outcome: Outcome, to: str, dry_run: bool, seconds: float) -> None:
    found = outcome.plan
    if outcome.resumed:
        click.echo("An earlier deploy was interrupted; this one goes on from there.")
    for verb, paths in (("Put back", outcome.restored), ("Replaced another's", outcome.overwritten)):
        for path in paths:
            click.echo(f"{verb}: {path}")
    for phase in found.phases:
        click.echo(f"{phase.name}:")
        for sign, paths in (("+", phase.put), ("-", phase.remove)):
            for path in paths if dry_run else paths[:SHOWN]:
                click.echo(f"  {sign} {path}")
            if not dry_run and len(paths) > SHOWN:
                click.echo(f"  {sign} and {len(paths) - SHOWN:,} more")
    if not found.phases:
        click.echo(f"Nothing to do: all {found.unchanged:,} files are at {to} as they should be.")
        return
    verb = "would be uploaded" if dry_run else "uploaded"
    click.echo(
        f"{len(found.put):,} {verb}, {len(found.removed):,} removed, {found.unchanged:,} unchanged "
        f"at {to} in {seconds:.1f} s."
    )
