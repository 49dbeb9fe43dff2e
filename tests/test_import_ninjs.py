"""ninjs 1, 2 and 3: what becomes an article, what is refused, and what hostile files do."""

import json
from pathlib import Path
from typing import Any

import pytest
from agency_reading import one, read, shared_files
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.sources.importers.agency.kinds import Kind, faults
from generator.sources.importers.agency.ninjs import NINJS
from generator.sources.importers.agency.ninjs_versions import DEVELOPMENT, faults_of
from generator.sources.importers.base import Media, Original

FIRST: dict[str, Any] = {
    "uri": "http://agency.example/items/harbour-1", "type": "text", "version": "3", "urgency": 4,
    "firstcreated": "2021-04-13T09:00:00Z", "versioncreated": "2021-04-13T11:30:00+02:00", "pubstatus": "usable",
    "language": "en", "byline": "By Nell Farrow and Ines Calloway", "located": "Aldery",
    "headline": "Fire destroys the fish market", "description_summary": "Nobody was hurt.", "slugline": "harbour-fire",
    "body_text": "Not taken.", "body_xhtml": "<p>The market <em>burned</em> down.</p><p>It will be rebuilt.</p>",
    "person": [{"name": "Tam Oduya", "rel": "about"}], "organisation": [{"name": "Aldery Harbour Board"}],
    "place": [{"name": "Aldery"}], "subject": [{"name": "fires"}, {"code": "no-name"}],
    "genre": [{"name": "Current"}], "copyrightholder": "Coastal Press", "usageterms": "Not in print.",
    "associations": {
        "main": {
            "uri": "http://agency.example/pictures/1", "type": "picture", "headline": "The quay", "byline": "A. Lens",
            "description_caption": "Smoke over the quay.",
            "renditions": {
                "small": {"href": "http://agency.example/1-small.jpg", "width": 100},
                "large": {"href": "http://agency.example/1-large.jpg", "width": 1200},
            },
        },
        "film": {"uri": "http://agency.example/films/2", "type": "video", "headline": "Watch the fire"},
    },
}  # fmt: skip

THIRD: dict[str, Any] = {
    "uri": "urn:newsml:agency.example:20210413:harbour-1", "standard": {"name": "ninjs", "version": "3.0"},
    "type": "text", "firstCreated": "2021-04-13T09:00:00Z", "versionCreated": "2021-04-13T09:30:00Z",
    "headlines": [{"role": "short", "value": "Fire"}, {"role": "main", "value": "Fire destroys the fish market"}],
    "descriptions": [{"role": "lead", "value": "Nobody was hurt."}], "by": "Nell Farrow", "located": "Aldery",
    "bodies": [
        {"role": "text", "contentType": "text/plain", "value": "Not taken."},
        {"role": "html", "contentType": "text/html", "value": "<p>The market burned down.</p>"},
    ],
    "people": [{"name": "Tam Oduya"}], "organisations": [{"name": "Aldery Harbour Board"}], "places": [{"name": "Aldery"}],
    "subjects": [{"name": "fires"}], "infoSources": [{"name": "Coastal Press"}], "edNote": "Check the spelling.",
}  # fmt: skip


def test_an_item_of_the_first_generation_becomes_an_article() -> None:
    made = one(NINJS, FIRST)
    assert made.front == {
        "title": "Fire destroys the fish market", "published": "2021-04-13T09:00:00Z", "updated": "2021-04-13T11:30:00+02:00",
        "language": "en", "authors": ["Nell Farrow", "Ines Calloway"], "dateline": "Aldery", "summary": "Nobody was hurt.",
        "image": {"src": "http://agency.example/1-large.jpg", "caption": "Smoke over the quay.", "credit": "A. Lens"},
        "tags": ["fires"], "people": ["Tam Oduya"], "organisations": ["Aldery Harbour Board"], "places": ["Aldery"],
        "related": [{"label": "video", "title": "Watch the fire", "url": "http://agency.example/films/2"}],
        "source": {"publisher": "Coastal Press", "url": "http://agency.example/items/harbour-1"},
        "genre": "Current", "revision": "3", "urgency": 4, "slugline": "harbour-fire",
        "copyright_holder": "Coastal Press", "usage_terms": "Not in print.",
    }  # fmt: skip
    assert made.body == "The market *burned* down.\n\nIt will be rebuilt."
    assert made.identity == ("http://agency.example/items/harbour-1",)
    assert not made.dated_by_version


