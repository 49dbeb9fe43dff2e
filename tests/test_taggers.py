"""Taggers: which one reads an archive, what each finds, and that the same text always gives the same names."""

import hashlib
import subprocess
import sys
import zlib
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.annotate import rules, taggers
from generator.annotate.recognise import recognise
from generator.annotate.tagging import light as light_module
from generator.annotate.tagging import model
from generator.annotate.tagging.agreeing import agreed
from generator.annotate.tagging.context import is_with_article, kind_around
from generator.annotate.tagging.decode import likeliest
from generator.annotate.tagging.features import Read
from generator.annotate.tagging.hints import HINTS, hints, may_name, shapes
from generator.annotate.tagging.labels import COUNT, LABELS
from generator.annotate.tagging.light import Light, light
from generator.annotate.tagging.runs import runs
from generator.annotate.tokens import read
from generator.annotate.votes import votes
from generator.core.problems import SiteError

P, O, L = "people", "organisations", "places"  # noqa: E741


def found(*texts: str, tagger: str = "light") -> set[tuple[str, str]]:
    return {(span.words, span.kind) for span in recognise(texts, taggers.tagger(tagger))}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("He met US Secretary of State Antony Blinken.", {("US", L), ("Antony Blinken", P)}),
        (
            "Mrs Halvorsen flew to NATO headquarters in Brussels.",
            {("Halvorsen", P), ("NATO", O), ("Brussels", L)},
        ),
        (
            "The Bank of England spoke to Ursula von der Leyen.",
            {("Bank of England", O), ("Ursula von der Leyen", P)},
        ),
        ("It was Captain von Hellens.", {("von Hellens", P)}),
        ("Hugh St John KC spoke.", {("Hugh St John", P)}),
        ("OSLO was quiet on Monday.", {("OSLO", L)}),
        ("The Norwegian side of the river.", set()),
        ("On Monday the rain went on, and nobody minded.", set()),
        ("", set()),
        ("... — “ ”", set()),
    ],
)
def test_the_light_tagger_finds_names_and_nothing_else(text: str, names: set[tuple[str, str]]) -> None:
    assert found(text) == names


@pytest.mark.parametrize(
    ("before", "name", "behind", "kind"),
    [
        ("Shares in ", "Morgan Fell", " rose.", O),
        ("said Ada Kell, strategist at ", "Morgan Fell", ".", O),
        ("he told the agency ", "Severnaya Linia", " so.", O),
        ("gravel from a firm called ", "Jordan Victor", ".", O),
        ("In Lund, ", "Victoire", " lost 2%.", O),
        ("Then ", "Victoire", "'s shares fell.", O),
        ("So ", "Adler Neumann", ", the German insurer, said.", O),
        ("of Anders Öhman, 51, of ", "Mariehamn", ".", L),
        ("So ", "Adler Neumann", ", an agency clerk, said.", None),
        ("He spoke to ", "Adler Neumann", " of shares.", None),
        ("Stocks in ", "Oslo", " lost 2%.", None),
        ("She is ", "Victoire", ".", None),
    ],
)
def test_what_stands_around_a_name_tells_its_kind(
    before: str, name: str, behind: str, kind: str | None
) -> None:
    text = before + name + behind
    assert kind_around(text, len(before), len(before) + len(name), P) == kind


def test_what_is_a_body_already_stays_one() -> None:
    assert kind_around("the firm Kell", 9, 13, O) is None


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("a stretch of the Trent so empty", "Trent", True),
        ("The Trent, a river", "Trent", True),
        ("the Obama era", "Obama", False),
        ("met Obama there", "Obama", False),
        ("Trent", "Trent", False),
    ],
)
def test_a_person_has_no_article(text: str, word: str, expected: bool) -> None:
    [(_, tokens)] = read([text]).sentences
    at = [token.text for token in tokens].index(word)
    assert is_with_article(tokens, at, at + 1) is expected


@given(st.text(alphabet="ab ,%’'1sharesinfel", max_size=400), st.integers(0, 400), st.integers(0, 400))
def test_what_stands_around_is_read_of_any_text(text: str, start: int, end: int) -> None:
    assert kind_around(text, min(start, end), max(start, end), P) in {None, O, L}


def test_the_light_tagger_reads_what_no_list_knows() -> None:
    assert {("Skarsgaard", P), ("Ove Skarsgaard", P), ("Vellmoor", L)} <= found(
        "The boats of Ove Skarsgaard lay at Vellmoor.", "Skarsgaard, 41, said so."
    )


def test_names_do_not_depend_on_what_was_read_before() -> None:
    texts = ["Lord Tennick of Aldery met the Harbour Board.", "Tennick praised Ines Calloway of the Ledger."]
    fresh = Light(
        model.unpack((Path(light_module.__file__).parent.parent / "data" / "light.crf").read_bytes())
    )
    alone = fresh.names(read(texts))
    fresh.names(read(["Somebody else entirely spoke in Oslo to the Norwegian Maritime Authority."] * 3))
    assert fresh.names(read(texts)) == alone


def test_the_same_words_in_a_document_are_the_same_name() -> None:
    one = reading("They saw Ulm but Ulm.")
    sure, unsure = [[0.1, 0.9, *[0.0] * 7]], [[0.5, *[0.0] * 4, 0.5, 0.0, 0.0, 0.0]]
    nobody = [[1.0, *[0.0] * 8]]
    assert agreed([one, one], [[nobody, sure, unsure], [nobody, unsure, unsure]]) == [
        [nobody, mean, mean]
        for mean in [[[pytest.approx(value) for value in (0.4, 0.225, 0, 0, 0, 0.375, 0, 0, 0)]]] * 2
    ]


