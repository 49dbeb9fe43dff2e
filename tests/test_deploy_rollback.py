"""Back to the last deploy, where a target keeps the earlier versions of each file."""

import json
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from azure_keeping import azure_keeping
from deploying import Killed, Shelf, bring, broken, plain, shelf_get, states
from servers import azure, fetch, google, moto

from generator.core.problems import SiteError
from generator.core.site import Destination
from generator.deploy.engine import Wishes
from generator.deploy.kinds import connect
from generator.deploy.rollback import Rolled, roll_back_target
from generator.deploy.target import Place, Target, Upload, Version
from generator.output.encode import digest

TO = Destination(name="production", to="shelf://x")


@pytest.fixture(scope="module")
def four(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return states(tmp_path_factory.mktemp("deploy"), "omit: [days, entity-feeds, json-feeds, search, data]\n")


def back(target: Target, scratch: Path, to: Destination = TO, **wishes: bool) -> Rolled:
    return roll_back_target(target, to, scratch, Wishes(**wishes))


# A shelf that keeps what lay on it.


@dataclass(slots=True)
class Attic(Shelf):
    """A shelf that keeps the earlier versions of each file."""

    versions: list[tuple[str, bytes]] = field(default_factory=list)

    def put(self, files: Any) -> Any:
        for file in files:
            Shelf.put(self, [file])
            self.versions.append((file.path, file.read()))
        return {file.path: self.mark_of(file) for file in files}

    def kept(self) -> list[Version]:
        return [
            Version(path=path, mark=digest(data), name=str(number), order=("", number))
            for number, (path, data) in enumerate(self.versions)
        ]

    def fetch(self, version: Version) -> bytes:
        return self.versions[int(version.name)][1]

    def restore(self, version: Version) -> None:
        self.put([Upload(path=version.path, data=self.fetch(version))])


def test_what_was_shown_before_comes_back_and_goes_again(four: list[Path], tmp_path: Path) -> None:
    attic = Attic()
    for number in (0, 1, 2):
        bring(attic, four[number], tmp_path)
    rolled = back(attic, tmp_path)
    assert attic.site() == plain(four[1])
    assert rolled.back.words == "deploy 2"
    assert "2024/05/story-9/index.html" in rolled.back.changed
    assert back(attic, tmp_path).back.words == "deploy 3"
    assert attic.site() == plain(four[2])
    assert bring(attic, four[2], tmp_path).plan.phases == ()


def test_on_the_way_back_a_crawler_finds_no_broken_link(four: list[Path], tmp_path: Path) -> None:
    attic = Attic()
    bring(attic, four[2], tmp_path)
    bring(attic, four[3], tmp_path, allow_removals=True)
    steps = 0

    def look(verb: str, path: str) -> None:
        nonlocal steps
        steps += 1
        assert broken(shelf_get(attic)) == []

    attic.before = look
    back(attic, tmp_path)
    assert steps > 20
    assert attic.site() == plain(four[2])


def test_killed_on_the_way_back_and_run_again_it_ends_where_it_was_to(
    four: list[Path], tmp_path: Path
) -> None:
    kept = Attic()
    bring(kept, four[0], tmp_path)
    bring(kept, four[1], tmp_path)
    whole = replace(kept, files=dict(kept.files), versions=list(kept.versions), calls=[])
    back(whole, tmp_path)
    steps = sum(verb in {"put", "remove"} for verb, _ in whole.calls)
    assert steps > 10
    # The last step takes the lock away: a second rollback after that is another one.
    for last in range(1, steps):
        attic = replace(kept, files=dict(kept.files), versions=list(kept.versions))
        left = last

        def count(verb: str, path: str) -> None:
            nonlocal left
            left -= 1
            if not left:
                raise Killed

        attic.before = count
        with pytest.raises(Killed):
            back(attic, tmp_path)
        attic.before = lambda verb, path: None
        assert broken(shelf_get(attic)) == []
        back(attic, tmp_path, break_lock=True)
        assert attic.site() == plain(four[0]), last


def test_an_interrupted_deploy_is_taken_back_too(four: list[Path], tmp_path: Path) -> None:
    attic = Attic()
    bring(attic, four[0], tmp_path)

    def stop(verb: str, path: str) -> None:
        if path == "2024/05/story-2/index.html":
            raise Killed

    attic.before = stop
    with pytest.raises(Killed):
        bring(attic, four[1], tmp_path)
    attic.before = lambda verb, path: None
    assert attic.site() != plain(four[0])
    back(attic, tmp_path, break_lock=True)
    assert attic.site() == plain(four[0])


def test_what_somebody_else_changed_is_not_overwritten_on_the_way_back_unasked(
    four: list[Path], tmp_path: Path
) -> None:
    attic = Attic()
    bring(attic, four[0], tmp_path)
    bring(attic, four[1], tmp_path)
    attic.files["2024/05/story-2/index.html"] = b"mended in haste"
    with pytest.raises(SiteError, match=r"somebody else: 2024/05/story-2/index.html .*\[E808\]"):
        back(attic, tmp_path)
    back(attic, tmp_path, overwrite=True)
    assert attic.site() == plain(four[0])


def test_a_dry_run_says_what_would_come_back_and_changes_nothing(four: list[Path], tmp_path: Path) -> None:
    attic = Attic()
    bring(attic, four[0], tmp_path)
    bring(attic, four[1], tmp_path)
    before = dict(attic.files)
    said = back(attic, tmp_path, dry_run=True)
    assert attic.files == before
    assert said.back == back(attic, tmp_path).back


@pytest.mark.parametrize("deploys", [0, 1])
def test_without_an_earlier_deploy_there_is_nothing_to_go_back_to(
    deploys: int, four: list[Path], tmp_path: Path
) -> None:
    attic = Attic()
    for _ in range(deploys):
        bring(attic, four[0], tmp_path)
    with pytest.raises(SiteError, match=r"no earlier deploy is kept there .*versioning.*\[E817\]"):
        back(attic, tmp_path)


def test_versions_that_are_gone_are_told_before_anything_is_changed(four: list[Path], tmp_path: Path) -> None:
    attic = Attic()
    bring(attic, four[0], tmp_path)
    bring(attic, four[1], tmp_path)
    old = next(i for i, (path, _) in enumerate(attic.versions) if path == "2024/05/story-2/index.html")
    attic.versions[old] = ("expired", b"")
    before = attic.site()
    with pytest.raises(SiteError, match=r"1 files are no longer kept .* story-2.*|2024/05/story-2.*\[E817\]"):
        back(attic, tmp_path)
    assert attic.site() == before


# Real stores.


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "a-secret-of-nobody")
        with moto() as (url, _):
            yield url


