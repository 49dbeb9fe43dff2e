"""Names, likeness and links: by what articles are known, found alike, and lead to each other."""

import random
import struct
import time
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from engine_formats import Whole, export, offer
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.cli import morgue
from generator.config import load_site
from generator.core.web import host_of, is_front_page, normal_address
from generator.importing import ImportRun, import_sources
from generator.sources.importers import links
from generator.sources.importers.base import Imported
from generator.sources.importers.identity import kept_ids, names_of, normal_names, older
from generator.sources.importers.likeness import KEPT, LEAST, alike, share, signature
from generator.sources.importers.links import Places, addresses_in, compared, mended, mended_related
from generator.sources.importers.shingling import spelled

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("url", "normal"),
    [
        ("https://Ledger.Example/2021/Wall/", "ledger.example/2021/Wall"),
        ("http://www.ledger.example:80/2021/Wall", "ledger.example/2021/Wall"),
        ("https://ledger.example:443/a/index.html#top", "ledger.example/a"),
        ("https://user:secret@ledger.example/a?b=2&a=1", "ledger.example/a?a=1&b=2"),
        ("https://ledger.example/a?utm_source=x&fbclid=2&gclid=&id=7", "ledger.example/a?id=7"),
        ("https://ledger.example/caf%C3%A9/", "ledger.example/caf%C3%A9"),
        ("https://ledger.example/café/", "ledger.example/caf%C3%A9"),
        ("https://ledger.example./?p=12", "ledger.example/?p=12"),
        ("https://ledger.example", "ledger.example"),
        (" https://ledger.example/a ", "ledger.example/a"),
        ("mailto:a@ledger.example", ""), ("tag:ledger.example,2021:1", ""), ("/2021/wall/", ""), ("", ""),
        ("https://", ""), ("https://\x85/a", ""), ("https://e .org/a", ""), ("https://[bad/", ""), ("https://e.org/" + "a" * 5000, ""),
        ("https://e.org/?" + "&".join(f"a{n}=1" for n in range(200)), None),
    ],
)  # fmt: skip
def test_an_address_has_one_form_however_it_is_written(url: str, normal: str | None) -> None:
    found = normal_address(url)
    assert found == normal if normal is not None else found.startswith("e.org/?")


def test_a_host_alone_is_a_front_page() -> None:
    assert is_front_page("e.org") and not is_front_page("e.org/a") and not is_front_page("e.org?p=1")
    assert [host_of(each) for each in ("e.org", "e.org/a?b", "e.org?p=1")] == ["e.org"] * 3


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_any_text_has_a_normal_address_or_none(text: str) -> None:
    for url in (text, f"https://e.org/{text}", f"https://{text}/a?{text}"):
        once = normal_address(url)
        assert (
            once == ""
            or normal_address(f"https://{once}") in {once, once.removeprefix("www.")}
            or "%" in once
        )


def one(url: str = "", *identity: str, **more: Any) -> Imported:
    return Imported(
        front={"title": "T", "source": {"url": url}} if url else {"title": "T"},
        body="",
        identity=identity,
        **more,
    )


def test_names_are_addresses_and_ids_in_one_form_each() -> None:
    found = names_of(
        one(
            "https://e.org/a/", "https://www.e.org/a?utm_medium=x", " post  7 ", "", "https://e.org/", "http:"
        )
    )
    assert found == ("e.org/a", "id:post 7")
    assert normal_names(["x" * 600, "post 7"]) == ("id:post 7",)


