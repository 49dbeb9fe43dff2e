"""Ghost's own forms of a post's text, Lexical and Mobiledoc, as HTML: for posts that it never rendered."""

import json
from collections.abc import Callable, Mapping
from html import escape
from typing import Any

_FORMATS = ((1, "strong"), (2, "em"), (4, "s"), (16, "code"), (32, "sub"), (64, "sup"))
_DEPTH = 60
_BLOCKS = {"paragraph": "p", "quote": "blockquote", "extended-quote": "blockquote", "aside": "blockquote",
           "listitem": "li"}  # fmt: skip
_SECTIONS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "aside", "pull-quote"})
_INLINE = frozenset({"strong", "em", "b", "i", "s", "code", "sub", "sup", "u"})


def lexical_html(written: str) -> str:
    """A Lexical document as HTML; "" for what is none."""
    root = _loaded(written).get("root")
    return _children(root, 0) if isinstance(root, dict) else ""


def mobiledoc_html(written: str) -> str:
    """A Mobiledoc document (0.3) as HTML; "" for what is none."""
    found = _loaded(written)
    cards, markups = _listed(found.get("cards")), _listed(found.get("markups"))
    parts: list[str] = []
    for section in _listed(found.get("sections")):
        if not isinstance(section, list) or len(section) < 2:
            continue
        kind, value = section[0], section[1]
        if kind == 10 and isinstance(value, int) and 0 <= value < len(cards):
            card = cards[value]
            if isinstance(card, list) and len(card) > 1 and isinstance(card[1], dict):
                parts.append(_card(str(card[0]).removeprefix("card-"), card[1]))
        elif kind == 1 and len(section) > 2:
            tag = str(value) if isinstance(value, str) and value in _SECTIONS else "p"
            tag = "blockquote" if tag in {"aside", "pull-quote"} else tag
            parts.append(f"<{tag}>{_markers(section[2], markups)}</{tag}>")
        elif kind == 3 and len(section) > 2:
            tag = "ol" if value == "ol" else "ul"
            items = "".join(f"<li>{_markers(item, markups)}</li>" for item in _listed(section[2]))
            parts.append(f"<{tag}>{items}</{tag}>")
        elif kind == 2 and isinstance(value, str):
            parts.append(f'<img src="{escape(value)}">')
    return "\n".join(parts)


def _loaded(written: str) -> dict[str, Any]:
    try:
        found = json.loads(written) if written else {}
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _markers(markers: object, markups: list[Any]) -> str:
    parts: list[str] = []
    open_tags: list[str] = []
    for marker in _listed(markers):
        if not isinstance(marker, list) or len(marker) != 4:
            continue
        _, opened, closed, words = marker
        for index in _listed(opened):
            markup = markups[index] if isinstance(index, int) and 0 <= index < len(markups) else None
            tag, attributes = _markup(markup)
            parts.append(f"<{tag}{attributes}>")
            open_tags.append(tag)
        parts.append(escape(words, quote=False) if isinstance(words, str) else "")
        for _ in range(min(closed, len(open_tags)) if isinstance(closed, int) else 0):
            parts.append(f"</{open_tags.pop()}>")
    return "".join(parts + [f"</{tag}>" for tag in reversed(open_tags)])


def _markup(markup: object) -> tuple[str, str]:
    if isinstance(markup, list) and markup:
        tag, pairs = markup[0], _listed(markup[1]) if len(markup) > 1 else []
        if tag == "a" and "href" in pairs[::2]:
            at = pairs.index("href")
            href = pairs[at + 1] if at + 1 < len(pairs) else ""
            return "a", f' href="{escape(str(href))}"'
        if isinstance(tag, str) and tag in _INLINE:
            return tag, ""
    return "span", ""


def _children(node: Mapping[str, Any], depth: int) -> str:
    if depth > _DEPTH:
        return ""
    return "".join(
        _node(child, depth + 1) for child in _listed(node.get("children")) if isinstance(child, dict)
    )


