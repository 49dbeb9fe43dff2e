"""The preview of a site that was never read: pages made from the few files that they speak of."""

import multiprocessing
import os
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from deploying import HEAD, article, make_site, write

from generator import crew
from generator.config import load_site
from generator.core.paths import Address
from generator.crew import Crew
from generator.outcome import Options
from generator.serving import early
from generator.serving.bursts import EVERYTHING
from generator.serving.session import Session

NOW = datetime(2024, 9, 2, 8, tzinfo=UTC)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = make_site(tmp_path / "site", "hosts: nginx\n", articles=3)
    stories = root / "content/articles/2024/05"
    write(stories / "found.md", article("Found", 2, "![Wall](/media/wall.svg) Una Marsh spoke.", slug="kept"))
    write(stories / "draft.md", article("A draft", 3, status="draft"))
    write(stories / "libel.md", article("Libel", 4, status="withdrawn"))
    (stories / "broken.md").write_bytes(b"---\ntitle: [")
    return root


@pytest.fixture
def session_of(root: Path) -> Callable[..., Session]:
    def make(**options: bool) -> Session:
        asked = Options(output=root / "build", now=NOW, **options)  # type: ignore[arg-type]
        return Session(load_site(root), asked, clock=lambda: NOW)

    return make


def shown(session: Session, address: str) -> bytes:
    return session.early(Address(address)) or b""


def test_an_article_is_shown_from_its_own_file(session_of: Callable[..., Session]) -> None:
    page = shown(session_of(), "/2024/05/story-2/")
    assert b"<h1" in page
    assert b"spoke on day 2" in page
    assert b'href="/people/ada-quint/"' in page


def test_a_page_has_the_words_of_the_sites_language_before_the_site_is_read(
    session_of: Callable[..., Session], root: Path
) -> None:
    settings = (root / "site.yaml").read_text()
    (root / "site.yaml").write_text(settings + "language: de\n")
    page = shown(session_of(), "/2024/05/story-2/").decode()
    assert '<html lang="de">' in page
    assert ">Personen</a>" in page
    assert ">People</a>" not in page


def test_an_article_under_another_address_than_its_file_is_found_among_those_of_its_month(
    session_of: Callable[..., Session], root: Path
) -> None:
    write(root / "content/articles/2024/05/other-name.md", article("By its title", 9))
    assert b"spoke on day 9" in shown(session_of(), "/2024/05/by-its-title/")
    assert b"spoke on day 9" not in shown(session_of(), "/2024/05/never/")


@pytest.mark.parametrize(
    ("address", "holds"),
    [
        ("/", b"Story 3"),
        ("/2024/05/", b"Story 1"),
        ("/about/", b"An <a"),
        ("/people/", b"Marsh"),
        ("/media/wall.svg", b"<svg"),
        ("/assets/style.css", b"{"),
    ],
)
def test_lists_pages_and_files_are_shown_too(
    address: str, holds: bytes, session_of: Callable[..., Session]
) -> None:
    assert holds in shown(session_of(), address)


@pytest.mark.parametrize("address", ["/2024/05/a-draft/", "/2024/05/libel/", "/2024/05/broken/", "/none.css"])
def test_what_readers_may_not_see_and_what_is_not_there_is_not_shown(
    address: str, session_of: Callable[..., Session]
) -> None:
    assert shown(session_of(), address) == b""


def test_a_draft_is_shown_where_drafts_are_asked_for(session_of: Callable[..., Session]) -> None:
    assert b"A draft" in shown(session_of(drafts=True), "/2024/05/a-draft/")


def test_of_many_articles_only_some_are_read(
    session_of: Callable[..., Session], root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(100, 300):
        path = root / f"content/articles/2024/06/story-{number}.md"
        write(path, f"---\ntitle: Story {number}\npublished: 2024-06-01\n---\n\nText.\n")
    read: list[str] = []
    plain = early.read_file
    monkeypatch.setattr(early, "read_file", lambda place: (read.append(place), plain(place))[1])
    session = session_of()
    assert b"Story 2" in shown(session, "/")
    assert len(read) == early.SOME
    shown(session, "/tags/")
    assert len(read) == early.SOME  # what was read for one page serves another
    shown(session, "/2024/06/story-111/")
    assert len(read) == early.SOME + 1


def test_a_mistake_in_a_template_shows_nothing_and_the_build_tells_of_it(
    session_of: Callable[..., Session], root: Path
) -> None:
    write(root / "templates/article.html", "{% block %}")
    session = session_of()
    assert shown(session, "/2024/05/story-2/") == b""
    assert [problem.path for problem in session.rebuild(EVERYTHING).errors] == ["templates/article.html"]


def test_once_the_site_is_read_nothing_is_shown_early(session_of: Callable[..., Session]) -> None:
    session = session_of()
    session.rebuild(EVERYTHING)
    assert session.early(Address("/2024/05/story-2/")) is None


# What a host would say.


def test_what_was_withdrawn_is_gone_also_after_an_edit_that_took_the_short_way(
    session_of: Callable[..., Session], root: Path
) -> None:
    for _ in range(2):
        session = session_of()
        session.rebuild(EVERYTHING)
        assert session.is_gone(Address("/2024/05/libel/"))
        assert session.is_gone(Address("/2024/05/libel"))
        assert not session.is_gone(Address("/2024/05/story-2/"))
        assert not session.is_gone(Address("/never/"))


def test_headers_and_gone_are_those_of_the_host_that_is_named(
    session_of: Callable[..., Session], root: Path
) -> None:
    session = session_of()
    assert "Content-Security-Policy" in dict(session.headers())
    for settings, headers in (("hosts: cloudflare\nheaders: {X-Frame-Options: ''}\n", True), ("", False)):
        write(root / "site.yaml", HEAD + settings)
        session.rebuild(EVERYTHING)
        assert session.is_gone(Address("/2024/05/libel/")) == headers
        assert bool(session.headers()) == headers
        assert "X-Frame-Options" not in dict(session.headers())


# Work shared out by a process with threads.


def test_a_process_with_threads_shares_its_work_out_too(tmp_path: Path) -> None:
    done = threading.Event()
    other = threading.Thread(target=done.wait)
    other.start()
    try:
        tasks = list(range(crew.MANY))
        found = list(Crew(jobs=2, folder=tmp_path).run(_with_process, "shared", tasks))
        assert [task for _, task, _ in found] == tasks
        assert {shared for shared, _, _ in found} == {"shared"}
        assert os.getpid() not in {process for _, _, process in found}
        few = list(Crew(jobs=2, folder=tmp_path).run(_with_process, "shared", tasks[1:]))
        assert {process for _, _, process in few} == {os.getpid()}
        assert list(tmp_path.iterdir()) == []
    finally:
        done.set()
        other.join()


def _with_process(shared: str, task: int) -> tuple[str, int, int]:
    assert multiprocessing.current_process().name
    return shared, task, os.getpid()
