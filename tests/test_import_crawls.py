"""Crawls: the articles among the pages captured, with their pictures; redirects, revisits, damage, hostile files."""

import gzip
import json
import sys
import zipfile
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import brotli  # type: ignore[import-untyped]
import pytest
import zstandard
from agency_reading import context, shared_files
from crawls import HOST, PIXEL, Crawl, arc, article, digest_of, wacz
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.core.problems import Problem
from generator.sources.importers.base import Imported, Original, streams
from generator.sources.importers.crawl import CRAWLS, encodings, volumes
from generator.sources.importers.crawl import reader as reader_module
from generator.sources.importers.crawl import records as records_module
from generator.sources.importers.crawl.encodings import Undecoded, decoded
from generator.sources.importers.crawl.records import Damage, OnePiece, Record, Ruined, Swollen, records

WALL = f"{HOST}/2021/wall-1"


def head(path: Path) -> Original:
    with path.open("rb") as file:
        return Original(name=path.name, data=file.read(65_536), where="crawl")


def read(path: Path, data: bytes | None = None) -> tuple[list[Imported], list[str]]:
    if data is not None:
        path.write_bytes(data)
    original = head(path)
    chosen = next(each for each in CRAWLS if each.recognises(original))
    assert streams(chosen)
    found = list(chosen.stream(path, original, context()))
    return (
        [each for each in found if isinstance(each, Imported)],
        [str(each) for each in found if isinstance(each, Problem)],
    )


