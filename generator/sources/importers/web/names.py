"""Bylines as newspapers print and store them: the people and agencies that wrote an article, and no more."""

import re
from html import unescape

from generator.sources.importers.newstext_bylines import AGENCIES

MAX_AUTHORS = 40
"""The most authors that are read from one byline."""

_MAX_TEXT = 1_000
_KIND = (
    r"(?:(?:eine?|een|une?|an?|the)\s+)?(?:analyse|kommentar|kolumne|gastbeitrag|gastkommentar|reportage|bericht|rezension|porträt|"
    r"glosse|leitartikel|gespräch|protokoll|essay|interview|analysis|commentary|column|story|photos?|veröffentlicht|geschrieben|"
    r"verfasst|publié|écrit|propos recueillis|publicado|escrito|scritto|pubblicato)"
)
_BY = re.compile(
    rf"{_KIND}\s+(?:by|von|par|por|door|da)\s+|"
    r"(?:(?:written|words|story|text|texts|reported|reporting|report|posted|published|interview|analysis|opinion|review|"
    r"report|photography and text)\s+by|by|von|par|por|door|skrevet av|text av|av|af|autore|autora?|"
    r"autor(?:es|in|en)?|"
    r"autor(?:/in|\*in|:in|_in|\(in\))|"
    r"authors?|auteurs?|a cura di|testo di|redaktion|redazione|text|texte?|texto|автори?|авторы|текст|"
    r"бі?л[оа]г|"
    r"reporters?|words|geschreven door|pisze|opracował[a]?|szerző|skribent)\s*[:|–-]?\s+|"
    r"(?:автор|текст|بقلم|كتب|كتبت|تقرير|إعداد|作者|記者|记者|文(?=[\s:：・/／|])|글(?=[\s:：])|기자)\s*[:：]?\s*",
    re.IGNORECASE,
)
_BY_ROMANCE = re.compile(r"(?:di|de|da)\s+", re.IGNORECASE)
_BARE_BY = re.compile(r"^by(?=[A-Z])")
_SPLIT = re.compile(
    r"\s*(?:,\s*(?:and|und|et|y|e|og|och|en|und|i|и|oraz)\s+|[;|•·\n\t]|,|\s/\s|(?<=[a-z])/(?=[A-Z])|\s(?:and|&|und|et|og|och|with|avec|mit|oraz|и|та|と)\s|、|،|\sو(?=\w)|&)\s*",
    re.IGNORECASE,
)
_COMPANY = re.compile(
    r"(?<=\w)[\s,]+(?:gmbh|inc|ltd|llc|plc|corp|ag|kg|b\.?v|n\.?v|oyj?|a/s|s\.?p\.?a|s\.?a\.?s?|sp\.\s?z\s?o\.?\s?o|d\.?o\.?o|pty)\.?$",
    re.IGNORECASE,
)
"""What a company is by law: where a field for authors names one, its address follows."""

_BODY = re.compile(
    r"^the\s|\b(?:foundation|university|institute|college|association|society|ministry|council|centre|center|magazine|newspaper|group|"
    r"media|network|news|times|herald|tribune|gazette|chronicle|telegraph|radio|television|today|agency|service|sport)$",
    re.IGNORECASE,
)
"""What the last word of a body is: behind a person's name, it is where they work."""

