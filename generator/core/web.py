"""Addresses on the web, as far as two spellings of one lead to the same page."""

import re
from functools import lru_cache
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

URL_LIMIT = 4_000
"""The most characters of a URL that is compared; a longer one is data."""

_TRACKING = re.compile(
    r"utm_\w{1,40}|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_cid|mc_eid|_ga|ref|ref_src|cmpid|cmp|"
    r"ocid|ncid|sref|smid|smtyp|ito|xtor|at_medium|at_campaign|CMP|partner|share|output|amp",
)
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?|jsp)\Z", re.IGNORECASE)
_PORTS = (":80", ":443")
_PLAIN = re.compile(r"[A-Za-z0-9/_.~-]*")  # a path that percent-encoding leaves as it is
_SAFE = "/:@!$&'()*+,;=~-._"


@lru_cache(maxsize=2_000)
def normal_address(url: str) -> str:
    """A page's URL in the form by which pages are told apart: "ledger.example/2019/wall?page=2".

    Scheme, "www.", user, usual port, last slash, index page, fragment and what only counts visitors
    (utm_… and its kin) are left out; the host is in small letters, the query in order of its keys, letters
    are percent-encoded in one way. "" for what is no http(s) URL with a host, or longer than URL_LIMIT.
    """
    url = url.strip()
    if len(url) > URL_LIMIT or "//" not in url:
        return ""
    try:
        parts = urlsplit(url)
        host = parts.netloc.rpartition("@")[2].lower().rstrip(".")
    except ValueError:
        return ""
    if parts.scheme.lower() not in {"http", "https"} or not host or not host.isprintable() or " " in host:
        return ""
    for port in _PORTS:
        host = host.removesuffix(port)
    path = parts.path
    if _PLAIN.fullmatch(path) is None:
        path = quote(unquote(path, errors="surrogateescape"), safe=_SAFE, errors="replace")
    path = _INDEX.sub("/", path)
    query = ""
    if parts.query:
        pairs = [pair for pair in _pairs(parts.query) if not _TRACKING.fullmatch(pair[0])]
        query = urlencode(sorted(pairs), errors="replace")
    path = path.rstrip("/") or ("/" if query else "")
    return host.removeprefix("www.") + path + (f"?{query}" if query else "")


def _pairs(query: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(query, keep_blank_values=True, max_num_fields=100)
    except ValueError:
        return [("", query)]


def is_front_page(normal: str) -> bool:
    """Whether a normal address is only a host: every article might claim that one."""
    return "/" not in normal and "?" not in normal


def host_of(normal: str) -> str:
    """The host of a normal address."""
    return re.split(r"[/?]", normal, maxsplit=1)[0]
