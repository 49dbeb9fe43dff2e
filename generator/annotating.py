"""Annotating an archive: what the articles' front matter should list, and why; cached, and in parallel."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace

from generator.annotate.agreement import Heard, agreement, concerns
from generator.annotate.authority import authority
from generator.annotate.merge import accepted, accepting
from generator.annotate.proposal import Annotator
from generator.annotate.relevant import records
from generator.annotate.resolver import Doubt
from generator.annotate.tags import sources_of
from generator.annotate.terms import Terms, background
from generator.core.frozen import dataclass
from generator.core.problems import Problem
from generator.core.site import Site
from generator.crew import Crew
from generator.gathering import Progress
from generator.output.encode import unpack
from generator.output.memo import DAMAGE, Memo, discard
from generator.proposing import Change, Desk, File, Listed, annotate_some, count_some, listen_some
from generator.sources.findings import Findings
from generator.sources.frontmatter import Uneditable, edit
from generator.sources.read import read_article, read_records
from generator.sources.stop_list import read_stop_list
from generator.sources.vocabulary import with_vocabulary
from generator.sources.walk import contents, markdown_files
from generator.sources.write import beside

CHUNK = 20
"""Articles a job takes: each is some milliseconds of work, and the pace is told after every job."""

Choose = Callable[[Sequence[str]], frozenset[str]]
"""Of the paths of all articles, those to annotate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotated:
    """What annotating gave, in the order of the articles' paths; `fresh` of them were not in the cache."""

    articles: int
    fresh: int
    changes: tuple[Change, ...]
    problems: tuple[Problem, ...]
    doubts: tuple[Doubt, ...] = ()  # names that may mean another, for an editor
    alone: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # surname alone → paths of articles


def annotate(
    site: Site,
    annotator: Annotator,
    crew: Crew,
    choose: Choose = frozenset,
    progress: Progress = None,
    chunk: int = CHUNK,
) -> Annotated:
    """What articles of a site should list. Nothing is written but the cache, `.morgue/annotations.sqlite3`.

    The result depends neither on the crew nor on the chunks, nor on what was kept of earlier runs.
    """
    path = site.root / ".morgue" / "annotations.sqlite3"
    try:
        with Memo(path) as memo:
            return _annotate(site, annotator, crew, choose, progress, chunk, memo)
    except DAMAGE:
        discard(path)
    with Memo() as memo:
        return _annotate(site, annotator, crew, choose, progress, chunk, memo)


def _annotate(
    site: Site,
    annotator: Annotator,
    crew: Crew,
    choose: Choose,
    progress: Progress,
    chunk: int,
    memo: Memo,
) -> Annotated:
    out = Findings("")
    files = [(each.path, each.place) for each in markdown_files(site.root, "content/articles", out)]
    chosen = choose([path for path, _ in files])
    mine = [file for file in files if file[0] in chosen]
    known, clashes = authority(with_vocabulary(read_records(site, out), site, out), site.taxonomies)
    stopped = read_stop_list(site, out)
    if memo.path is None:
        crew = replace(crew, jobs=1, executor=None)  # nobody else could look into the cache
    desk = Desk(
        site=site,
        annotator=annotator,
        authority=known,
        records=records(known),
        background=None,
        memo=memo.path,
        stopped=stopped,
    )
    used: set[str] = set()
    if mine and "phrases" in sources_of(site.tag_sources, known):
        desk = replace(desk, background=background(_all_terms(desk, files, crew, memo, used)))
    found: dict[str, Change | None] = {}
    named: dict[str, Heard] = {}
    problems = [*out.problems, *clashes]
    fresh = 0
    tasks = _parts(mine, chunk)
    for task, results in zip(tasks, crew.run(annotate_some, desk, tasks), strict=True):
        for (path, _), (change, told, key, data, names) in zip(task, results, strict=True):
            problems += told
            used.add(key)
            if data:
                fresh += 1
                memo.put_many([(key, data)])
            found[path], named[path] = change, names
        if progress:
            progress(len(found), len(mine))
    memo.commit()
    others = [file for file in files if file[0] not in chosen]
    listed = (one for part in crew.run(listen_some, desk, _parts(others, 10 * CHUNK)) for one in part)
    meant = agreement((*named.values(), *listed))
    again = [file for file in mine if concerns(meant, named[file[0]])]
    # What was just found is in this machine's cache: other machines would have to find it again.
    here = crew if crew.executor is None else replace(crew, jobs=1, executor=None)
    tasks = _parts(again, chunk)
    for task, results in zip(
        tasks, here.run(annotate_some, replace(desk, resolution=meant), tasks), strict=True
    ):
        found |= {path: done.change for (path, _), done in zip(task, results, strict=True)}
    if len(mine) == len(files):
        memo.forget_unused(used)
    memo.commit()
    return Annotated(
        articles=len(mine),
        fresh=fresh,
        changes=tuple(change for change in found.values() if change),
        problems=tuple(sorted(set(problems))),
        doubts=meant.doubts,
        alone=_alone(named),
    )


def _alone(named: Mapping[str, Heard]) -> dict[str, tuple[str, ...]]:
    """The articles in which a surname stands without a full name, by the surname as it is written there."""
    found: dict[str, list[str]] = {}
    for path, one in named.items():
        for group in one.groups:
            if group.alone:
                found.setdefault(group.name, []).append(path)
    return {name: tuple(found[name]) for name in sorted(found)}


def accept(site: Site, taxonomies: Sequence[str], choose: Choose) -> Annotated:
    """What makes the names of some taxonomies that a machine listed in articles an editor's own."""
    out = Findings("")
    files = markdown_files(site.root, "content/articles", out)
    chosen = choose([each.path for each in files])
    found: list[Change] = []
    for path, data in contents(tuple(each for each in files if each.path in chosen), out):
        article, problems = read_article(data, path, site)
        out.problems.extend(problems)
        if article is None or not (names := accepted(article, taxonomies)):
            continue
        found.append(
            Change(
                path=path,
                id=article.id,
                title=article.title,
                by="",
                front=accepting(article, names),
                accepted=tuple(Listed(key, name) for key, each in names.items() for name in each),
            )
        )
    return Annotated(
        articles=len(chosen), fresh=0, changes=tuple(found), problems=tuple(sorted(set(out.problems)))
    )


def _all_terms(desk: Desk, files: Sequence[File], crew: Crew, memo: Memo, used: set[str]) -> Iterator[Terms]:
    """The terms of every article of the archive; their keys are added to `used`."""
    for results in crew.run(count_some, desk, _parts(files, 10 * CHUNK)):
        for key, data, is_fresh in results:
            used.add(key)
            if is_fresh:
                memo.put_many([(key, data)])
            yield unpack(data, Terms)
    memo.commit()


def _parts(files: Sequence[File], size: int) -> list[Sequence[File]]:
    return [files[start : start + size] for start in range(0, len(files), size)]


def write(site: Site, changes: Iterable[Change]) -> tuple[Problem, ...]:
    """Write changes into the articles; one that cannot be edited or written stays as it is: a problem."""
    problems = []
    for change in changes:
        path = site.root / change.path
        try:
            new = edit(path.read_bytes().decode("utf-8"), change.front)
            # Put in the file's place in one step, its permissions kept: never half an article.
            beside(path, new).replace(path)
        except Uneditable as error:
            problems.append(
                Problem(change.path, 0, "E405", f"cannot be annotated: {error}", "edit it by hand")
            )
        except OSError as error:
            hint = "make room or mend the rights, and annotate again"
            problems.append(Problem(change.path, 0, "E410", f"cannot be written: {error.strerror}", hint))
    return tuple(problems)
