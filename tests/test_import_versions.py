"""What agencies send many times: later versions, kills and recalls of a story that the archive has."""

import json
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from test_import_ninjs import FIRST as ITEM
from test_import_wire import FIRST, KILL, LEAD

from generator.cli import morgue
from generator.config import load_site
from generator.importing import ImportRun, import_sources
from generator.output.memo import Memo
from generator.sharing import Workers
from generator.sources.importers.outcomes import counted
from generator.verifying import verify

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
FIRE = "content/articles/1989/04/fire-destroys-fish-market-on-aldery-quay.md"
MARKET = "content/articles/2021/04/fire-destroys-the-fish-market.md"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = tmp_path / "site"
    root.mkdir()
    (root / "site.yaml").write_text("title: T\nurl: https://e.org/\n")
    return root


def put(path: Path, content: bytes | dict[str, Any]) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return path


def run(site: Path, *sources: Path, **options: Any) -> ImportRun:
    return import_sources(load_site(site), [str(s) for s in sources], now=NOW, stdin=BytesIO(), **options)


def counts(done: ImportRun) -> dict[str, int]:
    return {status: count for status, count in counted(done.outcomes).items() if count}


def standings(site: Path) -> list[tuple[str, tuple[str, ...]]]:
    with Memo() as memo, Workers(None, 1, []) as workers:
        return [(each.standing, each.keys) for each in verify(load_site(site), memo, workers, now=NOW)]


def front(site: Path, path: str, *keys: str) -> list[str]:
    lines = (site / path).read_text().splitlines()
    return [line for line in lines if line.partition(":")[0] in keys]


def item(**change: Any) -> dict[str, Any]:
    return {
        key: value for key, value in (ITEM | change).items() if value is not None and key != "associations"
    }


def test_a_later_lead_keeps_the_day_of_the_first_and_its_address(site: Path, tmp_path: Path) -> None:
    run(site, put(tmp_path / "a.wire", FIRST))
    done = run(site, put(tmp_path / "b.wire", LEAD))
    assert counts(done) == {"updated": 1}
    assert front(site, FIRE, "title", "published", "updated", "slug") == [
        "title: Fish Market Burns, Two Held",
        "published: 1989-04-12T11:23:00-05:00",
        "updated: 1989-04-12T15:30:00-05:00",
        "slug: fire-destroys-fish-market-on-aldery-quay",
    ]
    assert len(list((site / "content/versions").rglob("*.md"))) == 1
    assert standings(site) == [("same", ())]
    assert counts(run(site, tmp_path / "a.wire", tmp_path / "b.wire")) == {"unchanged": 2}


def test_an_earlier_version_that_comes_late_changes_nothing(site: Path, tmp_path: Path) -> None:
    run(site, put(tmp_path / "b.wire", LEAD))
    (path,) = (site / "content/articles").rglob("*.md")
    before = path.read_bytes()
    assert counts(run(site, put(tmp_path / "a.wire", FIRST))) == {"unchanged": 1}
    assert path.read_bytes() == before


def test_versions_in_one_file_come_to_the_last(site: Path, tmp_path: Path) -> None:
    done = run(site, put(tmp_path / "a.wire", FIRST + LEAD + KILL))
    assert counts(done) == {"new": 1, "updated": 2}
    assert front(site, FIRE, "title", "published", "status") == [
        "title: Fish Market Burns, Two Held", "published: 1989-04-12T11:23:00-05:00", "status: withdrawn",
    ]  # fmt: skip
    assert standings(site) == [("same", ())]


def test_a_kill_withdraws_the_story_and_keeps_its_text_and_its_original(site: Path, tmp_path: Path) -> None:
    run(site, put(tmp_path / "a.wire", FIRST))
    text = (site / FIRE).read_text()
    done = run(site, put(tmp_path / "kill.wire", KILL))
    assert counts(done) == {"updated": 1}
    assert front(site, FIRE, "status", "updated", "editorial_note") == [
        "updated: 1989-04-13T01:30:00-05:00", "status: withdrawn", "editorial_note: Kill AM-Harbour-Fire. No fire took place.",
    ]  # fmt: skip
    written = (site / FIRE).read_text()
    assert written.partition("---\n\n")[2] == text.partition("---\n\n")[2]
    assert "file: sources/a.wire" in written
    assert (site / "content/sources/kill.wire").read_bytes() == KILL
    assert counts(run(site, tmp_path / "kill.wire")) == {"unchanged": 1}


