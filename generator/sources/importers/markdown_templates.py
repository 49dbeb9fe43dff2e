"""Shortcodes, Liquid and comments in a body: found in one pass, each replaced by what it stands for."""

import re
from collections.abc import Callable
from typing import NamedTuple

from generator.core.frozen import dataclass
from generator.sources.importers.markdown_pictures import Picture
from generator.sources.importers.markdown_roots import Dialect
from generator.sources.importers.markdown_tags import Call, call, expand

_OPENERS = re.compile(r"\{\{[<%]|\{\{|\{%-?|<!--|\[(?:youtube|vimeo)[ =]")
_REACH = 6_000  # the longest tag that is read, in characters
_HEADING_REACH = 500  # the longest heading whose end is looked for
_BLANK_REACH = 200  # the most blanks after a tag that still stands alone
_TAG_NAME = re.compile(r"[A-Za-z_][\w-]*")
_OUTPUT = re.compile(r"\s*(?:\"([^\"]*)\"|'([^']*)'|([A-Za-z_][\w.\[\]\"'-]*))\s*((?:\|[^{}]*)?)", re.DOTALL)
_FILTER_TEXT = re.compile(r"""["']([^"']*)["']""")
_ESCAPED_SHORTCODE = re.compile(r"(\{\{[<%])/\*(.*)\*/([>%]\}\})", re.DOTALL)
_PATH_FILTERS = frozenset(
    ["url", "absolute_url", "relative_url", "asset_url", "prepend", "append", "relurl", "absurl", "slug"]
)
_SILENT = frozenset(["raw", "endraw", "comment", "endcomment", "capture", "endcapture", "assign"])


