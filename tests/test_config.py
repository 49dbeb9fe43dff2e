"""site.yaml: what it means, and every mistake in it at once."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.config import SETTINGS, SIZE_LIMIT, find_root, load_site
from generator.core.colours import contrast
from generator.core.model import Taxonomy
from generator.core.problems import SiteError
from generator.core.site import BUILT_IN_TAXONOMIES, Destination, Publisher, Site, Theme
from generator.deploy.settings import LIFETIMES

HEAD = "title: The Sandmouth Gazette\nurl: https://gazette.example/\n"


def load(root: Path, text: str) -> Site:
    (root / "site.yaml").write_text(text, encoding="utf-8")
    return load_site(root)


def told(root: Path, text: str) -> list[str]:
    with pytest.raises(SiteError) as refused:
        load(root, text)
    assert str(refused.value) == "\n".join(map(str, refused.value.problems))
    return [str(problem).removeprefix("site.yaml:") for problem in refused.value.problems]


def test_a_title_and_a_url_are_a_site(tmp_path: Path) -> None:
    site = load(tmp_path, HEAD)
    assert replace(site, digest="") == Site(
        root=tmp_path, title="The Sandmouth Gazette", url="https://gazette.example/"
    )
    assert site.digest


def test_every_setting_is_read(tmp_path: Path) -> None:
    text = """\ufeff
title: The Sandmouth Gazette   # as on the masthead
url: HTTPS://Gazette.Example:8080/the/archive
description: All of it
language: cy
timezone: Asia/Tokyo
publisher: {name: Gazette, url: "https://g.example", logo: media/logo.svg}
permalinks: {article: "/{year}/{month}/{day}/{slug}"}
taxonomies:
  ships: {singular: Ship, schema: Vehicle}
  storms: Storm
  風: {singular: Wind, plural: Winds}
paginate: 10
omit: [data, days]
theme: {accent: "#8A1C1C", accent_dark: "#fcc"}
annotate: {tagger: rules}
deploy:
  production: {to: "s3://bucket/prefix", region: x}
  staging: file:///srv/www
