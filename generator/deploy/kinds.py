"""The kinds of target: ours, and those of installed packages, each found by the scheme of its URL."""

import importlib
from collections.abc import Callable, Mapping
from importlib.metadata import entry_points
from types import MappingProxyType
from urllib.parse import urlsplit

from generator.core.problems import Problem, SiteError
from generator.deploy.target import Place, Target

GROUP = "morgue.targets"
"""The entry point group in which a package offers targets: its name is a scheme, its value a function
that takes a Place and returns a Target."""

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "file": "generator.deploy.folder",
        "git+ssh": "generator.deploy.git",
        "git+https": "generator.deploy.git",
        "git+http": "generator.deploy.git",
        "git+file": "generator.deploy.git",
        "s3": "generator.deploy.objects",
        "gs": "generator.deploy.objects",
        "az": "generator.deploy.objects",
        "sftp": "generator.deploy.sftp",
        "rsync": "generator.deploy.rsync",
    }
)
"""The module of each scheme, with a function `connect`; imported when it is used."""


def connect(place: Place) -> Target:
    """The target of a place; SiteError for a scheme that nobody knows."""
    scheme = urlsplit(place.to).scheme
    for point in entry_points(group=GROUP):
        if point.name == scheme:
            offered: Callable[[Place], Target] = point.load()
            return offered(place)
    if scheme not in KINDS:
        known = ", ".join(f"{kind}://" for kind in KINDS)
        raise SiteError(
            Problem(
                "site.yaml", 0, "E801", f"deploy: no such kind of target: {scheme}://", f"known are {known}"
            )
        )
    made: Target = importlib.import_module(KINDS[scheme]).connect(place)
    return made
