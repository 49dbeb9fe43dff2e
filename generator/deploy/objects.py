"""An object store as a target: s3://bucket/prefix, gs://…, az://container/prefix.

fsspec has one interface for them all; what differs is how headers are said, and how errors are told.
"""

import importlib
import logging
import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC
from functools import cache
from hashlib import md5
from types import MappingProxyType
from typing import Any
from urllib.parse import unquote, urlsplit

from generator.core.problems import Problem, SiteError
from generator.deploy.record import HOME
from generator.deploy.target import Manner, Place, Reason, TargetError, Upload, Version

PACKAGES: Mapping[str, str] = MappingProxyType({"s3": "s3fs", "gs": "gcsfs", "az": "adlfs"})
"""The package that reaches a kind of store, which is also the name of the extra that installs it."""

GOOGLE_KEY = "GOOGLE_APPLICATION_CREDENTIALS"
"""The environment variable that names the file with Google's credentials."""

GLANCE = 1_900
"""Objects that are looked at although there is nothing to do: two requests tell of them and of our record."""

ERRORS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "s3": (
            "botocore.exceptions.BotoCoreError",
            "botocore.exceptions.ClientError",
            "aiohttp.ClientError",
        ),
        "gs": (
            "gcsfs.retry.HttpError",
            "google.auth.exceptions.GoogleAuthError",
            "aiohttp.ClientError",
        ),
        # adlfs tells with the last two that it found no credentials, or could not look.
        "az": ("azure.core.exceptions.AzureError", "builtins.ValueError", "builtins.RuntimeError"),
    }
)
"""What the library of each kind of store raises, beside OSError."""

_REFUSED = (
    "NoCredentials", "PartialCredentials", "PermissionError", "AccessDenied", "InvalidAccessKeyId",
    "SignatureDoesNotMatch",
    "Forbidden", "DefaultCredentialsError", "RefreshError", "ClientAuthenticationError", "ExpiredToken",
    "AuthenticationFailed", "AuthorizationFailure", "Anonymous caller", "Invalid Credentials",
    "Unauthorized", "InvalidToken", "ProfileNotFound", "TokenRetrievalError",
)  # fmt: skip
_UNREACHABLE = (
    "EndpointConnectionError", "ConnectTimeout", "ReadTimeout", "ConnectionClosed", "ClientConnector",
    "ServerDisconnected", "ServiceRequestError", "ServiceResponseError", "TimeoutError", "SlowDown",
    "ServiceUnavailable", "InternalError",
    "HTTPClientError", "ConnectionError", "ConnectionReset", "ConnectionRefused", "TransportError",
)  # fmt: skip
_FULL = ("QuotaExceeded", "InsufficientStorage", "no space left", "XMinioStorageFull", "EntityTooLarge")
_ABSENT = ("NoSuchBucket", "ContainerNotFound", "bucket does not exist", "FileNotFoundError")


def connect(place: Place) -> "Store":
    """The bucket and prefix of a URL; credentials are those that the store's own tools find."""
    parts = urlsplit(place.to)
    scheme = parts.scheme
    try:
        fsspec = importlib.import_module("fsspec")
        importlib.import_module(PACKAGES[scheme])
    except ImportError as error:
        message, hint = f"{scheme}:// needs the package {PACKAGES[scheme]}", f"pip install 'morgue[{scheme}]'"
        raise SiteError(Problem("site.yaml", 0, "E812", f"deploy: {message}", hint)) from error
    settings = {"skip_instance_cache": True, "use_listings_cache": False, **_settings(scheme, place.options)}
    for name in ("gcsfs", "azure"):  # which print what they raise besides, traceback and all
        logging.getLogger(name).setLevel(logging.CRITICAL)
    with _telling(scheme, place.to):
        files = fsspec.filesystem(scheme, **settings)
    root = f"{parts.netloc}/{unquote(parts.path).strip('/')}".rstrip("/")
    return Store(files, root, scheme, lambda: fsspec.filesystem(scheme, version_aware=True, **settings))


