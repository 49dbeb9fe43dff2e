"""What an archive holds already: which articles came from which originals."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple
from zoneinfo import ZoneInfo

from generator.core.frozen import dataclass
from generator.core.model import Value
from generator.core.paths import fold, slugify
from generator.core.problems import Problem
from generator.core.site import Site
from generator.core.web import normal_address
from generator.sources.frontmatter import parse, split, values
from generator.sources.frontmatter.dumping import entry
from generator.sources.importers.base import Imported
from generator.sources.importers.identity import names_of, normal_names
from generator.sources.importers.likeness import signature
from generator.sources.importers.links import addresses_in
from generator.sources.importers.markdown_permalinks import own_address
from generator.sources.importers.newstext_repeats import shingles, words_of_text
from generator.sources.moments import read_moment
from generator.sources.opening import FILE_LIMIT

FOLDERS = ("content/articles", "content/pages", "content/entities")
"""Where imports go."""

SAME_TEXT = 0.5
"""Two originals are versions of one article from this share of common shingles on (the shorter one's)."""

ANY_TEXT = 0.05
"""Two texts with one address, but other headlines and days, are versions from this share on."""

SETTLED = ("duplicate_of", "version_of", "distinct_from")
"""Keys in which an editor says what one article is to another, so that nobody need ask again."""

_SHA256 = re.compile(r"\bsha256:\s*[\"']?([0-9a-f]{64})\b")
_FILE = re.compile(r"\bfile:[ \t]*[\"']?(sources/[^\"'\n\r,}]{1,300})")
_MEDIA = re.compile(r"[\"'(</]media/([^\s\"'()<>]{1,500})")
_SOURCE = re.compile(r"^source:[^\n]*\n(?:[ \t]+[^\n]*\n){1,50}", re.MULTILINE)
_NAME = re.compile(r"^[ \t]+(?:url|id):[ \t]*[\"']?([^\"'\n]{1,2000})", re.MULTILINE)
_LEAST_TEXT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A file of the archive: `path` relative to the site, and what an import must know of it.

    `names` are the normal forms of its original address and its source's ids, `address` where it is in the
    site ("" when that cannot be told), `links` the normal addresses its text links to, `likeness` the
    signature of its text. `sha256` is "" for one that was never imported. `settled` are ids of articles that
    an editor has compared it with.
    """

    path: str
    title: str
    published: str
    file: str  # below content/: "sources/000.txt"
    sha256: str
    url: str = ""
    names: tuple[str, ...] = ()
    importer: str = ""
    imported: str = ""
    captured: str = ""
    updated: str = ""
    address: str = ""
    aliases: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    media: tuple[str, ...] = ()  # pictures it shows, below content/media
    related: tuple[str, ...] = ()  # normal addresses that its related links give
    likeness: bytes = b""
    settled: tuple[str, ...] = ()


class Traits(NamedTuple):
    """What takes time to work out of a text: the signature of its words, and the addresses it links to.

    `written` are keys of its front matter as YAML, where an importer made it.
    """

    likeness: bytes = b""
    links: tuple[str, ...] = ()
    media: tuple[str, ...] = ()
    written: Mapping[str, str] | None = None


def too_long(one: Imported, where: str) -> Problem | None:
    """That a text is longer than a file of content may be (E304), where it is."""
    if len(one.body) * 4 <= FILE_LIMIT or len(one.body.encode("utf-8", "surrogatepass")) <= FILE_LIMIT:
        return None
    return oversized(one, where)


def oversized(one: Imported, where: str) -> Problem:
    """That an article makes a larger file than is read (E304)."""
    title = str(one.front.get("title", ""))[:60]
    message = f"too large for one article: {title!r}, {len(one.body):,} characters of text"
    return Problem(where, 0, "E304", message, f"split it: a file of content has at most {FILE_LIMIT:,} bytes")


def traits_of(one: Imported) -> Traits:
    """The traits of an import; only an article's text is compared with others."""
    found = _traits(one.body, is_article=one.kind == "article")
    return found._replace(
        written={key: entry(key, value) for key, value in one.front.items() if key != "source"}
    )


def _traits(body: str, *, is_article: bool) -> Traits:
    likeness = signature(body) if is_article and len(body) > _LEAST_TEXT else b""
    media = tuple(dict.fromkeys(_MEDIA.findall(body))) if "media/" in body else ()
    return Traits(likeness, addresses_in(body), media)


def known_file(path: str, data: bytes, site: Site) -> Known:
    """What an import must know of a file of the archive.

    A file whose front matter cannot be read still counts by its checksum, so that nothing is imported twice.
    """
    text = data.decode("utf-8", "replace")
    yaml_text, body, _ = split(text)
    document, problems = parse(yaml_text, path, 2)
    front: Mapping[str, Value] = {} if any(p.is_error for p in problems) else values(document)
    if not front:
        found, kept = _SHA256.search(text), _FILE.search(text)
        file, sha256 = kept[1].strip() if kept else "", found[1] if found else ""
        block = _SOURCE.search(text)
        names = normal_names(name.strip() for name in _NAME.findall(block[0])) if block else ()
        return Known(path=path, title="", published="", file=file, sha256=sha256, names=names)
    return known_article(path, front, _traits(body, is_article=path.startswith(f"{FOLDERS[0]}/")), site)


def relinked(known: Known, data: bytes) -> Known:
    """A file of which only the links were written anew: its words are what they were."""
    yaml_text, body, _ = split(data.decode())
    related = known.related
    if related:
        document, _ = parse(yaml_text, known.path, 2)
        related = _related(values(document).get("related"))
    return replace(known, links=addresses_in(body), related=related)


def known_article(path: str, front: Mapping[str, Value], traits: Traits, site: Site) -> Known:
    """What an import must know of an article, a page or a record with this front matter."""
    held = front.get("source")
    source = held if isinstance(held, dict) else {}
    url = _text(source.get("url"))
    settled = [name.removeprefix("content/articles/").removesuffix(".md").strip("/")
               for key in SETTLED if key in front for name in _texts(front[key])]  # fmt: skip
    return Known(
        path=path,
        title=_text(front.get("title")),
        published=_text(front.get("published")),
        file=_text(source.get("file")),
        sha256=_text(source.get("sha256")).lower(),
        url=url,
        names=normal_names((url, *_texts(source.get("id")))),
        importer=_text(source.get("importer")),
        imported=_text(source.get("imported")),
        captured=_text(source.get("captured")),
        updated=_text(front.get("updated")),
        address=_address(path, front, site),
        aliases=_texts(front.get("aliases")),
        links=traits.links,
        media=tuple(dict.fromkeys([*_picture(front.get("image")), *traits.media])),
        related=_related(front.get("related")),
        likeness=traits.likeness,
        settled=tuple(settled),
    )


def _text(value: Value) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def _texts(value: Value) -> tuple[str, ...]:
    return tuple(filter(None, map(_text, value if isinstance(value, list) else [value])))


def _picture(image: Value) -> list[str]:
    src = _text(image.get("src") if isinstance(image, dict) else image).lstrip("/")
    return [src.removeprefix("media/")] if src.startswith("media/") else []


def _related(value: Value) -> tuple[str, ...]:
    items = value if isinstance(value, list) else []
    urls = (each.get("url") if isinstance(each, dict) else each for each in items)
    return tuple(filter(None, (normal_address(url) for url in urls if isinstance(url, str))))


def _address(path: str, front: Mapping[str, Value], site: Site) -> str:
    """Where a file's page is in the site: as the build makes it, for all files that a build would take."""
    kind, _, place = path.removeprefix("content/").removesuffix(".md").partition("/")
    if kind != "articles":
        return f"/{place}/"
    try:
        day = read_moment(_text(front.get("published")), ZoneInfo(site.timezone)).day.isoformat()
    except ValueError:
        return ""
    return own_address(
        site.article_permalink, day, slugify(_text(front.get("slug")) or _text(front.get("title")))
    )


def by_checksum(known: Iterable[Known]) -> dict[str, tuple[Known, ...]]:
    """The files that came from each original."""
    found: dict[str, list[Known]] = {}
    for each in known:
        found.setdefault(each.sha256, []).append(each)
    return {sha256: tuple(files) for sha256, files in found.items() if sha256}


def pair_up(
    made: Sequence[Imported],
    candidates: Sequence[Known],
    bases: Sequence[Imported],
    body_of: Callable[[str], str],
) -> tuple[list[tuple[Imported, Known]], list[Imported]]:
    """The articles of a changed original with the files they belong to, and those that belong to none.

    `bases` are the imports of the earlier original, against which texts are compared; where that is lost,
    `body_of` gives what now stands in a file.
    """
    left = list(candidates)
    pairs: list[tuple[Imported, Known]] = []
    others: list[Imported] = []
    for one in made:
        known = _counterpart(one, left, bases, body_of)
        if known is None:
            others.append(one)
        else:
            left.remove(known)
            pairs.append((one, known))
    return pairs, others


def _counterpart(
    imported: Imported, candidates: Sequence[Known], bases: Sequence[Imported], body_of: Callable[[str], str]
) -> Known | None:
    """The file that an article belongs to: by headline, publication, or its text."""
    title, published = fold(str(imported.front.get("title", ""))), str(imported.front.get("published", ""))
    names = set(names_of(imported))
    # Two that their source tells apart are two, however alike they are.
    candidates = [
        each for each in candidates if not names or not each.names or names.intersection(each.names)
    ]
    for each in candidates:
        if fold(each.title) == title or (published and each.published == published):
            return each
    for each in candidates:
        base = base_of(each, bases)
        same_head = base is not None and (
            fold(str(base.front.get("title", ""))) == title or base.front.get("published") == published
        )
        if same_head or _likeness(base.body if base else body_of(each.path), imported.body) >= SAME_TEXT:
            return each
    return None


def base_of(known: Known, bases: Sequence[Imported]) -> Imported | None:
    """Which article of an earlier original a file was made from."""
    if len(bases) <= 1:
        return bases[0] if bases else None
    if known.names:
        names = set(known.names)
        found = next((base for base in bases if names.intersection(names_of(base))), None)
        if found is not None:
            return found
    for base in bases:
        if fold(str(base.front.get("title", ""))) == fold(known.title):
            return base
    return next((base for base in bases if str(base.front.get("published", "")) == known.published), None)


def is_version(one: Imported, known: Known, body: str) -> bool:
    """Whether an import that shares a name with a file may be a version of it, however much was rewritten.

    Sources give one address to several texts by mistake; then headline, day and text all differ.
    """
    if fold(known.title) == fold(str(one.front.get("title", ""))) or not known.title:
        return True
    if one.kind != "article" or known.published[:10] == str(one.front.get("published", ""))[:10]:
        return True
    return _likeness(body, one.body) >= ANY_TEXT


def _likeness(one: str, other: str) -> float:
    mine, theirs = shingles(words_of_text(one)), shingles(words_of_text(other))
    shorter = min(len(mine), len(theirs))
    return len(mine & theirs) / shorter if shorter else 0.0
