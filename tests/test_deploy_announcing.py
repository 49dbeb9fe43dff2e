"""What a deploy tells others: the purge list, IndexNow, and the workflows that run it."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from deploying import HEAD, URL, Killed, Shelf, article, bring, make_site, states, write

from generator.cli import morgue
from generator.commands.workflows import WORKFLOWS

KEY = "0123456789abcdef"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(morgue, list(arguments), env={"SOURCE_DATE_EPOCH": "1725264000"})


class Engine(HTTPServer):
    """A search engine that listens, and answers with `status`."""

    status = 200

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Ear)
        self.heard: list[dict[str, object]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/indexnow"


class _Ear(BaseHTTPRequestHandler):
    server: Engine

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        self.server.heard.append(json.loads(self.rfile.read(length)))
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *arguments: object) -> None:
        pass


@pytest.fixture
def engine() -> Iterator[Engine]:
    server = Engine()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def settings(tmp_path: Path, engine: Engine) -> str:
    return (
        f'deploy:\n  live: {{to: "file://{tmp_path}/www", compress: gzip, purge: lists/purge.txt, '
        f'indexnow: {KEY}, indexnow_endpoint: "{engine.url}"}}\n'
    )


def test_the_purge_list_and_indexnow_name_what_changed(tmp_path: Path, engine: Engine) -> None:
    site = make_site(tmp_path / "site", settings(tmp_path, engine), articles=3)
    assert run("deploy", "--site", str(site), "--dry-run").exit_code == 0
    assert not (site / "lists").exists()
    assert engine.heard == []
    assert run("deploy", "--site", str(site)).exit_code == 0
    assert (tmp_path / f"www/{KEY}.txt").read_text() == KEY
    [told] = engine.heard
    assert told["host"] == "gazette.example"
    assert told["key"] == KEY
    assert told["keyLocation"] == f"https://gazette.example/{KEY}.txt"
    engine.heard.clear()
    write(site / "content/articles/2024/05/story-2.md", article("Story 2", 2, "Una Marsh spoke again."))
    assert run("deploy", "--site", str(site)).exit_code == 0
    purged = (site / "lists/purge.txt").read_text().splitlines()
    assert "https://gazette.example/2024/05/story-2/" in purged
    assert (
        "https://gazette.example/sitemap.xml" in purged
        or "https://gazette.example/data/text/2024-05.json" in purged
    )
    assert not [line for line in purged if line.endswith((".gz", "index.html"))]
    [told] = engine.heard
    assert "https://gazette.example/2024/05/story-2/" in told["urlList"]  # type: ignore[operator]
    assert set(told["urlList"]) < set(purged)  # type: ignore[call-overload]
    engine.heard.clear()
    assert run("deploy", "--site", str(site)).exit_code == 0
    assert (site / "lists/purge.txt").read_text() == ""
    assert engine.heard == []


def test_an_engine_that_refuses_or_is_not_there_is_told_of_and_the_deploy_stands(
    tmp_path: Path, engine: Engine
) -> None:
    site = make_site(tmp_path / "site", settings(tmp_path, engine), articles=1)
    engine.status = 403
    done = run("deploy", "--site", str(site))
    assert done.exit_code == 0
    assert "deploy.live: IndexNow was not told of " in done.stderr
    assert "it answered 403 (they will be found by the sitemap) [W820]" in done.stderr
    write(site / "content/pages/about.md", "---\ntitle: About\n---\n\nAnother.\n")
    text = settings(tmp_path, engine).replace(engine.url, "http://127.0.0.1:9/indexnow")
    write(site / "site.yaml", HEAD + text)
    done = run("deploy", "--site", str(site))
    assert done.exit_code == 0
    assert "it cannot be reached: " in done.stderr


def test_what_an_interrupted_deploy_changed_is_told_by_the_one_that_finishes(tmp_path: Path) -> None:
    first, second, *_ = states(tmp_path)
    shelf = Shelf()
    bring(shelf, first, tmp_path)
    left = 12

    def fall(verb: str, path: str) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            raise Killed

    shelf.before = fall
    with pytest.raises(Killed):
        bring(shelf, second, tmp_path)
    shelf.before = lambda verb, path: None
    outcome = bring(shelf, second, tmp_path)
    assert "media/gate.svg" not in outcome.plan.put
    assert "media/gate.svg" in outcome.changed
    assert set(outcome.plan.put) < set(outcome.changed)
    assert bring(shelf, second, tmp_path).changed == ()


def test_a_purge_list_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    text = f'deploy:\n  live: {{to: "file://{tmp_path}/www", purge: lists/purge.txt}}\n'
    site = make_site(tmp_path / "site", text, articles=1)
    write(site / "lists", "a file")
    done = run("deploy", "--site", str(site))
    assert done.exit_code == 2
    assert done.stderr.strip().endswith("(name another file) [E819]")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("indexnow: short", 'deploy.x.indexnow: not a key of IndexNow: "short" (expected 8 to 128 letters, digits and hyphens: you make it up, and it is public) [E105]'),
        ("indexnow_endpoint: here", 'deploy.x.indexnow_endpoint: not a URL: "here" (expected e.g. https://example.org/page) [E106]'),
        ("purge: ../x", 'deploy.x.purge: not a file below the site\'s folder: "../x" (expected e.g. purge.txt; it cannot lie in content/, templates/ or build/) [E105]'),
        ("purge: content/x", 'deploy.x.purge: not a file below the site\'s folder: "content/x" (expected e.g. purge.txt; it cannot lie in content/, templates/ or build/) [E105]'),
        ("purge: site.yaml", 'deploy.x.purge: not a file below the site\'s folder: "site.yaml" (expected e.g. purge.txt; it cannot lie in content/, templates/ or build/) [E105]'),
    ],
)  # fmt: skip
def test_a_wrong_setting_is_told(written: str, expected: str, tmp_path: Path) -> None:
    write(tmp_path / "site.yaml", f'{HEAD}deploy: {{x: {{to: "s3://b", {written}}}}}\n')
    assert run("deploy", "--site", str(tmp_path)).stderr.strip() == f"site.yaml:3: {expected}"


# Workflows.


@pytest.mark.parametrize("service", WORKFLOWS)
def test_the_steps_of_a_workflow_check_and_deploy_a_new_site(service: str, tmp_path: Path) -> None:
    site = tmp_path / "site"
    assert run("new", str(site), "--ci", service).exit_code == 0
    path, text = WORKFLOWS[service]
    assert (site / path).read_text() == text
    told = yaml.safe_load(text)
    if service == "github":
        steps = told["jobs"]["archive"]["steps"]
        commands = [step["run"] for step in steps if "run" in step]
        [cached] = [step["with"]["path"].split() for step in steps if "cache" in step.get("uses", "")]
    else:
        commands = [*told["default"]["before_script"], *told["check"]["script"], *told["deploy"]["script"]]
        cached = [each.rstrip("/") for each in told["default"]["cache"]["paths"]]
    assert cached == [".morgue", "build"]
    settings = (site / "site.yaml").read_text().replace("https://archive.example.org/", URL)
    write(site / "site.yaml", f"{settings}deploy: {{live: 'file://{tmp_path}/www'}}\n")
    # What is tested is at hand, and is not to be fetched from anywhere.
    write(tmp_path / "bin/pip", f'#!/bin/sh\necho "$@" > {tmp_path}/installed\n')
    (tmp_path / "bin/pip").chmod(0o755)
    programs = f"{tmp_path}/bin:{Path(sys.executable).parent}:{os.environ['PATH']}"
    for command in commands:  # as both services run them
        done = subprocess.run(
            ["bash", "-eo", "pipefail", "-c", command], cwd=site, capture_output=True, text=True,
            env={**os.environ, "PATH": programs},
        )  # fmt: skip
        assert done.returncode == 0, (command, done.stdout, done.stderr)
    assert commands[-2:] == ["morgue build --strict", "morgue deploy"]
    assert (tmp_path / "installed").read_text() == "install morgue\n"
    assert (tmp_path / "www/index.html").exists()
    assert not (tmp_path / "www/site.yaml").exists()


def test_a_workflow_is_added_to_the_site_at_hand_and_never_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = make_site(tmp_path / "site", articles=1)
    monkeypatch.chdir(site / "content")
    assert run("new", "--ci", "gitlab").exit_code == 0
    write(site / ".gitlab-ci.yml", "ours")
    again = run("new", "--ci", "gitlab")
    assert again.exit_code == 2
    assert again.stderr.strip() == (
        ".gitlab-ci.yml: is there already, and is left as it is (move it away to have a new one) [E128]"
    )
    assert (site / ".gitlab-ci.yml").read_text() == "ours"
    assert run("new").exit_code == 2
    assert run("new", "--ci", "jenkins").exit_code == 2
