"""NITF: the article, the names marked in it, and what hostile files do."""

from typing import Any

import pytest
from agency_reading import one, read
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.sources.importers.agency.nitf import NITF
from generator.sources.importers.base import Dropped, Media, Original

ARTICLE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nitf SYSTEM "nitf-3-6.dtd">
<nitf xmlns="http://iptc.org/std/NITF/2006-10-18/" xml:lang="en-GB">
 <head>
  <title>Harbour fire</title>
  <tobject><tobject.property tobject.property.type="Current"/>
   <tobject.subject tobject.subject.type="disasters" tobject.subject.matter="fires"/></tobject>
  <docdata management-status="usable">
   <doc-id regsrc="coastal.example" id-string="harbour-1"/>
   <date.issue norm="20210413T090000Z"/><date.expire norm="20220101T000000Z"/>
   <urgency ed-urg="4"/><du-key version="2" key="harbour"/><evloc city="Aldery"/><ed-msg info="Check the name."/>
   <doc.copyright holder="Coastal Press" year="2021"/>
   <key-list><keyword key="harbour"/></key-list>
   <identified-content><org>Fire Brigade Union</org><person>Ann Rule</person><classifier value="safety"/></identified-content>
  </docdata>
  <pubdata name="The Harbour Ledger" position.section="News" ex-ref="https://ledger.example/2021/fire"/>
 </head>
 <body>
  <body.head>
   <hedline><hl1>Fire destroys the fish market</hl1><hl2>Nobody was hurt</hl2></hedline>
   <byline>By <person>Nell Farrow</person>, <byttl>Staff Reporter</byttl></byline>
   <dateline><location>Aldery</location>, <story.date norm="20210413">April 13</story.date></dateline>
   <abstract><p>The market is gone.</p></abstract>
   <rights>Not in print.</rights>
  </body.head>
  <body.content>
   <p>The market, run by <org>Aldery Fish <alt-code value="x"/>Co.</org>, <em>burned</em> down, <person>Tam Oduya <function>harbour master</function></person> said
      in <location><city>Aldery</city>, <country>Norland</country></location>.</p>
   <hl2>The cause</hl2>
   <media media-type="image"><media-reference mime-type="image/jpeg" source="quay.jpg" alternate-text="Smoke"/>
    <media-caption>Smoke over the quay.</media-caption><media-producer>A. Lens</media-producer>
    <media-object encoding="base64">AAAA</media-object></media>
   <bq><block><p>It went up at once.</p></block><credit>Tam Oduya</credit></bq>
   <ul><li>One</li><li>Two</li></ul>
   <table><tr><th>Stall</th><th>Loss</th></tr><tr><td>1</td><td>All</td></tr></table>
   <media media-type="video"><media-reference source="https://ledger.example/fire.mp4"/><media-caption>The fire</media-caption></media>
   <p>More<copyrite>(c)</copyrite> <a href="https://ledger.example/">here</a>.</p>
  </body.content>
  <body.end><tagline>Nell Farrow covers the *harbour*.</tagline></body.end>
 </body>
