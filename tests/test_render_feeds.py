"""Feeds, sitemaps, data and texts: valid to the programs that read them."""

import json
from datetime import datetime
from xml.etree import ElementTree

import fixture_archive as fx
import pytest

from generator.core.dates import Moment
from generator.render.rendering import render_page
from generator.render.sitemaps import sitemap_index_view, sitemap_parts, sitemap_view
from generator.render.templates import Templates
from generator.render.text_views import text_parts
from generator.render.theme import theme_folder
from generator.render.weaving import Kept

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def build(archive, texts, site=None):
    templates = Templates(theme_folder())
    pages, _ = fx.planned(archive, site or fx.site(), {}, {}, fx.TEXTS)
    return {
        p.address: render_page(p, templates, Kept(texts, texts.leaf, texts.leaf)).decode()
        for p in pages
        if "." in p.address
    }


@pytest.fixture(scope="module")
def built():
    return build(*fx.ledger())


def test_every_atom_feed_has_what_the_standard_asks_for(built):
    feeds = {a: ElementTree.fromstring(text) for a, text in built.items() if a.endswith("feed.xml")}
    assert len(feeds) == 10
    for address, feed in feeds.items():
        assert feed.tag == f"{ATOM}feed"
        assert feed.findtext(f"{ATOM}id") == f"https://ledger.example{address}"
        assert feed.findtext(f"{ATOM}title")
        assert feed.findtext(f"{ATOM}author/{ATOM}name") == "The Harbour Ledger Trust"
        links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
        assert links["self"] == f"https://ledger.example{address}"
        entries = feed.findall(f"{ATOM}entry")
        updated = [datetime.fromisoformat(e.findtext(f"{ATOM}updated")) for e in entries]
        assert datetime.fromisoformat(feed.findtext(f"{ATOM}updated")) == max(updated)
        assert all(moment.tzinfo for moment in updated)
        for entry in entries:
            assert entry.findtext(f"{ATOM}id").startswith("https://ledger.example/")
            assert entry.findtext(f"{ATOM}summary")


def test_every_json_feed_follows_version_1_1(built):
    for address, text in built.items():
        if not address.endswith("feed.json"):
            continue
        feed = json.loads(text)
        assert feed["version"] == "https://jsonfeed.org/version/1.1"
        assert feed["feed_url"] == f"https://ledger.example{address}"
        for item in feed["items"]:
            assert item["id"] == item["url"]
            assert item["content_text"]
            assert datetime.fromisoformat(item["date_published"]).tzinfo
        assert feed["items"]


def test_the_two_forms_of_a_feed_list_the_same_articles(built):
    atom = ElementTree.fromstring(built["/feed.xml"])
    listed = [e.findtext(f"{ATOM}id") for e in atom.findall(f"{ATOM}entry")]
    assert listed == [item["id"] for item in json.loads(built["/feed.json"])["items"]]
    assert listed[0] == "https://ledger.example/2021/04/market-late/"


def test_a_feed_holds_the_latest_thirty_and_hostile_titles_whole():
    texts = fx.Text()
    found = [
        fx.filed(
            texts,
            f"2021/04/a{n:02}",
            f"]]></title> & <b>{n}",
            f"2021-04-{n % 28 + 1:02}T00:{n:02}:00+00:00",
            ["x"],
        )
        for n in range(40)
    ]
    feed = ElementTree.fromstring(build(fx.archive(found), texts)["/feed.xml"])
    titles = [e.findtext(f"{ATOM}title") for e in feed.findall(f"{ATOM}entry")]
    assert len(titles) == 30
    assert titles[0] == "]]></title> & <b>27"


def test_a_feed_without_articles_still_says_when_it_was_updated():
    feed = ElementTree.fromstring(build(fx.archive([], records={}), fx.Text())["/feed.xml"])
    assert feed.findtext(f"{ATOM}updated") == "1970-01-01T00:00:00+00:00"