def test_ids_that_the_address_does_not_say_are_kept_as_given() -> None:
    assert kept_ids(one("https://e.org/a/", "https://e.org/a", "urn:x:7", "https://e.org/?p=7")) == [
        "urn:x:7",
        "https://e.org/?p=7",
    ]
    assert kept_ids(one("", "urn:x:7")) == ["urn:x:7"]
    assert len(kept_ids(one("", *(f"id-{n}" for n in range(50))))) == 8


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        ({"updated": "2021-05-01"}, {"updated": "2021-05-02"}, True),
        ({"updated": "2021-05-02"}, {"updated": "2021-05-02"}, False),
        ({"updated": "2021-05-01T10:00:00+08:00"}, {"updated": "2021-05-02"}, False),
        ({"updated": "2021-05-01T10:00:00+08:00"}, {"updated": "2021-05-01T03:00:00Z"}, True),
        ({"updated": "2021-05-01T10:00:00-05:00"}, {"updated": "2021-05-01T12:00:00Z"}, False),
        ({"source": {"captured": "2021-05-01T00:00:00Z"}}, {"source": {"captured": "2021-06-01T00:00:00Z"}}, True),
        ({"source": {"captured": "2021-07-01T00:00:00Z"}, "updated": "2020-01-01"}, {"source": {"captured": "2021-06-01T00:00:00Z"}, "updated": "2020-01-02"}, False),
        ({}, {"updated": "2021-05-02"}, False),
    ],
)  # fmt: skip
def test_only_what_is_surely_older_is_older(mine: Any, theirs: Any, expected: bool) -> None:
    assert older(mine, theirs) is expected


WORDS = [
    a + b
    for a in ("ka", "lo", "mi", "ne", "pu", "ra", "si", "to")
    for b in ("bel", "dor", "fin", "gas", "hul", "jem", "kor", "lin")
]


def story(seed: int, length: int = 300) -> str:
    chance = random.Random(seed)
    return " ".join(chance.choice(WORDS) + str(chance.randrange(40)) for _ in range(length))


def test_a_signature_is_the_same_on_every_machine() -> None:
    sign = signature(story(1))
    assert (len(sign), sign[:12].hex()) == (4 * (1 + KEPT), SIGN)
    assert signature("Too short to tell.") == b""
    assert share(b"", sign) == 0.0


SIGN = "000001280258c13e025e27e1"


def test_marks_addresses_and_case_do_not_make_a_difference() -> None:
    plain = story(1)
    marked = plain.upper().replace(" ", ", ", 40)
    linked = plain.replace(" ", " [link](https://e.org/some/where) ", 1).replace("link ", "")
    assert share(signature(plain), signature(marked)) == 1.0
    assert share(signature(plain), signature(linked)) > 0.9
    accented = plain + " café"
    assert share(signature(plain), signature(accented)) > 0.95


def test_a_shortened_story_is_found_and_another_is_not() -> None:
    long, other = story(1, 400), story(2, 400)
    short = " ".join(long.split()[:200])
    found = alike([signature(long), signature(other), signature(short)], [2])
    assert [(pair.first, pair.second) for pair in found] == [(0, 2)]
    assert found[0].share > 0.8
    assert alike([signature(long), signature(other)], [1]) == []


def test_a_signature_holds_the_least_hashes_whatever_was_looked_at_first() -> None:
    text = " ".join([*story(1, 200).split(), *story(2, 20).split() * 40])
    hashes = set(spelled(text).hashes(5))
    assert signature(text)[4:] == struct.pack(f">{KEPT}I", *sorted(hashes)[:KEPT])
    few = " ".join(story(3, 40).split() * 30)
    assert len(signature(few)) == 4 * (1 + len(set(spelled(few).hashes(5))))


def test_two_fifths_of_a_story_are_found() -> None:
    whole = story(1, 800)
    begun = " ".join(whole.split()[:320])
    assert [pair.share > 0.7 for pair in alike([signature(whole), signature(begun)], [1])] == [True]


def test_the_nearest_of_several_is_named_and_the_later_of_two_new_ones_is_told_of() -> None:
    base = story(1, 400).split()
    near, nearer = " ".join(base[:300] + story(3, 100).split()), " ".join(base[:390] + story(4, 10).split())
    signs = [signature(text) for text in (" ".join(base), near, nearer)]
    assert [(p.first, p.second) for p in alike(signs, [0, 1, 2])] == [(0, 1), (0, 2)]
    assert [(p.first, p.second) for p in alike(signs, [0])] == [(0, 2)]


