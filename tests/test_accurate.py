"""The accurate tagger: its pieces and windows, and that the same text always gives the same names."""

import hashlib
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from importlib.util import find_spec
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.annotate import taggers
from generator.annotate.recognise import recognise
from generator.annotate.tagging.reading import sentences
from generator.annotate.tokens import read
from generator.core.problems import SiteError

if find_spec("morgue_accurate") is None and not os.environ.get("CI"):
    pytest.skip("models/accurate is not installed", allow_module_level=True)

from morgue_accurate import tagger as accurate
from morgue_accurate.version import VERSION
from morgue_accurate.windows import NOWHERE, WINDOW, Cutter
from morgue_accurate.wordpiece import pieces, vocabulary

P, O, L = "people", "organisations", "places"  # noqa: E741
KNOWN = {
    piece: number
    for number, piece in enumerate(
        [
            "[CLS]",
            "[SEP]",
            "[UNK]",
            "har",
            "##bour",
            "harbour",
            "s",
            "##s",
            "-",
            "l",
            "##e",
            "gar",
            "##con",
            "海",
            "us",
        ]
    )
}


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Harbours", ["harbour", "##s"]),
        ("HARBOUR-S", ["harbour", "-", "s"]),
        ("Garçon", ["gar", "##con"]),
        ("海海", ["海", "海"]),
        ("harbourx", ["[UNK]"]),
        ("s" * 101, ["[UNK]"]),
        ("us\u00ad", ["us"]),
        ("", ["[UNK]"]),
        ("\ufffd", ["[UNK]"]),
    ],
)
def test_words_are_cut_into_the_longest_known_pieces(word: str, expected: list[str]) -> None:
    assert list(pieces(word, KNOWN)) == [KNOWN[piece] for piece in expected]


@given(st.text(max_size=40))
def test_every_word_has_pieces(word: str) -> None:
    found = pieces(word, KNOWN)
    assert found
    assert all(0 <= number < len(KNOWN) for number in found)


def test_a_vocabulary_is_numbered_by_its_lines() -> None:
    assert vocabulary("[CLS]\na\n##b\n") == {"[CLS]": 0, "a": 1, "##b": 2}


@pytest.mark.parametrize("most", [8, 20, WINDOW])
def test_windows_hold_every_token_once_and_whole_sentences_where_they_fit(most: int) -> None:
    read_, _ = sentences(read(["Harbours us s. Us harbour harbours l le s us, harbour.", "Us. " * 30]))
    cut = Cutter(KNOWN)
    rows = [cut.row(number, one) for number, one in enumerate(read_)]
    made = list(cut.windows(rows, most))
    assert all(len(one.pieces) <= most for one in made)
    assert all(len(one.pieces) == len(one.shapes) == len(one.hints) == len(one.tokens) for one in made)
    assert all(one.pieces[0] == KNOWN["[CLS]"] and one.pieces[-1] == KNOWN["[SEP]"] for one in made)
    told = [token for one in made for token in one.tokens if token != NOWHERE]
    assert told == [(number, at) for number, one in enumerate(read_) for at in range(len(one.tokens))]
    for number, row in enumerate(rows):
        if len(row.pieces) <= most - 2:
            assert sum(any(sentence == number for sentence, _ in one.tokens) for one in made) == 1


TEXTS = (
    "Ines Calloway of the Aldery Harbour Board met Lord Tennick in Oslo on Tuesday.",
    "It rained all day.",
    "“Nothing is settled,” Calloway told the Aldery Ledger.",
)


def found(*texts: str) -> set[tuple[str, str]]:
    return {(span.words, span.kind) for span in recognise(texts, taggers.tagger("accurate"))}


def test_it_is_found_through_its_entry_point() -> None:
    assert taggers.version("accurate") == f"accurate-{VERSION}" == taggers.tagger("accurate").name


def test_it_finds_who_and_where() -> None:
    assert found(*TEXTS) >= {
        ("Ines Calloway", P),
        ("Calloway", P),
        ("Aldery Harbour Board", O),
        ("Tennick", P),
        ("Oslo", L),
        ("Aldery Ledger", O),
    }


@pytest.mark.parametrize("texts", [(), ("",), ("it rained", "  "), ("“ ” — ...",), ("x" * 3000,)])
def test_texts_without_names_have_none(texts: tuple[str, ...]) -> None:
    assert found(*texts) == set()


def test_names_depend_neither_on_threads_nor_on_what_was_read_before() -> None:
    tagger = taggers.tagger("accurate")
    documents = [read([text]) for text in TEXTS] * 6
    alone = [tagger.names(document) for document in documents]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(tagger.names, documents)) == alone


def test_its_model_is_the_one_pinned() -> None:
    data = files("morgue_accurate").joinpath("model.onnx").read_bytes()
    assert hashlib.sha256(data).hexdigest() == accurate.SHA256


def test_a_damaged_model_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accurate, "SHA256", "0" * 64)
    taggers.tagger.cache_clear()
    with pytest.raises(SiteError, match=r"accurate cannot be used: model\.onnx has SHA-256"):
        taggers.tagger("accurate")
    taggers.tagger.cache_clear()


CODE = """
import sys
from generator.annotate.recognise import recognise
from generator.annotate.taggers import tagger
texts = [f"Ines Calloway{n} of the Harbour Board No{n} met Lord Tennick in Oslo, the Aldery Ledger said." for n in range(300)]
recognise(texts, tagger(sys.argv[1]))
with open("/proc/self/status") as status:
    print(next(int(line.split()[1]) // 1024 for line in status if line.startswith("VmHWM:")))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is told otherwise there")
@pytest.mark.parametrize(("name", "most"), [("light", 150), ("accurate", 400)])
def test_taggers_keep_within_their_memory(name: str, most: int) -> None:
    done: Any = subprocess.run([sys.executable, "-c", CODE, name], capture_output=True, text=True, check=True)
    assert int(done.stdout) <= most
