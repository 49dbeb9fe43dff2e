"""Posts made into articles one after another: what a file of any size needs."""

from collections.abc import Iterable, Iterator

from generator.core.problems import Problem
from generator.sources.importers.base import ImportContext, Imported
from generator.sources.importers.html import missing
from generator.sources.importers.posts.files import files_of
from generator.sources.importers.posts.making import made_of, remote_problem
from generator.sources.importers.posts.post import Post


def articles(
    posts: Iterable[Post | Problem], where: str, context: ImportContext
) -> Iterator[Imported | Problem]:
    """The articles that posts become, and what is wrong with them; what concerns all comes last."""
    lacking = missing(where)
    if lacking is not None:
        yield lacking
        return
    remote = 0
    for post in posts:
        if isinstance(post, Problem):
            yield post
            continue
        made = made_of(post, context, where)
        yield made.imported
        yield from made.problems
        remote += made.remote
    yield from remote_problem(where, remote, bool(files_of(context).by_end))
