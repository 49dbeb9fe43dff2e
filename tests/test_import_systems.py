"""Exports of Ghost, Medium, Substack, Blogger, Wix, Chorus, Tiny News and others: small ones, made up."""

import json
import tracemalloc
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from exporting import SHARED, context_of, imported_folder, read, read_all, recognised
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.core.problems import Problem
from generator.sources.importers.base import Format, Imported, Original
from generator.sources.importers.blogger import BLOGGER, BLOGGER_API
from generator.sources.importers.chorus import CHORUS
from generator.sources.importers.ghost import GHOST
from generator.sources.importers.ghost_cards import lexical_html, mobiledoc_html
from generator.sources.importers.html import html_to_markdown
from generator.sources.importers.medium import MEDIUM
from generator.sources.importers.newsletters import BEEHIIV, LETTERDROP
from generator.sources.importers.substack import SUBSTACK
from generator.sources.importers.tinynews import TINY_NEWS
from generator.sources.importers.wix import WIX
from generator.sources.importers.wordpress_api import WORDPRESS_API

POST = {
    "id": "a1", "uuid": "u-1", "title": "The wall", "slug": "the-wall", "html": "<p>Forty metres.</p>", "status": "published",
    "type": "post", "visibility": "public", "published_at": "2021-04-13T10:34:00.000Z", "created_at": "2021-04-01T00:00:00.000Z",
    "updated_at": "2021-04-14T08:00:00.000Z", "feature_image": "__GHOST_URL__/content/images/2021/04/wall.jpg",
    "custom_excerpt": "A standfirst.", "codeinjection_head": "<script>", "lexical": None,
}  # fmt: skip


def ghost(*posts: dict[str, Any], **tables: Any) -> str:
    data = {
        "posts": list(posts),
        "users": [{"id": "1", "name": "Ada Quill", "email": "ada@ledger.example"}, {"id": "2", "name": "Tom Reed"}],
        "tags": [{"id": "t1", "name": "Harbour"}, {"id": "t2", "name": "#internal"}],
        "posts_authors": [{"post_id": "a1", "author_id": "2", "sort_order": 1}, {"post_id": "a1", "author_id": "1", "sort_order": 0}],
        "posts_tags": [{"post_id": "a1", "tag_id": "t1"}, {"post_id": "a1", "tag_id": "t2"}],
        "posts_meta": [{"post_id": "a1", "feature_image_alt": "A wall", "feature_image_caption": "The <b>wall</b>"}],
        "settings": [{"key": "title", "value": "The Harbour Ledger"}, {"key": "password", "value": "sesame"}],
    } | tables  # fmt: skip
    return json.dumps({"db": [{"meta": {"version": "5.0"}, "data": data}]})


def test_a_post_of_ghost_has_all_that_its_tables_say_of_it() -> None:
    (one,), problems = read_all(GHOST, ghost(POST))
    assert one.front == {
        "title": "The wall", "published": "2021-04-13T10:34:00Z", "updated": "2021-04-14T08:00:00Z",
        "authors": ["Ada Quill", "Tom Reed"], "summary": "A standfirst.", "image": {"alt": "A wall", "caption": "The wall"},
        "tags": ["Harbour"], "source": {"publisher": "The Harbour Ledger"}, "aliases": ["/the-wall/"],
    }  # fmt: skip
    assert (one.body, one.identity) == ("Forty metres.", ("ghost u-1",))
    assert [each.what for each in one.dropped] == ["injected code"]
    assert problems == [
        "export: a picture is not in the export: it is shown from its old address "
        "(import the folder that holds the export and its pictures) [W374]"
    ]


def test_pictures_of_ghost_come_with_the_export() -> None:
    files = {"content/images/2021/04/wall.jpg": b"", "content/images/2021/04/in.png": b"", "export.json": b""}
    html = '<img src="__GHOST_URL__/content/images/size/w600/2021/04/in.png">'
    one = read(GHOST, ghost(POST | {"html": html}), context=context_of(files))
    assert one.front["image"]["src"] == "media/2021/04/wall.jpg"  # type: ignore[index, call-overload]
    assert one.body == "![](/media/2021/04/in.png)"


