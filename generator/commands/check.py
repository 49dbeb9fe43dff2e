"""`morgue check`: what an editor should look at before readers do."""

import json
import os
from collections.abc import Callable, Sequence
from typing import Literal

import click

from generator import __version__
from generator.checking.built import check_built
from generator.checking.external.ageing import NOTES
from generator.checking.external.check import Outside, check_outside
from generator.checking.external.rounds import Manners
from generator.checking.meanings import meanings
from generator.checking.pictures import without_words
from generator.checking.sarif import sarif
from generator.checking.texts import Text, texts
from generator.commands import report
from generator.core.problems import Problem, SiteError
from generator.core.site import Site
from generator.examining import check, is_current, missing
from generator.outcome import Options
from generator.searching.program import find_program

SHOWN = 3
"""The most articles that are named for one missing address; --json names all."""

UNBUILT = (
    "The built pages were not looked at, as they are not what the site gives now: run morgue build, "
    "and check again."
)

Form = Literal["text", "json", "sarif"]


@click.command("check")
@report.SITE
@click.option("--drafts", is_flag=True, help="Check drafts and embargoed articles too.")
@click.option("--built/--no-built", default=None,
              help="Look at the built pages too. Default: when nothing changed since.")  # fmt: skip
@click.option("--external", is_flag=True, help="Ask other sites whether the pages linked to are there.")
@click.option("--wanted", is_flag=True, help="Rank the pages that articles link to and the archive lacks.")
@click.option("--format", "form", type=click.Choice(["text", "json", "sarif"]), default="text",
              show_default=True, help="The form of the report; sarif is for code hosts.")  # fmt: skip
@click.option("--sarif", "as_sarif", is_flag=True, help="The same as --format sarif.")
@report.JSON
def command(
    site_dir: str | None,
    drafts: bool,
    built: bool | None,
    external: bool,
    wanted: bool,
    form: Form,
    as_sarif: bool,
    as_json: bool,
) -> None:
    """Find broken links, unresolved headlines, orphaned notes, duplicate articles, missing pictures,
    redirects in a circle, pages no link leads to and pages too large.

    Exits with 1 when there is anything to mend.
    """
    form = _form(form, as_json=as_json, as_sarif=as_sarif)
    site = report.open_site(site_dir)
    output = site.root / ".morgue" / "drafts" if drafts else site.root / "build"
    options = Options(
        output=output,
        now=report.current_time(),
        drafts=drafts,
        jobs=os.cpu_count() or 1,
        search=find_program(),
    )
    if wanted:
        if form == "sarif":
            raise SiteError(Problem("", 0, "E125", "--wanted has no report as SARIF", "take text or json"))
        _rank(site, options, as_json=form == "json")
        return
    problems = [*check(site, options, progress=report.progress("Reading"))]
    written = list(texts(site, options))
    problems += [problem for text in written for problem in without_words(text, site.base)]
    if built is None:
        built = is_current(site, options)
        if not built:
            click.echo(UNBUILT, err=True)
    if built:
        sources = {text.address: text.path for text in written}
        told = {(problem.code, problem.path, problem.line) for problem in problems}
        found = check_built(site, options.output, sources)
        # What a text says wrongly its page says too.
        problems += [one for one in found if (one.code, one.path, one.line) not in told]
    if external:
        outside = _outside(site, options, written, report.progress("Asking after links:"))
        problems += outside.problems
        _tell_open(outside)
    _tell(sorted(set(problems)), form)


def _form(form: Form, *, as_json: bool, as_sarif: bool) -> Form:
    asked = {f for f, given in (("json", as_json), ("sarif", as_sarif), (form, form != "text")) if given}
    if len(asked) > 1:
        raise SiteError(Problem("", 0, "E125", "two forms of the report were asked for", "take one of them"))
    return "json" if "json" in asked else "sarif" if "sarif" in asked else "text"


def _outside(
    site: Site, options: Options, written: Sequence[Text], progress: Callable[[int, int], None] | None
) -> Outside:
    agent = f"Morgue/{__version__} link check ({site.url})"
    memory = site.root / ".morgue" / "links.sqlite3"
    return check_outside(written, site.url, memory, options.now, Manners(agent=agent), progress)


def _tell_open(outside: Outside) -> None:
    """Say how far the round came: a report without that would seem to be of all links."""
    told = f"{outside.links:,} links lead out of the site; {outside.asked:,} were asked after now"
    left = f", {outside.open:,} are left for another time" if outside.open else ""
    click.echo(f"{told}{left}.", err=True)


def _tell(problems: Sequence[Problem], form: Form) -> None:
    to_mend = [problem for problem in problems if problem.code not in NOTES]
    if form == "sarif":
        click.echo(json.dumps(sarif(problems, meanings(), NOTES), ensure_ascii=False, indent=2))
    else:
        report.print_problems(problems, as_json=form == "json", asked=True)
    if form == "text":
        click.echo(f"{len(to_mend):,} to look at." if to_mend else "Nothing to mend.")
    if to_mend:
        raise click.exceptions.Exit(1)


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