_LEADS_ON = re.compile(r"\s(?:by|von|par|por)$|^(?:ein|eine|un|une)\s", re.IGNORECASE)
_HANDLE = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)+")
_SPLIT_Y = re.compile(r"\s(?:y|e|i|en)\s(?=[^\W\d_])")
_CUT = re.compile(
    r"\s+(?:in|at|aus|à|en|em|fra|från|из|reports? from|reporting from)\s+(?=[A-ZÀ-Ý]|\d)(?!.*\b(?:and|und|"
    r"et|&)\b)|\s+for\s+(?:the\s+)?(?=[A-Z])|\s+on\s+(?=[A-Z]|\d)|\s+of\s+(?=the\s|[A-Z])|\s+[–—-]\s+|\s*[(\[<]|"
    r"\s+(?:is|has|was|writes|covers|reports)\s|\s+https?:|\s+@|\s+(?:updated|published|posted|last|first)\b|,?\s+(?:additional|contribut)",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"\b(?:correspondents?|reporters?|editors?|writers?|staff|bureau|columnists?|critic|chief|journalists?|contributors?|producer|"
    r"photographer|photographs?|fotos?|redakteur(?:in)?|redaktion|redactie|reporterin|korrespondent(?:in)?|"
    r"journaliste|envoyée?|correspondante?|correspondent|rédacti(?:on|ce)|rédacteur|redacción|redazione|inviato|corresponsal|periodista|"
    r"jornalista|editora?|director|directeur|professor|fellow|ph\.?d|analyst|team|desk|newsroom|newsdesk|online|"
    r"корреспондент|редактор|обозреватель|журналист|author|guest|special|senior|deputy|associate|assistant|"
    r"lecturer|researcher|university|institute|college|department|features|politics|business|sports?|health|world|science)\b",
    re.IGNORECASE,
)
_LEADING_ROLE = re.compile(
    r"^(?:[\w’'-]+\s+){0,3}?(?:correspondent|reporter|editor|writer|columnist|journalist|critic|photographer|korrespondent|"
    r"redakteur|redakteurin|inviat[oa]|corrispondente|corresponsal)\s+(?=[A-ZÀ-Ý][\w’'.-]+\s+[A-ZÀ-Ý])",
    re.IGNORECASE,
)
_DESK = (
    r"(?:staff|senior|special|chief|political|deputy|associate|assistant|contributing|managing|news|features|sports?|environment|education|"
    r"health|science|technology|tech|business|economics|finance|crime|home|affairs|foreign|diplomatic|defen[cs]e|security|transport|royal|"
    r"arts|culture|media|legal|social|europe|africa|asia|world|us|uk|city|local|democracy|investigations?|data|video|digital|community|"
    r"consumer|money|travel|food|film|music|religious|national|state|county|government|courts?|general|assignment|capitol|washington)"
)
_TRAILING_ROLE = re.compile(
    rf"(?<=[^\W\d_]{{2}})(?:\s+(?:{_DESK}\s+){{0,3}}(?:writer|reporter|correspondent|editor|columnist|journalist)|"
    r"\s+(?-i:[A-Z]{2,5})\s+(?:news|sport)|\s+(?:\w{0,4}기자|특파원|논설위원)(?:\s구독)?|\s*(?:記者|记者)|"
    r"\s+(?:envoyée?s?\s+spécia(?:le?s?|ux)|enviad[oa]s?\s+especial(?:es)?|inviat[oa]))$",
    re.IGNORECASE,
)
"""What stands behind a name with no comma between: "Nell Farrow Staff Writer", "김서윤 기자"."""

