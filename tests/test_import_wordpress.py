"""WordPress exports: everything an editor put into a post comes out of it, and damage stays where it is."""

import re
from collections import Counter
from pathlib import Path

import pytest
from exporting import (
    HEAD_OF_WXR,
    SHARED,
    context_of,
    imported_folder,
    item,
    meta,
    picture,
    read,
    read_all,
    recognised,
    term,
    wxr,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.sources.importers.wordpress import WORDPRESS

URL = "https://ledger.example/2021/04/13/the-wall/"


def body(content: str, *others: str, more: str = "") -> str:
    made, _ = read_all(WORDPRESS, wxr(item(content, more), *others))
    return made[0].body


def test_a_post_has_its_headline_dates_byline_tags_address_and_text() -> None:
    one = read(
        WORDPRESS,
        wxr(
            item(
                "<p>Forty metres fell.</p>",
                term("category", "Harbour")
                + term("post_tag", "Storm &amp; tide")
                + term("post_format", "Aside"),
                title="The <em>wall</em> &amp; the sea",
                excerpt="<p>A standfirst.</p>",
                post_modified="2021-04-14 09:00:00",
                post_modified_gmt="2021-04-14 08:00:00",
            )
        ),
    )
    assert one.front == {
        "title": "The wall & the sea",
        "published": "2021-04-13T11:34:00+01:00",
        "updated": "2021-04-14T09:00:00+01:00",
        "authors": ["Ada Quill"],
        "summary": "A standfirst.",
        "tags": ["Harbour", "Storm & tide"],
        "source": {"publisher": "The Harbour Ledger", "url": URL},
        "aliases": ["/2021/04/13/the-wall/"],
    }
    assert (one.body, one.slug, one.kind) == ("Forty metres fell.", "the-wall", "article")
    assert one.identity == (URL, "https://ledger.example/?p=7")
    assert one.recall == 1.0


@pytest.mark.parametrize(
    ("fields", "kept"),
    [
        ({"status": "draft"}, {"status": "draft"}),
        ({"status": "pending"}, {"status": "draft"}),
        ({"status": "private"}, {"status": "draft"}),
        ({"status": "future", "post_date": "2027-01-01 09:00:00", "post_date_gmt": "2027-01-01 09:00:00"},
         {"status": "embargoed", "embargo": "2027-01-01T09:00:00Z"}),
        ({"status": "publish"}, {}),
    ],
)  # fmt: skip
def test_what_was_not_public_does_not_become_so(fields: dict[str, str], kept: dict[str, str]) -> None:
    one = read(WORDPRESS, wxr(item(**fields)))
    assert {key: one.front[key] for key in ("status", "embargo") if key in one.front} == kept


def test_a_password_is_never_kept_and_what_it_locked_is_a_draft() -> None:
    (one,), problems = read_all(WORDPRESS, wxr(item(post_password="enter", more=meta("api_key", "sesame"))))
    assert one.front["status"] == "draft"
    assert "enter" not in str(one) and "sesame" not in str(one)
    assert problems == [
        "export:11: 'The wall': it was locked with a password: imported as a draft, without the password [W376]"
    ]


def test_a_page_goes_where_it_was_and_one_that_was_not_public_is_a_draft() -> None:
    page = {"post_type": "page", "link": "https://ledger.example/paper/staff/", "post_name": "staff"}
    one = read(WORDPRESS, wxr(item("<p>We.</p>", **page)))
    assert (one.kind, one.place, one.front.get("aliases"), "published" in one.front) == (
        "page", "paper/staff", None, False,
    )  # fmt: skip
    (one,), problems = read_all(WORDPRESS, wxr(item("<p>We.</p>", status="private", **page)))
    assert (one.kind, one.front["status"]) == ("article", "draft")
    assert "was not public" in problems[0]


@pytest.mark.parametrize(
    ("creator", "more", "authors"),
    [
        ("aquill", "", ["Ada Quill"]),
        ("AQuill", "", ["Ada Quill"]),
        ("ines@ledger.example", "", ["Ines Calloway"]),
        ("somebody@mail.example", "", ["somebody"]),
        ("gone", "", ["gone"]),
        ("aquill", term("author", "A. Quill", "aquill") + term("author", "Tom Reed", "cap-tom"), ["Ada Quill", "Tom Reed"]),
        ("aquill", term("author", "tom", "cap-tomreed"), ["Tom Reed, Shipping"]),
    ],
)  # fmt: skip
def test_authors_stand_by_the_names_that_readers_know(creator: str, more: str, authors: list[str]) -> None:
    guest = item(
        "", meta("cap-user_login", "tomreed") + meta("cap-display_name", "Tom Reed, Shipping"),
        post_type="guest-author", guid="https://ledger.example/?g", link="",
    )  # fmt: skip
    made, _ = read_all(WORDPRESS, wxr(item(more=more, creator=creator), guest))
    assert made[0].front["authors"] == authors


@pytest.mark.parametrize(
    ("local", "utc", "published"),
    [
        ("2021-04-13 11:34:00", "2021-04-13 10:34:00", "2021-04-13T11:34:00+01:00"),
        ("2021-04-13 05:04:00", "2021-04-13 10:34:00", "2021-04-13T05:04:00-05:30"),
        ("2021-04-13 10:34:00", "2021-04-13 10:34:00", "2021-04-13T10:34:00Z"),
        ("2021-04-13 11:34:00", "0000-00-00 00:00:00", "2021-04-13T11:34:00"),
        ("0000-00-00 00:00:00", "2021-04-13 10:34:00", "2021-04-13T10:34:00Z"),
        ("2021-04-13 11:34:00", "2019-01-01 00:00:00", "2021-04-13T11:34:00"),
        ("", "", "2005-04-10T01:02:03Z"),
        ("9999-12-31 00:00:00", "-0001-11-30 00:00:00", "2005-04-10T01:02:03Z"),
    ],
)
def test_dates_keep_the_zone_they_were_written_in(local: str, utc: str, published: str) -> None:
    text = wxr(item(post_date=local, post_date_gmt=utc, pubDate="Sun, 10 Apr 2005 01:02:03 +0000"))
    assert read(WORDPRESS, text).front["published"] == published


def test_a_post_without_any_date_is_kept_as_a_draft() -> None:
    (one,), problems = read_all(WORDPRESS, wxr(item(post_date="", post_date_gmt="", pubDate="soon")))
    assert (one.front["published"], one.front["status"]) == ("2026-11-22", "draft")
    assert [problem[-6:] for problem in problems] == ["[W373]", "[W379]"]


def test_the_featured_picture_comes_with_what_is_written_under_it_whichever_comes_first() -> None:
    post = item(more=meta("_thumbnail_id", "12"))
    file = picture(12, "The wall in March. Photo: Reuters", "A wall")
    for order in ((post, file), (file, post)):
        (one,), _ = read_all(WORDPRESS, wxr(*order))
        assert one.front["image"] == {
            "src": "https://ledger.example/wp-content/uploads/2021/04/p12.jpg",
            "alt": "A wall", "caption": "The wall in March.", "credit": "Reuters",
        }  # fmt: skip


def test_a_credit_kept_by_a_plugin_is_one() -> None:
    file = picture(12, "The wall.", more=meta("_media_credit", "Ada Quill"))
    (one,), _ = read_all(WORDPRESS, wxr(item(more=meta("_thumbnail_id", "12")), file))
    assert one.front["image"]["credit"] == "Ada Quill"  # type: ignore[index, call-overload]


def test_a_featured_picture_that_is_not_there_is_told() -> None:
    _, problems = read_all(WORDPRESS, wxr(item(more=meta("_thumbnail_id", "12"))))
    assert problems == [
        "export:11: 'The wall': the featured picture is not in the export (number 12) (add it to `image`) [W347]"
    ]


def test_a_featured_picture_is_found_in_the_export_beside() -> None:
    other = wxr(picture(12, "Elsewhere."))
    text = wxr(item(more=meta("_thumbnail_id", "12")))
    made, _ = read_all(WORDPRESS, text, context_of({"b.xml": other.encode(), "export": b""}))
    assert made[0].front["image"]["caption"] == "Elsewhere."  # type: ignore[index, call-overload]


def test_pictures_and_files_beside_the_export_are_taken_whatever_size_is_shown() -> None:
    files = {"wp-content/uploads/2021/04/p12.jpg": b"", "uploads/2020/report (1).pdf": b"", "export": b""}
    base = "https://ledger.example/wp-content/uploads"
    content = (
        f'<figure><img src="{base}/2021/04/p12-300x200.jpg"><figcaption>Wall</figcaption></figure>'
        f'<p><a href="{base}/2020/report%20(1).pdf">Report</a> <img src="{base}/2021/05/p12.jpg"></p>'
        f"<pre>{base}/2021/04/p12.jpg</pre>"
    )
    (one,), problems = read_all(
        WORDPRESS, wxr(item(content, meta("_thumbnail_id", "12")), picture(12)), context_of(files)
    )
    assert one.front["image"] == {"src": "media/2021/04/p12.jpg", "caption": "Wall"}
    assert one.body == (
        f"[Report](/media/2020/report-1-.pdf) ![]({base}/2021/05/p12.jpg)\n\n```\n{base}/2021/04/p12.jpg\n```"
    )
    assert sorted(media.name for media in one.media) == [
        "uploads/2020/report (1).pdf",
        "wp-content/uploads/2021/04/p12.jpg",
    ]
    assert "a picture is not in the export" in problems[-1]


@pytest.mark.parametrize(
    ("content", "markdown"),
    [
        ("One.\n\nTwo,\nstill two.", "One.\n\nTwo,  \nstill two."),
        ("One.\r\n\r\n<h2>Head</h2>\r\nTwo.", "One.\n\n## Head\n\nTwo."),
        ("<p>One.</p>\n<p>Two.</p>", "One.\n\nTwo."),
        ("<ul>\n<li>a</li>\n<li>b</li>\n</ul>\nAfter", "- a\n- b\n\nAfter"),
        ("<blockquote>Said\n\nagain</blockquote>", "> Said\n>\n> again"),
        ("<pre>a\n\n  b</pre>", "```\na\n\n  b\n```"),
        ("Text <!--more--> on.\n\n<!--nextpage-->\n\nNext.", "Text on.\n\nNext."),
        ("https://www.youtube.com/watch?v=abc123XYZ_0\n\nSee.", "[YouTube](https://www.youtube.com/watch?v=abc123XYZ_0)\n\nSee."),
        ("<a\nhref=\"https://a.example/\">x</a>", "[x](https://a.example/)"),
    ],
)  # fmt: skip
def test_the_classic_editor_parts_paragraphs_by_blank_lines(content: str, markdown: str) -> None:
    assert body(content) == markdown


@pytest.mark.parametrize(
    ("content", "markdown"),
    [
        ('[caption id="a_1" width="9"]<img src="https://a.example/x.jpg"> Under it[/caption]',
         '<figure><img src="https://a.example/x.jpg" alt=""><figcaption>Under it</figcaption></figure>'),
        ('[caption caption="Under it"]<a href="/x"><img src="https://a.example/x.jpg"></a>[/caption] End',
         '<figure><img src="https://a.example/x.jpg" alt=""><figcaption>Under it</figcaption></figure>\n\nEnd'),
        ("[youtube https://youtu.be/abc]", "[YouTube](https://youtu.be/abc)"),
        ("[youtube=abc_123]", "[YouTube](https://www.youtube.com/watch?v=abc_123)"),
        ('[vimeo id="77"]', "[Vimeo](https://vimeo.com/77)"),
        ('[audio mp3="https://a.example/x.mp3"][/audio]', "[Audio](https://a.example/x.mp3)"),
        ('[video src="https://a.example/x.mp4"]', "[Video](https://a.example/x.mp4)"),
        ("[embed]https://a.example/x[/embed]", "[a.example](https://a.example/x)"),
        ('[pullquote cite="Ines"]Never.[/pullquote]', "> Never.\n>\n> — Ines"),
        ("[code]if a < b: [1][/code]", "```\nif a < b: [1]\n```"),
        ("[[gallery]] is one", "\\[gallery\\] is one"),
        ("He said [sic] and [1] and [the mayor].", "He said \\[sic\\] and \\[1\\] and \\[the mayor\\]."),
        ('[vc_row][vc_column width="1/2"]In[/vc_column][/vc_row]', "In"),
        ("[caption]no picture[/caption]", "no picture"),
        ("[unclosed", "\\[unclosed"),
    ],
)  # fmt: skip
def test_shortcodes_become_what_they_stood_for(content: str, markdown: str) -> None:
    assert body(content) == markdown


def test_an_unknown_shortcode_is_told_and_its_text_kept() -> None:
    (one,), problems = read_all(WORDPRESS, wxr(item('[fancy_box id="1"]Inside[/fancy_box] [fancy_box]')))
    assert one.body == "Inside"
    assert problems == [
        "export:11: 'The wall': the shortcode [fancy_box] is not known, 2 times: left out (its text is kept) [W346]"
    ]


@pytest.mark.parametrize("code", ["[gallery]", '[gallery ids="13,12"]', '[gallery exclude="14"]'])
def test_galleries_show_every_picture_with_its_caption(code: str) -> None:
    files = [picture(n, f"Number {n}", menu_order=str(20 - n)) for n in (12, 13)]
    shown = body(code, *files, picture(15, "Of another", parent="8"))
    assert re.findall(r"Number (\d+)", shown) == ["13", "12"]
    assert "Of another" not in shown


@pytest.mark.parametrize(
    ("content", "markdown"),
    [
        ("<!-- wp:paragraph -->\n<p>One.</p>\n<!-- /wp:paragraph -->", "One."),
        ('<!-- wp:heading {"level":3} -->\n<h3>Head</h3>\n<!-- /wp:heading -->', "### Head"),
        ('<!-- wp:embed {"url":"https://youtu.be/a"} -->\n<figure class="wp-block-embed"><div class="wp-block-embed__wrapper">\n'
         "https://youtu.be/a\n</div><figcaption>Film</figcaption></figure>\n<!-- /wp:embed -->",
         "[YouTube](https://youtu.be/a)\n\nFilm"),
        ('<!-- wp:gallery -->\n<figure class="wp-block-gallery"><!-- wp:image --><figure><img src="https://a.example/1.jpg">'
         '<figcaption>One</figcaption></figure><!-- /wp:image --><!-- wp:image --><figure><img src="https://a.example/2.jpg">'
         "<figcaption>Two</figcaption></figure><!-- /wp:image --></figure>\n<!-- /wp:gallery -->",
         '<figure><img src="https://a.example/1.jpg" alt=""><figcaption>One</figcaption></figure>\n\n'
         '<figure><img src="https://a.example/2.jpg" alt=""><figcaption>Two</figcaption></figure>'),
        ('<!-- wp:gallery -->\n<ul class="wp-block-gallery columns-3"><li class="blocks-gallery-item"><figure>'
         '<img src="https://a.example/1.jpg"><figcaption>One</figcaption></figure></li></ul>\n<!-- /wp:gallery -->',
         '<figure><img src="https://a.example/1.jpg" alt=""><figcaption>One</figcaption></figure>'),
        ('<!-- wp:cover -->\n<div class="wp-block-cover" style="background-image:url(https://a.example/c.jpg)"><p>Over</p></div>',
         "![](https://a.example/c.jpg)\n\nOver"),
        ('<!-- wp:latest-posts {"postsToShow":5} /-->\n<!-- wp:paragraph --><p>a b</p><!-- /wp:paragraph -->', "a b"),
        ('<!-- wp:plugin/note {"text":"Kept <b>too</b>"} /-->', "Kept too"),
        ('<!-- wp:block {"ref":44} /-->', "Used again."),
        ("<!-- wp:preformatted --><pre>a<br>b</pre><!-- /wp:preformatted -->", "```\na\nb\n```"),
        ("<!-- wp:paragraph {broken -->\n<p>One.</p>", "One."),
    ],
)  # fmt: skip
def test_blocks_become_what_they_show(content: str, markdown: str) -> None:
    block = item(
        "<p>Used again.</p>", post_type="wp_block", post_id="44", guid="https://ledger.example/?b", link=""
    )
    assert body(content, block) == markdown


def test_footnotes_stand_where_their_block_is() -> None:
    notes = meta("footnotes", '[{"content":"See <i>there</i>.","id":"x"}]')
    text = '<!-- wp:paragraph --><p>A<sup data-fn="x" class="fn"><a href="#x">1</a></sup></p><!-- /wp:paragraph --><!-- wp:footnotes /-->'
    assert body(text, more=notes) == "A<sup>1</sup>\n\n1.  See *there*."


def test_what_only_the_old_site_could_show_is_counted_and_comments_too() -> None:
    one = read(WORDPRESS, wxr(item("<!-- wp:tag-cloud /--><p>x</p>", "<wp:comment></wp:comment>" * 3)))
    assert {(each.what, each.count) for each in one.dropped} == {("comment", 3), ("list of tags", 1)}


def test_enclosures_are_linked_once() -> None:
    sound = meta("enclosure", 'https://a.example/x.mp3\n211\naudio/mpeg\na:1:{s:8:"duration";}')
    assert body("<p>Listen.</p>", more=sound) == "Listen.\n\n[Audio](https://a.example/x.mp3)"
    assert body('<a href="https://a.example/x.mp3">Hear</a>', more=sound) == "[Hear](https://a.example/x.mp3)"


def test_custom_fields_are_kept_but_for_what_is_a_programs_or_private() -> None:
    more = (
        meta("dateline", "ALDERY")
        + meta("_edit_last", "1")
        + meta("secret_key", "s")
        + meta("opt", "a:1:{i:0;N;}")
    )
    one = read(WORDPRESS, wxr(item(more=more)))
    assert one.front["custom_fields"] == {"dateline": "ALDERY"}
    assert {each.what for each in one.dropped} == {"custom field secret_key", "custom field opt"}


def test_taxonomies_of_the_site_are_its_own() -> None:
    more = term("ships", "Osprey") + term("series", "Storms")
    made, _ = read_all(
        WORDPRESS, wxr(item(more=more)), context_of(settings="taxonomies: {ships: {singular: Ship}}\n")
    )
    assert (made[0].front["ships"], made[0].front["tags"]) == (["Osprey"], ["Storms"])


def test_menus_files_revisions_and_the_trash_are_left_out_and_told() -> None:
    left = [
        item(post_type="nav_menu_item"),
        item(post_type="revision", status="inherit"),
        item(status="trash"),
        item(status="auto-draft"),
    ]
    made, problems = read_all(WORDPRESS, wxr(*left, picture(3), item("", post_type="page")))
    assert made == []
    assert problems == [
        "export: left out: items of menus (1), revisions (1), posts in the trash (1), empty drafts (1), "
        "files of the media library (1), pages without text (1) [W345]"
    ]


def test_an_id_that_several_posts_have_names_none_of_them() -> None:
    one, two = item(), item(link="https://ledger.example/other/", post_name="other", title="Other")
    made, _ = read_all(WORDPRESS, wxr(one, two))
    assert [each.identity for each in made] == [(URL,), ("https://ledger.example/other/",)]


def test_a_post_of_another_kind_is_an_article_that_says_so() -> None:
    assert read(WORDPRESS, wxr(item(post_type="review"))).front["post_type"] == "review"


def test_old_exports_without_domains_types_and_addresses_are_read() -> None:
    text = f"""<?xml version="1.0"?><rss {NAMES_1_0}><channel><title>Old</title><link>https://old.example</link>
<item><title>A</title><link>https://old.example/?p=19</link><category><![CDATA[boat]]></category><dc:creator>Ed</dc:creator>
<wp:post_date>2008-10-17 04:33:51</wp:post_date><content:encoded><![CDATA[<p>Boat.</p>]]></content:encoded></item></channel></rss>"""
    one = read(WORDPRESS, text)
    assert one.front == {
        "title": "A", "published": "2008-10-17T04:33:51", "authors": ["Ed"], "tags": ["boat"],
        "source": {"publisher": "Old", "url": "https://old.example/?p=19"},
    }  # fmt: skip


NAMES_1_0 = (
    'version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:wp="http://wordpress.org/export/1.0/"'
)

GOOD = item(
    "<p>Good.</p>", link="https://ledger.example/good/", guid="https://ledger.example/?p=8", title="Good"
)


@pytest.mark.parametrize(
    ("broken", "titles", "told"),
    [
        (item("<p>a\x0b\x00b</p>"), ["The wall", "Good"], "control characters were left out: 2"),
        (item("x").replace("]]></content:encoded>", "</content:encoded>"), ["The wall", "Good"], "not well-formed XML"),
        (item("a ]]> b"), ["The wall", "Good"], "not well-formed XML"),
        (item("<![CDATA[nested]]>"), ["The wall", "Good"], "not well-formed XML"),
        (item().replace("<![CDATA[The wall]]>", "Sea & Sons &mdash; 1"), ["Sea & Sons — 1", "Good"], "not well-formed XML"),
        (item().replace("<![CDATA[The wall]]>", "a &#8; b &#x1F; c"), ["a b c", "Good"], "not well-formed XML"),
        (item().replace("</dc:creator>", ""), ["The wall", "Good"], "not well-formed XML"),
        (item().replace("</item>", ""), ["The wall", "Good"], "not well-formed XML"),
        ("<item></item>", ["Good"], "posts without headline and text (1)"),
        ("<item>" + "<x>" * 100_000 + "</item>", ["Good"], "posts without headline and text (1)"),
        (item("<![CDATA[" * 1000), ["The wall", "Good"], ""),
        (item("the tags <item> and </item> in a text"), ["The wall", "Good"], ""),
        (item(foo="1").replace("wp:foo", "unknown:foo"), ["The wall", "Good"], "not well-formed XML"),
        (item("&xxe;").replace("<![CDATA[The wall]]>", "&xxe; Wall"), ["&xxe; Wall", "Good"], "not well-formed XML"),
    ],
)  # fmt: skip
def test_damage_is_mended_or_left_out_and_the_next_post_comes_in(
    broken: str, titles: list[str], told: str
) -> None:
    made, problems = read_all(WORDPRESS, wxr(broken, GOOD))
    assert [each.front["title"] for each in made] == titles
    assert told in " ".join(problems) if told else problems == []


def test_entities_of_a_document_type_are_never_expanded() -> None:
    lol = "".join(f'<!ENTITY l{n} "' + f"&l{n - 1};" * 10 + '">' for n in range(1, 10))
    head = HEAD_OF_WXR.replace(
        "<rss", f'<!DOCTYPE rss [<!ENTITY l0 "lol"><!ENTITY f SYSTEM "file:///etc/passwd">{lol}]>\n<rss', 1
    )
    made, _ = read_all(WORDPRESS, wxr(item().replace("<![CDATA[The wall]]>", "&l9; &f;"), head=head))
    assert made[0].front["title"] == "&l9; &f;"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "a WordPress export without any item"),
        (HEAD_OF_WXR.encode(), "a WordPress export without any item"),
        (b"\x00" * 100_000, "a WordPress export without any item"),
        (b"<item>" * 100_000, "not well-formed XML"),
        (wxr(GOOD).encode()[:-400], "not well-formed XML"),
        (b"<item><![CDATA[" + b"x" * 200_000, "cannot be read"),
    ],
)
def test_what_is_hardly_an_export_is_told(data: bytes, told: str) -> None:
    assert told in " ".join(read_all(WORDPRESS, data)[1])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-8-sig", "iso-8859-1", "utf-16-be"])
