"""Lines that date an article: `Published: 11:34, April 13, 2021 | Updated: 19:33, June 4, 2023`."""

import re
from typing import Literal

from generator.core.frozen import dataclass
from generator.sources.importers.newstext_dates import Customs, Reading, read_date

Role = Literal["first", "published", "updated"]

LINE_LIMIT = 220
"""The most characters of a line that dates an article."""

_FIRST = "first published|originally published|erstveröffentlicht"
_PUBLISHED = (
    "date published|publication date|published|posted|release date|date|created|veröffentlicht|erschienen"
    "|publié|publicado|pubblicato|gepubliceerd|publicerad|opublikowano|опубликовано|опубліковано"
)
_UPDATED = (
    "last updated|updated|last modified|modified|last edited|zuletzt aktualisiert|aktualisiert|mis à jour"
    "|modifié|actualizado|atualizado|aggiornato|bijgewerkt|uppdaterad|aktualizacja|обновлено|оновлено"
)
_LABELS = f"{_FIRST}|{_UPDATED}|{_PUBLISHED}".split("|")
_INITIALS = "".join(sorted({case for label in _LABELS for case in (label[0], label[0].upper())}))
_LABEL = re.compile(  # the look at the first letter spares the slow look at what case is nothing to
    rf"(?<![\w/])(?=[{_INITIALS}])"
    rf"(?i:(?:(?P<first>{_FIRST})|(?P<updated>{_UPDATED})|(?P<published>{_PUBLISHED}))"
    r"(?:\s(?:on|at|am|le|el|em|il|op|the))?(?P<colon>\s?:)?(?=\s|$|\d))"
)
_BEGINNINGS = frozenset(label[:3] for label in _LABELS)
_HAS_DIGIT = re.compile(r"\d")
_BARS = re.compile(r"[|•·]")
_EDGES = " |•·–—-;,()[]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """One date of such a line; `reading` is None for what could not be read."""

    role: Role
    text: str
    reading: Reading | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StampLine:
    """What a line of dates says; `rest` are the parts of it that are no dates, such as a byline."""

    stamps: tuple[Stamp, ...]
    rest: tuple[str, ...] = ()

    @property
    def roles(self) -> tuple[Role, ...]:
        """What its dates are, in order."""
        return tuple(stamp.role for stamp in self.stamps)

    @property
    def is_read(self) -> bool:
        """Whether every date in it is one."""
        return all(stamp.reading is not None for stamp in self.stamps)


def begins_with_stamp(text: str) -> bool:
    """Whether a line begins with a label such as `Published:`; cheap."""
    begun = text[:3]
    if begun.isascii() and begun.lower() not in _BEGINNINGS:
        return False
    return len(text) <= LINE_LIMIT and _LABEL.match(text) is not None and bool(_HAS_DIGIT.search(text))


def read_stamps(text: str, by: Customs) -> StampLine | None:
    """The dates of a line that holds nothing else of weight; None for any other line.

    A date without a label counts as the day of publication. A label with a colon makes a line of dates
    even of what cannot be read (`Published: Apil 13`), so that it can be reported.
    """
    if len(text) > LINE_LIMIT:
        return None
    labels = list(_LABEL.finditer(text))
    if not labels or labels[0].start():
        whole = read_date(text.strip(_EDGES), by)
        if whole is not None:
            return StampLine(stamps=(Stamp(role="published", text=text, reading=whole),))
        if not labels or not _HAS_DIGIT.search(text):
            return None
    stamps: list[Stamp] = []
    rest: list[str] = []
    opening = text[: labels[0].start()].strip(_EDGES)
    if opening:
        reading = read_date(opening, by)
        if reading is None:
            return None
        stamps.append(Stamp(role="published", text=opening, reading=reading))
    ends = [label.start() for label in labels[1:]] + [len(text)]
    for label, end in zip(labels, ends, strict=True):
        value = text[label.end() : end].strip(_EDGES)
        role: Role = "first" if label["first"] else "updated" if label["updated"] else "published"
        stamp, others = _value(role, value, by)
        if stamp.reading is None and label["colon"] is None:
            return None
        stamps.append(stamp)
        rest += others
    return StampLine(stamps=tuple(stamps), rest=tuple(rest))


def _value(role: Role, value: str, by: Customs) -> tuple[Stamp, list[str]]:
    reading = read_date(_BARS.sub(" ", value), by)
    if reading is not None:
        return Stamp(role=role, text=value, reading=reading), []
    pieces = [piece.strip(_EDGES) for piece in _BARS.split(value)]
    reading = read_date(pieces[0], by)
    others = [piece for piece in pieces[1:] if piece]
    if reading is not None:
        return Stamp(role=role, text=pieces[0], reading=reading), others
    return Stamp(role=role, text=value, reading=None), []
