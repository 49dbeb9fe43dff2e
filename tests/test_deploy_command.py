"""`morgue deploy` as people meet it: its settings, what it prints, and what it refuses."""

import json
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from deploying import HEAD, URL, article, make_site, write

from generator.cli import morgue
from generator.config import load_site
from generator.core.problems import SiteError
from generator.core.site import Destination
from generator.deploy import kinds
from generator.deploy.settings import LIFETIMES
from generator.deploy.target import Place


def run(*arguments: str) -> Result:
    return CliRunner().invoke(morgue, list(arguments), env={"SOURCE_DATE_EPOCH": "1725264000"})


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return make_site(tmp_path / "site", f'deploy:\n  live: {{to: "file://{tmp_path}/www"}}\n', articles=3)


def deploy(site: Path, *arguments: str) -> Result:
    return run("deploy", "--site", str(site), *arguments)


# Settings.


def told(root: Path, deploy: str) -> list[str]:
    write(root / "site.yaml", f"{HEAD}deploy:\n{deploy}")
    with pytest.raises(SiteError) as refused:
        load_site(root)
    return [str(problem).removeprefix("site.yaml:") for problem in refused.value.problems]


def test_every_setting_of_a_target_is_read(tmp_path: Path) -> None:
    text = """
  live:
    to: s3://bucket/prefix
    endpoint: http://127.0.0.1:9000
    region: eu-west-2
    cache: {"*.html": 0, "assets/*": 1d}
    compress: [gzip, brotli]
    max_removed: 10%
    strict: true
  pages: {to: "git+https://host.example/o/r.git#pages", history: false, cname: a.example}
"""
    write(tmp_path / "site.yaml", f"{HEAD}deploy:{text}")
    assert load_site(tmp_path).deploy == (
        Destination(
            name="live",
            to="s3://bucket/prefix",
            line=4,
            cache=(("*.html", 0), ("assets/*", 86_400), *LIFETIMES),
            compress=("br", "gzip"),
            max_removed=0.1,
            strict=True,
            options={"endpoint": "http://127.0.0.1:9000", "region": "eu-west-2"},
        ),
        Destination(
            name="pages",
            to="git+https://host.example/o/r.git#pages",
            line=12,
            cache=LIFETIMES,
            max_removed=0.25,
            options={"history": False, "cname": "a.example"},
        ),
    )


WRONG = (
    ("to: 7", '4: deploy.x: leads nowhere: "7" (expected e.g. to: s3://bucket/prefix) [E114]'),
    ('to: "file://host/www"', '4: deploy.x: names no folder of this machine, as in file:///srv/www: "file://host/www" (expected e.g. to: s3://bucket/prefix) [E114]'),
    ('to: "file:///"', '4: deploy.x: names no folder of this machine, as in file:///srv/www: "file:///" (expected e.g. to: s3://bucket/prefix) [E114]'),
    ('to: "sftp://host"', '4: deploy.x: names no folder of the host: "sftp://host" (expected e.g. to: s3://bucket/prefix) [E114]'),
    ('to: "sftp://-oProxyCommand=x/www"', '4: deploy.x: names no host or bucket: "sftp://-oProxyCommand=x/www" (expected e.g. to: s3://bucket/prefix) [E114]'),
    ('to: "rsync://-e@host/www"', '4: deploy.x: names no host or bucket: "rsync://-e@host/www" (expected e.g. to: s3://bucket/prefix) [E114]'),
    ('to: "sftp://host:0/www"', '4: deploy.x: names no host or bucket: "sftp://host:0/www" (expected e.g. to: s3://bucket/prefix) [E114]'),
    ('to: "sftp://host:99999/www"', '4: deploy.x: not a URL: "sftp://host:99999/www" (expected e.g. to: s3://bucket/prefix) [E114]'),
    ('to: "s3:///x"', '4: deploy.x: names no host or bucket: "s3:///x" (expected e.g. to: s3://bucket/prefix) [E114]'),
    ('to: "s3://b/../c"', '4: deploy.x: leads out of its folder: "s3://b/../c" (expected e.g. to: s3://bucket/prefix) [E114]'),
    ('to: "s3://b/c#d"', '4: deploy.x: holds a ? or # that means nothing there: "s3://b/c#d" (expected e.g. to: s3://bucket/prefix) [E114]'),
    ('to: "s3://b", regoin: x', '4: deploy.x.regoin: unknown setting (did you mean "region"?) [E103]'),
    ('to: "file:///www", region: x', "4: deploy.x.region: unknown setting (known are to, cache, compress, max_removed, strict, purge, indexnow, indexnow_endpoint) [E103]"),
    ('to: "s3://b", cache: {"*": soon}', '4: deploy.x.cache.*: not a length of time: "soon" (expected e.g. 30s, 5m, 1h, 7d or 0) [E105]'),
    ('to: "s3://b", compress: zip', '4: deploy.x.compress: unknown: "zip" (expected gzip or brotli) [E105]'),
    ('to: "s3://b", max_removed: most', '4: deploy.x.max_removed: not a share: "most" (expected e.g. 25% or 0.25) [E105]'),
    ('to: "s3://b", max_removed: 200%', '4: deploy.x.max_removed: not a share: "200%" (expected e.g. 25% or 0.25) [E105]'),
    ('to: "s3://b", strict: very', '4: deploy.x.strict: neither true nor false: "very" (expected true) [E105]'),
)  # fmt: skip


