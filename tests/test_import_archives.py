"""The two real archives, every file of them: nothing lost, and no link that led somewhere leads nowhere."""

import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from generator.core.paths import address, slugify
from generator.core.problems import Problem
from generator.core.site import Site
from generator.importing import import_sources
from generator.sources.importers.base import LEFT_OUT, ImportContext, Imported, Original
from generator.sources.importers.markdown import MarkdownImporter
from generator.sources.read import read_content

ARCHIVES = Path(__file__).parent.parent.parent / "shared" / "data" / "archives"
NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Run:
    """One archive imported: what came of each file, and its time on the processor."""

    sources: Mapping[str, str]
    made: Mapping[str, Imported]
    problems: tuple[Problem, ...]
    seconds: float

    def kinds(self) -> Counter[str]:
        return Counter(each.kind for each in self.made.values())

    def codes(self) -> Counter[str]:
        return Counter(problem.code for problem in self.problems)


def imported(name: str) -> Run:
    root = ARCHIVES / name
    if not root.is_dir():
        pytest.skip(f"../shared/data/archives/{name} not present")
    files = {str(path.relative_to(root)): path for path in sorted(root.rglob("*")) if path.is_file()}
    importer = MarkdownImporter()
    context = ImportContext(
        site=Site(root=Path("/site"), title="T", url="https://archive.example.org/"),
        now=NOW,
        files=frozenset(files),
        fetch=lambda name: files[name].read_bytes() if name in files else None,
    )
    made: dict[str, Imported] = {}
    sources: dict[str, str] = {}
    problems: list[Problem] = []
    began = time.process_time()
    for name, path in files.items():
        original = Original(name=name, data=path.read_bytes(), where=name)
        if not importer.recognises(original):
            continue
        results, told = importer.read(original, context)
        problems += told
        sources[name] = original.data.decode().replace("\r\n", "\n")
        if results:
            (made[name],) = results
    return Run(sources=sources, made=made, problems=tuple(problems), seconds=time.process_time() - began)


@pytest.fixture(scope="module")
def digitalgov() -> Run:
    return imported("digitalgov")


@pytest.fixture(scope="module")
def eighteen_f() -> Run:
    return imported("18f")


def norm(path: str) -> str:
    return unquote(path).lower().strip("/").removesuffix(".html")


def own_address(each: Imported) -> str:
    if each.kind == "record":
        return f"/{each.place}/"
    return f"/{each.place}/"


def addresses(run: Run) -> dict[str, str]:
    """Every address of the new site, aliases too, and the file whose page is there."""
    found: dict[str, str] = {}
    for name, each in run.made.items():
        found[norm(own_address(each))] = name
    for name, each in run.made.items():
        for alias in each.front.get("aliases") or []:  # type: ignore[union-attr]
            found.setdefault(norm(str(alias)), name)
    for each in run.made.values():
        for tag in each.front.get("tags") or []:  # type: ignore[union-attr]
            found.setdefault(f"tags/{slugify(str(tag))}", "tag:" + slugify(str(tag)))
    for each in run.made.values():
        for author in each.front.get("authors") or []:  # type: ignore[union-attr]
            found.setdefault(f"authors/{slugify(str(author))}", "byline:" + str(author))
    for name, text in run.sources.items():
        shown = front_value(text, "display_name")
        if shown and any(shown in (each.front.get("authors") or []) for each in run.made.values()):  # type: ignore[operator]
            found[f"authors/{slugify(shown)}"] = name
    return found


LINKS = re.compile(r"""\]\(\s*<?([^\s()<>]+)|\b(?:href|src)\s*=\s*["']([^"'<>]+)["']""")


def new_links(body: str) -> Iterator[str]:
    """Addresses in a body, those in examples of code left out."""
    body = re.sub(r"^[ \t]*(```|~~~).*?^[ \t]*\1|``?[^`\n]*``?", "", body, flags=re.MULTILINE | re.DOTALL)
    for first, second in LINKS.findall(body):
        yield first or second


def check_census(run: Run, before: Mapping[str, list[str]]) -> tuple[int, int]:
    """Each file that an article linked to is still linked to; gives the links before and after."""
    there = addresses(run)
    lost: list[str] = []
    links_before = links_after = 0
    for name, targets in before.items():
        if name not in run.made:
            continue
        after = []
        for link in new_links(run.made[name].body):
            if link.startswith("/") and not link.startswith("//"):
                path = norm(urlsplit(link).path)
                assert path in there or path in {"", "tags", "authors"}, f"{name}: broken: {link}"
                after.append(there.get(path, "/"))
        links_before += len(targets)
        links_after += len(after)
        # A person may have two pages in the source, and has one here.
        names = {
            target: front_value(run.sources.get(target, ""), "display_name") for target in targets + after
        }
        missing = Counter(names[each] or each for each in targets) - Counter(
            names[each] or each for each in after
        )
        lost += [f"{name}: {target}" for target in missing]
    assert lost == [], "\n".join(lost)
    return links_before, links_after


