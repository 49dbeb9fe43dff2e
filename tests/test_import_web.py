"""Saved web pages through the command line: what a page says of its article, and what is left of the page."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from generator.cli import morgue
from generator.config import load_site
from generator.core.problems import Problem
from generator.sources.frontmatter import parse, split, values
from generator.sources.importers import web
from generator.sources.importers.base import ImportContext, Media, Original
from generator.sources.importers.web import WEB_PAGES, Capture, PageRead, read_capture
from generator.sources.importers.web.names import names_in

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
PARAGRAPHS = [
    "The harbour was quiet on Tuesday, and the boats lay where they had lain on Monday evening.",
    "Nobody on the quay could say why, and the harbour master, who might have, was at the dentist.",
    "By noon the wind had gone round to the north and everything was moving again, slowly at first.",
]
TEXT = "".join(f"<p>{each}</p>" for each in PARAGRAPHS)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = tmp_path / "site"
    root.mkdir()
    (root / "site.yaml").write_text("title: T\nurl: https://e.org/\nlanguage: en\ntimezone: Europe/London\n")
    return root


def page(
    body: str = f"<h1>Harbour falls quiet</h1><article>{TEXT}</article>", head: str = "", lang: str = "en"
) -> str:
    stated = '<meta property="article:published_time" content="2021-04-13T11:34:00+01:00">'
    return f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8">{head or stated}</head><body>{body}</body></html>'


def read(html: str | bytes, site: Path, **more: Any) -> PageRead:
    data = html if isinstance(html, bytes) else html.encode()
    context = ImportContext(site=load_site(site), now=NOW)
    return read_capture(Capture(data=data, where="page.html", **more), context)


def front(html: str | bytes, site: Path, **more: Any) -> dict[str, Any]:
    found = read(html, site, **more)
    assert found.article is not None, (found.reason, found.problems)
    return dict(found.article.front)


def body(html: str, site: Path) -> str:
    found = read(html, site)
    assert found.article is not None, (found.reason, found.problems)
    return found.article.body


def command(site: Path, *arguments: Path | str) -> Result:
    environment = {"SOURCE_DATE_EPOCH": str(int(NOW.timestamp()))}
    return CliRunner().invoke(morgue, [str(a) for a in arguments] + ["--site", str(site)], env=environment)


WHOLE = (
    """<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><title>Harbour falls quiet | The Ledger</title>
<link rel="canonical" href="https://ledger.example/2021/04/harbour-falls-quiet/">
<meta property="og:site_name" content="The Ledger"><meta name="news_keywords" content="Harbours, Weather">
<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle",
 "headline":"Harbour falls quiet","datePublished":"2021-04-13T11:34:00+01:00","dateModified":"2021-04-14T08:00:00+01:00",
 "author":[{"@type":"Person","name":"Ada Quill"},{"@type":"Person","name":"Ben Tidewater"}],"articleSection":"Local",
 "publisher":{"@type":"Organization","name":"The Ledger"}}</script></head>
<body><nav><a href="/">Home</a> <a href="/local/">Local</a></nav>
<main><article><h1>Harbour falls quiet</h1><p class="standfirst">Boats stay where they were, and nobody can say why.</p>
<div class="byline">By <a rel="author" href="/ada">Ada Quill</a> and <a rel="author" href="/ben">Ben Tidewater</a></div>
<figure><img src="harbour_files/quay.jpg" alt="Boats at a quay"><figcaption>The quay on Tuesday. <span class="credit">Photo: Cleo Marsh</span></figcaption></figure>
<p>"""
    + "</p>\n<p>".join(PARAGRAPHS)
    + """</p>
