"""What the words right around a name say of its kind, more surely than a tagger can."""

import re
from collections.abc import Sequence

from generator.annotate.gazetteer import gazetteer
from generator.annotate.lexicon import lexicon
from generator.annotate.spans import Kind
from generator.annotate.tokens import Token

_BODIES = (
    r"company|firm|agency|newspaper|daily|website|magazine|broadcaster|brokerage|charity|airline|(?:car|auto|plane|chip"
    r"|drug|steel|toy|phone|truck|robot|shoe)-?maker|retailer|lender|insurer|start-?up|consultancy"
    r"|think[- ]?tank"
    r"|supermarket|chain|manufacturer|watchdog|subsidiary|nonprofit|software house|conglomerate"
    r"|utility|carrier|brewer"
    r"|law firm|hedge fund|(?:property|mining|energy|media|luxury|retail|software|insurance|telecoms"
    r"|oil|tech|technology"
    r"|food|fashion|engineering|defence|chemicals|steel|logistics|private equity|advocacy|rights"
    r"|lobby|trade|aid|industry"
    r"|environmental|consumer|hotel) group|(?:investment|state|private|central|commercial|savings) bank"
    r"|(?:shipping|container|cruise) line|(?:oil|energy|tech|mining|retail|e-commerce) (?:major"
    r"|giant)|(?:ship|home"
    r"|house)builder|rating agency|miner|refiner|ride-hailing app|payments processor|pension fund|wealth fund"
)
_MOVED = (
    r"rose|fell|climbed|jumped|dropped|slipped|gained|lost|added|surged|tumbled|slid|plunged|soared|shed|sank"
    r"|dipped|declined|rallied|advanced|eased|retreated"
)
_PERCENT = r"(?:by )?(?:as much as |about |around |nearly |more than )?\d[\d.]* ?(?:%|per ?cent)"
_TICKER = r" \([A-Z0-9]{1,6}\.[A-Z]{1,3}\)"
_ITS_OWN = (
    r" (?:sold|raised|cut|lowered|posted|launched|expects|plans|shut|suspended|reported|trimmed"
    r"|bought back|hiked"
    r"|slashed|withdrew|kept|reaffirmed|beat|missed) (?:its\b|(?:analysts['’]|profit|sales|earnings|market) )"
)
_BEFORE = re.compile(
    r"(?:\b(?:[Ss]hares?|[Ss]takes?) (?:in|of) (?:the )?"
    r"|\b(?:analyst|strategist|economist|trader|researcher|scientist|lecturer|fellow|consultant|manager"
    r"|executive)s? (?:at|with) (?:the )?"
    rf"|\b[a-z-]+ (?:{_BODIES})(?: called| named)? )\Z"
)
_BEHIND = re.compile(
    rf"(?:, (?:the|an?) (?:[\w-]+ ){{0,3}}(?:{_BODIES})"
    r"(?:[,.;]| (?:of|that|which|based|in|behind|for|with)\b)"
    rf"|(?:['’]s)? shares\b|(?: shares)? (?:{_MOVED}) {_PERCENT}"
    r"| (?:raised|cut|upgraded|downgraded|lowered) (?:it|its|the (?:stock|shares))\b"
    rf"|{_ITS_OWN}|{_TICKER})"
)
COMPANY_MOVED = re.compile(rf"\b([A-Z][\w&’'-]*(?: [A-Z&][\w&’'-]*){{0,3}}) (?:{_MOVED}) {_PERCENT}")
"""A run of words with capitals whose price moved: mostly a company's name."""
_MOVED_BEFORE = re.compile(rf"(?:{_MOVED}) {_PERCENT}[^.;]{{0,60}}(?:,| and) \Z")
_SHORT = re.compile(rf" {_PERCENT}")
_MAY_BEHIND = re.compile(
    r"(?:['’]s)? (?:shares?|stock|stake|chief executive|CEO|CFO|boss|chairman|chairwoman|board"
    r"|shareholders?|revenues?"
    r"|profits?|earnings|sales|results|IPO|employees|spokes(?:man|woman|person)|executives?|analysts?|unit"
    r"|subsidiary|customers|bonds|factory|factories|plants?|stores?|dealers)\b"
    r"| (?:said|told|announced|confirmed|reported) (?:in an? (?:e?-?mailed )?(?:statement|filing"
    r"|report|note)|it|its)\b"
    r"| (?:downgraded|upgraded|affirmed|rates|put|cut|raised|lowered) [^.;]{0,40}\b(?:rating|outlook|junk)\b"
    r"| \([A-Z0-9]{1,6}\.[A-Z]{1,3}\)"
    r"| (?:news(?:paper| agency)|agency|magazine|television|TV|website|daily|brand|smartphones?)\b"
    r"|, (?:a unit of|a subsidiary of|owned by|which (?:makes|owns|operates)"
    r"|an? [\w -]{0,40}(?:company|maker|group|firm"
    r"|start-?up|bank|broker|retailer)\b)"
)
_MAY_BEFORE = re.compile(
    r"\b(?:shares? (?:in|of)|(?:unit|subsidiary|owner|parent|arm|division|boss|CEO|head|chairman"
    r"|customers|shares) of"
    r"|chief executive (?:of|at)|(?:analyst|strategist|economist|trader|executive|engineer|manager"
    r"|partner)s? (?:at|with|for)"
    r"|(?:backed|owned|bought|acquired|made|built|run|published|run) by|(?:acquisition|takeover|purchase) of"
    r"|merger with|rivals?|(?:explained to|told|according to|reported by) (?:the )?(?:newspaper"
    r"|magazine|website|daily|agency)"
    r"|(?:rating|ratings|news) agency|(?:car|auto|plane|chip|drug|phone|truck)-?maker|airline|lender"
    r"|retailer|brewer"
    r"|insurer|start-?up|broker(?:age)?|newspaper|magazine|broadcaster|website|darling|supermarket|app|carrier"
    r"|company|firm|charity|law firm) (?:the )?\Z"
)
_AGED = re.compile(r", \d{1,3}, (?:of|from) \Z")
_FAR = 40  # characters before a name


