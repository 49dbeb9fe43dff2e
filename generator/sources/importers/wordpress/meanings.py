"""What the usual shortcodes of WordPress and its plugins stand for."""

import re
from collections.abc import Callable, Mapping
from html import escape, unescape
from types import MappingProxyType

from generator.sources.importers.wordpress.shortcodes import Attributes, Meaning, embed, link

Gallery = Callable[[Attributes], str]
"""The HTML of a post's gallery, from the shortcode's attributes."""

_IMAGE = re.compile(
    r"\s{0,99}(?P<image>(?:<a\s[^<>]{0,4000}>\s{0,99})?<img\s[^<>]{0,8000}>(?:\s{0,99}</a>)?)(?P<rest>.*)",
    re.DOTALL,
)
_URL = re.compile(r"https?://[^\s<>\"'\]]{1,2000}")
_SOURCES = (
    "src",
    "mp3",
    "m4a",
    "ogg",
    "wav",
    "wma",
    "mp4",
    "m4v",
    "webm",
    "ogv",
    "wmv",
    "flv",
    "url",
    "href",
    "file",
)
_ID = re.compile(r"[\w./-]{1,120}")


def meanings(gallery: Gallery) -> Mapping[str, Meaning]:
    """Every shortcode that is known, by name in small letters."""

    def shown(attributes: Attributes, inner: str) -> str:
        return gallery(attributes) + inner

    return {**_KNOWN, "gallery": shown}


def _url(attributes: Attributes, inner: str) -> str:
    """The address that a shortcode names, in whichever way."""
    for name in _SOURCES:
        if _URL.match(attributes.get(name, "")):
            return attributes[name]
    found = _URL.search(" ".join(attributes.values())) or _URL.search(inner[:4_000])
    return found[0] if found else ""


def _caption(attributes: Attributes, inner: str) -> str:
    match = _IMAGE.match(inner)
    caption = attributes.get("caption", "") or (match["rest"].strip() if match else "")
    if match is None:
        return f"{inner} {caption}" if caption else inner
    return f"\n\n<figure>{match['image']}<figcaption>{caption}</figcaption></figure>\n\n"


def _media(kind: str) -> Meaning:
    def meaning(attributes: Attributes, inner: str) -> str:
        url = _url(attributes, inner)
        title = attributes.get("title", "") or attributes.get("caption", "") or kind
        return link(url, escape(title)) if url else inner

    return meaning


def _embed(attributes: Attributes, inner: str) -> str:
    url = _url(attributes, inner)
    return embed(url, attributes.get("title", "")) if url else inner


def _of_service(pattern: str, *names: str) -> Meaning:
    """A service's shortcode, which gives an address or only the id that stands in it."""

    def meaning(attributes: Attributes, inner: str) -> str:
        url = _url(attributes, inner)
        if url:
            return embed(url)
        given = [attributes.get(name, "") for name in (*names, "id", "0")] + [inner.strip()]
        number = next((each.lstrip("=") for each in given if each), "")
        return embed(pattern.format(number)) if _ID.fullmatch(number) else inner

    return meaning


def _code(attributes: Attributes, inner: str) -> str:
    return f"\n\n<pre>{escape(unescape(inner.strip()), quote=False)}</pre>\n\n"


def _quote(attributes: Attributes, inner: str) -> str:
    name = next(
        (attributes[n] for n in ("cite", "author", "credit", "by", "source") if attributes.get(n)), ""
    )
    named = f"<p>— {escape(name)}</p>" if name else ""
    return f"\n\n<blockquote>\n\n{inner}\n\n{named}</blockquote>\n\n"


def _button(attributes: Attributes, inner: str) -> str:
    return link(_url(attributes, ""), inner or escape(attributes.get("text", ""))) or inner


def _titled(attributes: Attributes, inner: str) -> str:
    title = attributes.get("title", "")
    return f"\n\n<h3>{escape(title)}</h3>\n\n{inner}" if title else inner


def _inner(attributes: Attributes, inner: str) -> str:
    return inner


def _nothing(attributes: Attributes, inner: str) -> str:
    return ""


_KNOWN: Mapping[str, Meaning] = MappingProxyType(
    {
        "caption": _caption, "wp_caption": _caption, "media-credit": _caption,
        "audio": _media("Audio"), "video": _media("Video"),
        "wpvideo": _of_service("https://videopress.com/v/{}"),
        "videopress": _of_service("https://videopress.com/v/{}"), "playlist": _nothing,
        "podcast": _media("Audio"),
        "embed": _embed, "iframe": _embed, "googlemaps": _embed, "facebook": _embed, "spotify": _embed,
        "soundcloud": _embed, "slideshare": _embed, "flickr": _embed, "ted": _embed, "bandcamp": _embed,
        "youtube": _of_service("https://www.youtube.com/watch?v={}", "v", "video"),
        "youtubevid": _of_service("https://www.youtube.com/watch?v={}", "v", "video"),
        "vimeo": _of_service("https://vimeo.com/{}", "clip_id"),
        "dailymotion": _of_service("https://www.dailymotion.com/video/{}"),
        "twitter": _of_service("https://twitter.com/i/status/{}"),
        "tweet": _of_service("https://twitter.com/i/status/{}"),
        "instagram": _embed, "tiktok": _embed, "documentcloud": _embed,
        "scribd": _of_service("https://www.scribd.com/document/{}"),
        "gist": _of_service("https://gist.github.com/{}"),
        "code": _code, "sourcecode": _code, "php": _code, "html": _code, "css": _code, "javascript": _code,
        "python": _code, "bash": _code, "sql": _code, "highlight": _code,
        "quote": _quote, "blockquote": _quote, "pullquote": _quote, "pull_quote": _quote, "pull": _quote,
        "button": _button, "su_button": _button, "vc_btn": _button,
        "toggle": _titled, "accordion": _inner, "tab": _titled, "tabs": _inner, "su_spoiler": _titled,
        "box": _titled, "su_box": _titled, "su_note": _inner, "column": _inner, "columns": _inner,
        "row": _inner,
        "one_half": _inner, "one_half_last": _inner, "one_third": _inner, "one_third_last": _inner,
        "two_third": _inner, "two_third_last": _inner, "one_fourth": _inner, "three_fourth": _inner,
        "dropcap": _inner, "divider": _inner, "spacer": _nothing, "clear": _nothing, "space": _nothing,
        "vc_row": _inner, "vc_row_inner": _inner, "vc_column": _inner, "vc_column_inner": _inner,
        "vc_column_text": _inner, "vc_section": _inner, "et_pb_section": _inner, "et_pb_row": _inner,
        "et_pb_column": _inner, "et_pb_text": _inner, "fusion_text": _inner, "fusion_builder_row": _inner,
        "fusion_builder_column": _inner, "fusion_builder_container": _inner,
    }
)  # fmt: skip