def test_exports_in_any_encoding_are_read(encoding: str) -> None:
    text = wxr(item(title="Café")).replace("UTF-8", encoding.replace("-sig", "").upper())
    data = text.encode(encoding)
    assert recognised(data) == "wordpress"
    assert read(WORDPRESS, data).front["title"] == "Café"


def test_bytes_of_another_encoding_are_mended_and_told() -> None:
    (one,), problems = read_all(WORDPRESS, wxr(item(title="Caf%%")).encode().replace(b"%%", b"\xe9"))
    assert one.front["title"] == "Café"
    assert problems == [
        "export: bytes that are not UTF-8 were read as Windows-1252: 1 (compare the letters with the original) [W322]"
    ]


def test_items_that_cross_the_ends_of_blocks_are_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    items = [
        item(f"<p>Number {n}.</p> ü", link=f"https://ledger.example/{n}/", title=f"T {n}") for n in range(30)
    ]
    for size in (64, 1000, 7777):
        monkeypatch.setattr("generator.sources.importers.xmlitems.pieces._BLOCK", size)
        made, _ = read_all(WORDPRESS, wxr(*items))
        assert [each.front["title"] for each in made] == [f"T {n}" for n in range(30)]


@pytest.mark.parametrize(
    "content",
    ["[" * 50_000, "[a " * 30_000, '[a b="' * 20_000, "<!-- wp:x {" * 20_000, "\n\n" * 50_000, "<div>" * 30_000,
     "[caption]" * 20_000, "[/caption]" * 20_000, "<p " * 40_000, "&#" * 40_000, "<!--" * 40_000, "[[a]" * 20_000],
)  # fmt: skip
def test_hostile_texts_take_no_longer_than_long_ones(content: str) -> None:
    made, _ = read_all(WORDPRESS, wxr(item(content)))
    assert len(made) == 1


