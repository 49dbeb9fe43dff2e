"""Quotations and dates in a built site: on articles, on names, on pages of their own, and as data."""

import json
import re
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import pytest

from generator.build import build
from generator.config import load_site
from generator.outcome import Options

NOW = datetime(2026, 1, 1, tzinfo=UTC)

FIRST = """---
title: Wall falls
published: 2021-04-13T10:00:00Z
updated: 2023-06-04
people: [Ana Lund, Tomas Rehn]
places: [Aldery]
tags: [Walls]
image: {caption: "The wall on April 12, 2021."}
---
“The wall fell on Monday,” Ana Lund said. “It sat down.” Tomas Rehn called it “a plaster on a bruise”.

It was built in March 1934, and opened on 2 June 1936 by the mayor, in Aldery.

The road was shut: “Danger, keep away from the edge.”
"""

SECOND = """---
title: Wall stands
published: 2022-06-02
people: [Ana Lund, Tomas Rehn]
tags: [Walls]
---
“Ana Lund was right about the wall,” said Tomas Rehn. It fell on 12 April 2021, Tomas Rehn said.

“Nobody asked,” a spokesman for the board said.
"""


def made(root: Path, settings: str = "") -> Path:
    folder = root / "content" / "articles" / "2021" / "04"
    folder.mkdir(parents=True)
    (folder / "wall-falls.md").write_text(FIRST, encoding="utf-8")
    (folder / "wall-stands.md").write_text(SECOND, encoding="utf-8")
    (root / "site.yaml").write_text(f"title: T\nurl: https://t.example/base/\n{settings}", encoding="utf-8")
    build(load_site(root), Options(output=root / "build", now=NOW))
    return root / "build"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("spoken"))


def section(page: Path, identity: str) -> str:
    html = page.read_text(encoding="utf-8")
    found = re.search(rf'<section[^>]*aria-labelledby="{identity}".*?</section>', html, re.DOTALL)
    return unescape(re.sub(r"\s+", " ", found[0])) if found else ""


def test_an_article_tells_whom_it_quotes_and_where(built: Path) -> None:
    quoted = section(built / "2021/04/wall-falls/index.html", "h_quoted")
    assert '<a href="/base/people/ana-lund/">Ana Lund</a>' in quoted
    assert '<a href="#p1">“The wall fell on Monday. It sat down.”</a>' in quoted
    assert "a plaster on a bruise" in quoted


def test_a_guess_is_in_the_data_and_on_no_page(built: Path) -> None:
    pages = [path.read_text(encoding="utf-8") for path in built.rglob("index.html")]
    assert not [page for page in pages if re.search(r"<(?:blockquote|small)[^<]*>.{0,40}Danger", page)]
    guess = next(row for row in data(built, "quotes") if row["text"].startswith("Danger"))
    assert (guess["rule"], guess["attributed"], guess["certainty"]) == ("nearest", False, 0.6)


def test_a_persons_page_has_their_words_and_what_others_say_of_them(built: Path) -> None:
    page = built / "people/ana-lund/index.html"
    assert "“The wall fell on Monday. It sat down.”" in section(page, "h_quotes")
    about = section(page, "h_about")
    assert "“Ana Lund was right about the wall”" in about
    assert '<a href="/base/people/tomas-rehn/">Tomas Rehn</a>' in about


def test_all_quotations_are_on_one_list_newest_first_and_a_speaker_without_page_is_not_linked(
    built: Path,
) -> None:
    page = built / "quotes/index.html"
    words = re.findall(r"<blockquote>“(.*?)”", section(page, "h_said"))
    assert words[0] == "Ana Lund was right about the wall"
    assert words[-1] == "a plaster on a bruise"
    assert "<p>a spokesman for the board · " in section(page, "h_said")
    assert re.findall(r">([\w ]+)</a></span>\D*(\d)", section(page, "h_named")) == [
        ("Ana Lund", "2"),
        ("Tomas Rehn", "2"),
    ]


def data(built: Path, name: str) -> list[dict[str, object]]:
    found = json.loads((built / "data" / f"{name}.json").read_text(encoding="utf-8"))
    assert isinstance(found, list)
    return found


