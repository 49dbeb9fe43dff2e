"""What real papers' pages taught: one test for each way in which a field was missed or mistaken."""

from pathlib import Path
from typing import Any

import pytest

from generator.config import load_site
from generator.sources.importers.html.clutter import named_as
from generator.sources.importers.newstext_dates import customs
from generator.sources.importers.web import PageRead
from generator.sources.importers.web.moments import read_when
from generator.sources.importers.web.names import names_in
from tests.test_import_newstext_dates import NOW
from tests.test_import_web import PARAGRAPHS, TEXT, page, read

HEADLINE = "<h1>Harbour falls quiet</h1>"
UNDATED = '<meta name="generator" content="none">'
DATE = '<meta property="article:published_time" content="2021-04-13T11:34:00+01:00">'


def front(found: PageRead) -> dict[str, Any]:
    assert found.article is not None, (found.reason, found.problems)
    return dict(found.article.front)


def body(found: PageRead) -> str:
    assert found.article is not None, (found.reason, found.problems)
    return found.article.body


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "site.yaml").write_text(
        "title: T\nurl: https://e.org/\nlanguage: en\ntimezone: Europe/London\n"
    )
    return tmp_path


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2015. augusztus 20., 11:16", "2015-08-20T11:16:00"), ("14. srpna 2016", "2016-08-14"),
        ("14. kolovoza 2016.", "2016-08-14"), ("14 Μαρτίου 2016", "2016-03-14"),
        ("14. marts 2016 kl. 15.14", "2016-03-14T15:14:00"), ("2016 m. kovo 14 d.", "2016-03-14"),
        ("14. maaliskuuta 2016", "2016-03-14"), ("14 martie 2016", "2016-03-14"),
        ("14 Tháng 3 2016", "2016-03-14"), ("14 Maret 2016", "2016-03-14"),
        ("平成28年3月4日", "2016-03-04"), ("令和元年5月1日", "2019-05-01"),
        ("2016. 3. 4. 오후 3:14", "2016-03-04T15:14:00"), ("4 มีนาคม 2559", "2016-03-04"),
        ("04 آب/اغسطس 2013", "2013-08-04"), ("14 كانون الثاني 2016", "2016-01-14"),
        ("14 במרץ 2016", "2016-03-14"), ("14 मार्च 2016", "2016-03-14"),
        ("14 Foo 2016", None), ("31 มีนาคม 9999", None), ("平成99年99月99日", None), ("99 tháng 99 2016", None),
    ],
)  # fmt: skip
def test_dates_are_read_as_each_country_writes_them(site: Path, written: str, expected: str | None) -> None:
    found = read_when(written, customs(load_site(site), NOW))
    assert (found.written if found else None) == expected


@pytest.mark.parametrize(
    ("byline", "language", "expected"),
    [
        ("María R. Prueba\n/ Emilio de Ejemplo", "es", ("María R. Prueba", "Emilio de Ejemplo")),
        ("By Ada Quill of The Bugle", "en", ("Ada Quill",)), ("Ada Quill, BBC News, Cardiff", "en", ("Ada Quill",)),
        ("ADA QUILL aquill@bugle.example", "en", ("Ada Quill",)),
        ("Par Jeanne Essai avec AFP", "fr", ("Jeanne Essai",)),
        ("Par JEANNE ESSAI, ANNE MODÈLE Envoyées spéciales à Toulouse", "fr", ("Jeanne Essai", "Anne Modèle")),
        ("Eine Analyse von Jana Muster", "de", ("Jana Muster",)), ("Eine Analyse von", "de", ()),
        ("Justus von Muster", "de", ("Justus von Muster",)), ("Autor/in: Jana Muster", "de", ("Jana Muster",)),
        ("윤서린 기자 구독", "ko", ("윤서린",)), ("文章关键词：钟楼", "zh", ("文章关键词：钟楼",)),
        ("Ada Quill Environment correspondent", "en", ("Ada Quill",)), ("文・山田花子", "ja", ("山田花子",)),
        ("Bote.example GmbH, Munich, Germany", "de", ()), ("Ada Quill\nada.b.quill", "en", ("Ada Quill",)),
        ("Ada Quill, Harbour Foundation", "en", ("Ada Quill",)), ("montage : Léa Essai", "fr", ()),
    ],
)  # fmt: skip
def test_bylines_give_people_and_neither_their_houses_nor_their_work(
    byline: str, language: str, expected: tuple[str, ...]
) -> None:
    assert names_in(byline, language=language) == expected


