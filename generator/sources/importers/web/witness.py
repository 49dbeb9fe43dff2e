"""The door to trafilatura: a second opinion on a page in which our own measures find hardly any text."""

import logging

from trafilatura import extract

from generator.sources.importers.html.tree import Element

# It logs what it discards, which would reach a terminal as if it were a problem of ours.
logging.getLogger("trafilatura").addHandler(logging.NullHandler())
logging.getLogger("trafilatura").propagate = False


def text_html(root: Element, address: str) -> str:
    """The page's text as simple HTML, "" when there is none to be found. The tree is left as it was."""
    found = extract(
        root, url=address or None, output_format="html", include_comments=False, include_tables=True,
        include_images=False, include_links=True, include_formatting=True, with_metadata=False,
        favor_recall=True,
    )  # fmt: skip
    return found or ""
