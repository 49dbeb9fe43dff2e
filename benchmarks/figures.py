"""Figures of a run of the benchmarks: kept as JSON, shown beside those kept before and beside Hugo's."""

import json
import os
import platform
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median

RESULTS = Path(__file__).parent / "results"
KEPT = RESULTS / "latest.json"
TABLE = RESULTS / "latest.md"


@dataclass(slots=True, kw_only=True)
class Figure:
    """What one case costs one site. Lists hold every run: seconds, or megabytes."""

    articles: int
    site: str
    case: str  # "cold", "nothing changed", "one edit", "watch"
    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)
    written: int = 0  # files that the last run wrote; of "cold" all
    size: int = 0  # bytes of the output

    @property
    def key(self) -> tuple[int, str, str]:
        return self.articles, self.site, self.case


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """All figures of one run, and what they were measured on."""

    date: str
    commit: str
    machine: str
    figures: tuple[Figure, ...]

    def find(self, key: tuple[int, str, str]) -> Figure | None:
        return next((figure for figure in self.figures if figure.key == key), None)


def this_machine() -> str:
    """What a reader must know of the machine, and nothing that names it."""
    processors, system = len(os.sched_getaffinity(0)), f"{platform.system()} {platform.machine()}"
    return f"{processors} processors, {system}, Python {platform.python_version()}"


def this_commit() -> str:
    found = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    )
    return found.stdout.strip()


def load(path: Path = KEPT) -> Run | None:
    """The figures kept, or None."""
    if not path.is_file():
        return None
    data = json.loads(path.read_text(encoding="utf-8"))
    return Run(**{**data, "figures": tuple(Figure(**each) for each in data["figures"])})


def keep(run: Run, path: Path = KEPT, shown: Path = TABLE) -> None:
    """Write the figures over those kept before; a size or site that was not measured now stays as it was."""
    before = load(path)
    measured = {figure.key for figure in run.figures}
    rest = [figure for figure in before.figures if figure.key not in measured] if before else []
    figures = sorted((*run.figures, *rest), key=lambda f: (f.articles, f.site))
    path.parent.mkdir(parents=True, exist_ok=True)
    data = asdict(run) | {"figures": [_rounded(asdict(figure)) for figure in figures]}
    path.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    kept = load(path)
    assert kept
    shown.write_text(
        f"Measured on {kept.date} at {kept.commit}: {kept.machine}. Medians of `make bench`.\n\n"
        + table(kept, None),
        encoding="utf-8",
    )


def table(run: Run, before: Run | None) -> str:
    """The figures as a Markdown table; `before` is what they are compared with."""
    head = ["articles", "site", "case", "wall s", "cpu s", "memory MB", "files written", "output MB"]
    head += ["wall / Hugo", "cpu / Hugo", "memory / Hugo"]
    head += ["wall / kept", "cpu / kept", "memory / kept"] if before else []
    rows = [[*_cells(figure, run), *_compared(figure, run, before)] for figure in run.figures]
    lines = [head, ["---"] * len(head), *rows]
    return "".join("| " + " | ".join(cells) + " |\n" for cells in lines)


def _cells(figure: Figure, run: Run) -> list[str]:
    return [
        f"{figure.articles:,}",
        figure.site,
        figure.case,
        _number(figure.wall, 3),
        _number(figure.cpu, 3),
        _number(figure.memory, 0),
        f"{figure.written:,}" if figure.written else "",
        f"{figure.size / 1e6:.1f}" if figure.size else "",
    ]


def _compared(figure: Figure, run: Run, before: Run | None) -> Iterable[str]:
    peer = run.find((figure.articles, "hugo", figure.case)) if figure.site != "hugo" else None
    yield from _ratios(figure, peer)
    if before:
        yield from _ratios(figure, before.find(figure.key))


def _ratios(figure: Figure, other: Figure | None) -> Iterable[str]:
    for name in ("wall", "cpu", "memory"):
        ours, theirs = getattr(figure, name), getattr(other, name) if other else []
        yield f"{median(ours) / median(theirs):.3f}" if ours and theirs and median(theirs) else ""


def _number(values: Sequence[float], digits: int) -> str:
    return f"{median(values):,.{digits}f}" if values else ""


def _rounded(figure: dict[str, object]) -> dict[str, object]:
    return {k: [round(x, 4) for x in v] if isinstance(v, list) else v for k, v in figure.items()}
