"""By which names a source knows an article, and which article of the archive has one of them already."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from generator.core.web import is_front_page, normal_address
from generator.sources.importers.base import Imported

NAME_LIMIT = 500
"""The most characters of an id that is kept: a longer one is content, not a name."""

_DAY = "2021-04-13"

NAMES_LIMIT = 8
"""The most ids of one article that are kept."""


def names_of(one: Imported) -> tuple[str, ...]:
    """The normal forms of all names of an import: of its address, then of the source's own ids.

    A site's front page names no article, since pages without an address of their own point there.
    """
    origin = one.front.get("source")
    url = origin.get("url") if isinstance(origin, dict) else ""
    return normal_names((*one.identity, url if isinstance(url, str) else ""))


def normal_names(names: Iterable[str]) -> tuple[str, ...]:
    """Names in the forms in which they are compared, each once, without those that name nothing."""
    found: dict[str, None] = {}
    for name in filter(None, names):
        plain = " ".join(name.split())
        address = normal_address(plain)
        if address:
            if not is_front_page(address):
                found[address] = None
        elif plain and len(plain) <= NAME_LIMIT and not plain.lower().startswith(("http:", "https:")):
            found[f"id:{plain}"] = None
    return tuple(found)


def kept_ids(one: Imported) -> list[str]:
    """The ids to keep in `source.id`: those that `source.url` does not say already, as they were given."""
    origin = one.front.get("source")
    url = origin.get("url") if isinstance(origin, dict) else ""
    said = set(normal_names((url,))) if isinstance(url, str) else set()
    kept: dict[str, str] = {}
    for name in one.identity:
        for normal in normal_names((name,)):
            if normal not in said:
                kept.setdefault(normal, " ".join(name.split()))
    return list(kept.values())[:NAMES_LIMIT]


def older(one: Mapping[str, object], other: Mapping[str, object]) -> bool:
    """Whether a front matter is surely of an earlier version than another: by capture, else by `updated`."""
    for key in ("captured", "updated"):
        mine, theirs = _stated(one, key), _stated(other, key)
        if mine and theirs:
            return _earlier(mine, theirs)
    return False


def instant(text: str) -> datetime | None:
    """A date of a front matter as a point in time; a day is its beginning, a time without a zone in UTC."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at.astimezone(UTC) if at.tzinfo is not None else at.replace(tzinfo=UTC)


def _earlier(mine: str, theirs: str) -> bool:
    if (len(mine) == len(_DAY)) != (len(theirs) == len(_DAY)):
        return False  # a moment and a day: nobody can tell
    first, second = instant(mine), instant(theirs)
    return first is not None and second is not None and first < second


def _stated(front: Mapping[str, object], key: str) -> str:
    origin = front.get("source")
    held = origin.get(key) if key == "captured" and isinstance(origin, dict) else front.get(key)
    return str(held or "")
