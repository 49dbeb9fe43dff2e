"""What is kept with a page, so that an article's can be made again without the whole archive."""

from generator.around import Around, Known, Whole
from generator.core.model import EntityKey
from generator.core.page import Page, Planned
from generator.core.paths import ArticleId, fold
from generator.output.encode import pack
from generator.render import article_pages, pages
from generator.render.addresses import TAGS
from generator.render.basis import Basis


def surroundings(basis: Basis, planned: Planned, page: Page) -> bytes | None:
    """What to keep with a page, packed; None for most kinds of page."""
    if planned.make is article_pages.article:
        return pack(_around(basis, planned.args[0]))
    if planned.make in {pages.entity, pages.tag} and planned.args[1] == 1:
        return pack(_known(basis, planned.args[0]))
    if planned.make is pages.front:
        return pack(Whole(basis.frame, basis.years, basis.words))
    if planned.make is article_pages.texts:
        return pack(planned.args[1])
    if planned.make is article_pages.articles:
        return pack(page.view.lines)
    return None


def _around(basis: Basis, identity: ArticleId) -> Around:
    article = basis.archive.filed[identity].article
    image = article.image.src.removeprefix("/") if article.image else ""
    source = article.source.file if article.source else ""
    return Around(
        neighbours=basis.archive.neighbours[identity],
        bodies=tuple(name for author in article.authors if (name := fold(author)) in basis.bodies),
        files=tuple(file for file in (image, source) if file in basis.files),
    )


def _known(basis: Basis, key: EntityKey) -> Known:
    entity = basis.archive.entities[key]
    beside = next(
        ((k, n) for k, n in entity.beside if n > 1 and k.taxonomy != TAGS and k in basis.refs), None
    )
    return Known(entity.card, beside)
