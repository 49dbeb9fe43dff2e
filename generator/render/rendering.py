"""From a page to its bytes."""

from typing import Any

from generator.core.archive import Leaf
from generator.core.frozen import replace
from generator.core.language import ENGLISH, Language
from generator.core.page import Page
from generator.render.anniversary_views import AnniversaryView, with_told
from generator.render.article_views import ArticleView
from generator.render.basis import QUOTED, SENTENCES, TIMELINE
from generator.render.entity_views import EntityView, with_sentences
from generator.render.feeds import FeedView, json_feed
from generator.render.quote_views import LeavesView, QuotesView, leaves_json, spoken_of, voices, with_rows
from generator.render.tag_views import TagView
from generator.render.templates import Templates
from generator.render.text_views import TextIndexView, TextView, text_index, texts
from generator.render.timelines import own_timeline, timeline
from generator.render.weaving import Kept, filled


def render_page(page: Page, templates: Templates, kept: Kept) -> bytes:
    """The bytes of a page that is not a copy.

    Raises SiteError, naming file and line, for a mistake in a template.
    """
    page = replace(page, view=with_texts(page, templates, kept))
    return templates.render(page, page_text(page, kept, templates.language))


def with_texts(page: Page, templates: Templates, kept: Kept) -> Any:
    """A page's view with what it shows of its articles' texts."""
    view, language = page.view, templates.language
    if isinstance(view, QuotesView):
        return with_rows(view, map(kept.told, page.leaves))
    if isinstance(view, AnniversaryView):
        return with_told(view, map(kept.told, page.leaves))
    if not isinstance(view, ArticleView | EntityView | TagView):
        return view
    shown = {SENTENCES, QUOTED, TIMELINE} & templates.words(page.template)
    if isinstance(view, ArticleView):
        return _with_own(view, kept.leaf(page.leaves[0]), shown, language) if shown else view
    leaves = [kept.told(key) if key else None for key in page.leaves] if shown else []
    if isinstance(view, TagView):
        items = [item for year in view.years for item in year.items]
        return replace(view, timeline=timeline(items, leaves, language)) if TIMELINE in shown else view
    items = [row.item for row in view.items]
    if SENTENCES in shown:
        view = with_sentences(view, leaves)
    if QUOTED in shown:
        by, about = spoken_of(view.entity, items, leaves, view.frame.root)
        view = replace(view, quoted=by, quoted_about=about)
    if TIMELINE in shown:
        view = replace(view, timeline=timeline(items, leaves, language, view.entity))
    return view


def _with_own(view: ArticleView, leaf: Leaf, shown: set[str], language: Language) -> ArticleView:
    return replace(
        view,
        quoted=voices(leaf, view.frame.root) if QUOTED in shown else (),
        timeline=own_timeline(leaf, language) if TIMELINE in shown else (),
    )


def page_text(page: Page, kept: Kept, language: Language = ENGLISH) -> str:
    """The text that a template gets beside its view, as HTML or as JSON; "" when there is none."""
    view = page.view
    if isinstance(view, ArticleView):
        return filled(kept.leaf(page.leaves[0]), view.links, view.in_place, language)
    if isinstance(view, TextView):
        return texts(view, map(kept.leaf, page.leaves))
    if isinstance(view, TextIndexView):
        return text_index(view)
    if isinstance(view, LeavesView):
        return leaves_json(view, map(kept.told, page.leaves))
    if isinstance(view, FeedView) and page.template.endswith(".json"):
        return json_feed(view)
    return kept.prose(page.prose).html if page.prose else ""
