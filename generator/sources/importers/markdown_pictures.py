"""A picture in a text as Markdown or HTML, and what stands in its place where the source does not hold it."""

import re
from html import escape
from posixpath import normpath
from urllib.parse import unquote, urlsplit

from generator.core.frozen import dataclass
from generator.sources.importers.base import Media
from generator.sources.importers.markdown_roots import Root

_LINK = re.compile(r"\[([^\[\]\n]{1,300})\]\(([^\s()<>\"]{1,1000})\)")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,2000}>")
_FOLDERS = (
    "", "static/", "assets/", "content/", "public/", "src/", "static/img/", "static/images/",
    "static/uploads/", "assets/images/", "assets/img/", "images/", "img/",
)  # fmt: skip
_SPACES = re.compile(r"\s+")

INTERNAL = re.compile(r"@(?=/)|[{|](filename|static|attach|tag|category|author|index)[}|]", re.IGNORECASE)
"""What a link begins with that only its generator knows: Zola's `@/x.md`, Pelican's `{filename}x.md`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One picture as a text names it. `caption` may hold HTML; `alt` is plain."""

    src: str
    alt: str = ""
    caption: str = ""


def media(path: str, name: str, root: Root, files: frozenset[str]) -> Media | None:
    """The file of the source that a path in the file `name` means, None where there is no such file.

    The path may be relative to the file or to the site; an address with a host is none of the source's
    unless it is the site's own.
    """
    internal = INTERNAL.match(path.strip())
    if internal is not None:
        path = path.strip()[internal.end() :]
    try:
        parts = urlsplit(path.strip().replace("\\", ""))
    except ValueError:
        return None
    if parts.scheme in {"http", "https"} or parts.netloc:
        if parts.netloc.lower() not in root.hosts:
            return None
    elif parts.scheme:
        return None
    local = unquote(parts.path).removeprefix(root.base + "/" if root.base else "")
    if not local.strip("/"):
        return None
    folder = name.rpartition("/")[0]
    found: list[str] = []
    if not local.startswith("/"):
        found.append(normpath(f"{folder}/{local}" if folder else local))
    bare = normpath(local.lstrip("/"))
    found += [f"{root.folder}{each}{bare}" for each in _FOLDERS]
    for each in found:
        if each in files and not each.startswith(("../", "/")):
            return Media(each, "media/" + _target(each, root))
    return None


def _target(name: str, root: Root) -> str:
    inner = name.removeprefix(root.content).removeprefix(root.folder)
    for folder in ("static/", "public/", "src/"):
        inner = inner.removeprefix(folder)
    return _SPACES.sub("-", inner)


def shown(picture: Picture, src: str, *, alone: bool) -> str:
    """Markdown or HTML of a picture at `src`; `alone` says that it stands on lines of its own."""
    alt = _SPACES.sub(" ", picture.alt).strip()
    if alone and picture.caption.strip():
        image = f'<img src="{escape(src)}" alt="{escape(alt)}">'
        return _apart(f"<figure>{image}<figcaption>{_inner(picture.caption)}</figcaption></figure>")
    if " " in src or "(" in src or ")" in src:
        src = f"<{src}>"
    plain = alt.replace("[", "(").replace("]", ")")
    return f"![{plain}]({src})"


def lost(picture: Picture, *, alone: bool) -> str:
    """What tells a reader of a picture that was not kept, "" when it has no words."""
    alt, caption = escape(_SPACES.sub(" ", picture.alt).strip(), quote=False), _inner(picture.caption)
    if not alt or alt == caption:
        alt, caption = caption, ""
    if not alt:
        return ""
    if not alone:
        return f"<em>{_TAG.sub('', alt)}</em>"
    small = f" <small>{caption}</small>" if caption else ""
    return _apart(f'<figure class="missing"><figcaption>{alt}{small}</figcaption></figure>')


def _inner(caption: str) -> str:
    text = _SPACES.sub(" ", caption).strip()
    text = _LINK.sub(lambda m: f'<a href="{escape(m[2])}">{m[1]}</a>', text)
    if _TAG.search(text):
        return text
    return escape(text, quote=False)


def _apart(block: str) -> str:
    return f"\n\n{block}\n\n"
