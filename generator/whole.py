"""The pipeline: the only module that knows the order of the stages."""

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import chain
from pathlib import Path

from generator.core.paths import Address, article_file, output_file
from generator.core.problems import Problem, SiteError
from generator.core.site import Site
from generator.crew import Crew
from generator.filing import leaf_key
from generator.gathering import Progress
from generator.making import render_all
from generator.moving import moved
from generator.outcome import Built, Options
from generator.output.encode import pack
from generator.output.folder import Place, claim, look_of_manifest, publish, scan, strangers, unstaged
from generator.output.keeping import write_ledger
from generator.output.ledger import Ledger, Written
from generator.output.memo import Memo
from generator.publishing import Workshop, explain, folders, page_key, settings_digest, templates_in, writing
from generator.render.plan import redirects_of
from generator.searching.indexing import begin, indexed
from generator.sources.findings import suggestion
from generator.surveying import Survey, survey


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