@pytest.mark.parametrize(
    ("more", "kept"),
    [
        ({"status": "draft", "published_at": None}, {"status": "draft", "published": "2021-04-01T00:00:00Z"}),
        ({"status": "scheduled"}, {"status": "embargoed", "embargo": "2021-04-13T10:34:00Z"}),
        ({"visibility": "members"}, {"status": "draft"}),
        ({"status": "sent"}, {"status": "draft"}),
        ({"canonical_url": "https://a.example/x/"}, {"source": {"publisher": "The Harbour Ledger", "url": "https://a.example/x/"}}),
    ],
)  # fmt: skip
def test_what_ghost_did_not_show_to_all_stays_hidden(more: dict[str, Any], kept: dict[str, Any]) -> None:
    made, _ = read_all(GHOST, ghost(POST | more))
    assert {key: made[0].front[key] for key in kept} == kept


def test_pages_of_ghost_are_pages_and_no_secret_is_kept() -> None:
    made, _ = read_all(GHOST, ghost(POST | {"type": "page"}))
    assert (made[0].kind, made[0].place) == ("page", "the-wall")
    assert "sesame" not in str(made) and "ada@" not in str(made)


LEXICAL = {"root": {"type": "root", "children": [
    {"type": "extended-heading", "tag": "h2", "children": [{"type": "extended-text", "text": "Head"}]},
    {"type": "paragraph", "children": [
        {"type": "text", "text": "A <b> ", "format": 1}, {"type": "linebreak"},
        {"type": "link", "url": "https://a.example/", "children": [{"type": "text", "text": "link", "format": 2}]}]},
    {"type": "list", "listType": "number", "children": [{"type": "listitem", "children": [{"type": "text", "text": "one"}]}]},
    {"type": "image", "src": "https://a.example/x.jpg", "alt": "X", "caption": "Under"},
    {"type": "codeblock", "code": "a < b"}, {"type": "callout", "calloutText": "Note"}, {"type": "horizontalrule"},
    {"type": "bookmark", "url": "https://b.example/", "metadata": {"title": "B", "description": "About b"}},
    {"type": "paywall"}, "nothing", None]}}  # fmt: skip

MOBILEDOC = {
    "version": "0.3.1", "markups": [["strong"], ["a", ["href", "https://a.example/"]]],
    "cards": [["image", {"src": "https://a.example/x.jpg", "caption": "Under"}], ["hr", {}], ["embed", {"url": "https://youtu.be/a"}]],
    "sections": [[1, "h2", [[0, [], 0, "Head"]]], [1, "p", [[0, [0], 1, "Bold"], [0, [], 0, " and "], [0, [1], 1, "link"]]],
                 [3, "ul", [[[0, [], 0, "one"]]]], [10, 0], [10, 1], [10, 2], [10, 99], [1], "x"],
}  # fmt: skip


def test_texts_that_ghost_never_rendered_are_read_from_lexical_and_mobiledoc() -> None:
    assert html_to_markdown(lexical_html(json.dumps(LEXICAL))).markdown == (
        "## Head\n\n**A &lt;b>**  \n[*link*](https://a.example/)\n\n1.  one\n\n"
        '<figure><img src="https://a.example/x.jpg" alt="X"><figcaption>Under</figcaption></figure>\n\n'
        "```\na < b\n```\n\nNote\n\n---\n\n[B](https://b.example/)\n\nAbout b"
    )
    assert html_to_markdown(mobiledoc_html(json.dumps(MOBILEDOC))).markdown == (
        "## Head\n\n**Bold** and [link](https://a.example/)\n\n- one\n\n"
        '<figure><img src="https://a.example/x.jpg" alt=""><figcaption>Under</figcaption></figure>\n\n---\n\n[YouTube](https://youtu.be/a)'
    )
    made, _ = read_all(GHOST, ghost(POST | {"html": None, "lexical": json.dumps(LEXICAL)}))
    assert made[0].body.startswith("## Head")


