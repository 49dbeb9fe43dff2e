"""`morgue check`: what an editor should look at before readers do."""

import json

import click

from generator.build import Options, check, missing
from generator.commands import report
from generator.core.site import Site

SHOWN = 3
"""The most articles that are named for one missing address; --json names all."""


@click.command("check")
@report.SITE
@click.option("--drafts", is_flag=True, help="Check drafts and embargoed articles too.")
@click.option("--wanted", is_flag=True, help="Rank the pages that articles link to and the archive lacks.")
@report.JSON
def command(site_dir: str | None, drafts: bool, wanted: bool, as_json: bool) -> None:
    """Find broken links, unresolved headlines, orphaned notes, duplicate articles and missing pictures.

    Exits with 1 when there is anything to mend.
    """
    site = report.open_site(site_dir)
    options = Options(output=site.root / "build", now=report.current_time(), drafts=drafts)
    if wanted:
        _rank(site, options, as_json=as_json)
        return
    problems = check(site, options, progress=report.progress("Reading"))
    report.print_problems(problems, as_json=as_json, asked=True)
    if problems:
        if not as_json:
            click.echo(f"{len(set(problems)):,} to look at.")
        raise click.exceptions.Exit(1)
    if not as_json:
        click.echo("Nothing to mend.")


def _rank(site: Site, options: Options, *, as_json: bool) -> None:
    ranked = missing(site, options, progress=report.progress("Reading"))
    if as_json:
        found = [
            {
                "address": each.address,
                "articles": len(each.linked_from),
                "linked_from": [{"path": path, "line": line} for path, line in each.linked_from],
            }
            for each in ranked
        ]
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
    for each in () if as_json else ranked:
        named = ", ".join(f"{path}:{line}" for path, line in each.linked_from[:SHOWN])
        more = len(each.linked_from) - SHOWN
        click.echo(
            f"{len(each.linked_from):>5,}  {each.address}  {named}"
            + (f" and {more:,} more" if more > 0 else "")
        )
    if ranked:
        raise click.exceptions.Exit(1)
    if not as_json:
        click.echo("Nothing that is linked to is missing.")
