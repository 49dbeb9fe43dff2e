"""The dialect: what an author writes, and what a reader gets."""

import pytest

from generator.core.model import Block, WikiLink
from generator.markup.convert import convert


def only(body: str) -> Block:
    (block,) = convert(body).blocks
    return block


def test_paragraphs_crossheads_and_other_blocks_are_numbered_in_one_sequence() -> None:
    prose = convert(
        "One.\n\n## A wall of two halves\n\n- a\n- b\n\nTwo.\n\n| x | y |\n|---|---|\n| 1 | 2 |\n"
    )
    assert [(b.kind, b.anchor, b.line) for b in prose.blocks] == [
        ("paragraph", "p1", 1),
        ("heading", "a-wall-of-two-halves", 3),
        ("item", "p2", 5),
        ("paragraph", "p3", 8),
        ("table", "p4", 10),
    ]


def test_words_of_items_and_cells_are_kept_apart_in_the_plain_text() -> None:
    assert only("- one *two*\n- three\n\n    four\n").text == "one two\n\nthree\n\nfour"
    assert only("| a | b |\n|---|---|\n| 1 | 2 |").text == "a\n\nb\n\n1\n\n2"
    assert only("one<br>two").text == "one\ntwo"


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ("# A\n\n## B", ["h2", "h3"]),
        ("## A\n\n### B", ["h2", "h3"]),
        ("# A\n\n###### B", ["h2", "h6"]),
        ("### A", ["h3"]),
    ],
)
def test_headings_leave_h1_to_the_page(body: str, names: list[str]) -> None:
    prose = convert(body)
    assert [prose.html[b.start + 1 : b.start + 3] for b in prose.blocks] == names


def test_crossheads_get_unique_ids_that_no_page_element_has() -> None:
    body = "## Ferry\n\n## Ferry\n\n## Notes\n\n## P1\n\n## ¶\n\n## A {#toc1}\n\n<h2 id='toc1'>B</h2>"
    body += "\n\n<h2 id='h_all'>C</h2>\n\n## E-mail"
    anchors = [b.anchor for b in convert(body).blocks]
    assert anchors[:4] == ["ferry", "ferry-2", "x-notes", "x-p1"]
    assert anchors[4].startswith("x-")
    assert anchors[5:] == ["toc1", "b", "x-h_all", "e-mail"]


def test_an_authors_id_is_kept_unless_it_would_clash() -> None:
    prose = convert(
        '<p id="p1">a</p>\n\n[to it](#p1) and [there](#here)\n\n<p id="here">b</p>\n\n<p id="here">c</p>'
    )
    assert [b.anchor for b in prose.blocks] == ["x-p1", "p1", "here", "p2"]
    assert 'href="#x-p1"' in prose.html and 'href="#here"' in prose.html


@pytest.mark.parametrize(
    ("line", "label", "headline"),
    [
        ("ALSO READ: Divers find rubble", "ALSO READ", "Divers find rubble"),
        ("Read more:  Who owns the seabed?", "READ MORE", "Who owns the seabed?"),
        ("**RELATED STORIES:** The nets", "RELATED STORIES", "The nets"),
        ("see also: a & b", "SEE ALSO", "a & b"),
        ("More: The ferry: a history", "MORE", "The ferry: a history"),
        ("<p>READ ALSO: The nets</p>", "READ ALSO", "The nets"),
    ],
)
def test_a_related_line_is_a_block_of_its_own(line: str, label: str, headline: str) -> None:
    block = only(line)
    assert (block.kind, block.label, block.text, block.anchor) == ("also", label, headline, "p1")


def test_a_related_line_is_marked_up_as_the_theme_shows_it() -> None:
    assert convert("ALSO READ: A & [[B]]").html == (
        '<p class="also" id="p1"><b class="label">ALSO READ</b> A &amp; B</p>'
    )
    linked = convert("ALSO READ: [The nets](/2021/04/nets/)")
    assert linked.html.endswith('</b> <a href="/2021/04/nets/">The nets</a></p>')
    assert not linked.blocks[0].runs[0].linkable
    assert linked.links == ("/2021/04/nets/",)


def test_a_related_line_inside_a_paragraph_is_cut_out_of_it() -> None:
    blocks = convert("First.\nALSO READ: The nets\nSecond.").blocks
    assert [(b.kind, b.text, b.line) for b in blocks] == [
        ("paragraph", "First.", 1),
        ("also", "The nets", 2),
        ("paragraph", "Second.", 3),
    ]


@pytest.mark.parametrize(
    "body",
    [
        "ALSO READ:",
        "ALSO READING: x",
        "    ALSO READ: x",
        "`ALSO READ: x`y",
        "MORE: " + "x" * 400,
        "ALSO READ: ![x](media/a.jpg)",
    ],
)
def test_what_only_looks_like_a_related_line_stays_text(body: str) -> None:
    assert [b.kind for b in convert(body).blocks if b.kind == "also"] == []