MEDIUM_PAGE = """<!DOCTYPE html><html><head><title>The wall</title></head><body><article class="h-entry">
<header><h1 class="p-name">The wall</h1></header><section data-field="subtitle" class="p-summary">A standfirst.</section>
<section data-field="body" class="e-content"><section name="a" class="section section--body"><div class="section-divider"><hr class="section-divider"></div>
<h3 class="graf graf--h3 graf--title">The wall</h3><h4 class="graf graf--h4 graf--subtitle">A standfirst.</h4>
<p class="graf graf--p">Forty metres.</p><figure class="graf"><img src="https://cdn.example/w.jpg"><figcaption class="imageCaption">Under</figcaption></figure>
</section></section><footer><p class="p-tags">Tagged in <a href="https://medium.com/tag/h" class="p-tag">Harbour</a></p>
<p>By <a href="https://medium.com/@ada" class="p-author h-card">Ada Quill</a> on <a href="https://medium.com/p/abcd12345678"><time class="dt-published" datetime="2021-04-13T10:34:00.123Z">x</time></a>.</p>
<p><a href="https://blog.ledger.example/the-wall-abcd12345678" class="p-canonical">Canonical link</a></p>
<p>Exported from <a href="https://medium.com">Medium</a> on May 1, 2021.</p></footer></article></body></html>"""


def test_a_post_of_medium_loses_only_its_repeated_headline() -> None:
    (one,), _ = read_all(MEDIUM, MEDIUM_PAGE)
    assert recognised(MEDIUM_PAGE, "posts/2021-04-13_The-wall-abcd12345678.html") == "medium"
    assert one.front == {
        "title": "The wall", "published": "2021-04-13T10:34:00Z", "authors": ["Ada Quill"], "summary": "A standfirst.",
        "tags": ["Harbour"], "aliases": ["/the-wall-abcd12345678/"],
        "source": {"publisher": "blog.ledger.example", "url": "https://blog.ledger.example/the-wall-abcd12345678"},
    }  # fmt: skip
    assert (
        one.body
        == 'Forty metres.\n\n<figure><img src="https://cdn.example/w.jpg" alt=""><figcaption>Under</figcaption></figure>'
    )
    assert one.slug == "the-wall"
    assert one.identity == (
        "https://blog.ledger.example/the-wall-abcd12345678",
        "https://medium.com/p/abcd12345678",
    )


def test_drafts_answers_and_the_account_at_medium_do_not_become_articles_that_all_see() -> None:
    draft = (
        MEDIUM_PAGE.partition("<footer>")[0]
        + '<footer><a href="https://medium.com/p/abab12121212">View</a></footer></article>'
    )
    assert read_all(MEDIUM, draft, name="posts/draft_x.html")[0][0].front["status"] == "draft"
    answer = MEDIUM_PAGE.replace("<h3", "<p hidden></p><h3").replace(
        MEDIUM_PAGE[MEDIUM_PAGE.index('<p class="graf') : MEDIUM_PAGE.index("</section></section>")],
        '<p class="graf">The wall</p>',
    )
    assert read_all(MEDIUM, answer) == (
        [],
        ["export: left out: an answer to another's post: 'The wall' [W345]"],
    )
    account = "<html><body><ul><li><b>Email address:</b> a@b.example</li><li><b>Medium user ID:</b> 1</li></ul></body></html>"
    assert recognised(account, "profile/profile.html") == "medium"
    assert read_all(MEDIUM, account) == ([], ["export: left out: a page about the account at Medium [W345]"])


SUBSTACK_TABLE = """post_id,post_date,is_published,email_sent_at,type,audience,title,subtitle,podcast_url
1201.the-wall,2021-04-13T10:34:00.000Z,true,,newsletter,everyone,The wall,&#8220;Forty&#8221; metres,https://a.example/x.mp3
1202.secret,2021-04-14T10:34:00.000Z,true,,newsletter,only_paid,For some,,
1203.about,2021-04-15T10:34:00.000Z,true,,page,everyone,About,,
1204.later,,false,,newsletter,everyone,Later,,
1205.lost,2021-04-15T10:34:00.000Z,true,,newsletter,everyone,Lost,,
"""
TEXT = """<p>Forty metres.</p><p class="button-wrapper" data-attrs='{"url":"https://l.example/subscribe?"}'>
<a class="button primary" href="https://l.example/subscribe?"><span>Sign up</span></a></p>
<div class="subscription-widget-wrap" data-attrs="{&quot;a&quot;:1}"><p>Thanks for reading!</p></div><p>After.</p>"""