@pytest.mark.parametrize(("written", "expected"), WRONG)
def test_a_wrong_setting_is_told_with_what_was_expected(written: str, expected: str, tmp_path: Path) -> None:
    assert told(tmp_path, f"  x: {{{written}}}\n") == [expected]


def test_a_name_that_is_none_is_told(tmp_path: Path) -> None:
    assert told(tmp_path, "  ../x: file:///www\n") == [
        "4: deploy.../x: not a name for a target (expected e.g. production) [E114]"
    ]


SECRETS = (
    'to: "sftp://me:hunter22@host/www"',
    'to: "git+https://hunter22@host.example/x.git"',
    'to: "s3://b", secret: hunter22',
    'to: "s3://b", aws_secret_access_key: hunter22',
    'to: "s3://b", options: {token: hunter22}',
    'to: "s3://b", password: [hunter22]',
    'to: "az://b", account_key: hunter22',
    'to: "az://b", account: "https://x.example/?sv=1&sig=hunter22"',
    'to: "s3://b", region: "AKIA0123456789ABCDEF-hunter22"',
    'to: "s3://b", region: glpat-hunter22hunter22hunter22',
    "hunter22: x, token: hunter22",
)


@pytest.mark.parametrize("written", SECRETS)
def test_a_secret_in_the_settings_is_refused_and_not_repeated(written: str, tmp_path: Path) -> None:
    [problem] = told(tmp_path, f"  x: {{{written}}}\n")
    assert problem.endswith("[E802]")
    assert "give it in the environment" in problem
    assert "hunter22" not in problem


def test_a_secret_as_the_target_itself_is_not_repeated_either(tmp_path: Path) -> None:
    [problem] = told(tmp_path, "  x: 'https://me:hunter22@host.example/'\n")
    assert problem.endswith("[E802]")
    assert "hunter22" not in problem


# Which target.


@pytest.mark.parametrize(
    ("settings", "arguments", "expected"),
    [
        ("", [], 'site.yaml: deploy: there is no target (add e.g. deploy: {production: {to: "sftp://me@example.org/srv/www"}}) [E803]'),
        ("", ["live"], "site.yaml: deploy: no target is called 'live' (add it to deploy in site.yaml) [E803]"),
        ("deploy: {live: 'file:///x'}\n", ["lvie"], "site.yaml: deploy: no target is called 'lvie' (did you mean \"live\"?) [E803]"),
        ("deploy: {a: 'file:///x', b: 'file:///y'}\n", [], "site.yaml: deploy: which target? There are a, b (name one) [E803]"),
        ("deploy: {a: 'ftp://x.example/y'}\n", [], "site.yaml: deploy: no such kind of target: ftp:// (known are file://, git+ssh://, "
         "git+https://, git+http://, git+file://, s3://, gs://, az://, sftp://, rsync://) [E801]"),
    ],
)  # fmt: skip
def test_a_target_that_is_not_clear_is_told(
    settings: str, arguments: list[str], expected: str, tmp_path: Path
) -> None:
    site = make_site(tmp_path / "site", settings, articles=1)
    result = deploy(site, *arguments)
    assert (result.exit_code, result.stderr.strip()) == (2, expected)


