"""An article as others cite it: in words, BibTeX, RIS and CSL-JSON."""

import json
from typing import NamedTuple

from generator.core.language import ENGLISH, Language
from generator.core.model import Article
from generator.core.paths import fold, slugify

_BIBTEX = str.maketrans(
    {
        "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "%": r"\%", "&": r"\&", "$": r"\$",
        "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    }
)  # fmt: skip


class Citation(NamedTuple):
    """An article cited. `before` and `after` stand round the newspaper's name, which is set in italics."""

    before: str
    journal: str
    after: str
    url: str
    bibtex: str
    ris: str
    csl: str


NO_CITATION = Citation("", "", "", "", "", "", "")
"""For a page that does not show one."""


def cite(
    article: Article, journal: str, url: str, bodies: frozenset[str], words: Language = ENGLISH
) -> Citation:
    """The citation of an article of `journal`; `bodies` are the folded names that are no person's."""
    title = " ".join(article.title.split())
    day = article.published.day
    authors = tuple(" ".join(author.split()) for author in article.authors)
    title_words = words.pgettext("a citation", "“{title}”, ", title=title)
    authors_words = (
        words.pgettext("a citation", "{authors}, ", authors=words.listed(authors)) if authors else ""
    )
    date = words.day(day)
    if article.updated:
        updated = words.day(article.updated.day)
        date = words.pgettext("a citation", "{date}, updated {updated}", date=date, updated=updated)
    return Citation(
        before=authors_words + title_words,
        journal=journal,
        after=words.pgettext("a citation", ", {date}.", date=date),
        url=url,
        bibtex=_bibtex(article, title, authors, journal, url, bodies),
        ris=_ris(article, title, authors, journal, url, bodies),
        csl=_csl(article, title, authors, journal, url, bodies),
    )


def inverted(name: str, bodies: frozenset[str]) -> str:
    """A person as catalogues file her: "Farrow, Nell"; a body, or a single word, stays as it is."""
    first, _, last = name.rpartition(" ")
    return name if not first or "," in name or fold(name) in bodies else f"{last}, {first}"


def _bibtex(
    article: Article, title: str, authors: tuple[str, ...], journal: str, url: str, bodies: frozenset[str]
) -> str:
    filed = [inverted(author, bodies) for author in authors]
    surname = filed[0].partition(",")[0] if filed else journal
    word = next((w for w in slugify(title).split("-") if len(w) > 3), slugify(title))
    key = f"{slugify(surname)}{article.published.day.year}{word}"
    names = " and ".join(
        f.translate(_BIBTEX) if "," in f else "{" + f.translate(_BIBTEX) + "}" for f in filed
    )
    rows = [
        ("author", names),
        ("title", title.translate(_BIBTEX)),
        ("journal", journal.translate(_BIBTEX)),
        ("date", article.published.day.isoformat()),
        ("year", str(article.published.day.year)),  # BibTeX's own styles know no date
        ("url", url),
    ]
    fields = ",\n".join(f"  {field:<7} = {{{value}}}" for field, value in rows if value)
    return f"@article{{{key},\n{fields}\n}}"


def _ris(
    article: Article, title: str, authors: tuple[str, ...], journal: str, url: str, bodies: frozenset[str]
) -> str:
    rows = [("TY", "NEWS")]
    rows += [("AU", inverted(author, bodies)) for author in authors]
    rows += [
        ("TI", title),
        ("T2", " ".join(journal.split())),
        ("DA", f"{article.published.day:%Y/%m/%d}"),
        ("LA", article.language),
        ("UR", url),
    ]
    return "\n".join(f"{tag}  - {value}" for tag, value in rows) + "\nER  - "


def _csl(
    article: Article, title: str, authors: tuple[str, ...], journal: str, url: str, bodies: frozenset[str]
) -> str:
    """CSL-JSON as Zotero and Pandoc read it: https://github.com/citation-style-language/schema."""
    day = article.published.day
    item: dict[str, object] = {"id": url, "type": "article-newspaper", "title": title}
    if authors:
        item["author"] = [_csl_name(inverted(author, bodies)) for author in authors]
    item |= {
        "container-title": " ".join(journal.split()),
        "issued": {"date-parts": [[day.year, day.month, day.day]]},
        "language": article.language,
        "URL": url,
    }
    rows = (f"  {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in item.items())
    return "[{\n" + ",\n".join(rows) + "\n}]"


def _csl_name(filed: str) -> dict[str, str]:
    family, comma, given = filed.partition(", ")
    return {"family": family, "given": given} if comma else {"literal": filed}