def substack(name: str) -> tuple[list[Any], list[str]]:
    files = {"posts.csv": SUBSTACK_TABLE.encode()} | {
        f"posts/{n}.html": b"" for n in ("1201.the-wall", "1202.secret", "1203.about", "1204.later")
    }
    return read_all(SUBSTACK, TEXT, context_of(files), name=name)


def test_a_post_of_substack_is_its_text_and_its_row() -> None:
    (one,), problems = substack("posts/1201.the-wall.html")
    assert one.front == {
        "title": "The wall", "published": "2021-04-13T10:34:00Z", "summary": "“Forty” metres", "aliases": ["/p/the-wall/"],
    }  # fmt: skip
    assert one.body == "Forty metres.\n\nAfter.\n\n[Audio](https://a.example/x.mp3)"
    assert {each.what for each in one.dropped} >= {"button"}
    assert (problems, one.identity) == ([], ("substack 1201",))


def test_substack_keeps_from_readers_what_was_not_for_all() -> None:
    assert substack("posts/1202.secret.html")[0][0].front["status"] == "draft"
    assert substack("posts/1202.secret.html")[1] == [
        "posts/1202.secret.html: a post was not open to everybody: imported as drafts "
        "(take `status: draft` away from those that may be read by all) [W376]"
    ]
    assert substack("posts/1203.about.html")[0][0].place == "about"
    assert substack("posts/1204.later.html")[0][0].front["status"] == "draft"
    assert substack("posts/999.unknown.html")[0][0].front["title"] == "Unknown"


def test_the_table_of_substack_tells_which_texts_are_lost() -> None:
    files = {
        "posts.csv": b"",
        **{f"posts/{n}.html": b"" for n in ("1201.the-wall", "1202.secret", "1203.about", "1204.later")},
    }
    assert recognised(SUBSTACK_TABLE, "posts.csv") == "substack"
    made, problems = read_all(SUBSTACK, SUBSTACK_TABLE, context_of(files), name="posts.csv")
    assert (made, problems) == (
        [], ["posts.csv: 1 post is listed whose text is not in the export: 1205.lost (export it again) [W377]"],
    )  # fmt: skip


def blogger(*entries: str) -> str:
    return f"""<?xml version='1.0' encoding='UTF-8'?><?xml-stylesheet href="x"?>
<feed xmlns='http://www.w3.org/2005/Atom' xmlns:app='http://purl.org/atom/app#' xmlns:thr='http://purl.org/syndication/thread/1.0'
xmlns:blogger='http://schemas.google.com/blogger/2018'><id>tag:blogger.com,1999:blog-1.archive</id><title type='text'>The Harbour Ledger</title>
<generator>Blogger</generator>{"".join(entries)}</feed>"""


def entry(kind: str = "post", more: str = "", content: str = "&lt;p&gt;Forty metres.&lt;/p&gt;") -> str:
    return f"""<entry><id>tag:blogger.com,1999:blog-1.post-7</id><published>2021-04-13T11:34:00.000+01:00</published>
<updated>2021-04-14T11:34:00.000+01:00</updated><category scheme='http://schemas.google.com/g/2005#kind' term='http://schemas.google.com/blogger/2008/kind#{kind}'/>
<category scheme='http://www.blogger.com/atom/ns#' term='Harbour'/><title type='text'>The wall</title><content type='html'>{content}</content>
<link rel='alternate' href='https://ledger.example/2021/04/the-wall.html'/><author><name>Ada Quill</name><email>a@b.example</email></author>{more}</entry>"""


def test_a_post_of_blogger_has_its_labels_dates_and_address() -> None:
    assert recognised(blogger(entry())) == "blogger"
    assert read(BLOGGER, blogger(entry())).front == {
        "title": "The wall", "published": "2021-04-13T11:34:00+01:00", "updated": "2021-04-14T11:34:00+01:00",
        "authors": ["Ada Quill"], "tags": ["Harbour"], "aliases": ["/2021/04/the-wall.html"],
        "source": {"publisher": "The Harbour Ledger", "url": "https://ledger.example/2021/04/the-wall.html"},
    }  # fmt: skip


