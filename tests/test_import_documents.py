"""Word documents and PDFs: one article each, read in a process of its own with limits."""

import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from documents_made import PICTURE, PNG, Print, docx, paragraph, pdf, run
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.config import load_site
from generator.importing import import_sources
from generator.sources.documents import apart
from generator.sources.importers import extras
from generator.sources.importers.base import ImportContext, Imported, Original
from generator.sources.importers.documents import DOCUMENTS, PDF, WORD
from generator.sources.importers.documents.pdf import _date

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
HEAD = paragraph("Harbour wall will cost twice", "Title") + paragraph("Published: 11:34, April 13, 2021")
ARTICLE = (
    paragraph("Harbour wall will cost twice", "Title")
    + paragraph("By Nell Farrow and Tom Rehn")
    + paragraph("Published: 11:34, April 13, 2021 | Updated: June 4, 2023")
    + paragraph(run("ALDERY — The sea wall will cost ") + run("41 million", "<w:b/>") + run(" crowns."))
    + paragraph("The ferry", "Heading2")
    + paragraph(PICTURE)
    + paragraph("No *stars* & [[no links]] here.")
    + "<w:tbl><w:tr><w:tc>" + paragraph("Boat") + "</w:tc><w:tc>" + paragraph("Men") + "</w:tc></w:tr></w:tbl>"
)  # fmt: skip


@pytest.fixture
def context(tmp_path: Path) -> ImportContext:
    (tmp_path / "site.yaml").write_text("title: T\nurl: https://e.org/\n")
    return ImportContext(site=load_site(tmp_path), now=NOW)


def read(context: ImportContext, data: bytes, name: str = "a") -> tuple[Imported | None, list[str]]:
    original = Original(name=name, data=data, where=name)
    each = next(each for each in DOCUMENTS if each.recognises(original))
    made, told = each.read(original, context)
    return (made[0] if made else None), [str(problem) for problem in told]


def lines(y: int, *texts: str, size: int = 10, x: int = 50) -> list[Print]:
    return [(x, y - 12 * number, size, text) for number, text in enumerate(texts)]


def test_a_word_document_is_an_article_with_its_pictures_and_tables(context: ImportContext) -> None:
    one, told = read(context, docx(ARTICLE), "Sea wall.docx")
    assert one is not None and told == []
    assert one.front == {
        "title": "Harbour wall will cost twice", "published": "2021-04-13T11:34:00", "updated": "2023-06-04",
        "authors": ["Nell Farrow", "Tom Rehn"], "dateline": "ALDERY",
    }  # fmt: skip
    assert one.body.startswith(
        "The sea wall will cost **41 million** crowns.\n\n## The ferry\n\n![The quay](/media/sea-wall/picture-1.png)"
        "\n\nNo \\*stars\\* & \\[\\[no links\\]\\] here."
    )
    assert "Boat" in one.body and "Men" in one.body
    assert [(each.target, each.data) for each in one.media] == [("media/sea-wall/picture-1.png", PNG)]
    assert one.recall == 1


def test_what_the_text_does_not_say_the_properties_do_and_it_is_told(context: ImportContext) -> None:
    about = (
        "<dc:title>Ferry runs again</dc:title><dc:creator>Nell Farrow</dc:creator>"
        "<cp:keywords>harbour, ferry</cp:keywords><dcterms:created>2021-04-13T09:00:00Z</dcterms:created>"
    )
    text = "It left at nine o'clock, as it had always done, and nobody was on board but the pilot. " * 3
    one, told = read(context, docx(paragraph(text), about))
    assert one is not None
    assert one.front == {
        "title": "Ferry runs again", "published": "2021-04-13T09:00:00Z", "authors": ["Nell Farrow"],
        "tags": ["harbour", "ferry"],
    }  # fmt: skip
    assert told == [
        "a: published: the text gives no date: 2021-04-13T09:00:00Z, when the document was made, was taken "
        "(write `Published: …` below its headline) [W380]"
    ]


