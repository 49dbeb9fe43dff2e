"""What is published stays whole: builds killed at any moment, disks that are full or closed, caches that lie.

A page is whole when it holds the bytes of the site before the build or those of the site after it. A reader who
comes from a page that was there before the build meets no link that leads nowhere, whenever the build is killed.
"""

import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest
from test_rebuild import article, article_path, build_at, cold_tree, make_site, tree, write

from generator.core.problems import SiteError
from generator.output.program import program_digest

KILLS = int(os.environ.get("MORGUE_KILLS", "50"))
ARTICLES = int(os.environ.get("MORGUE_KILL_ARTICLES", "16"))
CREW = 160
"""Articles for which a build starts processes."""

ENVIRONMENT = {**os.environ, "SOURCE_DATE_EPOCH": "1717200000"}
HREF = re.compile(rb'(?:href|src)="(/[^"#?]*)')

Ask = Callable[[Path, int, float], tuple[float, bool]]


@pytest.fixture(scope="module")
def killed_after() -> Iterator[Ask]:
    """Builds a site in a process that is killed after so many seconds: how long it ran, and whether to its end."""
    program_file = Path(__file__).with_name("killed.py")
    with subprocess.Popen(
        [sys.executable, str(program_file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin and process.stdout
        asking, answers = process.stdin, process.stdout

        def ask(root: Path, jobs: int, after: float) -> tuple[float, bool]:
            asking.write(json.dumps({"root": str(root), "jobs": jobs, "after": after}) + "\n")
            asking.flush()
            seconds, ended = json.loads(answers.readline())
            return seconds, ended

        yield ask
        asking.close()


def articles_of(root: Path, random: Random, total: int) -> None:
    for number in range(total):
        text = article(random, number).replace("status: draft", "status: published")
        write(root, article_path(number), text)


def versions_of_a_site(folder: Path, total: int) -> list[Path]:
    """The same site with other articles, with more and fewer of them, and under another title."""
    names = [folder / name for name in ("first", "edited", "fewer", "titled")]
    for number, root in enumerate(names):
        make_site(root, Random(5))
        shutil.rmtree(root / "content/articles")
        articles_of(root, Random(6), total - (total // 3 if root.name == "fewer" else 0))
        if root.name == "edited":
            articles_of(root, Random(7), total // 2)
        if root.name == "titled":
            settings = root / "site.yaml"
            settings.write_text(settings.read_text().replace("title: Test", f"title: Test {number}"))
    return names


def put_version(version: Path, root: Path) -> None:
    """Make a site's content and settings those of a version."""
    shutil.rmtree(root / "content", ignore_errors=True)
    shutil.copytree(version / "content", root / "content")
    shutil.copy(version / "site.yaml", root / "site.yaml")


def dead_links(now: Mapping[str, bytes], start: set[str]) -> set[tuple[str, str]]:
    """Links that lead nowhere on the pages that a reader can come to from some pages."""
    waiting, seen, dead = sorted(start), set(start), set()
    while waiting:
        page = waiting.pop()
        for found in HREF.findall(now[page]) if page.endswith(".html") else ():
            path = found.decode().lstrip("/")
            file = path + "index.html" if path.endswith("/") or not path else path
            if file not in now:
                dead.add((page, file))
            elif file not in seen:
                seen.add(file)
                waiting.append(file)
    return dead


def published(root: Path) -> dict[str, bytes]:
    """The files of the output that are a site's own; a build that was killed leaves others that begin with a dot."""
    return {path: data for path, data in tree(root / "build").items() if not path.startswith(".morgue")}


class Version:
    """A state of a site: its content, what a build makes of it, and the links that lead nowhere by its own fault."""

    def __init__(self, root: Path, elsewhere: Path) -> None:
        self.root = root
        made = cold_tree(root, elsewhere)
        self.made = {path: data for path, data in made.items() if not path.startswith(".morgue")}
        self.dead = {file for _, file in dead_links(self.made, set(self.made))}


def assert_whole(now: Mapping[str, bytes], before: Version, after: Version) -> None:
    """Every page is one of the site before or after, none that both have is missing, and no link is dead."""
    old, new = before.made, after.made
    assert [path for path, data in now.items() if data not in (old.get(path), new.get(path))] == []
    assert [path for path in old if path in new and path not in now] == []
    going = old.keys() - new.keys()
    if going - now.keys():
        # They are being taken away one by one, after all that stays is as it will be: a reader of one of them
        # may meet another that went before it.
        old = {path: data for path, data in old.items() if path not in going}
    dead = dead_links(now, {path for path in old if path in now})
    assert {(page, file) for page, file in dead if file not in before.dead | after.dead} == set()


def test_a_build_killed_at_any_moment_leaves_whole_pages_and_the_next_makes_the_site(
    tmp_path: Path, killed_after: Ask
) -> None:
    random, root = Random(8), tmp_path / "site"
    versions = [Version(each, tmp_path / "cold") for each in versions_of_a_site(tmp_path, ARTICLES)]
    at, stopped = versions[0], 0
    put_version(at.root, root)
    longest, _ = killed_after(root, 1, 600)
    assert published(root) == at.made
    for _ in range(KILLS):
        to = random.choice([each for each in versions if each is not at])
        put_version(to.root, root)
        stopped += not killed_after(root, 1, random.random() * longest * 0.7)[1]
        assert_whole(published(root), at, to)
        killed_after(root, 1, 600)
        assert published(root) == to.made
        at = to
    assert stopped > KILLS // 3


def test_workers_of_a_killed_build_do_the_next_no_harm(tmp_path: Path, killed_after: Ask) -> None:
    random, root = Random(9), tmp_path / "site"
    versions = [Version(each, tmp_path / "cold") for each in versions_of_a_site(tmp_path, CREW)[::3]]
    at, other = versions
    put_version(at.root, root)
    longest, _ = killed_after(root, 2, 600)
    for _ in range(KILLS // 25):
        put_version(other.root, root)
        killed_after(root, 2, random.random() * longest)
        assert_whole(published(root), at, other)
        killed_after(root, 2, 600)
        assert published(root) == other.made
        at, other = other, at


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Version, Version]:
    """A site built, then changed: where it is, what was published, and what is to be."""
    folder = tmp_path_factory.mktemp("changed")
    before, after = (Version(each, folder / "cold") for each in versions_of_a_site(folder, 12)[::3])
    root = folder / "site"
    put_version(before.root, root)
    build_at(root, root / "build")
    put_version(after.root, root)
    shutil.copytree(root, folder / "kept")
    return root, before, after


@pytest.fixture
def changed(prepared: tuple[Path, Version, Version]) -> tuple[Path, Version, Version]:
    """The same, at the same place, whatever an earlier test made of it."""
    root = prepared[0]
    shutil.rmtree(root)
    shutil.copytree(root.with_name("kept"), root)
    return prepared


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """Let this process write no larger files: the system then refuses, as it does when a disk is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, handler)


@pytest.mark.parametrize("size", [0, 2_000, 6_000])
def test_a_disk_that_takes_no_more_leaves_the_published_site_whole(
    changed: tuple[Path, Version, Version], size: int
) -> None:
    root, before, after = changed
    with files_of_at_most(size), pytest.raises(SiteError, match="cannot be written: File too large"):
        build_at(root, root / "build")
    assert_whole(published(root), before, after)
    build_at(root, root / "build")
    assert published(root) == after.made


@pytest.mark.parametrize("room", [12, 60, 150])
def test_a_file_system_that_is_really_full_leaves_the_published_site_whole(
    changed: tuple[Path, Version, Version], room: int
) -> None:
    """`room` is what is left on it, in blocks of 4 KiB."""
    root, before, after = changed
    built = root / "build"
    kept = root.with_name("built")
    shutil.copytree(built, kept, dirs_exist_ok=True)
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", built], capture_output=True)
    if made.returncode:
        pytest.skip("a small file system can only be mounted by root")
    try:
        shutil.copytree(kept, built, dirs_exist_ok=True, copy_function=shutil.copy2)
        status = os.statvfs(built)
        used = (status.f_blocks - status.f_bfree) * status.f_frsize // 1024
        remount = ["mount", "-o", f"remount,size={used + room * 4}k", built]
        subprocess.run(remount, check=True)
        with pytest.raises(SiteError, match=r"cannot be written: No space left on device.*\[E704\]"):
            build_at(root, built)
        assert_whole(published(root), before, after)
        subprocess.run(["mount", "-o", "remount,size=64m", built], check=True)
        build_at(root, built)
        assert published(root) == after.made
    finally:
        subprocess.run(["umount", built], check=True)
        shutil.rmtree(kept)


def test_an_output_that_may_not_be_written_is_told_and_left_as_it_is(
    changed: tuple[Path, Version, Version],
) -> None:
    root, before, after = changed
    # Root may write everywhere; without the capability to override permissions it may not.
    unprivileged = ["setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner"]
    command = [sys.executable, "-m", "generator.cli", "build", "--site", str(root), "--jobs", "1"]
    folders = [root / "build", *(path for path in (root / "build").rglob("*") if path.is_dir())]
    for folder in folders:
        folder.chmod(0o555)
    try:
        as_user = command if os.geteuid() else [*unprivileged, *command]
        done = subprocess.run(as_user, capture_output=True, text=True, check=False, env=ENVIRONMENT)
    finally:
        for folder in folders:
            folder.chmod(0o755)
    assert done.returncode == 2
    assert "cannot be written: Permission denied" in done.stderr and "[E704]" in done.stderr
    assert published(root) == before.made
    build_at(root, root / "build")
    assert published(root) == after.made


def halved(data: bytes) -> bytes:
    return data[: len(data) // 2]


def flipped(data: bytes) -> bytes:
    middle = len(data) // 2
    return data[:middle] + bytes(255 - byte for byte in data[middle : middle + 64]) + data[middle + 64 :]


@pytest.mark.parametrize(
    "damage",
    [None, lambda _: b"", halved, flipped, lambda data: b"x" * len(data), lambda data: data + b"more"],
    ids=["deleted", "empty", "halved", "flipped", "overwritten", "lengthened"],
)
def test_a_damaged_cache_never_makes_another_site(
    changed: tuple[Path, Version, Version], damage: Callable[[bytes], bytes] | None
) -> None:
    root, _, after = changed
    for path in [path for path in (root / ".morgue").rglob("*") if path.is_file()]:
        if damage is None:
            path.unlink()
        else:
            path.write_bytes(damage(path.read_bytes()))
    build_at(root, root / "build")
    assert published(root) == after.made
    build_at(root, root / "build")
    assert published(root) == after.made


def test_the_cache_of_another_version_of_the_program_is_not_believed(
    changed: tuple[Path, Version, Version], monkeypatch: pytest.MonkeyPatch
) -> None:
    root, _, after = changed
    program_digest.cache_clear()
    monkeypatch.setattr("generator.output.program.digest", lambda *_: "another")
    build_at(root, root / "build")
    monkeypatch.undo()
    program_digest.cache_clear()
    build_at(root, root / "build")
    assert published(root) == after.made