class Store:
    """A prefix of a bucket; a file's mark is its ETag."""

    def __init__(self, files: Any, root: str, scheme: str, versioned: Callable[[], Any]) -> None:
        """`versioned` gives the same store with what it kept of each object."""
        self.manner = Manner(lanes=16, headers=True, lists=True, glance=GLANCE)
        self.files = files
        self.root = root
        self.scheme = scheme
        self.versioned = cache(versioned)

    def read(self, path: str) -> bytes | None:
        """The bytes of one object, or None when there is none."""
        with _telling(self.scheme, self.root):
            try:
                data: bytes = self.files.cat_file(f"{self.root}/{path}")
            except FileNotFoundError:
                return None
        return data

    def names(self, folder: str) -> Sequence[str]:
        """The names of the objects right below a prefix."""
        with _telling(self.scheme, self.root):
            found = self.files.find(f"{self.root}/{folder}", maxdepth=1)
        return [str(path).rpartition("/")[2] for path in found]

    def put(self, files: Sequence[Upload]) -> Mapping[str, str]:
        """Write each object with its headers."""
        found: dict[str, str] = {}
        with _telling(self.scheme, self.root):
            for file in files:
                headers = HEADERS[self.scheme](file)
                if file.file is not None:
                    self.files.put_file(str(file.file), f"{self.root}/{file.path}", **headers)
                else:
                    answer = self.files.pipe_file(f"{self.root}/{file.path}", file.read(), **headers)
                    found[file.path] = _mark(answer if isinstance(answer, Mapping) else {})
        return found

    def remove(self, paths: Sequence[str]) -> None:
        """Remove objects."""
        with _telling(self.scheme, self.root):
            for path in paths:
                try:
                    self.files.rm_file(f"{self.root}/{path}")
                except FileNotFoundError:
                    continue

    def marks(self, paths: Collection[str]) -> Mapping[str, str]:
        """The ETags of all objects below the prefix but our own record: a request tells of a thousand."""
        with _telling(self.scheme, self.root):
            found = self.files.find(self.root, detail=True)
        start = len(self.root) + 1
        rows = ((str(path)[start:], about) for path, about in found.items())
        return {path: _mark(about) for path, about in rows if path and not path.startswith(f"{HOME}/")}

    def mark_of(self, file: Upload) -> str:
        """The ETag of an object sent in one piece, as S3 makes it unless it encrypts with a key of yours."""
        if self.scheme != "s3" or file.data is None:
            return ""
        return md5(file.data, usedforsecurity=False).hexdigest()

    def kept(self) -> Sequence[Version]:
        """The versions of all objects, where the bucket keeps them."""
        with _telling(self.scheme, self.root):
            if self.scheme == "az":
                return _azure_versions(self.versioned(), self.root)
            found = self.versioned().find(self.root, detail=True, versions=True)
        start = len(self.root) + 1
        return [
            Version(path=plain[start:], mark=_mark(about), name=str(name), order=_order(about))
            for name, about in found.items()
            if (plain := _plain(str(name), VERSIONED[self.scheme])) != name
        ]

    def fetch(self, version: Version) -> bytes:
        """The bytes of an object as it was."""
        with _telling(self.scheme, self.root):
            data: bytes = self.versioned().cat_file(version.name)
        return data

    def restore(self, version: Version) -> None:
        """Copy a version over what is there, within the store."""
        with _telling(self.scheme, self.root):
            self.versioned().cp_file(version.name, f"{self.root}/{version.path}")

    def commit(self, message: str) -> None:
        """Nothing is left to be done."""

    def close(self) -> None:
        """The library ends its connections with the program."""


def _s3(file: Upload) -> dict[str, Any]:
    found = {"ContentType": file.content_type, "CacheControl": file.cache, "ContentEncoding": file.encoding}
    return {name: value for name, value in found.items() if value}


def _gs(file: Upload) -> dict[str, Any]:
    fixed = {"cache_control": file.cache, "content_encoding": file.encoding}
    return {
        "content_type": file.content_type,
        "fixed_key_metadata": {name: value for name, value in fixed.items() if value},
    }


def _az(file: Upload) -> dict[str, Any]:
    settings = importlib.import_module("azure.storage.blob").ContentSettings(
        content_type=file.content_type,
        cache_control=file.cache or None,
        content_encoding=file.encoding or None,
    )
    return {"content_settings": settings, "overwrite": True}


