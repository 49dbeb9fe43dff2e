"""From save to reload in a real browser: `benchmarks/watch.py [ARTICLES …] [--edits N] [--work FOLDER]`.

Serves an archive as it comes with `morgue serve`, opens an article in Chromium, saves edits of its text, of a
style and of an article with a mistake, and measures in wall time, from before the write until it is shown:

- page: the edited sentence stands in the loaded page (with the reload, its styles and its scripts)
- style: the computed colour is the new one, without a load
- overlay: the mistake is shown over the page
- rebuilt: what the server itself says a rebuild of the page took

Needs Playwright and a Chromium (`MORGUE_CHROMIUM`, or the one of the PATH).
"""

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import corpus
from playwright.sync_api import Page, sync_playwright
from sites import BenchSite, morgue

QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
SHOWS = "text => document.body.textContent.includes(text)"
PATIENCE = 900_000  # milliseconds


@contextmanager
def served(site: BenchSite, log: Path) -> Iterator[str]:
    """A running server's address."""
    command = [sys.executable, "-m", "generator.cli", "serve", "--port", "0", "--site", str(site.root)]
    with log.open("w") as stream:
        process = subprocess.Popen(
            command, stdout=stream, stderr=subprocess.STDOUT, env={**os.environ, "PYTHONUNBUFFERED": "1"}
        )
    try:
        while not (found := re.search(r"Serving at (\S+)", log.read_text(encoding="utf-8"))):
            time.sleep(0.01)
        yield found[1].rstrip("/")
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def rebuilds(log: Path) -> list[float]:
    """The milliseconds that the server told of, rebuild by rebuild."""
    told = re.findall(r" in ([\d,]+) ms\.", log.read_text(encoding="utf-8"))
    return [float(number.replace(",", "")) for number in told]


def settle(log: Path, count: int) -> None:
    """Wait until so many rebuilds were told of, and a moment more for the machine to rest."""
    while len(rebuilds(log)) < count:
        time.sleep(0.02)
    time.sleep(0.5)


def measure(articles: int, edits: int, work: Path, program: str) -> dict[str, list[float]]:
    """Milliseconds of each kind, edit by edit."""
    place = work / str(articles)
    if not (place / "articles").is_dir():
        corpus.write(articles, place)
    site = morgue(place / "articles", place, everything=True)
    styles = site.root / "templates" / "assets"
    styles.mkdir(parents=True, exist_ok=True)
    style = styles / "style.css"
    shutil.copy(Path(__file__).parent.parent / "templates" / "assets" / "style.css", style)
    plain = style.read_text(encoding="utf-8")
    log = work / "watch.log"
    found: dict[str, list[float]] = {"first page": [], "page": [], "rebuilt": [], "style": [], "overlay": []}
    with sync_playwright() as playwright, served(site, log) as root:
        browser = playwright.chromium.launch(executable_path=program, args=list(QUIET))
        page = browser.new_page()
        page.set_default_timeout(PATIENCE)
        page.set_default_navigation_timeout(PATIENCE)
        started = time.perf_counter()
        page.goto(root + site.address())
        page.wait_for_selector("article h1")
        found["first page"].append(1000 * (time.perf_counter() - started))
        settle(log, 1)
        page.goto(root + site.address())
        for number in range(edits):
            before = len(rebuilds(log))
            started = time.perf_counter()
            sentence = site.edit(number)
            page.wait_for_function(SHOWS, arg=sentence)
            found["page"].append(1000 * (time.perf_counter() - started))
            settle(log, before + 1)
            found["rebuilt"].append(rebuilds(log)[-1])
        for number in range(edits):
            before = len(rebuilds(log))
            found["style"].append(_style(page, style, plain, number))
            settle(log, before + 1)
        before = len(rebuilds(log))
        style.write_text(plain, encoding="utf-8")
        settle(log, before + 1)
        article = site.middle()
        good = article.read_text(encoding="utf-8")
        for _ in range(edits):
            started = time.perf_counter()
            article.write_text(good.replace("published:", "published: soon #"), encoding="utf-8")
            page.wait_for_selector("morgue-problems", state="attached")
            found["overlay"].append(1000 * (time.perf_counter() - started))
            time.sleep(0.5)
            before = len(rebuilds(log))
            article.write_text(good, encoding="utf-8")
            page.wait_for_selector("morgue-problems", state="detached")
            settle(log, before + 1)
        browser.close()
    return found


def _style(page: Page, style: Path, plain: str, number: int) -> float:
    colour = f"rgb(1, 2, {number})"
    started = time.perf_counter()
    style.write_text(f"{plain}\nh1 {{ color: {colour} !important }}\n", encoding="utf-8")
    page.wait_for_function("c => getComputedStyle(document.querySelector('h1')).color === c", arg=colour)
    return 1000 * (time.perf_counter() - started)


def main() -> None:
    """Measure, and print a table of medians with the least and the most."""
    parser = argparse.ArgumentParser(description="From save to reload in a real browser.")
    parser.add_argument("articles", nargs="*", type=int, default=[1000, 10_000])
    parser.add_argument("--edits", type=int, default=9)
    parser.add_argument("--work", type=Path, default=Path.home() / ".cache" / "morgue-bench" / "watch")
    given = parser.parse_args()
    program = os.environ.get("MORGUE_CHROMIUM") or shutil.which("chromium")
    if program is None:
        sys.exit("no Chromium found; name one in MORGUE_CHROMIUM")
    given.work.mkdir(parents=True, exist_ok=True)
    print(
        "| articles | from save to | median, ms | least | most | of |\n| --- | --- | --- | --- | --- | --- |"
    )
    for articles in given.articles:
        for kind, times in measure(articles, given.edits, given.work, program).items():
            middle = statistics.median(times)
            figures = f"{middle:,.0f} | {min(times):,.0f} | {max(times):,.0f} | {len(times)}"
            print(f"| {articles:,} | {kind} | {figures} |", flush=True)


if __name__ == "__main__":
    main()
