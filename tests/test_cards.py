"""Social cards: the picture that is shown where a link to an article without one is shared."""

from io import BytesIO
from pathlib import Path

import fixture_archive as fx
import pytest
from PIL import Image

from generator.build import Options, build
from generator.config import load_site
from generator.core.site import Theme
from generator.render import card_views
from generator.render.card_views import HEIGHT, WIDTH, CardView, has_card
from generator.render.cards import _headline, draw
from generator.render.plan import plan

NOW = fx.moment("2024-06-01T00:00:00+00:00").at
CARD = CardView(masthead="The Harbour Ledger", title="Harbour wall will cost twice the estimate, engineers tell council", date="13 April 2021", paper="#ffffff", ink="#131313", accent="#8a1c1c")  # fmt: skip


def opened(card: CardView) -> Image.Image:
    return Image.open(BytesIO(draw(card))).convert("RGB")


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


def test_a_headline_that_the_fonts_do_not_have_and_a_pictured_article_have_no_card() -> None:
    texts = fx.Text()
    site = fx.site(theme=Theme(cards=True))
    plain = fx.filed(texts, "2021/04/a", "Plain", "2021-04-13T10:00:00+00:00", ["x"])
    arabic = fx.filed(texts, "2021/04/b", "مرحبا", "2021-04-13T10:00:00+00:00", ["x"])
    chinese = fx.filed(texts, "2021/04/c", "新闻", "2021-04-13T10:00:00+00:00", ["x"])
    pictured = fx.filed(
        texts, "2021/04/d", "D", "2021-04-13T10:00:00+00:00", ["x"], image=fx.Image(src="media/x.jpg")
    )
    assert [has_card(each, site) for each in (plain, arabic, chinese, pictured)] == [
        True,
        False,
        False,
        False,
    ]
    assert not has_card(plain, fx.site())


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
