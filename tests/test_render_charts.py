"""Charts, calendars, citations and other small drawings and words."""

import json

import fixture_archive as fx
import pytest

from generator.core.language import ENGLISH
from generator.render.basis import build_basis
from generator.render.calendars import month
from generator.render.charts import chart, spark, strip
from generator.render.citations import cite, inverted
from generator.render.colours import contrast
from generator.render.lists import Slice, page_pager


def test_a_chart_has_a_bar_a_year_and_marks_the_most():
    made = chart({2014: 6, 2021: 64, 2019: 22}, (2010, 2024), "Mentions by year.")
    assert [bar.label for bar in made.bars] == ["’14", "’15", "’16", "’17", "’18", "’19", "’20", "’21"]
    assert [bar.total for bar in made.bars if bar.most] == [64]
    assert made.bars[7].path == "M71 2h8V40h-8z"
    assert made.bars[1].path == ""
    assert made.words == "Mentions by year. 2014: 6, 2019: 22, 2021: 64."


@pytest.mark.parametrize(
    ("years", "within", "labels"),
    [
        ({1901: 1, 1999: 1}, (1901, 1999), ["’01–04", *(f"’{y:02}–{y + 4:02}" for y in range(5, 100, 5))]),
        ({1701: 1, 1999: 1}, (1701, 1999), None),
        ({2019: 1}, (2018, 2020), ["’18", "’19", "’20"]),
        ({2024: 1}, (2000, 2024), ["’17", "’18", "’19", "’20", "’21", "’22", "’23", "’24"]),
        ({2000: 1}, (2000, 2024), ["’00", "’01", "’02", "’03", "’04", "’05", "’06", "’07"]),
    ],
)
def test_a_long_life_is_grouped_and_a_short_one_shown_with_the_years_around(years, within, labels):
    bars = chart(years, within, "x").bars
    assert sum(bar.total for bar in bars) == sum(years.values())
    if labels is None:
        assert len(bars) <= 40
    else:
        assert [bar.label for bar in bars] == labels


def test_more_bars_than_figures_have_room_are_told_by_every_fifth_year_away_from_the_highest():
    made = chart({1998: 1, 2010: 5, 2024: 2}, (1998, 2024), "x")
    assert not made.figures
    assert len(made.bars) == 27
    assert [bar.first for bar in made.bars if bar.tick] == [2000, 2005, 2015, 2020]
    assert [bar.first for bar in made.bars if bar.most] == [2010]
    assert chart({1998: 1, 2009: 1}, (1998, 2024), "x").figures


def test_there_is_no_chart_of_a_single_year_or_of_nothing():
    assert chart({2021: 3}, (2021, 2021), "x") is None
    assert chart({}, (2019, 2021), "x") is None


def test_a_spark_runs_through_the_latest_eleven_years():
    line = spark({2024: 4, 2013: 9, 2020: 2}, 2024, 1999)
    assert line.path == "M2 14l6 0 5 0 6 0 5 0 6 0 6 -6 5 6 6 0 5 0 6 -12"
    assert (line.x, line.y) == ("58", "2")
    assert spark({2024: 1}, 2024, 2023) is None
    assert spark({}, 2024, 2020).path == "M2 14l14 0 14 0 14 0 14 0"


def test_a_strip_has_twelve_marks_in_five_strengths():
    shades = strip([0, 1, 3, 5, 8, 10, 0, 0, 0, 0, 0, 0], 10)
    assert [s.opacity for s in shades] == ["0.08", "0.25", "0.45", "0.7", "1"]
    assert sum(s.path.count("M") for s in shades) == 12
    assert strip([0] * 12, 0)[0].path.count("M") == 12


def test_a_calendar_has_whole_weeks_and_links_the_days_with_articles():
    archive, _ = fx.ledger()
    basis = build_basis(archive, fx.site(), frozenset())
    april = month(basis, 2021, 4, fx.moment("2021-04-13").day)
    assert [len(week) for week in april.weeks] == [7, 7, 7, 7, 7]
    assert [c.day for c in april.weeks[0]] == [0, 0, 0, 1, 2, 3, 4]
    linked = [c for week in april.weeks for c in week if c.href]
    assert [(c.day, c.words, c.current) for c in linked] == [(13, "13 April, 2 articles", True)]
    assert april.articles == 2


@pytest.mark.parametrize(
    ("name", "filed"),
    [
        ("Nell Farrow", "Farrow, Nell"),
        ("Reuters", "Reuters"),
        ("Skerrin Line", "Skerrin Line"),
        ("Farrow, N.", "Farrow, N."),
    ],
)
def test_a_person_is_filed_by_surname_and_a_body_as_it_is(name, filed):
    assert inverted(name, frozenset({"skerrin line"})) == filed


def article(**front):
    return fx.filed(fx.Text(), "2021/04/x", front.pop("title", "T"), "2021-04-13", ["x"], **front).article


def test_a_citation_stands_in_words_bibtex_ris_and_csl_json():
    made = cite(
        article(
            title="Wall & {gate}: 100% of\nit",
            authors=("Nell Farrow", "Reuters"),
            updated=fx.moment("2023-06-04"),
        ),
        "The Harbour Ledger",
        "https://x.example/1",
        frozenset(),
    )
    assert made.before + made.journal + made.after == (
        "Nell Farrow, Reuters, “Wall & {gate}: 100% of it”, The Harbour Ledger, "
        "13 April 2021, updated 4 June 2023."
    )
    assert made.bibtex == (
        "@article{farrow2021wall,\n  author  = {Farrow, Nell and {Reuters}},\n"
        "  title   = {Wall \\& \\{gate\\}: 100\\% of it},\n  journal = {The Harbour Ledger},\n"
        "  date    = {2021-04-13},\n  year    = {2021},\n  url     = {https://x.example/1}\n}"
    )
    assert json.loads(made.csl)[0] == {
        "id": "https://x.example/1",
        "type": "article-newspaper",
        "title": "Wall & {gate}: 100% of it",
        "author": [{"family": "Farrow", "given": "Nell"}, {"literal": "Reuters"}],
        "container-title": "The Harbour Ledger",
        "issued": {"date-parts": [[2021, 4, 13]]},
        "language": "en",
        "URL": "https://x.example/1",
    }
    assert made.ris == (
        "TY  - NEWS\nAU  - Farrow, Nell\nAU  - Reuters\nTI  - Wall & {gate}: 100% of it\n"
        "T2  - The Harbour Ledger\n"
        "DA  - 2021/04/13\nLA  - en\nUR  - https://x.example/1\nER  - "
    )


def test_a_citation_needs_no_author():
    made = cite(article(), "The Harbour Ledger", "https://x.example/1", frozenset())
    assert made.before == "“T”, "
    assert made.bibtex.startswith("@article{the-harbour-ledger2021t,\n  title ")
    assert "AU" not in made.ris


def test_contrast_is_that_of_wcag():
    assert round(contrast("#000", "#fff"), 1) == 21.0
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


def test_pages_of_a_list_cover_it_once():
    rows = list(range(7))
    parts = [Slice.at(rows, 3, number) for number in range(1, Slice.count(rows, 3) + 1)]
    assert [row for part in parts for row in part.rows] == rows
    assert [part.title("All", ENGLISH) for part in parts] == ["All", "All, page 2", "All, page 3"]
    assert page_pager(Slice.at([1], 3, 1), str, ENGLISH) is None
    assert (Slice.count([], 3), Slice.at([], 3, 1).rows) == (1, [])
