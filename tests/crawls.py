"""Crawls of an invented newspaper, written for the tests: WARC, ARC and WACZ."""

import hashlib
import json
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

HOST = "https://ledger.example"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)


def article(number: int, *, title: str = "", day: str = "2021-04-13", extra: str = "", words: int = 3) -> str:
    """A page of the newspaper with all that a page has."""
    title = title or f"Harbour wall gives way at pier {number}"
    text = "".join(
        f"<p>Paragraph {n} of story {number}: the harbour master said that the wall at pier {number} had been watched for "
        f"weeks, and that the town would mend it before the winter, whatever it cost. {'It was cold. ' * (n % 3)}</p>"
        for n in range(words)
    )
    data = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": title, "datePublished": f"{day}T09:00:00Z",
            "author": {"@type": "Person", "name": "Nell Farrow"}, "mainEntityOfPage": f"{HOST}/2021/wall-{number}"}  # fmt: skip
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title} | The Ledger</title>'
        f'<link rel="canonical" href="{HOST}/2021/wall-{number}"><script type="application/ld+json">{json.dumps(data)}</script></head>'
        f"<body><header><nav><a href='/'>Home</a></nav></header><main><article><h1>{title}</h1>"
        f"<p class='byline'>By Nell Farrow</p>{extra}{text}</article></main><footer>© The Ledger</footer></body></html>"
    )


class Crawl:
    """A WARC being written; `gzip` packs each record."""

    def __init__(self, *, gzip: bool = True) -> None:
        self.out = BytesIO()
        self.writer = WARCWriter(self.out, gzip=gzip)
        self.ends: list[int] = []

    def add(
        self,
        address: str,
        body: str | bytes = b"",
        *,
        status: str = "200 OK",
        mime: str = "text/html; charset=utf-8",
        date: str = "2022-01-02T03:04:05Z",
        headers: list[tuple[str, str]] | None = None,
        kind: str = "response",
        record: dict[str, str] | None = None,
    ) -> "Crawl":
        """One response, redirect or revisit."""
        payload = body if isinstance(body, bytes) else body.encode()
        lines = [("Content-Type", mime), *(headers or [])]
        http = StatusAndHeaders(status, lines, protocol="HTTP/1.1") if kind != "resource" else None
        warc = {"WARC-Date": date, **(record or {})}
        made = self.writer.create_warc_record(
            address, kind, payload=BytesIO(payload), http_headers=http, warc_headers_dict=warc,
            warc_content_type=mime if kind == "resource" else "",
        )  # fmt: skip
        return self._write(made)

    def again(self, address: str, refers: str, digest: str, *, mime: str = "text/html", date: str = "2023-01-01T00:00:00Z") -> "Crawl":  # fmt: skip
        """A capture that showed what an earlier one did."""
        http = StatusAndHeaders("200 OK", [("Content-Type", mime)], protocol="HTTP/1.1")
        made = self.writer.create_revisit_record(address, digest, refers, "2022-01-02T03:04:05Z", http_headers=http, warc_headers_dict={"WARC-Date": date})  # fmt: skip
        return self._write(made)

    def _write(self, made: Any) -> "Crawl":
        self.writer.write_record(made)
        made.raw_stream.close()  # a temporary file, in which warcio takes the digest
        self.ends.append(self.out.tell())
        return self

    @property
    def data(self) -> bytes:
        """The file so far."""
        return self.out.getvalue()


def digest_of(body: str | bytes) -> str:
    """The payload digest as warcio writes it."""
    import base64

    raw = body if isinstance(body, bytes) else body.encode()
    return "sha1:" + base64.b32encode(hashlib.sha1(raw).digest()).decode()


def arc(*pages: tuple[str, str], date: str = "20140216050221") -> bytes:
    """An ARC 1.0 of these pages."""
    version = b"1 0 Test\nURL IP-address Archive-date Content-type Archive-length\n"
    parts = [b"filedesc://test.arc 0.0.0.0 20140216050221 text/plain %d\n" % len(version), version, b"\n"]
    for address, body in pages:
        http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body.encode()
        parts += [f"{address} 10.0.0.1 {date} text/html {len(http)}\n".encode(), http, b"\n"]
    return b"".join(parts)


def wacz(
    path: Path, members: dict[str, bytes], *, packed: bool = False, sums: dict[str, str] | None = None
) -> Path:
    """A WACZ of these WARCs, by their paths in it, with the manifest that it should have."""
    stated: list[Any] = [
        {
            "path": name,
            "hash": f"sha256:{(sums or {}).get(name, hashlib.sha256(data).hexdigest())}",
            "bytes": len(data),
        }
        for name, data in members.items()
    ]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED) as made:
        for name, data in members.items():
            made.writestr(name, data)
        made.writestr("pages/pages.jsonl", '{"format": "json-pages-1.0"}\n')
        made.writestr("datapackage.json", json.dumps({"profile": "data-package", "resources": stated}))
    return path