@pytest.fixture(scope="module")
def gs() -> Iterator[str]:
    with google() as url:
        yield url


def s3_bucket(url: str, *, versions: bool) -> tuple[str, dict[str, str | bool], Callable[[str], str]]:
    import boto3

    name = "kept" if versions else "unkept"
    client = boto3.client("s3", endpoint_url=url, region_name="us-east-1")
    client.create_bucket(Bucket=name)
    allowed = {
        "Effect": "Allow",
        "Principal": "*",
        "Action": "s3:GetObject",
        "Resource": f"arn:aws:s3:::{name}/*",
    }
    client.put_bucket_policy(
        Bucket=name, Policy=json.dumps({"Version": "2012-10-17", "Statement": [allowed]})
    )
    if versions:
        client.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
    return (
        f"s3://{name}/site",
        {"endpoint": url, "region": "us-east-1"},
        lambda path: f"{url}/{name}/site/{path}",
    )


def gs_bucket(url: str, *, versions: bool) -> tuple[str, dict[str, str | bool], Callable[[str], str]]:
    name = "kept" if versions else "unkept"
    told = json.dumps({"name": name, "versioning": {"enabled": versions}}).encode()
    asked = urllib.request.Request(
        f"{url}/storage/v1/b?project=x", told, {"Content-Type": "application/json"}
    )
    urllib.request.urlopen(asked).close()
    return (
        f"gs://{name}/site",
        {"endpoint": url},
        lambda path: f"{url}/download/storage/v1/b/{name}/o/{quote('site/' + path, safe='')}?alt=media",
    )


BUCKETS = {"s3": s3_bucket, "gs": gs_bucket}


