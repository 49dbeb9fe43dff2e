"""The codec of front matter: what is read is what was written, and an edit changes nothing else."""

import pytest
from counted import calls
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.core.model import Value
from generator.sources.frontmatter import Uneditable, dump, edit, opens, parse, split, typed, values
from generator.sources.frontmatter.dumping import LINE_LIMIT, RECORD_KEYS
from generator.sources.frontmatter.toml import parse_toml
from generator.sources.nodes import Document, Scalar, Series, alike, same
from generator.sources.write import article_text

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
TRICKY = st.sampled_from(
    [
        "NO", "yes", "null", "~", "010", "12:30:45", "1e3", "0x1F", ".5", "1_000", "2021-04-13", "a: b", "a #b",
        "'", '"', "\\", "a\nb", "é", "=", "<<", "[a]", "{a}", "a,b", "*a", "&a", "!a", "%a", "@a", "`a", "|", ">",
        "", " ", " a", "a ", "a:", "---", "...", "\x85", "\u2028", "\ufeff", "\0", "\x1b", "/a/b/", "a\tb", "on",
        "?", "- a", "12", "\xa0a\xa0", "😀", "+1", "-", "0o7", "inf", ".nan", "NaN", "true", "13,000 lives", "x" * 200, "?a", "a?",
    ]
)  # fmt: skip
SCALARS = (
    TRICKY
    | TEXT
    | st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
)
KEYS = TRICKY | TEXT
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)
FRONTS = st.dictionaries(
    KEYS | st.sampled_from(["title", "tags", "published", "related"]), VALUES, max_size=6
)


def read(yaml_text: str) -> dict[str, Value]:
    document, problems = parse(yaml_text, "x.md", 2)
    assert problems == ()
    return values(document)


def told(yaml_text: str) -> str:
    return "\n".join(map(str, parse(yaml_text, "x.md", 2)[1]))


@settings(max_examples=300, deadline=None)
@given(FRONTS)
def test_what_is_dumped_is_read_back(front: dict[str, Value]) -> None:
    assert read(dump(front)) == front


@settings(max_examples=150, deadline=None)
@given(FRONTS)
def test_a_dump_is_the_same_whatever_is_read_back_of_it(front: dict[str, Value]) -> None:
    assert dump(read(dump(front))) == dump(front)


@pytest.mark.parametrize(
    ("written", "text", "value"),
    [
        ("NO", "NO", "NO"),
        ("yes", "yes", "yes"),
        ("010", "010", 10),
        ("0o10", "0o10", 8),
        ("0x1F", "0x1F", 31),
        ("12:30:45", "12:30:45", "12:30:45"),
        ("2021-04-13", "2021-04-13", "2021-04-13"),
        ("1_000", "1_000", "1_000"),
        ("true", "true", True),
        ("False", "False", False),
        ("'true'", "true", "true"),
        ("~", "~", None),
        ("", "", None),
        ("''", "", ""),
        ("1.50", "1.50", 1.5),
        ("1e3", "1e3", 1000.0),
        ("-.5", "-.5", -0.5),
        (".inf", ".inf", ".inf"),
        ("1e999", "1e999", "1e999"),
        ("9" * 30, "9" * 30, "9" * 30),
        ("9223372036854775808", "9223372036854775808", "9223372036854775808"),
        ("0xFFFFFFFFFFFFFFFF", "0xFFFFFFFFFFFFFFFF", "0xFFFFFFFFFFFFFFFF"),
        ("9" * 5000, "9" * 5000, "9" * 5000),
        ("!!str 12", "12", "12"),
        ("! 12", "12", "12"),
        ('"a\\u0000b"', "a\0b", "a\0b"),
        ('"a\x85b\u2028c"', "a\x85b\u2028c", "a\x85b\u2028c"),
        ("a\u2029b", "a\u2029b", "a\u2029b"),
    ],
)
def test_a_value_stays_as_written_and_is_typed_by_the_core_schema(
    written: str, text: str, value: Value
) -> None:
    document, problems = parse(f"key: {written}\n", "x.md", 2)
    assert problems == ()
    node = document["key"].node
    assert isinstance(node, Scalar)
    assert node.text == text
    assert typed(node) == value
    assert type(typed(node)) is type(value)


