"""`morgue import`: where articles and originals go, what a second import changes, and what is told."""

import hashlib
import json
import os
import sqlite3
import stat
import zipfile
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from generator import __version__, formats
from generator.cli import morgue
from generator.config import load_site
from generator.core.problems import Problem, SiteError
from generator.depositing import Depot
from generator.importing import ImportRun, import_sources
from generator.output import memo
from generator.sources.importers.base import ImportContext, Imported, LineFate, Media, Original
from generator.sources.importers.outcomes import Outcome, as_json, as_text, summary
from generator.sources.importers.placing import with_target

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
ONE = "The harbour was quiet on Tuesday, and the boats lay where they had lain on Monday evening."
TWO = "Nobody on the quay could say why, and the harbour master, who might have, was at the dentist."
THREE = "By noon the wind had gone round to the north and everything was moving again, slowly at first."
FOUR = "A gull was seen to walk away from the transformer, looking thoughtful, at ten past nine."


def text(title: str = "A quiet day", *paragraphs: str, date: str = "11:34, April 13, 2021") -> str:
    return "\n\n".join([f"Published: {date}\n{title}", *(paragraphs or (ONE, TWO))]) + "\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = tmp_path / "site"
    root.mkdir()
    (root / "site.yaml").write_text("title: T\nurl: https://e.org/\ntimezone: Europe/London\n")
    return root


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    return folder


def put(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def run(site: Path, *sources: Path | str, stdin: bytes = b"", **options: Any) -> ImportRun:
    return import_sources(
        load_site(site), [str(s) for s in sources], now=NOW, stdin=BytesIO(stdin), **options
    )


def command(site: Path, *arguments: Path | str, stdin: str = "") -> Result:
    environment = {"SOURCE_DATE_EPOCH": str(int(NOW.timestamp()))}
    return CliRunner().invoke(
        morgue, ["import", "--site", str(site), *map(str, arguments)], input=stdin, env=environment
    )


def tree(root: Path) -> dict[str, bytes]:
    return {
        str(p.relative_to(root)): p.read_bytes()
        for p in sorted(root.rglob("*"))
        if p.is_file() and ".morgue" not in p.parts
    }


def statuses(done: ImportRun) -> list[str]:
    return [outcome.status for outcome in done.outcomes]


ARTICLE = "content/articles/2021/04/a-quiet-day.md"


def test_an_article_is_written_and_its_original_kept_byte_for_byte(site: Path, source: Path) -> None:
    data = text().replace("\n", "\r\n").encode()
    put(source / "000.txt", data)
    done = run(site, source / "000.txt")
    sha256 = hashlib.sha256(data).hexdigest()
    assert (site / "content/sources/000.txt").read_bytes() == data
    assert (site / ARTICLE).read_text() == (
        "---\ntitle: A quiet day\npublished: 2021-04-13T11:34:00\nsource:\n"
        f"  file: sources/000.txt\n  sha256: {sha256}\n  imported: 2026-11-22T10:00:00Z\n"
        f'  importer: newstext\n  version: "{__version__}"\n---\n\n{ONE}\n\n{TWO}\n'
    )
    assert done.outcomes == (
        Outcome(
            where=str(source / "000.txt"), status="new", sha256=sha256, articles=(ARTICLE,),
            kept_as="content/sources/000.txt", lines=done.outcomes[0].lines,
        ),
    )  # fmt: skip
    assert sorted(tree(site)) == [ARTICLE, "content/sources/000.txt", "site.yaml"]


def test_importing_again_changes_nothing(site: Path, source: Path) -> None:
    put(source / "a.txt", text())
    put(source / "b.txt", text("Another day"))
    run(site, source)
    before = tree(site)
    later = import_sources(load_site(site), [str(source)], now=NOW.replace(year=2027), stdin=BytesIO())
    assert statuses(later) == ["unchanged", "unchanged"]
    assert tree(site) == before
    assert later.outcomes[0].articles == (ARTICLE,)


def test_an_article_that_was_moved_or_edited_is_known_by_its_checksum(site: Path, source: Path) -> None:
    put(source / "a.txt", text())
    run(site, source)
    moved = put(
        site / "content/articles/elsewhere/x.md", (site / ARTICLE).read_text().replace(ONE, "Edited.")
    )
    (site / ARTICLE).unlink()
    assert statuses(run(site, source)) == ["unchanged"]
    moved.write_text(moved.read_text().replace("title: A quiet day", "title: [broken"))
    assert statuses(run(site, source)) == ["unchanged"]


def test_a_folder_keeps_its_shape_below_sources(site: Path, source: Path) -> None:
    put(source / "2021/b/000.txt", text())
    put(source / "2021/a/000.txt", text("Another day", date="2 May 2020"))
    done = run(site, source)
    assert [o.kept_as for o in done.outcomes] == [
        "content/sources/2021/a/000.txt",
        "content/sources/2021/b/000.txt",
    ]
    assert [o.articles for o in done.outcomes] == [("content/articles/2020/05/another-day.md",), (ARTICLE,)]


def test_an_original_within_the_site_stays_in_its_place(site: Path) -> None:
    put(site / "content/sources/ledger/a.txt", text())
    run(site, site / "content/sources")
    assert "file: sources/ledger/a.txt" in (site / ARTICLE).read_text()
    assert sorted(tree(site)) == [ARTICLE, "content/sources/ledger/a.txt", "site.yaml"]
    assert statuses(run(site, site / "content/sources/ledger/a.txt")) == ["unchanged"]


def test_two_articles_of_one_headline_have_two_files(site: Path, source: Path) -> None:
    put(source / "a.txt", text())
    put(source / "b.txt", text("A quiet day", THREE))
    done = run(site, source)
    second = "content/articles/2021/04/a-quiet-day-2.md"
    assert [o.articles for o in done.outcomes] == [(ARTICLE,), (second,)]
    assert "slug: a-quiet-day-2\n" in (site / second).read_text()
    assert "slug:" not in (site / ARTICLE).read_text()
    assert statuses(run(site, source)) == ["unchanged", "unchanged"]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("we?ird*na|me.txt", "we_ird_na_me.txt"), ("a b’c é.txt", "a b’c é.txt"), ("x" * 250 + ".txt", "x" * 196 + ".txt"),
        ("CON..txt", "_CON..txt"),
    ],
)  # fmt: skip
def test_a_kept_originals_name_is_one_that_every_system_takes(
    site: Path, source: Path, name: str, kept: str
) -> None:
    put(source / name, text())
    (outcome,) = run(site, source).outcomes
    assert outcome.kept_as == f"content/sources/{kept}"


