"""Work shared out to an executor: a few jobs at a time, results in the order of the jobs."""

import gc
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context, parent_process
from types import TracebackType
from typing import Self, TypeVar

WORTH_A_POOL = 200
"""Small tasks below which starting processes costs more than it saves."""

SELDOM = (50_000, 50, 100)
"""How seldom a worker looks for garbage in circles, of which its work makes little; as the command does."""

Job = TypeVar("Job")
Result = TypeVar("Result")


def in_order(
    work: Callable[[Job], Result], jobs: Iterable[Job], executor: Executor | None, window: int
) -> Iterator[tuple[Job, Result]]:
    """Each job with its result, in order. At most `window` jobs are held at a time, however many there are.

    Without an executor the work is done here. `work` and the jobs must be picklable for one of processes.
    """
    if executor is None:
        for job in jobs:
            yield job, work(job)
        return
    waiting: deque[tuple[Job, Future[Result]]] = deque()
    try:
        for job in jobs:
            waiting.append((job, executor.submit(work, job)))
            if len(waiting) >= window:
                first, future = waiting.popleft()
                yield first, future.result()
        while waiting:
            first, future = waiting.popleft()
            yield first, future.result()
    finally:
        for _, future in waiting:
            future.cancel()


def outlive_nobody() -> None:
    """Begin a worker, which ends when the process that asked for it does, be it killed."""
    gc.set_threshold(*SELDOM)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if (asked := parent_process()) is not None:
        asked.join()
    os._exit(1)


def _nothing() -> None:
    """No job at all."""


class Workers:
    """An executor that was given, or processes of our own, started where there is work enough for them.

    A context manager: at its end the processes that it started are done. `window` jobs are worth holding.
    """

    def __init__(self, given: Executor | None, jobs: int, preload: list[str]) -> None:
        self.given = given
        self.jobs = jobs
        self.preload = preload
        self.window = max(2, 2 * jobs + 1)
        self.own: ProcessPoolExecutor | None = None
        self.thread: ThreadPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for each in (self.own, self.thread):
            if each is not None:
                each.shutdown(cancel_futures=True)

    @property
    def writer(self) -> Executor | None:
        """A thread to which files can be given to write, where a processor is left for it.

        Of two, those who read keep both busy.
        """
        if self.thread is None and (self.given is not None or self.jobs > 2):
            self.thread = ThreadPoolExecutor(1)
        return self.thread

    def executor(self, tasks: int) -> Executor | None:
        """Who does so many tasks: None where doing them here is as quick."""
        if self.given is not None or self.own is not None:
            return self.given or self.own
        if self.jobs < 2 or tasks < WORTH_A_POOL:
            return None
        # A process with threads is not forked, as a lock that one of them holds would stay held:
        # there workers are forked from a server that has our modules loaded.
        forks = threading.active_count() == 1
        context = get_context("fork" if forks else "forkserver")
        if not forks:
            context.set_forkserver_preload(self.preload)
        self.own = ProcessPoolExecutor(self.jobs, mp_context=context, initializer=outlive_nobody)
        self.own.submit(_nothing)  # all of them are started with the first job: while there is no thread yet
        return self.own
