"""Which days an article speaks of: expressions of time and their values."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.annotate import periods
from generator.annotate.dates import expressions

TUESDAY = date(2021, 4, 13)


def values(text: str, today: date = TUESDAY) -> list[tuple[str, str]]:
    return [(text[one.start : one.end], one.value) for _, one in expressions([text], today)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It began on April 12, 2021.", [("April 12, 2021", "2021-04-12")]),
        ("It began on 12 April 2021.", [("12 April 2021", "2021-04-12")]),
        ("It began on Monday, 12 April.", [("Monday, 12 April", "2021-04-12")]),
        ("It began on the 12th of April.", [("12th of April", "2021-04-12")]),
        ("It began on Sept. 11, 2001.", [("Sept. 11, 2001", "2001-09-11")]),
        ("It began on April 12.", [("April 12", "2021-04-12")]),
        ("It ended on December 31.", [("December 31", "2020-12-31")]),
        ("It will end on December 31.", [("December 31", "2021-12-31")]),
        ("Talks ran from April 12 to 14.", [("April 12 to 14", "2021-04-12/2021-04-14")]),
        ("Talks ran on 12-14 April 2019.", [("12-14 April 2019", "2019-04-12/2019-04-14")]),
        ("It sat between May 2011 and January 2015.", [("May 2011 and January 2015", "2011-05/2015-01")]),
        ("He was held on 6 February last year.", [("6 February last year", "2020-02-06")]),
        ("It opened in October.", [("October", "2020-10")]),
        ("It will open in October.", [("October", "2021-10")]),
        ("It opened last April.", [("last April", "2020-04")]),
        ("It opened in March 2014.", [("March 2014", "2014-03")]),
        ("They may march in May 2015.", [("May 2015", "2015-05")]),
        ("May said Theresa May may march.", []),
        ("It met on Tuesday.", [("Tuesday", "2021-04-13")]),
        ("It met on Wednesday.", [("Wednesday", "2021-04-07")]),
        ("It will meet on Wednesday.", [("Wednesday", "2021-04-14")]),
        ("It will meet on Tuesday.", [("Tuesday", "2021-04-13")]),
        ("On Friday she meets Xu.", [("Friday", "2021-04-16")]),
        ("It met last Tuesday.", [("last Tuesday", "2021-04-06")]),
        ("It meets next Tuesday.", [("next Tuesday", "2021-04-20")]),
        ("He said on Monday that it will end on Friday.", [("Monday", "2021-04-12"), ("Friday", "2021-04-16")]),
        ("It meets every Monday, and on Mondays.", []),
        ("It sold well on Black Friday.", []),
        ("He spoke at a Monday news conference.", [("Monday", "2021-04-12")]),
        ("It was a Monday in a hundred.", []),
        ("It fell yesterday and rises tomorrow.", [("yesterday", "2021-04-12"), ("tomorrow", "2021-04-14")]),
        ("It rained the day before yesterday.", [("the day before yesterday", "2021-04-11")]),
        ("It rained last night.", [("last night", "2021-04-12")]),
        ("It rained this morning.", [("this morning", "2021-04-13")]),
        ("In today's world nobody cares.", []),
        ("He went at the weekend.", [("the weekend", "2021-W14-WE")]),
        ("He will go at the weekend.", [("the weekend", "2021-W15-WE")]),
        ("He went last week and last month.", [("last week", "2021-W14"), ("last month", "2021-03")]),
        ("It ends next year, not this year.", [("next year", "2022"), ("this year", "2021")]),
        ("It happened over the last year.", []),
        ("He left two years ago.", [("two years ago", "2019")]),
        ("He left about three months ago.", [("three months ago", "2021-01")]),
        ("He left ten days ago.", [("ten days ago", "2021-04-03")]),
        ("He left twenty-five years ago.", [("twenty-five years ago", "1996")]),
        ("He left on April 1. Two days later she did.", [("April 1", "2021-04-01"), ("Two days later", "2021-04-03")]),
        ("He left on April 1; she came the day before.", [("April 1", "2021-04-01"), ("the day before", "2021-03-31")]),
        ("It stayed for two years, and took 18 months.", []),
        ("Profit fell in the third quarter of 2020.", [("the third quarter of 2020", "2020-Q3")]),
        ("It was built in the 19th century.", [("the 19th century", "18XX")]),
        ("It was the 1990s.", [("the 1990s", "199X")]),
        ("It was the nineties.", [("the nineties", "199X")]),
        ("She is in her nineties.", []),
        ("It bloomed in the spring of 2014.", [("spring of 2014", "2014-SP")]),
        ("It bloomed last winter.", [("last winter", "2020-WI")]),
        ("In 2014 it fell.", [("2014", "2014")]),
        ("It lasted from 2009 to 2011.", [("2009 to 2011", "2009/2011")]),
        ("It lasted, 1994-97, long.", [("1994-97", "1994/1997")]),
        ("The 2012 election was close.", [("2012", "2012")]),
        ("Some 2000 people, 1,990 homes and $2014 were lost to 1900 men.", []),
        ("A Boeing 2707 flew at 2012 km.", []),
        ("It is dated 2021-04-12.", [("2021-04-12", "2021-04-12")]),
        ("It is dated 13/04/2021.", [("13/04/2021", "2021-04-13")]),
        ("It was Christmas Eve 1944, and Easter Sunday 2019.", [("Christmas Eve 1944", "1944-12-24"), ("Easter Sunday 2019", "2019-04-21")]),
        ("It is 31 February 2021.", [("2021", "2021")]),
        ("It grew in recent weeks.", [("recent weeks", "PAST_REF")]),
        ("", []),
    ],
)  # fmt: skip
def test_expressions_of_time_have_their_values(text: str, expected: list[tuple[str, str]]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize("day", [date(2021, 4, 17), date(2021, 4, 18)])
def test_the_weekend_told_on_a_weekend_is_that_one(day: date) -> None:
    assert values("He came at the weekend.", day) == [("the weekend", "2021-W15-WE")]


@pytest.mark.parametrize(
    ("year", "day"),
    [
        (1961, date(1961, 4, 2)),
        (2000, date(2000, 4, 23)),
        (2019, date(2019, 4, 21)),
        (2024, date(2024, 3, 31)),
    ],
)
def test_easter_is_when_the_church_had_it(year: int, day: date) -> None:
    assert periods.easter(year) == day


PIECES = [
    "April",
    "12",
    " ",
    ", ",
    "2021",
    "last",
    "the",
    "Monday",
    "ago",
    "two",
    "years",
    "1990s",
    "-",
    "/",
    "week",
    "next",
    "May",
    ".",
    "0",
    "9999",
    "to",
    "quarter",
    "third",
    "before",
    "day",
    "spring",
    "of",
]


@given(st.lists(st.sampled_from(PIECES), max_size=14), st.dates())
@settings(max_examples=300, deadline=None)
def test_any_jumble_of_the_words_of_time_is_read(parts: list[str], today: date) -> None:
    text = " ".join(parts)
    done = 0
    for _, one in expressions([text], today):
        assert done <= one.start < one.end <= len(text)
        assert one.first <= one.last or "/" in one.value
        done = one.end


@pytest.mark.parametrize(
    "text",
    ["1 " * 4000, "May " * 2000, "the day " * 1500, "2021-" * 1500, "in a b c d " * 900, "Monday, " * 1000],
)
def test_a_text_made_to_be_slow_is_read_in_a_moment(text: str) -> None:
    assert len(list(expressions([text] * 2, TUESDAY))) < 5000
