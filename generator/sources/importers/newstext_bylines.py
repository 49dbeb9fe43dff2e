"""Who wrote it, and from where: bylines and datelines.

A byline is taken only when every word of it is accounted for: a line left in the text is seen by readers,
an author invented is not.
"""

import re

from generator.core.frozen import dataclass
from generator.sources.importers.newstext_dates import month_and_day
from generator.sources.importers.newstext_zones import WEEKDAYS

BYLINE_LIMIT = 160
"""The most characters of a byline."""

DATELINE_LIMIT = 90
"""The most characters of a dateline, its dash left out."""

AGENCIES = frozenset(
    name.casefold()
    for name in (
        "Reuters", "AP", "Associated Press", "The Associated Press", "AFP", "Agence France-Presse", "Xinhua",
        "Bloomberg", "Bloomberg News", "dpa", "EFE", "ANSA", "TASS", "Interfax", "UPI", "PA", "PA Media",
        "Press Association", "Kyodo", "Kyodo News", "Jiji Press", "Yonhap", "PTI", "ANI", "IANS", "CNA",
        "Belga", "ANP", "NTB", "TT", "Ritzau", "STT", "APA", "SDA", "Keystone-SDA", "ATS", "Lusa", "MTI",
        "PAP", "ČTK", "AAP", "The Canadian Press", "Canadian Press", "Ukrinform", "Anadolu", "Agencies",
    )
)  # fmt: skip
"""News agencies, whose bare name is a byline."""

