"""Exports through the whole of `morgue import`: twice, newer, with pictures; built, checked and verified."""

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from exporting import HEAD_OF_WXR, NOW, item, meta, picture, term, wxr

from generator.cli import morgue
from generator.config import load_site
from generator.importing import ImportRun, import_sources
from generator.sources.importers.outcomes import counted
from generator.sources.importers.posts.moments import is_later, local_moment, moment, of_epoch
from generator.sources.importers.posts.words import first_words, plain

GIF = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
UPLOADS = "https://ledger.example/wp-content/uploads/2021/04"
TEXT = (
    "The harbour wall fell on Tuesday, some forty metres of it, and nobody on the quay could say why it had."
)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = tmp_path / "site"
    root.mkdir()
    (root / "site.yaml").write_text("title: T\nurl: https://e.org/\n")
    return root


def run(site: Path, source: Path, **options: Any) -> ImportRun:
    return import_sources(load_site(site), [str(source)], now=NOW, stdin=BytesIO(), **options)


def counts(done: ImportRun) -> dict[str, int]:
    return {status: count for status, count in counted(done.outcomes).items() if count}


def tree(root: Path) -> dict[str, bytes]:
    return {
        p.relative_to(root).as_posix(): p.read_bytes()
        for p in sorted(root.rglob("*"))
        if p.is_file() and ".morgue" not in p.parts
    }


def post(number: int, content: str = "", more: str = "", **fields: str) -> str:
    given = {
        "title": f"Story {number}",
        "link": f"https://ledger.example/2021/04/{number:02}/story-{number}/",
        "guid": f"https://ledger.example/?p={number}",
        "post_id": str(number),
        "post_name": f"story-{number}",
        "post_date": f"2021-04-{number:02} 11:34:00",
        "post_date_gmt": f"2021-04-{number:02} 10:34:00",
    } | fields
    return item(content or f"<p>{TEXT} It was number {number}.</p>", more, **given)


def folder(tmp_path: Path, text: str) -> Path:
    place = tmp_path / "export"
    (place / "wp-content/uploads/2021/04").mkdir(parents=True)
    (place / "ledger.wordpress.xml").write_text(text)
    (place / "wp-content/uploads/2021/04/p12.gif").write_bytes(GIF)
    return place


EXPORT = wxr(
    post(1, f'<p>{TEXT}</p><img src="{UPLOADS}/p12-300x200.gif"><p>See <a href="/2021/04/02/story-2/">more</a>.</p>',
         meta("_thumbnail_id", "12") + term("category", "Harbour")),
    post(2),
    post(3, status="draft"),
    picture(12, "The wall.").replace("p12.jpg", "p12.gif"),
    item("<p>We.</p>", post_type="page", link="https://ledger.example/staff/", post_name="staff", title="Staff", guid="g"),
)  # fmt: skip


def test_an_export_and_its_pictures_become_a_site_whose_old_links_work(site: Path, tmp_path: Path) -> None:
    source = folder(tmp_path, EXPORT)
    assert counts(run(site, source)) == {"new": 4}
    article = (site / "content/articles/2021/04/story-1.md").read_text()
    assert "aliases: [/2021/04/01/story-1/]" in article
    assert "src: media/2021/04/p12.gif" in article
    assert "![](/media/2021/04/p12.gif)" in article
    assert "See [more](/2021/04/story-2/)." in article
    before = tree(site)
    assert counts(run(site, source))["unchanged"] >= 1
    assert tree(site) == before
    for command in (["build"], ["check"], ["verify"]):
        done = CliRunner().invoke(morgue, [*command, "--site", str(site)])
        assert "[E" not in done.output, done.output
    assert "4 same" in done.output
    assert (site / "build/2021/04/01/story-1/index.html").is_file()
    assert (site / "build/staff/index.html").is_file()
    assert not (site / "build/2021/04/story-3").exists()


def test_a_zip_of_an_export_is_read_as_its_folder_is(site: Path, tmp_path: Path) -> None:
    source = folder(tmp_path, EXPORT)
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as packed:
        for path in sorted(source.rglob("*")):
            if path.is_file():
                packed.write(path, path.relative_to(source).as_posix())
    assert counts(run(site, tmp_path / "export.zip")) == {"new": 4}
    assert (site / "content/media/2021/04/p12.gif").read_bytes() == GIF


def test_a_newer_export_updates_what_nobody_edited_and_publishes_what_was_a_draft(
    site: Path, tmp_path: Path
) -> None:
    path = tmp_path / "ledger.xml"
    path.write_text(wxr(post(1), post(2, status="draft", link="https://ledger.example/?p=2"), post(3)))
    assert counts(run(site, path)) == {"new": 3}
    edited = site / "content/articles/2021/04/story-3.md"
    edited.write_text(edited.read_text().replace("fell on Tuesday", "fell on Wednesday"))
    path.write_text(
        wxr(
            post(1, f"<p>{TEXT} It was number 1, and the last.</p>", title="Story 1, again"),
            post(2),
            post(
                3,
                status="publish",
                post_modified="2021-05-01 11:34:00",
                post_modified_gmt="2021-05-01 10:34:00",
            ),
            post(4),
        )
    )
    assert counts(run(site, path)) == {"new": 1, "updated": 3}
    assert "title: Story 1, again" in (site / "content/articles/2021/04/story-1.md").read_text()
    assert "status: draft" not in (site / "content/articles/2021/04/story-2.md").read_text()
    assert "fell on Wednesday" in edited.read_text()
    assert "updated: 2021-05-01T11:34:00+01:00" in edited.read_text()


