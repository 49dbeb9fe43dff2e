"""What holds of every news text: no line is lost, no repeat hidden, and no size or malice makes it slow."""

import re
import time
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.core.paths import ending_of
from generator.core.site import Site
from generator.markup.convert import convert
from generator.sources.importers.base import LEFT_OUT, ImportContext, Imported, Original
from generator.sources.importers.newstext import LINES_LIMIT, NEWSTEXT
from generator.sources.importers.newstext_labels import may_be_related
from generator.sources.importers.newstext_pictures import may_be_picture, picture_named, read_caption
from generator.sources.importers.newstext_quotes import find_pull_quotes, split_pull_quote
from generator.sources.importers.newstext_repeats import COMMON, LEAST_WORDS, Repeat, find_repeats
from generator.sources.importers.text import LIMIT

SITE = Site(root=Path("/site"), title="T", url="https://e.org/", timezone="Europe/London")
CONTEXT = ImportContext(site=SITE, now=datetime(2026, 11, 22, tzinfo=UTC))
WORDS = [
    "the",
    "harbour",
    "master",
    "said",
    "that",
    "a",
    "wall",
    "of",
    "stone",
    "would",
    "fall",
    "before",
    "autumn",
    "and",
    "nobody",
    "on",
    "quay",
    "had",
    "asked",
    "her",
    "why",
]


def read(text: str) -> Imported | None:
    made, _ = NEWSTEXT.read(Original(name="a.txt", data=text.encode(), where="a.txt"), CONTEXT)
    return made[0] if made else None


SENTENCE = st.lists(st.sampled_from(WORDS), min_size=3, max_size=25).map(
    lambda w: " ".join(w).capitalize() + "."
)
PARAGRAPH = st.lists(SENTENCE, min_size=1, max_size=4).map(" ".join)
SPECIAL = st.sampled_from(
    [
        "By Nell Farrow", "ALSO READ: It was the gutter", "READ MORE:", "Blinken’s trip", "• one\n• two", "1. a\n2. b",
        "The quay. (PHOTO / AP)", "[Image: quay.jpg]", "“No,” she said", "— Ines Calloway", "Updated: 4 June 2023",
        "“You cannot vote the tide a different height.” — Ines Calloway", "ALDERY — It rained.", "Reuters", "* * *",
        "<b>bold</b> & *starred*", "# one", "Published: soon", "a\nb\nc", "(PHOTO / AP)", "Source: Reuters", "13 April 2021",
    ]
)  # fmt: skip
BLOCK = st.one_of(PARAGRAPH, PARAGRAPH, SPECIAL, st.text(alphabet="ab “”:.-—#\t\u00a0\x0c", max_size=30))


@settings(max_examples=200, deadline=None)
@given(st.lists(BLOCK, max_size=8), st.sampled_from(["\n\n", "\n", "\r\n\r\n"]))
def test_every_line_has_a_fate_and_the_words_of_the_body_are_in_the_article(
    blocks: list[str], gap: str
) -> None:
    text = gap.join(["Published: 13 April 2021\nA quiet day at the harbour", *blocks])
    made = read(text)
    assert made is not None
    lines = {n: line for n, line in enumerate(re.split(r"\r\n|\n", text), 1) if line.strip()}
    assert [fate.line for fate in made.lines] == list(lines)
    prose = " ".join(block.text + block.label for block in convert(made.body).blocks)
    shown = set(re.findall(r"\w+", prose))
    for number, fate, reason in made.lines:
        if fate == "body" and not reason:
            assert set(re.findall(r"\w+", lines[number])) - shown <= set("0123456789")
        if fate == LEFT_OUT:
            assert reason


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=400))
def test_no_text_makes_reading_fail(text: str) -> None:
    data = text.encode("utf-8", "replace")
    NEWSTEXT.read(Original(name="a.txt", data=data, where="a.txt"), CONTEXT)
    NEWSTEXT.read(
        Original(name="a.txt", data=b"Published: 13 April 2021\nTitle\n" + data, where="a.txt"), CONTEXT
    )


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_make_reading_fail(data: bytes) -> None:
    NEWSTEXT.read(Original(name="a.txt", data=data, where="a.txt"), CONTEXT)


