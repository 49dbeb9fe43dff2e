"""Quick looks of the text importer: each says what the slow one says, whatever the text."""

import csv
import io
import re
from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st

from generator.sources.frontmatter.dumping import LINE_LIMIT, entry, flow
from generator.sources.importers import newstext_date_words as date_words
from generator.sources.importers import newstext_pictures, newstext_stamps
from generator.sources.importers.newstext_head import begins, stands_alone
from generator.sources.importers.newstext_labels import may_be_item, read_field, read_item
from generator.sources.importers.newstext_lines import lines_of, paragraphs_in, paragraphs_of
from generator.sources.importers.newstext_markdown import escape, escaped
from generator.sources.importers.newstext_quotes import split_pull_quote
from generator.sources.importers.newstext_repeats import find_repeats, may_repeat, words_of_text
from generator.sources.importers.shingling import WORD, spelled
from generator.sources.importers.tables import columns
from generator.sources.importers.tables.delimited import first_rows
from generator.sources.importers.text import _clean, _is_plain

WORDS = [
    "the",
    "council",
    "wall",
    "harbour",
    "of",
    "and",
    "said",
    "costs",
    "again",
    "Été",
    "naïve",
    "Σας",
    "日本",
    "don’t",
    "“quay”",
    "half-tide",
    "12",
    "x_y",
    "*z*",
    "a&b",
]
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=30).map(" ".join)
lines = st.text(st.characters(blacklist_categories=["Cs"]), max_size=200)
odd = st.text(st.sampled_from("ab â€Ãé\x01\x0b\r\x7f\x85\xa0\u2028\u2029\ufeff\ufffd\ufffe日ſ"), max_size=40)


@given(odd)
def test_a_text_found_plain_has_nothing_to_clean(text: str) -> None:
    text = text.replace("\r", "\n")
    if _is_plain(text.encode(), text):
        assert _clean(text, "x") == (text, ())


@given(
    st.lists(
        st.one_of(lines, texts, st.sampled_from(["", " ", "\u3000x", "Published: May 3, 2020"])), max_size=20
    )
)
def test_lines_that_are_paragraphs_are_those_of_the_closer_look(rows: list[str]) -> None:
    text = "\n".join(rows)
    assert paragraphs_in(text, stands_alone, begins) == paragraphs_of(lines_of(text), stands_alone, begins)


@given(st.lists(texts, max_size=12))
def test_paragraphs_of_which_none_may_repeat_another_have_no_repeats(paragraphs: list[str]) -> None:
    body = "\n\n".join(map(escape, paragraphs))
    if not may_repeat(body):
        assert find_repeats(paragraphs) == ()


def test_a_paragraph_said_twice_may_repeat() -> None:
    said = "the council met on Tuesday to discuss the wall of the old harbour"
    assert may_repeat(f"{said}\n\nanother thing that happened\n\n{said} again")
    assert not may_repeat(f"{said}\n\nanother thing that happened in the evening of that day, as was told")


marked = st.sampled_from(["1. a", "- b", "a ~ b", ": c", "# d", "e&f", "=", "(g)"])


@given(st.lists(st.one_of(texts, lines.filter(bool), marked), max_size=6))
def test_paragraphs_written_together_are_written_as_each_by_itself(paragraphs: list[str]) -> None:
    assert escaped(paragraphs) == list(map(escape, paragraphs))


@given(st.lists(texts, min_size=1, max_size=6))
def test_words_are_counted_block_by_block(blocks: list[str]) -> None:
    found = spelled("\n\n".join(blocks))
    assert list(found.counts) == [len(words_of_text(each)) for each in blocks]
    assert found.total == len(WORD.findall("\n\n".join(blocks).lower()))


@given(st.one_of(texts, lines, st.sampled_from(["• a", "٣. b", "12) c", "- -", "·x", "1.x"])))
def test_what_cannot_be_an_item_is_none(text: str) -> None:
    if text and not may_be_item(text):
        assert read_item(text) is None


