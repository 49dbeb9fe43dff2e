"""What a page says of itself in JSON-LD, whole, nested, in a graph, or broken."""

import json
import re
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from html import unescape
from typing import Any

from generator.core.frozen import dataclass

ARTICLE_TYPES = frozenset(
    name.casefold()
    for name in (
        "Article", "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle",
        "ReviewNewsArticle", "BackgroundNewsArticle", "AskPublicNewsArticle", "BlogPosting",
        "LiveBlogPosting",
        "SocialMediaPosting", "TechArticle", "ScholarlyArticle", "Report", "AdvertiserContentArticle",
        "SatiricalArticle", "Review", "CriticReview", "MedicalScholarlyArticle", "PressRelease", "Recipe",
    )
)  # fmt: skip
"""The types of schema.org that are articles."""

LIST_TYPES = frozenset(
    (
        "collectionpage",
        "searchresultspage",
        "profilepage",
        "contactpage",
        "aboutpage",
        "checkoutpage",
        "itempage",
        "faqpage",
    )
)
"""The types of pages that hold no article."""

_MAX_TEXT = 4_000_000
_MAX_NODES = 20_000
_MAX_DEPTH = 60
_WEAK_TYPES = frozenset(["webpage", "creativework", "mediaobject", "videoobject", "newsitem"])
_ASIDE = frozenset(
    ["itemlistelement", "haspart", "isrelatedto", "relatedlink", "citation", "comment", "mentions", "about",
    "publisher",
     "isbasedon", "review", "significantlink", "breadcrumb", "sourceorganization", "liveblogupdate",
     "associatedmedia"]
)  # fmt: skip
_WRAPPING = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)+|(?:-->|//\s*\]\]>|\]\]>|/\*\s*\]\]>\s*\*/|;)+\s*$"
)
_TRAILING_COMMA = re.compile(r",(?=\s{0,200}[}\]])")
_COMMENT = re.compile(r"^\s*//[^\n]*$", re.MULTILINE)
_FIELD = re.compile(
    r'"(headline|datePublished|dateModified|dateCreated|articleSection|description|inLanguage|url|keywords)"\s{0,20}:\s{0,20}"((?:[^"\\\n]|\\.){0,2000})"'
)
_AUTHOR = re.compile(
    r'"author"\s{0,20}:\s{0,20}(?:\[\s{0,20})?(?:"((?:[^"\\\n]|\\.){1,300})"|\{[^{}]{0,600}?"name"\s{0,20}:\s{0,20}"((?:[^"\\\n]|\\.){1,300})")'
)

Node = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedData:
    """The JSON-LD of a page. `article` is the node of its article, empty when none is; `kinds` are the types
    of all nodes at the top, in lower case; `broken` counts scripts that are not JSON."""

    article: Node = field(default_factory=dict)
    kinds: frozenset[str] = frozenset()
    by_id: Mapping[str, Node] = field(default_factory=dict)
    broken: int = 0
    crumbs: tuple[str, ...] = ()
    weak: Node = field(default_factory=dict)

    def resolved(self, value: Any) -> list[Any]:
        """A value as a list, with nodes that are only referred to in place of the references."""
        found: list[Any] = []
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, dict) and len(each) <= 2 and isinstance(each.get("@id"), str):
                found.append(self.by_id.get(each["@id"], each))
            elif each is not None:
                found.append(each)
        return found[:200]


def read_linked_data(
    scripts: Iterable[str], *, addresses: Sequence[str] = (), headlines: Sequence[str] = ()
) -> LinkedData:
    """The linked data in the texts of a page's scripts.

    Of several articles that is taken which has one of `addresses`, or a headline among `headlines`, or
    else comes first and least deep.
    """
    tops: list[Any] = []
    broken = 0
    rescued: dict[str, Any] = {}
    for script in scripts:
        values = _values(script)
        if values is None:
            broken += 1
            rescued = rescued or _rescued(script)
        else:
            tops += values
    survey = _Survey(tops)
    article = survey.best({a.rstrip("/") for a in addresses if a}, {_key(h) for h in headlines if h})
    return LinkedData(
        article=article or rescued,
        kinds=survey.kinds,
        by_id=survey.by_id,
        broken=broken,
        crumbs=survey.crumbs,
        weak=survey.weak,
    )


def text(value: Any) -> str:
    """A value as one line of plain text; "" when it holds none."""
    if isinstance(value, list):
        value = next((each for each in value if each), "")
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name") or value.get("headline") or ""
    if not isinstance(value, str):
        return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""
    return clean(value)


def clean(value: str) -> str:
    """Text without tags, entities and needless white space."""
    if "&" in value:
        value = unescape(unescape(value))
    if "<" in value:
        value = re.sub(r"</?[a-zA-Z][^<>]{0,300}>", " ", value)
    return " ".join(value.split())


