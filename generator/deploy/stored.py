"""The files of a build as a target is to store them: with type, cache lifetime and compression."""

import gzip
import importlib
from collections.abc import Mapping
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Literal

from generator.core.frozen import dataclass
from generator.core.problems import Problem, SiteError
from generator.core.site import Destination
from generator.deploy.target import Manner, Upload
from generator.output.encode import digest, digest_file
from generator.output.folder import MANIFEST, read_manifest

LARGE = 8 * 1024 * 1024
"""Bytes from which a file is not held in memory but read by the target, and never compressed."""

Encoding = Literal["", "gzip", "br"]

TYPES: Mapping[str, str] = MappingProxyType(
    {
        ".html": "text/html; charset=utf-8",
        ".htm": "text/html; charset=utf-8",
        ".css": "text/css; charset=utf-8",
        ".js": "text/javascript; charset=utf-8",
        ".mjs": "text/javascript; charset=utf-8",
        ".json": "application/json; charset=utf-8",
        ".jsonl": "application/jsonl; charset=utf-8",
        ".xml": "application/xml; charset=utf-8",
        ".txt": "text/plain; charset=utf-8",
        ".md": "text/markdown; charset=utf-8",
        ".csv": "text/csv; charset=utf-8",
        ".svg": "image/svg+xml",
        ".webmanifest": "application/manifest+json",
        ".png": "image/png",
        ".jpg": "image/jpeg",
        ".jpeg": "image/jpeg",
        ".gif": "image/gif",
        ".webp": "image/webp",
        ".avif": "image/avif",
        ".ico": "image/x-icon",
        ".woff": "font/woff",
        ".woff2": "font/woff2",
        ".ttf": "font/ttf",
        ".otf": "font/otf",
        ".pdf": "application/pdf",
        ".epub": "application/epub+zip",
        ".zip": "application/zip",
        ".gz": "application/gzip",
        ".mp3": "audio/mpeg",
        ".ogg": "audio/ogg",
        ".wav": "audio/wav",
        ".mp4": "video/mp4",
        ".webm": "video/webm",
        ".rtf": "application/rtf",
        ".odt": "application/vnd.oasis.opendocument.text",
        ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    }
)
"""The media type of a file by its ending: fixed here, as what a machine knows of them differs."""

_NAMED = {
    "feed.xml": "application/atom+xml; charset=utf-8",
    "feed.json": "application/feed+json; charset=utf-8",
}
_SQUEEZED = (
    "text/",
    "image/svg",
    "application/json",
    "application/xml",
    "application/atom",
    "application/feed",
    "application/manifest",
)
_WORTH = 600  # bytes below which compression saves nothing that matters


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A file at the target. `digest` changes whenever it has to be put anew: with its bytes or its headers.

    It is made from the file `source` of the build, whose bytes have `content_digest`, or from `data`.
    `twin` compresses into a file of its own; `encoding` alone means a file that is stored compressed.
    """

    path: str
    digest: str
    source: str = ""
    content_digest: str = ""
    data: bytes = b""
    content_type: str = "application/octet-stream"
    cache: str = ""
    encoding: Encoding = ""
    twin: bool = False


def stored(
    build: Path, destination: Destination, manner: Manner, more: Mapping[str, bytes] | None = None
) -> dict[str, Stored]:
    """Every file of a build as the target is to have it, by path, with those that only its host asks for
    and `more` that are of no build.

    Raises SiteError when the folder holds no build, or compression is asked for that is not installed.
    """
    encodings = _encodings(destination)
    found: dict[str, Stored] = {}
    for path, sign in built_files(build).items():
        content_type = type_of(path)
        size = (build / path).stat().st_size if (build / path).is_file() else 0
        squeezed = content_type.startswith(_SQUEEZED) and _WORTH <= size < LARGE
        cache = cache_control(path, destination.cache) if manner.headers else ""
        inside = encodings[0] if encodings and squeezed and manner.headers else ""
        headers = (content_type, cache, inside) if manner.headers else ()
        found[path] = Stored(
            path=path,
            digest=digest(sign, *headers) if headers else sign,
            source=path,
            content_digest=sign,
            content_type=content_type,
            cache=cache,
            encoding=inside,
        )
        for encoding in encodings if squeezed and not manner.headers else ():
            twin = f"{path}.{'gz' if encoding == 'gzip' else 'br'}"
            found[twin] = Stored(path=twin, digest=digest(sign, encoding), source=path, content_digest=sign,
                                 encoding=encoding, twin=True)  # fmt: skip
    for path, data in {**manner.extras, **(more or {})}.items():
        found[path] = Stored(path=path, digest=digest(data), data=data, content_type=type_of(path))
    return found


def built_files(build: Path) -> dict[str, str]:
    """The files of a build, path → digest of their bytes: what its manifest says."""
    try:
        return read_manifest((build / MANIFEST).read_bytes())
    except FileNotFoundError as error:
        raise SiteError(
            Problem(build.name, 0, "E814", "there is no build here", "run morgue build")
        ) from error


def type_of(path: str) -> str:
    """The media type a file is to be served with."""
    name = PurePosixPath(path).name
    return _NAMED.get(name) or TYPES.get(PurePosixPath(name).suffix.lower(), "application/octet-stream")


def cache_control(path: str, rules: tuple[tuple[str, int], ...]) -> str:
    """The Cache-Control of a file by the first rule whose pattern fits; `*` stands for any characters."""
    seconds = next((seconds for pattern, seconds in rules if fnmatchcase(path, pattern.lstrip("/"))), 300)
    return f"public, max-age={seconds}" if seconds else "no-cache"


def upload(one: Stored, build: Path) -> Upload:
    """A file made ready to be sent; raises SiteError when the build is no longer what its manifest says."""
    bare = Upload(path=one.path, content_type=one.content_type, cache=one.cache)
    if not one.source:
        return replace(bare, data=one.data)
    place = build / one.source
    try:
        status = place.stat()
        if status.st_size >= LARGE:
            _same(digest_file(place, status.st_size), one)
            return replace(bare, file=place, stamp=int(status.st_mtime))
        data = place.read_bytes()
    except OSError as error:
        raise _moved(one.source) from error
    _same(digest(data), one)
    encoding = "" if one.twin else one.encoding
    return replace(bare, data=_pack(data, one.encoding), encoding=encoding, stamp=int(status.st_mtime))


def _same(found: str, one: Stored) -> None:
    if found != one.content_digest:
        raise _moved(one.source)


def _moved(path: str) -> SiteError:
    hint = "another build is at work (morgue serve?): deploy again when it is done"
    return SiteError(Problem(path, 0, "E814", "the build changed while it was being uploaded", hint))


def _encodings(destination: Destination) -> tuple[Encoding, ...]:
    if "br" in destination.compress:
        _brotli(b"")
    return destination.compress


def _pack(data: bytes, encoding: Encoding) -> bytes:
    if encoding == "gzip":
        return gzip.compress(data, 9, mtime=0)
    return _brotli(data) if encoding == "br" else data


def _brotli(data: bytes) -> bytes:
    try:
        brotli = importlib.import_module("brotli")
    except ImportError as error:
        hint = "pip install 'morgue[brotli]', or use gzip"
        raise SiteError(Problem("site.yaml", 0, "E812", "compress: brotli is not installed", hint)) from error
    packed: bytes = brotli.compress(data, quality=9)
    return packed