@pytest.mark.parametrize(
    ("body", "about", "codes"),
    [
        (paragraph("Ferry"), "", ["E305"]),
        ("", "", ["E307", "E305"]),
        (paragraph("Ferry") + paragraph("x"), "<dcterms:created>0000-01-01T00:00:00Z</dcterms:created>", ["E305"]),
        (paragraph("Ferry") + paragraph("x"), "<dcterms:created>9999-12-31T00:00:00Z</dcterms:created>", ["E305"]),
        (paragraph("Ferry") + paragraph("Published: 45:99, April 99, 2021") + paragraph("x"), "", ["E306"]),
    ],
)  # fmt: skip
def test_a_document_without_headline_or_date_is_refused(
    context: ImportContext, body: str, about: str, codes: list[str]
) -> None:
    one, told = read(context, docx(body, about))
    assert (one, [each[-5:-1] for each in told]) == (None, codes)


def test_a_picture_that_browsers_do_not_show_is_counted(context: ImportContext) -> None:
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId7" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="media/i.emf"/></Relationships>'
    )
    data = docx(ARTICLE, more={"word/_rels/document.xml.rels": rels, "word/media/i.emf": b"x"})
    one, _ = read(context, data)
    assert one is not None and one.media == ()
    assert ("picture", "of a kind that browsers do not show", 1) in [tuple(each) for each in one.dropped]


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
REFUSED = "document: cannot be read: "
AGAIN = " (open it in Word or LibreOffice, and save it again) [E380]"


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (docx(ARTICLE)[:600], "File is not a zip file"),
        (docx("", more={"word/document.xml": "<a>" * 100_000}), "nested deeper than 400 elements"),
        (docx("", more={"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
         "a part of it declares a document type, as Word never does"),
        (docx("", more={"word/document.xml": b" " * (65 * 1024 * 1024)}), "a part of it has more than 67,108,864 bytes"),
        (docx("", more={"word/media/x.bin": b"\0" * (513 * 1024 * 1024)}), "unpacked it has more than 536,870,912 bytes"),
        (docx("", more={"word/document.xml": "<a"}), "unclosed token: line 1, column 0"),
        (docx("", more={"word/document.xml": "<a>\x00</a>"}), "not well-formed (invalid token): line 1, column 3"),
    ],
)  # fmt: skip
def test_a_broken_or_hostile_word_document_is_told(context: ImportContext, data: bytes, problem: str) -> None:
    one, told = read(context, data, "a.docx")
    assert (one, told) == (None, [f"a.docx: {REFUSED}{problem}{AGAIN}"])


def test_a_picture_outside_the_document_is_not_fetched(context: ImportContext) -> None:
    for target, mode in (("../../../../etc/hostname", ""), ("file:///etc/hostname", 'TargetMode="External"')):
        rels = (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId7" '
            f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="{target}" {mode}/>'
            "</Relationships>"
        )
        one, told = read(
            context, docx(ARTICLE.replace("r:embed", "r:link"), more={"word/_rels/document.xml.rels": rels})
        )
        assert (one.media if one else ()) == () and (one is not None or told)


PRESS = [
    [(50, 780, 8, "The Harbour Ledger, page 1"), (50, 740, 20, "Harbour wall will cost"), (50, 716, 20, "twice (so far)"),
     *lines(690, "By Nell Farrow"), *lines(670, "Published: 11:34, April 13, 2021"),
     *lines(640, "ALDERY (Reuters) - The sea wall will cost 41 million crowns, twice what the",
            "council was told, and no-one in the town could say why it would be so ex-", "pensive."),
     *lines(590, "Mayor Tomas Rehn said that the town would not be hurried and would mend the"), (50, 40, 8, "1")],
    [(50, 780, 8, "The Harbour Ledger, page 2"), *lines(740, "wall in time for the storms."),
     *lines(710, "The ferry question", size=13), *lines(690, "You cannot vote the tide."), (50, 40, 8, "2")],
    [(50, 780, 8, "The Harbour Ledger, page 3"), *lines(740, "The end of <b>it</b>."), (50, 40, 8, "3")],
]  # fmt: skip


def test_a_pdf_is_an_article_of_paragraphs_and_crossheads_without_its_running_heads(
    context: ImportContext,
) -> None:
    one, told = read(context, pdf(PRESS))
    assert one is not None and told == []
    assert one.front == {
        "title": "Harbour wall will cost twice (so far)", "published": "2021-04-13T11:34:00",
        "authors": ["Nell Farrow"], "dateline": "ALDERY", "source": {"publisher": "Reuters"}, "pages": 3,
    }  # fmt: skip
    assert one.body == (
        "The sea wall will cost 41 million crowns, twice what the council was told, and no-one in the town could say "
        "why it would be so expensive.\n\nMayor Tomas Rehn said that the town would not be hurried and would mend the "
        "wall in time for the storms.\n\n## The ferry question\n\nYou cannot vote the tide.\n\n"
        "The end of &lt;b>it&lt;/b>."
    )
    assert [tuple(each) for each in one.dropped] == [("running head", "stands on many pages", 6)]


