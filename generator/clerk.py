"""Writing what an import made: new articles, and those that a changed original brings up to date."""

import hashlib
from collections.abc import Mapping
from dataclasses import field, replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import PurePosixPath

from generator import __version__
from generator.bases import Bases
from generator.core.frozen import dataclass
from generator.core.model import Value
from generator.core.paths import slugify
from generator.core.problems import Problem
from generator.core.site import Site
from generator.depositing import Depot
from generator.holdings import Holdings
from generator.journal import Journal
from generator.media import MediaShelf
from generator.picturing import Pictures
from generator.sources.frontmatter import Uneditable, parse, split, values
from generator.sources.frontmatter.dumping import ARTICLE_KEYS, RECORD_KEYS
from generator.sources.importers.base import Format, ImportContext, Imported, Original
from generator.sources.importers.bundles import Bundle
from generator.sources.importers.held_pictures import with_held_pictures
from generator.sources.importers.identity import kept_ids
from generator.sources.importers.known import Known, Traits, known_article, known_file, oversized
from generator.sources.importers.links import Places, compared, mended, mended_related
from generator.sources.importers.merge import Merged, merge
from generator.sources.importers.placing import paths_for, saying, with_target
from generator.sources.opening import FILE_LIMIT
from generator.sources.parts import SOURCE_KEYS
from generator.sources.write import article_text

_ENGINES = frozenset({"aliases", "image", "slug", "source"})  # keys of which the archive has the last word


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One original and its format; `path` is its own below content/ when it lies in content/sources.

    `changed` are files that its articles are made of too, and that are other than an earlier import had them;
    `before` is the context as it was then.
    """

    original: Original
    sha256: str
    importer: Format
    context: ImportContext
    bundle: Bundle
    path: str = ""
    changed: tuple[str, ...] = ()
    before: ImportContext


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """An article's file brought up to a changed original, not written yet; None for one that cannot be."""

    known: Known
    merged: Merged | None
    before: bytes = b""
    problems: tuple[Problem, ...] = field(default=())


