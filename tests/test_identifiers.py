"""Numbers of countries, cities and organisations: from a record first, from the packaged lists where it agrees."""

import json
import re

import pytest
from archive_of import SITE, archive, filed, key

from generator.annotate.bodies import body, organisations
from generator.annotate.lexicon import lexicon, lines
from generator.archive.index import index
from generator.core.model import Coordinates, EntityKey, Record
from generator.render.structured import entity_data


@pytest.mark.parametrize(
    ("taxonomy", "name", "identifiers"),
    [
        ("places", "Ukraine", {"geonames": "690791", "iso3166": "UA"}),
        ("places", "US", {"geonames": "6252001", "iso3166": "US"}),
        ("places", "the Netherlands", {"geonames": "2750405", "iso3166": "NL"}),
        ("places", "California", {"geonames": "5332921", "iso3166": "US-CA"}),
        ("places", "Kiev", {"geonames": "703448"}),
        ("organisations", "Nato", {"wikidata": "Q7184"}),
        ("organisations", "the United Nations", {"wikidata": "Q1065"}),
    ],
)
def test_what_the_world_knows_has_its_numbers(taxonomy: str, name: str, identifiers: dict[str, str]) -> None:
    found = body(taxonomy, name)
    assert found is not None
    assert dict(found.identifiers) == identifiers


@pytest.mark.parametrize(
    ("taxonomy", "name"),
    [
        ("places", "Cambridge"),  # England's and Massachusetts' are about as large
        ("places", "Georgia"),
        ("places", "Aldery"),
        ("places", "Norfolk"),  # a county before it is a city
        ("people", "Paris"),
        ("organisations", "Ukraine"),
        ("organisations", "Skerrin Line"),
        ("tags", "NATO"),
        ("places", ""),
    ],
)
def test_what_could_be_two_or_is_not_listed_has_none(taxonomy: str, name: str) -> None:
    assert body(taxonomy, name) is None


def test_every_listed_place_has_a_number_and_lies_on_the_globe() -> None:
    rows = [line.split("|") for line in lines("places.txt")]
    assert len(rows) > 3000
    for name, iso, number, latitude, longitude in rows:
        assert name and number.isdigit()
        assert re.fullmatch(r"(?:[A-Z]{2}(?:-[A-Z]{2})?)?", iso), name
        if latitude:
            assert abs(float(latitude)) <= 90 and abs(float(longitude)) <= 180, name
    assert len({row[0] for row in rows}) == len(rows)


def test_every_listed_organisation_has_one_number_and_its_forms_mean_it_alone() -> None:
    rows = [line.split("|") for line in lines("bodies.txt")]
    assert all(re.fullmatch(r"Q[1-9][0-9]*", number) for _, number, _ in rows)
    assert len({number for _, number, _ in rows}) == len(rows)
    forms = [form for name, _, others in rows for form in (name, *others.split(";")) if form]
    assert len(forms) == len(set(forms)) == len(organisations())
    assert {"NATO", "UN", "WHO", "IMF"} <= lexicon().organisations & set(forms)


@pytest.mark.parametrize(
    ("said", "identifiers", "where"),
    [
        ({}, {"geonames": "3161732"}, Coordinates(60.39, 5.32)),
        ({"identifiers": (("geonames", "1"),)}, {"geonames": "1"}, None),
        ({"identifiers": (("wikidata", "Q1"),)}, {"wikidata": "Q1"}, None),
        (
            {"identifiers": (("geonames", "3161732"), ("wikidata", "Q26793"))},
            {"geonames": "3161732", "wikidata": "Q26793"},
            Coordinates(60.39, 5.32),
        ),
        ({"coordinates": Coordinates(53.6, 4.0)}, {}, Coordinates(53.6, 4.0)),
        ({"coordinates": Coordinates(60.4, 5.3)}, {"geonames": "3161732"}, Coordinates(60.4, 5.3)),
    ],
)
def test_a_record_says_first_and_takes_the_rest_where_it_agrees(
    said: dict[str, object], identifiers: dict[str, str], where: Coordinates | None
) -> None:
    bergen = EntityKey("places", "bergen")
    record = Record(key=bergen, path="content/entities/places/bergen.md", name="Bergen", **said)  # type: ignore[arg-type]
    made = index([filed("a", names=("places:Bergen",))], [record], [], SITE, body)
    card = made.entities[bergen].card
    assert dict(card.identifiers) == identifiers
    assert card.coordinates == where


def test_a_name_without_a_record_has_the_numbers_of_the_list() -> None:
    made = index([filed("a", names=("places:Ukraine", "Ines Calloway"))], [], [], SITE, body)
    card = made.entities[key("places:Ukraine")].card
    assert dict(card.identifiers)["iso3166"] == "UA"
    assert card.coordinates == Coordinates(49.2, 31.3)
    assert made.entities[key("Ines Calloway")].card.identifiers == ()


def test_without_lists_only_records_speak() -> None:
    made = archive(filed("a", names=("places:Ukraine",)))
    assert made.entities[key("places:Ukraine")].card.identifiers == ()


def test_structured_data_names_the_same_thing_elsewhere_and_where_it_lies() -> None:
    made = index([filed("a", names=("places:Ukraine",))], [], [], SITE, body)
    about = json.loads(entity_data(made.entities[key("places:Ukraine")], "Place", SITE))["about"]
    assert about["sameAs"] == ["https://www.geonames.org/690791"]
    assert about["geo"] == {"@type": "GeoCoordinates", "latitude": 49.2, "longitude": 31.3}
