"""Work on a Dask cluster: a scheduler and two workers, real processes on this machine."""

import io
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner
from test_rebuild import NOW, article, article_path, make_site, tree, write

from generator.annotate.rules import annotator
from generator.annotating import annotate
from generator.annotating import write as write_changes
from generator.build import build
from generator.cli import morgue
from generator.config import load_site
from generator.core.problems import SiteError
from generator.crew import Crew
from generator.engine import engine
from generator.importing import import_sources
from generator.outcome import Options
from generator.searching.program import find_program

ARTICLES = 120
pytest.importorskip("distributed") if not os.environ.get("CI") else None


class Cluster:
    """A scheduler and its workers; `name` is what --engine takes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        file = folder / "scheduler.json"
        started = self._start(
            "dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(file)
        )
        self.processes = [started]
        log = folder / "dask_scheduler-0.log"
        self.address = self._said(log, "tcp://127.0.0.1:")
        self.name = self.address.replace("tcp://", "dask://")

    def add_worker(self) -> None:
        number = len(self.processes)
        options = (
            "--nthreads",
            "1",
            "--no-nanny",
            "--local-directory",
            str(self.folder / f"worker-{number}"),
        )
        self.processes.append(self._start("dask_worker", self.address, *options))
        self._said(self.folder / f"dask_worker-{number}.log", "Registered to:")

    def _start(self, program: str, *options: str) -> subprocess.Popen[bytes]:
        number = len(getattr(self, "processes", ()))
        with (self.folder / f"{program}-{number}.log").open("wb") as log:
            command = [
                sys.executable,
                "-m",
                f"distributed.cli.{program}",
                *options,
                "--dashboard-address",
                "127.0.0.1:0",
            ]
            return subprocess.Popen(command, stdout=log, stderr=log, cwd=self.folder)

    def _said(self, log: Path, word: str) -> str:
        end = time.monotonic() + 60
        while time.monotonic() < end:
            for line in log.read_text(errors="replace").splitlines():
                if word in line:
                    return line.split()[-1]
            time.sleep(0.05)
        raise TimeoutError(log.read_text(errors="replace"))

    def stop(self) -> None:
        for process in reversed(self.processes):
            process.terminate()
        for process in reversed(self.processes):
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextmanager
def cluster_of(workers: int, folder: Path) -> Iterator[Cluster]:
    folder.mkdir(exist_ok=True)
    cluster = Cluster(folder)
    try:
        for _ in range(workers):
            cluster.add_worker()
        yield cluster
    finally:
        cluster.stop()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with cluster_of(2, tmp_path_factory.mktemp("cluster")) as cluster:
        yield cluster


@pytest.fixture
def site(tmp_path: Path) -> Path:
    from random import Random

    random = Random(11)
    make_site(tmp_path / "site", random)
    for number in range(ARTICLES):
        write(tmp_path / "site", article_path(number), article(random, number))
    return tmp_path / "site"


def pages(output: Path) -> dict[str, bytes]:
    return {path: data for path, data in tree(output).items() if not path.startswith(".morgue")}


def local(site: Path, *, search: bool) -> dict[str, bytes]:
    """What this machine alone makes of a site, with an index for searching it or without."""
    alone = site.with_name("alone")
    subprocess.run(["cp", "-r", str(site), str(alone)], check=True)
    build(
        load_site(alone), Options(output=alone / "build", now=NOW, search=find_program() if search else None)
    )
    return pages(alone / "build")


def test_a_cluster_builds_the_same_bytes_as_one_machine(site: Path, cluster: Cluster) -> None:
    result = CliRunner().invoke(
        morgue,
        ["build", "--site", str(site), "--engine", cluster.name],
        env={"SOURCE_DATE_EPOCH": str(int(NOW.timestamp()))},
    )
    assert result.exit_code == 0, result.output
    assert pages(site / "build") == local(site, search=True)


def test_a_worker_killed_in_the_middle_of_a_build_costs_time_and_nothing_else(
    site: Path, tmp_path: Path
) -> None:
    with cluster_of(2, tmp_path / "cluster") as cluster, engine(cluster.name) as executor:
        victim = cluster.processes[-1]
        killed = threading.Event()

        def kill(done: int, total: int) -> None:
            if not killed.is_set() and done:
                victim.send_signal(signal.SIGKILL)
                killed.set()

        options = Options(output=site / "build", now=NOW, executor=executor)
        build(load_site(site), options, progress=kill)
        assert killed.is_set() and victim.wait() == -signal.SIGKILL
    assert pages(site / "build") == local(site, search=False)


def test_a_cluster_imports_the_same_bytes_as_one_machine(tmp_path: Path, cluster: Cluster) -> None:
    sources = tmp_path / "wire"
    for number in range(60):
        text = f"---\ntitle: Wall {number} is mended\ndate: 2021-04-13\n---\n\nThe wall was mended by Ada Quill.\n"
        write(sources, f"content/posts/wall-{number}.md", text)
    made = []
    for name in (cluster.name, ""):
        root = tmp_path / (name.partition(":")[0] or "alone")
        write(root, "site.yaml", "title: Test\nurl: https://example.org/\n")
        with engine(name) as executor:
            run = import_sources(
                load_site(root), [str(sources)], now=NOW, stdin=io.BytesIO(), executor=executor
            )
        assert len(run.outcomes) == 60
        made.append(tree(root / "content"))
    assert made[0] == made[1] and len(made[0]) >= 60


NAMES = ("Ines Calloway", "Tomas Rehn", "Ada Quill", "Bela Dorn")


@pytest.fixture
def unannotated(tmp_path: Path) -> Path:
    root = tmp_path / "unannotated"
    write(root, "site.yaml", "title: Test\nurl: https://example.org/\n")
    for number in range(ARTICLES):
        one, other = NAMES[number % 4], NAMES[(number + number // 4) % 4]
        text = f"Mayor {one} met {other} in Oslo on day {number}. The wall was mended, {one} said."
        write(
            root,
            f"content/articles/2021/04/wall-{number}.md",
            f"---\ntitle: Wall {number} is mended\npublished: 2021-04-13\n---\n\n{text}\n",
        )
    return root


def test_a_cluster_annotates_the_same_bytes_as_one_machine_though_a_worker_is_killed(
    unannotated: Path, tmp_path: Path
) -> None:
    alone = tmp_path / "alone"
    subprocess.run(["cp", "-r", str(unannotated), str(alone)], check=True)
    done = CliRunner().invoke(morgue, ["annotate", "--write", "--jobs", "1", "--site", str(alone)])
    assert done.exit_code == 0, done.output
    with cluster_of(2, tmp_path / "cluster") as cluster:
        # From the command, of a part of the archive; then of all, with one worker killed in the middle.
        part = ["annotate", "--json", "--engine", cluster.name, "--site", str(unannotated), "2021/04/wall-1"]
        assert CliRunner().invoke(morgue, part).exit_code == 0
        victim, killed = cluster.processes[-1], threading.Event()

        def kill(done: int, total: int) -> None:
            if not killed.is_set():
                victim.send_signal(signal.SIGKILL)
                killed.set()

        with engine(cluster.name) as executor:
            known = load_site(unannotated)
            crew = Crew(jobs=2, executor=executor, folder=unannotated / ".morgue")
            found = annotate(known, annotator(known.tagger), crew, progress=kill)
        assert killed.is_set() and victim.wait() == -signal.SIGKILL
    assert write_changes(known, found.changes) == ()
    assert tree(unannotated / "content") == tree(alone / "content")
    assert b"people: [Ines Calloway" in (unannotated / "content/articles/2021/04/wall-0.md").read_bytes()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("dask://127.0.0.1", "not an engine: 'dask://127.0.0.1' (expected dask://HOST:PORT, the address of a Dask scheduler) [E151]"),
        ("ray://127.0.0.1:1", "not an engine: 'ray://127.0.0.1:1' (expected dask://HOST:PORT, the address of a Dask scheduler) [E151]"),
        ("dask://127.0.0.1:99999", "not an engine: 'dask://127.0.0.1:99999' (expected dask://HOST:PORT, the address of a Dask scheduler) [E151]"),
        ("dask://127.0.0.1:9", "no Dask scheduler answers at 127.0.0.1:9 (start it with `dask scheduler`, or leave --engine out) [E153]"),
    ],
)  # fmt: skip
def test_an_engine_that_cannot_be_had_is_told(
    name: str, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.engine.PATIENCE", "0.5s")
    with pytest.raises(SiteError) as refused, engine(name):
        pass
    assert str(refused.value) == f"--engine: {expected}"


def test_without_dask_an_engine_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(SiteError) as refused, engine("dask://127.0.0.1:1"):
        pass
    assert str(refused.value) == "--engine: Dask is not installed (pip install 'morgue[cluster]') [E152]"
