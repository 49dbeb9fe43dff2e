"""Shortcodes (Hugo, Zola) and tags (Liquid, Nunjucks) by name: what each becomes in plain Markdown."""

import re
from collections.abc import Callable, Mapping
from dataclasses import field

from generator.core.frozen import dataclass
from generator.sources.importers.markdown_pictures import Picture

NOWHERE = "morgue-nowhere:"
"""Stands for an address that the old site could not resolve, until the link is taken off its text."""

HERE = "morgue-here:"
"""Stands before an address of Morgue's own, so that it is not taken for one of the old site's again."""

_ARGUMENT = re.compile(
    r"""([A-Za-z_][\w-]{0,60})\s*[=:]\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|`([^`]*)`|([^\s,"'`]+))"""
    r"""|"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|`([^`]*)`|([^\s,"'`=:\\]+)|\\."""
)
_ESCAPED = re.compile(r"\\(.)")
_ID = re.compile(r"[\w-]{1,64}")

_PICTURES = frozenset(
    [
        "img",
        "image",
        "figure",
        "image_with_class",
        "photo",
        "picture",
        "imgproc",
        "resize_image",
        "responsive_image",
    ]
)
_REFERENCES = frozenset({"ref", "relref", "tmp", "post_url", "link_to"})
_ADDRESSES = frozenset({"url", "legacy-file", "static", "asset"})
_VIDEOS: Mapping[str, str] = {
    "youtube": "https://www.youtube.com/watch?v={}", "vimeo": "https://vimeo.com/{}",
    "tweet": "https://twitter.com/i/status/{}", "twitter": "https://twitter.com/i/status/{}",
    "x": "https://twitter.com/i/status/{}", "instagram": "https://www.instagram.com/p/{}/",
    "gist": "https://gist.github.com/{}", "fb-video": "{}", "video": "{}", "audio": "{}", "embed": "{}",
    "speakerdeck": "https://speakerdeck.com/player/{}", "soundcloud": "{}",
}  # fmt: skip
_NAMES: Mapping[str, str] = {
    "youtube": "YouTube", "vimeo": "Vimeo", "tweet": "Tweet", "twitter": "Tweet", "x": "Post on X",
    "instagram": "Instagram", "gist": "Gist", "fb-video": "Video on Facebook", "video": "Video",
    "audio": "Audio", "embed": "Embedded page", "speakerdeck": "Slides", "soundcloud": "SoundCloud",
}  # fmt: skip
_WRAPPERS = frozenset(
    [
        "box",
        "note",
        "card",
        "cards",
        "notice",
        "alert",
        "callout",
        "row",
        "column",
        "columns",
        "col",
        "grid",
        "details",
        "accordion",
        "tabs",
        "tab",
        "aside",
        "tip",
        "warning",
        "info",
        "do-row",
        "dont-row",
        "do-dont-table",
        "quote",
        "blockquote",
        "section",
        "div",
        "center",
        "summary-box",
        "card-policy",
        "lead",
        "rawhtml",
        "raw-html",
        "markdown",
        "md",
        "html",
    ]
)
_LABELS = ("text", "label", "title", "name", "kicker", "caption")
_LINKS = ("link", "url", "href", "to", "file")


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One shortcode or tag: its name in lower case, its arguments in order and by name."""

    name: str
    values: tuple[str, ...] = ()
    named: Mapping[str, str] = field(default_factory=dict)

    def get(self, *keys: str) -> str:
        """The first of these named arguments that is given, "" for none."""
        return next((self.named[key] for key in keys if self.named.get(key)), "")

    def at(self, index: int) -> str:
        """An argument by its place, "" when there are fewer."""
        return self.values[index] if index < len(self.values) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expansion:
    """What stands in a tag's place. `known` is false when the tag is one nobody has told of; `picture` is
    set instead of `text` where it shows one."""

    text: str = ""
    picture: Picture | None = None
    known: bool = True


def call(inside: str) -> Call:
    """Read the inside of a tag: `img src="x" alt="y"`, `youtube(id="x")`, `include "f", a: "b"`."""
    inside = inside.strip().rstrip("/").strip()
    end = next((at for at, char in enumerate(inside) if not (char.isalnum() or char in "_-./")), len(inside))
    name, rest = inside[:end].lower(), inside[end:].strip()
    if rest.startswith("(") and rest.endswith(")"):
        rest = rest[1:-1]
    values: list[str] = []
    named: dict[str, str] = {}
    for found in _ARGUMENT.finditer(rest):
        key, *options = found.groups()
        text = next((each for each in options if each is not None), "")
        text = _ESCAPED.sub(r"\1", text) if "\\" in text else text
        if key:
            named.setdefault(key.lower(), text)
        elif not found[0].startswith("\\"):
            values.append(text)
    return Call(name=name, values=tuple(values), named=named)


def expand(tag: Call, reference: Callable[[str], str]) -> Expansion:
    """What a tag becomes. `reference` gives the address of a file that a `ref` names, or ""."""
    name = tag.name
    if name in _PICTURES or name.startswith(("img-", "legacy-img", "image-", "figure-")):
        return Expansion(picture=_picture(tag))
    if name in {"include", "render"}:
        return _included(tag, reference)
    if name in _REFERENCES or (name == "link" and not tag.named):
        path, mark, fragment = tag.at(0).partition("#") if tag.values else (tag.get("path"), "", "")
        if not path:
            return Expansion(text=mark + fragment)
        found = reference(path)
        return Expansion(text=(found + mark + fragment) if found else NOWHERE)
    if name in _ADDRESSES and not tag.named:
        return Expansion(text=tag.at(0) or NOWHERE)
    if name in _VIDEOS:
        return _embedded(tag)
    if name == "quote-block":
        cite = f"\n>\n> — {tag.get('cite', 'author')}" if tag.get("cite", "author") else ""
        return Expansion(text=f"\n\n> {tag.get('text', 'quote') or tag.at(0)}{cite}\n\n")
    if name == "highlight":
        return Expansion(text=f"\n\n```{tag.at(0) if _ID.fullmatch(tag.at(0)) else ''}\n")
    if name in {"/highlight", "endhighlight"}:
        return Expansion(text="\n```\n\n")
    if name.startswith(("/", "end")) or name in _WRAPPERS:
        return Expansion()
    if address := tag.get(*_LINKS):
        return Expansion(text=f"[{tag.get(*_LABELS) or address}]({address})")
    return Expansion(text=tag.get("text"), known=False)


def _picture(tag: Call) -> Picture:
    src = tag.get("src", "image", "path", "file", "uid", "name") or tag.at(0)
    positional = tag.values[1:] if tag.values and src == tag.values[0] else tag.values
    # image_with_class "path" "class" "alt"
    alt = positional[1] if tag.name == "image_with_class" and len(positional) > 1 else "".join(positional[:1])
    caption = " ".join(
        each for each in (tag.get("title"), tag.get("caption"), tag.get("attr", "credit")) if each
    )
    return Picture(src=src, alt=tag.get("alt") or alt, caption=caption)


def _included(tag: Call, reference: Callable[[str], str]) -> Expansion:
    if tag.get("image", "src", "img", "image_path"):
        return Expansion(picture=_picture(tag))
    # Jekyll's include youtube.html id="…", include figure image_path="…"
    inner = Call(
        name=tag.at(0).rpartition("/")[2].partition(".")[0].lower(), values=tag.values[1:], named=tag.named
    )
    if inner.name and inner.name != "include" and inner.name != "render":
        return expand(inner, reference)
    return Expansion(known=False)


def _embedded(tag: Call) -> Expansion:
    what = tag.get("id", "video", "src", "url", "key") or tag.at(0)
    if tag.name == "tweet" and not tag.named and len(tag.values) > 1:
        what = tag.at(1)
    if not what:
        return Expansion(known=False)
    address = what if what.startswith(("http://", "https://", "//", "/")) else _VIDEOS[tag.name].format(what)
    if tag.name in {"tweet", "twitter", "x"} and (user := tag.get("user")):
        address = f"https://twitter.com/{user}/status/{what}"
    label = tag.get("title", "text", "caption") or (
        f"{_NAMES[tag.name]} by @{tag.get('user')}" if tag.get("user") else _NAMES[tag.name]
    )
    return Expansion(text=f"[{label.replace('[', '(').replace(']', ')')}]({address})")