@pytest.fixture(params=[True, False], ids=["gzip", "plain"])
def packed(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


def test_each_captured_article_comes_with_its_address_and_its_time(tmp_path: Path, packed: bool) -> None:
    crawl = (
        Crawl(gzip=packed)
        .add(WALL, article(1))
        .add(f"{HOST}/2021/wall-2", article(2), date="2022-02-02T00:00:00.123Z")
    )
    made, problems = read(tmp_path / "a.warc", crawl.data)
    assert problems == []
    assert [(each.front["title"], each.front["published"]) for each in made] == [
        ("Harbour wall gives way at pier 1", "2021-04-13T09:00:00Z"), ("Harbour wall gives way at pier 2", "2021-04-13T09:00:00Z"),
    ]  # fmt: skip
    assert [each.front["source"]["captured"] for each in made] == [
        "2022-01-02T03:04:05Z",
        "2022-02-02T00:00:00Z",
    ]  # type: ignore[index,call-overload]
    assert made[0].front["authors"] == ["Nell Farrow"]
    assert made[0].identity == (WALL,)
    assert made[0].body.startswith("Paragraph 0 of story 1")


def test_an_arc_is_read_like_a_warc(tmp_path: Path, packed: bool) -> None:
    data = arc((WALL, article(1)), (f"{HOST}/2021/wall-2", article(2)))
    made, problems = read(tmp_path / "a.arc", gzip.compress(data, mtime=0) if packed else data)
    assert (len(made), problems) == (2, [])
    assert made[0].front["source"]["captured"] == "2014-02-16T05:02:21Z"  # type: ignore[index,call-overload]


def test_pictures_come_from_the_crawl_wherever_they_lie_in_it(tmp_path: Path, packed: bool) -> None:
    shown = '<figure><img src="/pics/quay.png?w=900"><figcaption>The quay</figcaption></figure><p>Words.</p><img src="moved.png"><img src="gone.png">'
    crawl = (
        Crawl(gzip=packed)
        .add(f"{HOST}/2021/moved.png", status="302 Found", headers=[("Location", "/pics/real.png")])
        .add(WALL, article(1, extra=shown))
        .add(f"{HOST}/pics/quay.png?w=900", PIXEL, mime="image/png")
        .add(f"{HOST}/pics/real.png", PIXEL + b"2", mime="image/png")
    )
    (made,), problems = read(tmp_path / "a.warc", crawl.data)
    assert {each.target: each.data for each in made.media} == {
        "media/ledger-example/pics/quay.png": PIXEL, "media/ledger-example/2021/moved.png": PIXEL + b"2",
    }  # fmt: skip
    assert (
        "/media/ledger-example/pics/quay.png" in made.body
        or made.front["image"]["src"] == "media/ledger-example/pics/quay.png"
    )  # type: ignore[index,call-overload]
    assert "![](/media/ledger-example/2021/moved.png)" in made.body
    assert f"![]({HOST}/2021/gone.png)" in made.body
    assert problems == ["crawl: 1 article shows pictures that were not captured (they stay links) [W324]"]


def test_redirects_are_followed_and_old_addresses_name_the_article(tmp_path: Path) -> None:
    crawl = (
        Crawl()
        .add(f"{HOST}/?p=17", status="301 Moved Permanently", headers=[("Location", "/old/wall.html")])
        .add(f"{HOST}/old/wall.html", status="301 Moved Permanently", headers=[("Location", WALL)])
        .add(
            "http://ledger.example/2021/wall-1", status="301 Moved Permanently", headers=[("Location", WALL)]
        )
        .add(f"{HOST}/loop", status="302 Found", headers=[("Location", "/loop2")])
        .add(f"{HOST}/loop2", status="302 Found", headers=[("Location", "/loop")])
        .add(WALL, article(1))
    )
    (made,), problems = read(tmp_path / "a.warc.gz", crawl.data)
    assert made.identity == (WALL, f"{HOST}/old/wall.html", f"{HOST}/?p=17")
    assert problems == []


def test_a_page_captured_again_without_a_change_comes_once(tmp_path: Path) -> None:
    body = article(1)
    crawl = (
        Crawl()
        .add(WALL, body)
        .again(WALL, WALL, digest_of(body))
        .add(WALL, body, date="2023-01-01T00:00:00Z")
    )
    made, problems = read(tmp_path / "a.warc.gz", crawl.data)
    assert (len(made), problems) == (1, [])


def test_a_page_captured_again_with_a_change_comes_twice_in_order(tmp_path: Path) -> None:
    crawl = Crawl().add(WALL, article(1)).add(WALL, article(1, words=5), date="2023-01-01T00:00:00Z")
    made, _ = read(tmp_path / "a.warc.gz", crawl.data)
    assert [each.front["source"]["captured"] for each in made] == [
        "2022-01-02T03:04:05Z",
        "2023-01-01T00:00:00Z",
    ]  # type: ignore[index,call-overload]


def test_a_revisit_shows_what_it_refers_to_at_an_address_of_its_own(tmp_path: Path) -> None:
    body = article(1).replace('<link rel="canonical"', "<link rel=other").replace("mainEntityOfPage", "x")
    shown = article(2, extra='<p>Words.</p><img src="/pics/copy.png">')
    crawl = (
        Crawl()
        .add(WALL, body).again(f"{HOST}/print/wall-1", WALL, digest_of(body))
        .add(f"{HOST}/2021/wall-2", shown).add(f"{HOST}/pics/quay.png", PIXEL, mime="image/png")
        .again(f"{HOST}/pics/copy.png", f"{HOST}/pics/quay.png", digest_of(PIXEL), mime="image/png")
        .again(f"{HOST}/lost", f"{HOST}/nowhere", "sha1:AAAA")
    )  # fmt: skip
    made, problems = read(tmp_path / "a.warc.gz", crawl.data)
    assert [each.identity[0] for each in made] == [WALL, f"{HOST}/2021/wall-2", f"{HOST}/print/wall-1"]
    assert [each.data for each in made[1].media] == [PIXEL]
    assert problems == [
        "crawl: 1 capture refers to a page that is not in this file (import the crawl that has it) [W397]"
    ]


def test_what_is_no_article_is_counted_by_its_reason(tmp_path: Path) -> None:
    crawl = (
        Crawl()
        .add(f"{HOST}/missing", article(9), status="404 Not Found")
        .add(f"{HOST}/a.js", "x", mime="text/javascript")
    )
    for number in range(5):
        crawl.add(f"{HOST}/empty/{number}", "<html><body></body></html>")
    made, problems = read(tmp_path / "a.warc.gz", crawl.data)
    assert made == []
    assert len(problems) == 1
    assert problems[0].startswith("crawl: 5 pages are no articles: ")
    assert problems[0].endswith(f"{HOST}/empty/0, {HOST}/empty/1, {HOST}/empty/2, … (passed over) [W355]")


def test_resources_without_http_are_pages_too(tmp_path: Path) -> None:
    crawl = Crawl().add(WALL, article(1), kind="resource", mime="text/html")
    assert len(read(tmp_path / "a.warc.gz", crawl.data)[0]) == 1


def test_a_file_packed_as_a_whole_is_unpacked_first(tmp_path: Path) -> None:
    crawl = Crawl(gzip=False).add(WALL, article(1)).add(f"{HOST}/2021/wall-2", article(2))
    made, problems = read(tmp_path / "a.warc.gz", gzip.compress(crawl.data, mtime=0))
    assert (len(made), problems) == (2, [])


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [
        ("gzip", gzip.compress), ("deflate", zlib.compress), ("br", brotli.compress), ("identity", bytes),
        ("gzip, br", lambda data: brotli.compress(gzip.compress(data, mtime=0))), ("br", bytes), ("gzip", bytes),
    ],
)  # fmt: skip
def test_responses_are_unpacked_as_their_servers_packed_them(
    tmp_path: Path, encoding: str, pack: Any
) -> None:
    body = pack(article(1).encode())
    crawl = Crawl().add(WALL, body, headers=[("Content-Encoding", encoding)])
    made, problems = read(tmp_path / "a.warc.gz", crawl.data)
    assert (len(made), problems) == (1, [])


def framed(crawl: Crawl, dictionary: zstandard.ZstdCompressionDict | None = None) -> bytes:
    """A crawl packed with Zstandard, a frame a record."""
    packing = zstandard.ZstdCompressor(dict_data=dictionary)
    frames = b"".join(
        packing.compress(b"WARC/1." + record) for record in crawl.data.split(b"WARC/1.") if record
    )
    if dictionary is None:
        return frames
    kept = zstandard.compress(dictionary.as_bytes())
    return b"\x5d\x2a\x4d\x18" + len(kept).to_bytes(4, "little") + kept + frames


DICTIONARY = zstandard.train_dictionary(
    1_000, [f"{article(number)} {number % 7}".encode() for number in range(60)]
)


@pytest.mark.parametrize("dictionary", [None, DICTIONARY], ids=["alone", "with a dictionary"])
def test_a_crawl_in_zstandard_is_unpacked_first(
    tmp_path: Path, dictionary: zstandard.ZstdCompressionDict | None
) -> None:
    crawl = Crawl(gzip=False).add(WALL, article(1)).add(f"{HOST}/2021/wall-2", article(2))
    made, problems = read(tmp_path / "a.warc.zst", framed(crawl, dictionary))
    assert (problems, [each.identity for each in made]) == ([], [(WALL,), (f"{HOST}/2021/wall-2",)])


def test_of_a_crawl_in_zstandard_that_is_damaged_what_came_before_is_read(tmp_path: Path) -> None:
    crawl = Crawl(gzip=False)
    for number in range(40):
        crawl.add(f"{HOST}/2021/wall-{number}", article(number))
    made, problems = read(tmp_path / "a.warc.zst", framed(crawl) + b"\x28\xb5\x2f\xfd" + b"\xff" * 99)
    assert len(made) > 30
    assert problems[0].startswith("crawl: cannot be unpacked to its end: ") and "[E394]" in problems[0]


@pytest.mark.parametrize(
    "data",
    [
        b"\x5d\x2a\x4d\x18",
        b"\x5d\x2a\x4d\x18\xff\xff\xff\xff",
        b"\x5d\x2a\x4d\x18\x04\x00\x00\x00\x28\xb5\x2f\xfd",
        b"\x28\xb5\x2f\xfd",
        zstandard.compress(b"no record at all"),
    ],
)
def test_malformed_crawls_in_zstandard_are_told_and_raise_nothing(tmp_path: Path, data: bytes) -> None:
    made, problems = read(tmp_path / "a.warc.zst", data)
    assert (made, bool(problems)) == ([], True)


def test_a_crawl_in_zstandard_that_swells_is_read_no_further(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader_module, "SPARE", 0)
    made, problems = read(tmp_path / "a.warc.zst", zstandard.compress(bytes(20_000_000)))
    assert (made, problems[0]) == (
        [], "crawl: too large unpacked (recompress it record by record) [E394]"
    )  # fmt: skip


