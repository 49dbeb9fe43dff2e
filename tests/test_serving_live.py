"""What open browsers are told, and how a mistake is shown to them."""

import json
from pathlib import Path
from typing import Any

import pytest

from generator.core.paths import Address, address_of
from generator.core.problems import Problem
from generator.serving.live import MOST_FILES, Browser, Live
from generator.serving.overlay import AROUND, LONGEST, MOST, Places, excerpt, shown
from generator.serving.pages import followed
from generator.serving.reports import Change, Report

PAGE = Address("/2021/")
PROBLEM = {"place": "x.md:1", "line": 1, "message": "m", "hint": "", "code": "E201", "lines": []}


def report(*written: str, removed: tuple[str, ...] = ()) -> Report:
    changes = [Change(address=Address(a), kind="written", reason="new") for a in written]
    changes += [Change(address=Address(a), kind="removed", reason="gone") for a in removed]
    return Report(changes=tuple(changes))


def news(live: Live, seen: str, page: str = PAGE, *, waits: bool = False) -> dict[str, Any]:
    """What a browser is told first when it begins to listen."""
    lines = live.lines(Browser(page=Address(page), seen=seen, waits=waits))
    assert next(lines) == b"retry: 500\n\n"
    told = next(lines).decode()
    lines.close()  # type: ignore[attr-defined]
    assert told.startswith(f"id: {live.state}\ndata: ")
    return json.loads(told.partition("data: ")[2])


@pytest.fixture
def live() -> Live:
    return Live("run", "/old")


def test_a_page_is_loaded_anew_when_it_is_another(live: Live) -> None:
    live.tell(report("/2021/", "/2021/a/"), [])
    assert news(live, "run.0")["reload"]
    assert not news(live, "run.1")["reload"]
    assert not news(live, "run.0", "/2022/")["reload"]


@pytest.mark.parametrize(
    "seen", ["", "run", "run.", "run.x", "run.-1", "other.1", "run.99999999999", "run.\u0661x"]
)
def test_a_page_of_another_run_is_loaded_anew(live: Live, seen: str) -> None:
    live.tell(report(), [])
    assert news(live, seen)["reload"]


def test_files_that_changed_are_named_as_browsers_ask_for_them(live: Live) -> None:
    live.tell(report("/assets/style.css", "/2022/"), [])
    assert news(live, "run.0") == {"reload": False, "files": ["/old/assets/style.css"], "problems": []}


def test_too_many_files_mean_a_page_is_loaded_anew(live: Live) -> None:
    live.tell(report(*(f"/media/{n}.jpg" for n in range(MOST_FILES + 1))), [])
    assert news(live, "run.0")["reload"]


def test_a_page_that_waits_comes_when_anything_can_be_shown(live: Live) -> None:
    assert not news(live, "run.0", waits=True)["reload"]
    live.wake()
    assert news(live, "run.0", waits=True)["reload"]
    assert not news(live, "run.0")["reload"]
    assert not live.is_built


def test_files_that_can_be_shown_before_a_build_are_named_at_once(live: Live) -> None:
    live.tell(report(), [PROBLEM])
    live.show([Address("/assets/style.css")])
    assert news(live, "run.1") == {"reload": False, "files": ["/old/assets/style.css"], "problems": [PROBLEM]}


def test_a_page_that_was_shown_ahead_is_not_loaded_twice(live: Live) -> None:
    seen = live.next_state
    live.tell(report("/2021/"), [])
    assert not news(live, seen)["reload"]
    live.tell(report("/2021/"), [])
    assert news(live, seen)["reload"]


def test_a_page_that_a_mistake_takes_away_stays_until_it_is_mended(live: Live) -> None:
    live.tell(report(removed=("/2021/",)), [PROBLEM])
    assert news(live, "run.0") == {"reload": False, "files": [], "problems": [PROBLEM]}
    live.tell(report(), [PROBLEM])
    assert not news(live, "run.0")["reload"]
    live.tell(report(), [])
    assert news(live, "run.1") == {"reload": True, "files": [], "problems": []}


