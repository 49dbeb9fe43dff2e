"""The quality of quotations and dates on fixed sets: floors that are only ever moved up, by hand."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

QUALITY = Path(__file__).parent.parent / "benchmarks" / "quality"


def _benchmark(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"quality_{name}", QUALITY / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("half", "precision", "speaker", "recall"),
    [
        ("dev", 0.96, 0.93, 0.96),
        ("spoken", 0.96, 0.97, 0.98),
        ("fresh", 0.97, 0.99, 0.95),
        ("held", 0.94, 0.96, 0.98),
        ("wire", 0.97, 0.97, 0.98),
        ("sealed", 0.82, 0.87, 0.96),
        ("forms", 0.94, 0.98, 0.96),
        ("agency", 0.98, 0.99, 0.97),
        ("test", 0.83, 0.84, 0.96),
    ],
)
def test_quotations_are_attributed_as_well_as_before(
    half: str, precision: float, speaker: float, recall: float
) -> None:
    done = _benchmark("quotes").measure(half)
    assert min(done.precision - precision, done.speaker - speaker, done.recall - recall) >= 0


@pytest.mark.parametrize(("half", "floor"), [("dev", 0.96), ("test", 0.84)])
def test_dates_are_resolved_as_well_as_before(half: str, floor: float) -> None:
    dates = _benchmark("dates")
    assert dates.measure(dates.gold(half)).f1 >= floor


def test_dates_of_meantime_are_resolved_as_well_as_before() -> None:
    dates = _benchmark("dates")
    if not dates.MEANTIME.is_dir():
        pytest.skip(f"{dates.MEANTIME} is not present")
    assert dates.measure(dates.meantime()).f1 >= 0.87
