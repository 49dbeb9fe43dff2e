"""What figures mean where they are a date: 2014, 1994-97, the 1990s, the nineties, 2021-04-13, 13/04/2021."""

import re

from generator.annotate import periods
from generator.annotate.calendar_words import DECADES
from generator.annotate.date_scene import GUESSED, LIKELY, SURE, Hit, Scene, around, day_of
from generator.annotate.periods import FIRST_YEAR, LAST_YEAR

_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?![\d-])")
_SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.]((?:19|20)?\d\d)(?![\d/.]\d)")
_YEARS_UNTIL = re.compile(r"(?: ?[-–—] ?| to | and | until )((?:1\d|20)\d\d)(?!\d)|[-–—/](\d\d)(?![\d%])")
_FROM = re.compile(r"\b(?:from|between) \Z", re.IGNORECASE)
_NO_YEAR_BEFORE = re.compile(
    r"(?:[$£€#№:/.-]|\b(?:No\.?|number|about|around|over|than|least|nearly|almost|some|Flight|Route|"
    r"Channel|Boeing|Airbus|Windows|page|room|up to|of the|worth|under|only|the other|another|"
    r"total of)\s?)\Z"
)
_YEAR_BEFORE = re.compile(
    r"(?:\b(?:[Ii]n|[Ss]ince|[Bb]y|[Uu]ntil|[Ff]rom|[Tt]o|[Oo]f|[Dd]uring|[Bb]efore|[Aa]fter|[Ee]arly|"
    r"[Ll]ate|[Mm]id|[Bb]etween|and|or|"
    r"through|the|[Tt]hroughout|[Ii]ts|[Hh]is|[Hh]er|[Cc]irca|c\.|late|summer|winter|spring|autumn|for|"
    r"[Aa]s of|"
    r"January|February|March|April|May|June|July|August|September|October|November|December)[ -]|\(|\[|, |"
    r"\A)\Z"
)
_COUNTS = re.compile(
    r"(?:,\d|\.\d|%|°|[ -](?:people|men|women|children|tonnes|tons|feet|metres|meters|miles|km|kilometres|"
    r"kilometers|kilos|pounds|euros|dollars|crowns|"
    r"jobs|homes|houses|troops|soldiers|copies|words|pages|votes|points|seats|years|days|hours|times|"
    r"members|workers|employees|"
    r"students|more|other|of (?:them|these|those|the)|percent|per cent|mph|hp|m|kg|GMT|UTC|[a-z]+s (?:were|"
    r"are|have|had|died))\b|\w)"
)
_HIS = re.compile(r"\b(?:his|her|their|my|in the (?:low|high))[ -](?:early |late |mid-)?\Z")


def figures(scene: Scene, start: int, end: int) -> Hit | None:
    """2014, 1994-97, the 1990s, 2021-04-13, 13/04/2021."""
    text = scene.text
    if match := _ISO.match(text, start):
        when = day_of(int(match[1]), int(match[2]), int(match[3]))
        return Hit(start, match.end(), periods.day(when), SURE) if when else None
    if match := _SLASHED.match(text, start):
        return _slashed(scene, start, match)
    digits = text[start:end]
    if len(digits) != 4 or not FIRST_YEAR <= int(digits) <= LAST_YEAR:
        return None
    if text[end : end + 1] in {"s"} or text[end : end + 2] in {"'s", "’s"}:
        return _decade(scene, start, end, digits)
    year = int(digits)
    before = scene.text[max(0, start - 24) : start]
    if not _can_be_year(before, text[end : end + 20], year):
        return None
    if match := _YEARS_UNTIL.match(text, end):
        last = int(match[1] or match[2])
        last = last if last > 99 else year - year % 100 + last
        joined = match[0].strip() in {f"and {match[1]}"}
        opened = _FROM.search(before)
        if (
            year < last <= year + 200
            and (not joined or opened)
            and (match[0][0] in "-–—" or opened or " to " in match[0])
        ):
            return Hit(start, match.end(), periods.year(year), SURE, periods.year(last))
    return Hit(start, end, periods.year(year), SURE if 1500 < year < 2100 else LIKELY)


def _can_be_year(before: str, behind: str, year: int) -> bool:
    """Whether four figures are a year: not where they count something."""
    if _NO_YEAR_BEFORE.search(before) or _COUNTS.match(behind):
        return False
    if _YEAR_BEFORE.search(before):
        return year > 1099 or bool(re.search(r"\b[Ii]n \Z", before))
    return 1800 <= year <= 2100


def _decade(scene: Scene, start: int, end: int, digits: str) -> Hit | None:
    stop = end + (1 if scene.text[end] == "s" else 2)
    if digits[3] != "0" or scene.text[stop : stop + 1].isalnum():
        return None
    before = around(scene, start).lower()
    begin = start - 4 if before.endswith("the ") else start
    if digits.endswith("00") and not before.endswith(("early ", "late ", "mid-")):
        return (
            Hit(begin, stop, periods.century(int(digits) // 100 + 1), LIKELY)
            if int(digits) < 2000
            else Hit(begin, stop, periods.decade(int(digits)), LIKELY)
        )
    return Hit(begin, stop, periods.decade(int(digits)), SURE)


def decade_word(scene: Scene, start: int, end: int) -> Hit | None:
    """The nineties, the 90s, ’90s."""
    text = scene.text
    before = around(scene, start).lower()
    word = text[start:end].lower()
    if word in DECADES:
        tens = DECADES[word]
        if not before.endswith(("the ", "early ", "late ", "mid-")) or _HIS.search(before):
            return None
    else:
        tens = int(word)
        if text[end : end + 1] != "s" or tens % 10 or text[end + 1 : end + 2].isalnum():
            return None
        mark = text[start - 1 : start] in {"'", "’", "‘"}
        if not mark and (not before.endswith(("the ", "early ", "late ", "mid-")) or _HIS.search(before)):
            return None
        start -= mark
        end += 1
        before = around(scene, start).lower()
    begin = start - 4 if before.endswith("the ") else start
    first = scene.today.year // 100 * 100 + tens
    return Hit(begin, end, periods.decade(first if first <= scene.today.year else first - 100), LIKELY)


def _slashed(scene: Scene, start: int, match: re.Match[str]) -> Hit | None:
    """Figures between strokes: whichever order is a day, the nearest where both are."""
    if scene.text[start - 1 : start] in {".", "/"} and start:
        return None
    first, second, year = int(match[1]), int(match[2]), int(match[3])
    if year < 100:
        year += 2000 if year <= scene.today.year % 100 + 5 else 1900
    dotted = "." in match[0]
    if dotted and len(match[3]) != 4:
        return None
    found = [d for d in (day_of(year, second, first), None if dotted else day_of(year, first, second)) if d]
    if not found:
        return None
    when = min(found, key=lambda d: abs((d - scene.today).days))
    return Hit(start, match.end(), periods.day(when), SURE if len(set(found)) == 1 else GUESSED)
