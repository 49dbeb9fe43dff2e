"""Calls to a target: several at once, tried again when that may help, and told to people when it does not."""

import os
import random
import re
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import TypeVar

from generator.core.problems import Problem, SiteError
from generator.deploy.target import Reason, TargetError

Item = TypeVar("Item")
Result = TypeVar("Result")

TRIES = 5
"""How often a call is made before a place counts as unreachable: with the pauses, some fifteen seconds."""

_CODES: dict[Reason, tuple[str, str]] = {
    "unreachable": ("E809", "deploy again when it can be reached: it goes on where it stopped"),
    "refused": ("E810", "check the credentials in the environment, and what they are allowed to do"),
    "full": ("E811", "make room there and deploy again: it goes on where it stopped"),
    "absent": ("E815", "create it there, or mend `to` in site.yaml"),
    "raced": ("E807", "see what the other deploy brought, and deploy again"),
    "failed": ("E816", "mend what is said there and deploy again: it goes on where it stopped"),
}
_USERINFO = re.compile(r"(?<=://)[^/@\s]+@")
_SECRET_NAME = re.compile(r"SECRET|TOKEN|PASSW|PASSPHRASE|CREDENTIAL|_KEY\b|KEY_ID|SAS|CONNECTION_STRING")


def trying(call: Callable[[], Result], pause: Callable[[float], None] = time.sleep) -> Result:
    """Make a call, again after 0.5, 1, 2 … seconds while the place is unreachable."""
    for attempt in range(TRIES - 1):
        try:
            return call()
        except TargetError as error:
            if error.reason != "unreachable":
                raise
            # Lanes that failed together do not come back together.
            pause(0.5 * 2**attempt * (0.75 + random.random() / 2))
    return call()


def all_at_once(
    work: Callable[[Item], Result], items: Iterable[Item], lanes: int, every: float
) -> Iterator[tuple[Result, ...]]:
    """Do work in `lanes` threads; yields what is done at least every so many seconds.

    The first error ends it, after the calls that are under way: none is begun after it.
    """
    waiting = iter(items)
    running: set[Future[Result]] = set()
    with ThreadPoolExecutor(lanes, thread_name_prefix="deploy") as threads:
        while True:
            while len(running) < 2 * lanes and (item := next(waiting, None)) is not None:
                running.add(threads.submit(work, item))
            if not running:
                return
            done, running = wait(running, timeout=every, return_when=FIRST_COMPLETED)
            failed = [one for one in done if one.exception() is not None]
            if failed:
                for one in running:
                    one.cancel()
                finished, _ = wait(running)
                good = [one for one in (*done, *finished) if not one.cancelled() and one.exception() is None]
                yield tuple(one.result() for one in good)
                failed[0].result()
            yield tuple(one.result() for one in done)


def told(error: TargetError, name: str) -> SiteError:
    """A target's failure as a problem of the deploy target `name`."""
    code, hint = _CODES[error.reason]
    return SiteError(Problem(f"deploy.{name}", 0, code, without_secrets(str(error)), hint))


def without_secrets(text: str) -> str:
    """A message of another program without what must not be shown.

    Left out are the user's part of any URL, and the value of every environment variable that is called like
    a secret.
    """
    for name in sorted(os.environ):
        value = os.environ[name]
        if _SECRET_NAME.search(name.upper()) and len(value) >= 6:
            text = text.replace(value, "…")
    lines = [line.strip() for line in _USERINFO.sub("…@", text).splitlines() if line.strip()]
    shown = "; ".join(lines[-4:])
    return shown if len(shown) <= 400 else shown[:399] + "…"
