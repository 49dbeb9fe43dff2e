"""Scanned newspapers: METS and DIDL with ALTO, ALTO alone, pages of plain text."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.config import load_site
from generator.importing import ImportRun, import_sources
from generator.sources import importers
from generator.sources.importers.base import ImportContext, Imported, Original
from generator.sources.importers.scans import ALTO, METS, OCR, SCANS
from generator.sources.importers.scans.dated import agreed, day_in_masthead, day_in_path, misread
from generator.sources.importers.scans.lines import Line, Paragraph, paragraphs
from generator.sources.importers.scans.plain import is_page

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
SHARED = Path(__file__).parent.parent.parent / "shared" / "data" / "ocr"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "site.yaml").write_text("title: T\nurl: https://e.org/\n")
    return folder


def alto(blocks: Mapping[str, Sequence[str]], page: str = "1", share: str = "") -> bytes:
    """A page of ALTO: lines of words by block; "word|half|whole" is broken, "word@0.5" has a confidence."""
    written = []
    for name, lines in blocks.items():
        rows = []
        for line in lines:
            left = 150 if line.startswith("  ") else 100
            strings = []
            for word in line.split():
                text, _, sure = word.partition("@")
                text, _, whole = text.partition("|")
                more = f' WC="{sure}"' if sure else ""
                more += f' SUBS_TYPE="HypPart1" SUBS_CONTENT="{whole}"' if whole else ""
                strings.append(f'<String CONTENT="{text}"{more}/><SP/>')
            rows.append(f'<TextLine HPOS="{left}" HEIGHT="40">{"".join(strings)}</TextLine>')
        written.append(f'<TextBlock ID="{name}">{"".join(rows)}</TextBlock>')
    return (
        '<?xml version="1.0" encoding="UTF-8"?><alto xmlns="http://www.loc.gov/standards/alto/ns-v3#"><Layout>'
        f'<Page ID="P{page}" PHYSICAL_IMG_NR="{page}" PC="{share}"><PrintSpace>{"".join(written)}</PrintSpace></Page>'
        "</Layout></alto>"
    ).encode()


def mods(name: str, inner: str) -> str:
    return (
        f'<mets:dmdSec ID="{name}"><mets:mdWrap><mets:xmlData><mods:mods>{inner}</mods:mods></mets:xmlData>'
        "</mets:mdWrap></mets:dmdSec>"
    )


FILES = """
<mets:fileSec><mets:fileGrp ID="ALTOGRP">
<mets:file ID="A1"><mets:FLocat LOCTYPE="URL" xlink:href="file://./alto/p1.xml"/></mets:file>
<mets:file ID="A2"><mets:FLocat LOCTYPE="URL" xlink:href="file://./alto/p2.xml"/></mets:file>
<mets:file ID="I1"><mets:FLocat LOCTYPE="URL" xlink:href="file://./images/p1.jp2"/></mets:file>
</mets:fileGrp></mets:fileSec>
<mets:structMap TYPE="PHYSICAL"><mets:div TYPE="Newspaper">
<mets:div TYPE="PAGE" ORDER="1" ORDERLABEL="5"><mets:fptr><mets:par><mets:area FILEID="I1"/><mets:area FILEID="A1"/>
</mets:par></mets:fptr></mets:div>
<mets:div TYPE="PAGE" ORDER="2" ORDERLABEL="6"><mets:fptr><mets:area FILEID="A2"/></mets:fptr></mets:div>
</mets:div></mets:structMap>
"""
ABOUT = mods(
    "ISSUE",
    "<mods:titleInfo><mods:title>The Harbour Ledger</mods:title></mods:titleInfo><mods:originInfo>"
    '<mods:dateIssued encoding="iso8601">1887-03-05</mods:dateIssued></mods:originInfo>'
    "<mods:language><mods:languageTerm>en</mods:languageTerm></mods:language>"
    '<mods:part><mods:detail type="issue"><mods:number>12</mods:number></mods:detail></mods:part>',
)
ARTICLES = """
<mets:structMap TYPE="LOGICAL"><mets:div TYPE="Newspaper" DMDID="ISSUE"><mets:div TYPE="ISSUE"><mets:div TYPE="CONTENT">
<mets:div TYPE="ARTICLE" ID="DIV7" DMDID="ART1">
 <mets:div TYPE="HEADING"><mets:fptr><mets:area BETYPE="IDREF" FILEID="A1" BEGIN="B1"/></mets:fptr></mets:div>
 <mets:div TYPE="BODY"><mets:div TYPE="PARAGRAPH"><mets:fptr><mets:seq>
  <mets:area BETYPE="IDREF" FILEID="A1" BEGIN="B2"/><mets:area BETYPE="IDREF" FILEID="A2" BEGIN="C1"/>
 </mets:seq></mets:fptr></mets:div></mets:div>
