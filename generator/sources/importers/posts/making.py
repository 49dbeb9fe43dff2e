"""From a post of any publishing system to the article, page or draft that it becomes."""

import re
from datetime import UTC
from html import escape
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from generator.core.model import Value
from generator.core.paths import address, slugify
from generator.core.problems import Problem
from generator.sources.importers.base import Dropped, ImportContext, Imported, Media
from generator.sources.importers.html import Converted, Picture, html_to_markdown
from generator.sources.importers.markdown_permalinks import own_address
from generator.sources.importers.posts.files import Files, files_of, same_picture
from generator.sources.importers.posts.moments import is_later
from generator.sources.importers.posts.post import Post
from generator.sources.importers.posts.words import clean, first_words, names, plain

NAMES_LIMIT = 200
"""The most tags, and the most authors, of one article that are taken over."""

_FIGURE = re.compile(r"<figure><img src=\"([^\"]{1,4000})\"[^<>]{0,5000}>.{0,5000}</figure>|"
                     r"\[?!\[[^\[\]]{0,2000}\]\(([^()\s]{1,4000})\)(?:\]\([^()\s]{1,4000}\))?")  # fmt: skip
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")


class Made(NamedTuple):
    """What a post became; `remote` counts the pictures it shows that are not in the export."""

    imported: Imported
    problems: tuple[Problem, ...] = ()
    remote: int = 0


def made_of(post: Post, context: ImportContext, where: str, line: int = 0) -> Made:
    """The article or page that a post becomes, and what is odd about it; `line` is where it begins.

    A post without a date becomes a draft of the day of the import, one without a headline is headed by its
    first words. Nothing in a post raises.
    """
    files = files_of(context)
    title = plain(post.title)
    converted = html_to_markdown(post.html, address=post.url, title=title)
    body, media = files.localised(converted.markdown)
    image, body = _lead(post.image, converted, body)
    problems: list[Problem] = []
    if not title:
        title, body = _headed(body)
        title = title or (image.alt or image.caption if image else "") or "Untitled"
        problems.append(Problem(where, line, "W372", f"no headline: headed by its first words, {title!r}"))
    picture = files.find(image.src) if image else None
    more = (*media, picture) if picture else media
    work = _Front(post, context, where, line)
    front = work.front(title, _image(image, picture))
    if post.kind == "page":
        front = {key: front[key] for key in ("title", "summary", "aliases", "source") if key in front}
    made = Imported(
        front={**front, **{key: _cleaned(value) for key, value in post.fields.items() if key not in front}},
        body=body,
        kind=post.kind,
        place=post.place,
        slug=slugify(post.slug) if post.slug else "",
        media=tuple(dict.fromkeys(more)),
        identity=tuple(dict.fromkeys(filter(None, map(clean, (post.url, *post.ids))))),
        dropped=_together((*converted.dropped, *post.dropped)),
        recall=converted.recall,
    )
    return Made(made, (*problems, *work.problems), _remote(converted, image, files))


def remote_problem(where: str, count: int, has_files: bool) -> tuple[Problem, ...]:
    """That so many pictures of a source stay where they were; nothing where there are none."""
    if not count:
        return ()
    message = f"{count:,} pictures are not in the export" if count > 1 else "a picture is not in the export"
    hint = (
        "add what is missing to the folder, and import it again" if has_files
        else "import the folder that holds the export and its pictures"
    )  # fmt: skip
    stay = "they are shown from their old addresses" if count > 1 else "it is shown from its old address"
    return (Problem(where, 0, "W374", f"{message}: {stay}", hint),)


