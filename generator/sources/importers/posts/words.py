"""Headlines and summaries of posts as plain words."""

import re
from html import unescape

_TAG = re.compile(r"<!--.{0,5000}?-->|</?[A-Za-z][^<>]{0,2000}>", re.DOTALL)
_UNSHOWN = re.compile(r"<(script|style)\b[^<>]{0,2000}>.{0,20000}?</\1\s{0,9}>", re.DOTALL | re.IGNORECASE)
_BLOCK = re.compile(r"</(?:p|div|li|h[1-6]|blockquote)>|<br\s{0,3}/?>", re.IGNORECASE)
_PICTURE = re.compile(r"!\[[^\[\]]{0,2000}\]\([^()\s]{0,4000}\)|<[^<>]{1,5000}>")
_LINK = re.compile(r"\[([^\[\]]{1,2000})\]\([^()\s]{0,4000}\)")
_MARKS = re.compile(r"^(?:#{1,6}|>|-|\d{1,9}\.)\s+|\\(?=[^\w\s])|\*{1,2}|`", re.MULTILINE)
_SENTENCE = re.compile(r"[.!?…]['\"”’)]?(?=\s|\Z)")

_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")

LONGEST = 90
"""The most characters of a headline that is made of a text's first words."""


def clean(text: str) -> str:
    """Text without what nobody sees and no file may hold: control characters, halves of characters."""
    return _UNSEEN.sub("", text) if not text.isascii() or _UNSEEN.search(text) else text


def plain(html: str) -> str:
    """HTML as words in one line: no elements, no character references, single spaces."""
    if "<" in html:
        html = _TAG.sub("", _BLOCK.sub(" ", _UNSHOWN.sub("", html)))
    if "&" in html:
        html = unescape(html)
    return " ".join(clean(html).split())


def first_words(markdown: str) -> str:
    """What heads a text that has no headline: its first sentence, cut between words; "" for no words."""
    text = _MARKS.sub("", _LINK.sub(r"\1", _PICTURE.sub("", markdown[:4_000])))
    line = next((line for line in map(str.strip, text.splitlines()) if any(map(str.isalnum, line))), "")
    line = " ".join(unescape(line).split())
    sentence = _SENTENCE.search(line)
    if sentence is not None and 12 <= sentence.end() <= LONGEST:
        return line[: sentence.end()].removesuffix(".")
    if len(line) <= LONGEST:
        return line.removesuffix(".")
    return f"{line[:LONGEST].rpartition(' ')[0] or line[:LONGEST]}…"


def names(values: list[str] | tuple[str, ...]) -> tuple[str, ...]:
    """Names as plain words, each once however it is spelt, without empty ones."""
    found: dict[str, str] = {}
    for name in map(plain, values):
        if name:
            found.setdefault(name.casefold(), name)
    return tuple(found.values())
