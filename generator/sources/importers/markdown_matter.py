"""A Markdown file taken apart: front matter of any dialect as one form, and the body.

YAML between `---`, TOML between `+++` (Hugo, Zola), a JSON object (Hugo) and `Key: value` lines
(Pelican, MultiMarkdown) or `@key value` lines all become a Document, whose values stay as they were typed.
"""

import json
import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime, time

from generator.core.frozen import dataclass
from generator.core.model import Value
from generator.core.problems import Problem
from generator.sources.frontmatter import parse, split
from generator.sources.nodes import Document, Field, Node, Scalar, Series

_TEXT_LIMIT = 1_000_000  # of front matter that is not YAML; the YAML codec has its own
_DEPTH_LIMIT = 50
_KEY_LINE = re.compile(r"([A-Za-z_][\w.-]{0,60})[ \t]*:(?:[ \t]+(.*)|[ \t]*)$")
_AT_LINE = re.compile(r"@([A-Za-z]\w{0,60})[ \t]+(\S.*)")
_ITEM_LINE = re.compile(r"[ \t]*-[ \t]+(.*)$")
_PLAIN_KEY = re.compile(
    r"(title|date|modified|category|tags|keywords|slug|authors?|summary|status|lang|url)[ \t]*:",
    re.IGNORECASE,
)
_TOML_LINE = re.compile(r"at line (\d+)")
_COMMENT = re.compile(r"[ \t]*#")


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """A file in two. `form` is "yaml", "toml", "json", "lines", or "" without front matter; `lines` are the
    file's, without their ends; the front matter fills the first `body_line - 1` of them. `named` are the keys
    that have a value, by their names in lower case."""

    document: Document
    named: Mapping[str, Field]
    body: str
    body_line: int
    form: str
    lines: tuple[str, ...]

    def field(self, *names: str) -> Field | None:
        """The first of these keys that has a value, whatever the case of its letters."""
        return next((self.named[name] for name in names if name in self.named), None)

    def text(self, *names: str) -> str:
        """The text of the first of these keys that has one, "" when none has."""
        found = self.field(*names)
        return words(found.node) if found else ""

    def texts(self, *names: str) -> tuple[str, ...]:
        """All that a list, or a single value, of the first of these keys names."""
        found = self.field(*names)
        return listed(found.node) if found else ()


def is_empty(node: Node) -> bool:
    """Whether a value says nothing: null, "", [] or {}."""
    match node:
        case Scalar():
            return node.is_null or not node.text.strip()
        case Series():
            return not node.items
        case Document():
            return not node.fields


def words(node: Node) -> str:
    """A value as one text; "" for a list or a mapping."""
    return "" if not isinstance(node, Scalar) or node.is_null else node.text.strip()


def listed(node: Node) -> tuple[str, ...]:
    """The texts of a list, or the one text that stands in its place; a mapping gives its name or title."""
    match node:
        case Scalar():
            return (words(node),) if words(node) else ()
        case Series():
            return tuple(text for item in node.items for text in listed(item))
        case Document():
            named = (node.node(key) for key in ("name", "title", "display_name"))
            return next(((words(each),) for each in named if each is not None and words(each)), ())


