"""Which names mean the same, within a document and across an archive."""

import os
from collections.abc import Sequence
from importlib.util import find_spec

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.quality import entity_sets
from benchmarks.quality.gold_set import Half, load
from benchmarks.quality.resolver import SETS, SHARED, measure
from generator.annotate.coreference import Group, Mentioned, groups
from generator.annotate.naming import organisation_key, place_key, spells
from generator.annotate.persons import Likeness, filed, likeness, looked_for, marks, person_name
from generator.annotate.resolver import Resolution, resolution
from generator.annotate.spans import Kind
from generator.annotate.spelling import spelled


@pytest.mark.parametrize(
    ("name", "floors"),
    [
        ("own", {"PER": 0.99, "ORG": 0.975, "LOC": 0.995}),
        ("MEANTIME", {"PER": 0.985, "ORG": 0.975, "LOC": 0.96}),
        ("ECB+", {"PER": 0.99}),
        ("gold", {"PER": 0.98, "ORG": 0.975, "LOC": 0.99}),
    ],
)
def test_gold_mentions_are_resolved_as_well_as_before(name: str, floors: dict[str, float]) -> None:
    if name in {"MEANTIME", "ECB+"} and not SHARED.is_dir():
        pytest.skip(f"{SHARED} is not present")
    scores = measure(list(SETS[name]()))
    for kind, floor in floors.items():
        assert scores[kind].f1 >= floor, f"{kind}: {scores[kind]}"


@pytest.mark.parametrize(
    ("tagger", "half", "floor"),
    [
        ("light", "dev", 0.89),
        ("light", "test", 0.85),
        ("rules", None, 0.83),
        ("accurate", "dev", 0.92),
        ("accurate", "test", 0.87),
    ],
)
def test_articles_are_filed_as_well_as_before(tagger: str, half: Half | None, floor: float) -> None:
    if tagger == "accurate" and find_spec("morgue_accurate") is None and not os.environ.get("CI"):
        pytest.skip("models/accurate is not installed")
    scores, _ = entity_sets.measure(load(half), tagger)
    assert scores["ALL"].f1 >= floor, scores


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ('Sir Roderick "Roddy" Strand', "Roderick Strand"),
        ("Dolores “Lola” Ruiz", "Dolores Ruiz"),
        ("Conan O'Brien", "Conan O'Brien"),
        ('Roderick "Roddy"', 'Roderick "Roddy"'),
    ],
)
def test_a_person_is_filed_without_titles_and_nickname(name: str, expected: str) -> None:
    assert filed(name) == expected
    assert person_name(name) == person_name(expected)


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ("Volodymyr Zelenskiy", "Volodymyr Zelensky", "SAME"),
        ("Sergei Lavrov", "Sergey Lavrov", "SAME"),
        ("Aleksandr Lukashenko", "Alexander Lukashenko", "SAME"),
        ("Muammar al-Gaddafi", "Muammar Gaddafi", "SAME"),
        ("Zoë Lindqvist", "Zoe Lindqvist", "SAME"),
        ("Ines M. Calloway", "Ines Calloway", "SAME"),
        ("Mr Justice Ana Ruiz", "Ana Ruiz", "SAME"),
        ("Harold Finch Jr.", "Harold Finch", "SAME"),
        ("Kim Jong-un", "Kim Jong Un", "SAME"),
        ("Jean-Claude Marchetti", "Jean Claude Marchetti", "SAME"),
        ("Recep Tayyip Erdogan", "Tayyip Erdoğan", "MIDDLE"),
        ("J. Rehn", "Jane Rehn", "INITIAL"),
        ("J.K. Rehn", "Joanne Rehn", "INITIAL"),
        ("Bob Ashdown", "Robert Ashdown", "NICKNAME"),
        ("Chris Ashdown", "Christopher Ashdown", "NICKNAME"),
        ("Ines Calloway", "Birgit Calloway", "NONE"),
        ("Ines Calloway", "Ines Rehn", "NONE"),
        ("J. Rehn", "Tomas Rehn", "NONE"),
        ("Kim Jong-il", "Kim Jong Un", "CONTRARY"),
        ("George W. Tolland", "George H. W. Tolland", "CONTRARY"),
        ("Harold Finch Jr.", "Harold Finch Sr.", "CONTRARY"),
    ],
)
def test_two_names_of_a_person_are_told_from_those_of_two(one: str, other: str, how: str) -> None:
    assert likeness(person_name(one), person_name(other)).name == how
    assert likeness(person_name(other), person_name(one)).name == how


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the Boeing Co.", "Boeing"),
        ("Aer Lingus Group PLC", "Aer Lingus"),
        ("North Atlantic Treaty Organisation", "NATO"),
        ("Ministry of Defence", "Ministry of Defense"),
        ("Marks & Rehn", "Marks and Rehn"),
        ("World Maritime Observatory WMO Ltd", "World Maritime Observatory"),
    ],
)
def test_an_organisation_has_one_key(one: str, other: str) -> None:
    assert organisation_key(one) == organisation_key(other)


