"""CSV, JSON Lines, Parquet and SQLite: rows become articles, columns are what site.yaml or their names say."""

import codecs
import csv
import io
import json
import sqlite3
import tracemalloc
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.config import load_site
from generator.core.problems import Problem, SiteError
from generator.core.site import IMPORT_KEYS, Site
from generator.importing import ImportRun, import_sources
from generator.sources.importers import extras, tables
from generator.sources.importers.base import ImportContext, Imported, Original
from generator.sources.importers.newstext_dates import customs
from generator.sources.importers.tables import TABLES, cells, columns, database, delimited, json_list, lines
from generator.sources.importers.tables.texts import paragraphs

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
HEAD = "title: T\nurl: https://e.org/\n"
FORMATS = {each.name: each for each in TABLES}
ROW = {"id": "17", "title": "Ferry runs again", "published": "2021-04-13", "body": "It left at nine."}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "site.yaml").write_text(HEAD)
    return folder


def site_of(root: Path, text: str = "") -> Site:
    (root / "site.yaml").write_text(HEAD + text, encoding="utf-8")
    return load_site(root)


def as_csv(rows: Sequence[Mapping[str, Any]], delimiter: str = ",") -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def as_jsonl(rows: Sequence[Mapping[str, Any]]) -> bytes:
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def as_json(rows: Sequence[Mapping[str, Any]]) -> bytes:
    return json.dumps(list(rows)).encode()


def as_sqlite(rows: Sequence[Mapping[str, Any]], table: str = "articles") -> bytes:
    with sqlite3.connect(":memory:") as made:
        named = ", ".join(f'"{name}"' for name in rows[0])
        made.execute(f"create table {table} ({named})")
        marks = ", ".join("?" * len(rows[0]))
        made.executemany(f"insert into {table} values ({marks})", [tuple(row.values()) for row in rows])
        made.commit()
        return made.serialize()


def as_parquet(rows: Sequence[Mapping[str, Any]]) -> bytes:
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(list(rows)), out)
    return out.getvalue()


WRITERS: dict[str, Callable[[Sequence[Mapping[str, Any]]], bytes]] = {
    "csv": as_csv, "jsonl": as_jsonl, "json": as_json, "sqlite": as_sqlite, "parquet": as_parquet,
}  # fmt: skip


def read(
    root: Path, data: bytes, site: Site | None = None, name: str = "export", files: Sequence[str] = ()
) -> tuple[str, list[Imported], list[str]]:
    """The name of the format, the articles, the problems."""
    file = root / "export"
    file.write_bytes(data)
    original = Original(name=name, data=data[:65536], where=name)
    each = next(each for each in TABLES if each.recognises(original))
    context = ImportContext(site=site or load_site(root), now=NOW, files=frozenset(files))
    made: list[Imported] = []
    told: list[str] = []
    for one in each.stream(file, Original(name=name, data=b"", where=name), context):
        if isinstance(one, Problem):
            told.append(str(one))
        else:
            made.append(one)
    return each.name, made, told


def command(root: Path, *sources: Path) -> ImportRun:
    return import_sources(load_site(root), [str(each) for each in sources], now=NOW, stdin=io.BytesIO())


@pytest.mark.parametrize("form", WRITERS)
def test_a_row_of_each_form_is_an_article(root: Path, form: str) -> None:
    name, made, told = read(root, WRITERS[form]([ROW, ROW | {"id": "18", "title": "Ferry stops again"}]))
    assert (name, told) == (form, [])
    assert [one.front for one in made] == [
        {"title": "Ferry runs again", "published": "2021-04-13"},
        {"title": "Ferry stops again", "published": "2021-04-13"},
    ]
    assert [one.body for one in made] == ["It left at nine."] * 2
    assert made[0].identity == ("17 of 2021-04-13",)


