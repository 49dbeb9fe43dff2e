"""The session: what is built, what is shown before it is, and what is not built for a mistake."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import morgue
from generator.config import load_site
from generator.core.paths import Address
from generator.outcome import Options
from generator.serving.bursts import EVERYTHING
from generator.serving.session import HELD, Session

NOW = datetime(2024, 9, 2, 8, tzinfo=UTC)
ARTICLE = "content/articles/2024/05/how-to-file-an-archive.md"
PAGE = Address("/2024/05/how-to-file-an-archive/")
STYLE = Address("/assets/style.css")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    assert CliRunner().invoke(morgue, ["new", str(tmp_path / "site")]).exit_code == 0
    return tmp_path / "site"


@pytest.fixture
def early() -> list[tuple[str, bytes | None]]:
    """What could be shown before it was built: addresses and bytes."""
    return []


@pytest.fixture
def session(site: Path, early: list[tuple[str, bytes | None]]) -> Session:
    def look() -> None:
        early.append((PAGE, made.page(PAGE)))

    def saved(files: tuple[Address, ...]) -> None:
        early.extend((where, made.page(where)) for where in files)

    options = Options(output=site / "build", now=NOW)
    made = Session(load_site(site), options, clock=lambda: NOW, ready=look, saved=saved)
    return made


def edit(site: Path, old: str, new: str) -> None:
    (site / ARTICLE).write_text((site / ARTICLE).read_text().replace(old, new))


def test_a_page_can_be_shown_before_the_output_is_there(
    site: Path, session: Session, early: list[tuple[str, bytes | None]]
) -> None:
    report = session.rebuild(EVERYTHING)
    ((address, page),) = early
    assert page == (site / "build" / address[1:] / "index.html").read_bytes()
    assert not report.failed
    assert {change.reason for change in report.changes} == {"new"}
    assert report.pages == len(report.changes)
    assert session.page(PAGE) is None


def test_a_report_names_what_changed_and_why(site: Path, session: Session) -> None:
    session.rebuild(EVERYTHING)
    edit(site, "Cut it out", "Clip it out")
    report = session.rebuild(frozenset({ARTICLE}))
    reasons = {change.address: change.reason for change in report.changes}
    assert "text" in reasons[PAGE]
    assert b"Clip it out" in (site / "build/2024/05/how-to-file-an-archive/index.html").read_bytes()
    assert session.rebuild(frozenset({ARTICLE})).changes == ()


def test_a_style_can_be_shown_before_the_site_is_built(
    site: Path, session: Session, early: list[tuple[str, bytes | None]]
) -> None:
    session.rebuild(EVERYTHING)
    early.clear()
    (site / "templates/assets").mkdir(parents=True)
    (site / "templates/assets/style.css").write_text("h1 {}")
    (site / "templates/assets/outward.css").symlink_to("/etc/hostname")
    names = ("style.css", "outward.css", "none.css")
    report = session.rebuild(frozenset(f"templates/assets/{name}" for name in names))
    assert early[0] == (STYLE, b"h1 {}")
    assert STYLE in report.saved
    assert not any("outward" in address for address, _ in early)
    assert (site / "build/assets/style.css").read_bytes() == b"h1 {}"


def test_an_article_that_cannot_be_read_is_not_built_without(site: Path, session: Session) -> None:
    session.rebuild(EVERYTHING)
    edit(site, "published:", "published: soon #")
    report = session.rebuild(frozenset({ARTICLE}))
    assert report.failed
    (error,) = report.errors
    assert (error.code, error.path, error.line) == ("E201", ARTICLE, 3)
    assert (site / "build/2024/05/how-to-file-an-archive/index.html").exists()
    edit(site, "published: soon #", "published:")
    mended = session.rebuild(frozenset({ARTICLE}))
    assert (mended.failed, mended.errors, mended.changes) == (False, (), ())


@pytest.mark.parametrize(
    "changed",
    [
        frozenset({ARTICLE, "content/pages/about.md"}),
        frozenset({ARTICLE, "content/articles/2024/05/gone.md"}),
        frozenset({ARTICLE, *(f"content/articles/{n}.md" for n in range(HELD))}),
        frozenset({"content/articles/2024/"}),
        EVERYTHING,
    ],
)
def test_with_other_changes_the_site_is_built_without_it(
    site: Path, session: Session, changed: frozenset[str]
) -> None:
    session.rebuild(EVERYTHING)
    edit(site, "published:", "published: soon #")
    report = session.rebuild(changed)
    assert not report.failed
    assert [change.kind for change in report.changes if change.address == PAGE] == ["removed"]


def test_settings_that_cannot_be_read_leave_all_as_it_is(site: Path, session: Session) -> None:
    session.rebuild(EVERYTHING)
    (site / "site.yaml").write_text("title: [")
    report = session.rebuild(frozenset({"site.yaml"}))
    assert (report.failed, report.changes) == (True, ())
    assert [problem.code for problem in report.errors] == ["E102"]


def test_old_addresses_lead_where_a_host_would(site: Path, session: Session) -> None:
    edit(site, "published:", "aliases: [/old/story/]\npublished:")
    session.rebuild(EVERYTHING)
    assert session.redirect(Address("/old/story/")) == PAGE
    assert session.redirect(PAGE) == ""
