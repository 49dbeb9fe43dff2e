"""The two tables of docs/scale.md, from the figures kept and the sites that the last `make bench` left.

    python benchmarks/scale.py [--work .cache/bench]

Of 1,000 and 10,000 articles: times, memory, files and bytes; then the larger sizes, each of them the figures
of 10,000 multiplied. What was not measured is shown as "?".
"""

import argparse
from pathlib import Path
from statistics import median

from figures import Run, load

MEASURED = (1_000, 10_000)
WORKED_OUT = (1_000_000, 10_000_000, 100_000_000)
SITE = "morgue"
PLACES = (
    ("content", "content/**/*"),
    ("memo", ".morgue/memo.sqlite3"),
    ("ledger", ".morgue/ledger-*"),
    ("manifest", "build/.morgue-manifest"),
)


def taken(run: Run, articles: int, work: Path) -> dict[str, float]:
    """What is known of a size, in seconds and bytes, by the name of its row."""
    found: dict[str, float] = {}
    for case in ("cold", "nothing changed", "one edit", "watch"):
        figure = run.find((articles, SITE, case))
        if figure is None:
            continue
        times = figure.wall if case == "watch" else figure.cpu
        found[case] = median(times)
        if case == "cold":
            found |= {
                "memory": 1e6 * median(figure.memory or [0]),
                "files": figure.written,
                "output": figure.size,
            }
    root = work / str(articles) / "same"
    for name, pattern in PLACES:
        if sizes := [each.stat().st_size for each in root.glob(pattern) if each.is_file()]:
            found[name] = sum(sizes)
    return found


def amount(value: float) -> str:
    """A number of bytes as people write it, to two digits."""
    for unit, size in (("TB", 1e12), ("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if value >= size:
            return f"{float(f'{value / size:.2g}'):,g} {unit}"
    return f"{value:.0f} bytes"


def duration(seconds: float) -> str:
    """A time as people write it, to two digits."""
    for unit, size in (("hours", 3_600), ("minutes", 60), ("s", 1)):
        if seconds >= 2 * size:
            return f"{float(f'{seconds / size:.2g}'):,g} {unit}"
    return f"{seconds:.2g} s"


def tables(known: dict[int, dict[str, float]]) -> str:
    """Both as Markdown."""

    def row(label: str, cells: list[str]) -> str:
        return "| " + " | ".join((label, *cells)) + " |"

    def cells(name: str, show: object, each: bool = False) -> list[str]:
        assert callable(show)
        return [
            show(one[name] / (size if each else 1)) if name in one else "?" for size, one in known.items()
        ]

    large = known[MEASURED[-1]]
    lines = [row("", [f"{size:,} articles" for size in known]), "| --- " * (len(known) + 1) + "|"]
    lines += [row(label, cells(name, show, each)) for label, name, show, each in (
        ("cold build, processor time", "cold", duration, False),
        ("an article", "cold", lambda s: f"{1000 * s:.1f} ms", True),
        ("nothing changed, processor time", "nothing changed", duration, False),
        ("one edited article, processor time", "one edit", duration, False),
        ("from saving to the new page served (`morgue serve`)", "watch", duration, False),
        ("most memory, all processes", "memory", amount, False),
        ("files in the output", "files", lambda n: f"{n:,.0f}", False),
        ("output, an article", "output", amount, True),
        ("content, an article", "content", amount, True),
        ("`.morgue/memo.sqlite3`, an article", "memo", amount, True),
        ("`.morgue/ledger-…`, an article", "ledger", amount, True),
        ("the output's manifest, an article", "manifest", amount, True),
    )]  # fmt: skip
    lines += ["", row("", [f"{size // 1_000_000:,} million" for size in WORKED_OUT]), "| --- " * 4 + "|"]
    for label, name, show in (("cold build", "cold", duration), ("content", "content", amount),
                              ("output", "output", amount),
                              ("files of the output", "files", lambda n: f"{n:,.0f}"),
                              ("memo", "memo", amount), ("manifest", "manifest", amount)):  # fmt: skip
        told = [show(large[name] * size / MEASURED[-1]) if name in large else "?" for size in WORKED_OUT]
        lines.append(row(label, told))
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--work", type=Path, default=Path(".cache/bench"))
    given = parser.parse_args()
    run = load()
    if run is None:
        parser.error("no figures are kept: make bench BENCH=--keep")
    print(tables({size: taken(run, size, given.work) for size in MEASURED}))


if __name__ == "__main__":
    main()
