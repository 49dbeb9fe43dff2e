"""Text as it was meant: letters read in a wrong encoding, soft hyphens, ligatures, odd spaces, unseen signs.

`clean(text, where)` is what importers call whose text machines made: it gives the text, and problems for what
it could not do silently. `tidy(text)` does the silent part alone, for values of one line.
"""

import re
import unicodedata

from generator.core.problems import Problem
from generator.sources.importers.extras import load

_DOOR = "generator.sources.importers.mojibake"
# What cannot stand in any language's text: UTF-8 of quotation marks, dashes and letters as Windows-1252 or
# Latin-1 shows it.
_GARBLED = re.compile(
    'â(?:€[\x9d™œ“”˜¦¢¹ž"]|\x80[\x90-\xbf])|[ÃÂ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|[ÐÑ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ°±²³µ¶·¸¹º»¼½¾¿]{1}'
    "|(?:Ã\u0192|ï»¿|â‚¬)"
)
_SURE = re.compile("â€[\x9d™œ“”˜¦¢¹ž]|â\x80[\x90-\xbf]|â‚¬")
_LIGATURES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
_ARABIC_FORMS = re.compile("[\ufb50-\ufdcf\ufdf0-\ufdf9\ufe70-\ufefc]+")
_ODD = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\xa0\xad\u034f\u061c\u115f\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000"
    "\u0300-\u036f\ufb00-\ufdff\ufe00-\ufe0f\ufe70-\ufeff\ud800-\udfff\ufff0-\uffff]"
)
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u180e\u200b\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\ud800-\udfff]"
)
_LAYOUT = str.maketrans("\t\n\r", "   ")  # what is kept as it is
_BREAKS = re.compile("[\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile("[\xa0\u2000-\u200a\u202f\u205f]")
_FRENCH = re.compile("(?<=[\xab\u2039])[\xa0\u202f]|[\xa0\u202f](?=[:;!?%\xbb\u203a\u20ac])")
_THAI_LIKE = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]\u200b|\u200b[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]"
)


def clean(text: str, where: str) -> tuple[str, tuple[Problem, ...]]:
    """A text with its letters mended and tidied, and what an editor should know of that.

    Letters that were read in a wrong encoding ("donâ€™t") are mended only where there is one reading of
    them, and always told (W353); what stays doubtful is told too (W322), as letters that were lost.
    """
    problems: list[Problem] = []
    garbled = _GARBLED.search(text)
    if garbled:
        text, told = _mended(text, where, garbled)
        problems += told
    lost = text.find("\ufffd")
    if lost >= 0:
        message = "a replacement character stands where letters were lost (U+FFFD)"
        hint = "look for a better copy of the original"
        problems.append(Problem(where, 0, "W322", message, hint))
    return tidy(text), tuple(problems)


def tidy(text: str) -> str:
    """A text without what nobody sees: soft hyphens, ligatures, zero-width and control characters.

    No-break and other fixed spaces become plain ones, but for those that French sets before ; : ! ? and
    within guillemets, and the wide space of Chinese and Japanese; Arabic presentation forms become letters;
    accents are composed (NFC). Joiners that scripts need (ZWJ, ZWNJ) and marks of direction stay, as do the
    breaks between words of Thai and its kin.
    """
    if text.isascii():
        if text.isprintable() or text.translate(_LAYOUT).isprintable():
            return text
        return _UNSEEN.sub("", _BREAKS.sub(" ", text))
    if _ODD.search(text) is None:
        return text
    text = _BREAKS.sub(" ", text)
    if "\u200b" in text and _THAI_LIKE.search(text):
        text = _UNSEEN.sub(lambda match: match[0] if match[0] == "\u200b" else "", text)
    else:
        text = _UNSEEN.sub("", text)
    text = _ARABIC_FORMS.sub(
        lambda match: unicodedata.normalize("NFKC", match[0]), text.translate(_LIGATURES)
    )
    text = _SPACES.sub(" ", _FRENCH.sub("\ue000", text)).replace("\ue000", "\xa0")
    return unicodedata.normalize("NFC", text)


def _mended(text: str, where: str, first: re.Match[str]) -> tuple[str, list[Problem]]:
    door = load(_DOOR, "web", where)
    if isinstance(door, Problem):
        message = f"letters were read in a wrong encoding, {first[0]!r}, and not mended: {door.message}"
        return text, [Problem(where, 0, "W322", message, door.hint)]
    places: list[tuple[str, str]] = []

    def paragraph(match: re.Match[str]) -> str:
        written = match[0]
        if _GARBLED.search(written) is None:
            return written
        fixed: str = door.mend(written)
        if fixed == written:
            fixed = _SURE.sub(lambda each: str(door.mend(each[0])), written)
        if fixed != written:
            places.append((written, fixed))
        return fixed

    text = re.sub(r"[^\n]+", paragraph, text)
    problems: list[Problem] = []
    if places:
        before, after = _difference(*places[0])
        noun = "paragraph" if len(places) == 1 else "paragraphs"
        message = (
            f"letters read in a wrong encoding were mended in {len(places):,} {noun}: {before!r} is {after!r}"
        )
        problems.append(Problem(where, 0, "W353", message, "compare with the original"))
    left = _GARBLED.search(text)
    if left:
        message = f"wrong encoding: {left[0]!r} looks like UTF-8 that was read as Windows-1252"
        problems.append(Problem(where, 0, "W322", message, "compare with the original"))
    return text, problems


def _difference(before: str, after: str) -> tuple[str, str]:
    """The first word in which two texts differ, as each has it."""
    for one, other in zip(before.split(), after.split(), strict=False):
        if one != other:
            return one[:40], other[:40]
    return before[:40], after[:40]
