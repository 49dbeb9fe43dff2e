"""`morgue annotate` on a small site: what it shows, what it writes, what it leaves alone."""

import errno
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import morgue
from generator.commands.report import pace

TEXT = """Mayor Tomas Rehn met Ines Calloway in Oslo.

Mr Rehn said that Ms Calloway had the keys.
"""


MET = "Mayor Tomas Rehn met Ines Calloway in Oslo."


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "site.yaml").write_text("title: A\nurl: https://a.example/\n", encoding="utf-8")
    folder = tmp_path / "content" / "articles" / "2021" / "04"
    folder.mkdir(parents=True)
    for name in ("keys", "other"):
        (folder / f"{name}.md").write_text(
            f"---\n# kept\ntitle: The {name}\npublished: 2021-04-13 # too\nmine: x\n---\n\n{TEXT}",
            encoding="utf-8",
        )
    return tmp_path


def run(site: Path, *args: str) -> Result:
    return CliRunner().invoke(morgue, ["annotate", "--site", str(site), *args])


def front(site: Path, name: str = "keys") -> str:
    return (site / "content" / "articles" / "2021" / "04" / f"{name}.md").read_text(encoding="utf-8")


def test_it_shows_what_it_would_change_and_changes_nothing(site: Path) -> None:
    before = front(site)
    done = run(site, "2021/04/keys")
    assert done.exit_code == 0
    assert done.stdout == (
        "content/articles/2021/04/keys.md  The keys\n"
        "  + people  Tomas Rehn     twice, title: “Mayor Tomas Rehn met Ines Calloway in Oslo.”\n"
        "  + people  Ines Calloway  twice, given name: “Mayor Tomas Rehn met Ines Calloway in Oslo.”\n"
        "  + places  Oslo           once, gazetteer: “Mayor Tomas Rehn met Ines Calloway in Oslo.”\n"
        "1 article would change: 3 to add (light-3).\n"
        "Write it with --write.\n"
    )
    assert front(site) == before


def test_it_writes_names_and_what_was_found_and_nothing_else(site: Path) -> None:
    done = run(site, "--write")
    assert done.stdout.endswith("2 articles changed: 6 added (light-3).\n")
    text = front(site)
    assert "people: [Tomas Rehn, Ines Calloway]" in text
    assert "places: [Oslo]" in text
    assert "by: light-3" in text
    assert "# kept\n" in text and "# too\n" in text and "mine: x\n" in text and text.endswith(TEXT)


def test_a_second_run_changes_nothing(site: Path) -> None:
    run(site, "--write")
    before = front(site)
    assert run(site, "--write").stdout == "Nothing to change.\n"
    assert front(site) == before


def test_a_struck_name_stays_out_and_a_typed_one_stays_in(site: Path) -> None:
    run(site, "--write")
    path = site / "content" / "articles" / "2021" / "04" / "keys.md"
    path.write_text(
        front(site).replace("people: [Tomas Rehn, Ines Calloway]", "people: [Edda Brandt, Ines Calloway]", 1)
    )
    assert run(site, "--write").stdout == "Nothing to change.\n"
    assert "people: [Edda Brandt, Ines Calloway]" in front(site)


def test_a_name_no_longer_found_goes(site: Path) -> None:
    run(site, "--write")
    path = site / "content" / "articles" / "2021" / "04" / "keys.md"
    path.write_text(
        front(site).replace("Oslo", "town").replace("places: [town]", "places: [Oslo]"), encoding="utf-8"
    )
    text = front(site)
    path.write_text(text.replace("[town]", "[Oslo]"), encoding="utf-8")
    assert "  - places  Oslo  found no more\n" in run(site).stdout


def test_names_only_noted_are_said_so(site: Path) -> None:
    path = site / "content" / "articles" / "2021" / "04" / "keys.md"
    path.write_text(
        front(site).replace(
            "mine: x",
            "people: [Tomas Rehn, Ines Calloway]\nplaces: [Oslo]\nfound: {people: [Tomas Rehn], tags: [T]}",
        ),
        encoding="utf-8",
    )
    assert "Nothing" in run(site, "2021/04/keys").stdout


def test_machines_get_json(site: Path) -> None:
    data = json.loads(run(site, "--json", "content/articles/2021/04/keys.md").stdout)
    assert data == [
        {
            "path": "content/articles/2021/04/keys.md",
            "id": "2021/04/keys",
            "title": "The keys",
            "by": "light-3",
            "changes": {"people": ["Tomas Rehn", "Ines Calloway"], "places": ["Oslo"]},
            "added": [
                {"taxonomy": "people", "name": "Tomas Rehn", "rule": "title", "times": 2, "sentence": MET},
                {
                    "taxonomy": "people",
                    "name": "Ines Calloway",
                    "rule": "given name",
                    "times": 2,
                    "sentence": MET,
                },
                {"taxonomy": "places", "name": "Oslo", "rule": "gazetteer", "times": 1, "sentence": MET},
            ],
            "removed": [],
            "accepted": [],
        }
    ]


