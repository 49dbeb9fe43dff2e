"""`morgue serve`: the public folder over HTTP on this machine, and a watch that says when to build again."""

import mimetypes
import os
import sys
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch

from generator.core.paths import ADDRESS_LIMIT

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
"""Names by which a browser on this machine reaches us; any other `Host` is a page elsewhere asking."""

WATCHED = ("content", "templates")
"""The folders a site is made of, beside its settings."""

PATIENCE = 60
"""Seconds after which a browser that says nothing more is let go."""

_NAME_LIMIT = 255

QUIET = 0.05
"""Seconds without a further event after which a burst of saves counts as over."""

_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a request gets: a file of the public folder, or a redirect, or neither."""

    status: HTTPStatus
    file: Path | None = None
    location: str = ""


def answer(output: Path, base: str, target: str) -> Answer:
    """What a static host would answer for a request target ("/2021/04/?q=1").

    A folder's address without its last slash is redirected; what is not there gets 404.html; names that
    begin with a dot, and paths that would leave the folder, are not there.
    """
    path = unquote(target.partition("?")[0].partition("#")[0])
    if base and path in {"", "/"}:
        return Answer(status=HTTPStatus.FOUND, location=base + "/")
    if base and path == base:
        return Answer(status=HTTPStatus.MOVED_PERMANENTLY, location=base + "/")
    missing = Answer(status=HTTPStatus.NOT_FOUND, file=output / "404.html")
    if not path.startswith(base + "/") or "\x00" in path or "\\" in path:
        return missing
    inner = path[len(base) :]
    parts = inner.strip("/").split("/") if inner.strip("/") else []
    if any(not part or part.startswith(".") or len(os.fsencode(part)) > _NAME_LIMIT for part in parts):
        return missing
    if len(os.fsencode(inner)) > ADDRESS_LIMIT:
        return missing
    found = output.joinpath(*parts)
    if not found.resolve().is_relative_to(output.resolve()):
        return missing
    if found.is_dir():
        if not (found / "index.html").is_file():
            return missing
        if not inner.endswith("/"):
            return Answer(status=HTTPStatus.MOVED_PERMANENTLY, location=quote(f"{base}/{'/'.join(parts)}/"))
        return Answer(status=HTTPStatus.OK, file=found / "index.html")
    if inner.endswith("/") or not found.is_file():
        return missing
    return Answer(status=HTTPStatus.OK, file=found)


def allowed_host(header: str, bound: str) -> bool:
    """Whether a Host header names this server: loopback, or the address it was told to listen on."""
    name = header.rsplit("]", 1)[0].lstrip("[") if header.startswith("[") else header.partition(":")[0]
    return name.lower() in LOOPBACK or name == bound or bound in {"0.0.0.0", "::"}


def content_type(path: Path) -> str:
    """The media type of a file by its ending, with the charset where it is text."""
    return _TYPES.get(path.suffix.lower()) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"


def handler(output: Path, base: str, bound: str) -> type[BaseHTTPRequestHandler]:
    """The request handler of one public folder."""

    class Handler(BaseHTTPRequestHandler):
        """Answers GET and HEAD."""

        protocol_version = "HTTP/1.1"
        timeout = PATIENCE

        def do_GET(self) -> None:
            self._answer(with_body=True)

        def do_HEAD(self) -> None:
            self._answer(with_body=False)

        def _answer(self, *, with_body: bool) -> None:
            if not allowed_host(self.headers.get("Host", ""), bound):
                self.send_error(HTTPStatus.MISDIRECTED_REQUEST, "This server answers only to its own name.")
                return
            found = answer(output, base, self.path)
            data = found.file.read_bytes() if found.file is not None and found.file.is_file() else b""
            self.send_response(found.status)
            if found.location:
                self.send_header("Location", found.location)
            elif found.file is not None:
                self.send_header("Content-Type", content_type(found.file))
            self.send_header("Content-Length", str(len(data)))
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            if with_body:
                self.wfile.write(data)

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing: the terminal is for what was rebuilt."""

    return Handler


class Changes(FileSystemEventHandler):
    """Collects the paths that changed until somebody takes them."""

    def __init__(self, ignored: Iterable[Path]) -> None:
        self._ignored = tuple(str(path) for path in ignored)
        self._paths: set[str] = set()
        self._lock = threading.Lock()
        self._some = threading.Event()

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Note a change; opening and reading are none, nor is what happens in the output or the caches."""
        if event.event_type in {"opened", "closed_no_write"} or event.is_directory:
            return
        for raw in (event.src_path, event.dest_path):
            path = raw.decode() if isinstance(raw, bytes) else raw
            if path and not _is_passing(path) and not self._is_ignored(path):
                self.note(path)

    def note(self, path: str) -> None:
        """Note a change that no event of a file tells."""
        with self._lock:
            self._paths.add(path)
        self._some.set()

    def _is_ignored(self, path: str) -> bool:
        return any(path == i or path.startswith(i + "/") for i in self._ignored)

    def take(self, timeout: float | None = None) -> frozenset[str]:
        """Wait for changes, let the burst end, and take them; empty when `timeout` seconds pass first."""
        if not self._some.wait(timeout):
            return frozenset()
        before = -1
        while before != len(self._paths):
            before = len(self._paths)
            threading.Event().wait(QUIET)
        with self._lock:
            taken = frozenset(self._paths)
            self._paths.clear()
            self._some.clear()
        return taken


def _is_passing(path: str) -> bool:
    """Whether a file is one that an editor or our own writing puts beside the real one for a moment."""
    name = path.rpartition("/")[2]
    return name.startswith(".") or name.endswith("~")


class _Folders(FileSystemEventHandler):
    """Watches the folders of a site, those too that come to be while we watch."""

    def __init__(self, observer: BaseObserver, changes: Changes) -> None:
        self._observer = observer
        self._changes = changes
        self._watches: dict[str, ObservedWatch] = {}

    def watch(self, folder: Path) -> None:
        """Watch a folder and all below it, anew where it was there before."""
        if folder.name in self._watches:
            self._observer.unschedule(self._watches[folder.name])
        self._watches[folder.name] = self._observer.schedule(self._changes, str(folder), recursive=True)

    def on_any_event(self, event: FileSystemEvent) -> None:
        """A folder was made, or got its name: watch it, and build with what it holds already."""
        path = Path(os.fsdecode(event.dest_path or event.src_path))
        is_new = event.is_directory and event.event_type in {"created", "moved"}
        if is_new and path.name in WATCHED and path.is_dir():
            self.watch(path)
            self._changes.note(str(path))


def watch(root: Path, changes: Changes) -> BaseObserver:
    """Start watching what a site is made of; stop it with `.stop()` and `.join()`.

    The output is not watched: it has a folder a page, and a system lends only so many watches.
    """
    observer = Observer()
    observer.schedule(changes, str(root), recursive=False)
    folders = _Folders(observer, changes)
    observer.schedule(folders, str(root), recursive=False)
    for name in WATCHED:
        if (root / name).is_dir():
            folders.watch(root / name)
    observer.start()
    return observer


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """Tell of an error; a browser that goes away before its answer is read is none."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def listen(output: Path, base: str, host: str, port: int) -> ThreadingHTTPServer:
    """A server bound and ready, running in the background; raises OSError when the port is taken."""
    server = _Server((host, port), handler(output, base, host))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def rebuild_on_change(
    changes: Changes, rebuild: Callable[[frozenset[str]], None], going: threading.Event
) -> None:
    """Call `rebuild` with each burst of changed paths until `going` is cleared."""
    while going.is_set():
        taken = changes.take(timeout=0.5)
        if taken:
            rebuild(taken)
