"""Pictures of an import: copied once, measured, made smaller; what is wrong with one is told, and costs nothing else."""

import hashlib
import struct
import zlib
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from engine_formats import Whole, export, offer
from PIL import Image

from generator import picturing
from generator.config import load_site
from generator.core.problems import Problem
from generator.importing import ImportRun, import_sources
from generator.sources.frontmatter import parse, split, values
from generator.sources.importers import extras
from generator.sources.importers.resizing import PIXELS_LIMIT, measure, smaller

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
BODY = "The harbour was quiet on Tuesday, and the boats lay where they had lain on Monday evening."


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    offer(monkeypatch, Whole())
    root = tmp_path / "site"
    root.mkdir()
    (root / "site.yaml").write_text("title: T\nurl: https://e.org/\n")
    return root


def picture(width: int, height: int, kind: str = "JPEG", **more: Any) -> bytes:
    out = BytesIO()
    Image.new("RGB", (width, height), (120, 40, 40)).save(out, kind, **more)
    return out.getvalue()


def bring_in(site: Path, *rows: dict[str, Any], **files: bytes) -> ImportRun:
    source = site.parent / "source"
    source.mkdir(exist_ok=True)
    for name, data in files.items():
        (source / name.replace("_", ".")).write_bytes(data)
    (source / "a.whole").write_text(export(*rows))
    return import_sources(load_site(site), [str(source)], now=NOW, stdin=BytesIO())


def row(number: int, name: str) -> dict[str, Any]:
    return {
        "id": f"x-{number}",
        "title": f"Story {number}",
        "published": f"2021-04-{number:02}",
        "body": f"{BODY} No. {number}.",
        "image": {"src": f"media/{name}", "alt": "The quay"},
        "media": [[name, f"media/{name}"]],
    }


def front(site: Path, number: int) -> dict[str, Any]:
    path = f"content/articles/2021/04/story-{number}.md"
    yaml_text, _, _ = split((site / path).read_text())
    return dict(values(parse(yaml_text, path, 2)[0]))


def told(done: ImportRun) -> list[str]:
    return [str(p) for p in done.all_problems if p.code != "W391"]


def test_a_picture_is_copied_measured_and_made_smaller(site: Path) -> None:
    done = bring_in(site, row(1, "quay.jpg"), quay_jpg=picture(1200, 800))
    assert told(done) == []
    assert front(site, 1)["image"] == {
        "src": "media/quay.jpg", "alt": "The quay", "width": 1200, "height": 800, "sizes": [480, 960],
    }  # fmt: skip
    for width in (480, 960):
        with Image.open(site / f"content/media/sizes/quay.jpg/{width}.webp") as made:
            assert (made.format, made.size) == ("WEBP", (width, width * 2 // 3))


def test_the_same_bytes_under_two_names_are_copied_once(site: Path) -> None:
    data = picture(300, 200)
    done = bring_in(site, row(1, "a.jpg"), row(2, "b.jpg"), a_jpg=data, b_jpg=data)
    assert told(done) == []
    kept = [p.name for p in (site / "content/media").rglob("*") if p.is_file()]
    assert kept == ["a.jpg"]
    assert front(site, 1)["image"]["src"] == front(site, 2)["image"]["src"] == "media/a.jpg"


def test_smaller_sizes_are_made_once_and_are_the_same_bytes_each_time(site: Path) -> None:
    data = picture(1000, 500)
    bring_in(site, row(1, "quay.jpg"), quay_jpg=data)
    made = site / "content/media/sizes/quay.jpg/480.webp"
    first = hashlib.sha256(made.read_bytes()).hexdigest()
    made.unlink()
    (site / "content/articles/2021/04/story-1.md").unlink()
    bring_in(site, row(1, "quay.jpg"), quay_jpg=data)
    assert hashlib.sha256(made.read_bytes()).hexdigest() == first


def test_a_picture_held_sideways_is_shown_upright(site: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    bring_in(site, row(1, "quay.jpg"), quay_jpg=picture(1200, 800, exif=exif))
    assert (front(site, 1)["image"]["width"], front(site, 1)["image"]["height"]) == (800, 1200)
    with Image.open(site / "content/media/sizes/quay.jpg/480.webp") as made:
        assert made.size == (480, 720)


def test_a_damaged_picture_is_kept_and_told(site: Path) -> None:
    done = bring_in(site, row(1, "quay.jpg"), quay_jpg=b"\xff\xd8\xff\xe0no picture at all")
    assert told(done) == [
        "content/media/quay.jpg: picture: cannot be read as a picture (look at it, and replace it) [W348]"
    ]
    assert (site / "content/media/quay.jpg").is_file()


def test_a_picture_cut_short_is_told_and_has_no_smaller_sizes(site: Path) -> None:
    done = bring_in(site, row(1, "quay.jpg"), quay_jpg=picture(1200, 800)[:4000])
    assert told(done) == [
        "content/media/quay.jpg: picture: no smaller sizes could be made: cannot be decoded "
        "(look at it, and replace it) [W348]"
    ]


def bomb(width: int, height: int) -> bytes:
    """A PNG that claims so many pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    )


def test_a_picture_of_too_many_pixels_is_not_decoded() -> None:
    side = int(PIXELS_LIMIT**0.5) + 1
    for found in (measure(bomb(side, side)), smaller(bomb(side, side))):
        assert found == f"has {side:,} × {side:,} pixels, which is too many"


@pytest.mark.parametrize(
    "data", [b"", b"\0" * 100, b"GIF89a", b"\x89PNG\r\n\x1a\n", bomb(0, 0), b"RIFF\0\0\0\0WEBP"]
)
def test_what_is_no_picture_is_said_to_be_none(data: bytes) -> None:
    assert measure(data) == smaller(data) == "cannot be read as a picture"


def test_without_pillow_pictures_come_in_unmeasured_and_it_is_said_once(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing = Problem(
        "", 0, "E346", "reading this format needs PIL, which is not installed", "pip install it"
    )
    monkeypatch.setattr(picturing, "load", lambda *names: missing)
    data = picture(1000, 500)
    done = bring_in(site, row(1, "a.jpg"), row(2, "b.jpg"), a_jpg=data, b_jpg=picture(999, 500))
    assert [p.code for p in done.all_problems if p.code != "W391"] == ["W348"]
    assert front(site, 1)["image"] == {"src": "media/a.jpg", "alt": "The quay"}


def test_a_missing_extra_is_a_problem_that_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(name: str) -> None:
        raise ModuleNotFoundError("No module named 'lxml.etree'", name="lxml.etree")

    monkeypatch.setattr(extras.importlib, "import_module", gone)
    found = extras.load("generator.sources.importers.html.tree", "web", "page.html")
    assert str(found) == (
        'page.html: reading this format needs lxml, which is not installed (pip install "morgue[web]") [E346]'
    )


def test_a_mistake_of_our_own_is_raised_and_not_taken_for_a_missing_extra() -> None:
    with pytest.raises(ModuleNotFoundError):
        extras.load("generator.sources.importers.no_such_door", "web", "page.html")
