"""An HTML page read as a link checker reads it: what it names, and what it leads to."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

LEADS = {
    ("a", "href"), ("area", "href"), ("link", "href"), ("form", "action"), ("form", "data-texts"),
    ("img", "src"), ("script", "src"), ("source", "src"), ("video", "src"), ("audio", "src"),
    ("video", "poster"), ("iframe", "src"), ("object", "data"), ("embed", "src"), ("use", "href"),
    ("image", "href"), ("button", "formaction"), ("blockquote", "cite"),
}  # fmt: skip
"""Every attribute by which a page can lead or reach elsewhere."""

FOLLOWED = {("a", "href"), ("area", "href"), ("blockquote", "cite")}
"""Those that wait for a reader's click; what the others name, a browser asks for by itself."""

IDS = ("for", "popovertarget", "aria-labelledby", "aria-describedby", "aria-controls", "list", "form")
"""Attributes whose words are ids of the same page."""

_REFRESH = re.compile(r"\d+;\s*url=(.+)", re.IGNORECASE)


@dataclass(slots=True)
class Seen:
    """What stands on one page."""

    lang: str = ""
    title: str = ""
    headings: int = 0
    moved: str = ""  # where a redirect leads
    hidden: bool = False  # from search engines
    meta: dict[str, list[str]] = field(default_factory=dict)
    links: list[tuple[str, str]] = field(default_factory=list)  # rel of <link>, href
    leads: list[tuple[str, str, str]] = field(default_factory=list)  # element, attribute, address
    ids: list[str] = field(default_factory=list)
    named: list[str] = field(default_factory=list)  # ids that something on the page refers to
    data: list[str] = field(default_factory=list)  # JSON-LD
    inline: list[str] = field(default_factory=list)  # what a strict Content-Security-Policy refuses


class Reader(HTMLParser):
    """Fills in a Seen."""

    def __init__(self) -> None:
        super().__init__()
        self.seen = Seen()
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        seen, given = self.seen, {name: value or "" for name, value in attrs}
        self._inside = ""
        if tag == "html":
            seen.lang = given.get("lang", "")
        elif tag == "title":
            self._inside = "" if seen.title else "title"
        elif tag == "h1":
            seen.headings += 1
        elif tag == "meta":
            self._meta(given)
        elif tag == "link":
            seen.links.append((given.get("rel", ""), given.get("href", "")))
        elif tag == "script" and given.get("type") == "application/ld+json":
            self._inside = "data"
            seen.data.append("")
        elif tag == "style" or (tag == "script" and "src" not in given):
            seen.inline.append(f"<{tag}>")
        for name, value in given.items():
            if name == "style" or name.startswith("on") or value.lower().lstrip().startswith("javascript:"):
                seen.inline.append(f'<{tag} {name}="{value}">')
            if name == "id":
                seen.ids.append(value)
            elif name in IDS:
                seen.named += value.split()
            elif name == "srcset":
                seen.leads += [(tag, name, each.split()[0]) for each in value.split(",")]
            elif (tag, name) in LEADS:
                seen.leads.append((tag, name, value))

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside == "title":
            self.seen.title += data
        elif self._inside == "data":
            self.seen.data[-1] += data

    def _meta(self, given: dict[str, str]) -> None:
        seen, content = self.seen, given.get("content", "")
        if given.get("http-equiv") == "refresh":
            found = _REFRESH.fullmatch(content)
            seen.moved = found[1] if found else "nowhere"
        name = given.get("name") or given.get("property") or ""
        seen.meta.setdefault(name, []).append(content)
        seen.hidden = seen.hidden or (name == "robots" and "noindex" in content)


def read(html: str) -> Seen:
    """What stands on a page."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader.seen
