"""One pass over a page that measures it: where its prose stands, and what stands around it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from functools import lru_cache

from generator.core.elements import BLOCKS
from generator.core.frozen import dataclass
from generator.sources.importers.html.clutter import UNSHOWN, unwanted
from generator.sources.importers.html.tree import Element, walk

_BLOCKS = BLOCKS | {"br", "nav", "amp-story-page"}
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_SENTENCE = re.compile(r"[.!?…。！？؟।][\"”’»')\]」』]*\s*$")
_INSIDE = re.compile(r"[.!?…。！？؟।][\"”’»]?\s+\S|[,;،、，]\s?\S.*[,;،、，]")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f\u1000-\u109f]")
_BODY = re.compile(
    r"article(?:page)?(?:main)?(?:body|content|text|copy)|story(?:page)?(?:body|content|text|copy)|contentarticle|entrycontent|"
    r"(?:post|single|blog)(?:body|content|text)|body(?:copy|content|text|main)|(?:content|text|copy|richtext)body|contenttext|maintext|"
    r"news(?:text|body|content|detail)|richtext|fieldnamebody|fieldbody|meteredcontent|textonoticia|noticiatexto|"
    r"(?:cuerpo|corpo|texto)(?:noticia|articulo|artigo|materia)|testoarticolo|articolotesto|artikel(?:text|inhalt|body)|"
    r"corpsarticle|articlecorps|brodtext|textearticle|ckeditor|^econtent$"
)
_COOKIES = re.compile(
    r"\b(?:us(?:es?|ing)|utilis\w+|utiliz\w+|verwende\w*|nutz\w+|gebruik\w*|usa|anv[äe]nd\w*|brug\w*)\s+(?:(?:des|de|i|our|unsere)\s+)?cookies?\b|"
    r"\bcookies?[ -](?:policy|notice|settings|einstellungen|richtlinie)",
    re.IGNORECASE,
)
_SIGN_UP = 500
_INVITATION = 260  # the most prose that invites to sign up
_LINE = 60
_PARAGRAPH = 120
_MOST = 200  # so many headlines and fields for mail are looked at
_NOT_BODY = re.compile(
    r"header|footer|meta|title|image|figure|caption|related|share|author|teaser|promo|tags|ad-|list|item|sidebar|aside|comment|headline"
)


@dataclass(slots=True)
class Stat:
    """What an element holds: characters of prose, of all text, and of links; `parent` has more of it."""

    element: Element
    parent: "Stat | None"
    prose: float = 0.0
    chars: int = 0
    links: int = 0
    order: int = 0
    clutter: str = ""
    children: list["Stat"] = field(default_factory=list)

    @property
    def link_share(self) -> float:
        """The share of its characters that stand in links."""
        return self.links / self.chars if self.chars else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """A page measured. `stats` tells of every element that holds text; `order` in it counts elements.

    `paragraphs` are the elements that hold prose directly, in order; `bodies` those that name themselves
    an article's text.
    """

    top: Stat
    stats: Mapping[Element, Stat]
    paragraphs: Sequence[Stat]
    bodies: Sequence[Stat]
    articles: Sequence[Stat]
    headings: Sequence[Stat]
    figures: Sequence[Stat]
    times: Sequence[Stat]
    links: int

    def stat(self, element: Element) -> Stat:
        """An element's measures; of one without text, zeros."""
        return self.stats.get(element) or Stat(element, None)


def survey(root: Element) -> Survey:
    """Measure a page. What is named as clutter counts for nothing, unless there is hardly anything else."""
    surveyor = _Surveyor()
    surveyor.run(root)
    surveyor.discount()
    return Survey(
        top=surveyor.top,
        stats=surveyor.stats,
        paragraphs=surveyor.paragraphs,
        bodies=surveyor.bodies,
        articles=surveyor.articles,
        headings=surveyor.headings,
        figures=surveyor.figures,
        times=surveyor.times,
        links=surveyor.links,
    )


