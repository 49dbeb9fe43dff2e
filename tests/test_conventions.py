"""What the training sets mark in different ways, brought to one."""

import pytest

from models.conventions import acting_places, harmonised


def marked(text: str, words: str, kind: str, *, told_misc: bool = False) -> list[tuple[str, str]]:
    start = text.index(words)
    found = harmonised([text], [(0, start, start + len(words), kind)], told_misc=told_misc)
    return [(text[begin:end], kind) for _, begin, end, kind in found]


@pytest.mark.parametrize(
    ("text", "words", "kind", "expected"),
    [
        ("met US President Barack Obama", "US President Barack Obama", "PER", [("Barack Obama", "PER")]),
        ("met Mr. Kell's aunt", "Mr. Kell's", "PER", [("Kell", "PER")]),
        ("met the Duchess of Kell", "Duchess of Kell", "PER", [("Duchess of Kell", "PER")]),
        ("met LeRoy Pope Walker", "LeRoy Pope Walker", "PER", [("LeRoy Pope Walker", "PER")]),
        ("in the Alps", "the Alps", "LOC", [("Alps", "LOC")]),
        ("in The Hague", "The Hague", "LOC", [("The Hague", "LOC")]),
        ("in Denver, Colorado", "Denver, Colorado", "LOC", [("Denver", "LOC"), ("Colorado", "LOC")]),
        ("in Washington, D.C.", "Washington, D.C.", "LOC", [("Washington, D.C.", "LOC")]),
        ("Russian oil", "Russian", "LOC", []),
        ("some Americans", "Americans", "PER", []),
        ("McDonald's sold", "McDonald's", "ORG", [("McDonald's", "ORG")]),
        ("Georgia won", "Georgia", "ORG", [("Georgia", "ORG")]),
    ],
)
def test_names_are_marked_in_one_way(
    text: str, words: str, kind: str, expected: list[tuple[str, str]]
) -> None:
    assert marked(text, words, kind) == expected


def test_a_people_is_a_name_of_another_kind_where_these_are_told() -> None:
    assert marked("some Americans", "Americans", "PER", told_misc=True) == [("Americans", "MISC")]
    assert marked("Russian oil", "Russian", "MISC", told_misc=True) == [("Russian", "MISC")]


def test_a_listed_country_that_acts_is_a_place_and_a_body_is_not() -> None:
    texts = ["Russia told Greenpeace."]
    gold = [(0, 0, 6, "ORG"), (0, 12, 22, "ORG")]
    assert acting_places(texts, gold) == [(0, 0, 6, "LOC"), (0, 12, 22, "ORG")]
