"""The text of a wire's message: its keyword line, headline, byline and notes, and the paragraphs."""

import re
from dataclasses import dataclass, field

from generator.sources.importers.agency.texts import clean, from_plain
from generator.sources.importers.agency.wire_header import is_sent_line
from generator.sources.importers.base import Dropped

_END = re.compile(
    r"^[\s(<^]*(?:more|end|nnnn|-\s?30\s?-|-\s?0\s?-|\#\#\#|\*\*\*\*|\(endit\)|ends?)[\s)>.<]*$",
    re.IGNORECASE,
)
_MORE = re.compile(r"^[\s(<^]*more[\s)>.<]*$", re.IGNORECASE)
_NOTE = re.compile(r"^[\s(]*(?:eds?|editors?|attention|undated)\b\s*:?", re.IGNORECASE)
_BY = re.compile(r"^\s*(?:by|von|par)\s+\S", re.IGNORECASE)
_POST = re.compile(r"\b(?:writer|correspondent|reporter|editor|staff|press|korrespondent)\b", re.IGNORECASE)
_HEAD_LIMIT = 12
_KEYWORDS_LIMIT = 120
_HEADLINE_LIMIT = 250


@dataclass(slots=True, kw_only=True)
class Story:
    """What stands in a text. `paragraphs` are plain; `continued` tells that another take follows."""

    keywords: str = ""
    headline: str = ""
    byline: str = ""
    notes: list[str] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)
    sent: str = ""
    continued: bool = False
    unseen: int = 0
    dropped: list[Dropped] = field(default_factory=list)

    @property
    def markdown(self) -> str:
        """The paragraphs as Markdown."""
        return from_plain("\n\n".join(self.paragraphs))


def read_story(text: str, *, keyword: str, source: str = "") -> Story:
    """A message's text. `keyword` is what its header calls the story.

    Texts with a `source` (IPTC 7901) have their keyword line first, and end headlines in "="; those of ANPA
    mark the lines of the head with "^" and "<".
    """
    story = Story()
    text, story.unseen, _ = clean(
        text.replace("``", "“").replace("''", "”").replace("\x1f", " ").replace("\x1e", " ")
    )
    lines = _without_ends(text.split("\n"), story, source)
    start = _head(lines, story, keyword, telegraphic=bool(source))
    story.paragraphs = _paragraphs(lines[start:])
    return story


def _without_ends(lines: list[str], story: Story, source: str) -> list[str]:
    """The lines without the marks of the wire at their end; `source` signs what it sends: "dpa ab cd"."""
    signature = re.compile(
        rf"{re.escape(source)}(?:[ /][a-z]{{2,4}}){{1,6}}\Z" if source else r"(?!)", re.IGNORECASE
    )
    lines = [line.rstrip() for line in lines]
    marks = 0
    while lines:
        last = lines[-1].strip()
        if not last or last in {"<", "^"}:
            lines.pop()
        elif is_sent_line(last):
            story.sent = lines.pop().strip(" ^<")
            marks += 1
        elif signature.match(last):
            lines.pop()
            story.dropped.append(Dropped("signature", "who sent it is no part of the text"))
        elif _END.match(last):
            story.continued = story.continued or _MORE.match(last) is not None
            lines.pop()
            marks += 1
        else:
            break
    if marks:
        story.dropped.append(Dropped("end mark", "a sign of the wire, not of the text", marks))
    return lines


def _head(lines: list[str], story: Story, keyword: str, *, telegraphic: bool) -> int:
    """Read the lines above the first paragraph; where that begins."""
    headline: list[str] = []
    at = 0
    while at < len(lines) and at < _HEAD_LIMIT + 20:
        raw = lines[at]
        line = " ".join(raw.strip(" \t^<").split())
        marked = raw.lstrip().startswith("^")
        indented = raw[:1] in {" ", "\t"} and not marked
        if not line:
            if (headline or story.keywords) and not telegraphic:
                at += 1
                break
        elif _NOTE.match(line):
            story.notes.append(line)
        elif _BY.match(line) and len(line) <= 120 and not story.byline:
            story.byline = line
        elif story.byline and marked and _POST.search(line):
            story.dropped.append(Dropped("writer's post", "an author is named without it"))
        elif not story.keywords and not headline and _is_keywords(line, keyword, telegraphic=telegraphic):
            story.keywords = line
        elif (
            telegraphic and not indented and (line.startswith("(") and line.endswith(")") and len(line) < 60)
        ):
            story.keywords = f"{story.keywords} {line}".strip()
        elif marked or (telegraphic and not indented and _ends_as_headline(lines, at)):
            headline.append(line.rstrip("= "))
        else:
            break
        at += 1
    words = " ".join(headline)
    if len(words) <= _HEADLINE_LIMIT:
        story.headline = words
    else:
        at = 0
    return at


def _ends_as_headline(lines: list[str], at: int) -> bool:
    """Whether a headline, which ends in "=", goes on here."""
    for line in lines[at : at + 5]:
        if not line.strip() or line[:1] in {" ", "\t"}:
            return False
        if line.rstrip(" <").endswith("="):
            return True
    return False


def _is_keywords(line: str, keyword: str, *, telegraphic: bool) -> bool:
    """Whether a line names the story as its header does, or in words joined by strokes and hyphens."""
    if len(line) > _KEYWORDS_LIMIT:
        return False
    if keyword and _key(line).startswith(_key(keyword)[:20]):
        return True
    first = next(iter(line.replace(",", " ").split()), "")
    if telegraphic:
        return "/" in first
    return first[:3].upper() in {"AM-", "PM-", "BC-"}


def _key(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def _paragraphs(lines: list[str]) -> list[str]:
    """Paragraphs: an indented line, a blank one before it or a "<" at the end of the last begins one."""
    paragraphs: list[list[str]] = []
    broken = True
    for raw in lines:
        line = " ".join(raw.strip(" \t^<").split())
        if not line:
            broken = True
            continue
        if broken or raw.startswith(("  ", "\t", "^")) or not paragraphs:
            paragraphs.append([])
        paragraphs[-1].append(line)
        broken = raw.endswith("<")
    return [" ".join(each).replace(" _ ", " — ").replace(" -- ", " — ") for each in paragraphs]
