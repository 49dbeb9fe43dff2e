"""The interface's words in other languages: gettext catalogues, the theme's and over them a site's own."""

import re
import string
from collections.abc import Iterable, Sequence
from dataclasses import field
from gettext import c2py
from hashlib import blake2b
from pathlib import Path

import polib

from generator.core.frozen import dataclass
from generator.core.language import CONTEXT, Language
from generator.core.problems import Problem

CODE = "E126"
SIZE_LIMIT = 2_000_000
"""The most bytes of a catalogue that are read."""

_RULE = re.compile(r"\s*nplurals\s*=\s*([1-9])\s*;\s*plural\s*=\s*([^;]{1,400});?\s*")
_LINE = re.compile(r"\(line (\d+)\)(?:: (.*))?", re.DOTALL)
_FORMATTER = string.Formatter()


@dataclass(frozen=True, slots=True)
class _Words:
    """What the catalogues of one language say together."""

    texts: dict[str, str] = field(default_factory=dict)
    plurals: dict[str, tuple[str, ...]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def load_language(code: str, folders: Sequence[tuple[str, Path]]) -> tuple[Language, tuple[Problem, ...]]:
    """The interface in the language `code` ("de", "zh-Hant-TW"), and all that is wrong with its catalogues.

    `folders` hold catalogues, each with what problems call it; a later one counts more. Of one language the
    general comes before the special: `zh.po`, `zh-Hant.po`, `zh-Hant-TW.po`. What none of them says is in
    English.
    """
    words, found, count, rule = _Words(), "en", 2, "n != 1"
    seen = blake2b(digest_size=16)
    parts = code.split("-")
    for name in ("-".join(parts[:length]) for length in range(1, len(parts) + 1)):
        for called, folder in folders:
            file = folder / f"{name}.po"
            if not file.is_file():
                continue
            path, data = f"{called}/{name}.po", file.read_bytes()
            seen.update(data)
            entries = _parsed(data, path, words.problems)
            if entries is None:
                continue
            found = name
            if (header := entries.metadata.get("Plural-Forms")) is not None:
                count, rule = _rule(header, path, words.problems) or (count, rule)
            _take(entries, count, path, words)
    if found == "en" and not words.problems and not words.texts and not words.plurals:
        return Language(), ()
    if words.problems:
        return Language(), tuple(sorted(words.problems))
    plurals = {key: forms for key, forms in words.plurals.items() if len(forms) == count}
    return Language(code=found, texts=words.texts, plurals=plurals, rule=rule, digest=seen.hexdigest()), ()


def _parsed(data: bytes, path: str, problems: list[Problem]) -> polib.POFile | None:
    if len(data) > SIZE_LIMIT:
        problems.append(Problem(path, 0, CODE, f"catalogue: larger than {SIZE_LIMIT:,} bytes"))
        return None
    try:
        # The end of a line: else polib takes a text of one line for the name of a file.
        return polib.pofile(data.decode("utf-8-sig") + "\n")
    except UnicodeDecodeError as error:
        line = 1 + data.count(b"\n", 0, error.start)
        problems.append(Problem(path, line, CODE, "catalogue: not UTF-8", "save it as UTF-8"))
    except OSError as error:
        told = _LINE.search(str(error))
        message = f"catalogue: {(told and told[2]) or 'not a gettext catalogue'}"
        problems.append(
            Problem(path, int(told[1]) if told else 0, CODE, message, "see docs/how-to/translate.md")
        )
    return None


def _rule(header: str, path: str, problems: list[Problem]) -> tuple[int, str] | None:
    match = _RULE.fullmatch(header)
    try:
        if match is None:
            raise ValueError(header)
        highest = max(c2py(match[2])(number) for number in range(200))
        if highest >= int(match[1]):
            raise ValueError(header)
    except (ValueError, ZeroDivisionError):
        hint = "expected e.g. nplurals=2; plural=(n != 1);"
        problems.append(Problem(path, 1, CODE, f"catalogue: not a rule of plurals: {header}", hint))
        return None
    return int(match[1]), match[2]


def _take(entries: Iterable[polib.POEntry], count: int, path: str, words: _Words) -> None:
    """The translations of one file; a fuzzy one is a translator's guess, and does not count."""
    for entry in entries:
        if entry.obsolete or entry.fuzzy:
            continue
        key = f"{entry.msgctxt}{CONTEXT}{entry.msgid}" if entry.msgctxt else entry.msgid
        if entry.msgid_plural:
            forms = tuple(entry.msgstr_plural[number] for number in sorted(entry.msgstr_plural))
            if not any(forms):
                continue
            fault = _fault([entry.msgid, entry.msgid_plural], forms)
            if len(forms) != count or not all(forms):
                fault = f"has {sum(map(bool, forms))} of {count} forms"
            words.plurals[key] = forms
        elif entry.msgstr:
            fault = _fault([entry.msgid], [entry.msgstr])
            words.texts[key] = entry.msgstr
        else:
            continue
        if fault:
            message = f'catalogue: the translation of "{entry.msgid}" {fault}'
            words.problems.append(Problem(path, max(1, entry.linenum or 0), CODE, message))


def _fault(sources: Sequence[str], forms: Sequence[str]) -> str:
    """What is wrong with a translation that would fail, or say something else, on a page; or ""."""
    allowed = {name for source in sources for name in _fields(source)}
    try:
        strange = {name for form in forms for name in _fields(form)} - allowed
    except ValueError:
        return "has a brace without its other"
    if strange:
        return f"has {{{min(strange)}}}, which is not in it"
    parts = sources[0].count("|")
    return f"needs {parts + 1} parts between |" if any(form.count("|") != parts for form in forms) else ""


def _fields(text: str) -> list[str]:
    """The names between braces; raises ValueError for braces that do not match."""
    return [
        f"{name}{':' if form else ''}{form or ''}{kind or ''}"
        for _, name, form, kind in _FORMATTER.parse(text)
        if name is not None
    ]
