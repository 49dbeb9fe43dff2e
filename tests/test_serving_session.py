"""The session: what is built, what is shown before it is, and what is not built for a mistake."""

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.build import build
from generator.cli import morgue
from generator.config import load_site
from generator.core.paths import Address
from generator.outcome import Options
from generator.output.folder import scan
from generator.output.ledger import RACY
from generator.render.environment import PageEnvironment
from generator.render.theme import theme_folder
from generator.serving import session as preview
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


def test_templates_are_compiled_once_while_no_file_of_them_changes(
    site: Path, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled: list[str | None] = []
    plain = PageEnvironment.compile

    def compile(self: PageEnvironment, source: str, name: str | None = None, *more: object) -> object:
        compiled.append(name)
        return plain(self, source, name, *more)  # type: ignore[call-overload]

    monkeypatch.setattr(PageEnvironment, "compile", compile)
    own = site / "templates/missing.html"
    own.parent.mkdir()
    own.write_text((theme_folder() / "404.html").read_text())
    time.sleep(2 * RACY / 1e9)
    session.rebuild(EVERYTHING)
    first = set(compiled)
    assert {"base.html", "article.html", "entity.html"} <= first
    assert len(compiled) == len(first)
    compiled.clear()
    for words in ("Clip it out", "Tear it out"):
        edit(site, "Cut it out", words)
        assert len(session.rebuild(frozenset({ARTICLE})).changes) > 1
        edit(site, words, "Cut it out")
    assert compiled == []
    own.write_text("Changed.")
    session.rebuild(frozenset({"templates/missing.html"}))
    assert set(compiled) <= first
    assert compiled


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


OTHER = "content/articles/2024/04/other.md"
OTHER_PAGE = Address("/2024/04/other/")
LONG = "The opening tells what a text is about, and others can tell of it. " * 30


def other(end: str) -> str:
    return f"---\ntitle: Other\npublished: 2024-04-01T10:00\nsummary: It.\n---\n\n{LONG}\n\n{end}\n"


@pytest.fixture
def standing(site: Path, session: Session) -> Session:
    """A session that has looked at everything, and all its files not just now."""
    (site / OTHER).parent.mkdir(parents=True, exist_ok=True)
    (site / OTHER).write_text(other("The end."))
    time.sleep(0.06)
    session.rebuild(EVERYTHING)
    session.rebuild(frozenset())
    return session


def test_an_article_that_is_saved_is_built_without_a_look_at_anything_else(
    site: Path, standing: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []
    real = preview.standing
    monkeypatch.setattr(preview, "standing", lambda *args: (looked.append("all"), real(*args))[1])
    for end in ("Another end.", "A third end.", "The end."):
        (site / OTHER).write_text(other(end))
        report = standing.rebuild(frozenset({OTHER}))
        assert OTHER_PAGE in {change.address for change in report.changes}
        assert end in (site / "build/2024/04/other/index.html").read_text()
    assert looked == [] and standing.owes_a_look
    assert standing.rebuild(frozenset()).changes == ()
    assert looked == ["all"] and not standing.owes_a_look


def test_what_nobody_told_of_is_seen_when_there_is_time(site: Path, standing: Session) -> None:
    edit(site, "Cut it out", "Clip it out")
    (site / "build" / "index.html").write_text("by hand")
    (site / OTHER).write_text(other("Another end."))
    told = {change.address for change in standing.rebuild(frozenset({OTHER})).changes}
    assert OTHER_PAGE in told and PAGE not in told
    assert standing.owes_a_look
    assert {PAGE, Address("/")} <= {change.address for change in standing.rebuild(frozenset()).changes}
    output = site.parent / "cold"
    build(load_site(site), Options(output=output, now=NOW))
    assert scan(output) == scan(site / "build")
    assert [p for p in scan(output) if (output / p).read_bytes() != (site / "build" / p).read_bytes()] == []


def test_a_mistake_is_still_told_when_another_article_is_saved(site: Path, standing: Session) -> None:
    edit(site, "published:", "published: soon #")
    assert standing.rebuild(frozenset({ARTICLE})).failed
    (site / OTHER).write_text(other("Another end."))
    assert [error.path for error in standing.rebuild(frozenset({OTHER})).errors] == [ARTICLE]


def test_a_template_with_a_mistake_is_still_told_when_an_article_is_saved(
    site: Path, standing: Session
) -> None:
    (site / "templates").mkdir(exist_ok=True)
    (site / "templates/article.html").write_text("{% if")
    assert standing.rebuild(frozenset({"templates/article.html"})).failed
    (site / OTHER).write_text(other("Another end."))
    assert standing.rebuild(frozenset({OTHER})).failed
    assert not standing.owes_a_look
