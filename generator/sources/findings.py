"""Collecting what is wrong while a file is read, and saying it so that the author recognises the place."""

import difflib
import json
from collections.abc import Iterable
from dataclasses import field

from generator.core.frozen import dataclass
from generator.core.problems import Problem

_SHOWN = 60


def shown(text: str) -> str:
    """A value as problems quote it: between double quotes, at most 60 characters, nothing invisible."""
    cut = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
    return visible(json.dumps(cut, ensure_ascii=False))


def visible(text: str) -> str:
    """A text in which each character that does not print stands as its escape."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else _escaped(char) for char in text)


def named(key: str) -> str:
    """A key as problems name it: bare, at most 60 characters, nothing invisible."""
    return visible(key if len(key) <= _SHOWN else key[: _SHOWN - 1] + "…")


def suggestion(word: str, known: Iterable[str]) -> str:
    """A hint that names the known word nearest to `word`: 'did you mean "tags"?', or ""."""
    words = {each.lower(): each for each in sorted(known, reverse=True)}
    near = difflib.get_close_matches(word[:_SHOWN].lower(), list(words), n=1, cutoff=0.6)
    return f'did you mean "{words[near[0]]}"?' if near else ""


def _escaped(char: str) -> str:
    code = ord(char)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Codes:
    """The problem codes a file's fields are reported with: front matter and settings have their own."""

    shape: str  # a list where a text was expected
    unknown: str  # a key within a mapping that means nothing
    url: str
    path: str
    form: str  # a text that is not what it should be: a language, a number
    date: str
    control: str


FRONT_MATTER = Codes(
    shape="W222", unknown="W223", url="W224", path="W225", form="W230", date="W221", control="W229"
)


@dataclass(slots=True)
class Findings:
    """The problems of one file, gathered as it is read. `codes` are those of its optional fields."""

    path: str
    codes: Codes = FRONT_MATTER
    problems: list[Problem] = field(default_factory=list)

    def add(self, code: str, line: int, message: str, hint: str = "") -> None:
        """One more problem; `message` names the key first."""
        self.problems.append(Problem(self.path, line, code, message, hint))
