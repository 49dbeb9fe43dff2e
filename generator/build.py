"""The pipeline: the only module that knows the order of the stages."""

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import field, replace
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from generator.annotate.authority import Authority
from generator.core.frozen import dataclass
from generator.core.paths import Address, output_file
from generator.core.problems import Problem, SiteError
from generator.core.site import SITE_FOLDERS, Site
from generator.crew import Crew, unswept
from generator.filing import Rules, leaf_key
from generator.gathering import Progress, look
from generator.moving import moved
from generator.output.encode import digest, pack, unpack
from generator.output.folder import (
    MANIFEST,
    Place,
    are_ours,
    claim,
    publish,
    scan,
    strangers,
    unstaged,
)
from generator.output.ledger import (
    NOTHING,
    Ledger,
    Written,
    ledger_path,
    read_ledger,
    write_ledger,
)
from generator.output.memo import DAMAGE, Memo, discard
from generator.output.program import program_digest
from generator.publishing import (
    Folders,
    Workshop,
    explain,
    page_key,
    render_all,
    settings_digest,
    templates_in,
    writing,
)
from generator.render.plan import redirects_of
from generator.render.theme import theme_folder
from generator.searching.indexing import begin, indexed
from generator.searching.program import Program
from generator.sources.findings import Findings, suggestion
from generator.surveying import Survey, inputs_of, survey
from generator.touching import copied_pages, edits, is_untouched, touch

if TYPE_CHECKING:
    from concurrent.futures import Executor

Result = TypeVar("Result")

WORTH_A_POOL = 150
"""Articles below which starting processes costs more than it saves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a build is asked to do. `now` decides whether an embargo has passed, and nothing else."""

    output: Path
    now: datetime
    drafts: bool = False
    strict: bool = False
    clean: bool = False
    jobs: int = 1
    executor: "Executor | None" = None  # does the work in place of `jobs` processes
    explain: str = ""
    search: Program | None = None  # what makes the search index; without one, the page reads the texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What a build did; `written` and `removed` are paths in the output, sorted; `added` are those of
    `written` that were not there before."""

    articles: int
    pages: int
    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    reasons: Mapping[str, str] = field(default_factory=dict)  # why each of `written` was
    redirects: Mapping[Address, str] = field(default_factory=dict)  # old address → its href
    gone: tuple[Address, ...] = ()  # addresses of what was withdrawn, where nothing else is
    problems: tuple[Problem, ...] = ()
    explanation: str = ""
    refused: bool = False  # --strict found problems, so nothing was published


def build(
    site: Site,
    options: Options,
    progress: Progress = None,
    ahead: Callable[[Workshop], None] = lambda shop: None,
) -> Built:
    """Build what changed of a site; raises SiteError when it cannot go on.

    `ahead` is called with all that rendering depends on, before the first page is rendered: the memo can then
    be read by others. An edit that only the article's own pages show is built without.
    """
    _refuse_output(site, options.output)
    with unswept():
        return with_memo(site, lambda memo: _build(site, options, memo, progress, ahead))


def with_memo(site: Site, work: Callable[[Memo], Result]) -> Result:
    """Work that uses a site's memo; when its file turns out to be damaged, or full, once more without it."""
    path = site.root / ".morgue" / "memo.sqlite3"
    try:
        with Memo(path) as memo:
            return work(memo)
    except DAMAGE:
        discard(path)
    with Memo() as memo:
        return work(memo)


def _refuse_output(site: Site, output: Path) -> None:
    """Keep the output out of what a site is made of, and that out of the output."""
    place, root = output.resolve(), site.root.resolve()
    own = next((name for name in SITE_FOLDERS if place.is_relative_to(root / name)), "")
    if own or root.is_relative_to(place):
        message = f"the output folder lies in {own}/" if own else "the output folder holds the site itself"
        raise SiteError(Problem(output.name, 0, "E707", message, "name another folder with --output"))


def _build(
    site: Site, options: Options, memo: Memo, progress: Progress, ahead: Callable[[Workshop], None]
) -> Built:
    if memo.path is None:
        options = replace(options, search=None)  # whose process reads the memo's file
    place = ledger_path(site.root / ".morgue", options.output)
    head = head_of(site, options)
    ledger = NOTHING if options.clean else read_ledger(place)
    if ledger.head != head:
        ledger = replace(NOTHING, pages=ledger.pages)  # whose keys tell by themselves what they stand for
    built = None if options.explain else _touched(site, options, ledger, memo, place)
    return built or build_whole(site, options, replace(ledger, head=head), memo, progress, place, ahead)