"""
    site = load(tmp_path, text)
    assert replace(site, digest="") == Site(
        root=tmp_path,
        title="The Sandmouth Gazette",
        url="https://gazette.example:8080/the/archive/",
        base="/the/archive",
        description="All of it",
        language="cy",
        timezone="Asia/Tokyo",
        publisher=Publisher(name="Gazette", url="https://g.example", logo="media/logo.svg"),
        article_permalink="/{year}/{month}/{day}/{slug}/",
        taxonomies=(
            *BUILT_IN_TAXONOMIES[:3],
            Taxonomy(key="ships", singular="Ship", plural="Ships", schema="Vehicle"),
            Taxonomy(key="storms", singular="Storm", plural="Storms", schema="Thing"),
            Taxonomy(key="風", singular="Wind", plural="Winds", schema="Thing"),
            BUILT_IN_TAXONOMIES[3],
        ),
        paginate=10,
        omit=("days", "data"),
        theme=Theme(accent="#8A1C1C", accent_dark="#fcc"),
        tagger="rules",
        deploy=(
            Destination(
                name="production",
                to="s3://bucket/prefix",
                line=18,
                cache=LIFETIMES,
                max_removed=0.25,
                options={"region": "x"},
            ),
            Destination(name="staging", to="file:///srv/www", line=19, cache=LIFETIMES, max_removed=0.25),
        ),
    )


def test_settings_left_empty_have_their_defaults(tmp_path: Path) -> None:
    empty = "".join(f"{key}:\n" for key in SETTINGS if key not in {"title", "url"})
    assert load(tmp_path, HEAD + empty) == load(tmp_path, HEAD)
    inner = (
        'theme: {accent: ""}\nannotate: {tagger: }\npermalinks: {article: ""}\npublisher: ""\ntimezone: ""\n'
    )
    assert load(tmp_path, HEAD + inner + "paginate: ''\n") == load(tmp_path, HEAD)
    assert load(tmp_path, HEAD + "publisher: Gazette\n").publisher == Publisher(name="Gazette")


KNOWN = (
    "known are title, url, description, language, timezone, publisher, permalinks, taxonomies, paginate, "
    "omit, theme, annotate, import, hosts, headers, deploy"
)
COLOUR = '(expected e.g. "#8a1c1c", between quotes) [E111]'
PERMALINK = "(expected e.g. /{year}/{month}/{slug}/) [E109]"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["1: title: missing (add e.g. title: The Harbour Ledger) [E104]",
              "1: url: missing (add e.g. url: https://archive.example.org/) [E104]"]),
        ("\ntitle:\nurl: ''\n", ["2: title: missing (add e.g. title: The Harbour Ledger) [E104]",
                                 "3: url: missing (add e.g. url: https://archive.example.org/) [E104]"]),
        ("title: [a]\nurl: {b: c}\n", ["1: title: a list where a text belongs (expected a text) [E105]",
                                       "2: url: a mapping where a text belongs (expected a text) [E105]"]),
        (HEAD + "titel: x\nzzz: 1\n", ['3: titel: unknown setting (did you mean "title"?) [E103]',
                                       f"4: zzz: unknown setting ({KNOWN}) [E103]"]),
        (HEAD + "timezone: Europe/Londn\n", ['3: timezone: unknown: "Europe/Londn" (did you mean "Europe/London"?) [E107]']),
        (HEAD + "timezone: europe\n", ['3: timezone: unknown: "europe" (did you mean "Europe/Rome"?) [E107]']),
        (HEAD + "timezone: ../../etc/passwd\n", ['3: timezone: unknown: "../../etc/passwd" (expected e.g. Europe/London) [E107]']),
        (HEAD + "timezone: ''\nlanguage: the Queen's\n",
         ['4: language: not a language: "the Queen\'s" (expected e.g. en or pt-BR) [E105]']),
        (HEAD + "publisher: {nme: x, url: y, logo: ../z}\n", [
            '3: publisher.nme: not a key known here (did you mean "name"?) [E103]',
            '3: publisher.logo: not a path within media/: "../z" (expected e.g. media/harbour.jpg) [E105]',
            '3: publisher.url: not a URL: "y" (expected e.g. https://example.org/page) [E106]',
        ]),
        (HEAD + "publisher: [x]\n", [
            "3: publisher: a list where a mapping belongs (expected a mapping of name, url, logo) [E105]"]),
        (HEAD + "paginate: 0\n", ['3: paginate: not a number of articles: "0" (expected 1 to 1000) [E110]']),
        (HEAD + "paginate: 1001\n", ['3: paginate: not a number of articles: "1001" (expected 1 to 1000) [E110]']),
        (HEAD + "paginate: many\n", ['3: paginate: not a number of articles: "many" (expected 1 to 1000) [E110]']),
        (HEAD + "theme: {accent: '#999', accent_dark: '#8a1c1c'}\n", [
            "3: theme.accent: #999 on #ffffff has a contrast of 2.84:1 (text needs 4.5:1; choose a darker colour) [E112]",
            "3: theme.accent_dark: #8a1c1c on #121315 has a contrast of 2.00:1 "
            "(text needs 4.5:1; choose a lighter colour) [E112]",
        ]),
        (HEAD + "theme: {paper: '#888', paper_dark: '#555', accent: '#8a1c1c'}\n", [
            "3: theme.accent: #8a1c1c on #888 has a contrast of 2.61:1 (text needs 4.5:1; choose a darker colour) [E112]",
            "3: theme.paper: #888 on #595959 has a contrast of 1.97:1 (text needs 4.5:1; choose a lighter colour) [E112]",
            "3: theme.paper_dark: #555 on #a8a6a1 has a contrast of 3.06:1 (text needs 4.5:1; choose a darker colour) [E112]"]),
        (HEAD + "theme: {accent: red, accent_dark: '#12345'}\n", [
            f'3: theme.accent: not a colour: "red" {COLOUR}', f'3: theme.accent_dark: not a colour: "#12345" {COLOUR}']),
        (HEAD + "theme: {accent: [a]}\n", ["3: theme.accent: a list where a text belongs (expected a text) [E105]"]),
        (HEAD + "annotate: {tagger: lite}\n", ['3: annotate.tagger: unknown: "lite" (did you mean "light"?) [E113]']),
        (HEAD + "annotate: {tagger: ml9}\n", ['3: annotate.tagger: unknown: "ml9" (expected light, accurate or rules) [E113]']),
        (HEAD + "annotate: light\n", [
            "3: annotate: a text where a mapping belongs (expected a mapping of tagger, review, vocabulary, tags) [E105]"]),
        (HEAD + "permalinks: {article: '/{yaer}/{slug}/'}\n",
         [f'3: permalinks.article: unknown placeholder {{yaer}}: "/{{yaer}}/{{slug}}/" {PERMALINK}']),
        (HEAD + "permalinks: {article: '/{year}/'}\n", [f'3: permalinks.article: lacks {{slug}}: "/{{year}}/" {PERMALINK}']),
        (HEAD + "permalinks: {article: '{slug}'}\n", [f'3: permalinks.article: not an address: "{{slug}}/" {PERMALINK}']),
        (HEAD + "permalinks: {article: '/{slug}}/'}\n",
         [f'3: permalinks.article: a brace without its other: "/{{slug}}}}/" {PERMALINK}']),
        (HEAD + "permalinks: {article: '/tags/{slug}'}\n",
         [f'3: permalinks.article: /tags/ is taken by the site itself: "/tags/{{slug}}/" {PERMALINK}']),
        (HEAD + "permalinks: {article: '/../{slug}'}\n",
         [f'3: permalinks.article: not an address: "/../{{slug}}/" {PERMALINK}']),
        (HEAD + "taxonomies: {tags: Tag}\n", ["3: taxonomies.tags: is built in (choose another key) [E108]"]),
        (HEAD + "taxonomies: {notes: N}\n",
         ["3: taxonomies.notes: means something else in front matter (choose another key) [E108]"]),
        (HEAD + "taxonomies: {data: D}\n", ["3: taxonomies.data: /data/ is taken by the site itself (choose another key) [E108]"]),
        (HEAD + "taxonomies: {2021: D}\n", ["3: taxonomies.2021: /2021/ is taken by the site itself (choose another key) [E108]"]),
        (HEAD + "taxonomies: {Ships: D}\n", ["3: taxonomies.Ships: cannot stand in an address (expected e.g. ships) [E108]"]),
        (HEAD + "taxonomies:\n  ships:\n  boats: [x]\n  cars: {plural: Cs, schema: a b}\n", [
            "4: taxonomies.ships: what one of them is called is missing (add e.g. ships: {singular: …}) [E108]",
            "5: taxonomies.boats: a list where a mapping belongs (expected a mapping of singular, plural, schema) [E105]",
            '6: taxonomies.cars.schema: not a schema.org type: "a b" (expected e.g. Vehicle, Event or CreativeWork) [E108]',
            "6: taxonomies.cars: what one of them is called is missing (add e.g. cars: {singular: …}) [E108]",
        ]),
        (HEAD + "taxonomies: [ships]\n", ["3: taxonomies: a list where a mapping belongs (expected a mapping) [E105]"]),
        (HEAD + "omit: [day, people]\n", [
            '3: omit: unknown: "day" (did you mean "days"?) [E119]',
            '3: omit: unknown: "people" (known are days, authors, publishers, search, data, stories, entity-feeds, json-feeds, quotes, timelines, on-this-day, network, random) [E119]']),
        (HEAD + "deploy:\n  production: x\n  a: {}\n  b: [c]\n  d: {to: [e]}\n", [
            '4: deploy.production: leads nowhere: "x" (expected e.g. to: s3://bucket/prefix) [E114]',
            '5: deploy.a: leads nowhere: "" (expected e.g. to: s3://bucket/prefix) [E114]',
            "6: deploy.b: a list where a mapping belongs (expected a mapping) [E105]",
            "7: deploy.d.to: a list where a text belongs (expected a text) [E105]",
        ]),
        ("title: a\ntitle: b\n", ["2: title: stands twice, first on line 1 (keep one of the two) [E102]"]),
        ("title: a: b\n", [
            "1: title: not YAML: mapping values are not allowed in this context "
            '(put a value that holds ": " between quotes) [E102]']),
        ("- a\n", ["1: file: not keys and values (one `key: value` a line) [E102]"]),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line_and_setting(tmp_path: Path, text: str, expected: list[str]) -> None:
    assert told(tmp_path, text) == expected


@pytest.mark.parametrize(
    "url",
    [
        "gazette.example", "ftp://gazette.example/", "https://", "https:///x", "https://g.example/?a=b",
        "https://g.example/#a", "https://user:pw@g.example/", "https://g.example//a/", "https://g.example:99999/",
        "https://g .example/", "https://[bad/",
    ],
)  # fmt: skip
def test_what_is_no_address_of_a_site_is_told(tmp_path: Path, url: str) -> None:
    assert told(tmp_path, f"title: T\nurl: '{url}'\n") == [
        f'2: url: not a site\'s address: "{url}" (expected e.g. https://archive.example.org/) [E106]'
    ]


def test_all_mistakes_are_told_at_once_in_the_order_of_lines(tmp_path: Path) -> None:
    found = told(tmp_path, "paginate: x\nurl: y\nlanguge: en\ntheme: {accent: '#fff'}\n")
    assert [line.split(":")[0] for line in found] == ["1", "1", "2", "3", "4"]


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_bytes(b"title: T\nurl: \xe9\n")
    with pytest.raises(
        SiteError, match=r"^site\.yaml:2: file: not UTF-8: byte 0xe9 \(save it as UTF-8\) \[E102\]$"
    ):
        load_site(tmp_path)


def test_a_file_too_large_is_told(tmp_path: Path) -> None:
    assert told(tmp_path, "#" * (SIZE_LIMIT + 1)) == [
        " file: too large to be read (at most 1,000,000 bytes) [E102]"
    ]


def test_a_folder_without_settings_is_told(tmp_path: Path) -> None:
    with pytest.raises(SiteError, match=r"^no site\.yaml here \(`morgue new` makes a site\) \[E101\]$"):
        load_site(tmp_path)
    (tmp_path / "site.yaml").mkdir()
    with pytest.raises(SiteError, match=r"^site\.yaml: file: cannot be read: Is a directory \[E102\]$"):
        load_site(tmp_path)


def test_a_site_is_found_from_any_folder_within_it(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text(HEAD)
    deep = tmp_path / "content" / "articles"
    deep.mkdir(parents=True)
    assert find_root(deep) == tmp_path.resolve()
    assert find_root(tmp_path) == tmp_path.resolve()


def test_where_no_site_is_found_the_way_out_is_told(tmp_path: Path) -> None:
    with pytest.raises(SiteError) as refused:
        find_root(tmp_path)
    assert str(refused.value) == (
        "no site.yaml in this folder or any above it "
        "(go to a site, name it with --site, or make one with `morgue new`) [E101]"
    )


OTHERS = (
    "title: Other\nurl: https://gazette.example/\n",
    "title: The Sandmouth Gazette\nurl: https://gazette.example/a\n",
    HEAD + "description: x\n",
    HEAD + "language: fr\n",
    HEAD + "timezone: Asia/Tokyo\n",
    HEAD + "publisher: x\n",
    HEAD + "publisher: {url: 'https://x.example'}\n",
    HEAD + "publisher: {logo: media/x.svg}\n",
    HEAD + "permalinks: {article: '/{slug}/'}\n",
    HEAD + "taxonomies: {ships: Ship}\n",
    HEAD + "taxonomies: {ships: {singular: Ship, schema: Vehicle}}\n",
    HEAD + "paginate: 7\n",
    HEAD + "theme: {accent: '#000'}\n",
    HEAD + "theme: {accent_dark: '#fff'}\n",
    HEAD + "annotate: {tagger: rules}\n",
)


def test_the_digest_changes_with_every_setting_but_the_folder_and_the_targets(tmp_path: Path) -> None:
    digests = {load(tmp_path, text).digest for text in (HEAD, *OTHERS)}
    assert len(digests) == len(OTHERS) + 1
    other = tmp_path / "elsewhere"
    other.mkdir()
    assert load(other, HEAD + "deploy: {a: 's3://b'}\n# words\n").digest == load(tmp_path, HEAD).digest


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast("#000", "#ffffff") == 21
    assert contrast("#fff", "#fff") == 1
    assert round(contrast("#767676", "#fff"), 2) == 4.54
    assert round(contrast("#fff", "#777777"), 2) == 4.48


@settings(max_examples=80, deadline=None)
@given(st.dictionaries(st.sampled_from(SETTINGS), st.text("{}[]a:/#'\" \n", max_size=20), max_size=4))
def test_no_settings_whatever_raise_anything_else(
    tmp_path_factory: pytest.TempPathFactory, pairs: dict[str, str]
) -> None:
    root = tmp_path_factory.mktemp("site")
    try:
        load(root, "".join(f"{key}: {value}\n" for key, value in pairs.items()))
    except SiteError as refused:
        assert refused.problems


def test_the_reference_tells_every_setting_in_order() -> None:
    reference = (Path(__file__).parent.parent / "docs" / "reference" / "site-yaml.md").read_text(
        encoding="utf-8"
    )
    table = reference.split("\n## ")[0]
    told = [line.split("`")[1] for line in table.splitlines() if line.startswith("| `")]
    assert told == list(SETTINGS)