@pytest.mark.parametrize("inside", ["", "/build", "/build/x", "/content"])
def test_a_folder_that_holds_the_site_or_lies_in_it_is_refused(tmp_path: Path, inside: str) -> None:
    site = make_site(tmp_path / "site", f"deploy: {{a: 'file://{tmp_path}/site{inside}'}}\n", articles=1)
    result = deploy(site)
    assert result.exit_code == 2
    assert result.stderr.strip() == (
        "site.yaml:3: deploy.a.to: the folder holds the site, or lies in it (name another folder) [E818]"
    )


@pytest.mark.parametrize(
    ("to", "package", "said"),
    [
        ("s3://b/x", "s3fs", "site.yaml: deploy: s3:// needs the package s3fs (pip install 'morgue[s3]') [E812]"),
        ("gs://b/x", "fsspec", "site.yaml: deploy: gs:// needs the package gcsfs (pip install 'morgue[gs]') [E812]"),
        ("az://b/x", "fsspec", "site.yaml: deploy: az:// needs the package adlfs (pip install 'morgue[az]') [E812]"),
        ("sftp://h/x", "asyncssh", "site.yaml: deploy: sftp:// needs the package asyncssh (pip install 'morgue[sftp]') [E812]"),
    ],
)  # fmt: skip
def test_a_package_that_is_missing_is_named_with_the_extra_that_brings_it(
    to: str, package: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, package, None)
    with pytest.raises(SiteError) as refused:
        kinds.connect(Place(to=to, scratch=tmp_path))
    assert str(refused.value) == said


def test_a_program_that_is_missing_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    site = make_site(tmp_path / "site", "deploy: {a: 'rsync://h.example/x'}\n", articles=1)
    assert "rsync is not installed (install rsync" in deploy(site).stderr


def test_a_package_brings_a_kind_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Point:
        name = "shelf"

        def load(self) -> object:
            return lambda place: ("connected", place.to, dict(place.options))

    monkeypatch.setattr(kinds, "entry_points", lambda group: [Point()] if group == "morgue.targets" else [])
    write(tmp_path / "site.yaml", f"{HEAD}deploy: {{a: {{to: 'shelf://x/y', colour: red}}}}\n")
    [destination] = load_site(tmp_path).deploy
    place = Place(to=destination.to, options=destination.options, scratch=tmp_path)
    assert kinds.connect(place) == ("connected", "shelf://x/y", {"colour": "red"})


# What it does and says.


def test_a_deploy_builds_uploads_and_says_what(site: Path, tmp_path: Path) -> None:
    first = deploy(site)
    assert first.exit_code == 0
    assert "lists, feeds and sitemap:\n  + index.html\n" in first.stdout
    assert f" uploaded, 0 removed, 0 unchanged at file://{tmp_path}/www in " in first.stdout
    again = deploy(site, "live")
    assert again.stdout.startswith("Nothing to do: all ")
    write(site / "content/articles/2024/05/story-4.md", article("Story 4", 4))
    plan = deploy(site, "--dry-run")
    assert "new pages:\n  + 2024/05/story-4/index.html\n" in plan.stdout
    assert "would be uploaded" in plan.stdout
    assert not (tmp_path / "www/2024/05/story-4").exists()
    assert deploy(site).exit_code == 0
    assert (tmp_path / "www/2024/05/story-4/index.html").exists()


def test_json_names_every_file(site: Path) -> None:
    data = json.loads(deploy(site, "--json", "--dry-run").stdout)
    assert data["target"] == "live"
    assert data["dry_run"] is True
    assert [phase["name"] for phase in data["phases"]] == ["assets", "new pages", "lists, feeds and sitemap"]
    assert "2024/05/story-1/index.html" in data["phases"][1]["put"]
    assert (data["unchanged"], data["refused"], data["problems"]) == (0, False, [])


def test_a_build_that_left_something_out_is_not_deployed_unasked(site: Path, tmp_path: Path) -> None:
    deploy(site)
    write(site / "content/articles/2024/05/story-3.md", "---\ntitle: Story 3\npublished: tomorrow\n---\n")
    result = deploy(site)
    assert result.exit_code == 1
    assert "story-3.md:3: published: not a date" in result.stderr
    assert "Nothing was deployed: the content has problems." in result.stderr
    assert (tmp_path / "www/2024/05/story-3/index.html").exists()
    assert deploy(site, "--despite-problems", "--allow-removals").exit_code == 0
    assert not (tmp_path / "www/2024/05/story-3/index.html").exists()