def test_a_kill_of_what_is_not_there_is_told(site: Path, tmp_path: Path) -> None:
    done = run(site, put(tmp_path / "kill.wire", KILL))
    assert [str(problem) for problem in done.all_problems] == [
        f"{tmp_path}/kill.wire: changes an article that is not in the archive: 'wire:a:harbour-fire:1989-04-13' (import the article first) [W389]"
    ]
    assert not (site / "content/sources/kill.wire").exists()


def test_an_editors_change_survives_a_kill(site: Path, tmp_path: Path) -> None:
    run(site, put(tmp_path / "a.wire", FIRST))
    text = (site / FIRE).read_text()
    (site / FIRE).write_text(
        text.replace("title: Fire", "title: Great fire").replace("until noon.", "until one.")
    )
    run(site, put(tmp_path / "kill.wire", KILL))
    written = (site / FIRE).read_text()
    assert "title: Great fire" in written and "until one." in written and "status: withdrawn" in written


def test_a_cancelled_item_withdraws_by_its_uri(site: Path, tmp_path: Path) -> None:
    run(site, put(tmp_path / "1.json", item()))
    recall = {
        "uri": ITEM["uri"],
        "pubstatus": "canceled",
        "version": "4",
        "versioncreated": "2021-04-14T00:00:00Z",
    }
    assert counts(run(site, put(tmp_path / "2.json", recall))) == {"updated": 1}
    assert front(site, MARKET, "status", "revision") == ["status: withdrawn", 'revision: "4"']
    assert "The market *burned* down." in (site / MARKET).read_text()


def test_a_newer_version_updates_an_older_one_and_not_the_other_way(site: Path, tmp_path: Path) -> None:
    first = put(tmp_path / "1.json", item())
    second = put(
        tmp_path / "2.json",
        item(version="4", headline="Fire leaves nothing", versioncreated="2021-04-13T10:00:00+00:00"),
    )
    run(site, first)
    assert counts(run(site, second)) == {"updated": 1}
    assert front(site, MARKET, "title", "revision", "published", "updated") == [
        "title: Fire leaves nothing", "published: 2021-04-13T09:00:00Z", "updated: 2021-04-13T10:00:00Z", 'revision: "4"',
    ]  # fmt: skip
    third = put(
        tmp_path / "3.json", item(version="2", headline="Fire", versioncreated="2021-04-13T11:15:00+02:00")
    )
    assert counts(run(site, third)) == {"unchanged": 1}
    assert front(site, MARKET, "title") == ["title: Fire leaves nothing"]


def test_a_dry_run_of_a_kill_writes_nothing(site: Path, tmp_path: Path) -> None:
    run(site, put(tmp_path / "a.wire", FIRST))
    before = (site / FIRE).read_bytes()
    assert counts(run(site, put(tmp_path / "kill.wire", KILL), dry_run=True)) == {"updated": 1}
    assert (site / FIRE).read_bytes() == before


def test_an_earlier_original_that_comes_again_with_its_newer_one_is_passed_over(
    site: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "feed"
    folder.mkdir()
    first = put(folder / "2.json", item())
    run(site, first)
    put(
        folder / "1.json",
        item(version="4", headline="Fire leaves nothing", versioncreated="2021-04-13T10:00:00Z"),
    )
    done = run(site, folder)
    assert [(each.status, each.note) for each in done.outcomes] == [
        ("updated", ""), ("passed over", "an earlier version of another"),
    ]  # fmt: skip


def test_an_item_without_a_publisher_is_built(site: Path, tmp_path: Path) -> None:
    run(site, put(tmp_path / "1.json", item(copyrightholder=None)))
    assert "publisher" not in (site / MARKET).read_text()
    done = CliRunner().invoke(morgue, ["build", "--site", str(site)])
    assert (done.exit_code, done.exception) == (0, None)
    assert (
        'href="http://agency.example/items/harbour-1"'
        in (site / "build/2021/04/fire-destroys-the-fish-market/index.html").read_text()
    )