def test_every_column_finds_its_key_by_its_name(root: Path) -> None:
    row = {
        "Headline": "AT&amp;T <em>buys</em> quay", "pubDate": "Tuesday 13 April 2021 11.34 BST",
        "last_modified": "2021-04-14T10:00:00Z", "content_html": "<p>One <b>two</b></p><p>Three</p>",
        "By": "Nell Farrow and Tom Rehn", "Keywords": "harbour; council", "Desk": "Local",
        "standfirst": "The town paid.", "image_url": "https://e.org/q.jpg", "cutline": "The quay.",
        "photographer": "R. Achterberg", "canonical_url": "https://ledger.example/2021/quay",
        "GUID": "urn:uuid:1", "newspaper": "The Ledger", "lang": "en_GB", "slug": "quay", "status": "draft",
        "dateline": "ALDERY", "persons": '["Tomas Rehn"]', "alt": "A quay",
    }  # fmt: skip
    _, made, told = read(root, as_csv([row]))
    assert told == []
    assert made[0].front == {
        "title": "AT&T buys quay", "published": "2021-04-13T11:34:00+01:00",
        "updated": "2021-04-14T10:00:00Z", "authors": ["Nell Farrow", "Tom Rehn"],
        "tags": ["harbour", "council"], "people": ["Tomas Rehn"], "section": "Local",
        "summary": "The town paid.", "dateline": "ALDERY", "language": "en-GB", "status": "draft",
        "image": {"src": "https://e.org/q.jpg", "alt": "A quay", "caption": "The quay.",
                  "credit": "R. Achterberg"},
        "source": {"publisher": "The Ledger", "url": "https://ledger.example/2021/quay"},
    }  # fmt: skip
    assert made[0].body == "One **two**\n\nThree"
    assert (made[0].slug, made[0].recall) == ("quay", 1)
    assert made[0].identity == ("https://ledger.example/2021/quay", "urn:uuid:1")


def test_the_mapping_in_the_settings_goes_before_the_guesses(root: Path) -> None:
    site = site_of(
        root,
        "taxonomies: {ships: Ship}\nimport:\n  columns: {title: KOP, published: [day, date], body: [lead, rest],"
        " authors: [w1, w2], ships: vessel}\n  ignore: [rev]\n  text: markdown\n",
    )
    row = {"KOP": "Eb", "title": "no", "day": "", "date": "2021-04-13", "lead": "*One*", "rest": "Two",
           "w1": "A. Bee", "w2": "C. Dee", "vessel": "Marigold, Albatros", "rev": "7"}  # fmt: skip
    _, made, told = read(root, as_csv([row]), site)
    assert made[0].front == {
        "title": "Eb", "published": "2021-04-13", "authors": ["A. Bee", "C. Dee"],
        "ships": ["Marigold", "Albatros"], "original_title": "no",
    }  # fmt: skip
    assert made[0].body == "*One*\n\nTwo"
    assert [each.what for each in made[0].dropped] == ["column rev"]
    assert told == [
        "export: columns of no known meaning were kept under their own names: title (say what they are in "
        "import.columns of site.yaml, or leave them out with import.ignore) [W360]"
    ]


def test_a_column_that_the_mapping_names_and_the_table_lacks_is_told_with_the_nearest(root: Path) -> None:
    site = site_of(root, "import: {columns: {title: Headlin, section: Ressort}}\n")
    _, made, told = read(root, as_csv([{"headline": "A", "date": "2021-04-13", "body": "x"}]), site)
    assert [one.front["title"] for one in made] == ["A"]
    assert told == [
        'export: import.columns.title: Headlin: the table has no such column (did you mean "headline"?) [W361]',
        "export: import.columns.section: Ressort: the table has no such column (its columns are headline, date, "
        "body) [W361]",
    ]


def test_a_table_without_headlines_or_dates_is_refused_once_and_says_what_to_do(root: Path) -> None:
    for form, writer in WRITERS.items():
        if form in {"jsonl", "json", "sqlite"}:
            continue
        _, made, told = read(root, writer([{"kop": "A", "wanneer": "2021"}] * 3), name="x.csv")
        assert (made, told) == (
            [],
            [
                "x.csv: table: no column gives a headline or a date (its columns are kop, wanneer: name one in "
                "import.columns of site.yaml) [E360]"
            ],
        )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("import: {colums: {}}", 'import.colums: not a key known here (did you mean "columns"?) [E103]'),
        ("import: {columns: {titel: a}}", 'import.columns.titel: not a key known here (did you mean "title"?) [E103]'),
        ("import: {text: HTML5}", 'import.text: unknown: "HTML5" (did you mean "html"?) [E115]'),
        ("import: x", "import: a text where a mapping belongs (expected a mapping of columns, ignore, text, table) [E105]"),
    ],
)  # fmt: skip
def test_a_mistake_in_the_mapping_is_told(root: Path, text: str, problem: str) -> None:
    with pytest.raises(SiteError) as refused:
        site_of(root, text)
    assert str(refused.value) == f"site.yaml:3: {problem}"


def test_the_keys_of_a_mapping_are_those_that_have_guesses() -> None:
    assert sorted(IMPORT_KEYS) == sorted(columns._GUESSES)