def test_a_quotation_with_its_attribution_is_a_pull_quote() -> None:
    prose = convert("> “You cannot vote the tide\n> a *different* height.”\n> — Ines Calloway, councillor")
    (block,) = prose.blocks
    assert (block.kind, block.label) == ("pull", "Ines Calloway, councillor")
    assert block.text == "“You cannot vote the tide\na different height.”"
    assert prose.html == (
        '<blockquote class="pull" id="p1">\n<p>“You cannot vote the tide\na <em>different</em> height.”</p>'
        '<footer class="agate">— Ines Calloway, councillor</footer></blockquote>'
    )


@pytest.mark.parametrize(
    "body",
    [
        "> One.\n>\n> – *Name*",
        "> One.  \n> -- Name",
        "> One.<br>— Name",
        "<blockquote><p>One.</p><p>― Name</p></blockquote>",
    ],
)
def test_an_attribution_is_known_by_any_dash_on_a_line_of_its_own(body: str) -> None:
    block = only(body)
    assert (block.kind, block.text.strip(), block.label) == ("pull", "One.", "Name")


@pytest.mark.parametrize(
    "body",
    [
        "> One — two.",
        "> — Name",
        "> One.\n> - Name",
        "> One.\n\n> Two.",
        "> One.\n> — " + "x" * 300,
        "> - a\n> - b",
    ],
)
def test_other_quotations_stay_quotations(body: str) -> None:
    assert [b.kind for b in convert(body).blocks] == ["quote"]


def test_two_pull_quotes_in_a_row_are_two() -> None:
    prose = convert("> One.\n> — A\n\n> Two.\n> — B")
    assert [(b.kind, b.label) for b in prose.blocks] == [("pull", "A"), ("pull", "B")]


def test_wiki_links_are_plain_text_with_their_place_and_name() -> None:
    prose = convert("Then [[Antony Blinken|Blinken]] met [[Ann  O’Hara]] & [[C*d*]].\n\nAnd [[X]].")
    assert prose.html.startswith('<p id="p1">Then Blinken met Ann  O’Hara &amp; C*d*.</p>')
    assert prose.wiki == (
        WikiLink(block=0, start=5, end=12, name="Antony Blinken"),
        WikiLink(block=0, start=17, end=28, name="Ann O’Hara"),
        WikiLink(block=0, start=31, end=35, name="C*d*"),
        WikiLink(block=1, start=4, end=5, name="X"),
    )


@pytest.mark.parametrize(
    "body",
    [
        "`[[A]]`",
        "    [[A]]",
        "```\n[[A]]\n```",
        "\\[[A]]",
        "[[]]",
        "[[ ]]",
        "[[A|B|C]]",
        "[[A]](http://x.org)",
        "[[A](http://x.org)]",
        "[in [[A]] link](http://x.org)",
        "## [[A]]",
        "![[[A]]](x.jpg)",
        "<b title='[[A]]'>x</b>",
        "[[`a`]]",
        "\ufdd00\ufdd1A\ufdd2",
    ],
)
def test_what_is_no_wiki_link_is_left_alone(body: str) -> None:
    assert convert(body).wiki == ()


def test_a_wiki_link_may_break_over_a_line() -> None:
    assert convert("By [[Ines\nCalloway]].").wiki[0].name == "Ines Calloway"


def test_links_code_and_headings_cannot_hold_links() -> None:
    prose = convert("a [b](/x) `c` <kbd>d</kbd> *e*\n\n## f\n\n    g")
    assert [[r.linkable for r in b.runs] for b in prose.blocks] == [
        [True, False, True, False, True, False, True, True],
        [False],
        [False],
    ]


def test_footnotes_keep_their_numbers_out_of_the_words() -> None:
    prose = convert("The wall[^1] fell.\n\n[^1]: In 2019.")
    assert [(b.kind, b.text) for b in prose.blocks] == [
        ("paragraph", "The wall fell."),
        ("item", "In 2019.\xa0"),
    ]
    assert "fn:1" in prose.anchors and "fnref:1" in prose.anchors


@pytest.mark.parametrize(
    ("written", "link", "href"),
    [
        ("media/a.jpg", "/media/a.jpg", "/archive/media/a.jpg"),
        ("../../../media/a.jpg", "/media/a.jpg", "/archive/media/a.jpg"),
        ("/2021/04/x/", "/2021/04/x/", "/archive/2021/04/x/"),
        ("/archive/2021/", "/archive/2021/", "/archive/2021/"),
        ("/archive", "/archive", "/archive"),
        ("//cdn.example/x", "//cdn.example/x", "//cdn.example/x"),
        ("../x/", "../x/", "../x/"),
        ("https://x.org/media/a", "https://x.org/media/a", "https://x.org/media/a"),
        ("#p3", "#p3", "#p3"),
    ],
)
def test_links_within_the_site_start_with_its_path(written: str, link: str, href: str) -> None:
    prose = convert(f"One.\n\nTo [it]({written}).", "/archive")
    assert prose.links == (link,)
    assert prose.link_lines == (3,)
    assert f'href="{href}"' in prose.html


