"""Sanitised HTML into the text of an article page: its blocks, their anchors, pull quotes, related lines."""

import re

from generator.core.model import Block, Prose
from generator.markup.anchors import claim, heading_slug
from generator.markup.elements import (
    CONTAINERS,
    FLOW,
    HEADINGS,
    INNER_BLOCKS,
    KINDS,
    NO_HEADLINE,
    UNLINKABLE,
    around_blocks,
    caption_alone,
    is_wordless,
)
from generator.markup.labels import split_label
from generator.markup.links import based, site_url
from generator.markup.marks import unmarked
from generator.markup.quotations import DASH, Cut, attribution
from generator.markup.sanitise import OBSOLETE
from generator.markup.tokens import (
    Token,
    attributes_of,
    escape,
    opening_tag,
    plain_text,
    quote,
    tokenise,
)
from generator.markup.writer import Writer

_URLS = ("href", "src", "poster")
_ALIGNED = ("left", "center", "right")


def compose(clean: str, names: list[str], base: str = "") -> Prose:
    """The text of an article page from sanitised HTML; `names` are those of the wiki links marked in it.

    Raises ValueError when the HTML is not well formed.
    """
    tokens = tokenise(clean)
    composer = Composer(names, base)
    composer.claim_ids(tokens)
    composer.shift = has_title(tokens)
    composer.run(tokens)
    return composer.prose()


def plain(text: str, base: str = "") -> Prose:
    """A text as paragraphs that show every character as it was typed; blank lines part them."""
    paragraphs = (p.strip("\n") for p in re.split(r"\n[ \t]*\n", text))
    return compose("\n".join(f"<p>{escape(p)}</p>" for p in paragraphs if p.strip()), [], base)


def has_title(tokens: list[Token]) -> bool:
    """Whether any heading is of the first level, so that all are written one level lower."""
    return any(token.name == "h1" for token in tokens)


