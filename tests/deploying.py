"""What the tests of deploying share: a small site in several states, a shelf as a target, and a crawler."""

import re
import shutil
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from generator.build import build
from generator.config import load_site
from generator.core.site import Destination
from generator.deploy.engine import Outcome, Wishes, deploy
from generator.deploy.stored import Stored, stored
from generator.deploy.target import Manner, Target, TargetError, Upload
from generator.outcome import Options
from generator.output.encode import digest

NOW = datetime(2024, 9, 2, 8, tzinfo=UTC)
URL = "https://gazette.example/"
HEAD = f"title: The Sandmouth Gazette\nurl: {URL}\n"
NAMES = ("Una Marsh", "Ivo Pell", "Ada Quint", "Orla Tey")


def article(title: str, day: int, body: str = "", **front: str) -> str:
    more = "".join(f"{key}: {value}\n" for key, value in front.items())
    people = ", ".join((NAMES[day % 4], NAMES[(day + 1) % 4]))
    return (
        f"---\ntitle: {title}\npublished: 2024-05-{day:02}T08:00\npeople: [{people}]\ntags: [Harbour {day % 3}]\n"
        f"{more}---\n\n{body or f'{NAMES[day % 4]} spoke on day {day}.'}\n"
    )


def make_site(root: Path, settings: str = "", articles: int = 8) -> Path:
    """A site of some articles of an invented town, with a picture and an authority record."""
    for day in range(1, articles + 1):
        write(root / f"content/articles/2024/05/story-{day}.md", article(f"Story {day}", day))
    write(
        root / "content/entities/people/una-marsh.md",
        "---\nname: Una Marsh\naliases: [Mrs Marsh]\n---\n\nA pilot.\n",
    )
    write(root / "content/media/wall.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>')
    write(root / "content/pages/about.md", "---\ntitle: About\n---\n\nAn [account](/2024/05/story-1/).\n")
    write(root / "site.yaml", HEAD + settings)
    return root


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def built(root: Path) -> Path:
    """The site's build, brought up to date."""
    build(load_site(root), Options(output=root / "build", now=NOW))
    return root / "build"


def states(root: Path, settings: str = "") -> list[Path]:
    """The build folders of one site at four times: articles edited, added, renamed, and taken away."""
    site = make_site(root / "site", settings)
    stories = site / "content/articles/2024/05"
    changes: list[Callable[[], object]] = [
        lambda: None,
        lambda: (
            write(
                stories / "story-2.md",
                article("Story 2", 2, "Una Marsh spoke again. ![Wall](/media/gate.svg)"),
            ),
            write(site / "content/media/gate.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>'),
            write(stories / "story-9.md", article("Story 9", 9, "See [the first](/2024/05/story-1/).")),
        ),
        lambda: (
            write(stories / "story-3.md", article("Story 3", 3, slug="the-third-story")),
            (stories / "story-9.md").unlink(),
            write(stories / "story-8.md", article("Story 8", 8, "Una Marsh left.", tags2="[x]")),
        ),
        lambda: (
            shutil.rmtree(site / "content/entities"),
            (stories / "story-1.md").unlink(),
            write(site / "content/pages/about.md", "---\ntitle: About\n---\n\nNothing.\n"),
            write(stories / "story-10.md", article("Story 10", 10)),
        ),
    ]
    found: list[Path] = []
    for number, change in enumerate(changes):
        change()
        found.append(Path(shutil.copytree(built(site), root / f"state-{number}")))
    return found


def bring(
    target: Target,
    folder: Path,
    scratch: Path,
    destination: Destination | None = None,
    **wishes: bool,
) -> Outcome:
    """Deploy a build folder."""
    to = destination or Destination(name="production", to="shelf://x")
    files = stored(folder, to, target.manner)
    return deploy(target, to, files, folder, scratch, Wishes(**wishes))


def files_of(folder: Path) -> dict[str, Stored]:
    return stored(folder, Destination(name="production", to="x"), Manner())


def plain(folder: Path) -> dict[str, bytes]:
    """The files of a build as visitors get them."""
    return {path: (folder / path).read_bytes() for path in files_of(folder)}


class Killed(BaseException):
    """What ends a deploy as a kill would: nothing of ours catches it."""


@dataclass(slots=True)
class Shelf:
    """A target in memory, which tells before each call that changes it, and may be made to fail."""

    files: dict[str, bytes] = field(default_factory=dict)
    manner: Manner = field(default_factory=lambda: Manner(lanes=1))
    before: Callable[[str, str], None] = lambda verb, path: None
    calls: list[tuple[str, str]] = field(default_factory=list)
    fail: list[TargetError] = field(default_factory=list)

    def _call(self, verb: str, path: str) -> None:
        self.calls.append((verb, path))
        if self.fail:
            raise self.fail.pop(0)
        if verb in {"put", "remove"}:
            self.before(verb, path)

    def read(self, path: str) -> bytes | None:
        self._call("read", path)
        return self.files.get(path)

    def names(self, folder: str) -> Sequence[str]:
        self._call("names", folder)
        return [path.rpartition("/")[2] for path in self.files if path.rpartition("/")[0] == folder]

    def put(self, files: Sequence[Upload]) -> Mapping[str, str]:
        for file in files:
            self._call("put", file.path)
            self.files[file.path] = file.read()
        return {file.path: self.mark_of(file) for file in files}

    def remove(self, paths: Sequence[str]) -> None:
        for path in paths:
            self._call("remove", path)
            self.files.pop(path, None)

    def marks(self, paths: Collection[str]) -> Mapping[str, str]:
        self._call("marks", "")
        return {path: digest(self.files[path]) for path in paths if path in self.files}

    def mark_of(self, file: Upload) -> str:
        return digest(file.read())

    def commit(self, message: str) -> None:
        pass

    def close(self) -> None:
        pass

    def site(self) -> dict[str, bytes]:
        """What visitors see."""
        return {path: data for path, data in self.files.items() if not path.startswith(".morgue-deploy/")}


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if value and name in {"href", "src"} and not (tag == "link" and ("rel", "canonical") in attrs):
                self.found.append(value)
            elif tag == "meta" and name == "content" and value and value.startswith("0; url="):
                self.found.append(value.removeprefix("0; url="))


@lru_cache(maxsize=4096)
def links(data: bytes) -> tuple[str, ...]:
    """Everything that a page leads to, shows, or sends its reader on to."""
    parser = _Links()
    parser.feed(data.decode("utf-8", "replace"))
    return tuple(dict.fromkeys(parser.found))


def broken(get: Callable[[str], bytes | None]) -> list[str]:
    """What a crawler that starts at the front page finds missing, as "page → link"; none before there is one.

    `get` returns the bytes at a path of the site, "" and "a/" for folders.
    """
    waiting, seen, found = ["/"], {"/"}, []
    if get("") is None:
        return []
    while waiting:
        page = waiting.pop()
        data = get(unquote(page[1:]))
        if data is None:
            found.append(page)
            continue
        if not re.match(rb"\s*<!doctype html", data, re.IGNORECASE):
            continue
        for link in links(data):
            full = urldefrag(urljoin(URL.rstrip("/") + page, link))[0]
            path = urlsplit(full).path
            if full.startswith(URL) and path not in seen:
                seen.add(path)
                waiting.append(path)
    return found


def shelf_get(shelf: Shelf) -> Callable[[str], bytes | None]:
    """A visitor's requests of what lies on a shelf."""
    return lambda path: shelf.files.get(path + "index.html" if not path or path.endswith("/") else path)