def test_the_properties_of_a_pdf_fill_in(context: ImportContext) -> None:
    about = "/Title (Ferry runs again) /Author (N. Farrow) /CreationDate (D:20210413090000+02'00') /Keywords (a; b)"
    text = lines(700, *["It left at nine as it had always done, and nobody was aboard but the pilot"] * 9)
    one, told = read(context, pdf([text], about))
    assert one is not None
    assert one.front == {
        "title": "Ferry runs again", "published": "2021-04-13T09:00:00+02:00", "authors": ["N. Farrow"], "tags": ["a", "b"],
    }  # fmt: skip
    assert told[0].endswith("[W380]")


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("D:20210413113400+08'00'", "2021-04-13T11:34:00+08:00"),
        ("D:20210413113400Z", "2021-04-13T11:34:00Z"),
        ("20210413", "2021-04-13"),
        ("D:2021", ""),
        ("yesterday", ""),
        ("", ""),
    ],
)
def test_the_dates_of_pdf(written: str, iso: str) -> None:
    assert _date(written) == iso


LOOP = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Count 9 /Kids [2 0 R 2 0 R] >>\nendobj\n"


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (pdf([[]]), "document: it has no layer of text (run it through text recognition first, with OCRmyPDF for example) [E381]"),
        (b"%PDF-1.7", REFUSED + "Failed to load document (PDFium: Data format error). (look for a whole copy) [E380]"),
        (b"%PDF-1.7\n" + b"[" * 200_000, REFUSED + "Failed to load document (PDFium: Data format error). (look for a whole copy) [E380]"),
        (pdf(PRESS, trailer="/Encrypt << /Filter /Standard /V 1 /R 2 /O (" + "x" * 32 + ") /U (" + "y" * 32 + ") /P -4 >> /ID [(a) (a)]"),
         REFUSED + "Failed to load document (PDFium: Incorrect password error). (save it without a password) [E380]"),
    ],
)  # fmt: skip
def test_a_broken_pdf_is_told(context: ImportContext, data: bytes, problem: str) -> None:
    assert read(context, data) == (None, [f"a: {problem}"])


@pytest.mark.parametrize(
    "data",
    [
        LOOP + b"trailer << /Root 1 0 R >>\n",
        pdf(PRESS, extra="/Parent 2 0 R"),
        pdf(PRESS).replace(b"/Count 3", b"/Count 2000000000"),
        pdf(PRESS, trailer="/Prev 9"),
        pdf(PRESS)[:-300],
        pdf(PRESS).replace(b"/Length", b"/Lenght"),
        pdf(PRESS).replace(b"Tf", b"Tf q " * 50),
    ],
)
def test_a_pdf_that_leads_in_circles_or_lies_ends(context: ImportContext, data: bytes) -> None:
    one, told = read(context, data)
    assert one is not None or told