@pytest.mark.parametrize(
    "wanted", ["2021", "2021/04/", "content/articles/2021", "2021/04/keys.md", "./2021/04/k"]
)
def test_articles_are_named_in_several_ways(site: Path, wanted: str) -> None:
    assert "keys.md" in run(site, wanted).stdout


def test_an_article_is_named_by_its_absolute_path(site: Path) -> None:
    path = site / "content" / "articles" / "2021" / "04" / "other.md"
    shown = run(site, str(path)).stdout
    assert "other.md" in shown and "keys.md" not in shown


def test_an_unknown_article_ends_with_2(site: Path) -> None:
    done = run(site, "2020/01/nothing")
    assert done.exit_code == 2
    assert (
        "2020/01/nothing: no article of that name "
        "(give a path, an id like 2021/04/slug, or the beginning of one) [E404]" in done.stderr
    )


def test_front_matter_that_cannot_be_edited_is_a_problem_and_stays(site: Path) -> None:
    path = site / "content" / "articles" / "2021" / "04" / "keys.md"
    path.write_text(f"---\n{{title: The keys, published: 2021-04-13}}\n---\n\n{TEXT}", encoding="utf-8")
    before = front(site)
    done = run(site, "--write", "2021/04/keys")
    assert "content/articles/2021/04/keys.md: cannot be annotated: " in done.stderr
    assert "(edit it by hand) [E405]" in done.stderr
    assert front(site) == before
    assert done.exit_code == 1


def test_what_was_found_can_be_accepted_and_what_was_struck_out_stays_out(site: Path) -> None:
    run(site, "--write", "2021/04/keys")
    path = site / "content" / "articles" / "2021" / "04" / "keys.md"
    path.write_text(front(site).replace("people: [Tomas Rehn, Ines Calloway]", "people: [Tomas Rehn]", 1))
    done = run(site, "--accept", "people", "2021/04/keys")
    assert done.stdout == (
        "content/articles/2021/04/keys.md  The keys\n"
        "  = people  Tomas Rehn  yours from now on\n"
        "1 article would change: 1 to accept.\n"
        "Write it with --write.\n"
    )
    assert run(site, "--accept", "people", "--write").stdout.endswith("1 article changed: 1 accepted.\n")
    text = front(site)
    assert "people: [Tomas Rehn]\n" in text
    assert "found: {people: [Ines Calloway], places: [Oslo], by: light-3}\n" in text
    assert run(site, "--accept", "people").stdout == "Nothing to change.\n"
    assert run(site, "--write", "2021/04/keys").stdout == "Nothing to change.\n"
    accepted = json.loads(run(site, "--accept", "all", "--json").stdout)
    assert accepted[0]["accepted"] == [{"taxonomy": "places", "name": "Oslo"}]


def test_accepting_all_of_an_article_takes_found_away(site: Path) -> None:
    run(site, "--write")
    run(site, "--accept", "all", "--write")
    assert "found" not in front(site) and "people: [Tomas Rehn, Ines Calloway]" in front(site)


def test_a_key_that_is_no_taxonomy_cannot_be_accepted(site: Path) -> None:
    done = run(site, "--accept", "peple")
    assert done.exit_code == 2
    assert (
        "--accept: no such key: 'peple' (expected people, organisations, places, tags or all) [E406]"
        in done.stderr
    )


@pytest.mark.parametrize(
    ("done", "seconds", "told"),
    [
        (0, 5.0, ""),
        (10, 0.4, ""),
        (120, 2.0, ", 60 articles a second, 15 s left"),
        (3, 2.0, ", 1.5 articles a second, 11 min left"),
    ],
)
def test_progress_tells_the_pace_and_the_time_left(done: int, seconds: float, told: str) -> None:
    assert pace(done, 1000, seconds, "articles") == told


def test_an_article_for_which_there_is_no_room_is_told_and_stays(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = front(site)

    def full(path: Path, data: bytes) -> int:
        path.open("wb").close()
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    done = run(site, "--write")
    assert done.exit_code == 1
    assert "keys.md: cannot be written: No space left on device (make room" in done.stderr
    assert front(site) == before
    assert not list((site / "content").rglob("*.new"))