def test_a_story_that_a_hundred_papers_ran_does_not_cost_the_square() -> None:
    signs = [signature(story(1))] * 400
    began = time.process_time()
    assert len(alike(signs, range(400))) == 399
    assert time.process_time() - began < 2


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400))
def test_any_text_has_a_signature_and_links(text: str) -> None:
    sign = signature(text * 30)
    assert not sign or 1 + LEAST <= len(sign) // 4 <= 1 + KEPT
    places = Places(
        site="https://e.org/",
        held={"e.org/x": "content/articles/x.md"},
        addresses={"content/articles/x.md": "/x/"},
    )
    addresses_in(text)
    assert mended(text, places) == text or "https" in text or "http" in text
    compared(text, places)


HARD = ["[" * 50_000, "](" * 50_000, "<a href=" * 20_000, "`" * 50_000, "```\n" * 20_000, "[a]: " * 20_000, "](a(" * 20_000, "<http://" * 20_000, "](" + "a" * 100_000, "~~~" + "\n~~" * 30_000]  # fmt: skip


@pytest.mark.parametrize("text", HARD, ids=lambda text: repr(text[:8]))
def test_hard_texts_take_linear_time(text: str) -> None:
    places = Places(site="https://e.org/", held={"e.org/x": "p"}, addresses={"p": "/x/"})
    began = time.process_time()
    addresses_in(text)
    mended(text, places)
    signature(text)
    assert time.process_time() - began < 2


WALL = "content/articles/2019/05/wall.md"
PLACES = Places(
    site="https://e.org/archive/",
    held={
        "ledger.example/2019/wall.html": WALL,
        "ledger.example/?p=7": WALL,
        "e.org/archive/2019/05/wall": WALL,
    },
    addresses={WALL: "/2019/05/wall/"},
)
ORIGIN = "https://ledger.example/2020/pier.html"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[a](https://ledger.example/2019/wall.html)", "[a](/2019/05/wall/)"),
        ("[a](<http://www.ledger.example/2019/wall.html/> \"T\")", "[a](</2019/05/wall/> \"T\")"),
        ("[a](https://ledger.example/?p=7&utm_source=x)", "[a](/2019/05/wall/)"),
        ("[a](https://ledger.example/?p=7&amp;utm_source=x)", "[a](/2019/05/wall/)"),
        ("[a](//ledger.example/2019/wall.html#cost)", "[a](/2019/05/wall/#cost)"),
        ("[a](https://ledger.example/2019/wall.html#comments)", "[a](/2019/05/wall/)"),
        ("[a](https://ledger.example/2019/wall.html#more-12)", "[a](/2019/05/wall/)"),
        ("[a](/2019/wall.html) and [b](../2019/wall.html)", "[a](/2019/05/wall/) and [b](/2019/05/wall/)"),
        ("<a class=\"x\" href=\"https://ledger.example/2019/wall.html\">a</a>", "<a class=\"x\" href=\"/2019/05/wall/\">a</a>"),
        ("[a]: https://ledger.example/2019/wall.html 'T'", "[a]: /2019/05/wall/ 'T'"),
        ("<https://ledger.example/2019/wall.html>", "[https://ledger.example/2019/wall.html](/2019/05/wall/)"),
        ("[a](https://e.org/archive/2019/05/wall/)", "[a](/2019/05/wall/)"),
        # What leads somewhere as it is, elsewhere, or is code, stays.
        ("[a](/2019/05/wall/) [b](/archive/2019/05/wall/)", None),
        ("[a](https://other.example/2019/wall.html) [b](mailto:x@y.example) [c](#p) [d](wall.html) [e](https://[bad/)", None),
        ("`[a](https://ledger.example/2019/wall.html)`", None),
        ("```\n[a](https://ledger.example/2019/wall.html)\n```", None),
        ("~~~md\n<https://ledger.example/2019/wall.html>", None),
        ("![a](https://ledger.example/2019/wall.jpg)", None),
        ("https://ledger.example/2019/wall.html", None),
    ],
)  # fmt: skip
def test_a_link_to_an_old_address_leads_within_the_archive(before: str, after: str | None) -> None:
    assert mended(before, PLACES, ORIGIN) == (before if after is None else after)
    if after is not None:
        assert compared(before, PLACES, ORIGIN).count(WALL) == after.count("/2019/05/wall/")