def test_comments_settings_and_drafts_of_blogger_are_what_they_were() -> None:
    draft = entry(more="<app:control><app:draft>yes</app:draft></app:control>")
    made, problems = read_all(
        BLOGGER, blogger(draft, entry("page"), entry("comment"), entry("settings"), entry("template"))
    )
    assert [(one.kind, one.front.get("status")) for one in made] == [("article", "draft"), ("page", None)]
    assert made[1].place == "the-wall"
    assert problems == ["export: left out: comments of readers (1), settings (1), templates (1) [W345]"]


def test_the_atom_file_that_takeout_gives_is_read_too() -> None:
    new = """<entry><id>tag:blogger.com,1999:blog-1.post-8</id><blogger:type>POST</blogger:type><blogger:status>LIVE</blogger:status>
<author><name>Ada Quill</name></author><title>New</title><content type='html'>&lt;p&gt;x&lt;/p&gt;</content><blogger:created>2021-04-13T10:34:00Z</blogger:created>
<published>2021-04-13T10:34:00Z</published><blogger:filename>/2021/04/new.html</blogger:filename></entry>"""
    made, problems = read_all(
        BLOGGER, blogger(new, new.replace("LIVE", "SOFT_TRASHED"), new.replace("POST", "COMMENT"))
    )
    assert (made[0].front["aliases"], made[0].slug) == (["/2021/04/new.html"], "new")
    assert problems == ["export: left out: posts in the trash (1), comments of readers (1) [W345]"]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (blogger(), "a Blogger backup without any entry"),
        (blogger(entry(content="a & b <br>")), "had to be mended: 1"),
        (blogger(entry(content="\x00\x0b")), "characters were left out or mended: 2"),
        (blogger(entry()).replace("2021-04-13T11:34:00.000+01:00", "soon"), "[W373]"),
        (blogger("<entry>" + "x" * 50), "an entry that cannot be read"),
    ],
)
def test_damaged_backups_of_blogger_are_told(data: str, told: str) -> None:
    assert told in " ".join(read_all(BLOGGER, data)[1])


