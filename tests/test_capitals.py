"""Sentences in capitals: read in small letters, with capitals where newspapers write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.annotate.capitals import in_small_letters
from generator.annotate.recognise import recognise
from generator.annotate.taggers import tagger

P, O, L = "people", "organisations", "places"  # noqa: E741


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("HARBOUR STRIKE IN OSLO ENDS", "Harbour strike in Oslo ends"),
        ("US SENATOR TOLD THE BBC: IT'S OVER.", "US Senator told the BBC: it's over."),
        ("TORBJØRN AAS MEETS THE NORWEGIAN HERRING", "Torbjørn Aas meets the Norwegian herring"),
        ("MIRIAM O'NEILL AND ANN-MARIE TO LEAVE", "Miriam O'Neill and Ann-Marie to leave"),
        ("The rain went on. NOBODY IN OSLO MINDED THAT! So it was.",
         "The rain went on. Nobody in Oslo minded that! So it was."),
        ("MR AAS AND MS. BRUNBORG OF THE UNITED STATES SAID NO", "Mr Aas and Ms. Brunborg of the United States said no"),
        ("QUARREL ISN'T OVER, SAYS HALVORSEN", "Quarrel isn't over, says Halvorsen"),
        ("NATO AND THE EU", "NATO and the EU"),
        ("BBC NEWS", "BBC NEWS"),  # too short to tell
        ("NATO, the EU and the BBC met in Oslo.", "NATO, the EU and the BBC met in Oslo."),
        ("İZMİR AND OSLO ARE FAR APART", "İZMİR and Oslo are far apart"),
        ("", ""),
    ],
)  # fmt: skip
def test_sentences_in_capitals_are_read_in_small_letters(text: str, expected: str) -> None:
    assert in_small_letters([text]) == (expected,)


def test_how_the_document_writes_a_word_elsewhere_decides() -> None:
    shouted = "BAKER LEAVES TIDE FOR GOOD"
    assert in_small_letters([shouted, "The tide met Ms Baker."])[0] == "Baker leaves tide for good"
    assert in_small_letters([shouted, "For years Tide paid a baker."])[0] == "Baker leaves Tide for good"


@given(st.lists(st.text(alphabet="AÉßİŉǅabc 'N.’-?\nOSLO中", max_size=60), max_size=4))
def test_nothing_but_the_case_changes_and_nothing_moves(texts: list[str]) -> None:
    read = in_small_letters(texts)
    assert [len(text) for text in read] == [len(text) for text in texts]
    assert [text.upper() for text in read] == [text.upper() for text in texts]
    assert in_small_letters(texts) == read


def test_a_headline_in_capitals_holds_the_names_that_it_would_hold_otherwise() -> None:
    texts = ["HALVORSEN FLIES TO BRUSSELS FOR TALKS", "Mrs Ingrid Halvorsen flew there on Monday."]
    found = recognise(texts, tagger("light"))
    first = {(texts[s.text][s.start : s.end], s.words, s.kind) for s in found if s.text == 0}
    assert first == {("HALVORSEN", "Halvorsen", P), ("BRUSSELS", "Brussels", L)}