def test_every_key_keeps_its_line_and_its_own_name() -> None:
    document, problems = parse("a: 1\n\n# c\nNO: |\n  x\n  y\nmap:\n  in: 2\n", "x.md", 2)
    assert problems == ()
    assert {name: field.line for name, field in document.items()} == {"a": 2, "NO": 5, "map": 8}
    inner = document["map"].node
    assert isinstance(inner, Document)
    assert inner["in"].line == 9
    assert len(document) == 3


def test_a_line_separator_of_old_does_not_move_the_lines_that_follow() -> None:
    assert parse("a: x\x85y\nb: z\n", "x.md", 2)[0]["b"].line == 3


def test_aliases_are_read_as_what_they_repeat() -> None:
    assert read("a: &x [1, {b: c}]\nd: *x\n") == {"a": [1, {"b": "c"}], "d": [1, {"b": "c"}]}
    assert read("base: &x {b: 1}\nd: {<<: *x}\n") == {"base": {"b": 1}, "d": {"<<": {"b": 1}}}


@pytest.mark.parametrize(
    ("yaml_text", "expected"),
    [
        ("a: 1\nb: 2\na: 3\n", "x.md:4: a: stands twice, first on line 2 (keep one of the two) [E206]"),
        ("a: {b: 1, b: 2}\n", "x.md:2: a: b: stands twice, first on line 2 (keep one of the two) [E206]"),
        (
            "title: One: two\n",
            "x.md:2: title: not YAML: mapping values are not allowed in this context "
            '(put a value that holds ": " between quotes) [E205]',
        ),
        (
            'title: "open\n',
            "x.md:2: title: not YAML: found unexpected end of stream (a quotation mark or bracket is not closed) [E205]",
        ),
        (
            "a: @b\n",
            'x.md:2: a: not YAML: "@" cannot begin a value (put the value between quotes) [E205]',
        ),
        (
            'a: "\\ud800"\n',
            "x.md:2: a: not YAML: found invalid Unicode character escape code "
            "(write the character itself, or put the value between single quotes) [E205]",
        ),
        (
            "a: *b\n",
            "x.md:2: a: no value is named &b (a value that starts with * goes between quotes) [E205]",
        ),
        (
            "a: &a [*a]\n",
            "x.md:2: a: no value is named &a (a value that starts with * goes between quotes) [E205]",
        ),
        ("%TAG ! x\n", "x.md:2: front matter: YAML directives are not read (one `key: value` a line) [E205]"),
        ("a: b\x07\n", "x.md:2: front matter: holds the control character U+0007 (take it out) [E203]"),
        (
            "a: b\n\r\nc: \ud800\n",
            "x.md:4: front matter: holds the control character U+D800 (take it out) [E203]",
        ),
        ("- a\n", "x.md:2: front matter: not keys and values (one `key: value` a line) [E207]"),
        ("just words\n", "x.md:2: front matter: not keys and values (one `key: value` a line) [E207]"),
        ("a: b\n--- \nc: d\n", "x.md:2: a: a second YAML document (one `key: value` a line) [E207]"),
        (
            "? [a]\n: b\n",
            "x.md:2: front matter: a list or mapping cannot be a key (one `key: value` a line) [E207]",
        ),
        (
            "a: !!int '3'\n",
            'x.md:2: a: the tag "tag:yaml.org,2002:int" means nothing here '
            "(the value is read without it; take it out) [W233]",
        ),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line_and_key(yaml_text: str, expected: str) -> None:
    assert told(yaml_text) == expected


@pytest.mark.parametrize(
    ("yaml_text", "expected"),
    [
        ("a: " + "[" * 10_000, "a: lists within lists too deep (at most 50 levels) [E207]"),
        ("- " * 100_000, "front matter: lists within lists too deep (at most 50 levels) [E207]"),
        ("".join(" " * n + "a:\n" for n in range(1000)), "a: lists within lists too deep (at most 50 levels) [E207]"),
        (
            "a: &a [" + "x," * 10 + "]\n"
            + "".join(f"b{n}: &b{n} [{f'*b{n - 1},' * 10 if n else '*a'}]\n" for n in range(9)),
            "too many values (at most 200,000, repeated ones counted) [E207]",
        ),
        (
            "a: &a " + "x" * 500_000 + "\nb: [" + "*a," * 9000 + "]",
            "b: too many values (at most 200,000, repeated ones counted) [E207]",
        ),
        ("a: b\n" * 250_000, "front matter: too large to be read (at most 1,000,000 characters) [E207]"),
        ("a: b\n" * 100_000, "a: stands twice, first on line 2 (keep one of the two) [E206]"),
        ("#\n" * 200_000 + "%TAG", "front matter: YAML directives are not read (one `key: value` a line) [E205]"),
    ],
)  # fmt: skip
def test_no_input_costs_more_than_its_size(yaml_text: str, expected: str) -> None:
    assert told(yaml_text).endswith(expected)
    assert calls(lambda: told(yaml_text)) < 20_000


@pytest.mark.parametrize("yaml_text", ["", "\n\n", "# only a comment\n", "~\n"])
def test_empty_front_matter_has_no_keys(yaml_text: str) -> None:
    assert read(yaml_text) == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("---\na: b\n---\nbody\n", ("a: b\n", "body\n", 4)),
        ("\ufeff---\na: b\n---\nbody", ("a: b\n", "body", 4)),
        ("--- \r\na: b\r\n...\t\r\n\r\nbody", ("a: b\r\n", "\r\nbody", 4)),
        ("---\n---\n", ("", "", 3)),
        ("---\ra: b\r---", ("a: b\r", "", 3)),
        ("---\na: |\n  ---\n---\n---\nrest", ("a: |\n  ---\n", "---\nrest", 5)),
        ("---\na: b\n", ("", "---\na: b\n", 1)),
        ("---a\n---\n", ("", "---a\n---\n", 1)),
        ("body", ("", "body", 1)),
        ("", ("", "", 1)),
    ],
)
def test_a_file_is_split_at_its_fences(text: str, expected: tuple[str, str, int]) -> None:
    assert split(text) == expected


