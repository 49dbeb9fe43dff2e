"""The article of a page: its facts from the surest source, its text, its picture, its further links."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from urllib.parse import unquote, urlsplit

from generator.core.model import Value
from generator.core.paths import is_slug
from generator.core.problems import Problem
from generator.core.web import is_front_page, normal_address
from generator.sources.importers.base import Dropped, ImportContext, Imported, Media
from generator.sources.importers.charsets import characters
from generator.sources.importers.extras import load
from generator.sources.importers.html import Converted, Picture, html_to_markdown
from generator.sources.importers.html.convert import convert_tree
from generator.sources.importers.languages import settled as settled_language
from generator.sources.importers.letters import clean, tidy
from generator.sources.importers.newstext_dates import MONTH_FIRST, Customs, customs
from generator.sources.importers.web import Capture, PageRead, Pictures
from generator.sources.importers.web.around import Head
from generator.sources.importers.web.article_text import Cut, notice
from generator.sources.importers.web.authors import authors
from generator.sources.importers.web.dates import contradiction, dates, settled
from generator.sources.importers.web.decks import spoken
from generator.sources.importers.web.facts import (
    deck,
    descriptions,
    headline,
    publisher,
    section,
    site_names,
    tags,
)
from generator.sources.importers.web.head import read_head
from generator.sources.importers.web.heading import find_heading
from generator.sources.importers.web.kinds import no_article
from generator.sources.importers.web.lead import lead_picture
from generator.sources.importers.web.linked_data import text
from generator.sources.importers.web.locate import locate
from generator.sources.importers.web.moments import When, read_when
from generator.sources.importers.web.page import Page, read_page
from generator.sources.importers.web.survey import Stat, Survey, survey
from generator.sources.importers.web.undated import look_further

MAX_PAGE = 64_000_000
"""The most bytes of a page."""

MAX_TAGS = 400_000
"""The most tags of a page: each takes memory, and no article has so many."""

POOR = 400
"""The characters of text below which a second opinion on the page is asked for."""

_AHEAD = timedelta(hours=14)


def read_article(
    capture: Capture, context: ImportContext, pictures: Pictures, rebase: Callable[[str], None] | None = None
) -> PageRead:
    """See read_capture. `rebase` is told from which address the page's relative links start."""
    where = capture.where
    if len(capture.data) > MAX_PAGE:
        problem = Problem(where, 0, "E304", "too large for one article", f"at most {MAX_PAGE:,} bytes")
        return PageRead(article=None, problems=(problem,), reason="too large")
    if (held := capture.data.count(b"<")) > MAX_TAGS:
        message = f"too large for one article: some {held:,} tags"
        problem = Problem(where, 0, "E304", message, f"at most {MAX_TAGS:,}")
        return PageRead(article=None, problems=(problem,), reason="too large")
    if not capture.data.strip(b" \t\r\n\x0c\0"):
        problem = Problem(where, 0, "E301", "the file is empty", "delete it, or put the article back")
        return PageRead(article=None, problems=(problem,), reason="empty")
    decoded = characters(capture.data, where, declared=capture.charset, html=True)
    page = read_page(decoded.text, known_address=capture.address)
    if rebase is not None:
        rebase(page.base)
    work = _Work(page, capture, context, pictures)
    return work.read(list(decoded.problems))


