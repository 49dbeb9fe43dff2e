"""How the pages are made that an edit of an article changes where nothing else does.

They are apart from the others so that such an edit need not load what makes those.
"""

from generator.core.page import Page
from generator.core.paths import Address, ArticleId
from generator.render.article_views import article_view
from generator.render.basis import Basis
from generator.render.data_views import articles_view
from generator.render.text_views import text_view

ARTICLES = Address("/data/articles.jsonl")
"""Where the articles are as data."""


def article(basis: Basis, identity: ArticleId) -> Page:
    """An article's page."""
    filed = basis.archive.filed[identity]
    view = article_view(basis, identity)
    return Page(address=filed.address, template="article.html", view=view, leaves=(filed.leaf,))


def texts(basis: Basis, where: Address, articles: tuple[ArticleId, ...]) -> Page:
    """A file of texts."""
    leaves = tuple(basis.archive.cards[identity].leaf for identity in articles)
    return Page(address=where, template="text.json", view=text_view(basis, articles), leaves=leaves)


def articles(basis: Basis) -> Page:
    """Every article's metadata."""
    return Page(address=ARTICLES, template="articles.jsonl", view=articles_view(basis))
