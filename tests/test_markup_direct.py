"""Bodies converted without the parser are what the parser makes of them, to the last offset."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.markup.convert import convert
from generator.markup.dialect import parsed
from generator.markup.direct import direct
from generator.markup.mixed import mixed
from generator.sources.frontmatter import split

ARCHIVES = Path(__file__).parents[2] / "shared" / "data" / "archives"
DEMO = Path(__file__).parents[1] / "content"

URLS = (
    "/2021/04/wall/", "https://example.org/a_b?c=d&e=f#g", "http://x.co", "media/a.jpg", "../../media/b.png",
    "#p1", "./c.html", "http://a.org:80/", "a/b:c", "a&copy=1", "https://a.org/%zz", "http://a-b.org", "media/",
)  # fmt: skip
WILD_URLS = (
    "mailto:a@example.org", "http://1.2.3.4/", "http://a..b.com", "javascript:x", "x:y", "//cdn.org/x", "?q=1",
    "https://xn--a.com/", "http://a.b:99999/", "ftp://a.org/", "%", "https://A.org/", "..", "http://a--b.org",
    "http://-a.org", "", " ", "/a b", "<b>", "https://a.0x1", "https://x.org/A_(b)", "/x~~y", "_", "*", "/*c*",
    "http://a.org:99999/", "../..", "./", "http://a.b.c.d.ef:1", "/a\u00a0b", "/é", "#", "/", "&", "http://a.org&b",
)  # fmt: skip
WORDS = (
    "The harbour wall", "of 2021", "Ines Calloway", "Erdoğan", "日本", "’s", "“we", "sold”", "R & D", "5 > 3", "a_b",
    "!", "(by", "night)", "a\xa0b", "2021.", "C# 7", "e.g.", "…", "More:", "https://x.org", "ﬁ", "Σ", "10)", "‑", "  ",
)  # fmt: skip
WILD_WORDS = (
    "AT&T", "&", ">", "_", "*", "**", "[sic]", "[", "]", "\xa0", "1. x", "- dash", "+", "# no", "#", "=", "---", ": term",
    "~", "~~", "ALSO READ: x", "Story:", "|", "&amp;", "&#8217;", "&lt", "<b>", "`c`", "\\*", "{#id}", "[^1]", "[[Ines]]",
    "***", "___", "****", "\u200b", "\u3000", "\x85", "١. x", "٢", "*[HTML]:", "[x]:", "\ud800", "\ufdd0", "\x02", "\t",
)  # fmt: skip
STARTS = ("", "", "", "", "", "## ", "### ", "# ")
WILD_STARTS = (
    "#",
    "####### ",
    "> ",
    "- ",
    "* ",
    "1. ",
    "    ",
    " ",
    "![",
    "*",
    ": ",
    "+ ",
    "\n",
    "----",
    "(",
    "\u00a0",
)
ENDS = ("", "", "", "", "\n\n\n", "\n", " ")
WILD_ENDS = (
    "  \n",
    "\n \n",
    "\n    ",
    "\n* ",
    "\n## ",
    "\n===",
    "\n---",
    "\n> ",
    "\n1. a",
    "\nREAD MORE: x",
    "\n(",
    "\n\n: a",
)
MARKED = ("{0}", "{0}", "{0}", "*{0}*", "**{0}**", "_{0}_", "__{0}__", "[{0}]({1})", "![{0}]({1})")
WILD_MARKED = (
    "[{0}] ({1})",
    "[{0}][{1}]",
    "[{0}]",
    "{0}*",
    "**{0}*",
    "*[{0}]({1})*",
    "[*{0}*]({1})",
    '[{0}]({1} "a")',
    "a*{0}*",
)


@st.composite
def bodies(draw: st.DrawFn) -> str:
    """A body much like those that people write, with something out of the way in about every second one."""

    def pick(usual: tuple[str, ...], wild: tuple[str, ...]) -> str:
        return draw(st.sampled_from(wild if draw(st.integers(0, 49)) == 17 else usual))

    def inline() -> str:
        words = " ".join(pick(WORDS, WILD_WORDS) for _ in range(draw(st.integers(1, 3))))
        return pick(MARKED, WILD_MARKED).format(words, pick(URLS, WILD_URLS))

    def block() -> str:
        separator = draw(st.sampled_from((" ", " ", " ", "\n", "")))
        inside = separator.join(inline() for _ in range(draw(st.integers(1, 4))))
        return pick(STARTS, WILD_STARTS) + inside + pick(ENDS, WILD_ENDS)

    return "\n\n".join(block() for _ in range(draw(st.integers(0, 5))))


def assert_same(body: str, base: str = "") -> bool:
    found = direct(body, base)
    if found is not None:
        assert found == parsed(body, base)
    return found is not None


@given(bodies(), st.sampled_from(("", "/archive")))
@settings(max_examples=400, deadline=None)
def test_whatever_is_converted_without_the_parser_is_what_the_parser_makes_of_it(
    body: str, base: str
) -> None:
    assert_same(body, base)


@given(st.text(alphabet="aB 1.\n*_[]()!#&>:-é“\xa0", max_size=60))
@settings(max_examples=300, deadline=None)
def test_so_is_noise(body: str) -> None:
    assert_same(body)


@pytest.mark.parametrize("url", (*URLS, *WILD_URLS))
@pytest.mark.parametrize("form", ["See [it]({}) now.", "![It]({})", "![It]({})\n*It. Photograph: A*"])
def test_so_is_any_address(url: str, form: str) -> None:
    assert_same(form.format(url), "/archive")


@pytest.mark.parametrize(
    "body",
    [
        "",
        "\n\n\n",
        "One paragraph.",
        "\nOne.\n\nTwo,\nin two lines.\n\n\n\nThree.\n",
        "A **bold** word, an *odd* one, __another__ and _one more_.",
        "![The wall](/media/wall.jpg)\n*The wall. Photograph: A. Editor*\n\nThe wall stands.",
        "It [fell](/2021/04/wall/), [they say](https://example.org/?a=b&c=d).",
        "*By [A. Editor](/a/)* and [**all** the\nothers](/b/), **[here](/c/)**.\n\n*Over two\nlines*.",
        "## The wall\nfell.\n\n### It did\n\n## The wall",
        "# The wall\n\n## Fell",
        "Snow & ice, 5 > 3 and\xa0more; AD 2021: a snake_case year “of note”.",
        "2021 was it.\n\n… and [sic]".replace("[sic]", "so on"),
        "Σ" * 24 + "Σ\n\nΟΔΟΣ ΟΔΟΣ ΟΔΟΣ ΟΔΟΣ ΟΔΟΣ ΟΔΟΣ ΟΔΟΣ ΟΔΟΣ ΟΔΟΣ ΟΔΟΣ.",
        "[The harbour wall](/wall/)\n\nThe harbour wall\n\nThe harbour wall",
        "The same line\nthe next line\n\nthe next line\n\nThe same line",
    ],
)
def test_what_newspapers_are_made_of_needs_no_parser(body: str) -> None:
    assert assert_same(body)


@pytest.mark.parametrize(
    "body",
    [
        "> quoted", "- item", "1. item", "    code", "`code`", "a <b>tag</b>", "a \\* star", "| a |\n| - |",
        "Head\n====", "Head\n----", "---", "a\n\n***", "Line  \nbreak", "a[^1]\n\n[^1]: b", "[a]: /b\n\n[a]", "[a][b]",
        "[[Ines Calloway]]", "ALSO READ: A headline", "*ALSO READ*: x", "**READ MORE:** x", "[RELATED](/x): y",
        "Word\n: meaning", "a &amp; b", "~~no~~", "~~~\ncode\n~~~", "Head {#id}\n====", "*a **b** c*", "5*3*2 * 1",
        "*[HTML]: Hypertext\n\nHTML", "a\u2028b", "\ufeffa", "a\r\nb", "####### a", "## a ## b", "## \n\nb", "[a](<b>)",
        '[a](b "c")', "![a](b)[c]", "x" * 60_000, "(" * 50, "[a](javascript:b)",
    ],
)  # fmt: skip
def test_anything_else_is_left_to_the_parser(body: str) -> None:
    assert direct(body, "") is None
    assert convert(body) == parsed(body)


OTHERS = (
    "- a", "- b\n- c", "1. x", "2. y\n   z", "> q", "> q\n> — Ines", "    code", "    more", "  odd", "`c`", "\\*x\\*", "a &amp; b",
    "Head\n===", "Head\n---", "---", "***", "a {#i}", "{: .left}", "ALSO READ: Wall", "READ MORE: x\nand y", "[[Ines]]", "[[Ines|I]] x",
    "line  \nbreak", "[r][s]", "[r]", "| a | b |\n| - | - |\n| c | d |", "", "\n", "-", "* x", "#", "####### y", "# Top", "+ l\n\n    in",
    "    - deep", "a\n- b", "x\n## H2\n- i", "# foo\\\nbar", "~~s~~", "**b\n\nc**", "_a", "*", "&#xe000;", "&nbsp;", "\\", "(((", "*[a]: b",
    ": d", "[^1]", "[^1]: n", "[r]: /x", "<b>t</b>", "<div>", "```\nx\n```", "\tx", "[x](#i)", "\xa0",
)  # fmt: skip
PLAIN = (
    "The wall.",
    "The wall\nfell, [they](/b) say.",
    "## Head",
    "Wall",
    "![p](/m.jpg)\n*c*",
    "*a [b](c)*",
    "The harbour wall.",
)


@given(
    st.lists(st.sampled_from(PLAIN) | st.sampled_from(OTHERS), max_size=8),
    st.sampled_from(("\n\n", "\n\n", "\n\n\n")),
)
@settings(max_examples=300, deadline=None)
def test_so_are_bodies_of_which_the_parser_is_shown_but_some_blocks(blocks: list[str], between: str) -> None:
    body = between.join(blocks)
    assert convert(body, "/archive") == parsed(body, "/archive")


def test_the_parser_is_shown_what_is_not_plain_and_no_more() -> None:
    shown: list[str] = []

    def clean(text: str) -> str:
        shown.append(text)
        return "<ul>\n<li>One</li>\n</ul>\n<p>\ue000</p>\n<blockquote>\n<p>Two</p>\n</blockquote>"

    prose = mixed("The wall.\n\n- One\n\n## Fell\n> Two\n\nIt did.", "", clean, [])
    assert shown == ["- One\n\n\ue000\n\n> Two"]
    assert prose is not None
    assert [(b.kind, b.anchor, b.text, b.line) for b in prose.blocks] == [
        ("paragraph", "p1", "The wall.", 1),
        ("item", "p2", "One", 3),
        ("heading", "fell", "Fell", 5),
        ("quote", "p3", "Two", 6),
        ("paragraph", "p4", "It did.", 8),
    ]


def test_the_demo_reads_the_same_without_the_parser() -> None:
    taken = [
        assert_same(split(path.read_text("utf-8"))[1], "/archive") for path in sorted(DEMO.rglob("*.md"))
    ]
    assert sum(taken) > len(taken) // 2


@pytest.mark.skipif(not ARCHIVES.is_dir(), reason="../shared/data/archives not present")
def test_real_archives_read_the_same_without_the_parser() -> None:
    texts = sorted(ARCHIVES.rglob("*.md"))[::10]  # all of them take a minute
    for body in [split(path.read_text("utf-8", "replace"))[1] for path in texts]:
        assert convert(body) == parsed(body)
