"""The same articles as sites to measure: Hugo's, and Morgue's with the same pages or with all.

Nothing is ever deleted: on ext4 every file made within minutes of a mass deletion is several times as slow to
make, and the next run would pay. What is in the way is moved to the trash of the work folder.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
MARK = "Edit {} of the body."


@dataclass(frozen=True, slots=True, kw_only=True)
class BenchSite:
    """A site laid out. `caches` are the paths beside the output that a cold build must not find."""

    name: str  # "morgue", "morgue, all pages", "hugo"
    root: Path
    articles: Path
    output: Path
    caches: tuple[Path, ...]
    build: tuple[str, ...]
    serve: tuple[str, ...]
    ready: str  # what the server says when it serves and watches
    trash: Path

    def clear(self) -> None:
        """Move what earlier builds made out of the way."""
        for path in (self.output, *self.caches):
            move_away(path, self.trash)

    def middle(self) -> Path:
        """The article that is edited: of the middle of the archive."""
        files = sorted(self.articles.glob("20*/*/[!_]*.md"))
        return files[len(files) // 2]

    def address(self) -> str:
        """Where the built site has that article."""
        return f"/articles/{self.middle().relative_to(self.articles).with_suffix('').as_posix()}/"

    def edit(self, number: int) -> str:
        """Give its body another last sentence, and return that."""
        file = self.middle()
        text = re.sub(r"\n" + MARK.format(r"\d+") + r"\n", "", file.read_text(encoding="utf-8"))
        sentence = MARK.format(number)
        file.write_text(f"{text}\n{sentence}\n", encoding="utf-8")
        return sentence


def morgue(articles: Path, work: Path, *, everything: bool) -> BenchSite:
    """Morgue's site: with `everything` as it comes, else with the pages and the page contents of Hugo's."""
    name = "morgue, all pages" if everything else "morgue"
    root = work / ("all" if everything else "same")
    _lay(root, articles, root / "content" / "articles", work / "trash")
    if everything:
        lines = (HERE / "hugo_like" / "site.yaml").read_text(encoding="utf-8").splitlines(keepends=True)
        settings = "".join(line for line in lines if not line.startswith("omit"))
        (root / "site.yaml").write_text(settings, encoding="utf-8")
    else:
        shutil.copytree(HERE / "hugo_like", root, dirs_exist_ok=True)
    program = str(Path(sys.executable).with_name("morgue"))
    return BenchSite(
        name=name,
        root=root,
        articles=root / "content" / "articles",
        output=root / "build",
        caches=(root / ".morgue",),
        build=(program, "build"),
        serve=(program, "serve"),
        ready="Serving at",
        trash=work / "trash",
    )


def hugo(articles: Path, work: Path, layouts: Path, program: Path) -> BenchSite:
    """Hugo's site from a folder of settings and layouts; a prepare.py there is run on the site laid out."""
    root = work / "hugo"
    _lay(root, articles, root / "content" / "articles", work / "trash")
    shutil.copytree(layouts, root, dirs_exist_ok=True)
    if (root / "prepare.py").is_file():
        subprocess.run([sys.executable, str(root / "prepare.py"), str(root)], check=True)
    return BenchSite(
        name="hugo",
        root=root,
        articles=root / "content" / "articles",
        output=root / "public",
        caches=(root / "resources",),
        build=(str(program), "--quiet"),
        serve=(str(program), "server", "--disableLiveReload", "--noHTTPCache"),
        ready="Web Server is available",
        trash=work / "trash",
    )


def move_away(path: Path, trash: Path) -> None:
    """Move a file or folder into the trash, where it is there."""
    if os.path.lexists(path):
        trash.mkdir(parents=True, exist_ok=True)
        path.rename(trash / f"{time.monotonic_ns()}-{path.name}")


def _lay(root: Path, articles: Path, target: Path, trash: Path) -> None:
    move_away(root, trash)
    target.parent.mkdir(parents=True)
    shutil.copytree(articles, target)
