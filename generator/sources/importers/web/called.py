"""What the classes, ids and addresses of a page call its bylines and dates."""

import re
from functools import lru_cache

from generator.sources.importers.html.clutter import parted

_BYLINE = re.compile(
    r"(?:^|[\s_-])(?:bylines?(?:-?(?:name|names|author|authors|link|text|block|wrapper))?|"
    r"authors?(?:-?(?:name|names|link|byline|list|line|info|wrapper|block))?|"
    r"contributors?(?:-?(?:name|names|byline|list))?|creator|writers?|reporters?|autor(?:en|es|e|a|as|i)?|"
    r"auteurs?|redakteur(?:e|in)?|credit-?name|p-author|vcard|fn|firmas?|assinaturas?|signataires?|by|by-?name|"
    r"signature|user-?name|posted-?by|written-?by|journalist(?:a|e|en|as)?|columnist|who|hack)(?=[\s_0-9-]|$)|byline|story-?by",
    re.I,
)
_NO_BYLINE = re.compile(
    r"comment|(?:^|[\s_-])(?:source-)?org(?=[\s_-]|$)|publisher|related|photo|image|caption", re.I
)
_DATE = re.compile(
    r"(?:^|[\s_-])(?:date|datetime|date-?time|dates?-?(?:line|published|updated|modified)?|time|timestamps?|ts|"
    r"published|publish(?:ed)?-?(?:date|time|on)?|pub|pub-?date|posted(?:-?on)?|updated?|modified|last-?(?:updated|modified)|"
    r"datum|fecha|dateline|data|created|submitted|stand|dt-published|dt-updated|meta|post-?meta|article-?meta|entry-?meta|"
    r"info|byline-?date|when|details?)(?=[\s_0-9-]|$)",
    re.I,
)
PEOPLE = re.compile(
    r"/(?:authors?|people|persons?|profiles?|staff|by|bylines?|contributors?|journalists?|reporters?|writers?|columnists?|"
    r"autor(?:es|en|e|i)?|auteurs?|signataires?|redakteure?|redaktion|redactie|firmas?|@)[/@]?[\w%.-]+|/@[\w.-]+/?$",
    re.I,
)
"""An address that is a person's page."""


@lru_cache(maxsize=2048)
def is_byline(names: str) -> bool:
    """Whether an element of these names holds a byline."""
    names = parted(names)
    return _BYLINE.search(names) is not None and _NO_BYLINE.search(names) is None


@lru_cache(maxsize=2048)
def is_date(names: str) -> bool:
    """Whether an element of these names holds a date, or what newspapers put beside one."""
    return _DATE.search(parted(names)) is not None
