"""The site that Markdown files come from: which generator it was for, and what its configuration says.

Configuration is read, never run: of a script (eleventy.config.js, pelicanconf.py) no more is known than the
constants of text that stand in Pelican's.
"""

import ast
from collections.abc import Mapping
from dataclasses import field
from pathlib import PurePosixPath
from typing import Literal
from urllib.parse import urlsplit

from generator.core.frozen import dataclass
from generator.core.model import Value
from generator.core.problems import Problem
from generator.sources.importers.base import ImportContext
from generator.sources.importers.markdown_matter import read_data
from generator.sources.importers.restructured import SUFFIX
from generator.sources.nodes import values

Dialect = Literal["hugo", "zola", "jekyll", "eleventy", "pelican", ""]

MARKDOWN = (".md", ".markdown", ".mkd", ".mdown", SUFFIX)
"""How the names of Markdown files end, and of those that are read as Markdown."""

CONSTANTS_LIMIT = 100_000
"""The most bytes of a script whose constants are read."""

_CONFIG: dict[str, Dialect] = {
    "hugo.toml": "hugo", "hugo.yaml": "hugo", "hugo.yml": "hugo", "hugo.json": "hugo",
    "config.toml": "hugo", "config.yaml": "hugo", "config.yml": "hugo", "config.json": "hugo",
    "zola.toml": "zola", "_config.yml": "jekyll", "_config.yaml": "jekyll", "_config.toml": "jekyll",
    ".eleventy.js": "eleventy", "eleventy.config.js": "eleventy", "eleventy.config.mjs": "eleventy",
    "pelicanconf.py": "pelican",
}  # fmt: skip
_DATA = ("_data", "data", "src/_data")
_SITE_DATA = ("site", "metadata", "meta")
_AUTHOR_DATA = ("authors", "team", "people")
_FORMATS = ("yaml", "yml", "json", "toml")
_TAXONOMIES = ("tags", "categories", "topics", "keywords", "authors", "contributors")
_PRETTY = {
    "pretty": "/:categories/:year/:month/:day/:title/",
    "date": "/:categories/:year/:month/:day/:title.html",
    "ordinal": "/:categories/:year/:y_day/:title.html",
    "weekdate": "/:categories/:year/W:week/:short_day/:title.html",
    "none": "/:categories/:title.html",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Root:
    """One site within the source. `folder` is where it begins ("" or "digitalgov/"), `content` where its
    content does ("digitalgov/content/"); both end with a slash unless empty.

    `hosts` are the names its pages were served under, lower case; `url` the address links to pages that are
    not in the source lead to ("https://example.org", no slash at the end) or ""; `base` the path before all
    its addresses ("/blog" or ""). `permalinks` maps a section to Hugo's pattern; "" is the pattern of all
    posts. `taxonomies` are the front-matter keys that file, `authors` the names that bylines mean.
    `nowhere` is where the old site sent links to pages that it could not find.
    """

    folder: str = ""
    content: str = ""
    dialect: Dialect = ""
    hosts: frozenset[str] = frozenset()
    url: str = ""
    base: str = ""
    permalinks: Mapping[str, str] = field(default_factory=dict)
    taxonomies: tuple[str, ...] = _TAXONOMIES
    authors: Mapping[str, str] = field(default_factory=dict)
    nowhere: str = ""


def roots(context: ImportContext) -> tuple[tuple[Root, ...], tuple[Problem, ...]]:
    """The sites in the source, the deepest folder first, and what of their configuration could not be read.

    There is always one at "": it holds the files that belong to no other.
    """
    files = frozenset(context.files)
    folders: dict[str, set[str]] = {"": set()}
    for name in sorted(files):
        parts = PurePosixPath(name).parts
        for at, part in enumerate(parts[:-1]):
            if part in {"content", "_posts", "_data"} and not any(
                p in {"content", "_posts"} for p in parts[:at]
            ):
                folders.setdefault(_joined(parts[:at]), set())
        if parts and parts[-1] in _CONFIG and "content" not in parts:
            above = parts[:-3] if parts[-3:-1] == ("config", "_default") else parts[:-1]
            folders.setdefault(_joined(above), set()).add(name)
    found: list[Root] = []
    problems: list[Problem] = []
    for folder in sorted(folders, key=lambda f: (-f.count("/"), f)):
        root, told = _root(folder, sorted(folders[folder]), files, context)
        found.append(root)
        problems += told
    return tuple(found), tuple(problems)


def root_of(name: str, known: tuple[Root, ...]) -> Root:
    """The site that a file belongs to."""
    return next(root for root in known if name.startswith(root.folder))


def _root(
    folder: str, configs: list[str], files: frozenset[str], context: ImportContext
) -> tuple[Root, list[Problem]]:
    problems: list[Problem] = []
    settings: dict[str, Value] = {}
    dialect: Dialect = ""
    for name in configs:
        dialect = dialect or _CONFIG[name.rpartition("/")[2]]
        if name.endswith(".py"):
            settings = _constants(context.fetch(name) or b"") | settings
        elif not name.endswith((".js", ".mjs")):
            settings = _data(name, context, problems) | settings
    if "base_url" in settings and dialect == "hugo":
        dialect = "zola"
    for extra in ("permalinks", "taxonomies"):
        for kind in _FORMATS:
            if (name := f"{folder}config/_default/{extra}.{kind}") in files:
                inner = _data(name, context, problems)
                settings.setdefault(extra, inner.get(extra, inner))
    url = next(
        (u for key in ("baseurl", "base_url", "url", "siteurl") if "//" in (u := _text(settings, key))), ""
    )
    if not url:
        url = _site_data(folder, files, context, problems)
    scheme, host, path = _parts(url)
    base = (_text(settings, "baseurl") if dialect == "jekyll" else "") or path
    inner_folder = _text(settings, "contentdir").strip("/") or "content"
    content = f"{folder}{inner_folder}/"
    return Root(
        folder=folder,
        content=content if any(name.startswith(content) for name in files) else folder,
        dialect=dialect,
        hosts=frozenset({host, "www." + host, host.removeprefix("www.")} if host else ()),
        url=f"{scheme}://{host}" if host else "",
        base="/" + base.strip("/") if base.strip("/") and "//" not in base else "",
        permalinks=_permalinks(settings, dialect),
        taxonomies=_taxonomies(settings),
        authors=_authors(folder, files, context, problems),
        nowhere=_text(settings, "reflinksnotfoundurl"),
    ), problems


def _parts(url: str) -> tuple[str, str, str]:
    """Scheme, host in lower case and path of an address; three times "" for what is none."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "", "", ""
    return parts.scheme, parts.netloc.lower(), parts.path


def _joined(parts: tuple[str, ...]) -> str:
    return "".join(part + "/" for part in parts)


def _data(name: str, context: ImportContext, problems: list[Problem]) -> dict[str, Value]:
    data = context.fetch(name)
    if not data:
        return {}
    document, told = read_data(name, data)
    problems += told
    return {key.lower(): value for key, value in values(document).items()}


def _text(settings: Mapping[str, Value], key: str) -> str:
    value = settings.get(key)
    return value.strip() if isinstance(value, str) else ""


def _site_data(folder: str, files: frozenset[str], context: ImportContext, problems: list[Problem]) -> str:
    for place in _DATA:
        for name in _SITE_DATA:
            for kind in _FORMATS:
                if (path := f"{folder}{place}/{name}.{kind}") in files:
                    settings = _data(path, context, problems)
                    for key in ("url", "host", "baseurl", "base_url"):
                        if "//" in (url := _text(settings, key)):
                            return url
    return ""


def _constants(script: bytes) -> dict[str, Value]:
    """What a script of Python sets to a text, `SITEURL = "https://…"`, by its name in small letters."""
    try:
        lines = ast.parse(script[:CONSTANTS_LIMIT]).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return {}
    return {
        line.targets[0].id.lower(): line.value.value
        for line in lines
        if isinstance(line, ast.Assign)
        and isinstance(line.targets[0], ast.Name)
        and isinstance(line.value, ast.Constant)
        and isinstance(line.value.value, str)
    }


def _permalinks(settings: Mapping[str, Value], dialect: Dialect) -> dict[str, str]:
    if dialect == "pelican":
        return {"": _text(settings, "article_url"), "page": _text(settings, "page_url")}
    if dialect == "jekyll":
        style = _text(settings, "permalink") or "date"
        return {"": _PRETTY.get(style, style)}
    given = settings.get("permalinks")
    found: dict[str, str] = {}
    if isinstance(given, dict):
        for section, pattern in given.items():
            if isinstance(pattern, str):
                found[section.strip("/")] = pattern
            elif isinstance(pattern, dict) and section == "page":
                found |= {key.strip("/"): each for key, each in pattern.items() if isinstance(each, str)}
    return found


def _taxonomies(settings: Mapping[str, Value]) -> tuple[str, ...]:
    given = settings.get("taxonomies")
    own: list[str] = []
    if isinstance(given, dict):
        own = [each for each in given.values() if isinstance(each, str)]
    elif isinstance(given, list):
        own = [name for each in given if isinstance(each, dict) and isinstance(name := each.get("name"), str)]
    return tuple(dict.fromkeys([*own, *_TAXONOMIES]))


def _authors(
    folder: str, files: frozenset[str], context: ImportContext, problems: list[Problem]
) -> dict[str, str]:
    found: dict[str, str] = {}
    for place in _DATA:
        for name in _AUTHOR_DATA:
            for kind in _FORMATS:
                if (path := f"{folder}{place}/{name}.{kind}") in files:
                    for key, value in _data(path, context, problems).items():
                        found |= _named(key, value)
    return found


def _named(key: str, value: Value) -> dict[str, str]:
    """The display names in an entry of a data file: `jane: {name: Jane Roe}`, `jane: Jane Roe`, a list."""
    if isinstance(value, str) and value:
        return {key: value}
    if isinstance(value, list):
        found: dict[str, str] = {}
        for each in value:
            own = next(
                (k for k in ("slug", "id", "username", "name") if isinstance(each, dict) and each.get(k)), ""
            )
            if own and isinstance(each, dict):
                found |= _named(str(each[own]).lower(), each)
        return found
    if isinstance(value, dict):
        for name in ("full_name", "display_name", "name", "title"):
            if isinstance(shown := value.get(name), str) and shown:
                return {key: shown}
    return {}
