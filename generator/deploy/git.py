"""A branch of a git repository as a target: git+ssh://git@host/owner/repository.git#branch.

All of a deploy is one commit, and one push that fails when the branch has moved on: visitors see the old
site or the new one. The program `git` does it, so that its keys, helpers and settings are those people know.
"""

import os
import sys
import tempfile
import time
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from hashlib import sha1, sha256
from pathlib import Path
from shutil import rmtree
from typing import IO
from urllib.parse import urlsplit, urlunsplit

from generator.deploy.lock import is_idle
from generator.deploy.programs import failure, run, ssh_line, started
from generator.deploy.record import HOME
from generator.deploy.target import Back, Manner, Place, TargetError, Upload

BRANCH = "gh-pages"
"""The branch where a URL names none."""

TOKEN = "MORGUE_GIT_TOKEN"
"""The environment variable whose value is given as a password over https, for MORGUE_GIT_USER."""

_NEXT = "refs/morgue/next"
_NOBODY = "Morgue <morgue@localhost>"


def connect(place: Place) -> "Branch":
    """The branch that a URL names after its #."""
    parts = urlsplit(place.to)
    url = urlunsplit((parts.scheme.removeprefix("git+"), parts.netloc, parts.path, "", ""))
    extras = {".nojekyll": b""}
    if name := str(place.options.get("cname", "")):
        extras["CNAME"] = f"{name}\n".encode()
    return Branch(url, parts.fragment or BRANCH, place.scratch / "repository.git", place.options, extras)


class Branch:
    """A bare repository of this machine, and the branch it was fetched from; a file's mark is its blob."""

    def __init__(
        self,
        url: str,
        name: str,
        repository: Path,
        options: Mapping[str, str | bool],
        extras: Mapping[str, bytes],
    ) -> None:
        self.manner = Manner(lanes=1, batch=0, atomic=True, lists=True, glance=sys.maxsize, extras=extras)
        self.url = url
        self.ref = f"refs/heads/{name}"
        self.repository = repository
        self.history = options.get("history", True) is True
        self.environment = _environment(options)
        self.head: str | None = None  # "" when there is no such branch
        self.blobs: dict[str, int] = {}
        self.gone: set[str] = set()
        self.importer: _Importer | None = None

    def read(self, path: str) -> bytes | None:
        """The bytes of a file of the branch."""
        head = self._fetched()
        if not head or not self._git("ls-tree", head, "--", path):
            return None
        return self._git("cat-file", "blob", f"{head}:{path}")

    def names(self, folder: str) -> Sequence[str]:
        """The names of the files of one folder of the branch."""
        return [path.rpartition("/")[2] for path in self._tree() if path.rpartition("/")[0] == folder]

    def put(self, files: Sequence[Upload]) -> Mapping[str, str]:
        """Write files into this machine's repository."""
        self._fetched()
        if self.importer is None:
            self.importer = _Importer(self.repository, self.environment)
        for file in files:
            self.blobs[file.path] = self.importer.blob(file.read())
            self.gone.discard(file.path)
        return {file.path: self.mark_of(file) for file in files}

    def remove(self, paths: Sequence[str]) -> None:
        """Leave files out of the commit to come."""
        self.gone.update(paths)

    def marks(self, paths: Collection[str]) -> Mapping[str, str]:
        """The blobs of all files of the branch but our own record."""
        return {path: blob for path, blob in self._tree().items() if not path.startswith(f"{HOME}/")}

    def mark_of(self, file: Upload) -> str:
        """The name git gives to a file's bytes."""
        data = file.read()
        head = self.head or ""
        state = sha256(usedforsecurity=False) if len(head) == 64 else sha1(usedforsecurity=False)
        state.update(b"blob %d\0" % len(data))
        state.update(data)
        return state.hexdigest()

    def commit(self, message: str) -> None:
        """Commit and push; TargetError "raced" when the branch is not where it was found."""
        head = self._fetched()
        if self.importer is None:
            return
        tree = self._git("rev-parse", f"{head}^{{tree}}").decode().strip() if head else ""
        self.importer.commit(
            message,
            self._committer(),
            start=head if self.history else "",
            tree="" if self.history else tree,
            blobs=self.blobs,
            gone=self.gone,
        )
        self.importer = None
        self._push(_NEXT, head)

    def rewind(self, *, dry_run: bool) -> Back:
        """Push what the branch held before its last commit, as a commit of its own."""
        head = self._fetched(depth=2)
        parents = self._git("rev-list", "--parents", "-n", "1", head).split()[1:] if head else []
        if not parents:
            raise TargetError("failed", "the branch has no earlier commit")
        before = parents[0].decode()
        subject = self._git("log", "-1", "--format=%s", before).decode("utf-8", "replace").strip()
        rows = self._git("diff-tree", "-r", "-z", "--no-renames", "--name-only", head, before).split(b"\0")
        paths = (row.decode("utf-8", "replace") for row in rows if row)
        changed = tuple(sorted(path for path in paths if not path.startswith(f"{HOME}/")))
        back = Back(words=f"{before[:10]} ({subject})", changed=changed)
        if dry_run:
            return back
        made = self._git(
            "commit-tree", f"{before}^{{tree}}", "-p", head, "-m", f"Back to {before[:10]}: {subject}"
        )
        self._git("update-ref", _NEXT, made.decode().strip())
        self._push(_NEXT, head)
        return back

    def close(self) -> None:
        """End the importer of a deploy that came to nothing."""
        if self.importer is not None:
            self.importer.abandon()
            self.importer = None

    def _push(self, ref: str, head: str) -> None:
        # A + before the names would set the lease aside.
        lease = f"--force-with-lease={self.ref}:{head}"
        self._git("push", "--quiet", lease, self.url, f"{ref}:{self.ref}")
        self._git("update-ref", "refs/morgue/head", ref)
        self.head = self._git("rev-parse", ref).decode().strip()

    def _fetched(self, depth: int = 1) -> str:
        """The commit at the branch's end, which this machine then has; "" when there is no such branch."""
        if self.head is not None and depth == 1:
            return self.head
        self._made()
        known = self._known()
        if known and depth == 1:
            said = self._git("ls-remote", self.url, self.ref).split()
            if said and said[0].decode() == known:
                self.head = known
                return known
        try:
            self._git(
                "fetch", "--quiet", f"--depth={depth}", "--no-tags", self.url, f"+{self.ref}:refs/morgue/head"
            )
        except TargetError as error:
            if "couldn't find remote ref" not in str(error):
                raise
            self.head = ""
            return ""
        self.head = self._known()
        return self.head

    def _known(self) -> str:
        found = run(
            ["git", "-C", self.repository, "rev-parse", "--verify", "--quiet", "refs/morgue/head^{commit}"],
            self.environment,
            fine=(0, 1, 128),
        )
        return found.decode().strip()

    def _made(self) -> None:
        if (self.repository / "HEAD").is_file():
            # A git that was killed leaves its locks, and every later one would wait for it in vain.
            if is_idle(self.repository.parent):
                for left in (*self.repository.glob("*.lock"), *self.repository.glob("refs/**/*.lock")):
                    left.unlink(missing_ok=True)
            return
        rmtree(self.repository, ignore_errors=True)
        self.repository.parent.mkdir(parents=True, exist_ok=True)
        run(["git", "init", "--quiet", "--bare", self.repository], self.environment)

    def _tree(self) -> dict[str, str]:
        head = self._fetched()
        rows = self._git("ls-tree", "-r", "-z", head).split(b"\0") if head else []
        cells = (row.partition(b"\t") for row in rows if row)
        return {path.decode("utf-8", "replace"): head.split()[2].decode() for head, _, path in cells}

    def _committer(self) -> str:
        said = run(
            ["git", "-C", self.repository, "var", "GIT_COMMITTER_IDENT"], self.environment, fine=(0, 128)
        )
        return said.decode("utf-8", "replace").rpartition(">")[0] + ">" if said else _NOBODY

    def _git(self, *arguments: str) -> bytes:
        return run(["git", "-C", self.repository, *arguments], self.environment)


