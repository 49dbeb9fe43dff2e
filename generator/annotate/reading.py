"""What of an article is read for names: its text and its caption, without what others wrote."""

import re

from generator.annotate.boilerplate import without_boilerplate
from generator.annotate.proposal import OUTSIDE
from generator.annotate.scanning import Text
from generator.core.model import Article, Prose

_READ = frozenset({"paragraph", "item", "quote", "pull", "table", "figure", "other"})
_CREDIT = re.compile(r"\((?:[A-Z][\w./ ]{0,60})\)\s*$")
_WORD = re.compile(r"\w+")


def texts_of(article: Article, prose: Prose) -> list[Text]:
    """The texts to find names in, in reading order.

    Headings, code and related lines are left out, and so are pull quotes that repeat the text; of a picture
    the caption is read, its credit is not. Datelines, credits and sign-offs are written over with spaces.
    """
    texts: list[Text] = []
    if article.image is not None and article.image.caption:
        texts.append(Text(OUTSIDE, without_boilerplate(_CREDIT.sub("", article.image.caption))))
    pulled = any(block.kind == "pull" for block in prose.blocks)
    rest = [b for b in prose.blocks if b.kind in _READ and b.kind != "pull"] if pulled else []
    body = " ".join(_plain(block.text) for block in rest)
    for number, block in enumerate(prose.blocks):
        if block.kind in _READ and not (block.kind == "pull" and _plain(block.text) in body):
            texts.append(Text(number, without_boilerplate(block.text)))
    return texts


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text.lower()))
