"""One deploy, whatever the target: its order, its refusals, and what remains when it is killed."""

import os
import random
import time
from pathlib import Path

import pytest
from deploying import Killed, Shelf, bring, broken, plain, shelf_get, states
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.core.problems import SiteError
from generator.core.site import Destination
from generator.deploy import lock as locks
from generator.deploy.engine import Outcome
from generator.deploy.kinds import connect
from generator.deploy.lock import LOCKS, Claim
from generator.deploy.plan import plan
from generator.deploy.record import RECORD, Entry, Record, read_record, record_bytes
from generator.deploy.running import all_at_once, told, trying, without_secrets
from generator.deploy.stored import cache_control, type_of
from generator.deploy.target import Manner, Place, TargetError
from generator.output.encode import digest_file, encode

PRODUCTION = Destination(name="production", to="shelf://x", max_removed=0.25)


@pytest.fixture(scope="module")
def four(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The builds of one site at four times."""
    return states(tmp_path_factory.mktemp("deploy"))


def said(error: pytest.ExceptionInfo[SiteError]) -> str:
    return str(error.value)


# The plan.


def test_a_deploy_goes_from_assets_to_new_pages_changed_pages_lists_and_removals() -> None:
    there = Record(
        files={
            p: Entry("old")
            for p in ("2024/05/a/index.html", "feed.xml", "assets/a.css", "gone.html", "same.html")
        }
    )
    local = {
        "2024/05/a/index.html": "new",
        "2024/05/b/index.html": "new",
        "assets/a.css": "new",
        "assets/b.css": "new",
        "feed.xml": "new",
        "tags/b/index.html": "new",
        "same.html": "old",
    }
    found = plan(local, there)
    assert [(phase.name, phase.put, phase.remove) for phase in found.phases] == [
        ("assets", ("assets/b.css", "assets/a.css"), ()),
        ("new pages", ("2024/05/b/index.html", "tags/b/index.html"), ()),
        ("changed pages", ("2024/05/a/index.html",), ()),
        ("lists, feeds and sitemap", ("feed.xml",), ()),
        ("removals", (), ("gone.html",)),
    ]  # fmt: skip
    assert found.unchanged == 1


def test_a_file_where_a_folder_is_needed_goes_first_and_the_other_way_round() -> None:
    found = plan({"a/index.html": "1", "b": "1"}, Record(files={"a": Entry("1"), "b/index.html": Entry("1")}))
    assert next((phase.name, phase.remove) for phase in found.phases) == (
        "clear the way",
        ("a", "b/index.html"),
    )
    assert found.phases[-1].name != "removals"


def test_a_new_front_page_comes_after_all_that_it_leads_to() -> None:
    found = plan({"index.html": "1", "a/b/index.html": "1", "feed.xml": "1"}, Record())
    assert found.put[-1] == "index.html"


PATHS = st.sampled_from(
    ["a.html", "b/c/index.html", "assets/x.css", "feed.xml", "index.html", "t/index.html"]
)
DIGESTS = st.sampled_from(["1", "2"])


@given(
    st.dictionaries(PATHS, DIGESTS),
    st.dictionaries(PATHS, DIGESTS),
    st.dictionaries(PATHS, st.sampled_from(["", "1", "2"])),
)
@settings(max_examples=150, deadline=None)
def test_whatever_was_there_a_plan_ends_at_what_is_here(
    local: dict[str, str], there: dict[str, str], pending: dict[str, str]
) -> None:
    record = Record(files={path: Entry(digest) for path, digest in there.items()}, pending=pending)
    found = plan(local, record)
    possible = {path: {digest} for path, digest in there.items()}
    for path, digest in pending.items():
        possible[path] = {*possible.get(path, {""}), digest}
    for phase in found.phases:
        for path in phase.remove:
            possible[path] = {""}
        for path in phase.put:
            possible[path] = {local[path]}
    assert {path: digests for path, digests in possible.items() if digests != {""}} == {
        path: {digest} for path, digest in local.items()
    }
    assert len(found.put) + found.unchanged == len(local)
    assert len(set(found.put)) == len(found.put)


@given(
    st.dictionaries(PATHS, st.builds(Entry, DIGESTS, DIGESTS)),
    st.dictionaries(PATHS, DIGESTS),
)
@settings(max_examples=50, deadline=None)
def test_a_record_is_read_as_it_was_written(files: dict[str, Entry], pending: dict[str, str]) -> None:
    record = Record(sequence=3, files=files, pending=pending)
    assert read_record(record_bytes(record)) == record


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not gzip",
        record_bytes(Record(files={"a": Entry("1")}))[:-9],
        record_bytes(Record(files={"../a": Entry("1")})),
        record_bytes(Record(pending={"/etc/passwd": "1"})),
        record_bytes(Record(files={"a//b": Entry("1")})),
        record_bytes(Record())[:4] + b"\0\0\0\0\0\0" + b"x" * 40,
    ],
)  # fmt: skip
def test_a_damaged_record_is_told_and_nothing_is_guessed(data: bytes) -> None:
    with pytest.raises(SiteError) as refused:
        read_record(data)
    assert said(refused).endswith("[E813]")
    assert "cannot be read" in said(refused)


# A whole deploy.


def test_a_first_deploy_brings_everything_and_the_second_asks_once_and_brings_nothing(
    four: list[Path], tmp_path: Path
) -> None:
    shelf = Shelf()
    first = bring(shelf, four[0], tmp_path)
    assert shelf.site() == plain(four[0])
    assert len(first.plan.put) == len(plain(four[0]))
    shelf.calls.clear()
    second = bring(shelf, four[0], tmp_path)
    assert second.plan.phases == ()
    assert shelf.calls == [("read", RECORD)]


def test_at_every_step_a_crawler_finds_no_broken_link(four: list[Path], tmp_path: Path) -> None:
    shelf = Shelf()
    steps = 0

    def look(verb: str, path: str) -> None:
        nonlocal steps
        steps += 1
        assert broken(shelf_get(shelf)) == [], f"before {verb} {path}"

    shelf.before = look
    for state in (*four, *reversed(four)):
        bring(shelf, state, tmp_path, allow_removals=True)
        assert shelf.site() == plain(state)
        assert broken(shelf_get(shelf)) == []
    assert steps > 200


def test_killed_anywhere_the_site_is_whole_and_the_next_deploy_finishes(
    four: list[Path], tmp_path: Path
) -> None:
    moments = random.Random(7)
    shelf = Shelf()
    bring(shelf, four[0], tmp_path)
    for number in range(24):
        left = moments.randrange(1, 70)

        def fall(verb: str, path: str) -> None:
            nonlocal left
            assert broken(shelf_get(shelf)) == []
            left -= 1
            if left == 0:
                raise Killed

        shelf.before = fall
        wanted = four[moments.randrange(4)]
        try:
            bring(shelf, wanted, tmp_path, allow_removals=True)
        except Killed:
            assert broken(shelf_get(shelf)) == []
            if number % 2:
                continue  # the next one starts from there, perhaps to another state
            shelf.before = lambda verb, path: None
            again = bring(shelf, wanted, tmp_path, allow_removals=True)
            assert again.resumed or not again.plan.phases or again.plan.put
        shelf.before = lambda verb, path: None
        bring(shelf, wanted, tmp_path, allow_removals=True)
        assert shelf.site() == plain(wanted)
        assert read_record(shelf.files[RECORD]).pending == {}


def test_what_an_interrupted_deploy_had_brought_is_not_brought_again(
    four: list[Path], tmp_path: Path
) -> None:
    shelf = Shelf()
    left = 30

    def fall(verb: str, path: str) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            raise Killed

    shelf.before = fall
    with pytest.raises(Killed):
        bring(shelf, four[0], tmp_path)
    there = set(shelf.site())
    assert there
    outcome = bring(shelf, four[0], tmp_path)
    assert outcome.resumed
    assert not there & set(outcome.plan.put)
    assert shelf.site() == plain(four[0])


def test_an_edited_article_uploads_what_shows_it_and_a_renamed_one_leaves_a_redirect(
    four: list[Path], tmp_path: Path
) -> None:
    shelf = Shelf()
    bring(shelf, four[1], tmp_path)
    outcome = bring(shelf, four[2], tmp_path)
    names = [phase.name for phase in outcome.plan.phases]
    assert names == ["new pages", "changed pages", "lists, feeds and sitemap", "removals"]
    assert outcome.plan.phases[0].put[0] == "2024/05/the-third-story/index.html"
    assert "2024/05/story-3/index.html" in outcome.plan.phases[1].put
    assert b"/2024/05/the-third-story/" in shelf.files["2024/05/story-3/index.html"]
    assert "2024/05/story-9/index.html" in outcome.plan.removed
    assert "2024/05/story-4/index.html" not in outcome.plan.phases[0].put


def test_a_dry_run_says_what_would_be_done_and_writes_nothing(four: list[Path], tmp_path: Path) -> None:
    shelf = Shelf()
    outcome = bring(shelf, four[0], tmp_path, dry_run=True)
    assert set(outcome.plan.put) == set(plain(four[0]))
    assert shelf.files == {}


def test_removing_more_than_the_set_share_is_refused_until_it_is_allowed_by_name(
    four: list[Path], tmp_path: Path
) -> None:
    shelf = Shelf()
    bring(shelf, four[0], tmp_path, PRODUCTION)
    few = Destination(name="production", to="shelf://x", max_removed=0.0)
    with pytest.raises(SiteError) as refused:
        bring(shelf, four[3], tmp_path, few)
    assert "deploy.production: " in said(refused)
    assert "files would be removed" in said(refused)
    assert "--allow-removals" in said(refused)
    assert said(refused).endswith("[E806]")
    assert shelf.site() == plain(four[0])
    bring(shelf, four[3], tmp_path, few, allow_removals=True)
    assert shelf.site() == plain(four[3])


# Others at the target.


def test_a_file_that_somebody_else_changed_is_not_overwritten_unasked(
    four: list[Path], tmp_path: Path
) -> None:
    shelf = Shelf()
    bring(shelf, four[0], tmp_path)
    shelf.files["2024/05/story-2/index.html"] = b"mended in haste"
    shelf.files["tags/index.html"] = b"another"
    with pytest.raises(SiteError) as refused:
        bring(shelf, four[1], tmp_path)
    assert "changed or put by somebody else: 2024/05/story-2/index.html" in said(refused)
    assert said(refused).endswith("[E808]")
    assert shelf.files["2024/05/story-2/index.html"] == b"mended in haste"
    outcome = bring(shelf, four[1], tmp_path, overwrite=True)
    assert "2024/05/story-2/index.html" in outcome.overwritten
    shelf.files["tags/index.html"] = (four[1] / "tags/index.html").read_bytes()
    assert shelf.site() == plain(four[1])


def test_verify_finds_what_was_changed_or_taken_away_where_nothing_changed_here(
    four: list[Path], tmp_path: Path
) -> None:
    shelf = Shelf()
    bring(shelf, four[0], tmp_path)
    shelf.files["tags/index.html"] = b"another"
    del shelf.files["feed.xml"]
    assert bring(shelf, four[0], tmp_path).plan.phases == ()
    with pytest.raises(SiteError) as refused:
        bring(shelf, four[0], tmp_path, verify=True)
    assert "a file there was changed or put by somebody else: tags/index.html" in said(refused)
    outcome = bring(shelf, four[0], tmp_path, verify=True, overwrite=True)
    assert outcome.restored == ("feed.xml",)
    assert outcome.overwritten == ("tags/index.html",)
    assert shelf.site() == plain(four[0])


@pytest.mark.parametrize(
    ("manner", "asked"), [({"glance": 10_000}, True), ({"glance": 3}, False), ({}, False)]
)
def test_where_looking_costs_little_others_are_noticed_though_nothing_changed_here(
    manner: dict[str, int], asked: bool, four: list[Path], tmp_path: Path
) -> None:
    shelf = Shelf(manner=Manner(lanes=1, **manner))  # type: ignore[arg-type]
    bring(shelf, four[0], tmp_path)
    del shelf.files["feed.xml"]
    assert bring(shelf, four[0], tmp_path).restored == (("feed.xml",) if asked else ())
    shelf.files["tags/index.html"] = b"another"
    if not asked:
        assert bring(shelf, four[0], tmp_path).plan.phases == ()
        return
    with pytest.raises(SiteError, match=r"somebody else: tags/index.html .*\[E808\]"):
        bring(shelf, four[0], tmp_path)
    assert bring(shelf, four[0], tmp_path, overwrite=True).overwritten == ("tags/index.html",)
    assert shelf.site() == plain(four[0])


def test_what_is_listed_anyway_is_compared(four: list[Path], tmp_path: Path) -> None:
    shelf = Shelf(manner=Manner(lanes=1, lists=True))
    bring(shelf, four[0], tmp_path)
    del shelf.files["media/wall.svg"]
    assert bring(shelf, four[0], tmp_path).plan.phases == ()
    assert bring(shelf, four[1], tmp_path).restored == ("media/wall.svg",)


def test_a_folder_is_read_again_only_where_it_looks_otherwise(
    four: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    to = Destination(name="production", to=f"file://{tmp_path}/www")
    read: list[Path] = []

    def counted(place: Path, size: int) -> str:
        read.append(place)
        return digest_file(place, size)

    monkeypatch.setattr("generator.deploy.looks.digest_file", counted)

    def deployed(**wishes: bool) -> Outcome:
        target = connect(Place(to=to.to, scratch=tmp_path / "scratch"))
        outcome = bring(target, four[0], tmp_path / "scratch", to, **wishes)
        target.close()
        return outcome

    deployed()
    assert deployed(verify=True).plan.phases == ()
    assert read == []
    page = tmp_path / "www/tags/index.html"
    before = page.stat()
    page.write_bytes(page.read_bytes()[::-1])
    os.utime(page, ns=(before.st_atime_ns, before.st_mtime_ns))  # it has the size and the time that it had
    with pytest.raises(SiteError, match=r"somebody else: tags/index.html"):
        deployed()
    assert read == [page]
    (tmp_path / "scratch/looks").write_bytes(b"damaged")
    assert deployed(overwrite=True).overwritten == ("tags/index.html",)
    assert len(read) > 10
    assert deployed().plan.phases == ()


def test_files_of_others_that_are_in_nobodys_way_are_left_alone(four: list[Path], tmp_path: Path) -> None:
    shelf = Shelf(files={"googleabc.html": b"theirs", "index.html": b"the old site"})
    with pytest.raises(SiteError) as refused:
        bring(shelf, four[0], tmp_path)
    assert "somebody else: index.html" in said(refused)
    bring(shelf, four[0], tmp_path, overwrite=True)
    bring(shelf, four[3], tmp_path, allow_removals=True)
    assert shelf.files["googleabc.html"] == b"theirs"


def test_files_that_are_the_same_already_are_nobodys_loss(four: list[Path], tmp_path: Path) -> None:
    shelf = Shelf(files=plain(four[0]))
    bring(shelf, four[0], tmp_path)
    assert RECORD in shelf.files


# The lock.


def test_a_second_deploy_is_refused_while_one_is_at_work(four: list[Path], tmp_path: Path) -> None:
    shelf = Shelf()
    seen: list[str] = []

    def also(verb: str, path: str) -> None:
        if not seen and path == "about/index.html":
            seen.append("")
            with pytest.raises(SiteError) as refused:
                bring(shelf, four[1], tmp_path / "elsewhere")
            seen.append(said(refused))
            with pytest.raises(SiteError) as refused:
                bring(shelf, four[1], tmp_path)
            seen.append(said(refused))

    shelf.before = also
    bring(shelf, four[0], tmp_path)
    assert "is deploying there (wait: " in seen[1]
    assert "--break-lock" in seen[1]
    assert seen[2] == (
        "deploy.production: another deploy of this site to this target is at work on this machine "
        "(wait until it is done) [E807]"
    )
    assert shelf.site() == plain(four[0])
    assert [path for path in shelf.files if path.startswith(LOCKS)] == []


@pytest.mark.parametrize(
    ("until", "wishes", "goes"), [(-1, {}, True), (600, {}, False), (600, {"break_lock": True}, True)]
)
def test_a_lock_that_was_left_behind_ends_by_itself_or_is_broken_by_name(
    four: list[Path], tmp_path: Path, until: int, wishes: dict[str, bool], goes: bool
) -> None:
    claim = Claim(owner="ada@desk", holder="another", until=time.time() + until)
    shelf = Shelf(files={f"{LOCKS}/abc": encode(claim)})
    if goes:
        bring(shelf, four[0], tmp_path, **wishes)
        assert f"{LOCKS}/abc" not in shelf.files
    else:
        with pytest.raises(SiteError, match=r"ada@desk is deploying there .* \[E807\]"):
            bring(shelf, four[0], tmp_path, **wishes)
        assert shelf.site() == {}


def test_a_lock_that_cannot_be_read_holds(four: list[Path], tmp_path: Path) -> None:
    with pytest.raises(SiteError, match="somebody is deploying there"):
        bring(Shelf(files={f"{LOCKS}/abc": b"?"}), four[0], tmp_path)


def test_a_deploy_whose_lock_was_broken_stops(
    four: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = Shelf()
    monkeypatch.setattr(locks, "RENEWAL", -1.0)

    def steal(verb: str, path: str) -> None:
        if path == "about/index.html":
            for name in [name for name in shelf.files if name.startswith(LOCKS)]:
                del shelf.files[name]

    shelf.before = steal
    with pytest.raises(SiteError, match=r"somebody took the lock of this deploy away .*\[E807\]"):
        bring(shelf, four[0], tmp_path)
    assert "index.html" not in shelf.files


def test_a_long_deploy_renews_its_lock_and_its_record(
    four: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = Shelf()
    monkeypatch.setattr(locks, "RENEWAL", -1.0)
    monkeypatch.setattr("generator.deploy.engine.CHECKPOINT", -1.0)
    bring(shelf, four[0], tmp_path)
    puts = [path for verb, path in shelf.calls if verb == "put"]
    assert sum(path.startswith(LOCKS) for path in puts) > 5
    assert puts.count(RECORD) > 5
    assert shelf.site() == plain(four[0])


# Failures.


def test_a_target_that_is_out_of_reach_for_a_moment_is_asked_again() -> None:
    shelf = Shelf(fail=[TargetError("unreachable", "gone")] * 4)
    pauses: list[float] = []
    assert trying(lambda: shelf.read("a"), pauses.append) is None
    assert len(pauses) == 4
    assert all(0.5 * 2**n * 0.7 < pause < 0.5 * 2**n * 1.3 for n, pause in enumerate(pauses))


def test_what_cannot_help_is_not_tried_again() -> None:
    shelf = Shelf(fail=[TargetError("refused", "no")])
    with pytest.raises(TargetError):
        trying(lambda: shelf.read("a"), lambda pause: pytest.fail("waited"))


@pytest.mark.parametrize(
    ("reason", "code"),
    [("unreachable", "E809"), ("refused", "E810"), ("full", "E811"), ("absent", "E815"), ("raced", "E807"), ("failed", "E816")],
)  # fmt: skip
def test_every_failure_is_a_problem_with_a_way_out(reason: str, code: str) -> None:
    error = told(TargetError(reason, "it said so"), "production")  # type: ignore[arg-type]
    assert str(error).startswith("deploy.production: it said so (")
    assert str(error).endswith(f"[{code}]")


def test_a_failure_in_the_middle_ends_the_deploy_and_the_next_goes_on(
    four: list[Path], tmp_path: Path
) -> None:
    shelf = Shelf(manner=Manner(lanes=3))

    def fall(verb: str, path: str) -> None:
        if path == "people/index.html":
            raise TargetError("full", "no space left")

    shelf.before = fall
    with pytest.raises(SiteError, match=r"no space left .*\[E811\]"):
        bring(shelf, four[0], tmp_path)
    assert broken(shelf_get(shelf)) == []
    shelf.before = lambda verb, path: None
    bring(shelf, four[0], tmp_path)
    assert shelf.site() == plain(four[0])


def test_a_build_that_changes_during_a_deploy_is_told(four: list[Path], tmp_path: Path) -> None:
    import shutil

    folder = Path(shutil.copytree(four[0], tmp_path / "build"))
    shelf = Shelf()

    def edit(verb: str, path: str) -> None:
        (folder / "index.html").write_text("another build")

    shelf.before = edit
    with pytest.raises(SiteError, match=r"index.html: the build changed while .* \[E814\]"):
        bring(shelf, folder, tmp_path)


def test_work_at_once_ends_at_the_first_error_and_keeps_what_is_done() -> None:
    done: list[int] = []

    def work(number: int) -> int:
        if number == 5:
            raise ValueError
        return number

    with pytest.raises(ValueError):
        for results in all_at_once(work, range(100), 2, 1.0):
            done.extend(results)
    assert {0, 1, 2, 3} <= set(done)
    assert len(done) < 100


def test_a_message_never_holds_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "abcdefghijkl")
    monkeypatch.setenv("MORGUE_GIT_TOKEN", "tok-en-tok-en")
    monkeypatch.setenv("SHORT_TOKEN", "ab")
    text = "fatal: https://ada:hunter22@host.example/x: tok-en-tok-en\nabcdefghijkl ab"
    assert without_secrets(text) == "fatal: https://…@host.example/x: …; … ab"


# Headers.


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("index.html", "text/html; charset=utf-8"),
        ("feed.xml", "application/atom+xml; charset=utf-8"),
        ("sitemap.xml", "application/xml; charset=utf-8"),
        ("people/x/feed.json", "application/feed+json; charset=utf-8"),
        ("data/articles.jsonl", "application/jsonl; charset=utf-8"),
        ("media/A.JPG", "image/jpeg"),
        ("media/x.unknown", "application/octet-stream"),
        ("CNAME", "application/octet-stream"),
    ],
)
def test_a_type_is_the_same_on_every_machine(path: str, expected: str) -> None:
    assert type_of(path) == expected


def test_the_first_pattern_that_fits_sets_the_lifetime() -> None:
    rules = (("/assets/*", 60), ("*.html", 0), ("*", 300))
    paths = ("assets/a/b.css", "2024/index.html", "feed.xml")
    assert [cache_control(path, rules) for path in paths] == [
        "public, max-age=60",
        "no-cache",
        "public, max-age=300",
    ]
