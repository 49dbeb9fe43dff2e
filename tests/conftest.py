"""What several test files share: the demo and the golden site, each built once a run."""

import os
from pathlib import Path

import pytest
from built_site import ROOT, BuiltSite, built

# fmt: off
UNTRACED = frozenset((
    "test_accurate", "test_annotate_quality", "test_archive_quality", "test_benchmarks", "test_browser",
    "test_cluster", "test_crash", "test_import_web_bounds", "test_lighthouse", "test_markup_bounds",
    "test_page_quality", "test_rebuild", "test_serving_browser", "test_speech_quality",
))
# fmt: on
"""Files of tests that go over the same lines again and again, or look on from outside."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Do not count the lines that properties and those files reach: the examples of other tests reach them too, and
    counting doubles the time that Python takes."""
    for item in items:
        function = getattr(item, "obj", None)
        if getattr(function, "is_hypothesis_test", False) or item.path.stem in UNTRACED:
            item.add_marker(pytest.mark.no_cover)


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all processes of a run: under xdist each has its own inside it."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session")
def demo(shared: Path) -> BuiltSite:
    """The repository's own archive."""
    return built(ROOT, shared / "demo-site")


@pytest.fixture(scope="session")
def golden(shared: Path) -> BuiltSite:
    """The small site of tests/golden, whose address has a path."""
    return built(ROOT / "tests" / "golden" / "site", shared / "golden-site")
