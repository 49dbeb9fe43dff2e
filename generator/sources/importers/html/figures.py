"""Pictures with what is written under them."""

import re
from collections.abc import Sequence
from html import escape as escape_html
from itertools import islice

from generator.sources.importers.html import Picture
from generator.sources.importers.html.addresses import is_tracker, picture_address
from generator.sources.importers.html.captions import (
    CAPTION,
    CAPTIONS,
    CREDIT,
    CREDITS,
    attribute,
    called,
    caption_behind,
    is_unread,
    read_caption,
)  # fmt: skip
from generator.sources.importers.html.credits import bare_credit, split_credit, stands_as_credit
from generator.sources.importers.html.escaping import encode_url, escape
from generator.sources.importers.html.tree import Element, text_of, walk

_FIGURE = re.compile(
    r"(?:^|\s)(?:wp-caption|tr-caption-container|gallery-item|image-?caption-?wrap|captioned-?image)", re.I
)
_HOLDERS = frozenset(["div", "table", "dl", "aside", "section", "span", "p"])
_PICTURED = re.compile(
    r"image|photo|foto|bild|(?<![a-z])pic(?![a-z])|picture|img|imagem|media|caption|figure|lead-?art|slide",
    re.I,
)
_LEADING = re.compile(
    r"featured|lead|hero|main|top|principal|teaser-?image|post-?thumbnail|article-?image|wp-post-image", re.I
)
_PORTRAIT = re.compile(
    r"avatar|author|headshot|byline|profile|portrait-?small|logo|icon|gravatar|columnist", re.I
)
_NOISE = re.compile(
    r"^(?:enlarge|zoom|expand|hide|toggle|view|open|close|buy|share|loading|image|photo|play|show)?(?:\s+(?:this|full|caption|image|photo|source|screen|gallery|now)){0,3}"
    r"[\s,.:]*$|^\d+\s*(?:/|of)\s*\d+$", re.I
)  # fmt: skip
_LONG_CAPTION = 200
_BESIDE = 400
_FEW_WORDS = 250
_PHOTO = re.compile(r"(?:^|[\s_-])(?:photo|foto|bild|image|img|pic(?:ture)?)s?(?=[\s_-]|$)|news_?img", re.I)
_LINES = frozenset(["br", "p", "div", "tr", "td", "li"])
_CREDIT_ALONE = 60


def is_figure(element: Element, tag: str) -> bool:
    """Whether an element holds a picture together with its caption."""
    if tag == "figure":
        return True
    if tag not in _HOLDERS:
        return False
    names = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('data-component') or ''}"[
        :300
    ]
    if tag in {"div", "table", "dl"} and _FIGURE.search(names):
        return True
    if tag == "table" and element.get("align") in {"left", "right", "LEFT", "RIGHT"} and _is_framed(element):
        return True
    return (
        _PICTURED.search(names) is not None or "imageobject" in (element.get("itemtype") or "").lower()
    ) and (_is_small(element))


def _is_framed(table: Element) -> bool:
    """Whether a table beside the text holds one picture and its few words, as set in 1999."""
    inner = [child.tag for child in islice(table.iterdescendants(), 21)]
    return (
        len(inner) <= 20
        and inner.count("img") == 1
        and "table" not in inner
        and 0 < len(text_of(table)) <= _BESIDE
    )


def _is_small(element: Element) -> bool:
    """Whether an element holds one picture, its caption, and nothing else of length."""
    pictured = captioned = False
    for number, inner in enumerate(element.iterdescendants()):
        if number > 40 or inner.tag in {"h1", "h2", "table", "ul", "article", "form"}:
            return False
        if inner.tag in {"img", "amp-img"}:
            pictured = True
        elif isinstance(inner.tag, str):
            names = f"{inner.get('class') or ''} {inner.get('itemprop') or ''}"[:300]
            captioned = captioned or CAPTION.search(names) is not None or CREDIT.search(names) is not None
            if inner.tag == "p" and len(inner.text or "") > _LONG_CAPTION and not captioned:
                return False
    names = _names(element)
    is_named = _PHOTO.search(names) or CAPTION.search(called(element))
    if pictured and not captioned and is_named and not _PORTRAIT.search(names):
        return 0 < len(text_of(element)) <= _FEW_WORDS
    return pictured and captioned


def captioned_beside(image: Element, address: str) -> tuple[Picture, tuple[Element, ...]] | None:
    """A picture of its own with the caption that stands right behind it, and the elements of that caption."""
    inner = image if image.tag != "picture" else next(iter(image.iter("img")), None)
    if inner is None or is_tracker(inner) or _is_portrait(inner):
        return None
    src = picture_address(inner, address)
    box = _alone_in(image)
    following = box.getnext()
    if following is None or not isinstance(following.tag, str) or not CAPTION.search(called(following)):
        return (Picture(src=src, alt=alt_of(inner)), ()) if src and _LEADING.search(_names(inner)) else None
    words, credits = read_caption(following)
    beside = [following]
    credited = following.getnext()
    if not credits and credited is not None and CREDIT.search(called(credited)):
        credits.append(text_of(credited))
        beside.append(credited)
    caption, credit = split_credit(words, " / ".join(dict.fromkeys(map(bare_credit, credits))))
    return Picture(src=src, alt=alt_of(inner), caption=caption, credit=credit), tuple(beside)