class Clerk:
    """Writes articles into the site; `texts` are the files whose text is new in this run."""

    def __init__(
        self, site: Site, now: datetime, depot: Depot, holdings: Holdings, bases: Bases, journal: Journal
    ) -> None:
        self.site = site
        self.now = now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        self.depot = depot
        self.media = MediaShelf(depot)
        self.holdings = holdings
        self.bases = bases
        self.journal = journal
        self.pictures = Pictures(depot)
        self.said: dict[bytes, str] = {}
        self.new: dict[str, None] = {}
        self.changed: dict[str, None] = {}
        self._places: Places | None = None

    @property
    def places(self) -> Places:
        """Where the articles were when the import began."""
        if self._places is None:
            self._places = self.holdings.places()
        return self._places

    def add(self, case: Case, one: Imported, file: str, traits: Traits) -> tuple[str, list[Problem]]:
        """Write a new article, page or record; its path, "" when it was not written, and what is wrong."""
        said, given = _said(*saying(one)), one.front
        one, problems = self._with_media(case, one)
        path = next(path for path in paths_for(one) if self.depot.is_free(path) or one.kind == "record")
        if not self.depot.is_free(path):
            message = f"not imported: {path} is there already"
            return "", [Problem(case.original.where, 0, "W340", message, "merge them by hand")]
        front: dict[str, Value] = {**one.front, "source": self._source(case, one, file)}
        if one.kind == "article":
            stem = PurePosixPath(path).stem
            if stem != slugify(str(front.get("title", ""))) or "slug" in front:
                front["slug"] = stem
        order = RECORD_KEYS if one.kind == "record" else ARTICLE_KEYS
        written = {
            key: text
            for key, text in (traits.written or {}).items()
            if key not in _ENGINES and (front[key] is given.get(key) or front[key] == given.get(key))
        }
        data = article_text(front, one.body, order, written).encode()
        if len(data) > FILE_LIMIT:
            return "", [*problems, oversized(one, case.original.where)]
        failed = self.journal.note(path, is_new=True) or self.depot.write(path, data)
        if failed:
            return "", problems + failed
        self.said.setdefault(said, path)
        self.new[path] = None
        self.holdings.add(data, known_article(path, front, traits, self.site))
        return path, problems

    def complete(self, case: Case, one: Imported) -> None:
        """Copy the pictures of an article that an import wrote which was killed before it ended."""
        self._with_media(case, one)

    def measure_left(self) -> None:
        """Look again at the pictures of what a killed import wrote: smaller sizes of them may be missing."""
        for path in self.journal.left:
            known = self.holdings.by_path.get(path)
            for name in known.media if known is not None else ():
                self.pictures.look_at(f"media/{name}")

    def prepare(self, case: Case, one: Imported, known: Known, base: Imported | None, file: str) -> Update:
        """Merge a newer import into an article's file; nothing is written but its pictures."""
        one, problems = self._with_media(case, one)
        if base is None:
            message = "the earlier original is gone, so that nothing but what was missing was added"
            problems.append(Problem(known.path, 0, "W339", message, "compare it with the new original"))
        try:
            text = self.depot.text(known.path)
            merged = merge(
                text,
                self._linked(with_held_pictures(base, known.media), known.url) if base else None,
                self._linked(with_held_pictures(one, known.media), known.url),
                {} if one.partial else self._source(case, one, file),
                lambda block: compared(block, self.places, known.url),
            )
        except (Uneditable, OSError, UnicodeDecodeError) as error:
            reason = str(error) if isinstance(error, Uneditable) else "the file cannot be read"
            message = f"cannot be brought up to date: {reason}"
            problems.append(Problem(known.path, 0, "E338", message, "mend it and import again"))
            return Update(known=known, merged=None, problems=tuple(problems))
        return Update(known=known, merged=merged, before=text.encode(), problems=tuple(problems))

    def write(self, update: Update) -> tuple[str, list[Problem]]:
        """Write what `prepare` merged, and keep the text that was there; where it is kept, "" for nowhere."""
        if update.merged is None:
            return "", []
        path, kept = update.known.path, ""
        problems: list[Problem] = []
        if update.merged.updated:
            day = (update.known.imported or update.known.published)[:10]
            kept, problems = self.depot.keep_version(path, update.before, day)
            self.changed[path] = None
        data = update.merged.text.encode()
        problems += self.journal.note(path, is_new=False) + self.depot.write(path, data)
        self.holdings.add(data, known_file(path, data, self.site))
        return kept, problems

    def just_written(self, known: Known) -> Imported | None:
        """What this run made of a file, as the import that it still is; None in a dry run."""
        try:
            text = self.depot.text(known.path)
        except (OSError, UnicodeDecodeError):
            return None
        one = self.as_import(text, known.path)
        # The slug is the archive's: what a newer version does not say of it must not take it away.
        return replace(one, front={key: value for key, value in one.front.items() if key != "slug"})

    def as_import(self, text: str, path: str) -> Imported:
        """What a file of the archive says, in the form of an import; `path` is what problems call it."""
        yaml_text, body, _ = split(text)
        document, _ = parse(yaml_text, path, 2)
        return Imported(front=values(document), body=body.strip("\n"))

    def twin(self, case: Case, one: Imported, but: str = "") -> str:
        """The file, other than `but`, that says word for word the same already; "" when there is none."""
        if one.kind != "article" or one.partial:
            return ""
        if self.said.get(said := _said(*saying(one)), but) != but:
            return self.said[said]
        for path in paths_for(one):
            if path == but:
                continue
            if self.depot.is_free(path):
                return ""
            known = self.holdings.by_path.get(path)
            if known is not None and (self.depot.says(path, one) or self._once_said(case, known, one)):
                return path
        return ""

    def _once_said(self, case: Case, known: Known, one: Imported) -> bool:
        """Whether a file said the same when it was imported, whatever people have made of it since."""
        if not known.sha256 or known.path in self.holdings.fresh:
            return False
        made = self.bases.all_of(known, case.original, case.importer, case.before) or ()
        return saying(one) in map(saying, made)

    def _linked(self, one: Imported, origin: str) -> Imported:
        """An import with its links to articles that the archive held before as they are written there."""
        front: Mapping[str, Value] = one.front
        if "related" in front:
            front = {**front, "related": mended_related(front["related"], self.places, origin)}
        return replace(one, front=front, body=mended(one.body, self.places, origin))

    def _source(self, case: Case, one: Imported, file: str) -> dict[str, Value]:
        """The whole of `source`: where the original is from, where it is kept, and who read it when."""
        origin = one.front.get("source")
        given: dict[str, Value] = dict(origin) if isinstance(origin, dict) else {}
        ids: list[Value] = [*kept_ids(one)]
        given |= {
            "file": file,
            "sha256": case.sha256,
            "imported": self.now,
            "importer": case.importer.name,
            "version": __version__,
        }
        if ids:
            given["id"] = ids[0] if len(ids) == 1 else ids
        known = {key: given[key] for key in SOURCE_KEYS if key in given}
        return known | {key: value for key, value in given.items() if key not in known}

    def _with_media(self, case: Case, one: Imported) -> tuple[Imported, list[Problem]]:
        problems: list[Problem] = []
        for media in one.media:
            data = case.bundle.fetch(media.name) if media.data is None else media.data
            target, told = self.media.add(media, data, case.original.where)
            problems += told
            if target != media.target:
                one = with_target(one, media.target, target)
            if data is not None and not told:
                one = self.pictures.measure(one, target, data)
        return one, problems


@lru_cache(maxsize=1)
def _said(title: str, published: str, body: str) -> bytes:
    """A digest of what an import says; of the last one it is asked twice."""
    return hashlib.blake2b(
        "\0".join((title, published, body)).encode("utf-8", "surrogatepass"), digest_size=16
    ).digest()
