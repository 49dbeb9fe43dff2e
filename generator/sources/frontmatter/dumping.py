"""Writing YAML that every reader of front matter takes the same way: Morgue, Hugo, Zola, Jekyll.

Short lists and mappings stand in one line, longer ones take a line for each item. A text stays bare only
where no version of YAML would read anything else in it.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from generator.core.model import Value

ARTICLE_KEYS = (
    "title", "published", "updated", "slug", "language", "authors", "author", "dateline", "summary", "image",
    "tags", "people", "organisations", "places", "related", "story", "source", "corrections", "notes",
    "quotes", "status", "embargo", "aliases", "found",
)  # fmt: skip
"""The keys of an article in the order in which they are written."""

RECORD_KEYS = (
    "name", "aliases", "description", "sort", "wikidata", "viaf", "geonames", "same_as", "coordinates",
    "roles", "rejected", "triggers", "excludes", "least", "broader",
)  # fmt: skip
"""The keys of an authority record in the order in which they are written."""

LINE_LIMIT = 110
"""The most characters of a list or mapping that is written in one line."""

_KEY_LIMIT = 900  # libyaml gives up on `key:` after 1,024 characters; `? key` has no limit.
_USUAL = 40
_MARK = re.compile(r"[,\[\]{}:?]")
_DATE_KEYS = frozenset(
    {"published", "updated", "embargo", "date", "taken", "imported", "captured", "from", "to"}
)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}:[0-9]{2}(Z|[-+][0-9]{2}:[0-9]{2})?)?")
_WORDS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf", "infinity"})
_WORD_LIMIT = max(map(len, _WORDS))
_FIGURES = frozenset("0123456789")
_NUMBERLIKE = re.compile(r"[0-9][-+0-9a-fA-FoOxX_.,:TtZz \t]*")
_BARE = re.compile(r"""[^\W_][^\x00-\x1f\x7f-\x9f"\\\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]*""")
_BARE_PATH = re.compile(r"/?[0-9A-Za-z][-0-9A-Za-z_./]*")
_NEEDS_ESCAPE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")
_ESCAPES = {"\n": "\\n", "\t": "\\t", "\r": "\\r", "\0": "\\0", '"': '\\"', "\\": "\\\\"}


def dump(
    pairs: Mapping[str, Value],
    order: Sequence[str] = ARTICLE_KEYS,
    written: Mapping[str, str] | None = None,
) -> str:
    """The YAML of a front matter, without its `---` lines; each line ends with "\\n".

    Keys named in `order` come first and in that order, the others follow as they are given. A lone
    surrogate, which no file can hold, becomes U+FFFD. Numbers must be finite, whole ones of 64 bits.
    `written` gives the lines of keys for which `entry` was asked before.
    """
    known = [key for key in order if key in pairs]
    others = [key for key in pairs if key not in order] if len(known) < len(pairs) else []
    done = written or {}
    return "".join(done[key] if key in done else entry(key, pairs[key]) for key in known + others)


def entry(key: str, value: Value) -> str:
    """One key at the top of a front matter with its value, every line ended with "\\n"."""
    written = _key(key, flow=False)
    if isinstance(value, str):
        return f"{written} {_text(value, key, inside=False)}\n"
    if isinstance(value, list) and any(isinstance(each, dict) for each in value):
        return f"{written}\n" + "".join(item(each) for each in value)
    if not isinstance(value, list | dict):
        return f"{written} {flow(value, key, top=True)}\n"
    if not _is_long(value):
        line = flow(value, key, top=True)
        if not value or len(key) + len(line) <= LINE_LIMIT:
            return f"{written} {line}\n"
    if isinstance(value, list):
        return f"{written}\n" + "".join(item(each) for each in value)
    return f"{written}\n" + "".join(
        f"  {_key(name, flow=False, indent=2)} {flow(each, name, top=True)}\n" for name, each in value.items()
    )


def _is_long(value: list[Value] | dict[str, Value]) -> bool:
    """Whether a list or mapping surely does not fit in a line: nothing is written shorter than it is."""
    parts = value.values() if isinstance(value, dict) else value
    return sum(len(part) for part in parts if isinstance(part, str)) > LINE_LIMIT


def item(value: Value, indent: str = "  ") -> str:
    """One item of a list that takes a line for each, every line ended with "\\n"."""
    if isinstance(value, dict) and len(flow(value)) > LINE_LIMIT:
        lines = [f"{_key(name, flow=False, indent=len(indent) + 2)} {flow(each, name, top=True)}"
                 for name, each in value.items()]  # fmt: skip
        return f"{indent}- " + f"\n{indent}  ".join(lines) + "\n"
    return f"{indent}- {flow(value, top=not isinstance(value, list | dict))}\n"


def flow(value: Value, key: str = "", *, top: bool = False) -> str:
    """A value in one line. `top`: no bracket or brace surrounds it; `key`: the key it stands under."""
    if isinstance(value, str):
        return _text(value, key, inside=not top) if top or len(value) > _USUAL else _within(value, key)
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case float():
            return _number(value)
        case list():
            return "[" + ", ".join(flow(each) for each in value) + "]"
        case dict():
            return (
                "{"
                + ", ".join(f"{_key(name, flow=True)} {flow(each, name)}" for name, each in value.items())
                + "}"
            )


def _key(key: str, *, flow: bool, indent: int = 0) -> str:
    if len(key) <= _USUAL:
        return f"{_usual(key)}:"
    written = _text(key, "", inside=True)
    if len(written) > _KEY_LIMIT:
        return f"? {written} :" if flow else f"? {written}\n{' ' * indent}:"
    return f"{written}:"


@lru_cache(maxsize=1_000)
def _usual(key: str) -> str:
    """A short key as it is written: the same few stand in every article."""
    return _text(key, "", inside=True)


@lru_cache(maxsize=4_000)
def _within(text: str, key: str) -> str:
    """A short text within brackets: the same names stand in many articles."""
    return _text(text, key, inside=True)


def _number(number: float) -> str:
    written = repr(number)
    # YAML 1.1 takes 1e+16 for text: it wants the point.
    return written.replace("e", ".0e") if "e" in written and "." not in written else written


def _text(text: str, key: str, *, inside: bool) -> str:
    if (key in _DATE_KEYS and _DATE.fullmatch(text)) or _is_bare(text, inside=inside):
        return text
    if _NEEDS_ESCAPE.search(text):
        return '"' + _NEEDS_ESCAPE.sub(_escape, text.replace("\\", "\\\\").replace('"', '\\"')) + '"'
    if ('"' in text or "\\" in text) and text.count("'") <= text.count('"'):
        return "'" + text.replace("'", "''") + "'"
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _is_bare(text: str, *, inside: bool) -> bool:
    if text.startswith("/") and _BARE_PATH.fullmatch(text):
        return True
    if _BARE.fullmatch(text) is None or (len(text) <= _WORD_LIMIT and text.lower() in _WORDS):
        return False
    if text[0] in _FIGURES and _NUMBERLIKE.fullmatch(text):
        return False
    if ": " in text or " #" in text or text.endswith(":") or text[-1].isspace() or "\t" in text:
        return False
    return not inside or _MARK.search(text) is None


def _escape(match: re.Match[str]) -> str:
    char = match.group()
    if "\ud800" <= char <= "\udfff":
        return "\ufffd"
    return _ESCAPES.get(char) or (f"\\x{ord(char):02x}" if char <= "\xff" else f"\\u{ord(char):04x}")
