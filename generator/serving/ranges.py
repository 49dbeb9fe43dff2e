"""Part of a file, as RFC 9110 lets a browser ask for it."""

import re

_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)


class Unsatisfiable(ValueError):
    """The file has nothing of what was asked for."""


def byte_range(header: str, size: int) -> range | None:
    """The bytes of a file of `size` that a Range header asks for; None where the whole file is to be sent.

    That is so for anything but one range of bytes: a server may leave out what it does not do (RFC 9110,
    14.2). Raises Unsatisfiable for a range that begins past the end.
    """
    found = _RANGE.fullmatch(header.strip())
    if found is None or found[0] == "bytes=-":
        return None
    first, last = found.groups()
    if not first:
        length = min(int(last), size)
        if not length:
            raise Unsatisfiable(header)
        return range(size - length, size)
    start = int(first)
    if last and int(last) < start:
        return None
    if start >= size:
        raise Unsatisfiable(header)
    return range(start, min(int(last) + 1, size) if last else size)