class _Front:
    """The front matter of one post being made."""

    def __init__(self, post: Post, context: ImportContext, where: str, line: int) -> None:
        self.post = post
        self.context = context
        self.where = where
        self.line = line
        self.problems: list[Problem] = []

    def tell(self, code: str, message: str, hint: str = "") -> None:
        self.problems.append(Problem(self.where, self.line, code, message, hint))

    def front(self, title: str, image: dict[str, Value]) -> dict[str, Value]:
        post = self.post
        published, status = self._published(title)
        authors: list[Value] = list(names(post.authors)[:NAMES_LIMIT])
        tags: list[Value] = list(names(post.tags)[:NAMES_LIMIT])
        origin: dict[str, Value] = {"publisher": plain(post.publisher), "url": _kept_url(post.url)}
        language = post.language if _LANGUAGE.fullmatch(post.language) else ""
        same = language.lower().partition("-")[0] == self.context.site.language.lower().partition("-")[0]
        found: dict[str, Value] = {
            "title": title,
            "published": published,
            "updated": post.updated if is_later(post.updated, published) else "",
            "language": "" if same else language,
            "authors": authors,
            "summary": plain(post.summary),
            "image": image,
            "tags": tags,
            "source": {key: value for key, value in origin.items() if value},
            "status": status,
            "embargo": post.embargo,
            "aliases": self._aliases(title, published),
        }
        return {key: value for key, value in found.items() if value}

    def _published(self, title: str) -> tuple[str, str]:
        post, now = self.post, self.context.now
        if not post.published:
            if post.kind == "page":
                return "", post.status
            day = now.astimezone(UTC).date().isoformat()
            if post.status != "draft":
                hint = "write `published`, and take `status: draft` away"
                self.tell("W379", f"no date: kept as a draft of today: {title[:60]!r}", hint)
            return day, "draft"
        if not post.status and post.published[:10] > now.date().isoformat():
            self.tell("W351", f"published: {post.published[:10]} is in the future")
        return post.published, post.status

    def _aliases(self, title: str, published: str) -> list[Value]:
        """The old addresses, but for the one that the article has anyhow."""
        post = self.post
        own = f"/{post.place}/"
        if post.kind == "article":
            slug = slugify(post.slug or title)
            own = own_address(self.context.site.article_permalink, published, slug)
        told = {own.rstrip("/").lower()}
        kept: list[Value] = []
        for old in post.old:
            path = old_path(old)
            if not path or path.rstrip("/").lower() in told:
                continue
            told.add(path.rstrip("/").lower())
            try:
                kept.append(address(path))
            except ValueError:
                self.tell("W350", f"aliases: the old address cannot be kept: {old[:120]!r}")
        return kept


def old_path(url: str) -> str:
    """The path of an old address, starting with a slash; "" for a front page, or one that a query tells."""
    try:
        parts = urlsplit(url.strip())
        path = unquote(parts.path, errors="strict")
    except ValueError:
        return ""
    if parts.query or not path.strip("/"):
        return ""
    path = "/" + path.lstrip("/")
    return path if path.endswith("/") or "." in path.rpartition("/")[2] else f"{path}/"


def absolute(url: str, base: str) -> str:
    """An address of a post made absolute where that of its site is known."""
    try:
        return urljoin(base, url.strip()) if base else url.strip()
    except ValueError:
        return ""


def _cleaned(value: Value) -> Value:
    if isinstance(value, list):
        return [_cleaned(each) for each in value]
    if isinstance(value, dict):
        return {clean(key): _cleaned(each) for key, each in value.items()}
    return clean(value) if isinstance(value, str) else value


def _kept_url(url: str) -> str:
    """An address that front matter takes: http(s) with a host."""
    url = clean(url)
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in {"http", "https"} and parts.netloc and " " not in url else ""


def _image(image: Picture | None, file: Media | None) -> dict[str, Value]:
    if image is None:
        return {}
    src = file.target if file else _kept_url(image.src)
    parts = {
        "src": src,
        "alt": plain(image.alt),
        "caption": plain(image.caption),
        "credit": plain(image.credit),
    }
    return {key: value for key, value in parts.items() if value}


def _headed(body: str) -> tuple[str, str]:
    """The first words of a text, to head it, and the text without a first crosshead that says just these."""
    title = first_words(body)
    block, _, rest = body.partition("\n\n")
    return title, rest if block.startswith("#") and block.lstrip("# ") == title else body


def _lead(image: Picture | None, converted: Converted, body: str) -> tuple[Picture | None, str]:
    """The lead picture, and the text without it where the text begins with the same one.

    What the text says under it goes with the picture.
    """
    if image is None or not converted.pictures or not same_picture(image.src, converted.pictures[0].src):
        return image, body
    block, _, rest = body.partition("\n\n")
    first = converted.pictures[0]
    if not _FIGURE.fullmatch(block) or any(
        mine and theirs and plain(mine) != theirs
        for mine, theirs in ((image.caption, first.caption), (image.credit, first.credit))
    ):
        return image, body
    merged = Picture(
        src=image.src, alt=image.alt or first.alt, caption=image.caption or first.caption,
        credit=image.credit or first.credit,
    )  # fmt: skip
    return merged, rest


def _remote(converted: Converted, image: Picture | None, files: Files) -> int:
    """How many pictures a post shows that did not come with the export."""
    shown = {each.src for each in (*converted.pictures, *([image] if image else []))}
    return sum(src.startswith(("http:", "https:", "/")) and files.find(src) is None for src in shown)


def _together(dropped: tuple[Dropped, ...]) -> tuple[Dropped, ...]:
    counts: dict[tuple[str, str], int] = {}
    for what, reason, count in dropped:
        counts[(what, reason)] = counts.get((what, reason), 0) + count
    return tuple(Dropped(what, reason, count) for (what, reason), count in counts.items())


def figure_html(picture: Picture) -> str:
    """A picture with its caption as HTML."""
    shown = f'<img src="{escape(picture.src)}" alt="{escape(picture.alt)}">'
    return f"<figure>{shown}<figcaption>{picture.caption}</figcaption></figure>" if picture.caption else shown
