"""The gold set is what its guideline says: every annotation stands at its place and is of the right form."""

import importlib.util
import itertools
import re
import sys
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from generator.markup.convert import convert

ROOT = Path(__file__).parent.parent
ANNOTATED = {
    "names": {"title", "text", "caption"},
    "quotes": {"text"},
    "dates": {"text"},
    "outside": {"text"},
}
VALUE = re.compile(
    r"\d{4}(-(\d\d(-\d\d)?|W\d\d(-WE)?|Q[1-4]|H[12]|SP|SU|AU|WI))?|\d{3}X|\d\dXX",
)


@pytest.fixture(scope="module")
def gold_set() -> ModuleType:
    path = ROOT / "benchmarks" / "quality" / "gold_set.py"
    spec = importlib.util.spec_from_file_location("gold_set", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["gold_set"] = module  # where its dataclasses look themselves up
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def articles(gold_set: ModuleType) -> Any:
    return gold_set.load()


def test_every_annotation_stands_at_its_place_in_a_paragraph_of_a_kind_that_is_annotated(
    articles: Any,
) -> None:
    for one in articles:
        for field, kinds in ANNOTATED.items():
            for span in getattr(one, field):
                paragraph = one.paragraphs[span.paragraph]
                assert paragraph.text[span.start : span.end] == span.text.strip() != "", (one.name, span)
                assert paragraph.kind in kinds, (one.name, span)


def test_names_do_not_overlap_and_neither_do_dates_quotations_and_what_lies_outside(articles: Any) -> None:
    for one in articles:
        for spans in (one.names, one.dates, one.quotes):
            taken = sorted((s.paragraph, s.start, s.end) for s in (*spans, *one.outside))
            for (paragraph, _, end), (following, start, _) in itertools.pairwise(taken):
                assert (paragraph, end) <= (following, start), (one.name, paragraph, end)


def test_every_name_belongs_to_an_entity_of_its_type_that_lists_its_form(articles: Any) -> None:
    for one in articles:
        entities = {entity.canonical: entity for entity in one.entities}
        assert len(entities) == len(one.entities)
        forms = defaultdict(set)
        for name in one.names:
            assert entities[name.entity].type == name.type in {"PER", "ORG", "LOC"}, (one.name, name)
            forms[name.entity].add(name.text)
        assert forms == {entity.canonical: set(entity.aliases) for entity in one.entities}, one.name


def test_a_canonical_name_has_one_type_in_the_whole_set(articles: Any) -> None:
    types = defaultdict(set)
    for one in articles:
        for entity in one.entities:
            types[entity.canonical].add(entity.type)
    assert {name: kinds for name, kinds in types.items() if len(kinds) > 1} == {}


def test_a_speaker_is_an_entity_and_a_verb_stands_in_the_paragraph(articles: Any) -> None:
    for one in articles:
        known = {entity.canonical for entity in one.entities if entity.type != "LOC"}
        for quote in one.quotes:
            assert quote.kind in {"direct", "partial", "indirect"}
            assert quote.speaker is None or quote.speaker in known, (one.name, quote)
            paragraph = one.paragraphs[quote.paragraph].text
            assert quote.verb is None or re.search(rf"\b{quote.verb}\b", paragraph), (one.name, quote)


def test_only_direct_and_partial_quotations_stand_between_marks(articles: Any) -> None:
    opening, closing = set("\"'“‘"), set("\"'”’")
    for one in articles:
        for quote in one.quotes:
            text = one.paragraphs[quote.paragraph].text
            marked = text[: quote.start][-1:] in opening
            answer = re.match(r"[A-Z][A-Z. -]*: ", text) and quote.start == text.index(": ") + 2
            ends_open = quote.end == len(text)  # the speaker goes on in the next paragraph
            closed = text[quote.end : quote.end + 1] in closing or ends_open
            assert answer or (marked and closed) == (quote.kind != "indirect"), (one.name, quote)


def test_a_date_is_of_a_form_the_guideline_lists_and_a_real_day(articles: Any) -> None:
    for one in articles:
        for found in one.dates:
            for value in found.value.split("/"):
                assert VALUE.fullmatch(value), (one.name, found)
                if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
                    date.fromisoformat(value)
                if week := re.match(r"(\d{4})-W(\d\d)", value):
                    date.fromisocalendar(int(week[1]), int(week[2]), 1)


def test_a_weekday_is_the_weekday_it_says(articles: Any) -> None:
    days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    seen = 0
    for one in articles:
        for found in one.dates:
            for word in set(days) & set(re.findall(r"\w+", found.text.lower())):
                assert days[date.fromisoformat(found.value).weekday()] == word, (one.name, found)
                seen += 1
    assert seen > 60


def test_morgue_sees_the_same_paragraphs(articles: Any) -> None:
    kinds = {"text": "paragraph", "crosshead": "heading", "pull": "pull", "related": "also"}
    unsigned = {"quote": "pull"}
    for one in articles:
        seen = [(block.kind, block.text) for block in convert(one.article.body).blocks]
        body = [paragraph for paragraph in one.paragraphs if paragraph.kind in kinds]
        assert [kinds[paragraph.kind] for paragraph in body] == [
            unsigned.get(kind, kind) for kind, _ in seen
        ], one.name
        for paragraph, (_, text) in zip(body, seen, strict=True):
            assert text == paragraph.text if paragraph.kind == "text" else text in paragraph.text, one.name


def test_the_halves_are_balanced(articles: Any) -> None:
    assert Counter(one.half for one in articles) == {"dev": 20, "test": 20}
    for field in ("names", "quotes", "dates"):
        dev, test = (
            sum(len(getattr(one, field)) for one in articles if one.half == half) for half in ("dev", "test")
        )
        assert 0.75 < dev / test < 1.33, (field, dev, test)


def test_stories_have_three_or_four_articles_and_duplicates_point_at_each_other(articles: Any) -> None:
    stories = Counter(one.story for one in articles if one.story)
    assert len(stories) == 3 and set(stories.values()) <= {3, 4}
    pairs = {(one.name, other) for one in articles for other in one.duplicates}
    assert len(pairs) == 4 and pairs == {(other, one) for one, other in pairs}
    assert {one for one, _ in pairs} <= {one.name for one in articles}


def test_an_annotation_that_is_not_there_is_told_with_its_file(gold_set: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "01-x.md").write_text(
        "---\ntitle: T\npublished: 2021-04-13\n---\n\nText.\n", encoding="utf-8"
    )
    gold = '{"names": [{"paragraph": 1, "text": "Nobody", "type": "PER", "entity": "Nobody"}]}'
    (tmp_path / "01-x.gold.json").write_text(gold, encoding="utf-8")
    with pytest.raises(ValueError, match=r"01-x\.gold\.json: names: not there: .*Nobody"):
        gold_set._article(tmp_path / "01-x.md")
