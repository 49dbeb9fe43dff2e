"""All messages of the interface, as Babel finds them in the source and in the templates.

`python tests/messages.py` brings `templates/locale/` up to date with them.
"""

import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from babel.messages import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
LOCALE = ROOT / "templates" / "locale"

VARIANTS = {"en-US"}
"""Catalogues that say only what is otherwise than in the general language."""

KEYWORDS = {
    "_": None,
    "gettext": None,
    "message": None,
    "pgettext": ((1, "c"), 2),
    "ngettext": (1, 2),
    "spelled": (1, 2),
    "forms_by_number": (1, 2),
}
"""What is called with a message: a context and the message, its singular and its plural, or just it."""


class Found(NamedTuple):
    """A message where it is written; `key` is its English, or its singular and its plural."""

    path: str
    line: int
    key: str | tuple[str, ...]
    context: str | None
    comments: list[str]


CALLED = re.compile(rb"\b(?:" + "|".join(KEYWORDS).encode() + rb")\s*\(")


@cache
def messages() -> tuple[Found, ...]:
    """Every message, in the order of the files that say them."""
    return tuple(_messages())


def _messages() -> Iterator[Found]:
    for folder, suffix, method in (
        ("generator", ".py", "python"),
        ("templates", ".html", "jinja2"),
        ("templates", ".xml", "jinja2"),
    ):
        for file in sorted((ROOT / folder).rglob(f"*{suffix}")):
            if method == "python" and not CALLED.search(file.read_bytes()):
                continue  # reading its tokens takes a while
            path = file.relative_to(ROOT).as_posix()
            options = {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}
            found = extract_from_file(
                method, file, KEYWORDS, ("Translators:",), options if method == "jinja2" else {}
            )
            for line, key, comments, context in found:
                yield Found(path, line, key, context, list(comments))


def catalogue() -> Catalog:
    """The messages with where they are said: what a new translation starts from."""
    made = Catalog(project="Morgue", charset="utf-8", fuzzy=False)
    for each in messages():
        made.add(
            each.key, locations=[(each.path, each.line)], auto_comments=each.comments, context=each.context
        )
    return made


def main() -> None:
    """Bring `messages.pot` and every catalogue up to date with the source."""
    LOCALE.mkdir(exist_ok=True)
    found = catalogue()
    write(found, LOCALE / "messages.pot")
    for file in sorted(LOCALE.glob("*.po")):
        kept = read(file)
        if file.stem in VARIANTS:
            for each in [e for e in kept if e.id and e.id not in found and not found.get(e.id, e.context)]:
                kept.delete(each.id, each.context)
        else:
            kept.update(found, no_fuzzy_matching=True)
            kept.obsolete.clear()
        write(kept, file)
        left = [e.id for e in kept if e.id and not (all(e.string) if e.pluralizable else e.string)]
        sys.stdout.write(f"{file.name}: {len(kept)} messages, {len(left)} to translate\n")


def read(file: Path) -> Catalog:
    """A catalogue in the order of its file."""
    with file.open("rb") as stream:
        return read_po(stream, locale=file.stem.replace("-", "_"))


def read_pot() -> Catalog:
    """The list of messages as it is kept."""
    with (LOCALE / "messages.pot").open("rb") as stream:
        return read_po(stream)


def write(made: Catalog, file: Path) -> None:
    """Write a catalogue: no line numbers, dates or names, so that it changes only where a message does."""
    header = {"Content-Type": "text/plain; charset=UTF-8", "Content-Transfer-Encoding": "8bit"}
    if made.locale is not None:
        header |= {"Language": file.stem, "Plural-Forms": made.plural_forms}
    with file.open("wb") as stream:
        rows = "".join(f'"{key}: {value}\\n"\n' for key, value in sorted(header.items()))
        stream.write(f'# The words of Morgue\'s interface.\nmsgid ""\nmsgstr ""\n{rows}\n'.encode())
        write_po(stream, made, width=110, omit_header=True, include_lineno=False)


if __name__ == "__main__":
    main()