def front_value(text: str, key: str) -> str:
    found = re.search(rf"^{key}:[ \t]*[\"']?([^\"'\n]*)", text.partition("\n---\n")[0], re.MULTILINE)
    return found[1].strip() if found else ""


def digitalgov_targets(run: Run) -> dict[str, list[str]]:
    """Links of the source that its own site resolved, read from the raw files by Hugo's rules."""
    by_address: dict[str, str] = {}
    by_path: dict[str, str] = {}
    by_name: dict[str, list[str]] = {}
    for name, text in run.sources.items():
        if not name.startswith("content/"):
            continue
        path = name.removeprefix("content/").removesuffix(".md")
        by_path[path] = name
        by_name.setdefault(path.rpartition("/")[2], []).append(name)
        slug = front_value(text, "slug")
        if path.startswith("news/"):
            day = front_value(text, "date")[:10].replace("-", "/")
            where = f"{day}/{slug or path.rpartition('/')[2][11:]}"
        elif path.endswith("_index"):
            where = path.removesuffix("_index").strip("/")
        else:
            where = f"{path.rpartition('/')[0]}/{slug or path.rpartition('/')[2]}"
        by_address.setdefault(norm(where), name)
    targets: dict[str, list[str]] = {}
    for name, text in run.sources.items():
        body = text.lstrip().partition("\n---\n")[2]
        found: list[str] = []
        for ref in re.findall(r'\{\{<\s*(?:rel)?ref\s+"([^"#]+)[^"]*"\s*>\}\}', body):
            path = ref.strip("/").removesuffix(".md")
            same = by_name.get(path, [])
            target = (
                by_path.get(path) or by_path.get(f"{path}/_index") or (same[0] if len(same) == 1 else None)
            )
            found += [target] if target else []
        for link in new_links(body):
            parts = urlsplit(link.replace("[", "").replace("]", ""))
            if parts.netloc in {"digital.gov", "www.digital.gov"} or (
                not parts.netloc and link.startswith("/")
            ):
                target = by_address.get(norm(parts.path))
                found += [target] if target else []
        targets[name] = found
    return targets


def test_every_post_of_digitalgov_becomes_an_article(digitalgov: Run) -> None:
    posts = [name for name in digitalgov.sources if name.startswith("content/news/")]
    assert len(posts) == 1617
    assert [name for name in posts if digitalgov.made[name].kind != "article"] == []
    assert digitalgov.kinds() == {"article": 1617, "record": 51, "page": 35}
    assert [str(problem) for problem in digitalgov.problems if problem.is_error] == []


def test_every_post_of_18f_becomes_an_article(eighteen_f: Run) -> None:
    posts = [name for name in eighteen_f.sources if name.startswith("content/posts/")]
    assert len(posts) == 504
    assert [name for name in posts if eighteen_f.made[name].kind != "article"] == []
    assert eighteen_f.kinds() == {"article": 504}
    assert [str(problem) for problem in eighteen_f.problems if problem.is_error] == []


@pytest.mark.parametrize("archive", ["digitalgov", "eighteen_f"])
def test_whatever_makes_no_page_is_told_with_its_reason(archive: str, request: pytest.FixtureRequest) -> None:
    run: Run = request.getfixturevalue(archive)
    told = {problem.path for problem in run.problems if problem.code == "W345"}
    assert {name for name in run.sources if name not in run.made} == told


@pytest.mark.parametrize("archive", ["digitalgov", "eighteen_f"])
def test_every_line_of_every_file_has_a_fate(archive: str, request: pytest.FixtureRequest) -> None:
    run: Run = request.getfixturevalue(archive)
    for name, each in run.made.items():
        written = {n for n, row in enumerate(run.sources[name].split("\n"), 1) if row.strip()}
        assert {fate.line for fate in each.lines} == written, name
        assert [fate for fate in each.lines if fate.fate == LEFT_OUT and not fate.reason] == []


@pytest.mark.parametrize("archive", ["digitalgov", "eighteen_f"])
def test_no_two_articles_share_an_address_or_an_alias(archive: str, request: pytest.FixtureRequest) -> None:
    run: Run = request.getfixturevalue(archive)
    claimed = [norm(own_address(each)) for each in run.made.values()]
    assert [where for where, times in Counter(claimed).items() if times > 1] == []
    for each in run.made.values():
        claimed += {norm(str(alias)) for alias in each.front.get("aliases") or []}  # type: ignore[union-attr]
    assert [where for where, times in Counter(claimed).items() if times > 1] == []
    for each in run.made.values():
        for alias in each.front.get("aliases") or []:  # type: ignore[union-attr]
            assert address(str(alias)) == alias


