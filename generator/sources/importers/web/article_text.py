"""The text of an article within the element that holds it: what of that element is no text, and why."""

import re
from collections.abc import Callable, Collection
from dataclasses import field
from functools import lru_cache

from generator.core.frozen import dataclass
from generator.sources.importers.html.clutter import parted, unwanted
from generator.sources.importers.html.escaping import link_target
from generator.sources.importers.html.tree import Element, text_of
from generator.sources.importers.web.called import is_byline
from generator.sources.importers.web.lines import lines_of
from generator.sources.importers.web.names import begins_with_by
from generator.sources.importers.web.stamps import DATEISH
from generator.sources.importers.web.survey import Stat, Survey

_B = r"(?:^|[\s_-])"
_E = r"(?=[\s_0-9-]|$)"
_AROUND: tuple[tuple[str, str], ...] = (
    ("byline or date", rf"{_B}(?:bylines?|by-?line|author(?:s|-?(?:name|info|box|bio|block|card|details?|"
                       rf"profile|byline|meta|link|container|wrapper|"
                       rf"section|description))?|contributors?|(?:post|entry|article|story|news)-?(?:meta(?:data)?|info|date|details?|time(?:stamp)?)|"
                       rf"meta(?:data)?|timestamps?|time-?stamp|date(?:time|-?time|s)?|pub-?date|publish(?:ed)?(?:-?(?:date|time|on|info))?|"
                       rf"posted-?on|updated?(?:-?(?:date|time|at))?|last-?(?:updated|modified)|modified|reading-?time|read-?time|dateline-?(?:wrap|container))"
                       rf"{_E}"),
    ("tags", rf"{_B}(?:tags?(?:-?(?:list|links|cloud|container|wrapper|section))?|topics?(?:-?list)?|"
             rf"keywords?|cat-?links|categor(?:y|ies)|"
             rf"post-?tags|article-?tags|filed-?under|themen|etiquetas|hashtags?|labels?|post-?footer|entry-?footer|article-?footer){_E}"),
    ("kicker", rf"{_B}(?:kicker|eyebrow|rubric|overline|section-?(?:label|name|title|link)|"
               rf"article-?section|category-?label|dachzeile|topper){_E}"),
    ("related links", rf"{_B}(?:promos?|related[\w-]{{0,20}}|inline-?(?:promo|related|link|recirc)|"
                      rf"in-?article-?(?:promo|related|recirc|links?)|"
                      rf"story-?package|next-?(?:article|story|post|up)|prev(?:ious)?-?(?:article|story|post)|post-?navigation|nav-?links|"
                      rf"pagination|pager|carousel|slider|playlist|series-?(?:nav|list)|more-?links?|link-?list|linklist|cross-?links?|internal-?links|"
                      rf"most-?\w+|popular(?:-?\w+)?|latest(?:-?\w+)?|onward|recommendations?|bottom-?links|card-?list|article-?list|storylist|river){_E}"),
    ("subscription notice", rf"{_B}(?:abonnements?|abo|abonnez|suscripcion(?:es)?|assinatura|abbonamento|"
                            rf"subscribe|subscription|newsletters?|sign-?up|sign-?in|log-?in|"
                            rf"register|cta|call-?to-?action|donate|support|"
                            rf"membership|join|app-?(?:promo|download)|promo-?box|upsell|piano|follow(?:-?us)?|whatsapp){_E}"),
    ("tools of the page", rf"{_B}(?:tools?|toolbar|tool-?bar|actions?|buttons?|btn|controls|"
                          rf"print(?:-?\w+)?|font-?size|text-?size|bookmark|save-?article|"
                          rf"audio-?player|listen|player-?controls|gallery-?(?:nav|controls)|article-?actions|utility|utilities|jump-?link|"
                          rf"skip-?link|back-?to-?top|toc|table-?of-?contents|copyright|legal|disclaimer|correction-?link|feedback|report-?error|"
                          rf"reactions?|ratings?|votes?|poll|quiz|survey|widget|views?-?count|counter|badge|trust(?:-?\w+)?){_E}"),
)  # fmt: skip
_NAMED = re.compile("|".join(f"(?P<k{n}>{pattern})" for n, (_, pattern) in enumerate(_AROUND)))
_PROMO = re.compile(
    r"^[\W_]*(?:also\s+read|read\s+(?:also|more|next|the\s+full|our|on)|related(?:\s+(?:stor(?:y|ies)|articles?|coverage|content|posts?|links?|news|topics|reading))?|"
    r"see\s+(?:also|more)|more(?:\s+(?:on\s+this(?:\s+story)?|stories|from|coverage|to\s+read|news|on|in))?|further\s+reading|don[’']t\s+miss|"
    r"must\s+read|recommended(?:\s+(?:stories|reading|for\s+you))?|you\s+(?:may|might)\s+(?:also\s+)?(?:like|be\s+interested)|watch(?:\s+(?:more|now|also))?|listen|"
    r"trending|most\s+read|up\s+next|in\s+case\s+you\s+missed|lire\s+aussi|à\s+lire(?:\s+aussi)?|voir\s+aussi|sur\s+le\s+même\s+sujet|lire|article\s+réservé|"
    r"mehr\s+(?:zum\s+thema|dazu)|lesen\s+sie\s+(?:auch|mehr|hier)|siehe\s+auch|auch\s+interessant|lee\s+(?:también|más)|le\s+puede\s+interesar|"
    r"te\s+puede\s+interesar|lea\s+también|leer\s+más|noticias?\s+relacionadas?|ver\s+también|leggi\s+anche|leia\s+(?:também|mais)|saiba\s+mais|veja\s+também|"
    r"lees\s+ook|läs\s+(?:också|mer|även)|les\s+også|læs\s+også|lue\s+myös|czytaj\s+(?:też|także|więcej)|zobacz\s+(?:też|także)|читайте\s+(?:также|по\s+теме)|"
    r"читай(?:те)?\s+(?:також|еще|ещё)|по\s+теме|смотрите\s+также|материалы\s+по\s+теме|اقرأ\s+أيضا?ً?|المزيد|関連記事|相关阅读|관련기사)\s*(?::|…|>|»|→|–|—|-|\||$|\n|(?=[A-ZА-ЯÉ“\"]))",
    re.IGNORECASE,
)
_NOTICE = re.compile(
    r"^[\W_]*(?:(?:(?:partager|share|compartir|condividi|teilen|delen|tweeter)\s+(?:sur|on|via|auf|en|su|op)\s+\w+\s*){1,6}|"
    r"(?:e-?mail|print(?:er)?[-\s]friendly|print)(?:\s+(?:this|the|a|to|article|story|page|friend|format|version|e-?mail|"
    r"print(?:er)?[-\s]friendly|print|\|)){1,12}|advertis(?:e)?ment|ad|sponsored(?:\s+content)?|(?:article|story|content)\s+continues\s+(?:below|after)|continue\s+reading(?:\s+(?:the\s+main\s+story|below))?|"
    r"skip\s+(?:to\s+)?(?:advert\w*|ad|past|the|content|main|next|newsletter)|loading|share(?:\s+(?:this|on|via|article|story|full\s+article))?(?:\s+\w+){0,3}|print|email|"
    r"copy\s+link|link\s+copied|comments?|leave\s+a\s+(?:comment|reply)|view\s+(?:all\s+)?comments|\d+\s+comments?|"
    r"sign\s+(?:up|in)\b.*|subscribe\b.*|follow\s+(?:us|\w+\s+on|@).*|like\s+us\s+on.*|join\s+(?:our|us|the\s+conversation).*|download\s+(?:the|our)\s+.*app.*|"
    r"get\s+(?:the|our|all|more|unlimited|breaking|latest).{0,80}(?:newsletter|inbox|app|email|access|delivered).*|click\s+here\s+(?:to|for)\s+.*|"
    r"(?:become\s+a|already\s+a)\s+(?:member|subscriber).*|support\s+(?:our|us|independent|quality|local).*|this\s+article\s+is\s+for\s+subscribers.*|"
    r"(?:our|the)\s+(?:daily|weekly|morning|evening)\s+newsletter.*|want\s+(?:more|the\s+latest).*|save|bookmark|report\s+(?:an?\s+)?(?:error|typo).*|"
    r"(?:copyright\s*)?(?:©|\(c\)|copyright)\s*(?:\d{4}|the|by|reuters|ap|afp)\b.*|all\s+rights\s+reserved.*|"
    r"(?:\d+|one|two|three|four|five)\s+min(?:ute)?s?(?:\s+read)?|reading\s+time.*|"
    r"(?:filed\s+under|tags?|topics?|categories|category|posted\s+in|keywords?|mots-clés|schlagwörter|themen|temas|etiquetas|тэги|теги)\s*(?::.*)?|"
    r"article\s+réservé\s+(?:aux|à\s+nos)\s+abonnés|this\s+entry\s+was\s+posted\s+(?:by|in|on|at)\b.*|"
    r"all\s+(?:site\s+)?contents?\s+(?:is\s+|are\s+)?(?:©|\(c\)|copyright).*|(?:<<\s*|«\s*)?(?:back|return)\s+to\s+(?:the\s+)?(?:front|home|main|top|index|news)\b.{0,40}|"
    r"our\s+standards:?.*|read\s+more|listen\s+to\s+this\s+article.*|listen\s*\(\d.*|play\s+video.*|toggle\s+caption|hide\s+caption|enlarge(?:\s+this)?\s+image|"
    r"open\s+in\s+(?:app|new).*|image\s+(?:caption|source|credit)|enter\s+your\s+email.*|(?:thank\s+you|thanks)\s+for\s+(?:signing|subscribing).*|"
    r"you\s+must\s+(?:be\s+logged|log)\s+in.*|please\s+(?:enable|log\s+in|sign\s+in|subscribe).*|add\s+\w+\s+(?:as|on)\s+.*google.*|"
    r"newsletter(?:\s+\w+){0,4}|anzeige|werbung|publicité|publicidad|pubblicità|advertentie|annons|annonse|реклама|mainos|"
    r"zur\s+startseite|teilen|drucken|merken|partager|imprimer|compartir|condividi|delen|поделиться|abonnez-vous.*|inscrivez-vous.*|"
    r"jetzt\s+(?:abonnieren|anmelden|newsletter).*|suscríb[ae](?:te|se).*|iscriviti.*|assine.*|подпис(?:ывайтесь|аться).*|icono?|more|menu|close|next|previous|"
    r"hide|show\s+more|expand|replay|pause|mute|ends?|--|\*\*\*)\s*[:.!…»→>]*\s*$",
    re.IGNORECASE | re.DOTALL,
)
_ABOUT_AUTHOR = re.compile(
    r"(?:about\s+the\s+(?:authors?|writers?|reporters?|columnist)|sobre\s+(?:la\s+firma|(?:el|la|o|a)\s+autora?)|acerca\s+del\s+autor|"
    r"über\s+(?:den|die)\s+autor(?:in|en)?|zur\s+person|à\s+propos\s+d(?:e\s+l[’']auteure?|es\s+auteurs)|l[’']autrice|l[’']autore|"
    r"over\s+de\s+auteurs?|om\s+(?:författaren|forfatteren|skribenten)|об\s+авторе|o\s+autorze)(?=\W|$|(?-i:[A-Z]))",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"author|autor|auteur|bio(?:graphy)?(?![a-z])|portrait|profil|person|writer|contributor|columnist", re.I
)
_BLOCKISH = frozenset(
    [
        "div",
        "section",
        "aside",
        "ul",
        "ol",
        "p",
        "header",
        "footer",
        "table",
        "form",
        "figure",
        "dl",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "span",
        "time",
        "address",
        "nav",
        "details",
        "blockquote",
        "small",
        "center",
    ]
)
_SHORT = 320
_HEADING = 120
_LINE = 160
_REST = 16
_LARGEST = 0.4
_LEAST = 200.0
_BIOGRAPHY = 700


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link to a further article: its label in the page ("Read more"), its headline and its address."""

    label: str
    title: str
    url: str


@dataclass(slots=True, kw_only=True)
class Cut:
    """What to leave out of the element that holds an article, as judged while it is converted.

    `taken` are elements dealt with elsewhere (the headline, the deck, the lead picture), with what they are;
    "" for those of which nobody need be told. `authors` tells the names of who wrote it.
    `related` gathers links to further articles.
    """

    page: Survey
    holder: Element
    address: str
    taken: dict[Element, str] = field(default_factory=dict)
    authors: Callable[[], Collection[str]] = tuple
    related: list[Link] = field(default_factory=list)

    def judge(self, element: Element, tag: str) -> str:
        """What an element is, when it is no text of the article; "" when it is."""
        known = self.taken.get(element)
        if known is not None:
            return known or "taken elsewhere"
        if tag not in _BLOCKISH:
            return _by_name(element, tag) if tag in {"a", "button"} else ""
        stat = self.page.stats.get(element)
        reason = stat.clutter if stat is not None else unwanted(element, tag)
        if reason:
            if reason == "related links":
                self._gather(element)
            return reason
        if tag == "span":
            return ""
        if stat is None:
            return ""
        return self._measured(element, tag, stat)

    def _measured(self, element: Element, tag: str, stat: Stat) -> str:
        if stat.prose >= _LARGEST * max(_LEAST, self.page.stat(self.holder).prose):
            return ""  # whatever it is called, it is the article
        named = _by_name(element, tag)
        if (
            named
            and (
                stat.prose < 60
                or (named in {"related links", "subscription notice", "tags"} and stat.link_share > 0.3)
            )
        ) or (
            named in {"byline or date", "subscription notice"}
            and stat.chars < 700
            and tag not in {"p", "h2", "h3", "li"}
        ):
            if named == "related links":
                self._gather(element)
            return named
        if (stat.chars and stat.chars < _SHORT) or (
            stat.links and stat.chars < 600 and tag in {"ul", "div", "section", "aside"}
        ):
            text = text_of(element)
            if called := notice(text):
                return called
            if _PROMO.match(text) and (
                stat.links * 3 > stat.chars or (tag in {"h2", "h3", "h4"} and self._leads_on(element))
            ):
                self._gather(element, text)
                return "related links"
            if tag in {"h2", "h3", "h4", "h5"} and len(text) < _HEADING and self._leads_on(element):
                return "related links"
        if (
            tag in {"div", "section", "aside", "footer"}
            and stat.chars < _BIOGRAPHY
            and (_ABOUT_AUTHOR.match(text_of(element)) or self._introduces(element, tag))
        ):
            return "about the author"
        if (
            tag in {"ul", "ol", "div", "section", "aside", "table", "dl"}
            and stat.links
            and stat.link_share > 0.6
            and stat.prose < 200
            and not any(map(_is_data, element.iter("table")))
        ):
            if tag in {"ul", "ol"} and self._is_prose_list(element, stat):
                return ""
            self._gather(element)
            return "related links"
        if (
            stat.chars < _SHORT
            and not stat.prose
            and (_is_signature(element) or (stat.chars < _LINE and self._is_credits(element)))
        ):
            return "byline or date"
        bracketed = text_of(element)[:1] in {"[", "("} if tag == "p" and stat.links else False
        share = 0.8 if bracketed else 0.95
        if tag == "p" and stat.links and stat.link_share > share and self._stands_alone_linked(element, stat):
            self._gather(element)
            return "related links"
        return ""

    def _is_credits(self, element: Element) -> bool:
        """Whether a box holds the names of the authors and a date, and hardly anything beside."""
        if not any(
            inner.tag == "time" or is_byline(inner.get("class") or "")
            for inner in element.iter("time", "span", "p", "div")
        ):
            return False
        text = text_of(element)
        left = DATEISH.sub(" ", text)
        for name in self.authors():
            left = left.replace(name, " ")
        return left != text and len(" ".join(left.split())) <= _REST

    def _introduces(self, element: Element, tag: str) -> bool:
        """Whether a box is about one of the authors: their name stands over it."""
        if tag != "aside" and not _PERSON.search(element.get("class") or ""):
            return False
        name, _, more = lines_of(element).partition("\n")
        return len(more) > len(name) and name in self.authors()

    def _leads_on(self, heading: Element) -> bool:
        """Whether a heading stands over nothing but links to elsewhere."""
        following = heading.getnext()
        if following is None or not isinstance(following.tag, str):
            return False
        stat = self.page.stats.get(following)
        if stat is None or not stat.chars:
            return False
        return bool(stat.clutter) or (
            stat.links > 0 and stat.link_share > 0.6 and following.tag in {"ul", "ol", "div", "section", "p"}
        )

    def _is_prose_list(self, element: Element, stat: Stat) -> bool:
        """A list in the middle of the text whose items are more than headlines."""
        before, after = element.getprevious(), element.getnext()
        inside = before is not None and after is not None and before.tag == "p" == after.tag
        return (
            inside and stat.chars < 400 and not _PROMO.match(text_of(before))
            if inside and before is not None
            else False
        )

    def _stands_alone_linked(self, element: Element, stat: Stat) -> bool:
        """A paragraph that is one link: a promotion, unless it stands where the text itself leads to it."""
        if stat.chars < 25 or stat.chars > 220:
            return False
        link = next(iter(element.iter("a")), None)
        if link is None or len(list(element.iter("a"))) > 1:
            return False
        if text_of(link).startswith(("http:", "https:", "www.")):
            return False  # an address that readers are told, and no promotion
        return any(mark.tag in {"strong", "b", "em", "i"} for mark in element.iter()) or (
            text_of(element)[-1:] not in ".:?!…”"
        )

    def _gather(self, element: Element, text: str = "") -> None:
        if len(self.related) >= 40:
            return
        label = ""
        match = _PROMO.match(text) if text else None
        if match:
            label = match[0].strip(" :–—-|>»→\n").strip()
        for link in list(element.iter("a"))[:12]:
            title = text_of(link)
            if match and title.startswith(match[0].strip()):
                title = title[len(match[0].strip()) :].strip(" :–—-|>»→")
            url = link_target(link.get("href") or "", self.address)
            if (
                len(title) >= 15
                and url
                and len(title) < 300
                and not any(known.url == url for known in self.related)
            ):
                self.related.append(Link(label=label[:40], title=title, url=url))


def _is_signature(element: Element) -> bool:
    """Whether an element without prose is the line of who wrote the article, and its markup says so."""
    if not any(
        "author" in (inner.get("rel") or "").split() or (inner.get("itemprop") or "") == "author"
        for inner in element.iter("a", "span", "p", "div")
    ):
        return False
    return begins_with_by(text_of(element))


def _is_data(table: Element) -> bool:
    """Whether a table is one of data: rows of three cells and more."""
    rows = [sum(1 for cell in row if cell.tag in {"td", "th"}) for row in table.iter("tr")]
    return len(rows) >= 3 and sum(cells >= 3 for cells in rows) * 2 > len(rows)


def notice(text: str) -> str:
    """What a line is that speaks of the page itself ("Copyright 1998 …"); "" for any other."""
    return "notice of the page" if len(text) < _SHORT and _NOTICE.match(text) else ""


def _by_name(element: Element, tag: str) -> str:
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    if len(names) > 1:
        return _around(names[:400])
    if (element.get("rel") or "") in {"author", "tag"} and tag == "a":
        return ""
    return ""


@lru_cache(maxsize=4096)
def _around(names: str) -> str:
    match = _NAMED.search(parted(names))
    return _AROUND[int(match.lastgroup[1:])][0] if match and match.lastgroup else ""