def test_an_item_of_the_third_generation_becomes_the_same_article() -> None:
    made = one(NINJS, THIRD)
    assert made.front == {
        "title": "Fire destroys the fish market", "published": "2021-04-13T09:00:00Z", "updated": "2021-04-13T09:30:00Z",
        "authors": ["Nell Farrow"], "dateline": "Aldery", "summary": "Nobody was hurt.", "tags": ["fires"],
        "people": ["Tam Oduya"], "organisations": ["Aldery Harbour Board"], "places": ["Aldery"],
        "source": {"publisher": "Coastal Press"}, "editorial_note": "Check the spelling.",
    }  # fmt: skip
    assert (made.body, made.identity) == ("The market burned down.", (THIRD["uri"],))


def test_the_second_generation_spells_its_keys_in_small_letters() -> None:
    small = {key.lower(): value for key, value in THIRD.items()} | {"standard": {"version": "2.1"}}
    small["bodies"] = [{"contenttype": "text/html", "value": "<p>The market burned down.</p>"}]
    assert one(NINJS, small).front == one(NINJS, THIRD).front


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"pubstatus": "canceled"}, {"status": "withdrawn"}),
        ({"pubstatus": "withheld"}, {"status": "embargoed"}),
        ({"embargoed": "2021-05-01T00:00:00Z"}, {"status": "embargoed", "embargo": "2021-05-01T00:00:00Z"}),
        ({"firstcreated": "2021-04-13"}, {"published": "2021-04-13"}),
        ({"language": "not a language!"}, {"language": None}),
        ({"headline": " Fire &amp; <b>smoke</b> "}, {"title": "Fire & smoke"}),
        ({"byline": "Staff"}, {"authors": ["Staff"]}),
    ],
)  # fmt: skip
def test_what_an_item_says_of_itself(change: dict[str, Any], expected: dict[str, Any]) -> None:
    front = one(NINJS, FIRST | change).front
    assert {key: front.get(key) for key in expected} == expected


def test_a_version_without_a_first_date_is_dated_by_itself() -> None:
    made = one(NINJS, {key: value for key, value in FIRST.items() if key != "firstcreated"})
    assert made.dated_by_version
    assert (made.front["published"], "updated" in made.front) == ("2021-04-13T11:30:00+02:00", False)


def test_a_cancelled_item_without_text_only_withdraws() -> None:
    made = one(
        NINJS,
        {
            "uri": "urn:x",
            "pubstatus": "canceled",
            "versioncreated": "2021-04-14T00:00:00Z",
            "ednote": "Wrong.",
        },
    )
    assert made.partial
    assert made.front == {
        "status": "withdrawn",
        "updated": "2021-04-14T00:00:00Z",
        "editorial_note": "Wrong.",
    }
    assert made.identity == ("urn:x",)


def test_pictures_beside_the_file_come_with_it_and_are_not_shown_twice() -> None:
    item = FIRST | {"body_xhtml": '<figure><img src="1-small.jpg"></figure><p>The market burned down.</p>'}
    made = one(NINJS, item, "in/1-large.jpg")
    assert made.front["image"]["src"] == "media/1-large.jpg"  # type: ignore[index,call-overload]
    assert made.media == (Media("in/1-large.jpg", "media/1-large.jpg"),)
    assert made.body == "The market burned down."


def test_further_pictures_stand_below_the_text() -> None:
    second = {"uri": "urn:p2", "type": "picture", "description_caption": "The next day.",
              "renditions": {"a": {"href": "http://agency.example/2.jpg"}}}  # fmt: skip
    made = one(NINJS, FIRST | {"associations": FIRST["associations"] | {"second": second}})
    assert made.body.endswith(
        '<figure><img src="http://agency.example/2.jpg" alt=""><figcaption>The next day.</figcaption></figure>'
    )


