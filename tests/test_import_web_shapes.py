"""What readers of papers' own markup see: zones, credits, decks and boxes that no standard names."""

from pathlib import Path
from typing import Any

import pytest

from generator.config import load_site
from generator.sources.importers.html import html_to_markdown
from generator.sources.importers.html.credits import split_credit
from generator.sources.importers.web.names import names_in
from generator.sources.importers.web.wayback import original_address, unwrapped
from tests.test_import_web import PARAGRAPHS, TEXT, body, front, page, read

HEADLINE = "<h1>Harbour falls quiet</h1>"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "site.yaml").write_text(
        "title: T\nurl: https://e.org/\nlanguage: en\ntimezone: Europe/London\n"
    )
    load_site(tmp_path)
    return tmp_path


def dated(first: str, last: str = "", shown: str = "") -> str:
    head = f'<meta property="article:published_time" content="{first}">'
    head += f'<meta property="article:modified_time" content="{last}">' if last else ""
    return page(f"<article>{HEADLINE}{shown}{TEXT}</article>", head=head)


@pytest.mark.parametrize(
    ("first", "shown", "expected"),
    [
        ("2021-07-23T00:31:00Z", '<p class="date">July 22, 2021, 8:31 p.m.</p>', "2021-07-22T20:31:00-04:00"),
        ("2021-07-22T20:31:40Z", '<p class="date">23 July 2021, 02:01</p>', "2021-07-23T02:01:40+05:30"),
        ("2021-07-23T00:31:00Z", '<p class="date">July 22, 2021</p>', "2021-07-23T00:31:00Z"),
        ("2021-07-23T00:31:00Z", '<p class="date">July 22, 2021, 8:37 p.m.</p>', "2021-07-23T00:31:00Z"),
        ("2021-07-23T00:31:00+02:00", '<p class="date">July 22, 2021, 8:31 p.m.</p>', "2021-07-23T00:31:00+02:00"),
        (
            "2021-07-23T00:31:00Z",
            '<div aria-label="Published: 8:31 p.m. ET July 22, 2021"><x-time></x-time></div>',
            "2021-07-22T20:31:00-04:00",
        ),
        (
            "2021-07-23T00:31:00Z",
            '<time datetime="2021-07-23T00:31:00Z">July 22, 2021 at 8:31 p.m.</time>',
            "2021-07-22T20:31:00-04:00",
        ),
    ],
)  # fmt: skip
def test_a_moment_in_utc_is_written_in_the_zone_in_which_readers_saw_it(
    first: str, shown: str, expected: str, site: Path
) -> None:
    assert front(dated(first, shown=shown), site)["published"] == expected


def test_a_change_is_in_the_zone_that_the_publication_showed(site: Path) -> None:
    shown = '<p class="date">July 22, 2021, 8:31 p.m.</p>'
    found = front(dated("2021-07-23T00:31:00Z", "2021-07-25T01:00:00Z", shown), site)
    assert found["updated"] == "2021-07-24T21:00:00-04:00"