def test_digitalgov_keeps_each_permalink_of_its_old_site(digitalgov: Run) -> None:
    for name, each in digitalgov.made.items():
        if each.kind == "article":
            day = front_value(digitalgov.sources[name].lstrip(), "date")[:10].replace("-", "/")
            slug = front_value(digitalgov.sources[name].lstrip(), "slug")
            if day and slug:
                assert f"/{day}/{slug}/" in each.front["aliases"], name  # type: ignore[operator]


def test_18f_keeps_each_permalink_of_its_old_site(eighteen_f: Run) -> None:
    for name, each in eighteen_f.made.items():
        year, month, day, slug = name.rpartition("/")[2].removesuffix(".md").split("-", 3)
        wanted = (
            front_value(eighteen_f.sources[name], "permalink") or f"/{year}/{month}/{int(day):02}/{slug}/"
        )
        assert wanted in each.front["aliases"], name  # type: ignore[operator]


def test_no_link_of_digitalgov_that_led_somewhere_is_lost(digitalgov: Run) -> None:
    before, after = check_census(digitalgov, digitalgov_targets(digitalgov))
    assert before > 2_300
    assert after >= before


def test_no_link_of_18f_that_led_somewhere_is_lost(eighteen_f: Run) -> None:
    by_address: dict[str, str] = {}
    for name, text in eighteen_f.sources.items():
        if name.startswith("content/posts/"):
            year, month, day, slug = name.rpartition("/")[2].removesuffix(".md").split("-", 3)
            by_address[f"{year}/{month}/{int(day):02}/{slug}".lower()] = name
            by_address[norm(front_value(text, "permalink") or name)] = name
    targets: dict[str, list[str]] = {}
    for name, text in eighteen_f.sources.items():
        body = text.partition("\n---\n")[2]
        links = re.findall(r'\{\{\s*"([^"]+)"\s*\|\s*url\s*\}\}', body)
        links += list(new_links(body.replace("{{ site.baseurl }}", "").replace("{{site.baseurl}}", "")))
        paths = [
            norm(urlsplit(link).path)
            for link in links
            if link.startswith("/") or urlsplit(link.replace("[", "")).netloc == "18f.gsa.gov"
        ]
        targets[name] = [by_address[path] for path in paths if path in by_address]
    before, after = check_census(eighteen_f, targets)
    assert before > 400
    assert after >= before


@pytest.mark.parametrize("archive", ["digitalgov", "eighteen_f"])
def test_no_shortcode_is_left_in_a_body(archive: str, request: pytest.FixtureRequest) -> None:
    run: Run = request.getfixturevalue(archive)
    for name, each in run.made.items():
        assert re.findall(r"\{\{[<%]|\{%-? *(?:image|include|raw|endraw)\b|morgue-", each.body) == [], name
        assert re.findall(r"\{\{ *(?:site|page)\.", each.body) == [], name


def test_titles_and_summaries_are_plain_text(digitalgov: Run) -> None:
    for each in digitalgov.made.values():
        for key in ("title", "summary", "name"):
            assert not re.search(r"&#?\w+;|</?[a-z]+[ >]", str(each.front.get(key, ""))), each.front.get(key)


def test_authors_and_topics_have_the_names_the_archive_gives_them(digitalgov: Run) -> None:
    post = digitalgov.made["content/news/2015/06/2015-06-29-creating-a-social-media-report-that-matters.md"]
    assert post.front["authors"] == ["Katie Gresham"]
    assert post.front["tags"] == ["Social media", "Analytics", "Data visualization"]
    assert digitalgov.made["content/topics/mobile/_index.md"].place == "tags/mobile"


def test_the_engine_files_every_post_once_and_for_all(tmp_path: Path) -> None:
    root = ARCHIVES / "18f"
    if not root.is_dir():
        pytest.skip("../shared/data/archives/18f not present")
    site = Site(root=tmp_path, title="T", url="https://archive.example.org/")
    source = [str(root / "content")]
    first = import_sources(site, source, now=NOW, stdin=BytesIO())
    assert Counter(outcome.status for outcome in first.outcomes) == {"new": 504, "passed over": 11}
    assert [str(problem) for problem in first.all_problems if problem.is_error] == []
    content = read_content(site)
    assert (len(content.articles), content.problems) == (504, ())
    again = import_sources(site, source, now=NOW, stdin=BytesIO())
    assert Counter(outcome.status for outcome in again.outcomes) == {"unchanged": 504, "passed over": 11}


def test_an_archive_of_nine_years_is_imported_in_twenty_seconds(digitalgov: Run) -> None:
    if sys.gettrace() is not None:
        pytest.skip("a tracer slows everything")
    assert digitalgov.seconds < 20
