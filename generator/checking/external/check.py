"""Links that lead out of a site, from its texts to problems."""

from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

from generator.checking.external.ageing import aged
from generator.checking.external.memory import Memory, followed_by
from generator.checking.external.outward import outward
from generator.checking.external.rounds import Manners, round_of
from generator.checking.texts import Text
from generator.core.frozen import dataclass
from generator.core.problems import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """What a round came to: problems, how many links there are, were asked after now, and are open still."""

    problems: tuple[Problem, ...]
    links: int
    asked: int
    open: int


def check_outside(
    texts: Iterable[Text],
    own: str,
    memory: Path,
    now: datetime,
    manners: Manners,
    progress: Callable[[int, int], None] | None = None,
) -> Outside:
    """Ask after the links that lead out and are not known freshly, and tell of those that fail.

    `own` is the site's URL, `memory` the file in which outcomes are kept, `now` an aware moment. No request
    is made but to the hosts of the links themselves.
    """
    places = outward(texts, own)
    with Memory(memory) as kept:
        known = kept.known()
        kept.forget(url for url in known if url not in places)
        wanted = [url for url in places if (each := known.get(url)) is None or not each.is_fresh(now)]
        asked = 0
        for asked, (url, outcome) in enumerate(round_of(wanted, manners), 1):
            known[url] = followed_by(known.get(url), outcome, now)
            kept.keep(url, known[url])
            if progress:
                progress(asked, len(wanted))
        if progress and wanted:
            progress(len(wanted), len(wanted))
    here = {url: each for url, each in known.items() if url in places}
    return Outside(
        problems=tuple(sorted(aged(here, places))), links=len(places), asked=asked, open=len(wanted) - asked
    )
