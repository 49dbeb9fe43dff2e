"""NewsML-G2: items, packages and messages, and what hostile files do."""

from typing import Any

import pytest
from agency_reading import one, read, shared_files
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.sources.importers.agency.newsml import NEWSML
from generator.sources.importers.base import Media, Original

NS = 'xmlns="http://iptc.org/std/nar/2006-10-01/" standard="NewsML-G2"'
CONTENT = '<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><body><p>The market <em>burned</em>\n  down.</p></body></html></inlineXML>'


def item(guid: str = "urn:newsml:coastal.example:20210413:fire", kind: str = "text", content: str = CONTENT, more: str = "", meta: str = "") -> str:  # fmt: skip
    return f"""<newsItem {NS} guid="{guid}" version="7" xml:lang="en-GB">
 <rightsInfo><copyrightHolder><name>Coastal Press</name></copyrightHolder><copyrightNotice>© 2021 Coastal Press</copyrightNotice>
  <usageTerms>Not in print.</usageTerms></rightsInfo>
 <itemMeta><itemClass qcode="ninat:{kind}"/><provider qcode="nprov:CP"><name>Coastal Press</name></provider>
  <versionCreated>2021-04-13T11:30:00+02:00</versionCreated><firstCreated>2021-04-13T09:00:00Z</firstCreated>
  {meta}<edNote>Check the name.</edNote></itemMeta>
 <contentMeta><urgency>4</urgency><located qcode="c:1"><name>Aldery</name><broader><name>Norland</name></broader></located>
  <creator><name>Nell Farrow</name></creator>
  <subject type="cpnat:person" qcode="p:1"/><subject type="cpnat:organisation"><name>Aldery Harbour Board</name></subject>
  <subject type="cpnat:geoArea"><name xml:lang="de">Alderich</name><name xml:lang="en">Aldery</name></subject>
  <subject qcode="medtop:1"><name>fires</name></subject><subject qcode="medtop:2"/><keyword>harbour</keyword>
  <genre qcode="genre:current"/><slugline>harbour-fire</slugline>
  <headline>Fire destroys the fish market</headline><headline role="hld:sub">Nobody was hurt</headline>
  <description role="drol:summary">The market is gone.</description>{more}</contentMeta>
 <assert qcode="p:1"><name>Tam Oduya</name></assert>
 <contentSet>{content}</contentSet></newsItem>"""


PICTURE = '<remoteContent href="quay-small.jpg" contenttype="image/jpeg" width="100"/><remoteContent href="quay.jpg" contenttype="image/jpeg" width="900"/>'


def test_an_item_with_everything_in_it() -> None:
    made = one(NEWSML, item())
    assert made.front == {
        "title": "Fire destroys the fish market", "published": "2021-04-13T09:00:00Z", "updated": "2021-04-13T11:30:00+02:00",
        "language": "en-GB", "authors": ["Nell Farrow"], "dateline": "Aldery, Norland", "summary": "The market is gone.",
        "tags": ["fires", "harbour"], "people": ["Tam Oduya"], "organisations": ["Aldery Harbour Board"], "places": ["Aldery"],
        "source": {"publisher": "Coastal Press"}, "deck": "Nobody was hurt", "genre": "current", "revision": "7", "urgency": 4,
        "slugline": "harbour-fire", "editorial_note": "Check the name.", "copyright_holder": "Coastal Press",
        "copyright_notice": "© 2021 Coastal Press", "usage_terms": "Not in print.",
    }  # fmt: skip
    assert made.body == "The market *burned* down."
    assert made.identity == ("urn:newsml:coastal.example:20210413:fire",)


