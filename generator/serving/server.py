"""The public folder over HTTP, as a static host would serve it, with the live events beside."""

import os
import socket
import socketserver
import sys
import threading
from email.utils import formatdate
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import parse_qs, urlsplit

from generator import __version__
from generator.core.frozen import dataclass
from generator.core.paths import Address
from generator.serving.answers import answer, inner_address
from generator.serving.hosts import allowed_host
from generator.serving.live import Browser
from generator.serving.media_types import content_type
from generator.serving.pages import EVENTS, PARTLY, SCRIPT, followed, plain
from generator.serving.preview import Preview
from generator.serving.ranges import Unsatisfiable, byte_range

PATIENCE = 60
"""Seconds after which a browser that says nothing more is let go."""

BRIEF = 0.3
"""Seconds that a request waits for a page not made yet, before one made from a few files is sent."""

MOMENT = 2.0
"""Seconds that a request waits where there is none, before it is told to come again."""

AT_ONCE = 65_536
"""Bytes of a file that are sent at a time."""

_HTML = "text/html; charset=utf-8"
_SCRIPT = (Path(__file__).parent / "live.js").read_bytes()
_MISDIRECTED = (
    "This server answers only to the names of its own machine, so that no page elsewhere can read a draft. "
    "Allow another with --allow-host.\n"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A public folder and how it is served; without a `preview`, as it stands and no more.

    `base` is the path of the site's address without its last slash (a preview knows its own), `bound` the
    host listened on, `names` those by which it may be asked besides.
    """

    output: Path
    base: str = ""
    bound: str = "127.0.0.1"
    names: frozenset[str] = frozenset()
    preview: Preview | None = None


def handler(served: Served) -> type[BaseHTTPRequestHandler]:
    """The request handler of one public folder."""

    class Handler(_Handler):
        site = served

    return Handler


class _Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD."""

    site: Served
    protocol_version = "HTTP/1.1"
    timeout = PATIENCE
    wbufsize = -1  # the head and the body of an answer leave together…
    disable_nagle_algorithm = True  # …and at once

    @property
    def _base(self) -> str:
        return self.site.preview.live.base if self.site.preview else self.site.base

    def do_GET(self) -> None:
        self._answer()

    def do_HEAD(self) -> None:
        self._answer()

    def _refuse(self) -> None:
        self._send_text(HTTPStatus.METHOD_NOT_ALLOWED, "Only GET and HEAD are answered.\n", Allow="GET, HEAD")

    do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = _refuse

    def _answer(self) -> None:
        site, preview = self.site, self.site.preview
        if not allowed_host(self.headers.get("Host", ""), site.bound, site.names):
            self._send_text(HTTPStatus.MISDIRECTED_REQUEST, _MISDIRECTED)
            return
        if preview is None:
            self._send_found()
            return
        path = self.path.partition("?")[0]
        if path == SCRIPT:
            self._send_bytes(HTTPStatus.OK, _SCRIPT, content_type(Path(SCRIPT)))
        elif path == EVENTS:
            self._send_events(preview)
        else:
            self._send_preview(preview)

    def _send_early(self, preview: Preview, where: Address | None, state: str) -> None:
        """A page while nothing is built: itself if it comes soon, else made from a few files, else a word."""
        early = None
        if where is None or where.endswith("/"):
            preview.live.wait_for_any(BRIEF)
        page = preview.page(where) if where is not None else None
        if where is not None and page is None:
            early = preview.early(where)
            if early is None:
                preview.live.wait_for_any(MOMENT)
                page = preview.page(where)
        if where is not None and page is not None:
            self._send_ahead(preview, where, page, preview.live.next_state)
        elif where is not None and early is not None:
            kind = _HTML if where.endswith("/") else content_type(Path(where))
            data = followed(early, state, waits=True, says=PARTLY) if kind == _HTML else early
            self._send_bytes(HTTPStatus.OK, data, kind)
        elif preview.live.is_built:
            self._send_found()
        else:
            text = "The archive is being read, and this page not made yet. It shows itself as soon as it is."
            data = followed(plain("Building …", text), state, waits=True)
            self._send_bytes(HTTPStatus.SERVICE_UNAVAILABLE, data, _HTML, Retry_After="1")

    def _send_preview(self, preview: Preview) -> None:
        """A page ahead of the output, where there is one, else what the output has, or had while good."""
        where = inner_address(self._base, self.path)
        ahead, state = preview.live.next_state, preview.live.state
        if where is not None:
            if location := preview.redirect(where):
                self._send_location(HTTPStatus.MOVED_PERMANENTLY, location)
                return
            page = preview.page(where)
            if page is not None:
                self._send_ahead(preview, where, page, ahead)
                return
        found = answer(self.site.output, self._base, self.path)
        if found.status is not HTTPStatus.NOT_FOUND:
            self._send_found()
        elif not preview.live.is_built:
            self._send_early(preview, where, state)
        elif where is not None and preview.is_gone(where):
            self._send_found(HTTPStatus.GONE)
        elif where is not None and (page := preview.last_good(where)) is not None:
            self._send_bytes(HTTPStatus.OK, followed(page, state), _HTML)
        else:
            self._send_found()

    def _send_ahead(self, preview: Preview, where: Address, page: bytes, state: str) -> None:
        kind = _HTML if where.endswith("/") else content_type(Path(where))
        if kind == _HTML:
            preview.keep(where, page)
            page = followed(page, state)
        self._send_bytes(HTTPStatus.OK, page, kind)

    def _send_found(self, missing: HTTPStatus = HTTPStatus.NOT_FOUND) -> None:
        """What a static host would send; `missing` is what it says of what is not there."""
        preview = self.site.preview
        state = preview.live.state if preview else ""
        found = answer(self.site.output, self._base, self.path)
        if found.location:
            self._send_location(found.status, found.location)
            return
        try:
            file = found.file.open("rb") if found.file is not None else None
        except OSError:
            file = None
        if file is None or found.file is None:
            page = plain("Not found", "There is no page at this address.")
            self._send_bytes(missing, followed(page, state) if preview else page, _HTML)
            return
        with file:
            kind = content_type(found.file)
            if kind != _HTML:
                self._send_file(found.status, file, kind)
                return
            page = file.read()
        if preview:
            if found.status is HTTPStatus.OK and (where := inner_address(self._base, self.path)):
                preview.keep(where, page)
            page = followed(page, state)
        status = missing if found.status is HTTPStatus.NOT_FOUND else found.status
        self._send_bytes(status, page, kind)

    def _send_file(self, status: HTTPStatus, file: BinaryIO, kind: str) -> None:
        """A file, or the part of it that was asked for, or that the browser has it already."""
        stat = os.fstat(file.fileno())
        mark = f'"{stat.st_ino:x}-{stat.st_size:x}-{stat.st_mtime_ns:x}"'
        wanted = range(stat.st_size)
        if self.headers.get("If-None-Match", "") == mark:
            self._head(HTTPStatus.NOT_MODIFIED, ETag=mark, Cache_Control="no-cache")
            return
        if self.headers.get("If-Range", mark) == mark and status is HTTPStatus.OK:
            try:
                part = byte_range(self.headers.get("Range", ""), stat.st_size)
            except Unsatisfiable:
                size = f"bytes */{stat.st_size}"
                self._send_text(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, "", Content_Range=size)
                return
            if part is not None:
                status, wanted = HTTPStatus.PARTIAL_CONTENT, part
        told = {"Content_Range": f"bytes {wanted.start}-{wanted.stop - 1}/{stat.st_size}"}
        self._head(
            status,
            Content_Type=kind,
            Content_Length=str(len(wanted)),
            Accept_Ranges="bytes",
            ETag=mark,
            Last_Modified=formatdate(stat.st_mtime, usegmt=True),
            Cache_Control="no-cache",
            **(told if status is HTTPStatus.PARTIAL_CONTENT else {}),
        )
        left = 0 if self.command == "HEAD" else len(wanted)
        file.seek(wanted.start)
        while left and (data := file.read(min(AT_ONCE, left))):
            self.wfile.write(data)
            left -= len(data)
        if left:
            self.close_connection = True  # the file became shorter meanwhile, and the browser counts

    def _send_events(self, preview: Preview) -> None:
        asked = parse_qs(urlsplit(self.path).query, max_num_fields=10)
        path = asked.get("page", ["/"])[0]
        if path.endswith("/index.html"):
            path = path.removesuffix("index.html")
        browser = Browser(
            page=inner_address(self._base, path) or Address(""),
            seen=self.headers.get("Last-Event-ID") or asked.get("seen", [""])[0],
            waits="waits" in asked,
        )
        lines = preview.live.lines(browser)
        first = next(lines, None)
        if first is None:
            self._send_text(HTTPStatus.SERVICE_UNAVAILABLE, "Too many pages are open.\n", Retry_After="5")
            return
        self.close_connection = True
        self._head(
            HTTPStatus.OK, Content_Type="text/event-stream", Cache_Control="no-store", Connection="close"
        )
        if self.command == "HEAD":
            return
        self.wfile.write(first)
        for line in lines:
            self.wfile.flush()
            self.wfile.write(line)
            self.wfile.flush()

    def _send_location(self, status: HTTPStatus, location: str) -> None:
        self._head(status, Location=location, Content_Length="0", Cache_Control="no-store")

    def _send_text(self, status: HTTPStatus, text: str, **more: str) -> None:
        self._send_bytes(status, text.encode(), "text/plain; charset=utf-8", **more)

    def _send_bytes(self, status: HTTPStatus, data: bytes, kind: str, **more: str) -> None:
        self._head(status, Content_Type=kind, Content_Length=str(len(data)), Cache_Control="no-store", **more)
        if self.command != "HEAD":
            self.wfile.write(data)

    def _head(self, status: HTTPStatus, **headers: str) -> None:
        """The head of an answer; a header's hyphen is written as an underscore."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        for name, value in self.site.preview.headers() if self.site.preview else ():
            self.send_header(name, value)
        # Nobody else's page may take in a draft as a picture or a script.
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()

    def version_string(self) -> str:
        """What the Server header says: not which Python runs it."""
        return f"Morgue/{__version__}"

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the terminal is for what was rebuilt."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, host: str, port: int, handles: type[BaseHTTPRequestHandler]) -> None:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        self.address_family = family
        super().__init__(address[:2], handles)  # type: ignore[arg-type]

    def server_bind(self) -> None:
        # HTTPServer's own asks the name service for this machine's full name, which may take seconds.
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), self.server_address[1]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Tell of an error; a browser that goes away before its answer is read is none."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


def listen(served: Served, port: int) -> ThreadingHTTPServer:
    """A server bound and ready, running in the background; raises OSError when it cannot listen there."""
    server = _Server(served.bound, port, handler(served))
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    return server
