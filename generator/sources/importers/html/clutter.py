"""What of a page is no part of an article: told by the element, its class and its id."""

import re
from collections.abc import Mapping
from functools import lru_cache

from generator.sources.importers.html.tree import Element

UNSHOWN: Mapping[str, str] = {
    "script": "script", "style": "style sheet", "template": "template", "head": "head of the page",
    "svg": "drawing", "canvas": "drawing", "applet": "program", "button": "button", "select": "form",
    "input": "form", "textarea": "form", "datalist": "form", "dialog": "dialog", "nav": "navigation",
    "noframes": "frame", "frameset": "frame", "map": "image map", "link": "", "meta": "", "base": "",
    "amp-analytics": "tracker", "amp-ad": "advertisement", "amp-pixel": "tracker", "ins-ad": "advertisement",
    "amp-sidebar": "navigation", "amp-consent": "consent notice", "option": "form", "optgroup": "form",
}  # fmt: skip
"""Elements that are left out with all that is in them, and what they are; "" where nobody would miss them."""

_E = r"(?=[\s_0-9-]|$)"
_B = r"(?:^|[\s_-])"
_KINDS: tuple[tuple[str, str], ...] = (
    ("share bar", rf"{_B}(?:shar(?:e|ing)(?:s|d|daddy|this|bar|buttons?|tools?|links?)?|addthis|addtoany|a2a|"
                  rf"social(?!\w)(?!-?embed)(?:-?(?:bar|links?|buttons?|icons?|media|tools?|share|sharing))?){_E}"),
    ("newsletter box", rf"newsletter|mc4wp|mailchimp|{_B}(?:e-?mail-?)?sign-?up{_E}|{_B}subscri(?:be|"
                       rf"ption)-?(?:box|form|widget|cta|"
                       r"promo|banner|callout|module|block)"),
    ("advertisement", rf"{_B}(?:ads?|adv|advert(?:s|isement|isements|ising|orial)?|adsbygoogle|dfp|gpt|"
                      rf"ad-?(?:slot|unit|wrap(?:per)?|"
                      rf"container|box|banner|label|placement|zone|space|block)s?|outbrain|taboola|teads|mpu|google-?ads?|sponsor(?:ed|s)?|"
                      rf"native-?ad|werbung|anzeige|publicite|pub){_E}|adsense|doubleclick"),
    ("related links", rf"{_B}(?:related(?:-?(?:posts?|stories|articles?|content|links?|items?|news|topics|"
                      rf"coverage|box))?|jp-relatedposts|"
                      rf"yarpp|recirc(?:ulation)?|recommend(?:ed|ations?)?|more-?(?:stories|on|from|news|like-?this)|read-?(?:more|next|also)|"
                      rf"also-?(?:read|like)|see-?also|trending|most-?(?:read|popular|viewed)|up-?next|teasers?|rich-?link|"
                      rf"story-?links?|siehe-?auch|lire-?aussi|further-?reading){_E}"),
    ("comments", rf"{_B}(?:(?:user|reader)?-?comments?(?:-?(?:list|area|section|form|box|thread|count|"
                 rf"wrapper|item|body))?|"
                 rf"disqus(?:-?thread)?|livefyre|fb-comments|coral|viafoura|commentlist|respond|discussions?|repl(?:y|ies)|"
                 rf"talkbacks?|kommentare?|commentaires?|comentarios?|commenti|reacties|komentarze|reader-?responses?|forum){_E}"),
    ("sidebar", r"(?<!\S)(?:(?:right|secondary|page|site|blog)-?)?side-?bar"
                r"(?:-(?:right|left|primary|secondary|\d|widgets?|inner|area))?(?!\S)|"
                r"(?<!\S)(?:widget-?area|right-?rail)(?!\S)"),
    ("breadcrumbs", rf"{_B}(?:breadcrumbs?|crumbs?){_E}"),
    ("text for screen readers", rf"{_B}(?:sr-?only|visually-?hidden|screen-?reader(?:-?text)?|u-?hidden|"
                                rf"visuallyhidden|offscreen|is-?hidden|"
                                rf"hide-?visually|a11y-?hidden){_E}"),
    ("consent notice", rf"{_B}(?:cookies?|consent|gdpr|cmp)(?:-?(?:banner|bar|notice|wall|overlay))?{_E}"),
    ("subscription notice", rf"{_B}(?:(?:pay|reg|offer|sub|gate|login|premium|subscriber|"
                            rf"register)-?(?:wall|gate|barrier)|subscri(?:be|ption)|meter(?:ed)?-?(?:wall|"
                            rf"notice)|donat(?:e|ion)|contributions?|"
                            rf"support-?us|membership){_E}"),
)  # fmt: skip
_CLUTTER = re.compile("|".join(f"(?P<k{n}>{pattern})" for n, (_, pattern) in enumerate(_KINDS)))
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_HIDDEN = re.compile(r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden", re.IGNORECASE)


def unwanted(element: Element, tag: str) -> str:
    """What an element is, when it is no part of an article's text: "share bar"; "" when it may be."""
    if element.get("hidden") is not None:
        return "hidden text"
    style = element.get("style")
    if style and _HIDDEN.search(style[:2000]):
        return "hidden text"
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    if tag in _PARTS:
        names += f" {element.get('data-area') or ''} {element.get('data-testid') or ''}"
    return named_as(names[:500]) if len(names) > 1 and tag not in _NEVER else ""


_BUILDER = re.compile(r"(?<!\S)elementor-\S+")
_POST = re.compile(r"(?<!\S)(?:hentry|type-\w+|post-\d+|status-publish)(?!\S)")
_TERM = re.compile(r"(?<!\S)(?:category|tag|post_tag|author|topic|section|channel|format)-\S+")
_OF_OPINION = re.compile(r"\S*(?:header-?_?comment|comment-?_?header)\S*")
"""The head of a comment as papers call an opinion, or of a single reader's: no list of comments."""

_COMMENTS = re.compile(r"comments|comment-?_?list")
_PARTS = frozenset(["div", "section", "aside"])
_NEVER = frozenset(["html", "body", "main", "article", "img", "a", "p", "figure", "figcaption", "h1"])
"""Elements that are judged by what they are and not by their names."""


def parted(names: str) -> str:
    """Names in small letters, the words of those in camel case parted: "PromoSmall" is "promo-small".

    What WordPress writes on a post for its author and terms ("tag-comments") names nothing of the page.
    """
    if "elementor-" in names:
        names = _BUILDER.sub(" ", names)
    if _POST.search(names):
        names = _TERM.sub(" ", names)
    return _HUMP.sub("-", names).lower()


@lru_cache(maxsize=4096)
def named_as(names: str) -> str:
    """What sort of clutter a class and an id speak of; "" for none."""
    names = parted(names)
    match = _CLUTTER.search(names)
    if match and _OF_OPINION.search(names) and not _COMMENTS.search(names):
        match = _CLUTTER.search(_OF_OPINION.sub(" ", names))
    return _KINDS[int(match.lastgroup[1:])][0] if match and match.lastgroup else ""
