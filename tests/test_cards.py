"""Social cards: the picture that is shown where a link to an article without one is shared."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import fixture_archive as fx
import pytest
from PIL import Image

from generator.build import build
from generator.config import load_site
from generator.core.problems import SiteError
from generator.core.site import Theme
from generator.outcome import Options
from generator.render import card_views
from generator.render.basis import build_basis
from generator.render.card_views import HEIGHT, WIDTH, CardView, card_view, has_card
from generator.render.cards import _UNITS, BOTTOM, TOP, _headline, draw
from generator.render.plan import plan
from generator.render.theme import theme_folder

NOW = fx.moment("2024-06-01T00:00:00+00:00").at
CARD = CardView(masthead="The Harbour Ledger", title="Harbour wall will cost twice the estimate, engineers tell council", date="13 April 2021", paper="#ffffff", ink="#131313", accent="#8a1c1c")  # fmt: skip


def opened(card: CardView) -> Image.Image:
    return opened_in(card, None)


def opened_in(card: CardView, font: Path | None) -> Image.Image:
    return Image.open(BytesIO(draw(card, font))).convert("RGB")


def test_a_card_is_the_same_bytes_each_time_and_light() -> None:
    data = draw(CARD)
    assert data == draw(CARD)
    assert len(data) < 30_000
    picture = opened(CARD)
    assert picture.size == (WIDTH, HEIGHT)
    assert picture.getpixel((5, 5)) == (0x8A, 0x1C, 0x1C)
    assert picture.getpixel((5, 625)) == (255, 255, 255)


@pytest.mark.parametrize(
    "title",
    [
        "A",
        "Донаудампфшифффартс" * 12,
        "word " * 200,
        "Ταχίστη αλώπηξ και η μπόρα που δεν ήρθε ποτέ",
        "ÅÉÎÕÜ ß – “quoted” €5",
    ],
)
def test_any_headline_stays_within_the_card(title: str) -> None:
    size, lines = _headline(title)
    assert lines and len(lines) * size * 1.1 <= 340
    picture = opened(
        CardView(
            masthead="M" * 90,
            title=title,
            date="13 April 2021",
            paper="#fff",
            ink="#131313",
            accent="#8a1c1c",
        )
    )
    right = picture.crop((WIDTH - 60, 30, WIDTH, HEIGHT))
    assert right.getcolors() == [(60 * (HEIGHT - 30), (255, 255, 255))]


def test_a_pictured_article_has_no_card_and_a_newspaper_whose_name_no_font_has_has_none() -> None:
    texts = fx.Text()
    site = fx.site(theme=Theme(cards=True))
    plain = fx.filed(texts, "2021/04/a", "Plain", "2021-04-13T10:00:00+00:00", ["x"])
    pictured = fx.filed(
        texts, "2021/04/d", "D", "2021-04-13T10:00:00+00:00", ["x"], image=fx.Image(src="media/x.jpg")
    )
    assert has_card(plain, site) and not has_card(pictured, site) and not has_card(plain, fx.site())
    assert not has_card(plain, fx.site(title="مرحبا", theme=Theme(cards=True)))
    assert has_card(plain, fx.site(title="مرحبا", theme=Theme(cards=True, card_font="media/a.ttf")))


@pytest.mark.parametrize("title", ["مرحبا بالعالم", "新闻：港口的墙", "Plain"])
def test_a_headline_that_the_theme_has_no_letters_for_is_drawn_in_the_sites_font_or_left_out(
    title: str,
) -> None:
    texts = fx.Text()
    filed = fx.filed(texts, "2021/04/b", title, "2021-04-13T10:00:00+00:00", ["x"])
    own = Theme(cards=True, card_font="media/a.ttf")
    without, given = (
        card_view(build_basis(fx.archive([filed]), fx.site(theme=theme), {}), filed.article.id)
        for theme in (Theme(cards=True), own)
    )
    plain = title == "Plain"
    assert (without.title, without.font) == (title if plain else "", "")
    assert (given.title, given.font) == (title, "" if plain else "media/a.ttf")
    assert opened(without).getpixel((5, 5)) == (0xA9, 0x11, 0x1D)


def test_a_card_without_a_headline_bears_the_newspapers_name_in_its_place() -> None:
    bare = opened(replace(CARD, title=""))
    inked = bare.crop((0, TOP, WIDTH, BOTTOM)).getcolors(maxcolors=100)
    assert inked and len(inked) > 2
    assert bare.crop((0, 30, WIDTH, 130)).getcolors() == [(WIDTH * 100, (255, 255, 255))]


def test_a_line_of_chinese_is_broken_between_characters_but_not_before_a_stop() -> None:
    assert [unit.strip() for unit in _UNITS.findall("港口的墙，two words。完")] == [
        "港", "口", "的", "墙，", "two", "words。", "完",
    ]  # fmt: skip


def test_words_from_right_to_left_begin_at_the_right() -> None:
    font = theme_folder() / "assets" / "fonts" / "sans-latin.woff2"
    left, right = (
        opened_in(replace(CARD, title=title), font).crop((0, TOP, WIDTH // 2, TOP + 100)).getcolors()
        for title in ("ab", "אב")
    )
    assert left and len(left) > 1 and right == [(WIDTH // 2 * 100, (255, 255, 255))]


def test_a_font_that_is_missing_or_none_is_told(tmp_path: Path) -> None:
    settings = "title: T\nurl: https://t.example/\ntheme: {cards: true, card_font: media/a.ttf}\n"
    (tmp_path / "site.yaml").write_text(settings)
    with pytest.raises(SiteError) as told:
        load_site(tmp_path)
    assert str(told.value) == (
        "site.yaml: theme.card_font: media/a.ttf cannot be read: No such file or directory "
        "(name a font file of content/media) [E105]"
    )
    (tmp_path / "content" / "media").mkdir(parents=True)
    font = tmp_path / "content" / "media" / "a.ttf"
    font.write_text("no font")
    before = load_site(tmp_path).digest
    with pytest.raises(SiteError, match=r"site.yaml: theme.card_font: a.ttf is no font: .* \[E105\]"):
        draw(CARD, font)
    font.write_text("another")
    assert load_site(tmp_path).digest != before


def test_a_missing_pillow_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.render.plan.can_draw", lambda: False)
    monkeypatch.setattr(card_views, "can_draw", lambda: False)
    told = [str(p) for p in plan(fx.archive([]), fx.site(theme=Theme(cards=True)), {}, {}, {}).problems]
    assert told == [
        "site.yaml: theme.cards: Pillow, which draws them, is not installed, so there are none "
        "(pip install 'morgue[pictures]') [W610]"
    ]


def test_a_build_draws_cards_once_and_pages_lead_to_them(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text("title: T\nurl: https://t.example/\ntheme: {cards: true}\n")
    folder = tmp_path / "content" / "articles" / "2021" / "04"
    folder.mkdir(parents=True)
    (folder / "a.md").write_text("---\ntitle: One\nslug: a\npublished: 2021-04-13\n---\nText.\n")
    options = Options(output=tmp_path / "build", now=NOW)
    build(load_site(tmp_path), options)
    page = (tmp_path / "build" / "2021" / "04" / "a" / "index.html").read_text(encoding="utf-8")
    assert '<meta property="og:image" content="https://t.example/2021/04/a/card.png">' in page
    assert '<meta name="twitter:card" content="summary_large_image">' in page
    assert (tmp_path / "build/2021/04/a/card.png").read_bytes().startswith(b"\x89PNG")
    assert build(load_site(tmp_path), options).written == ()
    (folder / "a.md").write_text("---\ntitle: Two\nslug: a\npublished: 2021-04-13\n---\nText.\n")
    assert "2021/04/a/card.png" in build(load_site(tmp_path), options).written


def test_a_setting_that_is_neither_true_nor_false_is_told(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text("title: T\nurl: https://t.example/\ntheme: {cards: maybe}\n")
    with pytest.raises(Exception, match=r'theme.cards: neither true nor false: "maybe"'):
        load_site(tmp_path)
