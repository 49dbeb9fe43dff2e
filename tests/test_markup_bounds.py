"""Bodies made to keep a converter busy: each is read in bounded time, or shown as it was typed."""

import time
from collections.abc import Callable

import pytest
from test_markup_prose import assert_sound

from generator.markup import bounds, sanitise
from generator.markup.blocks import compose
from generator.markup.convert import convert
from generator.markup.dialect import parsed
from generator.markup.tokens import tokenise

SIZE = 12_000
UNITS = (
    "[", "[[", "![", "[a](", "[a][", "[](", "[[a|", "[\n", "*", "**a ", "_a*", "`", "``a`", "` ", "<",
    "<a ", "<b>", "<!--", "<![CDATA[", "<?", '<a href="', "&", "&#", "\\", "\\[", "|", "||", "#",
    "# a\n", "a\n===\n", "---\n", ">", "> ", "> a\n> \u2014 b\n\n", "- ", "- a\n", "- a\n\n", "1. a\n",
    "    a\n", "```x\n", "~~~\na\n", "~~a", "[a]: b\n", "[^a]", "[^a]: b\n\n", "[^1]: a\n    b\n",
    "*[a]: b\n", "*[a]: b\n\n", ": a\n", "a\n: b\n\n", "{: ", "{#a}\n", "ALSO READ: x\n", "<div>",
    "</div>\n", "<p>\n\n", "<table><tr><td>", "(", "\n", "\t", "\x02",
)  # fmt: skip


def repeated(unit: str, size: int) -> str:
    return (unit * (size // len(unit) + 1))[:size]


@pytest.mark.parametrize("unit", UNITS)
def test_one_thing_over_and_over_takes_bounded_time(unit: str) -> None:
    started = time.process_time()
    convert(repeated(unit, SIZE))
    # A second on a quiet machine at most; without bounds some of these take an hour.
    assert time.process_time() - started < 8


@pytest.mark.parametrize("unit", ["[", "word "])
def test_a_megabyte_and_more_is_shown_as_typed(unit: str) -> None:
    body = repeated(unit, bounds.MAX_BODY + 1)
    assert convert(body).blocks[0].text.strip() == body.strip()


@pytest.mark.parametrize(
    "body",
    [
        "> " * 1000 + "deep",
        "\n".join("    " * n + "- a" for n in range(1000)),
        "\n\n".join("    " * n + "1. a" for n in range(400)),
        "<div>" * 1000 + "deep",
        "<ul><li>" * 500,
        "<b><i>" * 500,
        "*a **b " * 2000,
        "[a " * 300 + "](b)" * 300,
    ],
)
def test_deep_nesting_is_read_or_shown_as_typed(body: str) -> None:
    prose = convert(body)
    assert_sound(prose)
    assert prose.blocks


def test_what_is_too_deep_becomes_plain_paragraphs_with_every_character() -> None:
    body = "<div>" * (sanitise.MAX_DEPTH + 1) + "a\n\n*b*"
    prose = convert(body, "/archive")
    assert [b.text for b in prose.blocks] == ["<div>" * (sanitise.MAX_DEPTH + 1) + "a", "*b*"]
    assert [b.kind for b in prose.blocks] == ["paragraph", "paragraph"]
    with pytest.raises(sanitise.TooDeep):
        sanitise.sanitise(body)


def test_a_converter_that_recurses_too_deeply_falls_back(monkeypatch: pytest.MonkeyPatch) -> None:
    def recurse(html: str) -> str:
        raise RecursionError

    monkeypatch.setattr("generator.markup.sanitise.sanitise", recurse)
    assert parsed("*a* & b\n\nc").html == '<p id="p1">*a* &amp; b</p>\n<p id="p2">c</p>'


def test_a_costly_stretch_is_shown_as_typed_and_the_rest_is_read() -> None:
    prose = convert("*One* [a](/b).\n\n" + "[" * 3000 + "\n\n*Three*")
    assert [b.text for b in prose.blocks] == ["One a.", "[" * 3000, "Three"]
    assert prose.links == ("/b",)


def test_a_costly_tail_is_shown_as_typed() -> None:
    prose = convert("- one\n\n    two\n" + "[a](" * 2000)
    assert prose.blocks[0].text.startswith("one\n\ntwo\n[a](")


@pytest.mark.parametrize(
    ("text", "costly"),
    [
        ("The council met. " * 50_000, False),
        ("- [a](/b) and `c`\n" * 2_000, False),
        ("```\ncode\n```\n\n" * 2_000, False),
        ("A <b>word</b> and 1 < 2.\n\n" * 2_000, False),
        ("x" * (bounds.MAX_BODY + 1), True),
        ("\n" * (bounds.MAX_MARKS + 1), True),
        ("```x\n" * 5_000, True),
        ("<a " * 6_000, True),
        ("# a\n" * 9_000, True),
    ],
)
def test_bodies_that_people_write_are_not_too_costly(text: str, costly: bool) -> None:
    assert bounds.is_too_costly(text) is costly


def test_the_inline_budget_is_spent_in_reading_order() -> None:
    budget = bounds.InlineBudget()
    unit = "[" * 1500
    assert [budget.allows(unit) for _ in range(4)] == [True, True, False, False]
    assert budget.allows("an [ordinary](/link) and `code`")


@pytest.mark.parametrize(
    ("text", "least"),
    [
        ("[a]", 2),
        ("[a", 2),
        ("(a)", 2),
        ("a)", 0),
        ("a]", 0),
        ("`a` ``b", 14),
        ("<a", 2),
        ("<a>", 0),
        ("\\[", 0),
    ],
)
def test_what_is_never_closed_costs_the_way_to_the_end(text: str, least: int) -> None:
    cost = bounds.inline_cost(text)
    assert least <= cost <= least + 2


@pytest.mark.parametrize(
    ("html", "message"), [("</p>", "</p> closes nothing"), ("<p><b></p>", "</p> closes nothing")]
)
def test_tags_that_do_not_pair_are_told(html: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        tokenise(html)
    with pytest.raises(ValueError, match=message):
        compose(html, [])


def test_a_tag_that_is_never_closed_is_told() -> None:
    with pytest.raises(ValueError, match="<b> is never closed"):
        tokenise("<b>")


def test_html_that_no_parser_leaves_alone_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    class Restless:
        def clean(self, html: str) -> str:
            return html + "<br>"

    def restless() -> Restless:
        return Restless()

    monkeypatch.setattr("generator.markup.sanitise._cleaner", restless)
    with pytest.raises(sanitise.TooDeep):
        sanitise.sanitise("a")


def test_a_first_line_break_in_pre_is_settled_once() -> None:
    assert sanitise.sanitise("<pre>\n\n\na</pre>") == "<pre>a</pre>"


@pytest.mark.parametrize("ends", ["\r\n", "\r", "\n"])
def test_line_ends_of_any_system_are_read(ends: str) -> None:
    assert [b.text for b in convert(f"a{ends}{ends}b").blocks] == ["a", "b"]


CHECKS: list[Callable[[str], object]] = [convert, bounds.inline_cost, bounds.is_too_costly]


@pytest.mark.parametrize("check", CHECKS)
def test_a_body_without_words_is_nothing(check: Callable[[str], object]) -> None:
    assert not getattr(check(""), "html", None)
