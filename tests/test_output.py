import os
import pickle
import sqlite3
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.core.archive import InPlace
from generator.core.problems import Problem, SiteError
from generator.output.encode import Undecodable, decode, digest, digest_file, encode, pack, unpack
from generator.output.folder import (
    MANIFEST,
    STAGE,
    Place,
    claim,
    manifest_bytes,
    publish,
    read_manifest,
    scan,
    temporary,
)
from generator.output.keeping import read_kept, read_ledger, write_ledger
from generator.output.ledger import NOTHING, Ledger, Row, Seen, Written
from generator.output.memo import Memo
from generator.output.program import program_digest
from generator.publishing import reason


def put(output: Path, files: dict[str, bytes]) -> None:
    """Build a folder that holds exactly these files."""
    before = claim(output)
    publish(output, staged(output, files, fresh=not before), before, digests(files), fresh=not before)


def staged(output: Path, files: dict[str, bytes], *, fresh: bool = False) -> list[str]:
    """Stage files, and say which of them were."""
    place = Place(output=str(output), fresh=fresh)
    return [path for path, data in files.items() if place.put(path, data)[2]]


def digests(files: dict[str, bytes]) -> dict[str, str]:
    return {path: digest(data) for path, data in files.items()}


def tree(output: Path) -> dict[str, bytes]:
    return {path: (output / path).read_bytes() for path in scan(output)}


def test_a_folder_holds_what_was_published_and_a_manifest_of_it(tmp_path: Path) -> None:
    put(tmp_path / "build", {"index.html": b"front", "2021/04/x/index.html": b"x"})
    assert tree(tmp_path / "build") == {"index.html": b"front", "2021/04/x/index.html": b"x"}
    assert set(read_manifest((tmp_path / "build" / MANIFEST).read_bytes())) == {
        "index.html",
        "2021/04/x/index.html",
    }
    assert not (tmp_path / "build" / STAGE).exists()


def test_what_is_no_longer_wanted_goes_with_its_empty_folders(tmp_path: Path) -> None:
    put(tmp_path, {"a/b/c.html": b"1", "a/d.html": b"2"})
    put(tmp_path, {"a/d.html": b"2"})
    assert tree(tmp_path) == {"a/d.html": b"2"}
    assert not (tmp_path / "a/b").exists()


def test_files_of_others_inside_the_folder_are_left_alone(tmp_path: Path) -> None:
    put(tmp_path, {"a/b.html": b"1"})
    (tmp_path / "a/CNAME").write_bytes(b"example.org")
    put(tmp_path, {"c.html": b"2"})
    assert tree(tmp_path) == {"a/CNAME": b"example.org", "c.html": b"2"}


