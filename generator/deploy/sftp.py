"""A folder of a host that is reached over SFTP: sftp://user@host:port/srv/www."""

import asyncio
import importlib
import os
import threading
from collections.abc import Collection, Coroutine, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import unquote, urlsplit
from uuid import uuid4

from generator.core.problems import Problem, SiteError
from generator.deploy.record import HOME
from generator.deploy.target import Manner, Place, TargetError, Upload

if TYPE_CHECKING:
    import asyncssh

Result = TypeVar("Result")

PASSWORD = "MORGUE_SSH_PASSWORD"
"""The environment variable that holds a password, where a host takes no key."""

PATIENCE = 120.0
"""Seconds that one call may take."""

GLANCE = 2_000
"""Files that are looked at although there is nothing to do: at 64 at once, about a second of a far host."""

AT_ONCE = 1_000
"""Files that one call looks at."""


def connect(place: Place) -> "Remote":
    """The folder of an sftp:// URL; a path that begins with /~/ is below the user's own folder."""
    parts = urlsplit(place.to)
    path = unquote(parts.path)
    root = path[3:] if path.startswith("/~/") else path
    try:
        library = importlib.import_module("asyncssh")
    except ImportError as error:
        message, hint = "sftp:// needs the package asyncssh", "pip install 'morgue[sftp]'"
        raise SiteError(Problem("site.yaml", 0, "E812", f"deploy: {message}", hint)) from error
    return Remote(library, parts.hostname or "", parts.port, parts.username, root, place.options)


