"""Quick looks of the importers of HTML and exports: each says what the slow one says, whatever the text."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.sources.importers import languages, letters, links
from generator.sources.importers.html import inline
from generator.sources.importers.html.escaping import guard_start
from generator.sources.importers.html.recall import _parts, recall
from generator.sources.importers.xmlitems import pieces

odd = st.text(st.sampled_from("ab é<[]`~(x)\t\n\r\f\x0b\x07\x7f\xa0\xad\u2028\ufffe日#>1.-"), max_size=40)


@given(odd)
def test_letters_that_are_kept_as_they_are_are_those_that_no_rule_changes(text: str) -> None:
    if text.isascii():
        assert letters.tidy(text) == letters._UNSEEN.sub("", letters._BREAKS.sub(" ", text))


@given(odd)
def test_a_line_of_plain_words_is_written_as_any_other(text: str) -> None:
    run = inline.Run(text)
    general = [inline._written(line, in_table=False, bold=True) for line in inline._lines([run])]
    assert inline.markdown_lines([run]) == [guard_start(line) for line in general if line]


@given(odd)
def test_white_space_that_is_one_space_needs_no_closer_look(text: str) -> None:
    assert inline.collapsed(text) == inline._SPACE.sub(" ", text)


@given(odd)
def test_links_are_looked_for_wherever_they_may_begin(text: str) -> None:
    assert list(links._beginnings(text)) == [match.start() for match in links._BEGINS.finditer(text)]


@given(
    st.lists(st.one_of(st.binary(max_size=6), odd.map(str.encode)), max_size=6).map(b"".join),
    st.integers(1, 7),
)
def test_blocks_found_sound_hold_nothing_that_xml_may_not(data: bytes, size: int) -> None:
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    for start in range(0, len(data) + 1, size):
        block = data[start : start + size]
        text = decoder.decode(block, final=start + size > len(data))
        if pieces._is_sound(block, text):
            assert not pieces._STRAY.search(text) and not pieces._UNFIT.search(text)


def test_english_prose_that_calls_itself_english_is_believed_at_a_first_look(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def look(text: str, least: float) -> str:
        raise AssertionError("looked at closer")

    prose = (
        "The council said on Tuesday that the wall of the old harbour is to be built with stone from a pit. "
    )
    monkeypatch.setattr(languages, "language_of", look)
    assert languages.settled("en-GB", prose * 6, "x") == ("en-GB", ())
    for stated, text in (("de", prose * 6), ("", prose * 6), ("en", prose), ("en", "Der Rat sagt es. " * 60)):
        with pytest.raises(AssertionError, match="closer"):
            languages.settled(stated, text, "x")


spaced = st.lists(st.sampled_from(["a", "b ", " c", " ", "\n\n", "", "d e"]), max_size=8)


@given(spaced, spaced)
def test_texts_with_the_same_parts_have_the_same_words(first: list[str], second: list[str]) -> None:
    if _parts(first) == _parts(second):
        assert "".join(first).split() == "".join(second).split()
    assert recall(first, first) == recall(first, [*first, "\t"]) == 1.0
