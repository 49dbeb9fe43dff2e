"""Links that lead out: asked after politely on servers that the tests start, remembered, told as they age."""

import ipaddress
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.checking.external import rounds
from generator.checking.external.ageing import NOTES, aged, archived
from generator.checking.external.asking import Unreachable, ascii_host, ask, is_public, request
from generator.checking.external.check import Outside, check_outside
from generator.checking.external.memory import Known, Memory, followed_by
from generator.checking.external.outward import Place, outward
from generator.checking.external.rounds import Manners, round_of
from generator.checking.texts import Text
from generator.cli import morgue
from generator.core.problems import Problem
from generator.markup.convert import convert

NOW = datetime(2024, 5, 9, 12, tzinfo=UTC)
Say = Callable[[str, str, int], tuple[int, dict[str, str], bytes]]
"""What a server says to a method and a path, asked for the so-manieth time."""


class Other:
    """A site elsewhere, and what was asked of it."""

    def __init__(self, say: Say) -> None:
        self.asked: list[tuple[str, str]] = []
        self.times: list[float] = []
        self.agents: set[str] = set()
        self.at_once = self.most_at_once = 0
        counts: Counter[str] = Counter()
        other, lock = self, threading.Lock()

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                with lock:
                    other.at_once += 1
                    other.most_at_once = max(other.most_at_once, other.at_once)
                    other.asked.append((self.command, self.path))
                    other.times.append(time.monotonic())
                    other.agents.add(self.headers["User-Agent"])
                    counts[self.path] += 1
                status, headers, body = say(self.command, self.path, counts[self.path])
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.send_header("Connection", "close")
                self.end_headers()
                self.wfile.write(body if self.command == "GET" else b"")
                self.close_connection = True
                with lock:
                    other.at_once -= 1

            do_HEAD = do_GET

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.root = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def pages(self) -> list[str]:
        return [path for _, path in self.asked if path != "/robots.txt"]


@pytest.fixture
def other() -> Iterator[Callable[[Say], Other]]:
    started: list[Other] = []

    def start(say: Say) -> Other:
        started.append(Other(say))
        return started[-1]

    yield start
    for each in started:
        each.server.shutdown()
        each.server.server_close()


def manners(**given: float) -> Manners:
    return Manners(
        agent="Morgue test", allowed=lambda address: address.is_loopback, **({"pause": 0.0} | given)
    )  # type: ignore[arg-type]


def plain(method: str, path: str, number: int) -> tuple[int, dict[str, str], bytes]:
    return (404, {}, b"") if path in {"/robots.txt", "/gone"} else (200, {}, b"x")


def told(links: list[str], polite: Manners | None = None) -> dict[str, Known]:
    return dict(round_of(links, polite or manners()))


@pytest.mark.parametrize(
    ("answers", "outcome", "detail"),
    [
        ([(200, {})], "good", "200 OK"),
        ([(204, {})], "good", "204 No Content"),
        ([(404, {}), (404, {})], "failing", "404 Not Found"),
        ([(410, {}), (410, {})], "failing", "410 Gone"),
        ([(405, {}), (200, {})], "good", "200 OK"),
        ([(404, {}), (200, {})], "good", "200 OK"),
        ([(500, {}), (500, {})], "failing", "500 Internal Server Error"),
        ([(403, {}), (403, {})], "closed", "403 Forbidden"),
        ([(999, {}), (999, {})], "closed", "999"),
        ([(302, {"Location": "/b"}), (200, {})], "good", "200 OK"),
        ([(301, {"Location": "/b"}), (200, {})], "moved", "200 OK"),
        ([(301, {"Location": "/a/"}), (200, {})], "good", "200 OK"),
        ([(301, {"Location": "ftp://x.example/"})], "failing", "leads to no web page: ftp://x.example/"),
        ([(301, {})], "good", "301 Moved Permanently"),
        ([(302, {"Location": "/a"})] * 9, "failing", "more than 5 redirects"),
    ],
)
def test_what_a_server_says_is_understood(
    other: Callable[[Say], Other], answers: list[tuple[int, dict[str, str]]], outcome: str, detail: str
) -> None:
    left = iter(answers)
    site = other(lambda method, path, number: (*next(left), b""))
    known, _ = ask(f"{site.root}/a", "x", lambda address: True)
    assert (known.outcome, known.detail) == (outcome, detail)
    assert known.location == (f"{site.root}/b" if outcome == "moved" else "")


