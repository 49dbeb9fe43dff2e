"""What a tagger cut too short or ran together, put right."""

import pytest

from generator.annotate.mending import mended
from generator.annotate.spans import LIKELY, PROVEN, Kind, Span


def span(text: str, words: str, kind: Kind, sure: int = PROVEN, rule: str = "head") -> Span:
    start = text.index(words)
    return Span(0, start, start + len(words), kind, sure, words, rule)


def names(text: str, *given: Span) -> list[tuple[str, str]]:
    found = mended([text], given)
    assert all(text[one.start : one.end] == one.words for one in found)
    return [(one.kind, one.words) for one in found]


@pytest.mark.parametrize(
    ("text", "words", "kind", "expected"),
    [
        ("the Finnish Border Guard came", "Border Guard", "organisations", [("organisations", "Finnish Border Guard")]),
        ("the Finnish Brandvold Bank came", "Brandvold Bank", "organisations", [("organisations", "Brandvold Bank")]),
        ("the Finnish Foreign Ministry", "Foreign Ministry", "organisations", [("organisations", "Foreign Ministry")]),
        ("the old Border Guard came", "Border Guard", "organisations", [("organisations", "Border Guard")]),
        ("Grant & Stone sold", "Grant & Stone", "people", [("organisations", "Grant & Stone")]),
        ("told The Kell Post", "Kell Post", "organisations", [("organisations", "The Kell Post")]),
        ("told the Kell Post", "Kell Post", "organisations", [("organisations", "Kell Post")]),
        ("so. The Kell Post said", "Kell Post", "organisations", [("organisations", "Kell Post")]),
        ("The Kell Post said", "Kell Post", "organisations", [("organisations", "Kell Post")]),
        ("told The Levant", "The", "organisations", []),
        ("the Normandy format", "Normandy", "places", []),
        ("the Minsk accords", "Minsk", "places", []),
        ("the Normandy coast", "Normandy", "places", [("places", "Normandy")]),
        ("Belgian beer", "Belgian", "organisations", []),
        ("Belgian Deputy Foreign Minister Ada Aas", "Belgian Deputy", "organisations", []),
        ("Grant & Stone sold", "Grant & Stone", "places", [("organisations", "Grant & Stone")]),
        ("Antigua & Barbuda voted", "Antigua & Barbuda", "places", [("places", "Antigua & Barbuda")]),
        ("the Speaker rose", "Speaker", "organisations", []),
        (
            "the Ministry of Trade, Industry and Fisheries paid",
            "Ministry of Trade",
            "organisations",
            [("organisations", "Ministry of Trade, Industry and Fisheries")],
        ),
        (
            "the Bank of England, Barclays and Lloyds paid",
            "Bank of England",
            "organisations",
            [("organisations", "Bank of England")],
        ),
        ("Georgia voted", "Georgia", "places", [("places", "Georgia")]),
        (
            "In Helsinki Pirkko Rautavaara spoke",
            "Helsinki Pirkko Rautavaara",
            "places",
            [("places", "Helsinki"), ("people", "Pirkko Rautavaara")],
        ),
        ("in Helsinki Central Station", "Helsinki Central Station", "places", [("places", "Helsinki Central Station")]),
    ],
)  # fmt: skip
def test_a_name_is_mended(text: str, words: str, kind: Kind, expected: list[tuple[str, str]]) -> None:
    assert names(text, span(text, words, kind)) == expected


def test_a_body_takes_the_place_that_of_joins_to_it() -> None:
    text = "The National Library of the Faroe Islands shut, and the President of Finland."
    body = span(text, "National Library", "organisations", LIKELY)
    islands = span(text, "Faroe Islands", "places")
    finland = span(text, "Finland", "places")
    assert names(text, body, islands, finland) == [
        ("organisations", "National Library of the Faroe Islands"),
        ("places", "Finland"),
    ]


def test_a_firm_takes_no_place_where_it_is_of() -> None:
    text = "They bought Gate Valves Inc. of Cleveland."
    firm, place = span(text, "Gate Valves Inc.", "organisations"), span(text, "Cleveland", "places")
    assert names(text, firm, place) == [("organisations", "Gate Valves Inc."), ("places", "Cleveland")]


@pytest.mark.parametrize("first", ["people", "organisations"])
def test_two_partners_are_a_firm(first: Kind) -> None:
    text = "Shares in Calder & Marsh fell."
    assert names(text, span(text, "Calder", first), span(text, "Marsh", "people")) == [
        ("organisations", "Calder & Marsh")
    ]


def test_two_firms_and_a_firm_beside_a_place_stay_two() -> None:
    text = "Shares in Calder & Marsh fell."
    pairs: list[tuple[Kind, Kind]] = [("organisations", "organisations"), ("people", "places")]
    for first, second in pairs:
        found = names(text, span(text, "Calder", first), span(text, "Marsh", second))
        assert found == [(first, "Calder"), (second, "Marsh")]


@pytest.mark.parametrize(
    "parts",
    [
        ("Roderick", "Strand"),
        ("Roderick", "Roddy", "Strand"),
        ('Roderick "Roddy', "Strand"),
        ("Roddy", "Strand"),
    ],
)
def test_a_person_with_a_nickname_is_one(parts: tuple[str, ...]) -> None:
    text = 'Then Roderick "Roddy" Strand told them.'
    found = names(text, *(span(text, part, "people") for part in parts))
    whole = parts[0].startswith("Roderick")
    assert found == [
        ("people", 'Roderick "Roddy" Strand' if whole else part) for part in parts[: 1 if whole else 2]
    ]


def test_words_quoted_between_two_persons_join_nobody() -> None:
    text = 'Anna Kell said "No" to Strand.'
    assert len(names(text, span(text, "Anna Kell", "people"), span(text, "Strand", "people"))) == 2


@pytest.mark.parametrize(("sure", "kept"), [(PROVEN, True), (LIKELY, False)])
def test_a_word_that_is_seldom_a_name_has_to_be_proven(sure: int, kept: bool) -> None:
    assert bool(names("then May spoke", span("then May spoke", "May", "people", sure))) is kept


def test_a_person_in_a_place_is_not_part_of_it() -> None:
    text = "Kell of Finland spoke."
    assert len(names(text, span(text, "Kell", "people"), span(text, "Finland", "places"))) == 2


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("Torbjørn", "Torbjørn Aas"),
        ("Robert Geir-Arne", "Robert Geir-Arne Aas"),
        ("Northern Fisheries Torbjørn", "Torbjørn Aas"),
        ("said Mr", "Aas"),
        ("the Norwegian", "Aas"),
        ("in Norway", "Aas"),
        ("Yesterday", "Aas"),
        ("the mayor", "Aas"),
    ],
)
def test_a_surname_takes_the_given_names_right_before_it(before: str, expected: str) -> None:
    text = f"{before} Aas spoke."
    assert names(text, span(text, "Aas", "people", LIKELY)) == [("people", expected)]


def test_a_given_name_and_a_surname_that_were_found_apart_are_one_name() -> None:
    text = "Torbjørn Aas spoke."
    found = names(text, span(text, "Torbjørn", "people"), span(text, "Aas", "people", LIKELY))
    assert found == [("people", "Torbjørn Aas")]
