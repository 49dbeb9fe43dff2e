"""Addresses, slugs and article ids: strings that differ in meaning differ in type."""

import re
import unicodedata
from functools import lru_cache
from hashlib import blake2b
from typing import NewType

Slug = NewType("Slug", str)
"""One segment of an address: lower-case letters and digits of any script, joined by single hyphens."""

Address = NewType("Address", str)
"""Where a page is within the site: starts with a slash; ends with one too unless it names a file.

It never carries the path of the site's own `url`: templates add that.
"""

ArticleId = NewType("ArticleId", str)
"""An article's path below content/articles without ".md": "2021/04/some-slug"; no leading slash."""

SLUG_LIMIT = 100
"""The most bytes of UTF-8 a slug may have: file systems allow 255 in a name, and people read addresses."""

ADDRESS_LIMIT = 1000
"""The most bytes of UTF-8 an address may have: some systems allow 1,024 in a whole path."""

# Letters that Unicode does not decompose; as library catalogues fold them.
_FOLD = str.maketrans(
    {
        "ß": "ss", "ẞ": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ø": "o", "Ø": "o",
        "đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "þ": "th", "Þ": "th", "ł": "l", "Ł": "l",
        "ħ": "h", "Ħ": "h", "ı": "i", "ŋ": "n", "Ŋ": "n", "ŧ": "t", "Ŧ": "t", "ə": "e", "Ə": "e",
        "&": " and ", "’": "", "'": "", "ʼ": "", "ʻ": "", "‘": "",
    }
)  # fmt: skip
_SEPARATORS = re.compile(r"[\W_]+")
_PLAIN_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# Controls and line ends of any kind, halves of characters, and what a URL or a file system reserves.
_PLAIN_ADDRESS = re.compile(r"(?:/[A-Za-z0-9_-][A-Za-z0-9_.-]{0,239})*/?")
_NOT_IN_ADDRESS = re.compile('[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\\\\?#"<>|*:]')


_RESERVED = frozenset(
    {"con", "prn", "aux", "nul"} | {f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³"}
)
"""What Windows takes for a device, whatever ending it has: "Naming Files, Paths, and Namespaces"."""


def is_device(name: str) -> bool:
    """Whether a file's name is one that no file can have on Windows ("con.md")."""
    return name.partition(".")[0].rstrip().lower() in _RESERVED


def article_file(identity: ArticleId) -> str:
    """The path of an article's file in the site."""
    return f"content/articles/{identity}.md"


def fold(text: str) -> str:
    """Text as compared: lower case, Latin letters without accents, other scripts as they are (NFC).

    Marks of other scripts (Hindi vowel signs, Arabic vowel points) stay: without them words differ.
    """
    if text.isascii():
        return text.translate(_FOLD).lower()
    # Folding case may undo a decomposition, and a decomposition may bring capitals: NFKC_Casefold's order.
    cased = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    kept: list[str] = []
    for char in cased.translate(_FOLD):
        if unicodedata.combining(char) and kept and kept[-1].isascii():
            continue
        kept.append(char)
    return unicodedata.normalize("NFC", "".join(kept))


def ending_of(name: str) -> str:
    """The ending of a file's name in small letters, ".txt", "" for none; `PurePath.suffix`, but quick."""
    name = name.rpartition("/")[2]
    dot = name.rfind(".")
    return name[dot:].lower() if 0 < dot < len(name) - 1 else ""


@lru_cache(maxsize=4096)
def slugify(text: str) -> Slug:
    """The slug of a headline or a name; never empty, the same on every machine.

    A text without any letter or digit gets "x-" and eight hexadecimal digits of its digest.
    """
    if _PLAIN_SLUG.fullmatch(text) and len(text) <= SLUG_LIMIT:
        return Slug(text)
    words = _words(fold(text))
    slug = "-".join(words)
    while len(slug.encode()) > SLUG_LIMIT:
        shorter = slug.rpartition("-")[0]
        slug = shorter or slug[: max(1, len(slug) * 3 // 4)]
    return Slug(slug or "x-" + blake2b(text.encode("utf-8", "replace"), digest_size=4).hexdigest())


def _words(folded: str) -> list[str]:
    if folded.isascii():
        return _SEPARATORS.sub(" ", folded).split()
    # \w leaves combining vowel signs out: they belong to the letter before them, where there is one.
    spaced: list[str] = []
    for char in folded:
        mark = unicodedata.category(char) in {"Mn", "Mc"} and bool(spaced) and spaced[-1] != " "
        spaced.append(char if char.isalnum() or mark else " ")
    return "".join(spaced).split()


def is_slug(text: str) -> bool:
    """Whether an author's own slug can stand in an address as it is."""
    return bool(text) and slugify(text) == text


def address(text: str) -> Address:
    """The one checked constructor of an address; raises ValueError for what cannot be one.

    A part that begins with a dot is none: hosts hide such files, or are told by them what to do.
    """
    if text and len(text) <= ADDRESS_LIMIT and _PLAIN_ADDRESS.fullmatch(text):
        return Address(text)  # as nearly all are
    segments = text.split("/")
    if not text.startswith("/") or "//" in text or any(s in {".", ".."} for s in segments):
        raise ValueError(f"not an address within the site: {text!r}")
    if any(segment.startswith(".") for segment in segments):
        raise ValueError(f"a part of the address begins with a dot: {text[:60]!r}")
    if _NOT_IN_ADDRESS.search(text):
        raise ValueError(f"an address cannot hold {text!r}")
    if any(len(s.encode()) > 240 for s in segments):
        raise ValueError(f"a part of the address is longer than 240 bytes: {text[:60]!r}…")
    if len(text.encode()) > ADDRESS_LIMIT:
        raise ValueError(f"the address is longer than {ADDRESS_LIMIT:,} bytes: {text[:60]!r}…")
    return Address(text)


def story_address(slug: str) -> Address:
    """Where a developing story's page is: "/stories/harbour-wall/"."""
    return Address(f"/stories/{slug}/")


def entity_address(taxonomy: str, slug: str) -> Address:
    """The page of an entity or a tag: "/people/ines-calloway/"."""
    return Address(f"/{taxonomy}/{slug}/")


def output_file(where: Address) -> str:
    """The file below the output folder that a host serves for an address; no leading slash."""
    return where[1:] + "index.html" if where.endswith("/") else where[1:]


def address_of(path: str) -> Address:
    """The address at which a host serves an output file: "2021/index.html" is "/2021/"."""
    folder, _, name = path.rpartition("/")
    if name != "index.html":
        return Address(f"/{path}")
    return Address(f"/{folder}/" if folder else "/")
