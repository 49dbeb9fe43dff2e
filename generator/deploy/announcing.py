"""Telling others what a deploy changed: caches in between, by a list, and search engines, by IndexNow."""

import json
import urllib.error
import urllib.request
from collections.abc import Iterable
from pathlib import Path

from generator.core.paths import Address
from generator.core.problems import Problem, SiteError
from generator.core.site import Destination, Site
from generator.render.addresses import absolute

MOST = 10_000
"""The most addresses that IndexNow takes at once (https://www.indexnow.org/documentation)."""

PATIENCE = 20.0
"""Seconds to wait for the answer."""


def urls(site: Site, paths: Iterable[str]) -> tuple[str, ...]:
    """The full addresses of files of the build; compressed twins have none of their own."""
    plain = (path for path in paths if not path.endswith((".gz", ".br")))
    folders = (path[: -len("index.html")] if _is_index(path) else path for path in plain)
    return tuple(absolute(site, Address(f"/{path}")) for path in folders)


def write_purge(site: Site, destination: Destination, paths: Iterable[str]) -> None:
    """Write the list of what caches hold and should not, an address a line; empty when nothing changed."""
    if not destination.purge:
        return
    place = site.root / destination.purge
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text("".join(f"{each}\n" for each in urls(site, paths)), encoding="utf-8", newline="\n")
    except OSError as error:
        message = f"deploy.{destination.name}.purge: cannot be written: {error.strerror}"
        raise SiteError(
            Problem("site.yaml", destination.line, "E819", message, "name another file")
        ) from error


def key_file(destination: Destination) -> dict[str, bytes]:
    """The file at the site's root by which IndexNow knows that the key is the site's."""
    key = destination.indexnow
    return {f"{key}.txt": key.encode()} if key else {}


def tell_indexnow(site: Site, destination: Destination, paths: Iterable[str]) -> tuple[Problem, ...]:
    """Tell search engines which pages changed; what went wrong, as warnings, as the deploy is done."""
    pages = [url for path, url in _pages(site, paths) if path != "404.html"]
    problems: list[Problem] = []
    for start in range(0, len(pages) if destination.indexnow else 0, MOST):
        told = {
            "host": site.url.split("/")[2],
            "key": destination.indexnow,
            "keyLocation": absolute(site, Address(f"/{destination.indexnow}.txt")),
            "urlList": pages[start : start + MOST],
        }
        request = urllib.request.Request(
            destination.indexnow_endpoint,
            data=json.dumps(told).encode(),
            headers={"Content-Type": "application/json; charset=utf-8"},
        )
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE):
                continue
        except urllib.error.HTTPError as error:
            reason = f"it answered {error.code}"
        except (OSError, ValueError) as error:
            reason = f"it cannot be reached: {getattr(error, 'reason', error)}"
        message = f"IndexNow was not told of {len(told['urlList']):,} pages: {reason}"
        problems.append(
            Problem(f"deploy.{destination.name}", 0, "W820", message, "they will be found by the sitemap")
        )
    return tuple(problems)


def _pages(site: Site, paths: Iterable[str]) -> list[tuple[str, str]]:
    html = [path for path in paths if path.endswith((".html", ".htm"))]
    return list(zip(html, urls(site, html), strict=True))


def _is_index(path: str) -> bool:
    return Path(path).name == "index.html"