def test_an_organisation_of_a_common_word_keeps_its_suffix() -> None:
    assert organisation_key("The Company Ltd") != organisation_key("Company")


@pytest.mark.parametrize(
    ("one", "other"),
    [("the U.S.", "America"), ("Kiev", "Kyiv"), ("Turin, Italy", "Turin"), ("Mt. Kell", "Mount Kell")],
)
def test_a_place_has_one_key(one: str, other: str) -> None:
    assert place_key(one) == place_key(other)


def test_an_airport_is_not_its_town() -> None:
    assert place_key("Aldery Airport") == place_key("Aldery International Airport") != place_key("Aldery")


def test_an_acronym_is_spelled_by_initials_with_or_without_small_words() -> None:
    assert spells("IMF", "International Monetary Fund")
    assert spells("DoD", "Department of Defense")
    assert spells("U.N.", "United Nations")
    assert not spells("UN", "Nations")
    assert not spells("WMO", "World Bank")


def mentions(*names: str, kind: Kind = "people") -> list[Mentioned]:
    return [Mentioned(kind, name.strip("()"), name.startswith("(")) for name in names]


def resolved(*documents: Sequence[str], kind: Kind = "people") -> tuple[list[list[str]], Resolution]:
    grouped = [groups(mentions(*document, kind=kind)) for document in documents]
    found = resolution(grouped)
    return [[found.name(group) for group in document] for document in grouped], found


@pytest.mark.parametrize(
    ("names", "of_birgit"),
    [
        (("Rehn", "Tomas Rehn", "Birgit Rehn", "Rehn", "Tomas"), (2,)),
        (("Tomas Rehn", "Birgit Rehn", "Birgit Rehn", "Rehn"), (1, 2, 3)),
        (("Tomas Rehn", "Rehn", "Birgit Rehn", "Rehn"), (2,)),
    ],
)
def test_a_surname_is_whose_the_article_is_about_else_the_first_later_ones(
    names: tuple[str, ...], of_birgit: tuple[int, ...]
) -> None:
    found = {group.name: group.mentions for group in groups(mentions(*names))}
    others = tuple(place for place in range(len(names)) if place not in of_birgit)
    assert found == {"Tomas Rehn": others, "Birgit Rehn": of_birgit}


def test_an_acronym_in_brackets_is_the_name_before_it_whatever_its_letters() -> None:
    found = groups(mentions("Singapore Air Lines", "(SIA)", "SIA", kind="organisations"))
    assert [group.mentions for group in found] == [(0, 1, 2)]


def test_two_bodies_of_one_first_word_stay_apart_and_the_word_is_neither() -> None:
    found = groups(mentions("Marrow Foods", "Marrow Shipping", "Marrow", kind="organisations"))
    assert [group.mentions for group in found] == [(0,), (1,), (2,)]


def test_a_company_known_by_one_word_is_not_every_name_that_begins_so() -> None:
    found = groups(mentions("Apple", "Apple Corps", kind="organisations"))
    assert len(found) == 2


def test_names_of_one_person_are_filed_under_one_across_documents() -> None:
    names, _ = resolved(["Robert Ashdown", "Ashdown"], ["Robert Ashdown"], ["Bob Ashdown"], ["R. Ashdown"])
    assert names == [["Robert Ashdown"]] * 4


def test_a_name_that_could_be_two_peoples_stays_itself_and_is_a_candidate() -> None:
    names, found = resolved(["George W. Tolland"], ["George H. W. Tolland"], ["George Tolland"])
    assert names == [["George W. Tolland"], ["George H. W. Tolland"], ["George Tolland"]]
    assert {(doubt.name, doubt.other) for doubt in found.doubts} == {
        ("George Tolland", "George W. Tolland"),
        ("George Tolland", "George H. W. Tolland"),
    }


def test_a_surname_alone_means_who_has_it_in_enough_articles() -> None:
    names, _ = resolved(["Ines Calloway"], ["Ines Calloway"], ["Calloway"])
    assert names[2] == ["Ines Calloway"]