def test_without_zstandard_the_problem_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "zstandard", None)
    monkeypatch.delitem(sys.modules, "generator.sources.importers.crawl.zstd", raising=False)
    made, problems = read(tmp_path / "a.warc.zst", framed(Crawl(gzip=False).add(WALL, article(1))))
    assert made == []
    assert (
        'reading this format needs zstandard, which is not installed (pip install "morgue[crawl]") [E346]'
        in (problems[0])
    )


def test_a_response_in_zstandard_is_unpacked() -> None:
    assert decoded(zstandard.compress(b"<p>x</p>"), "zstd", 99) == b"<p>x</p>"
    assert decoded(b"<p>x</p>", "zstd", 99) == b"<p>x</p>"
    with pytest.raises(Undecoded, match="too large"):
        decoded(zstandard.compress(bytes(1_000)), "zstd", 99)
    with pytest.raises(Undecoded, match="damaged"):
        decoded(b"\x28\xb5\x2f\xfd" + b"\xff" * 99, "zstd", 99)


def test_chunks_are_joined_and_what_only_claims_to_be_chunked_is_read(tmp_path: Path) -> None:
    body = article(1).encode()
    chunked = (
        b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in (body[:500], body[500:])) + b"0\r\n\r\n"
    )
    headers = [("Transfer-Encoding", "chunked")]
    crawl = (
        Crawl().add(WALL, chunked, headers=headers).add(f"{HOST}/2021/wall-2", article(2), headers=headers)
    )
    assert [each.front["title"] for each in read(tmp_path / "a.warc.gz", crawl.data)[0]] == [
        "Harbour wall gives way at pier 1", "Harbour wall gives way at pier 2",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "encoding", "reason"),
    [
        (b"x", "lzma", "packed as lzma"), (b"\x1f\x8b\x07\x00broken", "gzip", "damaged"), (b"\xff" * 20, "br", "damaged: not Brotli"),
        (gzip.compress(b"x" * 2_000, mtime=0), "gzip", "too large"), (brotli.compress(b"x" * 2_000), "br", "too large"),
        (zlib.compress(b"x" * 2_000), "deflate", "too large"),
    ],
)  # fmt: skip
def test_packings_that_cannot_be_undone_say_why(body: bytes, encoding: str, reason: str) -> None:
    with pytest.raises(Undecoded, match=reason):
        decoded(body, encoding, 1_000)


def test_without_brotli_what_it_packed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def lacking(name: str) -> Any:
        raise ModuleNotFoundError(name=name)

    monkeypatch.setattr(encodings.importlib, "import_module", lacking)
    crawl = Crawl().add(WALL, brotli.compress(article(1).encode()), headers=[("Content-Encoding", "br")])
    with pytest.raises(Undecoded, match="packed as br"):
        decoded(b"", "br", 10)
    assert crawl.data


def test_without_warcio_the_problem_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lacking(name: str) -> Any:
        raise ModuleNotFoundError(f"No module named '{name}'", name="warcio")

    monkeypatch.setattr("generator.sources.importers.extras.importlib.import_module", lacking)
    made, problems = read(tmp_path / "a.warc.gz", Crawl().add(WALL, article(1)).data)
    assert made == []
    assert problems == [
        'crawl: reading this format needs warcio, which is not installed (pip install "morgue[crawl]") [E346]'
    ]


# Damage


def three(packed: bool) -> tuple[bytes, list[int]]:
    crawl = Crawl(gzip=packed)
    for number in (1, 2, 3):
        crawl.add(f"{HOST}/2021/wall-{number}", article(number))
    return crawl.data, crawl.ends


HEADER = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/b\r\nContent-Type: application/http\r\n"
BASE, ENDS = three(packed=True)
PLAIN, _ = three(packed=False)


def test_a_damaged_record_is_skipped_and_counted(tmp_path: Path, packed: bool) -> None:
    data, ends = three(packed)
    middle = (ends[0] + ends[1]) // 2 if packed else ends[0]
    broken = data[:middle] + b"\x00" * 60 + data[middle + 60 :]
    made, problems = read(tmp_path / "a.warc", broken)
    assert [each.identity[0][-1] for each in made] == ["1", "3"]
    assert problems == ["crawl: 1 stretch of it is damaged and was skipped (get it again, if you can) [W395]"]


