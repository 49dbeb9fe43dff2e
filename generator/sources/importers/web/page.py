"""A saved page as all later steps see it: its tree, its meta tags, its linked data, its address."""

import re
from collections.abc import Mapping
from urllib.parse import urljoin, urlsplit

from generator.core.frozen import dataclass
from generator.sources.importers.html.tree import Element, parse
from generator.sources.importers.web.linked_data import LinkedData, clean, read_linked_data
from generator.sources.importers.web.wayback import original_address, unwrapped

_SAVED = re.compile(r"<!--\s{0,9}saved from url=\(\d{1,5}\)(\S{4,2000})\s{0,9}-->", re.IGNORECASE)
_SINGLE_FILE = re.compile(r"Page saved with SingleFile\s+url:\s*(\S{4,2000})\s+saved date:\s*([^\n]{4,100})")
_MIRRORED = re.compile(
    r"<!--\s{0,9}Mirrored from (\S{4,2000}) by HTTrack[^>]{0,100}?,\s*([^>]{4,60}?)\s{0,9}-->"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page read. `metas` maps a meta tag's name, property or itemprop, in lower case, to its contents.

    `address` is the best known address of the page, "" when none is; `base` is what its relative links
    start from; `captured` the time it was saved, as the page itself states it, or "".
    """

    root: Element
    metas: Mapping[str, tuple[str, ...]]
    data: LinkedData
    address: str
    base: str
    captured: str
    title: str
    headings: tuple[str, ...]
    language: str

    def meta(self, *names: str) -> str:
        """The first content of the first of these meta tags that is there."""
        for name in names:
            for value in self.metas.get(name, ()):
                if value:
                    return value
        return ""

    def all_metas(self, *names: str) -> tuple[str, ...]:
        """All contents of these meta tags, in the order of the names."""
        return tuple(value for name in names for value in self.metas.get(name, ()) if value)


def read_page(text: str, *, known_address: str = "") -> Page:
    """A page from its text; `known_address` is where it was found, when the capture tells."""
    capture = unwrapped(text)
    root = parse(capture.text)
    metas = _metas(root)
    saved, captured = _saved(text[:8_000])
    saved, captured = saved or capture.address, captured or capture.captured
    title = next(
        (
            clean("".join(map(str, t.itertext())))[:1000]
            for t in root.iter("title")
            if not any(True for _ in t.iterancestors("svg"))
        ),
        "",
    )
    found = [
        link.get("href") or "" for link in root.iter("link") if (link.get("rel") or "").lower() == "canonical"
    ]
    candidates = [*found, *metas.get("og:url", ()), known_address, saved]
    whole = _whole(known_address) or _whole(saved)
    address = next((a for a in (_whole(urljoin_safe(whole, c)) for c in candidates) if a), "")
    headings = tuple(clean("".join(map(str, h.itertext())))[:1000] for h in list(root.iter("h1"))[:20])
    scripts = [s.text or "" for s in root.iter("script") if "ld+json" in (s.get("type") or "").lower()]
    data = read_linked_data(
        scripts[:60],
        addresses=[a for a in (*candidates, address) if a],
        headlines=[*headings, *metas.get("og:title", ())],
    )
    if not address:
        address = _whole(_entity_address(data))
    base = next((b.get("href") or "" for b in root.iter("base") if b.get("href")), "")
    return Page(
        root=root,
        metas=metas,
        data=data,
        address=address,
        base=urljoin_safe(whole or address, base) if base else whole or address,
        captured=captured,
        title=title,
        headings=headings,
        language=_language(root, metas, data),
    )


def urljoin_safe(base: str, address: str) -> str:
    """An address made absolute; as it was where it cannot be."""
    try:
        return urljoin(base, address) if base else address
    except ValueError:
        return address


def _metas(root: Element) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for count, meta in enumerate(root.iter("meta")):
        if count > 3000:
            break
        content = meta.get("content")
        if content is None:
            continue
        names = {
            (meta.get(a) or "").strip().lower() for a in ("name", "property", "itemprop", "http-equiv")
        } - {""}
        for name in sorted(names):
            found.setdefault(name, []).append(clean(content[:5_000]))
    return {name: tuple(values[:200]) for name, values in found.items()}


def _saved(head: str) -> tuple[str, str]:
    """The address and time of capture that a browser's or mirror's comment tells."""
    if match := _SAVED.search(head):
        return match[1], ""
    if match := _SINGLE_FILE.search(head):
        return match[1], match[2].strip()
    if match := _MIRRORED.search(head):
        url = match[1]
        return url if "://" in url else f"http://{url}", match[2].strip()
    return "", ""


def _whole(address: str) -> str:
    """An address of the web, out of the Wayback Machine's; "" for any other."""
    address = original_address(address.strip())
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return (
        address
        if parts.scheme in {"http", "https"} and parts.netloc and len(address) < 2000 and " " not in address
        else ""
    )


def _entity_address(data: LinkedData) -> str:
    article = data.article
    for value in (article.get("mainEntityOfPage"), article.get("url"), article.get("@id")):
        if isinstance(value, dict):
            value = value.get("@id") or value.get("url")
        if isinstance(value, str) and value.startswith("http"):
            return value.partition("#")[0]
    return ""


def _language(root: Element, metas: Mapping[str, tuple[str, ...]], data: LinkedData) -> str:
    """The language that a page states, as BCP 47; "" when it states none."""
    body = root.find("body")
    written = [root.get("lang"), root.get("{http://www.w3.org/XML/1998/namespace}lang"), root.get("xml:lang")]
    written += [body.get("lang") if body is not None else None]
    stated = data.article.get("inLanguage")
    if isinstance(stated, dict):
        stated = stated.get("alternateName") or stated.get("name")
    written += [stated if isinstance(stated, str) else None]
    written += [
        v
        for name in ("content-language", "language", "dc.language", "og:locale")
        for v in metas.get(name, ())
    ]
    for value in written:
        tag = (value or "").split(",")[0].strip().replace("_", "-")
        if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|[0-9]{3}))?", tag):
            parts = tag.split("-")
            return "-".join([parts[0].lower(), *(p.upper() if len(p) <= 3 else p.title() for p in parts[1:])])
    return ""