@pytest.mark.parametrize(
    ("around", "expected", "names"),
    [
        ("<p>This entry was posted by <b>Maud Gadd</b> on Monday, March 9th, 2009 at 9:14 pm and is filed.</p>",
         "2009-03-09T21:14:00", ["Maud Gadd"]),
        ("<p>9 March 2009</p>", "2009-03-09", None),
        ("<p>The fair is on 4 May 2009, as it was in every year that anybody on the quay can remember.</p>", "", None),
        ('<div class="comments"><p>Posted on 9 March 2009</p></div>', "", None),
    ],
)  # fmt: skip
def test_a_page_without_a_date_above_its_text_is_dated_by_a_line_elsewhere(
    around: str, expected: str, names: list[str] | None, site: Path
) -> None:
    found = read(
        page(f"<div><h1>Quiet</h1></div><div>{TEXT}</div><div>{around}</div>", head="<title>Quiet</title>"),
        site,
    )
    made: dict[str, Any] = dict(found.article.front) if found.article else {}
    assert (made.get("published", ""), made.get("authors")) == (expected, names)


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        ("<figcaption>The mole at low water.</figcaption><span>Cleo Marsh</span>", ("The mole at low water.", "Cleo Marsh")),
        ("<figcaption><span>The mole.</span><span>CLEO MARSH</span></figcaption>", ("The mole.", "CLEO MARSH")),
        ("<figcaption><p>The mole</p><span>Foto: Cleo Marsh / dpa</span></figcaption>", ("The mole", "Cleo Marsh / dpa")),
        ("<figcaption>The mole. (Cleo Marsh for The Post)</figcaption>", ("The mole.", "Cleo Marsh for The Post")),
        ("<figcaption>The mole (seen from the north)</figcaption>", ("The mole (seen from the north)", "")),
        ("<figcaption>It fell. (The rest stands.)</figcaption>", ("It fell. (The rest stands.)", "")),
        ("<figcaption><span>It fell.</span> <span>Nobody was there</span></figcaption>", ("It fell. Nobody was there", "")),
        ("<figcaption>The mole. <a class='btn'>Buy Now</a></figcaption>", ("The mole.", "")),
        ("<figcaption data-c-caption='The mole.' data-c-credit='Cleo Marsh'></figcaption>", ("The mole.", "Cleo Marsh")),
        ("<div class='x' data-c-caption='The mole.' data-c-credit='Cleo Marsh'></div>", ("The mole.", "Cleo Marsh")),
        ("<div>The mole at low water.</div>", ("The mole at low water.", "")),
        ("<span>Enlarge this image</span>", ("", "")),
        (
            '<div class="credit-caption"><p class="caption">The mole.</p><b class="hide-caption">hide caption</b>'
            '<span class="credit">Cleo Marsh</span></div>',
            ("The mole.", "Cleo Marsh"),
        ),
    ],
)  # fmt: skip
def test_a_picture_s_words_are_its_caption_and_its_credit(figure: str, expected: tuple[str, str]) -> None:
    found = html_to_markdown(f'<figure><button><img src="/a.jpg"></button>{figure}</figure>').pictures
    assert [(picture.caption, picture.credit) for picture in found] == [expected]


def test_a_caption_in_the_box_below_the_picture_s_own_belongs_to_it(site: Path) -> None:
    boxes = (
        '<div class="photo"><div><img src="/a.jpg"></div></div>'
        '<div class="photo-caption"><p>The mole.</p></div><div class="photo-credit">Photo by Cleo Marsh</div>'
    )
    image = front(page(f"<article>{HEADLINE}{boxes}{TEXT}</article>"), site)["image"]
    assert (image["caption"], image["credit"]) == ("The mole.", "Cleo Marsh")


def test_a_table_beside_the_text_that_holds_a_picture_is_a_figure() -> None:
    table = '<table align="right"><tr><td><img src="/p.jpg"><br><b>The pig.</b><br><i>File photo</i></td></tr></table>'
    found = html_to_markdown(table).pictures
    assert [(p.caption, p.credit) for p in found] == [("The pig.", "File photo")]


def test_a_caption_behind_its_figure_belongs_to_it_and_is_told_once() -> None:
    found = html_to_markdown(
        '<figure><img src="/a.jpg"></figure><figcaption>The mole. Photo: Cleo Marsh</figcaption>'
    )
    assert [(p.caption, p.credit) for p in found.pictures] == [("The mole.", "Cleo Marsh")]
    assert found.markdown.count("The mole.") == 1


def test_a_box_around_a_figure_is_no_figure(site: Path) -> None:
    inner = '<figure><img src="/a.jpg"><figcaption>The mole.</figcaption></figure>'
    made = front(
        page(f'<article>{HEADLINE}<div class="img-1"><p>In pictures</p>{inner}</div>{TEXT}</article>'), site
    )
    assert made["image"]["caption"] == "The mole."


def test_a_few_words_in_a_picture_s_own_box_are_its_caption() -> None:
    box = '<div class="photo"><img src="/a.jpg"><div>The mole | foto: Cleo Marsh, MF</div></div>'
    found = html_to_markdown(box).pictures
    assert [(p.caption, p.credit) for p in found] == [("The mole", "Cleo Marsh, MF")]


def test_a_box_named_caption_holds_the_picture_too() -> None:
    found = html_to_markdown('<div class="caption wide"><img src="/a.jpg"><span>The mole.</span></div>')
    assert [(p.caption, p.credit) for p in found.pictures] == [("The mole.", "")]
    assert found.markdown.count("The mole.") == 1


def test_a_portrait_s_words_are_no_caption() -> None:
    box = '<div class="image author"><img src="/a.jpg"><div>Ada Quill counts boats.</div></div>'
    assert "Ada Quill counts boats." in html_to_markdown(box).markdown


