"""Surveying a site: everything that is known of it before any page is rendered."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from generator.annotate.authority import authority
from generator.annotate.bodies import body
from generator.archive.index import index
from generator.compiling import templates_at
from generator.core.archive import Archive, Filed
from generator.core.frozen import dataclass
from generator.core.model import Record
from generator.core.paths import Address, slugify
from generator.core.problems import Problem
from generator.core.site import Site
from generator.crew import Crew
from generator.filing import Rules, keep_prose
from generator.gathering import Progress, Shown, gather
from generator.output.encode import digest, digest_file, encode
from generator.output.ledger import Ledger, Row, Seen
from generator.output.memo import Memo
from generator.render.basis import SENTENCES
from generator.render.plan import Plan, plan
from generator.render.templates import Templates
from generator.render.theme import THEME, theme_folder
from generator.sources.files import list_files
from generator.sources.findings import Findings, visible
from generator.sources.read import read_pages, read_records
from generator.sources.vocabulary import PACKAGED, TAGS, with_vocabulary
from generator.sources.walk import refused_folder
from generator.standing import inputs_of
from generator.stowing import stowed


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """Everything that is known before anything is rendered; `rows` and `own` are for the ledger."""

    archive: Archive
    plan: Plan
    media: frozenset[str]  # paths below content/
    problems: tuple[Problem, ...]
    rows: Mapping[str, Row]
    own: Mapping[str, tuple[Problem, ...]]
    loose: tuple[Problem, ...]
    inputs: Mapping[str, Seen]
    rules: Rules
    until: str
    used: frozenset[str]  # keys in the memo of texts and of files' digests
    gone: tuple[Address, ...]  # addresses of what was withdrawn


def survey(site: Site, options: Shown, ledger: Ledger, memo: Memo, crew: Crew, progress: Progress) -> Survey:
    """Read, annotate, index and plan: all but rendering."""
    out = Findings("")
    inputs = inputs_of(site)
    records = with_vocabulary(read_records(site, out), site, out)
    free = read_pages(site, out)
    decided, clashes = authority(records, site.taxonomies)
    words = words_of(templates_of(site))
    quoted = SENTENCES in words["entity.html"]
    rules = Rules(site=site, authority=decided, decided=digest(encode(decided)), quoted=quoted)
    gathered = gather(rules, options, ledger, memo, crew, progress)
    records = in_use(records, gathered.filed)
    archive = index(gathered.filed, records, free, site, body)
    used: set[str] = set()
    assets, media = _digests(site, memo, out, used)
    bodies = {record.path: record.body for record in records if record.body.strip()}
    bodies |= {page.path: page.body for page in free if page.body.strip()}
    texts = {path: keep_prose(body, site.base, memo) for path, body in bodies.items()}
    memo.commit()
    planned = plan(
        archive, site, assets, media, texts, gathered.gone, words, indexed=options.search is not None
    )
    planned = planned._replace(basis=stowed(planned.basis))
    own = {problem for found in gathered.problems.values() for problem in found}
    others = {*out.problems, *clashes, *gathered.loose, *archive.problems, *planned.problems}
    return Survey(
        archive=planned.basis.archive,
        plan=planned,
        media=frozenset(media),
        problems=tuple(sorted({*own, *others})),
        rows=gathered.rows,
        own=gathered.problems,
        loose=gathered.loose,
        inputs=inputs,
        rules=rules,
        until=gathered.until,
        used=frozenset({*used, *texts.values()}),
        gone=gathered.gone,
    )


def in_use(records: Sequence[Record], filed: Sequence[Filed]) -> tuple[Record, ...]:
    """All records but those of a packaged vocabulary that no article is filed under, and no tag of the site's
    own stands below."""
    if not any(record.path.startswith(PACKAGED) for record in records):
        return tuple(records)
    used = {naming.entity.slug for one in filed for naming in one.namings if naming.entity.taxonomy == TAGS}
    used |= {slugify(r.broader) for r in records if r.broader and not r.path.startswith(PACKAGED)}
    return tuple(r for r in records if not r.path.startswith(PACKAGED) or r.key.slug in used)


def templates_of(site: Site) -> Templates:
    """The templates of a site."""
    return templates_at(theme_folder(), site.root / "templates", site.words)


def words_of(templates: Templates) -> dict[str, frozenset[str]]:
    """The words that those templates write whose views are costly."""
    return {name: templates.words(name) for name in ("article.html", "entity.html", "tag.html")}


def _digests(
    site: Site, memo: Memo, out: Findings, used: set[str]
) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """The digests of assets by the path of their Copy, and of media and originals by path below content/."""
    assets = {
        **_digest_all(theme_folder() / "assets", THEME, memo, out, used),
        **_digest_all(site.root / "templates" / "assets", "templates/assets/", memo, out, used),
    }
    copied: dict[str, str] = {}
    for name in ("media", "sources"):
        if not refused_folder(site.root, f"content/{name}", out):
            copied |= _digest_all(site.content / name, f"{name}/", memo, out, used)
    return assets, copied


def _digest_all(folder: Path, prefix: str, memo: Memo, out: Findings, used: set[str]) -> dict[str, str]:
    """The digest of every file; one that the memo saw with the very same stamp is not read again. The keys
    under which the memo has them are added to `used`."""
    links: list[str] = []
    unread: dict[str, str] = {}
    files = list_files(folder, links, unread)
    for name, reason in sorted(unread.items()):
        path = visible(f"{folder.parent.name}/{folder.name}/{name}").rstrip("/")
        hint = "mend its rights: what is in it is left out"
        out.problems.append(Problem(path, 0, "E211", f"folder: cannot be read: {reason}", hint))
    for name in sorted(links):
        path = visible(f"{folder.parent.name}/{folder.name}/{name}")
        out.problems.append(
            Problem(path, 0, "W232", "file: a link is not followed", "copy here what it leads to")
        )
    keys = {name: digest("stamp", f"{folder.resolve()}/{name}", *map(str, s)) for name, s in files.items()}
    known = memo.get_many(list(keys.values()))
    used.update(keys.values())
    found: dict[str, str] = {}
    for name, key in keys.items():
        kept = known.get(key)
        try:
            found[prefix + name] = kept.decode() if kept else digest_file(folder / name, files[name].size)
        except OSError as error:
            path = visible(f"{folder.parent.name}/{folder.name}/{name}")
            out.problems.append(Problem(path, 0, "E211", f"file: cannot be read: {error.strerror}"))
            continue
        if not kept:
            memo.put_many([(key, found[prefix + name].encode())])
    return found
