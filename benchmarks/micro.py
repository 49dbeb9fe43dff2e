"""Microseconds of one processor that each block of a build takes, an article.

    python benchmarks/micro.py [ARTICLES] [--repeats 5]

The blocks take turns; a figure is the median over the repeats. An archive of ARTICLES (500) articles, with
the pages of `hugo_like/`, is made and built in a temporary folder.
"""

import argparse
import gc
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import corpus
from sites import HERE

from generator.build import build
from generator.config import load_site
from generator.core.site import Site
from generator.markup.convert import convert
from generator.outcome import Options
from generator.output.encode import digest
from generator.publishing import Bench, Workshop, page_key
from generator.render.rendering import page_text, render_page
from generator.sources.articles import read_article
from generator.sources.frontmatter import parse, split

ARTICLES = "/articles/"


def lay(articles: int, folder: Path) -> Site:
    """A site of so many articles."""
    corpus.write(articles, folder / "content")
    (folder / "site.yaml").write_bytes((HERE / "hugo_like" / "site.yaml").read_bytes())
    (folder / "templates").symlink_to(HERE / "hugo_like" / "templates")
    return load_site(folder)


def blocks(site: Site, shop: Workshop) -> dict[str, Callable[[], object]]:
    """Each block as a function that does it for every article once."""
    basis, tools = shop.basis, Bench(shop)
    assert basis is not None
    paths = sorted((site.content / "articles").rglob("*.md"))
    data = [path.read_bytes() for path in paths]
    fronts, bodies = zip(*(split(each.decode())[:2] for each in data), strict=True)
    plans = [planned for planned in shop.pages if planned.address.startswith(ARTICLES)]
    pages = [planned.make(basis, *planned.args) for planned in plans]
    made = [render_page(page, tools.templates, tools.kept) for page in pages]
    names = [f"{place}/index.html" for place in range(len(made))]
    place = Path(shop.place.output) / "micro"
    for name, page in zip(names, made, strict=True):
        target = place / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(page)
    rounds = iter(range(1_000_000))

    def write_anew() -> None:
        folder = place / f"round-{next(rounds)}"
        for name, page in zip(names, made, strict=True):
            target = folder / name
            target.parent.mkdir(parents=True)
            target.write_bytes(page)

    return {
        "read: the file's bytes": lambda: [path.read_bytes() for path in paths],
        "read: a digest of them": lambda: [digest(each) for each in data],
        "front matter: YAML": lambda: [parse(front, "", 1) for front in fronts],
        "front matter: the whole article, checked": lambda: [
            read_article(each, f"content/articles/{n}.md", site) for n, each in enumerate(data)
        ],
        "Markdown: to safe HTML and blocks": lambda: [convert(body) for body in bodies],
        "page: its view": lambda: [planned.make(basis, *planned.args) for planned in plans],
        "page: its key": lambda: [page_key(page, tools.templates, shop.settings) for page in pages],
        "page: its text, names woven in": lambda: [page_text(p, tools.kept) for p in pages],
        "page: all bytes, the text's too": lambda: [
            render_page(page, tools.templates, tools.kept) for page in pages
        ],
        "write: a new file in a new folder": write_anew,
        "write: read and compare instead": lambda: [
            (place / name).read_bytes() == page for name, page in zip(names, made, strict=True)
        ],
    }


def measure(found: dict[str, Callable[[], object]], articles: int, repeats: int) -> dict[str, list[float]]:
    """Microseconds an article of each block, each repeat's."""
    spent: dict[str, list[float]] = {name: [] for name in found}
    gc.collect()
    for _ in range(repeats):
        for name, block in found.items():
            started = time.process_time_ns()
            block()
            spent[name].append((time.process_time_ns() - started) / articles / 1000)
    return spent


def main() -> None:
    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=form)
    parser.add_argument("articles", nargs="?", type=int, default=500)
    parser.add_argument("--repeats", type=int, default=5)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        site = lay(given.articles, Path(folder))

        def report(shop: Workshop) -> None:
            found = blocks(site, shop)
            for name, values in measure(found, given.articles, given.repeats).items():
                print(f"{name:42} {median(values):9.1f} µs  ({min(values):.1f} to {max(values):.1f})")

        options = Options(output=Path(folder) / "build", now=datetime(2026, 1, 1, tzinfo=UTC))
        build(site, options, ahead=report)


if __name__ == "__main__":
    main()
