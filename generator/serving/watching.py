"""Watching the files a site is made of, by the system's own notices or by looking again and again."""

import errno
import logging
import os
import time
import warnings
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch
from watchdog.observers.polling import PollingObserver

from generator.config import NAME
from generator.core.problems import Problem
from generator.serving.bursts import Changes
from generator.serving.mounts import is_remote

WATCHED = ("content", "templates")
"""The folders a site is made of, beside its settings."""

# Opening and reading are not asked for: a build opens every article, which would flood the system's queue.
_EVENTS: list[type[FileSystemEvent]] = [
    FileCreatedEvent, FileModifiedEvent, FileClosedEvent, FileMovedEvent, FileDeletedEvent,
    DirCreatedEvent, DirMovedEvent, DirDeletedEvent,
]  # fmt: skip

POLL_SHARE = 20
"""A pause between two looks is this many times as long as a look, which costs below 5 % of a processor."""

_TRIES = 5
_BETWEEN_TRIES = 0.1
_LIMITS = Path("/proc/sys/fs/inotify/max_user_watches")
_OWN_DESCRIPTORS = Path("/proc/self/fdinfo")
_PASSING = ("~", ".swp", ".swx", "___jb_tmp___", "___jb_old___")


def is_passing(path: str) -> bool:
    """Whether a file is one that an editor, or our own writing, puts beside the real one for a moment."""
    name = path.rpartition("/")[2]
    return name.startswith((".", "#")) or name.endswith(_PASSING) or name == "4913"  # Vim's trial of a folder


class Watch:
    """A running watch over a site's settings, content and templates; `stop` ends it.

    The output is never watched: it has a folder a page, and a system lends only so many watches. Folders
    that come, go, or get their name while we watch are followed.
    """

    def __init__(self, root: Path, changes: Changes, *, poll: float = 0) -> None:
        """Start watching: by the system's notices, or, where `poll` is given, by a look every `poll` seconds.

        Where the system has no notices, or too few, or none for this kind of file system, `problem` says so
        and the files are looked at again and again.
        """
        self._root, self._changes = root.resolve(), changes
        self._log = _Overheard(changes)
        logging.getLogger("watchdog").addHandler(self._log)
        # watchdog says so of a folder that was moved away and back, and then watches it rightly.
        warnings.filterwarnings("ignore", "Callback with id", RuntimeWarning)
        self.problem: Problem | None = None
        self.polls = bool(poll)
        remote = "" if poll else is_remote(self._root)
        if remote:
            message = f"this site lies on a {remote} file system, which does not tell of every change"
            self._fall_back(message, "files are looked at again and again instead")
        elif poll:
            self._observer = self._polling(poll)
        else:
            self._start()

    def _start(self) -> None:
        try:
            self._observer = self._observing(Observer())
        except OSError as error:
            if error.errno not in {errno.ENOSPC, errno.EMFILE, errno.ENOSYS}:
                raise
            self._fall_back(*_too_few(error.errno == errno.EMFILE))
            return
        self.check()

    def check(self) -> bool:
        """Whether every folder is watched still; where not, `problem` says so, and polling takes over.

        watchdog passes over the folders for which the system lends no further watch, without a word.
        """
        if self.polls or not watches_held():
            return True
        for _ in range(_TRIES):  # a folder made this moment is watched a moment later
            if watches_held() >= sum(1 for _ in _folders(self._root)):
                return True
            time.sleep(_BETWEEN_TRIES)
        self._observer.stop()
        self._observer.join()
        self._fall_back(*_too_few(False))
        return False

    def stop(self) -> None:
        """End the watch."""
        logging.getLogger("watchdog").removeHandler(self._log)
        self._observer.stop()
        self._observer.join()

    def _fall_back(self, message: str, hint: str) -> None:
        self.polls = True
        self.problem = Problem("", 0, "W124", message, hint)
        self._observer = self._polling(0)

    def _polling(self, every: float) -> BaseObserver:
        return self._observing(PollingObserver(timeout=every or _pause(self._root)))

    def _observing(self, observer: BaseObserver) -> BaseObserver:
        handler = _Handler(self._root, observer, self._changes, closes=not self.polls and _tells_of_closing())
        try:
            observer.schedule(handler, str(self._root), recursive=False, event_filter=_EVENTS)
            for name in WATCHED:
                if (self._root / name).is_dir():
                    handler.watch(name)
            observer.start()
        except OSError:
            observer.unschedule_all()
            raise
        return observer


