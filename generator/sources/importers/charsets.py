"""The characters of bytes that may be in any encoding: what a source says of itself, held against them.

`characters(data, where, declared="", html=False)` is what importers call whose files need not be UTF-8.
"""

import codecs
import re
from typing import NamedTuple

from generator.core.problems import Problem
from generator.sources.importers.extras import load
from generator.sources.importers.languages import language_of

SAMPLE = 64 * 1024
"""The most bytes an encoding that nobody names is guessed from."""

_FEW = 0.08  # of all bytes: where fewer are beyond ASCII, the letters are Latin ones
_GUESS = "generator.sources.importers.charset_guess"
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
# What browsers read under these names (WHATWG Encoding Standard, "Names and labels"), where Python's codec of
# the name is narrower.
_WIDER = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "latin-1": "cp1252", "iso8859-9": "cp1254",
    "iso8859-11": "cp874", "tis-620": "cp874", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932",
    "euc_kr": "cp949", "big5": "big5hkscs", "johab": "cp949", "utf-16": "utf-8", "utf-16-le": "utf-8",
    "utf-16-be": "utf-8", "utf-32": "utf-8", "utf-7": "utf-8",
}  # fmt: skip
_READ = frozenset(
    ["utf-8", "cp866", "cp874", "cp932", "cp949", "koi8-r", "koi8-u", "mac-roman", "mac-cyrillic", "euc_jp",
     "iso2022_jp", "gb18030", "big5", "big5hkscs", "cp437", "cp850", "cp852", "hz",
     *(f"cp125{number}" for number in range(9)), *(f"iso8859-{number}" for number in range(2, 17))]
)  # fmt: skip
# The encodings of languages that are written in Latin letters other than those of Windows-1252.
_LATIN = {
    **dict.fromkeys(("pl", "cs", "sk", "hu", "sl", "hr", "bs", "ro"), "cp1250"), "tr": "cp1254",
    **dict.fromkeys(("lt", "lv", "et"), "cp1257"), "vi": "cp1258",
}  # fmt: skip
_META = re.compile(
    rb"""<meta[^<>]{0,300}?charset\s{0,5}=\s{0,5}["']?\s{0,5}([A-Za-z0-9_:.-]{2,40})|"""
    rb"""<\?xml[^<>?]{0,100}encoding\s{0,5}=\s{0,5}["']([A-Za-z0-9_:.-]{2,40})""",
    re.IGNORECASE,
)


class Characters(NamedTuple):
    """Text, the encoding it was read in, and what an editor should know of that."""

    text: str
    encoding: str
    problems: tuple[Problem, ...] = ()


def characters(data: bytes, where: str, *, declared: str = "", html: bool = False) -> Characters:
    """The text of `data`; never raises, and bytes that mean nothing become U+FFFD and a W322 problem.

    A byte order mark decides; then UTF-8, if the bytes are whole UTF-8, for nothing else looks like it; then
    what is `declared` (by an HTTP header, an index), then, with `html`, what a <meta> or XML declaration
    says; then a guess from the bytes, which is told (W352). Names are read as browsers read them:
    "iso-8859-1" is Windows-1252.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _read(data, name, where)
    if data[:2000].count(0) > len(data[:2000]) / 25:
        wide = _without_mark(data)
        if wide:
            return _read(data, wide, where)
    if data.isascii():
        return Characters(data.decode("ascii"), _codec(declared) or "utf-8")
    try:
        return Characters(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        broken = error.start
    named = _codec(declared)
    if not named and html and (found := _META.search(data[:4096])):
        named = _codec((found[1] or found[2]).decode("ascii"))
    if named == "utf-8" or (not named and _mostly_utf8(data)):
        return _read(data, "utf-8", where)
    if named:
        return _read(data, named, where)
    guessed = _guessed(data, broken, where)
    line = data.count(b"\n", 0, broken) + 1
    message = f"the encoding is not named: read as {guessed}"
    told = Problem(where, line, "W352", message, "check letters with accents; save it as UTF-8")
    found_text = _read(data, guessed, where)
    return found_text._replace(problems=(told, *found_text.problems))


def _read(data: bytes, encoding: str, where: str) -> Characters:
    try:
        return Characters(data.decode(encoding), encoding.removesuffix("-sig"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        text = data.decode(encoding, _as_windows.__name__ if encoding == "utf-8" else "replace")
        if "\ufffd" not in text and encoding == "utf-8":
            message = "bytes of Windows-1252 stand in UTF-8 text, and were read as what they mean there"
            return Characters(text, encoding, (Problem(where, line, "W322", message, "compare it"),))
        message = f"bytes that mean nothing in {encoding}: letters were lost (U+FFFD)"
        problem = Problem(where, line, "W322", message, "look for a better copy of the original")
        return Characters(text, encoding, (problem,))


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """A byte that is no UTF-8, read as Windows-1252, in which it was most likely written."""
    assert isinstance(error, UnicodeDecodeError)
    wrong = error.object[error.start : error.start + 1]
    return wrong.decode("cp1252", "replace"), error.start + 1


codecs.register_error(_as_windows.__name__, _as_windows)


def _codec(name: str) -> str:
    """Python's codec for an encoding's name, as wide as browsers read it; "" for an unknown one."""
    label = name.strip().strip("\"'").lower().removeprefix("x-")
    label = {"sjis": "shift_jis", "windows-31j": "cp932", "ks_c_5601-1987": "cp949", "unicode": "utf-8",
             "utf8": "utf-8", "mac-cyrillic": "mac_cyrillic", "macintosh": "mac_roman", "win-1251": "cp1251",
             "gb_2312-80": "gb18030", "x-gbk": "gb18030"}.get(label, label)  # fmt: skip
    try:
        codec = codecs.lookup(label).name
    except (LookupError, ValueError):
        return ""
    wide = _WIDER.get(codec, codec)
    return wide if wide in _READ else ""


def _without_mark(data: bytes) -> str:
    """UTF-16 without a byte order mark, told by where its zeros stand; "" for anything else."""
    head = data[:2000]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > 20 * (even + 1):
        return "utf-16-le"
    return "utf-16-be" if even > 20 * (odd + 1) else ""


def _mostly_utf8(data: bytes) -> bool:
    """Whether text that is not whole UTF-8 can only have been meant as it: many sequences, few others."""
    text = data[: 8 * SAMPLE].decode("utf-8", "replace")
    good = sum(1 for char in text if char > "\x7f" and char != "\ufffd")
    return good > 10 * text.count("\ufffd")


def _guessed(data: bytes, start: int, where: str) -> str:
    door = load(_GUESS, "web", where)
    if isinstance(door, Problem):
        return "cp1252"
    sample = data[max(0, start - SAMPLE // 4) : start + SAMPLE]
    high = sum(byte > 127 for byte in sample)
    found = "cp1252" if high < len(sample) * _FEW else _codec(door.guess(sample)) or "cp1252"
    return _LATIN.get(language_of(sample.decode("cp1252", "replace")), found) if found == "cp1252" else found