class Remote:
    """One connection for all threads. Files are written beside and renamed into place, which needs the
    posix-rename extension, as OpenSSH has it; a file's mark is its size and time."""

    def __init__(
        self,
        library: Any,
        host: str,
        port: int | None,
        user: str | None,
        root: str,
        options: Mapping[str, str | bool],
    ) -> None:
        self.manner = Manner(lanes=16, glance=GLANCE)
        self.library = library
        self.root = root.rstrip("/")
        self.host = host
        self.settings = _settings(host, port, user, options)
        self.made: set[str] = set()  # folders known to be there
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, name="sftp", daemon=True)
        self.thread.start()
        self.connection: asyncssh.SSHClientConnection | None = None
        self.client: asyncssh.SFTPClient | None = None
        self.opening = threading.Lock()

    def read(self, path: str) -> bytes | None:
        """The bytes of one file, or None when there is none."""
        with self._telling(), suppress(self.library.SFTPNoSuchFile, self.library.SFTPNoSuchPath):
            return self._wait(self._read(path))
        return None

    def names(self, folder: str) -> Sequence[str]:
        """The names in one folder."""
        with self._telling(), suppress(self.library.SFTPNoSuchFile, self.library.SFTPNoSuchPath):
            names = self._wait(self._client().listdir(self._place(folder)))
            return [str(name) for name in names if name not in {".", ".."}]
        return []

    def put(self, files: Sequence[Upload]) -> Mapping[str, str]:
        """Write each file under a name of its own and rename it."""
        with self._telling():
            return {file.path: self._wait(self._put(file)) for file in files}

    def remove(self, paths: Sequence[str]) -> None:
        """Remove files and the folders that this leaves empty."""
        with self._telling():
            for path in paths:
                self._wait(self._remove(path))

    def marks(self, paths: Collection[str]) -> Mapping[str, str]:
        """Size and time of those of the paths that are there."""
        found: dict[str, str] = {}
        rest = sorted(paths)
        with self._telling():
            for start in range(0, len(rest), AT_ONCE):
                found |= self._wait(self._marks(rest[start : start + AT_ONCE]))
        return found

    def mark_of(self, file: Upload) -> str:
        """Only the host knows the time."""
        return ""

    def commit(self, message: str) -> None:
        """Clear away what a killed deploy left half-written."""
        left = self.names(f"{HOME}/tmp")
        with self._telling():
            for name in left:
                with suppress(self.library.SFTPNoSuchFile):
                    self._wait(self._client().remove(self._place(f"{HOME}/tmp/{name}")))

    def close(self) -> None:
        """End the connection."""
        if self.connection is not None:
            self.connection.close()
            with suppress(TimeoutError):
                self._wait(self.connection.wait_closed())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()

    async def _read(self, path: str) -> bytes:
        async with self._client().open(self._place(path), "rb") as file:
            data: bytes = await file.read()
            return data

    async def _put(self, file: Upload) -> str:
        client = self._client()
        temporary = self._place(f"{HOME}/tmp/{uuid4().hex}")
        await self._folder(f"{HOME}/tmp")
        try:
            if file.file is not None:
                await client.put(str(file.file), temporary)
            else:
                async with client.open(temporary, "wb") as sink:
                    await sink.write(file.read())
            parent = str(PurePosixPath(file.path).parent)
            await self._folder(parent)
            try:
                await client.posix_rename(temporary, self._place(file.path))
            except self.library.SFTPNoSuchFile:
                self.made.discard(parent)  # somebody took the folder away meanwhile
                await self._folder(parent)
                await client.posix_rename(temporary, self._place(file.path))
        except self.library.SFTPError as error:
            reason = await self._why(error, file)
            with suppress(self.library.SFTPError):
                await client.remove(temporary)
            raise reason from error
        return _mark(await client.stat(self._place(file.path)))

    async def _why(self, error: Exception, file: Upload) -> Exception:
        """OpenSSH says no more than "Failure" of a full disk: ask whether the file had room."""
        try:
            room = await self._client().statvfs(self.root)
        except self.library.SFTPError:
            return error
        full = room.bavail * room.frsize < max(file.size(), 1)
        return TargetError("full", f"{self.host}: no space left") if full else error

    async def _folder(self, path: str) -> None:
        if path not in self.made:
            await self._client().makedirs(self._place("" if path == "." else path), exist_ok=True)
            self.made.add(path)

    async def _remove(self, path: str) -> None:
        client = self._client()
        with suppress(self.library.SFTPNoSuchFile, self.library.SFTPNoSuchPath):
            await client.remove(self._place(path))
        for parent in PurePosixPath(path).parents:
            if str(parent) == ".":
                return
            try:
                await client.rmdir(self._place(str(parent)))
            except self.library.SFTPError:
                return  # something else is still in it
            self.made.discard(str(parent))

    async def _marks(self, paths: Collection[str]) -> dict[str, str]:
        found: dict[str, str] = {}
        slots = asyncio.Semaphore(64)

        async def look(path: str) -> None:
            async with slots:
                with suppress(self.library.SFTPNoSuchFile, self.library.SFTPNoSuchPath):
                    found[path] = _mark(await self._client().stat(self._place(path)))

        await asyncio.gather(*(look(path) for path in paths))
        return found

    def _place(self, path: str) -> str:
        return f"{self.root}/{path}".rstrip("/") if self.root or path else "."

    def _client(self) -> "asyncssh.SFTPClient":
        if self.client is None:
            raise TargetError("unreachable", f"{self.host}: not connected")
        return self.client

    def _wait(self, call: Coroutine[Any, Any, Result]) -> Result:
        return asyncio.run_coroutine_threadsafe(asyncio.wait_for(call, PATIENCE), self.loop).result()

    async def _open(self) -> None:
        self.connection = await self.library.connect(**self.settings)
        self.client = await self.connection.start_sftp_client()

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """Connect where need be, and tell what went wrong."""
        library = self.library
        try:
            with self.opening:
                if self.client is None:
                    self._wait(self._open())
            yield
        except (library.PermissionDenied, library.HostKeyNotVerifiable, library.KeyImportError) as error:
            raise TargetError("refused", f"{self.host}: {error}") from error
        except (
            library.SFTPConnectionLost,
            library.SFTPNoConnection,
            library.DisconnectError,
            TimeoutError,
        ) as error:
            self._lost()
            raise TargetError("unreachable", f"{self.host}: {error or 'no answer in time'}") from error
        except library.SFTPPermissionDenied as error:
            raise TargetError("refused", f"{self.host}: {error}") from error
        except library.SFTPError as error:
            raise TargetError("failed", f"{self.host}: {error}") from error
        except OSError as error:
            self._lost()
            raise TargetError("unreachable", f"{self.host}: {error.strerror or error}") from error

    def _lost(self) -> None:
        with self.opening:
            if self.connection is not None:
                self.loop.call_soon_threadsafe(self.connection.abort)
            self.connection = self.client = None
            self.made.clear()


def _mark(attributes: Any) -> str:
    return f"{attributes.size}:{attributes.mtime}"


def _settings(
    host: str, port: int | None, user: str | None, options: Mapping[str, str | bool]
) -> dict[str, Any]:
    """How to connect, beside what the user's own ~/.ssh/config says of the host."""
    found: dict[str, Any] = {
        "host": host,
        "connect_timeout": 20,
        "login_timeout": 30,
        "keepalive_interval": 15,
    }
    if port:
        found["port"] = port
    if user:
        found["username"] = unquote(user)
    if identity := options.get("identity"):
        found["client_keys"] = [str(Path(str(identity)).expanduser())]
    if known := options.get("known_hosts"):
        found["known_hosts"] = str(Path(str(known)).expanduser())
    if password := os.environ.get(PASSWORD):
        found["password"] = password
    return found