def kind_around(text: str, start: int, end: int, kind: Kind) -> Kind | None:
    """The kind that the words around a name say, where that is another; None where they say nothing.

    `kind` is what a tagger takes it for; a place that the gazetteer knows stays one.
    """
    words = text[start:end]
    if kind not in {"people", "places"} or (
        words in gazetteer().places and words not in gazetteer().doubtful
    ):
        return None
    before = text[max(0, start - _FAR) : start]
    if _BEFORE.search(before) or _BEHIND.match(text, end) or _moved_too(text, start, end):
        return "organisations"
    return "places" if kind == "people" and _AGED.search(before) else None


def _moved_too(text: str, start: int, end: int) -> bool:
    """Whether a share is told of behind another: Galaxy climbed 4% and | Orocobre | 3.2%."""
    if _SHORT.match(text, end) is None:
        return False
    return _MOVED_BEFORE.search(text[max(0, start - _FAR - _FAR - _FAR) : start]) is not None


def may_be_body(text: str, start: int, end: int) -> bool:
    """Whether the words around a word that may mean a body speak of one."""
    if _MAY_BEHIND.match(text, end) or _BEHIND.match(text, end):
        return True
    before = text[max(0, start - _FAR) : start]
    return _MAY_BEFORE.search(before) is not None or _BEFORE.search(before) is not None


def is_with_article(tokens: Sequence[Token], start: int, stop: int) -> bool:
    """Whether an article stands before a name as no person has it; the one of a noun behind it (the Obama
    era) tells nothing."""
    if not start or tokens[start - 1].text not in {"the", "The"}:
        return False
    behind = tokens[stop].text if stop < len(tokens) else ""
    return not behind.islower() or behind.capitalize() in lexicon().stop
