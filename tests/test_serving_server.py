"""The preview's server: what a request gets, and what no request gets."""

import http.client
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path

import pytest

from generator.core.paths import Address
from generator.core.problems import Problem
from generator.serving.answers import Answer, answer
from generator.serving.hosts import allowed_host
from generator.serving.live import Live
from generator.serving.media_types import content_type
from generator.serving.pages import PARTLY
from generator.serving.preview import KEPT, Preview
from generator.serving.ranges import Unsatisfiable, byte_range
from generator.serving.reports import Change, Report
from generator.serving.server import Served, listen


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
        ("192.0.2.7:8000", "0.0.0.0", True),
        ("[2001:db8::7]:8000", "::", True),
        (socket.gethostname() + ":8000", "0.0.0.0", True),
        ("news.example:8000", "0.0.0.0", True),
        ("localhost.", "127.0.0.1", True),
        ("newsroom.example", "0.0.0.0", False),
        ("", "0.0.0.0", False),
        ("[::1", "192.0.2.7", True),
        ("192.0.2.7", "127.0.0.1", False),
        ("evil.example", "127.0.0.1", False),
        ("127.0.0.1.evil.example:8000", "127.0.0.1", False),
        ("", "127.0.0.1", False),
    ],
)
def test_only_requests_for_this_machine_are_answered(header: str, bound: str, allowed: bool) -> None:
    assert allowed_host(header, bound, {"News.example"}) is allowed


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


class Asked:
    """Requests to one server."""

    def __init__(self, port: int) -> None:
        self.port = port

    def __call__(
        self, target: str, *, method: str = "GET", **headers: str
    ) -> tuple[int, bytes, dict[str, str]]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        sent = {"Host": "localhost"} | {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, target, headers=sent)
        response = connection.getresponse()
        data = response.read()
        connection.close()
        return response.status, data, dict(response.getheaders())


@contextmanager
def serving(served: Served) -> Iterator[Asked]:
    server = listen(served, 0)
    try:
        yield Asked(server.server_address[1])
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def ask(output: Path) -> Iterator[Asked]:
    """Asks a server of the plain folder."""
    with serving(Served(output=output)) as asked:
        yield asked


def test_a_page_comes_with_its_type_and_nothing_put_into_it(ask: Asked) -> None:
    status, data, headers = ask("/")
    assert (status, data) == (200, b"front")
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert headers["Cache-Control"] == "no-store"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Server"].startswith("Morgue/")
    assert "Python" not in headers["Server"]


def test_what_is_not_there_gets_the_sites_own_page(ask: Asked) -> None:
    assert ask("/nothing")[:2] == (404, b"not here")


def test_a_site_without_such_a_page_says_so_all_the_same(ask: Asked, output: Path) -> None:
    (output / "404.html").unlink()
    status, data, _ = ask("/nothing")
    assert status == 404
    assert b"There is no page at this address." in data


def test_a_head_request_is_told_the_size_and_sent_nothing(ask: Asked) -> None:
    status, data, headers = ask("/feed.xml", method="HEAD")
    assert (status, data, headers["Content-Length"]) == (200, b"", "7")


def test_a_folder_is_led_to_its_slash(ask: Asked) -> None:
    status, _, headers = ask("/2021/04/a%20story?q=1")
    assert (status, headers["Location"]) == (301, "/2021/04/a%20story/")


