"""ninjs, IPTC's news in JSON, of all three generations: one item a file, or a list of them."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from generator.core.problems import Problem
from generator.sources.importers.agency.items import article_of
from generator.sources.importers.agency.ninjs_fields import Fields
from generator.sources.importers.agency.ninjs_item import item_of, kind_of
from generator.sources.importers.agency.ninjs_versions import faults_of
from generator.sources.importers.agency.texts import clean, told
from generator.sources.importers.base import ImportContext, Imported, Original

MAX_DEPTH = 60
"""How deep values may lie in each other: five associations within another take thirty."""

_SIGNS = re.compile(
    rb'ninjs|"(?:(?:body|headline|description)_\w{2,20}|headlines|bodies|representation[tT]ype|pub[sS]tatus|'
    rb'version[cC]reated|first[cC]reated|infosource|located|location|genre)"\s{0,9}:'
)
_SNIFFED = 4 * 1024 * 1024
_NO_ARTICLES = {"event": "an event", "planning": "a plan"}


class Ninjs:
    """Reads ninjs 1, 2 and 3, each item checked against the schema of its version."""

    @property
    def name(self) -> str:
        """What --format takes."""
        return "ninjs"

    def recognises(self, original: Original) -> bool:
        """Whether it is JSON whose outermost object, or all of whose objects, have a `uri`."""
        head = original.data[:300].lstrip(b"\xef\xbb\xbf \t\r\n")
        if (
            not head.startswith((b"{", b"["))
            or b'"uri"' not in original.data
            or len(original.data) > _SNIFFED
        ):
            return False
        try:
            document = json.loads(original.data)
        except (ValueError, RecursionError):
            return _SIGNS.search(original.data) is not None
        items = document if isinstance(document, list) else [document]
        return bool(items) and all(
            isinstance(each, dict) and isinstance(each.get("uri"), str) and not _is_other(each)
            for each in items
        )

    def read(
        self, original: Original, context: ImportContext
    ) -> tuple[tuple[Imported, ...], tuple[Problem, ...]]:
        """The items of a file as articles; one that is not valid ninjs is refused (E380), and why."""
        where = original.where
        document, problems = _loaded(original)
        made: list[Imported] = []
        for name, item in _items(document):
            version, faults = faults_of(item)
            if faults:
                fault = f"{name}not valid ninjs {version[0]}.{version[1]}: {'; '.join(faults)}"
                problems.append(Problem(where, 0, "E380", fault, "mend it, or ask whoever sent it"))
                continue
            for each in _with_associated(Fields(item)):
                if (kind := kind_of(each)) in _NO_ARTICLES:
                    message = (
                        f"{_NO_ARTICLES[kind]}, not an article: {(each.text('title') or each.uri)[:80]!r}"
                    )
                    problems.append(Problem(where, 0, "W383", message, "passed over"))
                    continue
                one, found = article_of(item_of(each, original, context), where, context.now)
                problems += found
                made += [one] if one is not None else []
        return tuple(made), tuple(problems)


NINJS = Ninjs()
"""The importer of ninjs."""


def _loaded(original: Original) -> tuple[Any, list[Problem]]:
    """The document, cleaned of characters that no text may hold; None, and why, for what is not JSON."""
    where = original.where
    try:
        document = json.loads(original.data.lstrip(b"\xef\xbb\xbf"), parse_constant=_no_number)
        counts = [0, 0]
        document = _cleaned(document, counts, 0)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 0)
        reason = f"nested deeper than {MAX_DEPTH}" if isinstance(error, RecursionError) else str(error)
        return None, [Problem(where, line, "E380", f"not JSON: {reason}", "export it again")]
    return document, list(told(counts[0], counts[1], where))


def _no_number(name: str) -> Any:
    raise ValueError(f"{name} is no number in JSON")


def _cleaned(value: Any, counts: list[int], depth: int) -> Any:
    """A value with all texts clean; `counts` are unseen characters and lost letters."""
    if depth > MAX_DEPTH:
        raise RecursionError
    if isinstance(value, str):
        if value.isprintable():
            return value
        text, unseen, lost = clean(value)
        counts[0] += unseen
        counts[1] += lost
        return text
    if isinstance(value, list):
        return [_cleaned(each, counts, depth + 1) for each in value]
    if isinstance(value, dict):
        return {
            _cleaned(key, counts, depth): _cleaned(each, counts, depth + 1) for key, each in value.items()
        }
    return value


def _items(document: Any) -> Iterator[tuple[str, Any]]:
    """Each item, with how a problem names it: "item 3: " where there are several."""
    if document is None:
        return
    if isinstance(document, list):
        for number, each in enumerate(document, 1):
            yield f"item {number}: ", each
    else:
        yield "", document


def _with_associated(item: Fields) -> Iterator[Fields]:
    """An item, and those associated with it that are articles in full."""
    yield item
    for each in item.associated():
        if kind_of(each) in {"text", ""} and each.has_body:
            yield replace(each, parent=item)


def _is_other(item: dict[str, Any]) -> bool:
    """Whether an object is of another format that has a `uri` too."""
    return any(key in item for key in ("@context", "@type", "$schema", "items", "db"))
