"""Deploys to real servers on loopback: OpenSSH's sftp and rsync, git over SSH, S3, and nginx as visitors see it."""

import json
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

import pytest
from deploying import bring, broken, plain, states, stored
from servers import Ssh, azure, fetch, git_http, google, moto, nginx, program, saying, sshd

from generator.core.problems import SiteError
from generator.core.site import Destination
from generator.deploy.kinds import connect
from generator.deploy.record import HOME
from generator.deploy.target import Place, Rewinding, Target, TargetError, Upload

KINDS = ("file", "sftp", "rsync", "git+ssh", "s3")
CLOUDS = ("gs", "az")
TOKEN = "a-token-of-nobody"
BUCKET = "gazette"


@dataclass(frozen=True, slots=True)
class Host:
    """A place to deploy to, and what lies there, by path."""

    destination: Destination
    scratch: Path
    files: Callable[[], dict[str, bytes]]
    requests: Callable[[], int] | None = None

    def connected(self) -> Target:
        to = self.destination
        return connect(Place(to=to.to, options=to.options, scratch=self.scratch))

    def bring(self, folder: Path, **wishes: bool) -> Any:
        target = self.connected()
        try:
            return bring(target, folder, self.scratch, self.destination, **wishes)
        finally:
            target.close()

    def elsewhere(self, **changes: Any) -> "Host":
        """The same place from another machine, or with other settings."""
        return replace(self, scratch=self.scratch / "other", destination=replace(self.destination, **changes))


@pytest.fixture(scope="module")
def four(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return states(tmp_path_factory.mktemp("deploy"), "omit: [days, entity-feeds, json-feeds, search, data]\n")


@pytest.fixture(scope="module")
def ssh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ssh]:
    with sshd(tmp_path_factory.mktemp("sshd")) as server:
        yield server


@pytest.fixture(scope="module")
def s3() -> Iterator[tuple[str, Callable[[], int]]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "a-secret-of-nobody")
        with moto() as server:
            yield server


@pytest.fixture(scope="module")
def gs() -> Iterator[str]:
    with google() as address:
        open_bucket(address)
        yield address


def open_bucket(address: str) -> None:
    told = json.dumps({"name": BUCKET}).encode()
    asked = urllib.request.Request(f"{address}/storage/v1/b?project=x", told)
    asked.add_header("Content-Type", "application/json")
    urllib.request.urlopen(asked).close()