def test_toml_is_split_at_its_own_fences() -> None:
    assert split("+++\na = 1\n+++\nbody", "+++") == ("a = 1\n", "body", 4)
    assert opens("+++\n", "+++")
    assert opens("---")
    assert not opens("--- a")


@settings(max_examples=150, deadline=None)
@given(st.text("-.+ \t\r\na:", max_size=60))
def test_the_parts_of_a_split_are_the_file(text: str) -> None:
    inner, body, line = split(text)
    assert text.endswith(body)
    assert inner in text
    if line > 1:
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        assert "\n".join(lines[line - 1 :]) == body.replace("\r\n", "\n").replace("\r", "\n")


def test_a_front_matter_is_written_as_the_contract_shows_it() -> None:
    front: dict[str, Value] = {
        "extra": {"a": 1, "b": 1e16},
        "tags": ["Diplomacy", "NO", "a, b"],
        "published": "2021-04-13T11:34:00+08:00",
        "title": "Rehn: “We cannot”",
        "slug": "2021-04-13",
        "related": [{"label": "ALSO READ", "title": "x"}, {"title": "y" * 120, "article": "2021/04/z"}],
        "people": ["A long name indeed"] * 8,
        "source": {"publisher": "P", "file": "sources/000.txt", "url": "https://example.org/" + "z" * 90},
        "summary": 'He said "no" \\ left',
        "aliases": ["/old/url/"],
        "dateline": None,
        "image": {},
        "authors": [],
    }
    assert dump(front) == (
        'title: "Rehn: “We cannot”"\n'
        "published: 2021-04-13T11:34:00+08:00\n"
        'slug: "2021-04-13"\n'
        "authors: []\n"
        "dateline: null\n"
        "summary: 'He said \"no\" \\ left'\n"
        "image: {}\n"
        'tags: [Diplomacy, "NO", "a, b"]\n'
        "people:\n" + "  - A long name indeed\n" * 8 + "related:\n"
        "  - {label: ALSO READ, title: x}\n"
        f"  - title: {'y' * 120}\n"
        "    article: 2021/04/z\n"
        "source:\n"
        "  publisher: P\n"
        "  file: sources/000.txt\n"
        f"  url: https://example.org/{'z' * 90}\n"
        "aliases: [/old/url/]\n"
        "extra: {a: 1, b: 1.0e+16}\n"
    )
    assert LINE_LIMIT == 110


