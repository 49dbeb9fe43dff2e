"""`morgue entities`: the names an archive files by, and what an editor decides about them."""

import json
import os
from collections.abc import Callable
from typing import Any

import click

from generator.annotate.resolver import ALONE
from generator.annotate.rules import annotator
from generator.annotating import annotate
from generator.commands import report
from generator.commands.annotate import chosen
from generator.core.problems import Problem, SiteError
from generator.core.site import Site
from generator.crew import Crew
from generator.curating.candidates import Candidate, candidates, surnames
from generator.curating.catalogue import Catalogue, Entry, address, catalogue, entry_of, examples
from generator.curating.decisions import merge, reject, reject_form, rename, split
from generator.curating.edits import Decision, apply
from generator.curating.triggers import as_vocabulary, tagged, triggers, without_triggers

TYPE = click.option(
    "--type", "taxonomy", metavar="KEY", default="", help="people, organisations, places, tags …"
)
DRY_RUN = click.option("--dry-run", is_flag=True, help="Show which files would change, and change none.")


@click.group("entities")
def command() -> None:
    """List the names the archive files by, and merge, rename, split or reject them.

    NAME is a name, an alias or the last part of its address; with people: or the like before it where two
    have it. What a person wrote is kept, an old address leads on, and git is the way back.
    """


def _decides(function: Callable[..., None]) -> Callable[..., None]:
    """The options of every subcommand that changes files."""
    for option in (report.JSON, report.SITE, DRY_RUN, TYPE):
        function = option(function)
    return function


@command.command("list")
@TYPE
@click.option("--unconfirmed", is_flag=True, help="Only names that a machine found and no editor confirmed.")
@report.SITE
@report.JSON
def list_names(taxonomy: str, unconfirmed: bool, site_dir: str | None, as_json: bool) -> None:
    """List every name with its articles, the most named first where --unconfirmed asks what to look at."""
    held = _held(site_dir, taxonomy)
    found = [e for e in held.entries.values() if taxonomy in {"", e.key.taxonomy}]
    if unconfirmed:
        found = [entry for entry in found if not entry.confirmed]
        found.sort(key=lambda entry: -len(entry.articles))
    if as_json:
        _print_json([_data(entry) for entry in found])
        return
    wide = min(48, max((len(entry.name) for entry in found), default=0))
    for entry in found:
        mark = "" if entry.confirmed else "  found by machine"
        record = f"  {entry.record.path}" if entry.record else ""
        click.echo(f"{entry.key.taxonomy:14} {entry.name:{wide}} {len(entry.articles):6,}{mark}{record}")
    click.echo(f"{len(found):,} name{'' if len(found) == 1 else 's'}.")


@command.command("candidates")
@TYPE
@click.option("--least", metavar="N", type=click.FloatRange(0, 1), default=0.0,
              help="Only pairs at least so sure, from 0 to 1.")  # fmt: skip
@click.option("--texts", is_flag=True, help="Look in the texts too, for surnames without a full name.")
@report.SITE
@report.JSON
def list_candidates(taxonomy: str, least: float, texts: bool, site_dir: str | None, as_json: bool) -> None:
    """List pairs of names that may be one: how sure, why, in how many articles, and some of these."""
    held = _held(site_dir, taxonomy)
    found = candidates(held, taxonomy, least)
    if texts and taxonomy in {"", "people"}:
        found = (*found, *(each for each in _in_texts(held) if each.confidence >= least))
    if as_json:
        _print_json([each.data() for each in found])
        return
    for each in found:
        click.echo("\n".join(_told(each)))
    click.echo(f"{len(found):,} pair{'' if len(found) == 1 else 's'}.")


@command.command("triggers")
@report.SITE
@report.JSON
def list_triggers(site_dir: str | None, as_json: bool) -> None:
    """List words that would mean a tag, learnt from the articles that editors gave it.

    They are printed as content/vocabulary.yaml has them, to be looked at and put there. Tags with triggers of
    their own are left out, as are those of fewer than three articles, or for which no word tells.
    """
    held = _held(site_dir, "")
    found = without_triggers(held, triggers(tagged(held)))
    if as_json:
        _print_json({tag: list(words) for tag, words in found.items()})
    else:
        click.echo(as_vocabulary(found) or "# No tag has words that tell it.")


def _in_texts(held: Catalogue) -> tuple[Candidate, ...]:
    """What annotating the archive tells of surnames; what it found before is in the cache."""
    site = held.site
    crew = Crew(jobs=os.cpu_count() or 1, folder=site.root / ".morgue")
    told = report.progress("Reading", "articles")
    found = annotate(site, annotator(site.tagger), crew, progress=told)
    return surnames(held, found.doubts, found.alone)


@command.command("merge")
@click.argument("names", metavar="NAME…", nargs=-1, required=True)
@click.option("--into", metavar="NAME", required=True, help="The name under which all are filed from now on.")
@_decides
def merge_names(
    names: tuple[str, ...], into: str, taxonomy: str, dry_run: bool, site_dir: str | None, as_json: bool
) -> None:
    """File everything under some names under another."""
    held = _held(site_dir, taxonomy)
    target = entry_of(held, into, taxonomy)
    others = [entry_of(held, name, taxonomy or target.key.taxonomy) for name in names]
    _done(held, merge(held, others, target), dry_run=dry_run, as_json=as_json)