def take_apart(text: str, where: str) -> tuple[Matter, tuple[Problem, ...]]:
    """Front matter and body of a text with "\\n" line ends; blank lines may come first."""
    start = len(text) - len(text.lstrip())
    start = text.rfind("\n", 0, start) + 1
    before, rest = text.count("\n", 0, start), text[start:]
    for fence in ("---", "+++"):
        inner, body, line = split(rest, fence)
        if line > 1:
            read = _yaml if fence == "---" else _toml
            document, problems = read(inner, where, before + 2)
            form = "yaml" if fence == "---" else "toml"
            return _matter(text, document, body, before + line, form), problems
    if rest.startswith("{") and not rest.startswith(("{{", "{%")):
        found = _json(rest, where, before + 1)
        if found is not None:
            document, end = found
            line = before + 1 + rest.count("\n", 0, end)
            tail = rest[end:]
            if tail.startswith("\n"):
                tail, line = tail[1:], line + 1
            return _matter(text, document, tail, line, "json"), ()
    if _PLAIN_KEY.match(rest):
        head, _, body = rest.partition("\n\n")
        if len(head) <= _TEXT_LIMIT and all(
            _KEY_LINE.match(row) or row[:1] in " \t" for row in head.split("\n")
        ):
            document = by_lines(head, before + 1)
            return _matter(text, document, body, before + head.count("\n") + 3, "lines"), ()
    if heads := _at_lines(rest):
        document = Document(fields=heads, line=before + 1)
        body = "\n".join(rest.split("\n")[len(heads) :])
        return _matter(text, document, body, before + len(heads) + 1, "lines"), ()
    return _matter(text, Document(), text, 1, ""), ()