def test_a_link_that_is_written_by_reference_is_found_where_its_address_stands() -> None:
    prose = convert("[a][1] and [b][1] and [c](#)\n\n[1]: https://x.org/a\n")
    assert prose.link_lines == (3, 3, 0)


def test_old_elements_become_what_stands_for_them_today() -> None:
    prose = convert('<center><tt>a</tt> <strike>b</strike> <acronym title="c">c</acronym></center>')
    assert prose.html == '<div><code>a</code> <s>b</s> <abbr title="c">c</abbr></div>'
    assert convert("| a |\n|--:|\n| 1 |").html.count('class="right"') == 2
    assert convert("<table><tr><td align='justify'>1</td></tr></table>").html.count("class") == 0


def test_a_figure_of_a_caption_alone_says_that_its_picture_is_missing() -> None:
    assert convert("<figure><figcaption>The nets.</figcaption></figure>").html.startswith(
        '<figure class="missing"'
    )
    assert "missing" not in convert('<figure><img src="media/a.jpg" alt="a"></figure>').html
    assert "missing" not in convert("<figure><img src='/a'><figcaption>a</figcaption></figure>").html


def test_a_pictures_credit_is_no_text_of_its_figure() -> None:
    prose = convert("<figure><figcaption>The nets. <small>Photo: R. Achterberg</small></figcaption></figure>")
    assert [block.text for block in prose.blocks] == ["The nets. "]
    assert "<small>Photo: R. Achterberg</small>" in prose.html


def test_films_have_no_words() -> None:
    prose = convert('<video src="media/a.mp4" controls poster="media/a.jpg">Your browser is old.</video>')
    assert (prose.blocks, prose.links) == ((), ("/media/a.mp4", "/media/a.jpg"))


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("~~gone~~ ~~ no ~~ a~b~c", '<p id="p1"><del>gone</del> ~~ no ~~ a~b~c</p>'),
        ("## Prices {see table}", '<h2 id="prices-see-table">Prices {see table}</h2>'),
        ("A *b*{c} {d}", '<p id="p1">A <em>b</em>{c} {d}</p>'),
        ("a\n{: .b lang=de}", '<p id="p1" lang="de">a</p>'),
        ("HTML.\n\n*[HTML]: Hyper", '<p id="p1"><abbr title="Hyper">HTML</abbr>.</p>'),
        ("``` python\nx < 1\n```", '<pre id="p1"><code class="language-python">x &lt; 1\n</code></pre>'),
        ("a -- “b” ... 'c'", "<p id=\"p1\">a -- “b” ... 'c'</p>"),
        ("a\nb", '<p id="p1">a\nb</p>'),
        ("a<hr>b", '<p id="p1">a</p><hr>b<p id="p2"></p>'),
    ],
)
def test_the_dialect(body: str, html: str) -> None:
    assert convert(body).html == html


def test_words_without_an_element_of_their_own_are_a_block_without_anchor() -> None:
    prose = convert('<div class="x" id="box">loose <b>words</b><p>para</p> more</div>')
    assert [(b.kind, b.anchor, b.text) for b in prose.blocks] == [
        ("other", "", "loose words"),
        ("paragraph", "p1", "para"),
        ("other", "", " more"),
    ]
    assert prose.html.startswith('<div id="box">')


def test_an_empty_body_is_an_empty_prose() -> None:
    assert convert(" \n\n").html == convert("").html == ""


def test_a_code_block_may_follow_a_pull_quote_and_two_lines_of_it_are_one() -> None:
    prose = convert("> One.\n> — A\nlazy\n\n    code")
    assert [b.kind for b in prose.blocks] == ["quote", "code"]


def test_a_text_whose_words_are_nowhere_in_the_body_has_no_line() -> None:
    assert [b.line for b in convert("&eacute;t&eacute;\n\nb").blocks] == [0, 3]


def test_an_element_that_was_never_closed_does_not_swallow_the_blocks_after_it() -> None:
    prose = convert("One <b>bold.\n\nTwo.\n\n## Three\n\n- four")
    assert [(b.kind, b.anchor, b.text) for b in prose.blocks] == [
        ("paragraph", "p1", "One bold."),
        ("paragraph", "p2", "Two."),
        ("heading", "three", "Three"),
        ("item", "p3", "four"),
    ]
    linked = convert('One <a href="/x">bold.\n\nTwo.')
    assert [[r.linkable for r in b.runs] for b in linked.blocks] == [[True, False], [False]]
