"""Links, notes and related lines in the text: always well formed, always undone."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.annotate.anchoring import find_quotes, orphaned
from generator.annotate.leaf import leaf
from generator.annotate.weave import WovenLink, WovenNote, WovenRelated, unweave, weave
from generator.core.archive import InPlace
from generator.core.model import Annotated, EntityKey, Mention, Naming, Note, Prose
from generator.markup.convert import convert
from generator.render.weaving import InPlaceSpan, filled
from tests.annotating import an_article, prose


class Checker(HTMLParser):
    """Raises where elements cross, links nest, or blocks stand in paragraphs."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in {"br", "img", "hr"}:
            return
        assert not (tag == "a" and "a" in self.open), "links nest"
        assert not (tag == "mark" and "mark" in self.open), "marks nest"
        if tag == "aside":
            assert self.open == [], "an aside within a block"
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, "elements cross"


def check(html: str) -> None:
    checker = Checker()
    checker.feed(html)
    assert checker.open == []


def test_a_name_becomes_a_link() -> None:
    text = prose("So Blinken warned.")
    html = weave(text, [WovenLink(0, 3, 10, "/people/antony-blinken/", "", "m_1")], [], {})
    assert html == '<p>So <a class="who" href="/people/antony-blinken/" id="m_1">Blinken</a> warned.</p>\n'


def test_an_unconfirmed_name_says_so_in_its_classes() -> None:
    html = weave(prose("Blinken"), [WovenLink(0, 0, 7, "/x/", "found")], [], {})
    assert html == '<p><a class="who found" href="/x/">Blinken</a></p>\n'


def test_addresses_and_notes_are_escaped() -> None:
    html = weave(
        prose("a b"),
        [WovenLink(0, 0, 1, '/"><b>', "", '"')],
        [WovenNote(1, "b", "<i>", "<A>", "<d>", '"')],
        {},
    )
    assert 'href="/&quot;&gt;&lt;b&gt;" id="&quot;"' in html
    assert (
        "&lt;i&gt;" in html
        and "&lt;A&gt;" in html
        and "&lt;d&gt;" in html
        and '<time datetime="&quot;">' in html
    )


def test_a_note_is_marked_numbered_and_follows_its_block() -> None:
    html = weave(
        prose("It lost forty metres.", "Next."),
        [],
        [WovenNote(1, "forty metres", "38.", "M. T.", "4 June 2023", "2023-06-04")],
        {},
    )
    assert html == (
        '<p>It lost <mark class="ref">forty metres</mark>'
        '<a class="mark" id="r1" href="#n1" aria-label="Note 1">1</a>.</p>'
        '<aside class="note" role="note" id="n1"><p><b class="label">1 Note</b> 38.</p>'
        '<p class="agate">M. T., <time datetime="2023-06-04">4 June 2023</time>'
        ' · <a href="#r1">Back to the text</a></p></aside>'
        "\n<p>Next.</p>\n"
    )


def test_two_notes_of_one_block_share_an_aside_and_keep_their_ids() -> None:
    html = weave(prose("one two"), [], [WovenNote(1, "one", "a"), WovenNote(2, "two", "b")], {})
    assert html.count("<aside") == 1
    assert 'id="n1"' in html and '<p id="n2">' in html


def test_a_note_that_stands_nowhere_comes_last_with_its_quotation() -> None:
    html = weave(prose("text"), [], [WovenNote(3, "not there", "why", "", "")], {})
    assert html == (
        '<p>text</p>\n<aside class="note" role="note" id="n3">'
        '<p><b class="label">3 Note</b> <q>not there</q> why</p></aside>'
    )
    assert unweave(html) == prose("text").html


def test_a_note_in_a_list_follows_the_list() -> None:
    text = convert("- one\n- two\n\nafter")
    html = weave(text, [], [WovenNote(1, "one", "a")], {})
    assert re.search(r"</ul>\s*<aside", html)
    check(html)


def test_a_number_never_stands_in_a_link() -> None:
    text = prose("see [the long page] now")
    html = weave(text, [], [WovenNote(1, "the long", "a")], {})
    assert '</a><a class="mark"' in html
    check(html)


def test_a_related_line_leads_to_its_article_or_says_why_not() -> None:
    text = prose(("also", "Divers find rubble"))
    assert '<p><a class="to" href="/2021/x/">Divers find rubble</a></p>' in weave(
        text, [], [], {0: WovenRelated("/2021/x/")}
    )
    lost = weave(text, [], [], {0: WovenRelated("", "Not found.")})
    assert lost == '<p>Divers find rubble <small class="lost">Not found.</small></p>\n'
    assert weave(text, [], [], {0: WovenRelated("", ""), 7: WovenRelated("/y/")}) == text.html


@pytest.mark.parametrize(
    "link",
    [
        WovenLink(5, 0, 1, "/x/"),
        WovenLink(-1, 0, 1, "/x/"),
        WovenLink(0, 2, 2, "/x/"),
        WovenLink(0, 90, 99, "/x/"),
    ],
)
def test_a_link_that_stands_nowhere_is_left_out(link: WovenLink) -> None:
    assert weave(prose("text"), [link], [], {}) == prose("text").html


def test_a_link_is_not_put_into_an_authors_link_or_over_another() -> None:
    text = prose("[Blinken] met Putin")
    html = weave(
        text, [WovenLink(0, 0, 7, "/b/"), WovenLink(0, 12, 17, "/p/"), WovenLink(0, 14, 17, "/q/")], [], {}
    )
    assert html == '<p><a href="/elsewhere/">Blinken</a> met <a class="who" href="/p/">Putin</a></p>\n'


