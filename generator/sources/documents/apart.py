"""Reading a document in a process of its own, so that nothing in it takes more than its share."""

import json
import resource
import subprocess
import sys
from typing import Any

CPU_SECONDS = 30
"""The time of a processor that one document may take."""

WALL_SECONDS = 120
"""The time by the clock that one document may take, on a machine that is busy with others."""

MEMORY = 1536 * 1024 * 1024
"""The most bytes of memory that reading one document may take."""

ANSWER_LIMIT = 256 * 1024 * 1024
"""The most bytes of what is read in one document, its pictures included."""


class Unreadable(Exception):
    """Why a document cannot be read, in words for its owner."""


def read_apart(worker: str, data: bytes) -> dict[str, Any]:
    """What the module `worker`, run as a program, says of a document: the JSON object it prints.

    The document is its standard input. Raises Unreadable when it fails, or takes too much of anything.
    """
    # -P: no module is taken from the folder in which the import was started.
    command = [sys.executable, "-P", "-m", worker]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=WALL_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise Unreadable("it takes too long to read") from None
    except OSError as error:
        raise Unreadable(f"no process could be started: {error.strerror}") from error
    if done.returncode:
        raise Unreadable(_reason(done.returncode, done.stderr.decode("utf-8", "replace")))
    if len(done.stdout) > ANSWER_LIMIT:
        raise Unreadable(f"it holds more than {ANSWER_LIMIT:,} bytes of text and pictures")
    try:
        found = json.loads(done.stdout)
    except ValueError:
        raise Unreadable("the program that reads it broke off") from None
    return found if isinstance(found, dict) else {}


def limit() -> None:
    """Called by a worker before it reads: no more time and memory than one document may take."""
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, hard))
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, hard))


def answer(found: dict[str, Any]) -> None:
    """Called by a worker when it has read: print what it found."""
    sys.stdout.write(json.dumps(found))
    sys.stdout.flush()


def _reason(code: int, told: str) -> str:
    last = next((line.strip() for line in reversed(told.splitlines()) if line.strip()), "")
    if code < 0:
        return "it takes too long to read" if -code in {9, 24} else "the program that reads it broke off"
    if "MemoryError" in last:
        return f"it needs more than {MEMORY // 1024**2:,} MB of memory"
    if "RecursionError" in last:
        return "it is nested too deep"
    return last.partition(": ")[2][:200] or last[:200] or "the program that reads it broke off"
