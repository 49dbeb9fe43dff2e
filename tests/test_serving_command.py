"""`morgue serve` as somebody runs it."""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from generator.serving.server import Served, listen

MORGUE = [sys.executable, "-m", "generator.cli"]
ADDRESS = "2024/05/how-to-file-an-archive/"
ARTICLE = "content/articles/2024/05/how-to-file-an-archive.md"


class Running:
    """A `morgue serve` and what it says."""

    def __init__(self, site: Path, log: Path) -> None:
        self.site, self.log = site, log
        self.root = re.findall(r"http://\S+", self.says("Serving at"))[0]

    def says(self, what: str, *, times: int = 1) -> str:
        return until(lambda: (text := self.log.read_text("utf-8")).count(what) >= times and text, what)

    def shows(self, path: str, what: str) -> str:
        return until(lambda: what in (text := self.page(path)) and text, what)

    def page(self, path: str) -> str:
        try:
            with urllib.request.urlopen(self.root + path, timeout=10) as answer:
                return answer.read().decode()
        except urllib.error.HTTPError as error:
            return f"{error.code} {error.read().decode()}"


def until(look, what: str):  # type: ignore[no-untyped-def]
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if found := look():
            return found
        time.sleep(0.02)
    raise AssertionError(f"never came to {what!r}")


@contextmanager
def served(site: Path, *options: str) -> Iterator[Running]:
    log = site.parent / "log"
    env = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with log.open("w") as stream:
        command = [*MORGUE, "serve", "--port", "0", "--site", str(site), *options]
        process = subprocess.Popen(command, stdout=stream, stderr=stream, env=env)
    try:
        yield Running(site, log)
    finally:
        process.send_signal(signal.SIGINT)
        code = process.wait(timeout=20)
    assert code == 0, log.read_text()
    assert "Traceback" not in log.read_text()


@pytest.fixture
def site(tmp_path: Path) -> Path:
    subprocess.run([*MORGUE, "new", str(tmp_path / "site")], check=True, capture_output=True)
    return tmp_path / "site"


def edit(site: Path, old: str, new: str) -> None:
    """Save as editors do: beside the article, then in its place."""
    article = site / ARTICLE
    beside = article.with_name("article.tmp")
    beside.write_text(article.read_text().replace(old, new))
    beside.replace(article)


def test_a_saved_edit_is_shown_and_told_with_its_reasons(site: Path) -> None:
    with served(site) as running:
        assert "How to file an archive" in running.shows(ADDRESS, "Cut it out")
        running.says(" pages; ")
        edit(site, "Cut it out", "Clip it out")
        running.shows(ADDRESS, "Clip it out")
        told = running.says(" pages; ", times=2)
    assert f"Changed: {ARTICLE}\n" in told
    assert re.search(r"^  /2024/05/how-to-file-an-archive/  what it shows \(.*text\)$", told, re.MULTILINE)
    assert re.search(r"^\d+ pages; \d+ written, 0 removed in [\d,]+ ms\.$", told, re.MULTILINE)
    assert not any(b".morgue/live.js" in page.read_bytes() for page in (site / "build").rglob("*.html"))


def test_a_broken_edit_leaves_the_last_good_site_and_says_where(site: Path) -> None:
    with served(site) as running:
        running.shows(ADDRESS, "Cut it out")
        settings = (site / "site.yaml").read_text()
        (site / "site.yaml").write_text("title: [\n")
        told = running.says("Nothing was published; the last good site is still served.")
        assert "site.yaml:1: title: not YAML" in told
        assert "Cut it out" in running.page(ADDRESS)
        (site / "site.yaml").write_text(
            settings.replace("https://archive.example.org/", "https://archive.example.org/below/")
        )
        running.root += "below/"
        running.shows(ADDRESS, "Cut it out")


def test_an_article_with_a_mistake_is_shown_as_it_was_until_it_is_mended(site: Path) -> None:
    with served(site) as running:
        running.shows(ADDRESS, "Cut it out")
        edit(site, "published:", "published: soon #")
        running.says("not a date")
        running.says("Nothing was published; the last good site is still served.")
        assert "Cut it out" in running.page(ADDRESS)
        assert (site / "build" / ADDRESS / "index.html").exists()
        # Another edit is built, and the article left out of it: the preview shows its last good state.
        (site / "content/pages/about.md").write_text("---\ntitle: About us\n---\n\nUs.\n")
        running.shows("about/", "About us")
        running.says(" pages; ", times=2)
        assert not (site / "build" / ADDRESS / "index.html").exists()
        assert "Cut it out" in running.page(ADDRESS)
        edit(site, "published: soon #", "published:")
        running.says(" pages; ", times=3)
        assert "Cut it out" in running.page(ADDRESS)
        assert (site / "build" / ADDRESS / "index.html").exists()


def test_drafts_are_shown_from_a_folder_of_their_own(site: Path) -> None:
    edit(site, "published:", "status: draft\npublished:")
    with served(site, "--drafts", "--poll", "0.2") as running:
        assert "This article is not published" in running.shows(ADDRESS, "Cut it out")
        edit(site, "Cut it out", "Clip it out")
        running.shows(ADDRESS, "Clip it out")
    assert not (site / "build").exists()


def test_a_port_that_is_taken_is_said_with_a_way_out(site: Path, tmp_path: Path) -> None:
    server = listen(Served(output=tmp_path), 0)
    port = str(server.server_address[1])
    command = [*MORGUE, "serve", "--port", port, "--site", str(site)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    server.shutdown()
    server.server_close()
    assert done.returncode == 2
    assert f"127.0.0.1, port {port}: Address already in use" in done.stderr
    hint = "(name another with --port, or take any free one with --port 0) [E123]"
    assert done.stderr.strip().endswith(hint)


def test_a_host_that_is_not_this_machines_is_said(site: Path) -> None:
    command = [*MORGUE, "serve", "--host", "192.0.2.1", "--port", "0", "--site", str(site)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.strip().endswith("(name another with --host) [E123]")
