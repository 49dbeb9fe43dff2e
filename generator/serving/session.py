"""A site that is built again and again, and can show a page before all of them are."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from generator.annotate.weave import weave
from generator.build import Options, Progress, Survey, build, folders
from generator.config import load_site
from generator.core.model import Prose
from generator.core.page import Page
from generator.core.paths import Address
from generator.core.problems import SiteError
from generator.core.site import Site
from generator.output.encode import decode
from generator.output.memo import DAMAGE, Memo, Written
from generator.publishing import Folders, copied
from generator.render.rendering import render_page
from generator.render.site_views import RedirectView
from generator.render.templates import Templates
from generator.serving.reports import Change, Report, served_address, why


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ahead:
    """What a build knows that the output does not show yet."""

    pages: Mapping[Address, Page]
    folders: Folders
    templates: Templates
    memo: Path


class Session:
    """One site in preview: the seam between the server and the pipeline.

    `rebuild` brings the output up to date, one call at a time; `page`, `redirect` and `base` (the path of the
    site's address, without its last slash) may be asked by other threads meanwhile.
    """

    def __init__(
        self,
        site: Site,
        options: Options,
        *,
        clock: Callable[[], datetime],
        ready: Callable[[], None] = lambda: None,
        progress: Progress = None,
    ) -> None:
        """`clock` gives each build its `options.now`; `ready` is called as soon as `page` can show what the
        output does not."""
        self.base = site.base
        self._root = site.root
        self._options = options
        self._clock = clock
        self._progress = progress
        self._ready = ready
        self._memo = site.root / ".morgue" / "memo.sqlite3"
        self._written: Mapping[str, Written] = {}
        self._ahead: _Ahead | None = None
        self._redirects: Mapping[Address, str] = {}

    @property
    def output(self) -> Path:
        """The folder in which the site is built."""
        return self._options.output

    def rebuild(self, changed: frozenset[str]) -> Report:
        """Build what follows from the paths changed (as `Changes` names them), and say what came of it.

        A mistake for which the build cannot go on is in the report's problems, never raised.
        """
        started = time.perf_counter()
        try:
            report = self._built(changed)
        except SiteError as error:
            report = Report(problems=error.problems, failed=True)
        finally:
            self._ahead = None
        return replace(report, milliseconds=1000 * (time.perf_counter() - started))

    def page(self, address: Address) -> bytes | None:
        """The page at an address as the build under way will write it; None where the output is not behind.

        Also None for an address that the site has nothing at, and for a page that cannot be rendered.
        """
        ahead = self._ahead
        page = ahead.pages.get(address) if ahead else None
        if ahead is None or page is None:
            return None
        try:
            if not page.template:
                return copied(page.view, ahead.folders)
            with Memo(ahead.memo, read_only=True) as memo:
                return render_page(page, ahead.templates, lambda key: _prose(memo, key), weave)
        except (SiteError, KeyError, OSError, *DAMAGE):
            return None  # the build itself tells why

    def redirect(self, address: Address) -> str:
        """Where a host would lead a visitor on from an address, with the site's base; "" for no redirect."""
        return self._redirects.get(address, "")

    def _built(self, changed: frozenset[str]) -> Report:
        site = load_site(self._root)
        self.base = site.base
        before = self._written or self._known()
        options = replace(self._options, now=self._clock())
        built = build(site, options, self._progress, lambda known: self._look(known, site))
        after = self._written = self._known()
        changes = [
            Change(address=served_address(p), kind="written", reason=why(before.get(p), after.get(p)))
            for p in built.written
        ]
        changes += [Change(address=served_address(p), kind="removed", reason="gone") for p in built.removed]
        return Report(
            changes=tuple(sorted(changes, key=lambda change: change.address)),
            saved=tuple(sorted(where for path in changed if (where := _copied_to(path)))),
            problems=built.problems,
            pages=built.pages,
        )

    def _look(self, known: Survey, site: Site) -> None:
        """Keep what a build knows before it renders."""
        pages = {page.address: page for page in known.pages}
        where = folders(site, self.output)
        templates = Templates(where.theme, where.own if where.own.is_dir() else None)
        self._redirects = {a: p.view.href for a, p in pages.items() if isinstance(p.view, RedirectView)}
        self._ahead = _Ahead(pages=pages, folders=where, templates=templates, memo=self._memo)
        self._ready()

    def _known(self) -> Mapping[str, Written]:
        """What the memo knows of the output's files; nothing where there is no memo, or a damaged one."""
        try:
            with Memo(self._memo, read_only=True) as memo:
                return memo.written(str(self.output.resolve()))
        except (OSError, *DAMAGE):
            return {}


def _copied_to(path: str) -> Address | None:
    """Where a changed file is copied to, if it is one that is."""
    for folder, where in (("templates/assets/", "/assets/"), ("content/media/", "/media/")):
        if path.startswith(folder) and not path.endswith("/"):
            return Address(where + path.removeprefix(folder))
    return None


def _prose(memo: Memo, key: str) -> Prose:
    data = memo.get(key)
    if data is None:
        raise KeyError(key)
    return decode(data, Prose)
