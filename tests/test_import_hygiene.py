"""Bytes into characters, and characters as they were meant: encodings, mojibake, unseen signs, languages."""

import codecs
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.core.problems import Problem
from generator.sources.importers import charsets, languages, letters
from generator.sources.importers.charsets import characters
from generator.sources.importers.languages import language_of, settled
from generator.sources.importers.letters import clean, tidy

HARBOUR = {
    "en": "The harbour was quiet on Tuesday, and the boats lay where they had lain on Monday evening. ",
    "de": "Der Hafen war am Dienstag ruhig, und die Boote lagen, wo sie am Montagabend gelegen hatten. ",
    "fr": "Le port était calme mardi, et les bateaux étaient là où ils se trouvaient déjà lundi soir. ",
    "es": "El puerto estaba tranquilo el martes y los barcos seguían donde habían estado el lunes por la noche. ",
    "ru": "Во вторник в порту было тихо, и лодки стояли там же, где они стояли в понедельник вечером. ",
    "ar": "كان الميناء هادئا يوم الثلاثاء وبقيت القوارب حيث كانت مساء الاثنين في المدينة القديمة. ",
    "he": "הנמל היה שקט ביום שלישי והסירות עמדו היכן שעמדו ביום שני בערב בעיר העתיקה. ",
    "ja": "火曜日の港は静かで、船は月曜日の夜と同じ場所に泊まっていたと港長は話した。",
    "zh": "星期二港口十分平静，船只仍然停泊在星期一晚上停泊的地方，港务长这样说道。",
    "el": "Το λιμάνι ήταν ήσυχο την Τρίτη και τα καράβια ήταν εκεί όπου βρίσκονταν τη Δευτέρα το βράδυ. ",
}


@pytest.mark.parametrize(
    ("language", "encoding", "declared", "named"),
    [
        ("fr", "utf-8", "", "utf-8"), ("fr", "utf-8-sig", "iso-8859-1", "utf-8"), ("fr", "utf-16", "", "utf-16"),
        ("ru", "utf-16-le", "", "utf-16-le"), ("en", "utf-16-be", "", "utf-16-be"), ("ru", "utf-32", "", "utf-32"),
        ("fr", "cp1252", "ISO-8859-1", "cp1252"), ("ru", "cp1251", "windows-1251", "cp1251"), ("ru", "koi8-r", "koi8-r", "koi8-r"),
        ("ja", "cp932", "Shift_JIS", "cp932"), ("ja", "euc_jp", "x-euc-jp", "euc_jp"), ("zh", "gb18030", "gb2312", "gb18030"),
        ("el", "iso8859-7", "iso-8859-7", "iso8859-7"), ("he", "cp1255", "windows-1255", "cp1255"), ("ar", "cp1256", "'windows-1256'", "cp1256"),
        # What is declared wrongly does not stand against bytes that are whole UTF-8.
        ("ru", "utf-8", "windows-1251", "utf-8"), ("fr", "utf-8", "no-such-thing", "utf-8"),
    ],
)  # fmt: skip
def test_an_encoding_is_read_as_it_is_named(language: str, encoding: str, declared: str, named: str) -> None:
    found = characters((HARBOUR[language] * 5).encode(encoding), "a.html", declared=declared)
    assert (found.text, found.encoding, found.problems) == (HARBOUR[language] * 5, named, ())


@pytest.mark.parametrize(
    "head",
    [
        b'<meta charset="windows-1251">', b"<META HTTP-EQUIV=Content-Type CONTENT='text/html; charset=Windows-1251'>",
        b'<?xml version="1.0" encoding="windows-1251"?>', b"<meta charset = ' cp1251 '>",
    ],
)  # fmt: skip
def test_a_page_names_its_own_encoding(head: bytes) -> None:
    found = characters(head + HARBOUR["ru"].encode("cp1251"), "a.html", html=True)
    assert found.text.endswith(HARBOUR["ru"])
    assert (found.encoding, found.problems) == ("cp1251", ())


@pytest.mark.parametrize(
    ("language", "encoding"),
    [("ru", "cp1251"), ("ru", "koi8-r"), ("el", "cp1253"), ("fr", "cp1252"), ("ja", "cp932")],
)
def test_an_encoding_that_nobody_names_is_guessed_and_told(language: str, encoding: str) -> None:
    found = characters((HARBOUR[language] * 8).encode(encoding), "a.html")
    assert found.text == HARBOUR[language] * 8
    assert [str(p) for p in found.problems] == [
        f"a.html:1: the encoding is not named: read as {found.encoding} (check letters with accents; save it as UTF-8) [W352]"
    ]


def test_a_few_bytes_of_windows_in_utf8_are_read_as_what_they_mean_there() -> None:
    data = (HARBOUR["fr"] * 20).encode() + b"\ncaf\xe9 \x93noir\x94"
    found = characters(data, "a.html")
    assert found.text.endswith("\ncafé “noir”")
    assert [(p.line, p.code) for p in found.problems] == [(2, "W322")]


