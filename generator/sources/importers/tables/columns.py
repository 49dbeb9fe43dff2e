"""Which column of a table is what: as `import` in site.yaml says, else by the names exports give them."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from generator.core.frozen import dataclass
from generator.core.paths import fold
from generator.core.site import Site
from generator.sources.findings import suggestion

_GUESSES: Mapping[str, str] = {
    "title": "title headline head hed heading article_title headline_text post_title story_title "
             "titel titre titulo titolo schlagzeile overskrift rubrik",
    "published": "published published_at publish_date publishdate published_date publication_date "
                 "date_published pub_date pubdate published_on published_time first_published "
                 "firstpublished date datetime post_date posted posted_at posted_on issue_date "
                 "versioncreated datum fecha data created created_at date_created timestamp",
    "updated": "updated updated_at update_date last_updated date_updated modified modified_at "
               "date_modified last_modified lastmod post_modified versionmodified",
    "body": "body_html content_html html article_html body_markdown markdown body_md md body "
            "article_body content post_content story article article_text full_text fulltext text "
            "body_text bodytext maintext main_text copy plaintext plain_text inhalt texte texto testo",
    "slug": "slug post_name url_slug",
    "language": "language lang locale",
    "authors": "authors author byline by bylines creator creators writer writers author_name "
               "author_names post_author autor auteur autore contributors",
    "dateline": "dateline",
    "summary": "summary standfirst deck dek subtitle subhead subheadline description abstract excerpt "
               "teaser lead lede kicker_text",
    "section": "section sections desk department rubric ressort section_name",
    "tags": "tags tag keywords keyword subjects topics categories category",
    "people": "people persons person",
    "organisations": "organisations organizations orgs organisation organization companies",
    "places": "places place locations location geo",
    "image": "image image_url image_src lead_image main_image featured_image photo picture thumbnail "
             "img hero_image",
    "image.alt": "image_alt alt alt_text photo_alt",
    "image.caption": "image_caption caption photo_caption picture_caption cutline",
    "image.credit": "image_credit credit photo_credit photographer picture_credit",
    "url": "url link permalink canonical_url canonical web_url weburl article_url story_url href uri",
    "publisher": "publisher source source_name newspaper outlet publication paper",
    "id": "id guid uuid uid _id article_id articleid story_id storyid post_id item_id record_id "
          "unique_id key rowid",
    "status": "status post_status state",
    "aliases": "aliases redirect_from old_urls",
}  # fmt: skip
"""The names by which a key's column is known, the surest first."""

_KEYS: Mapping[str, tuple[str, ...]] = {
    name: tuple(key for key, others in _GUESSES.items() if name in others.split())
    for named in _GUESSES.values()
    for name in named.split()
}

SHOWN = 12
"""The most columns that a problem names."""

_MARKS = re.compile(r"[\W_]+")
_FIGURE = re.compile(r"\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """What each column of one table is.

    `by_key` gives a key's columns in order; `others` are nothing known here, and kept under their own names.
    `spare` are other forms of the text, `ignored` those that site.yaml says to ignore: neither is kept.
    `missing` are columns that site.yaml names and the table has not, as "published: Date".
    """

    by_key: Mapping[str, tuple[str, ...]]
    others: tuple[str, ...] = ()
    spare: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def is_of_articles(self) -> bool:
        """Whether rows can become articles: a headline and a date are there."""
        return "title" in self.by_key and "published" in self.by_key


def columns_of(header: Sequence[str], site: Site) -> Columns:
    """What the columns of a table are, by the settings of a site first."""
    mapping, taken = site.imports, set(site.imports.ignore)
    plain = {_plain(name): name for name in reversed(header)}
    by_key: dict[str, tuple[str, ...]] = {}
    missing: list[str] = []
    for key, wanted in mapping.columns:
        found = tuple(each for name in wanted if (each := _found(name, header, plain)))
        missing += [f"{key}: {name}" for name in wanted if not _found(name, header, plain)]
        if found:
            by_key[key] = found
            taken.update(found)
    for key, named in _named(site):
        if key in by_key:
            continue
        name = next((plain[each] for each in named if plain.get(each, "") not in {"", *taken}), "")
        if name:
            by_key[key] = (name,)
            taken.add(name)
    texts = set(_GUESSES["body"].split())
    rest = [name for name in header if name not in taken and name not in mapping.ignore]
    return Columns(
        by_key=by_key,
        others=tuple(name for name in rest if _plain(name) not in texts or "body" not in by_key),
        spare=tuple(name for name in rest if _plain(name) in texts and "body" in by_key),
        ignored=tuple(name for name in header if name in mapping.ignore),
        missing=tuple(missing),
    )


def is_header(names: Sequence[str]) -> bool:
    """Whether column names tell by themselves that a table holds articles: a headline, a date and more."""
    if len(names) < 3:
        return False
    # A name with a figure in it is none of those that are known: the quick look of most texts.
    plain = [_plain(name) for name in names if _FIGURE.search(name) is None]
    known = {key for name in plain for key in _KEYS.get(name, ())}
    return {"title", "published"} <= known and len(known) > 2


def listed(names: Collection[str]) -> str:
    """Column names as a problem shows them."""
    shown = [name if len(name) <= 40 else name[:39] + "…" for name in list(names)[:SHOWN]]
    return ", ".join(shown) + (f" and {len(names) - SHOWN} more" if len(names) > SHOWN else "")


def nearest(missing: str, header: Iterable[str]) -> str:
    """A hint for a column that is not there: the nearest that is, else all of them."""
    known = list(header)
    return suggestion(missing.partition(": ")[2], known) or f"its columns are {listed(known)}"


def _named(site: Site) -> list[tuple[str, list[str]]]:
    """Every key with the names its column may have; a taxonomy's column is named as it is."""
    guesses = {key: named.split() for key, named in _GUESSES.items()}
    for taxonomy in site.taxonomies:
        guesses.setdefault(taxonomy.key, [_plain(taxonomy.key), _plain(taxonomy.singular)])
    return list(guesses.items())


def _found(name: str, header: Sequence[str], plain: Mapping[str, str]) -> str:
    """The column that a name in site.yaml means: as written, else whatever its case and marks."""
    return name if name in header else plain.get(_plain(name), "")


def _plain(name: str) -> str:
    """ "Pub Date" → "pub_date", "pubDate" → "pub_date"."""
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name.strip())
    return _MARKS.sub("_", fold(parted)).strip("_") or name
