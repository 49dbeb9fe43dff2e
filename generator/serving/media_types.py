"""Under which type a file is served."""

import mimetypes
from pathlib import PurePath

_TEXT = {
    ".html": "text/html", ".htm": "text/html", ".xml": "application/xml", ".css": "text/css",
    ".js": "text/javascript", ".mjs": "text/javascript", ".txt": "text/plain", ".md": "text/markdown",
    ".csv": "text/csv", ".vtt": "text/vtt",
}  # fmt: skip
_TYPES = {
    ".json": "application/json", ".jsonl": "application/jsonl", ".map": "application/json",
    ".webmanifest": "application/manifest+json", ".svg": "image/svg+xml", ".webp": "image/webp",
    ".avif": "image/avif", ".ico": "image/x-icon", ".woff": "font/woff", ".woff2": "font/woff2",
    ".wasm": "application/wasm", ".m4a": "audio/mp4", ".opus": "audio/ogg", ".gz": "application/gzip",
}  # fmt: skip
_KNOWN = mimetypes.MimeTypes()
"""Python's own table: the system's would make a type depend on the machine."""


def content_type(path: PurePath) -> str:
    """The media type of a file by its ending, with the charset where it is text."""
    ending = path.suffix.lower()
    if ending in _TEXT:
        return f"{_TEXT[ending]}; charset=utf-8"
    return _TYPES.get(ending) or _KNOWN.guess_type(path.name)[0] or "application/octet-stream"
