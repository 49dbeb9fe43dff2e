"""Pages shown before the archive is read: each is made from the few files that its address speaks of."""

import threading
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import PurePosixPath

from generator.annotate.authority import authority
from generator.archive.index import index
from generator.compiling import templates_at
from generator.core.archive import Leaf
from generator.core.model import Prose
from generator.core.page import Planned
from generator.core.paths import Address
from generator.core.site import Site
from generator.filing import Rules, file_one, leaf_key, read_file
from generator.gathering import Shown, as_shown, is_public
from generator.markup.convert import convert
from generator.output.encode import digest, encode
from generator.publishing import Folders, copied
from generator.render.basis import Basis
from generator.render.plan import plan
from generator.render.rendering import render_page
from generator.render.templates import Templates
from generator.render.theme import THEME
from generator.render.weaving import Kept
from generator.sources.files import list_files
from generator.sources.findings import Findings
from generator.sources.read import read_pages
from generator.sources.walk import Found, markdown_files
from generator.surveying import words_of

SOME = 60
"""Articles that a page of many is made from: they take about a tenth of a second."""


class Early:
    """A site before it is read. May be asked by several threads; records of authority are not looked at."""

    def __init__(self, site: Site, folders: Folders, options: Shown) -> None:
        self._site, self._folders, self._options = site, folders, options
        self._lock = threading.Lock()
        self._parts: dict[tuple[str, ...], _Part] = {}

    def page(self, address: Address) -> bytes | None:
        """A page as a few files give it: of an article its own, of a day or a month those filed there, of
        all else the newest. None where they give none at this address.

        Raises SiteError for a mistake in a template.
        """
        if not address.endswith("/"):
            return self._part(()).page(address)
        with self._lock:
            for files in self._candidates(address):
                if (page := self._part(files).page(address)) is not None:
                    return page
        return None

    def _part(self, files: Sequence[Found]) -> "_Part":
        names = tuple(each.path for each in files)
        if names not in self._parts:
            self._parts[names] = _Part(self._site, self._folders, self._options, files, self._templates)
        return self._parts[names]

    @cached_property
    def _templates(self) -> Templates:
        return templates_at(self._folders.theme, self._folders.own, self._site.words)

    @cached_property
    def _files(self) -> tuple[Found, ...]:
        return markdown_files(self._site.root, "content/articles", Findings(""))

    def _candidates(self, address: Address) -> list[Sequence[Found]]:
        """The files that may give a page, the likeliest first."""
        parts = address.strip("/").split("/")
        named = [each for each in self._files if PurePosixPath(each.path).stem == parts[-1]]
        date = [part for part in parts[:3] if part.isdecimal()]
        folder = "/".join(["content/articles", *date[:2], ""])
        dated = [each for each in self._files if date and each.path.startswith(folder)]
        ways = (named[:SOME], dated[-SOME:], self._files[-SOME:])
        return [files for files in ways if files] or [()]


class _Part:
    """The archive that a few files are."""

    def __init__(
        self, site: Site, folders: Folders, options: Shown, files: Sequence[Found], templates: Templates
    ) -> None:
        self._folders, self._templates = folders, templates
        self._leaves: dict[str, Leaf] = {}
        decided, _ = authority((), site.taxonomies)
        rules = Rules(site=site, authority=decided, decided=digest(encode(decided)))
        filed = []
        for each in files:
            try:
                data = read_file(each.place)
            except OSError:
                continue  # the build tells of it
            filing, leaf = file_one(data, each.path, rules, each.path)
            if filing.filed is not None and leaf is not None and is_public(filing.filed.article, options):
                filed.append(as_shown(filing.filed, options))
                self._leaves[leaf_key(each.path)] = leaf
        free = read_pages(site, Findings(""))
        self._proses = {page.path: convert(page.body, site.base) for page in free if page.body.strip()}
        archive = index(filed, (), free, site)
        assets, media = _copies(site, folders)
        planned = plan(
            archive, site, assets, media, {path: path for path in self._proses}, (), words_of(templates)
        )
        self._basis: Basis = planned.basis
        self._pages: Mapping[Address, Planned] = {page.address: page for page in planned.pages}

    def page(self, address: Address) -> bytes | None:
        """A page of it; None where it has none at this address."""
        planned = self._pages.get(address)
        if planned is None:
            return None
        page = planned.make(self._basis, *planned.args)
        if not page.template:
            return copied(page.view, self._folders)
        leaf_of = self._leaves.__getitem__
        return render_page(page, self._templates, Kept(self._prose, leaf_of, leaf_of))

    def _prose(self, key: str) -> Prose:
        return self._proses[key]


def _copies(site: Site, folders: Folders) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """What is copied as it stands, without the digests, which only a build needs."""
    theme = {f"{THEME}{name}": "" for name in list_files(folders.theme / "assets")}
    own = {f"templates/assets/{name}": "" for name in list_files(folders.own / "assets")}
    media = {
        f"{name}/{path}": "" for name in ("media", "sources") for path in list_files(site.content / name)
    }
    return {**theme, **own}, media
