"""What has been read of a news text so far."""

from dataclasses import field

from generator.core.frozen import dataclass
from generator.core.problems import Problem
from generator.sources.importers.base import LineFate
from generator.sources.importers.newstext_body import Piece
from generator.sources.importers.newstext_dates import Customs
from generator.sources.importers.newstext_labels import RelatedLine
from generator.sources.importers.newstext_lines import Paragraph
from generator.sources.importers.newstext_moments import StampAt


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """The article's picture: `name` as the text writes its file or URL, "" when it names none."""

    name: str = ""
    caption: str = ""
    credit: str = ""


@dataclass(slots=True, kw_only=True)
class Reader:
    """What a text has given so far. `stamps` are its dates, `pieces` what is left for the body."""

    by: Customs
    where: str
    title: str = ""
    title_line: int = 0
    stamps: list[StampAt] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    publisher: str = ""
    url: str = ""
    place: str = ""
    place_written: str = ""  # the day of the dateline, as written
    place_day: tuple[int, int] | None = None  # its month and day; (0, 0) for a weekday alone
    summary: str = ""
    tags: list[str] = field(default_factory=list)
    picture: Picture | None = None
    related: list[RelatedLine] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    fates: list[LineFate] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    running: int = 0  # paragraphs of running text so far
    awaited: str = ""  # the label whose headlines follow on lines of their own
    awaited_block: int = 0
    bare_picture: int = 0  # the block whose line named a picture, while its caption may follow
    last_block: int = 0
    above_date: bool = False  # whether the paragraph below is a line of dates

    def fate(self, paragraph: Paragraph, fate: str, reason: str = "") -> bool:
        """Record what became of a paragraph's lines; always true, so that it can end a rule."""
        self.fates += [LineFate(line, fate, reason) for line in paragraph.lines]
        return True