@pytest.mark.parametrize(
    ("meta", "expected"),
    [
        ('<pubStatus qcode="stat:usable"/>', {"status": None}),
        ('<pubStatus qcode="stat:canceled"/>', {"status": "withdrawn"}),
        ('<pubStatus uri="http://cv.iptc.org/newscodes/pubstatusg2/withheld"/>', {"status": "embargoed"}),
        ("<embargoed>2021-05-01T00:00:00Z</embargoed>", {"status": "embargoed", "embargo": "2021-05-01T00:00:00Z"}),
        ('<link rel="irel:seeAlso" href="https://a.example/b"><title>More</title></link>',
         {"related": [{"label": "seeAlso", "title": "More", "url": "https://a.example/b"}]}),
    ],
)  # fmt: skip
def test_what_an_item_says_of_itself(meta: str, expected: dict[str, Any]) -> None:
    front = one(NEWSML, item(meta=meta)).front
    assert {key: front.get(key) for key in expected} == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ('<inlineXML><nitf xmlns="n"><body><body.head><byline>By A. N. Other</byline></body.head><body.content><p>By <person>Ann Rule</person>.</p></body.content></body></nitf></inlineXML>', "By Ann Rule."),
        ('<inlineData contenttype="text/plain">One.\n\nTwo *2*.</inlineData>', "One.\n\nTwo \\*2\\*."),
        ('<inlineData contenttype="text/html">&lt;p&gt;One.&lt;/p&gt;&lt;script&gt;x&lt;/script&gt;</inlineData>', "One."),
        ('<inlineData contenttype="text/plain" encoding="base64">AAAA</inlineData>', ""),
        ("<inlineXML><!-- nothing --></inlineXML>" + CONTENT, "The market *burned* down."),
        ("", ""),
    ],
)  # fmt: skip
def test_text_comes_in_several_forms(content: str, expected: str) -> None:
    assert one(NEWSML, item(content=content)).body == expected


def test_names_marked_in_nitf_join_those_of_the_item() -> None:
    nitf = "<inlineXML><nitf><body><body.content><p><person>Ann Rule</person> and <org>Union</org></p></body.content></body></nitf></inlineXML>"
    front = one(NEWSML, item(content=nitf)).front
    assert (front["people"], front["organisations"]) == (
        ["Tam Oduya", "Ann Rule"],
        ["Aldery Harbour Board", "Union"],
    )


def test_a_picture_item_is_an_article_with_its_caption() -> None:
    made = one(NEWSML, item(kind="picture", content=PICTURE, more='<creditline>CP</creditline><description role="drol:caption">Smoke.</description>'), "in/quay.jpg")  # fmt: skip
    assert made.front["image"] == {"src": "media/quay.jpg", "caption": "Smoke.", "credit": "Nell Farrow/CP"}
    assert (made.media, made.front["item_type"]) == ((Media("in/quay.jpg", "media/quay.jpg"),), "picture")


def package(*refs: str, more: str = "") -> str:
    inner = "".join(f'<itemRef residref="{ref}"><itemClass qcode="ninat:text"/><title>About {ref}</title></itemRef>' for ref in refs)  # fmt: skip
    return f"""<packageItem {NS} guid="urn:package" version="1"><itemMeta><itemClass qcode="ninat:composite"/>
     <versionCreated>2021-04-13T12:00:00Z</versionCreated></itemMeta><contentMeta><headline>Top stories</headline></contentMeta>
     <groupSet root="G1"><group id="G2">{inner}</group><group id="G1"><groupRef idref="G2"/><groupRef idref="G1"/>{more}</group></groupSet></packageItem>"""


def message(*items: str) -> str:
    return f"<newsMessage {NS}><header><sent>2021-04-13T12:00:00Z</sent></header><itemSet>{''.join(items)}</itemSet></newsMessage>"


def test_a_package_shows_its_pictures_with_its_text() -> None:
    text, picture = item("urn:text"), item("urn:picture", "picture", PICTURE)
    second = item(
        "urn:second", "picture", '<remoteContent href="http://a.example/2.jpg" contenttype="image/jpeg"/>'
    )
    made, problems = read(
        NEWSML,
        message(package("urn:text", "urn:picture", "urn:second"), picture, text, second),
        "in/quay.jpg",
    )
    assert (problems, [each.identity for each in made]) == ([], [("urn:text",)])
    assert made[0].front["image"]["src"] == "media/quay.jpg"  # type: ignore[index,call-overload]
    assert made[0].media == (Media("in/quay.jpg", "media/quay.jpg"),)
    assert '<img src="http://a.example/2.jpg"' in made[0].body


