"""Where pages stand, who keeps an address, and what becomes of the others."""

from dataclasses import replace
from types import SimpleNamespace

import fixture_archive as fx
import pytest

from generator.core.model import EntityKey, Taxonomy
from generator.core.page import Planned
from generator.core.paths import Address, ArticleId, output_file
from generator.core.site import BUILT_IN_TAXONOMIES, Theme
from generator.render import addresses
from generator.render import pages as making
from generator.render.addresses import landing
from generator.render.plan import plan
from generator.render.settle import Claim, settle

DAYLESS, DAILY = "/{year}/{month}/{slug}/", "/news/{year}-{month}-{day}/{slug}/"


def planned(archive=None, site=None, assets=None, media=None, texts=fx.TEXTS):
    made, _ = fx.ledger()
    return fx.planned(archive or made, site or fx.site(), assets or {}, media or {}, texts)


def by_address(pages):
    return {page.address: page for page in pages}


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [(DAYLESS, "/2021/04/wall/"), (DAILY, "/news/2021-04-13/wall/"), ("/{slug}/", "/wall/")],
)
def test_an_articles_address_is_the_pattern_filled(pattern, expected):
    article = SimpleNamespace(published=fx.moment("2021-04-13T23:59:00+08:00"), slug="wall")
    assert addresses.article_address(article, fx.site(article_permalink=pattern)) == expected


@pytest.mark.parametrize(
    ("identity", "pattern", "expected"),
    [
        ("2021/04/wall", DAYLESS, "/2021/04/wall/"),
        ("2021/04/13/Wall & Sea", DAYLESS, "/2021/04/wall-and-sea/"),
        ("2021/04/13/wall", DAILY, "/news/2021-04-13/wall/"),
        ("2021/04/wall", DAILY, None),
        ("wall", DAYLESS, None),
        ("old/2021/04/wall", DAYLESS, None),
    ],
)
def test_a_files_place_promises_an_address(identity, pattern, expected):
    assert addresses.place_address(ArticleId(identity), fx.site(article_permalink=pattern)) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("media/x.svg", "/media/x.svg"),
        ("sources/a.txt", "/sources/a.txt"),
        ("sources/a.PDF", "/sources/a.PDF"),
        ("sources/a.html", "/sources/a.html.txt"),
        ("sources/a.svg", "/sources/a.svg.txt"),
        ("sources/a.xhtml", "/sources/a.xhtml.txt"),
        ("sources/nameless", "/sources/nameless.txt"),
        ("sources/a.mht", "/sources/a.mht.txt"),
    ],
)
def test_an_original_that_a_browser_would_run_is_served_as_text(path, expected):
    assert addresses.content_address(path) == expected


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://a.example/x?y=1#z", True),
        ("http://a.example", True),
        ("mailto:desk@a.example", True),
        ("javascript:alert(1)", False),
        ("JavaScript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("data:text/html,x", False),
        ("//a.example/x", False),
        ("https://", False),
        ("https://[bad", False),
        ('https://a.example/"onload="x', False),
        ("", False),
        ("mailto:", False),
    ],
)
def test_only_plain_web_and_mail_addresses_become_links(url, kept):
    assert addresses.web_url(url) == (url if kept else "")


@pytest.mark.parametrize(
    ("src", "expected"),
    [
        ("media/a b.jpg", "/base/media/a%20b.jpg"),
        ("/media/a.jpg", "/base/media/a.jpg"),
        ("https://a.example/x.jpg", "https://a.example/x.jpg"),
        ("javascript:x", ""),
        ("mailto:a@b.example", ""),
        ("//a.example/x.jpg", ""),
        ("other/x.jpg", ""),
        ("media/../x.jpg", ""),
        ("", ""),
    ],
)
def test_a_picture_is_a_web_address_or_lies_under_media(src, expected):
    assert addresses.picture(fx.site(base="/base", url="https://x.example/base/"), src) == expected