</nitf>"""


def test_an_article_with_everything_in_it() -> None:
    made = one(NITF, ARTICLE, "in/quay.jpg")
    assert made.front == {
        "title": "Fire destroys the fish market", "published": "2021-04-13T09:00:00Z", "language": "en-GB",
        "authors": ["Nell Farrow"], "dateline": "Aldery", "summary": "The market is gone.",
        "image": {"src": "media/quay.jpg", "alt": "Smoke", "caption": "Smoke over the quay.", "credit": "A. Lens"},
        "tags": ["disasters", "fires", "safety", "harbour"], "people": ["Ann Rule", "Nell Farrow", "Tam Oduya"],
        "organisations": ["Fire Brigade Union", "Aldery Fish Co."], "places": ["Aldery"],
        "source": {"publisher": "The Harbour Ledger", "url": "https://ledger.example/2021/fire"},
        "deck": "Nobody was hurt", "section": "News", "genre": "Current", "revision": "2", "urgency": 4,
        "editorial_note": "Check the name.", "copyright_holder": "Coastal Press", "copyright_notice": "© 2021 Coastal Press",
        "usage_terms": "Not in print.", "expires": "20220101T000000Z",
    }  # fmt: skip
    assert made.body == (
        "The market, run by Aldery Fish Co., *burned* down, Tam Oduya harbour master said in Aldery, Norland.\n\n"
        "## The cause\n\n> It went up at once.\n>\n> — Tam Oduya\n\n- One\n- Two\n\n"
        "| Stall | Loss |\n| --- | --- |\n| 1 | All |\n\n[The fire](https://ledger.example/fire.mp4)\n\n"
        "More [here](https://ledger.example/).\n\n*Nell Farrow covers the \\*harbour\\*.*"
    )
    assert made.identity == ("https://ledger.example/2021/fire", "coastal.example:harbour-1")
    assert made.media == (Media("in/quay.jpg", "media/quay.jpg"),)
    assert Dropped("copyright line", "not part of the article's text", 1) in made.dropped
    assert made.dated_by_version


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('management-status="usable"', 'management-status="canceled"', {"status": "withdrawn"}),
        ('management-status="usable"', 'management-status="withheld"', {"status": "embargoed"}),
        ('<date.expire norm="20220101T000000Z"/>', '<date.release norm="20210420T090000Z"/>',
         {"status": "embargoed", "embargo": "2021-04-20T09:00:00Z"}),
        ('<date.issue norm="20210413T090000Z"/>', "", {"published": "2021-04-13"}),
        ("<hl1>Fire destroys the fish market</hl1>", "", {"title": "Nobody was hurt"}),
        ("<abstract><p>The market is gone.</p></abstract>", "", {"summary": "Nobody was hurt", "deck": None}),
        ("<person>Nell Farrow</person>", "Nell Farrow", {"authors": ["Nell Farrow"]}),
        ('regsrc="coastal.example" id-string="harbour-1"', "", {"title": "Fire destroys the fish market"}),
    ],
)  # fmt: skip
def test_what_a_document_says_of_itself(old: str, new: str, expected: dict[str, Any]) -> None:
    assert old in ARTICLE
    front = one(NITF, ARTICLE.replace(old, new), "in/quay.jpg").front
    assert {key: front.get(key) for key in expected} == expected


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("", "item:1: not well-formed XML: no element found (export it again) [E381]"),
        ("<nitf>", "item:1: not well-formed XML: no element found (export it again) [E381]"),
        ("<html/>", "item: not NITF: its outermost element is 'html' (name its own format with --format) [E381]"),
        ('<!DOCTYPE nitf [<!ENTITY a "b">]><nitf>&a;</nitf>', "item:1: declares an entity, which is never expanded: 'a' (export it again) [E381]"),
        ("<nitf/>", "item: nothing to read in it: 'an item' (passed over) [W383]"),
    ],
)  # fmt: skip
def test_malformed_documents_are_refused_with_the_reason(data: str, expected: str) -> None:
    made, problems = read(NITF, data)
    assert (made, problems[0]) == ((), expected)


def test_a_text_without_headline_and_date_is_a_draft_headed_by_its_first_words() -> None:
    (made,), problems = read(
        NITF, "<nitf><body><body.content><p>Some words.</p></body.content></body></nitf>"
    )
    assert (made.front["title"], made.front["status"], made.front["published"]) == (
        "Some words.",
        "draft",
        "2026-11-22",
    )
    assert [problem[-6:] for problem in problems] == ["[W385]", "[W379]"]


@pytest.mark.parametrize("year", ["0000", "9999"])
def test_dates_no_reader_knows_are_told_and_the_rest_is_read(year: str) -> None:
    made, problems = read(NITF, ARTICLE.replace("20210413T090000Z", f"{year}0413T090000Z"), "in/quay.jpg")
    assert made[0].front["published"] == "2021-04-13"
    assert problems == [
        f"item: date.issue: not a date: '{year}0413T090000Z' (left out; expected e.g. 2021-04-13T11:34:00Z) [W384]"
    ]


def test_nul_bytes_are_told_and_left_out() -> None:
    made, problems = read(NITF, ARTICLE.replace("One", "O\x00ne"), "in/quay.jpg")
    assert "- One\n" in made[0].body
    assert problems == ["item: control characters were left out: 1 (compare with the original) [W321]"]


@pytest.mark.parametrize("data", ["<nitf>", "<?xml version='1.0'?><n:nitf xmlns:n='x'/>", ARTICLE])
def test_nitf_is_known_by_its_outermost_element(data: str) -> None:
    assert NITF.recognises(Original(name="a", data=data.encode(), where="a"))
    assert not NITF.recognises(Original(name="a.nitf", data=b"<newsItem/>" + data.encode(), where="a"))


PARTS = st.sampled_from(
    [ARTICLE[:900], ARTICLE[900:2000], "<p>", "</p>", "<media>", "</media>", "<person>", "</person>", "<bq>", "<table><tr>", "&nbsp;", "x" * 50, "<hl1>", "<body>", "</body>", "<body.content>", "</body.content>", "<nitf>", "</nitf>", "\x00"]
)  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(st.lists(PARTS, max_size=25))
def test_whatever_xml_says_nothing_is_raised(parts: list[str]) -> None:
    read(NITF, "<nitf><body><body.content>" + "".join(parts) + "</body.content></body></nitf>")
    read(NITF, "".join(parts))
