"""The benchmarks run, and measure what they say."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from generator.build import build
from generator.config import load_site
from generator.importing import import_sources
from generator.outcome import Options

ROOT = Path(__file__).parent.parent
BENCHMARKS = ROOT / "benchmarks"
sys.path.insert(0, str(BENCHMARKS))

import as_hugo  # noqa: E402
import corpus  # noqa: E402
import exports  # noqa: E402
import figures  # noqa: E402
from built_site import NOW  # noqa: E402


@pytest.fixture(scope="module")
def twenty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twenty articles in a site with Hugo's pages, built."""
    root = tmp_path_factory.mktemp("twenty")
    corpus.write(20, root / "content")
    (root / "site.yaml").write_bytes((BENCHMARKS / "hugo_like" / "site.yaml").read_bytes())
    (root / "templates").symlink_to(BENCHMARKS / "hugo_like" / "templates")
    return root


def test_an_article_of_the_corpus_is_the_same_whichever_are_made_before_it() -> None:
    in_order = [corpus.Corpus(50).article(number) for number in range(50)]
    alone = [corpus.Corpus(50).article(number) for number in reversed(range(50))]
    assert in_order == alone[::-1]
    assert in_order != [corpus.Corpus(50, seed=8).article(number) for number in range(50)]


def test_the_corpus_has_the_size_and_shape_it_promises() -> None:
    texts = [corpus.Corpus(1000).article(number)[1] for number in range(0, 1000, 20)]
    bodies = [text.partition("\n---\n")[2] for text in texts]
    assert 580 < sum(len(body.split()) for body in bodies) / len(bodies) < 660
    assert {body.count("\n\n") for body in bodies} == {19}
    assert all(
        body.count("\n## ") == 1 and body.count("**") == 4 and body.count("![") == 1 for body in bodies
    )
    assert all(text.count("\n  - 20") == 3 for text in texts)


def test_a_million_articles_need_no_more_memory_than_their_names() -> None:
    archive = corpus.Corpus(1_000_000)
    path, text = archive.article(999_999)
    assert path.startswith("2024/12/") and text.startswith("---\ntitle: ")
    assert sum(map(len, archive.names.values())) == 300 + 12 * 1000


def test_morgue_builds_the_corpus_with_the_pages_of_hugos_site_and_no_problem(twenty: Path) -> None:
    built = build(load_site(twenty), Options(output=twenty / "build", now=NOW))
    assert (built.articles, built.problems) == (20, ())
    besides = as_hugo.lay_out(twenty / "build", twenty / "as-hugo")
    page = next((twenty / "as-hugo" / "articles").glob("20*/*/*/index.html")).read_text(encoding="utf-8")
    assert {"sitemaps/pages.xml", "robots.txt", "404.html"} <= set(besides)
    assert "application/ld+json" in page and page.count('rel="prev"') + page.count('rel="next"') > 0
    assert (twenty / "as-hugo" / "index.xml").is_file() and (twenty / "as-hugo" / "style.css").is_file()


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("index.html", "index.html"),
        ("page/2/index.html", "page/2/index.html"),
        ("articles/2021/04/x/index.html", "articles/2021/04/x/index.html"),
        ("2021/index.html", "articles/2021/index.html"),
        ("2021/04/index.html", "articles/2021/04/index.html"),
        ("2021/04/13/index.html", ""),
        ("2021/page/2/index.html", ""),
        ("tags/index.html", "tags/index.html"),
        ("tags/page/2/index.html", ""),
        ("people/a/page/2/index.html", "people/a/page/2/index.html"),
        ("tags/a/feed.xml", "tags/a/index.xml"),
        ("people/a/feed.xml", ""),
        ("feed.xml", "index.xml"),
        ("assets/style.css", "style.css"),
    ],
)
def test_pages_stand_where_hugo_has_them(path: str, expected: str) -> None:
    assert as_hugo.hugo_path(path) == expected


