"""A build of edits that only the articles' own pages show, without the whole archive in view."""

from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from generator.annotate.authority import Authority
from generator.core.site import Site
from generator.filing import Rules
from generator.outcome import Built, Options
from generator.output.encode import unpack
from generator.output.folder import Place, are_ours, look_of_manifest, publish_some
from generator.output.keeping import MANY, Since, look_of, write_ledger, write_since
from generator.output.ledger import Ledger
from generator.output.memo import Memo
from generator.publishing import Workshop, folders, settings_digest, writing
from generator.standing import Changed, Standing, built_before
from generator.touching import Touched, copied_pages, edits, touch

MOST = 50
"""Edits past which looking at the whole archive is as short."""


def short_way(site: Site, options: Options, found: Standing, memo: Memo, place: Path) -> Built | None:
    """Build edits that only the articles' own pages show, and files that are copied; None where the whole
    archive must be looked at. The ledger is kept at `place`."""
    _, kept, changed = found
    if kept is None or changed is None or memo.path is None or len(changed.articles) > MOST:
        return None
    ledger = kept.ledger
    copies = copied_pages(changed.saved, changed.inputs, site, ledger)
    rules = _rules_of(site, ledger, memo) if copies is not None else None
    told = edits(changed.articles, kept, rules) if rules else None
    if copies is None or told is None:
        return None
    if options.search is not None and any(edit.packed.key != edit.before.key for edit in told):
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
        touched = touch(shop, site, options, told, copies, ledger, memo)
        if touched is None:
            return None
        problems = ledger.problems if touched.problems is None else touched.problems
        built = built_before(replace(ledger, problems=problems), options)
        if built.refused:
            return built
        pages = {one.path: one.written for one in touched.rendered}
        reasons = {one.path: one.reason for one in touched.rendered if one.reason}
        digests = {path: (ledger.pages[path].digest, pages[path].digest) for path in reasons}
        if not are_ours(options.output, reasons) or (digests and not publish_some(options.output, digests)):
            return None
        manifest = look_of_manifest(options.output)
    memo.put_many([entry for one in touched.rendered for entry in one.kept])
    memo.commit()
    looks = {path: look_of(row.seen, changed.looked) for path, row in touched.rows.items()}
    since = replace(
        kept.since,
        started=found.started,
        manifest=manifest,
        inputs={**kept.since.inputs, **{path: changed.inputs[path] for path in changed.saved}},
        articles={**kept.since.articles, **touched.rows},
        looks={**kept.since.looks, **looks},
        pages={**kept.since.pages, **pages},
        own={**kept.since.own, **touched.own},
        problems=kept.since.problems if touched.problems is None else touched.problems,
    )
    if len(since.articles) + len(since.pages) < MANY:
        write_since(place, since)
    else:
        write_ledger(place, _whole(ledger, found, touched, since, changed))
    return replace(built, written=tuple(sorted(reasons)), reasons=reasons)


def _whole(ledger: Ledger, found: Standing, touched: Touched, since: Since, changed: Changed) -> Ledger:
    """The ledger with all that changed since."""
    own = {**ledger.own, **touched.own}
    return replace(
        ledger,
        started=found.started,
        inputs=changed.inputs,
        articles={**ledger.articles, **touched.rows},
        pages={**ledger.pages, **since.pages},
        problems=ledger.problems if touched.problems is None else touched.problems,
        own={path: each for path, each in own.items() if each},
        manifest=since.manifest,
    )


def _rules_of(site: Site, ledger: Ledger, memo: Memo) -> Rules | None:
    """What filing depends on, as the last build kept it."""
    data = memo.get(f"authority {ledger.decided}")
    if data is None:
        return None
    return Rules(site=site, authority=_authority(data), decided=ledger.decided, quoted=ledger.quoted)


@lru_cache(maxsize=1)
def _authority(data: bytes) -> Authority:
    """The records as they were kept: for a preview's next save the same, with what was computed of them."""
    return unpack(data, Authority)