def test_posts_of_one_export_that_share_an_id_stay_two(site: Path, tmp_path: Path) -> None:
    path = tmp_path / "ledger.xml"
    path.write_text(wxr(post(1), post(2, guid="https://ledger.example/?p=1", title="Story 1")))
    assert counts(run(site, path)) == {"new": 2}


def test_memory_does_not_grow_with_an_export(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import tracemalloc

    from generator.sources.importers.base import ImportContext, Original
    from generator.sources.importers.wordpress import WORDPRESS

    monkeypatch.setattr("generator.sources.importers.xmlitems.pieces._BLOCK", 16_384)
    peaks, sizes = [], []
    for number in (100, 500):
        path = tmp_path / f"{number}.xml"
        with path.open("w") as file:
            file.write(HEAD_OF_WXR)
            for n in range(number):
                file.write(
                    item(
                        f"<p>{TEXT}</p>" * 8,
                        guid=f"g{n}",
                        link=f"https://ledger.example/{n}/",
                        post_id=str(n),
                    )
                )
                file.write(picture(10_000 + n, TEXT))
            file.write("</channel></rss>")
        context = ImportContext(site=load_site(site), now=NOW)
        tracemalloc.start()
        assert (
            sum(1 for _ in WORDPRESS.stream(path, Original(name="x", data=b"", where="x"), context)) >= number
        )
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        sizes.append(path.stat().st_size)
    assert peaks[1] - peaks[0] < (sizes[1] - sizes[0]) / 4  # it remembers but what the items are called


@pytest.mark.parametrize(
    ("written", "front"),
    [
        ("Tue, 22 Nov 2022 08:01:46 GMT", "2022-11-22T08:01:46Z"),
        ("2022-11-23T14:51:57.412Z", "2022-11-23T14:51:57Z"),
        ("2023-03-24T19:45:24.257025123+00:00", "2023-03-24T19:45:24Z"),
        ("2019-09-27T00:40:19.000-05:00", "2019-09-27T00:40:19-05:00"),
        ("Tue, 22 Nov 2022 08:01:46 NZDT", "2022-11-22T08:01:46"),
        ("2021-04-13", "2021-04-13"),
        ("13 April 2021", "2021-04-13"),
    ],
)
def test_dates_of_all_systems_become_those_of_front_matter(written: str, front: str) -> None:
    assert moment(written) == front


@pytest.mark.parametrize(
    "written",
    [
        "",
        "soon",
        "0000-00-00",
        "9999-12-31T00:00:00Z",
        "0999-01-01",
        "2021-13-01",
        "x" * 100_000,
        "2021-04-13T25:00:00",
    ],
)
def test_what_is_no_date_is_none(written: str) -> None:
    with pytest.raises(ValueError):
        moment(written)
    with pytest.raises(ValueError):
        local_moment(written.replace("2021-04-13T25", "2021-04-13 25"), "0000-00-00 00:00:00")


def test_seconds_are_dates_within_what_calendars_hold() -> None:
    assert of_epoch(1_618_310_040) == "2021-04-13T10:34:00Z"
    for seconds in (1e300, -1e12, 253_402_300_799, float("nan")):
        with pytest.raises(ValueError):
            of_epoch(seconds)


@pytest.mark.parametrize(
    ("one", "other", "later"),
    [
        ("2021-04-13T10:40:00Z", "2021-04-13T11:34:00+01:00", True),
        ("2021-04-13T11:34:00+01:00", "2021-04-13T10:34:00Z", False),
        ("2021-04-14", "2021-04-13T10:34:00Z", True),
        ("2021-04-13", "2021-04-13T10:34:00Z", False),
        ("", "2021-04-13", False),
    ],
)
def test_a_change_is_told_by_the_moment_and_not_by_how_it_is_written(
    one: str, other: str, later: bool
) -> None:
    assert is_later(one, other) is later


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("The <em>wall</em> &amp; the sea", "The wall & the sea"),
        ("a < b", "a < b"),
        ("<p>One.</p><p>Two.</p>", "One. Two."),
        ("x<script>y()</script>z", "xz"),
        ("<!-- c -->t\x00\ud800 ", "t"),
        ("<" * 50_000, "<" * 50_000),
    ],
)
def test_headlines_are_plain_words(html: str, words: str) -> None:
    assert plain(html) == words


@pytest.mark.parametrize(
    ("markdown", "title"),
    [
        ("The lamp was out by four. Nobody saw.", "The lamp was out by four"),
        ("![x](y.jpg)\n\n**Bold** [link](z) text", "Bold link text"),
        ("word " * 60, ("word " * 18).strip() + "…"),
        ("x" * 300, "x" * 90 + "…"),
        ("---\n\n> Said", "Said"),
        ("![x](y.jpg)", ""),
    ],
)
def test_a_text_without_a_headline_is_headed_by_its_first_words(markdown: str, title: str) -> None:
    assert first_words(markdown) == title


@pytest.mark.parametrize(
    ("name", "module", "extra"),
    [
        ("WORDPRESS", "lxml", "web"),
        ("BLOGGER", "lxml", "web"),
        ("FEED", "feedparser", "feeds"),
        ("GHOST", "lxml", "web"),
    ],
)
def test_a_library_that_is_not_installed_is_named_with_what_installs_it(
    name: str, module: str, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from exporting import read_all

    from generator.sources.importers import systems

    def lacking(wanted: str) -> None:
        raise ModuleNotFoundError(f"No module named {module!r}", name=module)

    monkeypatch.setattr("generator.sources.importers.extras.importlib.import_module", lacking)
    data = '{"posts": [{"title": "x"}]}' if name == "GHOST" else "<rss></rss>"
    assert read_all(getattr(systems, name), data) == (
        [],
        [
            f'export: reading this format needs {module}, which is not installed (pip install "morgue[{extra}]") [E346]'
        ],
    )
