"""A build: nothing where nothing changed, an edit the short way where that can be, else the whole archive."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from generator.core.site import Site
from generator.crew import unswept
from generator.gathering import Progress
from generator.outcome import Built, Options
from generator.output.keeping import token_of
from generator.output.ledger import NOTHING, ledger_path
from generator.output.memo import DAMAGE, Memo, discard
from generator.publishing import Workshop
from generator.short_way import short_way
from generator.standing import Standing, head_of, standing, unchanged

Result = TypeVar("Result")


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
    from generator.whole import build_whole  # noqa: PLC0415 - of what an edit loads it would be a fifth

    return build_whole(site, options, ledger, memo, progress, place, ahead)
