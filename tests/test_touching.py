"""The short way: an edit that only the article's own pages can show, and everything that is no such edit."""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from generator import short_way, standing
from generator import whole as building
from generator.build import build
from generator.config import load_site
from generator.outcome import Built, Options
from generator.output.folder import scan
from generator.searching.program import Program

NOW = datetime(2024, 6, 1, tzinfo=UTC)
LONG_AGO = 1_600_000_000


def write(root: Path, path: str, text: str) -> None:
    """Write a file, and make it look as if that was long ago: no save is doubted for being recent."""
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
    os.utime(target, (LONG_AGO, LONG_AGO))


OPENING = "The opening of a text tells what it is about, and others can tell. " * 16
"""More than the characters by which articles are compared: what follows is the article's own."""


def story(title: str, body: str, more: str = "") -> str:
    return (
        f"---\ntitle: {title}\npublished: 2024-05-0{len(title) % 9 + 1}T10:00\npeople: [Ada Quill, Bo Marrow]\n"
        f"summary: What happened.\ntags: [News]\n{more}---\n\n{OPENING}\n\n{body}\n"
    )


EDITED = story("Story 3", "Ada Quill spoke. Another end.\n\nALSO READ: Story 2")
"""Story 3 with other words that none but its own pages show."""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = tmp_path / "site"
    write(root, "site.yaml", "title: Test\nurl: https://example.org/\n")
    write(root, "content/entities/people/ada-quill.md", "---\nname: Ada Quill\naliases: [Quill]\n---\n")
    for n in range(6):
        body = f"Ada Quill spoke. Number {n} of the series ends here.\n\nALSO READ: Story 2"
        write(root, f"content/articles/2024/05/story-{n}.md", story(f"Story {n}", body))
    return root


def built(root: Path, output: str = "build", now: datetime = NOW) -> Built:
    return build(load_site(root), Options(output=root.parent / output, now=now))


def is_cold(root: Path) -> bool:
    """Whether the output is what a build into an empty folder gives."""
    built(root, "cold")
    warm, cold = root.parent / "build", root.parent / "cold"
    return scan(warm) == scan(cold) and all(
        (warm / p).read_bytes() == (cold / p).read_bytes() for p in scan(cold)
    )


