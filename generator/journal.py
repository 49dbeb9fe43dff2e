"""What an import has begun and not ended, so that the next one can end it: kept among the caches.

What can be done only when all articles are there (links that lead to one another, smaller sizes of
pictures, files that a format looked into) is done at the end of an import. One that was killed leaves its
journal, and the next import, of whatever, does that for the articles named in it too.
"""

from contextlib import suppress
from io import FileIO
from pathlib import Path
from typing import Self

from generator.core.problems import Problem

_NAME = "importing"


class Journal:
    """The journal of one import; `left` are the articles that one before it wrote and did not end.

    Lines are paths relative to the site, "+" before those that are new. Nothing is written in a dry run.
    """

    def __init__(self, root: Path, *, dry_run: bool) -> None:
        self.path = root / ".morgue" / _NAME
        self.dry_run = dry_run
        self.left: dict[str, bool] = {}
        self._file: FileIO | None = None
        for line in self._lines():
            path = line.removeprefix("+")
            self.left[path] = self.left.get(path, False) or line != path

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        if self._file is not None:
            self._file.close()

    def _lines(self) -> list[str]:
        try:
            text = self.path.read_bytes().decode("utf-8", "replace")
        except OSError:
            return []
        # The last line may be cut off: its article was not written then.
        return [line for line in text.split("\n")[:-1] if line]

    def note(self, path: str, *, is_new: bool) -> list[Problem]:
        """Note an article that is about to be written; what stands in the way is a problem."""
        if self.dry_run:
            return []
        try:
            if self._file is None:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                self._file = FileIO(self.path, "ab")
            self._file.write(f"{'+' if is_new else ''}{path}\n".encode("utf-8", "replace"))
        except OSError as error:
            return [
                Problem(f".morgue/{_NAME}", 0, "E333", f"not written: {error.strerror}", "check the folder")
            ]
        return []

    def end(self) -> None:
        """All is done."""
        if not self.dry_run:
            with suppress(OSError):  # then the next import looks at the same articles once more
                self.path.unlink(missing_ok=True)