class _Importer:
    """A running `git fast-import`: blobs as they come, then one commit of them."""

    def __init__(self, repository: Path, environment: Mapping[str, str]) -> None:
        run(["git", "-C", repository, "update-ref", "-d", _NEXT], environment)
        self.errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - read when the program has ended
        command: list[str | Path] = [
            "git",
            "-C",
            repository,
            "fast-import",
            "--quiet",
            "--done",
            "--date-format=raw",
        ]
        self.process = started(command, environment, self.errors)
        self.count = 0

    def blob(self, data: bytes) -> int:
        """Hand over a file's bytes; the number that stands for them."""
        self.count += 1
        self._write(b"blob\nmark :%d\ndata %d\n" % (self.count, len(data)), data, b"\n")
        return self.count

    def commit(
        self,
        message: str,
        committer: str,
        *,
        start: str,
        tree: str,
        blobs: Mapping[str, int],
        gone: Collection[str],
    ) -> None:
        """Make the commit, upon the commit `start` or without a parent from the tree `tree`, and end."""
        said = message.encode()
        when = int(os.environ.get("SOURCE_DATE_EPOCH") or time.time())
        self._write(f"commit {_NEXT}\ncommitter {committer} {when} +0000\n".encode())
        self._write(b"data %d\n" % len(said), said, b"\n")
        if start:
            self._write(f"from {start}\n".encode())
        if tree:
            self._write(f'M 040000 {tree} ""\n'.encode())
        for path in sorted(gone):
            self._write(f"D {path}\n".encode())
        for path in sorted(blobs):
            self._write(f"M 100644 :{blobs[path]} {path}\n".encode())
        self._write(b"\ndone\n")
        self._end()

    def abandon(self) -> None:
        """End it without a commit."""
        self.process.kill()
        self.process.communicate()
        self.errors.close()

    def _write(self, *pieces: bytes) -> None:
        assert self.process.stdin is not None
        try:
            for piece in pieces:
                self.process.stdin.write(piece)
        except BrokenPipeError:
            self._end()

    def _end(self) -> None:
        assert self.process.stdin is not None
        with suppress(BrokenPipeError):  # it has ended; what it said is told below
            self.process.stdin.close()
        code = self.process.wait()
        self.errors.seek(0)
        said = self.errors.read()
        self.errors.close()
        if code:
            raise failure("git fast-import", said)


def _environment(options: Mapping[str, str | bool]) -> dict[str, str]:
    """What git runs under: it asks nobody, speaks English, and knows the key or token it was given."""
    found = {"GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}
    if "GIT_SSH_COMMAND" not in os.environ or options.get("identity") or options.get("known_hosts"):
        found["GIT_SSH_COMMAND"] = ssh_line(options)
    if os.environ.get(TOKEN):
        # The shell reads the token from the environment: it stands in no argument and in no file.
        helper = (
            f'!f() {{ echo "username=${{MORGUE_GIT_USER:-x-access-token}}"; echo "password=${TOKEN}"; }}; f'
        )
        found |= {
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": "credential.helper",
            "GIT_CONFIG_VALUE_0": helper,
        }
    return found
