"""Whether a sentence speaks of what is to come where it names a day."""

import re

_REACH = 90  # characters of a sentence looked at on each side
_STRONG = re.compile(
    r"\b(?:(?:will|won['’]t|shall|would|must|should|can|may|might|to|not) be [a-z]+|will|won['’]t|shall|"
    r"due|scheduled|going to|(?:is|are|be|being) (?:expected|planned|set|to|held|"
    r"back)|"
    r"expected|to be (?:held|published|released|opened|announced|decided)|upcoming|deadline|would|must|"
    r"should|"
    r"(?:aims?|hopes?|intends?|wants?|plans?|promised|pledged|vowed|agreed|invited|called|asked|told) to|"
    r"ahead of|expires?|begins?|starts?|opens?|resumes?|can|may|might|let['’]s|meets?|votes?|faces?|hosts?|"
    r"plays?|returns?|"
    r"closes?|goes|travels?|flies|arrives?|leaves|sails?|ends)\b|['’]ll\b"
)
_TOWARDS = re.compile(
    r"\b(?:by|from|until|before|starting|for|on or before)(?: early| late| the)?(?: end of)? \Z"
)
_PAST = re.compile(
    r"\b(?:said|told|wrote|spoke|was|were|had|did|came|went|made|took|began|met|held|won|lost|left|fell|"
    r"rose|ran|"
    r"sat|stood|saw|knew|drew|flew|broke|spent|kept|brought|built|bought|sold|grew|threw|drove|rode|sang|"
    r"sank|"
    r"became|paid|hit|sent|gave|found|been|has|have|[a-z]{3,}ed)\b"
)
_AHEAD_BEHIND = re.compile(
    r",?(?:\s[\w’'-]{1,30}){0,9}?\s(?:will|won['’]t|shall|(?:is|are) (?:due|scheduled|expected|set|to|"
    r"planned|going)|"
    r"would|must|can|should|may|meets?|votes?|faces?|hosts?|plays?|begins?|opens?|starts?|returns?|"
    r"travels?|goes)\b"
)
_SAID = re.compile(r"\b(?:said|says|told|announced|added|warned|reported|confirmed|was|were|had)\b|[.;!?]")
_FIXED = re.compile(
    r"\b(?:called|set|scheduled|planned|booked|fixed|due|listed|postponed|slated|announced|expected)\b"
    r"[^.;]* for \Z"
)
_PRESENT = re.compile(
    r"(?:\b[A-Z][\w’'-]+|\b(?:[Hh]e|[Ss]he|[Ii]t|who|which)) "
    r"(?!was\b|is\b|has\b|does\b|says\b|this\b|its\b|his\b|as\b)[a-z]{2,}s\b"
)
_CLAUSE = re.compile(
    r"[;!?:]|(?<![A-Z][a-z])(?<![A-Z])\.(?=\s)|,\s(?:and|but|when|while|which|who|as)\s|"
    r"\b(?:when|after|since|because|while|where)\s"
)


def is_future(text: str, start: int, end: int) -> bool:
    """Whether the words round an expression of time, at two offsets, speak of what is to come.

    Of the verbs before it in its clause the nearest decides, and then one behind it.
    """
    before = _last_clause(text[max(0, start - _REACH) : start])
    if _FIXED.search(before):
        return True
    ahead = max((m.end() for m in _STRONG.finditer(before)), default=-1)
    past = max((m.end() for m in _PAST.finditer(before)), default=-1)
    if ahead >= 0 and ahead >= past:
        return True
    if past >= 0:
        return False
    if _TOWARDS.search(before) or _PRESENT.search(before):
        return True
    match = _AHEAD_BEHIND.match(text, end, end + _REACH)
    return match is not None and not _SAID.search(match[0])


def _last_clause(before: str) -> str:
    cut = 0
    for match in _CLAUSE.finditer(before):
        cut = match.end()
    return before[cut:]
