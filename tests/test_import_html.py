"""HTML as Markdown: what a browser would show is in the article, and what is no part of it is gone and told."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.markup.convert import convert
from generator.sources.importers.html import Converted, html_to_markdown


def markdown(html: str, **more: str) -> str:
    return html_to_markdown(html, **more).markdown


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>One</p><p>Two</p>", "One\n\nTwo"), ("One<br>Two", "One  \nTwo"), ("<h1>A</h1><h2>B</h2><h4>C</h4>", "## A\n\n## B\n\n#### C"),
        ("<p>a <b>b</b> <i>c</i> <strong><em>d</em></strong> <del>e</del> H<sub>2</sub>O</p>", "a **b** *c* **<em>d</em>** <del>e</del> H<sub>2</sub>O"),
        ("<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>", "- a\n- b\n    - c"), ("<ol start=3><li>a<li>b</ol>", "3.  a\n4.  b"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"), ("<p>a<hr>b", "a\n\n---\n\nb"), ("<pre>x\n  y</pre>", "```\nx\n  y\n```"),
        ('<a href="/x">y</a>', "[y](/x)"), ('<a href="javascript:alert(1)">y</a>', "y"), ('<a href="#n">y</a>', "y"), ('<a href="data:text/html,x">y</a>', "y"),
        ('<a href="/a (b)_c*d">y</a>', "[y](/a%20%28b%29_c%2Ad)"), ("<p>1. not a list</p>", "1\\. not a list"), ("<p># not a heading</p>", "\\# not a heading"),
        ("<p>&lt;script&gt; &amp;amp; *x* _y_ `z` [q]</p>", "&lt;script> &amp;amp; \\*x\\* \\_y\\_ \\`z\\` \\[q\\]"),
        ("<table><tr><th>A<th>B<tr><td>1<td>2|3</table>", "| A | B |\n| --- | --- |\n| 1 | 2\\|3 |"),
        ("<table><tr><td><p>First paragraph of a page that is laid out in a table, as they were.</p><p>Second.</p></td></tr></table>", "First paragraph of a page that is laid out in a table, as they were.\n\nSecond."),
        ('<figure><img src="/q.jpg" alt="Q"><figcaption>The quay <span class="credit">Photo: Ada Quill</span></figcaption></figure>',
         '<figure><img src="/q.jpg" alt="Q"><figcaption>The quay <small>Ada Quill</small></figcaption></figure>'),
        ('<img src="data:x" data-src="/lazy.jpg" alt="L">', "![L](/lazy.jpg)"), ('<img srcset="/s.jpg 300w, /l.jpg 900w">', "![](/l.jpg)"),
        ('<iframe src="https://www.youtube.com/embed/abcDEF12345" title="The wave"></iframe>', "[The wave](https://www.youtube.com/watch?v=abcDEF12345)"),
        ('<blockquote class="twitter-tweet"><p>No boats.</p>— H (@h) <a href="https://twitter.com/h/status/9?s=1">May 1</a></blockquote>', "> No boats.\n>\n> — H (@h) [May 1](https://twitter.com/h/status/9?s=1)"),
        ('<amp-youtube data-videoid="abcDEF12345"></amp-youtube>', "[YouTube](https://www.youtube.com/watch?v=abcDEF12345)"),
        ("<p>har&shy;bour&nbsp;wall, ﬁne</p>", "harbour wall, fine"), ("<p>&#0;&#xD800;x</p>", "\ufffd\ufffdx"), ("", ""), ("   ", ""), ("<p></p>", ""),
        ("<q>a</q>", "“a”"), ("<dl><dt>A</dt><dd>b</dd></dl>", "A\n\nb"),
    ],
)  # fmt: skip
def test_html_becomes_markdown(html: str, expected: str) -> None:
    found = markdown(html)
    assert found.replace("\ufffd", "") == expected.replace("\ufffd", "")


@pytest.mark.parametrize(
    ("html", "what"),
    [
        ("<script>x()</script>", "script"), ("<style>p{}</style>", "style sheet"), ('<img src="/p.gif" width=1 height=1>', "tracking pixel"),
        ('<div class="share-bar">Share</div>', "share bar"), ('<div class="newsletter-signup">Sign up</div>', "newsletter box"),
        ('<div class="ad-slot">Buy</div>', "advertisement"), ('<div class="related-stories"><a href="/x">X</a></div>', "related links"),
        ('<section class="comments"><p>First!</p></section>', "comments"), ("<form><input></form><button>Go</button>", "button"),
        ('<p hidden>x</p>', "hidden text"), ('<div style="display: none">x</div>', "hidden text"), ("<nav><a href=/>Home</a></nav>", "navigation"),
        ('<div class="paywall">Subscribe</div>', "subscription notice"), ('<iframe src="https://doubleclick.example/x"></iframe>', "frame without an address for readers"),
        ('<span class="sr-only">x</span>', ""), ('<div class="cookie-banner">We</div>', "consent notice"),
    ],
)  # fmt: skip
def test_what_is_no_part_of_a_text_goes_and_is_told(html: str, what: str) -> None:
    found = html_to_markdown(f"<p>The quay.</p>{html}<p>The end.</p>")
    if what:
        assert found.markdown == "The quay.\n\nThe end."
        assert what in [dropped.what for dropped in found.dropped]
    assert found.recall == 1.0


def test_words_like_those_of_clutter_stay() -> None:
    html = '<div class="shareholders"><p>Shareholders met.</p></div><div class="address"><p>Ads Road 1</p></div><p class="leading">Lead</p>'
    assert markdown(html) == "Shareholders met.\n\nAds Road 1\n\nLead"


def test_a_first_heading_that_says_the_title_again_is_left_out() -> None:
    assert markdown("<h1>The  quay</h1><p>x</p>", title="The quay") == "x"


def test_addresses_are_made_absolute_and_pictures_placed() -> None:
    found = html_to_markdown(
        '<a href="b">x</a><img src="/p.jpg">',
        address="https://e.org/a/",
        place=lambda src: f"/media/{src[-5:]}",
    )
    assert found.markdown == "[x](https://e.org/a/b)![](/media/p.jpg)"
    assert [picture.src for picture in found.pictures] == ["/media/p.jpg"]


words = st.text(alphabet="ab013 *_`[]()<>&\\#!?/|~-+=.:\n\"'é“", max_size=20)
tags = st.sampled_from(
    [
        "p",
        "div",
        "b",
        "i",
        "em",
        "a",
        "ul",
        "li",
        "ol",
        "blockquote",
        "h2",
        "span",
        "code",
        "td",
        "tr",
        "table",
        "q",
        "sup",
    ]
)


@st.composite
def trees(draw: st.DrawFn, depth: int = 4) -> str:
    pieces = []
    for _ in range(draw(st.integers(0, 4))):
        text = draw(words).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        if depth and draw(st.booleans()):
            tag = draw(tags)
            href = ' href="/x y)"' if tag == "a" else ""
            pieces.append(f"<{tag}{href}>{draw(trees(depth - 1))}</{tag}>")
        pieces.append(text)
    return "".join(pieces)


def shown(html: str) -> list[str]:
    """The words a reader sees, without marks."""
    text = re.sub(r"<[^<>]*>", " ", html)
    for written, meant in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#126;", "~"), ("&amp;", "&")):
        text = text.replace(written, meant)
    return re.findall(r"\w", text)


@settings(max_examples=150, deadline=None)
@given(trees())
def test_the_site_shows_the_words_that_the_html_showed(html: str) -> None:
    found = html_to_markdown(html)
    built = convert(found.markdown).html
    assert shown(built) == shown(html)
    assert ("*" in html) or "*" not in re.sub(r"<[^<>]*>", "", built)
    assert found.recall == 1.0


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=400) | st.text(alphabet="<>/=\"'ab p&;#!-[]", max_size=400))
def test_any_text_is_read_as_html(html: str) -> None:
    found = html_to_markdown(html, address="https://e.org/", title="T")
    assert isinstance(found, Converted)
    assert "<script" not in found.markdown.lower()


def test_a_file_written_into_a_page_is_left_out_where_the_parser_refuses_the_page() -> None:
    small, large = f"data:text/plain,{'y' * 2_000}", f"data:image/png;base64,{'x' * 10_500_000}"
    found = html_to_markdown(f"<p>Before.</p><img src='{small}'><img src='{large}'><p>After.</p>")
    assert found.markdown.startswith("Before.")
    assert found.markdown.rstrip().endswith("After.")
    assert "xxxx" not in found.markdown


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000 + "deep", "<b>" * 50_000 + "bold", "<a href=x>" * 20_000 + "x", "<ul><li>" * 20_000 + "x", "<table><tr><td>" * 5_000 + "x",
        "<blockquote>" * 20_000 + "x", "<p>" * 100_000, "&" * 200_000, "<" * 200_000, "<!--" * 50_000, "<p title='" + "x" * 500_000, "[](" * 50_000,
        "<td colspan=1000>x" * 2_000, "*" * 100_000, "_a" * 50_000, "<i>a</i>" * 30_000, "\0" * 100_000, "\ud800" * 1000, "<br>" * 100_000,
        "<img src=x>" * 5_000, "<figure>" * 5_000 + "x", '<p style="' + "display:" * 20_000, "<script>" + "<" * 100_000,
        ("<img src='" + "data:" * 19_999 + "'>") * 20 + f"<img src='data:image/png;base64,{'x' * 10_500_000}'>",
    ],
    ids=range(24),
)  # fmt: skip
def test_hard_html_takes_time_in_proportion_to_its_length(html: str) -> None:
    begun = time.process_time()
    found = html_to_markdown(html)
    assert isinstance(found.markdown, str)
    assert time.process_time() - begun < 30  # a bound against blow-up, not a measure


def test_a_cell_keeps_the_words_before_an_empty_line() -> None:
    table = "<table><tr><th>h</th></tr><tr><td>one<br><br>two</td></tr></table>"
    assert markdown(table) == "| h |\n| --- |\n| one<br>two |"


@pytest.mark.parametrize(
    "html",
    [
        "<ul><li><blockquote><p>a</p><p>b</p></blockquote></li></ul>",
        "<ul><li><blockquote>a<br>b</blockquote></li></ul>",
        "<ol><li>a<blockquote><p>b</p><p>c<br>d</p></blockquote></li><li>e</li></ol>",
        "<ul><li><blockquote><p>a</p><ol><li>b</li><li>c</li></ol></blockquote><p>d</p></li></ul>",
        "<ol><li>a<p>b</p><ul><li>c</li></ul></li><li>d</li></ol>",
        "<ul><li><ol><li>a<ul><li>b</li></ul></li><li>c</li></ol></li><li>d</li></ul>",
        "<blockquote><ul><li>a<blockquote><p>b</p><p>c</p></blockquote></li></ul></blockquote>",
        "<blockquote><ul><li><blockquote><blockquote><p>a</p><p>b</p></blockquote></blockquote></li></ul></blockquote>",
    ],
)
def test_lists_and_quotations_in_each_other_show_their_words_alone(html: str) -> None:
    built = convert(markdown(html)).html
    assert "<pre>" not in built
    assert re.findall(r"\w+|&gt;|\d\.", re.sub(r"<[^<>]*>", " ", built)) == re.findall(
        r"\w+", re.sub(r"<[^<>]*>", " ", html)
    )


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<p><a href="/x">a]:</a> b</p>', "[a\\]&#58;](/x) b"),
        ("<p><code>0&amp;#</code></p>", "<code>0&amp;#</code>"),
        ("<p><code>&lt;!--</code> a</p>", "<code>&lt;!--</code> a"),
        ("<p><code>a &lt; b</code></p>", "`a < b`"),
    ],
)  # fmt: skip
def test_words_that_python_markdown_would_take_for_more_are_guarded(html: str, expected: str) -> None:
    assert markdown(html) == expected
    text = re.sub(r"<[^<>]*>", "", html)
    assert re.sub(r"<[^<>]*>", "", convert(f"{markdown(html)}\n\n`c` &lt;").html).startswith(text)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("AT&amp;T and Q&amp;A, S&amp;P 500", "AT&T and Q&A, S&P 500"), ("I &lt;3 ships, 2 &lt; 3", "I <3 ships, 2 < 3"),
        ("R&amp;D; or &amp;lt;", "R&amp;D; or &amp;lt;"), ("a &lt;b&gt; c", "a &lt;b> c"),
        ("&lt;<span>b&gt; c</span>", "&lt;b> c"), ("&amp;<span>lt; c</span>", "&amp;lt; c"), ("&lt;!-- x --&gt;", "&lt;!-- x -->"),
    ],
)  # fmt: skip
def test_only_what_would_begin_a_tag_or_an_entity_is_escaped(html: str, expected: str) -> None:
    found = markdown(f"<p>{html}</p>")
    assert found == expected
    assert shown(convert(found).html) == shown(f"<p>{html}</p>")
