"""The quality of stories, related articles and tags on fixed sets: floors that are only ever moved up, by hand."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

QUALITY = Path(__file__).parent.parent / "benchmarks" / "quality"


def benchmark(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, QUALITY / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_stories_are_told_apart_as_well_as_before() -> None:
    stories = benchmark("stories")
    if not stories.CORPUS.is_file():
        pytest.skip(f"{stories.CORPUS} is not present")
    scores = stories.measure()
    assert scores.b3[2] >= 0.83
    assert scores.pairs[2] >= 0.78


def test_related_articles_share_topics_as_often_as_before() -> None:
    related = benchmark("related")
    if not related.ARCHIVES.is_dir():
        pytest.skip(f"{related.ARCHIVES} is not present")
    scores = related.measure("18f")
    assert scores.right >= 0.56
    assert scores.having >= 0.99


def test_tags_fit_as_often_as_before() -> None:
    related = benchmark("related")
    if not related.ARCHIVES.is_dir():
        pytest.skip(f"{related.ARCHIVES} is not present")
    scores = benchmark("tags").measure("18f", 150)
    assert min(scores.precision - 0.43, scores.recall - 0.27, scores.phrases - 0.36) >= 0
