"""The build as its users meet it: what is public, what is refused, what is told."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from generator.build import build
from generator.cli import morgue
from generator.config import load_site
from generator.core.archive import Leaf
from generator.core.page import Page
from generator.core.problems import SiteError
from generator.examining import check
from generator.filing import SUMMARY, Filing, Rules, beginning, file_one, is_opening
from generator.markup.convert import convert
from generator.outcome import Options
from generator.render.rendering import render_page
from generator.serving.answers import answer

NOW = datetime(2024, 6, 1, tzinfo=UTC)
FRONT = "title: {title}\npublished: 2021-04-13T11:34"


def write(root: Path, path: str, text: str) -> Path:
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
    return target


def article(root: Path, name: str, front: str = "", body: str = "Text.", title: str = "") -> Path:
    head = FRONT.format(title=title or name.title())
    return write(root, f"content/articles/2021/04/{name}.md", f"---\n{head}\n{front}---\n\n{body}\n")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = tmp_path / "site"
    write(root, "site.yaml", "title: Test\nurl: https://example.org/\n")
    article(root, "one")
    return root


def run(site: Path, *arguments: str) -> Result:
    return CliRunner().invoke(morgue, [*arguments, "--site", str(site)])


def pages(site: Path) -> set[str]:
    return {p.relative_to(site / "build").as_posix() for p in (site / "build").rglob("index.html")}


@pytest.mark.parametrize(
    ("front", "public", "draft"),
    [
        ("", True, True),
        ("status: published\n", True, True),
        ("status: draft\n", False, True),
        ("status: withdrawn\n", False, False),
        ("status: embargoed\nembargo: 2020-01-01\n", True, True),
        ("status: embargoed\nembargo: 2024-06-02\n", False, True),
        ("embargo: 2024-05-31\n", True, True),
        ("embargo: 2024-06-02\n", False, True),
    ],
)
def test_readers_see_what_is_public_and_editors_the_rest(
    site: Path, front: str, public: bool, draft: bool
) -> None:
    article(site, "two", front)
    for drafts, shown in ((False, public), (True, draft)):
        build(load_site(site), Options(output=site / "build", now=NOW, drafts=drafts))
        assert ("2021/04/two/index.html" in pages(site)) is shown


def test_one_bad_article_is_told_and_the_others_are_built(site: Path) -> None:
    article(site, "bad").write_text("---\ntitle: Bad\npublished: Apil 13\n---\n\nText.\n")
    result = run(site, "build")
    assert result.exit_code == 0
    assert result.stderr == (
        'content/articles/2021/04/bad.md:3: published: not a date: "Apil 13" '
        "(expected e.g. 2021-04-13T11:34) [E201]\n"
    )
    assert result.stdout.startswith("1 article, ")
    assert "2021/04/one/index.html" in pages(site)


def test_strict_publishes_nothing_when_anything_is_wrong(site: Path) -> None:
    article(site, "two", "updated: Apil\n")
    result = run(site, "build", "--strict")
    assert result.exit_code == 1
    assert "Nothing was published: --strict, and the content has problems." in result.stderr
    assert not (site / "build").exists()


def test_a_build_tells_machines_what_it_did(site: Path) -> None:
    data = json.loads(run(site, "build", "--json").stdout)
    assert data["articles"] == 1
    assert data["pages"] == len(data["written"])
    assert data["problems"] == []
    article(site, "one", body="Other text.")
    again = json.loads(run(site, "build", "--json").stdout)
    assert "2021/04/one/index.html" in again["written"]


def test_explain_says_what_changed(site: Path) -> None:
    where = "/2021/04/one/"

    def told(*more: str) -> str:
        return run(site, "build", "--explain", where, *more).stdout.splitlines()[0]

    assert told() == f"{where}: rebuilt, as no earlier build of it is known."
    assert told() == f"{where}: stands, as neither what it shows, its templates nor the settings changed."
    article(site, "one", body="Other text.")
    assert told().startswith(f"{where}: rebuilt, as what it shows (")
    write(site, "templates/article.html", '{% extends "default/article.html" %}')
    assert told() == f"{where}: rebuilt, as article.html or a template that it uses changed."
    write(site, "site.yaml", "title: Test\nurl: https://example.org/\ntheme: {accent: '#00008b'}\n")
    assert "the settings or the program" in told()
    assert told().startswith(run(site, "build", "--explain", f"https://example.org{where}").stdout[:20])


def test_explain_of_a_page_that_is_not_there_says_so_and_builds_nothing(site: Path) -> None:
    done = run(site, "build", "--explain", "/2021/04/onee/")
    assert done.exit_code == 2
    assert done.stderr.strip() == (
        "--explain: there is no page at '/2021/04/onee/' (did you mean \"/2021/04/one/\"?) [E155]"
    )
    assert pages(site) == set()
    assert "(an address is as in /2021/04/slug/) [E155]" in run(site, "build", "--explain", "zzzz").stderr


def test_the_sample_address_of_a_new_site_is_told_by_a_build(tmp_path: Path) -> None:
    site = tmp_path / "new"
    CliRunner().invoke(morgue, ["new", str(site)])
    told = (
        "site.yaml:3: url: still the sample's, which feeds, citations and the sitemap would carry "
        "(write the address at which readers will find the site) [W116]"
    )
    assert run(site, "build", "--strict").exit_code == 0
    assert told in run(site, "build").stderr.splitlines()
    assert "W116" in {each["code"] for each in json.loads(run(site, "build", "--json").stdout)["problems"]}
    text = (site / "site.yaml").read_text()
    (site / "site.yaml").write_text(text.replace("https://archive.example.org/", "https://gazette.example/"))
    assert "W116" not in run(site, "build").stderr


def test_a_file_of_others_where_a_page_belongs_is_not_overwritten(site: Path) -> None:
    run(site, "build")
    write(site, "build/2021/04/two/index.html", "somebody's own")
    article(site, "two")
    result = run(site, "build")
    assert result.exit_code == 2
    assert result.stderr == (
        "2021/04/two/index.html: the page /2021/04/two/ belongs here, but Morgue did not write this file "
        "(move it away) [E706]\n"
    )
    assert (site / "build/2021/04/two/index.html").read_text() == "somebody's own"


def test_an_output_edited_or_deleted_by_hand_is_mended(site: Path) -> None:
    run(site, "build")
    page = site / "build/2021/04/one/index.html"
    good = page.read_bytes()
    page.write_bytes(b"edited by hand")
    run(site, "build")
    assert page.read_bytes() == good
    page.unlink()
    run(site, "build")
    assert page.read_bytes() == good


def test_what_a_cache_brought_back_with_other_times_is_neither_read_into_nor_rendered_again(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        article(site, f"story-{number}", body=f"Text {number}.")
    options = Options(output=site / "build", now=NOW)
    first = build(load_site(site), options)
    before = {path: path.read_bytes() for path in (site / "build").rglob("*") if path.is_file()}
    for path in [*before, *(site / "content").rglob("*.md")]:
        os.utime(path, (path.stat().st_atime, int(path.stat().st_mtime) - 60))
    worked: list[str] = []

    def filed(data: bytes, path: str, rules: Rules, key: str) -> tuple[Filing, Leaf | None]:
        worked.append(path)
        return file_one(data, path, rules, key)

    def rendered(page: Page, *more: Any) -> bytes:
        worked.append(page.address)
        return render_page(page, *more)

    monkeypatch.setattr("generator.short_way.MOST", 0)  # a few are looked at in another way
    monkeypatch.setattr("generator.filing.file_one", filed)
    monkeypatch.setattr("generator.publishing.render_page", rendered)
    again = build(load_site(site), options)
    assert (worked, again.written, again.pages) == ([], (), first.pages)
    article(site, "story-1", body="Another text.")
    assert "2021/04/story-1/index.html" in build(load_site(site), options).written
    assert "content/articles/2021/04/story-1.md" in worked
    assert "content/articles/2021/04/story-2.md" not in worked
    place = site / "build/2021/04/story-2/index.html"
    place.write_bytes(place.read_bytes()[::-1])  # of the same size, and another's
    assert build(load_site(site), options).written == ("2021/04/story-2/index.html",)


def test_clean_renders_all_again_and_writes_only_what_differs(site: Path) -> None:
    run(site, "build")
    data = json.loads(run(site, "build", "--clean", "--json").stdout)
    assert data["written"] == []


def test_a_refused_write_leaves_what_was_published(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(site, "build")
    before = (site / "build/2021/04/one/index.html").read_bytes()
    article(site, "one", body="Other text.")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", str(site / "build/x"))

    monkeypatch.setattr("generator.output.folder.Place.put", full)
    result = run(site, "build")
    assert result.exit_code == 2
    assert result.stderr == (
        "x: cannot be written: No space left on device (what was published before is unharmed; make room or "
        "mend the rights, and build again) [E704]\n"
    )
    assert (site / "build/2021/04/one/index.html").read_bytes() == before


def test_a_memo_damaged_between_builds_is_made_anew(site: Path) -> None:
    run(site, "build")
    memo = site / ".morgue/memo.sqlite3"
    data = bytearray(memo.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    memo.write_bytes(bytes(data))
    result = run(site, "build")
    assert result.exit_code == 0, result.output
    assert sqlite3.connect(memo).execute("pragma quick_check").fetchone() == ("ok",)


def test_media_and_originals_are_copied_and_go_when_they_go(site: Path) -> None:
    write(site, "content/media/a.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
    write(site, "content/sources/a.txt", "original")
    run(site, "build")
    assert (site / "build/sources/a.txt").read_text() == "original"
    (site / "content/media/a.svg").unlink()
    run(site, "build")
    assert not (site / "build/media/a.svg").exists()


def test_a_link_among_the_media_is_not_followed_and_that_is_told(site: Path, tmp_path: Path) -> None:
    write(tmp_path, "private/secret.txt", "secret")
    (site / "content/media").mkdir(parents=True)
    (site / "content/media/out").symlink_to(tmp_path / "private")
    told = "content/media/out: file: a link is not followed (copy here what it leads to) [W232]"
    assert told in run(site, "build").stderr.splitlines()
    assert not list((site / "build").rglob("secret.txt"))


def test_a_large_file_is_copied_by_pieces_and_stands_while_it_is_the_same(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.publishing.LARGE", 1_000)
    film = site / "content/media/film.webm"
    film.parent.mkdir(parents=True)
    film.write_bytes(bytes(range(256)) * 20)

    def written() -> list[str]:
        found: list[str] = json.loads(run(site, "build", "--jobs", "1", "--json").stdout)["written"]
        return found

    assert "media/film.webm" in written()
    assert (site / "build/media/film.webm").read_bytes() == film.read_bytes()
    os.utime(film, (1, 1))
    assert written() == []
    (site / "build/media/film.webm").write_bytes(b"x" * film.stat().st_size)
    assert written() == ["media/film.webm"]
    film.write_bytes(b"another, and shorter" * 100)
    article(site, "two")
    assert "media/film.webm" in written()
    assert (site / "build/media/film.webm").read_bytes() == film.read_bytes()
    assert run(site, "build", "--verify").exit_code == 0


def test_two_builds_on_other_paths_zones_locales_and_seeds_are_the_same_bytes(
    site: Path, tmp_path: Path
) -> None:
    article(
        site, "two", "people: [Ada Quill, Bo Marrow]\ntags: [B, A]\n", "Ada Quill met Bo Marrow. Quill left."
    )
    trees = []
    for number, (zone, seed, locale) in enumerate((("UTC", "1", "C"), ("Asia/Tokyo", "77", "C.UTF-8"))):
        root = tmp_path / f"place {number}" / "deep"
        shutil.copytree(site, root)
        env = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "LC_ALL": locale}
        done = subprocess.run(
            [sys.executable, "-m", "generator.cli", "build", "--site", str(root)],
            env=env,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        trees.append(
            {
                p.relative_to(root).as_posix(): p.read_bytes()
                for p in (root / "build").rglob("*")
                if p.is_file()
            }
        )
    assert trees[0] == trees[1]


def test_check_reports_and_exits_with_one(site: Path) -> None:
    article(site, "two", body="[broken](/nowhere/)")
    result = run(site, "check")
    assert result.exit_code == 1
    assert "content/articles/2021/04/two.md:6: " in result.stdout
    assert result.stdout.endswith("\n1 to look at.\n")
    data = json.loads(run(site, "check", "--json").stdout)
    assert [(p["path"], p["line"]) for p in data] == [("content/articles/2021/04/two.md", 6)]


def test_check_includes_what_a_build_would_report(site: Path) -> None:
    article(site, "two", "updated: Apil\n", "Another text.")
    found = check(load_site(site), Options(output=site / "build", now=NOW))
    assert [p.code for p in found] == ["W221"]


def test_an_articles_address_outlives_its_slug(site: Path) -> None:
    article(site, "old-name", "slug: new-name\n")
    run(site, "build")
    assert "2021/04/new-name/index.html" in pages(site)
    redirect = (site / "build/2021/04/old-name/index.html").read_text()
    assert "/2021/04/new-name/" in redirect


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("", ""),
        ("Short and whole.", "Short and whole."),
        ("## Only a heading", ""),
        (
            ("One sentence of some length stands here. " * 10),
            ("One sentence of some length stands here. " * 4).strip(),
        ),
        ("word " * 100, ("word " * 40).strip() + "…"),
    ],
)
def test_a_summary_is_the_beginning_of_the_text(body: str, expected: str) -> None:
    made = beginning(convert(body))
    assert made == expected
    assert len(made) <= SUMMARY * 3 // 2


@pytest.mark.parametrize(
    ("summary", "repeats"),
    [
        ("", True),
        ("The “wall” fell. Nobody was hurt.", True),
        ("The wall fell. Nobody wa[…]", True),
        ("The wall fell. Nobody was hurt. The ferry waits...", True),
        ("Nobody was hurt.", False),
        ("The wall fell: how, and why", False),
        ("The wall fell. Nobody was hurt. The ferry waits. It waits still.", False),
    ],
)
def test_a_summary_that_the_text_begins_with_is_no_standfirst(summary: str, repeats: bool) -> None:
    prose = convert("The *wall* fell.  Nobody was\nhurt.\n\n![](x.png)\n\nThe ferry waits.")
    assert is_opening(summary, prose) == repeats


def test_an_opening_is_not_read_twice_though_lists_have_it(site: Path) -> None:
    article(site, "one", "summary: Text of the day, and …\n", "Text of the day, and more.")
    assert run(site, "build").exit_code == 0
    page = (site / "build/2021/04/one/index.html").read_text()
    assert 'class="standfirst"' not in page
    assert '<meta name="description" content="Text of the day, and …">' in page
    assert "Text of the day, and …" in (site / "build/2021/04/index.html").read_text()
    article(site, "one", "summary: What it was.\n", "Text of the day, and more.")
    assert run(site, "build").exit_code == 0
    assert '<p class="standfirst">What it was.</p>' in (site / "build/2021/04/one/index.html").read_text()


def test_without_a_site_nothing_is_built(tmp_path: Path) -> None:
    with pytest.raises(SiteError):
        load_site(tmp_path)


@pytest.mark.parametrize(
    ("output", "message"),
    [
        (".", "the output folder holds the site itself"),
        ("..", "the output folder holds the site itself"),
        ("content", "the output folder lies in content/"),
        ("content/media/build", "the output folder lies in content/"),
        ("templates", "the output folder lies in templates/"),
    ],
)
def test_an_output_in_the_site_itself_is_refused(site: Path, output: str, message: str) -> None:
    result = run(site, "build", "--output", str(site / output))
    assert result.exit_code == 2
    assert result.stderr.endswith(f": {message} (name another folder with --output) [E707]\n")
    assert sorted(p.name for p in site.iterdir()) == ["content", "site.yaml"]


def test_a_report_never_takes_the_place_of_a_file_of_the_site(site: Path) -> None:
    write(
        site.parent, "in/a.txt", "Published: 11:34, April 13, 2021\nA headline of an article\n\nIts text.\n"
    )
    before = (site / "site.yaml").read_bytes()
    result = run(site, "import", str(site.parent / "in"), "--report", str(site / "site.yaml"))
    assert result.exit_code == 2
    assert "[E337]" in result.stderr
    assert (site / "site.yaml").read_bytes() == before


def test_a_request_for_an_endless_name_is_answered(site: Path) -> None:
    run(site, "build")
    assert answer(site / "build", "", "/" + "x" * 5000).status == 404
    assert answer(site / "build", "", "/x" * 5000).status == 404


def test_what_lies_under_a_link_in_the_output_is_not_removed(site: Path, tmp_path: Path) -> None:
    run(site, "build")
    elsewhere = tmp_path / "elsewhere"
    shutil.move(site / "build/2021", elsewhere)
    (site / "build/2021").symlink_to(elsewhere)
    (site / "content/articles/2021/04/one.md").unlink()
    run(site, "build")
    assert (elsewhere / "04/one/index.html").is_file()


def test_the_changes_of_a_build_are_written_by_address(site: Path) -> None:
    article(site, "one", body="Some text.")
    article(site, "two", body="Other text.")
    run(site, "build")
    article(site, "one", body="Another text.")
    (site / "content/articles/2021/04/two.md").unlink()
    article(site, "three", body="New text.")
    result = run(site, "build", "--changes", str(site / "changes.jsonl"))
    assert result.exit_code == 0
    rows = [json.loads(line) for line in (site / "changes.jsonl").read_text().splitlines()]
    told = {row["address"]: row["change"] for row in rows}
    assert (told["/2021/04/one/"], told["/2021/04/two/"], told["/2021/04/three/"]) == (
        "changed",
        "removed",
        "added",
    )
    assert told["/"] == "changed"
    assert [row["address"] for row in rows] == sorted(told)


def test_changes_that_cannot_be_written_are_told(site: Path) -> None:
    result = run(site, "build", "--changes", str(site / "content/nowhere/changes.jsonl"))
    assert result.exit_code == 2
    assert (
        "cannot be written: No such file or directory (name another file with --changes) [E704]"
        in result.stderr
    )


def test_a_build_is_verified_against_one_from_nothing(site: Path) -> None:
    article(site, "one", body="Some text.")
    run(site, "build")
    article(site, "one", body="Another text.")
    assert run(site, "build", "--verify").exit_code == 0
    page = site / "build/2021/04/one/index.html"
    status = page.stat()
    page.write_bytes(page.read_bytes().replace(b"Another", b"Altered"))
    os.utime(page, ns=(status.st_atime_ns, status.st_mtime_ns))
    result = run(site, "build", "--verify")
    assert result.exit_code == 1
    assert "2021/04/one/index.html: not what a build from nothing gives" in result.stderr
