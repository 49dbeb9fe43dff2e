"""The text of news wires as it came down the line: ANPA 1312 and IPTC 7901, one message after another."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import field, replace
from datetime import date, timedelta

from generator.core.frozen import dataclass
from generator.core.model import Value
from generator.core.problems import Problem
from generator.sources.importers.agency.items import Item, article_of
from generator.sources.importers.agency.texts import told
from generator.sources.importers.agency.wire_frames import Frame, frames, is_wire
from generator.sources.importers.agency.wire_header import (
    Header,
    Slug,
    day_in_name,
    read_header,
    read_slug,
    sent,
)
from generator.sources.importers.agency.wire_text import Story, read_story
from generator.sources.importers.base import Dropped, ImportContext, Imported, Original


class Wire:
    """Reads recordings of news wires; takes of one story are joined, later leads are newer versions of it."""

    @property
    def name(self) -> str:
        """What --format takes."""
        return "wire"

    def recognises(self, original: Original) -> bool:
        """Whether it begins with SOH and has an STX after it, or with ZCZC."""
        return is_wire(original.data)

    def read(
        self, original: Original, context: ImportContext
    ) -> tuple[tuple[Imported, ...], tuple[Problem, ...]]:
        """The stories of a recording; a message without a header or without text is told of."""
        where, zone = original.where, context.site.timezone
        problems: list[Problem] = []
        desk = _Desk(zone=zone, name=original.name)
        unseen = count = 0
        for frame in frames(original.data):
            count += 1
            message = _message(frame)
            if message is None:
                text = "a message without a header of ANPA 1312 or IPTC 7901"
                problems.append(Problem(where, frame.line, "E386", text, f"begins {frame.header[:40]!r}"))
                continue
            unseen += message.story.unseen
            if not frame.whole:
                text = f"a message that was cut off: {message.name[:60]!r}"
                problems.append(Problem(where, frame.line, "W387", text, "what came is kept"))
            problems += desk.take(message, where)
        if not count:
            problems.append(Problem(where, 0, "E386", "no message of a wire in it", "check the file"))
        made: list[Imported] = []
        for item, line in desk.items():
            one, found = article_of(item, where, context.now, line)
            problems += found
            made += [one] if one is not None else []
        return tuple(made), (*told(unseen, 0, where), *problems)


WIRE = Wire()
"""The importer of wire text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Message:
    """One message, read."""

    header: Header
    slug: Slug
    story: Story
    trailer: str
    line: int

    @property
    def name(self) -> str:
        """What to call it."""
        return self.slug.story or f"{self.header.service}{self.header.number}"


def _message(frame: Frame) -> _Message | None:
    header = read_header(frame.header)
    if header is None:
        return None
    slug = read_slug(header.keyword)
    telegraphic = len(header.service) > 1
    story = read_story(frame.text, keyword=header.keyword, source=header.service if telegraphic else "")
    if story.keywords:
        full = read_slug(story.keywords)
        slug = (
            replace(full, story=slug.story or full.story)
            if full.act or full.version or not slug.story
            else slug
        )
        if telegraphic and not header.keyword:
            slug = full
    return _Message(header=header, slug=slug, story=story, trailer=frame.trailer, line=frame.line)


@dataclass(slots=True, kw_only=True)
class _Told:
    """A story as it stands in one version: its first take, and what the later ones add."""

    item: Item
    line: int
    bodies: list[str] = field(default_factory=list)
    dropped: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, item: Item) -> None:
        """Take in a take."""
        self.bodies.append(item.body)
        for each in item.dropped:
            self.dropped[each.what, each.reason] += each.count

    @property
    def whole(self) -> Item:
        """All takes in one."""
        dropped = tuple(Dropped(*key, count) for key, count in self.dropped.items())
        return replace(self.item, body="\n\n".join(filter(None, self.bodies)), dropped=dropped)


@dataclass(slots=True, kw_only=True)
class _Desk:
    """Puts the messages of a file together: takes to stories, later leads after earlier ones."""

    zone: str
    name: str
    stories: list[_Told] = field(default_factory=list)
    latest: dict[str, _Told] = field(default_factory=dict)
    first: dict[str, str] = field(default_factory=dict)

    def take(self, message: _Message, where: str) -> Iterator[Problem]:
        """Take in one message; what an editor should know of it."""
        key = f"{message.header.service}:{message.name}".casefold()
        item = self._item(message, key)
        if message.slug.act == "add" and key in self.latest:
            self.latest[key].add(item)
            return
        if message.slug.act == "add":
            text = (
                f"take {message.slug.take} of a story that does not begin in this file: {message.name[:60]!r}"
            )
            yield Problem(where, message.line, "W388", text, "imported by itself")
            item = replace(item, ids=tuple(f"{each}:take-{message.slug.take}" for each in item.ids))
        told = _Told(item=item, line=message.line)
        told.add(item)
        if message.slug.act != "kill":
            self.latest[key] = told
        self.stories.append(told)

    def items(self) -> Iterator[tuple[Item, int]]:
        """Every story and version, in the order they came, with the line where it begins."""
        for each in self.stories:
            yield each.whole, each.line

    def _item(self, message: _Message, key: str) -> Item:
        header, story, slug = message.header, message.story, message.slug
        written = sent((message.trailer, story.sent), self.zone) or day_in_name(
            self.name, header.day, self.zone
        )
        days = [
            (self.first.setdefault(key, written) if slug.act != "kill" else self.first.get(key, written))[:10]
        ]
        if slug.act == "kill" and written[:10]:
            days += [written[:10], (date.fromisoformat(written[:10]) - timedelta(days=1)).isoformat()]
        body = story.markdown
        dropped = list(story.dropped)
        if slug.act == "add" and story.headline:
            dropped.append(Dropped("pickup line", "it says where the take before it ended"))
            story.headline = ""
        title = story.headline or message.slug.story.replace("-", " ") or ""
        note = " ".join((*story.notes, *(story.paragraphs if slug.act == "kill" else ())))
        correction: list[Value] = (
            [{"date": written, "text": note or f"{slug.version} of the wire"}]
            if slug.act == "correction" and written
            else []
        )
        extra: dict[str, Value] = {
            "slugline": header.keyword or slug.story, "category": header.category,
            "urgency": header.urgency or None,
            "story_number": f"{header.service}{header.number}", "wire_version": slug.version,
            "editorial_note": note, "corrections": correction,
        }  # fmt: skip
        return Item(
            ids=tuple(
                f"wire:{header.service}:{message.name.casefold()}:{day}" for day in dict.fromkeys(days)
            ),
            title=title,
            body="" if slug.act == "kill" else body,
            published=written,
            dated_by_version=True,
            bylines=(story.byline,) if story.byline else (),
            status="withdrawn" if slug.act == "kill" else "",
            extra={name: value for name, value in extra.items() if value not in ("", None, [])},
            dropped=tuple(dropped),
        )