def test_a_mapping_changes_no_page(root: Path) -> None:
    assert site_of(root, "import: {columns: {title: a}}\n").digest == site_of(root).digest


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("2021-04-13", "2021-04-13"),
        ("2021-04-13 11:34:00", "2021-04-13T11:34:00"),
        ("2021-04-13T11:34:00.123Z", "2021-04-13T11:34:00Z"),
        ("April 13, 2021", "2021-04-13"),
        ("13.04.2021", "2021-04-13"),
        ("20210413", "2021-04-13"),
        (20210413, "2021-04-13"),
        ("1618313640", "2021-04-13T11:34:00Z"),
        (1618313640123, "2021-04-13T11:34:00Z"),
        (1618313640.5, "2021-04-13T11:34:00Z"),
        (-900000000, "1941-06-25T08:00:00Z"),
        (datetime(2021, 4, 13, 11, 34, tzinfo=UTC), "2021-04-13T11:34:00Z"),
        (datetime(2021, 4, 13, 11, 34), "2021-04-13T11:34:00"),
        (date(2021, 4, 13), "2021-04-13"),
        ("1813-11-16", "1813-11-16"),
    ],
)
def test_a_date_is_read_in_any_form(root: Path, cell: object, written: str) -> None:
    assert cells.moment(cell, customs(load_site(root), NOW))[0] == written


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("0000-00-00", "there is no such day"),
        ("0000-01-01", "there is no such day"),
        ("9999-12-31", "a year that cannot be published"),
        ("0999-12-31", "a year that cannot be published"),
        (datetime(9999, 12, 31), "a year that cannot be published"),
        (date(1, 1, 1), "a year that cannot be published"),
        ("2021-02-30", "there is no such day"),
        ("20211399", "month must be in 1..12"),
        ("2021", "not a date"),
        ("44299.48", "not a date"),
        (True, "not a date"),
        ("9" * 400, "not a date"),
        ("\ud800", "not a date"),
        (["2021-04-13"], "not a date"),
        (float("inf"), "not a date"),
        (10**30, "not a date"),
    ],
)
def test_what_is_no_date_is_told_with_its_row(root: Path, cell: object, reason: str) -> None:
    with pytest.raises(ValueError, match=reason.replace("..", r"\.\.")):
        cells.moment(cell, customs(load_site(root), NOW))


def test_a_row_with_a_bad_date_is_told_and_the_others_are_imported(root: Path) -> None:
    days = ["0000-01-01", "2021-04-13", "9999-12-31", "", "2021-04-14"]
    rows = [{"title": f"S{n}", "date": day, "updated": "soon", "body": "x"} for n, day in enumerate(days)]
    _, made, told = read(root, as_csv(rows))
    assert [one.front["title"] for one in made] == ["S1", "S4"]
    assert [each.split(" (expected")[0] for each in told] == [
        'export:2: published: there is no such day: "0000-01-01" (column date)',
        'export:3: updated: not a date: "soon" (column updated)',
        'export:4: published: a year that cannot be published: "9999-12-31" (column date)',
        "export:5: published: empty (column date) (give it a date) [E362]",
        'export:6: updated: not a date: "soon" (column updated)',
    ]
    assert "[W362]" in told[1] and "[E362]" in told[0]


def test_an_article_of_the_future_is_told_and_a_scheduled_one_embargoed(root: Path) -> None:
    row = {"title": "A", "date": "2027-01-01T10:00:00Z", "body": "x", "status": "publish"}
    _, made, told = read(root, as_csv([row, row | {"title": "B", "status": "scheduled"}]))
    assert told == ["export:2: published: 2027-01-01 is in the future (check the date) [W351]"]
    assert made[1].front == {
        "title": "B", "published": "2027-01-01T10:00:00Z", "status": "embargoed",
        "embargo": "2027-01-01T10:00:00Z",
    }  # fmt: skip


