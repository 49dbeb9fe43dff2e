import http.client
import os
import re
import signal
import subprocess
import sys
import threading
import time
from http import HTTPStatus
from pathlib import Path

import pytest
from watchdog.events import DirModifiedEvent, FileModifiedEvent, FileMovedEvent, FileOpenedEvent

from generator.serve import (
    Answer,
    Changes,
    allowed_host,
    answer,
    content_type,
    listen,
    rebuild_on_change,
    watch,
)


@pytest.fixture
def output(tmp_path: Path) -> Path:
    built = tmp_path / "build"
    (built / "2021/04/a story").mkdir(parents=True)
    (built / "empty").mkdir()
    (built / "index.html").write_text("front")
    (built / "404.html").write_text("not here")
    (built / "feed.xml").write_text("<feed/>")
    (built / ".morgue-manifest").write_text("morgue manifest 1\n")
    (built / "2021/04/a story/index.html").write_text("story")
    (tmp_path / "secret.txt").write_text("secret")
    (built / "outward").symlink_to(tmp_path / "secret.txt")
    return built


@pytest.mark.parametrize(
    ("target", "status", "file"),
    [
        ("/", 200, "index.html"),
        ("/?q=1", 200, "index.html"),
        ("/feed.xml", 200, "feed.xml"),
        ("/2021/04/a%20story/", 200, "2021/04/a story/index.html"),
        ("/feed.xml/", 404, "404.html"),
        ("/empty/", 404, "404.html"),
        ("/nothing", 404, "404.html"),
        ("/.morgue-manifest", 404, "404.html"),
        ("/../secret.txt", 404, "404.html"),
        ("/%2e%2e/secret.txt", 404, "404.html"),
        ("/2021/../../secret.txt", 404, "404.html"),
        ("/outward", 404, "404.html"),
        ("/a\\..\\secret.txt", 404, "404.html"),
        ("/%00", 404, "404.html"),
        ("//evil.example/", 404, "404.html"),
        ("*", 404, "404.html"),
    ],
)
def test_a_request_gets_a_file_of_the_public_folder_or_nothing(
    output: Path, target: str, status: int, file: str
) -> None:
    assert answer(output, "", target) == Answer(status=HTTPStatus(status), file=output / file)


def test_a_folder_without_its_slash_is_redirected(output: Path) -> None:
    found = answer(output, "", "/2021/04/a%20story")
    assert (found.status, found.location) == (HTTPStatus.MOVED_PERMANENTLY, "/2021/04/a%20story/")


def test_a_site_below_a_path_is_served_below_it(output: Path) -> None:
    assert answer(output, "/old", "/old/feed.xml").file == output / "feed.xml"
    assert answer(output, "/old", "/").location == "/old/"
    assert answer(output, "/old", "/feed.xml").status == HTTPStatus.NOT_FOUND
    assert answer(output, "/old", "/older/feed.xml").status == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize(
    ("header", "bound", "allowed"),
    [
        ("localhost:8000", "127.0.0.1", True),
        ("127.0.0.1", "127.0.0.1", True),
        ("[::1]:8000", "::1", True),
        ("LOCALHOST", "127.0.0.1", True),
        ("192.0.2.7:8000", "192.0.2.7", True),
        ("newsroom.example", "0.0.0.0", True),
        ("evil.example", "127.0.0.1", False),
        ("127.0.0.1.evil.example:8000", "127.0.0.1", False),
        ("", "127.0.0.1", False),
    ],
)
def test_only_requests_for_this_machine_are_answered(header: str, bound: str, allowed: bool) -> None:
    assert allowed_host(header, bound) is allowed


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.html", "text/html; charset=utf-8"),
        ("a.SVG", "image/svg+xml"),
        ("a.jsonl", "application/jsonl"),
        ("a.png", "image/png"),
        ("a.unheard", "application/octet-stream"),
    ],
)
def test_files_are_served_under_their_types(name: str, kind: str) -> None:
    assert content_type(Path(name)) == kind


def get(
    port: int, target: str, *, host: str = "localhost", method: str = "GET"
) -> tuple[int, bytes, dict[str, str]]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request(method, target, headers={"Host": host})
    response = connection.getresponse()
    data = response.read()
    connection.close()
    return response.status, data, dict(response.getheaders())


