"""Nodes out of libyaml's events: the only place that knows a YAML reader.

Each value stays as it was typed and each key keeps its line. No input, however deep, large or
self-referring, costs more than its size: libyaml is asked for one event at a time and left where a limit
is passed (on 100,000 opening brackets it would take most of a minute by itself).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from yaml import CSafeLoader
from yaml.error import MarkedYAMLError
from yaml.events import (
    AliasEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
)

from generator.core.problems import Problem
from generator.sources.findings import named, shown
from generator.sources.nodes import Document, Field, Node, Scalar, Series

SIZE_LIMIT = 1_000_000
"""The most characters of YAML that are read."""

DEPTH_LIMIT = 50
"""The most lists and mappings within each other."""

NODE_LIMIT = 200_000
"""The most values, those that aliases repeat counted each time."""

PROBLEM_LIMIT = 100
"""After so many problems the rest is not read."""

_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_BREAKS_OF_OLD = "\x85\u2028\u2029"
_DIRECTIVE = re.compile(r"(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n))*%")
_TAGS = frozenset({None, "!", *(f"tag:yaml.org,2002:{kind}" for kind in ("str", "map", "seq"))})
_BREAK = re.compile(r"\r\n|\r|\n")

_HINTS = (
    ("mapping values are not allowed", 'put a value that holds ": " between quotes'),
    ("unexpected end of stream", "a quotation mark or bracket is not closed"),
    ("did not find expected ',' or", "a bracket or brace is not closed"),
    ("did not find expected <document start>", "one `key: value` a line"),
    (
        "did not find expected node content",
        "something is missing between two commas or brackets, or a # begins a comment: "
        "put the value between quotes",
    ),
    ("could not find expected ':'", "one `key: value` a line"),
    (
        "did not find expected key",
        "check the quotation marks and the indentation of this key and the one before",
    ),
    ("escape", "write the character itself, or put the value between single quotes"),
    ("undefined alias", "a value that starts with * goes between quotes"),
)

_OPENED_BEFORE = ("unexpected end of stream", "did not find expected ',' or")
"""Where libyaml tells what was never closed only where the text ends: the line to mend is the opening one."""


def compose(yaml_text: str, path: str, first_line: int) -> tuple[Document, tuple[Problem, ...]]:
    """The keys of a YAML text, and what is wrong with it; see frontmatter.parse."""
    refusal = _refusal(yaml_text, path, first_line)
    if refusal:
        return Document(line=first_line), (refusal,)
    composer = _Composer(*_readable(yaml_text), path, first_line)
    try:
        document = composer.document()
    except _Stop as stop:
        return Document(line=first_line), (*composer.problems, stop.problem)
    return document, tuple(composer.problems)


def _refusal(yaml_text: str, path: str, first_line: int) -> Problem | None:
    if len(yaml_text) > SIZE_LIMIT:
        hint = f"at most {SIZE_LIMIT:,} characters"
        return Problem(path, first_line, "E207", "front matter: too large to be read", hint)
    bad = _UNREADABLE.search(yaml_text)
    if bad:
        line = first_line + len(_BREAK.findall(yaml_text, 0, bad.start()))
        message = f"front matter: holds the control character U+{ord(bad.group()):04X}"
        return Problem(path, line, "E203", message, "take it out")
    if _DIRECTIVE.match(yaml_text):
        return Problem(
            path, first_line, "E205", "front matter: YAML directives are not read", "one `key: value` a line"
        )
    return None


def _readable(yaml_text: str) -> tuple[str, dict[int, str]]:
    """The text as libyaml takes it for YAML 1.2, and the way back.

    To YAML 1.1 NEL, LS and PS end a line; 1.2 and every editor say they do not. Each is stood in for by a
    private character that the text does not hold.
    """
    found = [char for char in _BREAKS_OF_OLD if char in yaml_text]
    if not found:
        return yaml_text, {}
    used = set(yaml_text)
    free = (code for code in range(0x10FFFD, 0xFFFFF, -1) if chr(code) not in used)
    there = {ord(char): chr(next(free)) for char in found}
    return yaml_text.translate(there), {ord(stand_in): chr(char) for char, stand_in in there.items()}


class _Stop(Exception):
    """Reading ends here, because of `problem`."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