def test_a_key_too_long_for_yaml_is_written_and_read() -> None:
    front: dict[str, Value] = {"k" * 2000: {"l" * 2000: [{"m" * 2000: 1}]}, "n": {"o" * 1500: 1}}
    assert read(dump(front)) == front


def test_a_lone_surrogate_is_written_as_the_replacement_character() -> None:
    assert read(dump({"title": "a\ud800b"})) == {"title": "a\ufffdb"}


def test_an_article_is_written_whole() -> None:
    assert article_text({"title": "T"}, "\nBody.\n\n") == "---\ntitle: T\n---\n\nBody.\n"
    assert article_text({"title": "T"}, "") == "---\ntitle: T\n---\n"


FILE = (
    "\ufeff---\r\n"
    "# headline first\r\n"
    'title:   "Foo"   # as printed\r\n'
    "\r\n"
    "published: 2021-04-13\r\n"
    "people: # editors\r\n"
    "  - A B   # why\r\n"
    "  # before C\r\n"
    '  - "C"\r\n'
    "tags: [a, 'b', 010]  # kept\r\n"
    "foo: |+\r\n"
    "  bar\r\n"
    "\r\n"
    "summary: >-\r\n"
    "   x\r\n"
    "   y\r\n"
    "\r\n"
    "# the end\r\n"
    "---\r\n"
    "body\r\n---\nrest"
)


@pytest.mark.parametrize(
    ("changes", "old", "new"),
    [
        ({"title": "Bar: x"}, '"Foo" ', '"Bar: x" '),
        ({"title": "Bar"}, 'title:   "Foo"   #', "title: Bar   #"),
        ({"title": "Foo"}, "", ""),
        ({"tags": ["a", "b", "010"]}, "", ""),
        ({"tags": ["b", "010", "new, tag"]}, "[a, 'b', 010]", "['b', 010, \"new, tag\"]"),
        ({"tags": None}, "tags: [a, 'b', 010]  # kept\r\n", ""),
        ({"people": ["A B", "New", "C"]}, "# why\r\n", "# why\r\n  - New\r\n"),
        ({"people": ["C"]}, "  - A B   # why\r\n", ""),
        ({"people": ["A B"]}, '  # before C\r\n  - "C"\r\n', "  # before C\r\n"),
        ({"people": ["A B", "C", "D"]}, '  - "C"\r\n', '  - "C"\r\n  - D\r\n'),
        ({"people": ["C", "A B"]}, '  - A B   # why\r\n  # before C\r\n', '  # before C\r\n'),
        ({"people": []}, ' # editors\r\n  - A B   # why\r\n  # before C\r\n  - "C"\r\n', " []\r\n"),
        ({"summary": "z"}, ">-\r\n   x\r\n   y\r\n", "z\r\n"),
        ({"foo": "z"}, "|+\r\n  bar\r\n", "z\r\n"),
        ({"updated": "2021-05-01"}, "published: 2021-04-13\r\n", "published: 2021-04-13\r\nupdated: 2021-05-01\r\n"),
        ({"places": ["P"], "organisations": ["O"]}, '  - "C"\r\n', '  - "C"\r\norganisations: [O]\r\nplaces: [P]\r\n'),
        ({"slug": "s"}, "published: 2021-04-13\r\n", "published: 2021-04-13\r\nslug: s\r\n"),
        ({"zzz": 1}, "   y\r\n", "   y\r\nzzz: 1\r\n"),
        ({"nothing": None}, "", ""),
    ],
)  # fmt: skip
def test_an_edit_changes_what_it_names_and_no_other_byte(
    changes: dict[str, Value], old: str, new: str
) -> None:
    if changes == {"people": ["C", "A B"]}:
        new, expected_end = old, '  - "C"\r\n  - A B\r\n'
        after = edit(FILE, changes)
        assert expected_end in after
        assert split(after)[1] == split(FILE)[1]
        return
    expected = FILE.replace(old, new, 1) if old else FILE
    if changes == {"title": "Bar: x"}:
        expected = expected.replace("title:   ", "title: ")
    assert edit(FILE, changes) == expected


