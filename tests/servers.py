"""Real servers on loopback, started and stopped by the tests that need them."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from built_site import needed


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def program(name: str) -> Path:
    """Where a server is installed; the test is skipped, or in CI fails, where it is not."""
    return needed(name, shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/local/sbin"))


@contextmanager
def running(
    command: list[str], port: int, environment: dict[str, str] | None = None
) -> Iterator[Callable[[], str]]:
    """A server in the foreground, from when it listens until the test is done; yields what it has said."""
    # No pipe for that: what a server started may outlive it and hold the pipe open.
    errors = tempfile.TemporaryFile()  # noqa: SIM115

    def said() -> str:
        errors.seek(0)
        return errors.read().decode()

    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=errors, env={**os.environ, **(environment or {})}
    )
    try:
        for _ in range(400):
            try:
                socket.create_connection(("127.0.0.1", port), 0.2).close()
                break
            except OSError:
                if process.poll() is not None:
                    raise AssertionError(said()) from None
                time.sleep(0.05)
        yield said
    finally:
        process.terminate()
        process.wait(timeout=20)
        errors.close()


@dataclass(frozen=True, slots=True)
class Ssh:
    """An OpenSSH server: its address, the key it takes, and the file that knows it."""

    user: str
    port: int
    identity: Path
    known_hosts: Path

    @property
    def host(self) -> str:
        return f"{self.user}@127.0.0.1:{self.port}"

    @property
    def options(self) -> dict[str, str | bool]:
        return {"identity": str(self.identity), "known_hosts": str(self.known_hosts)}


@contextmanager
def sshd(folder: Path) -> Iterator[Ssh]:
    """OpenSSH's own server, with sftp, for one key."""
    server, keygen = program("sshd"), program("ssh-keygen")
    port = free_port()
    for name in ("host", "client"):
        subprocess.run([keygen, "-q", "-t", "ed25519", "-N", "", "-f", folder / name], check=True)
    shutil.copy(folder / "client.pub", folder / "authorized")
    (folder / "known").write_text(f"[127.0.0.1]:{port} {(folder / 'host.pub').read_text()}")
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)  # where sshd, run by root, wants its empty folder
    (folder / "sshd_config").write_text(
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {folder}/host\nPidFile none\n"
        f"AuthorizedKeysFile {folder}/authorized\nStrictModes no\nUsePAM no\nPasswordAuthentication no\n"
        "KbdInteractiveAuthentication no\nPermitRootLogin prohibit-password\nMaxStartups 100\n"
        f"Subsystem sftp internal-sftp\nLogLevel ERROR\nSetEnv HOME={folder}\n"
    )
    user = (
        os.environ.get("USER") or subprocess.run(["id", "-un"], capture_output=True, text=True).stdout.strip()
    )
    with running([str(server), "-D", "-e", "-f", str(folder / "sshd_config")], port):
        yield Ssh(user, port, folder / "client", folder / "known")


@contextmanager
def nginx(folder: Path, server: str, http: str = "") -> Iterator[str]:
    """nginx with these lines in its http and server blocks; yields its address."""
    port = free_port()
    folder.mkdir(exist_ok=True)
    user = "user root;\n" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        f"{user}daemon off;\nmaster_process off;\npid {folder}/pid;\nerror_log {folder}/error.log;\n"
        f"events {{}}\nhttp {{\n  include /etc/nginx/mime.types;\n  access_log off;\n"
        f"  client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;\n"
        f"  uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;\n{http}\n"
        f"  server {{\n    listen 127.0.0.1:{port};\n{server}\n  }}\n}}\n"
    )
    command = [
        str(program("nginx")),
        "-c",
        str(folder / "nginx.conf"),
        "-p",
        str(folder),
        "-e",
        f"{folder}/error.log",
    ]
    with running(command, port):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def moto(**environment: str) -> Iterator[tuple[str, Callable[[], int]]]:
    """Moto's S3 server; yields its address, and how many requests it has answered."""
    port = free_port()
    with running([sys.executable, "-m", "moto.server", "-p", str(port)], port, environment) as said:
        yield f"http://127.0.0.1:{port}", lambda: said().count(" HTTP/1.1")


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *arguments: object) -> None:
        return None


def fetch(url: str, method: str = "GET") -> tuple[int, dict[str, str], bytes]:
    """A response as it is, redirects not followed: status, headers in small letters, body."""
    opener = urllib.request.build_opener(_Stay)
    try:
        with opener.open(urllib.request.Request(url, method=method), timeout=10) as response:
            return response.status, {k.lower(): v for k, v in response.headers.items()}, response.read()
    except urllib.error.HTTPError as error:
        return error.code, {k.lower(): v for k, v in error.headers.items()}, error.read()
