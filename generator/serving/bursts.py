"""What changed since somebody last looked, taken a burst at a time."""

import threading
import time
from collections.abc import Sequence
from pathlib import Path

SETTLED = 0.015
"""Seconds without an event after which a save counts as done: its file was closed, or moved into place."""

UNSETTLED = 0.25
"""The same while a file was written to and not closed yet, so that no half a file is read."""

MANY = 20
"""Changed files from which on it is no save but a program at work (a checkout, a script)…"""

MANY_SETTLED = 0.15
"""…which may pause for so many seconds between two of them."""

LONGEST = 10.0
"""Seconds after which a burst is taken though it goes on: a log that never rests must not stop the rest."""

LOCKS = (".git/index.lock", ".hg/wlock")
"""What is there while a version control system works on the files, believed while younger than LONGEST."""

EVERYTHING = frozenset({"/"})
"""Changes of which only is known that there are some."""


class Changes:
    """Collects changed paths, from any thread, until somebody takes them.

    Paths are relative to the site's folder, with forward slashes; one that ends with a slash stands for all
    below that folder, and "/" for the whole site. `root` is where the version control's locks are looked for.
    """

    def __init__(self, root: Path) -> None:
        self._locks: Sequence[Path] = [root / name for name in LOCKS]
        self._paths: set[str] = set()
        self._open: set[str] = set()
        self._new: set[str] = set()
        self._last = 0.0
        self._some = threading.Condition()

    def note(self, path: str, *, is_open: bool = False, is_new: bool = False, is_gone: bool = False) -> None:
        """Note a change.

        `is_open`: the file is still being written, and will be noted again. `is_new`, `is_gone`: it came to
        be, or ceased; what did both since the last take was only somebody's way to write another file.
        """
        with self._some:
            if is_new and path not in self._paths:
                self._new.add(path)
            if is_open:
                self._open.add(path)
            else:
                self._open.discard(path)
            if is_gone and path in self._new:
                self._new.discard(path)
                self._paths.discard(path)
            else:
                self._paths.add(path)
            self._last = time.monotonic()
            self._some.notify_all()

    def take(self, timeout: float | None = None) -> frozenset[str]:
        """Wait for changes, let the burst end, and take them; empty when `timeout` seconds pass first."""
        with self._some:
            if not self._some.wait_for(lambda: bool(self._paths), timeout):
                return frozenset()
            latest = time.monotonic() + LONGEST
            while (now := time.monotonic()) < latest:
                left = self._last + self._needed() - now
                if left > 0:
                    self._some.wait(min(left, latest - now))
                elif self._is_locked():
                    self._some.wait(0.05)
                else:
                    break
            taken = frozenset(self._paths)
            self._paths.clear()
            self._open.clear()
            self._new.clear()
        return EVERYTHING if "/" in taken else taken

    def _needed(self) -> float:
        if self._open:
            return UNSETTLED
        return MANY_SETTLED if len(self._paths) >= MANY else SETTLED

    def _is_locked(self) -> bool:
        return any(_is_fresh(lock) for lock in self._locks)


def _is_fresh(lock: Path) -> bool:
    try:
        # A lock's time is the file system's, which only the clock of the wall can be compared with.
        return time.time() - lock.lstat().st_mtime < LONGEST
    except OSError:
        return False