def test_a_name_of_one_word_is_taken_from_a_link_to_its_author(site: Path) -> None:
    byline = '<p class="entry-meta"><span class="author vcard"><a rel="author" href="/author/blackswan">blackswan</a></span></p>'
    found = read(page(f"<article>{HEADLINE}{byline}{TEXT}</article>", head=DATE), site)
    assert front(found)["authors"] == ["blackswan"]


def test_a_byline_after_the_text_is_taken_before_those_of_further_articles(site: Path) -> None:
    more = "".join(
        f'<div class="card"><span class="author">{n}</span></div>'
        for n in ("Nils Other", "Ann Else", "Oz Far")
    )
    found = read(
        page(
            f'<article>{HEADLINE}{TEXT}<p class="author">Author: Ada Quill (eg)</p></article>{more}',
            head=DATE,
        ),
        site,
    )
    assert front(found)["authors"][0] == "Ada Quill"


def test_an_agency_in_the_data_yields_to_the_people_of_the_byline(site: Path) -> None:
    head = DATE + '<meta name="author" content="AP">'
    found = read(
        page(f'<article>{HEADLINE}<p class="byline">By ADA QUILL</p>{TEXT}</article>', head=head), site
    )
    assert front(found)["authors"] == ["Ada Quill"]


def test_a_papers_own_name_in_a_field_for_authors_is_none_and_nor_is_its_address(site: Path) -> None:
    head = (
        DATE
        + '<meta name="author" content="BOTE ONLINE, Hamburg, Germany"><meta property="og:site_name" content="Bote Online">'
    )
    found = read(
        page(f'<article>{HEADLINE}<p class="byline">Von Jana Muster</p>{TEXT}</article>', head=head), site
    )
    assert front(found)["authors"] == ["Jana Muster"]


def test_people_linked_in_the_text_are_not_its_authors(site: Path) -> None:
    said = f'<p>{PARAGRAPHS[0]} So said <a href="/people/otto-minister">Otto Minister</a>.</p>'
    found = read(page(f"<article>{HEADLINE}{said}{TEXT}</article>", head=DATE), site)
    assert "authors" not in front(found)


@pytest.mark.parametrize(
    ("around", "expected"),
    [
        ("<span>Harbour</span> September 20, 2011, 6:37 PM EDT<br>", "2011-09-20T18:37:00-04:00"),
        ("24. März 2004, 19:49 | Genesis<br>", "2004-03-24T19:49:00"),
    ],
)
def test_a_date_loose_beside_the_headline_is_found(site: Path, around: str, expected: str) -> None:
    found = read(
        page(f"<div><div>{around}<h1>Harbour falls quiet</h1></div>{TEXT}</div>", head=UNDATED), site
    )
    assert front(found)["published"] == expected


def test_a_sentence_below_the_text_that_says_when_it_was_written_dates_it(site: Path) -> None:
    foot = '<div class="post-footer">Dieser Artikel wurde am 14. Dezember 2015 um 14:48 von Heiner geschrieben und abgelegt.</div>'
    found = read(page(f"<div>{HEADLINE}{TEXT}{foot}</div>", head=UNDATED), site)
    assert front(found)["published"] == "2015-12-14T14:48:00"


def test_the_day_over_the_headline_yields_to_the_date_below_it(site: Path) -> None:
    text = f'<div class="date">2016. április 4.</div><div>{HEADLINE}<div class="date">2015.08.15 10:28</div>{TEXT}</div>'
    assert front(read(page(text, head=UNDATED), site))["published"] == "2015-08-15T10:28:00"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://e.org/2010/POLITICS/08/13/harbour.quiet/index.html", "2010-08-13"),
        ("https://e.org/2013/may/27/harbour", "2013-05-27"),
    ],
)
def test_an_address_gives_the_day_with_a_section_between_too(site: Path, address: str, expected: str) -> None:
    head = f'<link rel="canonical" href="{address}">'
    assert front(read(page(f"<article>{HEADLINE}{TEXT}</article>", head=head), site))["published"] == expected


def test_a_day_cut_from_utc_yields_to_the_evening_before_that_readers_saw(site: Path) -> None:
    head = '<meta name="sailthru.date" content="2014-06-30">'
    shown = '<span class="publish-date">June 29, 2014 08:08 pm</span>'
    found = front(read(page(f"<article>{HEADLINE}{shown}{TEXT}</article>", head=head), site))
    assert found["published"] == "2014-06-29T20:08:00"


