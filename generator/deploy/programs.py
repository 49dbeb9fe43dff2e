"""The programs that some targets work through: git, rsync and ssh, as the system has them."""

import os
import shlex
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

from generator.core.problems import Problem, SiteError
from generator.deploy.target import Reason, TargetError

# What the programs say, by what it means; the first that is found counts. All speak English under LC_ALL=C.
_MEANINGS: tuple[tuple[Reason, tuple[str, ...]], ...] = (
    ("full", ("no space left", "disk quota", "quota exceeded", "file too large")),
    ("raced", ("stale info", "fetch first", "non-fast-forward", "cannot lock ref", "remote ref updated")),
    (
        "refused",
        (
            "permission denied",
            "authentication failed",
            "could not read username",
            "could not read password",
            "access denied",
            "host key verification failed",
            "returned error: 401",
            "returned error: 403",
            "hook declined",
            "protected branch",
        ),
    ),
    (
        "unreachable",
        (
            "could not resolve",
            "connection refused",
            "connection reset",
            "connection closed",
            "timed out",
            "network is unreachable",
            "no route to host",
            "failed to connect",
            "couldn't connect",
            "returned error: 5",
            "unexpected disconnect",
            "early eof",
        ),
    ),
    ("absent", ("repository not found", "does not appear to be a git repository")),
)


def run(
    command: Sequence[str | Path],
    environment: Mapping[str, str],
    *,
    stdin: bytes = b"",
    fine: Sequence[int] = (0,),
) -> bytes:
    """What a program prints; TargetError when it ends with another code than those in `fine`."""
    try:
        done = subprocess.run(
            [*map(str, command)],
            input=stdin,
            capture_output=True,
            env={**os.environ, **environment},
            check=False,
        )
    except FileNotFoundError as error:
        raise lacking(str(command[0])) from error
    if done.returncode not in fine:
        raise failure(str(command[0]), done.stderr)
    return done.stdout


def started(
    command: Sequence[str | Path], environment: Mapping[str, str], errors: IO[bytes]
) -> "subprocess.Popen[bytes]":
    """A program that reads what is written to it."""
    try:
        return subprocess.Popen(
            [*map(str, command)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            env={**os.environ, **environment},
        )
    except FileNotFoundError as error:
        raise lacking(str(command[0])) from error


def failure(program: str, stderr: bytes) -> TargetError:
    """The error that a program's last words mean."""
    said = stderr.decode("utf-8", "replace")
    lower = said.lower()
    for reason, words in _MEANINGS:
        if any(word in lower for word in words):
            return TargetError(reason, f"{program}: {said.strip()}")
    return TargetError("failed", f"{program}: {said.strip() or 'ended without a word'}")


def lacking(program: str) -> SiteError:
    """That a program is not installed."""
    hint = f"install {program} (on Debian: apt-get install {program.replace('ssh', 'openssh-client')})"
    return SiteError(Problem("", 0, "E812", f"{program} is not installed", hint))


def ssh_command(options: Mapping[str, str | bool], port: int | None = None) -> list[str]:
    """The ssh that rsync and git are to use: it asks nobody, and knows the key and hosts of site.yaml."""
    command = ["ssh", "-o", "BatchMode=yes", "-o", "ConnectTimeout=20"]
    if port:
        command += ["-p", str(port)]
    if identity := options.get("identity"):
        command += ["-i", str(Path(str(identity)).expanduser()), "-o", "IdentitiesOnly=yes"]
    if known := options.get("known_hosts"):
        command += ["-o", f"UserKnownHostsFile={Path(str(known)).expanduser()}"]
    return command


def ssh_line(options: Mapping[str, str | bool], port: int | None = None) -> str:
    """The same as one line for a shell."""
    return shlex.join(ssh_command(options, port))