class _Handler(FileSystemEventHandler):
    """Notes the changes of one site, and follows its folders."""

    def __init__(self, root: Path, observer: BaseObserver, changes: Changes, *, closes: bool) -> None:
        self._root, self._observer, self._changes, self._closes = str(root), observer, changes, closes
        self._watches: dict[str, ObservedWatch] = {}

    def watch(self, name: str) -> None:
        """Watch a folder of the site and all below it; raises OSError where the system lends no watch."""
        place = f"{self._root}/{name}"
        self._watches[name] = self._observer.schedule(self, place, recursive=True, event_filter=_EVENTS)

    def follow(self, name: str) -> None:
        """Watch a folder anew that has come to be, or got its name, while others are watched."""
        self.leave(name)
        # It may be gone again by now, which a further event tells; too few watches are found out by `check`.
        with suppress(OSError):
            self.watch(name)

    def leave(self, name: str) -> None:
        """Watch a folder no more."""
        if name in self._watches:
            self._observer.unschedule(self._watches.pop(name))

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Note what an event tells of both its ends."""
        kind = event.event_type
        source, target = self._inside(event.src_path), self._inside(event.dest_path)
        if event.is_directory:
            if kind in {"created", "moved", "deleted"}:
                self._folder(source, gone=kind != "created")
                self._folder(target, gone=False)
            return
        gone = kind in {"deleted", "moved"}
        is_open = self._closes and kind == "modified"
        if self._counts(source):
            self._changes.note(source, is_open=is_open, is_new=kind == "created", is_gone=gone)
        if self._counts(target):
            self._changes.note(target)

    def _counts(self, path: str) -> bool:
        return bool(path) and not is_passing(path) and ("/" in path or path == NAME)

    def _folder(self, path: str, *, gone: bool) -> None:
        top = path.partition("/")[0]
        if top not in WATCHED:
            return
        if path == top:
            # A folder of the site itself comes or goes: the watch on it was one on what it was.
            (self.leave if gone else self.follow)(top)
        self._changes.note(f"{path}/")

    def _inside(self, raw: bytes | str) -> str:
        path = os.fsdecode(raw)
        return (
            path[len(self._root) + 1 :].replace(os.sep, "/") if path.startswith(self._root + os.sep) else ""
        )


class _Overheard(logging.Handler):
    """What watchdog only logs: that the system's queue was full, and events were lost."""

    def __init__(self, changes: Changes) -> None:
        super().__init__(logging.WARNING)
        self._changes = changes

    def emit(self, record: logging.LogRecord) -> None:
        """Look at everything, as nobody knows what was lost."""
        if "overflow" in record.getMessage():
            self._changes.note("/")


def _tells_of_closing() -> bool:
    """Whether the system tells when a file that was written to is closed: only Linux does."""
    return _LIMITS.exists()


def watches_held() -> int:
    """How many folders this process watches, by the system's own account; 0 where it keeps none."""
    found = 0
    try:
        for entry in os.scandir(_OWN_DESCRIPTORS):
            try:
                found += Path(entry.path).read_bytes().count(b"inotify wd:")
            except OSError:
                continue  # closed since it was listed
    except OSError:
        return 0
    return found


def _folders(root: Path) -> Iterator[str]:
    yield str(root)
    for name in WATCHED:
        for folder, _, _ in os.walk(root / name):
            yield folder


def _pause(root: Path) -> float:
    """Seconds between two looks: one for a small site, more for one at which a look takes long."""
    files = sum(len(names) for name in WATCHED for *_, names in os.walk(root / name))
    return max(1.0, files * 10e-6 * POLL_SHARE)  # about 10 µs a file


def _too_few(instances: bool) -> tuple[str, str]:
    name = "max_user_instances" if instances else "max_user_watches"
    try:
        limit = f" ({(_LIMITS.parent / name).read_text().strip()} for all programs)"
    except OSError:
        limit = ""
    message = f"the system lends too few watches to be told of changes{limit}"
    return message, f"files are looked at again and again instead; raise fs.inotify.{name} to spare that"
