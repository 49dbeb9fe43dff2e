"""From a page to its bytes."""

from generator.core.model import Prose
from generator.core.page import Page
from generator.render.article_views import ArticleView
from generator.render.feeds import FeedView, json_feed
from generator.render.templates import Templates
from generator.render.text_views import TextIndexView, TextView, text_index, texts
from generator.render.weaving import ProseOf, Weave, finish


def render_page(page: Page, templates: Templates, prose: ProseOf, weave: Weave) -> bytes:
    """The bytes of a page that is not a copy.

    `prose` gives the text kept under a page's prose key, `weave` puts links and notes into it. Raises
    SiteError, naming file and line, for a mistake in a template.
    """
    return templates.render(page, page_text(page, prose, weave))


def page_text(page: Page, prose: ProseOf, weave: Weave) -> str:
    """The text that a template gets beside its view, as HTML or as JSON; "" when there is none."""
    view = page.view
    if isinstance(view, ArticleView):
        return article_prose(view, prose(page.prose), weave)
    if isinstance(view, TextView):
        return texts(view, prose)
    if isinstance(view, TextIndexView):
        return text_index(view)
    if isinstance(view, FeedView) and page.template.endswith(".json"):
        return json_feed(view)
    return prose(page.prose).html if page.prose else ""


def article_prose(view: ArticleView, prose: Prose, weave: Weave) -> str:
    """An article's text with its links, notes, related lines, dateline and rings."""
    woven = weave(prose, view.links, view.notes, {span.block: span for span in view.in_place})
    return finish(woven, view.dateline, [(card.link, card.id, card.name) for card in view.cards])
