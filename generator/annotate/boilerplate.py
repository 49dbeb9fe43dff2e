"""What stands in a text and is none of its words: datelines, credits, sign-offs, wire headers, notices.

It is written over with spaces, so that every other word keeps its place.
"""

import re

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_DAY = rf"(?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH})(?:,? \d{{4}})?"
_DASH = r"(?:--|[-–—])"
_TOWN = r"[^\W\d_a-zà-þ][^\W\d_a-zà-þ .'’/-]{2,40}"
_AGENCY = (
    r"(?:Reuters|AP|AFP|dpa|DPA|PA|UPI|ANI|PTI|TASS|EFE|ANSA|Xinhua|Bloomberg|"
    r"[^()]{2,30} (?:Wire|Press|News|Agency|Service))"
)
_DATELINE = re.compile(
    rf"\s*{_TOWN}(?:, [^\W\d_][\w. ]{{1,30}})?(?:, {_DAY})?(?: \([^()]{{2,40}}\))? ?{_DASH} "
    rf"|\s*[^\W\d_][\w .'’-]{{2,40}}(?:, {_DAY} \([^()]{{2,40}}\)| \({_AGENCY}\)) ?{_DASH} "
    rf"|\s*{_TOWN}, {_DAY}: |\s*(?:UPDATED?|Updated?|Correction|CORRECTION)[,:]? {_DAY}: "
)
_CREDIT = re.compile(
    r"[(\[](?:PHOTO|Photo|Photograph|Picture|Image|Credit|Source|File photo|AP Photo)\b[^()\[\]]{0,80}[)\]]"
    r"|\b(?:PHOTO|IMAGE|CREDIT) ?[/:|] ?[^\n]{1,80}$"
    r"|^(?:Photo(?:graph)?|Picture|Image|Credit)(?: by|:) [^\n]{1,80}$"
    r"|\b(?:Photo|Photograph|Picture|Image)(?: by|:) [A-Z][\w .'’-]{1,40}(?:[/|] ?[A-Z][\w .'’-]{1,40})*$"
)
_SIGNED = re.compile(
    r"[(\[]?(?:Additional )?(?:Reporting|reporting|Writing|Editing|Compiled|Translated|"
    r"With (?:inputs?|files|reporting|agenc))"
    r"\b[^.]{0,200}?\b(?:by|from)\b[^\n]{0,300}$"
    r"|^[^.!?\n]{3,80} (?:contributed (?:to this|reporting)|reported from|also contributed)[^\n]{0,80}$"
    r"|^(?:Media|Press|Editorial) (?:contacts?|enquiries|inquiries):[^\n]{0,300}$"
    r"|^(?:©|\([cC]\)|Copyright)[^\n]{0,160}$"
    r"|^(?:This (?:article|story|report) (?:was|is|has been|appeared)|(?:First|Originally) published)"
    r"[^\n]{0,200}$"
    r"|^(?:ALSO READ|READ MORE|READ ALSO|SEE ALSO|RELATED|WATCH)\b ?[:|][^\n]{0,300}$"
    r"|^(?:Follow|Subscribe|Sign up|Click here|Download)\b[^\n]{0,160}$"
    r"|^By [A-Z][^.!?\n]{2,80}$"
    r"|^(?:[a-z] ){1,4}[a-z]{2}-[^\n]{0,60}$",
    re.IGNORECASE | re.MULTILINE,
)
_LONGEST = 400  # characters at a text's ends that are looked at


_OPENERS = (
    "media", "press", "editorial", "©", "(c)", "copyright", "this ", "first", "originally", "also read",
    "read", "see also", "related", "watch", "follow", "subscribe", "sign up", "click", "download", "by ",
)  # fmt: skip
_HINTS = (
    "hoto", "HOTO", "icture", "mage", "MAGE", "redit", "REDIT", "ource:", "ource /", "ontributed",
    "eported from", "eporting", "diting", "riting", "ompiled", "ranslated", "With ",
)  # fmt: skip


def _may_hold(text: str) -> bool:
    """Whether a look at a text's opening and at some words does not rule out that the patterns match."""
    opening = text.lstrip()[:12].lower()
    return (
        opening.startswith(_OPENERS)
        or opening[1:2] == " "
        or "\n" in text
        or any(hint in text for hint in _HINTS)
    )


def without_dateline(text: str) -> str:
    """A text of the same length with the dateline that it begins with written over with spaces."""
    start = _DATELINE.match(text, 0, _LONGEST)
    return " " * start.end() + text[start.end() :] if start else text


def without_boilerplate(text: str) -> str:
    """A text of the same length with what is none of its words written over with spaces."""
    text = without_dateline(text)
    for pattern in (_CREDIT, _SIGNED) if _may_hold(text) else ():
        for found in list(pattern.finditer(text)):
            text = text[: found.start()] + " " * (found.end() - found.start()) + text[found.end() :]
    return text
