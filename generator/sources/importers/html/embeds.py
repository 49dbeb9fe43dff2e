"""Posts and videos of other sites within an article: each becomes a link with the text it came with."""

import re
from urllib.parse import parse_qs, unquote, urlsplit

from generator.sources.importers.html.addresses import absolute
from generator.sources.importers.html.tree import Element

_VIDEO_ID = re.compile(r"/(?:embed|v|shorts)/([\w-]{6,20})")
_NAMES = (
    ("youtube", "YouTube"), ("youtu.be", "YouTube"), ("vimeo", "Vimeo"), ("twitter", "Twitter"), ("x.com",
    "X"),
    ("instagram", "Instagram"), ("facebook", "Facebook"), ("tiktok", "TikTok"), ("dailymotion",
    "Dailymotion"),
    ("soundcloud", "SoundCloud"), ("spotify", "Spotify"), ("datawrapper", "Datawrapper"), ("t.me",
    "Telegram"),
    ("google.com/maps", "Google Maps"), ("documentcloud", "DocumentCloud"), ("scribd", "Scribd"),
    ("flourish", "Flourish"), ("bsky", "Bluesky"), ("infogram", "Infogram"), ("omny", "Omny"), ("acast",
    "Acast"),
)  # fmt: skip
_TRACKING = re.compile(
    r"doubleclick|googletagmanager|google-analytics|/ads?[/.?]|adserv|facebook\.com/(?:plugins/like|tr\b)|"
    r"platform\.twitter\.com/widgets/(?:tweet|follow)_button|recaptcha|amazon-adsystem|taboola|outbrain|"
    r"newsletter|mailchimp|subscribe|disqus",
    re.IGNORECASE,
)
_SOURCES = (
    "src",
    "data-src",
    "data-lazy-src",
    "data-url",
    "data-href",
    "data-instgrm-permalink",
    "cite",
    "href",
)
_AMP = {
    "amp-youtube": ("data-videoid", "https://www.youtube.com/watch?v={}"),
    "amp-twitter": ("data-tweetid", "https://twitter.com/i/status/{}"),
    "amp-instagram": ("data-shortcode", "https://www.instagram.com/p/{}/"),
    "amp-vimeo": ("data-videoid", "https://vimeo.com/{}"),
    "amp-dailymotion": ("data-videoid", "https://www.dailymotion.com/video/{}"),
    "amp-tiktok": ("data-src", "https://www.tiktok.com/video/{}"),
    "lite-youtube": ("videoid", "https://www.youtube.com/watch?v={}"),
}
EMBEDS = frozenset(["iframe", "amp-iframe", "embed", "object", "video", "audio", "amp-video", "amp-audio",
                    "amp-facebook", "fb:post", *_AMP])  # fmt: skip
"""Elements that show what lies elsewhere."""


def embedded(element: Element, address: str) -> tuple[str, str]:
    """What an element embeds: its name and the address where a reader finds it; ("", "") for nothing."""
    tag = str(element.tag)
    if tag in _AMP:
        attribute, pattern = _AMP[tag]
        key = (element.get(attribute) or "").strip()
        url = pattern.format(key) if key and "/" not in key else key
    else:
        url = _source(element)
    url = absolute(url, address)
    if not url or _TRACKING.search(url[:2000]):
        return "", ""
    url = _for_readers(url)
    name = (element.get("title") or element.get("aria-label") or "").strip()
    kind = tag.removeprefix("amp-")
    fallback = {"video": "Video", "audio": "Audio"}.get(kind, "")
    return name[:300] or service(url) or fallback, url


def service(url: str) -> str:
    """What readers call the site of an address: "YouTube", or its host."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    whole = f"{host}{parts.path}"
    for sign, name in _NAMES:
        if sign in whole if "/" in sign else sign in host:
            return name
    return host


def is_post(names: str) -> bool:
    """Whether a class belongs to a post of another site: a tweet, say."""
    return any(sign in names for sign in ("twitter-tweet", "instagram-media", "tiktok-embed", "bluesky-embed",
                                          "reddit-embed", "reddit-card", "fb-post", "fb-video",
                                          "twitter-video",
                                          "threads-post", "mastodon-embed", "text-post-media"))  # fmt: skip


def post_address(element: Element, address: str) -> str:
    """The address of a post: the one it names, else its last link."""
    for name in ("data-instgrm-permalink", "cite", "data-href", "data-embed-url", "data-bluesky-uri"):
        value = (element.get(name) or "").strip()
        if value.startswith("http"):
            return value.partition("?")[0]
    links = [link.get("href") or "" for link in element.iter("a")]
    found = [
        link for link in links if "/status" in link or "/p/" in link or "/post" in link or "/video" in link
    ]
    return absolute((found or links or [""])[-1], address).partition("?")[0]


def _source(element: Element) -> str:
    for name in _SOURCES:
        value = (element.get(name) or "").strip()
        if value and not value.startswith(("about:", "javascript:", "data:")):
            return value
    for child in element.iterchildren("source", "param", "embed"):
        if child.tag == "param" and (child.get("name") or "").lower() not in {"movie", "src"}:
            continue
        value = (child.get("src") or child.get("value") or "").strip()
        if value:
            return value
    return (element.get("data") or "").strip()


def _for_readers(url: str) -> str:
    """The page of a video rather than its player."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
        query = parse_qs(parts.query)
    except ValueError:
        return url
    match = _VIDEO_ID.search(parts.path)
    if host.startswith(("youtube", "m.youtube")) and match:
        return f"https://www.youtube.com/watch?v={match[1]}"
    if host == "player.vimeo.com":
        return f"https://vimeo.com/{parts.path.rsplit('/', 1)[-1]}"
    if host.endswith("facebook.com") and parts.path.startswith("/plugins/") and query.get("href"):
        return unquote(query["href"][0])
    if host == "platform.twitter.com" and query.get("id"):
        return f"https://twitter.com/i/status/{query['id'][0]}"
    return url
