"""A body of Markdown as safe HTML and its blocks; the only module that knows Python-Markdown."""

import re
from functools import lru_cache
from threading import get_ident
from xml.etree.ElementTree import Element

import markdown
from markdown.extensions import Extension
from markdown.extensions.abbr import AbbrExtension
from markdown.extensions.attr_list import AttrListExtension, AttrListTreeprocessor
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.fenced_code import FencedCodeExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import InlineProcessor, SimpleTagInlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import INLINE_PLACEHOLDER_PREFIX, AtomicString

from generator.core.model import Prose
from generator.markup import sanitise
from generator.markup.blocks import compose, plain
from generator.markup.bounds import InlineBudget, is_too_costly
from generator.markup.labels import begins_with_label
from generator.markup.lines import place
from generator.markup.marks import CLOSE, MIDDLE, OPEN, fit, neutralise
from generator.markup.mixed import mixed


def read(body: str, base: str) -> Prose:
    """`convert.convert` for a body that is not plain throughout."""
    converter, names = _converter(get_ident())
    converter.reset()
    names.clear()
    try:
        prose = mixed(body, base, lambda text: fit(sanitise.sanitise(converter.convert(text))), names)
    except (RecursionError, sanitise.TooDeep):
        prose = None
    return parsed(body, base) if prose is None else prose


def parsed(body: str, base: str = "") -> Prose:
    """`convert.convert` by way of the parser alone, as it reads any body."""
    text = neutralise(body)
    if is_too_costly(text):
        return place(plain(text, base), text)
    converter, names = _converter(get_ident())
    converter.reset()
    names.clear()
    try:
        prose = compose(fit(sanitise.sanitise(converter.convert(text))), names, base)
    except (RecursionError, sanitise.TooDeep):
        prose = plain(text, base)
    return place(prose, text)


@lru_cache(maxsize=4)
def _converter(thread: int) -> tuple[markdown.Markdown, list[str]]:
    """The converter of one thread, for it keeps state, and the names of the wiki links that it met last."""
    names: list[str] = []
    converter = markdown.Markdown(
        output_format="html",
        extensions=[
            AbbrExtension(),
            DefListExtension(),
            FencedCodeExtension(),
            FootnoteExtension(),
            SaneListExtension(),
            TableExtension(use_align_attribute=True),
            _Dialect(names),
        ],
    )
    return converter, names


class _Dialect(Extension):
    """What Morgue reads besides: wiki links, struck words, related lines, cautious attribute lists."""

    def __init__(self, names: list[str]) -> None:
        super().__init__()
        self.names = names

    def extendMarkdown(self, md: markdown.Markdown) -> None:
        md.preprocessors.register(_ArticleLines(md), "article_lines", 15)
        # Before references and links, which "[[" would open, and after code and escapes.
        md.inlinePatterns.register(_WikiLinks(md, self.names), "wiki_link", 175)
        md.inlinePatterns.register(SimpleTagInlineProcessor(_STRUCK, "del"), "struck", 55)
        AttrListExtension().extendMarkdown(md)
        md.treeprocessors.register(_AttributeLists(md), "attr_list", 8)
        md.treeprocessors.register(_Costly(md), "costly", 25)


_ATTRIBUTED = re.compile(r" {0,3}> ?(?:—|–|―|--) ?[^\s-]")
_STRUCK = r"(~~)(?![\s~])([^~]{1,2000})(?<!\s)~~(?!~)"
_WIKI_LINK = r"\[\[([^\[\]|]{1,200})(?:\|([^\[\]|]{1,200}))?\]\](?![(\[])"
_ATTRIBUTE_LIST = r"\{(?::[ ]?|(?=[#.]))([^\}\n ][^\}\n]*)\}"


class _ArticleLines(Preprocessor):
    """Keeps apart what a newspaper's text keeps apart.

    A line such as `ALSO READ: …` gets a paragraph of its own, and a quotation that ends in `— Name` is
    not joined to the next one.
    """

    def run(self, lines: list[str]) -> list[str]:
        spaced: list[str] = []
        attributed = False
        for line in lines:
            if begins_with_label(line):
                spaced += ["", line, ""]
                continue
            if attributed and line.strip():
                if line.lstrip().startswith(">"):
                    spaced += [self.md.htmlStash.store("<!-- -->"), ""]
                attributed = False
            spaced.append(line)
            attributed = attributed or _ATTRIBUTED.match(line) is not None
        return spaced


class _Costly(Treeprocessor):
    """Leaves stretches of words as they were typed where reading them would take too long."""

    def run(self, root: Element) -> None:
        budget = InlineBudget()
        for element in root.iter():
            if element.text and not budget.allows(element.text):
                element.text = AtomicString(element.text)
            if element.tail and not budget.allows(element.tail):
                element.tail = AtomicString(element.tail)


class _WikiLinks(InlineProcessor):
    """Leaves the shown text of `[[Name|shown]]` between marks."""

    def __init__(self, md: markdown.Markdown, names: list[str]) -> None:
        super().__init__(_WIKI_LINK, md)
        self.names = names

    def handleMatch(  # type: ignore[override]
        self, m: re.Match[str], data: str
    ) -> tuple[str | None, int | None, int | None]:
        name = " ".join(self.unescape(m[1]).split())
        shown = m[2] or m[1]
        if INLINE_PLACEHOLDER_PREFIX in m[0] or not name or not shown.strip():
            return None, None, None
        self.names.append(name)
        return f"{OPEN}{len(self.names) - 1}{MIDDLE}{shown}{CLOSE}", m.start(0), m.end(0)


class _AttributeLists(AttrListTreeprocessor):
    """Reads `{#id}`, `{.class}` and `{: …}` only: braces with anything else in them are the author's text."""

    HEADER_RE = re.compile(rf"[ ]+{_ATTRIBUTE_LIST}[ ]*$")  # type: ignore[misc]
    BLOCK_RE = re.compile(rf"\n[ ]*{_ATTRIBUTE_LIST}[ ]*$")  # type: ignore[misc]
    INLINE_RE = re.compile(rf"^{_ATTRIBUTE_LIST}")  # type: ignore[misc]