@pytest.mark.parametrize("delimiter", ",;\t|")
def test_a_delimiter_is_found_by_itself(root: Path, delimiter: str) -> None:
    data = as_csv([ROW | {"body": 'One, "two"; three | four\n\nfive'}], delimiter)
    assert [one.body for one in read(root, data)[1]] == ['One, "two"; three | four\n\nfive']
    directive = f"sep={delimiter}\r\n".encode() + data
    assert [one.body for one in read(root, directive, name="a.csv")[1]] == [
        'One, "two"; three | four\n\nfive'
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_tells_the_encoding(root: Path, encoding: str) -> None:
    data = "title,date,body\nHafenmauer für Ålesund,2021-04-13,Łódź\n".encode(encoding)
    _, made, told = read(root, data)
    assert (made[0].front["title"], made[0].body, told) == ("Hafenmauer für Ålesund", "Łódź", [])


def test_lines_that_are_not_utf_8_are_read_as_windows_has_them_and_told(root: Path) -> None:
    data = "title,date,body\nA,2021-04-13,Łódź\n".encode() + "B,2021-04-14,Café “x”\n".encode("cp1252")
    _, made, told = read(root, data)
    assert [one.body for one in made] == ["Łódź", "Café “x”"]
    assert told == [
        "export:3: 1 lines are not UTF-8: read as Windows-1252 (look for wrong letters; save it as UTF-8) [W363]"
    ]


CSV_HEAD = "title,date,body\n"


@pytest.mark.parametrize(
    ("text", "titles", "problem"),
    [
        ('A,2021-04-13,"never closed\nB,2021-04-14,x\n', ["B"],
         'export:2: a quotation mark is not closed (close it, or write two ("") within a field) [E361]'),
        ('A,2021-04-13,"he said "hi", ok"\nB,2021-04-14,x\n', ["B"],
         "export:2: cannot be read: ',' expected after '\"' (a quotation mark within a field is written twice) [E361]"),
        ("A,2021-04-13,one, two\nB,2021-04-14,x\n", ["B"],
         "export:2: 4 fields where there are 3 columns (put fields that hold ',' between quotation marks) [E361]"),
        ("A,2021-04-13,x\x00y\nB,2021-04-14,\x01z\n", ["A", "B"],
         "export: control characters were left out in 2 rows, the first in line 2 (compare with the original) [W321]"),
        ("A,2021-04-13\nB,2021-04-14,x\n", ["A", "B"],
         "export:2: text: nothing stands below the headline (is this all of it?) [W323]"),
        (" ,2021-04-13,x\nB,2021-04-14,x\n", ["B"],
         "export:2: title: empty (column title) (give it a headline) [E362]"),
        (f"A,2021-04-13,{'y' * 2_000_001}\nB,2021-04-14,x\n", ["B"],
         "export:2: text: too large for one article: 2,000,001 characters (split it) [E362]"),
        (f"A,2021-04-13,{'y' * (delimited.FIELD_LIMIT + 1)}\nB,2021-04-14,x\n", ["B"],
         'export:2: a quotation mark is not closed (close it, or write two ("") within a field) [E361]'),
        (f"A,2021-04-13,x{',' * 9000}\nB,2021-04-14,x\n", ["A", "B"], ""),
        ("\n\n,,\nB,2021-04-14,x\n,,\n", ["B"], ""),
    ],
)  # fmt: skip
def test_a_broken_row_is_told_and_the_rest_is_imported(
    root: Path, text: str, titles: list[str], problem: str
) -> None:
    _, made, told = read(root, (CSV_HEAD + text).encode(), name="export")
    assert [one.front["title"] for one in made] == titles
    assert told == ([problem] if problem else [])


def test_what_is_read_again_behind_open_quotation_marks_is_bounded(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delimited, "REREAD_LIMIT", 200)
    text = CSV_HEAD + 'A,2021-04-13,"x\n' * 100 + "B,2021-04-14,x\n"
    _, made, told = read(root, text.encode(), name="export.csv")
    assert [one.front["title"] for one in made] == ["B"]
    assert 30 < len(told) < 100


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('{"title": ', "not JSON: expecting value"),
        ("[1]", "a list where an object belongs"),
        ("[" * 100_000, "lists within lists too deep"),
        ('{"title": "A", "published": 9}', 'published: not a date: "9" (column published)'),
        ('{"title": {"a": 1}, "published": "2021-04-13"}', "title: empty (column title)"),
        ('{"n": ' + "9" * 5_000 + "}", "not JSON: exceeds the limit (4300 digits) for integer string conversion"),
        ('{"kop": "A"}', "title: no column gives a headline"),
    ],
)  # fmt: skip
def test_a_broken_line_of_json_is_told_and_the_rest_is_imported(root: Path, line: str, problem: str) -> None:
    good = json.dumps(ROW)
    _, made, told = read(root, f"{good}\n{line}\n\n{good}\n".encode(), name="x.jsonl")
    assert len(made) == 2
    assert told[0].startswith(f"x.jsonl:2: {problem}"), told


