"""The views and pages of a small archive: what each shows, and that nothing hostile gets through."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import fixture_archive as fx
import pytest

from generator.annotate.leaf import paragraphs
from generator.core.archive import Link, Neighbours, Passage, StoryPlace
from generator.core.language import ENGLISH
from generator.core.model import Image, Record, Role, Source
from generator.core.paths import Address, ArticleId
from generator.core.site import Publisher, Theme
from generator.output.encode import encode
from generator.render import concordance, entity_views, index_views
from generator.render.article_parts import appearances_words, related_items
from generator.render.article_views import article_view
from generator.render.basis import build_basis
from generator.render.colours import contrast, lightened
from generator.render.rendering import render_page
from generator.render.templates import Templates
from generator.render.theme import theme_folder
from generator.render.weaving import Kept

MEDIA = {"media/mole.svg": "m", "sources/wall.html": "w"}


@pytest.fixture(scope="module")
def templates():
    return Templates(theme_folder())


def build(templates, archive=None, texts=None, site=None, media=MEDIA):
    if archive is None:
        archive, texts = fx.ledger()
    pages, _ = fx.planned(archive, site or fx.site(), {}, media, fx.TEXTS)
    return {
        p.address: render_page(p, templates, Kept(texts, texts.leaf, texts.leaf)).decode()
        for p in pages
        if p.template
    }, {p.address: p.view for p in pages}


@pytest.fixture(scope="module")
def built(templates):
    return build(templates)


class Outline(HTMLParser):
    """The ids, hrefs, headings and open elements of a page."""

    VOID = frozenset(["meta", "link", "input", "img", "br", "hr"])

    def __init__(self, html):
        super().__init__()
        self.ids, self.hrefs, self.tags, self.open, self.handlers = [], [], [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value)
            if name in {"href", "src"}:
                self.hrefs.append(value)
            if name.startswith("on") or name == "style":
                self.handlers.append((tag, name))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_every_page_is_well_formed_has_one_h1_and_no_id_twice(built):
    for address, html in built[0].items():
        if html.startswith("<!doctype html>") and "http-equiv" not in html:
            outline = Outline(html)
            assert outline.open == [], address
            assert outline.tags.count("h1") == 1, address
            assert len(outline.ids) == len(set(outline.ids)), address


def test_no_page_has_an_inline_style_or_handler_or_asks_another_host(built):
    for address, html in built[0].items():
        if html.startswith("<!doctype html>"):
            assert Outline(html).handlers == [], address
            assert "<style" not in html, address
            for src in re.findall(
                r'<(?:script|img|link rel="(?:stylesheet|icon)")[^>]*(?:src|href)="([^"]*)"', html
            ):
                assert src.startswith("/"), address


def test_every_link_within_the_site_leads_to_a_page(built):
    pages, views = built
    theme = theme_folder()
    assets = {f"/{file.relative_to(theme).as_posix()}" for file in theme.glob("assets/**/*.*")}
    for address, html in pages.items():
        if not html.startswith("<!doctype html>"):
            continue
        for link in Outline(html).hrefs:
            if link.startswith("/"):
                where, _, anchor = link.partition(":~:")[0].partition("#")
                where = where.partition("?")[0]
                assert where in views or where in assets, f"{address} → {link}"
                if anchor:
                    assert f'id="{anchor}"' in pages[where], f"{address} → {link}"
            elif link.startswith("#"):
                assert link == "#main" or f'id="{link[1:]}"' in html, f"{address} → {link}"


def test_an_article_shows_all_that_its_front_matter_says(built):
    html = built[0]["/2021/04/harbour-wall/"]
    for part in (
        "<h1>Harbour wall will cost twice the estimate, engineers tell council</h1>",
        '<p class="standfirst">Divers have found that the outer half stands on loose ballast.</p>',
        'By <a href="/authors/nell-farrow/">Nell Farrow</a> and <a href="/authors/callum-adeyemi/">Callum',
        '<time datetime="2021-04-13T11:34:00+08:00">11:34, 13 April 2021</time></a> (UTC+8)',
        '<time datetime="2023-06-04T19:33:00+08:00">19:33, 4 June 2023</time> (UTC+8)',
        '<p class="kicker"><a href="/tags/harbour-works/">Harbour works</a></p>',
        '<img src="/media/mole.svg" alt="A wall">',
        "<figcaption>The mole. <small>R. Achterberg</small></figcaption>",
        "It was finished in 1934, not in 1943.",
        '<p id="p1"><span class="place">ALDERY</span> — The sea wall',
        '<a class="para" href="#p1" aria-label="Paragraph 1"></a></p>',
        '<h3 class="label">Organisations</h3>',
        '<a href="/people/haruto-voss/" class="found" aria-describedby="key_found">Haruto Voss</a>',
        "Named by the paper; not found in the archive.",
        '<h2 id="h_by">Mentioned by</h2>',
        "<code>" + "7c" * 32 + "</code>",
        '<a href="/sources/wall.html.txt">wall.html</a>, as received',
        '<a href="https://old.example/wall" rel="external">',
        "10:00, 2 September 2024",
        'rel="prev" href="/2021/03/divers/">Earlier, 23 Mar 2021',
        'rel="next" href="/2021/04/market-late/">Later, 16:05 the same day',
        '<link rel="canonical" href="https://ledger.example/2021/04/harbour-wall/">',
        '<meta property="og:image" content="https://ledger.example/media/mole.svg">',
        '>Ines Calloway</a><button class="about" popovertarget="c_2"',
        '<div class="card" popover id="c_2"><p class="label">Person</p>',
    ):
        assert part in html


def test_a_caption_alone_shows_too(built):
    html = built[0]["/2021/03/divers/"]
    assert (
        '<figure class="missing"><figcaption><span>The nets are lowered.</span> <small>R. Achterberg.</small>'
        in html
    )
    assert "<img" not in html


def test_a_picture_that_is_not_there_leaves_its_caption(templates):
    pages, _ = build(templates, media={})
    assert '<figure class="missing">' in pages["/2021/04/harbour-wall/"]
    assert "as received" not in pages["/2021/04/harbour-wall/"]


def test_an_article_in_another_language_says_so_wherever_it_stands(built):
    assert '<h1 lang="de" dir="ltr">Walfisch vor Aldery</h1>' in built[0]["/1999/04/whale/"]
    assert '<h3 lang="de" dir="ltr"><a href="/1999/04/whale/">' in built[0]["/1999/"]


def test_the_json_ld_of_an_article_says_who_wrote_what_and_when(built):
    html = built[0]["/2021/04/harbour-wall/"]
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html)[1])
    assert data["@type"] == "NewsArticle"
    assert data["datePublished"] == "2021-04-13T11:34:00+08:00"
    assert data["dateModified"] == "2023-06-04T19:33:00+08:00"
    assert [a["name"] for a in data["author"]] == ["Nell Farrow", "Callum Adeyemi"]
    assert data["publisher"]["name"] == "The Harbour Ledger Trust"
    assert data["correction"][0]["datePublished"] == "2021-04-15"
    assert {
        "@type": "Place",
        "name": "North Mole",
        "url": "https://ledger.example/places/north-mole/",
    } in data["mentions"]


def test_all_json_ld_parses(built):
    for html in built[0].values():
        for data in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html):
            assert json.loads(data)["@context"] == "https://schema.org"


def test_an_agency_is_an_organisation_and_a_reporter_a_person(built):
    reuters = built[0]["/2021/04/market-late/"]
    assert '"author":[{"@type":"Organization","name":"Reuters"}]' in reuters


def test_an_entity_shows_its_record_its_life_and_every_sentence(built):
    html = built[0]["/people/ines-calloway/"]
    for part in (
        "<h1>Ines Calloway</h1>",
        "mayor of Aldery since May 2021.</p>",
        "2 mentions in 2 articles",
        '<p id="p1">She measures.</p>',
        "Cllr Calloway; Mayor Calloway",
        '<a href="https://www.wikidata.org/wiki/Q00000117" rel="external">Q00000117</a>',
        "<dt>guild</dt><dd>7 &lt;b&gt;</dd>",
        '<time datetime="2014">2014 to 2019</time>Harbour engineer, Harbour Board',
        '<a href="/organisations/aldery-town-council/">Aldery Town Council</a></li>',
        '<li class="here"><time datetime="2021-05-08">Since 8 May 2021</time>Mayor of Aldery</li>',
        '<a href="/2021/04/harbour-wall/#p2:~:text=',
        '<span class="pre">The figure was put by </span><span class="post"><b>Ines Calloway</b>, who',
        'aria-label="Mentions of Ines Calloway by year. 2021: ',
        '<svg class="drawn net"',
        'href="https://ledger.example/people/ines-calloway/feed.xml"',
    ):
        assert part in html
    assert "javascript:" not in html


def test_a_place_shows_where_it_is_and_an_unconfirmed_name_that_it_is(built):
    assert "54.1000°\u00a0N, 3.2500°\u00a0W" in built[0]["/places/north-mole/"]
    assert "Found by machine; not yet confirmed by an editor." in built[0]["/people/haruto-voss/"]


def test_a_tag_shows_its_parents_its_narrower_tags_and_its_articles_by_year(built):
    works, ferries = built[0]["/tags/harbour-works/"], built[0]["/tags/ferries/"]
    assert '/ <a href="/tags/harbour-works/">Harbour works</a>' in ferries
    assert '<h3 class="label">Narrower tags</h3>' in works
    assert re.findall(r'<section class="row" id="y(\d+)"', works) == ["2021", "2019"]
    assert '<a href="#y2021"><b>2</b> ’21</a>' in works


def test_the_day_runs_from_morning_to_night_and_other_years_follow(built):
    html = built[0]["/2021/04/13/"]
    assert html.index("11:34</time>") < html.index("16:05</time>")
    assert "13 April in other years" in html
    assert "/1999/04/whale/" in html
    assert 'aria-current="date" aria-label="13 April, 2 articles">13</a>' in html
    assert 'rel="prev" href="/2021/03/23/">Day before' in html


def test_the_front_leads_with_the_newest_that_has_a_picture(built):
    html = built[0]["/"]
    assert '<h2 class="h1"><a href="/2021/04/harbour-wall/">' in html
    assert "Fish market opens an hour late" in html
    assert "Most named in 2021" in html


def test_a_lead_without_a_picture_has_stories_beneath_it(templates):
    texts = fx.Text()
    found = [fx.filed(texts, f"2021/04/a{n}", f"A{n}", f"2021-04-0{n}", ["x"]) for n in range(1, 7)]
    _, views = build(templates, fx.archive(found, records={}), texts)
    front = views["/"]
    assert (front.lead.title, [i.title for i in front.beneath]) == ("A6", ["A5", "A4", "A3"])
    assert [i.title for group in front.latest for i in group.items] == ["A2", "A1"]


def test_an_archive_without_articles_still_has_its_pages(templates):
    pages, _ = build(templates, fx.archive([], records={}), fx.Text())
    assert "Nothing is filed yet." in pages["/"]
    assert "Nothing is filed here yet." in pages["/people/"]
    assert "No correction has been published." in pages["/corrections/"]
    assert json.loads(pages["/data/entities.json"]) == []
    assert pages["/data/articles.jsonl"] == ""


def test_a_record_that_no_article_names_has_a_page_but_no_feed(templates):
    pages, _ = build(templates, fx.archive([]), fx.Text())
    assert "Not yet named in any article." in pages["/people/ines-calloway/"]
    assert "No article carries it yet." in pages["/tags/harbour-works/"]
    assert "/people/ines-calloway/feed.xml" not in pages


def test_corrections_stand_newest_first_with_their_articles(built):
    html = built[0]["/corrections/"]
    assert html.index("It was finished in 1934") < html.index("The quay is the Fish Quay")
    assert "Two corrections" in html


def test_a_draft_carries_a_banner_and_is_hidden_from_search_engines(templates):
    texts = fx.Text()
    draft = fx.filed(texts, "2021/04/d", "Draft", "2021-04-01", ["x"], status="draft")
    pages, _ = build(templates, fx.archive([draft]), texts)
    assert "This article is not published" in pages["/2021/04/d/"]
    assert '<meta name="robots" content="noindex">' in pages["/2021/04/d/"]
    assert "/2021/04/d/" not in pages["/sitemaps/2021.xml"]


def test_unknown_front_matter_reaches_the_template(tmp_path):
    own = tmp_path / "templates"
    own.mkdir()
    (own / "article.html").write_text(
        "{% if page.extra %}{{ page.extra.edition }} {{ page.extra.pages[1] }}{% endif %}"
    )
    pages, _ = build(Templates(theme_folder(), own))
    assert pages["/2021/04/harbour-wall/"] == "late 3"


HOSTILE = "</script><script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7*7 }}"


def test_hostile_text_is_escaped_wherever_it_stands(templates):
    texts = fx.Text()
    record = Record(
        key=fx.CALLOWAY,
        path="content/entities/people/x.md",
        name=HOSTILE,
        aliases=(HOSTILE,),
        description=HOSTILE,
        identifiers=((HOSTILE, HOSTILE), ("wikidata", HOSTILE)),
        same_as=(HOSTILE, "javascript:alert(1)"),
        roles=(Role(title=HOSTILE, since=HOSTILE, organisation=HOSTILE),),
    )
    article = fx.filed(
        texts,
        "2021/04/h",
        HOSTILE,
        "2021-04-13",
        [f"Ines Calloway {HOSTILE}"],
        [fx.CALLOWAY, fx.REHN],
        authors=(HOSTILE,),
        dateline=HOSTILE,
        summary=HOSTILE,
        image=Image(src="media/x.svg", alt=HOSTILE, caption=HOSTILE, credit=HOSTILE),
        corrections=(replace(fx.ledger()[0].filed[fx.WALL].article.corrections[0], text=HOSTILE),),
    )
    other = fx.filed(texts, "2021/04/i", "I", "2021-04-14", ["Ines Calloway."], [fx.CALLOWAY])
    archive = fx.archive([article, other], records={fx.CALLOWAY: record})
    site = fx.site(title=HOSTILE, description=HOSTILE)
    pages, _ = build(templates, archive, texts, site, {"media/x.svg": "1"})
    for address, html in pages.items():
        if not html.startswith("<!doctype"):
            continue
        outline = Outline(html)
        assert outline.open == [], address
        assert outline.handlers == [], address
        ours = html.count("application/ld+json") + len(re.findall("/assets/(?:search|page|random).js", html))
        assert outline.tags.count("script") == ours
        for data in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html):
            json.loads(data)
        assert not [h for h in outline.hrefs if h.lower().startswith("javascript:")]


def test_long_lists_go_on_over_pages_that_link_to_each_other(templates):
    texts = fx.Text()
    found = [
        fx.filed(
            texts, f"20{n:02}/04/a", f"Number {n}", f"20{n:02}-04-01", ["Tomas Rehn."], [fx.REHN, fx.WORKS]
        )
        for n in range(1, 8)
    ]
    pages, views = build(templates, fx.archive(found, records={}), texts, fx.site(paginate=3))
    assert {"/page/2/", "/page/3/", "/people/tomas-rehn/page/3/", "/tags/harbour-works/page/2/"} <= set(pages)
    second = views["/people/tomas-rehn/page/2/"]
    assert [r.item.title for r in second.items] == ["Number 4", "Number 3", "Number 2"]
    assert (second.pager.words, second.pager.prev.title, second.pager.next.title) == (
        "Page 2 of 3",
        "1 to 3",
        "7",
    )
    assert 'rel="next" href="/people/tomas-rehn/page/3/"' in pages["/people/tomas-rehn/page/2/"]
    assert views["/tags/harbour-works/page/3/"].pager.prev.title == "4 to 6"
    bars = {bar.first: bar.link for bar in views["/people/tomas-rehn/"].chart.bars}
    assert bars[2007] == "#y2007"
    assert bars[2004] == "/people/tomas-rehn/page/2/#y2004"
    assert 'id="y2004"' in pages["/people/tomas-rehn/page/2/"]


def test_a_long_index_sends_each_letter_to_its_page():
    archive, _ = fx.ledger()
    basis = build_basis(archive, fx.site(paginate=1), frozenset())
    names = [replace_name(basis, f"{chr(97 + n)}x") for n in range(12)] + [replace_name(basis, "7th Fleet")]
    keys = [fx.EntityKey("people", name.sort) for name in names]
    entity = archive.entities[fx.CALLOWAY]
    entities = {key: replace(entity, card=replace(entity.card, key=key)) for key in keys}
    basis = replace(
        basis,
        archive=replace(archive, entities=entities),
        names=dict(zip(keys, names, strict=True)),
        kept={},
    )
    assert index_views.index_length(basis, "people") == 2
    letters = {letter.letter: letter.href for letter in index_views.index_view(basis, "people", 1).letters}
    assert letters["A"] == "/people/#l_A"
    assert letters["L"] == "/people/page/2/#l_L"
    assert letters["#"] == "/people/page/2/#l_other"
    assert letters["Z"] == ""


def replace_name(basis, sort):
    return basis.names[fx.CALLOWAY]._replace(sort=sort)


@pytest.mark.parametrize(
    ("sort", "letter"),
    [("Świtała, Ewa", "S"), ("øre", "O"), ("7th Fleet", "#"), ("", "#"), ("Ёж", "Ё"), ("“Q”", "Q")],
)
def test_a_name_is_filed_under_its_letter_without_accents(sort, letter):
    assert index_views.initial(sort) == letter


@pytest.mark.parametrize(
    ("written", "words"),
    [("2014", "2014"), ("2021-05", "May 2021"), ("2021-05-08", "8 May 2021"), ("2021-13-01", "2021-13-01"),
     ("spring 2021", "spring 2021"), ("", ""), ("1-2-3-4", "1-2-3-4")],
)  # fmt: skip
def test_a_records_dates_are_put_in_words(written, words):
    assert entity_views.written_date(written, ENGLISH) == words


@pytest.mark.parametrize(
    ("since", "until", "when"),
    [
        ("2014", "2019", "2014 to 2019"),
        ("2014", "2014", "2014"),
        ("2014", "", "Since 2014"),
        ("", "2019", "Until 2019"),
        ("", "", ""),
    ],
)
def test_a_role_says_from_when_to_when(since, until, when):
    archive, _ = fx.ledger()
    basis = build_basis(archive, fx.site(), frozenset())
    role = entity_views._role(basis, Role(title="x", since=since, until=until))
    assert (role.when, role.current) == (when, bool(since and not until))


def test_the_words_around_a_name_are_cut_at_words():
    passage = Passage(
        entity=fx.REHN, anchor="p1", before="word " * 40, match="Rehn", after=", said " + "more " * 40
    )
    assert concordance.before(passage).startswith("…word")
    assert len(concordance.before(passage)) <= concordance.BEFORE + 1
    assert concordance.after(passage).endswith("more…")
    assert concordance.after(passage).startswith(", said")


def test_a_dateline_stands_in_the_first_paragraph_and_marks_in_all():
    html = paragraphs(
        '<h2 id="x">X</h2>\n<p id="pull">q</p><p id="p1">One.</p><p>y</p><p id="p2">Two.</p>', "A<B"
    )
    assert html == (
        '<h2 id="x">X</h2>\n<p id="pull">q</p><p id="p1"><span class="place">A&lt;B</span> — One.'
        '<a class="para" href="#p1" aria-label="Paragraph 1"></a></p><p>y</p>'
        '<p id="p2">Two.<a class="para" href="#p2" aria-label="Paragraph 2"></a></p>'
    )


@pytest.mark.parametrize("html", ["", "<p>x</p>", '<p id="p1">never closed', '<p id="p', '<p id="p1"'])
def test_a_text_without_paragraphs_of_ours_stays_as_it_is(html):
    assert paragraphs(html, "X") == html


def test_views_hold_plain_values_only_and_equal_archives_give_equal_views(built):
    again, _ = fx.ledger()
    pages, _ = fx.planned(again, fx.site(), {}, MEDIA, fx.TEXTS)
    for page in pages:
        assert encode(page.view) == encode(built[1][page.address])


def test_the_same_archive_gives_the_same_bytes(templates, built):
    assert build(Templates(theme_folder()))[0] == built[0]


def test_the_index_of_tags_shows_them_from_broad_to_narrow(built):
    html = built[0]["/tags/"]
    tree = html[html.index('<ul class="tree') : html.index('id="h_names"')]
    assert re.findall(r">([A-Z][a-z ]+)</a>|(</?ul)", tree)[:4] == [
        ("", "<ul"),
        ("Harbour works", ""),
        ("", "<ul"),
        ("Ferries", ""),
    ]
    assert '<ul class="tree' not in built[0]["/people/"]


def test_paper_and_masthead_of_the_sites_own_need_no_template(templates):
    site = fx.site(theme=Theme(paper="#fff1e5", masthead="media/name.svg"))
    pages, _ = build(templates, site=site)
    assert pages["/assets/theme.css"] == ":root { --paper: light-dark(#fff1e5, #121315); }\n"
    picture = '<img src="/media/name.svg" alt="The Harbour Ledger">'
    assert f'<h1 class="name">{picture}</h1>' in pages["/"]
    assert f'<p class="name"><a href="/">{picture}</a></p>' in pages["/people/"]


def test_an_accent_of_the_sites_own_comes_as_a_style_sheet(templates):
    pages, _ = build(templates, site=fx.site(theme=Theme(accent="#8a1c1c")))
    css = pages["/assets/theme.css"]
    dark = re.search(r"light-dark\(#8a1c1c, (#[0-9a-f]{6})\)", css)[1]
    assert contrast(dark, "#121315") >= 4.5
    assert '<link rel="stylesheet" href="/assets/theme.css">' in pages["/"]
    assert lightened("#fff") == "#ffffff"
    pages, _ = build(templates, site=fx.site(theme=Theme(accent_dark="#ff8f86")))
    assert "light-dark(#ff8f86, #ff8f86)" in pages["/assets/theme.css"]


def test_a_site_below_a_path_links_within_it(templates):
    pages, _ = build(templates, site=fx.site(url="https://x.example/arkiv/", base="/arkiv"))
    for html in pages.values():
        if html.startswith("<!doctype html>"):
            for link in Outline(html).hrefs:
                assert not link.startswith("/") or link.startswith("/arkiv/")
    assert "https://x.example/arkiv/2021/04/harbour-wall/" in pages["/feed.xml"]
    assert "https://x.example/arkiv/media/mole.svg" in pages["/2021/04/harbour-wall/"]


def test_an_article_is_named_once_among_the_related():
    archive, _ = fx.ledger()
    basis = build_basis(archive, fx.site(), frozenset())
    twice = Link(title="Storm", article=ArticleId(fx.STORM), reason="x")
    around = Neighbours(earlier=None, later=None, named=(twice,), computed=(twice,), mentioned_by=())
    assert [r.title for r in related_items(basis, around)] == ["Storm takes forty metres of the North Mole"]


def test_an_article_outside_the_archive_is_linked_in_place():
    texts = fx.Text()
    one = fx.filed(texts, "2021/04/a", "A", "2021-04-01", ["x", "ALSO READ: The survey"])
    around = Neighbours(
        earlier=None,
        later=None,
        named=(Link(title="The survey", url="https://s.example/"),),
        computed=(),
        mentioned_by=(),
    )
    archive = fx.archive([one], neighbours={"2021/04/a": around})
    view = article_view(build_basis(archive, fx.site(), frozenset()), ArticleId("2021/04/a"))
    assert [(span.href, span.note) for span in view.in_place] == [("https://s.example/", "")]
    assert view.pager is None


def test_an_article_shows_the_same_story_and_its_place_in_a_developing_one():
    archive, _ = fx.ledger()
    basis = build_basis(archive, fx.site(), frozenset())
    place = StoryPlace(Address("/stories/mole/"), "The mole", True, 2, 3, ArticleId(fx.STORM), None)
    around = replace(archive.neighbours[ArticleId(fx.WALL)], same=(ArticleId(fx.STORM),), story=place)
    there = replace(basis, archive=replace(archive, neighbours={ArticleId(fx.WALL): around}))
    view = article_view(there, ArticleId(fx.WALL))
    assert [item.title for item in view.same_story] == ["Storm takes forty metres of the North Mole"]
    story = view.story
    assert story is not None and story.later is None and story.earlier == view.same_story[0]
    assert story[:5] == ("/stories/mole/", "The mole", True, 2, 3)
    bare = replace(there, words={"article.html": frozenset()})
    assert (
        article_view(bare, ArticleId(fx.WALL)).same_story,
        article_view(bare, ArticleId(fx.WALL)).story,
    ) == ((), None)


@pytest.mark.parametrize(
    ("imported", "words"),
    [
        ("2024-09-02T10:00:00Z", "10:00, 2 September 2024"),
        ("2024-09-02T10:00:00", "10:00, 2 September 2024"),
        ("lately", None),
    ],
)
def test_the_day_of_import_is_shown_where_it_can_be_read(imported, words):
    texts = fx.Text()
    source = Source(publisher=" ", url="javascript:x", file="sources/gone.txt", imported=imported)
    archive = fx.archive([fx.filed(texts, "2021/04/a", "A", "2021-04-01", ["x"], source=source)])
    view = article_view(build_basis(archive, fx.site(), frozenset()), ArticleId("2021/04/a")).provenance
    assert (view.imported.words if view.imported else None) == words
    assert (view.publisher, view.url, view.original) == (None, "", "")


def test_the_publishers_logo_is_part_of_the_structured_data(templates):
    site = fx.site(publisher=Publisher(name="Trust", logo="media/logo.svg"))
    pages, _ = build(templates, site=site)
    assert '"logo":{"@type":"ImageObject","url":"https://ledger.example/media/logo.svg"}' in pages["/"]
    site = fx.site(publisher=Publisher(name="Trust", logo="https://cdn.example/logo.svg"))
    assert '"url":"https://cdn.example/logo.svg"' in build(templates, site=site)[0]["/"]


def test_a_name_that_texts_do_not_hold_is_counted_by_articles_alone():
    assert appearances_words(214, 96, ENGLISH) == "214 mentions in 96 articles"
    assert appearances_words(1, 2, ENGLISH) == "2 articles"
    assert appearances_words(0, 0, ENGLISH) == "0 articles"


def test_two_spellings_of_an_author_share_a_page(templates):
    texts = fx.Text()
    found = [
        fx.filed(texts, "2021/04/a", "A", "2021-04-01", ["x"], authors=("Zoë Marsh",)),
        fx.filed(texts, "2021/04/b", "B", "2021-04-02", ["x"], authors=("Zoe Marsh", "Zoë Marsh", " ")),
    ]
    pages, views = build(templates, fx.archive(found, records={}), texts)
    assert [i.title for g in views["/authors/zoe-marsh/"].groups for i in g.items] == ["B", "A"]
    assert len([a for a in pages if a.startswith("/authors/") and a.count("/") == 3]) == 2
