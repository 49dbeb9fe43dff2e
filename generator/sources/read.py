"""Reading content/: every article, authority record and free page of a site, and what is wrong with them."""

from collections.abc import Callable

from generator.core.frozen import dataclass
from generator.core.model import Article, EntityKey, FreePage, Record
from generator.core.problems import Problem
from generator.core.site import Site
from generator.sources.articles import article_id, read_article
from generator.sources.findings import Findings
from generator.sources.records import read_page, read_record
from generator.sources.walk import contents, markdown_files

__all__ = ["Content", "ReadArticle", "article_id", "read_article", "read_content", "read_page", "read_record"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What people wrote, each kind by path. `problems` are sorted by file and line."""

    articles: tuple[Article, ...]
    records: tuple[Record, ...]
    pages: tuple[FreePage, ...]
    problems: tuple[Problem, ...]


ReadArticle = Callable[[bytes, str, Site], tuple[Article | None, tuple[Problem, ...]]]
"""`read_article`, or what stands in for it: the same result for the same file."""


def read_content(site: Site, read: ReadArticle = read_article) -> Content:
    """All of content/ but its media and sources. What cannot be read is left out and told in `problems`."""
    out = Findings("")
    articles: list[Article] = []
    for path, data in contents(markdown_files(site.root, "content/articles", out), out):
        article, problems = read(data, path, site)
        out.problems.extend(problems)
        if article:
            articles.append(article)
    records, pages = read_records(site, out), read_pages(site, out)
    return Content(
        articles=tuple(articles),
        records=records,
        pages=pages,
        problems=tuple(sorted(out.problems)),
    )


def read_records(site: Site, out: Findings) -> tuple[Record, ...]:
    """Every authority record, by path; what is wrong goes to `out`."""
    records: dict[EntityKey, Record] = {}
    for path, data in contents(markdown_files(site.root, "content/entities", out), out):
        record, problems = read_record(data, path, site)
        out.problems.extend(problems)
        if record and record.key in records:
            first = records[record.key].path
            hint = "rename one, or merge the two"
            message = f"file: the same record as {first}"
            out.problems.append(Problem(path, 0, "E213", message, hint))
        elif record:
            records[record.key] = record
    return tuple(records.values())


def read_pages(site: Site, out: Findings) -> tuple[FreePage, ...]:
    """Every free page, by path; what is wrong goes to `out`."""
    pages: list[FreePage] = []
    for path, data in contents(markdown_files(site.root, "content/pages", out), out):
        page, problems = read_page(data, path, site)
        out.problems.extend(problems)
        if page:
            pages.append(page)
    return tuple(pages)