@pytest.mark.parametrize("between", [",", ", ", ",\n", "\n,\n\n", " "])
@pytest.mark.parametrize(("begin", "end"), [("[", "]"), ("\ufeff [\n ", "\n]\n"), ("[", ",]"), ("[", "")])
def test_a_list_of_json_is_read_object_by_object(root: Path, between: str, begin: str, end: str) -> None:
    text = begin + between.join(json.dumps(ROW | {"id": str(n)}) for n in range(3)) + end
    form, made, told = read(root, text.encode())
    assert form == "json"
    assert [one.front["title"] for one in made] == [ROW["title"]] * 3
    assert told == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_list_of_json_longer_than_what_is_read_at_a_time_is_the_same(
    root: Path, encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_list, "PIECE", 7)
    rows = [ROW | {"title": f"Nº {n}", "body": "Ähm. " * n} for n in range(40)]
    text = json.dumps(rows, ensure_ascii=False, indent=1)
    _, made, told = read(root, text.encode(encoding))
    assert [one.front["title"] for one in made] == [f"Nº {n}" for n in range(40)]
    assert all(problem.startswith("export:") for problem in told)


@pytest.mark.parametrize(
    ("broken", "problem"),
    [
        ('{"title": }', "not JSON: expecting value"),
        ("[1]", "a list where an object belongs"),
        ('"x"', "a str where an object belongs"),
        ("[" * 100_000 + "}", "lists within lists too deep"),
        ('{"title": "A", "published": 9}', 'published: not a date: "9" (column published)'),
        ('{"kop": "A"}', "title: no column gives a headline"),
    ],
)  # fmt: skip
def test_a_broken_object_in_a_list_is_told_with_its_line_and_the_rest_is_imported(
    root: Path, broken: str, problem: str
) -> None:
    good = json.dumps(ROW)
    _, made, told = read(root, f"[{good},\n{broken},\n{good}]".encode())
    assert len(made) == 2
    assert told[0].startswith(f"export:2: {problem}"), told


@pytest.mark.parametrize(
    "text",
    ["[]", "[1, 2]", '[{"a": 1}]', '[[{"title": "A"}]]', "[", '[{"title": "A", "published"', "[" * 70_000],
)
def test_another_list_of_json_is_no_table(root: Path, text: str) -> None:
    assert not json_list.is_json_list(text.encode())


def test_a_list_that_ends_within_an_object_gives_those_before_it(root: Path) -> None:
    _, made, told = read(root, f'[{json.dumps(ROW)}, {{"title": "A", "bo'.encode())
    assert len(made) == 1
    assert told == [
        "export:1: not JSON: unterminated string starting at (expected objects parted by commas) [E361]"
    ]


def test_json_keeps_its_types_and_says_what_it_cannot_hold(root: Path) -> None:
    row = ROW | {"words": 120, "ok": True, "score": float("nan"), "big": 10**40, "deep": {"a": [1, {"b": None}]},
                 "body": "One \ud800 two", "author": [{"name": "Nell Farrow"}, "Tom Rehn"], "related": ["x"],
                 "blob": "z" * 20_000}  # fmt: skip
    _, made, told = read(root, as_jsonl([row]))
    front = dict(made[0].front)
    assert front == {
        "title": "Ferry runs again", "published": "2021-04-13", "authors": ["Nell Farrow", "Tom Rehn"],
        "words": 120, "ok": True, "big": str(10**40), "deep": {"a": [1, {"b": None}]},
        "original_related": ["x"],
    }  # fmt: skip
    assert made[0].body == "One \ufffd two"
    assert [(each.what, each.reason) for each in made[0].dropped] == [
        ("column blob", "too long for the front matter")
    ]
    assert "export: control characters were left out in 1 rows, the first in line 1" in told[-1]


def test_another_form_of_the_text_is_left_out_and_counted(root: Path) -> None:
    _, made, told = read(root, as_jsonl([ROW | {"body_html": "<p>It left at <i>nine</i>.</p>"}]))
    assert made[0].body == "It left at *nine*."
    assert [each.reason for each in made[0].dropped] == ["another form of the text"]
    assert told == []


