"""RSS, Atom, RDF and JSON Feed: each entry an article, whatever the feed's state; nothing is fetched."""

import json
import socket
from pathlib import Path

import pytest
from exporting import SHARED, context_of, imported_folder, read, read_all, recognised
from feed_expectations import expectations_of, files, headers_of, holds
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.sources.importers.base import Imported, Original
from generator.sources.importers.feed_entries import posts_of
from generator.sources.importers.feeds import FEED
from generator.sources.importers.jsonfeed import JSON_FEED

ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/" xml:lang="cy">
<title>The Harbour Ledger</title><link href="https://ledger.example/"/>
<entry><title type="html">The &lt;b&gt;wall&lt;/b&gt; &amp;amp; the sea</title><link href="https://ledger.example/wall"/>
<id>tag:ledger.example,2021:7</id><published>2021-04-13T11:34:00+01:00</published><updated>2021-04-14T08:00:00Z</updated>
<author><name>Ada Quill</name><email>ada@ledger.example</email></author><contributor><name>Tom Reed</name></contributor>
<category term="harbour" label="Harbour"/><summary>A standfirst.</summary>
<media:content url="https://ledger.example/wall.jpg" medium="image"/>
<content type="html">&lt;p&gt;Forty &lt;i&gt;metres&lt;/i&gt;.&lt;/p&gt;&lt;script&gt;x()&lt;/script&gt;</content></entry>
</feed>"""


def rss(items: str, channel: str = "") -> str:
    return f'<rss version="2.0"><channel><title>Ledger</title>{channel}{items}</channel></rss>'


def rss_item(
    more: str = "", title: str = "<title>A</title>", date: str = "Tue, 13 Apr 2021 11:34:00 +0100"
) -> str:
    return f"<item>{title}<link>https://ledger.example/a</link><pubDate>{date}</pubDate>{more}</item>"


def test_an_entry_of_an_atom_feed_is_an_article_with_all_it_says() -> None:
    one = read_all(FEED, ATOM)[0][0]
    assert one.front == {
        "title": "The wall & the sea",
        "published": "2021-04-13T11:34:00+01:00",
        "updated": "2021-04-14T08:00:00Z",
        "language": "cy",
        "authors": ["Ada Quill", "Tom Reed"],
        "summary": "A standfirst.",
        "image": {"src": "https://ledger.example/wall.jpg"},
        "tags": ["Harbour"],
        "source": {"publisher": "The Harbour Ledger", "url": "https://ledger.example/wall"},
    }
    assert one.body == "Forty *metres*."
    assert one.identity == ("https://ledger.example/wall", "tag:ledger.example,2021:7")
    assert [each.what for each in one.dropped] == ["script"]


@pytest.mark.parametrize(
    ("date", "published"),
    [
        ("Tue, 13 Apr 2021 11:34:00 GMT", "2021-04-13T11:34:00Z"),
        ("Tue, 13 Apr 2021 11:34:00 -0500", "2021-04-13T11:34:00-05:00"),
        ("13 Apr 21 11:34 EST", "2021-04-13T16:34:00Z"),
        ("2021-04-13", "2021-04-13"),
        ("2021-04-13T11:34:00", "2021-04-13T11:34:00Z"),
        ("Tue, 31 Dec 9999 23:59:59 GMT", None),
        ("Mon, 01 Jan 0000 00:00:00 GMT", None),
        ("soon", None),
    ],
)
def test_dates_keep_their_zone_and_an_entry_without_one_is_a_draft(date: str, published: str | None) -> None:
    (one,), problems = read_all(FEED, rss(rss_item("<description>x</description>", date=date)))
    if published:
        assert (one.front["published"], one.front.get("status"), problems) == (published, None, [])
    else:
        assert (one.front["published"], one.front["status"]) == ("2026-11-22", "draft")
        assert problems[0].endswith("[W379]")


@pytest.mark.parametrize(
    ("more", "body", "summary"),
    [
        ("<description>Short.</description>", "Short.", None),
        ('<description>Other.</description><content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/">'
         "&lt;p&gt;Long.&lt;/p&gt;</content:encoded>", "Long.", "Other."),
        ('<description>Long and […]</description><content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/">'
         "&lt;p&gt;Long and longer.&lt;/p&gt;</content:encoded>", "Long and longer.", None),
        ('<enclosure url="https://a.example/x.mp3" type="audio/mpeg"/><description>Hear.</description>',
         "Hear.\n\n[Audio](https://a.example/x.mp3)", None),
        ('<description>&lt;iframe src="https://youtu.be/a"&gt;words</description>',
         "[YouTube](https://youtu.be/a)\n\nwords", None),
    ],
)  # fmt: skip
def test_the_fullest_text_is_taken_and_what_comes_with_it(more: str, body: str, summary: str | None) -> None:
    one = read(FEED, rss(rss_item(more)))
    assert (one.body, one.front.get("summary")) == (body, summary)


def test_plain_text_is_not_taken_for_markup() -> None:
    feed = ATOM.replace('<title type="html">', '<title type="text">')
    assert read_all(FEED, feed)[0][0].front["title"] == "The <b>wall</b> &amp; the sea"


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("ada@ledger.example (Ada Quill)", ["Ada Quill"]),
        ("ada@ledger.com (Ada Quill)", ["Ada Quill"]),
        ("Ada Quill &lt;ada@ledger.example&gt;", ["Ada Quill"]),
        ("Ada Quill", ["Ada Quill"]),
        ("ada@ledger.example", None),
    ],
)
def test_addresses_of_mail_are_no_bylines(author: str, names: list[str] | None) -> None:
    made, _ = read_all(FEED, rss(rss_item(f"<author>{author}</author><description>x</description>")))
    assert made[0].front.get("authors") == names
    made, _ = read_all(FEED, rss(rss_item("<author>ada@ledger.example</author><description>x</description>")))
    assert "ada@" not in str(made[0])


def test_an_entry_without_a_headline_is_headed_by_its_first_words() -> None:
    text = "<description>The lamp was out by four in the morning. Nobody saw who did it.</description>"
    (one,), problems = read_all(FEED, rss(rss_item(text, title="")))
    assert one.front["title"] == "The lamp was out by four in the morning"
    assert problems == [
        "export: no headline: headed by its first words, 'The lamp was out by four in the morning' [W372]"
    ]


@pytest.mark.parametrize(
    ("feed", "name"),
    [
        (ATOM, "feed"),
        (rss(""), "feed"),
        ("<!-- x --><?xml-stylesheet href='x'?>\n<rss></rss>", "feed"),
        ('<rdf:RDF xmlns:rdf="r" xmlns="http://purl.org/rss/1.0/"><item/></rdf:RDF>', "feed"),
        ('<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"></rdf:RDF>', ""),
        ('{"version": "https://jsonfeed.org/version/1.1", "items": []}', "jsonfeed"),
        ("<html><body>rss</body></html>", "web"),
        ("<?xml" + "<!--" * 20_000, ""),
    ],
)
def test_feeds_are_recognised_by_their_root(feed: str, name: str) -> None:
    assert recognised(feed) == name


MALFORMED = [
    (rss(rss_item("<description>a & b &nbsp;c</description>")), 1, "[W375]"),
    (rss(rss_item("<description>a</description>")).replace("</rss>", ""), 1, "[W375]"),
    (rss(rss_item("<description>a\x00\x0bb</description>")), 1, "[W375]"),
    (rss(rss_item("<description><<![CDATA[a]]></description>")), 1, "[W375]"),
    (rss(""), 0, "export: a feed without entries (nothing to import) [W378]"),
    ("<rss>", 0, "a feed without entries"),
    ("", 0, "a feed without entries"),
    ("<rss>" * 100_000, 0, "elements lie more than 5,000 deep in each other (look at it in an XML editor) [E379]"),
    ("<rss><channel><item>" + "<b>" * 2_000, 1, "[W375]"),
    ("<rss><channel><item>" + "<br/>" * 10_000 + "<!--" * 10_000 + "<![CDATA[" * 10_000, 1, "[W375]"),
    ('<!DOCTYPE rss [<!ENTITY a "' + "x" * 1000 + '"><!ENTITY b "' + "&a;" * 1000 + '">]>' + rss(rss_item("<description>&b;</description>")), 1, ""),
    ('<!DOCTYPE rss [<!ENTITY f SYSTEM "file:///etc/passwd">]>' + rss(rss_item("<description>&f;</description>")), 1, ""),
]  # fmt: skip


@pytest.mark.parametrize(("feed", "articles", "told"), MALFORMED)
def test_malformed_feeds_give_what_can_be_read(feed: str, articles: int, told: str) -> None:
    made, problems = read_all(FEED, feed)
    assert len(made) == articles
    assert told in " ".join(problems)
    assert all("root:" not in one.body and len(one.body) < 100_000 for one in made)


RDF = """<?xml version="1.0" encoding="iso-8859-1"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://ledger.example/"><title>Ledger</title></channel>
<item rdf:about="https://ledger.example/a"><title>Caf\xe9</title><link>https://ledger.example/a</link><dc:date>2021-04-13</dc:date></item>
<item rdf:about="https://ledger.example/b"><title>B</title><link>https://ledger.example/b</link><dc:date>2021-04-14</dc:date></item>
</rdf:RDF>"""
PREFIXED = """<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:title>Ledger</a:title>
<a:entry><a:title>A</a:title><a:id>a</a:id><a:updated>2021-04-13T11:34:00Z</a:updated></a:entry>
<a:entry><a:title>B</a:title><a:id>b</a:id><a:updated>2021-04-14T11:34:00Z</a:updated></a:entry></a:feed>"""


@pytest.mark.parametrize(
    "feed",
    [
        ATOM, RDF, PREFIXED, rss(rss_item() + rss_item(title="<title>B & C</title>") * 3, "<language>cy</language>"),
        rss(rss_item(title="<title><![CDATA[</item>]]></title>") * 3), rss(""),
    ],
    ids=["atom", "rdf", "prefixed", "mended", "cdata", "empty"],
)  # fmt: skip
def test_a_feed_too_large_to_be_parsed_at_once_gives_the_same(
    feed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = feed.encode("iso-8859-1" if "iso-8859" in feed else "utf-8")
    made, problems = read_all(FEED, data)
    monkeypatch.setattr("generator.sources.importers.feeds.WHOLE", 0)
    monkeypatch.setattr("generator.sources.importers.feed_pieces.ENTRIES", 2)
    parted, told = read_all(FEED, data)
    assert parted == made
    assert {each[-6:] for each in told} == {each[-6:] for each in problems} and len(told) <= len(problems) + 1
    (tmp_path / "feed.xml").write_bytes(data)
    original = Original(name="export", data=b"", where="export")
    found = list(FEED.stream(tmp_path / "feed.xml", original, context_of()))
    assert [each for each in found if isinstance(each, Imported)] == made


def test_an_item_too_large_is_passed_over_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.sources.importers.feeds.WHOLE", 0)
    monkeypatch.setattr("generator.sources.importers.xmlitems.pieces.ITEM_LIMIT", 3_000_000)
    large = rss_item(f"<description>{'x' * 4_000_000}</description>")
    made, problems = read_all(FEED, rss(large.removesuffix("</item>")))
    assert (made, problems[:1]) == ([], ["export: an item that is too large (the rest is imported) [E375]"])


def test_what_feedparser_stumbles_over_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(*arguments: object, **more: object) -> None:
        raise AssertionError("never")

    monkeypatch.setattr("feedparser.parse", stumble)
    assert read_all(FEED, ATOM)[1] == [
        "export: a feed that cannot be read: AssertionError (look at it in an XML editor, and save it anew) [E379]"
    ]


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    for data in ("https://ledger.example/feed.xml", "/etc/passwd", ATOM):
        made, _ = read_all(FEED, data)
        assert len(made) == (data == ATOM)


FEED_1_1 = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "The Harbour Ledger",
    "language": "cy",
    "authors": [{"name": "The Ledger"}],
    "items": [
        {
            "id": "7", "url": "https://ledger.example/wall", "title": "The wall < the sea", "summary": "A standfirst.",
            "content_html": "<p>Forty <i>metres</i>.</p>", "date_published": "2021-04-13T11:34:00+01:00",
            "date_modified": "2021-04-14T08:00:00Z", "authors": [{"name": "Ada Quill"}], "tags": ["Harbour"],
            "image": "https://ledger.example/wall.jpg", "external_url": "https://elsewhere.example/",
            "attachments": [{"url": "https://ledger.example/x.mp3", "mime_type": "audio/mpeg"}],
        },
        {"id": 8, "content_text": "One <line>\nof two.\n\nNext.", "date_published": "2021-04-15T08:00:00Z"},
    ],
}  # fmt: skip


def test_an_item_of_a_json_feed_is_an_article_with_all_it_says() -> None:
    (one, two), problems = read_all(JSON_FEED, json.dumps(FEED_1_1))
    assert one.front == {
        "title": "The wall < the sea",
        "published": "2021-04-13T11:34:00+01:00",
        "updated": "2021-04-14T08:00:00Z",
        "language": "cy",
        "authors": ["Ada Quill"],
        "summary": "A standfirst.",
        "image": {"src": "https://ledger.example/wall.jpg"},
        "tags": ["Harbour"],
        "source": {"publisher": "The Harbour Ledger", "url": "https://ledger.example/wall"},
    }
    assert one.body == (
        "Forty *metres*.\n\n[https://elsewhere.example/](https://elsewhere.example/)\n\n[Audio](https://ledger.example/x.mp3)"
    )
    assert (two.body, two.front["authors"], two.identity) == (
        "One &lt;line>  \nof two.\n\nNext.",
        ["The Ledger"],
        ("8",),
    )
    assert [problem[-6:] for problem in problems] == ["[W372]", "[W374]"]


@pytest.mark.parametrize(
    ("feed", "told"),
    [
        ("{", "not JSON: Expecting property name"),
        ('{"items": {}}', "a feed without entries"),
        ('{"items": [1, null, "x", []]}', "a feed without entries"),
        ("[]", "a feed without entries"),
        ("null", "a feed without entries"),
        ('{"items": [{"title": 7, "tags": "x", "authors": 1, "date_published": "soon", "image": {}, "content_html": null}]}', "[W373]"),
        ('{"items": [{"title": "\\ud800\\u0000", "content_text": "\\udfff"}]}', "[W379]"),
        ("[" * 100_000, "not JSON: nested too deep"),
        ("9" * 10_000, "not JSON: a number that is too long"),
    ],
)  # fmt: skip
def test_malformed_json_feeds_are_told(feed: str, told: str) -> None:
    made, problems = read_all(JSON_FEED, feed)
    assert told in " ".join(problems)
    for one in made:
        one.body.encode()
        str(dict(one.front)).encode()


@given(st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_feed_makes_the_reader_stumble(data: st.DataObject) -> None:
    text = list(data.draw(st.sampled_from([ATOM, rss(rss_item("<description>&lt;p&gt;x</description>"))])))
    for _ in range(data.draw(st.integers(1, 10))):
        at = data.draw(st.integers(0, len(text) - 1))
        piece = data.draw(
            st.sampled_from(["", "<", ">", "&", "]]>", "<![CDATA[", "\x00", '"', "<!--", "<!DOCTYPE ["])
            | st.text(max_size=4)
        )
        text[at : at + data.draw(st.integers(0, 20))] = [piece]
    for one in read_all(FEED, "".join(text))[0]:
        assert one.front["title"]
        assert one.front["published"]


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=8), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
    st.sampled_from(["items", "title", "id", "url", "content_html", "date_published", "authors", "name", "tags", "attachments", "image"]), inner, max_size=5), max_leaves=12))  # fmt: skip
@settings(max_examples=80, deadline=None)
def test_no_json_makes_the_reader_stumble(value: object) -> None:
    for one in read_all(
        JSON_FEED, json.dumps({"version": "https://jsonfeed.org/version/1", "items": [value]})
    )[0]:
        assert one.front["title"]


KNOWN = {
    # A CDATA mark within HTML is a comment to browsers; the suite wants it shown.
    "wellformed/sanitize/item_content_encoded_script_nested_cdata.xml",
}


def suite() -> Path:
    folder = SHARED / "feeds"
    if not folder.is_dir():
        pytest.skip("../shared is not there")
    return folder


def test_every_expectation_of_feedparsers_suite_that_speaks_of_a_field_we_keep_holds() -> None:
    folder, held, failed = suite(), 0, set()
    for path in files(folder):
        data, name = path.read_bytes(), path.relative_to(folder).as_posix()
        expected = expectations_of(data) if path.suffix == ".xml" else []
        # Where relative addresses start from, as the suite's own server would say.
        headers = {"content-location": "http://127.0.0.1:8097/x.xml"} if "/base/" in name else {}
        posts, _ = (
            posts_of(Original(name=name, data=data, where=name), headers | headers_of(data))
            if expected
            else ([], ())
        )
        for each in expected:
            kept = holds(each, posts[each.number]) if each.number < len(posts) else False
            held += kept is True
            failed |= {name} if kept is False else set()
    assert failed == KNOWN
    assert held >= 880


def test_every_feed_of_the_suite_is_read() -> None:
    found = imported_folder(suite())
    assert len(found) > 2_000
    formats = [name for name, _, _ in found.values()]
    assert formats.count("feed") + formats.count("jsonfeed") + formats.count("blogger") >= len(found) - 10
    assert sum(articles for _, articles, _ in found.values()) > 1_200