<p>See also <a href="https://ledger.example/2021/04/the-dentist/">the dentist</a>, who <em>declined</em> to comment.</p>
<div class="newsletter-signup"><p>Sign up for our newsletter and never miss a tide.</p><form><input name="e"></form></div>
<p><strong>READ MORE:</strong> <a href="https://ledger.example/2021/03/the-great-wave/">The great wave of March remembered</a></p>
<div class="share-bar"><a href="https://facebook.example/share">Share</a></div>
<blockquote class="twitter-tweet"><p>No boats today.</p><a href="https://twitter.com/master/status/12">April 13</a></blockquote>
</article></main><footer><p>© 2021 The Ledger. All rights reserved, in every harbour of the county and beyond.</p></footer></body></html>
"""
)
PNG = bytes.fromhex("89504e470d0a1a0a0000000d4948445200000001000000010806000000"
                    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082")  # fmt: skip


def article(site: Path) -> tuple[str, dict[str, Any], str]:
    [path] = sorted((site / "content/articles").rglob("*.md"))
    yaml_text, text, _ = split(path.read_text())
    return str(path.relative_to(site)), dict(values(parse(yaml_text, str(path), 2)[0])), text


def test_a_saved_page_becomes_an_article_with_all_that_it_says(site: Path, tmp_path: Path) -> None:
    saved = tmp_path / "saved"
    (saved / "harbour_files").mkdir(parents=True)
    (saved / "harbour.html").write_text(WHOLE)
    (saved / "harbour_files/quay.jpg").write_bytes(PNG)
    done = command(site, "import", saved / "harbour.html")
    assert (done.exit_code, done.stderr) == (0, "")
    path, held, text = article(site)
    assert path == "content/articles/2021/04/harbour-falls-quiet.md"
    source = held.pop("source")
    assert held == {
        "title": "Harbour falls quiet",
        "published": "2021-04-13T11:34:00+01:00",
        "updated": "2021-04-14T08:00:00+01:00",
        "language": "en-GB",
        "authors": ["Ada Quill", "Ben Tidewater"],
        "summary": "Boats stay where they were, and nobody can say why.",
        "image": {
            "src": "media/harbour_files/quay.jpg", "alt": "Boats at a quay", "caption": "The quay on Tuesday.",
            "credit": "Cleo Marsh", "width": 1, "height": 1,
        },
        "section": "Local",
        "tags": ["Harbours", "Weather"],
        "related": [{"label": "READ MORE", "title": "The great wave of March remembered", "url": "https://ledger.example/2021/03/the-great-wave/"}],
    }  # fmt: skip
    assert (source["publisher"], source["url"]) == (
        "The Ledger",
        "https://ledger.example/2021/04/harbour-falls-quiet/",
    )
    assert (source["importer"], source["file"]) == ("web", "sources/harbour.html")
    assert text.strip() == "\n\n".join(
        [
            *PARAGRAPHS,
            "See also [the dentist](https://ledger.example/2021/04/the-dentist/), who *declined* to comment.",
            "> No boats today.\n>\n> [April 13](https://twitter.com/master/status/12)",
        ]
    )
    assert (site / "content/sources/harbour.html").read_text() == WHOLE
    assert (site / "content/media/harbour_files/quay.jpg").read_bytes() == PNG
    again = command(site, "import", saved / "harbour.html")
    assert "1 unchanged" in again.output
    assert command(site, "verify").exit_code == 0


def test_the_report_says_what_was_found_kept_and_left_out(site: Path, tmp_path: Path) -> None:
    (tmp_path / "saved").mkdir()
    (tmp_path / "saved/harbour.html").write_text(WHOLE)
    command(site, "import", tmp_path / "saved", "--report", tmp_path / "report.json")
    [account] = json.loads((tmp_path / "report.json").read_text())["fidelity"]
    assert account["recall"] == 1.0
    assert (
        account["fields"]["authors"]
        == account["fields"]["image.credit"]
        == account["fields"]["related"]
        == 1.0
    )
    left = {each["what"]: each["count"] for each in account["dropped"]}
    assert {"newsletter box", "share bar", "related links"} <= set(left)


def test_a_mirror_of_a_site_becomes_its_articles_and_lists_are_passed_over(
    site: Path, tmp_path: Path
) -> None:
    root = tmp_path / "mirror/ledger.example"
    for number in (1, 2):
        folder = root / f"2021/04/story-{number}"
        folder.mkdir(parents=True)
        text = f"<h1>Story {number} of the quay</h1><img src='../../../img/q.png' alt='Q'>{TEXT}<p>Number {number}.</p>"
        other = f"<p>See <a href='../story-{3 - number}/index.html'>the other story</a> of the day.</p>"
        (folder / "index.html").write_text(page(f"<article>{text}{other}</article>"))
    (root / "img").mkdir()
    (root / "img/q.png").write_bytes(PNG)
    links = "".join(f"<li><a href='/{n}'>A headline of some length, number {n}</a></li>" for n in range(40))
    (root / "index.html").write_text(
        page(f"<h1>The Ledger</h1><ul>{links}</ul>", head="<title>The Ledger</title>")
    )
    done = command(site, "import", tmp_path / "mirror")
    assert done.exit_code == 0, done.output
    assert "no article: a list of links (nothing was imported) [W355]" in done.stderr
    text = (site / "content/articles/2021/04/story-1.md").read_text()
    assert "url: https://ledger.example/2021/04/story-1/" in text
    assert "![Q](/media/ledger.example/img/q.png)" in text
    assert "[the other story](/2021/04/story-2/)" in text


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ('<script type="application/ld+json">{"@graph":[{"@type":"WebSite","name":"L"},{"@type":["Article","NewsArticle"],"headline":"A","datePublished":"2020-02-03","author":{"@id":"#p"}},{"@type":"Person","@id":"#p","name":"Ada Quill"}]}</script>',
         {"published": "2020-02-03", "authors": ["Ada Quill"]}),
        ('<script type="application/ld+json">[{"@type":"BreadcrumbList"},{"@type":"ReportageNewsArticle","datePublished":"2020-02-03T04:05:06Z","author":["Ada Quill","Ben Tidewater"]}]</script>',
         {"published": "2020-02-03T04:05:06Z", "authors": ["Ada Quill", "Ben Tidewater"]}),
        ('<script type="application/ld+json">{"@type":"NewsArticle","headline":"A "quoted" one","datePublished":"2020-02-03",}</script>',
         {"published": "2020-02-03"}),
        ('<script type="application/ld+json">\n<!--\n{"@type":"NewsArticle","datePublished":"2020-02-03","author":"By Ada Quill, Staff Writer",}\n//-->\n</script>',
         {"published": "2020-02-03", "authors": ["Ada Quill"]}),
        ('<meta name="parsely-pub-date" content="2020-02-03T04:05:00Z"><meta name="parsely-author" content="Ada Quill">',
         {"published": "2020-02-03T04:05:00Z", "authors": ["Ada Quill"]}),
        ('<meta name="citation_publication_date" content="2020/02/03"><meta name="citation_author" content="Quill, Ada">',
         {"published": "2020-02-03", "authors": ["Ada Quill"]}),
        ('<meta name="DC.date.issued" content="2020-02-03"><meta name="author" content="admin">', {"published": "2020-02-03", "authors": None}),
        ('<meta property="article:published_time" content="1580706300"><meta property="article:author" content="https://facebook.example/ada">',
         {"published": "2020-02-03T05:05:00Z", "authors": None}),
    ],
)  # fmt: skip
def test_a_page_says_in_many_ways_when_and_by_whom_it_was_written(
    head: str, expected: dict[str, Any], site: Path
) -> None:
    held = front(page(head=head), site)
    assert {key: held.get(key) for key in expected} == expected


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ('<div class="hentry"><h1 class="entry-title">Q</h1><span class="vcard author"><span class="fn">Ada Quill</span></span><abbr class="published" title="2020-02-03T04:05:06+00:00">3 Feb</abbr>', {"published": "2020-02-03T04:05:06+00:00", "authors": ["Ada Quill"]}),
        ('<div itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">Q</h1><span itemprop="author" itemscope><span itemprop="name">Ada Quill</span></span><time itemprop="datePublished" datetime="2020-02-03">3.2.</time>', {"published": "2020-02-03", "authors": ["Ada Quill"]}),
        ('<div><h1>Q</h1><p class="byline">By ADA QUILL and BEN TIDEWATER, Ledger correspondents</p><p class="date">Published: Monday, February 3, 2020, 4:05 p.m. | Updated: February 4, 2020</p>', {"authors": ["Ada Quill", "Ben Tidewater"], "published": "2020-02-03T16:05:00"}),
        ('<div><h1>Q</h1><p>Von Ada Quill<br>3. Februar 2020, 16:05 Uhr</p>', {"published": "2020-02-03T16:05:00"}),
    ],
)  # fmt: skip
def test_a_page_without_metadata_is_read_from_what_readers_saw(
    markup: str, expected: dict[str, Any], site: Path
) -> None:
    held = front(page(f"{markup}{TEXT}</div>", head="<title>Q</title>"), site)
    assert {key: held.get(key) for key in expected} == expected


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("", "[E301]"), ("   \n\0", "[E301]"),
        (page(head="<title>Q</title>"), "published: the page gives no date"),
        (page(f"<article>{TEXT}</article>"), "the page has no headline (expected a heading or a title) [E307]"),
    ],
)  # fmt: skip
def test_a_page_that_lacks_what_an_article_must_have_is_refused(html: str, said: str, site: Path) -> None:
    found = read(html, site)
    assert found.article is None
    assert any(said in str(problem) for problem in found.problems), found


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        (page("<h1>Ledger</h1><ul>" + "<li><a href='/x'>A headline here</a></li>" * 40 + "</ul>", head="<title>L</title>"), "a list of links"),
        (page("<p>Moved.</p>", head="<meta http-equiv=refresh content='0; url=/a'>"), "a redirect"),
        (page("<h1>x</h1>", head="<title>L</title>"), "a page without text"),
        (page(head='<script type="application/ld+json">{"@type":"CollectionPage"}</script>'), "a page of another kind, by its own data"),
    ],
)  # fmt: skip
def test_a_page_that_is_no_article_is_passed_over(html: str, reason: str, site: Path) -> None:
    found = read(html, site)
    assert (found.article, found.problems, found.reason) == (None, (), reason)


def test_two_sources_that_differ_about_the_day_are_told(site: Path) -> None:
    head = (
        '<meta property="article:published_time" content="2021-04-13"><meta name="date" content="2019-01-01">'
    )
    found = read(page(head=head), site)
    assert [str(p) for p in found.problems] == [
        "page.html: published: meta article:published_time says 2021-04-13, meta date 2019-01-01 (check which is right) [W316]"
    ]


def test_a_capture_keeps_where_and_when_it_was_made(site: Path) -> None:
    found = read(page(), site, address="https://ledger.example/a", captured="2021-05-01T00:00:00Z")
    assert found.article is not None
    assert found.article.front["source"] == {
        "url": "https://ledger.example/a",
        "captured": "2021-05-01T00:00:00Z",
    }
    assert found.article.identity == ("https://ledger.example/a",)


@pytest.mark.parametrize(
    ("comment", "url", "captured"),
    [
        ("<!-- saved from url=(0033)https://ledger.example/2021/quay/ -->", "https://ledger.example/2021/quay/", None),
        ("<!--\n Page saved with SingleFile \n url: https://ledger.example/q \n saved date: Sat May 01 2021 12:00:00 GMT+0200 (Central European Summer Time)\n-->", "https://ledger.example/q", "2021-05-01T10:00:00Z"),
        ("<!-- Mirrored from ledger.example/q.html by HTTrack Website Copier/3.x [XR&CO'2014], Sat, 01 May 2021 10:00:00 GMT -->", "http://ledger.example/q.html", "2021-05-01T10:00:00Z"),
    ],
)  # fmt: skip
def test_a_saved_page_says_itself_where_it_is_from(
    comment: str, url: str, captured: str | None, site: Path
) -> None:
    source = front(page().replace("<html", f"{comment}<html", 1), site)["source"]
    assert (source["url"], source.get("captured")) == (url, captured)


def test_pictures_come_from_wherever_the_source_keeps_them(site: Path) -> None:
    html = page(
        f"<h1>Q</h1><article>{TEXT}<img src='/img/q_1.jpg?w=2' alt='Q'><img src='/gone.jpg'></article>"
    )
    context = ImportContext(site=load_site(site), now=NOW)
    held = {"https://ledger.example/img/q_1.jpg?w=2": Media("q_1.jpg", "media/q_1.jpg", PNG)}
    capture = Capture(data=html.encode(), where="page.html", address="https://ledger.example/a")
    found = read_capture(capture, context, held.get)
    assert found.article is not None
    assert found.article.media == (Media("q_1.jpg", "media/q_1.jpg", PNG),)
    assert "![Q](/media/q_1.jpg)" in found.article.body
    assert [str(p) for p in found.problems] == [
        "page.html: 1 picture is not beside it: https://ledger.example/gone.jpg (put them there, and import again) [W324]"
    ]


def test_without_the_extra_a_page_is_a_problem_that_says_what_to_install(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = Problem(
        "page.html", 0, "E346", "reading this format needs lxml, which is not installed", "pip install it"
    )
    monkeypatch.setattr(web, "load", lambda *names: gone)
    assert read(page(), site).problems == (gone,)
    original = Original(name="page.html", data=page().encode(), where="page.html")
    assert WEB_PAGES.read(original, ImportContext(site=load_site(site), now=NOW)) == ((), (gone,))
    assert web.missing("page.html") == gone


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.html", b"<!doctype HTML><p>x", True), ("a", b"\xef\xbb\xbf\n<!-- x -->\n<html>", True), ("-", b"<html>", True), ("a.htm", b"<TABLE><tr>", True),
        ("a.html", "<html>".encode("utf-16"), True), ("a.php", b"<?xml version='1.0'?><!DOCTYPE html>", True), ("page.aspx", b"\r\n\r\n<!DOCTYPE html>", True),
        ("a.html", b"Harbour falls quiet\n\n2021", False), ("a.md", b"<div>x</div>\n# T", False), ("a.xml", b"<rss><channel>", False), ("a.txt", b"<b>x", False),
        ("a.js", b"<html>", False), ("a.html", b"", False), ("a.html", b"\x89PNG", False), ("a.json", b"{}", False), ("a.svg", b"<svg><title>x", False),
    ],
)  # fmt: skip
def test_pages_are_told_by_how_they_begin(name: str, data: bytes, expected: bool) -> None:
    assert WEB_PAGES.recognises(Original(name=name, data=data, where=name)) is expected


def test_a_page_saved_anew_is_a_new_version_and_what_a_person_edited_stays(
    site: Path, tmp_path: Path
) -> None:
    (tmp_path / "saved").mkdir()
    saved = tmp_path / "saved/harbour.html"
    saved.write_text(WHOLE)
    command(site, "import", saved)
    path, _, _ = article(site)
    before = (site / path).read_text()
    edited = before.replace("section: Local", "section: Harbour").replace(
        PARAGRAPHS[1], "An editor's own words."
    )
    (site / path).write_text(edited)
    saved.write_text(
        WHOLE.replace(PARAGRAPHS[2], "By one the wind had dropped again, and everything lay where it was.")
        .replace(
            PARAGRAPHS[1],
            "Nobody on the quay would say why, and the harbour master was still at the dentist.",
        )
        .replace('"dateModified":"2021-04-14T08:00:00+01:00"', '"dateModified":"2021-04-15T09:00:00+01:00"')
    )
    done = command(site, "import", saved)
    assert done.exit_code == 0, done.output
    assert "1 updated" in done.output
    assert f"kept as it was edited: {path}: text: An editor's own words." in done.output
    _, held, text = article(site)
    assert (held["updated"], held["section"]) == ("2021-04-15T09:00:00+01:00", "Harbour")
    assert "An editor's own words." in text
    assert "everything lay where it was" in text
    assert "<<<<" not in text
    [kept] = (site / "content/versions/2021/04/harbour-falls-quiet").glob("*.md")
    assert kept.read_text() == edited
    assert len(list((site / "content/sources").glob("harbour*.html"))) == 2
    assert command(site, "verify").exit_code == 0


def test_verify_tells_of_an_original_that_was_changed(site: Path, tmp_path: Path) -> None:
    (tmp_path / "harbour.html").write_text(WHOLE)
    command(site, "import", tmp_path / "harbour.html")
    kept = site / "content/sources/harbour.html"
    kept.write_text(kept.read_text() + " ")
    done = command(site, "verify")
    assert done.exit_code == 1
    assert (
        "content/articles/2021/04/harbour-falls-quiet.md: damaged: the original's checksum is another"
        in done.output
    )


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By JUNE ABERNATHY Staff Writer", ("June Abernathy",)),
        ("Ada Quill Senior Reporter", ("Ada Quill",)),
        ("김서윤 기자", ("김서윤",)),
        ("김서윤 선임기자", ("김서윤",)),
        ("山田太郎記者", ("山田太郎",)),
        ("Staff Writer", ()),
        ("By Mark Writer", ("Mark Writer",)),
    ],
)
def test_what_a_writer_is_called_behind_the_name_is_no_part_of_it(line: str, names: tuple[str, ...]) -> None:
    assert names_in(line, certain=True) == names


def test_a_paper_named_beside_its_writers_is_none_of_them(site: Path) -> None:
    data = {"@type": "NewsArticle", "headline": "Harbour falls quiet", "datePublished": "2021-04-13",
            "author": {"@type": "NewsMediaOrganization", "name": "Public News"}}  # fmt: skip
    head = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    byline = '<div class="byline"><p>Ailsa Pentland</p><p>Public News</p></div>'
    shown = f"<h1>Harbour falls quiet</h1>{byline}<article>{TEXT}</article>"
    assert front(page(shown, head), site)["authors"] == ["Ailsa Pentland"]
    assert front(page(f"<h1>Harbour falls quiet</h1><article>{TEXT}</article>", head), site)["authors"] == [
        "Public News"
    ]