def test_links_without_a_host_need_the_texts_own_address() -> None:
    assert mended("[a](/2019/wall.html)", PLACES) == "[a](/2019/wall.html)"
    assert mended("[a](/2019/wall.html)", PLACES, "https://ledger.example/") == "[a](/2019/wall.html)"
    assert mended("[a](/2019/wall.html)", PLACES, "http://[") == "[a](/2019/wall.html)"
    assert addresses_in("[a](/x/) [b](//ledger.example/y) [c](https://e.org/) `[d](/z/)`") == (
        "/x/",
        "ledger.example/y",
    )


def test_only_wanted_links_are_mended() -> None:
    text = "[a](https://ledger.example/2019/wall.html)"
    assert mended(text, PLACES, ORIGIN, wanted=lambda path: False) == text


def test_related_links_become_articles() -> None:
    url = "https://ledger.example/2019/wall.html"
    given_ = [{"title": "Wall", "url": url}, url, "A headline", {"title": "x"}, {"url": "https://o.example/"}]
    assert mended_related(given_, PLACES) == [
        {"title": "Wall", "article": "2019/05/wall"}, {"article": "2019/05/wall"}, "A headline", {"title": "x"}, {"url": "https://o.example/"},
    ]  # fmt: skip
    assert mended_related(given_, PLACES, "", lambda path: False) == given_
    assert mended_related("x", PLACES) == "x"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "site"
    root.mkdir()
    (root / "site.yaml").write_text("title: T\nurl: https://e.org/\n")
    offer(monkeypatch, Whole())
    return root


def run(site: Path, name: str, *rows: dict[str, Any]) -> ImportRun:
    path = site.parent / name
    path.write_text(export(*rows))
    return import_sources(load_site(site), [str(path)], now=NOW, stdin=BytesIO())


def row(number: int, body: str = "", **more: Any) -> dict[str, Any]:
    return {
        "id": f"l-{number}", "url": f"https://ledger.example/{number}.html", "title": f"Story {number}",
        "published": f"2021-04-{number:02}", "body": body or f"Text of {number}.",
    } | more  # fmt: skip


def article(site: Path, number: int) -> Path:
    return site / f"content/articles/2021/04/story-{number}.md"


def test_articles_of_one_import_link_to_each_other(site: Path) -> None:
    done = run(
        site, "a.whole",
        row(1, "See [two](https://ledger.example/2.html) and [nine](https://ledger.example/9.html).",
            related=[{"title": "Two", "url": "http://www.ledger.example/2.html"}]),
        row(2, "Back to [one](/1.html#respond)."),
    )  # fmt: skip
    assert (
        "[two](/2021/04/story-2/) and [nine](https://ledger.example/9.html)" in article(site, 1).read_text()
    )
    assert "{title: Two, article: 2021/04/story-2}" in article(site, 1).read_text()
    assert "[one](/2021/04/story-1/)" in article(site, 2).read_text()
    assert done.mended == ()


def test_a_later_import_mends_the_links_of_earlier_ones(site: Path) -> None:
    run(site, "a.whole", row(1, "See [two](https://ledger.example/2.html)."))
    before = article(site, 1).read_text()
    assert "https://ledger.example/2.html" in before
    done = run(site, "b.whole", row(2))
    assert done.mended == ("content/articles/2021/04/story-1.md",)
    assert article(site, 1).read_text() == before.replace(
        "https://ledger.example/2.html", "/2021/04/story-2/"
    )
    verify = CliRunner().invoke(morgue, ["verify", "--site", str(site)])
    assert (verify.exit_code, verify.stdout) == (0, "2 same\n")
    article(site, 1).write_text(before)
    assert run(site, "c.whole", row(3)).mended == ()
    assert article(site, 1).read_text() == before


