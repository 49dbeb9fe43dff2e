"""The reference of templates and addresses is held to what there is."""

import re
from dataclasses import fields
from pathlib import Path

import fixture_archive as fx

from generator.render.frame import Frame, Head
from generator.render.templates import Templates
from generator.render.theme import theme_folder

DOCS = Path(__file__).parent.parent / "docs" / "reference"
INHERITED = {"frame", "head", "section"}


def rows():
    """Each template of the table of page kinds, and the fields it names."""
    text = (DOCS / "templates.md").read_text()
    for line in text.partition("## Page kinds")[2].partition("\n## ")[0].splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) == 5 and cells[1].startswith("`"):
            for template in re.findall(r"`([^`]+)`", cells[1]):
                yield template, set(re.findall(r"`(\w+)`", cells[3]))


def views():
    archive, _ = fx.ledger()
    site = fx.site(paginate=2, theme=type(fx.site().theme)(accent="#8a1c1c"), hosts=("netlify",))
    pages, _ = fx.planned(archive, site, {}, {}, fx.TEXTS)
    return {page.template: page.view for page in pages if page.template}


def test_every_template_of_the_theme_is_in_the_reference_and_every_page_kind_is_planned():
    named = {template for template, _ in rows()}
    there = {path.name for path in theme_folder().iterdir() if path.is_file()}
    assert named == there
    assert set(views()) == there - {"base.html"}


def test_the_reference_names_every_field_of_every_view():
    planned = views()
    told = dict(rows())
    for template, view in planned.items():
        if template.endswith(("json", "jsonl")) or template.startswith("sitemap"):
            continue
        names = {field.name for field in fields(view)} - INHERITED
        assert names <= told[template], template


def test_the_reference_names_every_field_of_the_frame_and_the_head():
    text = (DOCS / "templates.md").read_text()
    for kind in (Frame, Head):
        names = {f.name for f in fields(kind)} if kind is Frame else set(kind._fields)
        assert {name for name in names if f"`{name}`" not in text} == set()


def test_the_reference_names_every_filter_and_block():
    text = (DOCS / "templates.md").read_text()
    base = (theme_folder() / "base.html").read_text()
    for name in re.findall(r"{% block (\w+) %}", base):
        assert f"`{name}`" in text
    for name in ("thousands", "counted", "spelled", "capital"):
        assert f"`{name}" in text
        assert name in Templates(theme_folder())._environment.filters


def test_the_example_of_an_override_renders(tmp_path):
    from generator.render.rendering import render_page
    from generator.render.weaving import Kept

    example = re.search(r"```jinja\n(.*?)```", (DOCS / "templates.md").read_text(), re.DOTALL)[1]
    (tmp_path / "base.html").write_text(example)
    archive, texts = fx.ledger()
    pages, _ = fx.planned(archive, fx.site(), {}, {}, fx.TEXTS)
    page = next(p for p in pages if p.address == "/about/")
    html = render_page(
        page, Templates(theme_folder(), tmp_path), Kept(texts, texts.leaf, texts.leaf)
    ).decode()
    assert "Printed on recycled light." in html
    assert "The archive as data" in html
