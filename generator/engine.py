"""Who does the work of a command: this machine's processes, or a cluster named with --engine."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from generator.core.problems import Problem, SiteError

if TYPE_CHECKING:
    from concurrent.futures import Executor

PATIENCE = "10s"
"""How long a scheduler has to answer."""

RETRIES = 3
"""How often a job is done again whose worker was lost."""


@contextmanager
def engine(name: str) -> Iterator["Executor | None"]:
    """The executor that a name stands for: "dask://HOST:PORT" a Dask cluster, "" nobody but this machine.

    The workers must have Morgue installed, in the same version, and find the site under the same path. Raises
    SiteError for another name, for a scheduler that does not answer, and where dask.distributed is missing.
    """
    if not name:
        yield None
        return
    scheme, host, port = _parts(name)
    if scheme != "dask" or not host or not port:
        hint = "expected dask://HOST:PORT, the address of a Dask scheduler"
        raise SiteError(Problem("", 0, "E151", f"--engine: not an engine: {name!r}", hint))
    try:
        from distributed import Client  # noqa: PLC0415 - heavy, and only clusters need it
    except ImportError as missing:
        hint = "pip install 'morgue[cluster]'"
        raise SiteError(Problem("", 0, "E152", "--engine: Dask is not installed", hint)) from missing
    connect: Any = Client  # its types say nothing of what it takes
    try:
        client = connect(f"tcp://{host}:{port}", timeout=PATIENCE, set_as_default=False)
    except OSError as error:
        hint = "start it with `dask scheduler`, or leave --engine out"
        message = f"--engine: no Dask scheduler answers at {host}:{port}"
        raise SiteError(Problem("", 0, "E153", message, hint)) from error
    with client:
        yield client.get_executor(retries=RETRIES, pure=False)


def _parts(name: str) -> tuple[str, str, int]:
    try:
        parts = urlsplit(name)
        return parts.scheme, parts.hostname or "", parts.port or 0
    except ValueError:
        return "", "", 0