def test_a_file_that_was_cut_off_is_read_as_far_as_it_goes(tmp_path: Path, packed: bool) -> None:
    data, ends = three(packed)
    made, problems = read(tmp_path / "a.warc", data[: ends[1] + 100])
    assert [each.identity[0][-1] for each in made] == ["1", "2"]
    assert len(problems) <= 1


@pytest.mark.parametrize(
    "piece", [b"WARC/1.0\r\n", HEADER, b"\n", gzip.compress(HEADER, mtime=0), b"WARC/1.0\r\n\r\n"]
)
def test_what_only_looks_like_records_is_one_damage_and_ends(piece: bytes) -> None:
    data = PLAIN + piece * (400_000 // len(piece)) + b"\n" + PLAIN
    found = list(records(BytesIO(data)))
    assert sum(isinstance(each, Damage) for each in found) <= 2
    assert sum(isinstance(each, Record) and each.kind == "response" for each in found) >= 3


# The beginning of a packed record may be read as that of an ARC's: with some ids it was.
@pytest.mark.parametrize("number", [1, 34, 39, 70, 74])
def test_a_file_damaged_in_too_many_places_is_read_no_further(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    monkeypatch.setattr(records_module, "DAMAGE_LIMIT", 3)
    monkeypatch.setattr(reader_module, "DAMAGE_LIMIT", 3)
    crawl = Crawl(gzip=True)
    for page in (1, 2):
        named = {"WARC-Record-ID": f"<urn:uuid:{uuid5(NAMESPACE_URL, f'{number} {page}')}>"}
        crawl.add(f"{HOST}/2021/wall-{page}", article(page), record=named)
    data, ends = crawl.data, crawl.ends
    broken = b"".join(data[: ends[0]] + data[ends[0] : ends[0] + 80] for _ in range(5))
    made, problems = read(tmp_path / "a.warc.gz", broken)
    assert len(made) == 1
    assert (
        problems[0] == "crawl: damaged in more than 3 places (what came before is kept; get it again) [E394]"
    )


def test_a_wrong_length_costs_no_other_record(tmp_path: Path) -> None:
    data, _ = three(packed=False)
    at = data.index(b"Content-Length: ")
    wrong = data[:at] + b"Content-Length: 10" + data[data.index(b"\r\n", at) :]
    made, problems = read(tmp_path / "a.warc", wrong)
    assert [each.identity[0][-1] for each in made] == ["2", "3"]
    assert "[W395]" in problems[0]


@pytest.mark.parametrize(
    "data",
    [
        HEADER + b"Content-Length: 99999999999999999999\r\n\r\nHTTP/1.1 200 OK\r\n\r\n<html>",
        HEADER + b"Content-Length: -5\r\n\r\nHTTP/1.1 200 OK\r\n\r\n<html>",
        HEADER + b"Content-Length: x\r\n\r\n", HEADER + b"\r\n", b"WARC/1.0\r\n\r\n", b"WARC/1.0", b"WARC/1.0\r\n" + b"a: b\r\n" * 100_000,
        b"WARC/1.0\r\nX: " + b"y" * 3_000_000 + b"\r\n\r\n", HEADER.replace(b"https://a.example/b", b"http://[bad") + b"Content-Length: 0\r\n\r\n",
        HEADER.replace(b"WARC-Target-URI", b"Nothing") + b"Content-Length: 3\r\n\r\nabc", b"filedesc://x 0.0.0.0 2014 text/plain 5\n",
        b"filedesc://x 0.0.0.0 20140216050221 text/plain 99\n1 0 x\n", b"WARC/1.0\r\n" + b"\xff\xfe\x00" * 50,
        gzip.compress(b"WARC/1.0\r\n", mtime=0)[:-4], gzip.compress(HEADER, mtime=0) * 20,
    ],
    ids=range(15),
)  # fmt: skip
def test_malformed_files_are_told_and_raise_nothing(tmp_path: Path, data: bytes) -> None:
    made, problems = read(tmp_path / "a.warc", data)
    assert made == []
    assert problems and all("crawl: " in each for each in problems)


def test_nothing_is_printed_about_odd_files(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    data, ends = three(packed=False)
    read(tmp_path / "a.warc", data[: ends[0] - 3] + b"\x00\x00" + data[ends[0] :])
    read(tmp_path / "b.warc", Crawl().add(f"{HOST}/a b c", article(1)).data)
    assert capfd.readouterr() == ("", "")


def test_a_file_that_swells_beyond_measure_is_read_no_further(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records_module, "SPARE", 0)
    monkeypatch.setattr(records_module, "SWELL_LIMIT", 20)
    crawl = Crawl().add(WALL, article(1)).add(f"{HOST}/bomb", b"\0" * 3_000_000, mime="video/mp4")
    made, problems = read(tmp_path / "a.warc.gz", crawl.data)
    assert len(made) == 1
    assert problems == ["crawl: swells beyond measure when it is unpacked (what came before is kept) [E394]"]


def test_pages_and_pictures_beyond_their_limits_are_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader_module, "PAGE_LIMIT", 20_000)
    monkeypatch.setattr(reader_module, "PICTURES_LIMIT", 100)
    packed_bomb = gzip.compress(b"<html>" + b" " * 1_000_000, mtime=0)
    crawl = (
        Crawl()
        .add(WALL, article(1, extra='<p>A.</p><img src="/1.png"><img src="/2.png">'))
        .add(f"{HOST}/1.png", PIXEL, mime="image/png").add(f"{HOST}/2.png", PIXEL, mime="image/png")
        .add(f"{HOST}/large", "<html>" + "x" * 30_000)
        .add(f"{HOST}/bomb", packed_bomb, headers=[("Content-Encoding", "gzip")])
    )  # fmt: skip
    (made,), problems = read(tmp_path / "a.warc.gz", crawl.data)
    assert [each.name for each in made.media] == [f"{HOST}/1.png"]
    assert "crawl: 2 pages could not be read: too large (the rest is read) [W396]" in problems


@pytest.mark.parametrize(
    "date", ["0000-01-01T00:00:00Z", "9999-01-01T00:00:00Z", "yesterday", "2022-13-45T00:00:00Z"]
)
def test_a_capture_at_no_known_time_has_none(tmp_path: Path, date: str) -> None:
    (made,), problems = read(tmp_path / "a.warc.gz", Crawl().add(WALL, article(1), date=date).data)
    assert "captured" not in made.front["source"] and problems == []  # type: ignore[operator]


def test_nul_bytes_and_lone_surrogates_in_a_page_are_left_out(tmp_path: Path) -> None:
    odd = article(1, title="A wall \x00 gives way").replace("harbour master", "harbour &#xD800; master")
    (made,), _ = read(tmp_path / "a.warc.gz", Crawl().add(WALL, odd).data)
    json.dumps([made.front, made.body]).encode()
    assert "\x00" not in made.body + str(made.front["title"])


# WACZ


def test_the_warcs_of_a_wacz_are_one_crawl(tmp_path: Path, packed: bool) -> None:
    one = Crawl().add(WALL, article(1, extra='<p>A.</p><img src="/1.png">'))
    two = (
        Crawl(gzip=False).add(f"{HOST}/1.png", PIXEL, mime="image/png").add(f"{HOST}/2021/wall-2", article(2))
    )
    path = wacz(
        tmp_path / "a.wacz", {"archive/1.warc.gz": one.data, "archive/2.warc": two.data}, packed=packed
    )
    made, problems = read(path)
    assert (len(made), problems) == (2, [])
    assert [each.data for each in made[0].media] == [PIXEL]


def test_a_wacz_whose_sums_are_wrong_is_read_and_told(tmp_path: Path) -> None:
    path = wacz(
        tmp_path / "a.wacz",
        {"archive/1.warc.gz": Crawl().add(WALL, article(1)).data},
        sums={"archive/1.warc.gz": "0" * 64},
    )
    made, problems = read(path)
    assert len(made) == 1
    assert problems == [
        "crawl: archive/1.warc.gz: its checksum is not the one that the WACZ states (what can be read is read; get it again) [W398]"
    ]


def broken_zip(path: Path, kind: str) -> Path:
    data = Crawl().add(WALL, article(1)).data
    if kind == "bomb":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
            made.writestr("archive/1.warc", b"\0" * 50_000_000)
    elif kind == "empty":
        wacz(path, {})
    elif kind == "names":
        with zipfile.ZipFile(path, "w") as made:
            for name in ("../../archive/1.warc.gz", "/archive/2.warc.gz", "archive/\x01.warc.gz"):
                made.writestr(name, data)
    else:
        wacz(path, {"archive/1.warc.gz": data})
        whole = path.read_bytes()
        cut = {"cut": whole[:200], "directory": whole[:-30], "inside": whole[:20] + b"\0" * 40 + whole[60:]}
        path.write_bytes(cut[kind])
    return path


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("bomb", "archive/1.warc: too large unpacked (unpack it yourself) [E394]"), ("empty", "the WACZ holds no WARC (export it again) [E394]"),
        ("cut", "the WACZ cannot be read: File is not a zip file"), ("directory", "the WACZ cannot be read: File is not a zip file"),
    ],
)  # fmt: skip
def test_malformed_waczs_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, told: str
) -> None:
    monkeypatch.setattr(volumes, "_SPARE", 1_000)
    made, problems = read(broken_zip(tmp_path / "a.wacz", kind))
    assert made == []
    assert problems[0].startswith(f"crawl: {told}")


