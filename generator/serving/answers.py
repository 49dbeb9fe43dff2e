"""What a static host would answer for a request."""

import os
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote, unquote

from generator.core.frozen import dataclass
from generator.core.paths import ADDRESS_LIMIT, Address

_NAME_LIMIT = 255


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a request gets: a file of the public folder, or a redirect, or neither."""

    status: HTTPStatus
    file: Path | None = None
    location: str = ""


def inner_address(base: str, target: str) -> Address | None:
    """The address within the site that a request target ("/archive/2021/04/?q=1") asks for; None for none.

    Nothing is at names that begin with a dot, at what a file system could not hold, or out of the site.
    """
    path = unquote(target.partition("?")[0].partition("#")[0], errors="surrogateescape")
    if not path.startswith(base + "/") or "\x00" in path or "\\" in path:
        return None
    inner = path[len(base) :]
    parts = inner.strip("/").split("/") if inner.strip("/") else []
    if any(not part or part.startswith(".") or len(os.fsencode(part)) > _NAME_LIMIT for part in parts):
        return None
    if inner.startswith("//") or inner.endswith("//") or len(os.fsencode(inner)) > ADDRESS_LIMIT:
        return None
    return Address(inner)


def answer(output: Path, base: str, target: str) -> Answer:
    """What a static host would answer for a request target.

    A folder's address without its last slash is redirected; what is not there gets 404.html; paths that would
    leave the folder, through links too, are not there.
    """
    path = unquote(target.partition("?")[0].partition("#")[0], errors="surrogateescape")
    if base and path in {"", "/"}:
        return Answer(status=HTTPStatus.FOUND, location=base + "/")
    if base and path == base:
        return Answer(status=HTTPStatus.MOVED_PERMANENTLY, location=base + "/")
    missing = Answer(status=HTTPStatus.NOT_FOUND, file=output / "404.html")
    inner = inner_address(base, target)
    if inner is None:
        return missing
    found = output.joinpath(*inner.strip("/").split("/"))
    if not found.resolve().is_relative_to(output.resolve()):
        return missing
    if found.is_dir():
        if not (found / "index.html").is_file():
            return missing
        if not inner.endswith("/"):
            onward = quote(f"{base}{inner}/", errors="surrogateescape")
            return Answer(status=HTTPStatus.MOVED_PERMANENTLY, location=onward)
        return Answer(status=HTTPStatus.OK, file=found / "index.html")
    if inner.endswith("/") or not found.is_file():
        return missing
    return Answer(status=HTTPStatus.OK, file=found)
