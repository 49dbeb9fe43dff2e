"""Every text that people wrote, with what stands in it: articles, free pages and records."""

from collections.abc import Iterator
from datetime import datetime

from generator.core.frozen import dataclass
from generator.core.model import Article, Prose
from generator.core.paths import entity_address
from generator.core.site import Site
from generator.gathering import is_public
from generator.markup.convert import convert
from generator.outcome import Options
from generator.render.addresses import article_address
from generator.sources.read import read_content


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One text: its file, the line its body begins on, the address of its page, and what was made of it.

    `article` is None for a free page and a record; `published` is None where there is no date.
    """

    path: str
    line: int
    address: str
    prose: Prose
    article: Article | None = None
    published: datetime | None = None

    def line_of(self, number: int) -> int:
        """The line of the file where link number `number` of the text is written."""
        lines = self.prose.link_lines
        inner = lines[number] if number < len(lines) else 0
        return self.line + inner - 1 if inner else self.line


def texts(site: Site, options: Options) -> Iterator[Text]:
    """The texts of a site that a build with these options would show, in the order of their files."""
    content = read_content(site)
    for article in content.articles:
        if is_public(article, options):
            yield Text(
                path=article.path,
                line=article.body_line,
                address=article_address(article, site),
                prose=convert(article.body, site.base),
                article=article,
                published=article.published.at,
            )
    for page in content.pages:
        prose = convert(page.body, site.base)
        yield Text(path=page.path, line=page.body_line, address=page.address, prose=prose)
    for record in content.records:
        where = entity_address(record.key.taxonomy, record.key.slug)
        line = _body_line(site, record.path, record.body)
        prose = convert(record.body, site.base)
        yield Text(path=record.path, line=line, address=where, prose=prose)


def _body_line(site: Site, path: str, body: str) -> int:
    """The line that a record's text begins on: what stands above it is the rest of the file."""
    whole = (site.root / path).read_text(encoding="utf-8-sig", errors="replace").replace("\r\n", "\n")
    at = whole.find(body) if body.strip() else -1
    return whole.count("\n", 0, at) + 1 if at >= 0 else 1