@pytest.mark.parametrize(
    ("text", "changes", "expected"),
    [
        ("body\n", {"title": "T"}, "---\ntitle: T\n---\nbody\n"),
        ("\ufeffbody\r\n", {"title": "T"}, "\ufeff---\r\ntitle: T\r\n---\r\nbody\r\n"),
        ("", {"title": "T"}, "---\ntitle: T\n---\n"),
        ("body", {"title": None}, "body"),
        ("---\n---\nx", {"b": 1, "title": "T"}, "---\ntitle: T\nb: 1\n---\nx"),
        ("---\n# c\n---\nx", {"title": "T"}, "---\n# c\ntitle: T\n---\nx"),
        ("---\n\n# c\ntags: [a]\n---\n", {"title": "T"}, "---\n\ntitle: T\n# c\ntags: [a]\n---\n"),
        (
            "---\r\n# c\r\ntags: [a]\r\n---\r\n",
            {"title": "T"},
            "---\r\ntitle: T\r\n# c\r\ntags: [a]\r\n---\r\n",
        ),
        ("---\nfoo: 1\n---\n", {"title": "T"}, "---\nfoo: 1\ntitle: T\n---\n"),
        ("---\n  a: 1\n  b: 2\n---\n", {"b": [{"c": "d"}], "a": 3}, "---\n  a: 3\n  b:\n    - {c: d}\n---\n"),
        ("---\n'a' : 1\nb: 2\n---\n", {"a": 3}, "---\n'a': 3\nb: 2\n---\n"),
        ("---\na:\nb: 2\n---\n", {"a": ["x"]}, "---\na: [x]\nb: 2\n---\n"),
        ("---\na: [x,\n  y] # c\n---\n", {"a": ["x"]}, "---\na: [x] # c\n---\n"),
        ("---\na: {x: 1}\n---\n", {"a": {"x": 2}}, "---\na: {x: 2}\n---\n"),
        ("---\na:\n  - - x\n  - y\n---\n", {"a": ["y"]}, "---\na:\n  - y\n---\n"),
        ("---\na:\n- x\n- y\n---\n", {"a": ["y", "z"]}, "---\na:\n- y\n- z\n---\n"),
        ("---\na:\n- x\n- y # c\n---\n", {"a": ["x"]}, "---\na:\n- x\n---\n"),
        ("---\na:\n- x: 1\n  y: 2\n- z\n---\n", {"a": [{"x": 1, "y": 2}]}, "---\na:\n- x: 1\n  y: 2\n---\n"),
        ("---\na: 1\n...\nx", {"a": None}, "---\n...\nx"),
        ("---\na:\n-   x\n- z\n---\n", {"a": ["z"]}, "---\na: [z]\n---\n"),
        ("---\ntags: # none yet\n---\n", {"tags": ["a"]}, "---\ntags: [a] # none yet\n---\n"),
        ("---\na: &x 1\nb: 2\n---\n", {"b": 3}, "---\na: &x 1\nb: 3\n---\n"),
        ("---\na: true\n---\n", {"a": 1}, "---\na: 1\n---\n"),
    ],
)
def test_an_edit_meets_every_way_of_writing(text: str, changes: dict[str, Value], expected: str) -> None:
    assert edit(text, changes) == expected


@pytest.mark.parametrize(
    ("text", "changes", "reason"),
    [
        ("---\na: 1\n", {"a": 2}, "the front matter has no closing ---"),
        ("---\n{a: 1}\n---\n", {"a": 2}, "the front matter is written in braces"),
        ("---\n? a\n: 1\n---\n", {"a": 2}, "a: something stands before the key"),
        ("---\na: b: c\n---\n", {"a": 2}, "a: not YAML: mapping values are not allowed in this context"),
        ("---\na: &x 1\nb: *x\n---\n", {"a": 2}, "b: no value is named &x"),
        ("---\na: &x 1\nb: *x\nc: &x 3\n---\n", {"a": None, "b": 3}, "a: its value cannot be written"),
        ("---\na: 1\n---\n", {"a": 2**70}, "a: its value cannot be written"),
        ("---\na: &x 1\nb: &x 2\nc: *x\n---\n", {"b": 4}, "the change would touch other keys"),
    ],
)
def test_what_cannot_be_edited_in_place_is_refused(text: str, changes: dict[str, Value], reason: str) -> None:
    if reason == "a: its value cannot be written" and changes.get("a", 0) is None:
        assert edit(text, changes) == "---\nb: 3\nc: &x 3\n---\n"
        return
    with pytest.raises(Uneditable) as refused:
        edit(text, changes)
    assert str(refused.value) == reason