@dataclass(slots=True)
class _Work:
    """One page being read."""

    page: Page
    capture: Capture
    context: ImportContext
    pictures: Pictures
    media: dict[str, Media] = field(default_factory=dict)
    missing: dict[str, None] = field(default_factory=dict)

    def read(self, problems: list[Problem]) -> PageRead:
        page, where = self.page, self.capture.where
        measured = survey(page.root)
        reason = no_article(page, measured)
        if reason:
            return PageRead(article=None, reason=reason)
        titles = [text(page.data.article.get("headline")), page.meta("og:title"), page.title]
        heading = find_heading(measured, titles, site_names(page))
        said = frozenset(map(spoken, descriptions(page))) - {""}
        holder = locate(measured, heading, said)
        by = self._customs()
        head = read_head(measured, holder, heading, by, page.base, said)
        picture = lead_picture(page, measured, holder, head)
        title = tidy(headline(page, head))
        cut = Cut(
            page=measured, holder=holder.element, address=page.base, taken=head.taken,
            authors=partial(authors, page, head),
        )  # fmt: skip
        converted = convert_tree(
            holder.element, address=page.base, title=title, judge=cut.judge, notice=notice, place=self.place
        )
        if len(converted.markdown) < POOR:
            converted = self._second_opinion(converted, title)
        first, last = self._moments(measured, heading, head, by, problems)
        if not title:
            hint = "expected a heading or a title"
            problems.append(Problem(where, 0, "E307", "the page has no headline", hint))
        if first is None:
            hint = "expected a date in its metadata, its text or its address"
            problems.append(Problem(where, 0, "E305", "published: the page gives no date", hint))
        if not title or first is None:
            return PageRead(article=None, problems=tuple(problems), reason="no headline or no date")
        if not converted.markdown:
            problems.append(Problem(where, 0, "W323", "the page holds no text of an article", "compare it"))
        body, told = clean(_without_rules_around(converted.markdown), where)
        language, doubts = settled_language(page.language, body, where)
        problems += [*told, *doubts]
        front = self._front(title, first, last, head, cut, converted, language)
        if (image := self._image(picture, converted)) is not None:
            front["image"] = image
        front = self._mended(front, problems)
        if self.missing:
            named = next(iter(self.missing))
            noun = "picture is" if len(self.missing) == 1 else "pictures are"
            message = f"{len(self.missing):,} {noun} not beside it: {named[:120]}"
            problems.append(Problem(where, 0, "W324", message, "put them there, and import again"))
        dropped = converted.dropped
        if page.data.broken:
            dropped += (Dropped("JSON-LD", "it is not JSON", page.data.broken),)
        article = Imported(
            front=front,
            body=body,
            slug=_slug(page.address),
            media=tuple(self.media.values()),
            identity=_identity(page, self.capture),
            dropped=dropped,
            recall=converted.recall,
        )
        return PageRead(article=article, problems=tuple(problems))

    def _mended(self, front: dict[str, Value], problems: list[Problem]) -> dict[str, Value]:
        """The front matter with letters that were read in a wrong encoding mended."""
        mended: dict[str, Value] = {}
        for key, value in front.items():
            if key in {"title", "summary", "section"} and isinstance(value, str):
                mended[key], told = clean(value, self.capture.where)
                problems += told
            else:
                mended[key] = value
        return mended

    def _customs(self) -> Customs:
        """How the page's paper writes dates: as its own language does, where it says one."""
        by = customs(self.context.site, self.context.now)
        return replace(by, month_first=True) if self.page.language in MONTH_FIRST else by

    def place(self, address: str) -> str:
        """Where a picture lies in the archive; its own address where the source does not hold it."""
        if not address:
            return ""
        found = self.pictures(address)
        if found is None:
            self.missing.setdefault(address)
            return address if address.startswith(("http:", "https:")) else ""
        self.media[found.target] = found
        return f"/{found.target}"

    def _second_opinion(self, converted: Converted, title: str) -> Converted:
        """What another extractor makes of a page with hardly any text, where that is clearly more."""
        witness = load("generator.sources.importers.web.witness", "web", self.capture.where)
        other = "" if isinstance(witness, Problem) else witness.text_html(self.page.root, self.page.address)
        if not other:
            return converted
        found = html_to_markdown(other, address=self.page.base, title=title, place=self.place)
        return found if len(found.markdown) > 1.5 * len(converted.markdown) + 100 else converted

    def _moments(
        self, measured: Survey, heading: Stat | None, head: Head, by: Customs, problems: list[Problem]
    ) -> tuple[When | None, When | None]:
        where = self.capture.where
        published, updated = dates(self.page, head, by)
        first, last = settled(published, updated)
        if first is None:
            look_further(self.page, measured, heading, head, by)
            published, updated = dates(self.page, head, by)
            first, last = settled(published, updated)
        if first is not None and not published:
            message = "published: only the day of the last change is given, and was taken"
            problems.append(Problem(where, 0, "W315", message, "correct it by hand"))
        if differ := contradiction(published):
            problems.append(Problem(where, 0, "W316", f"published: {differ}", "check which is right"))
        if first is not None and _is_ahead(first, self.context.now):
            message = f"published: {first.day.isoformat()} is in the future"
            problems.append(Problem(where, 0, "W351", message, "check it"))
        return first, last

    def _front(
        self,
        title: str,
        first: When,
        last: When | None,
        head: Head,
        cut: Cut,
        converted: Converted,
        language: str,
    ) -> dict[str, Value]:
        page = self.page
        front: dict[str, Value] = {"title": title, "published": first.written}
        if last is not None:
            front["updated"] = last.written
        if language and language != self.context.site.language:
            front["language"] = language
        if names := authors(page, head):
            front["authors"] = [tidy(name) for name in names]
        if (summary := tidy(deck(page, head))) and summary != title and summary not in converted.markdown:
            front["summary"] = summary
        if name := tidy(section(page)):
            front["section"] = name
        if found := tags(page, head):
            front["tags"] = [tidy(tag) for tag in found]
        related: list[Value] = []
        for link in cut.related:
            if normal_address(link.url) != normal_address(page.address):
                item: dict[str, Value] = {"label": link.label} if link.label else {}
                related.append({**item, "title": tidy(link.title), "url": link.url})
        if related:
            front["related"] = related
        source: dict[str, Value] = {}
        if name := tidy(publisher(page)):
            source["publisher"] = name
        if page.address:
            source["url"] = page.address
        if captured := self.capture.captured or self._saved_at():
            source["captured"] = captured
        if source:
            front["source"] = source
        return front

    def _saved_at(self) -> str:
        """When the page itself says that it was saved."""
        by = customs(self.context.site, self.context.now)
        when = read_when(self.page.captured.partition("(")[0], by) if self.page.captured else None
        if when is None or when.instant is None:
            return ""
        return when.instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def _image(self, picture: Picture | None, converted: Converted) -> dict[str, Value] | None:
        shown = {picture.src for picture in converted.pictures}
        if picture is None:
            return None
        src = self.place(picture.src) if picture.src else ""
        if src and src in shown:
            return None
        if not src and not picture.caption and not picture.credit:
            return None
        facts = {
            "src": src.removeprefix("/"),
            "alt": picture.alt,
            "caption": picture.caption,
            "credit": picture.credit,
        }
        return {key: tidy(value) for key, value in facts.items() if value}


def _without_rules_around(markdown: str) -> str:
    """A text without the rules that parted it from what stood before and behind it in the page."""
    while markdown.startswith("---\n\n"):
        markdown = markdown[5:]
    while markdown.endswith("\n\n---"):
        markdown = markdown[:-5]
    return markdown


def _is_ahead(when: When, now: datetime) -> bool:
    return when.day > (now + _AHEAD).date()


def _identity(page: Page, capture: Capture) -> tuple[str, ...]:
    """The addresses by which the page is known: its canonical one, and where it was found."""
    found: dict[str, None] = {}
    for address in (page.address, capture.address):
        normal = normal_address(address) if address else ""
        if normal and not is_front_page(normal):
            found.setdefault(address)
    return tuple(found)


def _slug(address: str) -> str:
    """The page's own slug, when the last part of its address is one in words."""
    try:
        last = unquote(urlsplit(address).path).rstrip("/").rpartition("/")[2]
    except ValueError:
        return ""
    stem = (
        last.rpartition(".")[0] if last.lower().endswith((".html", ".htm", ".php", ".aspx", ".asp")) else last
    )
    return stem if is_slug(stem) and stem.count("-") >= 1 and any(map(str.isalpha, stem)) else ""
