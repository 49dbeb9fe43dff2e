"""Dates in the lines of a page, and whether each is of publication or of a change."""

import re
from dataclasses import replace

from generator.core.dates import WEEKDAYS
from generator.sources.importers.newstext_dates import Customs
from generator.sources.importers.web.moments import When, in_text, read_when

UPDATED = re.compile(
    r"updat|modif|last\s?(?:changed|edited|revised)|edited|revised|amended|aktualisiert|geändert|stand:|"
    r"mis[e]? à jour|actualizad|atualizad|aggiornat|bijgewerkt|gewijzigd|uppdaterad|oppdatert|opdateret|"
    r"päivitetty|aktualiz|zaktualizowan|обновл|изменен|оновлен|تحديث|محدث|עודכן|更新|수정|güncel|frissítve",
    re.IGNORECASE,
)
"""What says that a date is of a change."""

_FIRST = (
    r"publish|posted|first\s+published|created|publi[ée]|publicad|pubblicat|publicerad|publisert|veröffentlicht|erstellt|"
    r"gepubliceerd|geplaatst|opublikowan|опубликован|นำเสนอ|نشر|פורסם|発表|入力|등록"
)
_APART = re.compile(
    rf"\s*[|•·;\n]\s*|\s+[–—]\s+|(?<=\S)[\s,(]*(?=(?:last\s+)?(?:{UPDATED.pattern}))|(?<=[\d.])\s*(?={_FIRST})",
    re.IGNORECASE,
)
_CLOCK = (
    r"(?:[,\s]+(?:-\s+)?(?:at|um|à|às|kl\.?|a\s+las|alle|om|o)?\s*[0-2]?\d[:.h][0-5]\d(?::\d\d)?"
    r"(?:\s*(?:uhr|[ap]\.?\s?m\.?))?(?:\s+(?-i:[A-Z]{2,5})\b)?)?"
)
DATEISH = re.compile(
    rf"(?:[0-2]?\d[:.][0-5]\d(?:\s*[ap]\.?m\.?)?(?:\s+(?-i:[A-Z]{{2,4}}))?,?\s+)?"
    rf"(?:[0-3]?\d(?:st|nd|rd|th|\.|er)?\s+(?:de\s+|of\s+)?[^\W\d_]{{3,12}}\.?,?\s+(?:de\s+)?[12]\d{{3}}|"
    rf"[^\W\d_]{{3,12}}\.?\s+[0-3]?\d(?:st|nd|rd|th)?,?\s+[12]\d{{3}}|[0-3]?\d[./-][01]?\d[./-](?:[12]\d)?\d\d(?!\d)|"
    rf"[01]?\d/[0-3]?\d/[12]\d{{3}}|[12]\d{{3}}[./-][01]?\d[./-][0-3]?\d(?!\d)|[12]\d{{3}}\.?\s+[^\W\d_]{{3,12}}\s+[0-3]?\d\.?){_CLOCK}",
    re.IGNORECASE,
)
"""A date in words or figures within a line, with the time beside it."""

_BETWEEN = re.compile(
    r"(?<=\d)[,\s]+(?:-\s+)?(?:at|um|à|às|kl\.?|a\s+las|alle|om|o|-)\s+(?=\d)", re.IGNORECASE
)
_HOURS = re.compile(r"(?<=\s)([0-2]?\d)h([0-5]\d)\b")
_FIGURES = re.compile(r"(?<!\d)[0-3]?\d[./-][0-3]?\d[./-]\d{2,4}")
_WORD = re.compile(r"[^\W\d_]+")
_DAYS = {name[:3].lower(): number for number, name in enumerate(WEEKDAYS)}


def stamps_in(line: str, by: Customs) -> list[tuple[When, bool]]:
    """The dates of a short line in order, each with whether it is that of a change."""
    found: list[tuple[When, bool]] = []
    updated = False
    for piece in _APART.split(line[:400]):
        if not piece:
            continue
        late = UPDATED.search(piece) is not None
        first = re.search(_FIRST, piece, re.IGNORECASE) is not None
        updated = late or (updated and not first)
        when = _read(piece, by)
        if when is not None:
            found.append((when, updated))
            updated = False
    return found


def _read(piece: str, by: Customs) -> When | None:
    when = in_text(piece, by)
    if when is None and (match := DATEISH.search(piece)):
        when = read_when(match[0].strip(" ,"), by) or read_when(_bare(match[0]), by)
    if when is None and _FIGURES.search(piece):
        when = _plain(piece, replace(by, month_first=not by.month_first))
    if when is None or _FIGURES.search(piece) is None:
        return when
    named = next((_DAYS[w] for word in _WORD.findall(piece) if (w := word.lower()[:3]) in _DAYS), None)
    if named is None or when.day.weekday() == named:
        return when
    other = _plain(piece, replace(by, month_first=not by.month_first))
    return other if other is not None and other.day.weekday() == named else when


def _plain(piece: str, by: Customs) -> When | None:
    match = DATEISH.search(piece)
    return in_text(piece, by) or (read_when(_bare(match[0]), by) if match else None)


def _bare(written: str) -> str:
    """A date and time without the words between them: "13/04/2021 a las 18h40" → "13/04/2021 18:40"."""
    return _HOURS.sub(r"\1:\2", _BETWEEN.sub(" ", written)).strip(" ,")
