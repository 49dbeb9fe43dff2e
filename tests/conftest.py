"""What several test files share: the demo and the golden site, each built once a run."""

import os
from pathlib import Path

import pytest
from built_site import ROOT, BuiltSite, built


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