@pytest.mark.parametrize("kind", BUCKETS)
def test_a_bucket_with_versions_goes_back_with_headers_and_all(
    kind: str, request: pytest.FixtureRequest, four: list[Path], tmp_path: Path
) -> None:
    to, options, url_of = BUCKETS[kind](request.getfixturevalue(kind), versions=True)
    destination = Destination(name="production", to=to, options=options, cache=(("*", 60),))
    later = replace(destination, cache=(("*", 7_200),))

    def connected() -> Target:
        return connect(Place(to=to, options=options, scratch=tmp_path))

    def shown(path: str) -> bytes | None:
        status, _, body = fetch(url_of(path + "index.html" if not path or path.endswith("/") else path))
        return body if status == 200 else None

    bring(connected(), four[2], tmp_path, destination)
    bring(connected(), four[3], tmp_path, later, allow_removals=True)
    assert shown("2024/05/story-1/") is None
    rolled = back(connected(), tmp_path, destination)
    assert rolled.back.words == "deploy 1"
    assert {path: shown(path) for path in plain(four[2])} == plain(four[2])
    assert shown("2024/05/story-10/") is None
    assert broken(shown) == []
    status, headers, _ = fetch(url_of("index.html"))
    assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert headers["cache-control"] == "public, max-age=60"
    assert bring(connected(), four[2], tmp_path, destination).plan.phases == ()


@pytest.mark.parametrize("kind", BUCKETS)
def test_a_bucket_without_versions_says_so(
    kind: str, request: pytest.FixtureRequest, four: list[Path], tmp_path: Path
) -> None:
    to, options, _ = BUCKETS[kind](request.getfixturevalue(kind), versions=False)
    destination = Destination(name="production", to=to, options=options)
    target = connect(Place(to=to, options=options, scratch=tmp_path))
    bring(target, four[0], tmp_path, destination)
    bring(target, four[1], tmp_path, destination)
    with pytest.raises(SiteError, match=r"no earlier deploy is kept there \(switch versioning on .*\[E817\]"):
        back(target, tmp_path, destination)


def test_azures_versions_come_back_with_headers_and_all(
    four: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with azure_keeping() as (opened, account):
        monkeypatch.setenv("AZURE_STORAGE_CONNECTION_STRING", opened)
        destination = Destination(name="production", to="az://kept/site", cache=(("*", 60),))
        later = replace(destination, cache=(("*", 7_200),))

        def connected() -> Target:
            return connect(Place(to="az://kept/site", scratch=tmp_path))

        def shown(path: str) -> bytes | None:
            blob = account.find(
                f"site/{path}index.html" if not path or path.endswith("/") else f"site/{path}"
            )
            return blob.data if blob else None

        bring(connected(), four[2], tmp_path, destination)
        bring(connected(), four[3], tmp_path, later, allow_removals=True)
        assert shown("2024/05/story-1/") is None
        assert back(connected(), tmp_path, destination).back.words == "deploy 1"
        assert {path: shown(path) for path in plain(four[2])} == plain(four[2])
        assert shown("2024/05/story-10/") is None
        assert broken(shown) == []
        page = account.shown["site/index.html"]
        assert page.headers["content-type"] == "text/html; charset=utf-8"
        assert page.headers["cache-control"] == "public, max-age=60"
        assert bring(connected(), four[2], tmp_path, destination).plan.phases == ()
        assert back(connected(), tmp_path, destination).back.words == "deploy 2"
        assert {path: shown(path) for path in plain(four[3])} == plain(four[3])


def test_a_container_without_versions_says_so(
    four: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from azure.storage.blob import BlobServiceClient

    with azure(tmp_path / "azurite") as opened:
        monkeypatch.setenv("AZURE_STORAGE_CONNECTION_STRING", opened)
        with BlobServiceClient.from_connection_string(opened) as client:
            client.create_container("unkept")
        target = connect(Place(to="az://unkept/site", scratch=tmp_path))
        to = Destination(name="production", to="az://unkept/site")
        bring(target, four[0], tmp_path, to)
        with pytest.raises(SiteError, match=r"no earlier deploy is kept there .*\[E817\]"):
            back(target, tmp_path, to)