def _node(node: dict[str, Any], depth: int) -> str:
    kind = str(node.get("type", ""))
    if kind in {"text", "extended-text"}:
        return _words(node)
    if kind == "linebreak":
        return "<br>"
    if kind in {"link", "autolink"}:
        return f'<a href="{escape(_text(node, "url"))}">{_children(node, depth)}</a>'
    if kind in {"heading", "extended-heading"}:
        tag = _text(node, "tag") if _text(node, "tag") in _SECTIONS else "h2"
        return f"<{tag}>{_children(node, depth)}</{tag}>"
    if kind == "list":
        tag = "ol" if node.get("listType") == "number" or node.get("tag") == "ol" else "ul"
        return f"<{tag}>{_children(node, depth)}</{tag}>"
    if kind in _BLOCKS:
        return f"<{_BLOCKS[kind]}>{_children(node, depth)}</{_BLOCKS[kind]}>"
    return _card(kind, node) + _children(node, depth)


def _words(node: dict[str, Any]) -> str:
    words = escape(_text(node, "text"), quote=False)
    form = node.get("format")
    for bit, tag in _FORMATS:
        if isinstance(form, int) and form & bit:
            words = f"<{tag}>{words}</{tag}>"
    return words


def _text(card: Mapping[str, Any], *names: str) -> str:
    return next((value for name in names if isinstance(value := card.get(name), str) and value), "")


def _image(card: Mapping[str, Any]) -> str:
    src = _text(card, "src")
    caption = _text(card, "caption")
    shown = f'<img src="{escape(src)}" alt="{escape(_text(card, "alt"))}">' if src else ""
    return f"<figure>{shown}<figcaption>{caption}</figcaption></figure>" if caption else shown


def _gallery(card: Mapping[str, Any]) -> str:
    images = [_image(each) for each in _listed(card.get("images")) if isinstance(each, dict)]
    caption = _text(card, "caption")
    return "\n".join(images) + (f"<p>{caption}</p>" if caption else "")


def _frame(card: Mapping[str, Any]) -> str:
    if html := _text(card, "html"):
        return html + (f"<p>{_text(card, 'caption')}</p>" if _text(card, "caption") else "")
    url = _text(card, "url", "src")
    return f'<iframe src="{escape(url)}"></iframe>' if url else ""


def _bookmark(card: Mapping[str, Any]) -> str:
    metadata = card.get("metadata")
    about: Mapping[str, Any] = metadata if isinstance(metadata, dict) else {}
    url = _text(card, "url") or _text(about, "url")
    more = _text(about, "description")
    words = escape(_text(about, "title") or _text(card, "title") or url, quote=False)
    link = f'<p><a href="{escape(url)}">{words}</a></p>' if url else f"<p>{words}</p>"
    return link + (f"<p>{escape(more, quote=False)}</p>" if more else "")


def _linked(url: str, title: str) -> Callable[[Mapping[str, Any]], str]:
    def shown(card: Mapping[str, Any]) -> str:
        address, words = _text(card, url), _text(card, title, "title") or _text(card, url)
        return f'<p><a href="{escape(address)}">{escape(words, quote=False)}</a></p>' if address else ""

    return shown


def _said(*names: str) -> Callable[[Mapping[str, Any]], str]:
    """A card whose texts are HTML, one after another."""

    def shown(card: Mapping[str, Any]) -> str:
        return "".join(f"<div>{value}</div>" for name in names if (value := _text(card, name)))

    return shown


def _code(card: Mapping[str, Any]) -> str:
    caption = _text(card, "caption")
    shown = f"<pre>{escape(_text(card, 'code'), quote=False)}</pre>"
    return shown + (f"<p>{caption}</p>" if caption else "")


def _markdown(card: Mapping[str, Any]) -> str:
    paragraphs = _text(card, "markdown").split("\n\n")
    return "".join(f"<p>{escape(each, quote=False)}</p>" for each in paragraphs if each.strip())


def _card(kind: str, card: Mapping[str, Any]) -> str:
    return _CARDS[kind](card) if kind in _CARDS else ""


_CARDS: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "image": _image, "gallery": _gallery, "html": _said("html"), "markdown": _markdown, "embed": _frame,
    "bookmark": _bookmark, "codeblock": _code, "code": _code, "hr": lambda card: "<hr>",
    "horizontalrule": lambda card: "<hr>", "button": _linked("buttonUrl", "buttonText"),
    "callout": _said("calloutText"), "toggle": _said("heading", "content"), "video": _frame,
    "audio": _linked("src", "title"),
    "file": _linked("src", "fileTitle"), "product": _said("productTitle", "productDescription"),
    "header": _said("heading", "header", "subheading", "subheader"), "email": lambda card: "",
}  # fmt: skip