def names_body(element: Element) -> bool:
    """Whether an element calls itself the text of an article."""
    if "articlebody" in (element.get("itemprop") or "").lower():
        return True
    names = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('data-component') or ''}"
    return len(names) > 5 and _speaks_of_body(names[:400])


@lru_cache(maxsize=4096)
def _speaks_of_body(names: str) -> bool:
    return any(
        _BODY.search(name.replace("-", "").replace("_", "")) and not _NOT_BODY.search(name)
        for name in names.lower().split()
        if len(name) < 60
    )


class _Surveyor:
    def __init__(self) -> None:
        self.stats: dict[Element, Stat] = {}
        self.paragraphs: list[Stat] = []
        self.bodies: list[Stat] = []
        self.articles: list[Stat] = []
        self.headings: list[Stat] = []
        self.figures: list[Stat] = []
        self.times: list[Stat] = []
        self.marked: list[Stat] = []
        self.asking: list[Stat] = []
        self.links = 0
        self._stack: list[Stat] = []
        self._in_link = 0
        self._text: list[str] = []
        self._linked = 0
        self._owner: Stat | None = None
        self._order = 0
        self._heading = 0

    def run(self, root: Element) -> None:
        self.top = Stat(root, None)
        walker = walk(root)
        for event, element in walker:
            tag = element.tag
            if event == "start":
                if not self._start(element, str(tag)):
                    walker.skip()
                elif element.text:
                    self._add(element.text)
            else:
                if event == "end":
                    self._end(str(tag))
                if element.tail and self._stack:
                    self._add(element.tail)

    def _start(self, element: Element, tag: str) -> bool:
        self._order += 1
        parent = self._stack[-1] if self._stack else None
        stat = Stat(element, parent, order=self._order)
        if parent is None:
            self.top = stat
        self._stack.append(stat)
        if tag in UNSHOWN or tag in {"noscript", "iframe", "figcaption"}:
            if tag == "input" and "email" in f"{element.get('type')} {element.get('name')}".lower():
                self.asking.append(stat)
            return False
        if tag in _BLOCKS:
            self._flush()
            self.stats[element] = stat
            stat.clutter = unwanted(element, tag)
            if stat.clutter:
                self.marked.append(stat)
            if tag in _HEADINGS:
                self._heading += 1
                self.headings.append(stat)
            elif tag == "figure":
                self.figures.append(stat)
            elif tag in {"article", "main"} or element.get("role") in {"main", "article"}:
                self.articles.append(stat)
            if tag in {"div", "section", "article", "td", "main", "span"} and names_body(element):
                self.bodies.append(stat)
        elif tag == "a":
            self._in_link += 1
            self.links += 1
        elif tag in {"img", "amp-img"}:
            self.figures.append(stat)
        elif tag == "time":
            self.times.append(stat)
        return True

    def _end(self, tag: str) -> None:
        stat = self._stack.pop()
        if tag in _BLOCKS:
            self._flush()
            if tag in _HEADINGS and self._heading:
                self._heading -= 1
        elif tag == "a" and self._in_link:
            self._in_link -= 1
        if stat.parent is not None:
            stat.parent.chars += stat.chars
            stat.parent.links += stat.links
            stat.parent.prose += stat.prose
            if stat.prose:
                stat.parent.children.append(stat)

    def _add(self, text: str) -> None:
        if text.isspace():
            return
        self._text.append(text)
        if self._owner is None:
            self._owner = self._stack[-1]
        if self._in_link:
            self._linked += len(text.strip())

    def _flush(self) -> None:
        if self._owner is None:
            return
        text = " ".join("".join(self._text).split())
        owner = self._owner
        while owner.parent is not None and str(owner.element.tag) not in _BLOCKS:
            owner = owner.parent
        linked = min(self._linked, len(text))
        owner.chars += len(text)
        owner.links += linked
        if not self._heading and (value := _prose(text, linked)):
            owner.prose += value
            self.paragraphs.append(owner)
        self._text.clear()
        self._linked = 0
        self._owner = None

    def discount(self) -> None:
        """Take what is clutter by its name, or by what it asks for, out of the sums of what holds it."""
        titled = {id(h) for s in self.headings[:_MOST] if s.element.tag == "h1" for h in _holders(s)}
        for asking in self.asking[:_MOST]:
            box = _sign_up(asking, titled)
            if box is not None and not box.clutter:
                box.clutter = "newsletter box"
                self.marked.append(box)
        for stat in self.marked:
            if (
                stat.clutter == "comments"
                and not stat.prose
                and stat.chars < _PARAGRAPH * 2
                and _signed(stat)
            ):
                stat.clutter = ""  # "firma_comentarios": the byline, and how many comments there are
            # Beside its own text an article has its byline, its date and the like.
            if stat.clutter == "sidebar" and stat.chars < _SIGN_UP:
                own = any(h.element.tag == "article" and id(h) in titled for h in _holders(stat))
                stat.clutter = "" if own else stat.clutter
        texts = {_called(body) for body in self.bodies if not body.clutter and not _within_marked(body)} - {
            ""
        }
        for body in self.bodies:
            # What a paper shows of an article before its paywall: "teaser-content" around "article-body".
            for holder in _holders(body) if _called(body) in texts else ():
                holder.clutter = ""
        marked = [stat for stat in self.marked if stat.prose and stat.clutter]
        outermost = [stat for stat in marked if not _within_marked(stat)]
        left = self.top.prose - sum(stat.prose for stat in outermost)
        for stat in outermost:
            if id(stat) in titled and stat.prose > max(400.0, left / 2):
                stat.clutter = ""
                continue
            least = 80 if stat.clutter == "comments" else 400
            if (left < least and stat.prose > max(400.0, 2 * left)) or any(
                "articlebody" in (inner.element.get("itemprop") or "").lower() and _holds(stat, inner)
                for inner in self.bodies
            ):
                stat.clutter = ""
                continue
            for holder in _holders(stat):
                holder.prose -= stat.prose


