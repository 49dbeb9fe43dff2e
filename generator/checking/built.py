"""What is wrong with the pages of the last build: links, places, pictures, redirects, sizes, ways."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from generator.archive.targets import target
from generator.checking.crawl import Seen, crawl
from generator.core.paths import Address
from generator.core.problems import Problem, SiteError
from generator.core.site import Site

PAGE_LIMIT = 1_000_000
"""Bytes of a page's HTML beyond which it is slow to come, to read and to print on an ordinary line."""

ALIKE = 3
"""Pages with one mistake that stands in no text, from which on it is the template's, and told once."""

_OUT_OF_THE_WAY = ("/404.html", "/corrections/")
"""Pages that are there though nothing may lead to them: hosts show the one, the other may be empty."""


def check_built(site: Site, output: Path, sources: Mapping[str, str]) -> list[Problem]:
    """What is wrong with the pages in an output folder.

    `sources` gives for the address of a page the file that it shows. Raises SiteError where nothing was
    built.
    """
    try:
        pages, addresses = crawl(output)
    except FileNotFoundError:
        hint = "run `morgue build` first"
        raise SiteError(
            Problem(output.name, 0, "E708", "nothing was built here that could be checked", hint)
        ) from None
    where = _Where(site, output, sources, {page.address: page for page in pages}, addresses)
    found = [
        *_sizes(pages, where),
        *_redirects(pages, where),
        *_lonely(pages, where),
        *_links(pages, where, output.name, frozenset(sources.values())),
    ]
    return sorted(set(found))


class _Where:
    """Where things are: pages by address, and the file and line a mistake in one is told at."""

    def __init__(
        self,
        site: Site,
        output: Path,
        sources: Mapping[str, str],
        pages: Mapping[Address, Seen],
        addresses: frozenset[Address],
    ) -> None:
        self._site, self._output, self._sources = site, output, sources
        self._texts: dict[str, list[str]] = {}
        self.pages, self.addresses = pages, addresses

    def bare_indexes(self) -> set[str]:
        """The indexes of names of which there is none yet: they are there, and no masthead leads to them."""
        indexes = {f"/{each.key}/" for each in self._site.taxonomies}
        return indexes - {f"/{address.split('/')[1]}/" for address in self.pages if address not in indexes}

    def landing(self, url: str, page: Seen) -> tuple[Address | None, str] | None:
        """The page or file that a link leads to (None for nothing) and its anchor; None out of the site."""
        found = target(url, page.address, self._site)
        if found is None:
            return None
        for one in (found.address, found.address.rstrip("/") + "/"):
            if one in self.addresses:
                return Address(one), found.anchor
        return None, found.anchor

    def place(self, page: Seen, words: str = "", line: int = 0) -> tuple[str, int]:
        """The file to be mended: the page's source, at the line that holds `words`, else the built page."""
        source = self._sources.get(page.address)
        if source is None:
            return f"{self._output.name}/{page.path}", line
        if source not in self._texts:
            text = (self._site.root / source).read_text(encoding="utf-8", errors="replace")
            self._texts[source] = text.splitlines()
        lines = (n for n, each in enumerate(self._texts[source], 1) if words and words in each)
        return source, next(lines, 0)


def _sizes(pages: Sequence[Seen], where: _Where) -> Iterator[Problem]:
    for page in pages:
        if page.size > PAGE_LIMIT:
            path, _ = where.place(page)
            message = f"the page {page.address} has {page.size:,} bytes"
            yield Problem(path, 0, "W513", message, f"split it: beyond {PAGE_LIMIT:,} a page is slow to come")


def _redirects(pages: Sequence[Seen], where: _Where) -> Iterator[Problem]:
    for page in pages:
        if not page.onward:
            continue
        way, here = [page], page
        while here.onward:
            found = where.landing(here.onward, here)
            landing = where.pages.get(found[0]) if found and found[0] else None
            if found is not None and found[0] is None:
                path, line = where.place(page)
                message = f"the redirect {page.address} leads to no page: {here.onward}"
                yield Problem(path, line, "W511", message, "give the alias to a page that is there")
            if landing is None:
                break
            if landing in way:
                told = " → ".join(each.address for each in [*way, landing])
                path, line = where.place(page)
                yield Problem(
                    path, line, "W511", f"redirects lead in a circle: {told}", "take one of the aliases out"
                )
                break
            way.append(landing)
            here = landing


def _lonely(pages: Sequence[Seen], where: _Where) -> Iterator[Problem]:
    """Pages that no way of links leads to from the front page."""
    reached, waiting = {Address("/")}, [Address("/")]
    while waiting:
        page = where.pages.get(waiting.pop())
        for url in (*page.followed, page.onward) if page else ():
            found = where.landing(url, page) if url and page else None
            if found and found[0] and found[0] not in reached:
                reached.add(found[0])
                waiting.append(found[0])
    apart = {*_OUT_OF_THE_WAY, *where.bare_indexes()}
    for page in pages:
        if page.address not in reached and not page.onward and page.address not in apart:
            path, _ = where.place(page)
            message = f"no link leads from the front page to {page.address}"
            yield Problem(path, 0, "W512", message, "link to it, or take it out")


def _links(pages: Sequence[Seen], where: _Where, output: str, sources: frozenset[str]) -> Iterator[Problem]:
    wrong: defaultdict[tuple[str, str, str, str], list[tuple[Seen, int]]] = defaultdict(list)
    for page in pages:
        for url, line in page.links:
            found = where.landing(url, page)
            if found is None:
                continue
            landing, anchor = found
            if landing is None:
                wrong["W503", f"link to no page of the site: {url}", url, ""].append((page, line))
            elif anchor and (there := where.pages.get(landing)) and there.ids and anchor not in there.ids:
                message = f"link to no place in its page: {url}"
                wrong["W504", message, url, f'{landing} has no "{anchor}"'].append((page, line))
        for url, line in page.bare:
            message = f"picture without alternative text: {url}"
            wrong["W505", message, url, "say what it shows"].append((page, line))
    for (code, message, url, hint), places in sorted(wrong.items()):
        elsewhere: dict[Address, tuple[str, str, int]] = {}
        for page, line in places:
            path, found_at = where.place(page, url, line)
            if path in sources and found_at:
                yield Problem(path, found_at, code, message, hint)
            else:
                elsewhere.setdefault(page.address, (path, f"{output}/{page.path}", line))
        if len(elsewhere) >= ALIKE:
            address, (_, made, line) = next(iter(elsewhere.items()))
            yield Problem(made, line, code, f"{len(elsewhere):,} pages, such as {address}: {message}", hint)
            continue
        for path, made, line in elsewhere.values():
            yield Problem(path, line if path == made else 0, code, message, hint)
