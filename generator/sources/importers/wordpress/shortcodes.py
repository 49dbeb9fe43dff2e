"""WordPress shortcodes as the HTML that they stood for; what is unknown is told, its inner text kept."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape

_CODE = re.compile(
    r"\[(?P<escaped>\[?)(?P<end>/?)(?P<name>[A-Za-z][\w-]{0,60}+)"
    r"(?P<rest>(?:[\s=/](?:[^\[\]\"']++|\"[^\"]{0,4000}+\"|'[^']{0,4000}+'|[\"'](?=[^\]]{0,9}\]))*+)?)\](?P<twice>\]?)"
)
_ATTRIBUTE = re.compile(
    r"([\w-]{1,60})\s{0,9}=\s{0,9}(?:\"([^\"]{0,4000})\"|'([^']{0,4000})'|([^\s\"']{1,4000}))|\"([^\"]{1,4000})\"|(\S{1,4000})"
)
_QUOTES = str.maketrans({"“": '"', "”": '"', "″": '"', "‘": "'", "’": "'"})

NESTED = 40
"""How deep shortcodes may lie in each other; deeper ones are text."""

Attributes = Mapping[str, str]
"""A shortcode's attributes by name in small letters; those without a name are "0", "1", …"""

Meaning = Callable[[Attributes, str], str]
"""The HTML that a shortcode stands for, from its attributes and the HTML inside."""


@dataclass(slots=True)
class _Open:
    """A shortcode that has begun: where its inner text begins among the parts."""

    name: str
    attributes: Attributes
    start: int
    written: str


@dataclass(slots=True)
class Expanded:
    """HTML without shortcodes; `unknown` counts those left out by name."""

    html: str
    unknown: Counter[str] = field(default_factory=Counter)


def expand(html: str, meanings: Mapping[str, Meaning]) -> Expanded:
    """HTML with every shortcode as what it means.

    A word in brackets is a shortcode when it is known, has attributes (`[box id="1"]`), an end tag, or an
    underscore in its name; anything else in brackets is text. `[[gallery]]` is the text `[gallery]`.
    """
    if "[" not in html:
        return Expanded(html)
    ends = Counter(match["name"].lower() for match in _CODE.finditer(html) if match["end"])
    parts: list[str] = []
    waiting: list[_Open] = []
    unknown: Counter[str] = Counter()
    at = 0
    for match in _CODE.finditer(html):
        if match.start() < at:
            continue
        name = match["name"].lower()
        meaning = meanings.get(name)
        raw = next((each for each in reversed(waiting) if each.name in _RAW), None)
        if raw is not None and not (match["end"] and name == raw.name):
            continue
        if match["escaped"] and match["twice"]:
            parts += [html[at : match.start()], match[0][1:-1]]
        elif match["end"]:
            if not any(each.name == name for each in waiting):
                if meaning is None and not _is_code(name, ""):
                    continue
                parts.append(html[at : match.start()])
            else:
                parts.append(html[at : match.start()])
                _close(name, parts, waiting, meanings, unknown)
        else:
            if meaning is None and not ends[name] and not _is_code(name, match["rest"]):
                continue
            before = "[" if match["escaped"] else ""
            parts.append(html[at : match.start()] + before)
            attributes = _attributes(match["rest"].rstrip("/"))
            if ends[name] and not match["rest"].endswith("/") and len(waiting) < NESTED:
                ends[name] -= 1
                waiting.append(_Open(name, attributes, len(parts), match[0]))
            else:
                parts.append(_meant(name, attributes, "", meanings, unknown))
            if match["twice"]:
                parts.append("]")
        at = match.end()
    parts.append(html[at:])
    while waiting:
        _close(waiting[-1].name, parts, waiting, meanings, unknown)
    return Expanded("".join(parts), unknown)


_RAW = frozenset(
    {"code", "sourcecode", "php", "html", "css", "javascript", "python", "bash", "sql", "highlight"}
)
"""Shortcodes whose inner text is shown as it is."""


def _is_code(name: str, rest: str) -> bool:
    return "_" in name or ("=" in rest and _ATTRIBUTE.match(rest.strip()) is not None)


def _close(
    name: str, parts: list[str], waiting: list[_Open], meanings: Mapping[str, Meaning], unknown: Counter[str]
) -> None:
    """End a shortcode, and those within it that have no end of their own."""
    while waiting:
        last = waiting.pop()
        inner = "".join(parts[last.start :])
        del parts[last.start :]
        if last.name == name:
            parts.append(_meant(name, last.attributes, inner, meanings, unknown))
            return
        parts.append(_meant(last.name, last.attributes, "", meanings, unknown) + inner)


def _meant(
    name: str, attributes: Attributes, inner: str, meanings: Mapping[str, Meaning], unknown: Counter[str]
) -> str:
    meaning = meanings.get(name)
    if meaning is not None:
        return meaning(attributes, inner)
    unknown[name] += 1
    return inner


def _attributes(rest: str) -> dict[str, str]:
    found: dict[str, str] = {}
    plain = rest.replace("&#8221;", '"').replace("&#8243;", '"').replace("&quot;", '"').translate(_QUOTES)
    number = 0
    for match in _ATTRIBUTE.finditer(plain):
        if match[1]:
            found.setdefault(match[1].lower(), next((g for g in match.groups()[1:4] if g is not None), ""))
        else:
            found[str(number)] = match[5] or match[6]
            number += 1
    return found


def link(url: str, words: str = "") -> str:
    """A link as a paragraph of its own, with HTML as its words."""
    return f'\n\n<p><a href="{escape(url)}">{words or escape(url)}</a></p>\n\n' if url else ""


def embed(url: str, title: str = "") -> str:
    """What lies elsewhere, as a frame that shows it."""
    return f'\n\n<iframe src="{escape(url)}" title="{escape(title)}"></iframe>\n\n' if url else ""
