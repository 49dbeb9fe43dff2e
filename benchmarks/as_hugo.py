"""A site that Morgue built, under the addresses that Hugo gives the same pages.

    python benchmarks/as_hugo.py BUILD OUT

Makes OUT, a tree of hard links to the files of BUILD, for a comparison that counts files by path. The archive
by date moves below /articles/, feeds are called index.xml. What Hugo's site has no page for (the days, the
authors, JSON feeds, data) keeps its address below OUT/.besides, and how many they are is printed.
"""

import os
import re
import sys
from collections import Counter
from pathlib import Path

RULES = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        (r"index\.html", r"index.html"),
        (r"(page/\d+/index\.html)", r"\1"),
        (r"(articles/\d{4}/\d\d/[^/]+/index\.html)", r"\1"),
        (r"(\d{4}/index\.html)", r"articles/\1"),
        (r"(\d{4}/\d\d/index\.html)", r"articles/\1"),
        (r"((?:tags|people|organisations|places)/(?!page/)(?:[^/]+/(?:page/\d+/)?)?index\.html)", r"\1"),
        (r"(tags/[^/]+/)?feed\.xml", r"\1index.xml"),
        (r"(sitemap\.xml)", r"\1"),
        (r"assets/(style\.css)", r"\1"),
    )
)
"""Morgue's paths and Hugo's, for the pages that both sites have."""

BESIDES = ".besides"


def hugo_path(path: str) -> str:
    """Where Hugo's site has the page of a path, or "" where it has none."""
    for pattern, to in RULES:
        if match := pattern.fullmatch(path):
            return match.expand(to)
    return ""


def kind(path: str) -> str:
    """What a page besides is one of: its path with numbers and names left out."""
    parts = ["N" if re.fullmatch(r"\d+|\d{4}[\d-]*\.\w+", part) else part for part in path.split("/")]
    if parts[0] in {"tags", "people", "organisations", "places", "authors", "publishers"} and len(parts) > 2:
        parts[1] = "NAME" if parts[1] != "page" else "page"
    return "/".join(parts)


def lay_out(build: Path, out: Path) -> Counter[str]:
    """Link every file into place; returns how many of each kind have no counterpart in Hugo's site."""
    besides: Counter[str] = Counter()
    for folder, _, names in os.walk(build):
        for name in names:
            path = Path(folder, name).relative_to(build).as_posix()
            if name.startswith(".morgue"):
                continue
            wanted = hugo_path(path)
            if not wanted:
                besides[kind(path)] += 1
            target = out / (wanted or f"{BESIDES}/{path}")
            target.parent.mkdir(parents=True, exist_ok=True)
            os.link(Path(folder, name), target)
    return besides


def main(build: str, out: str) -> None:
    besides = lay_out(Path(build), Path(out))
    for name, total in besides.most_common():
        print(f"{total:8,} {name}")
    print(f"{besides.total():8,} files that Hugo's site has no page for, in {BESIDES}/")


if __name__ == "__main__":
    main(*sys.argv[1:])
