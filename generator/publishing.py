"""From planned pages to the staged files of the public folder: which are stale, and their bytes."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from stat import S_ISREG
from struct import pack
from typing import Any, NamedTuple
from zlib import crc32

from generator.compiling import templates_at
from generator.core.archive import Leaf, Told
from generator.core.frozen import dataclass
from generator.core.language import Language
from generator.core.model import Prose
from generator.core.page import Copy, Page, Planned
from generator.core.paths import output_file
from generator.core.problems import Problem, SiteError
from generator.core.site import Site
from generator.output.encode import Undecodable, digest, digest_file, encode, encode_fields, unpack
from generator.output.folder import Place
from generator.output.ledger import Written
from generator.output.memo import Memo
from generator.output.program import program_digest
from generator.render.basis import Basis
from generator.render.card_views import CardView
from generator.render.rendering import render_page
from generator.render.templates import Templates
from generator.render.theme import THEME, theme_folder
from generator.render.weaving import Kept

LARGE = 8 * 1024 * 1024
"""Bytes from which a file that is taken over is copied by pieces."""

TOLD = 4096
"""Articles of which a process has at hand what others quote of them: some 4 kB each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Folders:
    """Where pages come from and go to. `own` is the site's templates/, whether it is there or not."""

    root: Path
    output: Path
    theme: Path
    own: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """All that rendering a site's pages depends on.

    `settings` is the part of a page's key that the settings and the program stand for; `known` what the
    last build left, by output file; `language` is that of the
    interface; `memo` is to read texts from, None where they are in `open_memo`.
    """

    basis: Basis | None  # None for pages that are made already
    pages: Sequence[Planned]
    folders: Folders
    settings: str
    known: Mapping[str, Written]
    place: Place
    language: Language
    memo: Path | None
    open_memo: Memo | None = None


class Rendered(NamedTuple):
    """An output file as it now is, or will be once it is published, and what to keep of how it was made."""

    path: str
    written: Written
    reason: str  # why it was staged, "" where it was not
    kept: tuple[tuple[str, bytes], ...] = ()


def folders(site: Site, output: Path) -> Folders:
    """Where the site's pages come from and go to."""
    return Folders(root=site.root, output=output, theme=theme_folder(), own=site.root / "templates")


def templates_in(shop: Workshop) -> Templates:
    """The templates that a site's pages are rendered with."""
    return templates_at(shop.folders.theme, shop.folders.own, shop.language)


class Bench:
    """A process's own tools: its templates, and what it reads texts from."""

    def __init__(self, shop: Workshop) -> None:
        self.templates = templates_in(shop)
        self.memo = shop.open_memo or Memo(shop.memo, read_only=True)
        self._last: tuple[str, Leaf] = "", Leaf(pieces=())
        self._told = lru_cache(maxsize=TOLD)(self._read_told)

    def prose(self, key: str) -> Prose:
        """The text kept under a key."""
        return unpack(self._get(key), Prose)

    def leaf(self, key: str) -> Leaf:
        """The leaf kept under a key; the last is at hand, as a page's view and its text want the same."""
        if self._last[0] != key:
            self._last = key, unpack(self._get(key), Leaf)
        return self._last[1]

    def told(self, key: str) -> Told:
        """What other pages quote of the leaf kept under a key; that of the last ones asked for is at hand, as
        the page of each name, tag and day that an article speaks of wants it."""
        return self._told(key)

    @property
    def kept(self) -> Kept:
        """All these ways to read what was kept."""
        return Kept(self.prose, self.leaf, self.told)

    def _read_told(self, key: str) -> Told:
        return unpack(self._get(key), Told)

    def _get(self, key: str) -> bytes:
        data = self.memo.get(key)
        if data is None:
            raise Undecodable(f"the memo has lost {key}")
        return data


def finish(shop: Workshop, bench: Bench, made: tuple[Page, tuple[tuple[str, bytes], ...]]) -> Rendered:
    """A page with what is kept with it; its bytes are made where they may be others than those published."""
    page, kept = made
    path = output_file(page.address)
    key, parts = page_key(page, bench.templates, shop.settings)
    before = shop.known.get(path)
    if before is not None and before.key == key:
        stands = _standing(before, f"{shop.place.output}/{path}")
        if stands is not None:
            return Rendered(path, stands, "", kept)
    if isinstance(page.view, Copy) and (source := _large(page.view, shop.folders)) is not None:
        size, mtime_ns, staged, sign = shop.place.copy(path, source)
        after = Written(key, parts, sign, size, mtime_ns)
        return Rendered(path, after, reason(page.view, before, after) if staged else "", kept)
    if page.template:
        data = render_page(page, bench.templates, bench.kept)
    else:
        data = copied(page.view, shop.folders)
    size, mtime_ns, staged = shop.place.put(path, data)
    after = Written(key, parts, digest(data), size, mtime_ns)
    return Rendered(path, after, reason(page.view, before, after) if staged else "", kept)