def _alone_in(image: Element) -> Element:
    """The outermost of a few boxes that hold a picture and nothing else."""
    box = image
    for _ in range(5):
        holder = box.getparent()
        if (
            holder is None
            or holder.tag not in {"div", "a", "p", "span", "picture"}
            or box.getnext() is not None
            or box.getprevious() is not None
            or (holder.text or "").strip()
            or (box.tail or "").strip()
        ):
            return box
        box = holder
    return box


def _names(element: Element) -> str:
    parent = element.getparent()
    around = f"{parent.get('class') or ''} {parent.get('id') or ''}" if parent is not None else ""
    return f"{element.get('class') or ''} {element.get('id') or ''} {around}"[:400]


def _is_portrait(image: Element) -> bool:
    return _PORTRAIT.search(f"{_names(image)} {(image.get('src') or '')[:200]}") is not None


def pictures_of(figure: Element, address: str) -> tuple[Picture, ...] | None:
    """The pictures of a figure, the caption with the last of them; None when it captions something else.

    One picture in several sizes is one.
    """
    images: list[Element] = []
    captions: list[str] = []
    credits: list[str] = []
    loose: list[str] = []
    told: list[str] = []  # in attributes, for scripts or style sheets to show
    credited: list[str] = []
    walker = walk(figure)
    for event, element in walker:
        if event != "start":
            if element is not figure:
                loose.append(element.tail or "")
            continue
        tag = str(element.tag)
        told.append(attribute(element, CAPTIONS))
        credited.append(attribute(element, CREDITS))
        if tag == "button" and any(True for _ in element.iter("img")):
            continue
        if tag in {"script", "style", "button", "svg", "template", "input", "select", "noscript"}:
            walker.skip()
        elif tag in {"img", "amp-img", "amp-anim"}:
            if not is_tracker(element):
                images.append(element)
        elif (
            tag in {"figure", "table", "blockquote", "pre", "ul", "ol", "iframe", "video", "audio", "object"}
            and element is not figure
        ):
            return None
        elif tag not in {"figure", "picture", "html", "body"} and element is not figure:
            names = f"{called(element)} {element.get('id') or ''}"[:500]
            if tag == "small" or (CREDIT.search(names) and not CAPTION.search(names)):
                credits.append(text_of(element))
                walker.skip()
            elif tag == "figcaption" or CAPTION.search(names):
                words, named = read_caption(element)
                captions.append(words)
                credits += named
                walker.skip()
            elif is_unread(element):
                walker.skip()
            else:
                loose.append(f"{chr(10) if tag in _LINES else ''}{element.text or ''}")
    if not images:
        return None
    if not captions and (following := caption_behind(figure)) is not None:
        words, named = read_caption(following)
        captions.append(words)
        credits += named
    caption = " ".join(dict.fromkeys(filter(None, captions)))
    credit = " / ".join(dict.fromkeys(filter(None, map(bare_credit, credits))))
    lines = [line for each in "".join(loose).split("\n") if (line := " ".join(each.split()))]
    if len(lines) > 1 and not credit and stands_as_credit(lines[-1], lines[-2]):
        credit = bare_credit(lines.pop())
    beside = " ".join(lines)
    if beside and not _NOISE.match(beside) and len(beside) <= _BESIDE:
        # Beside a caption it is the credit, else it is the caption itself.
        if caption and not credit and len(beside) <= _CREDIT_ALONE:
            credit = bare_credit(beside)
        elif not caption:
            caption = beside
    caption = caption or next(filter(None, told), "")
    credit = credit or next(filter(None, credited), "")
    caption, credit = split_credit(caption, credit)
    shown: dict[str, Picture] = {}
    for image in images:
        src = picture_address(image, address)
        if src and src not in shown:
            shown[src] = Picture(src=src, alt=alt_of(image))
    if not shown:
        return (Picture(src="", alt=alt_of(images[0]), caption=caption, credit=credit),)
    pictures = list(shown.values())
    last = pictures[-1]
    pictures[-1] = Picture(src=last.src, alt=last.alt, caption=caption, credit=credit)
    return tuple(pictures)


def alt_of(image: Element) -> str:
    """What a picture is said to show."""
    return " ".join((image.get("alt") or "").split())[:1000]


def figure_lines(pictures: Sequence[Picture], *, at_top: bool) -> list[list[str]]:
    """Pictures as blocks of Markdown: HTML figures where HTML can stand, else pictures and a line."""
    blocks: list[list[str]] = []
    for picture in pictures:
        if at_top and (picture.caption or picture.credit):
            blocks.append([_html(picture)])
        else:
            if picture.src:
                blocks.append([image_markdown(picture)])
            words = " ".join(filter(None, (picture.caption, picture.credit)))
            if words:
                blocks.append([f"*{escape(words)}*"])
    return blocks


def image_markdown(picture: Picture) -> str:
    """A picture within words."""
    return f"![{escape(picture.alt)}]({encode_url(picture.src)})"


def _html(picture: Picture) -> str:
    shown = f'<img src="{escape_html(picture.src)}" alt="{escape_html(picture.alt)}">' if picture.src else ""
    opening = "<figure>" if picture.src else '<figure class="missing">'
    small = f"<small>{escape_html(picture.credit, quote=False)}</small>" if picture.credit else ""
    inner = " ".join(part for part in (escape_html(picture.caption, quote=False), small) if part)
    return f"{opening}{shown}<figcaption>{inner}</figcaption></figure>"