# Entries as people write them: key, value in some style, comments and blank lines about them.
STYLES = st.sampled_from(
    [
        "plain words", "'single'", '"double \\" x"', "[a, 'b', 010]", "\n  - a\n  # in\n  - \"b\" # c\n  - 010",
        "\n- a\n- b", ">-\n  folded\n  text", "|\n  literal\n", "|+\n  kept\n\n", "{x: 1, y: [2]}", "\n  x: 1\n  y: 2",
        "", "~", "NO", "2021-04-13", "word # comment", "\n  - {a: b}\n  - c: d\n    e: f", '"two\n  lines"', "two\n  lines",
        "[a,\n  b,\n  c]", "|-\n  x\n    y\n# less\n",
    ]
)  # fmt: skip
BETWEEN = st.sampled_from(["", "", "\n", "# comment\n", "\n# one\n\n# two\n"])
ENTRY_KEYS = ["title", "published", "tags", "people", "related", "aliases", "foo", "'quoted'", "bar"]


@st.composite
def files(draw: st.DrawFn) -> str:
    keys = draw(st.lists(st.sampled_from(ENTRY_KEYS), unique=True, max_size=6))
    yaml_text = draw(BETWEEN)
    for key in keys:
        value = draw(STYLES)
        entry = f"{key}:{value}" if value.startswith("\n") else f"{key}: {value}".rstrip(" ")
        yaml_text += entry + ("" if entry.endswith("\n") else "\n") + draw(BETWEEN)
    text = f"---\n{yaml_text}---\n" + draw(st.sampled_from(["", "body\n", "\nbody\n\n---\nmore"]))
    return draw(st.sampled_from(["", "\ufeff"])) + text.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))


@settings(max_examples=400, deadline=None)
@given(
    files(),
    st.dictionaries(
        st.sampled_from(["title", "tags", "people", "related", "foo", "quoted", "new", "updated", "summary"]),
        VALUES | st.lists(st.sampled_from(["a", "b", "010", "c"]), max_size=4),
        min_size=1,
        max_size=3,
    ),
)
def test_an_edit_keeps_every_line_of_the_keys_it_does_not_name(text: str, changes: dict[str, Value]) -> None:
    try:
        after = edit(text, changes)
    except Uneditable as refusal:
        # Empty lines after a key that goes would become part of the value before it.
        assert "|+" in text and str(refusal) == "the change would touch other keys"
        return
    old, new = parse(split(text)[0], "", 2)[0], parse(split(after)[0], "", 2)[0]
    for name, value in changes.items():
        assert (name in new) == (value is not None)
        if value is not None:
            assert same(new[name].node, value)
    untouched = [name for name in old if name not in changes]
    assert [name for name in new if name not in changes] == untouched
    assert all(alike(old[name].node, new[name].node) for name in untouched)
    assert split(after)[1] == split(text)[1]
    assert after.startswith("\ufeff") == text.startswith("\ufeff")
    assert ("\r\n" in text) == ("\r" in after) == ("\r\n" in after)
    # Every line outside of the changed keys stands, in order.
    lines = iter(after.splitlines(keepends=True))
    for line in unnamed_lines(text, old, changes):
        assert line in lines