A = "After two recounts the returning officer declared Ines Calloway elected by 312 votes, the narrowest margin."
A_MORE = f"{A} She had 3,187 votes and Tomas Rehn, the mayor since 2013, had 2,875 of them."
A_EDITED = A.replace("After", "On Sunday, after").replace("the narrowest", "much the narrowest")
B = "The crane at the Fish Quay is sixty-five years old and lifts three tonnes and a half on a good day."


@pytest.mark.parametrize(
    ("texts", "repeats"),
    [
        ([A, B], []),
        ([A, B, A], [(2, 0, 0, True)]),
        ([A, B, A_MORE], [(0, 2, 0, False)]),
        ([A_MORE, B, A], [(2, 0, 0, False)]),
        ([A, B, A_EDITED], [(0, 2, 0, False)]),
        ([A, A_EDITED, A_MORE], [(0, 1, 0, False), (1, 2, 0, False)]),
        ([A, B, A_MORE, A, B], [(0, 2, 0, False), (3, 2, 0, False), (4, 1, 1, True)]),
        (["It was noted.", "It was noted."], []),
        ([], []),
        (["", "?"], []),
    ],
)
def test_paragraphs_that_stand_twice_are_found(
    texts: list[str], repeats: list[tuple[int, int, int, bool]]
) -> None:
    assert find_repeats(texts) == tuple(Repeat(*each) for each in repeats)


def test_a_paragraph_that_shares_a_phrase_is_no_repeat() -> None:
    other = "After two recounts the returning officer went home to bed and the clerk, who had been up since four, stayed."
    assert find_repeats([A, other]) == ()


def test_phrases_that_the_whole_text_shares_say_nothing() -> None:
    start = "It was said in the council chamber on the evening of the same day that"
    texts = [
        f"{start} {' '.join(WORDS[n % 9 : n % 9 + 8])} number {n} {WORDS[n % 7]}" for n in range(COMMON * 3)
    ]
    assert len(find_repeats(texts)) < len(texts)


@settings(max_examples=100, deadline=None)
@given(st.lists(PARAGRAPH, max_size=12))
def test_what_is_kept_is_never_less_than_what_is_dropped(texts: list[str]) -> None:
    for dropped, kept, place, exact in find_repeats(texts):
        assert dropped != kept and place <= min(dropped, kept)
        assert len(texts[kept].split()) >= len(texts[dropped].split()) >= LEAST_WORDS - 2 or exact


@pytest.mark.parametrize(
    ("text", "split"),
    [
        ("“You cannot vote the tide.” — Ines Calloway, councillor", ("“You cannot vote the tide.”", "Ines Calloway, councillor", "")),
        ("«Non.» – Jean Doe", ("«Non.»", "Jean Doe", "")),
        ('"No." -- Jean Doe', ('"No."', "Jean Doe", "")),
        ("He is clear that “it will cost,” Antony Blinken has warned", ("He is clear that “it will cost”", "Antony Blinken", "has warned")),
        ("“It will cost,” said Antony Blinken", ("“It will cost”", "Antony Blinken", "said")),
        ("“It will cost.”", ("“It will cost.”", "", "")),
        ("“It will cost,” he said", None),
        ("“It will cost,” said Antony Blinken.", None),
        ("It will cost “much” — Antony Blinken", None),
        ("No quotation here", None),
        ("“Yes.” And “no.”", None),
        ("“It will cost,” " + "x " * 20 + "Blinken said", None),
        ("”", None),
    ],
)  # fmt: skip
def test_a_pull_quote_is_parted_from_its_speaker(text: str, split: tuple[str, str, str] | None) -> None:
    assert split_pull_quote(text) == split


