"""A stand-in for an Azure account that keeps versions, which Azurite does not: what a deploy asks of it.

It answers as https://learn.microsoft.com/rest/api/storageservices/ says of Put Blob, Get Blob, List Blobs,
Delete Blob and Copy Blob, in memory, and looks at nobody's signature.
"""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

HEADERS = ("content-type", "cache-control", "content-encoding")
MODIFIED = "Mon, 02 Sep 2024 08:00:00 GMT"


@dataclass(slots=True)
class Blob:
    """A version: `number` counts up with every write to the account."""

    number: int
    data: bytes
    headers: Mapping[str, str]

    @property
    def version(self) -> str:
        return f"2024-09-02T08:00:{self.number // 10_000_000:02}.{self.number % 10_000_000:07}Z"

    @property
    def etag(self) -> str:
        return f"0x8DC{self.number:08X}"


@dataclass(slots=True)
class Account:
    """All versions of each blob, the latest last, and those that are shown."""

    versions: dict[str, list[Blob]] = field(default_factory=dict)
    shown: dict[str, Blob] = field(default_factory=dict)
    count: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def put(self, name: str, data: bytes, headers: Mapping[str, str]) -> Blob:
        with self.lock:
            self.count += 1
            blob = self.shown[name] = Blob(self.count, data, headers)
            self.versions.setdefault(name, []).append(blob)
            return blob

    def find(self, name: str, version: str = "") -> Blob | None:
        if not version:
            return self.shown.get(name)
        return next((each for each in self.versions.get(name, ()) if each.version == version), None)

    def listed(self, prefix: str, *, versions: bool) -> str:
        rows = [
            f"<Blob><Name>{escape(name)}</Name><VersionId>{each.version}</VersionId>"
            + ("<IsCurrentVersion>true</IsCurrentVersion>" if self.shown.get(name) is each else "")
            + f"<Properties><Last-Modified>{MODIFIED}</Last-Modified><Etag>{each.etag}</Etag>"
            f"<Content-Length>{len(each.data)}</Content-Length><BlobType>BlockBlob</BlobType></Properties></Blob>"
            for name in sorted(self.versions)
            for each in self.versions[name]
            if name.startswith(prefix) and (versions or self.shown.get(name) is each)
        ]
        return f'<?xml version="1.0" encoding="utf-8"?><EnumerationResults ContainerName="kept"><Blobs>{"".join(rows)}</Blobs><NextMarker/></EnumerationResults>'


class _Answers(BaseHTTPRequestHandler):
    account: Account
    protocol_version = "HTTP/1.1"

    def _asked(self) -> tuple[str, dict[str, str]]:
        parts = urlsplit(self.path)
        name = unquote(parts.path).split("/", 3)  # "", account, container, blob
        return name[3] if len(name) > 3 else "", {k.lower(): v[0] for k, v in parse_qs(parts.query).items()}

    def _say(self, status: int, headers: Mapping[str, str] | None = None, data: bytes = b"") -> None:
        self.send_response(status)
        for key, value in {
            "content-length": str(len(data)),
            "last-modified": MODIFIED,
            **(headers or {}),
        }.items():
            self.send_header(key, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def do_PUT(self) -> None:
        name, _ = self._asked()
        data = self.rfile.read(int(self.headers.get("content-length") or 0))
        headers = {
            key: self.headers[f"x-ms-blob-{key}"] for key in HEADERS if f"x-ms-blob-{key}" in self.headers
        }
        if source := self.headers.get("x-ms-copy-source"):
            parts = urlsplit(source)
            from_name = unquote(parts.path).split("/", 3)[3]
            copied = self.account.find(from_name, parse_qs(parts.query).get("versionid", [""])[0])
            if copied is None:
                return self._say(404, {"x-ms-error-code": "BlobNotFound"})
            data, headers = copied.data, dict(copied.headers)
        blob = self.account.put(name, data, headers)
        done = {"etag": blob.etag, "x-ms-version-id": blob.version}
        if source:
            return self._say(202, {**done, "x-ms-copy-id": "1", "x-ms-copy-status": "success"})
        return self._say(201, done)

    def do_GET(self) -> None:
        name, query = self._asked()
        if query.get("comp") == "list":
            listed = self.account.listed(
                query.get("prefix", ""), versions="versions" in query.get("include", "")
            )
            return self._say(200, {"content-type": "application/xml"}, listed.encode())
        if not name:
            return self._say(200, {"etag": "0x1"})
        blob = self.account.find(name, query.get("versionid", ""))
        if blob is None:
            return self._say(404, {"x-ms-error-code": "BlobNotFound"})
        about = {
            **blob.headers,
            "etag": blob.etag,
            "x-ms-blob-type": "BlockBlob",
            "x-ms-version-id": blob.version,
        }
        if not blob.data:
            return self._say(200, about)
        return self._say(206 if "x-ms-range" in self.headers else 200,
                         {**about, "content-range": f"bytes 0-{len(blob.data) - 1}/{len(blob.data)}"}, blob.data)  # fmt: skip

    do_HEAD = do_GET

    def do_DELETE(self) -> None:
        gone = self.account.shown.pop(self._asked()[0], None)
        self._say(404 if gone is None else 202, {"x-ms-error-code": "BlobNotFound"} if gone is None else {})

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def azure_keeping() -> Iterator[tuple[str, Account]]:
    """The connection string of such an account, and what lies in it."""

    class Answers(_Answers):
        account = Account()

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    server.daemon_threads = True  # a library may keep its connection for longer
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield (
            (
                "DefaultEndpointsProtocol=http;AccountName=kept;AccountKey=bm9ib2R5;"
                f"BlobEndpoint=http://127.0.0.1:{server.server_address[1]}/kept;"
            ),
            Answers.account,
        )
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
