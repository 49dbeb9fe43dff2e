"""A newer export without its pictures meets articles that have them from an earlier one."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest

from generator.config import load_site
from generator.importing import ImportRun, import_sources
from generator.sources.importers.base import Imported
from generator.sources.importers.held_pictures import with_held_pictures

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
OLD = "https://old.example/wp-content/uploads/2021/04/quay-300x169.jpg"
TEXT = "<p>The sea wall will cost twice what the council was told, said its clerk on Tuesday.</p>"


def feature(body: str) -> str:
    item = (
        "<item><title>The wall</title><link>https://old.example/wall/</link><wp:post_id>1</wp:post_id>"
        f"<content:encoded><![CDATA[{body}]]></content:encoded><wp:post_date>2021-04-13 10:00:00</wp:post_date>"
        "<wp:post_name>wall</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>"
    )
    return (
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>S</title><link>https://old.example</link>'
        f"<wp:wxr_version>1.2</wp:wxr_version>{item}</channel></rss>"
    )


def figure(caption: str) -> str:
    return (
        f'<figure class="wp-caption"><img src="{OLD}" alt="Quay"><figcaption>{caption}</figcaption></figure>'
    )


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = tmp_path / "site"
    root.mkdir()
    (root / "site.yaml").write_text("title: T\nurl: https://e.org/\n")
    old = tmp_path / "old"
    place = old / "wp-content/uploads/2021/04/quay.jpg"
    place.parent.mkdir(parents=True)
    place.write_bytes(b"\xff\xd8\xff a picture")
    (old / "a.xml").write_text(feature(TEXT + figure("The quay.")))
    run(root, old)
    assert "/media/2021/04/quay.jpg" in article(root).read_text()
    return root


def article(site: Path) -> Path:
    return site / "content/articles/2021/04/wall.md"


def run(site: Path, *sources: Path) -> ImportRun:
    return import_sources(load_site(site), [str(s) for s in sources], now=NOW, stdin=BytesIO())


def test_a_picture_that_is_gone_from_a_newer_export_goes_and_nobody_is_said_to_have_edited_it(
    site: Path, tmp_path: Path
) -> None:
    (tmp_path / "b.xml").write_text(feature(TEXT))
    (outcome,) = run(site, tmp_path / "b.xml").outcomes
    assert (outcome.status, outcome.kept) == ("updated", ())
    assert "quay" not in article(site).read_text()


def test_a_new_caption_comes_to_the_picture_that_the_archive_has(site: Path, tmp_path: Path) -> None:
    (tmp_path / "b.xml").write_text(feature(TEXT + figure("The quay at dawn.")))
    (outcome,) = run(site, tmp_path / "b.xml").outcomes
    assert (outcome.status, outcome.kept) == ("updated", ())
    text = article(site).read_text()
    assert '<img src="/media/2021/04/quay.jpg" alt="Quay"><figcaption>The quay at dawn.' in text


def test_a_persons_edit_of_a_caption_stays(site: Path, tmp_path: Path) -> None:
    edited = article(site).read_text().replace("The quay.", "The north quay.")
    article(site).write_text(edited)
    (tmp_path / "b.xml").write_text(feature(TEXT.replace("twice", "thrice") + figure("The quay at dawn.")))
    (outcome,) = run(site, tmp_path / "b.xml").outcomes
    assert len(outcome.kept) == 1
    text = article(site).read_text()
    assert "The north quay." in text
    assert "thrice" in text


def test_pictures_are_known_by_name_where_no_other_has_it() -> None:
    one = Imported(
        front={"image": {"src": OLD, "alt": "x"}}, body=f"![a]({OLD}?w=3) ![b](https://x.example/b.png)"
    )
    held = with_held_pictures(one, ("2021/04/quay.jpg", "c.png"))
    assert held.body == "![a](/media/2021/04/quay.jpg) ![b](https://x.example/b.png)"
    assert held.front["image"] == {"src": "media/2021/04/quay.jpg", "alt": "x"}
    assert with_held_pictures(one, ("2021/04/quay.jpg", "2022/05/quay.jpg")) == one
    assert with_held_pictures(one, ()) == one


def test_addresses_without_end_are_looked_through_once() -> None:
    one = Imported(front={}, body="https://" * 100_000)
    assert with_held_pictures(one, ("quay.jpg",)) == one
