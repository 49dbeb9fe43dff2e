"""Front matter of Hugo, Jekyll, Zola, Eleventy and Pelican in the contract's keys; the rest as it is."""

from collections.abc import Collection, Mapping
from datetime import datetime

from generator.core.frozen import dataclass
from generator.core.model import Value
from generator.core.paths import address, slugify
from generator.core.problems import Problem
from generator.core.site import Site
from generator.sources.frontmatter.dumping import ARTICLE_KEYS, RECORD_KEYS
from generator.sources.importers.base import Media
from generator.sources.importers.markdown_dates import contract_date, named_date
from generator.sources.importers.markdown_matter import Matter, is_empty, listed, words
from generator.sources.importers.markdown_permalinks import key
from generator.sources.importers.markdown_pictures import media
from generator.sources.importers.markdown_survey import Entry, Survey
from generator.sources.importers.markdown_words import AUTHOR_KEYS, DATE_KEYS, plain
from generator.sources.nodes import Document, Node, Scalar, Series, typed

UPDATED_KEYS = (
    "lastmod",
    "updated",
    "modified",
    "last_modified_at",
    "last_modified",
    "updated_at",
    "lastupdated",
    "date_updated",
    "moddate",
)
SUMMARY_KEYS = ("summary", "description", "excerpt", "deck", "subtitle", "abstract", "lede", "standfirst")
IMAGE_KEYS = (
    "image", "featured_image", "primary_image", "cover", "hero_image", "header_image", "thumbnail",
    "og_image", "feature_image", "banner", "images", "featuredimage",
)  # fmt: skip
_IMAGE_PARTS = {
    "src": ("src", "url", "path", "image", "file", "uid", "filename", "name"),
    "alt": ("alt", "image_alt", "alttext", "alt_text"),
    "caption": ("caption", "image_caption", "image_figcaption", "figcaption", "title"),
    "credit": ("credit", "image_credit", "attribution"),
    "taken": ("taken",),
}
_PAGE_KEYS = ("title", "summary", "aliases")
_LANGUAGES = ("language", "lang", "locale", "languagecode")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapped:
    """The contract's front matter of one file, the fate of each of its keys, and pictures to copy."""

    front: Mapping[str, Value]
    fates: Mapping[str, str]
    media: tuple[Media, ...]
    problems: tuple[Problem, ...]


def map_front(
    matter: Matter, entry: Entry, survey: Survey, site: Site, files: frozenset[str], where: str, now: datetime
) -> Mapped:
    """The front matter of an article; every key of the original is in it, under its own name if it is no
    key of the contract's, under `original_…` if the contract means something else by it."""
    work = _Mapping(matter, entry, survey, site, files, where)
    work.title()
    work.dates(now)
    work.slug()
    work.language()
    work.people()
    work.summary()
    work.image()
    work.names()
    work.source()
    work.status()
    work.aliases()
    work.rest((*ARTICLE_KEYS, *(taxonomy.key for taxonomy in site.taxonomies)))
    return Mapped(front=work.front, fates=work.fates, media=tuple(work.media), problems=tuple(work.problems))


def map_page(
    matter: Matter, entry: Entry, survey: Survey, site: Site, files: frozenset[str], where: str
) -> Mapped:
    """The front matter of a free page: title, summary and aliases; all other keys as they are."""
    work = _Mapping(matter, entry, survey, site, files, where)
    work.title()
    work.summary()
    work.aliases()
    work.rest(_PAGE_KEYS)
    return Mapped(front=work.front, fates=work.fates, media=(), problems=tuple(work.problems))


def map_record(
    matter: Matter, entry: Entry, survey: Survey, site: Site, files: frozenset[str], where: str
) -> Mapped:
    """The front matter of an authority record: name and description; all other keys as they are."""
    work = _Mapping(matter, entry, survey, site, files, where)
    work.front["name"] = entry.title
    for name in ("title", "display_name", "name"):
        if plain(matter.text(name)) == entry.title:
            work.mark(name, "name")
    for name in ("description", "summary", "deck", "bio"):
        if text := plain(matter.text(name)):
            work.front["description"] = text
            work.mark(name, "description")
            break
    work.rest(RECORD_KEYS)
    return Mapped(front=work.front, fates=work.fates, media=(), problems=tuple(work.problems))