def test_a_picture_that_cannot_be_read_is_told_of(
    site: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Imported(
        front={"title": "A", "published": "2021-04-13"},
        body=ONE,
        media=(Media("gone.jpg", "media/gone.jpg"),),
    )
    with_formats(monkeypatch, Odd(made))
    done = run(site, put(source / "a.odd", "x"))
    assert [str(p) for p in done.all_problems] == [
        f"{source}/a.odd: image: cannot be read, or is too large: 'gone.jpg' (put it below content/media) [W337]"
    ]


def test_nothing_to_import_and_records_there_already_are_passed_over(
    site: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = Imported(front={"name": "Ines"}, body="", kind="record", place="people/ines")
    with_formats(monkeypatch, Odd())
    assert run(site, put(source / "a.odd", "x")).outcomes[0].note == "nothing in it to import"
    put(site / "content/entities/people/ines.md", "---\nname: Ines\n---\n")
    with_formats(monkeypatch, Odd(record))
    assert statuses(run(site, source)) == ["passed over"]
    with_formats(monkeypatch, Odd(imported("A", place="con\ntent/.x")))
    (outcome,) = run(site, put(source / "b.odd", "y"), format_name="odd").outcomes
    assert outcome.articles == ("content/articles/con-tent/x.md",)


def test_two_originals_of_one_name_have_two_files(site: Path, tmp_path: Path) -> None:
    first, second = (
        put(tmp_path / "a/000.txt", text()),
        put(tmp_path / "b/000.txt", text("Another", THREE, date="1 May 2020")),
    )
    run(site, first)
    done = run(site, second)
    assert (statuses(done), done.outcomes[0].kept_as) == (["new"], "content/sources/000-2.txt")
    assert (site / "content/sources/000.txt").read_bytes() == first.read_bytes()
    second.write_text(text("Another", THREE, FOUR, date="1 May 2020"))
    done = run(site, second)
    assert (statuses(done), done.outcomes[0].kept_as) == (["updated"], "content/sources/000-2.txt")


def test_the_same_text_twice_is_a_duplicate_in_this_run_and_the_next(site: Path, source: Path) -> None:
    put(source / "a.txt", text())
    put(source / "b.txt", text().replace("\n", "\r\n"))
    put(source / "c.txt", text())
    done = run(site, source)
    assert statuses(done) == ["new", "duplicate", "duplicate"]
    assert str(done.outcomes[1].problems[0]) == (
        f"{source}/b.txt: says the same as {ARTICLE} (the headline, the date and the text) [W335]"
    )
    assert done.outcomes[2].note == f"the same as {source}/a.txt"
    before = tree(site)
    assert statuses(run(site, source)) == ["unchanged", "duplicate", "unchanged"]
    assert tree(site) == before


def test_standard_input_is_one_article(site: Path) -> None:
    done = run(site, "-", stdin=text().encode())
    assert statuses(done) == ["new"]
    assert done.outcomes[0].kept_as == "content/sources/a-quiet-day.txt"
    assert statuses(run(site, "-", stdin=text().encode())) == ["unchanged"]


def test_a_deleted_article_is_made_again_and_a_deleted_original_put_back(site: Path, source: Path) -> None:
    put(source / "a.txt", text())
    run(site, source)
    (site / ARTICLE).unlink()
    done = run(site, source)
    assert (statuses(done), done.outcomes[0].note) == (
        ["new"],
        "its article had been deleted, and was made again",
    )
    assert sorted(tree(site)) == [ARTICLE, "content/sources/a.txt", "site.yaml"]
    (site / "content/sources/a.txt").unlink()
    done = run(site, source)
    assert (statuses(done), done.outcomes[0].note) == (
        ["unchanged"],
        "the original was missing and was put back",
    )
    assert (site / "content/sources/a.txt").read_text() == text()


def test_a_changed_original_updates_what_nobody_edited(site: Path, source: Path) -> None:
    old = text("A quiet day", ONE, TWO, THREE)
    path = put(source / "a.txt", old)
    run(site, source)
    edited = (
        (site / ARTICLE)
        .read_text()
        .replace("title: A quiet day\n", "title: A day without wind # ours\ntags: [Harbour]\nmood: calm\n")
    )
    (site / ARTICLE).write_text(edited.replace(THREE, f"{THREE} So it was said."))
    path.write_text(
        "Published: 11:34, April 13, 2021 | Updated: 2 May 2021\nA calm day\n\n"
        + "\n\n".join([ONE, FOUR, THREE])
        + "\n"
    )
    done = run(site, source)
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    assert (site / ARTICLE).read_text() == (
        "---\ntitle: A day without wind # ours\ntags: [Harbour]\nmood: calm\npublished: 2021-04-13T11:34:00\nupdated: 2021-05-02\n"
        f"source:\n  file: sources/a.txt\n  sha256: {sha256}\n  imported: 2026-11-22T10:00:00Z\n"
        f'  importer: newstext\n  version: "{__version__}"\n---\n\n'
        f"{ONE}\n\n{FOUR}\n\n{THREE} So it was said.\n"
    )
    (outcome,) = done.outcomes
    assert (outcome.status, outcome.updated, outcome.kept) == (
        "updated", ("updated", "text"), ("title", "text: By noon the wind had gone round to …"),
    )  # fmt: skip
    earlier = hashlib.sha256(old.encode()).hexdigest()[:12]
    assert (site / f"content/sources/a.{earlier}.txt").read_text() == old
    assert (site / "content/sources/a.txt").read_bytes() == path.read_bytes()
    before = tree(site)
    assert statuses(run(site, source)) == ["unchanged"]
    assert tree(site) == before


def test_a_new_headline_leaves_the_address(site: Path, source: Path) -> None:
    path = put(source / "a.txt", text())
    run(site, source)
    path.write_text(text("A calm day"))
    assert statuses(run(site, source)) == ["updated"]
    front = (site / ARTICLE).read_text()
    assert "title: A calm day\n" in front and "slug: a-quiet-day\n" in front


def test_an_original_changed_where_it_lies_is_merged_too(site: Path) -> None:
    path = put(site / "content/sources/a.txt", text("A quiet day", ONE, TWO))
    run(site, path)
    (site / ARTICLE).write_text((site / ARTICLE).read_text().replace(ONE, "An editor wrote this."))
    path.write_text(text("A quiet day", ONE, THREE))
    done = run(site, site / "content/sources")
    assert statuses(done) == ["updated"]
    assert (site / ARTICLE).read_text().endswith(f"\n\nAn editor wrote this.\n\n{THREE}\n")
    again = run(site, site / "content/sources")
    assert sorted(statuses(again)) == ["passed over", "unchanged"]
    assert again.outcomes[0].note == "an earlier version of another"


def test_a_change_whose_earlier_original_is_lost_adds_only_what_is_missing(site: Path) -> None:
    path = put(site / "content/sources/a.txt", text())
    run(site, path)
    for kept in (site / ".morgue/originals").iterdir():
        kept.unlink()
    path.write_text(text("A calm day", ONE, TWO, THREE, date="April 13, 2021 | Updated: 2 May 2021"))
    done = run(site, path)
    assert statuses(done) == ["updated"]
    assert [str(p) for p in done.all_problems] == [
        f"{ARTICLE}: the earlier original is gone, so that nothing but what was missing was added "
        "(compare it with the new original) [W339]"
    ]
    written = (site / ARTICLE).read_text()
    assert "title: A quiet day\n" in written and "updated: 2021-05-02\n" in written and TWO in written
    assert done.outcomes[0].kept == ("title", "published", "the text")
    assert statuses(run(site, path)) == ["unchanged"]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (b"title: A quiet day", b"title: [A quiet day", "not YAML: did not find expected ',' or ']'"),
        (b"title: A quiet day", b"title: A quiet \xff day", "the file cannot be read"),
    ],
)
def test_an_article_that_cannot_be_read_is_left_alone(
    site: Path, source: Path, old: bytes, new: bytes, reason: str
) -> None:
    path = put(source / "a.txt", text())
    run(site, source)
    (site / ARTICLE).write_bytes((site / ARTICLE).read_bytes().replace(old, new))
    path.write_text(text("A quiet day", ONE, TWO, THREE))
    before = tree(site)
    result = command(site, source)
    assert (result.exit_code, result.stdout) == (1, "0 new, 0 updated, 0 unchanged, 1 refused\n")
    assert f"{ARTICLE}: cannot be brought up to date: " in result.stderr and reason in result.stderr
    assert "(mend it and import again) [E338]\n" in result.stderr
    assert tree(site) == before