def test_names_do_not_depend_on_the_hash_seed() -> None:
    code = (
        "from generator.annotate.recognise import recognise\nfrom generator.annotate.taggers import tagger\n"
        "print(recognise(['Ines Calloway of the Aldery Ledger met Lord Tennick in Oslo, the Harbour Board said.'],"
        " tagger('light')))"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1


def test_choosing_an_annotator_reads_no_model() -> None:
    light.cache_clear()
    assert rules.annotator("light").name == light_module.NAME
    assert light.cache_info().misses == 0


def test_the_rules_are_an_annotator_too() -> None:
    assert rules.annotator("rules") == rules.RULES
    assert found("He met Ines Calloway.", tagger="rules") == {("Ines Calloway", P)}


def test_a_tagger_that_is_not_installed_is_a_problem_that_says_what_to_install() -> None:
    with pytest.raises(SiteError) as caught:
        rules.annotator("absent")
    assert [str(problem) for problem in caught.value.problems] == [
        "annotate.tagger: absent is not installed (pip install morgue-absent, or take light, which needs nothing more)"
        " [E418]"
    ]


def test_a_tagger_whose_files_are_damaged_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(light_module, "SHA256", "0" * 64)
    light.cache_clear()
    taggers.tagger.cache_clear()
    with pytest.raises(SiteError) as caught:
        taggers.tagger("light")
    [problem] = caught.value.problems
    assert problem.code == "E419"
    assert problem.message.startswith(
        "annotate.tagger: light cannot be used: the packaged model light.crf has SHA-256"
    )
    light.cache_clear()


def test_the_packaged_model_is_the_one_pinned() -> None:
    data = (Path(light_module.__file__).parent.parent / "data" / "light.crf").read_bytes()
    assert hashlib.sha256(data).hexdigest() == light_module.SHA256


def test_a_model_is_unpacked_as_it_was_packed() -> None:
    weights = {"w é\x01": [0.0, 1.5, *[0.0] * 7], "none": [0.001] * COUNT, "big": [-4000.0, *[0.0] * 8]}
    transitions = [[float(a - b) for b in range(COUNT)] for a in range(COUNT)]
    made = model.unpack(model.pack(weights, transitions))
    assert made.features == {"big": (-32767, *[0] * 8), "w é\x01": (0, 150, *[0] * 7)}
    assert made.transitions[0] == tuple(float(-b) for b in range(COUNT))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"plain",
        zlib.compress(b"[]"),
        zlib.compress(b"[[]]\nf\n\n123"),
        zlib.compress(b"[[]]\nf\n\n" + bytes(18)),
        zlib.compress(b"[]\n\n")[:-6],
    ],
)
def test_what_is_no_model_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="not a packed model"):
        model.unpack(data)


@given(st.lists(st.lists(st.floats(0, 1), min_size=COUNT, max_size=COUNT), min_size=1, max_size=8))
def test_an_inside_always_continues_its_kind(rows: Sequence[Sequence[float]]) -> None:
    path = likeliest(rows)
    assert len(path) == len(rows)
    for before, label in zip([0, *path], path, strict=False):
        assert not LABELS[label].startswith("I-") or before in {label, label - 1}


def reading(text: str) -> Read:
    document = read([text])
    [(_, tokens)] = document.sentences
    said = votes(tokens, document)
    return Read(tokens, said, hints(tokens, said, document), shapes(tokens), runs(tokens))


def told(text: str, word: str) -> set[str]:
    one = reading(text)
    at = [token.text for token in one.tokens].index(word)
    return {name for number, name in enumerate(HINTS) if one.hints[at] >> number & 1}


@pytest.mark.parametrize(
    ("text", "runs_of_it"),
    [
        ("He saw Bank of England men and Ms X.", ["He", "Bank of England", "Ms X"]),
        ("It cost 5 to 7 euros near the river.", ["It", "5 to 7"]),
        ("nothing here at all", []),
        ("We met Ursula von der Leyen, of the very old town Ulm.", ["We", "Ursula von der Leyen", "Ulm"]),
    ],
)
def test_names_stand_in_runs_of_capitals(text: str, runs_of_it: list[str]) -> None:
    one = reading(text)
    assert [text[one.tokens[r.start].start : one.tokens[r.end - 1].end] for r in one.runs] == runs_of_it


def test_hints_tell_what_lists_and_rules_know() -> None:
    assert {"place", "b-places"} <= told("They went to Oslo.", "Oslo")
    assert {"organisation", "b-organisations"} <= told("The European Union agreed.", "European")
    assert "common" in told("They went to Oslo.", "went")
    assert {"given", "b-people", "capital"} <= told("It was Peter Calloway.", "Peter")


def test_words_are_told_by_how_they_are_written() -> None:
    text = "It was iPhone 7 by U.S. NATO X, 3Rd Ann"
    assert shapes(reading(text).tokens) == [18, 0, 9, 2, 0, 7, 6, 5, 3, 4, 8]
    assert set(shapes(reading("WAR ENDS IN FAROE ISLANDS").tokens)) == {20}


@pytest.mark.parametrize(
    ("text", "may"),
    [("It rained.", False), ("It rained in Ulm.", True), ("Rain fell.", True), ("an iPhone", True)],
)
def test_sentences_without_a_capital_that_tells_hold_no_name(text: str, may: bool) -> None:
    assert may_name(reading(text).tokens) is may
