"""What imports cost: articles a second of processor time, whole imports into new sites, sources in turn.

    python benchmarks/imports.py FOLDER                      plain texts, a WordPress export, web pages
    python benchmarks/imports.py FOLDER --sizes 10000 3000 1000 --jobs 1 2 --runs 3

Originals and sites are made below FOLDER and stay there: delete it after the last run. A figure is the best
of the runs, with the import's start. The clock's time tells little where others use the machine too.
"""

import argparse
import sys
from pathlib import Path

from exports import write_pages, write_texts, wxr
from measure import Cost, run

KINDS = ("text", "wxr", "pages")
SIZES = (10_000, 3_000, 1_000)


def made(kind: str, total: int, folder: Path) -> Path:
    """The originals of a kind, made where they are not there yet."""
    place = folder / (f"{kind}-{total}.xml" if kind == "wxr" else f"{kind}-{total}")
    if place.exists():
        return place
    if kind == "wxr":
        with place.open("w", encoding="utf-8") as out:
            out.writelines(wxr(total))
    else:
        (write_texts if kind == "text" else write_pages)(total, place)
    return place


def imported(source: Path, folder: Path, number: int, jobs: int) -> Cost:
    """What it costs to import originals into a new site."""
    site = folder / f"site-{source.stem}-{jobs}-{number}"
    site.mkdir()
    (site / "site.yaml").write_text("title: T\nurl: https://archive.example/\nlanguage: en\n")
    command = [sys.executable, "-m", "generator.cli", "import", str(source), "--jobs", str(jobs)]
    return run(command, site, folder / f"{site.name}.log")


def main() -> None:
    """The table."""
    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=form)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sizes", type=int, nargs=3, default=SIZES, metavar=("TEXTS", "POSTS", "PAGES"))
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    folder = given.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    sources = [made(kind, total, folder) for kind, total in zip(KINDS, given.sizes, strict=True)]
    costs: dict[tuple[str, int], list[Cost]] = {}
    for number in range(given.runs):
        for source in sources:
            for jobs in given.jobs:
                costs.setdefault((source.stem, jobs), []).append(imported(source, folder, number, jobs))
    for (name, jobs), found in costs.items():
        total = int(name.rpartition("-")[2])
        cpu, wall = min(each.cpu for each in found), min(each.wall for each in found)
        others = min(each.others for each in found)
        print(
            f"{name:<12} {jobs} process{'es' if jobs > 1 else '  '} {total / cpu:7.0f} a second of processor,"
            f" {total / wall:7.0f} by the clock ({cpu:.2f} s, {wall:.2f} s; others took {others:.2f} s)"
        )


if __name__ == "__main__":
    main()