def test_a_duplicate_of_an_article_edited_since_is_still_one(site: Path, source: Path) -> None:
    put(source / "a.txt", text())
    put(source / "b.txt", text().replace("\n", "\r\n"))
    run(site, source)
    (site / ARTICLE).write_text((site / ARTICLE).read_text().replace(ONE, "An editor wrote this."))
    before = tree(site)
    assert statuses(run(site, source)) == ["unchanged", "duplicate"]
    (site / "content/sources/a.txt").write_text("lost")
    assert statuses(run(site, source / "b.txt")) == ["new"]
    assert tree(site).keys() - before.keys() == {
        "content/articles/2021/04/a-quiet-day-2.md",
        "content/sources/b.txt",
    }


def test_what_lies_in_the_site_already_is_never_overwritten(site: Path, source: Path) -> None:
    mine = put(site / ARTICLE, f"---\ntitle: A quiet day\npublished: 2021-04-13T11:34:00\n---\n\n{ONE}\n")
    put(site / "content/sources/a.txt", "something else")
    put(site / "content/media/a.jpg/x", "a folder of that name")
    put(source / "a.txt", text())
    put(source / "a.jpg", b"picture")
    (outcome,) = run(site, source / "a.txt").outcomes
    assert outcome.articles == ("content/articles/2021/04/a-quiet-day-2.md",)
    assert outcome.kept_as == "content/sources/a-2.txt"
    assert mine.read_text().endswith(f"{ONE}\n")
    assert (site / "content/sources/a.txt").read_text() == "something else"
    assert (site / "content/media/a-2.jpg").read_bytes() == b"picture"