@given(st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_export_makes_the_reader_stumble(data: st.DataObject) -> None:
    whole = wxr(item("[gallery]\n\n<!-- wp:block {} /-->", meta("_thumbnail_id", "3")), picture(3), GOOD)
    text = list(whole)
    for _ in range(data.draw(st.integers(1, 12))):
        at = data.draw(st.integers(0, len(text) - 1))
        piece = data.draw(
            st.sampled_from(
                [
                    "",
                    "<",
                    ">",
                    "&",
                    "]]>",
                    "<![CDATA[",
                    "</item>",
                    "<item>",
                    "\x00",
                    "[",
                    '"',
                    "\ud800",
                    "<wp:status>",
                ]
            )
            | st.text(max_size=4)
        )
        text[at : at + data.draw(st.integers(0, 30))] = [piece]
    made, problems = read_all(WORDPRESS, "".join(text))
    assert made or problems
    for one in made:
        assert one.front["title"] and ("published" in one.front) == (one.kind == "article")


def test_the_theme_unit_tests_of_wordpress_come_in_whole() -> None:
    folder = SHARED / "wordpress"
    if not folder.is_dir():
        pytest.skip("../shared is not there")
    found = imported_folder(folder)
    assert found["themeunittestdata.wordpress.xml"] == ("wordpress", 71, ["W376", "W372", "W345", "W374"])
    assert found["theme-preview.xml"] == ("wordpress", 7, ["W374"])


def test_every_wordpress_export_of_other_tools_tests_comes_in() -> None:
    folder = SHARED / "cms-exports"
    if not folder.is_dir():
        pytest.skip("../shared is not there")
    counts: Counter[str] = Counter()
    for sub in ("mg-wp-xml", "mg-squarespace-xml"):
        for format_name, articles, _ in imported_folder(folder / sub).values():
            counts[format_name] += articles
    assert counts == {"wordpress": 33}


def test_no_post_of_the_theme_unit_tests_loses_words() -> None:
    path: Path = SHARED / "wordpress" / "themeunittestdata.wordpress.xml"
    if not path.is_file():
        pytest.skip("../shared is not there")
    made, _ = read_all(WORDPRESS, path.read_bytes())
    assert min(one.recall or 0 for one in made) > 0.99


def test_an_item_that_is_too_large_is_left_out_and_the_next_comes_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.sources.importers.xmlitems.pieces.ITEM_LIMIT", 2_000)
    monkeypatch.setattr("generator.sources.importers.xmlitems.pieces._BLOCK", 1_000)
    endless = item("x" * 4_000).replace("</item>", "").replace("]]></content", "</content")
    made, problems = read_all(WORDPRESS, wxr(endless + "y" * 9_000, item("z" * 20_000), *[GOOD] * 3))
    assert (
        "export:11: an item that is too large (look at the export there; the rest is imported) [E375]"
        in problems
    )
    assert {one.front["title"] for one in made} == {"Good"}
