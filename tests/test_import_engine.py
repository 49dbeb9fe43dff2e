"""Exports of many articles: streamed, known again by their names, brought up to date, their versions kept."""

import hashlib
import tarfile
import zipfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from engine_formats import Streamed, Whole, export, made_of, offer
from PIL import Image

from generator.cli import morgue
from generator.config import load_site
from generator.depositing import Depot
from generator.importing import ImportRun, import_sources
from generator.sources.importers import bundles
from generator.sources.importers.base import ImportContext, Original
from generator.sources.importers.outcomes import counted

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
ONE = "The harbour was quiet on Tuesday, and the boats lay where they had lain on Monday evening."
TWO = "Nobody on the quay could say why, and the harbour master, who might have, was at the dentist."
THREE = "By noon the wind had gone round to the north and everything was moving again, slowly at first."


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = tmp_path / "site"
    root.mkdir()
    (root / "site.yaml").write_text("title: T\nurl: https://e.org/\n")
    return root


def put(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def run(site: Path, *sources: Path | str, **options: Any) -> ImportRun:
    return import_sources(
        load_site(site), [str(s) for s in sources], **{"now": NOW, "stdin": BytesIO()} | options
    )


def command(site: Path, *arguments: Path | str) -> Result:
    environment = {"SOURCE_DATE_EPOCH": str(int(NOW.timestamp()))}
    return CliRunner().invoke(morgue, ["import", "--site", str(site), *map(str, arguments)], env=environment)


def tree(root: Path) -> dict[str, bytes]:
    return {
        str(p.relative_to(root)): p.read_bytes()
        for p in sorted(root.rglob("*"))
        if p.is_file() and ".morgue" not in p.parts
    }


def counts(done: ImportRun) -> dict[str, int]:
    return {status: count for status, count in counted(done.outcomes).items() if count}


def problems(done: ImportRun) -> list[str]:
    """All that was told, but that these short texts are much alike."""
    return [str(problem) for problem in done.all_problems if problem.code != "W391"]


def row(number: int, **more: Any) -> dict[str, Any]:
    return {
        "id": f"ledger-{number}",
        "url": f"https://ledger.example/2021/story-{number}/",
        "title": f"Story {number}",
        "published": f"2021-04-{number:02}T09:00:00Z",
        "body": f"{ONE}\n\nStory number {number}.\n\n{TWO}",
    } | more


ARTICLE = "content/articles/2021/04/story-1.md"
KINDS = [Whole(), Streamed(".whole")]


@pytest.fixture(params=KINDS, ids=["whole", "streamed"])
def kind(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Any:
    offer(monkeypatch, request.param)
    return request.param


def test_an_export_of_many_articles_is_kept_once_and_each_names_it(
    site: Path, tmp_path: Path, kind: Any
) -> None:
    path = put(tmp_path / "export.whole", export(row(1), row(2)))
    done = run(site, path)
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    sha = f'"{sha256}"' if f'"{sha256}"' in (site / ARTICLE).read_text() else sha256  # "24f3…" may need marks
    assert (site / "content/sources/export.whole").read_bytes() == path.read_bytes()
    assert counts(done) == {"new": 2}
    assert (site / ARTICLE).read_text().partition("source:\n")[2].partition("---")[0] == (
        f"  url: https://ledger.example/2021/story-1/\n  file: sources/export.whole\n  sha256: {sha}\n"
        f'  imported: 2026-11-22T10:00:00Z\n  id: ledger-1\n  importer: {kind.name}\n  version: "0.1.0"\n'
    )
    before = tree(site)
    again = run(site, path)
    assert [outcome.status for outcome in again.outcomes] == ["unchanged"]
    assert tree(site) == before


def test_a_newer_export_adds_nothing_twice_and_updates_what_changed(
    site: Path, tmp_path: Path, kind: Any
) -> None:
    path = put(tmp_path / "export.whole", export(row(1), row(2), row(3)))
    run(site, path)
    old, text = path.read_bytes(), (site / ARTICLE).read_text()
    (site / ARTICLE).write_text(text.replace(TWO, f"{TWO} An editor added this."))
    before = tree(site)
    path.write_text(
        export(
            row(1, title="Story 1, told again", body=f"{THREE}\n\nStory number 1.\n\n{TWO}"), row(2), row(4)
        )
    )
    done = run(site, path)
    assert counts(done) == {"new": 1, "updated": 1, "unchanged": 1}
    (outcome,) = done.outcomes
    assert outcome.articles == (ARTICLE, "content/articles/2021/04/story-4.md")
    written = (site / ARTICLE).read_text()
    assert "title: Story 1, told again\nslug: story-1\n" in written.replace(
        "published: 2021-04-01T09:00:00Z\n", ""
    )
    assert written.endswith(f"{THREE}\n\nStory number 1.\n\n{TWO} An editor added this.\n")
    assert outcome.kept == (f"{ARTICLE}: text: Nobody on the quay could say why, and …",)
    assert outcome.vanished == ("content/articles/2021/04/story-3.md",)
    assert problems(done)[-1] == (
        f"{path}: 1 article of an earlier export is not in this one: content/articles/2021/04/story-3.md "
        "(nothing was deleted) [W392]"
    )
    stamp = hashlib.sha256(old).hexdigest()[:12]
    assert (site / f"content/sources/export.{stamp}.whole").read_bytes() == old
    assert (site / "content/sources/export.whole").read_bytes() == path.read_bytes()
    for untouched in ("story-2", "story-3"):
        name = f"content/articles/2021/04/{untouched}.md"
        assert (site / name).read_bytes() == before[name]
    assert counts(run(site, path)) == {"unchanged": 2} if kind.name == "whole" else {"unchanged": 1}


def test_the_earlier_text_is_kept_as_a_version(site: Path, tmp_path: Path, kind: Any) -> None:
    path = put(tmp_path / "export.whole", export(row(1), row(2)))
    run(site, path)
    earlier = (site / ARTICLE).read_bytes()
    path.write_text(export(row(1, body=f"{THREE}\n\n{ONE}"), row(2)))
    (outcome,) = run(site, path).outcomes
    sign = hashlib.sha256(earlier).hexdigest()[:8]
    kept = f"content/versions/2021/04/story-1/2026-11-22-{sign}.md"
    assert outcome.versions == (kept,)
    assert (site / kept).read_bytes() == earlier
    path.write_text(export(row(1, body=TWO), row(2)))
    run(site, path)
    assert len(list((site / "content/versions/2021/04/story-1").iterdir())) == 2


def test_versions_are_no_articles(site: Path, tmp_path: Path, kind: Any) -> None:
    from generator.sources.read import read_content

    path = put(tmp_path / "export.whole", export(row(1)))
    run(site, path)
    path.write_text(export(row(1, body=THREE)))
    run(site, path)
    content = read_content(load_site(site))
    assert ([a.id for a in content.articles], content.problems) == (["2021/04/story-1"], ())
    (article,) = content.articles
    assert article.source is not None
    assert (article.source.ids, article.source.importer) == (("ledger-1",), kind.name)


def test_an_article_is_known_by_its_address_however_it_is_written(
    site: Path, tmp_path: Path, kind: Any
) -> None:
    run(site, put(tmp_path / "a.whole", export(row(1))))
    other = row(1, url="http://WWW.Ledger.example/2021/story-1?utm_source=x&fbclid=1#comments", id="crawl-77")
    done = run(site, put(tmp_path / "b.whole", export(other)))
    assert counts(done) == {"unchanged": 1}
    assert sorted(p.name for p in (site / "content/articles/2021/04").iterdir()) == ["story-1.md"]


def test_an_article_is_known_by_its_id_when_its_address_changed(
    site: Path, tmp_path: Path, kind: Any
) -> None:
    run(site, put(tmp_path / "a.whole", export(row(1), row(2))))
    done = run(
        site, put(tmp_path / "b.whole", export(row(1, url="https://ledger.example/new/", body=THREE), row(2)))
    )
    assert counts(done) == {"updated": 1, "unchanged": 1}
    assert "url: https://ledger.example/new/\n" in (site / ARTICLE).read_text()


def test_two_texts_with_one_address_are_two_articles(site: Path, tmp_path: Path, kind: Any) -> None:
    run(site, put(tmp_path / "a.whole", export(row(1, id=""))))
    odd = row(
        1, id="", title="Weather", published="2022-05-05", body="Rain in the west, later in the east. " * 9
    )
    path = put(tmp_path / "b.whole", export(odd))
    done = run(site, path)
    assert counts(done) == {"new": 1}
    assert problems(done) == [
        f"{path}: has the address or id of {ARTICLE}, but is another text: 'Weather' (imported as an article of its own) [W390]"
    ]


def test_a_front_page_is_nobodys_address(site: Path, tmp_path: Path, kind: Any) -> None:
    rows = [row(n, url="https://ledger.example/", id="", body=f"{n} {ONE}") for n in (1, 2)]
    assert counts(run(site, put(tmp_path / "a.whole", export(*rows)))) == {"new": 2}


def test_an_older_version_does_not_undo_a_newer_one(site: Path, tmp_path: Path, kind: Any) -> None:
    run(site, put(tmp_path / "new.whole", export(row(1, captured="2021-06-01T00:00:00Z"))))
    before = tree(site)
    older = row(1, captured="2021-05-01T00:00:00Z", body=THREE)
    done = run(site, put(tmp_path / "old.whole", export(older)))
    assert counts(done) == {"unchanged": 1}
    assert tree(site) == before
    updated = row(2, updated="2021-05-02")
    run(site, put(tmp_path / "c.whole", export(updated)))
    assert counts(run(site, put(tmp_path / "d.whole", export(row(2, updated="2021-05-01", body=ONE))))) == {
        "unchanged": 1
    }


@pytest.mark.parametrize("edited", [False, True], ids=["untouched", "edited"])
def test_two_originals_that_call_an_article_the_same_are_settled_by_the_first_import(
    site: Path, tmp_path: Path, kind: Any, edited: bool
) -> None:
    folder = tmp_path / "both"
    put(folder / "a.whole", export(row(1)))
    put(folder / "b.whole", export(row(1)).replace('"id": ', '"id":  '))  # says the same in other bytes
    put(folder / "c.whole", export(row(1, body=THREE, tags=["Wind"])))
    put(folder / "d.whole", export(row(1, tags=["Weather"])))
    first = run(site, folder)
    assert counts(first) == {"new": 1, "updated": 2, "unchanged": 1}
    if edited:
        (site / ARTICLE).write_text((site / ARTICLE).read_text().replace(TWO, f"{TWO} Edited."))
    before, told = tree(site), problems(first)
    for _ in range(2):
        again = run(site, folder)
        assert set(counts(again)) == {"unchanged"}
        assert set(problems(again)) <= set(told)
        assert tree(site) == before


def test_an_earlier_original_that_comes_again_does_not_undo_a_later_one(
    site: Path, tmp_path: Path, kind: Any
) -> None:
    first = put(tmp_path / "1/export.whole", export(row(1)))
    second = put(tmp_path / "2/export.whole", export(row(1, body=THREE)))
    run(site, first)
    run(site, second)
    before = tree(site)
    assert counts(run(site, first)) == {"unchanged": 1}
    assert tree(site) == before
    later = {"now": NOW + timedelta(days=1)}
    run(site, second, **later)
    assert tree(site) == before
    back = put(tmp_path / "3/export.whole", export(row(1), row(2)))  # the source took it back itself
    run(site, put(tmp_path / "4/export.whole", export(row(1, body=f"{THREE} More."))), **later)
    assert counts(run(site, back, **later)) == {"new": 1, "updated": 1}
    assert THREE not in (site / ARTICLE).read_text()


def test_what_is_called_one_article_and_says_another_word_for_word_stays_a_duplicate(
    site: Path, tmp_path: Path, kind: Any
) -> None:
    folder = tmp_path / "both"
    twin = row(1, id="", url="https://mirror.example/1")
    put(folder / "a.whole", export(row(1)))
    put(folder / "b.whole", export(twin))
    put(folder / "c.whole", export(twin | {"title": "Weather", "body": THREE}))  # the twin's address
    assert counts(run(site, folder)) == {"new": 2, "duplicate": 1}
    before = tree(site)
    assert counts(run(site, folder)) == {"unchanged": 2, "duplicate": 1}
    assert tree(site) == before


def test_versions_that_come_together_make_what_they_make_one_after_the_other(
    tmp_path: Path, kind: Any
) -> None:
    first = put(tmp_path / "in/a.whole", export(row(1, title="Wall falls"), row(2)))
    second = put(tmp_path / "in/b.whole", export(row(1, title="Story 1"), row(3)))
    third = put(tmp_path / "in/c.whole", export(row(1, title="Wall stands", body=THREE), row(4)))
    for name in ("together", "apart"):
        put(tmp_path / name / "site.yaml", "title: T\nurl: https://e.org/\n")
    run(tmp_path / "together", tmp_path / "in")
    for each in (first, second, third):
        run(tmp_path / "apart", each)
    assert tree(tmp_path / "together") == tree(tmp_path / "apart")


def test_two_captures_of_one_page_in_one_crawl_are_versions(site: Path, tmp_path: Path, kind: Any) -> None:
    first = row(1, captured="2021-05-01T00:00:00Z")
    second = row(1, captured="2021-06-01T00:00:00Z", body=f"{ONE}\n\n{THREE}")
    path = put(tmp_path / "a.whole", export(first, second, first))
    done = run(site, path)
    assert counts(done) == {"new": 1, "updated": 1, "unchanged": 1}
    assert (site / ARTICLE).read_text().endswith(f"{ONE}\n\n{THREE}\n")
    assert len(list((site / "content/versions/2021/04/story-1").iterdir())) == 1
    assert "kept" not in [key for outcome in done.outcomes for key in outcome.kept]


def test_a_dry_run_of_an_export_writes_nothing(site: Path, tmp_path: Path, kind: Any) -> None:
    before = tree(site)
    path = put(tmp_path / "a.whole", export(row(1), row(1, body=THREE), row(2)))
    assert counts(run(site, path, dry_run=True))["new"] == 2
    assert tree(site) == before
    run(site, path)
    before = tree(site)
    path.write_text(export(row(1, body=ONE), row(2)))
    assert counts(run(site, path, dry_run=True)) == {"updated": 1, "unchanged": 1}
    assert tree(site) == before


def test_the_same_text_without_a_name_in_common_is_told_as_a_duplicate(
    site: Path, tmp_path: Path, kind: Any
) -> None:
    run(site, put(tmp_path / "a.whole", export(row(1))))
    path = put(tmp_path / "b.whole", export(row(1, id="x-1", url="https://mirror.example/1"), row(2)))
    done = run(site, path)
    assert counts(done) == {"new": 1, "duplicate": 1}
    assert problems(done) == [
        f"{path}: says the same as {ARTICLE} (the headline, the date and the text) [W335]"
    ]


def test_a_bad_article_is_refused_and_the_others_come_in(site: Path, tmp_path: Path, kind: Any) -> None:
    path = put(tmp_path / "a.whole", export(row(1)) + "{broken\n" + export(row(2)))
    done = run(site, path)
    assert done.outcomes[0].articles == (ARTICLE, "content/articles/2021/04/story-2.md")
    assert problems(done) == [f"{path}:2: not JSON [E331]"]


def test_an_article_that_cannot_be_updated_is_tried_again(site: Path, tmp_path: Path, kind: Any) -> None:
    path = put(tmp_path / "a.whole", export(row(1), row(2)))
    run(site, path)
    good = (site / ARTICLE).read_text()
    (site / ARTICLE).write_text(good.replace("title: Story 1", "title: [Story 1"))
    path.write_text(export(row(1, body=THREE), row(2, body=THREE + " Twice.")))
    done = run(site, path)
    assert [p[-6:] for p in problems(done)] == ["[E338]"]
    (site / ARTICLE).write_text(good)
    done = run(site, path)
    assert (site / ARTICLE).read_text().endswith(f"{THREE}\n")
    assert not any(problem.is_error for problem in done.all_problems)


def test_an_import_that_broke_off_is_completed_by_the_next(site: Path, tmp_path: Path, kind: Any) -> None:
    path = put(tmp_path / "a.whole", export(row(1), row(2)))
    run(site, path)
    (site / "content/articles/2021/04/story-2.md").unlink()
    (site / "content/sources/a.whole").unlink()
    assert counts(run(site, path)) == {"new": 1, "unchanged": 1}
    assert (site / "content/sources/a.whole").read_bytes() == path.read_bytes()


class Killed(BaseException):
    """Nothing catches it, as nothing catches SIGKILL."""


def test_an_import_killed_at_any_write_and_run_again_leaves_what_an_undisturbed_one_does(
    tmp_path: Path, kind: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = BytesIO()
    Image.effect_noise((600, 300), 40).save(picture, "JPEG")
    source = tmp_path / "source"
    put(source / "quay.jpg", picture.getvalue())
    to_two, to_one = (f"{ONE} See [it](https://ledger.example/2021/story-{n}/)." for n in (2, 1))
    image = {"src": "media/quay.jpg", "alt": "The quay"}
    shown = {"image": image, "media": [["quay.jpg", "media/quay.jpg"]]}
    put(source / "a.whole", export(row(1, body=to_two), row(2, body=f"{THREE} {to_one}", **shown)))
    put(source / "b.whole", export(row(3, body=f"{TWO} {to_one}")))
    write, made = Depot.write, 0

    def dying(depot: Depot, path: str, data: bytes, sha256: str = "") -> Any:
        nonlocal made
        made += 1
        if made == moment:
            raise Killed
        return write(depot, path, data, sha256)

    def site_called(name: str) -> Path:
        put(tmp_path / name / "site.yaml", "title: T\nurl: https://e.org/\n")
        return tmp_path / name

    moment = 0
    monkeypatch.setattr(Depot, "write", dying)
    run(site_called("whole"), source)
    wanted, writes = tree(tmp_path / "whole"), made
    assert "[it](/2021/04/story-2/)" in (tmp_path / "whole" / ARTICLE).read_text()
    assert any("sizes" in path for path in wanted) and writes > 6
    for at in range(1, writes + 1):
        made, moment = 0, at
        root = site_called(f"killed-{at}")
        with pytest.raises(Killed):
            run(root, source)
        made, moment = 0, 0
        run(root, source)
        assert tree(root) == wanted, at
        assert not (root / ".morgue/importing").exists()


def test_what_a_killed_import_left_is_ended_by_the_next_of_another_source(
    site: Path, tmp_path: Path, kind: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = f"{ONE} See [it](https://ledger.example/2021/story-1/)."
    path = put(tmp_path / "a.whole", export(row(1), row(2, body=link)))

    def die(clerk: object) -> Any:
        raise Killed

    with monkeypatch.context() as dying:
        dying.setattr("generator.importing.mend_links", die)
        with pytest.raises(Killed):
            run(site, path)
    assert (site / ".morgue/importing").read_text() == "".join(
        f"+content/articles/2021/04/story-{n}.md\n" for n in (1, 2)
    )
    run(site, put(tmp_path / "b.whole", export(row(3, body=TWO))))
    assert "[it](/2021/04/story-1/)" in (site / "content/articles/2021/04/story-2.md").read_text()


def test_an_export_whose_earlier_original_is_lost_adds_only_what_is_missing(
    site: Path, tmp_path: Path, kind: Any
) -> None:
    path = put(tmp_path / "a.whole", export(row(1), row(2)))
    run(site, path)
    (site / "content/sources/a.whole").unlink()
    path.write_text(export(row(1, body=THREE, summary="New."), row(2)))
    done = run(site, path)
    assert [p[-6:] for p in problems(done)] == ["[W339]", "[W339]"]
    written = (site / ARTICLE).read_text()
    assert "summary: New.\n" in written and ONE in written


def test_old_addresses_on_the_sites_own_host_become_aliases(site: Path, tmp_path: Path, kind: Any) -> None:
    rows = [
        row(1, url="https://www.e.org/news/1.html"), row(2, url="https://e.org/?p=2"), row(3, url="https://e.org/%ff/"),
        row(4, url="https://e.org/x/", aliases="/x"), row(5, url="http://[bad/"), row(6, url="https://e.org/n/", aliases=["/o/"]),
    ]  # fmt: skip
    run(site, put(tmp_path / "a.whole", export(*rows)))
    aliases = [
        next(
            (
                line
                for line in (site / f"content/articles/2021/04/story-{n}.md").read_text().splitlines()
                if "aliases" in line
            ),
            "",
        )
        for n in range(1, 7)
    ]
    assert aliases == ["aliases: [/news/1.html]", "", "", "aliases: /x", "", "aliases: [/o/, /n/]"]


def test_the_report_counts_fields_recall_and_what_was_left_out(site: Path, tmp_path: Path, kind: Any) -> None:
    rows = [
        row(1, recall=0.5, dropped=[["share bar", "no text", 2]], image={"caption": "C"}, authors=["N"]),
        row(2, recall=1.0, dropped=[["share bar", "no text"], ["advert", "not the article's"]]),
    ]
    path = put(tmp_path / "a.whole", export(*rows))
    (account,) = run(site, path, dry_run=True).fidelity
    assert account.data() | {"fields": {}} == {
        "source": str(path), "importer": kind.name, "articles": 2, "fields": {}, "recall": 0.75,
        "poor": [{"recall": 0.5, "title": "Story 1"}],
        "dropped": [
            {"what": "share bar", "reason": "no text", "count": 3},
            {"what": "advert", "reason": "not the article's", "count": 1},
        ],
    }  # fmt: skip
    assert account.data()["fields"]["authors"] == 0.5
    assert account.data()["fields"]["image.caption"] == 0.5
    assert account.data()["fields"]["image.credit"] == 0
    report = tmp_path / "report.txt"
    assert command(site, "--report", report, path).exit_code == 0
    assert (
        "  title           100.0%\n" in report.read_text()
        and "  words kept       75.0%\n  poor             50.0%  Story 1\n  left out            3×  share bar: no text\n"
        in report.read_text()
    )


def test_an_archive_that_is_a_format_of_its_own_is_not_unpacked(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Zipped(Streamed):
        def recognises(self, original: Original) -> bool:
            return b"articles.jsonl" in original.data

        def stream(self, file: Path, original: Original, context: ImportContext) -> Any:
            with zipfile.ZipFile(file) as packed:
                for number, line in enumerate(packed.read("articles.jsonl").decode().splitlines(), 1):
                    yield made_of(line, number, original.where)

    offer(monkeypatch, Zipped())
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("articles.jsonl", export(row(1)))
    done = run(site, path)
    assert (counts(done), done.outcomes[0].kept_as) == ({"new": 1}, "content/sources/export.zip")
    offer(monkeypatch)
    with tarfile.open(tmp_path / "b.tar", "w") as packed_too:
        packed_too.add(put(tmp_path / "x.txt", f"Published: 13 April 2021\nA quiet day\n\n{ONE}\n"), "x.txt")
    assert run(site, tmp_path / "b.tar").outcomes[0].kept_as == "content/sources/x.txt"


def test_a_file_too_large_to_read_is_streamed_by_a_format_that_can_and_refused_by_others(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Both(Whole, Streamed):
        name = "both"

        def __init__(self) -> None:
            self.heads = []
            self.ending = ".whole"

    path = put(tmp_path / "a.whole", export(*(row(n) for n in range(1, 10))))
    monkeypatch.setattr(bundles, "FETCH_LIMIT", 500)
    both = Both()
    offer(monkeypatch, both)
    assert counts(run(site, path)) == {"new": 9}
    path.write_text(export(*(row(n, body=THREE) for n in range(1, 10))))
    monkeypatch.setattr("generator.bases.FETCH_LIMIT", 500)
    monkeypatch.setattr("generator.desk.FETCH_LIMIT", 500)
    assert counts(run(site, path)) == {"updated": 9}
    offer(monkeypatch, Whole())
    size = path.stat().st_size
    assert problems(run(site, path)) == [
        f"{path}: too large: {size:,} bytes, in a format of which at most 500 are read (split it) [E330]"
    ]


def test_a_streaming_format_sees_64_kb_to_recognise_a_file(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    streamed = Streamed()
    offer(monkeypatch, streamed)
    run(site, put(tmp_path / "a.streamed", export(row(1)) + " " * 100_000))
    assert streamed.heads == [65_536]


def test_an_export_comes_by_standard_input_too(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    offer(monkeypatch, Streamed("-"))
    done = run(site, "-", stdin=BytesIO(export(row(1), row(2)).encode()))
    assert counts(done) == {"new": 2}
    monkeypatch.setattr(bundles, "SIZE_LIMIT", 10)
    assert problems(run(site, "-", stdin=BytesIO(b"x" * 11))) == [
        "-: is too large (import it from a file) [E330]"
    ]


def test_an_export_within_the_site_stays_in_its_place(site: Path, kind: Any) -> None:
    path = put(site / "content/sources/a.whole", export(row(1), row(2)))
    assert counts(run(site, path)) == {"new": 2}
    assert sorted(p.name for p in (site / "content/sources").iterdir()) == ["a.whole"]
    assert set(counts(run(site, path))) == {"unchanged"}


def test_an_export_of_nothing_is_passed_over(site: Path, tmp_path: Path, kind: Any) -> None:
    (outcome,) = run(site, put(tmp_path / "a.whole", "\n" if kind.name == "none" else "")).outcomes
    assert (outcome.status, outcome.note, outcome.kept_as) == ("passed over", "nothing in it to import", "")
    assert not (site / "content").exists() or tree(site / "content") == {}


def test_many_problems_are_counted_not_told(
    site: Path, tmp_path: Path, kind: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.exports.TOLD", 3)
    rows = export(row(1), row(2)) + "{\n" * 5
    path = put(tmp_path / "a.whole", rows)
    told = problems(run(site, path))
    assert told[-1] == f"{path}: 2 more problems (mend the first, and import again) [W393]"
    assert len(told) == 4


def text(n: int) -> str:
    return f"Published: 13 April 2021\nStory {n}\n\n{ONE} Number {n}.\n\n{n} {TWO}\n\n{THREE} {n}{n}\n"


def both_ways(tmp_path: Path, sources: Sequence[Path], **other: Any) -> list[dict[str, bytes]]:
    found = []
    for number, options in enumerate(({}, other)):
        root = tmp_path / f"site{number}"
        put(root / "site.yaml", "title: T\nurl: https://e.org/\n")
        done = run(root, *sources, **options)
        told = "\n".join([*problems(done), *(f"{o.where} {o.status} {o.articles}" for o in done.outcomes)])
        found.append(tree(root / "content") | {"told": told.replace(root.name, "").encode()})
    return found


def test_any_number_of_workers_gives_the_same_archive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.finding.BATCH", 4)
    for n in range(40):
        put(tmp_path / f"in/{n % 3}/{n}.txt", text(n % 37))
        put(tmp_path / f"blog/content/posts/{n}.md", f"---\ntitle: P {n}\ndate: 2020-01-01\n---\n{n} {ONE}\n")
    put(tmp_path / "in/odd.txt", "no date")
    put(tmp_path / "blog/hugo.toml", 'baseURL = "https://old.example/"\n')
    monkeypatch.setattr("generator.sharing.WORTH_A_POOL", 2)
    one, two = both_ways(tmp_path, [tmp_path / "in", tmp_path / "blog"], jobs=2)
    assert one == two
    assert len(one) > 70


def test_workers_pass_over_what_is_known_and_read_what_is_new_or_of_another_format(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.finding.BATCH", 3)
    monkeypatch.setattr("generator.sharing.WORTH_A_POOL", 2)
    for n in range(12):
        put(tmp_path / f"in/{n:02}.txt", text(n))
    one, two = both_ways(tmp_path, [tmp_path / "in"], jobs=2)
    assert one == two
    put(tmp_path / "in/04.txt", text(4).replace("Number 4", "Figure 4"))
    put(tmp_path / "in/07b.html", f"<html><head><title>H</title></head><body><p>{ONE}</p></body></html>")
    put(tmp_path / "in/09.md", f"---\ntitle: M\ndate: 2020-01-01\n---\n{ONE}\n")
    put(tmp_path / "in/09b.md", f"---\ntitle: N\ndate: 2020-01-01\n---\n{TWO}\n")
    put(tmp_path / "in/11b.bin", b"\0")
    one, two = both_ways(tmp_path, [tmp_path / "in"], jobs=2)
    assert one == two
    told = one["told"].decode()
    assert (told.count(" unchanged "), told.count(" updated "), told.count(".md new ")) == (11, 1, 2)


def test_an_executor_of_ones_own_is_taken(tmp_path: Path) -> None:
    put(tmp_path / "in/a.txt", text(1))
    put(tmp_path / "in/b.txt", text(2))
    with ThreadPoolExecutor(2) as threads:
        one, two = both_ways(tmp_path, [tmp_path / "in"], executor=threads)
    assert one == two


def test_what_a_format_consulted_is_kept_beside_the_originals(site: Path, tmp_path: Path) -> None:
    put(
        tmp_path / "blog/hugo.toml",
        'baseURL = "https://old.example/"\n[permalinks]\nposts = "/:year/:slug/"\n',
    )
    put(tmp_path / "blog/content/posts/a.md", f"---\ntitle: A\ndate: 2020-01-01\n---\n{ONE}\n")
    put(tmp_path / "blog/static/a.jpg", b"x")
    run(site, tmp_path / "blog")
    assert sorted(tree(site / "content/sources")) == ["content/posts/a.md", "hugo.toml"]


def test_what_a_format_consulted_in_another_process_is_kept_too(tmp_path: Path) -> None:
    head = "post_id,post_date,is_published,email_sent_at,inbox_sent_at,type,audience,title,subtitle\n"
    rows = "".join(
        f"{n}.p,2021-04-13T11:34:00.000Z,true,,,newsletter,everyone,Post {n},\n" for n in (101, 102, 103)
    )
    put(tmp_path / "in/posts.csv", head + rows)
    for n in (101, 102, 103):
        put(tmp_path / f"in/posts/{n}.p.html", f"<p>{ONE} {n}</p>")
    with ThreadPoolExecutor(2) as threads:
        one, two = both_ways(tmp_path, [tmp_path / "in"], executor=threads)
    assert one == two
    assert "sources/posts.csv" in two


def test_a_disk_that_fills_up_while_files_are_written_behind_is_told(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path / "in/a.txt", text(1))
    monkeypatch.setattr("generator.sharing.WORTH_A_POOL", 10_000)

    def fail(file: int, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("generator.depositing.os.write", fail)
    done = run(site, tmp_path / "in", jobs=3)
    monkeypatch.undo()
    assert problems(done) == [
        f"{path}: not written: No space left on device (check the folder) [E333]"
        for path in ("content/sources/a.txt", "content/articles/2021/04/story-1.md")
    ]
