"""The small values that many views share: an article in a list, a name, a moment, a pager."""

from typing import NamedTuple

from generator.core.dates import Moment
from generator.core.language import Language
from generator.render.charts import Spark


class Dated(NamedTuple):
    """A moment as readers and programs take it."""

    iso: str
    words: str  # "11:34, 13 April 2021"
    zone: str  # "UTC+8", or ""
    date: str  # "13 Apr 2021"


class Item(NamedTuple):
    """An article in a list. `lang` and `dir` are "" where they are the site's own."""

    href: str
    title: str
    summary: str
    iso: str
    date: str  # "13 Apr 2021"
    short: str  # "13 Apr"
    clock: str  # "11:34", or ""
    year: int
    by: str  # "Nell Farrow and Callum Adeyemi", or ""
    lang: str
    dir: str
    status: str


class Ref(NamedTuple):
    """A link to a name, dotted unless `confirmed`; `articles` is how many the archive has of it."""

    href: str
    name: str
    confirmed: bool = True
    articles: int = 0


class Name(NamedTuple):
    """A name in an index: as filed, with its one line and its line through the years."""

    href: str
    name: str
    sort: str  # "Calloway, Ines"
    note: str
    confirmed: bool
    articles: int
    spark: Spark | None


class Counted(NamedTuple):
    """A name and how often it stands beside, or in, what the page is about."""

    name: Name
    total: int


class Group(NamedTuple):
    """Articles under a heading; `href` leads to the page of just these, or is ""."""

    id: str  # of the heading, or ""
    title: str
    items: tuple[Item, ...]
    href: str = ""
    iso: str = ""  # of a day


class NavLink(NamedTuple):
    """A plain link."""

    label: str
    href: str


class Turn(NamedTuple):
    """One side of a pager: where it leads, what it is, and its words in bold."""

    href: str
    label: str
    title: str
    lang: str = ""
    dir: str = ""


class Pager(NamedTuple):
    """What comes before and after; `words` says where the page stands ("Page 1 of 20"), or is ""."""

    label: str  # read out: "Pages", "Days"
    words: str
    prev: Turn | None
    next: Turn | None


def dated(moment: Moment, words: Language) -> Dated:
    """A moment for a page, in the words of its language."""
    return Dated(moment.iso, words.moment(moment), moment.zone, words.short_day(moment.day))
