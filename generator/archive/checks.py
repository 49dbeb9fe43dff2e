"""What is wrong with an archive as a whole: links that lead nowhere, stories that stand twice."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import NamedTuple

from generator.archive.headlines import normal_form
from generator.archive.index import headlines_of
from generator.archive.named import Unresolved, named_links
from generator.archive.targets import places, target
from generator.core.archive import Archive, Filed
from generator.core.paths import Address, ArticleId
from generator.core.problems import Problem
from generator.core.site import Site

Anchors = Callable[[str], Collection[str]]
"""All ids in the text whose leaf is kept under a key."""

_TOLD = 5
_OF_THE_PAGE = re.compile(r"[nr][0-9]+$|:~:")


def check(
    archive: Archive,
    addresses: Collection[Address],
    media: Collection[str],
    site: Site,
    anchors: Anchors,
) -> tuple[Problem, ...]:
    """Everything in the articles that an editor should look at and that only the whole archive shows.

    `addresses` are those of all pages and files of the built site, `media` the files below content/
    ("media/x.jpg"); `anchors` gives all ids in the text that is kept as a leaf under a key. Each problem
    names the article's file and the line where the mistake is written, or the first of its text where that
    is not known. Names and records are checked where they are read.
    """
    known = _known(archive, addresses, media, anchors)
    problems: list[Problem] = []
    for filed in archive.filed.values():
        problems += _links(filed, known, site)
        problems += _picture(filed, known)
        problems += _original(filed, known)
        problems += _dates(filed)
    problems += _unresolved(archive, site)
    problems += _twice(archive)
    return tuple(sorted(set(problems)))


class _Known(NamedTuple):
    """What a link may lead to. `by_name` gives for the last part of an address the pages that share it."""

    addresses: frozenset[str]
    media: frozenset[str]
    articles: Mapping[str, Filed]
    by_name: Mapping[str, tuple[str, ...]]
    anchors: Anchors


def _known(
    archive: Archive, addresses: Collection[Address], media: Collection[str], anchors: Anchors
) -> _Known:
    by_name: dict[str, tuple[str, ...]] = {}
    for one in sorted(addresses):
        name = one.rstrip("/").rpartition("/")[2]
        by_name[name] = (*by_name.get(name, ())[:1], one)
    articles: dict[str, Filed] = {one.address: one for one in archive.filed.values()}
    return _Known(frozenset(addresses), frozenset(media), articles, by_name, anchors)


def _links(filed: Filed, known: _Known, site: Site) -> Iterator[Problem]:
    article = filed.article
    lines = filed.link_lines or (0,) * len(filed.links)
    for url, line in zip(filed.links, lines, strict=True):
        found = target(url, filed.address, site)
        if found is None or found.address[1:] in known.media:
            continue
        path, place = found.address, line or article.body_line
        landing = next((p for p in (path, path.rstrip("/") + "/") if p in known.addresses), None)
        if landing is None and path.startswith("/media/"):
            message, hint = f"file not found: {url}", f"expected content{path}"
            yield Problem(article.path, place, "W502", message, hint)
        elif landing is None:
            name = path.rstrip("/").rpartition("/")[2]
            alike = known.by_name.get(name, ()) if name else ()
            hint = f"did you mean {alike[0]}?" if len(alike) == 1 else ""
            yield Problem(article.path, place, "W503", f"link to no page of the site: {url}", hint)
        elif (
            found.anchor
            and _lacks(there := known.articles.get(landing), found.anchor, known.anchors)
            and there
        ):
            where = "this article" if there is filed else there.article.path
            message = f"link to no place in its page: {url}"
            yield Problem(article.path, place, "W504", message, f'{where} has no "{found.anchor}"')


def _lacks(there: Filed | None, anchor: str, anchors: Anchors) -> bool:
    if there is None or _OF_THE_PAGE.match(anchor):
        return False
    return anchor not in anchors(there.leaf)


def _picture(filed: Filed, known: _Known) -> Iterator[Problem]:
    article, image = filed.article, filed.article.image
    if image is None or not image.src:
        return
    line = article.lines.get("image", 0)
    path = image.src.removeprefix("/")
    if "://" not in image.src and not image.src.startswith("//") and path not in known.media:
        message, hint = f"image: file not found: {image.src}", f"expected content/{path}"
        yield Problem(article.path, line, "W502", message, hint)
    if not image.alt:
        yield Problem(article.path, line, "W505", "image: no alt text", "say in alt: what the picture shows")


def _original(filed: Filed, known: _Known) -> Iterator[Problem]:
    source = filed.article.source
    if source is not None and source.file and source.file not in known.media:
        line = filed.article.lines.get("source", 0)
        message, hint = f"source: file not found: {source.file}", f"expected content/{source.file}"
        yield Problem(filed.article.path, line, "W502", message, hint)


def _dates(filed: Filed) -> Iterator[Problem]:
    article = filed.article
    updated, published = article.updated, article.published
    if updated is None:
        return
    timed = updated.has_time and published.has_time
    if updated.at < published.at if timed else updated.day < published.day:
        line = article.lines.get("updated", 0)
        message = f"updated: {updated.iso} is before published: {published.iso}"
        yield Problem(article.path, line, "W506", message, "one of the two is wrong")


def _unresolved(archive: Archive, site: Site) -> Iterator[Problem]:
    where, headlines = places(archive.filed, archive.aliases), headlines_of(archive.filed)
    for filed in archive.filed.values():
        if not filed.article.related and not filed.in_place:
            continue
        for missing in named_links(filed, where, headlines, site).unresolved:
            yield _missing(filed, missing, archive)


def _missing(filed: Filed, missing: Unresolved, archive: Archive) -> Problem:
    path, line, written = filed.article.path, missing.line or filed.article.body_line, missing.written
    if missing.by_id:
        message, hint = f"related: no article {written}", "expected e.g. 2021/04/some-slug"
        return Problem(path, line, "W507", message, hint)
    if missing.candidates:
        told = [archive.filed[i].article.path for i in missing.candidates[:_TOLD]]
        more = len(missing.candidates) - len(told)
        hint = ", ".join(told) + (f" and {more} more" if more else "") + ": say in article: which"
        return Problem(path, line, "W508", f'related: "{written}" could be several articles', hint)
    message = f'related: no article in the archive is headed "{written}"'
    return Problem(path, line, "W509", message, "shown as plain text")


def _twice(archive: Archive) -> Iterator[Problem]:
    """Articles that are there before: of the same text, from the same original, or same headline and day."""
    told: set[ArticleId] = set()
    kinds = (
        ("source: the same original as", lambda f: f.article.source.origin if f.article.source else ()),
        ("the same text as", lambda f: f.text_digest if f.words else ""),
        (
            "title: the same headline and day as",
            lambda f: (form, f.article.published.day) if (form := normal_form(f.article.title)) else "",
        ),
    )
    in_order = sorted(archive.filed.values(), key=lambda f: f.article.path)
    for message, key_of in kinds:
        first: dict[object, Filed] = {}
        for filed in in_order:
            key = key_of(filed)
            if not key:
                continue
            earlier = first.setdefault(key, filed)
            if earlier is not filed and filed.article.id not in told:
                told.add(filed.article.id)
                line = filed.article.lines.get(message.partition(":")[0], 0)
                hint = "keep one, and list the other's address in its aliases"
                yield Problem(filed.article.path, line, "W510", f"{message} {earlier.article.path}", hint)
