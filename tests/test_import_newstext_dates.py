"""The dates of newspapers, in every form that their sites and clippings have them."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.core.site import Site
from generator.sources.importers.newstext_dates import Customs, customs, day_named, month_and_day, read_date
from generator.sources.importers.newstext_stamps import begins_with_stamp, read_stamps
from generator.sources.importers.newstext_zones import AMBIGUOUS, OFFSETS, REGIONS

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
LONDON = Customs(zone=ZoneInfo("Europe/London"), month_first=False, this_year=2026)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("11:34, April 13, 2021", "2021-04-13T11:34:00"),
        ("April 13, 2021, 11:34", "2021-04-13T11:34:00"),
        ("April 13, 2021 11:34", "2021-04-13T11:34:00"),
        ("13 April 2021", "2021-04-13"),
        ("13 Apr 2021 11:34", "2021-04-13T11:34:00"),
        ("13th of April, 2021", "2021-04-13"),
        ("Apr. 13, 2021 at 11:34:56", "2021-04-13T11:34:56"),
        ("Tuesday 13 April 2021 11.34 BST", "2021-04-13T11:34:00+01:00"),
        ("Tue 13 Apr 2021 11.34 BST", "2021-04-13T11:34:00+01:00"),
        ("2021-04-13T11:34:00+08:00", "2021-04-13T11:34:00+08:00"),
        ("2021-04-13 11:34Z", "2021-04-13T11:34:00+00:00"),
        ("2021-04-13T11:34:00.123Z", "2021-04-13T11:34:00+00:00"),
        ("2021-04-13", "2021-04-13"),
        ("2021/04/13 11:34", "2021-04-13T11:34:00"),
        ("2021.04.13", "2021-04-13"),
        ("13/04/2021", "2021-04-13"),
        ("04/13/2021 3pm", "2021-04-13T15:00:00"),
        ("03.04.2021, 11:34 Uhr", "2021-04-03T11:34:00"),
        ("04/04/2021", "2021-04-04"),
        ("13-04-2021", "2021-04-13"),
        ("13-Apr-2021", "2021-04-13"),
        ("13/4/21", "2021-04-13"),
        ("13/4/57", "1957-04-13"),
        ("11:34 p.m. EDT, April 13, 2021", "2021-04-13T23:34:00-04:00"),
        ("9.05am BST 16 April 2021", "2021-04-16T09:05:00+01:00"),
        ("20 April 2009, 9.40pm", "2009-04-20T21:40:00"),
        ("5 pm, 20 April 2009", "2009-04-20T17:00:00"),
        ("12:30 am 13 April 2021", "2021-04-13T00:30:00"),
        ("12:30 PM 13 April 2021", "2021-04-13T12:30:00"),
        ("12 noon, 13 April 2021", "2021-04-13T12:00:00"),
        ("noon on 13 April 2021", "2021-04-13T12:00:00"),
        ("12:00 midnight April 13, 2021", "2021-04-13T00:00:00"),
        ("midnight, 13 April 2021", "2021-04-13T00:00:00"),
        ("23:34 pm 13 April 2021", "2021-04-13T23:34:00"),
        ("1134 GMT, 13 April 2021", "2021-04-13T11:34:00+00:00"),
        ("13 April 2021 1134 GMT", "2021-04-13T11:34:00+00:00"),
        ("2021-04-13 1134 hrs", "2021-04-13T11:34:00"),
        ("13 April 2021 1134 +0800", "2021-04-13T11:34:00+08:00"),
        ("13 April 2021 GMT", "2021-04-13"),
        ("11:34 UTC+8 13 April 2021", "2021-04-13T11:34:00+08:00"),
        ("11:34 (GMT+5:30) 13 April 2021", "2021-04-13T11:34:00+05:30"),
        ("11:34 UTC−3:30, 13 April 2021", "2021-04-13T11:34:00-03:30"),
        ("11:34 +0530 13 April 2021", "2021-04-13T11:34:00+05:30"),
        ("11:34 HKT, April 13, 2021", "2021-04-13T11:34:00+08:00"),
        ("11:34 JST, April 13, 2021", "2021-04-13T11:34:00+09:00"),
        ("11:34 CET, January 13, 2021", "2021-01-13T11:34:00+01:00"),
        ("11:34 CEST, July 13, 2021", "2021-07-13T11:34:00+02:00"),
        ("11:34 EST, January 13, 2021", "2021-01-13T11:34:00-05:00"),
        ("11:34 ET April 13 2021", "2021-04-13T11:34:00-04:00"),
        ("11:34 ET January 13 2021", "2021-01-13T11:34:00-05:00"),
        ("11:34 a.m. Beijing time, April 13, 2021", "2021-04-13T11:34:00+08:00"),
        ("11:34 local time, April 13, 2021", "2021-04-13T11:34:00"),
        ("11:34 America/New_York 13 April 2021", "2021-04-13T11:34:00-04:00"),
        ("am 13. April 2021 um 12:34 Uhr", "2021-04-13T12:34:00"),
        ("le 1er mai 2021 à 11h34", "2021-05-01T11:34:00"),
        ("13 de abril de 2021", "2021-04-13"),
        ("13 aprile 2021", "2021-04-13"),
        ("13 września 2021", "2021-09-13"),
        ("13 апреля 2021 г.", "2021-04-13"),
        ("13 серпня 2021 р., 11:34", "2021-08-13T11:34:00"),
        ("2021年4月13日 11:34", "2021-04-13T11:34:00"),
        ("\u00a011:34,\u00a0April 13, 2021", "2021-04-13T11:34:00"),
    ],
)
def test_a_date_is_read(text: str, written: str) -> None:
    reading = read_date(text, LONDON)
    assert reading is not None
    assert (reading.written, reading.doubts, reading.error) == (written, (), "")


@pytest.mark.parametrize(
    "text",
    [
        "", "yesterday", "April 2021", "13 April", "Apil 13, 2021", "11:34", "2021", "2 hours ago", "May I come in?",
        "Russia rejects US' warning", "13 April 2021 and more", "13 14 April 2021", "April May 13, 2021",
        "2021-04-13 2021-04-14", "13/04/2021 14/04/2021", "13 April 2021 2022", "11:34 12:34 13 April 2021",
        "11:34 am pm 13 April 2021", "13 April 2021 GMT EST", "GMT 13 April", "April 13, 2021 " + "x" * 100,
        "local time 13 April", "noon 3pm 13 April 2021", "5pm 6pm 13 April 2021",
        "11:34 midnight 13 April 2021", "13 April 2021 +99:00", "11:34 +08:99 13 April 2021", "13-Foo-2021",
        "13 April 2021 3-4-2021", "11:34 Europe/London Europe/Paris 13 April 2021", "13.14.15.16",
    ],
)  # fmt: skip
def test_other_words_are_no_date(text: str) -> None:
    assert read_date(text, LONDON) is None


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("31 April 2021", "there is no such day"),
        ("29 February 2021", "there is no such day"),
        ("2021-13-45", "there is no such day"),
        ("00/00/0000", "there is no such day"),
        ("45/45/2021", "there is no such day"),
        ("25:61, 13 April 2021", "there is no such time"),
        ("24:00, 13 April 2021", "there is no such time"),
        ("11:34:99, 13 April 2021", "there is no such time"),
        ("9999 GMT, 13 April 2021", "there is no such time"),
    ],
)
def test_an_impossible_date_is_told_of(text: str, error: str) -> None:
    reading = read_date(text, LONDON)
    assert reading is not None
    assert (reading.moment, reading.error) == (None, error)


@pytest.mark.parametrize(
    ("text", "written", "code", "words"),
    [
        ("03/04/2021", "2021-04-03", "W310", "'03/04/2021' could be two days (taken as 3 April 2021)"),
        ("Monday 13 April 2021", "2021-04-13", "W313",
         "Monday is not the weekday of 13 April 2021 (it was a Tuesday)"),
        ("11:34 CST, 13 April 2021", "2021-04-13T11:34:00", "W311",
         "the zone CST could be several (UTC−6 in North America, UTC+8 in China, UTC−5 in Cuba; "
         "the site's zone was taken)"),
        ("11:34 XYZ, 13 April 2021", "2021-04-13T11:34:00", "W311",
         "the zone XYZ is not known (the site's zone was taken)"),
        ("11:34 Foo/Bar 13 April 2021", "2021-04-13T11:34:00", "W311",
         "the zone Foo/Bar is not known (the site's zone was taken)"),
    ],
)  # fmt: skip
def test_a_doubtful_date_is_read_and_told_of(text: str, written: str, code: str, words: str) -> None:
    reading = read_date(text, LONDON)
    assert reading is not None
    assert reading.written == written
    assert [(d.code, f"{d.message} ({d.hint})") for d in reading.doubts] == [(code, words)]


@pytest.mark.parametrize(
    ("zone", "text", "written"),
    [
        ("Asia/Shanghai", "11:34 CST, 13 April 2021", "2021-04-13T11:34:00+08:00"),
        ("America/Chicago", "11:34 CST, 13 January 2021", "2021-01-13T11:34:00-06:00"),
        ("Asia/Kolkata", "11:34 IST, 13 April 2021", "2021-04-13T11:34:00+05:30"),
        ("Europe/Dublin", "11:34 IST, 13 July 2021", "2021-07-13T11:34:00+01:00"),
        ("Asia/Manila", "11:34 PST, 13 April 2021", "2021-04-13T11:34:00+08:00"),
    ],
)
def test_a_zone_that_the_sites_own_uses_is_that(zone: str, text: str, written: str) -> None:
    reading = read_date(text, Customs(zone=ZoneInfo(zone), month_first=False, this_year=2026))
    assert reading is not None
    assert (reading.written, reading.doubts) == (written, ())


@pytest.mark.parametrize(
    ("language", "zone", "month_first"),
    [
        ("en-US", "UTC", True), ("en", "America/Chicago", True), ("en", "Europe/London", False),
        ("en-GB", "America/Chicago", False), ("de", "Europe/Berlin", False),
    ],
)  # fmt: skip
def test_a_sites_language_and_zone_say_whether_months_come_first(
    language: str, zone: str, month_first: bool
) -> None:
    site = Site(root=Path(), title="T", url="https://e.org/", language=language, timezone=zone)
    assert customs(site, NOW).month_first == month_first
    reading = read_date("03/04/2021", customs(site, NOW))
    assert reading is not None
    assert reading.written == ("2021-03-04" if month_first else "2021-04-03")


@settings(max_examples=100, deadline=None)
@given(st.datetimes(min_value=datetime(1500, 1, 1), max_value=datetime(2200, 1, 1)), st.integers(0, 5))
def test_every_way_of_writing_a_moment_reads_as_that_moment(at: datetime, way: int) -> None:
    ways = ("%H:%M, %B %d, %Y", "%B %d, %Y %I:%M %p", "%d %b %Y, %H.%M", "%A, %d %B %Y %H:%M", "%Y-%m-%d %H:%M",
            "%d.%m.%Y %H:%M Uhr")  # fmt: skip
    reading = read_date(at.strftime(ways[way]), LONDON)
    assert reading is not None
    assert reading.written == at.strftime("%Y-%m-%dT%H:%M:00")
    assert reading.doubts == ()


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60) | st.from_regex(r"[0-9:/. apmTZ+-]{1,40}", fullmatch=True))
def test_no_text_makes_reading_a_date_fail(text: str) -> None:
    read_date(text, LONDON)
    read_stamps(text, LONDON)


def test_a_zone_abbreviation_stands_in_one_table_only() -> None:
    assert not (OFFSETS.keys() & AMBIGUOUS.keys() or OFFSETS.keys() & REGIONS.keys())
    assert all(-720 <= minutes <= 840 for minutes in OFFSETS.values())
    assert all(ZoneInfo(name) for name in REGIONS.values())


def test_parts_of_dates_are_read_for_captions_and_datelines() -> None:
    assert day_named("April 12, 2021") == datetime(2021, 4, 12).date()
    assert day_named("12/04/2021") is None
    assert day_named("31 April 2021") is None
    assert day_named("no date") is None
    assert month_and_day("Jan. 8") == (1, 8)
    assert month_and_day("11:34 Jan 8") is None
    assert month_and_day("tomorrow") is None


def stamps(text: str) -> list[tuple[str, str | None]] | None:
    line = read_stamps(text, LONDON)
    return None if line is None else [(s.role, s.reading.written if s.reading else None) for s in line.stamps]


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("Published: 11:34, April 13, 2021 | Updated: 19:33, June 4, 2023",
         [("published", "2021-04-13T11:34:00"), ("updated", "2023-06-04T19:33:00")]),
        ("Updated: 19:33, June 4, 2023 | Published: 11:34, April 13, 2021",
         [("updated", "2023-06-04T19:33:00"), ("published", "2021-04-13T11:34:00")]),
        ("Last updated: 9:12 a.m., 3 May 2016 • Published: 7:40 p.m., 20 April 2016",
         [("updated", "2016-05-03T09:12:00"), ("published", "2016-04-20T19:40:00")]),
        ("Published 13 April 2021 – Updated 4 June 2023",
         [("published", "2021-04-13"), ("updated", "2023-06-04")]),
        ("Published: 11:34, April 13, 2021 Updated: 19:33, June 4, 2023",
         [("published", "2021-04-13T11:34:00"), ("updated", "2023-06-04T19:33:00")]),
        ("First published on Tue 13 Apr 2021 11.34 BST", [("first", "2021-04-13T11:34:00+01:00")]),
        ("Last modified on Wed 14 Apr 2021 09.00 BST", [("updated", "2021-04-14T09:00:00+01:00")]),
        ("Posted: Apr 13, 2021", [("published", "2021-04-13")]),
        ("Posted at 11:34 am, April 13, 2021", [("published", "2021-04-13T11:34:00")]),
        ("Date: 2021-04-13", [("published", "2021-04-13")]),
        ("Published on April 13, 2021", [("published", "2021-04-13")]),
        ("Published: 11:34 | April 13, 2021", [("published", "2021-04-13T11:34:00")]),
        ("PUBLISHED: APRIL 13, 2021", [("published", "2021-04-13")]),
        ("Modified: 4 June 2023", [("updated", "2023-06-04")]),
        ("Tuesday 13 April 2021 11.34 BST", [("published", "2021-04-13T11:34:00+01:00")]),
        ("13 April 2021, updated 4 June 2023", [("published", "2021-04-13"), ("updated", "2023-06-04")]),
        ("Veröffentlicht am 13. April 2021", [("published", "2021-04-13")]),
        ("Publié le 13 avril 2021 | Mis à jour le 14 avril 2021",
         [("published", "2021-04-13"), ("updated", "2021-04-14")]),
        ("Published: Apil 13", [("published", None)]),
        ("Published: yesterday", [("published", None)]),
        ("Published works of 13 April 2021 were many", None),
        ("Updated rules came in on 3 May 2016", None),
        ("He was last updated on his rights", None),
        ("The post of 13 April 2021, published: 2", None),
        ("A plain sentence.", None),
        ("Published: " + "x" * 300, None),
    ],
)  # fmt: skip
def test_a_line_of_dates_is_read(line: str, read: list[tuple[str, str | None]] | None) -> None:
    assert stamps(line) == read


def test_what_stands_beside_a_date_is_handed_on() -> None:
    line = read_stamps("Published: 13 April 2021 | By Nell Farrow | Aldery", LONDON)
    assert line is not None
    assert line.rest == ("By Nell Farrow", "Aldery")
    assert line.roles == ("published",)


def test_a_line_of_dates_is_told_by_its_first_words() -> None:
    assert begins_with_stamp("Published: 11:34, April 13, 2021")
    assert not begins_with_stamp("It was published: 2021")
    assert not begins_with_stamp("Published: soon")