def test_an_original_may_become_unreadable(site: Path, source: Path) -> None:
    path = put(source / "a.txt", text())
    run(site, source)
    path.write_bytes(b"")
    before = tree(site)
    assert statuses(run(site, source)) == ["refused"]
    assert tree(site) == before


BAD = {
    "binary.txt": b"a\0b", "dateless.txt": b"A quiet day\n\nText.", "empty.txt": b"", "future.txt": text(date="1 May 2099").encode(),
    "headless.txt": b"Published: 13 April 2021", "large.txt": b"x" * 3_000_000, "latin.txt": b"Z\xfcrich",
}  # fmt: skip


def test_bad_files_are_refused_and_the_others_imported(site: Path, source: Path) -> None:
    for name, data in BAD.items():
        put(source / name, data)
    put(source / "good.txt", text())
    result = command(site, source)
    assert result.exit_code == 1
    assert result.stdout == "1 new, 0 updated, 0 unchanged, 7 refused\n"
    *told, last = result.stderr.splitlines()
    assert sorted(line[-6:] for line in told) == [f"[E30{n}]" for n in (1, 2, 3, 4, 5, 7, 8)]
    assert last == "What became of each file and line, and why, --report FILE tells."
    assert sorted(tree(site)) == [ARTICLE, "content/sources/good.txt", "site.yaml"]
    assert command(site, source / "good.txt").exit_code == 0


def test_what_is_in_a_folder_but_no_article_is_passed_over(site: Path, source: Path) -> None:
    put(source / "a.txt", text())
    put(source / "a.jpg", b"picture")
    put(source / ".hidden.txt", text("Hidden"))
    put(source / "style.css", "a {}")
    done = run(site, source)
    assert [(o.where.removeprefix(f"{source}/"), o.status, o.note) for o in done.outcomes] == [
        (".hidden.txt", "passed over", "hidden"), ("a.jpg", "passed over", "it comes with the articles that show it"),
        ("a.txt", "new", ""), ("style.css", "passed over", "no format that is read"),
    ]  # fmt: skip
    assert summary(done.outcomes) == "1 new, 0 updated, 0 unchanged, 0 refused, 2 passed over"
    assert summary(run(site, source).outcomes) == "0 new, 0 updated, 1 unchanged, 0 refused, 2 passed over"


def test_a_film_beside_articles_that_is_too_large_to_be_read_is_passed_over(
    site: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.sources.importers.bundles.FETCH_LIMIT", 1000)
    put(source / "a.txt", text())
    put(source / "film.mp4", b"\0\0\0\x18ftypmp42" + b"\0" * 2000)
    assert statuses(run(site, source)) == ["new", "passed over"]
    assert statuses(run(site, source / "film.mp4")) == ["refused"]


def test_a_file_named_by_a_person_is_not_passed_over(site: Path, source: Path) -> None:
    result = command(site, put(source / "a.css", "a {}"))
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        f"{source}/a.css: the format is not recognised (name its format with --format) [E331]",
        "What became of each file and line, and why, --report FILE tells.",
    ]
    put(source / "a.css", text())
    assert (
        command(site, "--format", "newstext", source / "a.css").stdout
        == "1 new, 0 updated, 0 unchanged, 0 refused\n"
    )


def test_links_that_lead_out_of_a_folder_are_passed_over(site: Path, source: Path, tmp_path: Path) -> None:
    outside = put(tmp_path / "outside/a.txt", text())
    put(source / "b.txt", text("Another day"))
    (source / "a.txt").symlink_to(outside)
    (source / "c.txt").symlink_to(source / "b.txt")
    (source / "gone.txt").symlink_to(source / "nowhere.txt")
    (source / "folder").symlink_to(tmp_path / "outside")
    os.mkfifo(source / "pipe.txt")
    done = run(site, source)
    assert statuses(done) == ["new", "duplicate"]
    assert sorted(str(p) for p in done.problems) == [
        f"{source}/a.txt: a link that leads out of the folder (passed over) [W334]",
        f"{source}/folder: a link that leads out of the folder (passed over) [W334]",
        f"{source}/gone.txt: a link to no file (passed over) [W334]",
        f"{source}/pipe.txt: neither a file nor a folder (passed over) [W334]",
    ]
    assert str(run(site, source / "pipe.txt").problems[0]).endswith(
        "pipe.txt: neither a file nor a folder (check the path) [E330]"
    )


@pytest.mark.parametrize(
    "part", ["content", "content/articles", "content/articles/2021", "content/articles/2021/04"]
)
def test_nothing_is_written_through_a_link(site: Path, source: Path, tmp_path: Path, part: str) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (site / part).parent.mkdir(parents=True, exist_ok=True)
    (site / part).symlink_to(outside)
    put(source / "a.txt", text())
    done = run(site, source)
    if part == "content":
        assert statuses(done) == ["new"]  # a content folder that lives elsewhere is the site's own choice
    else:
        assert [str(p) for p in done.all_problems] == [
            f"{ARTICLE}: not written: {part} is a link (only real folders below content/ are) [E333]"
        ]
        assert list(outside.iterdir()) == []
        assert statuses(done) == ["refused"]