</mets:div>
<mets:div TYPE="ADVERTISEMENT" ID="DIV8"><mets:fptr><mets:area FILEID="A2" BEGIN="C2"/></mets:fptr></mets:div>
</mets:div></mets:div></mets:div></mets:structMap>
"""
PAGE_1 = alto(
    {
        "B0": ["THE HARBOUR LEDGER"],
        "B1": ["THE NEW", "LIGHTHOUSE"],
        "B2": ["The lamp was lit@0.5 on Tues-|Tuesday", "day before a great@0.7 crowd.", "  Captain Oke spoke of the har-"],
    }
)  # fmt: skip
PAGE_2 = alto(
    {"C1": ["bour, and was heard by all."], "C2": ["Oranges of the best quality sold daily", "at Quay."]}
)


def mets(*parts: str, label: str = "") -> bytes:
    return (
        f'<mets:mets xmlns:mets="http://www.loc.gov/METS/" xmlns:mods="http://www.loc.gov/mods/v3" OBJID="led-12"'
        f' LABEL="{label}" xmlns:xlink="http://www.w3.org/1999/xlink">{"".join(parts)}</mets:mets>'
    ).encode()


ART1 = mods(
    "ART1",
    "<mods:titleInfo><mods:nonSort>The</mods:nonSort><mods:title>New Lighthouse</mods:title></mods:titleInfo>"
    "<mods:name><mods:namePart>A. Farrow</mods:namePart></mods:name>",
)
WHOLE = {"i/mets.xml": mets(ABOUT, ART1, FILES, ARTICLES), "i/alto/p1.xml": PAGE_1, "i/alto/p2.xml": PAGE_2}


def context_of(root: Path, files: Mapping[str, bytes]) -> ImportContext:
    return ImportContext(site=load_site(root), now=NOW, files=frozenset(files), fetch=files.get)


def read(root: Path, name: str, files: Mapping[str, bytes]) -> tuple[list[Imported], list[str]]:
    original = Original(name=name, data=files[name], where=name)
    each = next(each for each in (*SCANS, OCR) if each.recognises(original))
    made, told = each.read(original, context_of(root, files))
    return list(made), [str(problem) for problem in told]


def command(root: Path, source: Path) -> ImportRun:
    return import_sources(load_site(root), [str(source)], now=NOW, stdin=BytesIO())


def put(folder: Path, files: Mapping[str, bytes]) -> Path:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def test_the_articles_of_an_issue_are_those_its_mets_parts(root: Path) -> None:
    made, told = read(root, "i/mets.xml", WHOLE)
    assert [one.front for one in made] == [
        {
            "title": "The New Lighthouse", "published": "1887-03-05", "authors": ["A. Farrow"], "language": "en",
            "source": {"publisher": "The Harbour Ledger"}, "page": [5, 6], "issue": "12", "confidence": 0.6,
        },
        {
            "title": "Oranges of the best quality sold daily at Quay.", "published": "1887-03-05", "language": "en",
            "source": {"publisher": "The Harbour Ledger"}, "form": "advertisement", "page": 6, "issue": "12",
        },
    ]  # fmt: skip
    assert made[0].body == (
        "The lamp was lit on Tuesday before a great crowd.\n\nCaptain Oke spoke of the harbour, and was heard by all."
    )
    assert made[0].identity == ("led-12#DIV7 of 1887-03-05",)
    assert told == [
        "i/mets.xml: 1 blocks of text belong to no article, mastheads among them, and were left out "
        "(look at them in the scans) [W371]"
    ]


def test_a_headline_that_no_metadata_gives_is_that_printed(root: Path) -> None:
    bare = ARTICLES.replace(' DMDID="ART1"', "")
    made, _ = read(root, "i/mets.xml", WHOLE | {"i/mets.xml": mets(ABOUT, FILES, bare)})
    assert made[0].front["title"] == "THE NEW LIGHTHOUSE"


def test_an_issue_that_nothing_parts_has_an_article_a_page(root: Path) -> None:
    label = "The Harbour Ledger. (Aldery), 1887-03-05"
    made, told = read(root, "i/mets.xml", WHOLE | {"i/mets.xml": mets(FILES, label=label)})
    assert [one.front["title"] for one in made] == [
        "The Harbour Ledger, 5 March 1887, page 5",
        "The Harbour Ledger, 5 March 1887, page 6",
    ]
    assert made[0].body.startswith(
        "## THE HARBOUR LEDGER\n\n## THE NEW LIGHTHOUSE\n\nThe lamp was lit on Tuesday"
    )
    assert told == []


DIDL = """<didl:DIDL xmlns:didl="urn:mpeg:mpeg21:2002:02-DIDL-NS" xmlns:dc="x" xmlns:dcx="y" xmlns:srw_dc="z">
<didl:Item><didl:Component><didl:Resource><srw_dc:dcx><dc:title>De Havenbode</dc:title><dc:date>1813-11-16</dc:date>
<dc:language xsi:type="a">nl</dc:language><dcx:issuenumber>92</dcx:issuenumber></srw_dc:dcx></didl:Resource></didl:Component>
<didl:Item><didl:Component><didl:Resource><srw_dc:dcx><ddd:nativePageNumber>3</ddd:nativePageNumber>
<ddd:OCRConfidencelevel>0.703</ddd:OCRConfidencelevel></srw_dc:dcx></didl:Resource></didl:Component>
<didl:Component><didl:Descriptor><didl:Statement>alto</didl:Statement></didl:Descriptor>
<didl:Resource ref="http://e.example/x" dcx:filename="p1.xml"/></didl:Component></didl:Item>
<didl:Item><didl:Component><didl:Resource><srw_dc:dcx><dc:subject>artikel</dc:subject><dc:title>De lamp op den to-</dc:title>
<dcx:recordIdentifier>hb:a1</dcx:recordIdentifier><dc:identifier>http://e.example/a1</dc:identifier></srw_dc:dcx>
</didl:Resource></didl:Component><didl:Component><didl:Resource><dcx:zoning><dcx:blocks alto="p1.xml">
<dcx:TextBlock ID="B1"/></dcx:blocks></dcx:zoning></didl:Resource></didl:Component></didl:Item>
<didl:Item><didl:Component><didl:Resource><srw_dc:dcx><dc:subject>advertentie</dc:subject><dc:title>Advertentie</dc:title>
<dcx:recordIdentifier>hb:a2</dcx:recordIdentifier></srw_dc:dcx></didl:Resource></didl:Component><didl:Component>
<didl:Resource><dcx:zoning><dcx:blocks alto="p1.xml"><dcx:TextBlock ID="B2"/></dcx:blocks></dcx:zoning></didl:Resource>
</didl:Component></didl:Item></didl:Item></didl:DIDL>"""  # `xsi` and `ddd` are not declared: so it is delivered


def test_an_issue_in_didl_is_read_like_one_in_mets(root: Path) -> None:
    page = alto({"B1": ["De lamp op den to-|toren", "ren brandt weder."], "B2": ["x; 7 \\ ~~ !! ( 3"]})
    made, told = read(root, "i/didl.xml", {"i/didl.xml": DIDL.encode(), "i/p1.xml": page})
    assert [one.front for one in made] == [
        {
            "title": "De lamp op den toren", "published": "1813-11-16", "language": "nl", "page": 3, "issue": "92",
            "source": {"publisher": "De Havenbode", "url": "http://e.example/a1"}, "confidence": 0.703,
        },
        {
            "title": "Advertisement", "published": "1813-11-16", "language": "nl", "page": 3, "issue": "92",
            "source": {"publisher": "De Havenbode"}, "form": "advertisement", "confidence": 0.703,
        },
    ]  # fmt: skip
    assert made[0].body == "De lamp op den toren brandt weder."
    assert made[0].identity == ("http://e.example/a1", "hb:a1")
    assert told == []


def test_a_page_belongs_to_its_issue_and_alone_it_needs_a_date(root: Path) -> None:
    assert read(root, "i/alto/p1.xml", WHOLE) == (
        [],
        ["i/alto/p1.xml: left out: a page of i/mets.xml: its articles come with that [W345]"],
    )
    alone = {"i/alto/p1.xml": PAGE_1}
    assert read(root, "i/alto/p1.xml", alone)[1] == [
        "i/alto/p1.xml: published: nothing says when the page appeared (give the METS of its issue, or put it in a "
        "folder that says it, as 1916-05-26/ or 1916/05/26/) [E370]"
    ]
    made, told = read(root, "1887/03/05/p1.xml", {"1887/03/05/p1.xml": alto({"B": ["Text."]}, "4", "0.8")})
    assert (made[0].front, made[0].body, told) == (
        {"title": "p1, 5 March 1887", "published": "1887-03-05", "page": 4, "confidence": 0.8,
         "source": {"publisher": "p1"}}, "Text.", [],
    )  # fmt: skip


def test_a_page_that_is_not_there_or_broken_is_told_and_the_others_are_read(root: Path) -> None:
    files = {**WHOLE, "i/alto/p1.xml": PAGE_1[:400]}
    made, told = read(root, "i/mets.xml", files)
    assert [one.front["page"] for one in made] == [6, 6]
    assert told == [
        "i/mets.xml: the page 'i/alto/p1.xml' cannot be read: not well-formed XML: unclosed token "
        "(look for a whole copy) [E371]"
    ]
    del files["i/alto/p1.xml"]
    assert "the page 'file://./alto/p1.xml' is not with the issue" in read(root, "i/mets.xml", files)[1][0]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"<mets:mets>", "m.xml:1: not well-formed XML: no element found (look for a whole copy) [E370]"),
        (b'<!DOCTYPE mets [<!ENTITY a "aa">]><mets>&a;</mets>',
         "m.xml:1: declares an entity, which is never expanded: 'a' (look for a whole copy) [E370]"),
        (b"<mets>" + b"<div>" * 100_000, "m.xml:1: nested deeper than 250 elements (look for a whole copy) [E370]"),
        (b"<mets/>", "m.xml: published: the issue is not dated (expected a date of issue in its metadata) [E370]"),
        (b"<DIDL/>", "m.xml: published: the issue is not dated (expected a date of issue in its metadata) [E370]"),
        (mets(label="A, 0000-01-01"), "m.xml: published: there is no such day: '0000-01-01' (expected e.g. 1916-05-26) [E370]"),
        (mets(label="A, 9999-12-31"), "m.xml: published: a year that cannot be published: '9999-12-31' (expected e.g. 1916-05-26) [E370]"),
        (mets(label="A, 1887-03-05"), "m.xml: the issue names no page of text (is it complete?) [E371]"),
        (b"<alto><Layout/></alto>", "m.xml: published: nothing says when the page appeared (give the METS of its issue, or put it in a folder that says it, as 1916-05-26/ or 1916/05/26/) [E370]"),
        (b"<DIDL>\xff\xfe</DIDL>", "m.xml:1: not well-formed XML: not well-formed (invalid token) (look for a whole copy) [E370]"),
    ],
)  # fmt: skip
def test_a_broken_container_is_told(root: Path, data: bytes, problem: str) -> None:
    assert read(root, "m.xml", {"m.xml": data}) == ([], [problem])


def test_what_xml_cannot_hold_does_no_harm(root: Path) -> None:
    page = alto({"B": ["Text&#0; with&#xD800; odd\x00 signs."]})
    made, _ = read(root, "1887-03-05/p.xml", {"1887-03-05/p.xml": page})
    assert made[0].body == "Text\ufffd with\ufffd odd signs."


def test_a_container_leads_nowhere_outside_its_source(root: Path) -> None:
    far = FILES.replace("file://./alto/p1.xml", "../../../etc/passwd").replace(
        "alto/p2.xml", "http://e.example/x.xml"
    )
    files = {"i/mets.xml": mets(ABOUT, far, ARTICLES)}
    made, told = read(root, "i/mets.xml", files)
    assert made == []
    assert all("is not with the issue" in each for each in told)


def test_importing_an_issue_again_changes_nothing_and_it_can_be_verified(root: Path, tmp_path: Path) -> None:
    source = put(tmp_path / "in", WHOLE)
    done = command(root, source)
    assert {outcome.status for outcome in done.outcomes} == {"new", "passed over"}
    assert sorted(each.name for each in (root / "content/articles/1887/03").iterdir()) == [
        "oranges-of-the-best-quality-sold-daily-at-quay.md",
        "the-new-lighthouse.md",
    ]
    assert (root / "content/sources/i/alto/p1.xml").read_bytes() == PAGE_1
    assert {outcome.status for outcome in command(root, source).outcomes} == {"unchanged", "passed over"}


def test_a_page_that_was_read_better_makes_a_new_version_of_its_articles(root: Path, tmp_path: Path) -> None:
    source = put(tmp_path / "in", WHOLE)
    command(root, source)
    article = root / "content/articles/1887/03/the-new-lighthouse.md"
    article.write_text(article.read_text().replace("heard by all", "heard by everybody"))
    put(source, {"i/alto/p1.xml": PAGE_1.replace(b'"great"', b'"vast"')})
    done = command(root, source)
    assert [each.articles for each in done.outcomes if each.status == "updated"] == [
        ("content/articles/1887/03/the-new-lighthouse.md",)
    ]
    assert "before a vast crowd" in article.read_text() and "heard by everybody" in article.read_text()
    (version,) = (root / "content/versions/1887/03/the-new-lighthouse").iterdir()
    assert "before a great crowd" in version.read_text()
    kept = root / "content/sources/i/alto"
    assert {PAGE_1, (kept / "p1.xml").read_bytes()} <= {each.read_bytes() for each in kept.iterdir()}
    assert b'"vast"' in (kept / "p1.xml").read_bytes()
    before = {each: each.read_bytes() for each in (root / "content").rglob("*") if each.is_file()}
    assert "updated" not in {outcome.status for outcome in command(root, source).outcomes}
    assert before == {each: each.read_bytes() for each in (root / "content").rglob("*") if each.is_file()}
    put(source, {"i/alto/p1.xml": PAGE_1.replace(b'"great"', b'"huge"')})  # and once more
    command(root, source)
    assert "before a huge crowd" in article.read_text() and "heard by everybody" in article.read_text()


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["The ferry was de-", "layed."], "The ferry was delayed."),
        (["The ferry was de\xad", "layed."], "The ferry was delayed."),
        (["The ferry was de¬", "layed."], "The ferry was delayed."),
        (["The Anglo-", "French treaty"], "The Anglo-French treaty"),
        (["A well-known man, and well-", "known to us"], "A well-known man, and well-known to us"),
        (["They sang the ex", "ercises, for exercises they were"], "They sang the exercises, for exercises they were"),
        (["They sang the old", "songs, for oldsongs is a word here"], "They sang the oldsongs, for oldsongs is a word here"),
        (["They saw an old", "song, an old one, for oldsong is one"], "They saw an old song, an old one, for oldsong is one"),
        (["2-", "3 knots"], "2- 3 knots"),
        (["-", "dash"], "- dash"),
    ],
)  # fmt: skip
def test_words_broken_at_a_lines_end_are_joined(lines: list[str], found: str) -> None:
    assert [each.text for each in paragraphs([Line(line) for line in lines])] == [found]


def test_paragraphs_are_found_by_short_lines_indents_capitals_and_blank_lines() -> None:
    lines = ["TOWN TALK", "OF ALDERY", "It was a long quiet line here", "and ended.", "Next one goes in again here,",
             "", "after a blank line it is new"]  # fmt: skip
    assert paragraphs([Line(line) for line in lines]) == [
        Paragraph("TOWN TALK OF ALDERY", True),
        Paragraph("It was a long quiet line here and ended."),
        Paragraph("Next one goes in again here,"),
        Paragraph("after a blank line it is new"),
    ]
    assert len(paragraphs([Line("one line"), Line("goes in", True)])) == 2


def test_a_paragraph_without_end_is_parted() -> None:
    found = paragraphs([Line("word and word and word")] * 20_000)
    assert max(len(each.text) for each in found) < 21_000


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("1916/05/26/sn1/seq-1.txt", date(1916, 5, 26)),
        ("a/1916-05-26/x.txt", date(1916, 5, 26)),
        ("led_18870305_p1.xml", date(1887, 3, 5)),
        ("a/1916/13/26/x.txt", None),
        ("a/1916/02/30/x.txt", None),
        ("sn85038022-ed-1_seq-1.txt", None),
        ("2004260419-ed-1_seq-1.txt", None),
    ],
)
def test_a_path_tells_the_day(name: str, day: date | None) -> None:
    assert day_in_path(name) == day


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("junk\nALDERY, FRIDAY, MAY 26, 1916.\n", (date(1916, 5, 26), True)),
        ("FRIDAY MORNING, MAY 26. 1916", (date(1916, 5, 26), True)),
        ("Aldery, Friday, May 26th, 1916", (date(1916, 5, 26), True)),
        ("ESTABLISHED NOV. 17, 1860.\nFRIDAY, MAY 26, 1916", (date(1916, 5, 26), True)),
        ("ESTABLISHED NOV. 17, 1860.", (date(1860, 11, 17), False)),
        ("MONDAY, MAY 26, 1916", (date(1916, 5, 26), False)),
        ("FRIDAY, MAT 26, 1916", None),
        ("FRIDAY, MAY 46, 1916", None),
        ("x" * 100_000, None),
    ],
)
def test_a_masthead_tells_the_day_best_with_its_weekday(text: str, found: tuple[date, bool] | None) -> None:
    assert day_in_masthead(text) == found


def test_most_pages_agree_or_none_do() -> None:
    one, other = date(1916, 5, 26), date(1916, 5, 27)
    assert agreed([one] * 3 + [other]) == one
    assert agreed([one] * 2) is None
    assert agreed([one] * 3 + [other] * 3) is None
    assert misread(one, date(1910, 5, 20)) and not misread(one, date(1887, 3, 5))


def column(head: str, number: int = 40) -> bytes:
    return (head + "\n" + "\n".join(f"line {n} of a narrow column here" for n in range(number))).encode()


def test_a_page_of_plain_text_is_an_article_under_its_day(root: Path) -> None:
    files = {"a/sn1234567890-ed-2_seq-3.txt": column("ALDERY, FRIDAY, MAY 26, 1916.")}
    made, told = read(root, "a/sn1234567890-ed-2_seq-3.txt", files)
    assert made[0].front == {
        "title": "sn1234567890, 26 May 1916, page 3, edition 2", "published": "1916-05-26",
        "newspaper": "sn1234567890", "page": 3, "edition": 2,
    }  # fmt: skip
    assert made[0].identity == ("sn1234567890 ed-2 seq-3 of 1916-05-26",)
    assert told == []


def test_an_illegible_date_is_that_of_the_pages_around_it(root: Path) -> None:
    files = {f"a/p{n}.txt": column("ALDERY, FRIDAY, MAY 26, 1916.") for n in range(4)}
    files |= {"a/p8.txt": column("AI,DEKV, FR1DAT, MAV 2C, I9IC"), "a/p9.txt": column("FRIDAY, MAY 20, 1910")}
    made, told = read(root, "a/p8.txt", files)
    assert made[0].front["published"] == "1916-05-26"
    assert told == [
        "a/p8.txt: published: the page's own date cannot be read: 1916-05-26, that of the others, was taken "
        "(compare with the scan) [W370]"
    ]
    made, told = read(root, "a/p9.txt", files)
    assert made[0].front["published"] == "1916-05-26"
    assert "the page's own date reads 1910-05-20" in told[0]
    assert read(root, "a/p8.txt", {"a/p8.txt": files["a/p8.txt"]})[1] == [
        "a/p8.txt: published: nothing legible says when the page appeared (put the page in a folder that says it, as "
        "1916-05-26/ or 1916/05/26/) [E370]"
    ]


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        (column("THE LEDGER").decode(), True),
        (column("Published: 11:34, April 13, 2021").decode(), False),
        ("Headline\n\n" + "\n\n".join(["A line of text in a paragraph of its own."] * 40), False),
        ("Headline\n" + "\n".join(["A long line of text. " * 20] * 40), False),
        ("short\nlines\n" * 5, False),
        ("<html>\n" + "<p>x</p>\n" * 100, False),
    ],
)
def test_a_page_of_columns_is_known_by_its_lines(text: str, is_one: bool) -> None:
    assert is_page(Original(name="x.txt", data=text.encode(), where="x.txt")) is is_one


@pytest.mark.parametrize("name", ["x.css", "x.py", "x.md", "x.json"])
def test_what_is_no_text_by_its_name_is_no_page(name: str) -> None:
    assert not is_page(Original(name=name, data=column("THE LEDGER"), where=name))


def test_a_pdf_whose_lines_are_short_is_no_page_of_text() -> None:
    data = b"%PDF-1.4\n" + column("1 0 obj")
    assert not is_page(Original(name="x", data=data, where="x"))
    formats = [each.name for each in importers.IMPORTERS]
    assert formats.index("pdf") < formats.index("ocr") == formats.index("newstext") - 1


def test_the_forms_are_known_by_what_is_in_them() -> None:
    for data, each in ((mets(), METS), (DIDL.encode(), METS), (PAGE_1, ALTO), (column("X"), OCR)):
        assert each.recognises(Original(name="unnamed", data=data, where="x"))
    assert not any(
        each.recognises(Original(name="m.xml", data=b"<rss/>", where="x")) for each in (*SCANS, OCR)
    )


PIECES = [
    b"<",
    b">",
    b"&#0;",
    b"\xff",
    b"\xed\xa0\x80",
    b"\0",
    b'"',
    b"</mets:div>",
    b"B1",
    b"A1",
    b"9999",
    b"]]>",
    b"",
]


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(["i/mets.xml", "i/alto/p1.xml", "i/alto/p2.xml"]),
    st.lists(st.tuples(st.integers(0, 5_000), st.integers(0, 40), st.sampled_from(PIECES)), max_size=4),
)
def test_no_bytes_whatever_raise(root: Path, name: str, edits: list[tuple[int, int, bytes]]) -> None:
    data = WHOLE[name]
    for at, length, piece in edits:
        data = data[:at] + piece + data[at + length :]
    files = {**WHOLE, name: data, "1887-03-05/x": data}
    for target in ("i/mets.xml", "1887-03-05/x"):
        for each in (METS, ALTO, OCR):
            made, _ = each.read(
                Original(name=target, data=files[target], where=target), context_of(root, files)
            )
            assert all((one.front["title"] and one.identity) or each is OCR for one in made)


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.builds(
            Line, st.text("aB-\xad .¬é\u0301", max_size=12), st.booleans(), st.sampled_from(["", "whole"])
        )
    )
)
def test_no_lines_whatever_raise_and_no_letter_is_lost(lines: list[Line]) -> None:
    found = "".join(each.text for each in paragraphs(lines))
    if not any(line.joined for line in lines):
        assert found.count("B") == sum(line.text.count("B") for line in lines)


@pytest.mark.skipif(not SHARED.is_dir(), reason=f"no {SHARED.name} beside the project")
def test_real_scans_come_in(root: Path) -> None:
    done = command(root, SHARED)
    told = sorted(problem.code for problem in done.all_problems if problem.is_error)
    tally = sum(len(outcome.articles) for outcome in done.outcomes)
    assert (told, tally) == ([], 71)
    folder = root / "content/articles"
    assert len(list((folder / "1813/11").glob("*.md"))) == 4
    assert len(list((folder / "1916/05").glob("*-26-may-1916-page-1*.md"))) == 67
    text = "".join(path.read_text() for path in (folder / "1813/11").glob("*.md"))
    assert "refiderende te Middeljium" in text
    assert text.count("confidence: 0.") == 4
