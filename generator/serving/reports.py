"""What one rebuild came to, and what is told of it."""

from typing import Literal

from generator.core.frozen import dataclass
from generator.core.paths import Address
from generator.core.problems import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """An output that is not what it was. `reason` says why: "new", "what it shows (title, days)"."""

    address: Address
    kind: Literal["written", "removed"]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A rebuild: what changed in the output, sorted by address, and everything wrong with the content.

    `saved` are copied files that were saved, whether the output had their bytes before or not: a browser may
    have taken one in just before. Where it `failed` nothing was published, and the last good site stands.
    """

    changes: tuple[Change, ...] = ()
    saved: tuple[Address, ...] = ()
    problems: tuple[Problem, ...] = ()
    pages: int = 0
    milliseconds: float = 0
    failed: bool = False

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems for which something was left out."""
        return tuple(problem for problem in self.problems if problem.is_error)