@pytest.mark.parametrize("stated", ["The Ledger Bureau", "The Ledger Staff", "The Ledger"])
def test_a_paper_s_own_bureau_is_no_author_where_a_person_is_named(stated: str, site: Path) -> None:
    head = (
        '<meta property="article:published_time" content="2021-04-13"><meta property="og:site_name" content="The Ledger">'
        f'<script type="application/ld+json">{{"@type":"NewsArticle","author":{{"@type":"Thing","name":"{stated}"}}}}</script>'
    )
    html = page(f'<article>{HEADLINE}<p class="byline">By Ada Quill</p>{TEXT}</article>', head=head)
    assert front(html, site)["authors"] == ["Ada Quill"]


def test_credits_are_not_taken_from_brackets_that_tell_a_tale() -> None:
    assert split_credit("The pig. (It was later found.)") == ("The pig. (It was later found.)", "")


@pytest.mark.parametrize(
    "box",
    [
        '<div class="reg"><h4>Be the first to know</h4><p>Local news for you!</p><form><input type="email"></form></div>',
        "<section><h3>Sobre la firma</h3><p>Redactor de la sección de España desde siempre, y hasta nunca.</p></section>",
        "<div><b>About the author</b> Ada Quill counts boats, and has counted them since she could count at all.</div>",
        '<aside class="portraitbox"><p>Ada Quill</p><p>is our harbour correspondent, and is often seasick.</p></aside>',
        '<div class="PromoSmall"><a href="/x">Who counts the boats</a><p>A short history of counting them.</p></div>',
        '<div class="storyAd">Our boats are cheaper than anybody’s, and they float for longer as well.</div>',
        '<div data-area="text_newsletter"><h3>Die Lage</h3><p>Jeden Abend das Wichtigste, in Ihrem Postfach.</p></div>',
    ],
)
def test_boxes_that_ask_or_introduce_are_no_text(box: str, site: Path) -> None:
    by = '<p class="byline">By Ada Quill</p>'
    found = body(page(f"<article>{HEADLINE}{by}{TEXT}{box}</article>"), site)
    assert found == "\n\n".join(PARAGRAPHS)


def test_a_box_about_somebody_else_stays(site: Path) -> None:
    box = "<aside><p>Tomas Rehn</p><p>has been the mayor for as long as there has been one.</p></aside>"
    by = '<p class="byline">By Ada Quill</p>'
    assert "for as long as" in body(page(f"<article>{HEADLINE}{by}{TEXT}{box}</article>"), site)


def test_a_byline_in_a_span_of_its_own_line_is_no_text(site: Path) -> None:
    by = '<span class="byline"><span class="byline-name">By Ada Quill</span><span class="byline-title">Arts</span></span>'
    html = page(f"<div>{HEADLINE}{by}<p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p></div>")
    assert front(html, site)["authors"] == ["Ada Quill"]
    assert body(html, site).startswith(PARAGRAPHS[0])


def test_what_rdfa_names_is_read_and_the_place_beside_an_author_is_none(site: Path) -> None:
    by = (
        '<div class="firma"><span property="author" typeof="Person"><span property="name">Ada Quill</span></span> / '
        '<span property="schema:author" typeof="Person"><span property="schema:name">Ines Calloway</span></span>'
        '<span class="lugar" property="dateline">Aldery Harbour</span></div>'
    )
    html = page(f"<article>{HEADLINE}{by}{TEXT}</article>")
    assert front(html, site)["authors"] == ["Ada Quill", "Ines Calloway"]


def test_tools_within_a_byline_are_nobody(site: Path) -> None:
    by = (
        '<div class="Page-byline"><a class="Page-authorName">Ada Quill</a>'
        '<div class="Page-actions"><span>Copy Link URL</span><span>Copied!</span></div></div>'
    )
    html = page(f"<article>{HEADLINE}{by}{TEXT}</article>")
    assert front(html, site)["authors"] == ["Ada Quill"]


def test_a_field_for_mail_in_the_article_s_own_box_takes_no_text_away(site: Path) -> None:
    form = '<form><input type="email"></form>'
    assert PARAGRAPHS[0] in body(page(f"<div>{HEADLINE}<p>{PARAGRAPHS[0]}</p>{form}</div>"), site)


def test_loose_lines_about_the_page_are_left_out_and_told(site: Path) -> None:
    loose = f"{'<p>'.join(PARAGRAPHS)}<p><font>All contents copyright 1999 The Ledger.</font><hr>Back to front page"
    head = '<title>Harbour falls quiet</title><meta property="article:published_time" content="2021-04-13">'
    html = page(f"<table><tr><td><b>Harbour falls quiet</b><p>{loose}</td></tr></table>", head=head)
    found = read(html, site).article
    assert found is not None
    assert "copyright" not in found.body and "Back to" not in found.body and not found.body.endswith("---")
    assert "notice of the page" in {each.what for each in found.dropped}