def test_names_that_lead_out_of_a_wacz_lead_nowhere(tmp_path: Path) -> None:
    before = set(tmp_path.parent.rglob("*"))
    made, _ = read(broken_zip(tmp_path / "a.wacz", "names"))
    assert len(made) == 1
    assert set(tmp_path.parent.rglob("*")) - before == {tmp_path / "a.wacz"}


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a", Crawl().add(WALL, "x").data, "warc"), ("a.txt", Crawl(gzip=False).add(WALL, "x").data, "warc"),
        ("a", arc((WALL, "x")), "warc"), ("a", gzip.compress(arc((WALL, "x")), mtime=0), "warc"), ("a.gz", gzip.compress(b"text", mtime=0), ""),
        ("a.warc", b"text", ""), ("a.warc.gz", b"\x1f\x8b\x08broken", ""), ("a", b"", ""), ("a.wacz", b"PK\x03\x04", "wacz"),
        ("a.zip", b"PK\x03\x04" + b"\0" * 26 + b"archive/data.warc.gz", "wacz"), ("a.zip", b"PK\x03\x04" + b"\0" * 26 + b"photos/1.jpg", ""),
    ],
)  # fmt: skip
def test_crawls_are_known_by_their_content(name: str, data: bytes, expected: str) -> None:
    original = Original(name=name, data=data[:65_536], where="a")
    assert next((each.name for each in CRAWLS if each.recognises(original)), "") == expected


