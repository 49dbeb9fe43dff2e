"""What a build is asked to do, and what came of it."""

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from generator.core.frozen import dataclass
from generator.core.paths import Address
from generator.core.problems import Problem
from generator.core.site import Site
from generator.searching.program import Program

if TYPE_CHECKING:
    from concurrent.futures import Executor


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a build is asked to do. `now` decides whether an embargo has passed, and nothing else."""

    output: Path
    now: datetime
    drafts: bool = False
    strict: bool = False
    clean: bool = False
    jobs: int = 1
    executor: "Executor | None" = None  # does the work in place of `jobs` processes
    explain: str = ""
    search: Program | None = None  # what makes the search index; without one, the page reads the texts

    def search_of(self, site: Site) -> Program | None:
        """What makes a site's search index: nothing where it does without search."""
        return None if "search" in site.omit else self.search


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What a build did; `written` and `removed` are paths in the output, sorted; `added` are those of
    `written` that were not there before."""

    articles: int
    pages: int
    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    reasons: Mapping[str, str] = field(default_factory=dict)  # why each of `written` was
    redirects: Mapping[Address, str] = field(default_factory=dict)  # old address → its href
    gone: tuple[Address, ...] = ()  # addresses of what was withdrawn, where nothing else is
    problems: tuple[Problem, ...] = ()
    explanation: str = ""
    refused: bool = False  # --strict found problems, so nothing was published