def test_a_picture_that_should_be_a_file_and_is_none_is_told() -> None:
    picture = {
        "uri": "urn:p",
        "type": "picture",
        "description_caption": "C",
        "renditions": {"a": {"href": "x.jpg"}},
    }
    made, problems = read(NINJS, FIRST | {"associations": {"main": picture}})
    assert made[0].front["image"] == {"caption": "C"}
    assert problems == [
        "item: image: the picture is not beside the item: 'x.jpg' (put it there and import again) [W324]"
    ]


def test_a_picture_by_itself_is_an_article_with_its_caption() -> None:
    made = one(NINJS, FIRST["associations"]["main"] | {"versioncreated": "2021-04-13T08:00:00Z"})
    assert (made.body, made.front["image"]["caption"]) == ("", "Smoke over the quay.")  # type: ignore[index,call-overload]
    assert made.front["item_type"] == "picture"


def test_nitf_within_an_item_is_its_text() -> None:
    body = {
        "contentType": "text/vnd.IPTC.NITF",
        "value": "<nitf><body><body.content><p>It <em>burned</em>.</p></body.content></body></nitf>",
    }
    assert one(NINJS, THIRD | {"bodies": [body]}).body == "It *burned*."


def test_plain_text_is_meant_literally() -> None:
    plain = {key: value for key, value in FIRST.items() if key != "body_xhtml" and key != "associations"}
    made = one(
        NINJS,
        plain | {"body_text": "Fire destroys the fish market\n# One *two*\n<script>x</script>\n1. three"},
    )
    assert made.body == "\\# One \\*two\\*\n\n&lt;script>x&lt;/script>\n\n1\\. three"


def test_the_dateline_in_the_text_goes_to_its_place() -> None:
    made = one(NINJS, FIRST | {"body_xhtml": "<p>ALDERY, April 13 (Reuters) - The market burned down.</p>"})
    assert (made.front["dateline"], made.body) == ("ALDERY", "The market burned down.")


def test_scripts_in_a_body_are_gone() -> None:
    made = one(
        NINJS,
        FIRST
        | {"body_xhtml": '<p onclick="x()">A<script>alert(1)</script> <a href="javascript:x">b</a></p>'},
    )
    assert made.body == "A b"


def test_a_text_associated_with_another_is_an_article_too() -> None:
    aside = {"uri": "urn:aside", "headline": "An aside", "body_text": "The market was old.", "type": "text"}
    made, problems = read(NINJS, FIRST | {"associations": {"aside": aside}})
    assert [each.front["title"] for each in made] == ["Fire destroys the fish market", "An aside"]
    assert (made[1].front["published"], problems) == ("2021-04-13T09:00:00Z", [])
    assert made[0].front["related"] == [{"label": "text", "title": "An aside"}]