def test_a_document_that_takes_too_much_is_stopped(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def program(text: str) -> str:
        (tmp_path / "greedy.py").write_text(
            f"from generator.sources.documents.apart import *\nlimit()\n{text}\n"
        )
        monkeypatch.setenv("PYTHONPATH", str(tmp_path))
        return "greedy"

    def reason(text: str) -> str:
        with pytest.raises(apart.Unreadable) as refused:
            apart.read_apart(program(text), b"")
        return str(refused.value)

    assert reason("'x' * 10**10") == "it needs more than 1,536 MB of memory"
    assert reason("def f(): f()\nf()") == "it is nested too deep"
    assert reason("import os; os.abort()") == "the program that reads it broke off"
    assert reason("raise ValueError('a: b')") == "a: b"
    assert reason("print('{')") == "the program that reads it broke off"
    monkeypatch.setattr(apart, "WALL_SECONDS", 0.5)
    assert reason("import time; time.sleep(9)") == "it takes too long to read"
    monkeypatch.setattr(apart, "ANSWER_LIMIT", 3)
    monkeypatch.setattr(apart, "WALL_SECONDS", 60)
    assert reason("answer({})\nprint('   ')") == "it holds more than 3 bytes of text and pictures"


def test_time_is_bounded_by_the_processor_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    (tmp_path / "busy.py").write_text(
        "from generator.sources.documents import apart\napart.CPU_SECONDS = 1\napart.limit()\nwhile True: pass\n"
    )
    with pytest.raises(apart.Unreadable, match="takes too long"):
        apart.read_apart("busy", b"")


def test_a_missing_library_says_what_to_install(
    context: ImportContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    for data, library in ((docx(HEAD), "mammoth"), (pdf(PRESS), "pypdfium2")):

        def lacking(name: str, library: str = library) -> Any:
            raise ModuleNotFoundError(f"No module named {library!r}", name=library)

        monkeypatch.setattr(extras.importlib, "import_module", lacking)
        assert read(context, data)[1] == [
            f'a: reading this format needs {library}, which is not installed (pip install "morgue[documents]") [E346]'
        ]


def opendocument() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"),
            "a Word document of before 2007",
        ),
        (opendocument(), "an OpenDocument text"),
        (b"{\\rtf1 x}", "rich text"),
    ],
)
def test_a_document_of_another_form_is_told_how_to_save_it(
    context: ImportContext, data: bytes, form: str
) -> None:
    assert read(context, data) == (
        None,
        [f"a: document: {form} (save it as .docx: soffice --convert-to docx FILE) [E380]"],
    )


def test_documents_are_known_by_what_is_in_them() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("a.txt", "x")
    assert WORD.recognises(Original(name="x", data=docx(HEAD), where="x"))
    assert not WORD.recognises(Original(name="x.docx", data=out.getvalue(), where="x"))
    assert PDF.recognises(Original(name="x", data=b"\n\n" + pdf(PRESS), where="x"))
    assert not any(each.recognises(Original(name="x", data=b"text", where="x")) for each in DOCUMENTS)


def test_documents_come_in_by_the_command_and_again_change_nothing(tmp_path: Path) -> None:
    site, source = tmp_path / "site", tmp_path / "in"
    site.mkdir()
    source.mkdir()
    (site / "site.yaml").write_text("title: T\nurl: https://e.org/\n")
    (source / "wall.docx").write_bytes(docx(ARTICLE))
    (source / "press.pdf").write_bytes(pdf(PRESS))
    for expected in ("new", "unchanged"):
        done = import_sources(load_site(site), [str(source)], now=NOW, stdin=io.BytesIO())
        assert {outcome.status for outcome in done.outcomes} == {expected}
    assert (site / "content/media/wall/picture-1.png").read_bytes() == PNG
    assert "(/media/wall/picture-1.png)" in (
        (site / "content/articles/2021/04/harbour-wall-will-cost-twice.md").read_text()
    )


FUZZED = {"docx": docx(ARTICLE), "pdf": pdf(PRESS)}
STORED = {name: docx(HEAD + paragraph("x"), more={"word/document.xml": text}) for name, text in {
    "empty": "", "tables": f'<w:document xmlns:w="{W}"><w:body>{"<w:tbl><w:tr><w:tc>" * 60}</w:body></w:document>',
}.items()}  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from([*FUZZED, *STORED]),
    st.lists(st.tuples(st.integers(0, 3_000), st.integers(0, 30), st.binary(max_size=8)), max_size=3),
)
def test_no_bytes_whatever_raise(
    context: ImportContext, form: str, edits: list[tuple[int, int, bytes]]
) -> None:
    data = {**FUZZED, **STORED}[form]
    for at, length, piece in edits:
        data = data[:at] + piece + data[at + length :]
    original = Original(name="a", data=data, where="a")
    made, told = (PDF if form == "pdf" else WORD).read(original, context)
    assert made or told


def test_a_pdf_of_too_many_pages_is_read_as_far_as_the_limit(
    context: ImportContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = {
        "about": {"CreationDate": "20210413"}, "count": 3,
        "pages": [{"height": 800, "lines": [[50, 700, 200, 720, "Ferry runs again"], [50, 600, 300, 610, "It left."]]}],
    }  # fmt: skip
    monkeypatch.setattr("generator.sources.importers.documents.pdf.read_apart", lambda worker, data: found)
    one, told = read(context, b"%PDF-")
    assert one is not None and one.front["title"] == "Ferry runs again"
    assert told[-1] == "a: document: only 1 of its 3 pages were read (split it) [W381]"
