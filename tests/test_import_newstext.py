"""Plain news text: what each line of it becomes."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from generator.core.problems import Problem
from generator.core.site import Site
from generator.sources.importers.base import LEFT_OUT, ImportContext, Imported, Original
from generator.sources.importers.newstext import LINES_LIMIT, NEWSTEXT
from generator.sources.importers.text import LIMIT

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
SITE = Site(root=Path("/site"), title="T", url="https://e.org/", timezone="Europe/London")
SEED = Path(__file__).parent.parent.parent / "shared" / "data" / "seed"
LEDGER = Path(__file__).parent.parent / "content" / "sources" / "ledger"

ONE = "The harbour was quiet on Tuesday, and the boats lay where they had lain on Monday evening."
TWO = "Nobody on the quay could say why, and the harbour master, who might have, was at the dentist."
THREE = "By noon the wind had gone round to the north and everything was moving again, slowly at first."


def run(
    text: str | bytes, *, name: str = "a.txt", files: Mapping[str, bytes] | None = None
) -> tuple[Imported | None, tuple[Problem, ...]]:
    context = ImportContext(site=SITE, now=NOW, files=frozenset(files or {}), fetch=(files or {}).get)
    data = text if isinstance(text, bytes) else text.encode()
    made, problems = NEWSTEXT.read(Original(name=name, data=data, where=name), context)
    return (made[0] if made else None), problems


def article(text: str, **extra: Any) -> Imported:
    made, problems = run(text, **extra)
    assert made is not None, problems
    return made


def news(*paragraphs: str) -> Imported:
    return article("\n\n".join(["Published: 13 April 2021\nA quiet day at the harbour", *paragraphs]))


def fates(made: Imported) -> dict[int, str]:
    return {line.line: line.fate for line in made.lines}


def test_the_seed_comes_out_right_in_every_point() -> None:
    if not SEED.is_dir():
        pytest.skip("../shared/data/seed not present")
    (path,) = sorted(SEED.iterdir())
    made, problems = run(path.read_bytes(), name=path.name)
    assert made is not None
    front: Mapping[str, Any] = made.front
    assert list(front) == ["title", "published", "updated", "image", "related"]
    assert front["title"] == "Russia rejects US' Ukraine warning with Blinken in Europe"
    assert (front["published"], front["updated"]) == ("2021-04-13T11:34:00", "2023-06-04T19:33:00")
    assert front["image"]["caption"].endswith("near Donetsk, Ukraine, April 12, 2021.")
    assert (front["image"]["credit"], front["image"]["taken"]) == ("AP", "2021-04-12")
    assert [r["label"] for r in front["related"]] == ["ALSO READ", "READ MORE"]
    blocks = made.body.split("\n\n")
    assert len(blocks) == 20
    assert blocks[4].startswith("On Monday, the Foreign Ministry in Kyiv told Russia")
    assert blocks[4].endswith("a claim Ukraine denies.")
    assert blocks[5] == "ALSO READ: Russia says has right to move forces at home the way it likes"
    assert blocks[9] == "## Blinken’s trip"
    assert blocks[13] == (
        "> US President Joe Biden has made clear that “if Russia acts recklessly, or aggressively, there will be "
        "costs, there will be consequences”\n> — US Secretary of State Antony Blinken"
    )
    assert blocks[14] == "READ MORE: US, Russia in tussle over eastern Ukraine tensions"
    assert made.body.count("Foreign Ministry in Kyiv") == 1
    assert [(p.code, p.line) for p in problems] == [("W320", 14)]
    assert {line.line for line in made.lines if line.fate == LEFT_OUT} == {14}


def test_every_original_of_the_demo_is_read_without_an_error() -> None:
    paths = sorted(LEDGER.glob("*.txt"))
    assert paths
    for path in paths:
        made, problems = run(path.read_bytes(), name=path.name)
        assert made is not None, problems
        assert {p.code for p in problems} <= {"W320"}
        assert "published" in made.front and made.body
        numbered = [n for n, line in enumerate(path.read_text("utf-8").split("\n"), 1) if line.strip()]
        assert [line.line for line in made.lines] == numbered


def test_letters_keep_their_signatures_and_have_crossheads() -> None:
    made = news(
        "Sir, — I see that the wall will now cost 41 million crowns. Might we not buy a smaller storm?",
        "Perpetua Finch, Ratepayers’ Hall",
        "A word for the mayor",
        "Sir, — It has become the fashion to be clever about Mr Rehn. I should like to say a word for him.",
        "Bo Aldous, Councillor for the Old Town",
    )
    assert made.body.split("\n\n")[1:3] == ["Perpetua Finch, Ratepayers’ Hall", "## A word for the mayor"]
    assert made.body.endswith("\n\nBo Aldous, Councillor for the Old Town")


@pytest.mark.parametrize("short", ["Blinken’s trip", "How much is it?", "THE VOTE", "The “noted” paper",
                                   "What it says (and does not)", "Élections"])  # fmt: skip
def test_a_short_line_between_paragraphs_is_a_crosshead(short: str) -> None:
    made = news(ONE, short, TWO)
    assert made.body == f"{ONE}\n\n## {short}\n\n{TWO}"
    assert fates(made)[6] == "crosshead"


@pytest.mark.parametrize(
    "short",
    ["It was noted.", "“Whale. Going well.”", "«الصبر مفتاح الفرج»", "and so on", "- a dash", "* * *", "Sir,",
     "It was not the first time, nor would it be the last of its kind here", "The vote:"],
)  # fmt: skip
def test_other_short_paragraphs_are_no_crossheads(short: str) -> None:
    assert "##" not in news(ONE, short, TWO).body


def test_short_lines_below_each_other_are_no_crossheads() -> None:
    made = news(ONE, "Aldery 2, Kell 1", "Ostrey 0, Skerrin 0", TWO)
    assert "##" not in made.body


def test_a_crosshead_stands_between_paragraphs_only() -> None:
    assert "##" not in news("A first short line", ONE, "A last short line").body


@pytest.mark.parametrize(
    ("label", "written"),
    [("ALSO READ", "ALSO READ"), ("Read more", "READ MORE"), ("READ ALSO", "READ ALSO"), ("RELATED", "RELATED"),
     ("Related Stories", "RELATED STORIES"), ("see also", "SEE ALSO"), ("MORE", "MORE")],
)  # fmt: skip
def test_a_related_line_is_listed_and_keeps_its_place(label: str, written: str) -> None:
    made = news(ONE, f"{label}: Divers find the old wall", TWO)
    assert made.front["related"] == [{"label": written, "title": "Divers find the old wall"}]
    assert made.body == f"{ONE}\n\n{written}: Divers find the old wall\n\n{TWO}"


def test_a_related_line_may_give_an_address() -> None:
    made = news(ONE, "READ MORE: Divers find the wall (https://e.org/wall)", "SEE ALSO: https://e.org/x", TWO)
    assert made.front["related"] == [
        {"label": "READ MORE", "title": "Divers find the wall", "url": "https://e.org/wall"},
        {"label": "SEE ALSO", "url": "https://e.org/x"},
    ]
    assert "READ MORE: Divers find the wall\n" in made.body


def test_a_label_may_stand_above_its_headlines() -> None:
    made = news(ONE, "RELATED STORIES:\n- Divers find the wall\n- It was the gutter", TWO)
    assert made.front["related"] == [
        {"label": "RELATED STORIES", "title": "Divers find the wall"},
        {"label": "RELATED STORIES", "title": "It was the gutter"},
    ]
    assert made.body.endswith(TWO)
    assert fates(made)[6] == "related"


def test_a_headline_named_twice_is_listed_once() -> None:
    made = news(ONE, "READ MORE: It was the gutter", TWO, "READ MORE: It was the gutter")
    assert made.front["related"] == [{"label": "READ MORE", "title": "It was the gutter"}]


def test_a_long_paragraph_that_begins_like_a_label_is_text() -> None:
    paragraph = "More: " + "and then there was more of it than anybody had asked for " * 6
    assert "related" not in news(ONE, paragraph.strip(), TWO).front


@pytest.mark.parametrize(
    ("line", "authors", "more"),
    [
        ("By Nell Farrow", ["Nell Farrow"], {}),
        ("By Nell Farrow and Callum Adeyemi", ["Nell Farrow", "Callum Adeyemi"], {}),
        ("By Nell Farrow, Callum Adeyemi, and Bo Aldous", ["Nell Farrow", "Callum Adeyemi", "Bo Aldous"], {}),
        ("By NELL FARROW", ["Nell Farrow"], {}),
        ("By RORY McDONALD", ["RORY McDONALD"], {}),
        ("By SIOBHAN O’HARA and JAN VAN DER MEER", ["Siobhan O’Hara", "Jan van der Meer"], {}),
        ("By J. R. Hartley", ["J. R. Hartley"], {}),
        ("By Nell Farrow in Aldery", ["Nell Farrow"], {"dateline": "Aldery"}),
        ("By Nell Farrow, Harbour Correspondent", ["Nell Farrow"], {}),
        ("By Nell Farrow, Reuters", ["Nell Farrow"], {"source": {"publisher": "Reuters"}}),
        ("By Nell Farrow | Reuters", ["Nell Farrow"], {"source": {"publisher": "Reuters"}}),
        ("By Nell Farrow for The Harbour Ledger", ["Nell Farrow"], {"source": {"publisher": "Harbour Ledger"}}),
        ("By Reuters", ["Reuters"], {}),
        ("Reuters", ["Reuters"], {}),
        ("NELL FARROW in Aldery", ["Nell Farrow"], {"dateline": "Aldery"}),
        ("Author: Nell Farrow", ["Nell Farrow"], {}),
        ("Von Jürgen Groß", ["Jürgen Groß"], {}),
    ],
)  # fmt: skip
def test_a_byline_names_the_authors(line: str, authors: list[str], more: Mapping[str, Any]) -> None:
    made = news(line, ONE, TWO)
    assert made.front["authors"] == authors
    assert {key: made.front[key] for key in made.front.keys() & {"dateline", "source"}} == more
    assert made.body == f"{ONE}\n\n{TWO}"
    assert fates(made)[4] == "byline"


@pytest.mark.parametrize(
    "line",
    [
        "By the sea",
        "By 2030 all of it",
        "By Candlelight",
        "By and large",
        "Nell Farrow",
        "By Nell Farrow, aged 9",
    ],
)
def test_a_line_that_may_be_something_else_is_no_byline(line: str) -> None:
    made = news(line, ONE, TWO)
    assert "authors" not in made.front
    assert made.body.startswith(line)


def test_a_byline_may_stand_below_the_standfirst_or_at_the_end() -> None:
    assert news(ONE, "By Nell Farrow", TWO).front["authors"] == ["Nell Farrow"]
    assert news(ONE, TWO, THREE, "It ended there, as it had begun.", "By Nell Farrow").front["authors"] == [
        "Nell Farrow"
    ]


def test_a_writers_post_is_told_of_in_the_report() -> None:
    made = news("By Nell Farrow, Harbour Correspondent", ONE)
    assert made.lines[2].reason == "without 'Harbour Correspondent'"


@pytest.mark.parametrize(
    ("opening", "front"),
    [
        ("ALDERY — ", {"dateline": "ALDERY"}),
        ("KYIV, April 13 (Reuters) - ", {"dateline": "KYIV", "authors": ["Reuters"]}),
        ("MOSCOW/KYIV (Reuters) — ", {"dateline": "MOSCOW/KYIV", "authors": ["Reuters"]}),
        ("LANTERN POINT, April 12 — ", {"dateline": "LANTERN POINT, April 12"}),
        ("LANTERN POINT, Apr 13 — ", {"dateline": "LANTERN POINT"}),
        ("WASHINGTON, D.C., Tuesday — ", {"dateline": "WASHINGTON, D.C."}),
        ("Aldery, April 13, 2021 (AP) -- ", {"dateline": "Aldery", "authors": ["AP"]}),
        ("ST. JOHN’S – ", {"dateline": "ST. JOHN’S"}),
        ("(Reuters) - ", {"authors": ["Reuters"]}),
        ("KELL - ", {"dateline": "KELL"}),
    ],
)
def test_a_dateline_leaves_the_body(opening: str, front: Mapping[str, Any]) -> None:
    made = news(opening + ONE, TWO)
    assert {key: made.front[key] for key in made.front.keys() & {"dateline", "authors", "source"}} == front
    assert made.body == f"{ONE}\n\n{TWO}"
    assert made.lines[2].reason == f"without the dateline {opening.strip()!r}"


def test_an_agency_beside_a_byline_is_the_publisher() -> None:
    made = news("By Nell Farrow", "KYIV (Reuters) - " + ONE)
    assert made.front["authors"] == ["Nell Farrow"]
    assert made.front["source"] == {"publisher": "Reuters"}


@pytest.mark.parametrize(
    "opening",
    ["NATO — The alliance said no. ", "Aldery — And so it went. ", "UPDATE — The bell is back. ", "“ALDERY — Yes. ",
     "A — B. ", "THE WORLD CUP 2022 — It began. ", "ALDERY — and so on. ", "Nobody, April 13 — Nothing. ",
     "ALDERY (for now) — Yes. ", "ALDERY, 1, 2, 3, 4 — Yes. "],
)  # fmt: skip
def test_other_words_before_a_dash_stay_in_the_text(opening: str) -> None:
    made = news(opening + ONE, TWO)
    assert made.front.get("dateline", "") in {"", "Nobody"}
    if "dateline" not in made.front:
        assert made.body.startswith(opening)


@pytest.mark.parametrize(
    ("line", "caption", "credit"),
    [
        ("The quay. (PHOTO / AP)", "The quay.", "AP"),
        ("The quay. (Photo: Jane Doe)", "The quay.", "Jane Doe"),
        ("The quay. (Photo by Jane Doe/AFP)", "The quay.", "Jane Doe/AFP"),
        ("The quay. (Photo courtesy of the museum)", "The quay.", "the museum"),
        ("The quay (AP Photo/Jane Doe)", "The quay", "AP Photo/Jane Doe"),
        ("The quay. (AP Photo)", "The quay.", "AP Photo"),
        ("The quay. [Photo/Xinhua]", "The quay.", "Xinhua"),
        ("The quay. (DRAWING / R. ACHTERBERG)", "The quay.", "R. ACHTERBERG"),
        ("The quay. (FILE PHOTO / AP).", "The quay.", "AP"),
        ("The quay. (Jane Doe/Reuters)", "The quay.", "Jane Doe/Reuters"),
        ("The quay. (Credit: Jane Doe)", "The quay.", "Jane Doe"),
        ("The quay. Photograph: Jane Doe/AFP", "The quay.", "Jane Doe/AFP"),
        ("The quay. Picture: Jane Doe", "The quay.", "Jane Doe"),
        ("The quay. © Jane Doe", "The quay.", "Jane Doe"),
        ("The quay. REUTERS/Jane Doe", "The quay.", "REUTERS/Jane Doe"),
        ("The quay at dawn.\nPhoto: Jane Doe", "The quay at dawn.", "Jane Doe"),
        ("Caption: The quay. (PHOTO / AP)", "The quay.", "AP"),
    ],
)
def test_a_caption_becomes_the_image(line: str, caption: str, credit: str) -> None:
    made = news(line, ONE, TWO)
    assert made.front["image"] == {"caption": caption, "credit": credit}
    assert made.body == f"{ONE}\n\n{TWO}"
    assert fates(made)[4] == "caption"


@pytest.mark.parametrize(
    "line", [f"{ONE} (see page 4)", f"{ONE} (Ipsos)", f"He said: photo: no. {ONE}", "(PHOTO / AP)"]
)
def test_other_brackets_make_no_caption(line: str) -> None:
    made = news(line, TWO)
    assert "image" not in made.front


def test_a_later_caption_is_shown_in_its_place() -> None:
    made = news("The quay. (PHOTO / AP)", ONE, "The nets. (PHOTO / AP)", TWO, "The mole.\nPhoto: AP", THREE)
    assert made.front["image"] == {"caption": "The quay.", "credit": "AP"}
    missing = '<figure class="missing"><figcaption>{} <small>Photo: AP</small></figcaption></figure>'
    blocks = [ONE, missing.format("The nets."), TWO, missing.format("The mole."), THREE]
    assert made.body == "\n\n".join(blocks)


@pytest.mark.parametrize(
    ("caption", "taken"),
    [
        ("A soldier near Donetsk, Ukraine, April 12, 2021.", "2021-04-12"),
        ("The quay on 12 April 2021. Seen from above.", "2021-04-12"),
        ("The quay, April 20, 2021.", None),
        ("From 1 May 2020. To 2 May 2020.", None),
        ("The storm of 2 May 2019 broke the wall in two.", None),
        ("The quay, January 2021.", None),
        ("The quay, April 31, 2021.", None),
    ],
)
def test_the_day_a_picture_was_taken_is_read_from_its_caption(caption: str, taken: str | None) -> None:
    image: Any = news(f"{caption} (PHOTO / AP)", ONE).front["image"]
    assert image.get("taken") == taken


@pytest.mark.parametrize("extension", ["jpg", "JPG", "jpeg", "png", "webp", "gif", "svg"])
def test_a_picture_beside_the_text_is_its_image(extension: str) -> None:
    text = f"Published: 13 April 2021\nA quiet day\n\nThe quay. (PHOTO / AP)\n\n{ONE}"
    made = article(text, name="2021/000.txt", files={f"2021/000.{extension}": b"x", "2021/001.jpg": b"x"})
    src = f"media/000.{extension.lower()}"
    assert made.front["image"] == {"src": src, "caption": "The quay.", "credit": "AP"}
    assert [(m.name, m.target) for m in made.media] == [(f"2021/000.{extension}", src)]


@pytest.mark.parametrize(
    "line", ["[Image: quay.jpg]", "[quay.jpg]", "quay.jpg", "Photo: quay.jpg", "./quay.jpg", "![A](quay.jpg)"]
)
def test_a_line_that_names_a_picture_is_its_image(line: str) -> None:
    text = f"Published: 13 April 2021\nA quiet day\n\n{line}\nThe quay at dawn.\n\n{ONE}"
    made = article(text, files={"quay.jpg": b"x"})
    assert made.front["image"] == {"src": "media/quay.jpg", "caption": "The quay at dawn."}
    assert made.body == ONE
    assert fates(made)[4] == "picture"


def test_a_picture_elsewhere_stays_an_address_and_a_missing_one_is_told_of() -> None:
    made = news("https://e.org/quay.jpg", ONE)
    assert made.front["image"] == {"src": "https://e.org/quay.jpg"}
    text = f"Published: 13 April 2021\nA quiet day\n\nquay.jpg\n\n{ONE}"
    made_without, problems = run(text)
    assert made_without is not None and "image" not in made_without.front
    assert [str(p) for p in problems] == [
        "a.txt: image: the picture is not beside the text: 'quay.jpg' (put it there and import again) [W324]"
    ]


def test_a_second_picture_is_a_figure_in_the_text() -> None:
    text = f"Published: 13 April 2021\nA quiet day\n\na.jpg\n\n{ONE}\n\n[Image: b.jpg]\nThe nets. (PHOTO / AP)\n\n{TWO}"
    made = article(text, files={"a.jpg": b"x", "b.jpg": b"x"})
    assert made.front["image"] == {"src": "media/a.jpg"}
    assert made.body.split("\n\n")[1] == (
        '<figure><img src="/media/b.jpg" alt=""><figcaption>The nets. <small>Photo: AP</small></figcaption></figure>'
    )


def test_a_credit_below_the_picture_is_its() -> None:
    text = f"Published: 13 April 2021\nA quiet day\n\na.jpg\nThe quay.\nPhoto: AP\n\n{ONE}"
    assert article(text, files={"a.jpg": b"x"}).front["image"] == {
        "src": "media/a.jpg", "caption": "The quay.", "credit": "AP",
    }  # fmt: skip


def test_fields_of_a_head_are_read() -> None:
    made = article(
        "Title: A quiet day\nAuthor: Nell Farrow\nDate: 13 April 2021\nSource: The Harbour Ledger\n"
        f"URL: https://e.org/a\nTags: Harbour, #Weather, Harbour\nStandfirst: Nothing moved.\nDateline: ALDERY\n\n{ONE}"
    )
    assert made.front == {
        "title": "A quiet day", "published": "2021-04-13", "authors": ["Nell Farrow"], "dateline": "ALDERY",
        "summary": "Nothing moved.", "tags": ["Harbour", "Weather"],
        "source": {"publisher": "The Harbour Ledger", "url": "https://e.org/a"},
    }  # fmt: skip
    assert made.body == ONE


def test_a_field_below_the_head_or_given_twice_is_text() -> None:
    assert news(ONE, "Source: The Harbour Ledger").body.endswith("Source: The Harbour Ledger")
    assert news("Source: A", "Source: B", ONE).body.startswith("Source: B")
    assert "url" not in str(news("URL: not one", ONE).front)


def test_lists_are_kept() -> None:
    made = news(ONE, "• one\n• two", TWO, "1. first\n2. second", THREE)
    assert made.body == f"{ONE}\n\n- one\n- two\n\n{TWO}\n\n1. first\n2. second\n\n{THREE}"


def test_what_only_looks_like_a_list_is_text() -> None:
    made = news(ONE, "- No, he said.", TWO, "2. second\n3. third", THREE)
    assert made.body == f"{ONE}\n\n\\- No, he said.\n\n{TWO}\n\n2\\. second\n\n3\\. third\n\n{THREE}"


def test_lines_broken_at_a_margin_are_joined() -> None:
    made = article(
        "Published: 13 April 2021\n\nA quiet day at the harbour, and why nobody minded it\nvery much\n\n"
        "The harbour was quiet on Tuesday, and the boats lay where\nthey had lain on Monday evening. No-\nbody moved.\n\n"
        "Blinken’s trip\n\nNobody on the quay could say why, and the harbour master,\nwho might have, was away. - It was\n"
        "Wednesday.\nALSO READ: It was the gutter\n    Another paragraph, marked by how its first line goes in,\n"
        "stands here.\n"
    )  # fmt: skip
    assert made.front["title"] == "A quiet day at the harbour, and why nobody minded it very much"
    assert made.body == (
        "The harbour was quiet on Tuesday, and the boats lay where they had lain on Monday evening. No-body moved.\n\n"
        "## Blinken’s trip\n\n"
        "Nobody on the quay could say why, and the harbour master, who might have, was away. - It was Wednesday.\n\n"
        "ALSO READ: It was the gutter\n\n"
        "Another paragraph, marked by how its first line goes in, stands here."
    )


def test_broken_lines_without_blank_ones_are_parted_where_a_line_ends_short() -> None:
    made = article(
        "13 April 2021\nA quiet day\nThe harbour was quiet on Tuesday, and the boats lay where they\n"
        "had lain on Monday evening.\nNobody on the quay could say why, and the harbour master, who\nmight have, was away."
    )
    assert made.front["title"] == "A quiet day"
    assert made.body == (
        "The harbour was quiet on Tuesday, and the boats lay where they had lain on Monday evening.\n\n"
        "Nobody on the quay could say why, and the harbour master, who might have, was away."
    )


def test_paragraphs_of_one_line_need_no_blank_ones() -> None:
    made = article(
        f"Published: 13 April 2021\nA quiet day\nBy Nell Farrow\n{ONE}\nWhat it says\n{TWO} {THREE}\nIt ended there, as it had begun."
    )
    assert made.front["authors"] == ["Nell Farrow"]
    assert made.body.split("\n\n")[:2] == [ONE, "## What it says"]


def test_chinese_lines_are_joined_without_a_space() -> None:
    line = "港口在星期二很安静" * 4
    made = article(f"2021年4月13日\n\n安静的一天\n\n{line}\n{line}。\n\n{line}\n{line}。")
    assert made.body.split("\n\n")[0] == f"{line}{line}。"


def test_line_ends_marks_and_odd_spaces_do_not_matter() -> None:
    plain = article(f"Published: 13 April 2021\nA quiet day\n\n{ONE}\n\n{TWO}\n")
    text = f"Published: 13 April 2021 \r\nA\tquiet  day\r\n\r\n\u00a0\u00a0{ONE}  \r\n \t\r\n\x0c{TWO}\r\n"
    assert article("\ufeff" + text).body == plain.body
    assert article(text.replace("\r\n", "\r")).front == plain.front
    made, problems = run(text.encode("utf-16"))
    assert made is not None and made.body == plain.body and problems == ()
    assert [line.line for line in plain.lines] == [1, 2, 4, 6]


def test_typographic_marks_and_accents_stay_as_they_are() -> None:
    text = "„Kamień nie zna się” – said Świtała … “no”, ‘yes’, «oui»: 5 × 3 − 2 = 13, ½ é e\u0301 and\u00a0so on here."
    assert news(ONE, text).body == f"{ONE}\n\n{text}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b"", "a.txt: the file is empty (delete it, or put the article back) [E301]"),
        (b"\xef\xbb\xbf \r\n\t\n", "a.txt: the file is empty (delete it, or put the article back) [E301]"),
        ("\ufeff \u3000\n".encode("utf-16"), "a.txt: the file is empty (delete it, or put the article back) [E301]"),
        (b"one\ntwo\0three", "a.txt:2: a binary file, not text: it holds zero bytes (expected plain text in UTF-8) [E302]"),
        (b"\0\0\0\0", "a.txt:1: a binary file, not text: it holds zero bytes (expected plain text in UTF-8) [E302]"),
        (b"one\nBlinken\x92s", "a.txt:2: not UTF-8: byte 0x92 (save it as UTF-8; it may be Windows-1252 or ISO 8859-1) [E303]"),
        (b"\xef\xbb\xbfa\nBlinken\x92s", "a.txt:2: not UTF-8: byte 0x92 (save it as UTF-8; it may be Windows-1252 or ISO 8859-1) [E303]"),
        ("Zürich\n".encode() + b"Z\xfcrich", "a.txt:2: not UTF-8: byte 0xfc among text that is (two encodings are mixed: mend it) [E303]"),
        (b"Z\xfcrich\n" + "Zürich".encode(), "a.txt:1: not UTF-8: byte 0xfc among text that is (two encodings are mixed: mend it) [E303]"),
        (b"\xff\xfea\xd8\0", "a.txt: begins as UTF-16-LE but is not: unexpected end of data (save it as UTF-8) [E303]"),
        (b"x" * (LIMIT + 1), f"a.txt: too large for one article: {LIMIT + 1:,} bytes (at most {LIMIT:,} bytes; split it into one file an article) [E304]"),
        ("a\n" * (LINES_LIMIT + 1), "a.txt: too many lines for one article (at most 50,000) [E304]"),
        (f"A quiet day\n\n{ONE}", "a.txt: published: the text gives no date (expected e.g. Published: 11:34, April 13, 2021) [E305]"),
        (f"A quiet day\n\nKYIV, April 13 (Reuters) - {ONE}", "a.txt: published: the text gives no date (expected e.g. Published: 11:34, April 13, 2021) [E305]"),
        (f"Published: Apil 13, 2021\nA quiet day\n\n{ONE}", 'a.txt:1: published: not a date: "Apil 13, 2021" (expected e.g. Published: 11:34, April 13, 2021) [E306]'),
        (f"Published: soon\nA quiet day\n\n{ONE}", 'a.txt:1: published: not a date: "soon" (expected e.g. Published: 11:34, April 13, 2021) [E306]'),
        (f"A quiet day\nPublished: 31 April 2021\n\n{ONE}", 'a.txt:2: published: there is no such day: "31 April 2021" (expected e.g. Published: 11:34, April 13, 2021) [E306]'),
        (f"Published: 25:00, 13 April 2021\nA quiet day\n\n{ONE}", 'a.txt:1: published: there is no such time: "25:00, 13 April 2021" (expected e.g. Published: 11:34, April 13, 2021) [E306]'),
        ("Published: 13 April 2021", "a.txt: title: the text has no headline (expected a line of at most 200 characters above the text) [E307]"),
        (f"Published: 13 April 2021\n\n{ONE} {TWO} {THREE}\n\n{ONE}", "a.txt:3: title: the text has no headline (expected a line of at most 200 characters above the text) [E307]"),
        (f"Published: 13 April 2021\n\nALDERY — {ONE}", "a.txt:3: title: the text has no headline (expected a line of at most 200 characters above the text) [E307]"),
        ("Published: 13 April 2021\n\nThe council met.", "a.txt:3: title: the text has no headline (expected a line of at most 200 characters above the text) [E307]"),
        (f"Published: 13 April 2031\nA quiet day\n\n{ONE}", "a.txt:1: published: lies in the future: 2031-04-13 (correct the date) [E308]"),
        (f"Published: 11:00 UTC, 22 November 2026\nA quiet day\n\n{ONE}", "a.txt:1: published: lies in the future: 2026-11-22T11:00:00+00:00 (correct the date) [E308]"),
    ],
)  # fmt: skip
def test_what_is_no_article_is_refused_with_the_reason(text: bytes | str, expected: str) -> None:
    made, problems = run(text)
    assert made is None
    assert [str(p) for p in problems] == [expected]


@pytest.mark.parametrize(
    ("head", "problems", "front"),
    [
        ("Updated: 4 June 2023", ["a.txt:1: published: only the day of the last change is given, and was taken (correct it by hand) [W315]"],
         {"published": "2023-06-04"}),
        ("Published: 13 April 2021 | Updated: 31 June 2021", ['a.txt:1: updated: there is no such day: "31 June 2021" (left out) [W314]'],
         {"published": "2021-04-13"}),
        ("Published: 13 April 2021 | Updated: 12 April 2021",
         ["a.txt:1: updated: 2021-04-12 is before published: 2021-04-13 (check which is which) [W312]"],
         {"published": "2021-04-13", "updated": "2021-04-12"}),
        ("Published: 11:00, 13 April 2021 | Updated: 10:00, 13 April 2021",
         ["a.txt:1: updated: 2021-04-13T10:00:00 is before published: 2021-04-13T11:00:00 (check which is which) [W312]"],
         {"published": "2021-04-13T11:00:00", "updated": "2021-04-13T10:00:00"}),
        ("Published: 13 April 2021 | Updated: 13 April 2031",
         ["a.txt:1: updated: lies in the future: 2031-04-13 (check the date) [W312]"],
         {"published": "2021-04-13", "updated": "2031-04-13"}),
        ("Published: 03/04/2021", ["a.txt:1: published: '03/04/2021' could be two days (taken as 3 April 2021) [W310]"],
         {"published": "2021-04-03"}),
        ("Published: Monday 13 April 2021",
         ["a.txt:1: published: Monday is not the weekday of 13 April 2021 (it was a Tuesday) [W313]"],
         {"published": "2021-04-13"}),
        ("Published: 13 April 2021\nPosted: 14 April 2021",
         ['a.txt:2: published: a second date: "14 April 2021" (that of line 1 was taken) [W316]'],
         {"published": "2021-04-13"}),
        ("First published: 13 April 2021\nPublished: 14 April 2021", [],
         {"published": "2021-04-13", "updated": "2021-04-14"}),
        ("Updated: 14 April 2021\nPublished: 13 April 2021", [],
         {"published": "2021-04-13", "updated": "2021-04-14"}),
        ("Published: 23:00, 22 November 2026", [], {"published": "2026-11-22T23:00:00"}),
    ],
)  # fmt: skip
def test_dates_that_an_editor_should_look_at_are_told_of(
    head: str, problems: list[str], front: Mapping[str, str]
) -> None:
    made, told = run(f"{head}\nA quiet day\n\n{ONE}")
    assert made is not None
    assert [str(p) for p in told] == problems
    assert {key: made.front[key] for key in made.front.keys() & {"published", "updated"}} == front


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The harbour\x07 was quiet.", "a.txt:4: control characters were left out: 1, the first U+0007 (compare with the original) [W321]"),
        ("The harbour was \ufffd quiet.", "a.txt:4: a replacement character stands where letters were lost (U+FFFD) (look for a better copy of the original) [W322]"),
        ("The harbourâ€™s quiet.", "a.txt:4: wrong encoding: 'â€™' looks like UTF-8 that was read as Windows-1252 (export it again as UTF-8) [W322]"),
    ],
)  # fmt: skip
def test_damaged_text_comes_in_and_is_told_of(text: str, expected: str) -> None:
    made, problems = run(f"Published: 13 April 2021\nA quiet day\n\n{text}")
    assert made is not None
    assert [str(p) for p in problems] == [expected]
    assert "\x07" not in made.body


def test_a_headline_without_text_is_told_of() -> None:
    made, problems = run("Published: 13 April 2021\nA quiet day")
    assert made is not None and made.body == ""
    assert [str(p) for p in problems] == [
        "a.txt:2: nothing stands below the headline (is this all of it?) [W323]"
    ]


def test_a_date_below_the_text_is_found() -> None:
    made = article(f"A quiet day\n\n{ONE}\n\n{TWO}\n\nPublished: 13 April 2021 | Updated: 14 April 2021")
    assert (made.front["published"], made.front["updated"]) == ("2021-04-13", "2021-04-14")
    assert made.body == f"{ONE}\n\n{TWO}"


def test_a_second_date_in_the_text_stays_there() -> None:
    assert news(ONE, "Published: 14 April 2021").body == f"{ONE}\n\nPublished: 14 April 2021"


def test_what_stands_beside_a_date_is_taken_or_told_of() -> None:
    made = article(f"Published: 13 April 2021 | By Nell Farrow | Page 4\nA quiet day\n\n{ONE}")
    assert made.front["authors"] == ["Nell Farrow"]
    assert made.lines[0].reason == "without 'Page 4'"


@pytest.mark.parametrize(
    ("name", "data", "recognised"),
    [
        ("a.txt", b"", True), ("A.TXT", b"", True), ("a.text", b"", True), ("-", b"", True), ("a.md", b"", False),
        ("a.jpg", b"", False), ("LICENSE", b"Permission is granted", False),
        ("article", b"Published: 13 April 2021\nA quiet day", True), ("robots.txt", b"", False),
    ],
)  # fmt: skip
def test_plain_text_is_recognised(name: str, data: bytes, recognised: bool) -> None:
    assert NEWSTEXT.recognises(Original(name=name, data=data, where=name)) is recognised
    assert NEWSTEXT.name == "newstext"


def test_a_byline_and_dates_may_stand_below_the_standfirst() -> None:
    made = article(
        f"A quiet day\n\nNothing moved, and here is why\n\nNell Farrow in Aldery\nTue 13 Apr 2021 11.34 BST\n"
        f"Last modified on Wed 14 Apr 2021 09.00 BST\n\n{ONE} {TWO}\n\n14 April 2021"
    )
    assert made.front == {
        "title": "A quiet day", "published": "2021-04-13T11:34:00+01:00", "updated": "2021-04-14T09:00:00+01:00",
        "authors": ["Nell Farrow"], "dateline": "Aldery",
    }  # fmt: skip
    assert made.body == f"Nothing moved, and here is why\n\n{ONE} {TWO}\n\n14 April 2021"


def test_a_bare_name_above_the_date_is_the_byline() -> None:
    assert article(f"A quiet day\n\nNell Farrow\n13 April 2021\n\n{ONE}").front["authors"] == ["Nell Farrow"]


def test_a_wire_report_with_indented_paragraphs_is_read() -> None:
    made = article(
        "UPDATE 2-Harbour wall to cost twice estimate -council\nBy Nell Farrow\n\n"
        "    ALDERY, April 13 (Reuters) - The harbour wall of Aldery\nwill cost twice what had been estimated, engineers told the\n"
        'council on Tuesday, in the latest blow to the mayor.\n    "It will cost 41 million," Priya Lindqvist told members.\n'
        "    * Wall built on rubble\n    * Ferry contract ends in June\n    Shares in Skerrin Line fell 3 percent.\n\n"
        "    COST DOUBLES\n    The figure was 20.5 million in 2019. The board has not\nsaid how it got there.\n"
        "Published: 1034 GMT, 13 April 2021\n"
    )
    assert made.body.split("\n\n") == [
        "The harbour wall of Aldery will cost twice what had been estimated, engineers told the council on Tuesday, "
        "in the latest blow to the mayor.",
        '"It will cost 41 million," Priya Lindqvist told members.',
        "- Wall built on rubble\n- Ferry contract ends in June",
        "Shares in Skerrin Line fell 3 percent.",
        "## COST DOUBLES",
        "The figure was 20.5 million in 2019. The board has not said how it got there.",
    ]
    assert (made.front["dateline"], made.front["source"]) == ("ALDERY", {"publisher": "Reuters"})


def test_a_wrapped_paragraph_set_in_as_a_whole_is_one() -> None:
    made = article(
        "13 April 2021\nA quiet day\n\n  The harbour was quiet on Tuesday, and the boats lay where they\n"
        "  had lain on Monday evening, and nobody on the quay could say why\n  or cared to, until the wind went round.\n\n"
        "  Nobody on the quay could say why, and the harbour master, who\n  might have, was away."
    )
    assert len(made.body.split("\n\n")) == 2


def test_a_sentence_below_the_headline_is_no_part_of_it() -> None:
    made = article(
        "13 April 2021\nA quiet day at the harbour\nNothing moved in it until noon.\nBy Nell Farrow"
    )
    assert (made.front["title"], made.body) == (
        "A quiet day at the harbour",
        "Nothing moved in it until noon.",
    )