@pytest.mark.parametrize(
    "documents",
    [
        [["Ines Calloway"], ["Calloway"]],  # one article is too few
        [["Ines Calloway"]] * 2 + [["Jon Calloway"]] + [["Calloway"]],  # two of three are less than 70 %
        [["Calloway"]],
    ],
)
def test_a_surname_alone_stays_unlinked_where_that_is_not_so(documents: list[list[str]]) -> None:
    names, _ = resolved(*documents)
    assert names[-1] == [""]


@pytest.mark.parametrize(
    ("people", "organisations", "kinds"),
    [
        (2, 1, {("organisations", "Ada Rehn"): "people"}),
        (1, 2, {("people", "Ada Rehn"): "organisations"}),
        (1, 1, {}),
        (3, 2, {}),
        (1, 0, {}),
    ],
)
def test_a_name_is_what_most_articles_have_it_for(
    people: int, organisations: int, kinds: dict[tuple[str, str], str]
) -> None:
    person = Group("people", "Ada Rehn", ("Ada Rehn",), ())
    body = Group("organisations", "Ada Rehn", ("Ada Rehn",), ())
    assert resolution([[person]] * people + [[body]] * organisations).kinds == kinds


def test_of_two_names_used_alike_the_one_without_initials_is_kept() -> None:
    names, _ = resolved(["Barack H. Obama"], ["Barack Obama"])
    assert names == [["Barack Obama"], ["Barack Obama"]]


def test_what_an_editor_listed_stays_itself_and_draws_the_others() -> None:
    grouped = [groups(mentions(name)) for name in ("Bob Ashdown", "Robert Ashdown", "Robert Ashdown")]
    found = resolution(grouped, kept=[("people", "Bob Ashdown")])
    assert found.names == {("people", "Robert Ashdown"): "Bob Ashdown"}


def test_an_acronym_joined_to_its_long_form_in_one_article_means_it_in_others() -> None:
    names, _ = resolved(["World Maritime Observatory", "(WMO)"], ["WMO"], kind="organisations")
    assert names == [["World Maritime Observatory"], ["World Maritime Observatory"]]


def test_an_acronym_that_no_article_explains_is_a_candidate_only() -> None:
    names, found = resolved(["World Maritime Observatory"], ["WMO"], kind="organisations")
    assert names == [["World Maritime Observatory"], ["WMO"]]
    assert [(d.name, d.other, d.reason) for d in found.doubts] == [
        ("WMO", "World Maritime Observatory", "initials")
    ]


NAMES = st.lists(
    st.tuples(
        st.sampled_from(("Ana", "Jon", "J.", "Bob", "Robert", "", "Mr", "Ana M.", "Kim")),
        st.sampled_from(("Ruiz", "Rehn", "von der Aue", "Jong-un", "Ruiz Jr.", "")),
    ).map(lambda pair: " ".join(part for part in pair if part) or "Ana"),
    max_size=8,
)


@given(st.lists(NAMES, max_size=5))
def test_every_mention_is_in_one_group_and_the_order_of_documents_changes_nothing(
    documents: list[list[str]],
) -> None:
    grouped = [groups(mentions(*document)) for document in documents]
    for document, found in zip(documents, grouped, strict=True):
        assert sorted(at for group in found for at in group.mentions) == list(range(len(document)))
    assert resolution(grouped) == resolution(list(reversed(grouped)))


@given(st.text(max_size=30))
def test_any_text_has_a_key_and_it_is_stable(name: str) -> None:
    assert spelled(spelled(name)) == spelled(spelled(spelled(name)))
    assert isinstance(person_name(name).surname, str)
    assert likeness(person_name(name), person_name(name)) in {Likeness.SAME, Likeness.NONE}
    assert organisation_key(name) == organisation_key(name.strip())
    assert place_key(name) == place_key(name.strip())


GIVEN = st.lists(
    st.sampled_from(
        ("Jon", "J.", "Jonathan", "Robert", "Bob", "Rob", "R.", "Ana", "Anastasia", "Jean-Claude")
    ),
    min_size=1,
    max_size=3,
).map(" ".join)


@given(GIVEN, GIVEN)
def test_every_name_that_is_like_another_is_found_by_its_marks(one: str, other: str) -> None:
    first, second = person_name(f"{one} Ruiz"), person_name(f"{other} Ruiz")
    if likeness(first, second) > Likeness.NONE:
        assert set(looked_for(first)) & set(marks(second))


def test_groups_come_in_the_order_of_their_first_mentions() -> None:
    found = groups(
        [Mentioned("places", "Aldery"), Mentioned("people", "Ana Ruiz"), Mentioned("places", "Kell")]
    )
    assert [group.name for group in found] == ["Aldery", "Ana Ruiz", "Kell"]
    assert all(isinstance(group, Group) for group in found)