def test_a_quotation_that_only_she_said_breaks_is_one_row_of_data_with_its_parts(built: Path) -> None:
    row = next(row for row in data(built, "quotes") if row["text"] == "The wall fell on Monday. It sat down.")
    assert row == {
        "article": "2021/04/wall-falls",
        "url": "https://t.example/base/2021/04/wall-falls/#p1",
        "published": "2021-04-13T10:00:00+00:00",
        "kind": "direct",
        "text": "The wall fell on Monday. It sat down.",
        "parts": ["The wall fell on Monday", "It sat down."],
        "speaker": "Ana Lund",
        "entity": "people/ana-lund",
        "verb": "said",
        "rule": "verb",
        "certainty": 0.9,
        "attributed": True,
    }


def test_dates_are_resolved_against_the_publication_and_never_the_update(built: Path) -> None:
    values = {
        row["text"]: row["value"] for row in data(built, "dates") if row["article"] == "2021/04/wall-falls"
    }
    assert values == {
        "Monday": "2021-04-12",
        "March 1934": "1934-03",
        "2 June 1936": "1936-06-02",
        "April 12, 2021": "2021-04-12",
    }


def test_a_timeline_is_in_order_of_time_and_leads_to_the_sentence(built: Path) -> None:
    own = section(built / "2021/04/wall-falls/index.html", "h_timeline")
    assert re.findall(r'datetime="([^"]+)"', own) == ["1934-03", "1936-06-02", "2021-04-12"]
    assert '<a href="#p2"><time datetime="1934-03">March 1934</time></a>' in own
    tag = section(built / "tags/walls/index.html", "h_timeline")
    assert re.findall(r'datetime="([^"]+)"', tag) == ["1934-03", "1936-06-02", "2021-04-12"]
    assert "“The wall fell on <b>Monday</b>,” Ana Lund said." in tag
    assert section(built / "people/ana-lund/index.html", "h_timeline") == ""  # a single day is no timeline


def test_a_day_of_all_years_has_what_was_published_and_what_is_told_of_it(built: Path) -> None:
    page = built / "on-this-day/06-02/index.html"
    assert "Wall stands" in section(page, "y2022")
    told = section(page, "h_told")
    assert '<time datetime="1936-06-02">1936</time>' in told and 'title="Wall falls"' in told
    days = {path.parent.name for path in built.glob("on-this-day/*/index.html")}
    assert days == {"04-12", "04-13", "06-02"}  # what an article tells of days near its own is no anniversary
    index = (built / "on-this-day/index.html").read_text(encoding="utf-8")
    assert '<a href="/base/on-this-day/06-02/" aria-label="2 June">2</a>' in index


def test_quotations_go_on_over_pages_as_other_lists_do(tmp_path: Path) -> None:
    built = made(tmp_path, "paginate: 3\n")
    texts = [(built / f"quotes/{part}index.html").read_text(encoding="utf-8") for part in ("", "page/2/")]
    assert [text.count("<blockquote>") for text in texts] == [3, 2]
    assert 'rel="next" href="/base/quotes/page/2/"' in texts[0]


def test_what_an_editor_says_of_words_wins(tmp_path: Path) -> None:
    folder = tmp_path / "content" / "articles"
    folder.mkdir(parents=True)
    said = "quotes: [{quote: It sat down, by: Tomas Rehn}, {quote: a plaster}, {by: Nobody}]\n---\n"
    (folder / "x.md").write_text(FIRST.replace("---\n", said, 2).replace(said, "---\n", 1), encoding="utf-8")
    (tmp_path / "site.yaml").write_text("title: T\nurl: https://t.example/\n", encoding="utf-8")
    done = build(load_site(tmp_path), Options(output=tmp_path / "build", now=NOW))
    rows = {
        str(row["text"]): row.get("entity") for row in data(tmp_path / "build", "quotes") if row["attributed"]
    }
    assert rows == {"The wall fell on Monday": "people/ana-lund", "It sat down.": "people/tomas-rehn"}
    assert [problem.code for problem in done.problems] == ["W228"]


def test_a_site_that_omits_them_has_neither(tmp_path: Path) -> None:
    built = made(tmp_path, "omit: [quotes, timelines, on-this-day]\n")
    assert not list(built.glob("quotes*")) + list(built.glob("on-this-day*"))
    article = (built / "2021/04/wall-falls/index.html").read_text(encoding="utf-8")
    assert "h_quoted" not in article and "h_timeline" not in article
