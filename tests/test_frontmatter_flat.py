"""Front matter read without libyaml is what libyaml makes of it, to the last line and offset."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.core.model import Value
from generator.sources.frontmatter import dump, parse, split
from generator.sources.frontmatter.composing import compose
from generator.sources.frontmatter.flat import LENGTH_LIMIT, flat
from generator.sources.nodes import Document, Node, Series

ARCHIVES = Path(__file__).parents[2] / "shared" / "data" / "archives"
DEMO = Path(__file__).parents[1] / "content"

VALUES = (
    "Word", "two words", "NO", "010", "12:30:45", "2021-04-13T11:34:00+08:00", "https://example.org/?a=b&c", "null",
    '"quoted: # text"', "'it''s'", "“curly”", "O'Brien", "a, b", "日本", "50%", "[]", "[a, b]", '["a", \'b\', c d]',
    "[a,b , c]", "{}", "{a: b, c: d e}", '{label: READ, title: "a, b", url: https://x.org/a}', "a -b", "a:b", "x?",
    "[2020, 1.5]", "1_000", "yes", "...x", "<b>", "(a)", "/2021/04/x", "a#b", "…", "é  è", "[a ]", "[a, ]",
    "a\U0001f600b", '""', "''", "{a: x, }", "0x1f", "$x", "[O'Brien, x]", "[https://x.org/a:b]", "a]", "b}", "c'", 'd"',
)  # fmt: skip
WILD_VALUES = (
    "=x",
    "", " ", "# comment", "a # comment", "a: b", "a:", "- a", "-", "-5", "&x a", "*x", "!t a", "!!str a", "| ", ">", "|-\n  a",
    "? a", ": a", "%a", "@a", "`a`", "~", '"a\\"b"', '"a', "'a", "'a'b'", '"a" b', "[a", "[a]]", "[[a], b]", "[a: b]",
    "[a, {b: c}]", "[,]", "[a,,b]", "{a}", "{a: }", "{a: b, a: c}", "{a: [b]}", "{a:b}", "{'a': b}", "a\tb", "\ta", "a\u2028b",
    "a\x85", "\ufeff", "a\x07", "\xa0a", "\u200b", "a\n  b", '"a\n  b"', "[a,\n  b]", "a\r", "<<", "[a?, b]", "[#a]", "[a #b]",
    "{a: b?}", "{a: b: c}", "[-a]", "[- a]", "['a' b]", "[a 'b']", '"a" # c', "[a] # c", "[a]b", "a \\", "---", "...", "--- a",
    "{a: http://x:80}", "[a:, b]", "{ a: b}", "{a : b}", "[ 'a' , \"b\" ]", "\ud800", "[\"a\" : b]", "\U000e0001",
)  # fmt: skip
KEYS = ("title", "tags", "a", "b_c", "d-e", "_f", "No", "x1")
WILD_KEYS = (
    "",
    "a b",
    '"a"',
    "'a'",
    "1",
    "é",
    "? a",
    "<<",
    "-a",
    "a:b",
    "k" * 70,
    "#a",
    "[a]",
    "{a: b}",
    "a ",
    "&x a",
    "...",
    "---",
)


@st.composite
def front_matters(draw: st.DrawFn) -> str:
    """Front matter much as people write it, with something out of the way now and then."""

    def pick(usual: tuple[str, ...], wild: tuple[str, ...]) -> str:
        return draw(st.sampled_from(wild if draw(st.integers(0, 39)) == 17 else usual))

    def entry(indent: str, depth: int) -> str:
        key = pick(KEYS, WILD_KEYS) if draw(st.booleans()) else f"k{draw(st.integers(0, 99))}"
        head = indent + key + pick((": ", ": ", ":  ", ": "), (":", " : ", "=", ":\t"))
        kind = draw(st.integers(0, 5 if depth < 3 else 3))
        deeper = indent + pick(("  ", "  ", "    ", " "), ("", "\t", "   "))
        ending = pick(
            ("\n", "\n", "\n", "  \n", "\n\n"), ("\n# c\n", "\n   # c\n", " # c\n", "\n \n", "", "\r\n")
        )
        if kind <= 3:
            return head + pick(VALUES, WILD_VALUES) + ending
        if kind == 4:
            inner = "".join(entry(deeper, depth + 1) for _ in range(draw(st.integers(1, 3))))
            return head.rstrip() + ending + inner
        mark = pick(("- ", "- ", "-   "), ("-", "-\t", "* "))
        series = ""
        for _ in range(draw(st.integers(0, 3))):
            if draw(st.integers(0, 2)):
                series += deeper + mark + pick(VALUES, WILD_VALUES) + ending
            else:
                column = deeper + " " * len(mark)
                maps = [entry(column, depth + 1) for _ in range(draw(st.integers(1, 2)))]
                series += deeper + mark + "".join(maps).removeprefix(column)
        return head.rstrip() + ending + series

    return "".join(entry("", 0) for _ in range(draw(st.integers(1, 5))))


def told(node: Node) -> Any:
    """All that a node says, where it stands too."""
    if isinstance(node, Document):
        fields = [(k, f.name, f.line, f.start, f.key_end, told(f.node)) for k, f in node.fields.items()]
        return ("document", node.flow, node.line, node.start, node.end, fields)
    if isinstance(node, Series):
        return ("series", node.flow, node.line, node.start, node.end, [told(each) for each in node.items])
    return (node.text, node.plain, node.line, node.start, node.end)


def assert_same(yaml_text: str) -> bool:
    found = flat(yaml_text, 2)
    if found is not None:
        document, problems = compose(yaml_text, "x.md", 2)
        assert problems == ()
        assert told(found) == told(document)
    return found is not None


@given(front_matters())
@settings(max_examples=300, deadline=None)
def test_whatever_is_read_without_libyaml_is_what_libyaml_makes_of_it(yaml_text: str) -> None:
    assert_same(yaml_text)


@given(
    st.text(alphabet="ab:- \n[]{}\"'#,&*!|>~?%@\\\t.0é", max_size=30),
    st.sampled_from(("", "a: ", "a:\n  ", "a:\n- ", "a: [")),
)
@settings(max_examples=1000, deadline=None)
def test_so_is_noise(noise: str, before: str) -> None:
    assert_same(before + noise)


@pytest.mark.parametrize("value", (*VALUES, *WILD_VALUES))
@pytest.mark.parametrize(
    "form", ["a: {}\n", "a: {}\nb: c\n", "a:\n- {}\n", "a:\n  - {}\n  - x\n", "a:\n  b: {}\n", "a: [{}]\n", "a: {{b: {}}}\n", "{}"]
)  # fmt: skip
def test_so_is_any_value_anywhere(form: str, value: str) -> None:
    assert_same(form.format(value))


@pytest.mark.parametrize("key", (*KEYS, *WILD_KEYS))
def test_so_is_any_key(key: str) -> None:
    assert_same(f"{key}: x\n")
    assert_same(f"a: x\n{key}:\n  {key}: y\n  b: {{{key}: z}}\n{key}: y\n")


@pytest.mark.parametrize("value", VALUES)
def test_plain_values_need_no_libyaml(value: str) -> None:
    assert assert_same(f"a: {value}\nb:\n  - {value}\nc:\n  d: {value}\n")


@pytest.mark.parametrize(
    "yaml_text",
    [
        "title: T\n\n# a comment\ntags:\n- a\n- b\nimage:\n  src: media/a.jpg\n  sizes: [1, 2]\nlast:\n",
        "related:\n  - {label: ALSO READ, title: It was}\n  - title: Long\n    url: https://x.org/\n  - Words\nb: c",
        "source:\n  ids:\n    - a\n  deep:\n    er: b\n",
        "a:\nb:   \nc: d",
    ],
)
def test_what_people_write_needs_no_libyaml(yaml_text: str) -> None:
    assert assert_same(yaml_text)


@pytest.mark.parametrize(
    "yaml_text", ["", "\n", "# a", "a: b\na: c\n", "a: &x b\nc: *x\n", "a: |\n  b\n", "a: b\n  c\n", "a: b\n c: d\n", " a: b",
                  "a:\n   - b\n  - c\n", "a:\n  - b\n c: d\n", "--- \na: b", "a: b\n---\nc: d", "a: b\n...\n", "%YAML 1.2\n---\na: b",
                  "- a\n- b\n", "a", "a: 'b\n\n  c'", "a: b\r\nc: d\r\n", "a:\n  - b: c\n   d: e\n", "a" * LENGTH_LIMIT + ": b",
                  "".join("  " * depth + f"k{depth}:\n" for depth in range(40)), "a: b\n\tc: d\n", "\ufeffa: b\n"]
)  # fmt: skip
def test_anything_else_is_left_to_libyaml(yaml_text: str) -> None:
    assert flat(yaml_text, 2) is None
    assert parse(yaml_text, "x.md", 2) == compose(yaml_text, "x.md", 2)


TEXTS = st.text(st.characters(codec="utf-8"), max_size=12) | st.sampled_from(
    ("NO", "a: b", "- x", "#", "it's", '"', "null")
)
MAPS = st.dictionaries(st.sampled_from(KEYS), TEXTS, max_size=3)
FRONTS = st.dictionaries(
    st.sampled_from(KEYS), TEXTS | st.lists(TEXTS, max_size=3) | MAPS | st.lists(MAPS, max_size=2), max_size=4
)


@given(FRONTS)
@settings(max_examples=200, deadline=None)
def test_what_morgue_writes_reads_the_same(front: dict[str, Value]) -> None:
    assert_same(dump(front))


def test_the_demo_reads_the_same_without_libyaml() -> None:
    taken = [assert_same(split(path.read_text("utf-8"))[0]) for path in sorted(DEMO.rglob("*.md"))]
    assert sum(taken) > len(taken) * 0.9


@pytest.mark.skipif(not ARCHIVES.is_dir(), reason="../shared/data/archives not present")
def test_real_archives_read_the_same_without_libyaml() -> None:
    parts = [split(path.read_text("utf-8", "replace")) for path in sorted(ARCHIVES.rglob("*.md"))]
    taken = [assert_same(inner) for inner, _, line in parts if line > 1]
    assert sum(taken) > len(taken) * 0.9
