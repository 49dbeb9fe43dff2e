"""Pull quotes: a quotation that the page set apart, with its speaker, to say again what the text says."""

import re
from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from generator.sources.importers.newstext_repeats import COMMON, words_of_text

LEAST_WORDS = 4
"""A shorter quotation is a word picked out by the writer, not by the page."""

ATTRIBUTION_LIMIT = 160
"""The most characters of an attribution."""

ATTRIBUTION_WORDS = 16
"""The most words of one that is a clause ("US Secretary of State Antony Blinken has warned")."""

_OPENING = '“„«"”‘'
_CLOSING = '”“»"'
_DASHED = re.compile(r"\s*(?:—|–|―|--|\s-)\s*(?P<name>\S.*)")
_CUE = (
    "(?:has |have |had )?(?:said|says|saying|told|tells|warned|warns|added|adds|wrote|writes|argued|argues"
    "|asked|asks|declared|declares|insisted|insists|claimed|claims|announced|explained|explains|noted|notes|stated|states"
    "|remarked|replied|replies|recalled|recalls|promised|vowed|urged|tweeted)"
)
_NAME_CUE = re.compile(rf"(?P<name>[A-Z].*?)\s+{_CUE}(?:\s[^.]{{0,60}})?\Z")
_CUE_NAME = re.compile(rf"{_CUE}\s+(?P<name>[A-Z].*)\Z")
_SPAN = re.compile(r"[“„«\"]([^“”„«»\"]+)[”“»\"]")
_FINAL = (".", "!", "?", "…")


class PullQuote(NamedTuple):
    """A quotation and its speaker, "" when the page named none; the dash stands for the words `dropped`."""

    text: str
    name: str
    dropped: str


def split_pull_quote(text: str) -> PullQuote | None:
    """The quotation and the attribution of a paragraph in the form of a pull quote; None for any other.

    Either the attribution follows a dash (`“…” — Ines Calloway, councillor`), or the paragraph ends, without
    a full stop, with who said it (`… “…,” Antony Blinken has warned`), or it is a quotation alone.
    """
    if text.endswith(_FINAL) and text[0] not in _OPENING:
        return None  # the last sentence is no attribution, and the whole no quotation
    end = _last_closing(text)
    if end < 0:
        return None
    quoted, tail = text[: end + 1], text[end + 1 :].strip()
    if not tail:
        return PullQuote(quoted, "", "") if text[0] in _OPENING and _is_one_quotation(quoted) else None
    dashed = _DASHED.fullmatch(" " + tail)
    if dashed:
        if text[0] not in _OPENING or len(tail) > ATTRIBUTION_LIMIT:
            return None
        return PullQuote(quoted, dashed["name"], "")
    if tail.endswith(_FINAL) or len(tail) > ATTRIBUTION_LIMIT or len(tail.split()) > ATTRIBUTION_WORDS:
        return None
    said = _NAME_CUE.fullmatch(tail) or _CUE_NAME.fullmatch(tail)
    if said is None:
        return None
    name = said["name"].rstrip(" ,")
    return PullQuote(_without_comma(quoted), name, tail.replace(name, "", 1).strip(" ,"))


def find_pull_quotes(texts: Sequence[str]) -> dict[int, PullQuote]:
    """The paragraphs, by position, that are pull quotes.

    A quotation with its speaker after a dash is one by its form; of the others, only what another
    paragraph says too.
    """
    # What `split_pull_quote` would say no to at once is not asked about.
    worth = [here for here, text in enumerate(texts) if text[0] in _OPENING or not text.endswith(_FINAL)]
    shaped = {here: quote for here in worth if (quote := split_pull_quote(texts[here]))}
    if not shaped:
        return {}
    found = {here: quote for here, quote in shaped.items() if quote.name and not quote.dropped}
    doubtful = shaped.keys() - found.keys()
    if not doubtful:
        return found
    words = [words_of_text(text) for text in texts]
    index = _openings(words)
    for here in sorted(doubtful):
        wanted = _quoted_words(shaped[here])
        holders = index.get(tuple(wanted[:LEAST_WORDS]), [])
        others = [h for h in holders if h != here and (h < here or h not in doubtful) and h not in found]
        if len(wanted) >= LEAST_WORDS and any(_holds(words[other], wanted) for other in others):
            found[here] = shaped[here]
    return found


def _openings(words: Sequence[list[str]]) -> dict[tuple[str, ...], list[int]]:
    """Each run of LEAST_WORDS words, and at most COMMON paragraphs that hold it."""
    index: dict[tuple[str, ...], list[int]] = {}
    for here, each in enumerate(words):
        for run in set(zip(*(islice(each, i, None) for i in range(LEAST_WORDS)), strict=False)):
            holders = index.setdefault(run, [])
            if len(holders) < COMMON:
                holders.append(here)
    return index


def _quoted_words(quote: PullQuote) -> list[str]:
    """The words between the marks, as compared; the longest quotation where there are several."""
    spans = _SPAN.findall(quote.text)
    return words_of_text(max(spans, key=len)) if spans else []


def _holds(words: Sequence[str], wanted: Sequence[str]) -> bool:
    return f" {' '.join(wanted)} " in f" {' '.join(words)} "


def _last_closing(text: str) -> int:
    last = max(map(text.rfind, _CLOSING))
    return last if last > 0 else -1


def _is_one_quotation(quoted: str) -> bool:
    return quoted.count("”") <= 1 and quoted.count("»") <= 1 and quoted.count('"') in {0, 2}


def _without_comma(quoted: str) -> str:
    """The comma before the closing mark led over to the attribution, which is now a line of its own."""
    return quoted[:-2] + quoted[-1] if quoted[-2:-1] == "," else quoted
