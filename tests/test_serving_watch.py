"""When the preview builds again: what counts as a change, and what is one burst of them."""

import errno
import logging
import os
import resource
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from watchdog.observers import Observer

from generator.serving import bursts, watching
from generator.serving.bursts import EVERYTHING, Changes
from generator.serving.mounts import is_remote
from generator.serving.watching import Watch, is_passing


@pytest.fixture
def root(tmp_path: Path) -> Path:
    site = tmp_path / "site"
    (site / "content/articles/2021").mkdir(parents=True)
    (site / "templates").mkdir()
    (site / "build").mkdir()
    (site / "site.yaml").write_text("title: x\n")
    (site / "content/articles/2021/a.md").write_text("a")
    return site


@pytest.fixture(params=[0, 0.05], ids=["notices", "polling"])
def changes(request: pytest.FixtureRequest, root: Path) -> Iterator[Changes]:
    """The changes of a watched site, as the system tells of them and by looking."""
    found = Changes(root)
    watch = Watch(root, found, poll=request.param)
    if request.param:
        time.sleep(0.1)  # the first look is what later ones are compared with
    yield found
    watch.stop()


def taken(changes: Changes, what: str) -> frozenset[str]:
    """All that is taken until `what` is among it."""
    found: frozenset[str] = frozenset()
    deadline = time.monotonic() + 20
    while what not in found and time.monotonic() < deadline:
        found |= changes.take(timeout=1)
    assert what in found, found
    return found


ARTICLE = "content/articles/2021/a.md"


def test_a_save_in_place_is_a_change(root: Path, changes: Changes) -> None:
    (root / ARTICLE).write_text("another")
    assert taken(changes, ARTICLE) == {ARTICLE}


def test_an_editor_that_replaces_the_file_is_heard(root: Path, changes: Changes) -> None:
    for beside in (".a.md.swp", "a.md.tmp", "4913"):
        new = root / "content/articles/2021" / beside
        new.write_text(f"by way of {beside}")
        os.replace(new, root / ARTICLE)
        assert taken(changes, ARTICLE) <= {ARTICLE, "content/articles/2021/a.md.tmp"}


def test_settings_and_templates_count_and_what_else_lies_about_does_not(root: Path, changes: Changes) -> None:
    for name in ("notes.txt", "build/index.html", "content/.x.md.swp", "content/x.md~", "content/#x.md#"):
        (root / name).write_text("x")
    (root / "templates/base.html").write_text("x")
    assert taken(changes, "templates/base.html") - {"templates/"} == {"templates/base.html"}
    (root / "site.yaml").write_text("title: another\n")
    assert taken(changes, "site.yaml") == {"site.yaml"}


def test_a_folder_renamed_away_and_back_is_heard_each_time(root: Path, changes: Changes) -> None:
    year, away = root / "content/articles/2021", root.parent / "away"
    year.rename(away)
    taken(changes, "content/articles/2021/")
    away.rename(year)
    taken(changes, ARTICLE)
    (root / ARTICLE).write_text("after all that")
    taken(changes, ARTICLE)


def test_the_sites_own_folders_are_followed_when_they_are_swapped(root: Path) -> None:
    changes = Changes(root)
    watch = Watch(root, changes)
    try:
        (root / "content").rename(root / "content.old")
        taken(changes, "content/")
        shutil.copytree(root / "content.old", root / "content.new")
        (root / "content.new").rename(root / "content")
        taken(changes, "content/")
        changes.take(timeout=0.3)
        (root / ARTICLE).write_text("after all that")
        assert taken(changes, ARTICLE) == {ARTICLE}
        shutil.rmtree(root / "templates")
        taken(changes, "templates/")
        (root / "templates/assets").mkdir(parents=True)
        (root / "templates/assets/style.css").write_text("x")
        taken(changes, "templates/")
        changes.take(timeout=0.3)
        (root / "templates/assets/style.css").write_text("y")
        taken(changes, "templates/assets/style.css")
    finally:
        watch.stop()


def test_reading_the_whole_site_is_no_change(root: Path) -> None:
    changes = Changes(root)
    watch = Watch(root, changes)
    for path in root.rglob("*.md"):
        path.read_bytes()
    assert changes.take(timeout=0.3) == frozenset()
    watch.stop()


def test_a_checkout_of_two_thousand_files_is_one_burst(root: Path) -> None:
    git = ["git", "-C", str(root), "-c", "user.name=x", "-c", "user.email=x@example.org"]
    subprocess.run([*git, "init", "-q", "-b", "main"], check=True)
    (root / ".gitignore").write_text("build\n")
    for number in range(2000):
        path = root / f"content/articles/{number % 40:02}/{number}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text("one")
    subprocess.run([*git, "add", "-A"], check=True)
    subprocess.run([*git, "commit", "-qm", "one"], check=True)
    for number in range(2000):
        (root / f"content/articles/{number % 40:02}/{number}.md").write_text("two!")
    subprocess.run([*git, "commit", "-qam", "two"], check=True)
    changes = Changes(root)
    watch = Watch(root, changes)
    found: list[frozenset[str]] = []
    thread = threading.Thread(target=lambda: found.append(changes.take(timeout=20)))
    thread.start()
    before = resource.getrusage(resource.RUSAGE_SELF)
    subprocess.run([*git, "checkout", "-q", "HEAD~1"], check=True)
    thread.join()
    after = resource.getrusage(resource.RUSAGE_SELF)
    watch.stop()
    assert len([path for path in found[0] if path.endswith(".md")]) == 2000
    assert changes.take(timeout=0.3) == frozenset()
    # Two thousand files make some eight thousand events; the bound only tells a loop that never rests.
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 5


