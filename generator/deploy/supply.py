"""Where the files of a deploy come from: a build of this machine, or what the target kept of an earlier."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from generator.core.frozen import dataclass
from generator.deploy.stored import Stored, upload
from generator.deploy.target import Keeping, Target, Version


class Supply(Protocol):
    """The files that a target is to have."""

    @property
    def digests(self) -> Mapping[str, str]:
        """What each file is, path → the digest that the record will hold of it."""

    def put(self, paths: Sequence[str]) -> Mapping[str, str]:
        """Bring some of them to the target; the marks that are known of them then, by path."""

    def mark_of(self, path: str) -> str:
        """The mark that a file will have there, "" where only the target knows."""


@dataclass(frozen=True, slots=True)
class FromBuild:
    """The files of a build folder, uploaded."""

    target: Target
    files: Mapping[str, Stored]
    build: Path

    @property
    def digests(self) -> Mapping[str, str]:
        """The digests of the files, with their headers where the target keeps any."""
        return {path: one.digest for path, one in self.files.items()}

    def put(self, paths: Sequence[str]) -> Mapping[str, str]:
        """Upload files; SiteError when the build is no longer what its manifest says."""
        return self.target.put([upload(self.files[path], self.build) for path in paths])

    def mark_of(self, path: str) -> str:
        """The mark of a file made ready to be sent."""
        return self.target.mark_of(upload(self.files[path], self.build))


@dataclass(frozen=True, slots=True)
class FromVersions:
    """Files as the target itself kept them: nothing is sent. Of each that is to be brought back `versions`
    has the one to show."""

    target: Keeping
    digests: Mapping[str, str]
    versions: Mapping[str, Version]

    def put(self, paths: Sequence[str]) -> Mapping[str, str]:
        """Show kept versions again, with the headers they had."""
        for path in paths:
            self.target.restore(self.versions[path])
        return {}

    def mark_of(self, path: str) -> str:
        """The mark of the version: what is shown already needs not be brought back."""
        return self.versions[path].mark if path in self.versions else ""
