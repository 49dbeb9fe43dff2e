"""Folders and archives: their files are found, and nothing leads or swells out of them."""

import bz2
import gzip
import io
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.sources.importers import archives, packed
from generator.sources.importers.archives import safe_name, unpack
from generator.sources.importers.bundles import opened


def zipped(path: Path, files: dict[str, bytes], *, links: tuple[str, ...] = ()) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("folder/", b"")
        for name, data in files.items():
            archive.writestr(name, data)
        for name in links:
            info = zipfile.ZipInfo(name)
            info.external_attr = 0o120777 << 16
            archive.writestr(info, "/etc/passwd")
    return path


def taped(path: Path, files: dict[str, bytes], *, links: tuple[str, ...] = ()) -> Path:
    with tarfile.open(path, "w:gz" if path.suffix in {".gz", ".tgz"} else "w") as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        for name in links:
            info = tarfile.TarInfo(name)
            info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
            archive.addfile(info)
    return path


MAKERS = [("a.zip", zipped), ("a.tar", taped), ("a.tar.gz", taped), ("a.tgz", taped)]
FILES = {"b.txt": b"two", "x/a.txt": b"one", ".hidden": b"h"}


@pytest.mark.parametrize(("name", "maker"), MAKERS)
def test_the_files_of_an_archive_are_those_of_a_folder(tmp_path: Path, name: str, maker: object) -> None:
    assert callable(maker)
    path = maker(tmp_path / name, FILES, links=("link.txt",))
    with opened(str(path), io.BytesIO()) as bundle:
        assert bundle.names == ("b.txt", "x/a.txt")
        assert [bundle.fetch(each) for each in (*bundle.names, "none")] == [b"two", b"one", None]
        assert bundle.where("x/a.txt") == f"{path}/x/a.txt"
        assert [str(p) for p in bundle.problems] == [
            f"{path}: archive: neither a file nor a folder: 'link.txt' (passed over) [W334]"
        ]
        kept = bundle.files["b.txt"]
    assert not kept.exists()


@pytest.mark.parametrize(("name", "maker"), MAKERS)
def test_names_that_lead_out_of_an_archive_are_left_out(tmp_path: Path, name: str, maker: object) -> None:
    assert callable(maker)
    (tmp_path / "in").mkdir()
    path = maker(tmp_path / "in" / name, {"../out.txt": b"x", "a/../../out.txt": b"x", "ok.txt": b"ok"})
    problems = unpack(path, tmp_path / "to/folder", "a")
    assert [str(p) for p in problems] == [
        "a: archive: a file's name leads out of it: '../out.txt' (left out) [E332]",
        "a: archive: a file's name leads out of it: 'a/../../out.txt' (left out) [E332]",
    ]
    assert [str(p.relative_to(tmp_path)) for p in sorted(tmp_path.rglob("*.txt"))] == ["to/folder/ok.txt"]


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("a.txt", "a.txt"), ("./a/./b.txt", "a/b.txt"), ("a\\b.txt", "a/b.txt"), ("/etc/passwd", None),
        ("..", None), ("a/../b", None), ("..\\b", None), ("C:\\x", None), ("", None), (".", None), ("a\0b", None),
    ],
)  # fmt: skip
def test_a_members_name_is_a_path_within(name: str, safe: str | None) -> None:
    assert safe_name(name) == safe


