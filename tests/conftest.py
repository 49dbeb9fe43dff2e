"""What several test files share: the demo and the golden site, each built once a run."""

import fcntl
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from generator.build import Options, build
from generator.config import load_site

ROOT = Path(__file__).parent.parent
NOW = datetime(2024, 9, 2, 8, tzinfo=UTC)
MODULES = Path(os.environ.get("MORGUE_NODE_MODULES", ROOT / ".cache" / "npm" / "node_modules"))
"""Where .ci/run puts the checkers that npm packages: the Nu Html Checker and axe."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltSite:
    """A site as its host would have it: the public folder, the address it is for, and the path of that."""

    output: Path
    url: str
    base: str


def built(content: Path, folder: Path) -> BuiltSite:
    """Build a site into `folder`, or take what another process of this run has built there."""
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "done").exists():
            shutil.copytree(content / "content", folder / "site" / "content")
            shutil.copy(content / "site.yaml", folder / "site")
            build(load_site(folder / "site"), Options(output=folder / "build", now=NOW))
            (folder / "done").touch()
    site = load_site(folder / "site")
    return BuiltSite(output=folder / "build", url=site.url.removesuffix("/"), base=site.base)


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all processes of a run: under xdist each has its own inside it."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session")
def demo(shared: Path) -> BuiltSite:
    """The repository's own archive, built."""
    return built(ROOT, shared / "demo")


@pytest.fixture(scope="session")
def golden(shared: Path) -> BuiltSite:
    """The small site of tests/golden, built; its address has a path."""
    return built(ROOT / "tests" / "golden" / "site", shared / "golden")


@pytest.fixture(scope="session")
def needed() -> Callable[[str, str | None], Path]:
    """Finds a program or a file that a test cannot do without: (what for, where it should be) → its path.

    Where it is missing the test is skipped, saying so; in CI it fails, since there nobody reads of skips.
    """

    def find(what: str, where: str | None) -> Path:
        if where and Path(where).exists():
            return Path(where)
        missing = f"{what} is not installed; .ci/run shows how"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)

    return find