def test_a_database_with_several_tables_of_articles_asks_which(root: Path) -> None:
    file = root / "db"
    with sqlite3.connect(file) as made:
        made.executescript(
            "create table alpha (title, date, body); create table beta (title, date, body);"
            "insert into beta values ('B', '2021-04-13', 'x'); create table users (name);"
            "create view endless as with recursive r(title) as (select 'a' union all select title from r)"
            " select title, 1 as date from r where title = 'b';"
        )
    made.close()
    data = file.read_bytes()
    assert read(root, data)[2] == [
        "export: database: several tables may hold articles: alpha, beta (name one in import.table of site.yaml) [E360]"
    ]
    _, articles, told = read(root, data, site_of(root, "import: {table: Beta}\n"))
    assert ([one.front["title"] for one in articles], told) == (["B"], [])
    told = read(root, data, site_of(root, "import: {table: beeta}\n"))[2]
    assert told == ["export: import.table: there is no table 'beeta' (did you mean \"beta\"?) [E360]"]


def test_a_view_that_computes_without_end_is_stopped(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "STEPS_LIMIT", 1_000_000)
    file = root / "db"
    with sqlite3.connect(file) as made:
        made.execute(
            "create view endless as with recursive r(title) as (select 'a' union all select title from r)"
            " select title, 1 as date from r where title = 'b'"
        )
    made.close()
    told = read(root, file.read_bytes(), site_of(root, "import: {table: endless}\n"))[2]
    assert told == [
        "export: database: cannot be read: a view computes without end (check it with sqlite3) [E360]"
    ]


@pytest.mark.parametrize("large", [(0,), (1,), (2,), (0, 1), (0, 1, 2)])
def test_a_row_larger_than_may_be_is_told_and_the_others_are_read(
    root: Path, monkeypatch: pytest.MonkeyPatch, large: tuple[int, ...]
) -> None:
    monkeypatch.setattr(database, "CELL_LIMIT", 100_000)
    rows = [
        {
            "title": f"Story {n}",
            "date": "2021-04-13",
            "body": "It left at nine.",
            "file": bytes(200_000 if n in large else 1),
        }
        for n in range(3)
    ]
    _, made, told = read(root, as_sqlite(rows), site_of(root, "import: {ignore: [file]}\n"))
    assert [one.front["title"] for one in made] == [f"Story {n}" for n in range(3) if n not in large]
    assert told == [
        f"export: row {n + 1}: larger than 100,000 bytes (take large files out of it) [E361]" for n in large
    ]


def test_a_database_is_never_written_and_its_log_is_told_of(root: Path, tmp_path: Path) -> None:
    file = tmp_path / "live.db"
    made = sqlite3.connect(file)
    made.execute("pragma journal_mode = wal")
    made.execute("create table articles (title, published, body)")
    made.execute("insert into articles values ('A', '2021-04-13', 'x')")
    made.commit()
    made.execute("pragma wal_checkpoint(truncate)")
    made.execute("insert into articles values ('B', '2021-04-13', 'x')")
    made.commit()
    before = {each.name: each.read_bytes() for each in tmp_path.glob("live.db*")}
    context = ImportContext(site=load_site(root), now=NOW)
    found = list(FORMATS["sqlite"].stream(file, Original(name="live.db", data=b"", where="live.db"), context))
    assert str(found[0]) == (
        "live.db: the newest changes lie in a log beside the database, and were not read "
        "(run: sqlite3 FILE 'pragma wal_checkpoint(truncate)') [W364]"
    )
    assert [one.front["title"] for one in found if isinstance(one, Imported)] == ["A"]
    assert {each.name: each.read_bytes() for each in tmp_path.glob("live.db*")} == before
    made.close()