SAMPLES: list[tuple[Format, str, str, dict[str, Any], str]] = [
    (BLOGGER_API, "blogger-json", json.dumps({"items": [{"kind": "blogger#post", "id": "7", "published": "2021-04-13T11:34:00+01:00",
        "updated": "2021-04-13T11:34:00+01:00", "url": "http://l.example/2021/04/w.html", "title": "W", "content": "C",
        "author": {"displayName": "A &amp; B"}, "labels": ["x"]}]}),
     {"title": "W", "published": "2021-04-13T11:34:00+01:00", "authors": ["A & B"], "tags": ["x"],
      "source": {"url": "http://l.example/2021/04/w.html"}, "aliases": ["/2021/04/w.html"]}, "C"),
    (WORDPRESS_API, "wordpress-json", json.dumps([{"id": 7, "date": "2021-04-13T11:34:00", "date_gmt": "2021-04-13T10:34:00",
        "modified": "2021-04-13T11:34:00", "modified_gmt": "2021-04-13T10:34:00", "guid": {"rendered": "https://l.example/?p=7"},
        "slug": "w", "status": "publish", "type": "post", "link": "https://l.example/w/", "title": {"rendered": "W &#8211; x"},
        "content": {"rendered": "<p>C</p>", "protected": False}, "excerpt": {"rendered": "<p>C [&hellip;]</p>"}, "comment_status": "open",
        "_embedded": {"author": [{"name": "Ada"}], "wp:term": [[{"name": "H", "slug": "h", "taxonomy": "category"}]],
                      "wp:featuredmedia": [{"source_url": "/f.jpg", "alt_text": "F", "caption": {"rendered": "<p>Cap</p>"}}]}}]),
     {"title": "W – x", "published": "2021-04-13T11:34:00+01:00", "authors": ["Ada"], "tags": ["H"],
      "image": {"alt": "F", "caption": "Cap"}, "source": {"url": "https://l.example/w/"}, "aliases": ["/w/"]}, "C"),
    (CHORUS, "chorus", json.dumps({"uid": "Entry:1", "title": "W", "dek": {"html": "D"}, "createdAt": "2021-04-13T10:34:00.000Z",
        "url": "https://l.example/2021/4/13/1/w", "author": {"fullOrUserName": "ada"}, "authorProfile": {"name": "Ada"},
        "contributors": [{"fullOrUserName": "Tom"}], "communityGroups": [{"name": "H"}], "body": {"components": [
            {"__typename": "EntryBodyParagraph", "contents": {"html": "P"}}, {"__typename": "EntryBodyHeading", "contents": {"html": "H"}, "level": 3},
            {"__typename": "EntryBodyImage", "image": {"url": "https://l.example/i.jpg"}, "caption": {"plaintext": "Cap"}},
            {"__typename": "EntryBodyBlockquote", "paragraphs": [{"contents": {"html": "Q"}}]}, {"__typename": "EntryBodyNewsletter"}]}}),
     {"title": "W", "published": "2021-04-13T10:34:00Z", "authors": ["Ada", "Tom"], "summary": "D", "tags": ["H"],
      "source": {"url": "https://l.example/2021/4/13/1/w"}, "aliases": ["/2021/4/13/1/w/"]},
     'P\n\n### H\n\n<figure><img src="https://l.example/i.jpg" alt=""><figcaption>Cap</figcaption></figure>\n\n> Q'),
    (TINY_NEWS, "tinynews", json.dumps([{"id": 7, "slug": "w", "live_url": "https://l.example/articles/n/w", "author": [{"author": {"first_names": "Ada", "last_name": "Q"}}],
        "translations": [{"published": True, "first_published_at": "2021-04-13T10:34:00.5+00:00", "last_published_at": "2021-04-13T10:34:00.5+00:00",
            "locale_code": "en-US", "custom_byline": "", "headline": "W ", "search_description": "D", "main_image": {},
            "content": [{"type": "text", "style": "HEADING_2", "children": [{"content": "H"}]},
                        {"type": "text", "style": "NORMAL_TEXT", "children": [{"content": "a ", "style": {"bold": True}}, {"content": "b", "link": "https://x.example/"}]},
                        {"type": "list", "items": [{"children": [{"content": "i"}]}]}]}],
        "category": {"slug": "the-news", "title": None}, "tags": [{"tag": {"slug": "t", "tag_translations": [{"title": "T"}]}}]}]),
     {"title": "W", "published": "2021-04-13T10:34:00Z", "authors": ["Ada Q"], "summary": "D", "tags": ["The News", "T"],
      "source": {"url": "https://l.example/articles/n/w"}, "aliases": ["/articles/n/w/"]}, "## H\n\n**a** [b](https://x.example/)\n\n- i"),
    (WIX, "wix", "Title,Slug,Author,Excerpt,Plain Content,Rich Content,Published Date,Categories,Main Category,Post Page URL,Internal ID\n"
        'W,w,Ada,D,plain,"' + json.dumps({"nodes": [{"type": "HEADING", "headingData": {"level": 3}, "nodes": [{"type": "TEXT", "textData": {"text": "H"}}]},
            {"type": "PARAGRAPH", "nodes": [{"type": "TEXT", "textData": {"text": "a<b", "decorations": [{"type": "LINK", "linkData": {"link": {"url": "https://x.example/"}}}]}}]},
            {"type": "IMAGE", "imageData": {"image": {"src": {"id": "i.jpg"}}, "altText": "I"}}]}).replace('"', '""') + '",2021-04-13T10:34:00Z,"H,H",N,/post/w,1\n',
     {"title": "W", "published": "2021-04-13T10:34:00Z", "authors": ["Ada"], "summary": "D", "tags": ["N", "H"], "aliases": ["/post/w/"]},
     "### H\n\n[a&lt;b](https://x.example/)\n\n![I](https://static.wixstatic.com/media/i.jpg)"),
    (BEEHIIV, "beehiiv", "id,web_title,status,audience,content_tags,url,web_subtitle,content_html,thumbnail_url,created_at\n"
        '1,W,confirmed,free,"H; S",https://l.example/p/w,D,<p>C</p>,,2021-04-13 10:34:00\n',
     {"title": "W", "published": "2021-04-13T10:34:00Z", "summary": "D", "tags": ["H", "S"], "source": {"url": "https://l.example/p/w"},
      "aliases": ["/p/w/"]}, "C"),
    (LETTERDROP, "letterdrop", json.dumps({"posts": [{"id": "7", "title": "W", "subtitle": "D", "body": "<p>C</p>", "author": {"name": "Ada"},
        "tags": ["H"], "coverImage": "", "slug": "w", "url": "https://l.example/p/w", "publishedOn": "2021-04-13T10:34:00.000Z"}]}),
     {"title": "W", "published": "2021-04-13T10:34:00Z", "authors": ["Ada"], "summary": "D", "tags": ["H"],
      "source": {"url": "https://l.example/p/w"}, "aliases": ["/p/w/"]}, "C"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("importer", "name", "data", "front", "body"), SAMPLES, ids=[each[1] for each in SAMPLES]
)
def test_each_system_gives_all_it_knows(
    importer: Format, name: str, data: str, front: dict[str, Any], body: str
) -> None:
    assert recognised(data) == name
    made, _ = read_all(importer, data)
    assert (made[0].front, made[0].body) == (front, body)
    assert made[0].identity


JSON_FORMATS = [GHOST, BLOGGER_API, WORDPRESS_API, CHORUS, TINY_NEWS, LETTERDROP]
MALFORMED = ["", "{", "null", "[]", "{}", "7", '"x"', "[[]]", '{"posts": 7}', '{"db": []}', '{"db": [7]}', '{"db": [{"data": []}]}',
             '{"data": {"posts": [null, 7, "x", []]}}', "[" * 100_000, "9" * 10_000, "\x00", '{"posts": [{"title": "\\ud800"}]}',
             '{"translations": 1}', '[{"translations": [{}]}]', '[{"body": {"components": [7, {"items": 1}]}}]', '[{"content": 1}]']  # fmt: skip


@pytest.mark.parametrize("data", MALFORMED)
@pytest.mark.parametrize("importer", JSON_FORMATS, ids=lambda each: each.name)
def test_malformed_json_is_told_or_gives_what_is_in_it(importer: Format, data: str) -> None:
    made, problems = read_all(importer, data)
    for one in made:
        assert one.front["title"]
        (str(dict(one.front)) + one.body).encode()
    if data in {"", "{", "\x00"} or len(data) > 9_000:
        assert "not JSON" in problems[0]


def test_a_ghost_export_without_posts_is_told() -> None:
    assert read_all(GHOST, ghost())[1] == [
        "export: a Ghost export without any post (export all content again) [E379]"
    ]


@pytest.mark.parametrize("importer", [WIX, BEEHIIV, SUBSTACK, MEDIUM], ids=lambda each: each.name)
@pytest.mark.parametrize(
    "data",
    ["", "\x00", 'a,"b', "title\n" + '"' * 50_000, "post_id,is_published\n1", "<p>" * 50_000, "\ud800"],
)
def test_malformed_tables_and_pages_are_told_or_give_what_is_in_them(importer: Format, data: str) -> None:
    for one in read_all(importer, data)[0]:
        assert one.front["title"]


KEYS = ["posts", "db", "data", "id", "title", "html", "lexical", "mobiledoc", "published_at", "status", "tags", "authors", "name", "translations",
        "content", "rendered", "body", "components", "__typename", "items", "children", "type", "nodes", "kind", "_embedded", "sections"]  # fmt: skip
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-9, 9)
    | st.text(max_size=6)
    | st.sampled_from(["<p>x</p>", "EntryBodyList", "blogger#post"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5),
    max_leaves=14,
)