def _at_lines(text: str) -> dict[str, Field]:
    """The keys of the lines "@title The wall" that a text begins with; none unless one is its title."""
    fields: dict[str, Field] = {}
    for number, row in enumerate(text[: _TEXT_LIMIT // 100].split("\n"), 1):
        found = _AT_LINE.fullmatch(row)
        if found is None or found[1] in fields:
            break
        fields[found[1]] = Field(name=found[1], node=Scalar(text=found[2].strip(), plain=False), line=number)
    return fields if "title" in fields else {}


def by_lines(text: str, first_line: int) -> Document:
    """What can be read line by line of an invalid front matter: `key: value`, and lists of `- item`."""
    fields: dict[str, Field] = {}
    key = ""
    for number, row in enumerate(text.split("\n"), first_line):
        if found := _KEY_LINE.match(row):
            key = found[1]
            if key not in fields:
                value = _unquoted((found[2] or "").strip())
                node: Node = Scalar(text=value, plain=not value, line=number)
                if value.startswith("[") and value.endswith("]"):
                    parts = [_unquoted(part.strip()) for part in value[1:-1].split(",")]
                    node = Series(items=tuple(Scalar(text=p, plain=False, line=number) for p in parts if p))
                fields[key] = Field(name=key, node=node, line=number)
        elif key and (item := _ITEM_LINE.match(row)):
            before = fields[key].node
            items = before.items if isinstance(before, Series) else ()
            more = Scalar(text=_unquoted(item[1].strip()), plain=False, line=number)
            fields[key] = Field(name=key, node=Series(items=(*items, more)), line=fields[key].line)
        elif key and row.strip() and row[0] in " \t" and not _COMMENT.match(row):
            before = fields[key].node
            if isinstance(before, Scalar) and len(before.text) < _TEXT_LIMIT // 100:
                joined = f"{before.text} {row.strip()}".strip()
                fields[key] = Field(name=key, node=Scalar(text=joined, plain=False), line=fields[key].line)
    return Document(fields=fields, line=first_line)


def read_data(name: str, data: bytes) -> tuple[Document, tuple[Problem, ...]]:
    """The keys of a YAML, TOML or JSON file, told apart by its name; a list becomes the key "items"."""
    text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n")
    if name.endswith(".toml"):
        return _toml(text, name, 1)
    if name.endswith(".json"):
        found = _json(text.lstrip(), name, 1)
        return (found[0], ()) if found else (Document(), (Problem(name, 1, "W342", "not a JSON object"),))
    if text.lstrip("\n -").startswith(("name:", "slug:", "id:", "username:")) and "\n-" in f"\n{text}":
        text = "items:\n" + "".join(f"  {row}\n" for row in text.split("\n") if not row.startswith("---"))
    return _yaml(text, name, 1)


def document_of(value: Value, line: int = 0, depth: int = 0) -> Node:
    """A value of TOML or JSON in the form YAML's have; nesting beyond 50 levels is cut off."""
    match value:
        case dict() if depth < _DEPTH_LIMIT:
            fields = {
                k: Field(name=k, node=document_of(v, line, depth + 1), line=line) for k, v in value.items()
            }
            return Document(fields=fields, line=line)
        case list() if depth < _DEPTH_LIMIT:
            return Series(items=tuple(document_of(each, line, depth + 1) for each in value), line=line)
        case str():
            return Scalar(text=value, plain=False, line=line)
        case bool():
            return Scalar(text=str(value).lower(), plain=True, line=line)
        case int() | float():
            return Scalar(text=str(value), plain=True, line=line)
        case _:
            return Scalar(text="", plain=True, line=line)


def _matter(text: str, document: Document, body: str, body_line: int, form: str) -> Matter:
    lines = tuple(text.split("\n"))
    fields = dict(document.fields)
    # Zola keeps what other generators have at the top in two tables.
    for name in ("taxonomies", "extra"):
        if (table := fields.get(name)) is not None and isinstance(table.node, Document):
            del fields[name]
            fields = {key: each for key, each in table.node.fields.items() if key not in fields} | fields
    if not body and not text.endswith("\n"):
        body_line = len(lines) + 1
    document = Document(fields=fields, line=document.line)
    named: dict[str, Field] = {}
    for name, each in fields.items():
        if not is_empty(each.node):
            named.setdefault(name.lower(), each)
    return Matter(document=document, named=named, body=body, body_line=body_line, form=form, lines=lines)


def _yaml(inner: str, where: str, first_line: int) -> tuple[Document, tuple[Problem, ...]]:
    document, problems = parse(inner, where, first_line)
    told = tuple(Problem(where, p.line, "W342", p.message, p.hint) for p in problems)
    if document.fields or not any(p.is_error for p in problems):
        return document, told
    # Other readers of YAML are kinder to tabs and trailing blanks than libyaml.
    mended = "\n".join(row.rstrip().expandtabs(2) for row in inner.split("\n"))
    again, _ = parse(mended, where, first_line)
    if again.fields:
        return again, told
    if len(inner) <= _TEXT_LIMIT and (rescued := by_lines(inner, first_line)).fields:
        return rescued, told
    return Document(line=first_line), told


def _toml(inner: str, where: str, first_line: int) -> tuple[Document, tuple[Problem, ...]]:
    if len(inner) > _TEXT_LIMIT:
        return Document(), (Problem(where, first_line, "W342", "front matter: too large to be read"),)
    try:
        table = {key: _plain(value) for key, value in tomllib.loads(inner).items()}
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        found = _TOML_LINE.search(str(error))
        line = first_line + (int(found[1]) - 1 if found else 0)
        told = Problem(where, line, "W342", f"front matter: not TOML: {error}")
        return by_lines(inner.replace(" = ", ": "), first_line), (told,)
    placed: dict[str, Field] = {}
    rows = inner.split("\n")
    for key, value in table.items():
        at = next((n for n, row in enumerate(rows) if row.lstrip("[ \t\"'").startswith(key)), 0)
        placed[key] = Field(name=key, node=document_of(value, first_line + at), line=first_line + at)
    return Document(fields=placed, line=first_line), ()


def _plain(value: object) -> Value:
    match value:
        case dict():
            return {str(key): _plain(each) for key, each in value.items()}
        case list():
            return [_plain(each) for each in value]
        case datetime() | date() | time():
            return value.isoformat().replace("+00:00", "Z")
        case str() | bool() | int() | float():
            return value
        case _:
            return str(value)


def _json(rest: str, where: str, first_line: int) -> tuple[Document, int] | None:
    if len(rest) > _TEXT_LIMIT * 4:
        return None
    try:
        value, end = json.JSONDecoder().raw_decode(rest)
    except (ValueError, RecursionError):
        return None
    node = document_of(value, first_line)
    return (node, end) if isinstance(node, Document) else None


def _unquoted(text: str) -> str:
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'" else text
