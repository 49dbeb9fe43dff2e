"""An article's tags: from the site's own vocabulary, or from the article's own words."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from generator.annotate.authority import TAGS, Authority, Known
from generator.annotate.proposal import HEADLINE, Background, Evidence, Finding
from generator.annotate.scanning import Text
from generator.annotate.terms import Terms, distinctive

MOST = 6
"""Tags of the vocabulary proposed for an article."""

_TITLE = 3  # how much more a headline's words count


def vocabulary(authority: Authority) -> tuple[Known, ...]:
    """The tags that the site has records of."""
    return tuple(authority.records.get(TAGS, {}).values())


def tags(
    title: str, texts: Sequence[Text], authority: Authority, own: Terms, known: Background
) -> tuple[Finding, ...]:
    """The tags proposed for a text; `own` are its terms.

    With tag records, those one of whose triggers stands in the headline or the text and none of whose
    excludes does, by the number of hits; a tag without triggers has its name for one. Triggers are whole
    words; one with a capital letter is matched as written, others in any case, with or without an "s".
    Without any tag records, the text's distinctive terms.
    """
    subjects = vocabulary(authority)
    if not subjects:
        return tuple(
            Finding(name=term[:1].upper() + term[1:], evidence=_standing(term, texts))
            for term in distinctive(own, known)
        )
    scored: list[tuple[int, str, Finding]] = []
    for tag in subjects:
        hits = list(_hits(tag, [Text(HEADLINE, title), *texts]))
        if hits:
            score = sum(_TITLE if hit.block == HEADLINE else 1 for hit in hits)
            scored.append((-score, tag.name, Finding(name=tag.name, evidence=tuple(hits))))
    return tuple(finding for _, _, finding in sorted(scored, key=lambda one: one[:2])[:MOST])


def _standing(term: str, texts: Sequence[Text]) -> tuple[Evidence, ...]:
    """Where a term stands."""
    pattern = _pattern((term,))
    found = [
        Evidence(text.block, match.start(), match.end(), "distinctive term")
        for text in texts
        for match in (pattern.finditer(text.text) if pattern else ())
    ]
    return tuple(found)


def _hits(tag: Known, texts: Sequence[Text]) -> Iterator[Evidence]:
    excluded = _pattern(tag.excludes)
    if excluded is not None and any(excluded.search(text.text) for text in texts):
        return
    pattern = _pattern(tag.triggers or tuple(form.lower() for form in tag.forms))
    if pattern is None:
        return
    for text in texts:
        for match in pattern.finditer(text.text):
            yield Evidence(text.block, match.start(), match.end(), f"trigger: {match[0]}")


@lru_cache(maxsize=4096)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str] | None:
    """A pattern of whole words and phrases, the longest first; None for none."""
    parts = []
    for phrase in sorted({" ".join(p.split()) for p in words if p.strip()}, key=lambda p: (-len(p), p)):
        spaced = r"\s+".join(re.escape(word) for word in phrase.split(" "))
        spaced = spaced.replace("'", "['’]").replace("’", "['’]").replace("['['’]]", "['’]")
        parts.append(spaced if phrase != phrase.lower() else f"(?i:{spaced})s?")
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)") if parts else None