def test_a_mended_link_is_no_edit_of_a_persons(site: Path) -> None:
    run(site, "a.whole", row(1, "See [two](https://ledger.example/2.html).\n\nAnd so on."), row(2))
    changed = row(
        1,
        "See [two](https://ledger.example/2.html) again.\n\nAnd so on.\n\nMore of [it](https://ledger.example/2.html).",
    )
    (outcome,) = run(site, "a.whole", changed, row(2)).outcomes
    assert (outcome.status, outcome.kept) == ("updated", ())
    assert (
        article(site, 1)
        .read_text()
        .endswith("See [two](/2021/04/story-2/) again.\n\nAnd so on.\n\nMore of [it](/2021/04/story-2/).\n")
    )


def test_a_file_that_cannot_be_edited_keeps_its_links(site: Path) -> None:
    run(site, "a.whole", row(1, related=[{"title": "Two", "url": "https://ledger.example/2.html"}]))
    written = article(site, 1).read_text()
    head, _, body = written.partition("---\n")[2].partition("---\n")
    flow = (
        "---\n{title: x, published: 2021-04-01, related: [{title: Two, url: https://ledger.example/2.html}]}\n---\n"
        + body
    )
    article(site, 1).write_text(flow)
    assert run(site, "b.whole", row(2)).mended == ()
    assert article(site, 1).read_text() == flow and head


def test_alike_articles_are_offered_once_and_never_dropped(site: Path) -> None:
    long = story(1, 300)
    run(site, "a.whole", row(1, long))
    short = " ".join(long.split()[:150])
    done = run(site, "b.whole", row(2, short), row(3, story(5)))
    assert [str(p) for p in done.all_problems] == [
        "content/articles/2021/04/story-2.md: says nearly what content/articles/2021/04/story-1.md says "
        f"({done.alike[0].share:.0%} of the shorter) "
        "(merge the two, or write version_of, duplicate_of or distinct_from: 2021/04/story-1) [W391]"
    ]
    assert done.alike[0].share > 0.85
    assert article(site, 2).exists()
    again = import_sources(load_site(site), [str(site.parent / "b.whole")], now=NOW, stdin=BytesIO())
    assert again.alike == ()


@pytest.mark.parametrize("key", ["version_of", "duplicate_of", "distinct_from"])
def test_what_an_editor_settled_is_not_asked_again(site: Path, key: str) -> None:
    long = story(1, 300)
    run(site, "a.whole", row(1, long))
    text = article(site, 1).read_text()
    article(site, 1).write_text(text.replace("title:", f"{key}: [2021/04/story-2]\ntitle:"))
    assert run(site, "b.whole", row(2, long + " and no more")).alike == ()


def test_the_report_tells_of_mended_links_and_alike_articles(site: Path, tmp_path: Path) -> None:
    import json

    run(site, "a.whole", row(1, story(1) + " [two](https://ledger.example/2.html)"))
    (tmp_path / "b.whole").write_text(export(row(2, story(1))))
    report = tmp_path / "r.json"
    CliRunner().invoke(
        morgue, ["import", "--site", str(site), "--report", str(report), str(tmp_path / "b.whole")]
    )
    told = json.loads(report.read_text())
    assert told["mended"] == ["content/articles/2021/04/story-1.md"]
    assert [(each["article"], each["other"]) for each in told["alike"]] == [
        ("content/articles/2021/04/story-2.md", "content/articles/2021/04/story-1.md")
    ]
    assert told["fidelity"][0]["importer"] == "whole"
    (tmp_path / "c.whole").write_text(export(row(3, "x [two](https://ledger.example/4.html)")))
    CliRunner().invoke(morgue, ["import", "--site", str(site), str(tmp_path / "c.whole")])
    (tmp_path / "d.whole").write_text(export(row(4)))
    text = tmp_path / "r.txt"
    CliRunner().invoke(
        morgue, ["import", "--site", str(site), "--report", str(text), str(tmp_path / "d.whole")]
    )
    assert (
        "content/articles/2021/04/story-3.md: links to articles that came in lead to them now\n"
        in text.read_text()
    )