class Edit(NamedTuple):
    """A stretch of the body, what replaces it, and why it goes ("" when what replaces it says the same)."""

    start: int
    end: int
    text: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What tags refer to. `reference` gives the address of a file that a `ref` or `link` names ("" for none),
    `variable` the value of `page.title` and the like (None when unknown), `person` an author's name,
    `picture` the Markdown of a picture, given whether it stands alone on its lines."""

    dialect: Dialect
    reference: Callable[[str], str]
    variable: Callable[[str], str | None]
    person: Callable[[str], str]
    picture: Callable[[Picture, bool], str]


class Found(NamedTuple):
    """A tag, variable or filter that nobody has told of: where it stands, and how problems name it."""

    start: int
    name: str  # 'the tag "x"', at most 80 characters


def edits(body: str, around: Surroundings) -> tuple[tuple[Edit, ...], tuple[Found, ...]]:
    """Every tag of a body with its replacement, in order and apart from each other, and the unknown ones."""
    scanner = _Scanner(body, around)
    return scanner.run()


def applied(body: str, changes: tuple[Edit, ...]) -> str:
    """The body with every edit made."""
    pieces: list[str] = []
    at = 0
    for each in changes:
        pieces += [body[at : each.start], each.text]
        at = each.end
    pieces.append(body[at:])
    return "".join(pieces)


def ends_heading(body: str, start: int, end: int) -> bool:
    """Whether a stretch is the last of a heading's line: its words would change the heading's anchor."""
    before = body[max(0, start - _HEADING_REACH) : start]
    line = before.rpartition("\n")[2]
    rest = body[end : end + _BLANK_REACH].lstrip(" \t")
    whole = len(line) < len(before) or start <= _HEADING_REACH
    return whole and line.startswith("#") and (not rest or rest[0] == "\n")


def alone(body: str, start: int, end: int) -> bool:
    """Whether nothing else stands on the lines of a stretch, and it is not indented into a list."""
    rest = body[end : end + _BLANK_REACH].lstrip(" \t")
    return (start == 0 or body[start - 1] == "\n") and (not rest or rest[0] == "\n")


class _Scanner:
    def __init__(self, body: str, around: Surroundings) -> None:
        self.body = body
        self.around = around
        self.edits: list[Edit] = []
        self.unknown: list[Found] = []
        # Go's own templates stand as text in the content of a Hugo site.
        self.liquid = around.dialect != "hugo" and not (around.dialect == "" and "{{<" in body)
        self.closers: dict[str, int] = {}

    def run(self) -> tuple[tuple[Edit, ...], tuple[Found, ...]]:
        at = 0
        while found := _OPENERS.search(self.body, at):
            at = self.one(found.start(), found[0])
        return tuple(self.edits), tuple(self.unknown)

    def one(self, start: int, opener: str) -> int:
        if opener == "<!--":
            return self.comment(start)
        if opener in {"{{<", "{{%"}:
            return self.between(start, opener[2].replace("<", ">") + "}}", self.shortcode)
        if opener == "[youtube" or opener.startswith("["):
            return self.between(start, "]", self.bracketed)
        if not self.liquid:
            return start + len(opener)
        if opener == "{{":
            return self.between(start, "}}", self.output)
        return self.between(start, "%}", self.tag)

    def between(self, start: int, closer: str, read: Callable[[int, int], int]) -> int:
        end = self.closing(closer, start + 2)
        return read(start, end + len(closer)) if 0 <= end <= start + _REACH else start + 2

    def closing(self, mark: str, start: int) -> int:
        """Where a mark stands next, -1 for nowhere; each stretch of the body is searched once."""
        place = self.closers.get(mark, -2)
        if place == -1 or place >= start:
            return place
        place = self.closers[mark] = self.body.find(mark, start)
        return place

    def change(self, start: int, end: int, text: str, reason: str = "") -> int:
        self.edits.append(Edit(start, end, text, reason))
        return end

    def comment(self, start: int) -> int:
        end = self.closing("-->", start)
        return self.change(start, end + 3, "", "a comment") if end >= 0 else start + 4

    def shortcode(self, start: int, end: int) -> int:
        if escaped := _ESCAPED_SHORTCODE.fullmatch(self.body, start, end):
            return self.change(start, end, escaped[1] + escaped[2] + escaped[3])
        return self.expanded(start, end, call(self.body[start + 3 : end - 3]))

    def expanded(self, start: int, end: int, tag: Call) -> int:
        made = expand(tag, self.around.reference)
        if not made.known:
            name = f"{tag.name} {tag.at(0)}".strip() if tag.name in {"include", "render"} else tag.name
            self.unknown.append(Found(start, f'the tag "{name[:60]}"'))
            return self.change(start, end, made.text, f"the tag “{name[:60]}”, which is not known")
        if made.picture is not None:
            apart = alone(self.body, start, end) or ends_heading(self.body, start, end)
            text = self.around.picture(made.picture, apart)
            return self.change(start, end, text, "" if text else "a picture that the source does not hold")
        return self.change(start, end, made.text, "" if made.text.strip() else f"the tag “{tag.name}”")

    def bracketed(self, start: int, end: int) -> int:
        inside = self.body[start + 1 : end - 1]
        name = inside[: inside.index("youtube" if inside.startswith("youtube") else "vimeo") + 7].strip(" =")
        address = inside[len(name) :].strip(" =").partition("&w=")[0].strip('"')
        if not address.startswith(("http://", "https://")):
            return start + 1
        return self.change(start, end, f"[{'YouTube' if name == 'youtube' else 'Vimeo'}]({address})")

    def tag(self, start: int, end: int) -> int:
        inside = self.body[start + 2 : end - 2].strip("-").strip()
        named = _TAG_NAME.match(inside)
        if named is None:
            return start + 2
        name = named[0].lower()
        if name in {"raw", "verbatim"}:
            return self.verbatim(start, end, "end" + name)
        if name == "comment":
            stop = self.after_tag("endcomment", end)
            return self.change(start, stop, "", "a comment")
        if name in _SILENT or name.startswith("end"):
            if name.startswith("endhighlight"):
                return self.expanded(start, end, Call(name=name))
            return self.change(start, end, "", f"the tag “{name}”")
        return self.expanded(start, end, call(inside))

    def verbatim(self, start: int, end: int, closer: str) -> int:
        self.change(start, end, "", "the tag “raw”")
        stop = self.body.find("{%", end)
        while stop >= 0:
            close = self.body.find("%}", stop, stop + 80)
            if close >= 0 and self.body[stop + 2 : close].strip("- ") == closer:
                return self.change(stop, close + 2, "", "the tag “endraw”")
            stop = self.body.find("{%", stop + 2)
        return len(self.body)

    def after_tag(self, name: str, start: int) -> int:
        place = self.closing(name, start)
        close = self.body.find("%}", place) if place >= 0 else -1
        return close + 2 if close >= 0 else len(self.body)

    def output(self, start: int, end: int) -> int:
        inside = self.body[start + 2 : end - 2].strip("-")
        if self.around.dialect == "zola" and "(" in inside:
            return self.expanded(start, end, call(inside))
        found = _OUTPUT.fullmatch(inside)
        if found is None:
            return start + 2
        literal = found[1] if found[1] is not None else found[2]
        filters = found[4].lstrip("|").strip()
        if literal is None:
            value = self.around.variable(found[3])
            if value is None:
                self.unknown.append(Found(start, f'the variable "{found[3][:60]}"'))
                return self.change(start, end, "", f"the variable “{found[3]}”, which is not known")
            return self.change(start, end, value, "" if value else f"the variable “{found[3]}”")
        return self.filtered(start, end, literal, filters)

    def filtered(self, start: int, end: int, literal: str, filters: str) -> int:
        named = _TAG_NAME.match(filters)
        name = named[0].lower() if named else ""
        if name in _PATH_FILTERS or not name:
            return self.change(start, end, literal)
        if name == "embed":
            told = _FILTER_TEXT.search(filters)
            address = literal.replace("youtube-nocookie.com/embed/", "youtube.com/watch?v=")
            return self.change(start, end, f"[{' '.join(told[1].split()) if told else 'Video'}]({address})")
        if any(word in name for word in ("photo", "image", "avatar", "img")):
            return self.change(start, end, "", "a picture that the source does not hold")
        if any(word in name for word in ("link", "name", "author", "person")):
            return self.change(start, end, self.around.person(literal))
        self.unknown.append(Found(start, f'the filter "{name[:60]}"'))
        return self.change(start, end, literal, f"the filter “{name}”, which is not known")