class Composer:
    """A text in the making, from the tokens of sanitised HTML, all at once or part after part.

    Before the first part, `claim_ids` is told the tokens of all parts in which ids are written, and `shift`
    whether any of them has a title.
    """

    def __init__(self, names: list[str], base: str) -> None:
        """`names` are those of the wiki links marked in the HTML."""
        self.writer = Writer(names)
        self.tokens: list[Token] = []
        self.links: list[str] = []
        self.anchors: list[str] = []
        self.taken: dict[str, int] = {}
        self.count = 0  # of paragraphs numbered so far
        self.shift = False
        self._base = base
        self._ids: dict[str, str] = {}
        self._unused: set[str] = set()
        self._around: set[int] = set()
        self._closed = 0  # how many links or codes around blocks are open

    def share(
        self,
        html: list[str],
        blocks: list[Block],
        links: list[str],
        anchors: list[str],
        taken: dict[str, int],
    ) -> None:
        """Write into what another writes into too; `count` and the writer's `position` are the caller's."""
        self.writer.parts, self.writer.blocks = html, blocks
        self.links, self.anchors, self.taken = links, anchors, taken

    def claim_ids(self, tokens: list[Token]) -> None:
        """Let the ids that authors wrote be theirs, before any is made of a crosshead's words."""
        for token in tokens:
            if ' id="' in token.attributes:
                written = unmarked(attributes_of(token)["id"])
                if written not in self._ids and (final := claim(written, self.taken)):
                    self._ids[written] = final
        self._unused = set(self._ids)

    def prose(self) -> Prose:
        """What was made so far."""
        return Prose(
            html=self.writer.html,
            blocks=tuple(self.writer.blocks),
            wiki=tuple(self.writer.wiki),
            links=tuple(self.links),
            anchors=tuple(self.anchors),
        )

    def run(self, tokens: list[Token]) -> None:
        """Write a part, of which no element is left open."""
        self.tokens = tokens
        self._around = around_blocks(tokens)
        at = 0
        while at < len(self.tokens):
            token = self.tokens[at]
            if not token.name and token.html.isspace():
                self.writer.raw(token.html)
                at += 1
            elif token.name in CONTAINERS or min(at, token.partner) in self._around:
                if token.name in UNLINKABLE:
                    self._closed += -1 if token.closing else 1
                self._tag(token)
                at += 1
            elif token.name in KINDS:
                self._leaf(at)
                at = token.partner + 1
            else:
                at = self._stray(at)

    def _leaf(self, at: int) -> None:
        token = self.tokens[at]
        inside = self.tokens[at + 1 : token.partner]
        if token.name == "hr":
            self._tag(token)
        elif (
            token.name == "p"
            and (line := split_label(unmarked(plain_text(inside))))
            and not any(t.name in NO_HEADLINE for t in inside)
        ):
            self._also(token, inside, *line)
        elif token.name == "blockquote" and (cut := attribution(self.tokens, at)):
            self._pull(at, cut)
        else:
            kind = KINDS[token.name]
            anchor = self._anchor(token, unmarked(plain_text(inside)) if kind == "heading" else None)
            self.writer.begin()
            missing = kind == "figure" and caption_alone(inside)
            self._tag(token, id=anchor, extra_class="missing" if missing else "")
            linkable = kind != "heading" and token.name not in UNLINKABLE
            self._inside(at + 1, token.partner, linkable=linkable, credits=kind == "figure")
            self._tag(self.tokens[token.partner])
            self.writer.end(kind, anchor)

    def _anchor(self, token: Token, heading: str | None = None) -> str:
        """The id of a block's element: the author's, a crosshead's words, or the paragraph's number."""
        if ' id="' in token.attributes and (final := self._own_id(attributes_of(token)["id"])):
            return final
        if heading is not None:
            return claim(heading_slug(heading), self.taken)
        self.count += 1
        return f"p{self.count}"

    def _also(self, token: Token, inside: list[Token], label: str, headline: str) -> None:
        anchor = self._anchor(token)
        link = next((t for t in inside if t.name == "a" and ' href="' in t.attributes), None)
        self.writer.begin()
        self.writer.raw(f'<p class="also" id="{quote(anchor)}"><b class="label">{escape(label)}</b> ')
        self.anchors.append(anchor)
        if link:
            self._tag(link)
        self.writer.plain(headline, linkable=link is None)
        self.writer.raw("</a></p>" if link else "</p>")
        self.writer.end("also", anchor, label)

    def _pull(self, at: int, cut: Cut) -> None:
        tokens, quotation = self.tokens, self.tokens[at]
        anchor = self._anchor(quotation)
        self.writer.begin()
        self._tag(quotation, id=anchor, extra_class="pull")
        if cut.whole:
            self._inside(at + 1, tokens[cut.end].partner)
        else:
            self._inside(at + 1, cut.token)
            if not tokens[cut.token].name:
                self.writer.text(tokens[cut.token].html[: cut.offset], linkable=True)
            self.writer.raw("</p>")
        self.writer.raw('<footer class="agate">')
        start = cut.token + (tokens[cut.token].name == "br")
        first = tokens[start]
        if not first.name:
            self.writer.raw(DASH.sub("— ", first.html[cut.offset if start == cut.token else 0 :], count=1))
            start += 1
        for token in tokens[start : cut.end]:
            self._tag(token)
        self.writer.raw("</footer></blockquote>")
        self.writer.end("pull", anchor, cut.name)

    def _stray(self, at: int) -> int:
        """Words that stand in a container without an element of their own; returns where they end."""
        end = at
        while end < len(self.tokens):
            token = self.tokens[end]
            if token.closing or token.name in FLOW or end in self._around:
                break
            end = token.partner + 1
        self.writer.begin()
        self._inside(at, end)
        if self.writer.has_words:
            self.writer.end("other", "")
        return end

    def _inside(self, at: int, end: int, *, linkable: bool = True, credits: bool = False) -> None:
        """Write what stands between two positions, its words as words of the block.

        With `credits`, what stands in <small> is the picture's credit, and no words of the block's.
        """
        closed = self._closed + (0 if linkable else 1)
        while at < end:
            token = self.tokens[at]
            if not token.name:
                self.writer.text(token.html, linkable=not closed)
            elif is_wordless(self.tokens, at) or (credits and token.name == "small" and not token.closing):
                for part in self.tokens[at : token.partner + 1]:
                    self._tag(part)
                at = token.partner
            else:
                if token.name in INNER_BLOCKS:
                    self.writer.part("\n\n")
                elif token.name == "br":
                    self.writer.part("\n")
                if token.name in UNLINKABLE:
                    closed += -1 if token.closing else 1
                self._tag(token)
            at += 1

    def _tag(self, token: Token, *, id: str = "", extra_class: str = "") -> None:
        """Write a tag, or text that belongs to no block, as the page has it."""
        name = OBSOLETE.get(token.name, token.name)
        if name in HEADINGS and self.shift:
            name = HEADINGS[min(HEADINGS.index(name) + 1, 5)]
        if token.closing:
            self.writer.raw(f"</{name}>")
        elif not name or not (token.attributes or id or extra_class or name != token.name):
            self.writer.raw(token.html)
        else:
            self.writer.raw(opening_tag(name, self._attributes(token, id, extra_class)))

    def _attributes(self, token: Token, id: str, extra_class: str) -> dict[str, str]:
        attributes = {key: unmarked(value) for key, value in attributes_of(token).items()}
        written = attributes.pop("id", "")
        classes = attributes.pop("class", "").split()
        align = attributes.pop("align", "").strip().lower()
        classes += [c for c in (align if align in _ALIGNED else "", extra_class) if c and c not in classes]
        final = id or self._own_id(written)
        for key in _URLS:
            if key in attributes:
                attributes[key] = self._url(attributes[key])
        if final:
            self.anchors.append(final)
        head = {"class": " ".join(classes)} if classes else {}
        return head | ({"id": final} if final else {}) | attributes

    def _own_id(self, written: str) -> str:
        written = unmarked(written)
        if written not in self._unused:
            return ""
        self._unused.remove(written)
        return self._ids[written]

    def _url(self, written: str) -> str:
        url = site_url(written)
        if url.startswith("#"):
            url = "#" + self._ids.get(url[1:], url[1:])
        self.links.append(url)
        return based(url, self._base)
