"""How fast whole articles are annotated by each tagger, and in how much memory.

`python benchmarks/quality/speed.py [TAGGER…]`: articles of about 600 words, put together from the gold
set, are annotated
one by one in this process (one thread); the time told is the processor's. The first ones warm the caches up.
Told are what `morgue annotate` proposes, and the whole: that, its names located in the text, the quotations
and the dates.
"""

import resource
import sys
import time
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from benchmarks.quality.gold_set import SITE, load
from generator.annotate.authority import Authority, authority
from generator.annotate.datings import datings
from generator.annotate.locate import locate
from generator.annotate.proposal import Annotator
from generator.annotate.quotations import quotations
from generator.annotate.rules import annotator
from generator.core.model import Article
from generator.markup.convert import convert

WORDS, MEASURED = 600, 60


def articles() -> list[Article]:
    """Articles of about so many words, each of the paragraphs of several of the gold set."""
    paragraphs = [(one.article, part) for one in load() for part in one.article.body.strip().split("\n\n")]
    made: list[Article] = []
    body: list[str] = []
    while len(made) < MEASURED:
        for article, part in paragraphs:
            body.append(part)
            if sum(len(each.split()) for each in body) >= WORDS:
                made.append(replace(article, body="\n\n".join(body)))
                body = []
    return made[:MEASURED]


def main() -> None:
    read = articles()
    known, _ = authority((), SITE.taxonomies)
    for name in sys.argv[1:] or ("rules", "light"):
        finder = annotator(name)
        begun = time.process_time()
        finder.propose(read[0], convert(read[0].body), known)
        first = time.process_time() - begun
        begun = time.process_time()
        for article in read:
            finder.propose(article, convert(article.body), known)
        spent = time.process_time() - begun
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        pace = len(read) / spent
        begun = time.process_time()
        for article in read:
            _whole(article, finder, known)
        whole = len(read) / (time.process_time() - begun)
        print(
            f"{finder.name}: {pace:.1f} articles a second, {whole:.1f} with quotations and dates, "
            f"{peak:.0f} MB, first after {first:.2f} s"
        )


def _whole(article: Article, finder: Annotator, known: Authority) -> None:
    """All that is found in an article that lists nothing."""
    prose = convert(article.body)
    proposal = finder.propose(article, prose, known)
    names = {kind: proposal.listed(kind) for kind in proposal.names}
    annotated, _ = locate(replace(article, names=names), prose, known)
    quotations(annotated)
    datings(annotated)


if __name__ == "__main__":
    main()