@pytest.fixture(scope="module")
def az(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    from azure.storage.blob import BlobServiceClient

    with azure(tmp_path_factory.mktemp("azurite")) as opened, pytest.MonkeyPatch.context() as patch:
        patch.setenv("AZURE_STORAGE_CONNECTION_STRING", opened)
        with BlobServiceClient.from_connection_string(opened) as client:
            client.create_container(BUCKET)
            yield client


@pytest.fixture
def git_over_http(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("MORGUE_GIT_TOKEN", TOKEN)
    with git_http(tmp_path, TOKEN) as address:
        yield address


@pytest.fixture
def host_of(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], Host]:
    def make(kind: str) -> Host:
        if kind == "s3":
            return _s3_host(*request.getfixturevalue("s3"), tmp_path)
        if kind == "file":
            return _folder_host(kind, f"file://{tmp_path}/www", {}, tmp_path)
        if kind == "git+http":
            return _git_host(f"git+http://{request.getfixturevalue('git_over_http')}", {}, tmp_path)
        if kind == "gs":
            return _google_host(request.getfixturevalue("gs"), tmp_path)
        if kind == "az":
            return _azure_host(request.getfixturevalue("az"), tmp_path)
        server: Ssh = request.getfixturevalue("ssh")
        if kind == "git+ssh":
            return _git_host(f"git+ssh://{server.host}{tmp_path}", server.options, tmp_path)
        program("rsync")
        return _folder_host(kind, f"{kind}://{server.host}{tmp_path}/www", server.options, tmp_path)

    return make


@pytest.fixture
def host(request: pytest.FixtureRequest, host_of: Callable[[str], Host]) -> Host:
    return host_of(request.param)


def everywhere(*kinds: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("host", kinds or KINDS, indirect=True)


def _folder_host(kind: str, to: str, options: dict[str, str | bool], folder: Path) -> Host:
    def files() -> dict[str, bytes]:
        found = (path for path in (folder / "www").rglob("*") if path.is_file())
        named = {path.relative_to(folder / "www").as_posix(): path.read_bytes() for path in found}
        return {path: data for path, data in named.items() if not path.startswith(HOME)}

    return Host(Destination(name="production", to=to, options=options), folder / "scratch", files)


def _git_host(root: str, options: dict[str, str | bool], folder: Path) -> Host:
    repository = folder / "pages.git"
    subprocess.run(["git", "init", "--quiet", "--bare", repository], check=True)
    subprocess.run(["git", "-C", repository, "config", "http.receivepack", "true"], check=True)

    def files() -> dict[str, bytes]:
        checkout = folder / "checkout"
        checkout.mkdir(exist_ok=True)
        git = ["git", f"--git-dir={repository}", f"--work-tree={checkout}"]

        def told(*command: str) -> str:
            return subprocess.run([*git, *command], check=True, capture_output=True, text=True).stdout

        # One state of it: the host may still be taking a push whose sender was killed.
        state = told("rev-parse", "pages").strip()
        told("checkout", "--quiet", "--force", state, "--", ".")
        tree = told("ls-tree", "-rz", "--name-only", state).split("\0")
        names = [name for name in tree if name and not name.startswith((HOME, ".nojekyll", "CNAME"))]
        return {name: (checkout / name).read_bytes() for name in names}

    to = f"{root}/pages.git#pages"
    return Host(Destination(name="production", to=to, options=options), folder / "scratch", files)


def _google_host(address: str, folder: Path) -> Host:
    def get(path: str) -> bytes:
        with urllib.request.urlopen(f"{address}/storage/v1/b/{BUCKET}/o{path}") as answer:
            data: bytes = answer.read()
            return data

    def files() -> dict[str, bytes]:
        found = json.loads(get(f"?prefix={folder.name}/")).get("items", ())
        names = [one["name"] for one in found if f"/{HOME}/" not in one["name"]]
        return {
            name.removeprefix(f"{folder.name}/"): get(f"/{quote(name, safe='')}?alt=media") for name in names
        }

    to = f"gs://{BUCKET}/{folder.name}"
    return Host(
        Destination(name="production", to=to, options={"endpoint": address}), folder / "scratch", files
    )


def _azure_host(client: Any, folder: Path) -> Host:
    container = client.get_container_client(BUCKET)

    def files() -> dict[str, bytes]:
        names = [one.name for one in container.list_blobs(name_starts_with=f"{folder.name}/")]
        return {
            name.removeprefix(f"{folder.name}/"): container.download_blob(name).readall()
            for name in names
            if f"/{HOME}/" not in name
        }

    to = f"az://{BUCKET}/{folder.name}"
    return Host(Destination(name="production", to=to), folder / "scratch", files)


def _s3_host(url: str, requests: Callable[[], int], folder: Path) -> Host:
    client = bucket(url)
    prefix = folder.name

    def files() -> dict[str, bytes]:
        pages = client.get_paginator("list_objects_v2").paginate(Bucket=BUCKET, Prefix=f"{prefix}/")
        keys = [row["Key"] for page in pages for row in page.get("Contents", ())]
        keys = [key for key in keys if not key.startswith(f"{prefix}/{HOME}")]
        return {
            key.removeprefix(f"{prefix}/"): client.get_object(Bucket=BUCKET, Key=key)["Body"].read()
            for key in keys
        }

    options: dict[str, str | bool] = {"endpoint": url, "region": "us-east-1"}
    destination = Destination(name="production", to=f"s3://{BUCKET}/{prefix}", options=options)
    return Host(destination, folder / "scratch", files, requests)


def bucket(url: str) -> Any:
    """A client of the tests' own, with the bucket made and open to readers."""
    import boto3

    client = boto3.client("s3", endpoint_url=url, region_name="us-east-1")
    client.create_bucket(Bucket=BUCKET)
    statement = {
        "Effect": "Allow",
        "Principal": "*",
        "Action": "s3:GetObject",
        "Resource": f"arn:aws:s3:::{BUCKET}/*",
    }
    client.put_bucket_policy(
        Bucket=BUCKET, Policy=json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    )
    return client


# The life of a site.


@everywhere(*KINDS, "git+http", *CLOUDS)
def test_a_site_is_brought_kept_up_to_date_and_taken_over_by_a_second_machine(
    host: Host, four: list[Path]
) -> None:
    first = host.bring(four[0])
    assert host.files() == plain(four[0])
    assert first.plan.put[-1] == "index.html"

    asked = host.requests() if host.requests else 0
    assert host.bring(four[0]).plan.phases == ()
    if host.requests:
        assert host.requests() - asked <= 3

    edited = host.bring(four[1])
    assert host.files() == plain(four[1])
    assert "2024/05/story-9/index.html" in edited.plan.phases[1].put
    assert "media/gate.svg" in edited.plan.phases[0].put
    assert edited.plan.unchanged > 3

    other = host.elsewhere()
    renamed = other.bring(four[2])
    assert host.files() == plain(four[2])
    assert "2024/05/the-third-story/index.html" in renamed.plan.put
    assert b"/2024/05/the-third-story/" in host.files()["2024/05/story-3/index.html"]
    assert "2024/05/story-9/index.html" in renamed.plan.removed

    strict = host.elsewhere(max_removed=0.01)
    with pytest.raises(SiteError, match=r"files would be removed .* \[E806\]"):
        strict.bring(four[3])
    assert host.files() == plain(four[2])
    strict.bring(four[3], allow_removals=True)
    assert host.files() == plain(four[3])
    assert host.bring(four[3]).plan.phases == ()


@everywhere(*KINDS, *CLOUDS)
def test_a_file_changed_at_the_host_is_noticed_and_not_overwritten_unasked(
    host: Host, four: list[Path]
) -> None:
    host.bring(four[0])
    target = host.connected()
    target.put([Upload(path="2024/05/story-2/index.html", data=b"mended in haste", stamp=1_700_000_000)])
    target.put([Upload(path="of-others.txt", data=b"theirs", stamp=1_700_000_000)])
    target.commit("By hand")
    target.close()
    with pytest.raises(SiteError, match=r"somebody else: 2024/05/story-2/index.html .*\[E808\]"):
        host.bring(four[1])
    assert host.files()["2024/05/story-2/index.html"] == b"mended in haste"
    outcome = host.bring(four[1], overwrite=True)
    assert outcome.overwritten == ("2024/05/story-2/index.html",)
    assert host.files() == {**plain(four[1]), "of-others.txt": b"theirs"}
    target = host.connected()
    target.remove(["sitemap.xml"])
    target.put([Upload(path="of-others.txt", data=b"still theirs")])
    target.commit("By hand")
    target.close()
    assert host.bring(four[1], verify=True).restored == ("sitemap.xml",)
    assert host.files() == {**plain(four[1]), "of-others.txt": b"still theirs"}


@everywhere("file", "sftp", "rsync")
def test_no_empty_folder_and_nothing_half_written_stays_behind(
    host: Host, four: list[Path], tmp_path: Path
) -> None:
    host.bring(four[1])
    host.bring(four[3], allow_removals=True)
    folders = [path for path in (tmp_path / "www").rglob("*") if path.is_dir() and not any(path.iterdir())]
    assert {path.relative_to(tmp_path / "www").as_posix() for path in folders} <= {
        f"{HOME}/tmp",
        f"{HOME}/locks",
    }


# Killed.

DEPLOYS = """
import json, os, sys
from pathlib import Path
from deploying import Destination, bring
from generator.deploy.kinds import connect
from generator.deploy.target import Place
import asyncssh, s3fs
to, options, scratch = sys.argv[1:]
options = json.loads(options)
for line in sys.stdin:
    child = os.fork()
    if child:
        print(child, flush=True)
        print(os.waitpid(child, 0)[1], flush=True)
    else:
        os.setsid()  # with all that it starts, as where a terminal or a job ends
        target = connect(Place(to=to, options=options, scratch=Path(scratch)))
        destination = Destination(name="production", to=to, options=options)
        bring(target, Path(line.strip()), Path(scratch), destination, allow_removals=True)
        os._exit(0)
"""
"""A program that begins the deploy of each folder it is told in a process of its own, and says its number."""

MORE = int(os.environ.get("MORGUE_KILLS", "4"))
KILLS = {"sftp": 20, "file": MORE, "git+ssh": MORE, "s3": MORE}
"""How often each is killed: twenty of them all, with MORGUE_KILLS=20, are for once in a while."""


@contextmanager
def visited(kind: str, host: Host, folder: Path) -> Iterator[Callable[[], Callable[[str], bytes | None]]]:
    """What gives a visitor's requests of the site as it is now."""

    def web(root: str) -> Callable[[str], bytes | None]:
        def get(path: str) -> bytes | None:
            status, _, body = fetch(f"{root}/{quote(path)}")
            return body if status == 200 else None

        return get

    def shown(files: dict[str, bytes]) -> Callable[[str], bytes | None]:
        return lambda path: files.get(f"{path}index.html" if not path or path.endswith("/") else path)

    if kind == "sftp":
        with nginx(folder / "nginx", f"root {folder}/www; location /{HOME} {{ return 404; }}") as url:
            yield lambda: web(url)
    elif kind == "s3":
        root = web(f"{host.destination.options['endpoint']}/{host.destination.to.removeprefix('s3://')}")
        yield lambda: lambda path: root(f"{path}index.html" if not path or path.endswith("/") else path)
    else:
        yield lambda: shown(host.files())


@pytest.mark.parametrize("kind", KILLS)
def test_killed_at_random_moments_visitors_find_no_broken_link_and_the_next_deploy_finishes(
    kind: str, host_of: Callable[[str], Host], four: list[Path], tmp_path: Path
) -> None:
    host = host_of(kind)
    moments = random.Random(20)
    host.bring(four[0])
    started = time.monotonic()
    host.bring(four[3], allow_removals=True)
    longest = time.monotonic() - started  # of a deploy as those that are killed, with all modules loaded
    killed = 0
    arguments = (host.destination.to, json.dumps(dict(host.destination.options)), str(host.scratch))
    with visited(kind, host, tmp_path) as now:
        deploys = subprocess.Popen(
            [sys.executable, "-c", DEPLOYS, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parent)},
        )
        assert deploys.stdin and deploys.stdout
        for number in range(10 * KILLS[kind]):
            if number >= KILLS[kind] and killed * 4 >= KILLS[kind]:
                break  # of a quick deploy not every moment is within it
            wanted = four[(number * 3 + 1) % 4]
            deploys.stdin.write(f"{wanted}\n")
            deploys.stdin.flush()
            process = int(deploys.stdout.readline())
            time.sleep(moments.uniform(0, longest))
            with suppress(ProcessLookupError):
                os.killpg(process, signal.SIGKILL)
            was_killed = deploys.stdout.readline().strip() == str(int(signal.SIGKILL))
            killed += was_killed
            longest *= 1 if was_killed else 0.8
            assert broken(now()) == []
            if number % 3 == 2:
                host.bring(wanted, allow_removals=True)
                assert host.files() == plain(wanted)
        deploys.communicate()
        host.bring(four[3], allow_removals=True)
        assert host.files() == plain(four[3])
        assert broken(now()) == []
    assert killed * 4 >= KILLS[kind]


def test_locks_that_a_killed_git_left_do_not_stop_the_next_deploy(
    host_of: Callable[[str], Host], four: list[Path]
) -> None:
    host = host_of("git+ssh")
    host.bring(four[0])
    [repository] = host.scratch.rglob("repository.git")
    elsewhere = host.elsewhere()
    elsewhere.bring(four[1], allow_removals=True)  # so that there is something to fetch
    for name in ("shallow.lock", "packed-refs.lock", "refs/morgue/head.lock", "refs/morgue/next.lock"):
        (repository / name).touch()
    host.bring(four[2], allow_removals=True)
    assert host.files() == plain(four[2])


# What a host refuses.


@everywhere("sftp", "rsync", "git+ssh")
def test_a_key_that_the_host_does_not_know_is_told(host: Host, four: list[Path], tmp_path: Path) -> None:
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", tmp_path / "stranger"], check=True)
    wrong = host.elsewhere(options={**host.destination.options, "identity": str(tmp_path / "stranger")})
    with pytest.raises(SiteError, match=r"ermission denied.*\(check the credentials .* \[E810\]"):
        wrong.bring(four[0])


@everywhere("sftp", "rsync", "git+ssh")
def test_a_host_that_is_not_the_one_known_is_told(host: Host, four: list[Path], tmp_path: Path) -> None:
    (tmp_path / "nobody").write_text("")
    wrong = host.elsewhere(options={**host.destination.options, "known_hosts": str(tmp_path / "nobody")})
    with pytest.raises(SiteError, match=r"(?i)host key.*\[E810\]"):
        wrong.bring(four[0])


def test_an_object_store_that_does_not_know_the_key_is_told_and_the_key_is_not(
    four: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDOFNOBODY")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "a-secret-of-nobody")
    with moto(INITIAL_NO_AUTH_ACTION_COUNT="0") as (url, _):
        options: dict[str, str | bool] = {"endpoint": url, "region": "us-east-1"}
        host = Host(Destination(name="production", to="s3://gazette/x", options=options), tmp_path, dict)
        with pytest.raises(SiteError) as refused:
            host.bring(four[0])
    assert str(refused.value).endswith("[E810]")
    assert "AKIDOFNOBODY" not in str(refused.value)
    assert "a-secret-of-nobody" not in str(refused.value)


def test_azure_that_does_not_know_the_key_is_told_and_the_key_is_not(
    host_of: Callable[[str], Host], four: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    host = host_of("az")
    key = "c2VjcmV0LW9mLW5vYm9keQ=="
    opened = re.sub("AccountKey=[^;]+", f"AccountKey={key}", os.environ["AZURE_STORAGE_CONNECTION_STRING"])
    monkeypatch.setenv("AZURE_STORAGE_CONNECTION_STRING", opened)
    with pytest.raises(
        SiteError, match=r"failed to authenticate.*\(check the credentials .* \[E810\]"
    ) as refused:
        host.elsewhere().bring(four[0])
    assert key not in str(refused.value)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Google's library, which else waits half a minute before it gives up, and asks the machine who it is."""

    async def at_once(seconds: float) -> None:
        pass

    monkeypatch.setattr("gcsfs.retry.asyncio", SimpleNamespace(sleep=at_once))
    monkeypatch.setenv("NO_GCE_CHECK", "true")


def test_google_that_lets_nobody_in_is_told(
    four: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, impatient: None
) -> None:
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(tmp_path / "nowhere.json"))
    with pytest.raises(TargetError, match=r"nowhere\.json was not found") as told:
        connect(Place(to="gs://gazette/x", scratch=tmp_path))
    assert told.value.reason == "refused"
    monkeypatch.delenv("GOOGLE_APPLICATION_CREDENTIALS")
    refusal = {"error": {"code": 401, "message": "Anonymous caller does not have storage.objects.get access"}}
    with saying(401, json.dumps(refusal), "application/json") as url:
        host = Host(
            Destination(name="production", to="gs://gazette/x", options={"endpoint": url}), tmp_path, dict
        )
        with pytest.raises(SiteError, match=r"Anonymous caller.*\[E810\]"):
            host.bring(four[0])


def test_an_object_store_that_is_full_is_told(
    host_of: Callable[[str], Host], four: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "a-secret-of-nobody")
    # As MinIO says it (cmd/api-errors.go).
    full = (
        "<Error><Code>XMinioStorageFull</Code>"
        "<Message>Storage backend has reached its minimum free drive threshold.</Message></Error>"
    )
    with saying(507, full, "application/xml") as url:
        options: dict[str, str | bool] = {"endpoint": url, "region": "us-east-1"}
        target = connect(Place(to="s3://gazette/x", options=options, scratch=Path("/nowhere")))
        with pytest.raises(TargetError, match="minimum free drive") as refused:
            target.put([Upload(path="index.html", data=b"x")])
    assert refused.value.reason == "full"


def test_a_google_bucket_that_is_really_full_leaves_the_site_and_with_room_the_deploy_goes_on(
    four: list[Path], tmp_path: Path, impatient: None
) -> None:
    small = tmp_path / "small"
    small.mkdir()
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", small], capture_output=True
    ).returncode:
        pytest.skip("a small file system can only be mounted by root")

    try:
        with google("-backend", "filesystem", "-filesystem-root", str(small / "buckets")) as address:
            open_bucket(address)
            host = _google_host(address, tmp_path)
            with pytest.raises(SiteError, match=r"(?i)no space left.*\[E811\]"):
                host.bring(four[0])
            there = host.files()
            assert there and "index.html" not in there
            assert there.items() <= plain(four[0]).items()
            subprocess.run(["mount", "-o", "remount,size=8m", small], check=True)
            host.bring(four[0])
            assert host.files() == plain(four[0])
    finally:
        subprocess.run(["umount", "-l", small], check=True)


def test_a_bucket_that_is_not_there_is_told(host_of: Callable[[str], Host], four: list[Path]) -> None:
    with pytest.raises(SiteError, match=r"does not exist .*\[E815\]"):
        host_of("s3").elsewhere(to="s3://another-bucket/x").bring(four[0])


@everywhere("file", "sftp", "rsync")
def test_a_full_host_is_told_its_site_stands_and_with_room_the_deploy_goes_on(
    host: Host, four: list[Path], tmp_path: Path
) -> None:
    www = tmp_path / "www"
    www.mkdir()
    small = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=160k", "tmpfs", www], capture_output=True)
    if small.returncode:
        pytest.skip("a small file system can only be mounted by root")
    try:
        with pytest.raises(SiteError, match=r"(?i)no space left.*\[E811\]"):
            host.bring(four[0])
        there = host.files()
        assert "index.html" not in there
        assert there.items() <= plain(four[0]).items()
        subprocess.run(["mount", "-o", "remount,size=4m", www], check=True)
        host.bring(four[0])
        assert host.files() == plain(four[0])
    finally:
        subprocess.run(["umount", www], check=True)


@everywhere("file", "sftp", "rsync", "s3")
def test_of_two_deploys_at_once_one_goes_and_the_other_is_told(host: Host, four: list[Path]) -> None:
    host.bring(four[0])
    said: dict[int, str] = {}
    start = threading.Barrier(2)

    def go(number: int, one: Host) -> None:
        start.wait()
        try:
            one.bring(four[number], allow_removals=True)
            said[number] = ""
        except SiteError as error:
            said[number] = str(error)

    hosts = {1: host, 2: host.elsewhere()}
    threads = [threading.Thread(target=go, args=each) for each in hosts.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert "" in said.values(), said
    assert all(not text or "[E807]" in text for text in said.values())
    went = [number for number, text in said.items() if not text]
    assert host.files() in [plain(four[number]) for number in went]


def test_of_two_pushes_at_once_the_later_is_told(host_of: Callable[[str], Host], four: list[Path]) -> None:
    host = host_of("git+ssh")
    host.bring(four[0])
    late = host.elsewhere().connected()
    assert late.read("index.html") is not None  # it has seen the branch, and then another pushes
    host.bring(four[1])
    with pytest.raises(SiteError, match=r"stale info.*\[E807\]"):
        bring(late, four[2], host.scratch / "other", host.destination)
    late.close()
    assert host.files() == plain(four[1])


# What is stored.


def test_an_object_has_its_type_its_lifetime_and_its_compression(
    host_of: Callable[[str], Host], four: list[Path]
) -> None:
    host = host_of("s3")
    cache = (("*.html", 0), ("assets/*", 86_400), ("*", 300))
    host = replace(host, destination=replace(host.destination, cache=cache, compress=("gzip",)))
    host.bring(four[0])
    root = f"{host.destination.options['endpoint']}/{host.destination.to.removeprefix('s3://')}"
    status, headers, body = fetch(f"{root}/index.html")
    assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert headers["cache-control"] == "no-cache"
    assert headers["content-encoding"] == "gzip"
    assert body[:2] == b"\x1f\x8b"
    status, headers, body = fetch(f"{root}/assets/style.css")
    assert headers["cache-control"] == "public, max-age=86400"
    assert fetch(f"{root}/feed.xml")[1]["content-type"] == "application/atom+xml; charset=utf-8"
    status, headers, body = fetch(f"{root}/media/wall.svg")
    assert "content-encoding" not in headers
    assert body == (four[0] / "media/wall.svg").read_bytes()
    shorter = replace(host, destination=replace(host.destination, cache=(("*", 60),)))
    assert len(shorter.bring(four[0]).plan.put) == len(plain(four[0]))
    assert fetch(f"{root}/index.html")[1]["cache-control"] == "public, max-age=60"


def test_a_file_host_gets_compressed_twins_which_nginx_serves(
    host_of: Callable[[str], Host], four: list[Path], tmp_path: Path
) -> None:
    import gzip

    host = host_of("sftp")
    host = replace(host, destination=replace(host.destination, compress=("br", "gzip")))
    host.bring(four[0])
    files = host.files()
    assert gzip.decompress(files["index.html.gz"]) == files["index.html"]
    assert "index.html.br" in files
    assert "media/wall.svg.gz" not in files
    without = replace(host, destination=replace(host.destination, compress=()))
    outcome = without.bring(four[0], allow_removals=True)
    assert all(path.endswith((".gz", ".br")) for path in outcome.plan.removed)
    assert host.files() == plain(four[0])


def test_a_large_file_goes_without_being_held_in_memory(
    host_of: Callable[[str], Host], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from deploying import built, make_site

    monkeypatch.setattr("generator.deploy.stored.LARGE", 100_000)
    site = make_site(tmp_path / "site", articles=1)
    (site / "content/media/film.webm").write_bytes(bytes(range(256)) * 1000)
    build = built(site)
    for kind in ("sftp", "rsync", "s3"):
        host = host_of(kind)
        host = replace(host, scratch=tmp_path / kind)
        host.bring(build, overwrite=True)
        assert host.files() == plain(build), kind
        assert host.bring(build).plan.phases == ()
        assert host.bring(build, verify=True).plan.phases == (), kind
        if (tmp_path / "www").exists():
            (tmp_path / "www").rename(tmp_path / f"was-{kind.replace('+', '-')}")


# Git.


def git(host: Host, *arguments: str) -> str:
    repository = "/" + host.destination.to.partition("#")[0].partition("://")[2].partition("/")[2]
    return subprocess.run(
        ["git", "-C", repository, *arguments], check=True, capture_output=True, text=True
    ).stdout


def test_a_branch_has_its_extra_files_and_one_commit_a_deploy(
    host_of: Callable[[str], Host], four: list[Path]
) -> None:
    host = host_of("git+ssh")
    host = replace(
        host,
        destination=replace(host.destination, options={**host.destination.options, "cname": "a.example"}),
    )
    host.bring(four[0])
    host.bring(four[1])
    assert git(host, "show", "pages:CNAME") == "a.example\n"
    assert git(host, "show", "pages:.nojekyll") == ""
    assert len(git(host, "rev-list", "pages").split()) == 2
    assert git(host, "log", "-1", "--format=%s", "pages").startswith("Deploy 2: ")


def test_a_branch_without_history_has_one_commit_always(
    host_of: Callable[[str], Host], four: list[Path]
) -> None:
    host = host_of("git+ssh")
    host = replace(
        host, destination=replace(host.destination, options={**host.destination.options, "history": False})
    )
    for state in four:
        host.bring(state, allow_removals=True)
        assert len(git(host, "rev-list", "pages").split()) == 1
        assert host.files() == plain(state)


def test_a_branch_goes_back_to_what_it_was_before(host_of: Callable[[str], Host], four: list[Path]) -> None:
    host = host_of("git+ssh")
    host.bring(four[0])
    host.bring(four[1])
    for machine in (host, host.elsewhere()):
        target = machine.connected()
        assert isinstance(target, Rewinding)
        assert target.rewind(dry_run=True) == (said := target.rewind(dry_run=False))
        target.close()
        assert "Deploy " in said.words
        assert "2024/05/story-9/index.html" in said.changed
    assert host.files() == plain(four[1])  # back, and back again
    assert host.bring(four[1]).plan.phases == ()
    assert len(host.bring(four[2], allow_removals=True).plan.put) < len(plain(four[2]))


def test_stored_files_of_a_folder_without_a_build_are_told(
    tmp_path: Path, host_of: Callable[[str], Host]
) -> None:
    with pytest.raises(SiteError, match=r"there is no build here .*\[E814\]"):
        stored(tmp_path, Destination(name="x", to="file:///x"), host_of("file").connected().manner)