@given(
    st.one_of(
        lines,
        st.sampled_from(["Publiſhed: 3", "Дата", "обновлено: 3", "DATE: 1", "posted on 3", "mis à jour 3"]),
    )
)
def test_lines_that_begin_with_a_stamp_begin_with_a_label(text: str) -> None:
    found = newstext_stamps._LABEL.match(text) is not None and re.search(r"\d", text) is not None
    assert newstext_stamps.begins_with_stamp(text) == (found and len(text) <= newstext_stamps.LINE_LIMIT)


def test_labels_are_found_in_any_case_but_never_within_a_word() -> None:
    found = newstext_stamps._LABEL.findall
    assert len(found("PUBLISHED: 1 | mis à jour 2 | ОБНОВЛЕНО: 3 | Last Updated 4")) == 4
    assert found("outdated 3, x/date: 4") == []


@given(st.from_regex(r"([0-9]{1,2}:[0-9]{2}, )?[A-Z][a-z]{2,8} [0-9]{1,2}, [0-9]{4}", fullmatch=True)
       | st.builds("{}:{:02}, {} {}, {}".format, st.integers(0, 30), st.integers(0, 70),
                   st.sampled_from(["April", "May", "Mar", "Sept", "Juin", "Dez", "Sat"]),
                   st.integers(0, 40), st.integers(1000, 9999)))  # fmt: skip
def test_a_plain_date_is_read_at_one_go_as_word_by_word(text: str) -> None:
    # A space at the end is nothing to the words, and keeps the quick look from seeing the expression.
    assert date_words.words_of(text) == date_words.words_of(text + " ")


@given(st.one_of(texts, lines))
def test_a_text_without_a_sign_of_a_picture_is_none(text: str) -> None:
    if text and not newstext_pictures.may_be_picture(text):
        assert newstext_pictures.picture_named(text) is None
        assert newstext_pictures.read_caption(text) is None


@given(texts)
def test_a_sentence_that_opens_without_a_mark_is_no_pull_quote(text: str) -> None:
    assert split_pull_quote(f"A {text}.") is None


@given(
    st.lists(st.text(st.sampled_from('ab,;\t|" \0é='), max_size=12), max_size=5),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_the_first_row_of_a_table_is_what_the_csv_module_reads(rows: list[str], end: str) -> None:
    head = (end.join(rows) + end).encode()
    read = []
    text = head.decode()
    if b"\0" not in head.partition(b"\n")[0]:
        cut = max(text.rfind("\n"), text.rfind("\r")) + 1
        for each in ",;\t|":
            with suppress(csv.Error):
                read.append(
                    next(
                        (row for row in csv.reader(io.StringIO(text[: cut or None]), delimiter=each) if row),
                        [],
                    )
                )
    assert list(first_rows(head)) == read


def test_no_name_that_tells_a_column_has_a_figure_in_it() -> None:
    assert not any(char.isdigit() for name in columns._KEYS for char in name)
    assert columns.is_header(["Pub Date", "Head-line", "1st author", "headline", "Byline"])
    assert not columns.is_header(["Published: 03:06", "title", "2020 | Updated: 18:06", "headline"])


values = st.text(max_size=60)


@given(
    st.one_of(
        values, st.lists(values, max_size=8), st.dictionaries(st.sampled_from(["a", "file", "taken"]), values)
    )
)
def test_a_value_that_is_too_long_for_a_line_is_not_written_in_one(
    value: str | list[str] | dict[str, str],
) -> None:
    line = flow(value, "key", top=True)  # type: ignore[arg-type]
    fits = not isinstance(value, list | dict) or not value or len("key") + len(line) <= LINE_LIMIT
    assert entry("key", value).startswith(f"key: {line}\n") == fits  # type: ignore[arg-type]


def test_a_label_spelled_with_a_long_s_is_no_field() -> None:
    assert read_field("ſource: The Ledger") is None
    assert read_field("Source: The Ledger") == ("publisher", "The Ledger")
