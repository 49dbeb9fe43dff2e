"""`morgue annotate`: whom and what articles name, shown or written into their front matter."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from generator.annotate.authority import authority
from generator.annotate.merge import FOUND, changes, merge
from generator.annotate.proposal import Annotator
from generator.annotate.rules import RULES
from generator.commands import report
from generator.core.model import Article, Value
from generator.core.problems import Problem, SiteError
from generator.core.site import Site
from generator.markup.convert import convert
from generator.sources.frontmatter import Uneditable, edit
from generator.sources.read import read_content


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What one article's front matter becomes: `front` as `frontmatter.edit` takes it."""

    article: Article
    front: dict[str, Value]


@click.command("annotate")
@click.argument("wanted", metavar="[ARTICLE]…", nargs=-1)
@click.option("--write", is_flag=True, help="Write it into the front matter.")
@report.SITE
@report.JSON
def command(wanted: tuple[str, ...], write: bool, site_dir: str | None, as_json: bool) -> None:
    """Find people, organisations, places and tags, and show what would change in the front matter.

    ARTICLE is a path, an id (2021/04/slug) or the beginning of one; without any, all articles are read. What
    an editor typed stays, what an editor struck out never comes back.
    """
    site = report.open_site(site_dir)
    found, problems = proposed(site, wanted, RULES)
    failed = written(site, found) if write else ()
    report.print_problems((*problems, *failed))
    if as_json:
        click.echo(json.dumps([_data(change) for change in found], ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_told(found, len(found) - len(failed), write=write)))
    if failed:
        raise click.exceptions.Exit(1)


def _told(found: Sequence[Change], count: int, *, write: bool) -> list[str]:
    """What was found, as an editor reads it; `count` articles were, or would be, changed."""
    if not found:
        return ["Nothing to change."]
    lines = [line for change in found for line in shown(change)]
    lines.append(f"{count:,} article{'' if count == 1 else 's'} {'changed' if write else 'would change'}.")
    return lines if write else [*lines, "Write it with --write."]


def proposed(
    site: Site, wanted: Sequence[str], annotator: Annotator
) -> tuple[tuple[Change, ...], tuple[Problem, ...]]:
    """What an annotator would change in the articles named, or in all; the others are left out.

    Raises SiteError when a name given is that of no article.
    """
    content = read_content(site)
    known, problems = authority(content.records, site.taxonomies)
    chosen = select(content.articles, wanted, site)
    background = annotator.background(article.body for article in content.articles)
    tell = report.progress("Reading")
    result = []
    for number, article in enumerate(chosen, 1):
        proposal = annotator.propose(article, convert(article.body), known, background)
        front = changes(article, merge(article, proposal, known), annotator.name)
        if front:
            result.append(Change(article=article, front=front))
        if tell:
            tell(number, len(chosen))
    return tuple(result), (*content.problems, *problems)


def select(articles: Sequence[Article], wanted: Sequence[str], site: Site) -> tuple[Article, ...]:
    """The articles meant by paths, ids and beginnings of ids, in order; all when none is given."""
    if not wanted:
        return tuple(articles)
    chosen: set[str] = set()
    unknown: list[Problem] = []
    for name in wanted:
        meant = {article.id for article in articles if _is_meant(article, name, site)}
        if not meant:
            hint = "give a path, an id like 2021/04/slug, or the beginning of one"
            unknown.append(Problem(name, 0, "E404", "no article of that name", hint))
        chosen |= meant
    if unknown:
        raise SiteError(*unknown)
    return tuple(article for article in articles if article.id in chosen)


def _is_meant(article: Article, name: str, site: Site) -> bool:
    plain = name.replace("\\", "/").removeprefix("./").strip("/")
    if plain in {article.path, article.id, f"{article.id}.md"} or article.id.startswith(plain):
        return True
    path = Path(name)
    return article.path.startswith(plain) or (
        path.exists() and path.resolve() == (site.root / article.path).resolve()
    )


def written(site: Site, found: Iterable[Change]) -> tuple[Problem, ...]:
    """Write the changes; an article whose front matter cannot be edited stays as it is: a problem."""
    problems = []
    for change in found:
        path = site.root / change.article.path
        text = path.read_bytes().decode("utf-8")
        try:
            new = edit(text, change.front)
        except Uneditable as error:
            problems.append(
                Problem(change.article.path, 0, "E405", f"cannot be annotated: {error}", "edit it by hand")
            )
            continue
        _replace(path, new.encode("utf-8"))
    return tuple(problems)


def _replace(path: Path, data: bytes) -> None:
    """Put new bytes in a file's place in one step, its permissions kept: never half an article."""
    temporary = path.with_name(f".{path.name}.new")
    temporary.write_bytes(data)
    temporary.chmod(path.stat().st_mode & 0o7777)
    temporary.replace(path)


def shown(change: Change) -> list[str]:
    """A change as an editor reads it: the file, then what comes and goes in each list."""
    lines = [click.style(change.article.path, bold=True)]
    for key, value in change.front.items():
        if key == FOUND:
            continue
        before, after = (
            change.article.names.get(key, ()),
            tuple(map(str, value)) if isinstance(value, list) else (),
        )
        gone = [name for name in before if name not in after]
        new = [name for name in after if name not in before]
        if new:
            lines.append(click.style(f"  + {key}: {', '.join(new)}", fg="green"))
        if gone:
            lines.append(click.style(f"  - {key}: {', '.join(gone)}", fg="red"))
    if len(lines) == 1:
        lines.append(f"  {FOUND}: what was found is noted")
    return lines


def _data(change: Change) -> dict[str, Value]:
    front: dict[str, Value] = {key: value for key, value in change.front.items() if key != FOUND}
    return {"path": change.article.path, "id": change.article.id, "changes": front}