@dataclass(slots=True)
class _Composer:
    """Makes nodes of libyaml's events. `back` undoes the stand-ins of _readable."""

    yaml_text: str
    back: Mapping[int, str]
    path: str
    first_line: int
    problems: list[Problem] = field(default_factory=list)
    key: str = "front matter"
    key_line: int = 0
    anchors: dict[str, tuple[Node, int]] = field(default_factory=dict)
    nodes: int = 0
    loader: CSafeLoader = field(init=False)

    def document(self) -> Document:
        self.loader = CSafeLoader(self.yaml_text)
        try:
            self.event()
            event = self.event()
            if not isinstance(event, DocumentStartEvent):
                return Document(line=self.first_line)
            root = self.node(self.event(), 0)
            self.event()
            if isinstance(self.event(), DocumentStartEvent):
                raise self.stop("E207", self.first_line, "a second YAML document", "one `key: value` a line")
        finally:
            self.loader.dispose()
        if isinstance(root, Document):
            return root
        if isinstance(root, Scalar) and root.is_null:
            return Document(line=self.first_line)
        raise self.stop("E207", root.line, "not keys and values", "one `key: value` a line")

    def event(self) -> Event:
        try:
            event = self.loader.get_event()
        except MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            problem = error.problem or error.context or "cannot be read"
            hint = next((hint for words, hint in _HINTS if words in problem), "")
            if error.context_mark and any(words in problem for words in _OPENED_BEFORE):
                mark = error.context_mark
            if mark and "cannot start any token" in problem:
                found = self.yaml_text[mark.index : mark.index + 1]
                is_tab = found == "\t"
                problem = (
                    "a tab where only spaces may stand" if is_tab else f"{shown(found)} cannot begin a value"
                )
                hint = "indent with spaces" if is_tab else "put the value between quotes"
            line = self.first_line + (mark.line if mark else 0)
            if "nesting depth" in problem:  # libyaml's own limit, since 0.2.6
                raise self.too_deep(line) from error
            if "expected node content" in problem:
                line = self.key_line or line  # libyaml names the line after a comment
            raise self.stop("E205", line, f"not YAML: {problem}", hint) from error
        assert event is not None  # nobody asks past the end
        return event

    def stop(self, code: str, line: int, message: str, hint: str = "") -> _Stop:
        return _Stop(Problem(self.path, line, code, f"{self.key}: {message}", hint))

    def too_deep(self, line: int) -> _Stop:
        return self.stop("E207", line, "lists within lists too deep", f"at most {DEPTH_LIMIT} levels")

    def place(self, event: Event) -> tuple[int, int, int]:
        """Line, start and end of an event; libyaml marks every one."""
        assert event.start_mark is not None and event.end_mark is not None
        return self.first_line + event.start_mark.line, event.start_mark.index, event.end_mark.index

    def node(self, event: Event, depth: int) -> Node:
        line, start, end = self.place(event)
        if isinstance(event, AliasEvent):
            if event.anchor not in self.anchors:
                hint = "a value that starts with * goes between quotes"
                raise self.stop("E205", line, f"no value is named &{named(event.anchor or '')}", hint)
            anchored, size = self.anchors[event.anchor]
            self.count(size, line)
            if isinstance(anchored, Document):
                return replace(anchored, line=line, start=start, end=end)
            return anchored._replace(line=line, start=start, end=end)
        if depth > DEPTH_LIMIT:
            raise self.too_deep(line)
        before = self.nodes
        self.count(1, line)
        made: Node
        if isinstance(event, ScalarEvent):
            made = self.scalar(event, line, start, end)
            self.count(len(made.text) // 64, line)
        elif isinstance(event, MappingStartEvent):
            made = self.mapping(event, line, start, depth)
        else:
            made = self.series(event, line, start, depth)
        assert isinstance(event, ScalarEvent | CollectionStartEvent)
        if event.anchor is not None:
            self.anchors[event.anchor] = made, self.nodes - before
        if event.tag not in _TAGS:
            message = f"{self.key}: the tag {shown(event.tag or '')} means nothing here"
            hint = "the value is read without it; take it out"
            self.problems.append(Problem(self.path, line, "W233", message, hint))
        return made

    def count(self, more: int, line: int) -> None:
        self.nodes += more
        if self.nodes > NODE_LIMIT:
            raise self.stop("E207", line, "too many values", f"at most {NODE_LIMIT:,}, repeated ones counted")

    def scalar(self, event: ScalarEvent, line: int, start: int, end: int) -> Scalar:
        plain = event.style is None or event.style == ""
        if event.tag is not None:
            plain = False
        if event.style in ("|", ">"):
            written = self.yaml_text[start:end]
            # `|+` keeps the empty lines that follow, so they are part of the value.
            if "+" not in _BREAK.split(written, maxsplit=1)[0]:
                end = start + len(written.rstrip())
        text = event.value.translate(self.back) if self.back else event.value
        return Scalar(text=text, plain=plain, line=line, start=start, end=end)

    def series(self, event: Event, line: int, start: int, depth: int) -> Series:
        assert isinstance(event, CollectionStartEvent)
        items: list[Node] = []
        while not isinstance(inner := self.event(), SequenceEndEvent):
            items.append(self.node(inner, depth + 1))
        flow = bool(event.flow_style)
        end = self.place(inner)[2] if flow else max([start, *(each.end for each in items)])
        return Series(items=tuple(items), flow=flow, line=line, start=start, end=end)

    def mapping(self, event: MappingStartEvent, line: int, start: int, depth: int) -> Document:
        fields: dict[str, Field] = {}
        while not isinstance(inner := self.event(), MappingEndEvent):
            key = self.node(inner, depth + 1)
            if not isinstance(key, Scalar):
                raise self.stop(
                    "E207", key.line, "a list or mapping cannot be a key", "one `key: value` a line"
                )
            if depth == 0:
                self.key, self.key_line = named(key.text), key.line
            value = self.node(self.event(), depth + 1)
            name = key.text
            if name in fields:
                label = self.key if depth == 0 else f"{self.key}: {named(name)}"
                message = f"{label}: stands twice, first on line {fields[name].line}"
                twice = Problem(self.path, key.line, "E206", message, "keep one of the two")
                if len(self.problems) >= PROBLEM_LIMIT:
                    raise _Stop(twice)
                self.problems.append(twice)
                continue
            fields[name] = Field(name=name, node=value, line=key.line, start=key.start, key_end=key.end)
        flow = bool(event.flow_style)
        end = self.place(inner)[2] if flow else max([start, *(each.node.end for each in fields.values())])
        return Document(fields=fields, flow=flow, line=line, start=start, end=end)
