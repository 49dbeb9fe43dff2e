"""Pictures with what is written under them."""

import re
from collections.abc import Sequence
from html import escape as escape_html

from generator.sources.importers.html import Picture
from generator.sources.importers.html.addresses import is_tracker, picture_address
from generator.sources.importers.html.escaping import encode_url, escape
from generator.sources.importers.html.tree import Element, walk

_CAPTION = re.compile(
    r"(?:^|[\s_-])(?:(?:fig|image|img|photo|media|picture|pic|foto|amp|bild)?-?caption|cutline|legend[ea]?|bildunterschrift|"
    r"bildtext|pie(?:-?de-?foto)?|wp-caption-text|didascalia|onderschrift|bijschrift|bildetekst|podpis|"
    r"(?:image|img|photo|pic|picture|foto)-?(?:desc(?:ription)?|text|legend))(?=[\s_0-9-]|$)|caption", re.I
)  # fmt: skip
_CREDIT = re.compile(
    r"(?:^|[\s_-])(?:credits?|copyright(?:-?holder)?|photographer|photo-?by|source|attribution|byline|agency|quelle|creator|"
    r"rights|firma-?foto|(?:author|autor|auteur)-?(?:photo|foto)|fotograf[oae]?|(?:image|img|photo|pic|slide)-?(?:credits?|copyright|"
    r"byline|source|author)|credit-?text)(?=[\s_0-9-]|$)", re.I
)  # fmt: skip
_UNSEEN = re.compile(r"visually-?hidden|sr-?only|screen-?reader|offscreen", re.I)
_FIGURE = re.compile(
    r"(?:^|\s)(?:wp-caption|tr-caption-container|gallery-item|image-?caption-?wrap|captioned-?image)", re.I
)
_HOLDERS = frozenset(["div", "table", "dl", "aside", "section", "span", "p"])
_PICTURED = re.compile(r"image|photo|foto|bild|pic|img|imagem|media|caption|figure|lead-?art|slide", re.I)
_LEADING = re.compile(
    r"featured|lead|hero|main|top|principal|teaser-?image|post-?thumbnail|article-?image|wp-post-image", re.I
)
_PORTRAIT = re.compile(
    r"avatar|author|headshot|byline|profile|portrait-?small|logo|icon|gravatar|columnist", re.I
)
_LONG_CAPTION = 200
_LABEL = (
    r"(?:photo(?:graph(?:er|y|s)?)?(?:\s?/\s?|s?\s+(?:by|courtesy(?:\sof)?|credit)\s*:?|\s*:)|image(?:s)?(?:\s+(?:by|credit)\s*:?|\s*:|\s+source\s*:?|"
    r"\s+copyright\s*:?)|picture(?:s)?(?:\s+by|\s*:)|credits?\s*:|copyright\s*:?|(?:illustration|graphic)(?:\s+by|\s*:)|"
    r"courtesy(?:\s+of|\s*:)|foto(?:s)?(?:graf)?\s*[:/]|bild(?:er)?\s*:|crédit(?:s)?(?:\s+photo)?\s*:|photo\s*©|©|\(c\)|"
    r"фото\s*:|source\s*:|quelle\s*:|via\s)"
)
_LABEL_AT_START = re.compile(rf"^[\s(\[|/–—-]*{_LABEL}\s*", re.I)
_CREDIT_AT_END = re.compile(
    rf"(?:^|(?<=[.!?…”\"’')\]|–—-])\s*|\s+(?=[(\[|©]))[\s(\[|–—-]*(?P<credit>{_LABEL}\s*(?P<name>[^().!?\[\]]{{2,80}}?))[\s)\].]*$",
    re.I,
)


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
    return (
        _PICTURED.search(names) is not None or "imageobject" in (element.get("itemtype") or "").lower()
    ) and (_is_small(element))


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
            captioned = captioned or _CAPTION.search(names) is not None or _CREDIT.search(names) is not None
            if inner.tag == "p" and len(inner.text or "") > _LONG_CAPTION and not captioned:
                return False
    return pictured and captioned


