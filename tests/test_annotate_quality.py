"""The quality of the taggers on fixed sets: floors that are only ever moved up, by hand."""

import importlib.util
import os
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parent.parent
SETS = ROOT.parent / "shared" / "data" / "annotation" / "names"


@pytest.fixture(scope="module")
def benchmark() -> ModuleType:
    spec = importlib.util.spec_from_file_location("names", ROOT / "benchmarks" / "quality" / "names.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("tagger", "name", "floor"),
    [
        ("rules", "uner_pud_news", 0.76),
        ("rules", "meantime_train", 0.69),
        ("rules", "gum_news", 0.65),
        ("light", "uner_pud_news", 0.785),  # never trained on, as all that follow
        ("light", "gold/dev", 0.91),
        ("light", "gold/test", 0.838),
        ("accurate", "uner_pud_news", 0.82),
        ("accurate", "gold/dev", 0.938),
        ("accurate", "gold/test", 0.865),
        ("rules", "wire/test", 0.91),
        ("light", "wire/dev", 0.955),
        ("light", "wire/test", 0.918),
        ("accurate", "wire/dev", 0.973),
        ("accurate", "wire/test", 0.93),
    ],
)
def test_names_are_found_as_well_as_before(
    benchmark: ModuleType, tagger: str, name: str, floor: float
) -> None:
    if tagger == "accurate" and find_spec("morgue_accurate") is None and not os.environ.get("CI"):
        pytest.skip("models/accurate is not installed")
    path = Path(name) if name.startswith(("gold/", "wire/")) else SETS / f"{name}.conll"
    if name == path.stem and not path.is_file():
        pytest.skip(f"{path} is not present")
    assert benchmark.measure(path, tagger).f1("PER", "ORG", "LOC") >= floor


def test_names_in_capitals_are_found_as_well_as_before(benchmark: ModuleType) -> None:
    path = SETS / "uner_pud_news.conll"
    if not path.is_file():
        pytest.skip(f"{path} is not present")
    done = benchmark.measure(path, "light", one_way=True, capitals=True)
    assert done.f1("PER", "ORG", "LOC") >= 0.75