WHOLE = {each[1]: json.loads(each[2]) for each in SAMPLES if each[2][:1] in "[{"} | {
    "ghost": json.loads(ghost(POST | {"html": None, "lexical": json.dumps(LEXICAL)})),
    "lexical": LEXICAL,
    "mobiledoc": MOBILEDOC,
}
READERS = {each.name: each for each in JSON_FORMATS}


def _paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(each for key, part in inner for each in _paths(part, (*path, key)))]


def _replaced(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    if not path:
        return new
    if isinstance(value, dict):
        return {**value, path[0]: _replaced(value[path[0]], path[1:], new)}
    return [_replaced(each, path[1:], new) if at == path[0] else each for at, each in enumerate(value)]


@given(st.data())
@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_value_in_the_wrong_place_makes_any_reader_stumble(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(WHOLE)))
    value: Any = WHOLE[name]
    for _ in range(data.draw(st.integers(1, 3))):
        value = _replaced(value, data.draw(st.sampled_from(_paths(value))), data.draw(VALUES))
    if name in READERS:
        for one in read_all(READERS[name], json.dumps(value))[0]:
            assert one.front["title"]
    lexical_html(json.dumps(value))
    mobiledoc_html(json.dumps(value))


def streamed(importer: Any, data: bytes, folder: Path) -> tuple[list[Any], list[str]]:
    (folder / "export.json").write_bytes(data)
    original = Original(name="export", data=b"", where="export")
    found = list(importer.stream(folder / "export.json", original, context_of()))
    return [x for x in found if isinstance(x, Imported)], [str(x) for x in found if isinstance(x, Problem)]