def test_a_quotation_is_a_pull_quote_only_when_the_text_says_it_too() -> None:
    said = "“You cannot vote the tide a different height,” Ms Calloway replied, and sat down again."
    pulled = "“You cannot vote the tide a different height,” Ines Calloway said"
    alone = "“You cannot vote the tide a different height”"
    assert list(find_pull_quotes([said, pulled])) == [1]
    assert list(find_pull_quotes([pulled, said])) == [0]
    assert list(find_pull_quotes([alone, said])) == [0]
    assert list(find_pull_quotes([pulled, "Nothing of the kind was said by anybody."])) == []
    assert list(find_pull_quotes(["“No, never”", "He said “no, never” to them all."])) == []
    assert list(find_pull_quotes([alone, alone])) == [1]


def test_an_attribution_on_a_line_of_its_own_belongs_to_the_quotation() -> None:
    made = read(
        "13 April 2021\nA quiet day\n\nIt rained.\n\n“You cannot vote the tide.”\n— Ines Calloway\n\nIt stopped."
    )
    assert made is not None
    assert made.body == "It rained.\n\n> “You cannot vote the tide.”\n> — Ines Calloway\n\nIt stopped."
    assert [(line.line, line.fate) for line in made.lines][3:5] == [(6, "pull quote"), (7, "pull quote")]


SCALE = 8  # an eighth of the largest text, in an eighth of the time: what grows faster would not hold it
HEAD = "Published: 13 April 2021\nA quiet day\n\n"


@pytest.mark.parametrize(
    "unit",
    [
        "x", "x ", "x\n", "x\n\n", "“", "“a b c d” — X\n", "“a b c d e”\n\n", "(", "(PHOTO / ", "Published: ", "By A, ", "a.jpg\n",
        "ALSO READ: ", "ALSO READ: x\n", "1. x\n", "- x\n\n", "\t", "— ", "“a b c d,” X said\n\n", "A B C D, April 13 — x\n",
        "the wall will fall before the autumn and so will we all\n\n", "photo: x\n", "*_[<&~", "13 April 2021 ", "©", "X/",
        "a b c\nd e f\n", "Xx xx xx\n\nThe wall fell at last, and nobody was hurt by it at all.\n\n",
    ],
)  # fmt: skip
def test_a_large_text_is_read_in_a_time_that_grows_with_its_length(unit: str) -> None:
    times = min(LIMIT // len(unit.encode()), LINES_LIMIT // max(1, unit.count("\n"))) // SCALE
    data = (HEAD + unit * times).encode()
    began = time.process_time()
    NEWSTEXT.read(Original(name="a.txt", data=data, where="a.txt"), CONTEXT)
    assert time.process_time() - began < 24 / SCALE


CREDITED = st.lists(
    st.sampled_from(
        ["A mole", " ", "(", ")", "[", "]", ".", "PHOTO / AP", "Photo: N. Farrow", "©", ":", "/", "x.jpg", "!",
         "![", "](a.png)", "REUTERS/Nell Farrow", "word " * 30, "…", "Image: a.webp", "https://a.example/b.jpg?w=1"]
    ),
    min_size=1,
    max_size=8,
).map(lambda parts: "".join(parts).strip())  # fmt: skip


@given(CREDITED.filter(bool))
def test_a_paragraph_that_the_quick_look_lets_pass_is_no_picture_and_no_caption(text: str) -> None:
    if not may_be_picture(text) and not may_be_related(text):
        assert (read_caption(text), picture_named(text)) == (None, None)


@given(st.text(st.sampled_from("aB./ü"), min_size=1).filter(lambda name: not name.endswith(("/", "/."))))
def test_the_ending_of_a_name_is_what_pathlib_says(name: str) -> None:
    assert ending_of(name) == ("" if name == "." else PurePosixPath(name).suffix.lower())
