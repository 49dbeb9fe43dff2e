"""The pipeline: the only module that knows the order of the stages."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

from generator.annotate.authority import authority
from generator.archive.checks import check as check_archive
from generator.archive.index import index
from generator.archive.wanted import Wanted, wanted
from generator.core.archive import Archive
from generator.core.model import Article, Status
from generator.core.page import Page
from generator.core.paths import Address, output_file
from generator.core.problems import Problem, SiteError
from generator.core.site import SITE_FOLDERS, Site
from generator.filing import file_articles, keep_prose
from generator.moving import moved
from generator.output.encode import digest
from generator.output.folder import claim, publish
from generator.output.memo import DAMAGE, Memo, discard
from generator.publishing import THEME, Folders, explain, page_key, remember, render_stale, settings_digest
from generator.reading import remembering
from generator.render.addresses import article_address, place_address
from generator.render.plan import landing, plan
from generator.render.templates import Templates, theme_folder
from generator.sources.files import Stamp, list_files
from generator.sources.findings import Findings, visible
from generator.sources.read import read_content
from generator.sources.walk import refused_folder

Progress = Callable[[int, int], None] | None
"""Called with how many articles or pages are done, and of how many; None where nobody watches."""

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
    explain: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """Everything that is known before anything is rendered."""

    archive: Archive
    pages: tuple[Page, ...]
    media: frozenset[str]  # paths below content/
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What a build did; `written` and `removed` are paths in the output, sorted."""

    articles: int
    pages: int
    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    explanation: str = ""
    refused: bool = False  # --strict found problems, so nothing was published


def build(
    site: Site,
    options: Options,
    progress: Progress = None,
    ahead: Callable[[Survey], None] = lambda known: None,
) -> Built:
    """Build what changed of a site; raises SiteError when it cannot go on.

    `ahead` is called with what is known as soon as all of it is, before the first page is rendered: the memo
    can then be read by others.
    """
    _refuse_output(site, options.output)
    return _with_memo(site, lambda memo: _build(site, options, memo, progress, ahead))


def _with_memo(site: Site, work: Callable[[Memo], Result]) -> Result:
    """Do work that uses the memo; when its file turns out to be damaged, or full, once more without it."""
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
    site: Site, options: Options, memo: Memo, progress: Progress, ahead: Callable[[Survey], None]
) -> Built:
    where = folders(site, options.output)
    with pool(site, options.jobs) as executor:
        known = survey(site, options, memo, executor, progress)
        memo.commit()
        ahead(known)
        addresses = {page.address for page in known.pages}
        problems = tuple(sorted({*known.problems, *moved(options.output, site, known.archive, addresses)}))
        built = Built(articles=len(known.archive.cards), pages=len(known.pages), problems=problems)
        if options.strict and problems:
            return replace(built, refused=True)
        with writing(options.output):
            before = claim(options.output)
            settings = settings_digest(site.digest)
            why = _explanation(options.explain, known.pages, where, settings, memo)
            fresh = render_stale(
                known.pages, where, settings, before, memo, executor, progress, clean=options.clean
            )
            publish(options.output, fresh.staged, before, fresh.manifest)
            gone = sorted(set(before) - set(fresh.manifest))
            remember(fresh, options.output, memo, gone)
    return replace(
        built,
        written=tuple(sorted(file.path for file in fresh.staged)),
        removed=tuple(gone),
        explanation=why,
    )


def survey(site: Site, options: Options, memo: Memo, executor: Executor | None, progress: Progress) -> Survey:
    """Read, annotate, index and plan: all but rendering."""
    content = read_content(site, remembering(memo))
    decided, clashes = authority(content.records, site.taxonomies)
    wanted = [a for a in content.articles if is_public(a, options)]
    placed = [(article, article_address(article, site)) for article in wanted]
    filed = [
        replace(one, article=replace(one.article, status=status_at(one.article, options.now)))
        for one in file_articles(placed, decided, site.base, memo, executor, progress)
    ]
    archive = index(filed, content.records, content.pages, site)
    out = Findings("")
    assets, media = _digests(site, memo, out)
    bodies = {record.path: record.body for record in content.records if record.body.strip()}
    bodies |= {page.path: page.body for page in content.pages if page.body.strip()}
    texts = {path: keep_prose(body, site.base, memo) for path, body in bodies.items()}
    pages, problems = plan(archive, site, assets, media, texts, withdrawn(content.articles, site))
    return Survey(
        archive=archive,
        pages=pages,
        media=frozenset(media),
        problems=tuple(
            sorted(
                {
                    *content.problems,
                    *out.problems,
                    *clashes,
                    *(problem for one in filed for problem in one.problems),
                    *archive.problems,
                    *problems,
                }
            )
        ),
    )