def captioned_beside(image: Element, address: str) -> tuple[Picture, tuple[Element, ...]] | None:
    """A picture of its own with the caption that stands right behind it, and the elements of that caption."""
    inner = image if image.tag != "picture" else next(iter(image.iter("img")), None)
    if inner is None or is_tracker(inner) or _is_portrait(inner):
        return None
    src = picture_address(inner, address)
    following = image.getnext()
    names = (
        f"{following.get('class') or ''} {following.get('itemprop') or ''}" if following is not None else ""
    )
    if following is None or not isinstance(following.tag, str) or not _CAPTION.search(names[:300]):
        return (Picture(src=src, alt=alt_of(inner)), ()) if src and _LEADING.search(_names(inner)) else None
    words, credits = _caption(following)
    caption, credit = split_credit(words, " / ".join(dict.fromkeys(map(bare_credit, credits))))
    return Picture(src=src, alt=alt_of(inner), caption=caption, credit=credit), (following,)


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
    walker = walk(figure)
    for event, element in walker:
        if event != "start":
            continue
        tag = str(element.tag)
        if tag in {"script", "style", "button", "svg", "template", "input", "select"}:
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
            names = f"{element.get('class') or ''} {element.get('itemprop') or ''} {element.get('id') or ''}"[
                :500
            ]
            if tag == "small" or _CREDIT.search(names):
                credits.append(text_of(element))
                walker.skip()
            elif tag == "figcaption" or _CAPTION.search(names):
                words, named = _caption(element)
                captions.append(words)
                credits += named
                walker.skip()
    if not images:
        return None
    caption = " ".join(dict.fromkeys(filter(None, captions)))
    caption, credit = split_credit(
        caption, " / ".join(dict.fromkeys(filter(None, map(bare_credit, credits))))
    )
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


def _caption(element: Element) -> tuple[str, list[str]]:
    """The caption an element holds, and the credits in elements of their own within it."""
    words: list[str] = []
    credits: list[str] = []
    walker = walk(element)
    for event, inner in walker:
        if event == "start":
            names = (
                f"{inner.get('class') or ''} {inner.get('itemprop') or ''}"[:500]
                if isinstance(inner.tag, str)
                else ""
            )
            if inner.tag in {"script", "style", "button", "svg"} or (names and _UNSEEN.search(names)):
                walker.skip()
            elif inner is not element and (inner.tag == "small" or _CREDIT.search(names)):
                credits.append(text_of(inner))
                walker.skip()
            else:
                words.append(inner.text or "")
                if inner.tag in {"p", "div", "br", "li"}:
                    words.append(" ")
        elif inner is not element:
            words.append(inner.tail or "")
    return " ".join("".join(words).split()), credits


def text_of(element: Element) -> str:
    """The words of an element in one line, without those of scripts, style sheets and buttons."""
    words: list[str] = []
    walker = walk(element)
    for event, inner in walker:
        if event == "start":
            if inner.tag in {"script", "style", "button", "svg", "template"}:
                walker.skip()
            else:
                words.append(inner.text or "")
        elif inner is not element:
            words.append(inner.tail or "")
            if inner.tag in {"p", "div", "br", "li", "h2", "h3", "td", "tr"}:
                words.append(" ")
    return " ".join("".join(words).split())


def split_credit(caption: str, credit: str = "") -> tuple[str, str]:
    """A caption without the credit it ends in, and the credit; a credit known already is taken off it."""
    if credit:
        if caption.endswith(credit) and len(caption) > len(credit):
            caption = _trailing_label(caption[: -len(credit)])
        return caption, credit
    match = _CREDIT_AT_END.search(caption, max(0, len(caption) - 140))
    if match is None:
        return caption, ""
    return caption[: match.start()].rstrip(" |–—-([/"), bare_credit(match["credit"])


def bare_credit(credit: str) -> str:
    """A credit without the word "Photograph:" and brackets around it."""
    words = credit.strip().strip("()[]|").strip()
    return _LABEL_AT_START.sub("", words).strip(" .,:;–—-|") or words


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


def _trailing_label(caption: str) -> str:
    stripped = caption.rstrip(" |–—-([/:")
    match = re.search(rf"{_LABEL}\s*$", f"{stripped}:", re.I)
    return stripped[: match.start()].rstrip(" |–—-([/") if match else stripped
