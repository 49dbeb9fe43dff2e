"""One deploy at a time: a claim lies at the target while a deploy is at work.

Hosts differ in what they can do in one step, so the claim needs none of it: everybody writes a claim of
their own, then looks for others'. Whoever sees another's withdraws. Of two that come at once at least one
sees the other, so that never both go on (Lamport's bakery, "A new solution of Dijkstra's concurrent
programming problem", 1974, without the tickets: nobody waits here).
"""

import fcntl
import getpass
import os
import random
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import IO
from uuid import uuid4

from generator.core.frozen import dataclass
from generator.core.problems import Problem, SiteError
from generator.deploy.record import HOME
from generator.deploy.running import trying
from generator.deploy.target import Target, Upload
from generator.output.encode import Undecodable, decode, encode

LOCKS = f"{HOME}/locks"
EXPIRY = 300.0
"""Seconds after which a claim that was not renewed is void."""

RENEWAL = 60.0
"""Seconds after which a deploy renews its claim."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Who deploys. `holder` tells a folder on a machine; `until` is in seconds since 1970, UTC."""

    owner: str
    holder: str
    until: float


@dataclass(slots=True)
class Lock:
    """A claim that holds; `renew` has to be called while the deploy is at work."""

    target: Target
    path: str
    claim: Claim

    def renew(self, now: float) -> None:
        """Say that the deploy is still at work, when it is time; SiteError when somebody broke the lock."""
        if now < self.claim.until - EXPIRY + RENEWAL:
            return
        if self.path.rpartition("/")[2] not in trying(lambda: self.target.names(LOCKS)):
            hint = "another deploy may be at work: see that it ends, and deploy again"
            raise SiteError(Problem(self.path, 0, "E807", "somebody took the lock of this deploy away", hint))
        self.claim = Claim(owner=self.claim.owner, holder=self.claim.holder, until=now + EXPIRY)
        trying(lambda: self.target.put([_upload(self.path, self.claim)]))


@contextmanager
def locked(target: Target, scratch: Path, name: str, *, break_lock: bool) -> Iterator[Lock | None]:
    """Hold the lock of a target; None for an atomic one, which needs none.

    Raises SiteError when another deploy holds it. A claim of this folder on this machine whose process has
    died is taken over at once, since its lock on the file in `scratch` died with it; any other when it was
    not renewed for five minutes, or with `break_lock`.
    """
    scratch.mkdir(parents=True, exist_ok=True)
    with (scratch / "lock").open("w") as file:
        _alone(file, name)
        if target.manner.atomic:
            yield None
            return
        lock = _claimed(target, name, _holder(file), break_lock=break_lock)
        try:
            yield lock
        finally:
            trying(lambda: target.remove([lock.path]))


def is_idle(scratch: Path) -> bool:
    """Whether no deploy that keeps its notes in a folder of this machine holds its lock."""
    with (scratch / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def _alone(file: IO[str], name: str) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        message = "another deploy of this site to this target is at work on this machine"
        raise SiteError(Problem(f"deploy.{name}", 0, "E807", message, "wait until it is done")) from error


def _claimed(target: Target, name: str, holder: str, *, break_lock: bool) -> Lock:
    path = f"{LOCKS}/{uuid4().hex}"
    for attempt in range(3):
        claim = Claim(owner=_owner(), holder=holder, until=time.time() + EXPIRY)
        trying(lambda claim=claim: target.put([_upload(path, claim)]))  # type: ignore[misc]
        others = _others(target, path, holder, break_lock=break_lock)
        if not others:
            return Lock(target, path, claim)
        trying(lambda: target.remove([path]))
        if attempt < 2:
            time.sleep(0.1 + random.random() / 2)
    other = others[0]
    left = max(1, round((other.until - time.time()) / 60))
    message = f"{other.owner} is deploying there"
    hint = f"wait: a deploy that died lets go after at most {left} min; or deploy with --break-lock"
    raise SiteError(Problem(f"deploy.{name}", 0, "E807", message, hint))


def _others(target: Target, own: str, holder: str, *, break_lock: bool) -> list[Claim]:
    """The claims of others that hold; those that do not are cleared away."""
    held: list[Claim] = []
    for name in sorted(trying(lambda: target.names(LOCKS))):
        path = f"{LOCKS}/{name}"
        data = None if path == own else trying(lambda path=path: target.read(path))  # type: ignore[misc]
        if data is None:
            continue
        try:
            claim = decode(data, Claim)
        except Undecodable:
            claim = Claim(owner="somebody", holder="", until=time.time() + EXPIRY)
        if break_lock or claim.until < time.time() or claim.holder == holder:
            trying(lambda path=path: target.remove([path]))  # type: ignore[misc]
        else:
            held.append(claim)
    return held


def _upload(path: str, claim: Claim) -> Upload:
    return Upload(path=path, data=encode(claim), content_type="application/json", cache="no-store")


def _owner() -> str:
    try:
        user = getpass.getuser()
    except (OSError, KeyError, ImportError):
        user = str(os.getuid())
    return f"{user}@{socket.gethostname()}"


def _holder(file: IO[str]) -> str:
    """What tells this folder on this machine from every other until it is started anew."""
    boot = Path("/proc/sys/kernel/random/boot_id")
    status = os.fstat(file.fileno())
    parts = (boot.read_text() if boot.is_file() else "", socket.gethostname(), status.st_dev, status.st_ino)
    return blake2b(repr(parts).encode(), digest_size=16).hexdigest()
