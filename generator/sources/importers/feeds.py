"""RSS, Atom and RDF feeds, as files that were kept or a system's export of all its articles."""

import re

from generator.core.problems import Problem
from generator.sources.importers.base import ImportContext, Imported, Original
from generator.sources.importers.extras import load
from generator.sources.importers.posts.records import made_from

SIZE_LIMIT = 32 * 1024 * 1024
"""The most bytes of a feed."""

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
        if len(original.data) > SIZE_LIMIT:
            message = f"too large for a feed: {len(original.data):,} bytes"
            return (), (Problem(original.where, 0, "E379", message, f"at most {SIZE_LIMIT:,}; split it"),)
        if _is_deep(original.data):
            message = f"elements lie more than {DEPTH_LIMIT:,} deep in each other"
            return (), (Problem(original.where, 0, "E379", message, "look at it in an XML editor"),)
        entries = load(_PARSER, "feeds", original.where)
        if isinstance(entries, Problem):
            return (), (entries,)
        posts, problems = entries.posts_of(original)
        made, told = made_from(posts, original, context)
        return made, (*problems, *told)


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
