"""The messages in a recording of a news wire, as control characters part them.

ANPA 1312 and IPTC 7901 frame a message alike: SOH, the header, STX, the text, ETX, the time it was sent, EOT;
telex lines write ZCZC and NNNN instead. What stands between messages is the line's own noise.
"""

import re
from collections.abc import Iterator

from generator.core.frozen import dataclass

SOH, STX, ETX, EOT = b"\x01", b"\x02", b"\x03", b"\x04"

MESSAGE_LIMIT = 2 * 1024 * 1024
"""The most bytes of one message: a take has a few kilobytes."""

_BEGINS = re.compile(rb"\x01|(?<![^\r\n\x00-\x1f])ZCZC[ \t]?")
_TELEX_END = re.compile(rb"\r?\n?NNNN[ \t]*(?=[\r\n\x00-\x1f]|\Z)")
_UNPRINTED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]+")
_OPENING = re.compile(rb"[\x00\x16\x7f\r\n \t]{0,200}(?:\x01|ZCZC[ \t\r\n])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One message. `line` is where it begins, from 1; `whole` tells that its end was sent too."""

    header: str
    text: str
    trailer: str
    line: int
    whole: bool


def is_wire(data: bytes) -> bool:
    """Whether a file begins as a recording of a wire does, and text begins after its header."""
    head = data[:20_000]
    opening = _OPENING.match(head)
    return opening is not None and (head[opening.end() - 1 : opening.end()] != SOH or STX in head)


def frames(data: bytes) -> Iterator[Frame]:
    """The messages of a file, in order; text before the first is no message."""
    starts = [match.end() for match in _BEGINS.finditer(data)]
    if not starts:
        return
    line, counted = 1, 0
    for start, following in zip(starts, [*starts[1:], len(data)], strict=True):
        line += data.count(b"\n", counted, start)
        counted = start
        telex = data[start - 1 : start] != SOH
        yield _frame(data[start : min(following, start + MESSAGE_LIMIT)], line, telex=telex)


def decoded(data: bytes) -> str:
    """The characters of a message: UTF-8 where it is valid, else those of Windows-1252."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _frame(data: bytes, line: int, *, telex: bool) -> Frame:
    if telex and STX not in data:
        header, _, rest = data.replace(b"\r\n", b"\n").partition(b"\n")
        end = _TELEX_END.search(rest)
        text, trailer = (rest[: end.start()], b"") if end else (rest, b"")
        whole = end is not None
    else:
        header, _, rest = data.partition(STX)
        text, found, trailer = rest.partition(ETX)
        whole = bool(found)
        trailer = trailer.partition(EOT)[0]
    return Frame(
        header=_plain(decoded(header)),
        text=decoded(text.replace(b"\r\n", b"\n").replace(b"\r", b"\n")),
        trailer=" ".join(_plain(decoded(trailer[:500])).split()),
        line=line,
        whole=whole,
    )


def _plain(text: str) -> str:
    """A header with a space for every control character but line ends: format effectors say nothing here."""
    return _UNPRINTED.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
