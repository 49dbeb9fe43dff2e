"""Which article a headline means; the only module that knows rapidfuzz."""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cache, lru_cache

from generator.core.dates import MONTHS
from generator.core.frozen import dataclass
from generator.core.paths import ArticleId, fold

THRESHOLD = 86.0
"""How alike two headlines must be, of 100, to be taken for the same one; measured in related.md."""

MARGIN = 2.0
"""By how much the best candidate must be better than the next: else the headline is ambiguous."""

MAX_COMMON = 400
"""A word in more headlines than this finds no candidates."""

RARE_WORDS = 4
"""How many of a headline's rarest words look for candidates."""

MAX_LENGTH = 400
"""Headlines are compared up to this many characters."""


BEGINNING = 5
"""A headline of at least so many words also means the one that it is the beginning of."""

_SEPARATORS = re.compile(r"[\W_]+")
_INITIALS = re.compile(r"(?<=\b\w) (?=\w\b)")
_PUBLISHER = re.compile(r"\s\|[^|]{1,60}$")
_ELLIPSES = ("…", "...")
_SERIES_WORDS = "ii iii iv v vi vii viii ix x " + " ".join(MONTHS).lower()
_SERIES = frozenset(_SERIES_WORDS.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a headline was found to mean: one article, or several between which nothing decides, or none."""

    article: ArticleId | None = None
    candidates: tuple[ArticleId, ...] = ()
    score: float = 0.0


class Headlines:
    """The headlines of an archive, ready to be asked. What it answers never changes."""

    def __init__(self, titles: Iterable[tuple[ArticleId, str]]) -> None:
        """`titles` gives each article and its headline, in the order in which candidates are named."""
        self._titles = dict(titles)
        self._ids: list[ArticleId] = []
        self._forms: list[str] = []
        self._exact: dict[str, list[int]] = {}
        self._by_word: dict[str, list[int]] = {}

    def _prepare(self) -> None:
        """Sort the headlines by their words. Where articles name each other by address alone, nobody asks."""
        for number, (identity, title) in enumerate(self._titles.items()):
            form = normal_form(title)
            self._ids.append(identity)
            self._forms.append(form)
            self._exact.setdefault(form, []).append(number)
            for word in set(form.split()):
                self._by_word.setdefault(word, []).append(number)

    def title(self, identity: ArticleId) -> str:
        """An article's headline as it writes it."""
        return self._titles[identity]

    def find(self, headline: str, without: Collection[ArticleId] = ()) -> Found:
        """The article that a headline means, but for those in `without`.

        First one whose headline has the same letters and digits; then the one that begins with it, as
        papers drop what stands after the comma; then the one whose headline is most like it, if THRESHOLD
        is reached, no number in them differs and no other comes within MARGIN.
        """
        form = normal_form(_PUBLISHER.sub("", headline[:MAX_LENGTH]))
        if not form:
            return Found()
        if not self._ids:
            self._prepare()
        same = [self._ids[n] for n in self._exact.get(form, []) if self._ids[n] not in without]
        if same:
            return Found(article=same[0] if len(same) == 1 else None, candidates=tuple(same), score=100.0)
        numbers = self._candidates(form)
        cut = headline.rstrip().endswith(_ELLIPSES)
        if cut or len(form.split()) >= BEGINNING:
            start = form if cut else form + " "
            begun = tuple(
                self._ids[n]
                for n in numbers
                if self._forms[n].startswith(start) and self._ids[n] not in without
            )
            if begun:
                return Found(article=begun[0] if len(begun) == 1 else None, candidates=begun, score=100.0)
        near = _near(form, [self._forms[n] for n in numbers], 8 + len(without)) if numbers else []
        figures = _figures(form) if near else []
        ranked = sorted(
            (-score, numbers[at])
            for text, score, at in near
            if _figures(text) == figures and self._ids[numbers[at]] not in without
        )
        if not ranked:
            return Found()
        best = -ranked[0][0]
        close = tuple(self._ids[n] for minus, n in ranked if best + minus < MARGIN)
        return Found(article=close[0] if len(close) == 1 else None, candidates=close, score=best)

    def _candidates(self, form: str) -> Sequence[int]:
        lists = [found for word in set(form.split()) if (found := self._by_word.get(word))]
        rare = sorted(
            (found for found in lists if len(found) <= MAX_COMMON), key=lambda found: (len(found), found[0])
        )
        return sorted(set().union(*rare[:RARE_WORDS]))


@lru_cache(maxsize=1 << 16)
def normal_form(headline: str) -> str:
    """A headline's letters and digits: lower case, without accents, one space between words.

    Letters that stand alone side by side are one word: "U.S." is "us".
    """
    words = " ".join(_SEPARATORS.sub(" ", fold(headline[:MAX_LENGTH])).split())
    return _INITIALS.sub("", words)


def alike(one: str, other: str) -> bool:
    """Whether two headlines, in normal form, would be taken for the same one."""
    # What they have in common is no longer than the shorter of them: most pairs need no closer look.
    if 200 * min(len(one), len(other)) < THRESHOLD * (len(one) + len(other)) or _figures(one) != _figures(
        other
    ):
        return False
    return _ratio()(one, other, score_cutoff=THRESHOLD) > 0


@cache
def _ratio() -> Callable[..., float]:
    # Imported when two headlines are first compared, for that takes longer than many a build.
    from rapidfuzz import fuzz  # noqa: PLC0415

    return fuzz.ratio


def _near(form: str, forms: Sequence[str], limit: int) -> list[tuple[str, float, int]]:
    """The most like of some headlines, with how alike each is and its place among them."""
    from rapidfuzz import process  # noqa: PLC0415

    return process.extract(form, forms, scorer=_ratio(), processor=None, score_cutoff=THRESHOLD, limit=limit)


def _figures(form: str) -> list[str]:
    """What sets the parts of a series apart: its numbers and months."""
    return [w for w in form.split() if w in _SERIES or (not w.isalpha() and any(c.isdigit() for c in w))]