def _touched(site: Site, options: Options, ledger: Ledger, memo: Memo, place: Path) -> Built | None:
    """Build edits that only the articles' own pages show, and files that are copied; None where the whole
    archive must be looked at."""
    if ledger.head == "" or memo.path is None or is_over(ledger.until, options.now):
        return None
    started = time.time_ns()
    out = Findings("")
    looks = look(site, out)
    inputs = inputs_of(site)
    if tuple(out.problems) != ledger.loose or inputs.keys() != ledger.inputs.keys():
        return None
    saved = [path for path, now in inputs.items() if not ledger.is_as_seen(ledger.inputs[path], now)]
    copies = copied_pages(saved, inputs, site, ledger)
    rules = _rules_of(site, ledger, memo) if copies is not None else None
    found = edits(looks, ledger, rules) if rules else None
    if copies is None or found is None or not is_untouched(options.output, ledger):
        return None
    if options.search is not None and any(edit.packed.key != edit.before.key for edit in found):
        return None
    shop = Workshop(
        basis=None,
        pages=(),
        folders=folders(site, options.output),
        settings=settings_digest(site.digest),
        known=ledger.pages,
        place=Place(output=str(options.output), fresh=False),
        language=site.words,
        memo=memo.path,
        open_memo=memo,
    )
    with writing(options.output):
        touched = touch(shop, site, options, found, copies, ledger, memo)
        if touched is None:
            return None
        built = Built(
            articles=sum(1 for row in ledger.articles.values() if row.status),
            pages=len(ledger.pages),
            problems=touched.problems,
            redirects=ledger.redirects,
            gone=ledger.gone,
        )
        if options.strict and touched.problems:
            return replace(built, refused=True)
        pages = {**ledger.pages, **{one.path: one.written for one in touched.rendered}}
        reasons = {one.path: one.reason for one in touched.rendered if one.reason}
        staged = list(reasons)
        if not are_ours(options.output, staged):
            return None
        if staged:
            before = {path: written.digest for path, written in ledger.pages.items()}
            after = {path: written.digest for path, written in pages.items()}
            publish(options.output, staged, before, after, fresh=False)
        manifest = _look_of_manifest(options.output)
    if not found and not saved:
        return built
    memo.put_many([entry for one in touched.rendered for entry in one.kept])
    memo.commit()
    rows = {**ledger.articles, **touched.rows}
    fresh = replace(
        ledger,
        started=started,
        inputs=inputs,
        articles=rows,
        pages=pages,
        problems=touched.problems,
        own=touched.own,
        manifest=manifest,
    )
    write_ledger(place, fresh)
    return replace(built, written=tuple(sorted(staged)), reasons=reasons)


def _forget(known: Survey, kept: set[str], memo: Memo) -> None:
    """Let the memo drop what this build did not use, once that outweighs what it did."""
    used = {key for row in known.rows.values() for key in (row.key, leaf_key(row.key))}
    used |= kept | known.used
    used.add(f"authority {known.rules.decided}")
    memo.forget_unused(used)


def is_over(until: str, now: datetime) -> bool:
    """Whether the moment has come (RFC 3339, "" for none) after which a build would show more."""
    return bool(until) and datetime.fromisoformat(until) <= now


def _rules_of(site: Site, ledger: Ledger, memo: Memo) -> Rules | None:
    """What filing depends on, as the last build kept it."""
    data = memo.get(f"authority {ledger.decided}")
    if data is None:
        return None
    decided = unpack(data, Authority)
    return Rules(site=site, authority=decided, decided=ledger.decided, quoted=ledger.quoted)


def _look_of_manifest(output: Path) -> tuple[int, int]:
    status = os.stat(output / MANIFEST)
    return status.st_size, status.st_mtime_ns