def test_a_list_of_items_is_read_one_by_one() -> None:
    made, problems = read(NINJS, [FIRST, {"uri": 3}, FIRST | {"uri": "urn:2"}])
    assert [each.identity for each in made] == [(FIRST["uri"],), ("urn:2",)]
    assert problems == [
        "item: item 2: not valid ninjs 3.1: uri: not a text (mend it, or ask whoever sent it) [E380]"
    ]


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ({"uri": "urn:e", "type": "event", "title": "Fair"}, "an event, not an article: 'Fair'"),
        ({"uri": "urn:e", "title": "Fair", "eventDetails": {"dates": {"startDate": "2021-04-13T09:00:00Z"}}}, "an event"),
        ({"uri": "urn:p", "type": "planning"}, "a plan, not an article: 'urn:p'"),
        ({"uri": "urn:x", "headline": "Alone", "versioncreated": "2021-04-13"}, "nothing to read in it: 'Alone'"),
    ],
)  # fmt: skip
def test_what_is_no_article_is_passed_over_and_told(item: dict[str, Any], expected: str) -> None:
    made, problems = read(NINJS, item)
    assert made == ()
    assert len(problems) == 1
    assert expected in problems[0] and problems[0].endswith("(passed over) [W383]")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "not JSON: Expecting value"),
        (b"{", "not JSON: Expecting property name"),
        (b"\xff\xfe{", "not JSON"),
        (b"[" * 100_000, "not JSON: nested deeper than 60"),
        (b'{"uri":' + b'{"a":' * 70 + b"1" + b"}" * 71, "nested deeper than 60"),
        (b'{"uri": "x", "urgency": NaN}', "NaN is no number in JSON"),
        (b'{"uri": "x", "urgency": 1' + b"0" * 5000 + b"}", "not JSON"),
        (b"null", ""),
        (b"7", "not valid ninjs 3.1: the item: not an object"),
        (b"{}", "uri: missing"),
        (b'{"uri": "x", "person": "Tam"}', "person: not a list"),
        (b'{"uri": "x", "person": [{"name": ["Tam"]}]}', "person[0].name: not a text"),
        (b'{"uri": "x", "headline": true}', "headline: not a text"),
        (b'{"uri": "x", "urgency": true}', "urgency: not a whole number"),
        (b'{"uri": "x", "urgency": 0}', "urgency: 0 is not between 1 and 9"),
        (b'{"uri": "x", "pubstatus": "cancelled"}', "pubstatus: 'cancelled' is none of usable, withheld, canceled"),
        (b'{"uri": "x", "rightsinfo": {}}', "rightsinfo: needs one of linkedrights and encodedrights, and only one"),
        (b'{"uri": "x", "headline": "h", "associations": {"a": {"bad": 1}}}', "associations.a.uri: missing; associations.a.bad: no such key"),
        (b'{"uri": "x", "nonsense": 1}', "nonsense: no such key"),
        (b'{"$standard": {"version": "1.0"}, "uri": "x", "headline": "h"}', "$standard: no such key"),
    ],
)  # fmt: skip
def test_malformed_items_are_refused_with_the_reason(data: bytes, expected: str) -> None:
    made, problems = read(NINJS, data)
    assert made == ()
    assert (expected in "".join(problems)) and (problems == [] or "[E380]" in problems[0])


@pytest.mark.parametrize("year", ["0000", "0001", "9999", "99999", "-001"])
def test_dates_no_reader_knows_are_told_and_the_rest_is_read(year: str) -> None:
    made, problems = read(NINJS, FIRST | {"firstcreated": f"{year}-04-13T00:00:00Z"})
    assert made[0].front["published"] == "2021-04-13T11:30:00+02:00"
    assert problems == [
        f"item: firstcreated: not a date: '{year}-04-13T00:00:00Z' (left out; expected e.g. 2021-04-13T11:34:00Z) [W384]"
    ]


def test_an_item_without_any_date_is_a_draft_of_the_day() -> None:
    (made,), problems = read(NINJS, {"uri": "x", "headline": "H", "body_text": "B"})
    assert (made.front["published"], made.front["status"], made.dated_by_version) == (
        "2026-11-22",
        "draft",
        False,
    )
    assert problems == [
        "item: no date: kept as a draft of today: 'H' (write `published`, and take `status: draft` away) [W379]"
    ]


def test_a_newsml_urn_tells_the_day_when_nothing_else_does() -> None:
    made = one(NINJS, {"uri": "urn:newsml:agency.example:20210413:a", "headline": "H", "body_text": "B"})
    assert made.front["published"] == "2021-04-13"


def test_an_item_without_a_headline_is_headed_by_its_first_words() -> None:
    made, problems = read(NINJS, {"uri": "urn:x", "body_text": "word " * 40, "versioncreated": "2021-04-13"})
    assert made[0].front["title"] == "word " * 15 + "word …"
    assert problems == [
        "item: an item without a headline: 'urn:x' (headed by its first words: 'word word word word word word word word word word word word ') [W385]"
    ]


def test_characters_that_no_text_may_hold_are_told_and_left_out() -> None:
    data = json.dumps(FIRST).replace("Fire destroys", "Fire\\u0000 de\\u001fstroys \\ud800").encode()
    made, problems = read(NINJS, data)
    assert made[0].front["title"] == "Fire destroys � the fish market"
    assert problems == [
        "item: control characters were left out: 2 (compare with the original) [W321]",
        "item: letters were lost: 1 halves of pairs (lone surrogates) stand in it (look for a better copy of the original) [W322]",
    ]
    json.dumps([made[0].front, made[0].body]).encode()


