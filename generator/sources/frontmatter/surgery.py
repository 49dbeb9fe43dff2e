"""Changing some keys of a front matter and no other byte of it."""

import re
from collections.abc import Mapping, Sequence

from generator.core.model import Value
from generator.sources.frontmatter.dumping import entry, flow, item
from generator.sources.nodes import Document, Field, Node, Series, same

_BREAK = re.compile(r"\r\n|\r|\n")
_LAST_BREAK = re.compile(r"[\r\n]")


class Uneditable(ValueError):
    """A front matter that cannot be changed in place; the message says why."""


def rewritten(
    yaml_text: str, document: Document, changes: Mapping[str, Value], eol: str, order: Sequence[str]
) -> str:
    """A YAML text with `changes` made; `document` is what it was read as.

    None takes a key out, with the comment on its line. New keys go to their place in `order`, others to
    the end. Lines that are added end with `eol`.

    Raises Uneditable for a front matter in braces, or with tags, anchors or `?` before a key.
    """
    if document.flow:
        raise Uneditable("the front matter is written in braces")
    indent = ""
    for each in document.fields.values():
        indent = yaml_text[_line_start(yaml_text, each.start) : each.start]
        if indent.strip(" "):
            raise Uneditable(f"{each.name}: something stands before the key")
    edits: list[tuple[int, int, str]] = []
    for name, value in changes.items():
        old = document.get(name)
        if old is not None and value is None:
            edits.append((_line_start(yaml_text, old.start), _line_end(yaml_text, old.node.end), ""))
        elif old is not None and not same(old.node, value):
            edits.append(_replacement(yaml_text, old, value, eol, indent))
    added = [name for name in changes if name not in document and changes[name] is not None]
    ranks = {name: place for place, name in enumerate(order)}
    for name in sorted(added, key=lambda name: ranks.get(name, len(ranks))):
        place = _place(yaml_text, document, name, ranks)
        edits.append((place, place, _lines(entry(name, changes[name]), indent, eol)))
    return _applied(yaml_text, edits)


def _applied(text: str, edits: list[tuple[int, int, str]]) -> str:
    parts: list[str] = []
    done = 0
    # Insertions at one place keep the order they were asked in: the sort is stable.
    for start, end, new in sorted(edits, key=lambda each: each[:2]):
        parts += text[done:start], new
        done = end
    return "".join(parts) + text[done:]


def _place(text: str, document: Document, name: str, ranks: Mapping[str, int]) -> int:
    own = ranks.get(name, len(ranks))
    earlier = [each for each in document.fields.values() if ranks.get(each.name, len(ranks)) <= own]
    ranked = [each for each in earlier if each.name in ranks]
    if name in ranks and ranked:
        after = max(ranked, key=lambda each: ranks[each.name])
        return _line_end(text, after.node.end)
    later = [each for each in document.fields.values() if each.name in ranks]
    if name in ranks and later:
        return _above_comments(text, _line_start(text, later[0].start))
    if document.fields:
        return _line_end(text, max(each.node.end for each in document.fields.values()))
    return len(text)


def _above_comments(text: str, place: int) -> int:
    while place:
        before = _line_start(text, place - (2 if text[:place].endswith("\r\n") else 1))
        if not text[before:place].lstrip(" \t").startswith("#"):
            break
        place = before
    return place


def _replacement(text: str, old: Field, value: Value, eol: str, indent: str) -> tuple[int, int, str]:
    if isinstance(old.node, Series) and isinstance(value, list) and value:
        if old.node.flow:
            start, end, merged = old.node.start, old.node.end, _flow_list(text, old.node, value)
        else:
            start, end = _line_start(text, old.node.start), _line_end(text, old.node.end)
            merged = _block_list(text, old.node, value, eol)
        if merged:
            return start, end, merged
    new = _lines(entry(old.name, value), indent, eol)
    # The key as written stays, and so does what follows the value on its line.
    return old.key_end, _value_end(text, old), new[len(indent) + len(_written_key(old.name)) : -len(eol)]


def _value_end(text: str, old: Field) -> int:
    """Where a value's last word ends; empty lines that it keeps (`|+`) stay when it goes."""
    return old.key_end + len(text[old.key_end : old.node.end].rstrip())


def _written_key(name: str) -> str:
    return entry(name, None).removesuffix(": null\n")


def _lines(new: str, indent: str, eol: str) -> str:
    return "".join(indent + line + eol for line in new.removesuffix("\n").split("\n"))


def _flow_list(text: str, old: Series, value: list[Value]) -> str:
    if _LAST_BREAK.search(text, old.start, old.end):
        return ""
    unused = list(old.items)
    return "[" + ", ".join(_as_written(text, unused, each) for each in value) + "]"


def _as_written(text: str, unused: list[Node], value: Value) -> str:
    for place, node in enumerate(unused):
        if same(node, value):
            del unused[place]
            return text[node.start : node.end]
    return flow(value)


def _block_list(text: str, old: Series, value: list[Value], eol: str) -> str:
    """The lines of a list, with items that stay and all comments as they were; "" if it cannot be so."""
    starts = [_line_start(text, each.start) for each in old.items]
    ends = [_line_end(text, each.end) for each in old.items]
    dash = text[starts[0] : old.items[0].start]
    prefixes = {text[start : each.start] for start, each in zip(starts, old.items, strict=True)}
    if prefixes != {dash} or dash.strip(" ") != "-":
        return ""
    kept: list[str] = []
    done = 0
    for each in value:
        match = next((n for n in range(done, len(old.items)) if same(old.items[n], each)), None)
        if match is None:
            kept.append(_lines(item(each, ""), dash[: dash.index("-")], eol))
            continue
        for passed in range(done, match + 1):
            if passed:
                kept.append(text[ends[passed - 1] : starts[passed]])
        kept.append(text[starts[match] : ends[match]])
        done = match + 1
    for passed in range(max(done, 1), len(old.items)):
        kept.append(text[ends[passed - 1] : starts[passed]])
    return "".join(kept)


def _line_start(text: str, place: int) -> int:
    return max(text.rfind("\n", 0, place), text.rfind("\r", 0, place)) + 1


def _line_end(text: str, place: int) -> int:
    """Where the line that holds `place` ends, its line break included; a line's very start is its own end."""
    if place and text[place - 1] in "\r\n":
        return place
    found = _BREAK.search(text, place)
    return found.end() if found else len(text)
