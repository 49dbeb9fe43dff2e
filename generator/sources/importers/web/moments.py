"""Dates in the forms that pages keep them in, for machines and for readers."""

import re
from datetime import UTC, date, datetime, timedelta, timezone

from generator.core.frozen import dataclass
from generator.sources.importers.newstext_dates import Customs, read_date

_ISO = re.compile(
    r"\s*([12][0-9]{3})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})"
    r"(?:(?:[T ]|,\s|\s-\s){1}\s?([0-9]{1,2})[:.]([0-9]{2})(?:[:.]([0-9]{2})(?:[.,][0-9]{1,9})?)?"
    r"\s?(Z|UTC|GMT|[-+−][0-9]{1,2}:?[0-9]{2}|[-+−][0-9]{1,2}(?![0-9:]))?)?(.*)",
    re.DOTALL,
)
_COMPACT = re.compile(
    r"\s*([12][0-9]{3})([01][0-9])([0-3][0-9])(?:T?([0-2][0-9])([0-5][0-9])([0-5][0-9])?(Z|[-+][0-9]{2}:?[0-9]{2})?)?\s*$"
)
_EPOCH = re.compile(r"\s*([0-9]{9,10})(?:[0-9]{3})?(?:\.[0-9]{1,6})?\s*$")
_SCRIPT = re.compile(
    r"(?:[A-Za-z]{3,9},?\s+)?([A-Za-z]{3,9})\s+([0-9]{1,2})\s+([12][0-9]{3})\s+([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?\s+"
    r"(?:GMT|UTC)\s?([-+][0-9]{4})?"
)
_MAIL = re.compile(
    r"\s*(?:[A-Za-z]{3,9},?\s+)?([0-9]{1,2})[\s-]([A-Za-z]{3,9})[\s-]([12][0-9]{3}),?\s+([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?"
    r"\s*(GMT|UTC|Z|[-+][0-9]{2}:?[0-9]{2})?\s*$"
)
_CJK = re.compile(
    r"(?:(令和|平成|昭和)\s?([0-9]{1,2}|元)|([12][0-9]{3}))\s?[年년.]\s?([01]?[0-9])\s?[月월.]\s?([0-3]?[0-9])\s?[日일]?"
    r"(?:([^0-9]{0,12})([0-2]?[0-9])[:時时点시]\s?([0-5][0-9]))?"
)
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925}
"""The year before the first of each era of Japan's."""

