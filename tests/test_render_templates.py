"""Templates: overriding, closures, and mistakes told with file and line."""

import gzip
import re
import shutil

import fixture_archive as fx
import pytest

from generator.core.page import Page
from generator.core.paths import Address
from generator.core.problems import SiteError
from generator.render.fonts import fonts_for
from generator.render.site_views import RobotsView
from generator.render.templates import Templates
from generator.render.theme import theme_folder


@pytest.fixture
def own(tmp_path):
    folder = tmp_path / "templates"
    folder.mkdir()
    return folder


def page(template):
    return Page(address=Address("/x"), template=template, view=RobotsView(sitemap="<s>"))


def render(own, template="x.html"):
    return Templates(theme_folder(), own).render(page(template), "").decode()


def mistake(own, template="x.html"):
    with pytest.raises(SiteError) as caught:
        render(own, template)
    return str(caught.value)


def test_a_sites_template_stands_for_the_themes_of_the_same_name(own):
    (own / "robots.txt").write_text("Disallow: /")
    assert render(own, "robots.txt") == "Disallow: /"
    assert "Allow: /" in render(None, "robots.txt")


def test_a_sites_template_can_extend_the_one_it_stands_for(own):
    (own / "base.html").write_text(
        '{% extends "default/base.html" %}{% block foot %}<p>Mine</p>{% endblock %}'
    )
    from generator.render.rendering import render_page
    from generator.render.weaving import Kept

    archive, texts = fx.ledger()
    pages, _ = fx.planned(archive, fx.site(), {}, {}, fx.TEXTS)
    about = next(p for p in pages if p.address == "/about/")
    html = render_page(about, Templates(theme_folder(), own), Kept(texts, texts.leaf, texts.leaf)).decode()
    assert "<p>Mine</p>" in html
    assert "<h1>About</h1>" in html


def test_an_override_that_lies_elsewhere_changes_nothing(own, tmp_path):
    assert render(tmp_path / "nowhere", "robots.txt") == render(None, "robots.txt")


@pytest.mark.parametrize(
    ("source", "line", "told"),
    [
        (
            "\n{{ page.gone }}",
            2,
            'there is no "gone" here (docs/reference/templates.md lists what each page has)',
        ),
        ("{{ nothing }}", 1, "'nothing' is undefined"),
        ("\n\n{% if %}", 3, "Expected an expression, got 'end of statement block'"),
        ("{% include 'gone.html' %}", 1, 'there is no template "gone.html"'),
        ("{{ 1 // 0 }}", 1, "ZeroDivisionError: integer division or modulo by zero"),
        ("{{ 'a' + 1 }}", 1, 'TypeError: can only concatenate str (not "int") to str'),
        ("{{ page|nofilter }}", 1, "No filter named 'nofilter'."),
    ],
)
def test_a_mistake_in_a_template_names_its_file_and_line(own, source, line, told):
    (own / "x.html").write_text(source)
    assert mistake(own) == f"templates/x.html:{line}: template: {told} [E610]"


def test_a_mistake_in_an_included_template_names_that_one(own):
    (own / "x.html").write_text("{% include 'part.html' %}")
    (own / "part.html").write_text("\n{{ gone }}")
    assert mistake(own) == "templates/part.html:2: template: 'gone' is undefined [E610]"


def test_a_mistake_in_the_theme_is_told_as_the_themes(tmp_path):
    theme = tmp_path / "theme"
    theme.mkdir()
    (theme / "x.html").write_text("{{ gone }}")
    with pytest.raises(SiteError, match=r"theme:x\.html:1: template: 'gone' is undefined \[E610\]"):
        Templates(theme).render(page("x.html"), "")


@pytest.mark.parametrize("name", ["x.html", "part.html"])
def test_a_template_that_is_not_utf8_is_told_with_its_line(own, name):
    (own / "x.html").write_text('{% include "part.html" %}')
    (own / "part.html").write_text("")
    (own / name).write_bytes(b"one\ncaf\xe9 {{ page }}\n")
    with pytest.raises(SiteError) as caught:
        Templates(theme_folder(), own).closure_digest("x.html")
    assert (
        str(caught.value) == f"templates/{name}:2: template: not UTF-8: byte 0xe9 (save it as UTF-8) [E610]"
    )


def test_a_missing_template_is_a_problem(own):
    assert mistake(own, "gone.html") == 'template: there is no template "gone.html" [E610]'
    with pytest.raises(SiteError, match="there is no template"):
        Templates(theme_folder(), own).closure_digest("gone.html")