HEADERS: Mapping[str, Callable[[Upload], dict[str, Any]]] = MappingProxyType(
    {"s3": _s3, "gs": _gs, "az": _az}
)
"""How each store is told a file's headers."""


def _settings(scheme: str, options: Mapping[str, str | bool]) -> dict[str, Any]:
    """What a store is told of site.yaml; everything else it takes from the environment."""
    if scheme == "s3":
        client = {"endpoint_url": options.get("endpoint"), "region_name": options.get("region")}
        found: dict[str, Any] = {
            "client_kwargs": {name: value for name, value in client.items() if value},
            # The engine tries again by itself.
            "config_kwargs": {"retries": {"max_attempts": 1}, "connect_timeout": 20, "read_timeout": 120},
        }
        if profile := options.get("profile"):
            found["profile"] = profile
        return found
    if scheme == "gs":
        found = {"endpoint_url": options["endpoint"]} if options.get("endpoint") else {}
        # Else a key that is wrong is passed over, and everything is refused to nobody in particular.
        return found | ({"token": "google_default"} if os.environ.get(GOOGLE_KEY) else {})
    return {"account_name": options["account"]} if options.get("account") else {}


VERSIONED: Mapping[str, str] = MappingProxyType({"s3": "?versionId=", "gs": "#", "az": "?versionid="})
"""What stands between an object's name and its version's."""


def _azure_versions(files: Any, root: str) -> list[Version]:
    """The versions of all blobs, from Azure's own library: fsspec's tells of those of one folder alone. Their
    names are moments of one form, so that their order is that of time."""
    container, _, prefix = root.partition("/")
    client = files.service_client.get_container_client(container)

    async def listed() -> list[Any]:
        start = f"{prefix}/" if prefix else None
        return [blob async for blob in client.list_blobs(name_starts_with=start, include=["versions"])]

    return [
        Version(
            path=blob.name[len(prefix) + 1 if prefix else 0 :],
            mark=str(blob.etag).strip('"'),
            name=f"{container}/{blob.name}{VERSIONED['az']}{blob.version_id}",
            order=(blob.version_id, 0),
        )
        for blob in importlib.import_module("fsspec.asyn").sync(files.loop, listed)
        if blob.version_id
    ]


def _plain(name: str, mark: str) -> str:
    """The name of an object in the name of one of its versions."""
    return name.rpartition(mark)[0] or name


def _order(about: Mapping[str, Any]) -> tuple[str, int]:
    """What is greater for the later of two versions: its time, and the number that Google counts up."""
    when = about.get("LastModified")
    return when.astimezone(UTC).isoformat() if when is not None else "", int(about.get("generation") or 0)


def _mark(about: Mapping[str, Any]) -> str:
    tag = about.get("ETag") or about.get("etag") or ""
    return str(tag).strip('"')


@contextmanager
def _telling(scheme: str, where: str) -> Iterator[None]:
    """Tell what the library of a kind of store raises."""
    try:
        yield
    except _errors(scheme) as error:
        raise TargetError(_reason(error), f"{where}: {error}") from error


@cache
def _errors(scheme: str) -> tuple[type[Exception], ...]:
    """What a store's library raises when the store, or the way to it, fails: they have no base in common."""
    found: list[type[Exception]] = [OSError]
    for name in ERRORS[scheme]:
        module, _, kind = name.rpartition(".")
        found.append(getattr(importlib.import_module(module), kind))
    return tuple(found)


def _reason(error: BaseException) -> Reason:
    """What an error of a store's library means, by its name and its words: it tells it in no other way."""
    words = " ".join(f"{type(one).__name__} {one}" for one in (error, error.__cause__) if one is not None)
    known: tuple[tuple[Reason, tuple[str, ...]], ...] = (
        ("full", _FULL), ("refused", _REFUSED), ("absent", _ABSENT), ("unreachable", _UNREACHABLE)
    )  # fmt: skip
    for reason, names in known:
        if any(name.lower() in words.lower() for name in names):
            return reason
    return "failed"