def test_another_host_is_refused_and_told_how_to_be_let_in(ask: Asked) -> None:
    status, data, _ = ask("/", Host="evil.example")
    assert status == 421
    assert b"--allow-host" in data


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_only_reading_is_answered(ask: Asked, method: str) -> None:
    status, _, headers = ask("/", method=method)
    assert (status, headers["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize(
    ("asked", "status", "data", "told"),
    [
        ("bytes=0-1", 206, b"01", "bytes 0-1/10"),
        ("bytes=7-", 206, b"789", "bytes 7-9/10"),
        ("bytes=7-99", 206, b"789", "bytes 7-9/10"),
        ("bytes=-2", 206, b"89", "bytes 8-9/10"),
        ("bytes=-99", 206, b"0123456789", "bytes 0-9/10"),
        ("bytes=10-", 416, b"", "bytes */10"),
        ("bytes=-0", 416, b"", "bytes */10"),
        ("bytes=3-2", 200, b"0123456789", None),
        ("bytes=0-1,4-5", 200, b"0123456789", None),
        ("bytes=-", 200, b"0123456789", None),
        ("pages=1-2", 200, b"0123456789", None),
        ("bytes=\u0661-", 200, b"0123456789", None),
    ],
)
def test_a_part_of_a_file_is_sent_when_it_is_asked_for(
    ask: Asked, output: Path, asked: str, status: int, data: bytes, told: str | None
) -> None:
    (output / "film.mp4").write_bytes(b"0123456789")
    got = ask("/film.mp4", Range=asked.encode().decode("latin-1"))
    assert (got[0], got[1], got[2].get("Content-Range")) == (status, data, told)


def test_a_range_is_computed_for_any_size() -> None:
    assert byte_range("bytes=0-0", 1) == range(1)
    assert byte_range("", 5) is None
    with pytest.raises(Unsatisfiable):
        byte_range("bytes=0-", 0)


def test_a_file_that_a_browser_has_is_not_sent_again(ask: Asked, output: Path) -> None:
    mark = ask("/feed.xml")[2]["ETag"]
    assert ask("/feed.xml", If_None_Match=mark)[:2] == (304, b"")
    assert ask("/feed.xml", If_Range=mark, Range="bytes=0-0")[:2] == (206, b"<")
    (output / "feed.xml").write_text("<feeds/>")
    assert ask("/feed.xml", If_None_Match=mark)[:2] == (200, b"<feeds/>")
    assert ask("/feed.xml", If_Range=mark, Range="bytes=0-0")[:2] == (200, b"<feeds/>")


def test_a_request_that_never_ends_is_no_error(ask: Asked, capfd: pytest.CaptureFixture[str]) -> None:
    for sent in (b"", b"GET", b"\0\0\0", b"GET / HTTP/9.9\r\n\r\n", b"x" * 70_000 + b"\r\n\r\n"):
        with socket.create_connection(("127.0.0.1", ask.port), timeout=5) as browser:
            browser.sendall(sent)
    assert ask("/")[0] == 200
    assert capfd.readouterr().err == ""


def test_the_server_listens_on_other_families_of_addresses(output: Path) -> None:
    try:
        server = listen(Served(output=output, bound="::1"), 0)
    except OSError as reason:
        pytest.skip(f"this machine has no IPv6: {reason}")
    try:
        connection = http.client.HTTPConnection("::1", server.server_address[1], timeout=10)
        connection.request("GET", "/")
        assert connection.getresponse().read() == b"front"
        connection.close()
    finally:
        server.shutdown()
        server.server_close()


# The preview.

STORY = Address("/2021/04/a story/")
PROBLEM = {"place": "x.md:1", "line": 1, "message": "m", "hint": "", "code": "E201", "lines": []}


def report(*written: str, removed: str = "", problems: tuple[Problem, ...] = ()) -> Report:
    changes = [Change(address=Address(a), kind="written", reason="new") for a in written]
    changes += [Change(address=Address(removed), kind="removed", reason="gone")] if removed else []
    return Report(changes=tuple(changes), problems=problems)


@pytest.fixture
def live() -> Live:
    return Live("run")


@pytest.fixture
def ahead() -> dict[str, bytes]:
    """Pages that are known before the folder has them."""
    return {}


@dataclass(frozen=True, slots=True)
class Known:
    """A site of which some is known besides its folder."""

    pages: Mapping[str, bytes]
    parts: Mapping[str, bytes] = field(default_factory=dict)
    sent: tuple[tuple[str, str], ...] = ()

    def page(self, address: Address) -> bytes | None:
        return self.pages.get(address)

    def early(self, address: Address) -> bytes | None:
        return self.parts.get(address)

    def redirect(self, address: Address) -> str:
        return "/2021/04/a%20story/" if address == "/old/" else ""

    def is_gone(self, address: Address) -> bool:
        return address == "/withdrawn/"

    def headers(self) -> tuple[tuple[str, str], ...]:
        return self.sent


@pytest.fixture
def preview(output: Path, live: Live, ahead: dict[str, bytes]) -> Iterator[Asked]:
    shown = Preview(live, Known(ahead))
    with serving(Served(output=output, preview=shown)) as asked:
        yield asked
        live.close()


def script(state: str, waits: str = "") -> bytes:
    return f'<script src="/.morgue/live.js" data-state="{state}"{waits} defer></script>\n'.encode()


def test_a_previewed_page_carries_the_script_and_its_state(preview: Asked, output: Path, live: Live) -> None:
    (output / "index.html").write_text("<body>front</body>")
    live.tell(report(), [])
    assert preview("/")[1] == b"<body>front" + script("run.1") + b"</body>"
    assert (output / "index.html").read_text() == "<body>front</body>"
    assert preview("/nothing")[:2] == (404, b"not here" + script("run.1"))
    assert preview("/feed.xml")[1] == b"<feed/>"


def test_the_script_is_served_where_no_page_can_be(preview: Asked) -> None:
    status, data, headers = preview("/.morgue/live.js")
    assert (status, headers["Content-Type"]) == (200, "text/javascript; charset=utf-8")
    assert b"EventSource" in data


def test_a_page_known_ahead_is_shown_before_the_folders_own(
    preview: Asked, live: Live, ahead: dict[str, bytes]
) -> None:
    ahead |= {"/": b"newer", "/feed.xml": b"<newer/>"}
    assert preview("/")[1] == b"newer" + script("run.1")
    assert preview("/feed.xml")[1] == b"<newer/>"


def test_before_anything_is_built_a_page_waits_for_itself(
    preview: Asked, live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.serving.server.MOMENT", 0.01)
    status, data, headers = preview("/2021/")
    assert (status, headers["Retry-After"]) == (503, "1")
    assert data.endswith(script("run.0", " data-waits") + b"</body>\n</html>\n")
    assert preview("/")[0] == 200
    live.tell(report(), [])
    assert preview("/2021/")[0] == 404


def test_before_anything_is_built_a_part_is_shown_that_says_so_and_waits(output: Path, live: Live) -> None:
    parts = {"/2022/": b"<body>some</body>", "/assets/style.css": b"h1 {}"}
    with serving(Served(output=output, preview=Preview(live, Known({}, parts)))) as asked:
        status, data, headers = asked("/2022/")
        assert (status, headers["Content-Type"]) == (200, "text/html; charset=utf-8")
        assert data == b"<body>some" + script("run.0", f' data-waits="{PARTLY}"') + b"</body>"
        assert asked("/assets/style.css")[:2] == (200, b"h1 {}")
        live.tell(report(), [])
        assert asked("/2022/")[0] == 404
        live.close()


def test_what_was_withdrawn_is_gone_where_the_host_says_so(preview: Asked, live: Live) -> None:
    live.tell(report(), [])
    assert preview("/withdrawn/")[:2] == (410, b"not here" + script("run.1"))
    assert preview("/never/")[0] == 404


def test_the_headers_that_a_host_is_told_to_send_are_sent(output: Path, live: Live) -> None:
    policy = ("Content-Security-Policy", "default-src 'none'")
    with serving(Served(output=output, preview=Preview(live, Known({}, sent=(policy,))))) as asked:
        live.tell(report(), [])
        for path in ("/", "/feed.xml", "/none/", "/.morgue/live.js"):
            assert asked(path)[2]["Content-Security-Policy"] == "default-src 'none'"
        live.close()


def test_an_old_address_is_led_on_as_a_host_would(preview: Asked) -> None:
    status, _, headers = preview("/old/")
    assert (status, headers["Location"]) == (301, "/2021/04/a%20story/")


def test_a_page_that_a_mistake_takes_away_is_shown_as_it_was(
    preview: Asked, output: Path, live: Live
) -> None:
    live.tell(report(), [])
    preview("/2021/04/a%20story/")
    (output / "2021/04/a story/index.html").unlink()
    assert preview("/2021/04/a%20story/")[0] == 404
    live.tell(report(), [PROBLEM])
    assert preview("/2021/04/a%20story/")[:2] == (200, b"story" + script("run.2"))
    live.tell(report(), [])
    assert preview("/2021/04/a%20story/")[0] == 404


def test_only_so_many_pages_are_kept(live: Live) -> None:
    kept = Preview(live, Known({}))
    live.tell(report(), [PROBLEM])
    for number in range(KEPT + 1):
        kept.keep(Address(f"/{number}/"), b"x")
    assert kept.last_good(Address("/0/")) is None
    assert kept.last_good(Address("/1/")) == b"x"


def test_events_reach_a_browser_and_end_with_the_server(preview: Asked, live: Live) -> None:
    live.tell(report(), [])
    got: list[bytes] = []

    def listen_on() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", preview.port, timeout=10)
        connection.request("GET", "/.morgue/events?page=/2021/04/a%2520story/index.html&seen=run.1")
        response = connection.getresponse()
        got.append((response.getheader("Content-Type") or "").encode())
        got.extend(response.readline() for _ in range(5))
        first.set()
        got.extend(response.readline() for _ in range(3))
        got.append(response.read())
        connection.close()

    first = threading.Event()
    thread = threading.Thread(target=listen_on)
    thread.start()
    assert first.wait(10)
    live.tell(report(STORY), [])
    live.close()
    thread.join(10)
    assert got[0] == b"text/event-stream"
    assert got[1:6] == [b"retry: 500\n", b"\n", b"id: run.1\n",
                        b'data: {"reload": false, "files": [], "problems": []}\n', b"\n"]  # fmt: skip
    assert got[6:8] == [b"id: run.2\n", b'data: {"reload": true, "files": [], "problems": []}\n']


def test_a_browser_that_goes_away_frees_its_line(
    preview: Asked, live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.serving.live.BEAT", 0.05)
    monkeypatch.setattr("generator.serving.live.MOST_BROWSERS", 1)
    request = b"GET /.morgue/events HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with socket.create_connection(("127.0.0.1", preview.port), timeout=5) as browser:
        browser.sendall(request)
        assert browser.recv(10)
        assert preview("/.morgue/events")[0] == 503
    for _ in range(100):
        with socket.create_connection(("127.0.0.1", preview.port), timeout=5) as browser:
            browser.sendall(request)
            if browser.recv(12) == b"HTTP/1.1 200":
                return
        time.sleep(0.05)
    raise AssertionError("the line was never free again")
