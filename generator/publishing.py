"""From planned pages to the public folder: which are stale, their bytes, and why they changed."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path

from generator.annotate.weave import weave
from generator.core.model import Prose
from generator.core.page import Copy, Page
from generator.core.paths import output_file
from generator.core.problems import Problem, SiteError
from generator.filing import run
from generator.output.encode import decode, digest, encode
from generator.output.folder import OnDisk, Staged, scan, stage, strangers
from generator.output.memo import Memo, Written
from generator.output.program import program_digest
from generator.render.rendering import render_page
from generator.render.templates import Templates

CHUNK = 100
"""Pages a job renders."""

THEME = "theme:"
"""How the path of a Copy begins that is taken from the theme's assets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Folders:
    """Where pages come from and go to. `own` is the site's templates/, whether it is there or not."""

    root: Path
    output: Path
    theme: Path
    own: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderJob:
    """Pages to render, each with its key, and where to read their texts from."""

    pages: tuple[tuple[Page, str], ...]
    folders: Folders
    memo: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """One page's bytes, staged, or found to be those already published."""

    path: str
    key: str
    parts: str
    digest: str
    staged: Staged | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fresh:
    """What is to be published: the staged files in their order, and the manifest of all files."""

    staged: tuple[Staged, ...]
    manifest: Mapping[str, str]
    rendered: tuple[Rendered, ...]


def page_key(page: Page, templates: Templates, settings: str) -> str:
    """A page's key: digests of its view, of its templates and of the settings, joined by dots."""
    view = digest(encode(page.view), page.prose)
    if not page.template:
        return view
    return f"{view}.{templates.closure_digest(page.template)}.{settings}"


def settings_digest(site_digest: str) -> str:
    """The part of a page's key that the site's settings and the program stand for."""
    return digest(site_digest, program_digest())


def render_stale(
    pages: Sequence[Page],
    folders: Folders,
    settings: str,
    manifest: Mapping[str, str],
    memo: Memo,
    executor: Executor | None,
    progress: Callable[[int, int], None] | None,
    *,
    clean: bool,
) -> Fresh:
    """Render every page whose key, or whose file, is not what was last published.

    `manifest` is the one found in the output; with `clean` nothing is trusted to be fresh.
    """
    templates = _templates(folders.theme, folders.own)
    known = {} if clean else memo.written(str(folders.output.resolve()))
    disk = scan(folders.output)
    after: dict[str, str] = {}
    stale: list[tuple[Page, str]] = []
    _refuse_strangers(pages, disk, manifest)
    for page in pages:
        path, key = output_file(page.address), page_key(page, templates, settings)
        before = known.get(path)
        if before is not None and before.key == key and _untouched(before, disk.get(path)):
            after[path] = before.digest
        else:
            stale.append((page, key))
    memo.commit()
    rendered: list[Rendered] = []
    for results in _render_all(stale, folders, templates, memo, executor):
        rendered.extend(results)
        if progress:
            progress(len(pages) - len(stale) + len(rendered), len(pages))
    after.update((r.path, r.digest) for r in rendered)
    staged = tuple(r.staged for r in rendered if r.staged is not None)
    return Fresh(staged=staged, manifest=after, rendered=tuple(rendered))


def _render_all(
    stale: Sequence[tuple[Page, str]],
    folders: Folders,
    templates: Templates,
    memo: Memo,
    executor: Executor | None,
) -> Iterator[tuple[Rendered, ...]]:
    """Render in chunks: here, or by an executor that can read the memo's file."""
    chunks = [tuple(stale[i : i + CHUNK]) for i in range(0, len(stale), CHUNK)]
    if executor is None or memo.path is None:
        return (_render_pages(chunk, folders, templates, memo) for chunk in chunks)
    return run(render_job, [RenderJob(pages=c, folders=folders, memo=memo.path) for c in chunks], executor)


def render_job(job: RenderJob) -> tuple[Rendered, ...]:
    """Render and stage one job's pages, in whatever process it was sent to."""
    with Memo(job.memo, read_only=True) as memo:
        return _render_pages(job.pages, job.folders, _templates(job.folders.theme, job.folders.own), memo)