def test_a_time_called_both_published_and_updated_is_of_publication(site: Path) -> None:
    shown = (
        '<time class="entry-date published updated" datetime="2014-03-20T15:27:05+00:00">20 March 2014</time>'
    )
    found = front(read(page(f"<article>{HEADLINE}<p>{shown}</p>{TEXT}</article>", head=UNDATED), site))
    assert (found["published"][:10], found.get("updated")) == ("2014-03-20", None)


def test_the_one_heading_of_a_page_is_its_headline_whatever_search_engines_are_told(site: Path) -> None:
    title = "Harbour: why it is quiet » The Blogs"
    head = (
        DATE
        + f'<meta property="og:title" content="{title}"><meta name="twitter:title" content="{title}"><title>{title}</title>'
    )
    found = read(
        page(f'<article><h1 class="entry-title">Harbour falls quiet</h1>{TEXT}</article>', head=head), site
    )
    assert front(found)["title"] == "Harbour falls quiet"


def test_a_kicker_in_the_heading_is_no_part_of_the_headline(site: Path) -> None:
    head = (
        DATE
        + '<meta property="og:title" content="Harbour falls quiet"><title>Ships: Harbour falls quiet - Business - The Bote</title>'
    )
    heading = "<h2><strong>Ships</strong> Harbour falls quiet</h2>"
    assert (
        front(read(page(f"<article>{heading}{TEXT}</article>", head=head), site))["title"]
        == "Harbour falls quiet"
    )


def test_a_heading_that_calls_itself_a_subheading_is_no_headline(site: Path) -> None:
    head = (
        DATE
        + '<meta property="og:title" content="Harbour falls quiet"><title>What to do when no ship comes - The Bote</title>'
    )
    heading = (
        '<h2 class="h_1">Harbour falls quiet</h2><h1 class="sub_header">What to do when no ship comes</h1>'
    )
    assert (
        front(read(page(f"<article>{heading}{TEXT}</article>", head=head), site))["title"]
        == "Harbour falls quiet"
    )


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("hentry post type-post tag-comments category-sponsored post_tag-kommentar", ""),
        ("page-article_commentHeader", ""), ("comments-header", "comments"), ("comment-list", "comments"),
        ("category-sponsored", "advertisement"),
    ],
)  # fmt: skip
def test_what_wordpress_writes_of_a_posts_terms_names_no_clutter(names: str, expected: str) -> None:
    assert named_as(names) == expected


def test_an_article_with_a_hundred_comments_is_no_list_of_links(site: Path) -> None:
    comments = "".join(
        f'<div><a href="/u/{n}">u{n}</a> says: <a href="#{n}">{n}</a><div>{"so it is, I think" * 9}</div></div>'
        for n in range(100)
    )
    found = read(
        page(
            f"<div><h3>Harbour falls quiet</h3><p>13 April 2021</p><div>{TEXT * 2}</div></div><div>{comments}</div>",
            head=UNDATED,
        ),
        site,
    )
    assert front(found)["published"] == "2021-04-13"
    assert found.article is not None and PARAGRAPHS[0] in found.article.body


def test_a_column_of_links_beside_an_article_is_no_part_of_it(site: Path) -> None:
    teaser = '<h4><a href="/x">Ship of fools sails at last, says owner</a></h4><p>%s</p>' % (
        "It was seen at noon. " * 6
    )
    text = f'<div><div class="c8">{HEADLINE}{TEXT * 3}</div><div class="c4">{teaser * 3}</div></div>'
    assert "Ship of fools" not in body(read(page(text, head=DATE), site))


@pytest.mark.parametrize("names", ['id="sidebar"', 'class="widget-area"', 'class="sidebar-right"'])
def test_a_sidebar_longer_than_the_article_is_no_part_of_it(site: Path, names: str) -> None:
    aside = f"<section {names}><p>{'We stand for ships and against the wind. ' * 40}</p></section>"
    text = body(read(page(f"<div><div>{HEADLINE}{TEXT * 3}</div>{aside}</div>", head=DATE), site))
    assert "against the wind" not in text
    assert PARAGRAPHS[2] in text


def test_a_sidebar_within_the_article_may_hold_its_date(site: Path) -> None:
    aside = '<div class="sidebar">13 July 2019<br>By Ada Quill</div>'
    text = f"<article>{aside}<div>{HEADLINE}{TEXT * 2}</div></article>"
    assert front(read(page(text, head=UNDATED), site))["published"] == "2019-07-13"


