"""Writing an article's file: never half of one."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

from generator.core.model import Value
from generator.sources.frontmatter.dumping import ARTICLE_KEYS, dump


def article_text(
    front: Mapping[str, Value],
    body: str,
    order: Sequence[str] = ARTICLE_KEYS,
    written: Mapping[str, str] | None = None,
) -> str:
    """A whole file: front matter with its keys in `order`, an empty line, the body, one "\\n" at the end.

    `written` gives keys that were written as YAML before.
    """
    text = body.strip("\n")
    return f"---\n{dump(front, order, written)}---\n" + (f"\n{text}\n" if text else "")


def beside(place: Path, text: str) -> Path:
    """A text written in full beside the file whose place it is to take, with that one's permissions.

    Raises OSError, as where the disk is full, and leaves nothing behind then.
    """
    mark = blake2b(place.name.encode("utf-8", "surrogateescape"), digest_size=4).hexdigest()
    written = place.with_name(f".{place.name[:40]}.{mark}.new")  # a long name leaves no room for more
    try:
        written.write_bytes(text.encode("utf-8"))
        if place.exists():
            written.chmod(place.stat().st_mode & 0o7777)
    except OSError:
        with suppress(OSError):
            written.unlink()
        raise
    return written
