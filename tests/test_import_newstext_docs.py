"""The guide to importing news text says what is so."""

import re
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from generator.core.site import Site
from generator.sources.importers import (
    newstext,
    newstext_body,
    newstext_head,
    newstext_labels,
    newstext_repeats,
    text,
)
from generator.sources.importers.base import ImportContext, Original
from generator.sources.importers.newstext import NEWSTEXT
from generator.sources.importers.newstext_dates import Customs, read_date
from generator.sources.write import article_text

GUIDE = (Path(__file__).parent.parent / "docs" / "how-to" / "import-text.md").read_text("utf-8")
SITE = Site(root=Path("/site"), title="T", url="https://e.org/", timezone="Europe/London")


def test_the_example_becomes_the_article_shown() -> None:
    example, shown = re.findall(r"```(?:text|markdown)\n(.*?)```", GUIDE, re.DOTALL)[:2]
    context = ImportContext(site=SITE, now=datetime(2026, 11, 22, tzinfo=UTC))
    (made,), problems = NEWSTEXT.read(Original(name="a.txt", data=example.encode(), where="a.txt"), context)
    assert article_text(made.front, made.body) == shown
    assert problems == ()


def test_the_numbers_are_those_of_the_program() -> None:
    for number, words in (
        (newstext_head.HEADLINE_LIMIT, "at most {} characters"),
        (newstext_body.CROSSHEAD_LIMIT, "at most {} characters and"),
        (newstext_body.CROSSHEAD_WORDS, "and {} words"),
        (round(newstext_repeats.CONTAINED * 100), "{} of 100 runs of three words"),
        (round(newstext_repeats.CONTAINED_IN_LONGER * 100), "{} of 100 when it has less than half"),
        (text.LIMIT // 1024**2, "more than {} MiB"),
        (f"{newstext.LINES_LIMIT:,}", "or {} lines"),
    ):
        assert words.format(number) in GUIDE
    assert (newstext_repeats.LEAST_WORDS, newstext_repeats.SHINGLE) == (8, 3)


def test_every_label_and_date_shown_is_read() -> None:
    assert all(f"`{label}:`" in GUIDE for label in newstext_labels.RELATED_LABELS)
    section = GUIDE.split("### Dates")[1].split(" are read.")[0]
    customs = Customs(zone=ZoneInfo(SITE.timezone), month_first=False, this_year=2026)
    dates = re.findall(r"`([^`]+)`", section)
    assert len(dates) == 8
    for each in dates:
        reading = read_date(each, customs)
        assert reading is not None and reading.written.startswith("2021-04-13")