SOURCE = convert(
    "The *Harbour Board* met Ines **Calloway** & the <b>mayor</b> [on a page](/x/) in `code`.\n\n"
    "- one item\n- two [items](/y/) here\n\n> A quote of some words.\n> — Ines Calloway\n\n## A crosshead\n\n"
    "ALSO READ: Another headline\n\nLast words, all of them plain & simple."
)


@st.composite
def woven(draw: st.DrawFn) -> tuple[list[WovenLink], list[WovenNote], dict[int, WovenRelated]]:
    links = []
    notes = []
    for number in range(draw(st.integers(0, 6))):
        block = draw(st.integers(0, len(SOURCE.blocks) - 1))
        text = SOURCE.blocks[block].text
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, len(text)))
        if draw(st.booleans()):
            links.append(
                WovenLink(block, start, end, "/a/", draw(st.sampled_from(["", "found"])), f"m{number}")
            )
        else:
            notes.append(
                WovenNote(number, text[start:end], "Why & how", "A", draw(st.sampled_from(["", "4 June"])))
            )
    related = draw(
        st.dictionaries(
            st.integers(0, 9), st.sampled_from([WovenRelated("/r/"), WovenRelated("", "No.")]), max_size=2
        )
    )
    also = {n: r for n, r in related.items() if n < len(SOURCE.blocks) and SOURCE.blocks[n].kind == "also"}
    return links, notes, also


@settings(max_examples=300, deadline=None)
@given(woven())
def test_whatever_is_woven_is_well_formed_and_comes_out_again(
    given_: tuple[list[WovenLink], list[WovenNote], dict[int, WovenRelated]],
) -> None:
    links, notes, related = given_
    html = weave(SOURCE, links, notes, related)
    check(html)
    assert unweave(html) == SOURCE.html
    assert html.count("<aside") <= len(notes)
    assert all(f'id="n{note.number}"' in html for note in notes)


@given(woven())
def test_links_alone_are_woven_as_they_are_among_other_things(
    given_: tuple[list[WovenLink], list[WovenNote], dict[int, WovenRelated]],
) -> None:
    links, nowhere = given_[0], {len(SOURCE.blocks): WovenRelated("/r/")}
    assert weave(SOURCE, links, [], {}) == weave(SOURCE, links, [], nowhere)


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("more than 13,000 lives", "more than 13,000 lives"),
        ("said ‘no’  today", "said 'no' today"),
        ("“said 'no' today”", "said 'no' today"),
        ("lives – said", "lives - said"),
        ("LIVES", None),
        ("", None),
        ("“”", None),
        ("a" * 500, None),
    ],
)
def test_a_quotation_is_found_whatever_its_marks_and_spaces(quote: str, found: str | None) -> None:
    text = prose(("also", "more than 13,000 lives"), "It cost more than\n13,000 lives - said 'no' today")
    place = find_quotes(text, [quote])[0]
    if found is None:
        assert place is None
    else:
        assert place is not None
        assert place.block == 1
        assert " ".join(text.blocks[1].text[place.start : place.end].split()) == found


def test_an_orphaned_note_is_a_problem_at_its_line() -> None:
    notes = (Note(quote="word " * 30, note="x", line=7), Note(quote="there", note="y", line=8))
    (problem,) = orphaned(an_article(notes=notes), prose("there"))
    assert str(problem) == (
        "content/articles/2021/04/x.md:7: notes: the quotation stands nowhere in the text: "
        "“word word word word word word word word word word word wo…” "
        "(quote the words exactly as they stand in one paragraph) [W403]"
    )


def test_weaving_nothing_changes_nothing() -> None:
    empty = Prose(html="", blocks=())
    assert weave(empty, [], [WovenNote(1, "q", "n")], {}).startswith("<aside")
    assert weave(SOURCE, [], [], {}) == SOURCE.html


@pytest.mark.parametrize(
    "html", ['<mark class="ref">a', '<a class="who" href="">a', '<aside class="note" role="note" id="n1">']
)
def test_unweaving_what_was_cut_off_never_fails(html: str) -> None:
    assert unweave(html) == html


def test_a_mention_of_whom_an_article_is_not_filed_under_is_not_linked() -> None:
    stranger = Mention(EntityKey("people", "nobody"), 0, 0, 4, True)
    annotated = Annotated(article=an_article(), prose=prose("text"), namings=(), mentions=(stranger,))
    made, firsts = leaf(annotated, ())
    assert (made.slots, firsts) == ((), ())


def test_a_text_with_the_sign_that_slots_are_marked_by_is_cut_at_its_names_alone() -> None:
    text = convert("Ada &#2; Quill &#2;n0&#2; here.")
    who = EntityKey("people", "ada-quill")
    at = text.blocks[0].text.index("Ada")
    annotated = Annotated(
        article=an_article(),
        prose=text,
        namings=(Naming(who, "Ada Quill", True),),
        mentions=(Mention(who, 0, at, at + 3, True),),
    )
    made, _ = leaf(annotated, ())
    assert [slot.kind for slot in made.slots] == ["name", "ring"]
    assert not any("\x02" in piece for piece in made.pieces)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (InPlaceSpan("/2021/x/"), '<a class="to" href="/2021/x/">Divers find rubble</a>'),
        (
            InPlaceSpan("", "Not <found>."),
            'Divers find rubble <small class="lost">Not &lt;found&gt;.</small>',
        ),
        (InPlaceSpan(""), "Divers find rubble"),
    ],
)
def test_a_related_line_is_filled_with_what_the_archive_knows(line: InPlaceSpan, expected: str) -> None:
    text = convert("ALSO READ: Divers find rubble")
    annotated = Annotated(article=an_article(), prose=text, namings=(), mentions=())
    made, _ = leaf(annotated, [InPlace(0, "ALSO READ", "Divers find rubble")])
    assert expected in filled(made, (), [line])
    assert "\x02" not in filled(made, (), [line])
