"""The titles under which texts introduce people, and how they add up over time."""

from datetime import date

import pytest
from annotating import an_article, decided, prose
from archive_of import archive, filed, key
from hypothesis import given
from hypothesis import strategies as st

from generator.annotate.locate import locate
from generator.annotate.titles import introduced
from generator.core.archive import Described, Filed


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("arrived as US Secretary of State |Antony Blinken| came", "US Secretary of State"),
        (
            "Acting Assistant Secretary of State for Europe |Philip Reeker| told",
            "Acting Assistant Secretary of State for Europe",
        ),
        ("Russian Deputy Foreign Minister |Sergei Ryabkov| said", "Russian Deputy Foreign Minister"),
        ("With Putin’s spokesman, |Dmitry Peskov|, talking", "Putin’s spokesman"),
        ("Minister of Foreign Affairs and Trade |P. Szabo| said", "Minister of Foreign Affairs and Trade"),
        ("UK Chancellor of the Exchequer |Una Voss| said", "UK Chancellor of the Exchequer"),
        ("NATO Secretary General |Jon Holm| said", "NATO Secretary General"),
        ("Ana Ruiz is the Program Manager for Ports and |Lauren Bask| is a member", ""),
        ("the Mayor\n|Tomas Rehn| said", "Mayor"),
        ("|Tim Bask|, CFO of\nthe Harbour Trust, said", "CFO of the Harbour Trust"),
        (
            "|Ana Lund|, director of the U.S. Department of Ferries, said",
            "director of the U.S. Department of Ferries",
        ),
        ("|Ana Lund|, director of ports who died in May, had", "director of ports"),
        ("On Monday President |Ruiz| left", "President"),
        ("It was late. Director |J. Hall| said", "Director"),
        ("chairman and CEO |Ana Ruiz| said", "chairman and CEO"),
        ("former president |Ana Ruiz| said", "former president"),
        ("Sen. |Ana Ruiz|, of Aldery", "Senator"),
        ("the mayor, |Ana Ruiz|, said", "mayor"),
        ("|Ana Ruiz|, a deputy mayor of Aldery, spoke", "deputy mayor of Aldery"),
        ("|Ana Ruiz|, 34, a nurse, spoke", "nurse"),
        ("|Ana Ruiz|, Russia’s foreign minister, said", "Russia’s foreign minister"),
        ("|Ana Ruiz|, a U.S. senator from Ohio, said", "U.S. senator from Ohio"),
        ("|Ana Ruiz|, the harbour engineer.", "harbour engineer"),
        # none
        ("Mr. |Ruiz| said", ""),
        ("Dr |Ana Ruiz| said", ""),
        ("her father |Jon Ruiz| said", ""),
        ("|Ana Ruiz|, Mayor Jones and others", ""),
        ("|Ana Ruiz|, who is mayor,", ""),
        ("|Ana Ruiz|, arrested with a spokesman of the line,", ""),
        ("They met the mayor. |Ana Ruiz| said", ""),
        ("They met a mayor, |Ana Ruiz| and others", ""),
        ("in Aldery |Ana Ruiz| said", ""),
        ("|Ana Ruiz| said", ""),
        ("|Ana Ruiz|", ""),
    ],
)
def test_a_title_is_read_before_a_name_or_behind_it(text: str, title: str) -> None:
    before, name, behind = text.split("|")
    assert introduced(before + name + behind, len(before), len(before) + len(name)) == title


@given(st.text("aA .,'’-“ofMayor the State\n", max_size=80), st.integers(0, 80), st.integers(0, 12))
def test_any_text_has_a_title_of_its_own_words_or_none(text: str, start: int, length: int) -> None:
    start = min(start, len(text))
    title = introduced(text, start, min(len(text), start + length))
    assert len(title) <= 140
    assert not title or title == " ".join(title.split())


def test_an_article_keeps_the_fullest_title_it_gives_each_person() -> None:
    article = an_article({"people": ["Ana Ruiz", "Jon Holm"], "places": ["Aldery"]})
    text = prose("Mayor Ruiz came. Mayor Ana Ruiz spoke in Aldery.", "Ruiz, Aldery's mayor, left Jon Holm.")
    annotated, _ = locate(article, text, decided())
    assert [(n.name, n.role) for n in annotated.namings] == [
        ("Ana Ruiz", "Aldery's mayor"),
        ("Jon Holm", ""),
        ("Aldery", ""),
    ]


def _with_role(name: str, role: str, hours: float) -> Filed:
    one = filed(name, names=("Ana Ruiz",), hours=hours)
    return type(one)(
        **{f: getattr(one, f) for f in one.__slots__}
        | {"namings": tuple(n._replace(role=role) for n in one.namings)}
    )


def test_titles_add_up_over_time_and_a_short_one_is_the_fuller_it_ends() -> None:
    made = archive(
        _with_role("a", "Councillor", 0),
        _with_role("b", "Aldery Mayor", 48),
        _with_role("c", "mayor", 72),
        _with_role("d", "", 90),
        _with_role("e", "Deputy Mayor", 24),
        _with_role("f", "former Mayor", 120),
    )
    day = date(2021, 4, 13)
    assert made.entities[key("Ana Ruiz")].described == (
        Described("Councillor", day, day, 1),
        Described("Deputy Mayor", date(2021, 4, 14), date(2021, 4, 14), 1),
        Described("Aldery Mayor", date(2021, 4, 15), date(2021, 4, 16), 2),
        Described("former Mayor", date(2021, 4, 18), date(2021, 4, 18), 1),
    )


def test_a_short_title_that_could_be_two_stays_itself() -> None:
    made = archive(
        _with_role("a", "Aldery Mayor", 0), _with_role("b", "Skerrin Mayor", 1), _with_role("c", "Mayor", 2)
    )
    assert {one.title for one in made.entities[key("Ana Ruiz")].described} == {
        "Aldery Mayor",
        "Skerrin Mayor",
        "Mayor",
    }