_AFTERNOON = re.compile("午後|下午|오후")
_VIETNAMESE = re.compile(
    r"([0-3]?[0-9])\s+tháng\s+([01]?[0-9])(?:,?\s+năm|,)?\s+([12][0-9]{3})", re.IGNORECASE
)
_BUDDHIST = 543
"""The years by which Thailand's calendar is ahead."""
_MONTHS = {
    name.replace("_", " "): number
    for number, names in enumerate(
        (
            "يناير كانون_الثاني janv января jan january ינואר มกราคม ม.ค. जनवरी جنوری জানুয়ারি",
            "فبراير شباط févr февраля feb february פברואר กุมภาพันธ์ ก.พ. फरवरी फ़रवरी فروری ফেব্রুয়ারি",
            "مارس آذار mars марта mar march מרץ מרס มีนาคม มี.ค. मार्च مارچ মার্চ",
            "أبريل ابريل إبريل نيسان avr апреля apr april אפריל เมษายน เม.ย. अप्रैल اپریل এপ্রিল",
            "مايو أيار ايار mai мая may מאי พฤษภาคม พ.ค. मई مئی মে",
            "يونيو حزيران juin июня jun june יוני มิถุนายน มิ.ย. जून جون জুন",
            "يوليو تموز juil июля jul july יולי กรกฎาคม ก.ค. जुलाई جولائی জুলাই",
            "أغسطس اغسطس آب août августа aug august אוגוסט สิงหาคม ส.ค. अगस्त اگست আগস্ট",
            "سبتمبر أيلول ايلول sept сентября sep september ספטמבר กันยายน ก.ย. सितंबर सितम्बर ستمبر সেপ্টেম্বর",
            "أكتوبر اكتوبر تشرين_الأول октября oct october אוקטובר ตุลาคม ต.ค. अक्टूबर अक्तूबर اکتوبر অক্টোবর",
            "نوفمبر تشرين_الثاني nov ноября november נובמבר พฤศจิกายน พ.ย. नवंबर नवम्बर نومبر নভেম্বর",
            "ديسمبر كانون_الأول déc декабря dec december דצמבר ธันวาคม ธ.ค. दिसंबर दिसम्बर دسمبر ডিসেম্বর",
        ),
        1,
    )
    for name in names.split(" ")
}
_WORDED = re.compile(
    r"([0-3]?[0-9])\s+([^\s\d,;:|()/]{2,12}(?:\s(?:الثاني|الأول))?(?:/[^\s\d,;:|()/]{2,12})?)\.?[,،]?\s+([12][0-9]{3})"
    r"(?:[^0-9]{1,16}([0-2]?[0-9])[:.h]([0-5][0-9])(?:\s?([ap])\.?m\b)?)?",
    re.IGNORECASE,
)
_ARABIC_FIGURES = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_LABEL = re.compile(r"^[^\d]{0,60}?(?:[:|]|\bon\b|\bam\b|\ble\b|\bel\b)\s+(?=\S)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A date as a page gives it: `written` is the value for the front matter, `day` its calendar day there.

    `instant` is set when time and zone are known; `timed` when there is a time of day at all.
    """

    written: str
    day: date
    instant: datetime | None = None
    timed: bool = False


def read_when(text: str, by: Customs) -> When | None:
    """A date in any form that scripts and papers write; None when it is none or lies outside 1600–2200."""
    text = text[:200].strip().translate(_ARABIC_FIGURES)
    if not text or not any(map(str.isdigit, text)):
        return None
    for reader in (_iso, _compact, _epoch, _script, _mail):
        found = reader(text)
        if found is not None:
            return found
    return _worded(text, by)


def in_text(text: str, by: Customs) -> When | None:
    """The date in a short line for readers: "Published 13 April 2021, 11.34 BST | 4 min read"."""
    line = text[:300].translate(_ARABIC_FIGURES)
    for piece in (line, *re.split(r"\s[|•·–—-]\s|\n|\(", line)):
        found = read_when(piece, by)
        if found is None and (label := _LABEL.match(piece)):
            found = read_when(piece[label.end() :], by)
        if found is not None:
            return found
    match = re.search(r"[12][0-9]{3}-[01][0-9]-[0-3][0-9](?:[T ][0-9:.]{5,12})?", line)
    return _iso(match[0]) if match else None


def _iso(text: str) -> When | None:
    match = _ISO.match(text)
    if match is None or (match[8] and match[8].strip() and match[4] is None and match[8][0] not in "T ,"):
        return None
    if match[8] and len(match[8]) > 40:
        return None
    year, month, day, *clock = match.groups()[:6]
    rest = match[8].strip()
    if rest[:2].lower() in {"pm", "am"} and clock[0]:
        hour = int(clock[0]) % 12 + (12 if rest[:2].lower() == "pm" else 0)
        clock[0] = str(hour)
    return _when(year, month, day, *clock, zone=match[7])


def _compact(text: str) -> When | None:
    match = _COMPACT.match(text)
    return _when(*match.groups()[:6], zone=match[7]) if match else None


def _epoch(text: str) -> When | None:
    match = _EPOCH.match(text)
    if match is None:
        return None
    at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(match[1]))
    return When(
        written=at.isoformat(timespec="seconds").replace("+00:00", "Z"), day=at.date(), instant=at, timed=True
    )


def _script(text: str) -> When | None:
    match = _SCRIPT.match(text)
    month = _MONTHS.get(match[1].lower()[:3]) if match else None
    return (
        _when(match[3], str(month), match[2], match[4], match[5], match[6], zone=match[7] or "Z")
        if match and month
        else None
    )


def _mail(text: str) -> When | None:
    match = _MAIL.match(text)
    month = _MONTHS.get(match[2].lower()[:3]) if match else None
    return (
        _when(match[3], str(month), match[1], match[4], match[5], match[6], zone=match[7])
        if match and month
        else None
    )


def _worded(text: str, by: Customs) -> When | None:
    reading = read_date(text.rstrip(" .,;"), by)
    if reading is not None and reading.moment is not None and 1600 <= reading.moment.at.year <= 2200:
        at = reading.moment.at
        return When(
            written=reading.written,
            day=at.date(),
            timed=reading.moment.has_time,
            instant=at if reading.zoned else None,
        )
    if (match := _CJK.search(text)) is not None:
        return _eastern(match)
    if (match := _VIETNAMESE.search(text)) is not None:
        return _when(match[3], match[2], match[1], zone=None)
    match = _WORDED.search(text) if len(text) < 80 else None
    month = _month(match[2]) if match else None
    if match and month:
        hour = match[4]
        if match[6]:
            hour = str(int(hour) % 12 + 12 * (match[6].lower() == "p"))
        year = int(match[3]) - (_BUDDHIST if int(match[3]) > 2400 else 0)
        return _when(str(year), str(month), match[1], hour, match[5], None, zone=None)
    return None


def _month(name: str) -> int | None:
    """The month of a name; of "آب/أغسطس", which names it twice; of "במרץ", which says "in March"."""
    for each in name.casefold().split("/"):
        if (found := _MONTHS.get(each) or _MONTHS.get(each.removeprefix("ב"))) is not None:
            return found
    return None


def _eastern(match: re.Match[str]) -> When | None:
    """A date of Japan, China or Korea, by an era where it is one."""
    era, of_era, year, month, day, between, hour, minute = match.groups()
    if era:
        year = str(_ERAS[era] + (1 if of_era == "元" else int(of_era)))
    if hour and int(hour) < 12 and _AFTERNOON.search(between):
        hour = str(int(hour) + 12)
    return _when(year, month, day, hour, minute, None, zone=None)


def _when(
    year: str, month: str, day: str, hour: str | None = None, minute: str | None = None,
    second: str | None = None, *, zone: str | None,
) -> When | None:  # fmt: skip
    if not 1600 <= int(year) <= 2200:
        return None
    try:
        naive = datetime(
            int(year), int(month), int(day), int(hour or 0), int(minute or 0), min(59, int(second or 0))
        )
    except ValueError:
        return None
    if hour is None:
        return When(written=naive.date().isoformat(), day=naive.date())
    if zone is None:
        return When(written=naive.isoformat(timespec="seconds"), day=naive.date(), timed=True)
    offset = _offset(zone)
    if offset is None:
        return When(written=naive.isoformat(timespec="seconds"), day=naive.date(), timed=True)
    at = naive.replace(tzinfo=offset)
    written = at.isoformat(timespec="seconds")
    if zone in {"Z", "UTC", "GMT"}:
        written = f"{naive.isoformat(timespec='seconds')}Z"
    return When(written=written, day=naive.date(), instant=at, timed=True)


def _offset(zone: str) -> timezone | None:
    if zone in {"Z", "UTC", "GMT"}:
        return UTC
    sign = -1 if zone[0] in "-−" else 1
    figures = zone[1:].replace(":", "")
    hours, minutes = (int(figures[:-2]), int(figures[-2:])) if len(figures) > 2 else (int(figures), 0)
    if hours > 15 or minutes > 59:
        return None
    return timezone(sign * timedelta(hours=hours, minutes=minutes))
