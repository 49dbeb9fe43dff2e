"""HTML that anyone may have written, made safe to publish; the only module that knows nh3."""

import re
from functools import cache

import nh3

from generator.core.elements import VOID

MAX_DEPTH = 200
"""The deepest nesting of elements that is read: the sanitiser's time grows with its square."""

_PHRASING_WORDS = (
    "a abbr b bdi bdo br cite code data del dfn em i img ins kbd mark q rp rt ruby s samp small span "
    "strong sub sup time u var wbr audio video source track picture"
)
_PHRASING = frozenset(_PHRASING_WORDS.split())
_FLOW_WORDS = (
    "p div section article aside header footer blockquote pre h1 h2 h3 h4 h5 h6 hr ul ol li dl dt dd "
    "figure figcaption details summary table caption colgroup col thead tbody tfoot tr th td"
)
_FLOW = frozenset(_FLOW_WORDS.split())
OBSOLETE = {"acronym": "abbr", "center": "div", "strike": "s", "tt": "code"}
"""Elements that old pages are full of, and what stands for each in HTML today."""

_ATTRIBUTES = {
    "*": {"id", "class", "lang", "dir", "title"},
    "a": {"href", "hreflang"},
    "audio": {"src", "controls", "loop", "muted", "preload"},
    "blockquote": {"cite"},
    "col": {"span"},
    "colgroup": {"span"},
    "data": {"value"},
    "del": {"cite", "datetime"},
    "details": {"open"},
    "img": {"src", "alt", "width", "height"},
    "ins": {"cite", "datetime"},
    "li": {"value"},
    "ol": {"start", "reversed", "type"},
    "q": {"cite"},
    "source": {"src", "type"},
    "td": {"align", "colspan", "rowspan", "headers"},
    "th": {"align", "colspan", "rowspan", "headers", "scope", "abbr"},
    "time": {"datetime"},
    "track": {"src", "kind", "srclang", "label", "default"},
    "video": {"src", "poster", "controls", "loop", "muted", "preload", "width", "height", "playsinline"},
}
_CLASSES_WORDS = "also pull label agate missing left center right footnote footnote-ref footnote-backref"
_CLASSES = frozenset(_CLASSES_WORDS.split())
_LANGUAGE = re.compile(r"language-[\w#.+-]{1,40}")
_SCHEMES = {"http", "https", "mailto", "tel", "ftp"}

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_SHALLOW = VOID | {"p"}


class TooDeep(Exception):
    """Elements are nested deeper than MAX_DEPTH."""


def sanitise(html: str) -> str:
    """The same HTML without anything that could act: well formed, and the same when sanitised again.

    Scripts, styles, frames, forms and event handlers are gone, with the content of the first two; so are
    classes that mean nothing here, and addresses other than http, https, mailto, tel, ftp and relative
    ones. Text must not hold lone surrogates. Raises TooDeep.
    """
    if _depth(html) > MAX_DEPTH:
        raise TooDeep
    clean = _cleaner().clean(html)
    # A parser may mend what it wrote itself: a first line break in <pre> is dropped each time.
    for _ in range(4):
        again = _cleaner().clean(clean)
        if again == clean:
            return again
        clean = again
    raise TooDeep


@cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(_PHRASING | _FLOW | OBSOLETE.keys()),
        clean_content_tags={"script", "style", "iframe", "object", "noscript", "template", "svg", "math"},
        attributes={name: set(kept) for name, kept in _ATTRIBUTES.items()},
        attribute_filter=_filter,
        link_rel=None,
        url_schemes=_SCHEMES,
    )


def _filter(element: str, attribute: str, value: str) -> str | None:
    if attribute != "class":
        return value
    kept = [c for c in value.split() if c in _CLASSES or _LANGUAGE.fullmatch(c)]
    return " ".join(kept) or None


def _depth(html: str) -> int:
    """An upper estimate of how deep elements are nested, in one pass."""
    open_now: dict[str, int] = {}
    depth = deepest = 0
    for closing, name in _TAG.findall(html):
        lower = name.lower()
        if lower in _SHALLOW:
            continue
        if not closing:
            open_now[lower] = open_now.get(lower, 0) + 1
            depth += 1
            deepest = max(deepest, depth)
        elif open_now.get(lower):
            open_now[lower] -= 1
            depth -= 1
    return deepest