def test_an_agencys_own_schema_may_add_keys() -> None:
    own = THIRD | {"standard": {"version": "3.0", "schema": "https://agency.example/schema.json"}, "stars": 5}
    made = one(NINJS, own)
    assert [each.what for each in made.dropped] == ["key stars"]


def test_a_version_younger_than_these_tables_may_add_keys() -> None:
    assert (
        one(NINJS, THIRD | {"standard": {"version": "3.9"}, "novelty": "x"}).front["title"]
        == THIRD["headlines"][1]["value"]
    )


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (json.dumps(FIRST), True), (json.dumps([FIRST, THIRD]), True), ('\ufeff {"uri": "x"}', True),
        ("{}", False), ("[]", False), ('{"uri": 3}', False), ("<nitf/>", False), ("", False), ("# Markdown", False),
        ('{"version": "https://jsonfeed.org/version/1.1", "items": [{"uri": "x"}]}', False),
        ('{"uri": "x", "$schema": "y"}', False), ('{"uri": "x"}\n{"uri": "y"}', False), ('{"uri": "x", "genre": [}', True), ('{"uri": "x", ninjs', True),
    ],
)  # fmt: skip
def test_ninjs_is_known_by_its_content(data: str, expected: bool) -> None:
    assert NINJS.recognises(Original(name="a", data=data.encode(), where="a")) is expected


def test_at_most_five_faults_are_told() -> None:
    assert len(faults({str(n): 1 for n in range(100)}, Kind(type="object"))) == 5


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30)
    | st.sampled_from(["2021-04-13T09:00:00Z", "text", "picture", "<p>x", "http://a.example/b.jpg", "canceled"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from([*FIRST, *THIRD, "name", "value", "href", "role"]), inner, max_size=8),
    max_leaves=30,
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from([*FIRST, *THIRD]), VALUES, max_size=12))
def test_whatever_json_says_nothing_is_raised(item: dict[str, Any]) -> None:
    made, problems = read(NINJS, json.dumps(FIRST | item))
    assert made or problems
    for each in made:
        assert each.partial or (each.front["title"] and each.front["published"])


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: json.dumps(text).encode()))
def test_whatever_bytes_come_nothing_is_raised(data: bytes) -> None:
    NINJS.recognises(Original(name="a", data=data, where="a"))
    read(NINJS, data)


def cases(kind: str) -> list[Path]:
    return shared_files("ninjs/validation/test_suite", f"*/{kind}/*.json")


def stated(path: Path) -> tuple[int, int]:
    generation, _, minor = path.parts[-3].replace("x_dev", str(DEVELOPMENT)).partition(".")
    return int(generation), int(minor)


def test_every_case_that_should_fail_is_refused() -> None:
    passed: list[str] = []
    for path in cases("should_fail"):
        try:
            item = json.loads(path.read_bytes())
        except ValueError:
            continue
        if not faults_of(item, stated(path))[1]:
            passed.append(str(path))
    assert passed == []


def test_a_case_that_fails_only_in_an_older_version_is_all_that_passes_without_its_version() -> None:
    passed = []
    for path in cases("should_fail"):
        made, problems = read(NINJS, path.read_bytes())
        assert made == ()
        passed += [f"{path.parts[-3]}/{path.name}"] if not any("[E380]" in each for each in problems) else []
    assert passed == [
        "1.0/014_type_component.json",
        "1.0/016_infosource.json",
        "1.1/001_type_component.json",
        "1.1/002_infosource.json",
    ]


def test_every_case_that_should_pass_is_read() -> None:
    for path in cases("should_pass"):
        item = json.loads(path.read_bytes())
        assert (path.name, faults_of(item, stated(path))[1]) == (path.name, [])
        _, problems = read(NINJS, path.read_bytes())
        assert not any("[E380]" in each for each in problems), (path, problems)


def test_every_example_is_read() -> None:
    made = 0
    for path in shared_files("ninjs/examples", "**/*.json"):
        found, problems = read(NINJS, path.read_bytes())
        made += len(found)
        # One is a schema; the events of another are in no published version.
        assert not any("[E38" in each for each in problems) or path.parent.name in {
            "schema-extension",
            "collection",
        }
    assert made == 35
