"""A site that is built again and again, and can show a page before all of them are."""

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from generator.build import build
from generator.config import load_site
from generator.core.frozen import dataclass
from generator.core.page import Planned
from generator.core.paths import Address, address_of
from generator.core.problems import Problem, SiteError
from generator.core.site import Site
from generator.gathering import Progress
from generator.outcome import Options
from generator.output.keeping import Base
from generator.output.memo import DAMAGE, Memo
from generator.publishing import Bench, Workshop, copied, folders
from generator.render.hosts.rules import headers
from generator.render.plan import redirects_of
from generator.render.rendering import render_page
from generator.serving.early import Early
from generator.serving.reports import Change, Report
from generator.sources.articles import read_article
from generator.standing import standing, standing_after

HELD = 20
"""Articles saved at once up to which a build believes that nothing else changed, and waits until one of them
can be read; with more, no person saved them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ahead:
    """What a build knows that the output does not show yet."""

    shop: Workshop
    pages: Mapping[Address, Planned]
    redirects: Mapping[Address, str]


class Session:
    """One site in preview: the seam between the server and the pipeline.

    `rebuild` brings the output up to date, one call at a time; `base` (the path of the site's address,
    without its last slash) and what `preview.Ahead` names may be asked by other threads meanwhile.
    """

    def __init__(
        self,
        site: Site,
        options: Options,
        *,
        clock: Callable[[], datetime],
        ready: Callable[[], None] = lambda: None,
        saved: Callable[[tuple[Address, ...]], None] = lambda files: None,
        progress: Progress = None,
    ) -> None:
        """`clock` gives each build its `options.now`; `ready` is called as soon as `page` can show what the
        output does not, `saved` with the copied files that it can show already, before anything is built."""
        self.base = site.base
        self._root = site.root
        self._options = options
        self._clock = clock
        self._progress = progress
        self._ready = ready
        self._saved = saved
        self._copies: Mapping[Address, Path] = {}
        self._ahead: _Ahead | None = None
        self._redirects: Mapping[Address, str] = {}
        self._gone: frozenset[Address] = frozenset()
        self._headers = _headers_of(site)
        self._base: Base | None = None  # None too after a mistake: then everything is looked at
        self.owes_a_look = False
        self._early: Early | None = Early(site, folders(site, options.output), options)

    @property
    def output(self) -> Path:
        """The folder in which the site is built."""
        return self._options.output

    def rebuild(self, changed: frozenset[str]) -> Report:
        """Build what follows from the paths changed (as `Changes` names them), and say what came of it.

        A mistake for which the build cannot go on is in the report's problems, never raised. Articles
        of which none can be read as they were saved are not built without: that would change every page that
        shows them, twice, for what is mended in a moment.

        Where a few articles changed and only they show it, nothing but their files is looked at. While
        `owes_a_look`, ask for a rebuild of nothing when there is time: it looks at everything.
        """
        started = time.perf_counter()
        self._show_copies(changed)
        base, self._base, self.owes_a_look = self._base, None, False
        try:
            report = self._unreadable(changed) or self._built(changed, base)
        except SiteError as error:
            report = Report(problems=error.problems, failed=True)
        finally:
            self._ahead, self._early, self._copies = None, None, {}
        return replace(report, milliseconds=1000 * (time.perf_counter() - started))

    def page(self, address: Address) -> bytes | None:
        """The page at an address as the build under way will write it; None where the output is not behind.

        Also None for an address that the site has nothing at, and for a page that cannot be rendered.
        """
        if (file := self._copies.get(address)) is not None:
            with suppress(OSError):
                return file.read_bytes()
        ahead = self._ahead
        planned = ahead.pages.get(address) if ahead else None
        if ahead is None or planned is None or ahead.shop.memo is None or ahead.shop.basis is None:
            return None
        try:
            page = planned.make(ahead.shop.basis, *planned.args)
            if not page.template:
                return copied(page.view, ahead.shop.folders)
            with Memo(ahead.shop.memo, read_only=True) as memo:
                bench = Bench(replace(ahead.shop, open_memo=memo))
                return render_page(page, bench.templates, bench.kept)
        except (SiteError, OSError, *DAMAGE):
            return None  # the build itself tells why

    def redirect(self, address: Address) -> str:
        """Where a host would lead a visitor on from an address, with the site's base; "" for no redirect."""
        ahead = self._ahead
        return (ahead.redirects if ahead else self._redirects).get(address, "")

    def early(self, address: Address) -> bytes | None:
        """A page as a few of its files give it; None where they give none, and once the site was read."""
        early = self._early
        if early is None:
            return None
        try:
            return early.page(address)
        except (SiteError, OSError):
            return None  # the build itself tells why

    def is_gone(self, address: Address) -> bool:
        """Whether the site's host would answer 410: it can, and what was here was withdrawn."""
        return address in self._gone or Address(f"{address}/") in self._gone

    def headers(self) -> tuple[tuple[str, str], ...]:
        """The headers that the site's host is told to send; none where no host is named."""
        return self._headers

    def _show_copies(self, changed: frozenset[str]) -> None:
        """Let files that are copied as they stand be seen at once: a style is swapped before all is built."""
        found = {where: self._root / path for path in changed if (where := _copied_to(path))}
        root = self._root.resolve()
        self._copies = {
            where: file for where, file in sorted(found.items())
            if file.is_file() and file.resolve().is_relative_to(root)
        }  # fmt: skip
        if self._copies:
            self._saved(tuple(self._copies))

    def _unreadable(self, changed: frozenset[str]) -> Report | None:
        """The report that nothing was built, where all that changed are articles that cannot be read now."""
        if not changed or not _are_few_articles(changed):
            return None
        site = load_site(self._root)
        problems: list[Problem] = []
        for path in sorted(changed):
            try:
                article, told = read_article((self._root / path).read_bytes(), path, site)
            except OSError:
                return None
            if article is not None:
                return None
            problems += told
        return Report(problems=tuple(problems), failed=True)

    def _built(self, changed: frozenset[str], base: Base | None) -> Report:
        site = load_site(self._root)
        self.base = site.base
        self._headers = _headers_of(site)
        options = replace(self._options, now=self._clock())
        found = None
        if base is not None and changed and _are_few_articles(changed):
            found = standing_after(site, options, base, changed)
        if found is None:
            found = standing(site, options, base)
        built = build(site, options, self._progress, lambda shop: self._look(shop, site), found)
        self._base = found.kept.base if found.kept is not None else None
        self.owes_a_look = bool(changed)
        self._redirects = built.redirects
        self._gone = frozenset(built.gone if site.hosts else ())
        changes = [
            Change(address=address_of(path), kind="written", reason=reason)
            for path, reason in built.reasons.items()
        ]
        changes += [Change(address=address_of(p), kind="removed", reason="gone") for p in built.removed]
        return Report(
            changes=tuple(sorted(changes, key=lambda change: change.address)),
            saved=tuple(sorted(where for path in changed if (where := _copied_to(path)))),
            problems=built.problems,
            pages=built.pages,
        )

    def _look(self, shop: Workshop, site: Site) -> None:
        """Keep what a build knows before it renders."""
        pages = {page.address: page for page in shop.pages}
        self._ahead = _Ahead(shop=shop, pages=pages, redirects=redirects_of(shop.pages, site))
        self._early = None
        self._ready()


def _headers_of(site: Site) -> tuple[tuple[str, str], ...]:
    return headers(site.headers) if site.hosts else ()


def _are_few_articles(changed: frozenset[str]) -> bool:
    return len(changed) <= HELD and all(
        path.startswith("content/articles/") and path.endswith(".md") for path in changed
    )


def _copied_to(path: str) -> Address | None:
    """Where a changed file is copied to, if it is one that is."""
    for folder, where in (("templates/assets/", "/assets/"), ("content/media/", "/media/")):
        if path.startswith(folder) and not path.endswith("/"):
            return Address(where + path.removeprefix(folder))
    return None