def page_key(page: Page, templates: Templates, settings: str) -> tuple[str, bytes]:
    """A page's key, digests of its view, of its templates and of the settings joined by dots; and a short
    digest of each field of the view, one after another, by which `explain` tells which of them changed."""
    if isinstance(page.view, CardView):
        return f"{digest(encode(page.view))}.{settings}", b""
    if not page.template:
        return digest(encode(page.view)), b""
    data, ends = encode_fields(page.view, field_names(page.view))
    parts = pack(f">{len(ends)}I", *map(crc32, map(data.__getitem__, map(slice, (0, *ends), ends))))
    return f"{digest(data, page.prose)}.{templates.closure_digest(page.template)}.{settings}", parts


def field_names(view: Any) -> tuple[str, ...]:
    """The names of a view's fields, in their order."""
    return tuple(type(view).__dataclass_fields__)


def settings_digest(site_digest: str) -> str:
    """The part of a page's key that the site's settings and the program stand for."""
    return digest(site_digest, program_digest())


def source_of(copy: Copy, folders: Folders) -> Path:
    """Where a file lies that is taken over."""
    if copy.path.startswith(THEME):
        return folders.theme / "assets" / copy.path.removeprefix(THEME)
    return folders.root / copy.path


def _large(copy: Copy, folders: Folders) -> Path | None:
    """Where a file lies that is too large to be held in memory: a film, an archive; None for all others."""
    place = source_of(copy, folders)
    try:
        is_large = place.stat().st_size >= LARGE and os.access(place, os.R_OK)
    except OSError:
        is_large = False
    return place if is_large else None  # one that cannot be read is told by whoever reads it


def copied(copy: Copy | CardView, folders: Folders) -> bytes:
    """The bytes of a file that no template makes: one that is taken over, or a picture that is drawn.

    Raises SiteError when a file is gone, or unreadable, by now.
    """
    if isinstance(copy, CardView):
        from generator.render.cards import draw  # noqa: PLC0415 - Pillow is heavy, and an extra

        return draw(copy, folders.root / "content" / copy.font if copy.font else None)
    try:
        return source_of(copy, folders).read_bytes()
    except OSError as error:
        message = f"file: cannot be read: {error.strerror}"
        raise SiteError(Problem(copy.path, 0, "E211", message, "build again")) from error


def _standing(before: Written, target: str) -> Written | None:
    """A file that is what it was, as it looks now; None where it is not.

    One that has another time is read: what a cache brings back (as between the runs of a CI) has the same
    bytes, and times without their fractions.
    """
    try:
        now = os.lstat(target)
        if now.st_size != before.size or not S_ISREG(now.st_mode):
            return None
        if now.st_mtime_ns == before.mtime_ns:
            return before
        same = digest_file(Path(target), now.st_size) == before.digest
    except OSError:
        return None
    return before._replace(mtime_ns=now.st_mtime_ns) if same else None


def reason(view: Any, before: Written | None, after: Written) -> str:
    """Why a page is not as it was: "new", "what it shows (title, days)", "its template"."""
    if before is None:
        return "new"
    old, new = before.key.split("."), after.key.split(".")
    reasons: list[str] = []
    if old[0] != new[0]:
        shown = [
            name
            for place, name in enumerate(field_names(view))
            if _part(before, place) != _part(after, place)
        ]
        told = f"what it shows ({', '.join(sorted(shown) or ['its text'])})"
        reasons.append(told if after.parts else "the file itself")
    if old[1:2] != new[1:2]:
        reasons.append("its template")
    if old[2:] != new[2:]:
        reasons.append("the settings or the program")
    return " and ".join(reasons) or "it was changed by hand"


def _part(written: Written, place: int) -> bytes:
    return written.parts[4 * place : 4 * place + 4]


def explain(page: Page, key: str, parts: bytes, before: Written | None) -> str:
    """Why a page is rebuilt or stands, from what it was last rendered under and what it has now."""
    if before is None:
        return f"{page.address}: rebuilt, as no earlier build of it is known."
    if before.key == key:
        return f"{page.address}: stands, as neither what it shows, its templates nor the settings changed."
    why = reason(page.view, before, before._replace(key=key, parts=parts))
    why = why.replace("its template", f"{page.template} or a template that it uses")
    return f"{page.address}: rebuilt, as {why} changed."


@contextmanager
def writing(output: Path) -> Iterator[None]:
    """Tell a file system's refusal (full, read-only) as a problem; what was published before stands."""
    try:
        yield
    except OSError as error:
        raise SiteError(
            Problem(
                Path(error.filename).name if error.filename else output.name,
                0,
                "E704",
                f"cannot be written: {error.strerror}",
                "what was published before is unharmed; make room or mend the rights, and build again",
            )
        ) from error