# The bursts themselves.


def test_a_burst_waits_until_a_file_is_written_out(root: Path) -> None:
    changes = Changes(root)
    changes.note("a.md", is_open=True)
    threading.Timer(0.08, lambda: changes.note("a.md")).start()
    started = time.monotonic()
    assert changes.take() == {"a.md"}
    assert time.monotonic() - started >= 0.08


def test_a_file_that_came_and_went_is_no_change(root: Path) -> None:
    changes = Changes(root)
    changes.note("a.md.tmp", is_new=True)
    changes.note("a.md.tmp", is_gone=True)
    assert changes.take(timeout=0) == frozenset()
    changes.note("b.md", is_gone=True)
    changes.note("b.md", is_new=True)
    changes.note("b.md", is_gone=True)
    assert changes.take(timeout=0) == {"b.md"}


def test_a_burst_that_never_ends_is_taken_all_the_same(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bursts, "LONGEST", 0.2)
    monkeypatch.setattr(bursts, "SETTLED", 5)
    changes = Changes(root)
    changes.note("log.md")
    assert changes.take() == {"log.md"}


@pytest.mark.parametrize("lock", bursts.LOCKS)
def test_a_burst_lasts_while_the_version_control_is_at_work(root: Path, lock: str) -> None:
    path = root / lock
    path.parent.mkdir()
    path.touch()
    threading.Timer(0.15, path.unlink).start()
    changes = Changes(root)
    changes.note("a.md")
    assert changes.take() == {"a.md"}
    assert not path.exists()


def test_a_lock_that_was_left_behind_holds_up_nobody(root: Path) -> None:
    (root / ".git").mkdir()
    (root / ".git/index.lock").touch()
    os.utime(root / ".git/index.lock", (0, 0))
    changes = Changes(root)
    changes.note("a.md")
    started = time.monotonic()
    assert changes.take() == {"a.md"}
    assert time.monotonic() - started < bursts.LONGEST


def test_changes_that_were_lost_mean_everything(root: Path) -> None:
    changes = Changes(root)
    watch = Watch(root, changes)
    changes.note("a.md")
    logging.getLogger("watchdog.observers").warning("Inotify queue overflowed; filesystem events were lost")
    assert changes.take() == EVERYTHING
    watch.stop()


@pytest.mark.parametrize("name", [".x.swp", "x~", "#x#", "x.md.swp", "x.md___jb_tmp___", "4913", ".git"])
def test_what_editors_put_beside_is_passing(name: str) -> None:
    assert is_passing(f"content/{name}")


@pytest.mark.parametrize("name", ["x.md", "x.tmp", "4913.md", "a#b.md"])
def test_what_might_be_a_file_of_the_site_is_not_passing(name: str) -> None:
    assert not is_passing(f"content/{name}")


# Where the system does not tell.


@pytest.mark.parametrize(
    ("number", "told"), [(errno.ENOSPC, "max_user_watches"), (errno.EMFILE, "max_user_instances")]
)
def test_too_few_watches_are_told_and_files_are_looked_at_instead(
    root: Path, monkeypatch: pytest.MonkeyPatch, number: int, told: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, "inotify limit reached")

    with monkeypatch.context() as patched:
        patched.setattr(Observer, "schedule", refuse)
        patched.setattr(watching, "PollingObserver", watching.PollingObserver)
        changes = Changes(root)
        watch = Watch(root, changes)
    assert watch.problem is not None
    assert "the system lends too few watches to be told of changes" in str(watch.problem)
    assert told in str(watch.problem)
    assert str(watch.problem).endswith("[W124]")
    watch.stop()


def test_watches_missing_without_a_word_are_noticed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "_pause", lambda root: 0.05)
    monkeypatch.setattr(watching, "_BETWEEN_TRIES", 0)
    changes = Changes(root)
    watch = Watch(root, changes)
    assert watch.check()
    monkeypatch.setattr(watching, "watches_held", lambda: 2)
    assert not watch.check()
    assert watch.polls
    time.sleep(0.1)
    (root / ARTICLE).write_text("another")
    taken(changes, ARTICLE)
    watch.stop()


def test_another_error_of_the_system_is_not_hidden(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EIO, "broken")

    monkeypatch.setattr(Observer, "schedule", refuse)
    with pytest.raises(OSError, match="broken"):
        Watch(root, Changes(root))


MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/news /srv/news nfs4 rw 0 0
C:\\134 /mnt/c 9p rw 0 0
/dev/sdb1 /srv/news/local\\040disk ext4 rw 0 0
not a line
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/srv/news/site", "nfs4"),
        ("/srv/news", "nfs4"),
        ("/srv/newsroom", ""),
        ("/mnt/c/site", "9p"),
        ("/srv/news/local disk/site", ""),
        ("/home/x", ""),
    ],
)
def test_a_file_system_shared_with_others_is_known(tmp_path: Path, folder: str, kind: str) -> None:
    (tmp_path / "mounts").write_text(MOUNTS)
    assert is_remote(Path(folder), tmp_path / "mounts") == kind


def test_a_machine_without_such_a_table_has_none(tmp_path: Path) -> None:
    assert is_remote(tmp_path, tmp_path / "none") == ""


def test_on_a_shared_file_system_files_are_looked_at(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "is_remote", lambda root: "nfs4")
    watch = Watch(root, Changes(root))
    assert watch.polls
    assert "lies on a nfs4 file system" in str(watch.problem)
    watch.stop()