_NOBODY = re.compile(
    r"^(?:admin(?:istrator)?|editors?|staff|web ?master|webdesk|web ?desk|news ?desk|news ?room|guest|"
    r"anonymous|unknown|none|null|"
    r"undefined|root|user|author|by|test|redaktion|redaction|redazione|redacción|rédaction|la rédaction|"
    r"online|follow|share|"
    r"recent (?:posts|articles|stories)|last modified|google scholar|pub ?med|mots-clés|"
    r"search for this author.*|(?:show|view) (?:all|more|profile|bio).*|[\s기사입력수정등록최종]+|"
    r"(?:more|all) (?:articles|posts|stories).*|see (?:all|more).*|"
    r"more (?:by|from).*|read more.*|updated.*|published.*|posted.*|photo.*|image.*|"
    r"comments?|subscribe.*|email.*|twitter|facebook|linkedin|instagram|home|contributor|super ?user|n/?a|"
    r"false|true|"
    r"copy (?:the )?(?:link|url).*|(?:link )?copied|show more.*|"
    r"no author|various|advertisement|opens? in.*|about the author.*|min(?:ute)?s? read|"
    r"(?:our|the) (?:staff|reporters?|correspondents?|newsroom|foreign desk).*|staff (?:reporter|"
    r"writer)s?.*|.* minutes? read)$",
    re.IGNORECASE,
)
_SUFFIX = re.compile(r"^(?:jr|sr|ii|iii|iv|ph\.?d|m\.?d|md|esq|mba|cbe|obe|mp|qc|kc)\.?$", re.IGNORECASE)
_LINKLIKE = re.compile(r"https?:|www\.|@|\.(?:com|org|net|html?)\b|/", re.IGNORECASE)
_MAIL = re.compile(r"(?<!\S)[\w.+-]{1,60}@[\w-]{1,60}\.[\w.-]{2,60}")
_TAG = re.compile(r"<[^<>]{0,500}>")
_BRACKETED = re.compile(r"\([^()]{0,200}\)")
_PARTICLES = frozenset(
    [
        "de",
        "da",
        "di",
        "du",
        "del",
        "della",
        "der",
        "den",
        "van",
        "von",
        "zu",
        "bin",
        "ibn",
        "al",
        "el",
        "la",
        "le",
        "los",
        "ter",
        "ten",
        "dos",
        "das",
        "af",
        "av",
        "st",
        "y",
        "e",
        "'t",
        "op",
    ]
)


def names_in(
    text: str, *, language: str = "", certain: bool = False, inverted: bool = False
) -> tuple[str, ...]:
    """The names that a byline or an author field gives, in order and without repeats.

    `certain` tells that the text is a field for names, so that a single word is one; else a name has two
    words or is an agency's. `inverted` fields have "Calloway, Ines".
    """
    words = _plain(text)
    if not words or len(words) > _MAX_TEXT:
        return ()
    # "Mathilde Kervel (Saint-Orens, envoyée spéciale)": what stands in brackets is about the name before.
    words = _BRACKETED.sub(" ", words).strip() or words
    words = _without_by(words, language)
    if inverted:
        words = _turned(words)
    found: list[str] = []
    for piece in _pieces(words, language):
        if _COMPANY.search(piece):
            break
        if found and _BODY.search(piece):
            continue
        if found and certain and _ROLE.search(piece) and not is_agency(piece):
            continue
        name = _name(piece, certain=certain)
        if name and name.casefold() not in (known.casefold() for known in found):
            found.append(name)
    people = [name for name in found if not is_agency(name)]
    return tuple((people or found)[:MAX_AUTHORS])


def is_agency(name: str) -> bool:
    """Whether a name is a news agency's."""
    return name.strip(" ()").casefold() in AGENCIES


def is_nobody(name: str) -> bool:
    """Whether an author field holds what a system writes where nobody is named: "admin"."""
    return _NOBODY.match(name) is not None


def is_company(name: str) -> bool:
    """Whether a name ends as those of companies do: "Lampwright Industries, Inc."."""
    return len(name) <= 80 and _COMPANY.search(name) is not None


def is_role(line: str) -> bool:
    """Whether a line says what somebody is, and no more: "Leader Staff Writer"."""
    return len(line) <= 60 and line[-1:] not in ".!?…" and _ROLE.search(line) is not None


def begins_with_by(text: str) -> bool:
    """Whether a line begins as bylines do: "By ", "Von "."""
    return _BY.match(text.lstrip()) is not None


def _plain(text: str) -> str:
    words = unescape(unescape(text)) if "&" in text else text
    if "@" in words:
        words = _MAIL.sub("\n", words)
    if "<" in words:
        words = _TAG.sub(" ", words)
    return "\n".join(filter(None, (" ".join(line.split()) for line in words.split("\n")))).strip(
        " ,;|–—-\u00a0"
    )


