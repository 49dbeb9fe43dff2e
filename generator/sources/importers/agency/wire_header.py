"""What the header of a wire's message says, and its slug: which story, which version of it, which take."""

import re
from collections.abc import Iterable
from typing import Literal

from generator.core.frozen import dataclass
from generator.sources.importers.agency.moments import moment
from generator.sources.importers.newstext_zones import MONTHS, OFFSETS

Act = Literal["", "add", "kill", "correction"]

CATEGORIES = {
    "a": "domestic news", "d": "food", "e": "entertainment", "f": "finance", "i": "international news",
    "k": "commentary", "l": "lifestyle", "n": "state and regional news", "o": "weather", "p": "politics",
    "q": "sports results", "r": "racing", "s": "sport", "t": "travel", "v": "advisory",
    "w": "Washington news",
}  # fmt: skip
"""ANPA's category letters that mean the same on most wires."""

PRIORITIES = {"f": 1, "b": 2, "u": 3, "r": 4, "d": 5}
"""ANPA's priorities (flash, bulletin, urgent, regular, deferred) as urgency, 1 the highest."""

HEADER_LIMIT = 400
"""The most characters of a header: those of both standards fit in one line."""

_ANPA = re.compile(
    r"(?P<service>[A-Za-z])\s?(?P<number>\d{3,4})(?!\d)\s*(?P<selector>[a-z-]{2,12}(?=\s))?\s*"
    r"(?P<priority>[A-Za-z])\s+(?P<category>[A-Za-z])(?:\s+(?P<format>[a-z]{2})(?=\s))?(?:\s+(?P<rest>\S.*))?\Z"
)
_ANPA_END = re.compile(r"(?:\s*(?P<month>\d{1,2})-(?P<day>\d{1,2}))?(?:\s+(?P<count>\d{1,5}))?\s*\Z")
_IPTC = re.compile(
    r"(?P<source>[A-Za-z]{2,4})\s?(?P<number>\d{3,5})\s+(?P<priority>[1-9])\s+(?P<category>[A-Za-z]{1,4})"
    r"\s+(?P<count>\d{1,5})(?:\s+(?P<rest>\S.*))?\Z"
)
_SENT_US = re.compile(
    r"(?P<month>\d{1,2})-(?P<day>\d{1,2})-(?P<year>\d{4}|\d{2})\s+(?P<hour>\d{2}):?(?P<minute>\d{2})\s?(?P<zone>[A-Z]{1,4})?\b"
    r"|\b(?P<hour2>\d{2}):?(?P<minute2>\d{2})\s?(?P<zone2>[A-Za-z]{1,4})?,?\s+(?P<month2>\d{1,2})-(?P<day2>\d{1,2})-(?P<year2>\d{4}|\d{2})\b"
)
_SENT_IPTC = re.compile(
    r"\b(?P<day>\d{2})(?P<hour>\d{2})(?P<minute>\d{2})\s?(?P<zone>[A-Z]{1,4})?\s+(?P<month>[A-Za-zäé]{3,9})\.?\s+(?P<year>\d{4}|\d{2})\b"
)
_CYCLE = re.compile(r"^(?:[AP]M|BC|AP|CP|EX)s?-(?=\w)", re.IGNORECASE)
_REFERENCE = re.compile(r",?\s*\b[a-zA-Z]\d{4}\b(?:-[a-zA-Z]?\d{4}\b)*")
_ADD = re.compile(
    r"(?:\b|(?<=\d))(?:(?P<first>\d{1,2})(?:st|nd|rd|th)\s?-?\s?add(?:itional)?|add\s?-?\s?(?P<second>\d{1,2})|"
    r"take\s?-?\s?(?P<third>[2-9]|\d{2})|ergänzung)\b", re.IGNORECASE,
)  # fmt: skip
_KILL = re.compile(
    r"\b(?:bulletin\s+)?(?:mandatory\s+)?(?:kill|eliminat(?:e|ion)|withhold|annull?ation|zurückziehung|storno)\b",
    re.IGNORECASE,
)
_CORRECTION = re.compile(
    r"\b(?:correct(?:ion|ive|ed|s)|berichtigung|korrektur|rectificatif)\b", re.IGNORECASE
)
_LEAD = re.compile(
    r"(?:\b\d{1,2}(?:st|nd|rd|th)\s?-?\s?)?\b(?:ld|lead|write-?thr(?:u|ough)|sub|insert|urgent|advance|adv\s?\d{0,2}|take\s?1|update\s?\d{0,2}|"
    r"newsalert|newsbreak|zusammenfassung)\b", re.IGNORECASE,
)  # fmt: skip
_COUNT = re.compile(r",\s*\d{2,5}\s*$|\s+\d{3,5}\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """A message's header. `count` is the number of words it announces, 0 for none; `day` "04-12" or ""."""

    service: str = ""
    number: str = ""
    urgency: int = 0
    category: str = ""
    keyword: str = ""
    day: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Slug:
    """A keyword line taken apart: the story, what the message does to it, and how it says so."""

    story: str
    act: Act = ""
    take: int = 1
    version: str = ""


def read_header(text: str) -> Header | None:
    """The header of either standard; None for what is neither."""
    line = " ".join(text[: HEADER_LIMIT * 2].split())
    if len(line) > HEADER_LIMIT:
        return None
    found = _IPTC.fullmatch(line)
    if found:
        return Header(
            service=found["source"].lower(), number=found["number"], urgency=int(found["priority"]),
            category=found["category"].lower(), keyword=found["rest"] or "", count=int(found["count"]),
        )  # fmt: skip
    found = _ANPA.fullmatch(line)
    if found is None:
        return None
    rest = found["rest"] or ""
    end = _ANPA_END.search(rest)
    keyword = rest[: end.start()].strip() if end else rest
    day = f"{int(end['month']):02}-{int(end['day']):02}" if end and end["month"] else ""
    category = found["category"].lower()
    return Header(
        service=found["service"].lower(), number=found["number"],
        urgency=PRIORITIES.get(found["priority"].lower(), 0), category=CATEGORIES.get(category, category),
        keyword=keyword, day=day, count=int(end["count"]) if end and end["count"] else 0,
    )  # fmt: skip


def read_slug(line: str) -> Slug:
    """A keyword line such as "AM-Harbour-Fire, 2nd Ld-Writethru, a0592,0622"."""
    plain = _COUNT.sub("", _REFERENCE.sub("", line.strip(" ^<"))).strip(" ,")
    act: Act = ""
    take = 1
    marks: list[str] = []
    rest = _CYCLE.sub("", plain)
    add = _ADD.search(rest)
    if add:
        act, take = "add", int(add["third"]) if add["third"] else int(add["first"] or add["second"] or 1) + 1
    elif _KILL.search(rest):
        act = "kill"
    elif _CORRECTION.search(rest):
        act = "correction"
    for pattern in (_ADD, _KILL, _CORRECTION, _LEAD):
        marks += [match[0].strip(" -,") for match in pattern.finditer(rest)]
        rest = pattern.sub(" ", rest)
    rest = re.sub(r"\(\s*\d*\s*\)|\b\d(?:st|nd|rd|th)\b", " ", rest)
    story = re.sub(r"[\s,_-]*-[\s,_-]*", "-", " ".join(rest.split())).strip(" ,-–/:.!")
    return Slug(
        story=" ".join(story.replace(",", " ").split()),
        act=act,
        take=take,
        version=", ".join(dict.fromkeys(marks)),
    )


def sent(texts: Iterable[str], zone: str) -> str:
    """When a message was sent, as front matter has it, by the first of these texts that says so; or "".

    "1123EST 04-12-89", "AP-NR-04-12-89 1123EST" and "121123 GMT Apr 89" are read. Years of two figures are
    those from 1960 to 2059.
    """
    for text in texts:
        found = _SENT_IPTC.search(text)
        if found and (month := MONTHS.get(found["month"].lower())):
            written = _moment(
                found["year"], month, found["day"], found["hour"], found["minute"], found["zone"], zone
            )
            if written:
                return written
        found = _SENT_US.search(text)
        if found:
            mark = "" if found["month"] else "2"
            parts = [found[f"{name}{mark}"] for name in ("year", "month", "day", "hour", "minute", "zone")]
            written = _moment(parts[0], int(parts[1]), parts[2], parts[3], parts[4], parts[5], zone)
            if written:
                return written
    return ""


def is_sent_line(line: str) -> bool:
    """Whether a line of text says nothing but when it was sent: "AP-NR-04-12-89 1123EST"."""
    bare = line.strip(" ^<")
    if _SENT_IPTC.fullmatch(bare):
        return True
    found = _SENT_US.search(bare)
    return found is not None and len(bare) - (found.end() - found.start()) <= 8


def day_in_name(name: str, day: str, zone: str) -> str:
    """The day of a header ("04-12") in the year that the file's name gives with it, "" when it gives none."""
    for found in re.finditer(r"(?=((?:19|20)\d{2})[-_/]?(\d{2})[-_/]?(\d{2}))", name):
        if not day or day == f"{found[2]}-{found[3]}":
            return moment("-".join(found.groups()), zone)
    return ""


def _moment(year: str, month: int, day: str, hour: str, minute: str, name: str | None, zone: str) -> str:
    whole = int(year) if len(year) == 4 else int(year) + (1900 if int(year) >= 60 else 2000)
    offset = _offset((name or "").upper())
    return moment(f"{whole:04}-{month:02}-{int(day):02}T{hour}:{minute}:00{offset}", zone)


def _offset(name: str) -> str:
    """A zone's offset. On the wires of North America, whose standard this is, CST is central time."""
    minutes = {"CST": -360, "AST": -240, "ADT": -180}.get(name, OFFSETS.get(name))
    if minutes is None:
        return ""
    sign = "-" if minutes < 0 else "+"
    return "Z" if minutes == 0 else f"{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