@pytest.mark.parametrize("name", sorted(set(READERS) & set(WHOLE)))
def test_a_file_too_large_to_be_read_at_once_gives_the_same(name: str, tmp_path: Path) -> None:
    data = json.dumps(WHOLE[name]).encode()
    made, problems = streamed(READERS[name], b"\xef\xbb\xbf" + data, tmp_path)
    assert made
    assert (made, problems) == read_all(READERS[name], data)


def test_a_large_export_that_is_cut_off_gives_what_comes_before(tmp_path: Path) -> None:
    data = ghost(POST, POST | {"id": "8", "uuid": "u8", "title": "The sea"}).encode()
    cut = data[: data.index(b"The sea")]
    made, problems = streamed(GHOST, cut, tmp_path)
    assert [one.front["title"] for one in made] == ["The wall"]
    assert [each.partition(": not JSON: ")[0] for each in problems] == ["export"]
    assert problems[0].endswith("(export it again; the file may be cut off) [E379]")


def test_a_large_export_nested_without_end_takes_no_square_of_its_size_in_memory(tmp_path: Path) -> None:
    tracemalloc.start()
    try:
        made, problems = streamed(GHOST, b'{"posts": [' + b"[" * 60_000, tmp_path)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert not made
    assert [each for each in problems if "nested too deep" in each]
    assert peak < 64_000_000


@pytest.mark.parametrize(
    "data", [*MALFORMED, "[" * 100_000, '{"posts": [' + "[" * 100_000, '{"posts": [{"a": NaN}]}']
)
@pytest.mark.parametrize("importer", JSON_FORMATS, ids=lambda each: str(each.name))
def test_large_malformed_json_is_told_or_gives_what_is_in_it(
    importer: Any, data: str, tmp_path: Path
) -> None:
    made, problems = streamed(importer, data.encode(), tmp_path)
    assert all(one.front["title"] for one in made) and isinstance(problems, list)


def test_what_stands_beside_the_posts_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.sources.importers.posts.large.BESIDE_LIMIT", 10)
    _, problems = streamed(GHOST, ghost(POST, users=[{"id": n} for n in range(10)]).encode(), tmp_path)
    assert problems == [
        "export: not JSON: more than 10 values beside the posts (export it again; the file may be cut off) [E379]"
    ]


def test_every_export_of_other_tools_tests_comes_in() -> None:
    folder = SHARED / "cms-exports"
    if not folder.is_dir():
        pytest.skip("../shared is not there")
    articles: Counter[str] = Counter()
    for sub in sorted(path for path in folder.iterdir() if path.is_dir() and path.name != "_src"):
        for name, number, _ in imported_folder(sub).values():
            articles[name] += number
    wanted = {"ghost": 50, "medium": 8, "substack": 9, "wordpress-json": 13, "blogger-json": 3, "chorus": 2, "tinynews": 3,
              "wix": 2, "beehiiv": 2, "letterdrop": 2, "wordpress": 33}  # fmt: skip
    assert {name: articles[name] for name in wanted} == wanted
