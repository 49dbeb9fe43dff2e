"""Which article a headline means."""

import re
from pathlib import Path

import pytest

from generator.archive.headlines import Headlines, alike, normal_form
from generator.core.paths import ArticleId

TITLES = (
    "Divers find the old wall was built on rubble",
    "Harbour wall will cost twice the estimate, engineers tell council",
    "Skerrin Line asks for a new berth, or a way out",
    "Tide tables for May",
    "Tide tables for June",
    "The night boat, part I",
    "Letters to the editor",
    "Letters to the Editor",
    "U.S. ferry safety panel visits Aldery harbour",
)
ARCHIVE = Path(__file__).parent.parent.parent / "shared" / "data" / "archives"


def headlines(titles: tuple[str, ...] = TITLES) -> Headlines:
    return Headlines((ArticleId(str(n)), title) for n, title in enumerate(titles))


@pytest.mark.parametrize(
    ("headline", "article"),
    [
        ("Divers find the old wall was built on rubble", "0"),
        ("DIVERS FIND the old wall was built on rubble.", "0"),
        ("‘Divers find the old wall was built on rubble’", "0"),
        ("Divers find old wall was built on rubble", "0"),
        ("Divers find the old walls were built on rubble", "0"),
        ("Divers find the old wall was built on rubble | The Harbour Ledger", "0"),
        ("Harbour wall will cost twice the estimate…", "1"),
        ("Harbour wall will cost twice the estimate, engineers...", "1"),
        ("US ferry safety panel visits Aldery harbor", "8"),
        ("Tide tables for June", "4"),
        ("Skerrin Line asks for a new berth", "2"),
        ("Divers find the old wall", "0"),
    ],
)
def test_a_headline_is_found_though_it_was_lightly_edited(headline: str, article: str) -> None:
    found = headlines().find(headline)
    assert found.article == article
    assert found.candidates == (article,)


@pytest.mark.parametrize(
    "headline",
    [
        "Divers find a new wall of granite",
        "Tide tables for July",
        "The night boat, part II",
        "Harbour wall 2 will cost twice the estimate, engineers tell council",
        "Nothing like it",
        "Divers find the old",
        "Skerrin Line asks for a new ber",
        "…",
        "",
        "the",
    ],
)
def test_another_headline_is_not_found(headline: str) -> None:
    assert headlines().find(headline).candidates == ()


def test_between_equals_nothing_decides() -> None:
    found = headlines().find("Letters to the editor")
    assert (found.article, found.candidates) == (None, ("6", "7"))
    assert headlines().find("Letters to the editor", {ArticleId("6")}).article == "7"
    near = headlines().find("Letter to the editors")
    assert (near.article, near.candidates) == (None, ("6", "7"))
    assert headlines().find("Letter to the editors", {ArticleId("7")}).article == "6"


def test_a_beginning_that_two_headlines_share_decides_nothing() -> None:
    assert headlines().find("Tide tables for…").candidates == ("3", "4")
    assert headlines().find("Tide tables for…", {ArticleId("3")}).article == "4"


def test_common_words_propose_nobody() -> None:
    def council(count: int) -> Headlines:
        return headlines(("council plan", *(f"council {n}" for n in range(count - 1))))

    assert council(400).find("council plans").article == "0"
    assert council(401).find("council plans").article is None
    assert council(401).find("council plan").article == "0"


@pytest.mark.parametrize(
    ("headline", "form"),
    [
        ("“US’ Ukraine warning”", "us ukraine warning"),
        ("U.S. and U.K. sign", "us and uk sign"),
        ("Café – Zoë’s", "cafe zoes"),
        ("東京, 2021", "東京 2021"),
        ("_–_", ""),
    ],
)
def test_a_headlines_normal_form_is_its_letters_and_digits(headline: str, form: str) -> None:
    assert normal_form(headline) == form


def test_headlines_that_differ_in_a_number_are_not_alike() -> None:
    assert alike("forty metres of the mole are lost", "forty metres of the mole lost")
    assert not alike("council votes on loan in may", "council votes on loan in june")
    assert not alike("council votes on the loan of 2021", "council votes on the loan of 2022")


def test_on_two_real_archives_recall_and_false_matches_are_as_documented() -> None:
    if not ARCHIVE.is_dir():
        pytest.skip(f"{ARCHIVE} not present")
    found = (
        re.search(r"^title:\s*(.+)$", path.read_text(errors="replace"), re.MULTILINE)
        for path in sorted(ARCHIVE.rglob("*.md"))
    )
    given = sorted({m[1].strip().strip("\"'") for m in found if m})
    titles = tuple({normal_form(t): t for t in given if len(t) > 8}.values())
    index = headlines(titles)
    dropped = [(n, t.split()) for n, t in enumerate(titles) if len(t.split()) >= 5]
    right = wrong = 0
    for number, words in dropped:
        middle = len(words) // 2
        article = index.find(" ".join(words[:middle] + words[middle + 1 :])).article
        right += article == str(number)
        wrong += article is not None and article != str(number)
    absent = sum(
        index.find(title, {ArticleId(str(number))}).article is not None for number, title in enumerate(titles)
    )
    assert right / len(dropped) >= 0.90
    assert wrong / len(dropped) <= 0.005
    assert absent / len(titles) <= 0.02
