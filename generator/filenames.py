"""How kept files are named: safe on every file system, and telling an earlier version from its successor."""

import re
import unicodedata
from pathlib import Path, PurePosixPath

from generator.core.paths import is_device, slugify

NAME_LIMIT = 200
"""The most bytes of one part of a kept original's path."""

EARLIER_DIGITS = 12
"""So many digits of its SHA-256 stand in the name of an original that a newer version replaced."""

_UNSAFE = re.compile(r"[<>:\"|?*\\\x00-\x1f\x7f]")
_EARLIER = re.compile(rf"\.([0-9a-f]{{{EARLIER_DIGITS}}})\Z")


def is_source(file: str) -> bool:
    """Whether a front matter's `source.file` is a path that an import could have given."""
    parts = PurePosixPath(file).parts
    return len(parts) > 1 and parts[0] == "sources" and ".." not in parts


def source_name(name: str, title: str) -> tuple[str, str]:
    """How an original is named below content/sources: its path without the ending, and the ending."""
    if name == "-":
        return slugify(title), ".txt"
    parts = [safe_part(part) for part in name.split("/") if part not in {"", ".", ".."}]
    path = PurePosixPath(*parts) if parts else PurePosixPath("original")
    return str(path.with_suffix("")), path.suffix


def is_earlier(path: str, sha256: str) -> bool:
    """Whether a kept original is the earlier version of another, by its name and checksum."""
    stamp = _EARLIER.search(PurePosixPath(path).stem)
    return stamp is not None and sha256.startswith(stamp[1])


def earlier_name(file: str, sha256: str) -> str:
    """The name that the earlier version of a kept original gets: wall.0a1b2c3d4e5f.txt."""
    path = PurePosixPath(file)
    return str(path.with_name(f"{path.stem}.{sha256[:EARLIER_DIGITS]}{path.suffix}"))


def temporary(path: Path) -> Path:
    """Where a file is written before it is renamed to its place."""
    return path.with_name(f".{path.name[:60]}.morgue-new")


def safe_part(part: str) -> str:
    """One part of a path that every file system takes: nothing reserved, not hidden, not too long."""
    part = unicodedata.normalize("NFC", _UNSAFE.sub("_", part)).strip().rstrip(".") or "_"
    part = f"_{part[1:]}" if part.startswith(".") else part
    part = f"_{part}" if is_device(part) else part
    stem, dot, suffix = part.rpartition(".")
    if not stem:
        stem, dot, suffix = part, "", ""
    while len(part.encode("utf-8", "replace")) > NAME_LIMIT:
        stem = stem[:-1]
        part = stem + dot + suffix[:20]
    return part
