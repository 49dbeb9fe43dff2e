"""What the packaged names say against a tagger, datelines, and clubs under their town's name."""

import pytest

from generator.annotate.datelines import with_datelines
from generator.annotate.gazetteer import gazetteer
from generator.annotate.knowledge import informed
from generator.annotate.lexicon import lexicon
from generator.annotate.listed import by_first_word, listed_names
from generator.annotate.spans import LIKELY, PROVEN, Kind, Span
from generator.annotate.teams import with_teams
from generator.annotate.tokens import read

P, O, L = "people", "organisations", "places"  # noqa: E741
KINDS: dict[str, Kind] = {"P": P, "O": O, "L": L, "X": "other"}


def spans(texts: list[str], told: str, sure: int = LIKELY) -> list[Span]:
    """Spans told as "P Nikola; L Leeds": of each kind, where the words stand first after the one before."""
    found: list[Span] = []
    number = at = 0
    for one in filter(None, told.split("; ")):
        kind, words = one.split(" ", 1)
        while words not in texts[number][at:]:
            number, at = number + 1, 0
        start = texts[number].index(words, at)
        at = start + len(words)
        found.append(Span(number, start, at, KINDS[kind], sure, words, "model"))
    return found


def told(found: list[Span]) -> str:
    names = {kind: letter for letter, kind in KINDS.items()}
    return "; ".join(f"{names[span.kind]} {span.words}" for span in found)


@pytest.mark.parametrize(
    ("text", "model", "expected"),
    [
        ("Shares of Adani Ports fell.", "O Adani", "O Adani Ports"),
        ("The Dow Jones Industrial Average rose.", "O Dow Jones", ""),
        ("the S&P 500 gained 32 points", "O S&P", ""),
        ("The Medicines and Healthcare products Regulatory Agency said so.", "O Medicines and Healthcare; O Regulatory Agency",
         "O Medicines and Healthcare products Regulatory Agency"),
        ("a court in Frankfurt (Oder) said", "L Frankfurt; L Oder", "L Frankfurt (Oder)"),
        ("the Bank of China Tower fell", "L Bank of China Tower", "L Bank of China Tower"),  # a longer one is left
        ("a bid by Petrobras failed", "P Petrobras", "O Petrobras"),
        ("hopes for the Pfizer shot", "", "O Pfizer"),
        ("hopes for a Pfizer Marlow shot", "", ""),  # may be of a longer name
        ("England's series was called off", "O England", "L England"),
        ("The Australian experts came.", "", ""),
        ("Fitch put Romania on negative outlook.", "P Fitch; L Romania", "O Fitch; L Romania"),
        ("Mr Fitch put Romania first.", "P Fitch; L Romania", "P Fitch; L Romania"),
        ("General Motors and Nikola signed", "O General Motors; P Nikola", "O General Motors; O Nikola"),
        ("Nikola met Ann. Nikola shares (NKLA.O) fell.", "P Nikola; P Ann; P Nikola; O NKLA", "O Nikola; P Ann; O Nikola"),
        ("Varg Corp fell. In May Varg had said no.", "O Varg Corp; P Varg", "O Varg Corp; O Varg"),
        ("Bakkali played with NATO, Bakkali and Ann. So Bakkali left.", "P Bakkali; O NATO; P Bakkali; P Ann; P Bakkali",
         "P Bakkali; O NATO; O Bakkali; P Ann; P Bakkali"),  # what the memory makes of it is another matter
        ("", "", ""),
    ],
)  # fmt: skip
def test_the_packaged_names_say_what_a_tagger_could_not_know(text: str, model: str, expected: str) -> None:
    assert told(informed(read([text]), spans([text], model))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NEW DELHI (Reuters) - Farmers said", "L NEW DELHI; O Reuters"),
        ("NAIROBI/ADDIS ABABA (Reuters) - Fighting", "L NAIROBI; L ADDIS ABABA; O Reuters"),
        ("VALDOSTA, Ga. (AP) - The president", "L VALDOSTA; L Ga.; O AP"),
        ("ROME, Dec 5 (Reuters) - Milan", "L ROME; O Reuters"),
        ("COVENTRY, England (AFP) - A nurse", "L COVENTRY; L England; O AFP"),
        ("NATO and the EU (Reuters had said so)", ""),
        ("The bill (AP) passed", ""),
    ],
)
def test_a_dateline_is_its_places_and_the_agency(text: str, expected: str) -> None:
    found = with_datelines([text], [])
    assert told(found) == expected
    assert all(text[span.start : span.end] == span.words for span in found)