def test_a_server_that_is_not_there_is_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.checking.external.asking.TIMEOUT", 0.2)
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as unused:
        port = unused.server_address[1]
        assert ask(f"http://127.0.0.1:{port}/", "x", lambda a: True)[0].detail == "no answer within 0 seconds"
    assert ask(f"http://127.0.0.1:{port}/", "x", lambda a: True)[0].detail == "no connection"
    assert ask("http://nowhere.invalid/", "x", lambda a: True)[0].detail == "there is no such host"
    assert ask("http://" + "x" * 300 + ".example/", "x", lambda a: True)[0].detail == "there is no such host"


@pytest.mark.parametrize(
    ("host", "known"),
    [("bücher.example", "xn--bcher-kva.example"), ("a.example", "a.example"), ("::1", "::1")],
)
def test_a_host_is_asked_for_by_the_name_that_servers_know(host: str, known: str) -> None:
    assert ascii_host(host) == known


@pytest.mark.parametrize("host", ["x" * 70 + ".example", "a..example", "."])
def test_what_is_no_hosts_name_is_told(host: str) -> None:
    with pytest.raises(Unreachable, match="there is no such host"):
        ascii_host(host)


def test_letters_of_any_script_in_an_address_reach_the_server(other: Callable[[Say], Other]) -> None:
    site = other(plain)
    assert ask(f"{site.root}/ö?ü=1", "x", lambda address: True)[0].outcome == "good"
    assert site.pages() == ["/%C3%B6?%C3%BC=1"]


