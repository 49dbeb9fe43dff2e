"""How well pages are read, pinned: floors on the invented pages of benchmarks/quality/pages.

A floor is raised by hand when the measure rises; a change that lowers one says why. The text may lose no word
to trafilatura's own: the benchmark shows both.
"""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

SCRIPT = Path(__file__).parent.parent / "benchmarks" / "quality" / "pages.py"
FLOORS = {"title": 1.0, "published": 1.0, "updated": 1.0, "authors": 1.0, "text": 0.995, "captions": 1.0}


@pytest.fixture(scope="module")
def pages() -> ModuleType:
    spec = importlib.util.spec_from_file_location("benchmark_pages", SCRIPT)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def found(pages: ModuleType) -> dict[str, dict[str, Any]]:
    marks: dict[str, dict[str, Any]] = pages.marks(pages.morgue())
    return marks


@pytest.mark.parametrize("mark", FLOORS)
def test_pages_are_read_no_worse_than_before(
    mark: str, pages: ModuleType, found: dict[str, dict[str, Any]]
) -> None:
    assert pages.means(found)[mark] >= FLOORS[mark], {
        name: each[mark] for name, each in found.items() if (each[mark] or 0) < 1
    }


def test_there_are_ninety_two_pages_and_each_has_all_that_is_to_be_found(pages: ModuleType) -> None:
    names = {path.stem for path in pages.PAGES.glob("*.html")}
    assert len(names) == 92
    assert set(pages.expected()) == names
    assert all(each["title"] and each["published"] and each["text"] for each in pages.expected().values())


@pytest.mark.parametrize(
    ("found", "wanted", "neutral", "expected"),
    [
        ("the quay was quiet", "the quay was quiet", [], 1.0), ("", "the quay", [], 0.0), ("the", "the quay", [], 2 / 3),
        ("a deck the quay", "the quay", ["a deck"], 1.0), ("港口", "港口", [], 1.0), ("THE QUAY", "the quay", [], 1.0),
    ],
)  # fmt: skip
def test_the_measure_of_text_counts_words(
    pages: ModuleType, found: str, wanted: str, neutral: list[str], expected: float
) -> None:
    assert pages.f1(found, wanted, neutral) == pytest.approx(expected)
