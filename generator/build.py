"""The pipeline: the only module that knows the order of the stages."""

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TypeVar

from generator.core.paths import Address, article_file, output_file
from generator.core.problems import Problem, SiteError
from generator.core.site import Site
from generator.crew import Crew, unswept
from generator.filing import leaf_key
from generator.gathering import Progress
from generator.moving import moved
from generator.outcome import Built, Options
from generator.output.encode import pack
from generator.output.folder import Place, claim, look_of_manifest, publish, scan, strangers, unstaged
from generator.output.keeping import token_of, write_ledger
from generator.output.ledger import NOTHING, Ledger, Written, ledger_path
from generator.output.memo import DAMAGE, Memo, discard
from generator.publishing import (
    Workshop,
    explain,
    folders,
    page_key,
    render_all,
    settings_digest,
    templates_in,
    writing,
)
from generator.render.plan import redirects_of
from generator.searching.indexing import begin, indexed
from generator.short_way import short_way
from generator.sources.findings import suggestion
from generator.standing import Standing, head_of, standing, unchanged
from generator.surveying import Survey, survey

Result = TypeVar("Result")

WORTH_A_POOL = 150
"""Articles below which starting processes costs more than it saves."""


def build(
    site: Site,
    options: Options,
    progress: Progress = None,
    ahead: Callable[[Workshop], None] = lambda shop: None,
    found: Standing | None = None,
) -> Built:
    """Build what changed of a site; raises SiteError when it cannot go on.

    `found` is how the site stands, where the caller looked already.

    `ahead` is called with all that rendering depends on, before the first page is rendered: the memo can then
    be read by others. An edit that only the article's own pages show is built without.
    """
    options = replace(options, search=options.search_of(site))
    found = found or standing(site, options)
    if (built := unchanged(found, options)) is not None:
        return built
    with unswept():
        return with_memo(site, lambda memo: _build(site, options, found, memo, progress, ahead))


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


def _build(
    site: Site,
    options: Options,
    found: Standing,
    memo: Memo,
    progress: Progress,
    ahead: Callable[[Workshop], None],
) -> Built:
    if memo.path is None:
        options = replace(options, search=None)  # whose process reads the memo's file
    place = ledger_path(site.root / ".morgue", options.output)
    if not options.clean and (found.kept is None or found.kept.token != token_of(place)):
        found = standing(site, options)  # another build came between
    built = unchanged(found, options) or short_way(site, options, found, memo, place)
    if built is not None:
        return built
    head = head_of(site, options)
    ledger = found.kept.ledger if found.kept is not None else NOTHING
    if ledger.head != head:
        # The keys of its pages tell by themselves what they stand for.
        ledger = replace(NOTHING, head=head, pages=ledger.pages)
    return build_whole(site, options, ledger, memo, progress, place, ahead)


def _forget(known: Survey, kept: set[str], memo: Memo) -> None:
    """Let the memo drop what this build did not use, once that outweighs what it did."""
    used = {key for row in known.rows.values() for key in (row.key, leaf_key(row.key))}
    used |= kept | known.used
    used.add(f"authority {known.rules.decided}")
    memo.forget_unused(used)


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
        manifest = look_of_manifest(options.output)
    memo.put_many([(f"authority {known.rules.decided}", pack(known.rules.authority))])
    _forget(known, kept, memo)
    memo.commit()
    redirects = redirects_of(known.plan.pages, site)
    gone = tuple(where for where in known.gone if where not in addresses)
    page_of = {article_file(card.id): output_file(card.address) for card in known.archive.cards.values()}
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
            shown=len(known.archive.cards),
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


def _refuse_strangers(paths: Mapping[str, Address], output: Path, manifest: Mapping[str, str]) -> None:
    """Stop where a page belongs in a place that holds a file which is not ours."""
    if not manifest:
        return
    others = strangers(paths, scan(output), manifest)
    if others:
        path, other = min(others.items())
        message = f"the page {paths[path]} belongs here, but Morgue did not write this file"
        raise SiteError(Problem(other, 0, "E706", message, "move it away"))


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
