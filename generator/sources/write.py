"""Writing an article's file."""

from collections.abc import Mapping, Sequence

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