def _signed(stat: Stat) -> bool:
    """Whether an element holds a link to the page of who wrote the article."""
    return any("author" in (link.get("rel") or "").split() for link in stat.element.iter("a"))


def _called(stat: Stat) -> str:
    """The classes by which an element calls itself an article's text."""
    return stat.element.get("class") or ""


def _holders(stat: Stat) -> Iterator[Stat]:
    """What an element lies in, from the inside out."""
    holder = stat.parent
    while holder is not None:
        yield holder
        holder = holder.parent


def _sign_up(asking: Stat, titled: set[int]) -> Stat | None:
    """The box around a field that asks for an address of mail: as far out as it holds little else.

    `titled` are the ids of what holds a headline.
    """
    box = None
    holder = asking.parent
    while (
        holder is not None
        and holder.chars <= _SIGN_UP
        and holder.element.tag not in {"article", "main", "body", "html", "td"}
        and not names_body(holder.element)
        and id(holder) not in titled
        and not any(child.prose >= _PARAGRAPH and child.element.tag == "p" for child in holder.children)
        and (box is None or holder.prose <= (2 * box.prose + _LINE if box.prose else _INVITATION))
    ):
        if str(holder.element.tag) in _BLOCKS:
            box = holder
        holder = holder.parent
    return box


def _within_marked(stat: Stat) -> bool:
    return any(holder.clutter for holder in _holders(stat))


def _holds(outer: Stat, inner: Stat) -> bool:
    holder: Stat | None = inner
    while holder is not None:
        if holder is outer:
            return True
        holder = holder.parent
    return False


def _prose(text: str, linked: int) -> float:
    """How much of a block is prose: its characters out of links; 0 for labels, lists of links, and so on."""
    length = len(text)
    if length < 600 and "ookie" in text and _COOKIES.search(text) is not None:
        return 0.0
    weight = 2.5 if length < 2000 and _WIDE.search(text[:40]) else 1.0
    if length * weight < 30 or linked > length * 0.5:
        return 0.0
    if length * weight >= 120 or _SENTENCE.search(text[-12:]) or _INSIDE.search(text[:300]):
        return (length - linked) * weight
    return 0.0
