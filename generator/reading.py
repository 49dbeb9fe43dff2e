"""Reading articles with a memory: a file whose bytes were read before is not parsed again."""

from dataclasses import dataclass

from generator.core.model import Article
from generator.core.problems import Problem
from generator.core.site import Site
from generator.output.encode import decode, digest, encode
from generator.output.memo import Memo
from generator.output.program import program_digest
from generator.sources.read import ReadArticle, read_article


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What reading one file gave."""

    article: Article | None
    problems: tuple[Problem, ...]


def remembering(memo: Memo) -> ReadArticle:
    """`read_article`, with each result kept in the memo under the file's bytes, path and settings."""
    program = program_digest()

    def read(data: bytes, path: str, site: Site) -> tuple[Article | None, tuple[Problem, ...]]:
        key = digest("article", program, site.digest, path, data)
        kept = memo.get(key)
        if kept is not None:
            known = decode(kept, Read)
            return known.article, known.problems
        article, problems = read_article(data, path, site)
        memo.put_many([(key, encode(Read(article=article, problems=problems)))])
        return article, problems

    return read
