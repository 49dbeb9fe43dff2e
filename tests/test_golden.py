"""A site small enough to review, and every byte that it is built into.

After a wanted change, `python tests/test_golden.py` writes the expected files anew: review the difference.
"""

import shutil
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from generator.build import build
from generator.config import load_site
from generator.outcome import Options

GOLDEN = Path(__file__).parent / "golden"
NOW = datetime(2024, 6, 1, tzinfo=UTC)


def built(folder: Path) -> dict[str, bytes]:
    """The pages of the golden site; the theme's own assets are left out, as they are not made by a build."""
    shutil.copytree(GOLDEN / "site", folder / "site")
    build(load_site(folder / "site"), Options(output=folder / "build", now=NOW))
    return {
        path.relative_to(folder / "build").as_posix(): path.read_bytes()
        for path in sorted((folder / "build").rglob("*"))
        if path.is_file() and not path.relative_to(folder / "build").as_posix().startswith((".", "assets/"))
    }


def test_the_golden_site_is_built_as_reviewed(tmp_path: Path) -> None:
    made = built(tmp_path)
    kept = {
        path.relative_to(GOLDEN / "build").as_posix(): path.read_bytes()
        for path in sorted((GOLDEN / "build").rglob("*"))
        if path.is_file()
    }
    assert sorted(made) == sorted(kept)
    for path, data in made.items():
        assert data.decode() == kept[path].decode(), path


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        made = built(Path(folder))
    shutil.rmtree(GOLDEN / "build", ignore_errors=True)
    for path, data in made.items():
        target = GOLDEN / "build" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    sys.stdout.write(f"{len(made)} files\n")


if __name__ == "__main__":
    main()
