"""A process that builds sites on request and can be killed: `python tests/killed.py`, driven by a test.

Each line of standard input is JSON: {"root", "jobs", "after"}. A child is forked from this process, whose
modules are loaded and templates compiled, and builds the site; after so many seconds it is sent SIGKILL, alone,
as `kill -9` does.
Each answer is one line: how many seconds it ran, and whether it had come to its end.
"""

import json
import os
import shutil
import signal
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parent.parent))

from generator.build import build
from generator.config import load_site
from generator.outcome import Options

NOW = datetime(2024, 6, 1, tzinfo=UTC)


def build_in_child(root: Path, jobs: int) -> int:
    """Fork a child that builds a site; its process id."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            build(load_site(root), Options(output=root / "build", now=NOW, jobs=jobs))
            status = 0
        finally:
            os._exit(status)
    return child


def build_elsewhere(root: Path) -> None:
    """Build a copy of a site in this process, so that the templates of all that is forked from it are compiled:
    half of what a small build costs."""
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "site"
        shutil.copytree(root, copy, ignore=shutil.ignore_patterns("build", ".morgue"))
        build(load_site(copy), Options(output=copy / "build", now=NOW, jobs=1))


def main() -> None:
    first = True
    for line in sys.stdin:
        asked = json.loads(line)
        if first:
            build_elsewhere(Path(asked["root"]))
            first = False
        started = time.monotonic()
        child = build_in_child(Path(asked["root"]), asked["jobs"])
        end = started + asked["after"]
        done = 0
        while not done and time.monotonic() < end:
            done, status = os.waitpid(child, os.WNOHANG)
            time.sleep(0.0005)
        if not done:
            os.kill(child, signal.SIGKILL)
            _, status = os.waitpid(child, 0)
        ended = os.WIFEXITED(status)
        if ended and os.WEXITSTATUS(status):
            sys.exit("the build failed")
        print(json.dumps([time.monotonic() - started, ended]), flush=True)


if __name__ == "__main__":
    main()
