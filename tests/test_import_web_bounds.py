"""Hostile and hopeless pages: bounded time, a clear problem or an article, and never a crash."""

import json
import time
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.config import load_site
from generator.core.web import normal_address
from generator.sources.importers.base import ImportContext
from generator.sources.importers.html.tree import MAX_ATTRIBUTES, parse
from generator.sources.importers.newstext_dates import Customs
from generator.sources.importers.web import Capture, PageRead, read_capture
from generator.sources.importers.web.linked_data import read_linked_data
from generator.sources.importers.web.moments import read_when
from generator.sources.importers.web.names import names_in
from generator.sources.importers.web.stamps import stamps_in

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
PARAGRAPH = "The harbour was quiet on Tuesday, and the boats lay where they had lain on Monday evening."
DATED = '<meta property="article:published_time" content="2021-04-13">'


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> ImportContext:
    root = tmp_path_factory.mktemp("site")
    (root / "site.yaml").write_text("title: T\nurl: https://e.org/\n")
    return ImportContext(site=load_site(root), now=NOW)


def read(html: str | bytes, context: ImportContext) -> PageRead:
    data = html if isinstance(html, bytes) else html.encode("utf-8", "surrogatepass")
    return read_capture(Capture(data=data, where="page.html"), context)


def article(middle: str, head: str = DATED) -> str:
    return f"<html><head>{head}</head><body><h1>Quay</h1><article><p>{PARAGRAPH}</p>{middle}<p>{PARAGRAPH}</p></article></body></html>"


@pytest.mark.parametrize(
    ("middle", "kept"),
    [
        ("<div>" * 100_000 + "deep", "deep"), ("<b><i>" * 50_000 + "deep", "deep"), ("<blockquote>" * 10_000 + "deep", "deep"),
        ("\0\x01\x02nul", "nul"), ("lone \ud800 surrogate", "surrogate"), ("<p>" + "word " * 200_000 + "</p>", "word"),
        ("<a href='/x'>" * 20_000 + "x", "x"), ("<time datetime='x'>" * 20_000, ""), ("<figure><img src=a>" * 3_000, ""), ("<span class='byline author date'>" * 20_000 + "x", ""),
        ("<p class='" + "byline " * 20_000 + "'>x</p>", ""), ("<!--" * 20_000, ""), ("<script type='application/ld+json'>" + "[" * 100_000, ""),
        ("<script type='application/ld+json'>" + '{"@graph":[' * 5_000 + "</script>", ""), ("<meta name=author content='" + "A B, " * 20_000 + "'>", ""),
        ("<li>A headline of some length, with a comma, and more.</li>" * 5_000, "headline"), ("By " * 50_000, "By"), ("13 April 2021 " * 20_000, "2021"),
        ("<table>" + "<tr><td>1<td>2" * 5_000, "2"), ("<article><h1>Q</h1>" * 2_000, ""), ("<img src='data:image/png;base64," + "A" * 2_000_000 + "'>", ""),
        ("<figure><img src=a.jpg><figcaption>x" + "<span></span>" * 20_000 + "</figcaption></figure>", ""),
        ("<div>" * 150 + "<h1>x</h1>" * 5_000 + "<input type=email>" * 20_000, ""), ("<table align=right>" * 100 + "<img src=a>" + "<b></b>" * 20_000, ""),
        ("web.archive.org" + "/web/2009" * 20_000 + "<!-- BEGIN WAYBACK TOOLBAR INSERT -->" * 5_000, ""),
    ],
    ids=range(25),
)  # fmt: skip
def test_a_hard_page_is_read_in_time(middle: str, kept: str, context: ImportContext) -> None:
    begun = time.process_time()
    found = read(article(middle), context)
    assert time.process_time() - begun < 60  # a bound against blow-up, not a measure
    assert found.article is not None, found
    assert kept in found.article.body
    assert "\0" not in found.article.body
    found.article.body.encode()


def test_a_page_of_fifty_megabytes_is_read(context: ImportContext) -> None:
    row = f"<tr><td><a href='/x'>link</a></td><td>{'cell ' * 40}</td></tr>"
    html = article(f"<script>{'x' * 31_000_000}</script>" + "<!-- " + "y" * 19_000_000 + " -->" + row * 4_000)
    found = read(html, context)
    assert len(html) > 50_000_000
    assert found.article is not None
    assert found.article.body.startswith(PARAGRAPH)


