"""Points in time as IPTC's formats write them, as front matter wants them."""

import re
from zoneinfo import ZoneInfo

from generator.core.problems import Problem
from generator.sources.moments import read_moment

_FULL = re.compile(
    r"(\d{4})-?(\d{2})-?(\d{2})(?:T(\d{2}):?(\d{2})(?::?(\d{2})(?:[.,]\d{1,9})?)?)?\s?(Z|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)
_URN = re.compile(
    r"urn:newsml:[^:]{1,100}:((?:19|20)\d{2})(\d{2})(\d{2})(?:T\d{6}[^:]{0,6})?:", re.IGNORECASE
)


def moment(text: str, zone: str) -> str:
    """A date in ISO 8601's long or short form, as front matter has it; "" when it is none.

    `20080219T000000+0100`, `2019-11-15T14:39:44.150Z` and `2019-11-15` are read. A time without an offset
    is in `zone`. Years before 1000 and after 9998 are no dates of news.
    """
    found = _FULL.fullmatch(text.strip())
    if found is None:
        return ""
    year, month, day, hour, minute, second, offset = found.groups()
    written = f"{year}-{month}-{day}"
    if hour is not None:
        written += f"T{hour}:{minute}:{second or '00'}{_offset(offset)}"
    try:
        return read_moment(written, ZoneInfo(zone)).iso.replace("+00:00", "Z")
    except ValueError:
        return ""


def read_dates(
    given: dict[str, str], zone: str, where: str, line: int = 0
) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """Dates by their names, each as front matter has it, and a W384 problem for each that is none."""
    found: dict[str, str] = {}
    problems: list[Problem] = []
    for name, text in given.items():
        if not text.strip():
            continue
        written = moment(text, zone)
        if written:
            found[name] = written
        else:
            message = f"{name}: not a date: {text.strip()[:60]!r}"
            problems.append(
                Problem(where, line, "W384", message, "left out; expected e.g. 2021-04-13T11:34:00Z")
            )
    return found, tuple(problems)


def day_of_urn(identifier: str, zone: str) -> str:
    """The day that a NewsML URN names ("urn:newsml:agency.example:20210413:slug"), "" for any other id.

    RFC 3085: the third part of such a name is the day on which its provider issued it.
    """
    found = _URN.match(identifier)
    return moment("-".join(found.groups()), zone) if found else ""


def _offset(text: str | None) -> str:
    if not text or text in "zZ":
        return "Z" if text else ""
    return text if ":" in text else f"{text[:3]}:{text[3:]}"
