"""From the bytes of a text file to its characters, or to what is wrong with them."""

import codecs
import re

from generator.core.problems import Problem
from generator.sources.importers.base import Original

LIMIT = 2 * 1024 * 1024
"""The most bytes one article's text may have: more is a dump of many, or no text at all."""

# What stands in no text on purpose: C0 without tab and line ends, DEL and C1 (Unicode category Cc), and
# the noncharacters that neither YAML nor XML may hold.
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_BREAKS = re.compile("[\x0b\x0c\x85\u2028\u2029]")
# One class of characters, which is searched for quickly; â, Ã and Â begin what _MOJIBAKE finds.
_ODD = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffd-\uffffâÃÂ]")
# Bytes that all of _ODD but the last few have in UTF-8; a carriage return is a line's end.
_SUSPECT = bytes((*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F, 0xC2, 0xEF))
_REST_OF_ODD = "\u2028\u2029âÃÂ"
# UTF-8 bytes of ’ “ ” – — é è ü ö ä ñ and the no-break space, as Windows-1252 shows them.
_MOJIBAKE = re.compile("â€[™œ\x9d“”˜¦]|Ã[©¨¼¶¤±¡³]|Â\xa0")


def decode(original: Original) -> tuple[str | None, tuple[Problem, ...]]:
    """The characters of a text file with "\\n" line ends, and what an editor should know of them.

    UTF-8 is read with or without a byte order mark, UTF-16 and UTF-32 with one. None when the file is too
    large, empty, binary or in another encoding. The number of lines is that of the file; a form feed or a
    Unicode line separator becomes a space, characters that nobody sees are left out.
    """
    data, where = original.data, original.where
    if len(data) > LIMIT:
        size, limit = f"{len(data):,}", f"{LIMIT:,}"
        hint = f"at most {limit} bytes; split it into one file an article"
        return None, (Problem(where, 0, "E304", f"too large for one article: {size} bytes", hint),)
    if not data.strip(b" \t\r\n\x0c\x0b\x00\xef\xbb\xbf") and not data.strip(b" \t\r\n\x0c\x0b\xef\xbb\xbf"):
        return None, (Problem(where, 0, "E301", "the file is empty", "delete it, or put the article back"),)
    encoding = _encoding(data) if data[0] in _MARKED else "utf-8-sig"
    if encoding == "utf-8-sig" and b"\0" in data:
        line = data.count(b"\n", 0, data.index(b"\0")) + 1
        hint = "expected plain text in UTF-8"
        return None, (Problem(where, line, "E302", "a binary file, not text: it holds zero bytes", hint),)
    try:
        # The codec that skips the mark is written in Python.
        text = (
            str(data.removeprefix(codecs.BOM_UTF8), "utf-8")
            if encoding == "utf-8-sig"
            else data.decode(encoding)
        )
    except UnicodeDecodeError as error:
        return None, (_wrong_encoding(data, where, error),)
    text = text.lstrip("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text or text.isspace():
        return None, (Problem(where, 0, "E301", "the file is empty", "delete it, or put the article back"),)
    if encoding == "utf-8-sig" and _is_plain(data, text):
        return text, ()
    return _clean(text, where)


def _is_plain(data: bytes, text: str) -> bool:
    """Whether there is nothing to clean in a text that `data` hold in UTF-8: the quick look of most."""
    return len(data.translate(None, _SUSPECT)) == len(data) and not any(map(text.__contains__, _REST_OF_ODD))


_MARKED = frozenset((0x00, 0xFE, 0xFF))  # what the marks of UTF-16 and UTF-32 begin with


def _encoding(data: bytes) -> str:
    for mark, name in (
        (codecs.BOM_UTF32_LE, "utf-32"),
        (codecs.BOM_UTF32_BE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return name
    return "utf-8-sig"


def _wrong_encoding(data: bytes, where: str, error: UnicodeDecodeError) -> Problem:
    if error.encoding not in {"utf-8", "utf-8-sig"}:
        message = f"begins as {error.encoding.upper()} but is not: {error.reason}"
        return Problem(where, 0, "E303", message, "save it as UTF-8")
    # The codec that skips a byte order mark counts from behind it.
    start = error.start + (3 if data.startswith(codecs.BOM_UTF8) else 0)
    line = data.count(b"\n", 0, start) + 1
    before = data[:start].decode("utf-8", "ignore")
    mixed = not before.removeprefix("\ufeff").isascii() or _has_utf8(data[start + 1 :])
    message = f"not UTF-8: byte 0x{data[start]:02x}"
    if mixed:
        return Problem(
            where, line, "E303", f"{message} among text that is", "two encodings are mixed: mend it"
        )
    return Problem(where, line, "E303", message, "save it as UTF-8; it may be Windows-1252 or ISO 8859-1")


def _has_utf8(data: bytes) -> bool:
    return re.search(rb"[\xc3-\xdf][\x80-\xbf](?![\x80-\xbf])|[\xe1-\xef][\x80-\xbf]{2}", data) is not None


def _clean(text: str, where: str) -> tuple[str, tuple[Problem, ...]]:
    if _ODD.search(text) is None:
        return text, ()
    problems: list[Problem] = []
    text = _BREAKS.sub(" ", text)
    unseen = _UNSEEN.search(text)
    if unseen:
        line = text.count("\n", 0, unseen.start()) + 1
        text, count = _UNSEEN.subn("", text)
        message = f"control characters were left out: {count:,}, the first U+{ord(unseen[0]):04X}"
        problems.append(Problem(where, line, "W321", message, "compare with the original"))
    lost = text.find("\ufffd")
    if lost >= 0:
        line = text.count("\n", 0, lost) + 1
        message = "a replacement character stands where letters were lost (U+FFFD)"
        problems.append(Problem(where, line, "W322", message, "look for a better copy of the original"))
    garbled = _MOJIBAKE.search(text)
    if garbled:
        line = text.count("\n", 0, garbled.start()) + 1
        message = f"wrong encoding: {garbled[0]!r} looks like UTF-8 that was read as Windows-1252"
        problems.append(Problem(where, line, "W322", message, "export it again as UTF-8"))
    return text, tuple(problems)