_PARTICLES = frozenset(
    (
        "de", "da", "di", "du", "del", "della", "der", "den", "van", "von", "zu", "bin", "ibn", "al",
        "el", "la", "le", "los", "ter", "ten", "y", "e", "dos", "das", "af", "av", "o’", "d’", "st",
    )
)  # fmt: skip
_ROLES = re.compile(
    r"\b(?:correspondents?|reporters?|editors?|writers?|staff|bureau|columnist|critic|chief)\b", re.IGNORECASE
)
_BY = re.compile(r"(?:by:?|von|par|por|words by|written by|reporting by)\s+", re.IGNORECASE)
_BARS = re.compile(r"\s*[|•·]\s*|\s+[–—-]\s+")
_AUTHORS = re.compile(r"\s*,\s*(?:and|&)\s+|\s*[,;]\s*|\s+(?:and|&|und|et|with)\s+", re.IGNORECASE)
_IN = re.compile(r"\s+in\s+(?=[A-Z])")
_FOR = re.compile(r"\s*,?\s+for\s+(?:the\s+)?", re.IGNORECASE)
_DASH = re.compile(r"\s*(?:—|–|--)\s*|\s+-\s+")
_AGENCY = re.compile(r"\s*\(([^()]{2,40})\)\s*\Z")
_LONE_AGENCY = re.compile(r"\(([A-Z][^()]{1,30})\)\s*(?:—|–|--|-)\s+(?=\S)")
_NO_PLACES = frozenset(
    (
        "NATO", "OPEC", "UNESCO", "UNICEF", "FIFA", "UEFA", "NASA", "BREAKING", "UPDATE", "UPDATED",
        "EXCLUSIVE", "CORRECTED", "CORRECTION", "ANALYSIS", "OPINION", "FACTBOX", "TIMELINE",
        "EXPLAINER", "LIVE", "VIDEO", "PHOTO", "PHOTOS", "PICTURE", "PICTURES", "WATCH", "NOTE",
        "EDITORIAL", "COMMENT", "LETTERS", "LETTER", "REVIEW", "INTERVIEW", "FEATURE", "PROFILE",
        "OBITUARY", "SPORT", "SPORTS", "WEATHER", "ADVERTISEMENT",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Byline:
    """Who a byline names. `dropped` is what of it has no place in the front matter: a writer's post."""

    authors: tuple[str, ...]
    publisher: str = ""
    place: str = ""
    dropped: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """The place a report begins with, and its day as month and day; `rest` is the paragraph without them."""

    place: str
    agency: str
    day: tuple[int, int] | None
    written_day: str
    rest: str


def is_agency(text: str) -> bool:
    """Whether a text is nothing but the name of a news agency."""
    return text.strip(" ()").casefold() in AGENCIES


def read_byline(text: str, *, labelled: bool = True) -> Byline | None:
    """The byline that a line is; None for any other line.

    With `labelled` it must begin with "By"; else it may be an agency alone, or a name and where he wrote
    from ("NELL FARROW in Aldery").
    """
    if len(text) > BYLINE_LIMIT:
        return None
    opening = _BY.match(text)
    if opening is None:
        if labelled:
            return None
        if is_agency(text):
            return Byline(authors=(text.strip(" ()"),))
        return _names(text) if _IN.search(text) and text.split(None, 1)[0].isalpha() else None
    return _names(text[opening.end() :].strip(" :"))


def _names(text: str) -> Byline | None:
    first, *others = _BARS.split(text)
    dropped = [piece for piece in others if not is_agency(piece)]
    publisher = next((piece for piece in others if is_agency(piece)), "")
    parted = _FOR.split(first, maxsplit=1)
    if len(parted) == 2 and _is_name(parted[1]):
        first, publisher = parted
    first, *place = _IN.split(first, maxsplit=1)
    if place and not _is_name(place[0].replace(",", "")):
        return None
    authors: list[str] = []
    for piece in _AUTHORS.split(first):
        if authors and is_agency(piece):
            publisher = piece
        elif authors and _ROLES.search(piece):
            dropped.append(piece)
        elif is_agency(piece) or (_is_name(piece) and (" " in piece or "." in piece)):
            authors.append(_cased(piece))
        else:
            return None
    return Byline(
        authors=tuple(dict.fromkeys(authors)),
        publisher=publisher,
        place=place[0] if place else "",
        dropped=", ".join(dropped),
    )


def _is_name(text: str) -> bool:
    words = text.split()
    if not 1 <= len(words) <= 6 or words[0].casefold() in {"the", "a", "an", "it"}:
        return False
    for word in words:
        bare = word.strip("’'.-")
        if not bare or not all(char.isalpha() or char in "’'.-" for char in word):
            return False
        if bare[0].islower() and word not in _PARTICLES and not word.startswith(("al-", "el-", "d’", "d'")):
            return False
    return not words[-1].islower()


def _cased(name: str) -> str:
    """A name set in capitals as people write it: "NELL FARROW" → "Nell Farrow", "O’HARA" → "O’Hara"."""
    if not name.isupper() or is_agency(name) or len(name) <= 3:
        return name
    words: list[str] = []
    for word in name.split():
        lower = word.lower()
        if lower in _PARTICLES and words:
            words.append(lower)
            continue
        cased = re.sub(r"(^|[’'.-])([^\W\d_])", lambda m: m[1] + m[2].upper(), lower)
        words.append("Mc" + cased[2:].capitalize() if cased.startswith("Mc") and len(cased) > 3 else cased)
    return " ".join(words)


def read_dateline(text: str) -> Dateline | None:
    """The dateline that a paragraph begins with: `KYIV, April 13 (Reuters) - …`; None when there is none."""
    lone = _LONE_AGENCY.match(text)
    if lone and is_agency(lone[1]):
        return Dateline(place="", agency=lone[1], day=None, written_day="", rest=text[lone.end() :])
    head = text[2:DATELINE_LIMIT]
    if "-" not in head and "—" not in head and "–" not in head:
        return None
    dash = _DASH.search(text, 2, DATELINE_LIMIT)
    if dash is None:
        return None
    head, rest = text[: dash.start()], text[dash.end() :]
    if not rest or rest[0].islower() or any(char in head for char in '“”‘"!?'):
        return None
    agency = _AGENCY.search(head)
    if agency:
        if not agency[1][0].isupper() and not is_agency(agency[1]):
            return None
        head = head[: agency.start()]
    pieces = [piece.strip() for piece in head.split(",")]
    day: tuple[int, int] | None = None
    written: list[str] = []
    while len(pieces) > 1 and (stated := _day_of(", ".join([pieces[-1], *written]))):
        day = stated if stated[0] else day
        written.insert(0, pieces.pop())
    if not _is_place(pieces, certain=bool(agency or written), spaced_hyphen=dash[0].strip() == "-"):
        return None
    return Dateline(
        place=", ".join(pieces),
        agency=agency[1] if agency else "",
        day=day,
        written_day=", ".join(written),
        rest=rest,
    )


def _day_of(text: str) -> tuple[int, int] | None:
    stated = month_and_day(text)
    if stated is None and text.casefold().rstrip(".") in WEEKDAYS:
        return 0, 0
    if stated is None and text.isdigit() and len(text) == 4:
        return 0, 0
    return stated


def _is_place(pieces: list[str], *, certain: bool, spaced_hyphen: bool) -> bool:
    first = pieces[0]
    letters = sum(char.isalpha() for char in first)
    if letters < 3 or any(char.isdigit() for char in first) or len(pieces) > 3 or len(first.split()) > 6:
        return False
    if not all(char.isalpha() or char in " ./-’'" for char in first):
        return False
    if any(not piece or not piece[0].isupper() for piece in pieces):
        return False
    if any(word in _NO_PLACES for word in first.split()):
        return False
    if first.isupper():
        return certain or not spaced_hyphen or letters >= 4
    # In small letters a dateline looks like any aside: only a day or an agency makes it one.
    return certain and all(_is_name(piece.replace("/", " ")) for piece in pieces)
