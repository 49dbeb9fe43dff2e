"""Links of an old site within a new one: resolved by the survey of its files, wherever they point."""

import re
from posixpath import normpath
from urllib.parse import quote, unquote, urlsplit

from generator.core.paths import slugify
from generator.sources.importers.base import Media
from generator.sources.importers.markdown_permalinks import joined, key, path_of, stem
from generator.sources.importers.markdown_pictures import INTERNAL, media
from generator.sources.importers.markdown_roots import MARKDOWN
from generator.sources.importers.markdown_survey import Entry, Survey

_FENCE = re.compile(r"^[ \t>]{0,8}(`{3,}|~{3,})", re.MULTILINE)
_CODE_SPAN = re.compile(r"(?<!`)(`{1,3})(?!`)[^\n`]{1,1000}\1(?!`)")
_SEGMENTS = 40


def resolve(url: str, entry: Entry, survey: Survey, files: frozenset[str]) -> tuple[str, Media | None]:
    """Where a link of the old site leads now, and the file to copy when it leads to one of the source.

    What is in the source gets Morgue's address. A page of the old site that is not in the source gets its
    full old address, when that is known, so that it does not break; everything else stays as it was.
    """
    text = url.strip()
    root = entry.root
    internal = INTERNAL.match(text)
    if internal is not None:
        return _internal(internal, text, entry, survey, files)
    try:
        parts = urlsplit(text)
    except ValueError:
        return url, None
    if parts.netloc and not parts.scheme and "." not in parts.netloc:
        # "//2015/03/19/x/" was meant to begin with one slash: no host is called "2015".
        parts = urlsplit("/" + text.lstrip("/"))
    own = parts.netloc.lower() in root.hosts
    if (parts.netloc or parts.scheme) and not (own and parts.scheme in {"http", "https", ""}):
        return url, None
    if not parts.path and not own:
        return url, None
    tail = f"#{parts.fragment}" if parts.fragment else ""
    path = parts.path or "/"
    found = _page(path, entry, survey)
    if found:
        return found + tail, None
    copied = media(path, entry.name, root, files)
    if copied and not copied.name.lower().endswith(MARKDOWN):
        return "/" + quote(copied.target), copied
    query = f"?{parts.query}" if parts.query else ""
    if own or not root.url or text.startswith(("www.", "{")):
        return url, None
    return root.url + joined(root.base + entry.old[0], path) + query + tail, None


def _internal(
    match: re.Match[str], text: str, entry: Entry, survey: Survey, files: frozenset[str]
) -> tuple[str, Media | None]:
    """Where Zola's `@/blog/x.md` leads, and Pelican's `{filename}x.md`, `{static}x.jpg`, `{tag}x`."""
    kind = (match[1] or "").lower()
    path, mark, fragment = text[match.end() :].partition("#")
    folder = entry.root.folder
    if kind == "index":
        return "/", None
    if kind in {"tag", "category"}:
        return f"/tags/{slugify(survey.used.get((folder, slugify(path)), unquote(path)))}/", None
    if kind == "author":
        return f"/authors/{slugify(unquote(path))}/", None
    there = reference(path, entry, survey)
    if there:
        return there + mark + fragment, None
    copied = media(path, entry.name, entry.root, files)
    return ("/" + quote(copied.target), copied) if copied else (text, None)


def reference(target: str, entry: Entry, survey: Survey) -> str:
    """The address of the file that `ref`, `relref`, `link` or `post_url` names; "" when there is none.

    A file is named by its path below the content folder, with or without its suffix, by a path relative to
    the file that names it, or by its own name where only one file has it.
    """
    root = entry.root
    wanted = unquote(target.strip()).strip("/").lower().removeprefix("@/")
    if not wanted or ":" in wanted:
        return ""
    folder = entry.name.rpartition("/")[0]
    for base in (root.content, f"{folder}/" if folder else "", root.folder):
        for ending in ("", *MARKDOWN, "/index.md", "/_index.md"):
            name = normpath(f"{base}{wanted}{ending}")
            if (named := survey.by_path.get(name)) and (there := _address(named, survey)):
                return there
    if "/" not in wanted:
        for ending in ("", *MARKDOWN):
            if len(names := survey.base_names.get((root.folder, wanted + ending), ())) == 1:
                return _address(names[0], survey)
    found = _page("/" + stem(wanted).removesuffix("/_index"), entry, survey)
    return found or root.nowhere


def code_spans(text: str) -> list[tuple[int, int]]:
    """Where fenced blocks and code spans of a text begin and end, in order: no link stands in them."""
    found: list[tuple[int, int]] = []
    opened: re.Match[str] | None = None
    for fence in _FENCE.finditer(text):
        if opened is None:
            opened = fence
        elif fence[1][0] == opened[1][0] and len(fence[1]) >= len(opened[1]):
            found.append((opened.start(), fence.end()))
            opened = None
    if opened is not None:
        found.append((opened.start(), len(text)))
    blocks = list(found)
    at = 0
    for span in _CODE_SPAN.finditer(text):
        while at < len(blocks) and blocks[at][1] <= span.start():
            at += 1
        if at == len(blocks) or span.start() < blocks[at][0]:
            found.append(span.span())
    return sorted(found)


def _page(path: str, entry: Entry, survey: Survey) -> str:
    root = entry.root
    if path.startswith("/"):
        local = path.removeprefix(root.base) if root.base and path.startswith(root.base + "/") else path
    else:
        folder = entry.name.rpartition("/")[0]
        beside = normpath(f"{folder}/{unquote(path)}" if folder else unquote(path)).lower()
        for ending in ("", *MARKDOWN):
            if (named := survey.by_path.get(beside + ending)) and (there := _address(named, survey)):
                return there
        local = joined(entry.old[0], path)
    if local.count("/") > _SEGMENTS:
        return ""
    wanted = key(local)
    if not wanted:
        return "/"
    if owner := survey.owners.get((root.folder, wanted)):
        return _address(owner, survey)
    taxonomy, _, term = wanted.partition("/")
    if taxonomy in {"author", "authors", "contributors"}:
        known = (root.folder, slugify(term)) in survey.bylines if term else bool(survey.bylines)
        return "/authors/" + (f"{slugify(term)}/" if term else "") if known else ""
    if taxonomy in root.taxonomies or taxonomy in {"tag", "category", "topic"}:
        if not term:
            return "/tags/"
        if name := survey.used.get((root.folder, slugify(term))):
            return f"/tags/{slugify(name)}/"
    return ""


def _address(name: str, survey: Survey) -> str:
    """Morgue's address of a file, through redirects; "" when it gets no page."""
    for _ in range(4):
        each = survey.entries[name]
        if each.kind == "redirect":
            path = path_of(each.target) if "//" not in each.target else ""
            owner = survey.owners.get((each.root.folder, key(path))) if path else None
            if owner is None:
                outside = each.root.url + each.target if each.target.startswith("/") else each.target
                return _tag(each, path, survey) or outside
            name = owner
            continue
        return each.address if survey.has_page(name) else ""
    return ""


def _tag(each: Entry, path: str, survey: Survey) -> str:
    taxonomy, _, term = key(path).partition("/")
    found = (
        survey.used.get((each.root.folder, slugify(term)))
        if taxonomy in each.root.taxonomies and term
        else None
    )
    return f"/tags/{slugify(found)}/" if found else ""