@pytest.mark.parametrize("form", ["sqlite", "parquet"])
def test_a_damaged_file_is_told_and_what_came_before_is_imported(root: Path, form: str) -> None:
    rows = [ROW | {"id": str(n), "title": f"Ferry {n}", "body": f"{n} " * 400} for n in range(200)]
    data = WRITERS[form](rows)
    for cut in (120, len(data) // 2, len(data) - 5000):
        _, made, told = read(root, data[:cut])
        assert len(made) == 200 or "[E360]" in told[-1]
    middle = len(data) // 2
    for broken in (data[:middle] + b"\xff" * 3000 + data[middle + 3000 :], data[:100] + b"\0" * 200):
        made, told = read(root, broken)[1:]
        assert len(made) == 200 or told


def test_moments_of_parquet_keep_their_zone_and_odd_ones_do_no_harm(root: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")
    stamps = [1618313640_000000000, -(2**62), 1618313640_000000000]
    table = pa.table(
        {
            "title": ["A", "B", "C"],
            "published": pa.array(stamps, pa.timestamp("ns", tz="Europe/London")),
            "body": ["x", "y", None],
            "tags": pa.array([["a", "b"], None, []], pa.list_(pa.string())),
            "edition": pa.array([1, 2, 3], pa.int8()),
        }
    )
    out = io.BytesIO()
    pq.write_table(table, out)
    _, made, told = read(root, out.getvalue())
    assert made[0].front == {
        "title": "A", "published": "2021-04-13T12:34:00+01:00", "tags": ["a", "b"], "edition": 1,
    }  # fmt: skip
    assert [one.front["title"] for one in made] == ["A", "B", "C"]
    assert len(told) == 2  # the text that is missing, the column that is unknown


def test_a_missing_library_says_what_to_install(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def lacking(name: str) -> Any:
        raise ModuleNotFoundError(f"No module named {name!r}", name="pyarrow")

    data = as_parquet([ROW])
    monkeypatch.setattr(extras.importlib, "import_module", lacking)
    assert read(root, data)[2] == [
        "export: reading this format needs pyarrow, which is not installed "
        '(pip install "morgue[tables]") [E346]'
    ]


def test_html_without_the_parser_is_told_once(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def lacking(name: str) -> Any:
        raise ModuleNotFoundError(f"No module named {name!r}", name="lxml")

    monkeypatch.setattr(extras.importlib, "import_module", lacking)
    _, made, told = read(root, as_csv([ROW, *[ROW | {"body": "<p>x</p>"}] * 3]))
    assert len(made) == 1
    assert told == [
        'export: reading this format needs lxml, which is not installed (pip install "morgue[web]") [E346]'
    ]


def test_pictures_beside_the_table_come_along_and_missing_ones_are_told(root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "Pics").mkdir(parents=True)
    (folder / "Pics" / "Quay 1.jpg").write_bytes(b"\xff\xd8\xff jpeg")
    rows = [
        {"title": "A", "date": "2021-04-13", "image": "Pics/Quay 1.jpg", "html": '<p>x<img src="Pics/Quay%201.jpg"></p>'},
        {"title": "B", "date": "2021-04-13", "image": "../../etc/passwd", "html": "<p>y</p>"},
    ]  # fmt: skip
    (folder / "t.csv").write_bytes(as_csv(rows))
    done = command(root, folder)
    article = (root / "content/articles/2021/04/a.md").read_text()
    assert "src: media/pics/quay-1.jpg" in article
    assert "/media/pics/quay-1.jpg" in article.split("---")[2]
    assert (root / "content/media/pics/quay-1.jpg").read_bytes() == b"\xff\xd8\xff jpeg"
    assert [str(each).partition(": ")[2] for each in done.all_problems if each.code == "W324"] == [
        'image: neither a URL nor a file beside the table: "../../etc/passwd" (put it there and import again) [W324]'
    ]


def test_importing_again_adds_nothing_and_a_newer_export_updates(root: Path, tmp_path: Path) -> None:
    rows = [ROW | {"id": str(n), "title": f"Ferry {n}"} for n in range(5)]
    file = tmp_path / "a.csv"
    file.write_bytes(as_csv(rows))
    assert command(root, file).outcomes[0].tally == (("new", 5),)
    assert command(root, file).outcomes[0].status == "unchanged"
    newer = tmp_path / "a-2.csv"
    newer.write_bytes(
        as_csv([*rows[:4], rows[4] | {"body": "It left at ten."}, ROW | {"id": "9", "title": "New"}])
    )
    outcome = command(root, newer).outcomes[0]
    assert dict(outcome.tally) == {"new": 1, "updated": 1, "unchanged": 4}
    assert "It left at ten." in (root / "content/articles/2021/04/ferry-4.md").read_text()


def test_rows_that_only_share_headline_and_day_stay_two_articles(root: Path, tmp_path: Path) -> None:
    file = tmp_path / "letters.csv"
    rows = [{"title": "Letters", "date": "2021-04-13", "body": f"Sir, number {n}."} for n in range(3)]
    file.write_bytes(as_csv(rows))
    assert dict(command(root, file).outcomes[0].tally) == {"new": 3}
    assert command(root, file).outcomes[0].status == "unchanged"


@pytest.mark.parametrize(
    ("name", "data", "form"),
    [
        ("a.dat", b"title,date,author\nA,2021-04-13,B\n", "csv"),
        ("a.csv", b"kop;wanneer\nA;2021\n", "csv"),
        ("a.txt", b"kop;wanneer\nA;2021\n", ""),
        ("a.txt", b"Published: 11:34, April 13, 2021 | Updated: 19:33\nHarbour wall, twice\n\nText, text.\n", ""),
        ("a.txt", b"", ""),
        ("a.json", b'{"title": "A", "date": "2021-04-13", "body": "x"}\n', "jsonl"),
        ("a.json", b'{"version": "https://jsonfeed.org/version/1.1", "title": "A", "items": []}', ""),
        ("a.json", b'{\n  "title": "A",\n  "date": "2021-04-13"\n}\n', ""),
        ("a", b'{"a": 1}\n{"a": 2}\n', "jsonl"),
        ("a", b"PAR1....", "parquet"),
        ("a", b"SQLite format 3\0....", "sqlite"),
    ],
)  # fmt: skip
def test_a_table_is_known_by_what_is_in_it(name: str, data: bytes, form: str) -> None:
    original = Original(name=name, data=data, where=name)
    assert next((each.name for each in TABLES if each.recognises(original)), "") == form


def test_plain_text_is_kept_letter_for_letter() -> None:
    assert paragraphs("# no heading\n1. no list") == "\\# no heading\n\n1\\. no list"
    assert (
        paragraphs("one\ntwo\n\n<b>three</b> *x* [[y]]")
        == "one\ntwo\n\n&lt;b>three&lt;/b> \\*x\\* \\[\\[y\\]\\]"
    )


def test_a_line_without_end_is_passed_over(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "LINE_LIMIT", 1_000)
    data = as_jsonl([ROW]) + b'{"title": "' + b"x" * 5_000 + b'"}\n' + as_jsonl([ROW])
    _, made, told = read(root, data, name="a.jsonl")
    assert (len(made), told) == (2, ["a.jsonl:2: the line is too long (is this JSON Lines?) [E361]"])


def test_memory_does_not_grow_with_the_table(root: Path, tmp_path: Path) -> None:
    def peak(count: int) -> int:
        file = tmp_path / f"{count}.csv"
        with file.open("w") as out:
            out.write("id,title,date,body\n")
            for n in range(count):
                out.write(f"{n},Story {n},2021-04-13,{'word ' * 40}\n")
        context = ImportContext(site=load_site(root), now=NOW)
        tracemalloc.start()
        assert (
            sum(1 for _ in FORMATS["csv"].stream(file, Original(name="a", data=b"", where="a"), context))
            == count
        )
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return used

    small = peak(200)
    assert peak(2_000) < small * 1.5


def consumed(root: Path, name: str, data: bytes) -> Iterator[Imported | Problem]:
    file = root / "fuzz"
    file.write_bytes(data)
    context = ImportContext(site=load_site(root), now=NOW)
    for form, each in FORMATS.items():
        if form != "parquet":
            each.recognises(Original(name=name, data=data, where=name))
            yield from each.stream(file, Original(name=name, data=b"", where=name), context)


cell = st.one_of(
    st.text(max_size=20),
    st.sampled_from(['"', "\n", ",", "\0", "0000-00-00", "9999-12-31", "2021-04-13", "<p>x</p>", "\ufeff", "http://[", "[1,"]),
)  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.lists(cell, max_size=6), max_size=6),
    st.sampled_from(["title,date,body,url,status,id", "headline;pub_date;html;image;tags;x", ""]),
    st.sampled_from([codecs.BOM_UTF8, codecs.BOM_UTF16_LE, b"SQLite format 3\0", b""]),
)
def test_no_bytes_whatever_raise(root: Path, rows: list[list[str]], header: str, mark: bytes) -> None:
    text = header + "\n" + "\n".join((";" if ";" in header else ",").join(row) for row in rows)
    for one in consumed(root, "a.csv", mark + text.encode("utf-8", "surrogatepass")):
        assert isinstance(one, Problem) or (one.front["title"] and one.identity)


json_value = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | cell,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.dictionaries(st.sampled_from([*columns._GUESSES, "date", "x", ""]), json_value), max_size=4)
)
def test_no_objects_whatever_raise(root: Path, rows: list[dict[str, Any]]) -> None:
    for one in consumed(root, "a.jsonl", as_jsonl(rows)):
        assert isinstance(one, Problem) or (one.front["title"] and one.identity)


def test_the_tables_are_formats_of_the_command(root: Path) -> None:
    assert [each.name for each in tables.TABLES] == ["sqlite", "parquet", "jsonl", "json", "csv"]