class _Mapping:
    def __init__(
        self, matter: Matter, entry: Entry, survey: Survey, site: Site, files: frozenset[str], where: str
    ) -> None:
        self.matter, self.entry, self.survey, self.site = matter, entry, survey, site
        self.files, self.where = files, where
        self.front: dict[str, Value] = {}
        self.fates: dict[str, str] = {}
        self.media: list[Media] = []
        self.problems: list[Problem] = []

    def mark(self, name: str, fate: str) -> None:
        """Note what became of a key, by its name in lower case."""
        if found := self.matter.field(name):
            self.fates.setdefault(found.name, fate)

    def tell(self, code: str, name: str, message: str, hint: str = "") -> None:
        found = self.matter.field(name) if name else None
        self.problems.append(Problem(self.where, found.line if found else 0, code, message, hint))

    def first(self, names: tuple[str, ...]) -> str:
        """The first of these keys that has a value, "" for none."""
        return next((name for name in names if self.matter.field(name)), "")

    def title(self) -> None:
        self.front["title"] = self.entry.title
        for name in ("title", "headline"):
            if self.matter.text(name):
                self.mark(name, "title")
                return
        if plain(self.entry.title) not in plain(self.matter.body[:4_000]):
            self.tell("W343", "", f"no title: taken from the file's name, {self.entry.title!r}")

    def dates(self, now: datetime) -> None:
        written = ""
        for name in DATE_KEYS:
            text = self.matter.text(name)
            if not text or text.lower() in {"true", "false"}:
                continue
            try:
                written = contract_date(text)
            except ValueError:
                self.tell(
                    "W344", name, f"{name}: not a date: {text[:60]!r}", "expected e.g. 2021-04-13T11:34"
                )
                continue
            self.mark(name, "published")
            break
        else:
            written = named_date(self.entry.name.rpartition("/")[2]) or self.entry.day
        self.front["published"] = written
        if written[:10] > now.date().isoformat():
            self.tell("W351", self.first(DATE_KEYS), f"published: {written[:10]} is in the future")
        name = self.first(UPDATED_KEYS)
        if name:
            try:
                self.front["updated"] = contract_date(self.matter.text(name))
                self.mark(name, "updated")
            except ValueError:
                self.tell("W344", name, f"{name}: not a date: {self.matter.text(name)[:60]!r}")

    def slug(self) -> None:
        self.mark("slug", "slug")
        if self.entry.slug != slugify(self.entry.title):
            self.front["slug"] = self.entry.slug

    def language(self) -> None:
        name = self.first(_LANGUAGES)
        if text := self.matter.text(name) if name else "":
            self.front["language"] = text.replace("_", "-")
            self.mark(name, "language")

    def people(self) -> None:
        name = self.first(AUTHOR_KEYS)
        found = self.matter.field(name) if name else None
        if found is not None:
            names = [self.person(each) for text in listed(found.node) for each in _several(text, found.node)]
            if names:
                self.front["authors"] = list(dict.fromkeys(names))
                self.mark(name, "authors")

    def person(self, text: str) -> str:
        return plain(self.survey.people.get((self.entry.root.folder, slugify(text)), text))

    def summary(self) -> None:
        for name in SUMMARY_KEYS:
            if text := plain(self.matter.text(name)):
                self.front.setdefault("summary", text)
                if self.front["summary"] == text:
                    self.mark(name, "summary")

    def image(self) -> None:
        name = self.first(IMAGE_KEYS)
        found = self.matter.field(name) if name else None
        node = found.node if found else None
        if isinstance(node, Series) and node.items:
            node = node.items[0]
        parts: dict[str, str] = {}
        inner = node if isinstance(node, Document) else Document()
        for part, keys in _IMAGE_PARTS.items():
            own = next((words(n) for k in keys if (n := inner.node(k)) is not None and words(n)), "")
            beside = next((k for k in keys if k.startswith("image_") and self.matter.text(k)), "")
            if text := own or (self.matter.text(beside) if beside else ""):
                parts[part] = text if part == "src" else plain(text)
                if beside and not own:
                    self.mark(beside, f"image.{part}")
        if isinstance(node, Scalar):
            parts["src"] = words(node)
        src = self.source_of(parts.pop("src", ""), name)
        if src:
            parts = {"src": src} | parts
            self.mark(name, "image")
        elif parts and name and isinstance(node, Document):
            self.fates.setdefault(found.name if found else name, "image")
            self.front[f"original_{name}"] = typed(found.node) if found else None
        if parts:
            self.front["image"] = dict(parts)

    def source_of(self, src: str, name: str) -> str:
        """An image's address or its path below content/, "" when the source does not hold it."""
        if not src:
            return ""
        if found := media(src, self.entry.name, self.entry.root, self.files):
            self.media.append(found)
            return found.target
        if src.startswith(("http://", "https://")):
            return src
        self.tell(
            "W347", name, f"{name}: the picture is not in the source: {src[:120]!r}", "its path is kept"
        )
        return ""

    def names(self) -> None:
        folder = self.entry.root.folder
        tags = [plain(self.survey.titles.get((folder, slugify(each)), each)) for each in self.entry.terms]
        if tags:
            self.front["tags"] = list(dict.fromkeys(tags))
        for name in (*self.entry.root.taxonomies, "tag", "category", "topic"):
            own = name != "tags" and name in {each.key for each in self.site.taxonomies}
            if name not in AUTHOR_KEYS and not own and self.matter.texts(name):
                self.mark(name, "tags")
        for taxonomy in self.site.taxonomies:
            if taxonomy.key not in self.front and (given := self.matter.texts(taxonomy.key)):
                self.front[taxonomy.key] = list(dict.fromkeys(given))
                self.mark(taxonomy.key, taxonomy.key)

    def source(self) -> None:
        publisher, url = (
            self.matter.text("source", "publisher"),
            self.matter.text("source_url", "canonical", "canonical_url", "original_url"),
        )
        source: dict[str, Value] = {}
        if publisher and "//" not in publisher:
            source["publisher"] = self.survey.publishers.get(
                (self.entry.root.folder, slugify(publisher)), publisher
            )
            self.mark("source", "source.publisher")
        if url.startswith(("http://", "https://")):
            source["url"] = url
            for name in ("source_url", "canonical", "canonical_url", "original_url"):
                if self.matter.text(name) == url:
                    self.mark(name, "source.url")
        if source:
            self.front["source"] = source

    def status(self) -> None:
        draft = (
            self.matter.text("draft").lower() == "true" or self.matter.text("published").lower() == "false"
        )
        draft = (
            draft
            or self.matter.text("status").lower() in {"draft", "hidden"}
            or "_drafts/" in f"/{self.entry.name}"
        )
        if draft:
            self.front["status"] = "draft"
        for name in ("draft", "status"):
            if self.matter.text(name).lower() in {"true", "false", "draft", "published", "hidden"}:
                self.mark(name, "status")
        if self.matter.text("published").lower() in {"true", "false"}:
            self.mark("published", "status")

    def aliases(self) -> None:
        kept: list[Value] = []
        told = {self.entry.address.lower()}
        for old in self.entry.old:
            owner = self.survey.owners.get((self.entry.root.folder, key(old)), self.entry.name)
            # File systems that fold case hold "/A/" and "/a/" as one; "/a.html" is a file of its own.
            if owner != self.entry.name or not key(old) or old.lower() in told:
                continue
            told.add(old.lower())
            try:
                kept.append(address(old))
            except ValueError:
                self.tell("W350", "", f"aliases: the old address cannot be kept: {old[:120]!r}")
        if kept:
            self.front["aliases"] = kept
        for name in ("aliases", "redirect_from", "url", "permalink", "formerly"):
            self.mark(name, "aliases")

    def rest(self, taken: Collection[str]) -> None:
        """Everything else, as it was written; `taken` are the keys that the contract has a meaning for."""
        for written, found in self.matter.document.items():
            if written in self.fates:
                continue
            if is_empty(found.node):
                self.fates[written] = "left out"
                continue
            kept = f"original_{written}" if written in taken else written
            if kept not in self.front:
                self.front[kept] = typed(found.node)
            self.fates[written] = kept


def _several(text: str, node: Node) -> list[str]:
    """The names in one text: "A; B" and "A, B" where no list was given (but "Roe, Jane" is one)."""
    if isinstance(node, Series):
        return [text]
    parts = [part.strip() for part in text.replace(" and ", ",").replace(";", ",").split(",") if part.strip()]
    if len(parts) == 2 and "," in text and " " not in parts[0]:
        return [text]
    return parts or [text]