def test_a_real_server_answers(output: Path) -> None:
    server = listen(output, "", "127.0.0.1", 0)
    port = server.server_address[1]
    try:
        status, data, headers = get(port, "/")
        assert (status, data) == (200, b"front")
        assert headers["Content-Type"] == "text/html; charset=utf-8"
        assert headers["Cache-Control"] == "no-store"
        assert get(port, "/nothing")[:2] == (404, b"not here")
        assert get(port, "/", method="HEAD")[1] == b""
        assert get(port, "/2021/04/a%20story")[0] == 301
        assert get(port, "/", host="evil.example")[0] == 421
    finally:
        server.shutdown()
        server.server_close()


def test_changes_are_taken_once_and_noise_is_none(tmp_path: Path) -> None:
    changes = Changes([tmp_path / "build"])
    changes.on_any_event(FileOpenedEvent(str(tmp_path / "a.md")))
    changes.on_any_event(DirModifiedEvent(str(tmp_path)))
    changes.on_any_event(FileModifiedEvent(str(tmp_path / "build/index.html")))
    assert changes.take(timeout=0) == frozenset()
    changes.on_any_event(FileModifiedEvent(str(tmp_path / "a.md")))
    changes.on_any_event(FileMovedEvent(str(tmp_path / "b.tmp").encode(), str(tmp_path / "b.md")))
    assert changes.take(timeout=5) == {str(tmp_path / n) for n in ("a.md", "b.tmp", "b.md")}
    assert changes.take(timeout=0) == frozenset()


def test_a_burst_of_saves_is_one_rebuild(tmp_path: Path) -> None:
    changes = Changes([])
    observer = watch(tmp_path, changes)
    going = threading.Event()
    going.set()
    taken: list[frozenset[str]] = []

    def rebuild(paths: frozenset[str]) -> None:
        taken.append(paths)
        going.clear()

    thread = threading.Thread(target=rebuild_on_change, args=(changes, rebuild, going))
    thread.start()
    for number in range(20):
        (tmp_path / f"{number}.md").write_text("x")
    thread.join(timeout=10)
    observer.stop()
    observer.join()
    assert not thread.is_alive()
    assert {Path(path).name for path in taken[0]} == {f"{n}.md" for n in range(20)}


def wait_for(what: str, log: Path, seconds: float = 60) -> str:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        text = log.read_text(encoding="utf-8")
        if what in text:
            return text
        time.sleep(0.05)
    raise AssertionError(f"never said {what!r}: {log.read_text(encoding='utf-8')}")


def test_serve_shows_a_saved_edit_and_survives_a_broken_one(tmp_path: Path) -> None:
    site = tmp_path / "site"
    env = {**os.environ, "PYTHONUNBUFFERED": "1"}
    morgue = [sys.executable, "-m", "generator.cli"]
    subprocess.run([*morgue, "new", str(site)], check=True, capture_output=True, env=env)
    log = tmp_path / "log"
    with log.open("w") as stream:
        process = subprocess.Popen(
            [*morgue, "serve", "--port", "0", "--site", str(site)], stdout=stream, stderr=stream, env=env
        )
    try:
        port = int(re.findall(r":(\d+)/", wait_for("Serving at", log))[0])
        address = "/2024/05/how-to-file-an-archive/"
        article = site / "content/articles/2024/05/how-to-file-an-archive.md"
        assert b"How to file an archive" in get(port, address)[1]
        (site / "site.yaml").write_text("title: [\n")
        wait_for("The last good site is still served.", log)
        assert b"How to file an archive" in get(port, address)[1]
        (site / "site.yaml").write_text("title: Mended\nurl: https://example.org/\n")
        article.write_text(article.read_text().replace("Cut it out", "Clip it out"))
        deadline = time.monotonic() + 30
        while b"Clip it out" not in get(port, address)[1] and time.monotonic() < deadline:
            time.sleep(0.05)
        assert b"Clip it out" in get(port, address)[1]
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 0


def test_serve_says_when_its_port_is_taken(tmp_path: Path, output: Path) -> None:
    server = listen(output, "", "127.0.0.1", 0)
    port = str(server.server_address[1])
    morgue = [sys.executable, "-m", "generator.cli"]
    subprocess.run([*morgue, "new", str(tmp_path / "site")], check=True, capture_output=True)
    done = subprocess.run(
        [*morgue, "serve", "--port", port, "--site", str(tmp_path / "site")],
        capture_output=True,
        text=True,
        check=False,
    )
    server.shutdown()
    server.server_close()
    assert done.returncode == 2
    assert f"port {port}: " in done.stderr
    assert done.stderr.strip().endswith("(name another with --port) [E123]")