def check(site: Site, options: Options, progress: Progress = None) -> tuple[Problem, ...]:
    """Everything an editor should look at: what a build would report, and what only a whole archive shows."""
    known = _with_memo(site, lambda memo: survey(site, options, memo, None, progress))
    addresses = {page.address for page in known.pages}
    found = check_archive(known.archive, addresses, known.media, site)
    return tuple(sorted({*known.problems, *found}))


def missing(site: Site, options: Options, progress: Progress = None) -> tuple[Wanted, ...]:
    """The pages that articles link to and the archive does not have, those most linked to first."""
    known = _with_memo(site, lambda memo: survey(site, options, memo, None, progress))
    files = {Address(f"/{path}") for path in known.media}
    return wanted(known.archive, {*files, *(page.address for page in known.pages)}, site)


def is_public(article: Article, options: Options) -> bool:
    """Whether readers may see an article at `options.now`; with drafts, all but what was withdrawn."""
    if article.status == "withdrawn":
        return False
    return options.drafts or status_at(article, options.now) == "published"


def withdrawn(articles: Iterable[Article], site: Site) -> tuple[Address, ...]:
    """Every address at which an article stood that was taken back."""
    gone = [article for article in articles if article.status == "withdrawn"]
    places = (place_address(article.id, site) for article in gone)
    aliases = (landing(alias) for article in gone for alias in article.aliases)
    own = (article_address(article, site) for article in gone)
    return tuple(sorted({*own, *aliases, *(place for place in places if place is not None)}))


def status_at(article: Article, now: datetime) -> Status:
    """The status at a moment: an embargo holds back what is published until its date, and then ends."""
    if article.embargo is None or article.status not in {"published", "embargoed"}:
        return article.status
    return "embargoed" if article.embargo.at > now else "published"


@contextmanager
def pool(site: Site, jobs: int) -> Iterator[Executor | None]:
    """Processes to share the work among, or None where it is too little."""
    articles = site.content / "articles"
    if (
        jobs < 2
        or sum(1 for _, _ in zip(articles.rglob("*.md"), range(WORTH_A_POOL), strict=False)) < WORTH_A_POOL
    ):
        yield None
        return
    # Workers are forked from a server that has our modules loaded, never from a process with threads.
    context = get_context("forkserver")
    context.set_forkserver_preload(["generator.filing", "generator.publishing"])
    with ProcessPoolExecutor(jobs, mp_context=context) as executor:
        yield executor


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


def folders(site: Site, output: Path) -> Folders:
    """Where the site's pages come from and go to."""
    return Folders(root=site.root, output=output, theme=theme_folder(), own=site.root / "templates")


def _explanation(address: str, pages: tuple[Page, ...], where: Folders, settings: str, memo: Memo) -> str:
    if not address:
        return ""
    plain = address.strip("/")
    page = next((page for page in pages if page.address.strip("/") == plain), None)
    if page is None:
        return explain(None, address, "", None)
    address = page.address
    key = page_key(page, Templates(where.theme, where.own if where.own.is_dir() else None), settings)
    return explain(
        page, address, key, memo.written(str(where.output.resolve())).get(output_file(page.address))
    )


def _digests(site: Site, memo: Memo, out: Findings) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """The digests of assets by the path of their Copy, and of media and originals by path below content/."""
    assets = {
        **_digest_all(theme_folder() / "assets", THEME, memo, out),
        **_digest_all(site.root / "templates" / "assets", "templates/assets/", memo, out),
    }
    copied: dict[str, str] = {}
    for name in ("media", "sources"):
        if not refused_folder(site.root, f"content/{name}", out):
            copied |= _digest_all(site.content / name, f"{name}/", memo, out)
    return assets, copied


def _digest_all(folder: Path, prefix: str, memo: Memo, out: Findings) -> dict[str, str]:
    """The digest of every file; one that the memo saw with the very same stamp is not read again."""
    files = list_files(folder)
    keys = {name: _stamp_key(folder / name, stamp) for name, stamp in files.items()}
    known = memo.get_many(list(keys.values()))
    found: dict[str, str] = {}
    for name, key in keys.items():
        kept = known.get(key)
        try:
            found[prefix + name] = kept.decode() if kept else digest((folder / name).read_bytes())
        except OSError as error:
            path = visible(f"{folder.parent.name}/{folder.name}/{name}")
            out.problems.append(Problem(path, 0, "E211", f"file: cannot be read: {error.strerror}"))
            continue
        if not kept:
            memo.put_many([(key, found[prefix + name].encode())])
    return found


def _stamp_key(path: Path, stamp: Stamp) -> str:
    return digest("stamp", str(path.resolve()), *(str(part) for part in stamp))
