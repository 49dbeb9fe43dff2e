"""Whether what an original says of an article came before: what an earlier import replaced stays replaced.

Where two originals call an article the same and nothing says which of them is later, the first import
lets the last of them in order have its way. Every later import finds it settled, by three marks:

- the original is kept: all that is in it was taken in when it came;
- an earlier text of the article, kept below content/versions, names this original;
- such a text says the same, and was replaced within the very import that brought the present one. (One
  that an import of another day replaced may come back in an original of other bytes: the source went back.)
"""

from collections.abc import Mapping

from generator.clerk import Case, Clerk
from generator.core.model import Value
from generator.sources.importers.base import Imported
from generator.sources.importers.known import Known
from generator.sources.importers.merge import plain


def says_the_same(one: Imported, other: Imported) -> bool:
    """Whether two imports of an article say the same, whatever is told of their sources."""
    return one.body == other.body and _facts(one.front) == _facts(other.front)


def is_kept(case: Case, file: str, clerk: Clerk) -> bool:
    """Whether an original was taken in by an earlier import; `file` is where it is or would be kept."""
    if case.path:  # it lies there anyway
        return clerk.depot.is_remembered(case.sha256)
    return clerk.depot.kept_file(file, case.sha256) is not None


def came_before(case: Case, one: Imported, known: Known, clerk: Clerk) -> bool:
    """Whether an earlier text of an article is that of this original, or says the same and was settled."""
    is_fresh = known.path in clerk.holdings.fresh
    for text in clerk.depot.versions(known.path):
        version = clerk.as_import(text, known.path)
        origin = version.front.get("source")
        if not isinstance(origin, dict):
            continue
        if origin.get("sha256") == case.sha256 and not is_fresh:
            return True
        if origin.get("imported") == known.imported and says_the_same(version, one):
            return True
    return False


def _facts(front: Mapping[str, Value]) -> dict[str, Value]:
    return {key: plain(key, value) for key, value in front.items() if key not in {"source", "slug"}}