def types_of(node: Node) -> set[str]:
    """The types of a node, in lower case, without the vocabulary's address."""
    value = node.get("@type") or node.get("type") or ()
    names = value if isinstance(value, list) else [value]
    return {name.rsplit("/", 1)[-1].rsplit("#", 1)[-1].casefold() for name in names if isinstance(name, str)}


class _Survey:
    """Walks all nodes once, the least deep first."""

    def __init__(self, tops: Sequence[Any]) -> None:
        self.by_id: dict[str, Node] = {}
        self.articles: list[Node] = []
        self.weak: Node = {}
        self.crumbs: tuple[str, ...] = ()
        kinds: set[str] = set()
        queue: deque[tuple[Any, int]] = deque((top, 0) for top in tops)
        seen = 0
        while queue and seen < _MAX_NODES:
            value, depth = queue.popleft()
            seen += 1
            if isinstance(value, list):
                queue.extend((each, depth) for each in value[:1000])
            elif isinstance(value, dict):
                types = types_of(value)
                if depth <= 1:
                    kinds |= types
                self._note(value, types)
                for key, inner in value.items():
                    if isinstance(inner, dict | list):
                        aside = key.casefold() in _ASIDE
                        if not aside:
                            queue.append((inner, depth + (key != "@graph")))
        self.kinds = frozenset(kinds)

    def _note(self, node: dict[str, Any], types: set[str]) -> None:
        identity = node.get("@id")
        if isinstance(identity, str) and len(node) > len(self.by_id.get(identity, ())):
            self.by_id[identity] = node
        if types & ARTICLE_TYPES:
            self.articles.append(node)
        elif types & _WEAK_TYPES and not self.weak and (node.get("headline") or node.get("datePublished")):
            self.weak = node
        elif "breadcrumblist" in types and not self.crumbs:
            self.crumbs = _crumbs(node)

    def best(self, addresses: set[str], headlines: set[str]) -> Node:
        def rank(numbered: tuple[int, Node]) -> tuple[int, int]:
            number, node = numbered
            own = {text(node.get("url")).rstrip("/"), _page_address(node.get("mainEntityOfPage"))}
            headline = _key(text(node.get("headline")) or text(node.get("name")))
            score = 4 * bool(own & addresses) + 3 * bool(headline and headline in headlines)
            score += 2 * ("datePublished" in node) + bool(headline) + ("author" in node)
            score -= 3 * ("recipe" in types_of(node) or "review" in types_of(node))
            return -score, number

        ranked = sorted(enumerate(self.articles), key=rank)
        return ranked[0][1] if ranked else {}


def _page_address(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("@id") or value.get("url")
    return value.rstrip("/") if isinstance(value, str) else ""


def _crumbs(node: Node) -> tuple[str, ...]:
    items = node.get("itemListElement")
    names: list[str] = []
    for item in items if isinstance(items, list) else []:
        if isinstance(item, dict):
            inner = item.get("item")
            names.append(text(item.get("name")) or (text(inner) if isinstance(inner, dict) else ""))
    return tuple(filter(None, names[:12]))


def _key(words: str) -> str:
    return re.sub(r"\W+", " ", words).casefold().strip()


def _values(script: str) -> list[Any] | None:
    """The JSON values of a script, mended where pages commonly break them; None when it is beyond that."""
    written = _WRAPPING.sub("", script[:_MAX_TEXT]).strip()
    if not written:
        return []
    if _depth(written) > _MAX_DEPTH:
        return None
    decoder = json.JSONDecoder(strict=False)
    for attempt in (written, _TRAILING_COMMA.sub("", _COMMENT.sub("", written)), unescape(written)):
        values: list[Any] = []
        at = 0
        try:
            while at < len(attempt) and len(values) < 100:
                value, at = decoder.raw_decode(attempt, at)
                values.append(value)
                while at < len(attempt) and attempt[at] in " \t\r\n;,":
                    at += 1
        except ValueError:
            if values:
                return values
            continue
        return values
    return None


def _depth(written: str) -> int:
    depth = deepest = 0
    for bracket in re.finditer(r"[\[{\]}]", written):
        depth += 1 if bracket[0] in "[{" else -1
        deepest = max(deepest, depth)
    return deepest


def _rescued(script: str) -> dict[str, Any]:
    """The fields that can still be told apart in a script that is not JSON."""
    found: dict[str, Any] = {}
    written = script[:_MAX_TEXT]
    for match in _FIELD.finditer(written):
        found.setdefault(match[1], _unquoted(match[2]))
    names = [_unquoted(match[1] or match[2]) for match in _AUTHOR.finditer(written)]
    if names and (found.get("headline") or found.get("datePublished")):
        found["author"] = names[:20]
    return found if found.get("headline") or found.get("datePublished") else {}


def _unquoted(inner: str) -> str:
    try:
        value = json.loads(f'"{inner}"', strict=False)
    except ValueError:
        return inner.replace('\\"', '"')
    return str(value)