def test_names_behind_a_dateline_stay() -> None:
    text = "ROME (Reuters) - Lazio won"
    assert told(with_datelines([text], spans([text], "O ROME; O Lazio"))) == "L ROME; O Reuters; O Lazio"


SPORT = "The striker scored two goals for the coach, and the match was won in stoppage time."


@pytest.mark.parametrize(
    ("text", "model", "expected"),
    [
        ("Arsenal host Southampton on Monday.", "O Arsenal; L Southampton", "O Arsenal; O Southampton"),
        (
            "A defeat by Leeds. Leeds stay up. He lives in Leeds.",
            "L Leeds; L Leeds; L Leeds",
            "O Leeds; O Leeds; L Leeds",
        ),
        ("the former Villarreal coach", "P Villarreal", "O Villarreal"),
        ("He joined the Kings. Kings 102, Lakers 99.", "O Lakers", "O Kings; O Kings; O Lakers"),
        ("Three kings, and Heat for all", "", ""),
        (
            "Bucks 119, Celtics 116: Milwaukee won in Boston.",
            "L Milwaukee; L Boston",
            "O Bucks; O Milwaukee; L Boston",
        ),
        ("They beat Norway.", "L Norway", "L Norway"),  # a country stays a place
        ("The club is based in Woking.", "L Woking", "L Woking"),
    ],
)
def test_a_club_is_called_by_its_town_where_sport_is_reported(text: str, model: str, expected: str) -> None:
    assert told(with_teams(read([text, SPORT]), spans([text, SPORT], model, PROVEN))) == expected


def test_a_list_of_results_is_a_report_on_sport() -> None:
    assert (
        told(with_teams(read(["Burnley 1 Hull 1"]), spans(["Burnley 1 Hull 1"], "L Burnley; L Hull")))
        == "O Burnley; O Hull"
    )


def test_towns_stay_places_where_no_sport_is_reported() -> None:
    text = "The council of Hull will face Leeds in court."
    assert told(with_teams(read([text]), spans([text], "L Hull; L Leeds"))) == "L Hull; L Leeds"


def test_of_names_that_overlap_the_longest_from_the_left_is_told() -> None:
    [(_, tokens)] = read(["He left the Bank of Japan for New York University Hospital."]).sentences
    assert [one.name for one in listed_names(tokens)] == ["Bank of Japan", "New York University"]


def test_names_are_counted_by_their_first_word() -> None:
    assert by_first_word([["A", "b"], ["A", "b", "c"], ["D"], []]) == {"A": (3, 2)}


def test_an_ampersand_stays_in_a_name_of_one_word() -> None:
    [(_, tokens)] = read(["AT&T and Grant & Stone sued."]).sentences
    assert [token.text for token in tokens] == ["AT&T", "and", "Grant", "&", "Stone", "sued", "."]


def test_an_agencys_slug_is_no_part_of_a_name() -> None:
    [(_, tokens)] = read(["Golf-Lindqvist-Bay beats 4-Rudin"]).sentences
    assert [token.text for token in tokens] == ["Golf", "-", "Lindqvist-Bay", "beats", "4", "-", "Rudin"]


def test_listed_bodies_are_no_words_and_no_places() -> None:
    known, places = lexicon(), gazetteer()
    words = {name for name in known.organisations if " " not in name and not name.isupper()}
    assert not known.organisations & known.doubtful_organisations
    assert not known.no_names & known.organisations
    assert len(known.organisations) > 7000
    assert len(places.places) > 11_000
    assert not words & places.countries
