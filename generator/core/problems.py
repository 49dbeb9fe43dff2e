"""What is wrong with the content, told so that its author can mend it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake in what people wrote or imported.

    `path` is relative to the site's folder, with forward slashes, or a source's path as given on the
    command line; "" when no file is to blame. `line` counts from 1; 0 means the whole file.
    `code` is stable and listed in docs/reference/problems.md: E… means that something was left out,
    W… that everything is there but an editor should look. `message` says what is wrong, naming the
    front-matter key or setting first where there is one; `hint` what was expected or how to mend it.
    """

    path: str
    line: int
    code: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}: " if self.line else f"{self.path}: " if self.path else ""
        hint = f" ({self.hint})" if self.hint else ""
        return f"{place}{self.message}{hint} [{self.code}]"

    @property
    def is_error(self) -> bool:
        """Whether something was left out because of it."""
        return self.code.startswith("E")


class SiteError(Exception):
    """The work cannot go on: wrong usage or configuration, told in one or more problems.

    Commands print the problems and exit with 2.
    """

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems
