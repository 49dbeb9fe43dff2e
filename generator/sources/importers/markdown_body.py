"""A body of Hugo's, Jekyll's or Zola's Markdown made plain: no shortcodes, every link leading somewhere."""

import re
from bisect import bisect_right
from collections.abc import Callable
from html import escape, unescape

from generator.core.frozen import dataclass
from generator.core.paths import slugify
from generator.sources.importers.base import LEFT_OUT, LineFate, Media
from generator.sources.importers.markdown_links import code_spans, reference, resolve
from generator.sources.importers.markdown_matter import Matter
from generator.sources.importers.markdown_pictures import Picture, lost, media, shown
from generator.sources.importers.markdown_survey import Entry, Survey
from generator.sources.importers.markdown_tags import HERE, NOWHERE
from generator.sources.importers.markdown_templates import Edit, Found, Surroundings, alone, applied, edits

_ADDRESS = r"[^\s()<>]{0,2000}(?:\([^\s()<>]{0,500}\)[^\s()<>]{0,500}){0,3}"
_IMAGE = re.compile(
    rf"!\[((?:[^\[\]]|\[[^\[\]]{{0,200}}\]){{0,1000}})\]\([ \t]*(<[^<>\n]{{0,2000}}>|{_ADDRESS})"
    r"""(?:\s{1,9}(?:"([^"]{0,1000})"|'([^']{0,1000})'))?\s{0,9}\)"""
)
_LINK = re.compile(rf"\]\([ \t]*(<[^<>\n]{{0,2000}}>|{_ADDRESS})")
_DEFINITION = re.compile(
    r"^[ ]{0,3}\[(?!\^)[^\]\n]{1,300}\]:[ \t]*(<[^<>\n]{0,2000}>|\S{1,2000})", re.MULTILINE
)
_HTML_IMAGE = re.compile(r"<img\b([^<>]{0,4000})>", re.IGNORECASE)
_HTML_LINK = re.compile(
    r"""\b(href|src)\s{0,9}=\s{0,9}(?:"([^"<>]{0,2000})"|'([^'<>]{0,2000})')""", re.IGNORECASE
)
_ATTRIBUTE = re.compile(
    r"""\b(src|alt|title)\s{0,9}=\s{0,9}(?:"([^"]{0,4000})"|'([^']{0,4000})')""", re.IGNORECASE
)
_FRAME = re.compile(r"<iframe\b([^<>]{0,4000})>", re.IGNORECASE)
_HEADING = re.compile(r"^([ ]{0,3}#{1,6}[ \t]{1,9})(\S[^\n]*)$", re.MULTILINE)
_NAMED_ANCHOR = re.compile(r"""<a\s{1,9}name\s{0,9}=\s{0,9}["']([^"'<>]{1,200})["']""", re.IGNORECASE)
_DEAD_LINK = re.compile(
    rf"\[((?:[^\[\]]|\[[^\[\]]{{0,500}}\](?:\([^()\n]{{0,500}}\))?){{0,1000}})\]"
    rf"\([ \t]{{0,9}}{NOWHERE}[^()]{{0,1000}}\)"
)
_DEAD_HTML = re.compile(
    rf"<a\b[^<>]{{0,2000}}{NOWHERE}[^<>]{{0,2000}}>(.{{0,2000}}?)</a>", re.IGNORECASE | re.DOTALL
)
_NOT_WORD = re.compile(r"[^\w\s-]")
_SPACE = re.compile(r"\s")
_RUNS = re.compile(r"[\s-]+")
_MARKUP = re.compile(r"<[^<>]{0,500}>|\]\([^()\s]{0,500}\)|[*`\[\]]")
_BLANKS = re.compile(r"\n(?:[ \t]*\n){2,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A body made plain. `fates` tell of its lines, counted in the original file; `unknown` are tags nobody
    told of, `lost` the pictures that are not in the source and `dead` how many links lost their address."""

    text: str
    fates: tuple[LineFate, ...]
    media: tuple[Media, ...]
    unknown: tuple[tuple[int, str], ...]
    lost: tuple[str, ...]
    dead: int


def make_plain(matter: Matter, entry: Entry, survey: Survey, files: frozenset[str]) -> Body:
    """The body of one file as Morgue's Markdown."""
    work = _Work(matter, entry, survey, files)
    around = Surroundings(
        dialect=entry.root.dialect,
        reference=work.reference,
        variable=work.variable,
        person=lambda slug: survey.people.get((entry.root.folder, slugify(slug)), slug),
        picture=work.picture,
    )
    changes, unknown = edits(matter.body, around)
    text = applied(matter.body, changes)
    text = _outside_code(text, work.html)
    text = _outside_code(text, work.links)
    text = _anchored(text, survey.fragments)
    text, dead = _without_dead_links(text.replace(HERE, ""))
    return Body(
        text=_outside_code(text, lambda part: _BLANKS.sub("\n\n", part)).strip("\n").rstrip(),
        fates=_fates(matter, changes),
        media=tuple(dict.fromkeys(work.media)),
        unknown=tuple((_line(matter, found), found.name) for found in unknown),
        lost=tuple(dict.fromkeys(work.lost)),
        dead=dead,
    )


class _Work:
    """What gathers while one body is rewritten."""

    def __init__(self, matter: Matter, entry: Entry, survey: Survey, files: frozenset[str]) -> None:
        self.matter, self.entry, self.survey, self.files = matter, entry, survey, files
        self.media: list[Media] = []
        self.lost: list[str] = []

    def reference(self, target: str) -> str:
        """The address of a file that a `ref` names, "" for none."""
        found = reference(target, self.entry, self.survey)
        return HERE + found if found else ""

    def variable(self, name: str) -> str | None:
        """The value of `site.baseurl`, `page.title` and their like."""
        scope, _, rest = name.partition(".")
        if scope in {"site", "config"}:
            known = {"baseurl": "", "base_url": self.entry.root.url, "url": self.entry.root.url}
            return known.get(rest.lower())
        if scope in {"page", "post", "article"} and rest in {"url", "permalink"}:
            return self.entry.old[0]
        if scope in {"page", "post", "article"} and rest:
            return self.matter.text(rest.lower()) or None
        return "" if name == "content" else None

    def picture(self, picture: Picture, alone: bool) -> str:
        """Markdown of a picture, or of what is left of it."""
        src = unescape(picture.src).strip()
        if src.startswith(("http://", "https://", "//")) and not self.is_own(src):
            return shown(picture, src, alone=alone)
        found = media(src, self.entry.name, self.entry.root, self.files)
        if found is not None:
            self.media.append(found)
            return shown(picture, HERE + "/" + found.target, alone=alone)
        self.lost.append(src)
        return lost(picture, alone=alone)

    def is_own(self, src: str) -> bool:
        """Whether an address is on the old site's own host."""
        return any(
            src.lower().startswith((f"https://{host}/", f"http://{host}/", f"//{host}/"))
            for host in self.entry.root.hosts
        )

    def html(self, text: str) -> str:
        """A stretch of text with its pictures and frames seen to."""
        text = _IMAGE.sub(self.markdown_image, text)
        text = _HTML_IMAGE.sub(self.html_image, text)
        return _FRAME.sub(_frame, text)

    def markdown_image(self, found: re.Match[str]) -> str:
        src = found[2].strip("<>")
        picture = Picture(src=src, alt=found[1], caption=found[3] or found[4] or "")
        made = self.picture(picture, alone=False)
        # A picture from elsewhere, or one that came along unmoved, stays as it was typed.
        return found[0] if src in made and made.startswith("![") else self.outcome(found, picture, made)

    def html_image(self, found: re.Match[str]) -> str:
        given = {key.lower(): first or second for key, first, second in _ATTRIBUTE.findall(found[1])}
        picture = Picture(src=given.get("src", ""), alt=unescape(given.get("alt", "")))
        made = self.picture(picture, alone=False)
        if not made.startswith("!["):
            return self.outcome(found, picture, made)
        src = unescape(picture.src).strip()
        return (
            found[0]
            if src in made
            else found[0].replace(given["src"], made[made.rindex("](") + 2 : -1].strip("<>"))
        )

    def outcome(self, found: re.Match[str], picture: Picture, made: str) -> str:
        if made.startswith("![") or not alone(found.string, found.start(), found.end()):
            return made
        return lost(picture, alone=True)

    def links(self, text: str) -> str:
        """A stretch of text with every address in it resolved."""
        for form in (_LINK, _DEFINITION):
            text = form.sub(lambda m: m[0].replace(m[1], self.address(m[1])) if m[1] else m[0], text)
        return _HTML_LINK.sub(self.html_link, text)

    def html_link(self, found: re.Match[str]) -> str:
        url = found[2] if found[2] is not None else found[3]
        made = self.address(unescape(url))
        return found[0] if made == unescape(url) else f'{found[1]}="{escape(made)}"'

    def address(self, url: str) -> str:
        bare = url.strip("<>")
        if bare.startswith((NOWHERE, HERE)):
            return url
        made, copied = resolve(bare, self.entry, self.survey, self.files)
        if copied is not None:
            self.media.append(copied)
        return url if made == bare else HERE + made


def _frame(found: re.Match[str]) -> str:
    given = {key.lower(): first or second for key, first, second in _ATTRIBUTE.findall(found[1])}
    src = unescape(given.get("src", "")).strip()
    if src.startswith("//"):
        src = "https:" + src
    if not src.startswith(("http://", "https://")):
        return ""
    label = unescape(given.get("title", "")) or src.split("/")[2]
    return f'<a href="{escape(src)}">{escape(label, quote=False)}</a>'


def _outside_code(text: str, change: Callable[[str], str]) -> str:
    pieces: list[str] = []
    at = 0
    for start, end in code_spans(text):
        pieces += [change(text[at:start]), text[start:end]]
        at = end
    pieces.append(change(text[at:]))
    return "".join(pieces)


def _anchored(text: str, fragments: frozenset[str]) -> str:
    """Headings keep the anchors by which links know them, where Morgue would make others."""
    if not fragments:
        return text
    code = code_spans(text)
    starts = [start for start, _ in code]

    def heading(found: re.Match[str]) -> str:
        before = bisect_right(starts, found.start()) - 1
        title = found[2].rstrip("# \t") or found[2]
        if (before >= 0 and found.start() < code[before][1]) or title.endswith("}"):
            return found[0]
        words = unescape(_MARKUP.sub("", title))
        own = slugify(words)
        forms = [
            _github(words),
            _RUNS.sub("-", _github(words)).strip("-"),
            _github(words.lstrip("0123456789.)- ")),
        ]
        if own in fragments:
            return found[0]
        old = next((form for form in forms if form and form in fragments), "")
        return f"{found[1]}{title} {{#{old}}}" if old and old != own else found[0]

    text = _HEADING.sub(heading, text)
    return _NAMED_ANCHOR.sub(lambda m: m[0].replace("name", "id", 1) if m[1] in fragments else m[0], text)


def _github(words: str) -> str:
    return _SPACE.sub("-", _NOT_WORD.sub("", words.strip().lower()))


def _without_dead_links(text: str) -> tuple[str, int]:
    """Links that the old site could not resolve give their text alone."""
    if NOWHERE not in text:
        return text, 0
    text, dead = _DEAD_LINK.subn(r"\1", text)
    text, more = _DEAD_HTML.subn(r"\1", text)
    return text.replace(NOWHERE, ""), dead + more


def _line(matter: Matter, found: Found) -> int:
    return matter.body_line + matter.body.count("\n", 0, found.start)


def _fates(matter: Matter, changes: tuple[Edit, ...]) -> tuple[LineFate, ...]:
    """The fate of each line of the body: gone when all it held was tags that leave nothing."""
    fates: list[LineFate] = []
    empty = [each for each in changes if not each.text.strip()]
    at = start = 0
    for number, row in enumerate(matter.body.split("\n"), matter.body_line):
        end = start + len(row)
        while at < len(empty) and empty[at].end <= start:
            at += 1
        kept, reason, near, step = [], "", start, at
        while step < len(empty) and empty[step].start < end:
            kept.append(matter.body[near : max(near, empty[step].start)])
            near = max(near, min(end, empty[step].end))
            reason = reason or empty[step].reason
            step += 1
        kept.append(matter.body[near:end])
        if row.strip():
            gone = not "".join(kept).strip()
            fates.append(LineFate(number, LEFT_OUT, reason or "a tag") if gone else LineFate(number, "body"))
        start = end + 1
    return tuple(fates)
