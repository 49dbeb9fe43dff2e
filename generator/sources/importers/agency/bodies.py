"""An item's text and the pictures that stand below it, in one piece of Markdown."""

from collections.abc import Sequence
from html import escape

from generator.sources.importers.agency.items import Shown
from generator.sources.importers.agency.pictures import with_figures, without_figure
from generator.sources.importers.agency.texts import Text, from_html, from_plain


def of_html(html: str, title: str, where: str, *, lead: Shown | None, others: Sequence[Shown] = ()) -> Text:
    """A text in HTML, without the lead picture, which has a place of its own, and with those it lacks."""
    if lead is not None:
        html = without_figure(html, lead)
    lacking = [each for each in others if not any(name in html for name in each.files)]
    whole = with_figures(html, lacking)
    return from_html(whole, title, where) if whole else Text()


def of_plain(text: str, title: str, where: str, others: Sequence[Shown] = ()) -> Text:
    """A plain text, without a first line that says the headline again."""
    first, _, rest = text.strip().partition("\n")
    if rest.strip() and " ".join(first.split()) == title:
        text = rest
    if not others:
        return Text(from_plain(text))
    paragraphs = "".join(f"<p>{escape(each)}</p>" for each in text.split("\n") if each.strip())
    return from_html(with_figures(paragraphs, others), title, where)