def test_an_articles_own_wrapper_may_be_called_a_paywall(site: Path) -> None:
    text = f'<div class="post steady-paywall-container">{HEADLINE}{TEXT * 4}</div><p>{PARAGRAPHS[0]}</p>'
    assert PARAGRAPHS[2] in body(read(page(text, head=DATE), site))


def test_of_many_whole_articles_on_a_page_the_one_with_the_headline_is_read(site: Path) -> None:
    other = (
        "<article><h2>Another tale</h2>"
        + "<p>Far from the sea there lived a baker, and he baked.</p>" * 60
        + "</article>"
    )
    own = f"<article><h2>Harbour falls quiet</h2>{TEXT * 3}</article>"
    head = DATE + '<meta property="og:title" content="Harbour falls quiet">'
    assert "baker" not in body(read(page(f"<main>{own}{other * 4}</main>", head=head), site))


def test_a_table_of_data_stays_whose_cells_are_links(site: Path) -> None:
    rows = "".join(
        f'<tr><td><a href="/s/{n}">Seat number {n}</a></td><td>{n}0</td><td>yes</td></tr>' for n in range(5)
    )
    assert "Seat number 3" in body(
        read(page(f"<article>{HEADLINE}{TEXT}<table>{rows}</table>{TEXT}</article>", head=DATE), site)
    )


def test_words_in_the_boxes_of_a_page_builder_stay(site: Path) -> None:
    boxes = "".join(
        f'<div class="elementor-widget elementor-widget-wrap"><p>Ring {n}: brass</p></div>' for n in range(3)
    )
    assert "Ring 2: brass" in body(
        read(page(f"<article>{HEADLINE}{TEXT}{boxes}{TEXT}</article>", head=DATE), site)
    )


def test_a_list_that_is_most_of_a_text_does_not_leave_the_rest_out(site: Path) -> None:
    steps = "".join(f"<li>{each}</li>" for each in PARAGRAPHS * 3)
    text = f"<div><p>200 g of sugar</p><p>{PARAGRAPHS[0]}</p><ol>{steps}</ol></div>"
    assert "200 g of sugar" in body(read(page(f"<div>{HEADLINE}{text}</div>", head=DATE), site))


@pytest.mark.parametrize(
    ("around", "inside"),
    [
        ('<div class="story-details">', ""), ('<div class="field field-name-body field-type-text-with-summary">', ""),
        ('<div class="b-topic__content">', '<img src="/a.jpg">'), ('<div class="follow details">', ""),
    ],
)  # fmt: skip
def test_a_text_of_a_few_lines_stays_whatever_its_system_calls_it(
    site: Path, around: str, inside: str
) -> None:
    text = f"<div>{HEADLINE}<p>By Ada Quill</p>{around}{inside}{TEXT}</div></div>"
    found = body(read(page(text, head=DATE), site))
    assert PARAGRAPHS[0] in found
    assert PARAGRAPHS[2] in found


def test_a_byline_in_the_deck_is_its_authors(site: Path) -> None:
    deck = '<div class="excerpt">Nobody on the whole quay could say why. <span class="header_author">By <a rel="author" href="/a">Ada Quill</a></span></div>'
    found = front(
        read(
            page(
                f'<div><div class="head">{HEADLINE}{deck}</div><div class="articlebody">{TEXT}</div></div>',
                head=DATE,
            ),
            site,
        )
    )
    assert (found["authors"], found["summary"]) == (["Ada Quill"], "Nobody on the whole quay could say why.")


@pytest.mark.parametrize(
    "line", ["<p>(记者 沈白鹭)</p>", "<p>（記者・沈白鹭）</p>", "</div><div><p>文：沈白鹭</p>"]
)
def test_a_byline_in_brackets_at_the_foot_of_a_text_is_its_authors(site: Path, line: str) -> None:
    found = front(read(page(f"<div><div>{HEADLINE}{TEXT}{line}</div></div>", head=DATE, lang="zh"), site))
    assert found["authors"] == ["沈白鹭"]


def test_a_company_is_named_whole(site: Path) -> None:
    data = '{"@type":"NewsArticle","headline":"Harbour falls quiet","author":{"@type":"Organization","name":"Lampwright Industries, Inc."}}'
    head = DATE + f'<script type="application/ld+json">{data}</script>'
    assert front(read(page(f"<article>{HEADLINE}{TEXT}</article>", head=head), site))["authors"] == [
        "Lampwright Industries, Inc."
    ]