def test_a_site_that_still_has_the_samples_address_is_not_deployed_unasked(
    site: Path, tmp_path: Path
) -> None:
    settings = (site / "site.yaml").read_text()
    (site / "site.yaml").write_text(settings.replace(URL, "https://archive.example.org/"))
    done = deploy(site)
    assert done.exit_code == 1
    assert "[W116]" in done.stderr
    assert not (tmp_path / "www").exists()
    assert deploy(site, "--despite-problems").exit_code == 0


def test_a_warning_stops_a_deploy_only_where_that_is_asked_for(site: Path, tmp_path: Path) -> None:
    write(site / "content/articles/2024/05/story-3.md", article("Story 3", 3, updated="never"))
    assert deploy(site, "--strict").exit_code == 1
    assert not (tmp_path / "www").exists()
    assert deploy(site).exit_code == 0
    write(site / "site.yaml", f"{HEAD}deploy: {{live: {{to: 'file://{tmp_path}/www', strict: true}}}}\n")
    assert deploy(site).exit_code == 1


def test_drafts_of_an_earlier_build_never_go_out(site: Path, tmp_path: Path) -> None:
    write(site / "content/articles/2024/05/secret.md", article("A secret", 3, status="draft"))
    run("build", "--site", str(site), "--drafts")
    assert (site / "build/2024/05/a-secret/index.html").exists()
    assert deploy(site).exit_code == 0
    assert not (tmp_path / "www/2024/05/a-secret").exists()


def test_a_branch_is_rolled_back_and_a_folder_says_that_it_keeps_no_versions(
    site: Path, tmp_path: Path
) -> None:
    subprocess.run(["git", "init", "--quiet", "--bare", tmp_path / "pages.git"], check=True)
    targets = f"deploy:\n  pages: git+file://{tmp_path}/pages.git\n  www: file://{tmp_path}/www\n"
    write(site / "site.yaml", HEAD + targets)
    assert deploy(site, "pages", "--rollback").stderr.strip().endswith("[E816]")
    deploy(site, "pages")
    write(site / "content/articles/2024/05/story-4.md", article("Story 4", 4))
    deploy(site, "pages")
    dry = deploy(site, "pages", "--rollback", "--dry-run")
    assert "  2024/05/story-4/index.html\n" in dry.stdout
    assert "\nWould go back to " in dry.stdout
    names = ["git", "-C", str(tmp_path / "pages.git"), "ls-tree", "-r", "--name-only", "gh-pages"]
    assert "story-4" in subprocess.run(names, capture_output=True, text=True, check=True).stdout
    result = deploy(site, "pages", "--rollback")
    assert result.exit_code == 0
    assert "\nBack to " in result.stdout
    assert "story-4" not in subprocess.run(names, capture_output=True, text=True, check=True).stdout
    refused = deploy(site, "www", "--rollback")
    assert refused.exit_code == 2
    assert refused.stderr.strip() == (
        "deploy.www: this kind of target keeps no versions "
        "(build the earlier state of the site (git checkout) and deploy that) [E817]"
    )


def test_a_folder_that_cannot_be_written_is_told(site: Path, tmp_path: Path) -> None:
    write(tmp_path / "www", "a file")
    result = deploy(site)
    assert result.exit_code == 2
    assert result.stderr.startswith("deploy.live: ")
    assert result.stderr.strip().endswith("[E816]")


def test_a_repository_that_is_not_there_is_told(site: Path, tmp_path: Path) -> None:
    write(site / "site.yaml", f"{HEAD}deploy: {{a: 'git+file://{tmp_path}/none.git'}}\n")
    assert deploy(site).stderr.strip().endswith("[E815]")


def test_what_was_built_is_what_is_said_to_be_there(site: Path, tmp_path: Path) -> None:
    from generator.deploy.stored import built_files

    with pytest.raises(SiteError) as refused:
        built_files(tmp_path)
    assert str(refused.value).endswith("there is no build here (run morgue build) [E814]")
