"""RSS, Atom and RDF feeds, as files that were kept or a system's export of all its articles."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from generator.core.problems import Problem
from generator.sources.importers.base import ImportContext, Imported, Original
from generator.sources.importers.extras import load
from generator.sources.importers.feed_pieces import parts_of
from generator.sources.importers.posts.post import Post
from generator.sources.importers.posts.streams import articles
from generator.sources.importers.xmlitems.pieces import Damage

WHOLE = 4 * 1024 * 1024
"""The most bytes of a feed that is parsed at once; a larger one is parted at its entries."""

DEPTH_LIMIT = 5_000
"""How deep elements may lie in each other: the parser's time grows with the square of it."""

_TAG = re.compile(rb"<!\[CDATA\[|<!--|<(?P<end>/?)[A-Za-z][^<>]*+>")
_PARSER = "generator.sources.importers.feed_entries"
_ROOT = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:\s++|<\?(?:[^?]|\?(?!>))*+\?>|<!--(?:[^-]|-(?!->))*+-->|<!(?!--)[^<>\[]*+(?:\[[^\]]*+\]\s*+)?>)*+"
    rb"<(?:[A-Za-z][\w.-]{0,40}:)?(rss|feed|RDF|channel)\b([^<>]*+)",
    re.IGNORECASE,
)
_RSS1 = re.compile(rb"purl\.org/rss|channel\.netscape\.com|my\.netscape\.com", re.IGNORECASE)
_SNIFFED = 65_536
_TOO_LARGE = 0


class Feed:
    """The entries of a feed, each an article."""

    name = "feed"

    def recognises(self, original: Original) -> bool:
        """Whether its root element is that of a feed."""
        head = original.data[:_SNIFFED]
        if b"\0" in head[:64]:
            head = head.replace(b"\0", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
        root = _ROOT.match(head)
        if root is None:
            return False
        return root[1].lower() != b"rdf" or _RSS1.search(root[2]) is not None or b"rss/1.0" in head

    def read(
        self, original: Original, context: ImportContext
    ) -> tuple[tuple[Imported, ...], tuple[Problem, ...]]:
        """The entries of a feed, in its order."""
        found = tuple(self._articles(original.data, original, context))
        return (
            tuple(one for one in found if isinstance(one, Imported)),
            tuple(one for one in found if isinstance(one, Problem)),
        )

    def stream(self, file: Path, original: Original, context: ImportContext) -> Iterator[Imported | Problem]:
        """The entries of a feed of any size."""
        try:
            yield from self._articles(file, original, context)
        except OSError as error:
            yield Problem(original.where, 0, "E330", f"cannot be read: {error.strerror}", "check the file")

    def _articles(
        self, held: bytes | Path, original: Original, context: ImportContext
    ) -> Iterator[Imported | Problem]:
        parser = load(_PARSER, "feeds", original.where)
        if isinstance(parser, Problem):
            yield parser
            return
        yield from articles(_posts(held, original, parser.posts_of), original.where, context)


_Parser = Callable[[Original], tuple[list[Post], tuple[Problem, ...]]]


def _posts(held: bytes | Path, original: Original, posts_of: _Parser) -> Iterator[Post | Problem]:
    """The entries, and what is wrong with the feed: a large one is read in pieces, and told of once."""
    told: set[str] = set()
    for data, number in _parts(held):
        if _is_deep(data):
            message = f"elements lie more than {DEPTH_LIMIT:,} deep in each other"
            yield Problem(original.where, 0, "E379", message, "look at it in an XML editor")
            continue
        if not data and number == _TOO_LARGE:
            yield Problem(original.where, 0, "E375", "an item that is too large", "the rest is imported")
            continue
        posts, problems = posts_of(replace(original, data=data))
        for problem in problems:
            if problem.message not in told:
                told.add(problem.message)
                yield problem
        yield from posts


def _parts(held: bytes | Path) -> Iterator[tuple[bytes, int]]:
    """A feed as it is, with the number -1, or in pieces of a few entries each."""
    if isinstance(held, bytes) and len(held) <= WHOLE:
        yield held, -1
        return
    if isinstance(held, bytes):
        yield from parts_of(held, held[:_SNIFFED], Damage())
        return
    with held.open("rb") as file:
        head = file.read(_SNIFFED)
    yield from parts_of(held, head, Damage())


def _is_deep(data: bytes) -> bool:
    """Whether tags that are not closed lie deeper in each other than is read."""
    depth = at = 0
    endless: set[bytes] = set()
    while (tag := _TAG.search(data, at)) is not None:
        at = tag.end()
        if tag["end"] is None:
            closing = b"]]>" if tag[0] == b"<![CDATA[" else b"-->"
            close = -1 if closing in endless else data.find(closing, at)
            at = close if close >= 0 else at
            endless |= {closing} if close < 0 else set()
        elif tag["end"]:
            depth -= depth > 0
        elif not tag[0].endswith(b"/>"):
            depth += 1
            if depth > DEPTH_LIMIT:
                return True
    return False


FEED = Feed()
"""The importer of feeds in XML."""