@pytest.fixture
def whole(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Grows by one with each build that looks at the whole archive."""
    seen: list[str] = []
    real = building.survey

    def survey(*args: object, **kwargs: object) -> object:
        seen.append("whole")
        return real(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(building, "survey", survey)
    return seen


OWN = "2024/05/story-3/index.html"


def settled(root: Path) -> None:
    """Build, and let the files' times of change be old enough to be trusted."""
    building.time.sleep(0.06)
    built(root)


def test_other_words_in_the_opening_are_built_with_the_whole_archive(site: Path, whole: list[str]) -> None:
    settled(site)
    path = "content/articles/2024/05/story-3.md"
    write(site, path, (site / path).read_text(encoding="utf-8").replace("opening", "herring", 3))
    built(site)
    assert whole == ["whole", "whole"] and is_cold(site)


def test_a_sentence_more_is_built_from_the_article_alone(site: Path, whole: list[str]) -> None:
    settled(site)
    write(
        site,
        "content/articles/2024/05/story-3.md",
        story("Story 3", "Ada Quill spoke. Another end.\n\nALSO READ: Story 2"),
    )
    result = built(site)
    assert whole == ["whole"]
    assert set(result.written) == {OWN, "data/articles.jsonl", "data/text/2024-05.json"}
    assert result.reasons[OWN].startswith("what it shows (")
    assert "Another end." in (site.parent / "build" / OWN).read_text()
    assert is_cold(site)


def test_nothing_changed_is_known_by_looks(site: Path, whole: list[str]) -> None:
    settled(site)
    result = built(site)
    assert (result.written, result.removed, result.pages, result.articles) == ((), (), result.pages, 6)
    assert whole == ["whole"]


def test_a_style_sheet_and_a_picture_saved_anew_are_copied_alone(site: Path, whole: list[str]) -> None:
    write(site, "templates/assets/style.css", "body {}")
    write(site, "content/media/a.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
    settled(site)
    write(site, "templates/assets/style.css", "body { color: red }")
    write(site, "content/media/a.svg", "<svg xmlns='http://www.w3.org/2000/svg'><g/></svg>")
    result = built(site)
    assert result.written == ("assets/style.css", "media/a.svg")
    assert set(result.reasons.values()) == {"the file itself"}
    assert whole == ["whole"]
    assert is_cold(site)


@pytest.mark.parametrize(
    "change",
    [
        lambda root: write(root, "content/articles/2024/05/story-3.md", story("Story 33", "Ada Quill spoke.")),
        lambda root: write(root, "content/articles/2024/05/story-3.md", story("Story 3", "Bo Marrow spoke of [it](/2024/05/story-1/).")),
        lambda root: write(root, "content/articles/2024/05/story-3.md", story("Story 3", "Ada Quill spoke.", "status: draft\n")),
        lambda root: write(root, "content/articles/2024/05/story-3.md", "no front matter"),
        lambda root: write(root, "content/articles/2024/05/new.md", story("New", "Ada Quill spoke.")),
        lambda root: (root / "content/articles/2024/05/story-3.md").unlink(),
        lambda root: write(root, "content/entities/people/ada-quill.md", "---\nname: Ada Quill\naliases: [Quill, Number]\n---\n"),
        lambda root: write(root, "content/pages/about.md", "---\ntitle: About\n---\n\nWhat.\n"),
        lambda root: write(root, "content/media/a.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>"),
        lambda root: write(root, "templates/assets/style.css", "body {}"),
        lambda root: write(root, "templates/byline.html", '{% extends "default/byline.html" %}'),
        lambda root: write(root, "site.yaml", "title: Other\nurl: https://example.org/\n"),
        lambda root: (root.parent / "build" / "index.html").write_text("by hand"),
        lambda root: (root.parent / "build" / OWN).unlink(),
        lambda root: next((root / ".morgue").glob("ledger-*")).write_bytes(b"damaged"),
        lambda root: (root.parent / "build" / ".morgue-stage").mkdir(),
    ],
)  # fmt: skip
def test_whatever_others_can_show_is_built_with_the_whole_archive_in_view(
    site: Path, whole: list[str], change: Callable[[Path], object]
) -> None:
    settled(site)
    change(site)
    built(site)
    assert len(whole) == 2
    assert is_cold(site)


def test_without_a_memo_nothing_is_done_where_nothing_changed_and_an_edit_is_built_with_all_in_view(
    site: Path, whole: list[str]
) -> None:
    settled(site)
    (site / ".morgue" / "memo.sqlite3").unlink()
    assert built(site).written == () and whole == ["whole"]
    write(site, "content/articles/2024/05/story-3.md", story("Story 3", "Ada Quill spoke. Another."))
    assert OWN in built(site).written and len(whole) == 2
    assert is_cold(site)


def test_a_text_that_becomes_anothers_is_seen_by_all(site: Path, whole: list[str]) -> None:
    settled(site)
    other = (site / "content/articles/2024/05/story-1.md").read_text()
    write(site, "content/articles/2024/05/story-3.md", other.replace("title: Story 1", "title: Story 3"))
    built(site)
    assert len(whole) == 2
    assert is_cold(site)


def test_an_embargo_that_ends_between_two_builds_is_seen(site: Path) -> None:
    embargo = f"status: embargoed\nembargo: {(NOW + timedelta(hours=1)).isoformat()}\n"
    write(site, "content/articles/2024/05/story-3.md", story("Story 3", "Ada Quill spoke.", embargo))
    settled(site)
    assert not (site.parent / "build" / OWN).exists()
    built(site, now=NOW + timedelta(hours=2))
    assert (site.parent / "build" / OWN).exists()


def test_a_problem_of_the_edited_article_takes_the_place_of_its_old_ones(
    site: Path, whole: list[str]
) -> None:
    path = "content/articles/2024/05/story-3.md"
    write(site, path, story("Story 3", "Ada Quill spoke. Of [[Nobody]]."))
    settled(site)
    assert [p.code for p in built(site).problems] == ["W402"]
    write(site, path, story("Story 3", "Ada Quill spoke. Of [[Nowhere]]."))
    assert ["Nowhere" in p.message for p in built(site).problems] == [True]
    write(site, path, story("Story 3", "Ada Quill spoke. Of no one."))
    assert built(site).problems == ()
    assert whole == ["whole"]


def test_an_edit_taken_back_and_made_again_is_built_from_the_article_alone(
    site: Path, whole: list[str]
) -> None:
    settled(site)
    path = "content/articles/2024/05/story-3.md"
    first, second = (
        story("Story 3", f"Ada Quill spoke. {end} end.\n\nALSO READ: Story 2") for end in ("An", "No")
    )
    for text in (first, second, first, second):
        write(site, path, text)
        assert OWN in built(site).written
        assert built(site).written == ()
    assert whole == ["whole"]
    assert is_cold(site)


def test_what_edits_left_is_written_into_the_ledger_once_there_are_many(
    site: Path, whole: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(short_way, "MANY", 6)
    settled(site)
    (ledger,) = (file for file in (site / ".morgue").glob("ledger-*"))
    before = ledger.read_bytes()
    for number in range(5):
        write(
            site,
            f"content/articles/2024/05/story-{number}.md",
            EDITED.replace("Story 3", f"Story {number}").replace("Another", f"Another {number}"),
        )
        assert built(site).written
    assert ledger.read_bytes() != before
    assert built(site).written == ()
    assert whole == ["whole"]
    assert is_cold(site)


@pytest.mark.parametrize("spoil", [lambda d: d[:-1], lambda d: b"", lambda d: d[:20] + b"x" + d[21:]])
def test_what_is_known_of_earlier_edits_may_be_lost_or_damaged(
    site: Path, whole: list[str], spoil: Callable[[bytes], bytes]
) -> None:
    settled(site)
    write(site, "content/articles/2024/05/story-3.md", EDITED)
    built(site)
    (since,) = (site / ".morgue").glob("*.since")
    since.write_bytes(spoil(since.read_bytes()))
    assert built(site).written == ()
    assert len(whole) == 2
    assert is_cold(site)


def test_a_manifest_that_names_a_page_otherwise_takes_the_long_way(site: Path, whole: list[str]) -> None:
    settled(site)
    manifest = site.parent / "build" / ".morgue-manifest"
    status, text = manifest.stat(), manifest.read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.endswith(OWN))
    manifest.write_text(text.replace(line, "0" * 32 + line[32:]), encoding="utf-8")
    os.utime(manifest, ns=(status.st_atime_ns, status.st_mtime_ns))
    write(site, "content/articles/2024/05/story-3.md", EDITED)
    assert OWN in built(site).written
    assert len(whole) == 2
    assert is_cold(site)


def test_a_site_without_search_is_edited_as_fast_with_the_extra_installed(
    site: Path, whole: list[str]
) -> None:
    write(site, "site.yaml", "title: Test\nurl: https://example.org/\nomit: [search]\n")
    options = Options(output=site.parent / "build", now=NOW, search=Program(Path("/none"), "pagefind 1"))
    building.time.sleep(0.06)
    build(load_site(site), options)
    write(
        site,
        "content/articles/2024/05/story-3.md",
        story("Story 3", "Ada Quill spoke. Another.\n\nALSO READ: Story 2"),
    )
    assert OWN in build(load_site(site), options).written
    assert whole == ["whole"]


def test_strict_publishes_no_edit_with_a_problem(site: Path) -> None:
    settled(site)
    before = (site.parent / "build" / OWN).read_bytes()
    write(
        site,
        "content/articles/2024/05/story-3.md",
        story("Story 3", "Ada Quill spoke. Of [[Nobody]].\n\nALSO READ: Story 2"),
    )
    options = Options(output=site.parent / "build", now=NOW)
    assert build(load_site(site), replace(options, strict=True)).refused
    assert (site.parent / "build" / OWN).read_bytes() == before


def test_an_edit_is_not_published_behind_a_link(site: Path) -> None:
    settled(site)
    moved = site.parent / "elsewhere"
    (site.parent / "build" / "2024").rename(moved)
    (site.parent / "build" / "2024").symlink_to(moved)
    before = (moved / "05/story-3/index.html").read_bytes()
    write(
        site,
        "content/articles/2024/05/story-3.md",
        story("Story 3", "Ada Quill spoke. Another.\n\nALSO READ: Story 2"),
    )
    with pytest.raises(building.SiteError):
        built(site)
    assert (moved / "05/story-3/index.html").read_bytes() == before


def articles_in(paths: tuple[str, ...]) -> list[str]:
    return [path for path in paths if path.startswith("2024/05/story-")]


def test_an_alias_added_to_a_record_rewrites_the_articles_that_show_the_name_and_no_others(
    site: Path,
) -> None:
    """Those that do not mention the alias show, in the card of the name, how often it is mentioned."""
    for n in range(2):
        text = story(f"Plain {n}", "Afterwards Dame Lettice left.").replace("Ada Quill, ", "")
        write(site, f"content/articles/2024/05/story-plain-{n}.md", text)
    body = "Ada Quill spoke. Afterwards Dame Lettice left.\n\nALSO READ: Story 2"
    write(site, "content/articles/2024/05/story-4.md", story("Story 4", body))
    settled(site)
    record = "content/entities/people/ada-quill.md"
    write(site, record, "---\nname: Ada Quill\naliases: [Quill, Dame Lettice]\n---\n")
    result = built(site)
    assert articles_in(result.written) == [f"2024/05/story-{n}/index.html" for n in range(6)]
    assert "said" in result.reasons["2024/05/story-4/index.html"]
    assert {result.reasons[f"2024/05/story-{n}/index.html"] for n in (0, 1, 2, 3, 5)} == {
        "what it shows (cards)"
    }
    assert "people/ada-quill/index.html" in result.written
    assert is_cold(site)


def test_a_template_that_is_edited_rewrites_the_pages_that_use_it_and_no_others(site: Path) -> None:
    write(site, "templates/article.html", '{% extends "default/article.html" %}')
    settled(site)
    everything = frozenset(scan(site.parent / "build"))
    write(
        site,
        "templates/article.html",
        '{% extends "default/article.html" %}{% block main_class %} other{% endblock %}',
    )
    result = built(site)
    assert set(result.written) == {path for path in everything if articles_in((path,))}
    assert set(result.reasons.values()) == {"its template"}
    assert built(site).written == ()
    assert is_cold(site)


def test_a_page_of_an_edit_is_explained_before_it_is_built(site: Path, whole: list[str]) -> None:
    settled(site)
    write(site, "content/articles/2024/05/story-3.md", EDITED)
    options = Options(output=site.parent / "build", now=NOW, explain="/2024/05/story-3/")
    told = build(load_site(site), options).explanation
    assert told.startswith("/2024/05/story-3/: rebuilt, as what it shows (") and len(whole) == 2
    told = build(load_site(site), options).explanation
    assert (
        told == "/2024/05/story-3/: stands, as neither what it shows, its templates nor the settings changed."
    )


@pytest.mark.parametrize("files", [standing.WORTH_A_PROCESS, 0])
def test_a_process_beside_tells_what_came_of_its_work(files: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails() -> bool:
        raise OSError

    # Other tests' threads may still be ending, and a machine may have one processor.
    monkeypatch.setattr("threading.active_count", lambda: 1)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    with standing.beside(lambda: True, files) as told:
        assert told()
    with standing.beside(lambda: False, files) as told:
        assert not told()
    with standing.beside(lambda: True, files):
        pass  # nobody asks
    if files:
        with standing.beside(fails, files) as told:
            assert not told()


def test_where_no_process_can_be_started_the_work_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def full() -> int:
        raise BlockingIOError

    monkeypatch.setattr(os, "fork", full)
    with standing.beside(lambda: True, standing.WORTH_A_PROCESS) as told:
        assert told()


def test_an_output_looked_at_by_another_process_is_seen_to_be_changed(
    site: Path, whole: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(standing, "WORTH_A_PROCESS", 1)
    settled(site)
    assert built(site).written == () and whole == ["whole"]
    (site.parent / "build" / OWN).write_text("by hand")
    assert built(site).written == (OWN,) and len(whole) == 2
    assert is_cold(site)