def test_a_foreign_folder_is_refused_and_untouched(tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").write_bytes(b"years of work")
    with pytest.raises(SiteError) as refused:
        claim(tmp_path)
    assert str(refused.value) == (
        f"{tmp_path.name}: the output folder holds files that Morgue did not write, such as 'thesis.doc' "
        "(move them away, or name another folder with --output) [E702]"
    )
    assert (tmp_path / "thesis.doc").read_bytes() == b"years of work"


def test_an_unreadable_manifest_stops_the_build(tmp_path: Path) -> None:
    (tmp_path / MANIFEST).write_bytes(b"\xff\x00 something else")
    with pytest.raises(SiteError) as refused:
        claim(tmp_path)
    assert str(refused.value) == (
        ".morgue-manifest:1: this is not a manifest this version can read, so it is unknown which files are "
        "Morgue's (build into an empty folder) [E703]"
    )


def test_a_build_killed_before_its_end_leaves_nothing_that_the_next_cannot_remove(tmp_path: Path) -> None:
    put(tmp_path, {"old.html": b"old"})
    files = {"half.html": b"half", "never.html": b"never"}
    new = staged(tmp_path, files)
    (tmp_path / STAGE / temporary("never.html")).unlink()
    with pytest.raises(FileNotFoundError):
        publish(tmp_path, new, claim_again(tmp_path), digests(files), fresh=False)
    assert tree(tmp_path) == {"old.html": b"old", "half.html": b"half"}
    put(tmp_path, {"new.html": b"new"})
    assert tree(tmp_path) == {"new.html": b"new"}


def claim_again(output: Path) -> dict[str, str]:
    return read_manifest((output / MANIFEST).read_bytes())


def test_a_page_may_become_a_folder_and_a_folder_a_page(tmp_path: Path) -> None:
    put(tmp_path, {"x": b"file"})
    put(tmp_path, {"x/index.html": b"folder"})
    assert tree(tmp_path) == {"x/index.html": b"folder"}
    put(tmp_path, {"x": b"file"})
    assert tree(tmp_path) == {"x": b"file"}


def test_publishing_the_same_again_touches_no_file(tmp_path: Path) -> None:
    put(tmp_path, {"a.html": b"1"})
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    publish(tmp_path, [], claim(tmp_path), claim_again(tmp_path), fresh=False)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_a_scan_counts_links_as_files_and_skips_our_own(tmp_path: Path) -> None:
    put(tmp_path, {"a.html": b"1"})
    (tmp_path / "link.html").symlink_to(tmp_path / "a.html")
    assert set(scan(tmp_path)) == {"a.html", "link.html"}


def test_a_manifest_is_sorted_and_read_back() -> None:
    files = {"b c.html": "0" * 32, "a.html": "1" * 32}
    assert manifest_bytes(files).decode().splitlines()[1:] == ["1" * 32 + "  a.html", "0" * 32 + "  b c.html"]
    assert read_manifest(manifest_bytes(files)) == files


def test_a_memo_keeps_values_between_runs(tmp_path: Path) -> None:
    path = tmp_path / ".morgue" / "memo.sqlite3"
    with Memo(path) as memo:
        memo.put_many((str(n), bytes([n % 256])) for n in range(1200))
    with Memo(path) as memo:
        assert memo.get("7") == b"\x07"
        assert memo.get("absent") is None
        assert len(memo.get_many([str(n) for n in range(2000)])) == 1200
    with Memo(path, read_only=True) as memo:
        assert memo.get("8") == b"\x08"


@pytest.mark.parametrize("damage", [b"not a database", b"", b"SQLite format 3\x00" + b"\xff" * 4000])
def test_a_damaged_memo_is_made_anew(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "memo.sqlite3"
    path.write_bytes(damage)
    with Memo(path) as memo:
        memo.put_many([("a", b"1")])
        assert memo.get("a") == b"1"


def test_a_memo_of_another_format_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "memo.sqlite3"
    db = sqlite3.connect(path)
    db.executescript("pragma user_version = 99; create table memo (other text);")
    db.close()
    with Memo(path) as memo:
        memo.put_many([("a", b"1")])
        assert memo.get("a") == b"1"


def test_a_memo_that_cannot_be_written_works_in_memory(tmp_path: Path) -> None:
    (tmp_path / ".morgue").write_bytes(b"a file where the folder should be")
    with Memo(tmp_path / ".morgue" / "memo.sqlite3") as memo:
        assert memo.path is None
        memo.put_many([("a", b"1")])
        assert memo.get("a") == b"1"


def test_a_memo_in_use_by_another_build_is_said_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "memo.sqlite3"
    real = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *a, **k: real(*a, **{**k, "timeout": 0}))
    other = real(path)
    other.execute("begin exclusive")
    with pytest.raises(SiteError) as refused:
        Memo(path)
    other.close()
    assert str(refused.value) == "another command is using memo.sqlite3 (wait until it is done) [E701]"


def test_a_memo_forgets_only_when_the_unused_outweighs_the_used(tmp_path: Path) -> None:
    with Memo(tmp_path / "memo.sqlite3") as memo:
        memo.put_many((str(n), b"") for n in range(1500))
        assert memo.forget_unused({str(n) for n in range(200)}) == 0
        assert memo.forget_unused({"0", "1"}) == 1498
        assert set(memo.get_many([str(n) for n in range(1500)])) == {"0", "1"}


def test_a_value_of_the_memo_that_the_disk_lost_a_part_of_is_no_value(tmp_path: Path) -> None:
    path = tmp_path / "memo.sqlite3"
    with Memo(path) as memo:
        memo.put_many([("a", b"a long value")])
    db = sqlite3.connect(path)
    db.execute("update memo set value = cast(substr(value, 1, 8) as blob)")
    db.commit()
    db.close()
    with Memo(path) as memo, pytest.raises(Undecodable):
        memo.get("a")


LEDGER = Ledger(
    head="h",
    started=10**18,
    inputs={"content/pages/a.md": Seen(1, 2, 3, 4)},
    articles={"content/articles/a.md": Row(Seen(1, 2, 3, 4), "k", "s", "t", "a/index.html", "published")},
    pages={"a/index.html": Written("k", b"\x00\xff", "d", 1, 2)},
    own={"content/articles/a.md": (Problem("content/articles/a.md", 1, "W402", "m"),)},
)


def test_a_ledger_reads_back_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / ".morgue" / "ledger"
    write_ledger(path, LEDGER)
    assert read_ledger(path) == LEDGER


def test_the_rows_of_a_ledger_can_be_sent_to_another_process(tmp_path: Path) -> None:
    write_ledger(tmp_path / "ledger", LEDGER)
    kept = read_kept(tmp_path / "ledger")
    assert kept is not None
    other = LEDGER.pages["a/index.html"]._replace(digest="other")
    for table in (kept.base.pages, kept.base.pages.under({"a/index.html": other})):
        assert dict(pickle.loads(pickle.dumps(table))) == dict(table)


@pytest.mark.parametrize(
    "spoil",
    [lambda d: d[:-1], lambda d: d + b"x", lambda d: b"", lambda d: d[:40] + bytes([d[40] ^ 1]) + d[41:]],
)
def test_a_spoiled_ledger_knows_nothing(tmp_path: Path, spoil: Callable[[bytes], bytes]) -> None:
    path = tmp_path / "ledger"
    write_ledger(path, LEDGER)
    path.write_bytes(spoil(path.read_bytes()))
    assert read_ledger(path) == NOTHING


def test_a_ledger_that_cannot_be_kept_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / ".morgue").write_bytes(b"a file where the folder should be")
    write_ledger(tmp_path / ".morgue" / "ledger", LEDGER)
    assert read_ledger(tmp_path / ".morgue" / "ledger") == NOTHING


