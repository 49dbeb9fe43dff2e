"""Every feed of the demo is valid by its standard, and can be read by a person who opens it."""

import json
from pathlib import Path

import jsonschema
from built_site import BuiltSite
from lxml import etree

SCHEMAS = Path(__file__).parent / "schemas"


def test_every_atom_feed_is_valid_by_rfc_4287(demo: BuiltSite) -> None:
    schema = etree.RelaxNG(etree.parse(str(SCHEMAS / "atom.rng")))
    feeds = sorted(demo.output.rglob("feed.xml"))
    assert len(feeds) > 50
    assert any("stories" in feed.parts for feed in feeds) == (demo.output / "stories").is_dir()
    for feed in feeds:
        assert schema.validate(etree.parse(str(feed))), (feed, schema.error_log)


def test_the_schema_refuses_what_the_standard_refuses() -> None:
    schema = etree.RelaxNG(etree.parse(str(SCHEMAS / "atom.rng")))
    good = '<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><id>x:y</id><updated>2021-04-13T11:34:00Z</updated></feed>'
    assert schema.validate(etree.fromstring(good))
    for broken in (
        good.replace("<id>x:y</id>", ""),
        good.replace("Z</updated>", "</updated>"),
        good.replace("<title>T</title>", "<titel/>"),
    ):
        assert not schema.validate(etree.fromstring(broken)), broken


def test_every_json_feed_is_valid_by_version_1_1(demo: BuiltSite) -> None:
    validator = jsonschema.Draft202012Validator(
        json.loads((SCHEMAS / "json-feed.json").read_text(encoding="utf-8"))
    )
    feeds = sorted(demo.output.rglob("feed.json"))
    assert len(feeds) > 50
    for feed in feeds:
        errors = [
            error.message for error in validator.iter_errors(json.loads(feed.read_text(encoding="utf-8")))
        ]
        assert errors == [], feed


def test_a_feed_has_a_style_sheet_of_the_theme_and_links_that_a_browser_follows(demo: BuiltSite) -> None:
    tree = etree.parse(str(demo.output / "feed.xml"))
    instruction = tree.getroot().getprevious()
    assert instruction.target == "xml-stylesheet"
    assert 'type="text/css"' in instruction.text
    assert (demo.output / "assets" / "feed.css").is_file()
    names = {"a": "http://www.w3.org/2005/Atom", "h": "http://www.w3.org/1999/xhtml"}
    links = tree.xpath("//a:entry/h:a/@href", namespaces=names)
    assert links == tree.xpath("//a:entry/a:id/text()", namespaces=names)