def test_a_page_of_too_many_tags_is_refused(context: ImportContext, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.sources.importers.web.article.MAX_TAGS", 20)
    assert [str(p) for p in read(article("<br>" * 20), context).problems] == [
        "page.html: too large for one article: some 35 tags (at most 20) [E304]"
    ]


@pytest.mark.parametrize("value", ["", "=1", "='<'", '=">"', '="a b"'])
def test_of_an_element_so_many_attributes_are_read_and_its_text_is_kept(
    value: str, context: ImportContext
) -> None:
    tag = "<p " + " ".join(f"a{n}{value}" for n in range(60_000)) + ">told in full.</p>"
    found = read(article(tag), context)
    assert found.article is not None
    assert found.article.body == f"{PARAGRAPH}\n\ntold in full.\n\n{PARAGRAPH}"
    assert len(parse(tag)[0][0].attrib) == MAX_ATTRIBUTES


@pytest.mark.parametrize("quote", ["", '"', "'", "\"'", "b='", 'b="'])
def test_tags_that_never_end_are_looked_through_once(quote: str) -> None:
    assert parse(f"<p>kept</p>{f'<a {quote}' * 200_000}") is not None


def test_a_page_beyond_all_bounds_is_refused(context: ImportContext, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.sources.importers.web.article.MAX_PAGE", 100)
    assert [str(p) for p in read(article(""), context).problems] == [
        "page.html: too large for one article (at most 100 bytes) [E304]"
    ]


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ("0000-00-00", None), ("0000-01-01T00:00:00Z", None), ("9999-12-31T23:59:59Z", None), ("2021-02-30", None), ("2021-13-01", None), ("-1", None),
        ("99999999999999", None), ("2021-04-13T25:61:00", None), ("1e309", None), ("٢٠٢١-٠٤-١٣", "2021-04-13"), ("2021-04-13T11:34:60Z", "2021-04-13T11:34:59Z"),
        ("1850-01-02", "1850-01-02"), ("2199-01-01", "2199-01-01"),
    ],
)  # fmt: skip
def test_dates_that_are_none_are_not_taken(
    written: str, published: str | None, context: ImportContext
) -> None:
    found = read(article("", f'<meta property="article:published_time" content="{written}">'), context)
    assert (found.article.front["published"] if found.article else None) == published
    assert [p.code for p in found.problems] == (
        [] if published and not written.startswith("2199") else ["W351"] if published else ["E305"]
    )


HOSTILE = st.text(alphabet="<>/=\"' abp&;#!-[]{}:,0123456789\n\0é", max_size=300)
PIECES = st.sampled_from(
    ["<article>", "</article>", "<h1>Quay</h1>", f"<p>{PARAGRAPH}</p>", "<div class='byline'>By Ada Quill", "</div>", "<time datetime='2021-04-13'>", "</time>",
     "<figure><img src='/a.jpg'><figcaption>C</figcaption></figure>", "<table><tr><td>", "</table>", "<ul><li><a href='/x'>A link of some length</a>", DATED,
     '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Q","author":[{"name":"A B"}]}</script>', "<script type='application/ld+json'>{",
     "<blockquote class='twitter-tweet'>", "<div itemprop='articleBody'>", "<br>", "Updated: 14.4.2021", "<meta name='author' content='A B'>", "<div class='comments'>",
     "<title>Quay | Ledger</title>", "<base href='https://['>", "<link rel=canonical href='http://[::1'>", "<html lang='x-'>", "\0", "&#xd800;", "<svg><title>"]
)  # fmt: skip


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(pieces=st.lists(PIECES | HOSTILE, max_size=14))
def test_any_page_is_read(pieces: list[str], context: ImportContext) -> None:
    found = read("".join(pieces), context)
    assert (found.article is not None) or found.reason or found.problems
    assert read("".join(pieces), context) == found


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200) | st.text(alphabet="0123456789-/:. TZ+aprilupdated,|", max_size=80))
def test_any_line_has_dates_and_names_or_none(line: str) -> None:
    by = Customs(zone=ZoneInfo("Europe/London"), month_first=False, this_year=2026)
    for when, _ in stamps_in(line, by):
        assert 1600 <= when.day.year <= 2200
    when = read_when(line, by)
    assert when is None or when.written[:4].isdigit()
    for certain in (True, False):
        assert all(2 <= len(name) <= 60 for name in names_in(line, certain=certain))
    assert isinstance(normal_address(line), str)


@settings(max_examples=200, deadline=None)
@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=20), lambda inner: st.lists(inner, max_size=4) | st.dictionaries(
    st.sampled_from(["@type", "@id", "@graph", "author", "name", "headline", "datePublished", "url", "mainEntityOfPage", "image"]), inner, max_size=5), max_leaves=20))  # fmt: skip
def test_any_linked_data_is_read(value: object) -> None:
    found = read_linked_data([json.dumps(value), json.dumps(value)[:-1]])
    assert isinstance(found.kinds, frozenset)


def test_a_quote_or_a_script_in_a_long_page_swallows_none_of_it(context: ImportContext) -> None:
    odd = "<script>for(i=0;i<n;i++)s+='<a title=\"';var words=\"" + "it is so " * 2000 + '"</script>'
    odd += '<p title=it\'s class="x">' + "So it goes, and so it went. " * 12_000 + "</p>"
    found = read(article(odd), context)
    assert found.article is not None
    assert found.article.body.startswith(PARAGRAPH) and found.article.body.endswith(PARAGRAPH)


@pytest.mark.parametrize("name", ["script", "style", "title"])
def test_scripts_that_never_close_are_looked_through_once(name: str) -> None:
    assert parse(f"<p>kept</p>{f'<{name}> ' * 100_000}") is not None
