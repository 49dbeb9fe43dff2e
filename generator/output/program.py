"""Which program is running: part of every memo key, so that no cache outlives the code that filled it."""

from functools import lru_cache
from pathlib import Path

from generator.output.encode import digest


@lru_cache(maxsize=1)
def program_digest() -> str:
    """A digest of the program's own source files and packaged data; the same on every machine."""
    root = Path(__file__).parent.parent
    files = sorted(
        path
        for path in root.rglob("*")
        if path.suffix != ".pyc" and path.is_file() and path.relative_to(root).parts[0] != "templates"
    )
    return digest(
        *(part for path in files for part in (path.relative_to(root).as_posix(), path.read_bytes()))
    )