def test_one_article_from_elsewhere_among_many_makes_its_host_none_of_the_archives_own(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.archive.wanted.OWN_SHARE", 0.3)
    other = row(3, "[o](https://other.example/1)", url="https://other.example/0.html")
    checked = ["check", "--wanted", "--site", str(site)]
    run(site, "a.whole", other, row(1, story(1)), row(2, story(2)))
    assert CliRunner().invoke(morgue, checked).stdout.split()[:2] == ["1", "other.example/1"]
    run(site, "b.whole", row(4, story(4)))
    assert CliRunner().invoke(morgue, checked).stdout == "Nothing that is linked to is missing.\n"


def test_wanted_pages_are_ranked_by_how_many_articles_link_to_them(site: Path) -> None:
    run(
        site, "a.whole",
        row(1, "[a](https://ledger.example/7.html) [b](https://ledger.example/8.html) [p](https://ledger.example/x.jpg)"),
        row(2, "[a](http://www.ledger.example/7.html?utm_source=x) [o](https://other.example/1) [m](/gone/) [r](#x)",
            related=[{"title": "N", "url": "https://ledger.example/9.html"}]),
        row(3, "[a](https://ledger.example/7.html) [a](https://ledger.example/7.html) [h](https://ledger.example/) [s](/2021/04/story-1/) [t](/media/a.jpg)"),
        row(4, "[a](https://ledger.example/7.html)"),
    )  # fmt: skip
    done = CliRunner().invoke(morgue, ["check", "--wanted", "--site", str(site)])
    path = "content/articles/2021/04/story-{}.md"
    assert done.exit_code == 1
    lines = done.stdout.splitlines()
    assert [line.split()[:2] for line in lines] == [
        ["4", "ledger.example/7.html"], ["1", "/gone/"], ["1", "ledger.example/8.html"], ["1", "ledger.example/9.html"],
    ]  # fmt: skip
    assert lines[0].endswith(f"{path.format(1)}:14, {path.format(2)}:16, {path.format(3)}:14 and 1 more"), (
        lines[0]
    )
    import json

    found = json.loads(
        CliRunner().invoke(morgue, ["check", "--wanted", "--json", "--site", str(site)]).stdout
    )
    assert found[0]["articles"] == 4 and found[0]["linked_from"][0]["path"] == path.format(1)
    empty = site.parent / "empty"
    empty.mkdir()
    (empty / "site.yaml").write_text("title: T\nurl: https://e.org/\n")
    done = CliRunner().invoke(morgue, ["check", "--wanted", "--site", str(empty)])
    assert (done.exit_code, done.stdout) == (0, "Nothing that is linked to is missing.\n")


def test_letters_beyond_the_latin_ones_change_nothing_of_the_words_beside_them() -> None:
    text = "Ça coûte “cher” à la forêt — déjà vu. " + story(1)
    assert share(signature(text), signature(f"{text} Привет")) > 0.98


def test_text_in_letters_of_any_script_is_compared() -> None:
    russian = " ".join(f"слово{number} и ещё{number * 7 % 50}" for number in range(60))
    assert share(signature(russian), signature(russian.upper())) == 1
    assert share(signature(russian), signature(story(2))) < 0.1


MARKED = st.lists(
    st.sampled_from(
        ["[a](", "https://old.example/a", ")", "](", "<", "<a href=", '"', ">", "<https://old.example/b>", "`", "``",
         "```\n", "~~~", "~~~\n", "\n", " ", "[x]: ", "[x]", "]", "(", "word", "/c/", "\\"]
    ),
    max_size=14,
).map("".join)  # fmt: skip


@given(MARKED)
def test_links_are_found_where_the_whole_pattern_finds_them(text: str) -> None:
    spans = [match.span() for match in links._links(text)]
    assert spans == [match.span() for match in links._LINK.finditer(text)]
