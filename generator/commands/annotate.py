"""`morgue annotate`: whom and what articles name, shown or written into their front matter."""

import json
import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import click

from generator.annotate.rules import annotator
from generator.annotating import Annotated, accept, annotate, write
from generator.commands import report
from generator.core.problems import Problem, SiteError
from generator.core.site import Site
from generator.crew import Crew
from generator.engine import engine
from generator.proposing import Added, Change, Listed
from generator.sources.articles import article_id

SENTENCE = 110
"""How many characters of a sentence are shown in a line."""


@click.command("annotate")
@click.argument("wanted", metavar="[ARTICLE]…", nargs=-1)
@click.option("--write", "is_written", is_flag=True, help="Write it into the front matter.")
@click.option("--accept", "accepting", metavar="KEY", multiple=True,
              help="Confirm what was found: people, tags …, or all; give it again for more.")  # fmt: skip
@click.option("--jobs", metavar="N", type=click.IntRange(1, 256), default=os.cpu_count() or 1,
              help="Processes to use. Default: one a processor.")  # fmt: skip
@report.ENGINE
@report.SITE
@report.JSON
def command(
    wanted: tuple[str, ...],
    is_written: bool,
    accepting: tuple[str, ...],
    jobs: int,
    engine_name: str,
    site_dir: str | None,
    as_json: bool,
) -> None:
    """Find people, organisations, places and tags, and show what would change in the front matter.

    ARTICLE is a path, an id (2021/04/slug) or the beginning of one; without any, all articles are read. What
    an editor typed stays, what an editor struck out never comes back.
    """
    site = report.open_site(site_dir)
    choose = partial(chosen, wanted=wanted, site=site)
    if accepting:
        found = accept(site, _keys(accepting, site), choose)
    else:
        with engine(engine_name) as executor:
            crew = Crew(jobs=jobs, executor=executor, folder=site.root / ".morgue")
            found = annotate(
                site, annotator(site.tagger), crew, choose, report.progress("Annotating", "articles")
            )
    failed = write(site, found.changes) if is_written else ()
    report.print_problems((*found.problems, *failed))
    if as_json:
        click.echo(json.dumps([_data(change) for change in found.changes], ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(told(found, len(found.changes) - len(failed), is_written=is_written)))
    if failed:
        raise click.exceptions.Exit(1)


def _keys(written: Sequence[str], site: Site) -> tuple[str, ...]:
    """The taxonomies that are named, or all; SiteError for another word."""
    known = tuple(taxonomy.key for taxonomy in site.taxonomies)
    for each in written:
        if each != "all" and each not in known:
            hint = f"expected {', '.join(known)} or all"
            raise SiteError(Problem("", 0, "E406", f"--accept: no such key: {each!r}", hint))
    return known if "all" in written else tuple(key for key in known if key in written)


def chosen(paths: Sequence[str], wanted: Sequence[str], site: Site) -> frozenset[str]:
    """The articles meant by paths, ids and beginnings of ids; all when none is given.

    Raises SiteError when a name given is that of no article.
    """
    if not wanted:
        return frozenset(paths)
    found: set[str] = set()
    unknown: list[Problem] = []
    for name in wanted:
        meant = {path for path in paths if _is_meant(path, name, site)}
        if not meant:
            hint = "give a path, an id like 2021/04/slug, or the beginning of one"
            unknown.append(Problem(name, 0, "E404", "no article of that name", hint))
        found |= meant
    if unknown:
        raise SiteError(*unknown)
    return frozenset(found)


def _is_meant(path: str, name: str, site: Site) -> bool:
    plain = name.replace("\\", "/").removeprefix("./").strip("/")
    identity = article_id(path)
    if plain == f"{identity}.md" or identity.startswith(plain) or path.startswith(plain):
        return True
    place = Path(name)
    return (
        place.name == Path(path).name and place.exists() and place.resolve() == (site.root / path).resolve()
    )


def told(found: Annotated, count: int, *, is_written: bool) -> list[str]:
    """What was found, as an editor reads it; `count` articles were, or would be, changed."""
    if not found.changes:
        return ["Nothing to change."]
    lines = [line for change in found.changes for line in shown(change)]
    totals = [
        (sum(len(change.added) for change in found.changes), "to add", "added"),
        (sum(len(change.removed) for change in found.changes), "to remove", "removed"),
        (sum(len(change.accepted) for change in found.changes), "to accept", "accepted"),
    ]
    names = ", ".join(f"{n:,} {done if is_written else due}" for n, due, done in totals if n)
    noun = f"article{'' if count == 1 else 's'} {'changed' if is_written else 'would change'}"
    by = found.changes[0].by
    lines.append(f"{count:,} {noun}{f': {names}' if names else ''}{f' ({by})' if by else ''}.")
    return lines if is_written else [*lines, "Write it with --write."]


def shown(change: Change) -> list[str]:
    """A change as an editor reads it: the article, then a line for each name that comes, stays or goes."""
    added = [Listed(each.taxonomy, each.name) for each in change.added]
    names = [*added, *change.removed, *change.accepted]
    wide = max((len(each.taxonomy) for each in names), default=0)
    width = min(32, max((len(each.name) for each in names), default=0))
    lines = [click.style(change.path, bold=True) + f"  {change.title}"]
    for each in change.added:
        name = click.style(f"+ {each.taxonomy:{wide}}  {each.name:{width}}", fg="green")
        lines.append(f"  {name}  {_why(each)}".rstrip())
    for mark, colour, listed in (("-", "red", change.removed), ("=", "cyan", change.accepted)):
        for one in listed:
            why = "found no more" if mark == "-" else "yours from now on"
            name = click.style(f"{mark} {one.taxonomy:{wide}}  {one.name:{width}}", fg=colour)
            lines.append(f"  {name}  {why}")
    if not names:
        lines.append("  found: what was found is noted")
    return lines


def _why(added: Added) -> str:
    """ "twice, title: “Mayor Rehn met her in Oslo.”"."""
    if not added.times:
        return ""
    often = {1: "once", 2: "twice"}.get(added.times, f"{added.times:,} times")
    sentence = added.sentence
    if len(sentence) > SENTENCE:
        sentence = sentence[:SENTENCE].rpartition(" ")[0] + "…"
    return f"{often}, {added.rule}" + (f": “{sentence}”" if sentence else "")


def _data(change: Change) -> dict[str, Any]:
    return {
        "path": change.path,
        "id": change.id,
        "title": change.title,
        "by": change.by,
        "changes": {key: value for key, value in change.front.items() if key != "found"},
        "added": [each._asdict() for each in change.added],
        "removed": [each._asdict() for each in change.removed],
        "accepted": [each._asdict() for each in change.accepted],
    }