def _without_by(text: str, language: str) -> str:
    bare = _BARE_BY.sub("", text)
    match = _BY.match(bare)
    if match is None and language[:2] in {"it", "es", "pt", "ca", "gl"}:
        match = _BY_ROMANCE.match(bare)
    return bare[match.end() :] if match else bare


def _turned(text: str) -> str:
    """ "Calloway, Ines" as people say it; anything else as it was."""
    parts = [part.strip() for part in text.split(",")]
    if (
        len(parts) == 2
        and all(parts)
        and not _ROLE.search(parts[1])
        and len(parts[1].split()) <= 3
        and " and " not in text
    ):
        return f"{parts[1]} {parts[0]}"
    return text


def _pieces(text: str, language: str) -> list[str]:
    pieces: list[str] = []
    for line in text.split("\n"):
        cut = line
        for piece in _SPLIT.split(cut):
            if (
                language[:2] in {"es", "pt", "it", "nl", "ca", "gl", "pl", "sl", "hr", "cs"}
                and len(piece.split()) >= 4
            ):
                pieces += _SPLIT_Y.split(piece)
            else:
                pieces.append(piece)
    joined: list[str] = []
    for piece in pieces:
        bare = piece.strip()
        if joined and _SUFFIX.match(bare):
            joined[-1] = (
                f"{joined[-1]} {bare}"
                if bare.casefold().strip(".") in {"jr", "sr", "ii", "iii", "iv"}
                else joined[-1]
            )
        elif bare:
            joined.append(bare)
    return joined


def _name(piece: str, *, certain: bool) -> str:
    """One name from what stands between commas; "" when it is none."""
    again = _BY.match(piece)
    words = piece[again.end() :] if again else piece
    words = _LEADING_ROLE.sub("", words)
    cut = _CUT.search(words, 3)
    if cut:
        words = words[: cut.start()]
    words = words.strip(' ,.;:/|–—-*・"“”()[]\u00a0').removesuffix("'s").strip()
    if is_agency(words):
        return words
    bare = _TRAILING_ROLE.sub("", words)
    if bare != words and (" " in bare or not bare.isascii()):
        words = bare
    if (
        not 2 <= len(words) <= 60
        or _LEADS_ON.search(words)
        or _LINKLIKE.search(words)
        or is_nobody(words)
        or any(map(str.isdigit, words))
        or _HANDLE.fullmatch(words)
        or words[0] in "«„"
        or ":" in words
    ):
        return ""
    parts = words.split()
    if len(parts) > 6 or (len(parts) == 1 and not certain and words.isascii()):
        return ""
    if _ROLE.search(words) and not (certain and len(parts) <= 4 and not words.islower()):
        return ""
    if certain and _ROLE.search(words) and words[0].islower():
        return ""
    first = parts[0]
    if first[0].islower() and first.casefold() not in _PARTICLES and not certain:
        return ""
    if not certain and any(
        part[0].islower()
        and part.casefold() not in _PARTICLES
        and not part.startswith(("al-", "el-", "d’", "d'"))
        for part in parts
    ):
        return ""
    return cased(words)


def cased(name: str) -> str:
    """A name set in capitals as people write it: "NELL O’HARA" → "Nell O’Hara"."""
    if not name.isupper() or is_agency(name) or " " not in name:
        return name
    words: list[str] = []
    for word in name.split():
        lower = word.lower()
        if lower in _PARTICLES and words:
            words.append(lower)
            continue
        if len(word) <= 3 and word.endswith("."):
            words.append(word)
            continue
        word = re.sub(r"(^|[’'.-])([^\W\d_])", lambda m: m[1] + m[2].upper(), lower)
        words.append("Mc" + word[2:].capitalize() if word.startswith("Mc") and len(word) > 3 else word)
    return " ".join(words)