def test_links_carry_the_path_of_the_sites_url_and_are_percent_encoded():
    site = fx.site(base="/arkiv", url="https://x.example/arkiv/")
    assert addresses.href(site, "/people/ewa-świtała/") == "/arkiv/people/ewa-%C5%9Bwita%C5%82a/"
    assert addresses.absolute(site, "/people/") == "https://x.example/arkiv/people/"
    assert addresses.absolute(site, "/ü/") == "https://x.example/arkiv/%C3%BC/"


def test_every_address_of_the_contract_is_planned():
    pages, problems = planned(
        assets={"theme:style.css": "1", "theme:search.js": "2"},
        media={"media/mole.svg": "3", "sources/wall.html": "4"},
    )
    expected = [
        "/",
        "/2021/04/harbour-wall/",
        "/2021/",
        "/2021/04/",
        "/2021/04/13/",
        "/tags/",
        "/tags/ferries/",
        "/people/",
        "/organisations/",
        "/places/",
        "/people/ines-calloway/",
        "/organisations/skerrin-line/",
        "/places/north-mole/",
        "/feed.xml",
        "/feed.json",
        "/people/ines-calloway/feed.xml",
        "/people/ines-calloway/feed.json",
        "/tags/ferries/feed.xml",
        "/tags/ferries/feed.json",
        "/sitemap.xml",
        "/search/",
        "/corrections/",
        "/404.html",
        "/robots.txt",
        "/data/articles.jsonl",
        "/data/entities.json",
        "/data/",
        "/data/text/index.json",
        "/data/text/2021-04.json",
        "/authors/",
        "/authors/nell-farrow/",
        "/publishers/",
        "/publishers/the-harbour-ledger/",
        "/about/",
        "/media/mole.svg",
        "/sources/wall.html.txt",
        "/assets/style.css",
        "/assets/search.js",
        "/old/wall/",
        "/sitemaps/2021.xml",
        "/sitemaps/people.xml",
        "/sitemaps/pages.xml",
    ]
    assert problems == ()
    assert set(expected) - {page.address for page in pages} == set()


def test_no_two_pages_share_an_output_file():
    pages, _ = planned()
    files = [output_file(page.address).casefold() for page in pages]
    assert len(files) == len(set(files))


def test_a_taxonomy_of_the_sites_own_has_its_index_before_anything_is_filed_there():
    ships = Taxonomy(key="ships", singular="Ship", plural="Ships", schema="Vehicle")
    pages, _ = planned(site=fx.site(taxonomies=(*BUILT_IN_TAXONOMIES[:3], ships, BUILT_IN_TAXONOMIES[3])))
    index = by_address(pages)["/ships/"].view
    assert index.standfirst == "Nothing is filed here yet."
    assert "ships" not in [item.key for item in index.frame.nav]


def page(where, *sources):
    return Planned(Address(where), making.front, (), sources)


def test_of_two_articles_at_one_address_the_first_by_path_keeps_it():
    pages, problems = settle(
        [Claim(rank=1, page=page("/a/", "content/b.md")), Claim(rank=1, page=page("/a/", "content/a.md"))]
    )
    assert [p.sources for p in pages] == [("content/a.md",)]
    assert [str(p) for p in problems] == [
        'content/b.md: slug: the address "/a/" belongs to content/a.md '
        "(give one of them another slug or another name) [E601]"
    ]


def test_a_page_that_morgue_makes_keeps_its_address_against_an_article():
    pages, problems = settle(
        [Claim(rank=1, page=page("/2021/04/13/", "content/13.md")), Claim(rank=0, page=page("/2021/04/13/"))]
    )
    assert [p.sources for p in pages] == [()]
    assert str(problems[0]).startswith(
        'content/13.md: slug: the address "/2021/04/13/" belongs to a page that Morgue makes itself'
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [("/a/B/", "/a/b/"), ("/a", "/a/b/"), ("/a/b/", "/a"), ("/é/", "/e\u0301/"), ("/x", "/x")],
)
def test_addresses_that_a_file_system_cannot_tell_apart_clash(one, other):
    pages, problems = settle([Claim(rank=1, page=page(one, "1.md")), Claim(rank=1, page=page(other, "2.md"))])
    assert [p.address for p in pages] == [one]
    assert [p.code for p in problems] == ["E601"]