def test_a_package_whose_items_are_elsewhere_lists_them() -> None:
    made = one(NEWSML, package("urn:a", "https://a.example/b"))
    assert made.front["related"] == [
        {"label": "text", "title": "About urn:a"},
        {"label": "text", "title": "About https://a.example/b", "url": "https://a.example/b"},
    ]
    assert (made.front["title"], made.body) == ("Top stories", "About urn:a\n\nAbout https://a.example/b")


def test_a_message_brings_many_items_and_a_bad_one_stops_none() -> None:
    bad = f'<newsItem {NS} guid="urn:bad"><contentMeta><headline>No date</headline></contentMeta><contentSet>{CONTENT}</contentSet></newsItem>'
    plan = f'<planningItem {NS} guid="urn:plan"/>'
    made, problems = read(NEWSML, message(item("urn:a"), bad, plan, item("urn:b")))
    assert [each.identity for each in made] == [("urn:a",), ("urn:bad",), ("urn:b",)]
    assert problems == [
        "item: a plan, not an article: 'urn:plan' (passed over) [W383]",
        "item: no date: kept as a draft of today: 'No date' (write `published`, and take `status: draft` away) [W379]",
    ]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("", "not well-formed XML: no element found"),
        (f"<newsItem {NS}>", "not well-formed XML"),
        ("<rss/>", "not NewsML-G2: its outermost element is 'rss'"),
        (f"<conceptItem {NS}/>", "a concept, not an article"),
        (f"<newsItem {NS}/>", "nothing to read in it"),
        ('<!DOCTYPE newsItem [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><newsItem>&c;</newsItem>', "declares an entity"),
        (f"<newsItem {NS}>" + "<a>" * 100_000, "nested deeper than 250 elements"),
    ],
)  # fmt: skip
def test_malformed_items_are_told(data: str, expected: str) -> None:
    made, problems = read(NEWSML, data)
    assert made == () and expected in problems[0]


@pytest.mark.parametrize("year", ["0000", "9999"])
def test_dates_no_reader_knows_are_told_and_the_rest_is_read(year: str) -> None:
    made, problems = read(NEWSML, item().replace("2021-04-13T09:00:00Z", f"{year}-04-13T09:00:00Z"))
    assert made[0].front["published"] == "2021-04-13T11:30:00+02:00"
    assert problems == [
        f"item: firstCreated: not a date: '{year}-04-13T09:00:00Z' (left out; expected e.g. 2021-04-13T11:34:00Z) [W384]"
    ]


@pytest.mark.parametrize(
    ("data", "expected"),
    [(item(), True), (package("a"), True), ("<newsMessage><header/></newsMessage>", True), (f"<conceptItem {NS}/>", True),
     ("<newsItem/>", False), (f"<contentSet {NS}/>", False), ("{}", False), ("<nitf/>", False)],
)  # fmt: skip
def test_newsml_is_known_by_its_outermost_element(data: str, expected: bool) -> None:
    assert NEWSML.recognises(Original(name="a", data=data.encode(), where="a")) is expected


PIECES = st.sampled_from(
    [item(), package("urn:a"), CONTENT, PICTURE, "<newsItem>", "</newsItem>", "<itemRef/>", "<groupSet>", "<group>", "</group>", "<subject/>", "<name>x</name>", "<headline/>", "x", "<nitf>", "</nitf>", "<inlineXML>", "</inlineXML>", "<description>d</description>"]
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(st.lists(PIECES, max_size=8))
def test_whatever_xml_says_nothing_is_raised(pieces: list[str]) -> None:
    read(NEWSML, message("".join(pieces)))
    read(NEWSML, "".join(pieces))


def test_the_standards_own_listings_are_read() -> None:
    titles: dict[str, list[str]] = {}
    for path in shared_files("newsml-g2", "*.xml"):
        original = Original(name=path.name, data=path.read_bytes(), where="item")
        if not NEWSML.recognises(original):
            continue
        made, problems = read(NEWSML, path.read_bytes(), name=path.name)
        titles[path.name] = [str(each.front["title"]) for each in made]
        assert not any("[E3" in each for each in problems), (path, problems)
    assert (len(titles), sum(map(len, titles.values()))) == (30, 12)
    assert titles["LISTING_2_NewsML-G2_Text_Document.xml"] == ['Fed to halt QE to avert "bubble"']
