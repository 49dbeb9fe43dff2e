"""Where a version of an article stands among those before it: agencies send one story many times."""

from dataclasses import replace

from generator.sources.importers.base import Imported
from generator.sources.importers.identity import instant
from generator.sources.importers.known import Known


def dated(one: Imported, known: Known) -> Imported:
    """A version with the dates that an article known already gives it.

    Only of one that is `dated_by_version`: the article keeps its publication, and was updated when this
    version was made.
    """
    stated = str(one.front.get("published", ""))
    made, first = instant(stated), instant(known.published)
    if not one.dated_by_version or made is None or first is None or made <= first:
        return one
    return replace(one, front={**one.front, "published": known.published, "updated": stated})


def is_earlier(one: Imported, known: Known) -> bool:
    """Whether a version that is `dated_by_version` was made before the one that the archive has."""
    made = instant(str(one.front.get("published", "")))
    latest = instant(known.updated or known.published)
    return one.dated_by_version and made is not None and latest is not None and made < latest


def overlaid(change: Imported, on: Imported) -> Imported:
    """An article as it is after a change that says only what is new: a kill, a recall, a correction."""
    front = {**on.front, **{key: value for key, value in change.front.items() if key != "source"}}
    return replace(change, front=front, body=change.body or on.body)