def test_the_sitemap_leads_to_parts_that_list_every_article_once(built):
    index = ElementTree.fromstring(built["/sitemap.xml"])
    parts = [loc.text.removeprefix("https://ledger.example") for loc in index.iter(f"{MAP}loc")]
    assert parts[0] == "/sitemaps/pages.xml"
    urls = [loc.text for part in parts for loc in ElementTree.fromstring(built[part]).iter(f"{MAP}loc")]
    assert len(urls) == len(set(urls))
    for address in (
        "/",
        "/about/",
        "/2021/04/harbour-wall/",
        "/2021/04/13/",
        "/people/ines-calloway/",
        "/tags/",
    ):
        assert f"https://ledger.example{address}" in urls
    assert "https://ledger.example/search/" not in urls
    lastmod = {
        each.findtext(f"{MAP}loc"): each.findtext(f"{MAP}lastmod")
        for each in ElementTree.fromstring(built["/sitemaps/2021.xml"])
    }
    assert lastmod["https://ledger.example/2021/04/harbour-wall/"] == "2023-06-04T19:33:00+08:00"


def test_a_part_of_the_sitemap_never_holds_more_than_it_may():
    rows = [(fx.Address(f"/{n}/"), "2021-04-13") for n in range(7)]
    basis = fx.planned_basis(fx.ledger()[0])
    basis.kept["sitemap"] = {"2021": rows}
    parts = sitemap_parts(basis, most=3)
    found = {p.address: len(sitemap_view(basis, p.group, p.number, most=3).urls) for p in parts}
    assert found == {"/sitemaps/2021.xml": 3, "/sitemaps/2021-2.xml": 3, "/sitemaps/2021-3.xml": 1}
    assert [p.modified for p in sitemap_index_view(basis, most=3).parts] == ["2021-04-13"] * 3


def test_robots_txt_leads_to_the_sitemap(built):
    assert built["/robots.txt"] == "User-agent: *\nAllow: /\n\nSitemap: https://ledger.example/sitemap.xml\n"


def test_the_articles_as_data_are_one_json_object_a_line_without_text(built):
    rows = [json.loads(line) for line in built["/data/articles.jsonl"].splitlines()]
    assert rows[0]["title"] == "Fish market opens an hour late"
    wall = rows[1]
    assert wall["url"] == "https://ledger.example/2021/04/harbour-wall/"
    assert wall["people"] == ["Ines Calloway", "Tomas Rehn", "Haruto Voss"]
    assert wall["source"]["sha256"] == "7c" * 32
    assert wall["corrections"] == [
        {"date": "2021-04-15", "text": "It was finished in 1934, not in 1943."},
        {"date": None, "text": "The quay is the Fish Quay."},
    ]
    assert "was put by" not in built["/data/articles.jsonl"]


def test_the_names_as_data_carry_aliases_and_years(built):
    rows = {row["slug"]: row for row in json.loads(built["/data/entities.json"])}
    assert rows["ines-calloway"]["aliases"] == ["Cllr Calloway", "Mayor Calloway"]
    assert rows["north-mole"]["coordinates"] == [54.1, -3.25]
    assert rows["north-mole"]["years"] == {"1999": 1, "2019": 1, "2021": 2}


def test_the_texts_are_listed_newest_first_with_their_paragraphs(built):
    index = json.loads(built["/data/text/index.json"])
    assert [row["month"] for row in index] == ["2021-04", "2021-03", "2019-11", "1999-04"]
    assert index[0] == {"url": "/data/text/2021-04.json", "month": "2021-04", "articles": 2}
    wall = json.loads(built["/data/text/2021-04.json"])[1]
    assert wall["p"][1] == ["p2", "The figure was put by Ines Calloway, who now sits for Quayside."]
    assert "Who owns the seabed?" not in [text for _, text in wall["p"]]
    assert json.loads(built["/data/text/1999-04.json"])[0]["l"] == "de"


def test_a_month_of_many_articles_is_cut_into_files():
    archive, _ = fx.ledger()
    parts = {part.address: part.articles for part in text_parts(archive, most=1)}
    assert {"/data/text/2021-04.json", "/data/text/2021-04-2.json"} <= set(parts)
    assert all(len(articles) == 1 for articles in parts.values())


def test_a_feed_is_updated_when_its_newest_article_was_corrected_never_before_it_was_published():
    texts = fx.Text()
    early = Moment(fx.moment("2020-01-01T00:00:00+00:00").at)
    odd = fx.filed(texts, "2021/04/odd", "Odd", "2021-04-13T10:00:00+00:00", ["x"], updated=early)
    feed = json.loads(build(fx.archive([odd]), texts)["/feed.json"])
    assert feed["items"][0]["date_modified"] == "2021-04-13T10:00:00+00:00"
