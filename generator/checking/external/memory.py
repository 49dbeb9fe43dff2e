"""What is remembered of links that lead out: `.morgue/links.sqlite3`, safe to delete at any time."""

import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from generator.core.frozen import dataclass

Outcome = Literal["good", "moved", "failing", "closed", "later"]
"""What became of asking: there; there but elsewhere; not there; not for programs; to be asked again later."""

FRESH: dict[Outcome, timedelta] = {
    "good": timedelta(days=14),
    "moved": timedelta(days=14),
    "closed": timedelta(days=30),
    "failing": timedelta(hours=20),  # once a day, whatever the hour
    "later": timedelta(hours=1),
}
"""How long an outcome stands before a link is asked after again."""

_FORMAT = 1
_TABLES = """
create table if not exists link (
  url text primary key, outcome text not null, detail text not null, location text not null,
  asked text not null, failing_since text not null, last_failed text not null, days integer not null
) without rowid;
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of a link: the last outcome, in words, and on how many days it failed since when.

    Times are RFC 3339 in UTC, days "2026-11-24"; "" for never. `location` is where it has moved to.
    """

    outcome: Outcome
    detail: str
    location: str = ""
    asked: str = ""
    failing_since: str = ""
    last_failed: str = ""
    days: int = 0

    def is_fresh(self, now: datetime) -> bool:
        """Whether it need not be asked after again at `now` (aware, UTC)."""
        try:
            asked = datetime.fromisoformat(self.asked)
        except ValueError:
            return False
        return timedelta(0) <= now - asked < FRESH[self.outcome]


def followed_by(before: Known | None, after: Known, now: datetime) -> Known:
    """What is known once a link was asked after at `now`: a day of failing counts once, good ends it."""
    asked, day = now.isoformat(), now.date().isoformat()
    since, last, days = (
        ("", "", 0) if before is None else (before.failing_since, before.last_failed, before.days)
    )
    if after.outcome == "failing":
        days += last != day
        since, last = since or day, day
    elif after.outcome != "later":
        since, last, days = "", "", 0
    return Known(
        outcome=after.outcome, detail=after.detail, location=after.location, asked=asked,
        failing_since=since, last_failed=last, days=days,
    )  # fmt: skip


class Memory:
    """An open memory; use it as a context manager. A damaged file is begun anew."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._db = _opened(path)
        except sqlite3.DatabaseError:
            with suppress(FileNotFoundError):
                path.unlink()
            self._db = _opened(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._db.commit()
        self._db.close()

    def known(self) -> dict[str, Known]:
        """All that is known, by link."""
        rows = self._db.execute(
            "select url, outcome, detail, location, asked, failing_since, last_failed, days from link"
        )
        return {
            url: Known(outcome=outcome, detail=detail, location=location, asked=asked, failing_since=since,
                       last_failed=last, days=days)
            for url, outcome, detail, location, asked, since, last, days in rows if outcome in FRESH
        }  # fmt: skip

    def keep(self, url: str, known: Known) -> None:
        """Keep what is known of a link, at once: a run that is stopped has not asked in vain."""
        row = (url, known.outcome, known.detail, known.location, known.asked, known.failing_since,
               known.last_failed, known.days)  # fmt: skip
        self._db.execute("insert or replace into link values (?, ?, ?, ?, ?, ?, ?, ?)", row)
        self._db.commit()

    def forget(self, urls: Iterable[str]) -> None:
        """Forget links that stand nowhere any more."""
        self._db.executemany("delete from link where url = ?", [(url,) for url in urls])


def _opened(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, timeout=10)
    try:
        version = db.execute("pragma user_version").fetchone()[0]
        if version not in (0, _FORMAT):
            db.executescript("drop table if exists link;")
        db.executescript(f"pragma user_version = {_FORMAT}; {_TABLES}")
        db.execute("select count(days) from link").fetchone()
    except sqlite3.Error:
        db.close()
        raise
    return db