def _render_pages(
    pages: Sequence[tuple[Page, str]], folders: Folders, templates: Templates, memo: Memo
) -> tuple[Rendered, ...]:
    def prose(key: str) -> Prose:
        data = memo.get(key)
        if data is None:
            raise KeyError(key)
        return decode(data, Prose)

    return tuple(_render(page, key, templates, prose, folders) for page, key in pages)


def _render(
    page: Page, key: str, templates: Templates, prose: Callable[[str], Prose], folders: Folders
) -> Rendered:
    path = output_file(page.address)
    data = render_page(page, templates, prose, weave) if page.template else copied(page.view, folders)
    target = folders.output / path
    same = target.is_file() and not target.is_symlink() and target.read_bytes() == data
    staged = None if same else stage(folders.output, path, data)
    return Rendered(path=path, key=key, parts=view_parts(page), digest=digest(data), staged=staged)


def copied(copy: Copy, folders: Folders) -> bytes:
    """The bytes of a file that is taken over; SiteError when it is gone, or unreadable, by now."""
    own = folders.root / copy.path
    place = folders.theme / "assets" / copy.path.removeprefix(THEME) if copy.path.startswith(THEME) else own
    try:
        return place.read_bytes()
    except OSError as error:
        message = f"file: cannot be read: {error.strerror}"
        raise SiteError(Problem(copy.path, 0, "E211", message, "build again")) from error


def _templates(theme: Path, own: Path) -> Templates:
    return Templates(theme, own if own.is_dir() else None)


def _untouched(before: Written, now: OnDisk | None) -> bool:
    return now is not None and now.size == before.size and now.mtime_ns == before.mtime_ns


def _refuse_strangers(pages: Sequence[Page], disk: Mapping[str, OnDisk], manifest: Mapping[str, str]) -> None:
    addresses = {output_file(page.address): page.address for page in pages}
    others = strangers(addresses, disk, manifest)
    if others:
        path, other = min(others.items())
        message = f"the page {addresses[path]} belongs here, but Morgue did not write this file"
        raise SiteError(Problem(other, 0, "E706", message, "move it away"))


def remember(fresh: Fresh, output: Path, memo: Memo, gone: Sequence[str]) -> None:
    """Note in the memo under which keys the files now published were rendered."""
    files: dict[str, Written] = {}
    for one in fresh.rendered:
        status = (output / one.path).stat()
        files[one.path] = Written(
            key=one.key, parts=one.parts, digest=one.digest, size=status.st_size, mtime_ns=status.st_mtime_ns
        )
    memo.note_written(str(output.resolve()), files, gone)
    memo.commit()


def view_parts(page: Page) -> str:
    """The digest of each field of a page's view, as "field=digest" by spaces: what `--explain` compares."""
    if not is_dataclass(page.view):
        return ""
    parts = [
        f"{field.name}={digest(encode(getattr(page.view, field.name)))[:8]}" for field in fields(page.view)
    ]
    return " ".join([*parts, f"text={page.prose[:8]}"])


def explain(page: Page | None, address: str, key: str, before: Written | None) -> str:
    """Why a page is rebuilt or stands, from what it was last rendered under and what it has now."""
    if page is None:
        return f"{address}: there is no such page."
    if before is None:
        return f"{address}: rebuilt, as no earlier build of it is known."
    if before.key == key:
        return f"{address}: stands, as neither what it shows, its templates nor the settings changed."
    old, new = before.key.split("."), key.split(".")
    reasons: list[str] = []
    if old[0] != new[0]:
        shown = set(view_parts(page).split()) - set(before.parts.split())
        reasons.append(f"what it shows ({', '.join(sorted(part.partition('=')[0] for part in shown))})")
    if old[1:2] != new[1:2]:
        reasons.append(f"{page.template} or a template that it uses")
    if old[2:] != new[2:]:
        reasons.append("the settings or the program")
    return f"{address}: rebuilt, as {' and '.join(reasons)} changed."
