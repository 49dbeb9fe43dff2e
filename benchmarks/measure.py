"""Commands measured: wall and processor time, and memory, of all the processes they start (Linux).

A pool's workers may be forked by a server that its starter does not wait for, so `time` misses them. Here the
measuring process adopts every orphan (prctl PR_SET_CHILD_SUBREAPER) and adds up what the kernel tells of each
process when it is reaped. Memory is the sum over the tree of proportional set sizes, pages shared by several
counted once (PSS, /proc/PID/smaps_rollup), sampled; sampling costs time, so such a run is not timed.
"""

import ctypes
import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PR_SET_CHILD_SUBREAPER = 36
SAMPLE = 0.02  # seconds between two looks at the memory


class Failed(Exception):
    """A measured command ended with an error; the text is the end of what it said."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds by the clock and of processors, and processor seconds that the rest of the machine used."""

    wall: float
    cpu: float
    others: float


def adopt_orphans() -> None:
    """Be the parent of all descendants whose own parent ends."""
    if ctypes.CDLL(None, use_errno=True).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "prctl PR_SET_CHILD_SUBREAPER")


def run(
    command: Sequence[str], folder: Path, log: Path, environment: Mapping[str, str] | None = None
) -> Cost:
    """Run a command in a folder and wait for it and all it left behind; raises Failed."""
    adopt_orphans()
    with log.open("wb") as out:
        os.sync()
        before, started = busy(), time.monotonic()
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
        )
        cpu, wall = 0.0, 0.0
        while True:
            try:
                pid, status, used = os.wait4(-1, 0)
            except ChildProcessError:
                break
            cpu += used.ru_utime + used.ru_stime
            if pid == process.pid:
                wall = time.monotonic() - started
                process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise Failed(f"{' '.join(command)}: {process.returncode}\n{log.read_text(errors='replace')[-2000:]}")
    return Cost(wall, cpu, max(0.0, busy() - before - cpu))


def peak_memory(command: Sequence[str], folder: Path, log: Path) -> int:
    """The most bytes that a command and all its processes had in memory at one time; raises Failed."""
    watcher = MemoryWatch(os.getpid())
    with watcher:
        run(command, folder, log)
    return watcher.peak


class MemoryWatch:
    """While open, samples the memory of all descendants of a process; `peak` in bytes."""

    def __init__(self, root: int) -> None:
        self.root, self.peak = root, 0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> "MemoryWatch":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._done.wait(SAMPLE):
            self.peak = max(self.peak, sum(map(proportional, descendants(self.root))))


def descendants(root: int) -> list[int]:
    """The processes that a process started, and theirs."""
    children: dict[int, list[int]] = {}
    for entry in os.listdir("/proc"):
        if entry.isdecimal():
            try:
                stat = Path("/proc", entry, "stat").read_text()
            except OSError:
                continue  # it has ended
            children.setdefault(int(stat.rpartition(")")[2].split()[1]), []).append(int(entry))
    found, waiting = [], [root]
    while waiting:
        new = children.get(waiting.pop(), [])
        found += new
        waiting += new
    return found


def proportional(pid: int) -> int:
    """The proportional set size of a process in bytes; 0 where it has ended."""
    try:
        rolled = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    return 1024 * sum(int(line.split()[1]) for line in rolled.splitlines() if line.startswith("Pss:"))


def busy() -> float:
    """Processor seconds that the whole machine has worked since it started."""
    values = [int(value) for value in Path("/proc/stat").read_text().partition("\n")[0].split()[1:9]]
    return (sum(values) - values[3] - values[4]) / os.sysconf("SC_CLK_TCK")


def quiet(limit: float) -> None:
    """Wait, at most so many seconds, for one in which hardly anybody uses the processors."""
    end = time.monotonic() + limit
    while time.monotonic() < end:
        before = busy()
        time.sleep(1)
        if busy() - before < 0.1:
            return


if __name__ == "__main__":
    cost = run(sys.argv[1:], Path.cwd(), Path(os.devnull))
    print(f"wall {cost.wall:.2f} s, cpu {cost.cpu:.2f} s, others {cost.others:.2f} s", file=sys.stderr)
    peak = peak_memory(sys.argv[1:], Path.cwd(), Path(os.devnull))
    print(f"peak memory of a second run {peak / 1e6:.0f} MB", file=sys.stderr)