# Any bytes at all


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from([BASE, PLAIN, arc((WALL, article(1)))]), st.lists(st.tuples(st.integers(0, 10_000), st.binary(max_size=12), st.integers(0, 40)), max_size=4))  # fmt: skip
def test_whatever_is_done_to_a_file_nothing_is_raised(
    data: bytes, cuts: list[tuple[int, bytes, int]]
) -> None:
    for at, put, out in cuts:
        place = at % (len(data) or 1)
        data = data[:place] + put + data[place + out :]
    found: list[Any] = []
    try:
        for each in records(BytesIO(data)):
            found.append(each)
            assert len(found) < 500
    except (OnePiece, Swollen, Ruined):
        pass
    offsets = [each.offset for each in found]
    assert all(0 <= offset <= len(data) for offset in offsets)
    assert sum(isinstance(each, Damage) for each in found) <= len(found)


def test_the_example_files_of_the_field_are_read() -> None:
    outcome: dict[str, tuple[int, str]] = {}
    for path in shared_files("warc", "*"):
        if path.is_dir() or not any(each.recognises(head(path)) for each in CRAWLS):
            continue
        made, problems = read(path)
        outcome[path.name] = (len(made), " ".join(sorted({each[-5:-1] for each in problems})))
    # None of them holds an article: they show example.com, iana.org and a form.
    assert {name: found for name, found in outcome.items() if found != (0, "W355")} == {
        "example-trunc.warc": (0, "W355 W395"), "example-wrong-chunks.warc.gz": (0, "W355 W395"), "invalid_example_1.wacz": (0, "E394"),
    }  # fmt: skip
    assert len(outcome) == 25
