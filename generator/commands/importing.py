"""`morgue import`: raw articles into the archive of record."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from generator.commands import report
from generator.config import NAME
from generator.core.problems import Problem, SiteError
from generator.core.site import SITE_FOLDERS
from generator.engine import engine
from generator.importing import ImportRun, import_sources
from generator.sources.importers.outcomes import as_json as written_as_json
from generator.sources.importers.outcomes import as_text, summary


@click.command("import")
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@click.option("--format", "format_name", metavar="F", default="auto", show_default=True,
              help="The name of a format (newstext, web, ninjs …); auto recognises it.")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Write nothing; say what would be done.")
@click.option("--jobs", metavar="N", type=click.IntRange(1, 256), default=os.cpu_count() or 1,
              help="Processes to read with. Default: one a processor.")  # fmt: skip
@report.ENGINE
@click.option("--report", "report_file", metavar="FILE", type=click.Path(dir_okay=False),
              help="Write what became of every original; as JSON when FILE ends in .json.")  # fmt: skip
@report.SITE
@report.JSON
def command(
    sources: tuple[str, ...],
    format_name: str,
    dry_run: bool,
    jobs: int,
    engine_name: str,
    report_file: str | None,
    site_dir: str | None,
    as_json: bool,
) -> None:
    """Turn files, folders, archives (.zip, .tar, .gz) or - into articles under content/.

    The originals are kept byte for byte under content/sources/. Importing again changes nothing; importing
    a changed original updates what people have not edited. Exits with 1 when an original was refused.
    """
    site = report.open_site(site_dir)
    for source in sources:
        if source != "-" and not os.path.lexists(source):
            raise SiteError(Problem(source, 0, "E330", "there is no such file or folder", "check the path"))
    if report_file is not None:
        _check_report(Path(report_file), site.root, sources)
    with engine(engine_name) as executor:
        run = import_sources(
            site,
            sources,
            now=report.current_time(),
            stdin=sys.stdin.buffer,
            format_name=format_name,
            dry_run=dry_run,
            progress=report.progress("Importing"),
            executor=executor,
            jobs=jobs,
        )
    if report_file is not None:
        _write_report(Path(report_file), run)
    if as_json:
        click.echo(_as_json(run), nl=False)
    else:
        report.print_problems(run.all_problems, most=20)
        _tell(run, dry_run=dry_run)
        if not run.outcomes and not run.problems:
            click.echo("Nothing to import was found.", err=True)
        if report_file is None and any(o.status in {"passed over", "refused"} for o in run.outcomes):
            click.echo("What became of each file and line, and why, --report FILE tells.", err=True)
    if any(problem.is_error for problem in run.all_problems):
        raise click.exceptions.Exit(1)


def _tell(run: ImportRun, *, dry_run: bool) -> None:
    """What was done that an editor wants to know at once, and the summary."""
    for outcome in run.outcomes:
        if dry_run and outcome.status in {"new", "updated"}:
            for path in outcome.articles:
                click.echo(f"would write {path} ({outcome.status}) from {outcome.where}")
        for kept in outcome.kept:
            path = "" if outcome.tally else f"{outcome.articles[0]}: "
            click.echo(f"{path}kept as it was edited: {kept}")
        if outcome.note and outcome.status in {"new", "unchanged"}:
            click.echo(f"{outcome.where}: {outcome.note}")
    click.echo(summary(run.outcomes) + (" (nothing was written)" if dry_run else ""))


def _check_report(path: Path, root: Path, sources: Sequence[str]) -> None:
    """Refuse a report that would take the place of what is imported, or of the site's own files."""
    place, own = path.resolve(), root.resolve()
    originals = [Path(source).resolve() for source in sources if source != "-"]
    kept = [own / name for name in (*SITE_FOLDERS, NAME)]
    if place in originals or any(place.is_relative_to(each) for each in kept):
        message = "report: would take the place of a file of the site, or of what is imported"
        raise SiteError(Problem(str(path), 0, "E337", message, "name another file"))


def _as_json(run: ImportRun) -> str:
    return written_as_json(
        run.outcomes, run.problems, fidelity=run.fidelity, alike=run.alike, mended=run.mended
    )


def _as_text(run: ImportRun) -> str:
    return as_text(run.outcomes, run.problems, fidelity=run.fidelity, mended=run.mended)


def _write_report(path: Path, run: ImportRun) -> None:
    text = _as_json(run) if path.suffix == ".json" else _as_text(run)
    temporary = path.with_name(path.name + ".new")
    try:
        temporary.write_text(text, encoding="utf-8")
        os.replace(temporary, path)
    except OSError as error:
        problem = Problem(str(path), 0, "E337", f"report: cannot be written: {error.strerror}")
        raise SiteError(problem) from error
