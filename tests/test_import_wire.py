"""News wires' text, ANPA 1312 and IPTC 7901: stories, takes, leads, kills, and line noise."""

from typing import Any

import pytest
from agency_reading import one, read
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.sources.importers.agency.wire import WIRE
from generator.sources.importers.agency.wire_header import Slug, read_header, read_slug, sent
from generator.sources.importers.base import Original

FIRST = (
    b"\x16\x16\x01a0592\x1f\r\nr a\x13\x11 AM-Harbour-Fire 04-12 0398\r\n\x02^AM-Harbour-Fire,0411<\r\n"
    b"^Fire Destroys Fish Market on Aldery Quay<\r\n^By NELL FARROW<\r\n^Coastal Press Writer<\r\n"
    b"   ALDERY, Norland (AP) _ A fire that began in a smokehouse destroyed the fish\r\n"
    b"market on Wednesday, and ``nobody was hurt,'' the harbour master said.\r\n"
    b"   The quay was closed until noon.\r\n   MORE\r\n\x03\r\n1123EST 04-12-89\r\n\x04"
)
TAKE = (
    b"\x16\x16\x01a0593\x1f\r\nr a\x13\x11 AM-Harbour-Fire-1st Add 04-12 0120\r\n\x02^AM-Harbour-Fire, 1st Add, a0592,0120<\r\n"
    b"^ALDERY: until noon.<\r\n   The market will be rebuilt.\r\n   AP-NR-04-12-89 1130EST<\r\n\x03\x04"
)
LEAD = (
    b"\x16\x16\x01a0601\x1f\r\nu a\x13\x11 AM-Harbour-Fire, 1st Ld-Writethru 04-12 0398\r\n"
    b"\x02^AM-Harbour-Fire, 1st Ld - Writethru, a0592,0500<\r\n^Eds: UPDATES with cause.<\r\n^Fish Market Burns, Two Held<\r\n"
    b"   ALDERY (AP) _ Two men were held.\r\n\x031530EST 04-12-89\r\n\x04"
)
KILL = (
    b"\x01a0700\r\nb a\x13\x11 AM-Harbour-Fire, Kill 04-13 0030\r\n\x02^AM-Harbour-Fire, KILL, a0592<\r\n"
    b"   Kill AM-Harbour-Fire. No fire took place.\r\n\x030130EST 04-13-89\r\n\x04"
)
TELEGRAPH = (
    b"\x01cpa0029 3 wi 240 \r\n\x02Aldery/Fischerei/\r\n(Zusammenfassung 1500)\r\nFischmarkt wird nach Brand\r\nneu gebaut =\r\n\r\n"
    b"  Aldery (dpa) - Der Fischmarkt in Alderich-\xdcbersee wird neu gebaut, sagte der\r\nHafenmeister.\r\n\r\n"
    b"  Er soll 2022 fertig sein.\r\ncpa nf ab\r\n\x03131145 GMT Apr 21\r\n\x04"
)


def test_a_story_of_the_american_standard() -> None:
    made = one(WIRE, FIRST.replace(b"   MORE\r\n", b""))
    assert made.front == {
        "title": "Fire Destroys Fish Market on Aldery Quay", "published": "1989-04-12T11:23:00-05:00", "authors": ["Nell Farrow"],
        "dateline": "ALDERY, Norland", "source": {"publisher": "AP"}, "slugline": "AM-Harbour-Fire",
        "category": "domestic news", "urgency": 4, "story_number": "a0592",
    }  # fmt: skip
    assert made.body == (
        "A fire that began in a smokehouse destroyed the fish market on Wednesday, and “nobody was hurt,” the harbour master said.\n\n"
        "The quay was closed until noon."
    )
    assert made.identity == ("wire:a:harbour-fire:1989-04-12",)
    assert made.dated_by_version


def test_a_story_of_the_international_standard() -> None:
    made = one(WIRE, TELEGRAPH)
    assert made.front == {
        "title": "Fischmarkt wird nach Brand neu gebaut", "published": "2021-04-13T11:45:00Z", "slugline": "Aldery/Fischerei",
        "category": "wi", "urgency": 3, "story_number": "cpa0029", "wire_version": "Zusammenfassung",
        "dateline": "Aldery", "source": {"publisher": "dpa"},
    }  # fmt: skip
    assert (
        made.body
        == "Der Fischmarkt in Alderich-Übersee wird neu gebaut, sagte der Hafenmeister.\n\nEr soll 2022 fertig sein."
    )
    assert made.identity == ("wire:cpa:aldery/fischerei:2021-04-13",)


