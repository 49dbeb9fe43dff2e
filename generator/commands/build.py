"""`morgue build`: the site as files."""

import json
import os
import time
from dataclasses import replace
from pathlib import Path

import click

from generator.commands import report
from generator.config import sample_address
from generator.core.paths import address_of
from generator.core.problems import Problem, SiteError
from generator.core.site import Site
from generator.engine import engine
from generator.outcome import Built, Options
from generator.searching.program import find_program
from generator.standing import Standing, standing, unchanged


@click.command("build")
@report.SITE
@click.option(
    "--output", metavar="DIR", type=click.Path(path_type=Path, file_okay=False), help="Default: build/"
)
@click.option("--clean", is_flag=True, help="Render everything again, trusting no cache.")
@click.option("--drafts", is_flag=True, help="Include drafts and embargoed articles, marked as such.")
@click.option(
    "--strict", is_flag=True, help="Publish nothing and exit with 1 when the content has any problem."
)
@click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(1, 256),
    default=os.cpu_count() or 1,
    help="Processes to use. Default: one a processor.",
)
@report.ENGINE
@click.option("--explain", metavar="ADDRESS", help="Say why the page at ADDRESS was, or was not, rebuilt.")
@click.option(
    "--changes",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write which addresses were added, changed and removed, a JSON object a line.",
)
@click.option(
    "--verify", is_flag=True, help="Then build from nothing elsewhere, and exit with 1 when the two differ."
)
@report.JSON
def command(
    site_dir: str | None,
    output: Path | None,
    clean: bool,
    drafts: bool,
    strict: bool,
    jobs: int,
    engine_name: str,
    explain: str | None,
    changes: Path | None,
    verify: bool,
    as_json: bool,
) -> None:
    """Build what changed. No file is ever half-written, and nothing that Morgue did not write is touched."""
    started = time.perf_counter()
    site = report.open_site(site_dir)
    options = Options(
        output=output or site.root / "build",
        now=report.current_time(),
        drafts=drafts,
        strict=strict,
        clean=clean,
        jobs=jobs,
        explain=explain or "",
        search=None if "search" in site.omit else find_program(),
    )
    found = standing(site, options)
    built = unchanged(found, options) or _built(site, options, found, engine_name)
    if changes is not None and not built.refused:
        _write_changes(changes, built)
    differ = _differing(site, options) if verify and not built.refused else ()
    problems = (*sample_address(site), *built.problems)
    report.print_problems(problems)
    if as_json:
        data = {
            "articles": built.articles,
            "pages": built.pages,
            "written": list(built.written),
            "removed": list(built.removed),
            "problems": [report.problem_data(problem) for problem in problems],
            "explanation": built.explanation,
            "differing": list(differ),
        }
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        if built.explanation:
            click.echo(built.explanation)
        noun = "article" if built.articles == 1 else "articles"
        look = f" {len(problems):,} to look at." if problems else ""
        click.echo(
            f"{built.articles:,} {noun}, {built.pages:,} pages; {len(built.written):,} written, "
            f"{len(built.removed):,} removed in {time.perf_counter() - started:.2f} s.{look}"
        )
    for path in differ:
        click.echo(f"{path}: not what a build from nothing gives", err=True)
    if differ:
        raise click.exceptions.Exit(1)
    if built.refused:
        click.echo("Nothing was published: --strict, and the content has problems.", err=True)
        raise click.exceptions.Exit(1)


def _built(site: Site, options: Options, found: Standing, engine_name: str) -> Built:
    # Loaded only where something changed: to tell that nothing did takes a third of the time.
    from generator.build import build  # noqa: PLC0415

    with engine(engine_name) as executor:
        return build(site, replace(options, executor=executor), report.progress("Building"), found=found)


def _differing(site: Site, options: Options) -> tuple[str, ...]:
    from generator.comparing import differing  # noqa: PLC0415 - as above

    return differing(site, options, report.progress("Verifying"))


def _write_changes(file: Path, built: Built) -> None:
    """Which addresses a build added, changed and removed, in order of the addresses, as JSON Lines."""
    added = set(built.added)
    kinds = {path: "added" if path in added else "changed" for path in built.written}
    kinds |= dict.fromkeys(built.removed, "removed")
    rows = sorted((address_of(path), kind) for path, kind in kinds.items())
    lines = [
        json.dumps({"address": where, "change": kind}, ensure_ascii=False) + "\n" for where, kind in rows
    ]
    try:
        file.write_text("".join(lines), encoding="utf-8")
    except OSError as error:
        message = f"cannot be written: {error.strerror}"
        raise SiteError(Problem(str(file), 0, "E704", message, "name another file with --changes")) from error