def test_a_redirect_never_takes_a_pages_address():
    asked = Claim(rank=3, page=page("/a/", "content/b.md"))
    unasked = Claim(rank=4, page=page("/a/", "content/c.md"))
    pages, problems = settle([asked, unasked, Claim(rank=1, page=page("/a/", "content/z.md"))])
    assert [p.sources for p in pages] == [("content/z.md",)]
    assert [str(p) for p in problems] == [
        'content/b.md: aliases: no redirect was made from "/a/": the address belongs to content/z.md '
        "(remove the alias) [W602]"
    ]


def test_a_file_whose_name_no_address_can_hold_is_reported_and_left_out():
    pages, problems = planned(media={"media/what?.jpg": "1", "media/fine.jpg": "2"})
    assert "/media/fine.jpg" in by_address(pages)
    assert [str(p) for p in problems] == [
        "content/media/what?.jpg: the file cannot be published: an address cannot hold '/media/what?.jpg' "
        "(rename it) [E603]"
    ]


def test_a_sites_own_asset_hides_the_themes():
    pages, _ = planned(
        assets={"theme:style.css": "1", "templates/assets/style.css": "2", "theme:icon.svg": "3"}
    )
    found = by_address(pages)
    assert found["/assets/style.css"].view.path == "templates/assets/style.css"
    assert found["/assets/icon.svg"].view.path == "theme:icon.svg"


def test_an_alias_leads_to_the_article_and_an_extensionless_one_becomes_a_folder():
    made, _ = fx.ledger()
    redirect = by_address(planned(archive=made)[0])["/old/wall/"]
    assert (redirect.template, redirect.view.href) == ("redirect.html", "/2021/04/harbour-wall/")
    planned_one = next(p for p in plan(made, fx.site(), {}, {}, {}).pages if p.address == "/old/wall/")
    assert planned_one.sources == ("content/articles/2021/04/harbour-wall.md",)
    assert [landing(Address(a)) for a in ("/a/b", "/a/b.html", "/a/b/")] == ["/a/b/", "/a/b.html", "/a/b/"]


def test_the_place_of_a_file_redirects_to_an_article_with_another_slug():
    texts = fx.Text()
    moved = fx.filed(texts, "2021/04/name", "T", "2021-05-01", ["x"], slug="other")
    pages, problems = planned(archive=fx.archive([moved]))
    assert by_address(pages)["/2021/04/name/"].view.href == "/2021/05/other/"
    assert problems == ()


def test_the_place_of_a_file_never_shadows_another_article():
    texts = fx.Text()
    one = fx.filed(texts, "2021/04/name", "One", "2021-04-01", ["x"], slug="other")
    two = fx.filed(texts, "2021/04/other", "Two", "2021-04-02", ["x"], slug="name")
    pages, problems = planned(archive=fx.archive([one, two]))
    assert {p.view.title for p in pages if p.template == "article.html"} == {"One", "Two"}
    assert problems == ()


def test_a_pale_accent_is_reported():
    _, problems = planned(site=fx.site(theme=Theme(accent="#fc0")))
    assert [str(p) for p in problems] == [
        "site.yaml: theme.accent: #fc0 has a contrast of 1.5 to 1 on white "
        "(small labels need 4.5 to 1: choose a darker colour) [W604]"
    ]


def test_no_address_of_the_plan_leaves_the_output_folder():
    key = EntityKey("people", "ines-calloway")
    record = replace(fx.RECORDS[key], name="../../etc")
    made, _ = fx.ledger()
    pages, _ = planned(archive=fx.archive([*made.filed.values()], records={key: record}))
    assert not [p for p in pages if ".." in p.address.split("/") or not p.address.startswith("/")]
