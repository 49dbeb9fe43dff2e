"""What the last build of an output folder saw and left: enough to tell, by looks alone, what changed since.

How it is kept is for `output/keeping.py` to say. It is never needed: one that is missing, damaged or another
program's means that everything is looked at again.
"""

import os
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from typing import NamedTuple

from generator.core.frozen import dataclass
from generator.core.paths import Address
from generator.core.problems import Problem
from generator.output.encode import digest

RACY = 50_000_000
"""Nanoseconds by which a file must be older than the build that saw it: the clocks of file systems tick no
finer than some hundredths of a second, and a file saved twice within one tick looks the same."""


class Seen(NamedTuple):
    """A file as the file system tells of it: size in bytes, times in nanoseconds, inode."""

    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int


class Row(NamedTuple):
    """An article's file: how it looked, the key of its Filing, what of it others can show, and its text.

    `page` is the output file of the article, "" where it has none; `status` what it was shown as.
    """

    seen: Seen
    key: str
    shared: str
    text: str
    page: str
    status: str


class Written(NamedTuple):
    """An output file: the key it was rendered under, digests of the fields of its view, and how it looked."""

    key: str
    parts: bytes
    digest: str
    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """What a build saw and left.

    `head` is a digest of all that any page may depend on beside content and templates: the program, the
    settings, whether drafts are shown; `decided` one of the authority records, `quoted`
    whether pages showed sentences of other articles. `started`
    is when the build began to look, in nanoseconds of the system's clock; `until` the moment at which the
    next embargo ends, as RFC 3339, or "". `inputs` are all files but articles that it read, by path;
    `articles` the articles' files and `pages` the output, by path. `problems` are all that it told, `own`
    those of each article by its path, `loose` those that listing the articles' files gave. `redirects`
    tells where each old address leads, with the path of the site's address, `gone` what was withdrawn.
    """

    head: str = ""
    decided: str = ""
    quoted: bool = True
    started: int = 0
    until: str = ""
    inputs: Mapping[str, Seen]
    articles: Mapping[str, Row]
    pages: Mapping[str, Written]
    problems: tuple[Problem, ...] = ()
    loose: tuple[Problem, ...] = ()
    own: Mapping[str, tuple[Problem, ...]]
    redirects: Mapping[Address, str] = field(default_factory=dict)
    gone: tuple[Address, ...] = ()
    manifest: tuple[int, int] = (0, 0)  # size and modification time of the manifest
    shown: int = 0  # how many articles readers see

    def is_as_seen(self, before: Seen | None, now: Seen) -> bool:
        """Whether a file looks as it did, and was not saved so shortly before that its looks tell nothing."""
        return before == now and is_settled(now, self.started)


NOTHING = Ledger(inputs={}, articles={}, pages={}, own={})
"""What is known before the first build."""


def ledger_path(folder: Path, output: Path) -> Path:
    """Where the ledger of an output folder is kept below .morgue/."""
    return folder / f"ledger-{digest(str(output.resolve()))[:16]}"


def is_settled(look: Seen, started: int) -> bool:
    """Whether a file was last saved so long before a moment that a later save would look otherwise."""
    return max(look.mtime_ns, look.ctime_ns) < started - RACY


def seen(status: os.stat_result) -> Seen:
    """How a file looks."""
    return Seen(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
