"""The addresses that Hugo, Zola, Jekyll and Eleventy gave a Markdown file, from its path and front matter.

Rules: gohugo.io/content-management/urls, getzola.org/documentation/content/page,
jekyllrb.com/docs/permalinks, 11ty.dev/docs/permalinks.
"""

import re
from dataclasses import replace
from datetime import date
from posixpath import normpath
from urllib.parse import unquote, urlsplit

from generator.core.dates import MONTHS, WEEKDAYS
from generator.core.frozen import dataclass
from generator.core.paths import slugify
from generator.sources.importers.markdown_dates import NAMED, named_date
from generator.sources.importers.markdown_roots import MARKDOWN, Root

_TOKEN = re.compile(r":([a-z_]+(?:\[[^\]]*\])?)|\{([a-z_]+)\}")
_STRFTIME = re.compile(r"\{date:%([A-Za-z])\}")
_CODES = {"Y": "year", "m": "month", "d": "day", "b": "abbreviated_month", "j": "y_day", "y": "short_year"}
_PARTS = re.compile(r"/{2,}")
_SUFFIX = re.compile(r"\.[a-z]{2,5}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """What a permalink is made of. `path` is below the content folder, without the suffix: "news/2014/x".

    `day` is "2014-03-12" or "", `slug` the author's own or "", `url` an address set in the front matter.
    """

    path: str
    title: str = ""
    slug: str = ""
    day: str = ""
    url: str = ""
    categories: tuple[str, ...] = ()

    @property
    def section(self) -> str:
        """The first folder, "" for a file at the top."""
        return self.path.partition("/")[0] if "/" in self.path else ""

    @property
    def folders(self) -> list[str]:
        """The folders it lies in; of `x/index` those above x."""
        parts = self.path.split("/")
        return parts[:-2] if parts[-1] == "index" else parts[:-1]

    @property
    def name(self) -> str:
        """Its file's name, or its folder's for an index; with its date."""
        parts = self.path.split("/")
        return parts[-2] if parts[-1] in {"index", "_index"} and len(parts) > 1 else parts[-1]

    @property
    def bare(self) -> str:
        """Its name without the date that it begins with."""
        found = NAMED.match(self.name)
        return self.name[found.end() :] if found else self.name


def stem(name: str) -> str:
    """A file's name without the suffix of Markdown or HTML: "a/b.md" gives "a/b"."""
    return next((name[: -len(s)] for s in (*MARKDOWN, ".html", ".htm") if name.lower().endswith(s)), name)


def old_addresses(filed: Filed, root: Root) -> tuple[str, ...]:
    """Where the old site served the file, the likeliest first; each starts with a slash.

    What an address leaves open is answered in more than one way (a post's date may be that of its file
    name or of its front matter), so only the first is sure.
    """
    if filed.url:
        return (_whole(path_of(filed.url)),)
    if filed.path.rpartition("/")[2] == "_index":
        return (_whole("/" + filed.path.rpartition("/")[0] + "/"),)
    days = [day for day in (filed.day, named_date(filed.name)) if day]
    if root.dialect in {"hugo", "zola"}:
        pattern = root.permalinks.get(filed.section, "") or root.permalinks.get("/".join(filed.folders), "")
        if root.dialect == "hugo" and pattern:
            return tuple(
                dict.fromkeys(_whole(_fill(pattern, filed, day, by_title=True)) for day in days or [""])
            )
        plain = filed.name if root.dialect == "hugo" else filed.bare
        return (_whole("/".join(["", *filed.folders, filed.slug or _urlized(plain), ""])),)
    if root.dialect == "pelican":
        return _of_pelican(filed, root)
    if days:
        patterns = [root.permalinks[""]] if "" in root.permalinks else []
        patterns.append("/:year/:month/:day/:title/")
        return tuple(
            dict.fromkeys(_whole(_fill(p, filed, day, by_title=False)) for p in patterns for day in days)
        )
    folders = [part for part in filed.folders if not part.startswith("_")]
    return (_whole("/".join(["", *folders, filed.slug or filed.bare, ""])),)


def _of_pelican(filed: Filed, root: Root) -> tuple[str, ...]:
    """docs.getpelican.com/en/latest/settings.html: ARTICLE_URL, PAGE_URL; a slug is made of the headline."""
    is_page = filed.section == "pages" or not filed.day
    named = replace(filed, slug=filed.slug or slugify(filed.title or filed.bare))
    default = "pages/{slug}.html" if is_page else "{slug}.html"
    pattern = root.permalinks.get("page" if is_page else "", "") or default
    pattern = _STRFTIME.sub(lambda found: f":{_CODES.get(found[1], '')}", pattern)
    return (_whole("/" + _fill(pattern, named, filed.day, by_title=False)),)


def key(path: str) -> str:
    """An address as addresses are compared: no case, no escapes, no slash at either end, no "index.html"."""
    text = unquote(path).strip().lower().strip("/")
    for end in ("index.html", "index.htm", ".html", ".htm"):
        text = text.removesuffix(end)
    return _PARTS.sub("/", text).strip("/")


def path_of(url: str) -> str:
    """The path of an address, with or without scheme and host; "" for what is no address."""
    try:
        return urlsplit(url).path
    except ValueError:
        return ""


def joined(base: str, path: str) -> str:
    """The path that a relative one means on a page at `base`, as browsers resolve it; starts with a slash."""
    if path.startswith("/"):
        return path
    whole = normpath(
        f"/{base.strip('/')}/{path}" if base.endswith("/") else f"{base.rpartition('/')[0]}/{path}"
    )
    return "/" + whole.lstrip("/") + ("/" if path.endswith(("/", "/..", "/.")) and whole.strip("/") else "")


def own_address(pattern: str, day: str, slug: str) -> str:
    """Where Morgue serves an article: the site's pattern filled with its day ("2014-03-12") and slug."""
    year, month, dom = day[:10].split("-")
    for name, value in (("year", year), ("month", month), ("day", dom), ("slug", slug)):
        pattern = pattern.replace("{" + name + "}", value)
    return pattern


def _whole(path: str) -> str:
    text = _PARTS.sub("/", "/" + path)
    last = text.rpartition("/")[2]
    return text if not last or _SUFFIX.search(last[-6:]) else text + "/"


def _urlized(text: str) -> str:
    return slugify(text) if " " in text else text.lower()


def _fill(pattern: str, filed: Filed, day: str, *, by_title: bool) -> str:
    when = date.fromisoformat(day) if day else None
    # Hugo's :title is made of the headline, Jekyll's of the file's name.
    title = slugify(filed.title) if filed.title and by_title else filed.bare
    table = {
        "title": title if by_title else filed.slug or title,
        "slug": filed.slug or title,
        "slugorfilename": filed.slug or filed.name, "filename": filed.name,
        "contentbasename": filed.name, "slugorcontentbasename": filed.slug or filed.name,
        "section": filed.section, "sections": "/".join(filed.folders),
        "categories": "/".join(slugify(each) for each in filed.categories),
        "collection": filed.section.lstrip("_"), "name": filed.bare, "path": filed.path,
    }  # fmt: skip
    if when is not None:
        table |= {
            "year": f"{when.year:04}", "month": f"{when.month:02}", "day": f"{when.day:02}",
            "i_month": str(when.month), "i_day": str(when.day), "short_year": f"{when.year % 100:02}",
            "monthname": MONTHS[when.month - 1].lower(), "month_name": MONTHS[when.month - 1].lower(),
            "weekday": str((when.weekday() + 1) % 7), "weekdayname": WEEKDAYS[when.weekday()].lower(),
            "short_month": MONTHS[when.month - 1][:3].lower(), "short_day": WEEKDAYS[when.weekday()][:3],
            "yearday": str(when.timetuple().tm_yday), "y_day": f"{when.timetuple().tm_yday:03}",
            "abbreviated_month": MONTHS[when.month - 1][:3],
            "week": f"{when.isocalendar().week:02}", "output_ext": ".html",
        }  # fmt: skip
    return _TOKEN.sub(lambda found: table.get((found[1] or found[2]).partition("[")[0], ""), pattern)
