"""Plain text written as Markdown shows a reader the same characters."""

from html.parser import HTMLParser

import markdown
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.markup.convert import convert
from generator.markup.labels import LABELS, MAX_HEADLINE
from generator.sources.importers.newstext_labels import HEADLINE_LIMIT, RELATED_LABELS
from generator.sources.importers.newstext_markdown import escape, figure, heading, pull_quote

EXTENSIONS = ["abbr", "def_list", "fenced_code", "footnotes", "sane_lists", "tables", "attr_list"]
TRAPS = (
    "# not a heading", "> not a quotation", "1. January was cold.", "12) no list", "* starred",
    "*so* it is", "_under_ __scored__", "a_b_c", "<b>bold</b>", "<script>alert(1)</script>",
    "[[Ines Calloway]]", "---", "***", "___", "===", "- a dash", "+ a plus", "+", "-", "`code`", "```",
    "~~~", "~~struck~~", "![p](q.jpg)", "[a](b)", "[a]: http://x.org", "*[HTML]: Hyper", "[^1]",
    "[^1]: note", "{#id}", "{: .class }", "text {#id}", ": term", "&amp; &copy; &#65; & co",
    "<http://x.org>", "http://x.org/a_b_c", "a@b.org", "\\", "\\*", "a\\", "a < b > c", "| a | b |",
    "|---|---|", "C#", "#", "##", "!!! note", "<!-- c -->", "<", "&", "!", "=", "[TOC]", "¶", "“…”",
    "Q & A", "5 * 3 * 2", "snake_case_name", "[", "]", "](", "\\[", "_", "__", "*_*", "`", "\\`",
    "2021. A year", "klzzwxh:0000", "wzxhzdk:0", "ALSO READ", "—", "&#x41;", "a&b;", "&b", "^sup^",
    "H~2~O", "$x$", "\u00ad", "\u200b",
)  # fmt: skip


class Shown(HTMLParser):
    """The tags and the text of some HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def shown(html: str) -> tuple[list[str], str]:
    parser = Shown()
    parser.feed(html)
    parser.close()
    return parser.tags, parser.text.strip("\n")


def rendered(body: str) -> tuple[list[str], str]:
    return shown(markdown.markdown(body, extensions=EXTENSIONS))


@pytest.mark.parametrize("text", TRAPS)
def test_a_paragraph_that_looks_like_markup_is_shown_as_it_is(text: str) -> None:
    assert rendered(escape(text)) == (["p"], text)


@pytest.mark.parametrize("text", TRAPS)
def test_a_pages_converter_shows_it_as_it_is_too(text: str) -> None:
    (block,) = convert(escape(text)).blocks
    assert (block.kind, block.text) == ("paragraph", text)


ANY = st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp", "Cn"))
LINE = st.text(
    st.one_of(st.sampled_from(list("#>*_-+=`~[](){}<>!|\\:.1&;a bx\"'")), ANY),
    min_size=1,
    max_size=40,
).map(lambda text: " ".join(text.split())).filter(bool)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(LINE)
@example("- - -")
@example("1.")
@example("<a\\")
def test_any_line_is_shown_as_it_is(text: str) -> None:
    assert rendered(escape(text)) == (["p"], text)


@settings(max_examples=150, deadline=None)
@given(st.lists(LINE, min_size=1, max_size=4))
def test_paragraphs_beside_each_other_stay_apart(texts: list[str]) -> None:
    tags, text = rendered("\n\n".join(map(escape, texts)))
    assert tags == ["p"] * len(texts)
    assert text == "\n".join(texts)


@settings(max_examples=150, deadline=None)
@given(LINE)
@example("C#")
@example("a ##")
@example("#")
@example("##")
@example("\\#")
def test_any_crosshead_is_shown_as_it_is(text: str) -> None:
    assert rendered(heading(text)) == (["h2"], text)


@settings(max_examples=150, deadline=None)
@given(LINE, LINE)
def test_any_pull_quote_is_shown_as_it_is(text: str, name: str) -> None:
    assert rendered(pull_quote(text, name)) == (["blockquote", "p"], f"\n{text}\n— {name}\n".strip("\n"))


@settings(max_examples=100, deadline=None)
@given(st.lists(LINE, min_size=1, max_size=4))
def test_items_of_a_list_are_shown_as_they_are(items: list[str]) -> None:
    tags, text = rendered("\n".join(f"- {escape(item)}" for item in items))
    assert tags == ["ul"] + ["li"] * len(items)
    assert text == "\n".join(items)


@settings(max_examples=100, deadline=None)
@given(LINE, LINE)
def test_any_caption_is_shown_as_it_is(caption: str, credit: str) -> None:
    tags, text = rendered(figure(caption, credit, ""))
    assert tags == ["figure", "figcaption", "small"]
    assert text == f"{caption} Photo: {credit}"


def test_a_figure_without_a_picture_keeps_caption_and_credit() -> None:
    assert figure("The quay.", "A & B", "") == (
        '<figure class="missing"><figcaption>The quay. <small>Photo: A &amp; B</small></figcaption></figure>'
    )


def test_a_figure_with_a_picture_shows_it() -> None:
    (block,) = convert(figure("The quay.", "", "/media/quay.jpg")).blocks
    assert block.kind == "figure"
    assert '<img src="/media/quay.jpg"' in convert(figure("The quay.", "", "/media/quay.jpg")).html


def test_a_pull_quote_is_one_to_the_pages_converter() -> None:
    (block,) = convert(pull_quote("“You cannot vote the tide.”", "Ines Calloway")).blocks
    assert (block.kind, block.text, block.label) == ("pull", "“You cannot vote the tide.”", "Ines Calloway")


def test_the_labels_are_those_that_pages_show_as_related() -> None:
    assert set(RELATED_LABELS) == set(LABELS)
    assert HEADLINE_LIMIT == MAX_HEADLINE