def test_a_page_taken_away_on_purpose_is_gone_at_once(live: Live) -> None:
    live.tell(report(removed=("/2021/",)), [])
    assert news(live, "run.0")["reload"]


def test_a_site_that_moves_below_another_path_is_loaded_anew(live: Live) -> None:
    live.tell(report(), [])
    live.move("/old")
    assert not news(live, "run.1")["reload"]
    live.move("")
    assert news(live, "run.1")["reload"]


def test_a_closed_server_tells_nothing_more(live: Live) -> None:
    live.close()
    assert len(list(live.lines(Browser(page=PAGE, seen="run.0")))) == 2


@pytest.mark.parametrize(
    ("path", "address"),
    [("index.html", "/"), ("2021/index.html", "/2021/"), ("feed.xml", "/feed.xml"), ("a/index.htm", "/a/index.htm"),
     ("xindex.html", "/xindex.html")],
)  # fmt: skip
def test_an_output_file_is_served_at_its_address(path: str, address: str) -> None:
    assert address_of(path) == address


@pytest.mark.parametrize(
    ("page", "served"),
    [
        (b"<body></body><!-- </body> --></body>", b"<body></body><!-- </body> -->S</body>"),
        (b"no body", b"no bodyS"),
        (b"", b"S"),
    ],
)
def test_the_script_is_put_at_the_end_of_a_page(page: bytes, served: bytes) -> None:
    tag = b'<script src="/.morgue/live.js" data-state="&quot;&gt;.1" defer></script>\n'
    assert followed(page, '">.1') == served.replace(b"S", tag)


# Mistakes as a browser shows them.


@pytest.fixture
def places(tmp_path: Path) -> Places:
    (tmp_path / "site/content").mkdir(parents=True)
    (tmp_path / "theme").mkdir()
    (tmp_path / "secret.md").write_text("secret\n" * 9)
    return Places(root=tmp_path / "site", theme=tmp_path / "theme")


def test_the_lines_around_the_mistake_are_shown(places: Places) -> None:
    (places.root / "content/x.md").write_text("".join(f"line {n}\n" for n in range(1, 10)))
    told = shown([Problem("content/x.md", 5, "E201", "not a date", "a date")], places)
    assert told == [
        {
            "place": "content/x.md:5", "line": 5, "message": "not a date", "hint": "a date", "code": "E201",
            "lines": [(n, f"line {n}") for n in range(5 - AROUND, 6 + AROUND)],
        }
    ]  # fmt: skip


def test_a_mistake_in_the_themes_own_template_is_shown_from_there(places: Places) -> None:
    (places.theme / "base.html").write_text("<html>\n")
    assert excerpt(Problem("theme:base.html", 1, "E610", "m"), places)[0] == (1, "<html>")


@pytest.mark.parametrize(
    "problem",
    [
        Problem("", 0, "E1", "m"),
        Problem("content/x.md", 0, "E1", "m"),
        Problem("content/none.md", 3, "E1", "m"),
        Problem("content", 3, "E1", "m"),
        Problem("../secret.md", 3, "E1", "m"),
        Problem("theme:../secret.md", 3, "E1", "m"),
        Problem("/etc/passwd", 1, "E1", "m"),
    ],
)
def test_what_is_no_file_of_the_site_has_no_lines(places: Places, problem: Problem) -> None:
    assert excerpt(problem, places) == []


def test_a_line_past_the_end_and_a_line_of_any_length_are_bounded(places: Places) -> None:
    (places.root / "x.md").write_bytes(b"a\x1b[2J\xff\r\n" + b"y" * 100_000)
    assert excerpt(Problem("x.md", 1, "E1", "m"), places) == [(1, "a�[2J�"), (2, "y" * LONGEST + "…")]
    assert excerpt(Problem("x.md", 999, "E1", "m"), places) == []


def test_of_many_mistakes_some_are_shown_and_the_rest_counted(places: Places) -> None:
    told = shown([Problem(f"{n:03}.md", 0, "E1", "m") for n in range(MOST + 7)], places)
    assert len(told) == MOST + 1
    assert (told[-1]["message"], told[-1]["hint"]) == ("and 7 more", "the terminal tells all")
