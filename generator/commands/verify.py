"""`morgue verify`: the originals are whole, and the articles still follow from them."""

import json
import os

import click

from generator.commands import report
from generator.output.memo import Memo
from generator.sharing import Workers
from generator.verifying import summary, verify


@click.command("verify")
@report.SITE
@click.option("--jobs", metavar="N", type=click.IntRange(1, 256), default=os.cpu_count() or 1,
              help="Processes to use. Default: one a processor.")  # fmt: skip
@report.JSON
def command(site_dir: str | None, jobs: int, as_json: bool) -> None:
    """Check every original's SHA-256, read each again, and compare what comes of it with the articles.

    Tells which articles people have edited since, and in which keys. Exits with 1 when an original is missing
    or damaged, or an article does not follow from its original any more.
    """
    site = report.open_site(site_dir)
    with Memo(site.root / ".morgue" / "memo.sqlite3") as memo, Workers(None, jobs, []) as workers:
        verdicts = verify(
            site, memo, workers, now=report.current_time(), progress=report.progress("Verifying")
        )
    if as_json:
        found = [
            {"path": v.path, "standing": v.standing, "file": v.file, "keys": list(v.keys), "note": v.note}
            for v in verdicts
        ]
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        for each in verdicts:
            if each.standing != "same":
                more = ", ".join(each.keys) if each.standing == "edited" else each.note
                click.echo(f"{each.path}: {each.standing}: {more} ({each.file})")
        click.echo(summary(verdicts))
    if any(verdict.is_damage for verdict in verdicts):
        raise click.exceptions.Exit(1)