def build_whole(
    site: Site,
    options: Options,
    ledger: Ledger,
    memo: Memo,
    progress: Progress,
    place: Path,
    ahead: Callable[[Workshop], None],
) -> Built:
    """Build with the whole archive in view; the ledger is kept at `place`."""
    started = time.time_ns()
    crew = Crew(jobs=options.jobs, executor=options.executor, folder=site.root / ".morgue")
    where = folders(site, options.output)
    known = survey(site, options, ledger, memo, crew, progress)
    addresses = {page.address for page in known.plan.pages}
    problems = tuple(sorted({*known.problems, *moved(options.output, site, known.archive, addresses)}))
    built = Built(articles=len(known.archive.cards), pages=len(known.plan.pages), problems=problems)
    if options.strict and problems:
        return replace(built, refused=True)
    with writing(options.output):
        before = claim(options.output)
        paths = {output_file(page.address): page.address for page in known.plan.pages}
        _refuse_strangers(paths, options.output, before)
        shop = Workshop(
            basis=known.plan.basis,
            pages=known.plan.pages,
            folders=where,
            settings=settings_digest(site.digest),
            known=ledger.pages if before else {},
            place=Place(output=str(options.output), fresh=not before),
            language=site.words,
            memo=memo.path,
            open_memo=memo if memo.path is None else None,
        )
        ahead(shop)
        why = _explanation(options.explain, shop, site)
        pages: dict[str, Written] = {}
        reasons: dict[str, str] = {}
        kept: set[str] = set()
        alone = replace(crew, jobs=1) if memo.path is None else crew
        with unstaged(options.output), begin(shop, options.search, site.root) as search:
            for one in chain(render_all(shop, alone, progress), indexed(search, shop)):
                pages[one.path] = one.written
                memo.put_many(one.kept)
                kept.update(key for key, _ in one.kept)
                if one.reason:
                    reasons[one.path] = one.reason
        after = {path: written.digest for path, written in pages.items()}
        publish(options.output, list(reasons), before, after, fresh=shop.place.fresh)
        manifest = _look_of_manifest(options.output)
    memo.put_many([(f"authority {known.rules.decided}", pack(known.rules.authority))])
    _forget(known, kept, memo)
    memo.commit()
    redirects = redirects_of(known.plan.pages, site)
    gone = tuple(where for where in known.gone if where not in addresses)
    page_of = {filed.article.path: output_file(filed.address) for filed in known.archive.filed.values()}
    write_ledger(
        place,
        Ledger(
            head=ledger.head,
            decided=known.rules.decided,
            quoted=known.rules.quoted,
            started=started,
            until=known.until,
            inputs=known.inputs,
            articles={path: row._replace(page=page_of.get(path, "")) for path, row in known.rows.items()},
            pages=pages,
            problems=known.problems,
            loose=known.loose,
            own=known.own,
            redirects=redirects,
            gone=gone,
            manifest=manifest,
        ),
    )
    return replace(
        built,
        pages=len(pages),  # those of a search index are planned by nobody
        written=tuple(sorted(reasons)),
        reasons=reasons,
        redirects=redirects,
        gone=gone,
        removed=tuple(sorted(set(before) - set(after))),
        added=tuple(sorted(set(after) - set(before))),
        explanation=why,
    )


def head_of(site: Site, options: Options) -> str:
    """What a ledger calls its head: a digest of what every page depends on beside content and templates."""
    search = options.search.version if options.search else ""
    hosts = str((site.hosts, site.headers))  # which are none of what most pages depend on
    return digest(program_digest(), site.digest, str(options.drafts), search, hosts)


def _refuse_strangers(paths: Mapping[str, Address], output: Path, manifest: Mapping[str, str]) -> None:
    """Stop where a page belongs in a place that holds a file which is not ours."""
    if not manifest:
        return
    others = strangers(paths, scan(output), manifest)
    if others:
        path, other = min(others.items())
        message = f"the page {paths[path]} belongs here, but Morgue did not write this file"
        raise SiteError(Problem(other, 0, "E706", message, "move it away"))


def folders(site: Site, output: Path) -> Folders:
    """Where the site's pages come from and go to."""
    return Folders(root=site.root, output=output, theme=theme_folder(), own=site.root / "templates")


def _explanation(address: str, shop: Workshop, site: Site) -> str:
    """Why the page at an address, or a full URL, is rebuilt or stands; SiteError where there is none."""
    if not address:
        return ""
    plain = address.removeprefix(site.url).strip("/")
    planned = next((page for page in shop.pages if page.address.strip("/") == plain), None)
    if planned is None:
        hint = suggestion(f"/{plain}/", (page.address for page in shop.pages))
        message = f"--explain: there is no page at {address!r}"
        raise SiteError(Problem("", 0, "E155", message, hint or "an address is as in /2021/04/slug/"))
    page = planned.make(shop.basis, *planned.args)
    key, parts = page_key(page, templates_in(shop), shop.settings)
    return explain(page, key, parts, shop.known.get(output_file(page.address)))