def test_takes_of_a_story_are_joined() -> None:
    made = one(WIRE, FIRST + TAKE)
    assert made.body.endswith("The quay was closed until noon.\n\nThe market will be rebuilt.")
    assert {each.what: each.count for each in made.dropped} == {
        "end mark": 2,
        "writer's post": 1,
        "pickup line": 1,
    }


def test_a_take_whose_beginning_is_missing_comes_by_itself() -> None:
    made, problems = read(WIRE, TAKE)
    assert (made[0].front["title"], made[0].body) == ("Harbour Fire", "The market will be rebuilt.")
    assert made[0].identity == ("wire:a:harbour-fire:1989-04-12:take-2",)
    assert (
        problems[0]
        == "item:1: take 2 of a story that does not begin in this file: 'Harbour-Fire' (imported by itself) [W388]"
    )


def test_a_later_lead_is_a_version_of_the_same_story() -> None:
    made, problems = read(WIRE, FIRST + LEAD)
    assert problems == []
    assert [each.identity for each in made] == [("wire:a:harbour-fire:1989-04-12",)] * 2
    assert made[1].front["published"] == "1989-04-12T15:30:00-05:00"
    assert (made[1].front["title"], made[1].front["wire_version"]) == (
        "Fish Market Burns, Two Held",
        "1st Ld, Writethru",
    )
    assert made[1].front["editorial_note"] == "Eds: UPDATES with cause."


def test_a_kill_withdraws_the_story_of_its_own_day_or_the_day_before() -> None:
    made = one(WIRE, KILL)
    assert made.partial
    assert made.front == {"status": "withdrawn", "updated": "1989-04-13T01:30:00-05:00", "editorial_note": "Kill AM-Harbour-Fire. No fire took place."}  # fmt: skip
    assert made.identity == ("wire:a:harbour-fire:1989-04-13", "wire:a:harbour-fire:1989-04-12")


def test_a_correction_is_a_version_that_says_so() -> None:
    made = one(
        WIRE, LEAD.replace(b"1st Ld-Writethru", b"CORRECTION").replace(b"1st Ld - Writethru", b"CORRECTION")
    )
    assert made.front["corrections"] == [
        {"date": "1989-04-12T15:30:00-05:00", "text": "Eds: UPDATES with cause."}
    ]


def test_a_line_that_begins_with_a_comma_is_a_line() -> None:
    made, _ = read(WIRE, FIRST.replace(b"^AM-Harbour-Fire,0411<\r\n^Fire", b"^, Fire"))
    assert made[0].front["title"] == ", Fire Destroys Fish Market on Aldery Quay"


def test_a_story_of_very_many_takes_is_one_article() -> None:
    (made,), _ = read(WIRE, FIRST + TAKE * 5_000)
    assert made.body.count("The market will be rebuilt.") == 5_000


def test_telex_lines_frame_messages_with_letters() -> None:
    data = b"ZCZC cpa0029 3 wi 240\r\nAldery/Fischerei/\r\nNeu gebaut =\r\n  Der Markt wird neu gebaut.\r\n131145 GMT Apr 21\r\nNNNN\r\nZCZC cpa0030 3 wi 10\r\n"
    made, problems = read(WIRE, data)
    assert (made[0].front["title"], made[0].body) == ("Neu gebaut", "Der Markt wird neu gebaut.")
    assert [each[-6:] for each in problems] == ["[W387]", "[W383]"]


def test_lines_of_the_file_are_told() -> None:
    _, problems = read(WIRE, FIRST + b"\r\n\x01what is this\r\n\x02text\x03\x04" + KILL[:-20])
    assert problems == [
        "item:14: a message without a header of ANPA 1312 or IPTC 7901 (begins 'what is this\\n') [E386]",
        "item:15: a message that was cut off: 'Harbour-Fire' (what came is kept) [W387]",
    ]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "item: no message of a wire in it (check the file) [E386]"),
        (b"\x01", "item:1: a message without a header of ANPA 1312 or IPTC 7901 (begins '') [E386]"),
        (b"\x01\x02\x03\x04", "item:1: a message without a header"),
        (b"\x01a0001\r\nr a BC-X 04-12 0100\r\n\x02\x03\x04", "item:1: nothing to read in it: 'X' (passed over) [W383]"),
        (b"\x00\x00\x01\xff\xfe\x02\xff\x03", "item:1: a message without a header"),
        (b"\x01" + b"a" * 500_000 + b"\x02x\x03", "item:1: a message without a header"),
    ],
)  # fmt: skip
def test_malformed_messages_are_told(data: bytes, expected: str) -> None:
    made, problems = read(WIRE, data)
    assert made == () and problems[0].startswith(expected)