def test_what_stands_in_the_way_is_a_problem(site: Path, source: Path) -> None:
    put(site / "content/articles/2021", "a file")
    put(source / "a.txt", text())
    done = run(site, source)
    assert [str(p) for p in done.all_problems] == [
        f"{ARTICLE}: not written: content/articles/2021 is no folder (only real folders below content/ are) [E333]"
    ]
    (site / "content/sources").rename(site / "content/moved")
    put(site / "content/sources", "a file")
    done = run(site, source)
    assert "content/sources is no folder" in str(done.all_problems[0])
    assert statuses(done) == ["refused"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_a_problem(site: Path, source: Path) -> None:
    (site / "content").mkdir()
    (site / "content").chmod(stat.S_IRUSR | stat.S_IXUSR)
    put(source / "a.txt", text())
    assert "[E333]" in str(run(site, source).all_problems[0])
    (site / "content").chmod(stat.S_IRWXU)


def test_a_failed_write_leaves_no_half_file(
    site: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(source / "a.txt", text())

    def fail(file: int, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("generator.depositing.os.write", fail)
    done = run(site, source)
    monkeypatch.undo()
    assert (
        str(done.all_problems[0])
        == "content/sources/a.txt: not written: No space left on device (check the folder) [E333]"
    )
    assert sorted(tree(site)) == ["site.yaml"]


@pytest.mark.parametrize(
    ("title", "path"),
    [
        ("../../../../etc/passwd", "content/articles/2021/04/etc-passwd.md"),
        ("/etc/passwd", "content/articles/2021/04/etc-passwd.md"),
        ("A\\..\\B", "content/articles/2021/04/a-b.md"),
        ("…", "content/articles/2021/04/x-"),
        ("Con" * 60, "content/articles/2021/04/con"),
    ],
)
def test_a_headline_never_leads_out_of_content(site: Path, source: Path, title: str, path: str) -> None:
    put(source / "a.txt", text(title))
    (outcome,) = run(site, source).outcomes
    assert outcome.articles[0].startswith(path)
    assert set(os.listdir(site)) == {"site.yaml", "content", ".morgue"}


class Odd:
    """An importer of many, that gives every name an attacker could think of."""

    name = "odd"

    def __init__(self, *made: Imported) -> None:
        self.made = made

    def recognises(self, original: Original) -> bool:
        return original.name.endswith(".odd")

    def read(
        self, original: Original, context: ImportContext
    ) -> tuple[tuple[Imported, ...], tuple[Problem, ...]]:
        return self.made, ()


def imported(title: str, **more: Any) -> Imported:
    return Imported(front={"title": title, "published": "2021-04-13"}, body=ONE, **more)


def with_formats(monkeypatch: pytest.MonkeyPatch, *offered: Any) -> None:
    class Point:
        def __init__(self, each: Any) -> None:
            self.name, self.each = each.name, each

        def load(self) -> Any:
            return self.each

    monkeypatch.setattr(formats, "entry_points", lambda group: [Point(each) for each in offered])


def test_places_slugs_and_media_of_any_importer_stay_inside(
    site: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = (
        imported("A", place="../../../x"),
        imported("B", place="/abs//./y"),
        imported("C", slug="../z"),
        imported("D", slug="own-slug", media=(Media("p.jpg", "media/../../../p.jpg"),)),
        imported("About", kind="page"),
        imported("About", kind="page"),
        imported("Ines", kind="record", place="people/ines"),
        imported("Ines", kind="record", place="people/ines"),
    )
    with_formats(monkeypatch, Odd(*made))
    put(source / "many.odd", "x")
    put(source / "p.jpg", b"p")
    (outcome,) = [o for o in run(site, source).outcomes if o.status == "new"]
    assert outcome.articles == (
        "content/articles/x.md", "content/articles/abs/y.md", "content/articles/2021/04/z.md",
        "content/articles/2021/04/own-slug.md", "content/pages/about.md", "content/pages/about-2.md",
        "content/entities/people/ines.md",
    )  # fmt: skip
    assert [str(p) for p in outcome.problems] == [
        f"{source}/many.odd: not imported: content/entities/people/ines.md is there already (merge them by hand) [W340]"
    ]
    assert "slug: own-slug\n" in (site / "content/articles/2021/04/own-slug.md").read_text()
    assert (site / "content/media/p.jpg").read_bytes() == b"p"
    assert set(os.listdir(site)) == {"site.yaml", "content", ".morgue"}
    assert [o.status for o in run(site, source).outcomes] == ["unchanged", "passed over"]


def test_a_changed_original_of_many_articles_updates_each(
    site: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Lines(Odd):
        def read(
            self, original: Original, context: ImportContext
        ) -> tuple[tuple[Imported, ...], tuple[Problem, ...]]:
            rows = [line.split("|") for line in original.data.decode().splitlines()]
            return tuple(
                Imported(front={"title": title, "published": day, "mood": mood}, body=ONE)
                for title, day, mood in rows
            ), ()

    with_formats(monkeypatch, Lines())
    path = put(source / "many.odd", "A|2021-04-13|calm\nB|2021-04-14|calm\n")
    assert run(site, source).outcomes[0].articles == (
        "content/articles/2021/04/a.md",
        "content/articles/2021/04/b.md",
    )
    path.write_text("B|2021-04-14|wild\nA2|2021-04-13|calm\nC|2021-04-15|new\n")
    (outcome,) = run(site, source).outcomes
    assert outcome.status == "updated"
    assert outcome.articles == (
        "content/articles/2021/04/b.md", "content/articles/2021/04/a.md", "content/articles/2021/04/c.md",
    )  # fmt: skip
    assert "mood: wild" in (site / "content/articles/2021/04/b.md").read_text()
    assert "title: A2\n" in (site / "content/articles/2021/04/a.md").read_text()
    assert statuses(run(site, source)) == ["unchanged"]


def test_a_picture_beside_the_text_is_copied(site: Path, source: Path) -> None:
    put(source / "a.txt", text())
    put(source / "a.jpg", b"one")
    run(site, source / "a.txt")
    assert (site / "content/media/a.jpg").read_bytes() == b"one"
    assert "image: {src: media/a.jpg}\n" in (site / ARTICLE).read_text()


def test_pictures_of_one_name_do_not_replace_each_other(site: Path, source: Path) -> None:
    body = (
        "Published: 13 April 2021\nA quiet day\n\n[Image: a.jpg]\n\n"
        + ONE
        + "\n\n[Image: a.jpg]\nAgain.\n\n"
        + TWO
    )
    put(source / "1/a.txt", body)
    put(source / "1/a.jpg", b"one")
    put(source / "2/a.txt", body.replace("quiet", "calm"))
    put(source / "2/a.jpg", b"two")
    put(source / "3/a.txt", body.replace("quiet", "still"))
    put(source / "3/a.jpg", b"one")
    run(site, source)
    calm = (site / "content/articles/2021/04/a-calm-day.md").read_text()
    assert "src: media/a-2.jpg" in calm and '<img src="/media/a-2.jpg"' in calm
    assert "src: media/a.jpg" in (site / "content/articles/2021/04/a-still-day.md").read_text()
    assert sorted(os.listdir(site / "content/media")) == ["a-2.jpg", "a.jpg"]


def test_a_drawing_with_a_program_in_it_is_not_copied(site: Path, source: Path) -> None:
    put(source / "a.txt", text())
    put(source / "a.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'></svg>")
    done = run(site, source / "a.txt")
    assert [str(p) for p in done.all_problems] == [
        f"{source}/a.txt: image: holds a program, and was not copied: 'a.svg' (clean it, and put it below content/media) [W337]"
    ]
    assert not (site / "content/media").exists()


def test_a_dry_run_writes_nothing_and_says_what_it_would_do(site: Path, source: Path) -> None:
    put(source / "a.txt", text())
    put(source / "b.txt", text("A quiet day", THREE))
    result = command(site, "--dry-run", source)
    assert result.stdout == (
        f"would write {ARTICLE} (new) from {source}/a.txt\n"
        f"would write content/articles/2021/04/a-quiet-day-2.md (new) from {source}/b.txt\n"
        "2 new, 0 updated, 0 unchanged, 0 refused (nothing was written)\n"
    )
    assert sorted(tree(site)) == ["site.yaml"]
    put(site / "content/sources/c.txt", text())
    run(site, site / "content/sources", dry_run=True)
    assert not (site / ".morgue").exists()


def test_the_command_says_what_it_kept(site: Path, source: Path) -> None:
    path = put(source / "a.txt", text())
    run(site, source)
    (site / ARTICLE).write_text((site / ARTICLE).read_text().replace("A quiet day", "Our day"))
    path.write_text(text("A calm day"))
    result = command(site, source)
    assert (
        result.stdout
        == f"{ARTICLE}: kept as it was edited: title\n0 new, 1 updated, 0 unchanged, 0 refused\n"
    )


def test_the_command_says_what_it_restored(site: Path, source: Path) -> None:
    put(source / "a.txt", text())
    run(site, source)
    (site / ARTICLE).unlink()
    assert (
        command(site, source).stdout.splitlines()[0]
        == f"{source}/a.txt: its article had been deleted, and was made again"
    )


def test_the_command_prints_json(site: Path, source: Path) -> None:
    put(source / "a.txt", text())
    put(source / "b.txt", "")
    result = command(site, "--json", source)
    assert result.exit_code == 1
    told = json.loads(result.stdout)
    assert told["summary"] == {
        "new": 1,
        "updated": 0,
        "unchanged": 0,
        "duplicate": 0,
        "refused": 1,
        "passed_over": 0,
    }
    assert told["originals"][1]["problems"][0]["code"] == "E301"


@pytest.mark.parametrize("name", ["report.json", "report.txt"])
def test_a_report_is_written(site: Path, source: Path, tmp_path: Path, name: str) -> None:
    put(source / "a.txt", text("A quiet day", ONE, TWO, ONE))
    command(site, "--report", tmp_path / name, source)
    told = (tmp_path / name).read_text()
    sha256 = hashlib.sha256((source / "a.txt").read_bytes()).hexdigest()
    if name.endswith(".json"):
        (original,) = json.loads(told)["originals"]
        assert (original["status"], original["sha256"], original["articles"]) == ("new", sha256, [ARTICLE])
        assert original["lines"][-1] == {
            "line": 8,
            "fate": "left out",
            "reason": "says again what line 4 says",
        }
    else:
        assert told == (
            "1 new, 0 updated, 0 unchanged, 0 refused\n\n"
            f"{source}: 1 article read as newstext\n  title           100.0%\n  published       100.0%\n"
            "  text            100.0%\n\n"
            f"{source}/a.txt: new\n  article   {ARTICLE}\n  original  content/sources/a.txt\n  sha256    {sha256}\n"
            f"  problem   {source}/a.txt:8: a paragraph stands twice on lines 4 and 8 (the first one was kept, that of line 4) [W320]\n"
            "  line 1    date\n  line 2    headline\n  line 8    left out: says again what line 4 says\n"
        )


def test_a_report_tells_of_everything() -> None:
    outcome = Outcome(
        where="a.txt", status="updated", kept=("title",), updated=("text",), note="n", lines=(LineFate(3, "date"),),
        problems=(Problem("a.txt", 1, "E301", "m"),),
    )  # fmt: skip
    assert as_text([outcome], [Problem("b", 0, "E330", "gone")]) == (
        "0 new, 1 updated, 0 unchanged, 0 refused\n\nb: gone [E330]\n\na.txt: updated (n)\n  problem   a.txt:1: m [E301]\n"
        "  line 3    date\n  updated   text\n  kept      title, as it was edited\n"
    )
    assert (
        json.loads(as_json([outcome], [Problem("b", 0, "E330", "gone")]))["problems"][0]["message"] == "gone"
    )
    two = [Outcome(where="a", status="duplicate"), Outcome(where="b", status="duplicate")]
    assert summary(two) == "0 new, 0 updated, 0 unchanged, 2 duplicates, 0 refused"
    assert summary(two[:1]).endswith(", 1 duplicate, 0 refused")


def test_a_report_that_cannot_be_written_ends_with_two(site: Path, source: Path, tmp_path: Path) -> None:
    put(source / "a.txt", text())
    result = command(site, "--report", tmp_path / "no/such/folder.txt", source)
    assert result.exit_code == 2
    assert "report: cannot be written: No such file or directory [E337]" in result.stderr


def test_an_unknown_format_ends_with_two(site: Path, source: Path) -> None:
    result = command(site, "--format", "newstxt", source)
    assert result.exit_code == 2
    assert result.stderr == "format: unknown: 'newstxt' (did you mean \"newstext\"?) [E336]\n"
    with pytest.raises(SiteError, match="known are"):
        run(site, source, format_name="zzzzzz")


def test_progress_is_told_for_each_original(site: Path, source: Path) -> None:
    for n in range(3):
        put(source / f"{n}.txt", text(f"Day {n}"))
    told: list[tuple[int, int]] = []
    run(site, source, progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_a_file_that_cannot_be_read_is_refused(
    site: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from generator.sources.importers import bundles

    monkeypatch.setattr(bundles, "FETCH_LIMIT", 10)
    monkeypatch.setattr("generator.desk.FETCH_LIMIT", 10)
    size = f"{len(text().encode()):,}"
    told = f"too large: {size} bytes, in a format of which at most 10 are read (split it) [E330]"
    done = run(site, put(source / "a.txt", text()))
    assert str(done.all_problems[0]) == f"{source}/a.txt: {told}"
    done = run(site, "-", stdin=text().encode())
    assert str(done.all_problems[0]) == f"-: {told}"


def test_a_loaded_picture_path_is_only_changed_where_it_is_one() -> None:
    one = Imported(
        front={
            "title": "media/a.jpg is here",
            "image": {"src": "media/a.jpg"},
            "pictures": ["media/a.jpg", "b"],
        },
        body='<img src="/media/a.jpg"> ![](media/a.jpg) media/a.jpg',
    )
    changed = with_target(one, "media/a.jpg", "media/a-2.jpg")
    assert changed.front == {
        "title": "media/a.jpg is here", "image": {"src": "media/a-2.jpg"}, "pictures": ["media/a-2.jpg", "b"],
    }  # fmt: skip
    assert changed.body == '<img src="/media/a-2.jpg"> ![](media/a-2.jpg) media/a.jpg'


def test_nothing_is_written_outside_content_whatever_is_asked(site: Path) -> None:
    depot = Depot(site, dry_run=False)
    for path in ("../x", "content/../x", "/content/x", "templates/x"):
        assert [str(p) for p in depot.write(path, b"x")] == [
            f"{path}: not written: it would lie outside content/ (only real folders below content/ are) [E333]"
        ]


def full(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the disk had no room for what SQLite keeps: its files may not grow."""
    connect = memo._connect

    def filled(path: Path) -> sqlite3.Connection:
        db = connect(path)
        db.execute("pragma max_page_count = 1")
        return db

    monkeypatch.setattr(memo, "_connect", filled)


def test_where_the_caches_have_no_room_an_import_goes_on_without(
    site: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full(monkeypatch)
    put(source / "a.txt", text())
    assert [outcome.status for outcome in run(site, source).outcomes] == ["new"]
    put(source / "b.txt", text("Another day", THREE, FOUR))
    assert [outcome.status for outcome in run(site, source).outcomes] == ["unchanged", "new"]
    done = CliRunner().invoke(morgue, ["verify", "--site", str(site)])
    assert (done.exit_code, done.output) == (0, "2 same\n")


def test_an_original_within_the_site_comes_in_though_no_copy_of_it_can_be_kept(site: Path) -> None:
    original = put(site / "content/sources/a.txt", text())
    put(site / ".morgue/originals", "a file where a folder belongs")
    assert [outcome.status for outcome in run(site, original).outcomes] == ["new"]


@pytest.mark.parametrize("ending", ["csv", "jsonl", "txt"])
def test_a_text_that_no_build_would_read_is_refused_and_the_rest_comes_in(
    site: Path, source: Path, ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.sources.importers.known.FILE_LIMIT", 1000)
    monkeypatch.setattr("generator.clerk.FILE_LIMIT", 1000)
    long = " ".join(f"word{n}" for n in range(200))
    if ending == "txt":
        put(source / "a.txt", text("Long", long))
        put(source / "b.txt", text("Short", ONE))
    else:
        rows = [("Long", "2021-04-13", long), ("Short", "2021-04-14", ONE)]
        lines = (
            ["title,date,body", *(f'{a},{b},"{c}"' for a, b, c in rows)]
            if ending == "csv"
            else [json.dumps({"title": a, "date": b, "body": c}) for a, b, c in rows]
        )
        put(source / f"a.{ending}", "\n".join(lines) + "\n")
    done = run(site, source)
    (problem,) = done.all_problems
    assert problem.code == "E304"
    assert "too large for one article: 'Long'" in problem.message
    assert [path.name for path in (site / "content/articles").rglob("*.md")] == ["short.md"]


def test_an_article_that_its_front_matter_makes_too_large_is_refused(
    site: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.clerk.FILE_LIMIT", 1000)
    put(source / "a.txt", f"Title: Long\nDate: 2021-04-13\nSummary: {'word ' * 250}\n\n{ONE}\n\n{TWO}\n")
    assert [problem.code for problem in run(site, source).all_problems] == ["E304"]
    assert not list((site / "content").rglob("*.md"))


def test_an_archive_within_a_folder_is_told(site: Path, source: Path) -> None:
    put(source / "a.txt", text())
    with zipfile.ZipFile(source / "more.zip", "w") as archive:
        archive.writestr("b.txt", text("Another day", THREE, FOUR))
    done = run(site, source)
    assert [outcome.status for outcome in done.outcomes] == ["new", "passed over"]
    assert [str(problem) for problem in done.all_problems] == [
        f"{source}/more.zip: an archive within a folder, which is not looked into (import it by itself: name it"
        " on the command line) [W356]"
    ]
    assert [outcome.status for outcome in run(site, source / "more.zip").outcomes] == ["new"]


def test_names_that_another_system_cannot_tell_apart_or_keep_are_made_others(
    site: Path, source: Path
) -> None:
    names = ["A/ok.txt", "a/OK.txt", "a/ok.txt", "CON.txt", "aux/x.txt", "con.a.txt", "cone.txt"]
    for number, name in enumerate(names):
        put(source / name, text(f"Day {number}", f"{ONE} {number} {TWO * number}"))
    put(source / "z.txt", text("Nul", THREE, FOUR))
    assert {outcome.status for outcome in run(site, source).outcomes} == {"new"}
    kept = [
        str(path.relative_to(site / "content/sources"))
        for path in sorted((site / "content/sources").rglob("*.txt"))
    ]
    assert kept == [
        "A/ok.txt",
        "_CON.txt",
        "_aux/x.txt",
        "_con.a.txt",
        "a/OK-2.txt",
        "a/ok-3.txt",
        "cone.txt",
        "z.txt",
    ]
    assert (site / "content/articles/2021/04/nul-2.md").is_file()
    assert {outcome.status for outcome in run(site, source).outcomes} == {"unchanged"}


def test_names_that_a_machine_listed_are_no_edits_and_those_of_an_editor_are(
    site: Path, source: Path
) -> None:
    put(source / "a.txt", text())
    run(site, source)
    (article,) = (site / "content/articles").rglob("*.md")
    plain = article.read_text()
    found = "people: [Ann Lee]\nfound: {by: light-2, people: [Ann Lee, Bo Orr]}\nsource:"
    for written, told in [
        (found, "1 same\n"),
        (found.replace("[Ann Lee]\n", "[Ann Lee, Cy Poe]\n"), "edited: people (sources/a.txt)\n1 edited\n"),
        ("people: [Ann Lee]\nsource:", "edited: people (sources/a.txt)\n1 edited\n"),
    ]:
        article.write_text(plain.replace("source:", written, 1))
        done = CliRunner().invoke(morgue, ["verify", "--site", str(site)])
        assert done.stdout.removeprefix(f"{article.relative_to(site)}: ") == told


@pytest.mark.parametrize(
    ("source", "told"),
    [
        (".", "holds the site itself"), ("..", "holds the site itself"), ("content", "lies among the site's own files"),
        ("content/articles/2021", "lies among the site's own files"), ("build/index.html", "lies among the site's own files"),
    ],
)  # fmt: skip
def test_a_site_is_not_imported_into_itself(site: Path, source: str, told: str) -> None:
    put(site / "a.txt", text())
    put(site / "content/articles/2021/04/x.md", "---\ntitle: X\npublished: 2021-04-13\n---\n")
    put(site / "build/index.html", "<p>x")
    before = tree(site)
    done = command(site, site / "a.txt", site / source)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == f"{site / source}: {told} (name the folder with the originals alone) [E329]\n"
    assert tree(site) == before
    assert command(site, site / "a.txt").exit_code == 0
    assert command(site, site / "content/sources").exit_code == 0