@pytest.mark.parametrize(
    "deck",
    [
        f"<header>{HEADLINE}<div>Boats lie where they lay, and nobody can say why.</div></header>",
        f"{HEADLINE}<div><p>Boats lie where they lay, and nobody can say why.</p></div>",
        f'{HEADLINE}<p class="x">Boats lie where they lay, and nobody can say why.</p><ul class="byline"><li>By Ada Quill</li></ul>',
    ],
)
def test_a_deck_is_known_by_its_place_or_by_the_page_s_description(deck: str, site: Path) -> None:
    head = (
        '<meta property="article:published_time" content="2021-04-13">'
        '<meta name="description" content="Boats lie where they lay, and nobody can say why.">'
    )
    html = page(f"<article>{deck}<div>{TEXT}</div></article>", head=head)
    assert front(html, site)["summary"] == "Boats lie where they lay, and nobody can say why."
    assert body(html, site) == "\n\n".join(PARAGRAPHS)


def test_a_first_paragraph_that_is_the_description_too_stays_text(site: Path) -> None:
    head = f'<meta property="article:published_time" content="2021-04-13"><meta name="description" content="{PARAGRAPHS[0]}">'
    assert body(page(f"<article>{HEADLINE}<div>{TEXT}</div></article>", head=head), site).startswith(
        PARAGRAPHS[0]
    )


def test_a_kind_of_article_before_the_headline_is_none_of_it(site: Path) -> None:
    head = '<meta property="article:published_time" content="2021-04-13"><meta property="og:title" content="Opinion | Harbour falls quiet">'
    html = page(
        f"<article><h1><span>Opinion</span> <span>Harbour falls quiet</span></h1>{TEXT}</article>", head=head
    )
    assert front(html, site)["title"] == "Harbour falls quiet"


def test_text_before_a_paywall_is_text(site: Path) -> None:
    parts = [f'<div class="article-body"><p>{each}</p></div>' for each in PARAGRAPHS]
    html = page(
        f'<article>{HEADLINE}<div class="teaser-content">{parts[0]}</div><div>{parts[1]}{parts[2]}</div></article>'
    )
    assert body(html, site) == "\n\n".join(PARAGRAPHS)


def test_what_stands_in_brackets_behind_a_name_is_no_author() -> None:
    assert names_in("Par Mathilde Kervel (Saint-Orens, envoyée spéciale)", language="fr") == (
        "Mathilde Kervel",
    )


WAYBACK = "https://web.archive.org/web/20090311082614"


def test_a_capture_of_the_wayback_machine_is_read_as_the_page_it_was(site: Path) -> None:
    toolbar = '<!-- BEGIN WAYBACK TOOLBAR INSERT --><div id="wm-ipp"><p>3 captures, and more prose than the page itself has.</p></div><!-- END WAYBACK TOOLBAR INSERT -->'
    script = '<script>__wm.wombat("http://quay.example/2009/03/quiet/","20090311082614","https://web.archive.org/");</script>'
    link = f'<p>Once more <a href="{WAYBACK}/http://quay.example/2009/03/noise/">it was noisy</a> on the quay, they say.</p>'
    head = f'{script}<meta property="article:published_time" content="2009-03-09">'
    html = page(f"{toolbar}<article>{HEADLINE}{TEXT}{link}</article>", head=head)
    assert front(html, site)["source"] == {
        "url": "http://quay.example/2009/03/quiet/", "captured": "2009-03-11T08:26:14Z",
    }  # fmt: skip
    assert "captures" not in body(html, site)
    assert "[it was noisy](http://quay.example/2009/03/noise/)" in body(html, site)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (f"{WAYBACK}/http://a.example/x", "http://a.example/x"), (f"{WAYBACK}im_/https://a.example/x.jpg", "https://a.example/x.jpg"),
        ("https://web.archive.org/web/*/http://a.example/", "https://web.archive.org/web/*/http://a.example/"),
        ("http://a.example/web/2009/http", "http://a.example/web/2009/http"), ("", ""),
    ],
)  # fmt: skip
def test_an_address_of_the_wayback_machine_is_that_of_its_original(written: str, expected: str) -> None:
    assert original_address(written) == expected


def test_a_toolbar_that_does_not_end_stays(site: Path) -> None:
    assert "web.archive.org" not in unwrapped(f'<a href="{WAYBACK}/http://a.example/">x</a>').text
    text = "<!-- BEGIN WAYBACK TOOLBAR INSERT --><p>web.archive.org</p>"
    assert unwrapped(text).text == text
