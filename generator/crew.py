"""Work shared out among processes that all know the same things."""

import gc
import os
import pickle
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache, partial
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from generator.core.frozen import dataclass

if TYPE_CHECKING:
    from concurrent.futures import Executor

FEW = 3
"""Tasks below which starting processes costs more than it saves."""

MANY = 20
"""The same in a process that cannot be forked, so that what is shared has to be sent."""

Shared = TypeVar("Shared")
Task = TypeVar("Task")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class Crew:
    """Who does the work: `jobs` processes of this machine, or an executor that was given.

    An executor elsewhere finds what is shared in a file below `folder`, which it must be able to read.
    """

    jobs: int = 1
    executor: "Executor | None" = None
    folder: Path | None = None

    def run(
        self, work: Callable[[Shared, Task], Result], shared: Shared, tasks: Sequence[Task]
    ) -> Iterator[Result]:
        """`work(shared, task)` for each task, in the order of the tasks; a few are held at a time."""
        if self.executor is not None and self.folder is not None and len(tasks) >= FEW:
            yield from self._elsewhere(work, shared, tasks, self.executor, self.folder)
        elif self.jobs < 2 or len(tasks) < FEW:
            yield from (work(shared, task) for task in tasks)
        elif threading.active_count() == 1:
            yield from self._forked(work, shared, tasks)
        elif self.folder is None or len(tasks) < MANY:
            yield from (work(shared, task) for task in tasks)
        else:
            # A process with threads is not forked: a lock that another thread holds would stay held for ever.
            yield from self._served(work, shared, tasks, self.folder)

    def _forked(
        self, work: Callable[[Shared, Task], Result], shared: Shared, tasks: Sequence[Task]
    ) -> Iterator[Result]:
        """Processes forked here and now: what is shared is theirs without being sent."""
        # Loading these takes a tenth of the time of a build that has nothing to share out.
        from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415
        from multiprocessing import get_context  # noqa: PLC0415

        from generator.sharing import in_order  # noqa: PLC0415

        # What is there already is no garbage: looking through it would copy every page of its memory.
        gc.freeze()
        alive, kept = os.pipe()
        try:
            with ProcessPoolExecutor(
                min(self.jobs, len(tasks)),
                mp_context=get_context("fork"),
                initializer=_join,
                initargs=(shared, alive, kept),
            ) as pool:
                for _, result in in_order(partial(_with_held, work), tasks, pool, 4 * self.jobs):
                    yield result
        finally:
            os.close(alive)
            os.close(kept)

    def _served(
        self, work: Callable[[Shared, Task], Result], shared: Shared, tasks: Sequence[Task], folder: Path
    ) -> Iterator[Result]:
        """Processes of a server that has our modules loaded: what is shared they read from a file."""
        from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - as above
        from multiprocessing import get_context  # noqa: PLC0415

        from generator.sharing import outlive_nobody  # noqa: PLC0415 - as above

        context = get_context("forkserver")
        context.set_forkserver_preload(["generator.whole"])
        jobs = min(self.jobs, len(tasks))
        with ProcessPoolExecutor(jobs, mp_context=context, initializer=outlive_nobody) as pool:
            yield from self._elsewhere(work, shared, tasks, pool, folder)

    def _elsewhere(
        self,
        work: Callable[[Shared, Task], Result],
        shared: Shared,
        tasks: Sequence[Task],
        executor: "Executor",
        folder: Path,
    ) -> Iterator[Result]:
        from generator.sharing import in_order  # noqa: PLC0415 - as above

        data = pickle.dumps(shared, protocol=pickle.HIGHEST_PROTOCOL)
        file = folder / f"shared-{blake2b(data, digest_size=16).hexdigest()}"
        temporary = file.with_suffix(".new")
        temporary.write_bytes(data)
        os.replace(temporary, file)
        try:
            for _, result in in_order(partial(_with_file, work, str(file)), tasks, executor, 4 * self.jobs):
                yield result
        finally:
            file.unlink(missing_ok=True)


@contextmanager
def unswept() -> Iterator[None]:
    """Work that makes many objects to be kept: looking among them for garbage in circles finds none."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.unfreeze()
        if was:
            gc.enable()


_HELD: list[Any] = []
"""In a forked process: what it shares with those beside it."""

SELDOM = 50_000
"""New objects between two looks for garbage in circles, in a process whose work makes little of it."""


def _join(shared: Any, alive: int, kept: int) -> None:
    """Be one of a crew: know what it shares, and end when the process that asked for it does.

    Nobody writes to the pipe, whose other end only that process keeps open: when it is killed, reading ends.
    Else the workers would wait for ever, and keep the memo locked for every later build.
    """
    _HELD.append(shared)
    gc.set_threshold(SELDOM, 50, 100)
    gc.enable()
    os.close(kept)
    threading.Thread(target=_end_with, args=(alive,), daemon=True).start()


def _end_with(alive: int) -> None:
    os.read(alive, 1)
    os._exit(1)


def _with_held(work: Callable[[Any, Task], Result], task: Task) -> Result:
    return work(_HELD[-1], task)


def _with_file(work: Callable[[Any, Task], Result], file: str, task: Task) -> Result:
    return work(_loaded(file), task)


@lru_cache(maxsize=1)
def _loaded(file: str) -> Any:
    """What is shared, read once by each process; the file's name is its digest, so it cannot be another's."""
    data = Path(file).read_bytes()
    if blake2b(data, digest_size=16).hexdigest() != file.rpartition("-")[2]:
        raise OSError(f"damaged: {file}")
    return pickle.loads(data)  # written by the build that asks, moments ago