def test_the_benchmark_measures_every_case_and_keeps_its_figures(tmp_path: Path) -> None:
    command = [
        sys.executable,
        str(BENCHMARKS / "bench.py"),
        "20",
        "--runs",
        "1",
        "--edits",
        "1",
        "--quiet",
        "0",
    ]
    done = subprocess.run([*command, "--work", str(tmp_path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    rows = [line.split(" | ") for line in done.stdout.splitlines() if line.startswith("| 20 ")]
    assert [row[2] for row in rows] == ["cold", "nothing changed", "one edit", "watch"]
    written = {row[2]: row[6] for row in rows}
    assert (written["nothing changed"], written["one edit"]) == ("", "1")
    assert int(written["cold"]) > 100
    assert all(float(row[3]) > 0 for row in rows)
    assert float(rows[0][5]) > 20  # megabytes


def test_figures_kept_are_found_again_and_compared(tmp_path: Path) -> None:
    def run(wall: float, size: int = 20) -> figures.Run:
        ours = figures.Figure(articles=size, site="morgue", case="cold", wall=[wall, wall, 9.0], cpu=[wall])
        hugo = figures.Figure(articles=size, site="hugo", case="cold", wall=[4.0], cpu=[8.0])
        return figures.Run(date="2026-11-24", commit="abc", machine="2 processors", figures=(ours, hugo))

    kept, shown = tmp_path / "latest.json", tmp_path / "latest.md"
    figures.keep(run(1.0), kept, shown)
    figures.keep(run(3.0, size=10), kept, shown)
    before = figures.load(kept)
    assert before is not None and {f.articles for f in before.figures} == {10, 20}
    assert "| 20 | morgue | cold | 1.000 |" in shown.read_text(encoding="utf-8")
    row = figures.table(run(2.0), before).splitlines()[2].split(" | ")
    assert row[8:] == ["0.500", "0.250", "", "2.000", "2.000", " |"]
    assert json.loads(kept.read_text(encoding="utf-8"))["machine"] == "2 processors"


def test_processes_that_nobody_waits_for_are_measured_too(tmp_path: Path) -> None:
    orphan = "import os, time\nif os.fork() == 0:\n    while time.process_time() < 0.3: pass"
    command = [sys.executable, str(BENCHMARKS / "measure.py"), sys.executable, "-c", orphan]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert float(done.stderr.partition("cpu ")[2].split()[0]) > 0.3


def test_every_block_of_a_build_is_timed() -> None:
    command = [sys.executable, str(BENCHMARKS / "micro.py"), "20", "--repeats", "1"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    timed = {
        line.split("  ")[0]: float(line.partition(" µs")[0].split()[-1]) for line in done.stdout.splitlines()
    }
    assert {name.partition(":")[0] for name in timed} == {"read", "front matter", "Markdown", "page", "write"}
    assert all(value > 0 for value in timed.values())


def test_the_article_that_is_edited_is_none_of_hugos_own_pages(tmp_path: Path) -> None:
    import sites

    corpus.write(3, tmp_path)
    for folder in (tmp_path / "articles").glob("20*/*"):
        (folder / "_index.md").write_text("---\ntitle: Month\n---\n")
    path = Path("x")
    site = sites.BenchSite(
        name="hugo",
        root=path,
        articles=tmp_path / "articles",
        output=path,
        caches=(),
        build=(),
        serve=(),
        ready="",
        trash=path,
    )
    assert site.edit(1) in site.middle().read_text(encoding="utf-8")
    assert site.middle().name != "_index.md"


def test_every_original_of_the_benchmarks_is_imported_as_an_article(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "site.yaml").write_text("title: Measured\nurl: https://measured.example/\n")
    made = tmp_path / "made"
    exports.write_texts(3, made / "text")
    exports.write_pages(3, made / "pages")
    (made / "posts.xml").write_text("".join(exports.wxr(3)))
    pages = exports.write_warc(1, made / "crawl.warc.gz")
    done = import_sources(load_site(site), [str(made)], now=NOW, stdin=io.BytesIO())
    counts = {each.importer: each.articles for each in done.fidelity}
    assert counts == {"newstext": 3, "web": 3, "wordpress": 3, "warc": pages}
    assert [problem for problem in done.all_problems if problem.is_error] == []