@command.command("rename")
@click.argument("name", metavar="NAME")
@click.argument("new", metavar="NEW")
@_decides
def rename_name(
    name: str, new: str, taxonomy: str, dry_run: bool, site_dir: str | None, as_json: bool
) -> None:
    """Call a name otherwise; the old one stays an alias."""
    held = _held(site_dir, taxonomy)
    _done(held, rename(held, entry_of(held, name, taxonomy), new), dry_run=dry_run, as_json=as_json)


@command.command("split")
@click.argument("name", metavar="NAME")
@click.option("--into", metavar="NEW", required=True, help="The other one's name, e.g. “Ana Ruiz (cellist)”.")
@click.option("--in", "wanted", metavar="ARTICLE", multiple=True, required=True,
              help="An article that is the other one's; give it again for more.")  # fmt: skip
@_decides
def split_name(
    name: str,
    into: str,
    wanted: tuple[str, ...],
    taxonomy: str,
    dry_run: bool,
    site_dir: str | None,
    as_json: bool,
) -> None:
    """Part two that are filed as one, by the articles that name each."""
    held = _held(site_dir, taxonomy)
    paths = chosen([article.path for article in held.articles], wanted, held.site)
    articles = [article for article in held.articles if article.path in paths]
    entry = entry_of(held, name, taxonomy)
    _done(held, split(held, entry, into, articles), dry_run=dry_run, as_json=as_json)


@command.command("reject")
@click.argument("name", metavar="NAME")
@click.option(
    "--for", "means", metavar="ENTITY", default="", help="Only as a form of this one: it never means it."
)
@_decides
def reject_name(
    name: str, means: str, taxonomy: str, dry_run: bool, site_dir: str | None, as_json: bool
) -> None:
    """Have a name never proposed again, or never taken for somebody."""
    held = _held(site_dir, taxonomy)
    if means:
        decision = reject_form(held, entry_of(held, means, taxonomy), name)
    else:
        kind = taxonomy or entry_of(held, name).key.taxonomy
        decision = reject(held, kind, name.removeprefix(f"{kind}:").strip())
    _done(held, decision, dry_run=dry_run, as_json=as_json)


def _held(site_dir: str | None, taxonomy: str) -> Catalogue:
    site = report.open_site(site_dir)
    _check(site, taxonomy)
    held = catalogue(site)
    report.print_problems([problem for problem in held.problems if problem.is_error])
    return held


def _check(site: Site, taxonomy: str) -> None:
    keys = [each.key for each in site.taxonomies]
    if taxonomy and taxonomy not in keys:
        raise SiteError(
            Problem("", 0, "E406", f"--type: no such key: {taxonomy!r}", f"expected {', '.join(keys)}")
        )


def _done(held: Catalogue, decision: Decision, *, dry_run: bool, as_json: bool) -> None:
    """Write a decision unless it is a trial, and tell it."""
    if not dry_run:
        apply(held.site, decision.edits)
    if as_json:
        _print_json(
            {
                "notes": list(decision.notes),
                "changed": sorted(e.path for e in decision.edits if e.text is not None),
                "removed": sorted(e.path for e in decision.edits if e.text is None),
                "written": not dry_run,
            }
        )
        return
    for path, text in sorted(decision.edits):
        click.echo(f"  {'-' if text is None else 'M'} {path}")
    for note in decision.notes:
        click.echo(f"{note}.")
    count = len(decision.edits)
    verb = "would change" if dry_run else "changed"
    click.echo(
        f"{count:,} file{'' if count == 1 else 's'} {verb}." + ("" if dry_run else " `git diff` shows it.")
    )


def _told(candidate: Candidate) -> list[str]:
    """A pair as an editor reads it."""
    name, other = candidate.name, candidate.other
    lines = [
        click.style(f"{candidate.confidence:.2f}  {name.name} → {other.name}", bold=True)
        + f"  ({name.key.taxonomy}: {candidate.reason})"
    ]
    for entry in (name, other):
        record = "record" if entry.record else "confirmed" if entry.confirmed else "found by machine"
        count = len(entry.articles)
        lines.append(f"      {entry.name}: {count:,} article{'' if count == 1 else 's'}, {record}")
        lines += [f"        {each['id']}  {each['title']}" for each in examples(entry.articles)]
    if candidate.together:
        lines.append(f"      {candidate.together:,} articles list both")
    if candidate.reason == ALONE:
        lines.append(f"      list {other.name} in these articles, if that is who is meant")
    else:
        merging = f'merge "{name.name}" --into "{other.name}" --type {name.key.taxonomy}'
        lines.append(f"      morgue entities {merging}")
    return lines


def _data(entry: Entry) -> dict[str, Any]:
    return {
        "taxonomy": entry.key.taxonomy,
        "slug": entry.key.slug,
        "name": entry.name,
        "address": address(entry),
        "articles": len(entry.articles),
        "confirmed": entry.confirmed,
        "record": entry.record.path if entry.record else None,
        "aliases": list(entry.record.aliases) if entry.record else [],
        "identifiers": dict(entry.identifiers),
        "coordinates": list(entry.coordinates) if entry.coordinates else None,
        "examples": examples(entry.articles),
    }


def _print_json(data: Any) -> None:
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))