def test_the_largest_words_of_a_page_without_headings_are_its_headline(site: Path) -> None:
    text = f"<font size=1><b>OBITUARIES</b></font><br><font size=5><b>Harbour falls quiet</b></font><br><font size=3>{'<p>'.join(PARAGRAPHS)}</font>"
    head = DATE + "<title>The Dispatch: Obituaries</title>"
    assert (
        front(read(page(f"<table><tr><td>{text}</td></tr></table>", head=head), site))["title"]
        == "Harbour falls quiet"
    )


def test_a_line_that_tells_both_dates_is_read_by_its_words(site: Path) -> None:
    line = '<p class="is-last-update">4 novembre 2021 (modifica il 5 novembre 2021 | 07:41)</p>'
    found = front(read(page(f"<article>{HEADLINE}{TEXT}{line}</article>", head=UNDATED, lang="it"), site))
    assert (found["published"], found["updated"]) == ("2021-11-04", "2021-11-05")


def test_a_signature_within_the_text_is_no_part_of_it(site: Path) -> None:
    line = '<div class="sig-line"><span itemprop="author">By <a href="/people/ada-quill">Ada Quill</a></span> <span>April 13, 2021</span></div>'
    text = body(
        read(page(f"<article>{HEADLINE}<p>{PARAGRAPHS[0]}</p>{line}{TEXT}</article>", head=DATE), site)
    )
    assert "Ada Quill" not in text


def test_a_notice_of_cookies_is_never_taken_for_a_short_article(site: Path) -> None:
    notice = "<div><p>Our website uses cookies to offer you optimal navigation, and more of them than you would think.</p></div>"
    text = body(
        read(page(f"<div>{notice}<div>{HEADLINE}<p>{PARAGRAPHS[0]}</p></div></div>", head=DATE), site)
    )
    assert PARAGRAPHS[0] in text
    assert "cookies" not in text


def test_an_address_alone_in_a_paragraph_stays(site: Path) -> None:
    line = (
        '<p><a href="https://petition.example/quiet-harbours">https://petition.example/quiet-harbours</a></p>'
    )
    assert "petition.example" in body(
        read(page(f"<article>{HEADLINE}{TEXT}{line}</article>", head=DATE), site)
    )


def test_a_field_for_mail_within_a_short_text_takes_none_of_it_away(site: Path) -> None:
    form = '<div class="w"><div><p>Slow Water is a letter. To receive new ones, sign up.</p><form><input type="email"></form></div></div>'
    text = f"<article>{HEADLINE}<div><p>{PARAGRAPHS[0]}</p>{form}<p>{PARAGRAPHS[1]}</p></div></article>"
    found = body(read(page(text, head=DATE), site))
    assert PARAGRAPHS[1] in found
    assert "sign up" not in found


def test_a_picture_in_a_box_below_the_text_is_its_own(site: Path) -> None:
    box = '<div class="photobox"><img src="/p.jpg"><div class="photo_cutline">The quay at noon.</div><div class="photo_credit">OTTO STAPLE</div></div>'
    image = front(read(page(f"<div>{HEADLINE}<div>{TEXT}</div>{box}</div>", head=DATE), site))["image"]
    assert (image["caption"], image["credit"]) == ("The quay at noon.", "OTTO STAPLE")


@pytest.mark.parametrize(
    "line",
    [
        "<div>Partager sur Facebook Partager sur Twitter</div>", "<p>E-Mail This Article | Printer-Friendly Format</p>",
        '<div class="bloc-abonnement"><p>Accédez à tous nos contenus.</p></div>',
        '<div class="production"><span class="production__author">Ada Quill</span> <time>13 April 2021</time></div>',
    ],
)  # fmt: skip
def test_lines_about_the_page_within_a_text_are_no_part_of_it(site: Path, line: str) -> None:
    text = (
        f'<article>{HEADLINE}<p class="byline">By Ada Quill</p><p>{PARAGRAPHS[0]}</p>{line}{TEXT}</article>'
    )
    assert body(read(page(text, head=DATE), site)) == "\n\n".join([PARAGRAPHS[0], *PARAGRAPHS])


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ('<div class="authorProfileContainer">Von Jana Muster, Berlin</div>', ["Jana Muster"]),
        ('<p class="post-footer"><em>posted by Wren at <a href="/p">3:14 PM</a></em></p>', ["Wren"]),
    ],
)
def test_bylines_are_found_by_names_in_camel_case_and_with_a_time_behind(
    site: Path, shown: str, expected: list[str]
) -> None:
    text = f"<div>{HEADLINE}{shown if 'Jana' in shown else ''}<div>{TEXT}</div>{shown if 'Wren' in shown else ''}</div>"
    assert front(read(page(text, head=DATE), site))["authors"] == expected
