"""`morgue check`: what an editor should look at before readers do."""

import click

from generator.build import Options, check
from generator.commands import report


@click.command("check")
@report.SITE
@click.option("--drafts", is_flag=True, help="Check drafts and embargoed articles too.")
@report.JSON
def command(site_dir: str | None, drafts: bool, as_json: bool) -> None:
    """Find broken links, unresolved headlines, orphaned notes, duplicate articles and missing pictures.

    Exits with 1 when there is anything to mend.
    """
    site = report.open_site(site_dir)
    options = Options(output=site.root / "build", now=report.current_time(), drafts=drafts)
    problems = check(site, options, progress=report.progress("Reading"))
    report.print_problems(problems, as_json=as_json, asked=True)
    if problems:
        if not as_json:
            click.echo(f"{len(set(problems)):,} to look at.")
        raise click.exceptions.Exit(1)
    if not as_json:
        click.echo("Nothing to mend.")
