"""What is none of a text's words names nobody: datelines, credits, sign-offs, wire headers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.annotate.boilerplate import without_boilerplate


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("REYKJAVIK (Northern Wire) – Talks opened.", "Talks opened."),
        ("TÓRSHAVN, April 16 (Northern Wire) - Talks opened.", "Talks opened."),
        ("AREQUIPA, Peru, May 4 (Atlantic Press) -- A goat won.", "A goat won."),
        ("Aldery, 31 July 2019 (Wire) — It rained.", "It rained."),
        ("KYIV — It rained.", "It rained."),
        ("POLLACHI, Aug. 28: It rained.", "It rained."),
        ("UPDATE, 9 March 2022: It rained.", "It rained."),
        ("A soldier near Aldery. (PHOTO / AP)", "A soldier near Aldery."),
        ("PHOTO / Northern Wire", ""),
        ("Photo: Ana Ruiz / Northern Wire", ""),
        ("The wall at dawn. Photograph: Ana Ruiz/Wire", "The wall at dawn."),
        ("(Reporting by Jón Vík in Reykjavik; editing by Maud Pelletier)", ""),
        ("Inés Tapia in Lima contributed to this report.", ""),
        ("Additional reporting by Ana Ruiz", ""),
        ("Media contacts: Solange Tavares, Geneva", ""),
        ("(c) Meridian News Service 1994", ""),
        ("© 2021 The Harbour Ledger", ""),
        ("READ MORE: US, Russia in tussle", ""),
        ("By Owen Tattersall, Press Bureau", ""),
        ("r i BC-LAKE-STEAMER 11-30 0374", ""),
        # words
        ("Reporting the flood was hard.", "Reporting the flood was hard."),
        ("By Tuesday it rained in Aldery.", "By Tuesday it rained in Aldery."),
        ("Editing took a year.", "Editing took a year."),
        ("The NATO – Russia Council met.", "The NATO – Russia Council met."),
        (
            "Ana Ruiz (Labour) – her party's leader – spoke.",
            "Ana Ruiz (Labour) – her party's leader – spoke.",
        ),
        ("A photo of Ana Ruiz stood there.", "A photo of Ana Ruiz stood there."),
    ],
)
def test_boilerplate_is_written_over(text: str, left: str) -> None:
    assert without_boilerplate(text).strip() == left


@given(st.text("aAÉ .,:;()[]/|-–—\n1" + "PHOTO by", max_size=200))
def test_every_other_word_keeps_its_place(text: str) -> None:
    made = without_boilerplate(text)
    assert len(made) == len(text)
    assert all(new in {old, " "} for old, new in zip(text, made, strict=True))
