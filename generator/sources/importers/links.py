"""Links between articles of one archive: from the addresses they had to where they are now."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from html import unescape
from itertools import islice
from urllib.parse import unquote, urljoin, urlsplit

from generator.core.frozen import dataclass
from generator.core.model import Value
from generator.core.web import is_front_page, normal_address

LINKS_LIMIT = 5_000
"""The most links of one text that are looked at."""

# Code is consumed first, so that what it shows as an example stays; then links in each of their forms.
_LINK = re.compile(
    r"(?P<code>^(?P<fence>`{3,20}|~{3,20})[^\n]*\n(?:(?!(?P=fence))[^\n]*(?:\n|\Z))*|(?P<ticks>`{1,20})[^`\n]{1,2000}(?P=ticks))"
    r"|(?P<before>\]\(\s{0,9}<?)(?P<inline>[^\s<>()\\]{1,2000}(?:\([^\s<>()\\]{0,500}\)[^\s<>()\\]{0,500})?)"
    r"|(?P<tag><a\s(?:[^<>]{0,500}\s)?href\s?=\s?[\"']?)(?P<html>[^\s\"'<>]{1,2000})"
    r"|(?P<define>^ {0,3}\[[^\]\n]{1,200}\]:\s{1,9}<?)(?P<reference>[^\s<>]{1,2000})"
    r"|<(?P<auto>https?://[^\s<>]{1,2000})>",
    re.MULTILINE,
)
_SIGNS = "]<`~"
_BEGINS = re.compile(r"[\]<`~]")  # what each begins with, but for definitions of references
_PLACES = ("inline", "html", "reference", "auto")
_LEAD = {"inline": "before", "html": "tag", "reference": "define", "auto": ""}
_OF_OLD_PAGES = re.compile(r"(?:comments?|respond|disqus_thread|more|comment-\d{1,12}|more-\d{1,12}|top)\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where the articles of an archive were and are.

    `held` maps the normal form of every address an article has or had to its path ("content/articles/…md"),
    `addresses` that path to where it is in the site ("/2021/04/slug/"), `site` is the site's URL.
    """

    site: str
    held: Mapping[str, str] = field(default_factory=dict)
    addresses: Mapping[str, str] = field(default_factory=dict)

    def article(self, url: str, origin: str = "") -> tuple[str, bool]:
        """The path of the article that a link leads to, "" for none, and whether it leads there as it is.

        `origin` is the address the text was first published under, from which its own links without a
        host are told; a link that leads somewhere in this site stays one of this site.
        """
        url = unescape(url.strip())
        if re.match(r"[A-Za-z][A-Za-z0-9+.-]{0,20}:", url) or url.startswith("//"):
            plain = f"https:{url}" if url.startswith("//") else url
            return self.held.get(normal_address(plain), ""), False
        if not url.startswith(("/", ".")):
            return "", False
        if url.startswith("/"):
            here = self.held.get(normal_address(self.site.rstrip("/") + _based(url, self.site)), "")
            if here:
                return here, True
        if not origin or is_front_page(normal_address(origin) or "x"):
            return "", False
        try:
            return self.held.get(normal_address(urljoin(origin, url)), ""), False
        except ValueError:
            return "", False


def _based(url: str, site: str) -> str:
    """A path without that of the site's own URL, which may stand before it or not."""
    base = urlsplit(site).path.rstrip("/")
    return url[len(base) :] if base and (url == base or url.startswith(base + "/")) else url


def _may_link(body: str) -> bool:
    return "](" in body or "<" in body or "]:" in body


def _links(body: str) -> Iterator[re.Match[str]]:
    """All that _LINK finds, looked for only where one may begin: the pattern is slow to say no."""
    if "]:" in body:
        yield from _LINK.finditer(body)
        return
    end = 0
    for place in _beginnings(body):
        if place >= end and (match := _LINK.match(body, place)) is not None:
            end = match.end()
            yield match


def _beginnings(body: str) -> Iterator[int]:
    """Where something that _LINK finds may begin, in order."""
    signs = [sign for sign in _SIGNS if sign in body]
    if len(signs) > 1:
        yield from (found.start() for found in _BEGINS.finditer(body))
        return
    for sign in signs:
        place = body.find(sign)
        while place >= 0:
            yield place
            place = body.find(sign, place + 1)


def _replaced(body: str, link: Callable[[re.Match[str]], str]) -> str:
    parts: list[str] = []
    end = 0
    for match in _links(body):
        parts += (body[end : match.start()], link(match))
        end = match.end()
    return "".join((*parts, body[end:]))


def addresses_in(body: str) -> tuple[str, ...]:
    """The normal forms of all http(s) addresses that a text links to, and its paths, each once."""
    if not _may_link(body):
        return ()
    found: dict[str, None] = {}
    for match in islice(_links(body), LINKS_LIMIT):
        url = unescape(next((match[place] for place in _PLACES if match[place]), ""))
        if url.startswith(("/", ".")) and not url.startswith("//"):
            found[url] = None
        elif url:
            normal = normal_address(f"https:{url}" if url.startswith("//") else url)
            if normal and not is_front_page(normal):
                found[normal] = None
    return tuple(found)


def mended(body: str, places: Places, origin: str = "", wanted: Callable[[str], bool] | None = None) -> str:
    """A text whose links to old addresses of articles lead to where these are now.

    With `wanted`, only links to such articles are touched (by path). A fragment stays, unless it is one
    that only the old page had, such as its comments.
    """

    def link(match: re.Match[str]) -> str:
        place = next((place for place in _PLACES if match[place]), "")
        if not place:
            return match[0]
        url = match[place]
        path, fine = places.article(url, origin)
        if not path or fine or (wanted is not None and not wanted(path)):
            return match[0]
        now = places.addresses[path] + _fragment(url)
        if place == "auto":
            return f"[{url}]({now})"
        lead = _LEAD[place]
        return match[0][: len(match[lead])] + now + match[0][len(match[lead]) + len(url) :]

    return _replaced(body, link)


def compared(body: str, places: Places, origin: str = "") -> str:
    """A text in which every link to an article is written by that article's path: for comparing only."""
    if not _may_link(body):
        return body

    def link(match: re.Match[str]) -> str:
        place = next((place for place in _PLACES if match[place]), "")
        path = places.article(match[place], origin)[0] if place else ""
        if not path:
            return match[0]
        if place == "auto":
            return f"[{match[place]}]({path})"
        lead = len(match[_LEAD[place]])
        return match[0][:lead] + path + match[0][lead + len(match[place]) :]

    return _replaced(body, link)


def mended_related(
    value: Value, places: Places, origin: str = "", wanted: Callable[[str], bool] | None = None
) -> Value:
    """The value of `related` with links to old addresses of articles turned into `article`."""
    if not isinstance(value, list):
        return value
    return [_related(each, places, origin, wanted) for each in value]


def _related(value: Value, places: Places, origin: str, wanted: Callable[[str], bool] | None) -> Value:
    url = value.get("url") if isinstance(value, dict) else value
    if not isinstance(url, str) or not url.startswith(("http:", "https:")):
        return value
    path, _ = places.article(url, origin)
    if not path.startswith("content/articles/") or (wanted is not None and not wanted(path)):
        return value
    identity = path.removeprefix("content/articles/").removesuffix(".md")
    if not isinstance(value, dict):
        return {"article": identity}
    return {key: each for key, each in value.items() if key != "url"} | {"article": identity}


def _fragment(url: str) -> str:
    _, mark, fragment = url.partition("#")
    return f"#{fragment}" if mark and fragment and not _OF_OLD_PAGES.match(unquote(fragment)) else ""
