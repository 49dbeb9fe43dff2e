"""Work shared out among processes: whoever asked for it is gone, and so are they."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

ASKS = """
import os, signal, sys, threading
from generator.sharing import Workers
if __name__ == "__main__":
    if sys.argv[1] == "threads":
        threading.Thread(target=threading.Event().wait, daemon=True).start()
    with Workers(None, 2, []) as workers:
        print(workers.executor(10_000).submit(os.getpid).result(), flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
"""


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except OSError:
        return False
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize("kind", ["alone", "threads"])
def test_workers_end_with_a_process_that_is_killed(tmp_path: Path, kind: str) -> None:
    program = tmp_path / "asks.py"
    program.write_text(ASKS)
    folder = str(Path(__file__).parent.parent)
    done = subprocess.run(
        [sys.executable, str(program), kind],
        env={**os.environ, "PYTHONPATH": folder},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    worker = int(done.stdout)
    end = time.monotonic() + 30
    while is_alive(worker) and time.monotonic() < end:
        time.sleep(0.05)
    assert not is_alive(worker)
