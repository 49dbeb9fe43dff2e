"""A site built as its host would have it, for the tests that read it from outside."""

import fcntl
import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest

from generator.build import build
from generator.config import load_site
from generator.outcome import Options

ROOT = Path(__file__).parent.parent
NOW = datetime(2024, 9, 2, 8, tzinfo=UTC)
MODULES = Path(os.environ.get("MORGUE_NODE_MODULES", ROOT / ".cache" / "npm" / "node_modules"))
"""Where .ci/run puts the checkers that are npm packages: the Nu Html Checker and axe."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltSite:
    """The public folder, the address it is for without its last slash, and the path of that address."""

    output: Path
    url: str
    base: str

    def pages(self) -> dict[str, Path]:
        """Every HTML file by its full address."""
        return {self.address(path): path for path in sorted(self.output.rglob("*.html"))}

    def address(self, path: Path) -> str:
        """The full address at which a host serves a file of the build."""
        return f"{self.url}/" + path.relative_to(self.output).as_posix().removesuffix("index.html")

    def is_ours(self, url: str) -> bool:
        """Whether a full address is one of this site."""
        return url == self.url or url.startswith(self.url + "/")

    def file(self, url: str) -> Path | None:
        """The file a host would send for a full address of this site; None when it has none."""
        inner = unquote(urlsplit(url).path).removeprefix(self.base).lstrip("/")
        path = self.output / (inner + "index.html" if not inner or inner.endswith("/") else inner)
        return path if self.is_ours(url) and path.is_file() else None

    def resolve(self, page: str, reference: str) -> tuple[str, str]:
        """A reference as a page has it → (its full address, its fragment decoded)."""
        address, fragment = urldefrag(urljoin(page, reference))
        return address, unquote(fragment.partition(":~:")[0])  # what follows marks words, no element


def built(source: Path, folder: Path) -> BuiltSite:
    """Build a site into `folder`, or take what another process of this run has built there."""
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "done").exists():
            shutil.copytree(source / "content", folder / "site" / "content")
            shutil.copy(source / "site.yaml", folder / "site")
            build(load_site(folder / "site"), Options(output=folder / "build", now=NOW))
            (folder / "done").touch()
    site = load_site(folder / "site")
    return BuiltSite(output=folder / "build", url=site.url.rstrip("/"), base=site.base)


def needed(what: str, where: str | Path | None) -> Path:
    """The path of a program or file that a test cannot do without.

    Where it is missing the test is skipped, saying why; in CI it fails, as nobody reads of skips there.
    """
    if where and Path(where).exists():
        return Path(where)
    missing = f"{what} is not installed here; .ci/run shows how to get it"
    if os.environ.get("CI"):
        pytest.fail(missing)
    pytest.skip(missing)
