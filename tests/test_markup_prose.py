"""What holds for every Prose, whatever was written: proven on text made to break it."""

from html import unescape
from html.parser import HTMLParser

import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.core.model import Prose
from generator.markup.convert import convert
from generator.markup.sanitise import sanitise
from generator.markup.tokens import VOID

PIECES = (
    "a", "Word", "The council", " ", "  ", "\n", "\n\n", "    ", "*", "**", "_", "`", "``", "```\n",
    "~~", "|", "[", "]", "[[", "]]", "(", ")", "](", "http://x.org", "media/a.jpg", "&", "&amp;",
    "&nbsp;", '"', "'", "<b>", "</b>", "<div>", "</div>", "<p>", "</p>", '<p id="p1">', "<h1>", "</h1>",
    '<a href="/x">', "</a>", "<table>", "<tr>", "<td>", "</table>", "<ul>", "<li>", "</ul>", "<script>",
    "</script>", "<!--", "-->", "<pre>", "</pre>", "<br>", "<img src=x>", "<svg>", "<math>",
    "<blockquote>", "</blockquote>", "<figure>", "<figcaption>", "</figure>", "<summary>", "<details>",
    "<video src=a>", "</video>", "<center>", "<tt>", '<sup><a class="footnote-ref">', "<template>",
    "<textarea>", "<plaintext>", '<a id="a b">', "<h2 id=main>", "> ", ">", "— Name", "\n\u2014 Name",
    "- ", "1. ", "# ", "## ", "===\n", "---\n", "[^1]", "[^1]: ", "*[HTML]: ", ": ", "{#id}", "{: .x}",
    "{.c}", "ALSO READ: ", "RELATED:", "\\", "\\[", "&#xfdd0;", "&#xfdd1;0", "\x00", "\x02", "\x03",
    "\x0c", "\ud800", "\ufdd0", "\ufdd00\ufdd1", "\ufdd2", "\ufffe", "\ufeff", "é", "日本", "\xa0", "<",
    ">", "</", "<!", "<![", "<?", "?>", "]]>", "\r", "\t", "\u2028",
)  # fmt: skip
BODIES = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=40).map("".join)


class Reader(HTMLParser):
    """Fails where tags do not pair; collects ids."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [value or "" for name, value in attrs if name == "id"]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def assert_sound(prose: Prose) -> None:
    reader = Reader(prose.html)
    assert len(set(reader.ids)) == len(reader.ids)
    assert sorted(prose.anchors) == sorted(reader.ids)
    assert sanitise(prose.html) == prose.html
    assert not set(prose.html) & set("\x00\x02\x03\x0c\ufdd0\ufdd1\ufdd2\ufffe")
    assert len(prose.link_lines) == len(prose.links)
    end = 0
    for block in prose.blocks:
        assert end <= block.start <= block.end <= len(prose.html)
        assert block.anchor == "" or f' id="{block.anchor}"' in prose.html[block.start : block.end]
        end, text_end, html_end = block.end, 0, block.start
        for run in block.runs:
            assert run.text >= text_end and run.html >= html_end and run.length > 0
            text_end, html_end = run.text + run.length, run.html + run.html_length
            assert unescape(prose.html[run.html : html_end]) == block.text[run.text : text_end]
            assert run.length == run.html_length or run.length == 1
        assert text_end <= len(block.text) and html_end <= block.end
    for wiki in prose.wiki:
        assert 0 <= wiki.start < wiki.end <= len(prose.blocks[wiki.block].text)


@given(BODIES)
@settings(max_examples=250, deadline=None)
def test_every_prose_is_sound_safe_and_the_same_each_time(body: str) -> None:
    prose = convert(body)
    assert_sound(prose)
    assert convert(body) == prose


@given(st.lists(st.text("abc é.,;'“”—–&<>\"\xa0", min_size=1, max_size=60), min_size=1, max_size=5))
@settings(max_examples=100, deadline=None)
def test_plain_paragraphs_are_python_markdowns_own(paragraphs: list[str]) -> None:
    body = "\n\n".join("x" + " ".join(p.split(" ")) + "y" for p in paragraphs)
    prose = convert(body)
    expected = sanitise(markdown.markdown(body, output_format="html"))
    numbers = range(1, len(prose.blocks) + 1)
    without_ids = prose.html
    for number in numbers:
        without_ids = without_ids.replace(f'<p id="p{number}">', "<p>", 1)
    assert without_ids == expected
    assert [b.anchor for b in prose.blocks] == [f"p{n}" for n in numbers]


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        '<a href="javascript:alert(1)">x</a>',
        '<a href=" jav&#x09;ascript:alert(1)">x</a>',
        '<img src="data:text/html,x" onerror="alert(1)">',
        '<p style="position:fixed" onclick="x()">x</p>',
        '<iframe src="https://x.org"></iframe>',
        "<svg><script>alert(1)</script></svg>",
        '<form action="/x"><input name="a"></form>',
        '<math><mi xlink:href="javascript:x">x</mi></math>',
        '<object data="x"></object><embed src="x">',
        "<base href='https://evil.example/'><meta http-equiv='refresh' content='0'>",
        '<details ontoggle="x()" open><summary>a</summary></details>',
        "[x](javascript:alert(1))",
        "![x](javascript:alert(1))",
        "<javascript:alert(1)>",
        "[x]: javascript:alert(1)\n\n[x]",
    ],
)
def test_nothing_that_acts_is_let_through(html: str) -> None:
    prose = convert(html)
    found = prose.html.replace("&lt;", "")
    for name in ("script", "iframe", "svg", "math", "form", "input", "object", "embed", "base", "meta"):
        assert f"<{name}" not in found
    for written in ("onerror", "onclick", "ontoggle", "style=", "data:", '="javascript'):
        assert written not in found
    assert not any("script:" in link for link in prose.links)
    assert_sound(prose)