def test_a_certificate_that_is_not_valid_is_told(other: Callable[[Say], Other]) -> None:
    site = other(plain)
    known, _ = ask(site.root.replace("http:", "https:"), "x", lambda a: True)
    assert (known.outcome, known.detail) == ("failing", "its certificate is not valid")


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "224.0.0.1", "::1", "fe80::1", "fc00::1",
     "::ffff:127.0.0.1"],
)  # fmt: skip
def test_machines_behind_us_are_never_asked(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


def test_a_name_that_leads_to_a_machine_behind_us_is_refused(other: Callable[[Say], Other]) -> None:
    site = other(plain)
    with pytest.raises(Unreachable, match="leads to a machine of a private network"):
        request("GET", site.root.replace("127.0.0.1", "localhost"), "x", is_public)
    assert site.asked == []


def test_a_host_is_asked_one_page_at_a_time_with_a_pause(other: Callable[[Say], Other]) -> None:
    site = other(plain)
    links = [f"{site.root}/{n}" for n in range(4)]
    assert set(told(links, manners(pause=0.05))) == set(links)
    assert site.most_at_once == 1
    assert site.agents == {"Morgue test"}
    assert all(later - sooner >= 0.045 for sooner, later in zip(site.times, site.times[1:], strict=False))


def test_many_hosts_are_asked_at_once(other: Callable[[Say], Other]) -> None:
    meeting = threading.Barrier(3, timeout=10)

    def say(method: str, path: str, number: int) -> tuple[int, dict[str, str], bytes]:
        if path == "/a":
            meeting.wait()  # is broken, and the answer fails, unless all three are asked at the same time
        return plain(method, path, number)

    links = [f"{other(say).root}/a" for _ in range(3)]
    assert {known.outcome for known in told(links).values()} == {"good"}


def test_a_busy_host_is_waited_for_as_long_as_it_asks(other: Callable[[Say], Other]) -> None:
    def say(method: str, path: str, number: int) -> tuple[int, dict[str, str], bytes]:
        return (
            (429, {"Retry-After": "1"}, b"") if path == "/a" and number == 1 else plain(method, path, number)
        )

    site = other(say)
    started = time.monotonic()
    assert told([f"{site.root}/a"])[f"{site.root}/a"].outcome == "good"
    assert time.monotonic() - started >= 1


@pytest.mark.parametrize("wait", ["3600", "Thu, 09 May 2124 12:00:00 GMT"])
def test_a_host_that_wants_to_be_left_alone_is(other: Callable[[Say], Other], wait: str) -> None:
    def say(method: str, path: str, number: int) -> tuple[int, dict[str, str], bytes]:
        return plain(method, path, number) if path == "/robots.txt" else (503, {"Retry-After": wait}, b"")

    site = other(say)
    found = told([f"{site.root}/{n}" for n in range(5)])
    assert {url: known.outcome for url, known in found.items()} == {f"{site.root}/0": "later"}
    assert site.pages() == ["/0"]


def test_a_host_that_stays_busy_is_left_in_the_end(other: Callable[[Say], Other]) -> None:
    site = other(
        lambda method, path, number: plain(method, path, number) if path == "/robots.txt" else (429, {}, b"")
    )
    assert {known.outcome for known in told([f"{site.root}/a"]).values()} == {"later"}
    assert len(site.pages()) == rounds.TRIES


def test_what_robots_txt_closes_is_not_asked_for(other: Callable[[Say], Other]) -> None:
    rules = b"User-agent: *\nDisallow: /private\n\nUser-agent: Morgue\nDisallow: /secret\n"

    def say(method: str, path: str, number: int) -> tuple[int, dict[str, str], bytes]:
        return (200, {}, rules) if path == "/robots.txt" else plain(method, path, number)

    site = other(say)
    found = told([f"{site.root}/{n}" for n in ("private", "secret", "open")])
    assert sorted(site.pages()) == ["/open", "/private"]
    assert found[f"{site.root}/secret"].outcome == "closed"


@pytest.mark.parametrize(("status", "pages"), [(404, 1), (401, 1), (500, 0), (503, 0)])
def test_a_host_without_rules_may_be_asked_and_a_broken_one_may_not(
    other: Callable[[Say], Other], status: int, pages: int
) -> None:
    site = other(lambda method, path, number: (status if path == "/robots.txt" else 200, {}, b""))
    told([f"{site.root}/a"])
    assert len(site.pages()) == pages


def test_a_host_that_does_not_answer_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def refuse(method: str, url: str, *_: object) -> None:
        asked.append(url)
        raise Unreachable("no connection")

    monkeypatch.setattr(rounds, "request", refuse)
    found = told([f"http://x.example/{n}" for n in range(9)])
    assert len(found) == 9
    assert asked == ["http://x.example/robots.txt"]


def test_so_many_links_of_a_host_are_for_the_next_round(
    other: Callable[[Say], Other], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rounds, "MOST_OF_A_HOST", 3)
    site = other(plain)
    assert len(told([f"{site.root}/{n}" for n in range(9)])) == 3


# What is remembered.


def test_days_of_failing_are_counted_once_and_end_with_an_answer() -> None:
    failing = Known(outcome="failing", detail="404 Not Found")
    first = followed_by(None, failing, NOW)
    assert (first.days, first.failing_since, first.last_failed) == (1, "2024-05-09", "2024-05-09")
    assert followed_by(first, failing, NOW + timedelta(hours=3)).days == 1
    second = followed_by(first, failing, NOW + timedelta(days=4))
    assert (second.days, second.failing_since, second.last_failed) == (2, "2024-05-09", "2024-05-13")
    later = followed_by(second, Known(outcome="later", detail="429"), NOW + timedelta(days=5))
    assert (later.days, later.failing_since) == (2, "2024-05-09")
    good = followed_by(later, Known(outcome="good", detail="200 OK"), NOW + timedelta(days=6))
    assert (good.days, good.failing_since, good.last_failed) == (0, "", "")


@pytest.mark.parametrize(
    ("outcome", "age", "fresh"),
    [
        ("good", timedelta(days=13), True), ("good", timedelta(days=14), False),
        ("failing", timedelta(hours=19), True), ("failing", timedelta(hours=20), False),
        ("later", timedelta(minutes=59), True), ("later", timedelta(hours=1), False),
        ("closed", timedelta(days=29), True), ("good", timedelta(days=-1), False),
    ],
)  # fmt: skip
def test_an_outcome_stands_for_a_while(outcome: str, age: timedelta, fresh: bool) -> None:
    known = Known(outcome=outcome, detail="", asked=NOW.isoformat())  # type: ignore[arg-type]
    assert known.is_fresh(NOW + age) is fresh


def test_what_was_never_asked_is_not_fresh() -> None:
    assert not Known(outcome="good", detail="").is_fresh(NOW)


def test_the_memory_outlives_damage(tmp_path: Path) -> None:
    path = tmp_path / ".morgue/links.sqlite3"
    known = Known(outcome="good", detail="200 OK", asked=NOW.isoformat())
    with Memory(path) as memory:
        memory.keep("http://a.example/", known)
    with Memory(path) as memory:
        assert memory.known() == {"http://a.example/": known}
        memory.forget(["http://a.example/"])
    path.write_bytes(b"not a database" * 100)
    with Memory(path) as memory:
        assert memory.known() == {}
    with sqlite3.connect(path) as db:
        db.executescript("drop table link; create table link (url text); pragma user_version = 9;")
    db.close()
    with Memory(path) as memory:
        assert memory.known() == {}


# What is told.

PLACE = Place(path="x.md", line=7, published=datetime(2021, 4, 13, 11, 34, tzinfo=UTC))
COPY = "(an archived copy may be at https://web.archive.org/web/20210413113400/http://a.example/) "


def known(days: int, since: str = "2024-05-01", last: str = "2024-05-09") -> Known:
    return Known(outcome="failing", detail="404 Not Found", days=days, failing_since=since, last_failed=last)


@pytest.mark.parametrize(
    ("each", "line"),
    [
        (Known(outcome="good", detail="200 OK"), None),
        (Known(outcome="closed", detail="403"), None),
        (Known(outcome="later", detail="429"), None),
        (
            Known(outcome="moved", detail="200 OK", location="http://b.example/"),
            "x.md:7: link has moved: http://a.example/ (to http://b.example/) [W524]",
        ),
        (known(1), f"x.md:7: link failed when it was last asked after: http://a.example/: 404 Not Found {COPY}[W521]"),
        (
            known(2),
            f"x.md:7: link keeps failing: http://a.example/: 404 Not Found, on 2 days since 2024-05-01 {COPY}[W522]",
        ),
        (
            known(9, last="2024-05-07"),
            f"x.md:7: link keeps failing: http://a.example/: 404 Not Found, on 9 days since 2024-05-01 {COPY}[W522]",
        ),
        (known(3), f"x.md:7: link is dead: http://a.example/: 404 Not Found, on 3 days since 2024-05-01 {COPY}[E523]"),
        (known(3, since="soon"), f"x.md:7: link keeps failing: http://a.example/: 404 Not Found, on 3 days since soon {COPY}[W522]"),
    ],
)  # fmt: skip
def test_a_link_is_told_the_louder_the_longer_it_fails(each: Known, line: str | None) -> None:
    found = aged({"http://a.example/": each}, {"http://a.example/": [PLACE]})
    assert [str(problem) for problem in found] == ([line] if line else [])


def test_without_a_date_any_archived_copy_will_do() -> None:
    assert archived("http://a.example/", None) == "https://web.archive.org/web/0/http://a.example/"


def text(body: str, path: str = "x.md") -> Text:
    return Text(path=path, line=5, address="/x/", prose=convert(body))


def test_only_links_that_lead_out_are_asked_after() -> None:
    body = (
        "[a](https://a.example/x#y) [b](http://b.example) [c](/in/) [d](https://Ledger.example/in/)\n\n"
        "[e](mailto:x@y.example) ![f](https://a.example/f.png) [g](https://a.example/x) [h](http://:80/) [i](http://h:0/)"
    )
    found = outward([text(body)], "https://ledger.example/")
    assert {url: [place.line for place in places] for url, places in found.items()} == {
        "https://a.example/x": [5, 7],
        "http://b.example": [5],
        "https://a.example/f.png": [7],
    }


def test_a_round_over_days_ends_in_a_dead_link(other: Callable[[Say], Other], tmp_path: Path) -> None:
    site = other(plain)
    body = f"[a]({site.root}/good) [b]({site.root}/gone)"

    def on(days: float) -> Outside:
        moment = NOW + timedelta(days=days)
        return check_outside([text(body)], "https://x.example/", tmp_path / "links", moment, manners())

    first = on(0)
    assert (first.links, first.asked, first.open) == (2, 2, 0)
    assert [problem.code for problem in first.problems] == ["W521"]
    asked = len(site.asked)
    assert [problem.code for problem in on(0.1).problems] == ["W521"]
    assert len(site.asked) == asked
    assert [problem.code for problem in on(1).problems] == ["W522"]
    (dead,) = on(8).problems
    assert dead.code == "E523"
    assert f"link is dead: {site.root}/gone: 404 Not Found, on 3 days since 2024-05-09" in dead.message
    body = f"[a]({site.root}/good)"
    assert on(9).problems == ()


def test_a_round_that_is_stopped_keeps_what_it_learnt(other: Callable[[Say], Other], tmp_path: Path) -> None:
    site = other(plain)
    body = " ".join(f"[a]({site.root}/{n})" for n in range(5))

    def stop(done: int, total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        check_outside([text(body)], "https://x.example/", tmp_path / "links", NOW, manners(), stop)
    again = check_outside([text(body)], "https://x.example/", tmp_path / "links", NOW, manners())
    assert again.asked <= 3


def test_the_command_tells_notes_without_failing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = tmp_path / "site"
    run = CliRunner()
    assert run.invoke(morgue, ["new", str(site)]).exit_code == 0
    note = Problem("content/x.md", 3, "W521", "link failed", "a hint")
    assert note.code in NOTES

    def answer(*_: object) -> Outside:
        return Outside(problems=(note,), links=1_200, asked=7, open=3)

    monkeypatch.setattr("generator.commands.check.check_outside", answer)
    done = run.invoke(morgue, ["check", "--external", "--no-built", "--site", str(site)])
    assert (done.exit_code, done.stdout) == (0, f"{note}\nNothing to mend.\n")
    assert done.stderr == (
        "1,200 links lead out of the site; 7 were asked after now, 3 are left for another time.\n"
    )