def unnamed_lines(text: str, document: Document, changes: dict[str, Value]) -> list[str]:
    inner = split(text)[0]
    starts = text.index(inner)
    gone: set[int] = set()
    for name in changes:
        if name in document:
            end = max(document[name].node.end, document[name].key_end)
            first = text.count("\n", 0, starts + document[name].start)
            # Empty lines that a value keeps (`|+`) go with its key, and stay when it gets another value.
            written = inner[:end] if changes[name] is None else inner[:end].rstrip()
            last = text.count("\n", 0, starts + len(written.removesuffix("\n")))
            gone.update(range(first, last + 1))
    return [line for number, line in enumerate(text.splitlines(keepends=True)) if number not in gone]


@settings(max_examples=200, deadline=None)
@given(files(), st.sampled_from(["new", "title"]))
def test_adding_a_key_and_taking_it_out_gives_the_file_back(text: str, key: str) -> None:
    if key in parse(split(text)[0], "", 2)[0]:
        return
    assert edit(edit(text, {key: ["x" * 60, "y" * 60]}), {key: None}) == text


@settings(max_examples=200, deadline=None)
@given(files())
def test_saying_the_same_changes_nothing(text: str) -> None:
    document = parse(split(text)[0], "", 2)[0]
    changes = {name: value for name, value in values(document).items() if value is not None}
    assert edit(text, changes) == text


def test_a_file_keeps_its_bytes_in_other_orders_of_keys() -> None:
    text = "---\nname: N\nroles: []\n---\n"
    assert edit(text, {"aliases": ["M"]}, RECORD_KEYS) == "---\nname: N\naliases: [M]\nroles: []\n---\n"


def test_a_value_is_the_same_as_typed_or_as_written() -> None:
    document = parse("a: [2020, x, ~]\nb: {c: true}\n", "", 1)[0]
    series, table = document["a"].node, document["b"].node
    assert isinstance(series, Series)
    assert same(series, ["2020", "x", None])
    assert same(series, [2020, "x", None])
    assert not same(series, [2020, "x"])
    assert not same(series, "2020")
    assert same(table, {"c": True})
    assert same(table, {"c": "true"})
    assert not same(table, {"c": 1})
    assert not same(table, [1])


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("a: b", "a:   b", True),
        ("a: b", "a: 'b'", False),
        ("a: [b, c]", "a:\n- b\n- c", True),
        ("a: [b, c]", "a: [b]", False),
        ("a: [b]", "a: b", False),
        ("a: {b: c, d: e}", "a:\n  b: c\n  d: e", True),
        ("a: {b: c}", "a: {b: d}", False),
    ],
)
def test_values_are_alike_however_they_are_laid_out(one: str, other: str, expected: bool) -> None:
    nodes = (parse(text, "x.md", 2)[0]["a"].node for text in (one, other))
    assert alike(*nodes) == expected


def test_toml_is_read_with_its_dates_as_text() -> None:
    text = 'title = "T"\nday = 2021-04-13\nat = 2021-04-13T11:34:00Z\nloc = 2021-04-13T11:34:00\nhour = 07:32:00\n'
    text += "n = [1, 2.5, true, {x = inf}]\n[taxonomies]\ntags = ['a']\n"
    assert parse_toml(text, "x.md", 2) == (
        {
            "title": "T", "day": "2021-04-13", "at": "2021-04-13T11:34:00Z", "loc": "2021-04-13T11:34:00",
            "hour": "07:32:00", "n": [1, 2.5, True, {"x": "inf"}], "taxonomies": {"tags": ["a"]},
        },
        (),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a = 1\nb =\n", "x.md:3: front matter: not TOML: Invalid value (one `key = value` a line) [E205]"),
        ("a", "x.md:2: front matter: not TOML: "),
        (
            "a = " + "[" * 50_000,
            "x.md:2: front matter: lists within lists too deep (write it flatter) [E207]",
        ),
        (
            ".".join("a" * 40_000) + "=1",
            "x.md:2: front matter: lists within lists too deep (write it flatter) [E207]",
        ),
        ("#" * 200_000, "x.md:2: front matter: too large to be read (at most 100,000 characters) [E207]"),
    ],
)
def test_toml_that_cannot_be_read_is_told(text: str, expected: str) -> None:
    found, problems = parse_toml(text, "x.md", 2)
    assert found == {}
    assert str(problems[0]).startswith(expected)
    assert calls(lambda: parse_toml(text, "x.md", 2)) < 20_000 + 10 * len(text)
