"""One cell of a table as the front matter has it: a text, a list of names, a date."""

import json
import math
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal

from generator.core.model import Value
from generator.sources.importers.markdown_dates import contract_date
from generator.sources.importers.newstext_bylines import read_byline
from generator.sources.importers.newstext_dates import Customs, Doubt, read_date

NEST_LIMIT = 20
"""How deep lists and mappings in a cell may lie in each other; deeper ones are kept as JSON text."""

YEARS = range(1000, 9999)
"""The years that can be published: no reader of feeds takes others."""

_SPACES = re.compile(r"\s+")
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LOST = re.compile("[\ud800-\udfff]")
_FIGURES = re.compile(r"[-+]?\d{8,19}(?:\.\d{1,9})?")
_NAME_KEYS = ("name", "title", "label", "full_name", "display_name", "text")
_LIST = re.compile(r"\s*[;|\n]\s*")
_COMMA = re.compile(r"\s*,\s*")
_AND = re.compile(r"\s+(?:and|&|und|et)\s+", re.IGNORECASE)
_UNITS = ((10**8, 10**11, 1), (10**11, 10**14, 1_000), (10**14, 10**17, 10**6), (10**17, 10**20, 10**9))


def is_blank(cell: object) -> bool:
    """Whether a cell says nothing: no value, no text, no number."""
    if cell is None:
        return True
    if isinstance(cell, str):
        return not cell.strip()
    if isinstance(cell, float):
        return math.isnan(cell)
    return isinstance(cell, list | dict | tuple | bytes) and not cell


def long_text(cell: object) -> str:
    """A cell as text of any number of lines, "\\n" at their ends, without what no text may hold."""
    if isinstance(cell, str):
        text = cell
    elif isinstance(cell, bytes):
        text = cell.decode("utf-8", "replace")
    elif is_blank(cell):
        return ""
    else:
        text = _plain(cell)
    text = _LOST.sub("\ufffd", text).replace("\r\n", "\n").replace("\r", "\n")
    return _UNFIT.sub("", text).strip("\ufeff \t\n")


def is_unfit(cell: object) -> bool:
    """Whether a text holds characters that `long_text` leaves out."""
    return isinstance(cell, str) and _UNFIT.search(cell) is not None


def line_text(cell: object) -> str:
    """A cell as text of one line."""
    if isinstance(cell, Mapping):
        named = next((cell[key] for key in _NAME_KEYS if not is_blank(cell.get(key))), None)
        return line_text(named) if isinstance(named, str | int) else ""
    return _SPACES.sub(" ", long_text(cell)).strip()


def names(cell: object) -> list[str]:
    """The names in a cell, each once: of a list, of JSON, or parted by `;`, `|`, line ends, else commas."""
    items = _items(cell)
    if items is None:
        text = long_text(cell)
        parts = _LIST.split(text)
        items = _COMMA.split(text) if len(parts) == 1 else parts
    found = (line_text(each).strip(" #") for each in items)
    return list(dict.fromkeys(each for each in found if each))


def authors(cell: object) -> list[str]:
    """The people that a cell names, as in a byline: "By A, B and C"; "Roe, Jane" is one."""
    items = _items(cell)
    if items is not None:
        return list(dict.fromkeys(each for item in items if (each := line_text(item))))
    text = line_text(long_text(cell).replace("\n", "; "))
    if not text:
        return []
    byline = read_byline(text) or read_byline(f"By {text}")
    if byline is not None and not byline.dropped and not byline.place:
        return [*byline.authors, *([byline.publisher] if byline.publisher else [])]
    parts = _LIST.split(text)
    if len(parts) == 1:
        pieces = _COMMA.split(text)
        # "Roe, Jane" is one person; "Jane Roe, Tom Dean" are two.
        parts = pieces if len(pieces) > 2 or all(" " in piece for piece in pieces) else [text]
        parts = [name for part in parts for name in _AND.split(part)]
    return list(dict.fromkeys(part for part in (each.strip() for each in parts) if part))


def moment(cell: object, by: Customs) -> tuple[str, tuple[Doubt, ...]]:
    """A date as front matter has it, and what an editor should look at.

    Dates are read as text of any form that a newspaper prints, as 20210413, and as seconds, milliseconds
    (…) since 1970 in UTC. Raises ValueError, its text the reason, for what is none, and for years outside
    YEARS.
    """
    if isinstance(cell, datetime):
        at = cell.replace(microsecond=0)
        return _checked(_utc(at) if at.tzinfo is not None else at.isoformat()), ()
    if isinstance(cell, date):
        return _checked(cell.isoformat()), ()
    if isinstance(cell, bool) or not isinstance(cell, str | int | float | Decimal):
        raise ValueError("not a date")
    text = line_text(cell)
    if _FIGURES.fullmatch(text):
        return _checked(_counted(text)), ()
    try:
        return _checked(contract_date(text)), ()
    except ValueError:
        reading = read_date(text, by) if len(text) <= 120 else None
    if reading is None:
        raise ValueError("not a date")
    if reading.moment is None:
        raise ValueError(reading.error)
    return _checked(reading.written), reading.doubts


def kept(cell: object, depth: int = 0) -> Value:
    """A cell under a key of its own: as the table has it, where front matter can hold that."""
    if isinstance(cell, bool) or (isinstance(cell, int) and abs(cell) < 2**63):
        return cell
    if isinstance(cell, float):
        return cell if math.isfinite(cell) else str(cell)
    if isinstance(cell, Mapping):
        if depth >= NEST_LIMIT:
            return _plain(cell)
        return {line_text(key): kept(each, depth + 1) for key, each in cell.items()}
    if isinstance(cell, list | tuple):
        return [kept(each, depth + 1) for each in cell] if depth < NEST_LIMIT else _plain(cell)
    if cell is None:
        return None
    return long_text(cell)


def _plain(cell: object) -> str:
    """Anything but a text, as text."""
    if isinstance(cell, datetime):
        return _utc(cell) if cell.tzinfo is not None else cell.isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, Mapping | list | tuple):
        return json.dumps(cell, ensure_ascii=False, default=str)
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 2**53:
        return str(int(cell))
    return str(cell)


def _items(cell: object) -> Sequence[object] | None:
    """The items of a cell that is a list, or JSON of one."""
    if isinstance(cell, list | tuple):
        return cell
    if isinstance(cell, Mapping):
        return [cell]
    if isinstance(cell, str) and cell.lstrip()[:1] == "[" and cell.rstrip()[-1:] == "]" and len(cell) < 10**5:
        try:
            read = json.loads(cell)
        except (ValueError, RecursionError):
            return None
        return read if isinstance(read, list) else None
    return None


def _counted(text: str) -> str:
    """Figures alone: a day as 20210413, or the time since 1970."""
    whole, _, fraction = text.partition(".")
    if len(whole) == 8 and not fraction and whole.isdigit():
        return date(int(whole[:4]), int(whole[4:6]), int(whole[6:])).isoformat()
    count = int(whole)
    for least, limit, unit in _UNITS:
        if least <= abs(count) < limit:
            return _utc(datetime.fromtimestamp(count // unit, UTC))
    raise ValueError("not a date")


def _utc(at: datetime) -> str:
    return at.replace(microsecond=0).isoformat().replace("+00:00", "Z")


def _checked(written: str) -> str:
    if int(written[:4]) not in YEARS:
        raise ValueError("a year that cannot be published")
    return written