def test_the_year_that_a_message_leaves_out_comes_from_the_files_name() -> None:
    data = b"\x01a0001\r\nr a BC-Market 04-12 0100\r\n\x02   Text.\x03\x04"
    assert one(WIRE, data, name="in/1989/1989-04-12.anpa").front["published"] == "1989-04-12"
    (made,), problems = read(WIRE, data, name="in/1989-04-13.anpa")
    assert (made.front["status"], problems[-1][-6:]) == ("draft", "[W379]")
    (made,), _ = read(WIRE, data.replace(b"\x04", b"9999EST 99-99-99\x04"), name="in/1989-04-12.anpa")
    assert made.front["published"] == "1989-04-12"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1123EST 04-12-89", "1989-04-12T11:23:00-05:00"), ("AP-NR-04-12-89 1123EDT", "1989-04-12T11:23:00-04:00"),
        ("0930 CST 12-31-2001", "2001-12-31T09:30:00-06:00"), ("131145 GMT Apr 21", "2021-04-13T11:45:00Z"),
        ("131145 Mai 59", "2059-05-13T11:45:00Z"), ("2399EST 04-12-89", ""), ("1123EST 13-12-89", ""), ("", ""), ("noise", ""),
    ],
)  # fmt: skip
def test_when_a_message_was_sent(text: str, expected: str) -> None:
    assert sent((text,), "UTC") == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("AM-Vote-Count", Slug(story="Vote-Count")),
        ("BC-Vote Count, 2nd Ld-Writethru, a0592-a0600,0622", Slug(story="Vote Count", version="2nd Ld, Writethru")),
        ("PM-Vote-Count-3rd Add", Slug(story="Vote-Count", act="add", take=4, version="3rd Add")),
        ("Vote-Count-Take 2", Slug(story="Vote-Count", act="add", take=2, version="Take 2")),
        ("BULLETIN KILL Vote-Count", Slug(story="Vote-Count", act="kill", version="BULLETIN KILL")),
        ("AM-Vote-Count, CORRECTIVE", Slug(story="Vote-Count", act="correction", version="CORRECTIVE")),
        ("", Slug(story="")),
    ],
)  # fmt: skip
def test_keyword_lines_are_taken_apart(line: str, expected: Slug) -> None:
    assert read_slug(line) == expected


@pytest.mark.parametrize(
    "text", ["", "a", "a0592", "r a", "x" * 5_000, "a0592 " * 2_000, "dpa0001 3", "a0592 r aa"]
)
def test_what_is_no_header_is_none(text: str) -> None:
    assert read_header(text) is None


@pytest.mark.parametrize(
    ("data", "expected"),
    [(FIRST, True), (TELEGRAPH, True), (b"ZCZC cpa0001", True), (b"\r\n\x16\x01x\x02", True), (b"\x01nothing", False),
     (b"Text \x01 \x02", False), (b"", False), (b"{}", False), (b"\x1f\x8b\x08", False)],
)  # fmt: skip
def test_a_wire_is_known_by_its_control_characters(data: bytes, expected: bool) -> None:
    assert WIRE.recognises(Original(name="a.txt", data=data, where="a")) is expected


BITS = st.sampled_from([FIRST, TAKE, LEAD, KILL, TELEGRAPH, b"\x01", b"\x02", b"\x03", b"\x04", b"ZCZC ", b"NNNN", b"^", b"<", b"\r\n", b"a0592 r a AM-X 04-12 0100", b"   x", b"=", b"\xff", b"\x00", b"1123EST 04-12-89", b"KILL"])  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(BITS | st.binary(max_size=20), max_size=15).map(b"".join))
def test_whatever_the_line_brings_nothing_is_raised(data: bytes) -> None:
    WIRE.recognises(Original(name="a", data=data, where="a"))
    made, problems = read(WIRE, data)
    assert made or problems
    titles: list[Any] = [each.front.get("title") or each.partial for each in made]
    assert all(titles)