def test_bytes_that_mean_nothing_are_told() -> None:
    found = characters(b"caf\x81 " * 30, "a.html", declared="cp1252")
    assert "\ufffd" in found.text
    assert [p.code for p in found.problems] == ["W322"]


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=600),
    st.sampled_from(
        ["", "utf-8", "utf-7", "rot13", "hex", "idna", "punycode", "utf-16", "\x00", "undefined"]
    ),
)
def test_any_bytes_have_some_text(data: bytes, declared: str) -> None:
    found = characters(data, "a.html", declared=declared, html=True)
    assert isinstance(found.text, str)
    assert codecs.lookup(found.encoding)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("It donâ€™t matter", "It don’t matter"), ("Ã©tÃ©", "été"), ("â€œYesâ€\x9d, he said", "“Yes”, he said"),
        ("â€œHarbourâ€™s edgeâ€”closedâ€¦", "“Harbour’s edge—closed…"), ("Ð\x9fÐ¾ÑÑ‚ Ð·Ð°ÐºÑ€Ñ‹Ñ‚".encode("latin-1", "ignore").decode("latin-1"), None),
        ("â‚¬20 for Ã\xa0 la carte", "€20 for à la carte"),
    ],
)  # fmt: skip
def test_letters_read_in_a_wrong_encoding_are_mended_and_told(written: str, meant: str | None) -> None:
    found, problems = clean(f"The quay.\n{written}\nThe end.", "a.html")
    if meant is not None:
        assert found == f"The quay.\n{meant}\nThe end."
        assert [p.code for p in problems] == ["W353"]
        assert "letters read in a wrong encoding were mended in 1 paragraph" in str(problems[0])


@pytest.mark.parametrize(
    "text",
    [
        "Un café « noir » — déjà vu…", "Ångström, São Tomé, Łódź, Đà Nẵng, Ærø", "ÉTÉ À PARIS, ÂGE, ÃO", "Ça va? Où? Là-bas.",
        "Größe: 20 €, 5 °C, ½ Liter, © 2021, ™", "Привет, «порт»!", "naïve rôle", "Ã is a letter of Guaraní, Â of Romanian",
    ],
)  # fmt: skip
def test_text_that_is_right_stays_as_it_is(text: str) -> None:
    assert clean(text, "a.html") == (text, ())


def test_what_cannot_be_mended_for_certain_is_told_and_left() -> None:
    text, problems = clean("Le port Â« ferméÃ\u0192 »", "a.html")
    assert text == "Le port Â« ferméÃ\u0192 »"
    assert [p.code for p in problems] == ["W322"]


def test_lost_letters_are_told() -> None:
    assert [p.code for p in clean("caf\ufffd", "a.html")[1]] == ["W322"]


def test_without_ftfy_what_looks_wrong_is_left_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    gone = Problem("a", 0, "E346", "reading this format needs ftfy, which is not installed", "pip install it")
    monkeypatch.setattr(letters, "load", lambda *names: gone)
    text, problems = clean("donâ€™t", "a")
    assert text == "donâ€™t"
    assert [(p.code, p.hint) for p in problems] == [("W322", "pip install it")]


@pytest.mark.parametrize(
    ("written", "tidied"),
    [
        ("har\u00adbour", "harbour"), ("ﬁne ﬂow oﬀer", "fine flow offer"), ("20\u00a0000\u202fkm", "20 000 km"), ("zero\u200bwidth\ufeff", "zerowidth"),
        ("Quoi\u00a0? «\u202foui\u202f»", "Quoi\u00a0? «\u00a0oui\u00a0»"), ("e\u0301te\u0301", "été"), ("a\u2028b\x85c\x0cd", "a b c d"), ("nul\x00s\x07", "nuls"),
        ("می\u200cخواهم", "می\u200cخواهم"), ("👩\u200d🚒", "👩\u200d🚒"), ("ภาษา\u200bไทย", "ภาษา\u200bไทย"), ("ﻣﺮﺣﺒﺎ", "مرحبا"),
        ("港　口", "港　口"), ("lone \ud800 surrogate", "lone  surrogate"), ("\u200fשלום\u200f", "\u200fשלום\u200f"), ("plain", "plain"),
        ("½ ² №", "½ ² №"), ("\ufffe\uffff", ""),
    ],
)  # fmt: skip
def test_what_nobody_sees_goes_and_what_scripts_need_stays(written: str, tidied: str) -> None:
    assert tidy(written) == tidied


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80))
def test_tidying_twice_is_tidying_once(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


@pytest.mark.parametrize("language", HARBOUR)
def test_a_language_is_told_by_its_words(language: str) -> None:
    assert language_of(HARBOUR[language] * 6) == language


def test_of_a_few_words_nothing_is_told() -> None:
    assert language_of("The harbour") == language_of("") == language_of("1,2,3 " * 100) == ""


@pytest.mark.parametrize(
    ("stated", "text", "expected"),
    [("en-GB", "en", "en-GB"), ("", "de", "de"), ("en", "de", "de"), ("nn", "en", "en"), ("pt-BR", "es", "pt-BR"), ("zh-Hant", "zh", "zh-Hant")],
)  # fmt: skip
def test_what_is_stated_stands_unless_it_is_surely_wrong(stated: str, text: str, expected: str) -> None:
    found, problems = settled(stated, HARBOUR[text] * 6, "a.html")
    assert found == expected
    assert [p.code for p in problems] == (["W354"] if stated and found != stated else [])


def test_without_the_extra_no_language_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    gone: Any = Problem("a", 0, "E346", "needs py3langid", "")
    monkeypatch.setattr(languages, "load", lambda *names: gone)
    monkeypatch.setattr(charsets, "load", lambda *names: gone)
    assert language_of(HARBOUR["de"] * 6) == ""
    assert characters(HARBOUR["fr"].encode("cp1252"), "a").encoding == "cp1252"