def test_a_malformed_template_is_a_problem_when_its_closure_is_taken(own):
    (own / "x.html").write_text("{% block %}")
    with pytest.raises(SiteError, match=r"templates/x\.html:1: template: "):
        Templates(theme_folder(), own).closure_digest("x.html")


def test_views_are_escaped_and_the_text_is_not(own):
    (own / "x.html").write_text("{{ page.sitemap }} {{ text }}")
    assert Templates(theme_folder(), own).render(page("x.html"), "<p>").decode() == "&lt;s&gt; <p>"


def digests(theme, own=None):
    templates = Templates(theme, own)
    return {name: templates.closure_digest(name) for name in ("article.html", "day.html", "robots.txt")}


@pytest.fixture
def theme(tmp_path):
    return shutil.copytree(theme_folder(), tmp_path / "theme")


def changed(theme, name):
    before = digests(theme)
    path = theme / name
    path.write_text(path.read_text() + " ")
    after = digests(theme)
    return {each for each in before if before[each] != after[each]}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("robots.txt", {"robots.txt"}),
        ("article.html", {"article.html"}),
        ("base.html", {"article.html", "day.html"}),
        ("parts/words.html", {"article.html", "day.html"}),
        ("parts/article/cite.html", {"article.html"}),
        ("parts/charts.html", {"article.html", "day.html"}),
        ("redirect.html", set()),
    ],
)
def test_a_closure_changes_with_all_that_the_template_uses_and_nothing_else(theme, name, expected):
    assert changed(theme, name) == expected


def test_an_override_changes_the_closures_that_use_it(theme, own):
    before = digests(theme, own)
    (own / "parts").mkdir()
    (own / "parts" / "foot.html").write_text("mine")
    after = digests(theme, own)
    assert [name for name in before if before[name] != after[name]] == ["article.html", "day.html"]


def test_a_template_that_computes_a_name_depends_on_all(theme):
    (theme / "robots.txt").write_text("{% include page.sitemap %}")
    assert changed(theme, "redirect.html") == {"robots.txt"}


def test_the_assets_are_the_themes_and_the_sites_over_them(own):
    (own / "assets" / "more").mkdir(parents=True)
    (own / "assets" / "style.css").write_text("x")
    (own / "assets" / "more" / "logo.svg").write_text("x")
    (own / "assets" / ".hidden").write_text("x")
    found = Templates(theme_folder(), own).assets()
    assert found["templates/assets/style.css"] == own / "assets" / "style.css"
    assert "theme:style.css" not in found
    assert {"templates/assets/more/logo.svg", "theme:search.js", "theme:icon.svg"} <= set(found)
    assert not [name for name in found if ".hidden" in name]
    same = Templates(theme_folder(), theme_folder()).assets()
    assert {"theme:style.css", "theme:search.js"} <= set(same)


def test_the_theme_stays_light():
    assets = theme_folder() / "assets"
    sent = {
        name: len(gzip.compress((assets / name).read_bytes(), 9))
        for name in ("style.css", "search.js", "page.js")
    }
    assert sent["style.css"] <= 6_300
    assert sent["search.js"] <= 4_000
    assert sent["page.js"] <= 2_500


@pytest.mark.parametrize(
    ("language", "fonts"),
    [
        ("en", ("display-latin", "serif-latin", "sans-latin")),
        ("sr", ("display-cyrillic", "serif-cyrillic", "sans-cyrillic")),
        ("sr-Latn-RS", ("display-latin", "serif-latin", "sans-latin")),
        ("el", ("display-greek", "serif-greek")),
        ("ar-EG", ()),
    ],
)
def test_the_fonts_asked_for_early_are_those_of_the_languages_script(language, fonts):
    assert fonts_for(language) == fonts
    assert all((theme_folder() / "assets" / "fonts" / f"{name}.woff2").is_file() for name in fonts)


def test_every_font_of_the_style_sheet_is_in_the_theme_and_no_other():
    assets = theme_folder() / "assets"
    named = set(re.findall(r"url\((fonts/[\w-]+\.woff2)\)", (assets / "style.css").read_text()))
    assert named == {f"fonts/{file.name}" for file in (assets / "fonts").glob("*.woff2")}


def test_a_theme_needs_no_assets(tmp_path):
    assert Templates(tmp_path).assets() == {}
