"""What is written under a picture: a caption and a credit, in elements or attributes."""

import re

from generator.sources.importers.html.credits import stands_as_credit
from generator.sources.importers.html.tree import Element, text_of, walk

CAPTION = re.compile(
    r"(?:^|[\s_-])(?:(?:fig|image|img|photo|media|picture|pic|foto|amp|bild)?-?caption|cutline|legend[ea]?|bildunterschrift|"
    r"bildtext|pie(?:-?de-?foto)?|wp-caption-text|didascalia|onderschrift|bijschrift|bildetekst|podpis|"
    r"(?:image|img|photo|pic|picture|foto)-?(?:desc(?:ription)?|text|legend))(?=[\s_0-9-]|$)|caption", re.I
)  # fmt: skip
CREDIT = re.compile(
    r"(?:^|[\s_-])(?:credits?|copyright(?:-?holder)?|photographer|photo-?by|source|attribution|byline|agency|quelle|creator|"
    r"rights|firma-?foto|(?:author|autor|auteur)-?(?:photo|foto)|fotograf[oae]?|(?:image|img|photo|pic|slide)-?(?:credits?|copyright|"
    r"byline|source|author)|credit-?text)(?=[\s_0-9-]|$)", re.I
)  # fmt: skip
_UNSEEN = re.compile(r"visually-?hidden|sr-?only|screen-?reader|offscreen", re.I)
_TOOL = re.compile(
    r"(?:^|[\s_-])(?:btn|buttons?|(?:photo-?)?buy|enlarge(?:this)?|zoom|expand|toggle|hide-?caption|lightbox-?(?:link|open))(?=[\s_-]|$)",
    re.I,
)
CAPTIONS = ("data-c-caption", "data-caption", "data-image-caption")
CREDITS = ("data-c-credit", "data-credit", "data-photo-credit", "data-image-credit")
_FEW = 8


def caption_behind(figure: Element) -> Element | None:
    """The <figcaption> that stands behind a figure and not in it, as it should; None for others."""
    following = figure.getnext()
    if figure.tag != "figure" or following is None or following.tag != "figcaption":
        return None
    return following


def read_caption(element: Element) -> tuple[str, list[str]]:
    """The caption an element holds, and the credits in elements of their own within it."""
    words: list[str] = []
    credits: list[str] = []
    walker = walk(element)
    for event, inner in walker:
        if event == "start":
            if is_unread(inner):
                walker.skip()
            elif inner is not element and (
                inner.tag == "small"
                or is_credit(inner)
                or (
                    not credits
                    and _ends(inner, element)
                    and stands_as_credit(text_of(inner), " ".join("".join(words).split()))
                )
            ):
                credits.append(text_of(inner))
                walker.skip()
            else:
                words.append(inner.text or "")
                if inner.tag in {"p", "div", "br", "li"}:
                    words.append(" ")
        elif inner is not element:
            words.append(inner.tail or "")
    caption = " ".join("".join(words).split())
    if not caption:
        caption = attribute(element, CAPTIONS)
    if not credits and (named := attribute(element, CREDITS)):
        credits.append(named)
    return caption, credits


def is_credit(element: Element) -> bool:
    """Whether an element calls itself the credit, and not caption and credit together."""
    names = called(element)
    return CREDIT.search(names) is not None and CAPTION.search(names) is None


def _ends(inner: Element, element: Element) -> bool:
    """Whether a child is the last that stands in an element, with no words behind it."""
    for number, node in enumerate(inner.itersiblings()):
        if number > _FEW or (isinstance(node.tag, str) and not is_unread(node) and text_of(node)):
            return False
    return inner.getparent() is element and not (inner.tail or "").strip()


def called(element: Element) -> str:
    """What the class and itemprop of an element call it."""
    return (
        f"{element.get('class') or ''} {element.get('itemprop') or ''}"[:500]
        if isinstance(element.tag, str)
        else ""
    )


def is_unread(element: Element) -> bool:
    """Whether an element beside a picture is a tool, or for nobody's eyes."""
    if element.tag in {"script", "style", "button", "svg", "template"}:
        return True
    names = called(element)
    return len(names) > 1 and (_UNSEEN.search(names) or _TOOL.search(names)) is not None


def attribute(element: Element, names: tuple[str, ...]) -> str:
    """Words that style sheets or scripts show from an element's attributes."""
    written = next(filter(None, (element.get(name) for name in names)), "")
    return "" if "<" in written else " ".join(written[:2000].split())
