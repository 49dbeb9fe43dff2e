"""NewsML-G2: news items, packages of them, and messages that bring both."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from generator.core.problems import Problem
from generator.sources.importers.agency.items import Item, Link, Shown, article_of
from generator.sources.importers.agency.moments import read_dates
from generator.sources.importers.agency.newsml_item import NewsItem, code, item_of, picture_of
from generator.sources.importers.agency.pictures import Album
from generator.sources.importers.agency.texts import from_plain, told
from generator.sources.importers.base import ImportContext, Imported, Original
from generator.sources.importers.xmltree import Element, Malformed, parse_xml, root_name, words

_ARTICLES = frozenset({"newsItem", "packageItem", "newsMessage"})
_OTHERS = {
    "conceptItem": "a concept", "knowledgeItem": "a list of concepts", "planningItem": "a plan",
    "catalogItem": "a catalogue of vocabularies",
}  # fmt: skip
_NAMESPACE = b"iptc.org/std/nar/"


class NewsMl:
    """Reads NewsML-G2 2.x: newsItem, packageItem and newsMessage."""

    @property
    def name(self) -> str:
        """What --format takes."""
        return "newsml-g2"

    def recognises(self, original: Original) -> bool:
        """Whether it is XML whose outermost element is an item of NewsML-G2."""
        name, attributes = root_name(original.data)
        return (name in _ARTICLES or name in _OTHERS) and (
            _NAMESPACE in attributes or b"NewsML-G2" in attributes or name == "newsMessage"
        )

    def read(
        self, original: Original, context: ImportContext
    ) -> tuple[tuple[Imported, ...], tuple[Problem, ...]]:
        """The articles of an item or a message; what is not well-formed XML is refused (E381)."""
        where = original.where
        try:
            root, removed = parse_xml(original.data)
        except Malformed as error:
            return (), (Problem(where, error.line, "E381", str(error), "export it again"),)
        made: list[Imported] = []
        problems = list(told(removed, 0, where))
        if root.tag not in _ARTICLES and root.tag not in _OTHERS:
            message = f"not NewsML-G2: its outermost element is {str(root.tag)[:60]!r}"
            return (), (*problems, Problem(where, 0, "E381", message, "name its own format with --format"))
        for each in (root, *(root.findall("itemSet/*") if root.tag == "newsMessage" else ())):
            if each.tag in _OTHERS:
                name = each.get("guid") or _OTHERS[str(each.tag)]
                message = f"{_OTHERS[str(each.tag)]}, not an article: {name[:80]!r}"
                problems.append(Problem(where, 0, "W383", message, "passed over"))
        for item in _Message(root, original, context).items():
            one, found = article_of(item, where, context.now)
            problems += found
            made += [one] if one is not None else []
        return tuple(made), tuple(problems)


NEWSML = NewsMl()
"""The importer of NewsML-G2."""


@dataclass(slots=True)
class _Message:
    """The items of one file, and which pictures the packages in it show with which text."""

    root: Element
    original: Original
    context: ImportContext
    news: dict[str, NewsItem] = field(default_factory=dict)

    def items(self) -> Iterator[Item]:
        """Each item that is an article; a picture that goes with a text is with that text only."""
        found = [self.root] if self.root.tag != "newsMessage" else list(self.root.findall("itemSet/*"))
        asserted = {}
        for each in self.root.findall("itemSet/*/assert"):
            asserted[each.get("qcode") or each.get("uri") or ""] = words(each.find("name"))
        packages = [each for each in found if each.tag == "packageItem"]
        unnamed = 0
        for each in found:
            if each.tag == "newsItem":
                guid = (each.get("guid") or "").strip()
                unnamed += not guid
                self.news.setdefault(guid or f"?{unnamed}", NewsItem(each, asserted))
        shown: dict[str, list[Shown]] = {}
        placed: set[str] = set()
        for package in packages:
            self._attach(package, shown, placed)
        for guid, news in self.news.items():
            if guid not in placed:
                yield item_of(news, self.original, self.context, shown.get(guid, ()))
        for package in packages:
            refs = references(package)
            if not any(ref.get("residref") in self.news for ref in refs):
                yield self._digest(package, refs)

    def _attach(self, package: Element, shown: dict[str, list[Shown]], placed: set[str]) -> None:
        """The pictures of a package go with the text before them, or with its first."""
        here = [ref.get("residref") or "" for ref in references(package)]
        present = [guid for guid in here if guid in self.news]
        text = next((guid for guid in present if self.news[guid].kind in {"text", "composite", ""}), "")
        for guid in present:
            news = self.news[guid]
            if news.kind in {"text", "composite", ""}:
                text = guid
            elif news.kind in {"picture", "graphic"} and text:
                album = Album(self.original, self.context)
                title = next((words for _, words in news.texts("headline")), "")
                shown.setdefault(text, []).append(picture_of(news, title, album))
                placed.add(guid)

    def _digest(self, package: Element, refs: list[Element]) -> Item:
        """A package whose items are not here, as the list of what is in it."""
        news = NewsItem(package, {})
        item = item_of(news, self.original, self.context)
        titled = [(words(ref.find("title")), words(ref.find("description")), ref) for ref in refs]
        links = [
            Link(title=title, url=_address(ref), label=code(ref.find("itemClass")))
            for title, _, ref in titled
            if title
        ]
        body = "\n\n".join(
            from_plain(f"{title}. {text}" if text else title) for title, text, _ in titled if title
        )
        dates, _ = read_dates(
            {"versionCreated": words(news.meta.find("versionCreated"))}, self.context.site.timezone, ""
        )
        return replace(
            item,
            body=body,
            related=tuple(links),
            published=item.published or dates.get("versionCreated", ""),
            extra={**item.extra, "item_type": "package"},
        )


def _address(ref: Element) -> str:
    href = ref.get("href") or ref.get("residref") or ""
    return href if href.startswith(("https://", "http://")) else ""


def references(package: Element) -> list[Element]:
    """The items that a package names, in the order of its groups, from the root group on."""
    group_set = package.find("groupSet")
    if group_set is None:
        return list(package.iter("itemRef"))
    groups = {each.get("id") or "": each for each in group_set.findall("group")}
    found: list[Element] = []
    seen: set[str] = set()
    waiting = [group_set.get("root") or next(iter(groups), "")]
    while waiting:
        name = waiting.pop()
        if name in seen or name not in groups:
            continue
        seen.add(name)
        inner: list[str] = []
        for each in groups[name]:
            if each.tag == "itemRef":
                found.append(each)
            elif each.tag == "groupRef":
                inner.append(each.get("idref") or "")
        waiting += reversed(inner)
    return found
