"""What open browsers are told: that their page is another, that a style is, that something is wrong."""

import json
import threading
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from generator.core.frozen import dataclass
from generator.core.paths import Address
from generator.serving.reports import Report

BEAT = 15.0
"""Seconds after which a silent line carries a comment, so that a browser gone is noticed."""

MOST_BROWSERS = 64
"""Lines that are kept open at once; each holds a thread."""

MOST_FILES = 500
"""Changed files that are named one by one; with more, a page is told to load anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Browser:
    """One open page: its address, the state it was served in ("RUN.NUMBER"), and whether it only waits."""

    page: Address
    seen: str
    waits: bool = False


class Live:
    """The state of the site as browsers follow it.

    Each report makes a new state, numbered from 1; 0 is before anything was built. `run` tells this run of
    the server from earlier ones, whose numbers mean nothing now.
    """

    def __init__(self, run: str, base: str = "") -> None:
        """`base` is what the addresses that browsers ask for begin with: "" or "/archive"."""
        self.base = base
        self._run = run
        self._number = 0
        self._moved = 0
        self._changed: dict[Address, int] = {}
        self._held: set[Address] = set()
        self._problems: Sequence[dict[str, Any]] = ()
        self._is_built = False
        self._is_closed = False
        self._browsers = 0
        self._some = threading.Condition()

    @property
    def state(self) -> str:
        """The present state, as a page carries it."""
        return f"{self._run}.{self._number}"

    @property
    def next_state(self) -> str:
        """The state that the build under way will make, as a page rendered ahead of it carries it."""
        return f"{self._run}.{self._number + 1}"

    @property
    def is_built(self) -> bool:
        """Whether anything was built in this run."""
        return self._is_built

    @property
    def has_errors(self) -> bool:
        """Whether browsers are shown a mistake at present."""
        return bool(self._problems)

    def tell(self, report: Report, problems: Sequence[dict[str, Any]]) -> None:
        """Make a report the new state; `problems` are its errors, as browsers show them.

        A page that is gone while there are errors is most likely gone for one of them: browsers keep the last
        good one until the errors are mended, and look again then.
        """
        with self._some:
            self._number += 1
            self._is_built = True
            for change in report.changes:
                if change.kind == "removed" and problems:
                    self._held.add(change.address)
                else:
                    self._changed[change.address] = self._number
                    self._held.discard(change.address)
            self._changed.update(dict.fromkeys(report.saved, self._number))
            if not problems:
                self._changed.update(dict.fromkeys(self._held, self._number))
                self._held.clear()
            self._problems = problems
            self._some.notify_all()

    def move(self, base: str) -> None:
        """Serve the site below another path from now on; every page is another then."""
        with self._some:
            if base != self.base:
                self.base = base
                self._number += 1
                self._moved = self._number
                self._some.notify_all()

    def show(self, files: Iterable[Address]) -> None:
        """Tell of files that can be shown already, before the site is built with them."""
        with self._some:
            self._number += 1
            self._changed.update(dict.fromkeys(files, self._number))
            self._some.notify_all()

    def wake(self) -> None:
        """Let those look again who wait for their page: it can be shown now."""
        with self._some:
            self._number += 1
            self._some.notify_all()

    def wait_for_any(self, seconds: float) -> None:
        """Wait until there is a page to show, for so many seconds at most."""
        with self._some:
            if not self._is_built and not self._is_closed:
                self._some.wait(seconds)

    def close(self) -> None:
        """End all lines."""
        with self._some:
            self._is_closed = True
            self._some.notify_all()

    def lines(self, browser: Browser) -> Iterator[bytes]:
        """What a browser is told, as server-sent events, until the server closes; none for one too many."""
        with self._some:
            if self._browsers >= MOST_BROWSERS:
                return
            self._browsers += 1
        try:
            yield from self._lines(browser)
        finally:
            with self._some:
                self._browsers -= 1

    def _lines(self, browser: Browser) -> Iterator[bytes]:
        run, _, number = browser.seen.partition(".")
        is_known = run == self._run and number.isdecimal() and len(number) < 10
        seen = int(number) if is_known else -1
        yield b"retry: 500\n\n"
        while True:
            with self._some:
                news = self._since(seen, browser, is_known=is_known)
                seen, is_known = max(seen, self._number), True
            yield _event(f"{self._run}.{seen}", news)
            while True:
                with self._some:
                    if not self._is_closed and self._number <= seen:
                        self._some.wait(BEAT)
                    if self._number > seen:
                        break
                    if self._is_closed:
                        return
                yield b": still here\n\n"

    def _since(self, seen: int, browser: Browser, *, is_known: bool) -> dict[str, Any]:
        changed = sorted(a for a, number in self._changed.items() if number > seen)
        waited = browser.waits and self._number > seen
        is_other = (
            not is_known
            or waited
            or self._moved > seen
            or browser.page in changed
            or len(changed) > MOST_FILES
        )
        return {
            "reload": is_other,
            "files": [] if is_other else [self.base + a for a in changed if not a.endswith("/")],
            "problems": self._problems,
        }


def _event(state: str, news: dict[str, Any]) -> bytes:
    return f"id: {state}\ndata: {json.dumps(news, ensure_ascii=False)}\n\n".encode()