@pytest.mark.parametrize(("name", "maker"), MAKERS)
def test_an_archive_that_swells_is_stopped(
    tmp_path: Path, name: str, maker: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert callable(maker)
    path = maker(tmp_path / name, {f"{n}.txt": b"0" * 1000 for n in range(5)})
    monkeypatch.setattr(archives, "SIZE_LIMIT", 2500)
    problems = unpack(path, tmp_path / "to", "a")
    assert [str(p) for p in problems] == [
        "a: archive: its files have more than 2,500 bytes (unpack it yourself) [E332]"
    ]
    monkeypatch.setattr(archives, "SIZE_LIMIT", 10_000)
    monkeypatch.setattr(archives, "MEMBERS_LIMIT", 2)
    problems = unpack(path, tmp_path / "again", "a")
    assert [str(p) for p in problems] == [
        "a: archive: it holds more than 2 files (unpack it yourself) [E332]"
    ]


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tar.gz", "a.tgz", "a.tar.xz", "a.tar.bz2", "a.csv.gz"])
@pytest.mark.parametrize(
    "data",
    [b"", b"PK\x03\x04", b"\x1f\x8b\x08\x00", b"\xfd7zXZ\x00", b"BZh9" + b"x" * 99, b"no archive" * 99],
)
def test_a_broken_archive_is_a_problem(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    with opened(str(tmp_path / name), io.BytesIO()) as bundle:
        assert bundle.names == ()
        (problem,) = bundle.problems
    assert str(problem).startswith(f"{tmp_path}/{name}: archive: cannot be read: ")
    assert problem.code == "E332"


@pytest.mark.parametrize(("name", "maker"), MAKERS)
def test_an_archive_cut_off_gives_what_came_before(tmp_path: Path, name: str, maker: object) -> None:
    assert callable(maker)
    path = maker(tmp_path / name, {f"{n}.txt": bytes(range(256)) * 400 for n in range(5)})
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    with opened(str(path), io.BytesIO()) as bundle:
        assert {p.code for p in bundle.problems} == {"E332"}
        assert len(bundle.names) < 5


def test_a_name_in_an_archive_may_be_a_folder_and_a_file(tmp_path: Path) -> None:
    path = taped(tmp_path / "a.tar", {"a": b"x", "a/b.txt": b"y"})
    with opened(str(path), io.BytesIO()) as bundle:
        assert [p.code for p in bundle.problems] == ["E332"]


def test_a_folder_is_walked_in_order_and_odd_names_are_told_of(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.txt", "a.txt", ".git/config", "bad\nname.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    with opened(str(tmp_path), io.BytesIO()) as bundle:
        assert bundle.names == ("a.txt", "b/1.txt", "b/2.txt")
        assert bundle.passed_over == (f"{tmp_path}/.git: hidden",)
        assert [str(p) for p in bundle.problems] == [
            f"{tmp_path}/bad\\u000aname.txt: the file's name cannot be kept (rename it) [E330]"
        ]


def test_a_file_comes_with_those_of_its_name(tmp_path: Path) -> None:
    for name in ("000.txt", "000.jpg", "001.jpg"):
        (tmp_path / name).write_text(name)
    with opened(str(tmp_path / "000.txt"), io.BytesIO()) as bundle:
        assert (bundle.names, sorted(bundle.files)) == (("000.txt",), ["000.jpg", "000.txt"])
        (tmp_path / "000.jpg").unlink()
        assert bundle.fetch("000.jpg") is None


@pytest.mark.parametrize(("ending", "pack"), [("gz", gzip.compress), ("bz2", bz2.compress)])
def test_a_packed_file_holds_one_of_its_name(
    tmp_path: Path, ending: str, pack: Callable[[bytes], bytes]
) -> None:
    path = tmp_path / f"stories.csv.{ending}"
    path.write_bytes(pack(b"title,date,body\n"))
    with opened(str(path), io.BytesIO()) as bundle:
        assert (bundle.names, bundle.problems) == (("stories.csv",), ())
        assert bundle.fetch("stories.csv") == b"title,date,body\n"


def test_a_packed_file_that_swells_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "SIZE_LIMIT", 1_000)
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(bytes(5_000_000)))
    (problem,) = unpack(path, tmp_path, str(path))
    assert str(problem).endswith(
        "a.csv.gz: archive: its files have more than 1,000 bytes (unpack it yourself) [E332]"
    )


def text_of_one(path: Path) -> bool:
    """Whether a file is in the one format of these tests: it begins with "ONE"."""
    return path.read_bytes()[:3] == b"ONE"


def test_packed_files_of_a_folder_are_read_as_what_is_in_them(tmp_path: Path) -> None:
    folder = tmp_path / "old"
    (folder / "2021").mkdir(parents=True)
    (folder / "2021/a.xml.gz").write_bytes(gzip.compress(b"ONE a"))
    (folder / "b.html.BZ2").write_bytes(bz2.compress(b"ONE b"))
    (folder / "c.html").write_bytes(b"ONE c")
    (folder / "c.html.gz").write_bytes(gzip.compress(b"ONE c"))
    (folder / "log.gz").write_bytes(gzip.compress(b"GET /"))
    (folder / "own.gz").write_bytes(b"ONE packed or not")
    with opened(str(folder), io.BytesIO(), text_of_one) as bundle:
        assert bundle.names == ("2021/a.xml", "b.html", "c.html", "log.gz", "own.gz")
        assert bundle.fetch("2021/a.xml") == b"ONE a" and bundle.fetch("b.html") == b"ONE b"
        assert bundle.passed_over == (f"{folder}/c.html.gz: c.html lies beside it unpacked",)
        unpacked = bundle.files["2021/a.xml"]
        assert not bundle.problems
    assert not unpacked.exists() and (folder / "2021/a.xml.gz").exists()


def test_a_packed_file_within_an_archive_is_unpacked_too(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"in/a.xml.gz": gzip.compress(b"ONE a")})
    with opened(str(path), io.BytesIO(), text_of_one) as bundle:
        assert (bundle.names, bundle.fetch("in/a.xml")) == (("in/a.xml",), b"ONE a")


def test_packed_files_of_a_folder_swell_together_to_no_more_than_one_archive_may(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.xml.gz").write_bytes(gzip.compress(b"ONE" + bytes(5_000)))
    (tmp_path / "d.xml.gz").write_bytes(gzip.compress(b"ONE" + bytes(5_000))[:20])
    monkeypatch.setattr(packed, "SIZE_LIMIT", 10_006)
    with opened(str(tmp_path), io.BytesIO(), text_of_one) as bundle:
        assert bundle.names == ("a.xml", "b.xml")
        assert [str(problem) for problem in bundle.problems] == [
            f"{tmp_path}/c.xml.gz: archive: its files have more than 4,294,967,296 bytes (unpack it yourself) [E332]",
            f"{tmp_path}/d.xml.gz: archive: cannot be read: Compressed file ended before the end-of-stream marker was reached (unpack it yourself) [E332]",
        ]