def test_looks_tell_nothing_of_a_file_saved_while_the_build_began_to_look() -> None:
    old = Seen(1, LEDGER.started - 10**9, LEDGER.started - 10**9, 4)
    assert LEDGER.is_as_seen(old, old)
    assert not LEDGER.is_as_seen(old, old._replace(ctime_ns=old.ctime_ns + 1))
    assert not LEDGER.is_as_seen(None, old)
    late = old._replace(mtime_ns=LEDGER.started - 10**6)
    assert not LEDGER.is_as_seen(late, late)


def test_parts_of_a_digest_cannot_run_into_each_other() -> None:
    assert digest("ab", "c") != digest("a", "bc")
    assert digest("a", b"b") == digest(b"a", "b")


def test_a_file_has_the_digest_of_its_bytes(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"abc" * 1000)
    assert digest_file(tmp_path / "x", 3000) == digest(b"abc" * 1000)


def test_a_value_reads_back_as_it_was_written() -> None:
    value = InPlace(block=1, label="é", headline="h")
    assert decode(encode(value), InPlace) == value
    assert unpack(pack(value), InPlace) == value
    for broken in (decode, unpack):
        with pytest.raises(Undecodable):
            broken(b"[", InPlace)


def test_the_program_digest_tells_the_versions_of_libraries(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = program_digest()
    folder = tmp_path / "site-packages"
    (folder / "markdown-99.9.dist-info").mkdir(parents=True)
    monkeypatch.setattr(sys, "path", [*sys.path, str(folder)])
    program_digest.cache_clear()
    try:
        assert program_digest() != first
    finally:
        program_digest.cache_clear()


def test_the_program_digest_does_not_depend_on_where_it_runs(tmp_path: Path) -> None:
    first = program_digest()
    program_digest.cache_clear()
    here = Path.cwd()
    os.chdir(tmp_path)
    try:
        assert program_digest() == first
    finally:
        os.chdir(here)


@dataclass(frozen=True, slots=True)
class View:
    title: str
    days: str


def left(key: str, parts: bytes = b"\0" * 8) -> Written:
    return Written(key, parts, "d", 1, 1)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (None, left("a.t.s"), "new"),
        (left("a.t.s", b"\0" * 8), left("b.t.s", b"\1" + b"\0" * 7), "what it shows (title)"),
        (left("a.t.s"), left("b.t.s"), "what it shows (its text)"),
        (left("a.t.s"), left("a.u.s"), "its template"),
        (left("a.t.s"), left("a.t.z"), "the settings or the program"),
        (left("a.t.s"), left("b.u.s", b"\0" * 7 + b"\1"), "what it shows (days) and its template"),
        (left("a", b""), left("b", b""), "the file itself"),
        (left("a.t.s"), left("a.t.s"), "it was changed by hand"),
    ],
)
def test_why_a_page_was_written_is_told(before: Written | None, after: Written, told: str) -> None:
    assert reason(View("a", "b"), before, after) == told
