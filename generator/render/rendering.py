"""From a page to its bytes."""

from dataclasses import replace

from generator.core.language import ENGLISH, Language
from generator.core.page import Page
from generator.render.article_views import ArticleView
from generator.render.entity_views import EntityView, with_sentences
from generator.render.feeds import FeedView, json_feed
from generator.render.templates import Templates
from generator.render.text_views import TextIndexView, TextView, text_index, texts
from generator.render.weaving import LeafOf, ProseOf, filled

SENTENCES = "sentences"
"""What of an entity's view is read from its articles' texts, and only where a template shows it."""


def render_page(page: Page, templates: Templates, prose: ProseOf, leaf_of: LeafOf) -> bytes:
    """The bytes of a page that is not a copy.

    `prose` gives the text kept under a page's prose key, `leaf_of` the leaf kept under its. Raises
    SiteError, naming file and line, for a mistake in a template.
    """
    view = page.view
    if isinstance(view, EntityView) and SENTENCES in templates.words(page.template):
        leaves = (leaf_of(key) if key else None for key in page.leaves)
        page = replace(page, view=with_sentences(view, leaves))
    return templates.render(page, page_text(page, prose, leaf_of, templates.language))


def page_text(page: Page, prose: ProseOf, leaf_of: LeafOf, language: Language = ENGLISH) -> str:
    """The text that a template gets beside its view, as HTML or as JSON; "" when there is none."""
    view = page.view
    if isinstance(view, ArticleView):
        return filled(leaf_of(page.leaves[0]), view.links, view.in_place, language)
    if isinstance(view, TextView):
        return texts(view, map(leaf_of, page.leaves))
    if isinstance(view, TextIndexView):
        return text_index(view)
    if isinstance(view, FeedView) and page.template.endswith(".json"):
        return json_feed(view)
    return prose(page.prose).html if page.prose else ""
