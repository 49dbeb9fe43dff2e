"""Asking one server after one link."""

import ipaddress
import socket
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Literal
from urllib.parse import urljoin, urlsplit, urlunsplit

import urllib3

from generator.checking.external.memory import Known
from generator.core.frozen import dataclass
from generator.core.web import normal_address

TIMEOUT = 15.0
"""Seconds to wait for a connection, and for each part of an answer."""

HOPS = 5
"""Redirects that are followed."""

READ = 512_000
"""Bytes of an answer's body that are read at most."""

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_PERMANENT = {HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT}
_CLOSED = {401, 402, 403, 405, 406, 407, 418, 451, 999}
"""Answers that say nothing of whether a reader would see the page."""
_BUSY = {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}


class Unreachable(Exception):
    """No answer was to be had; the message says why, for an editor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One answer of a server. `wait` is the seconds it asks us to let pass, 0 for none."""

    status: int
    location: str = ""
    body: bytes = b""
    wait: float = 0


def is_public(address: Address) -> bool:
    """Whether an address is on the internet: links in imported texts must not reach machines behind us."""
    return address.is_global and not address.is_multicast


def request(
    method: Literal["HEAD", "GET"], url: str, agent: str, allowed: Callable[[Address], bool]
) -> Reply:
    """One request and its answer, no redirect followed; raises Unreachable.

    The name is looked up once, and the connection made to an address that was found `allowed`: a name that
    answers differently the second time (DNS rebinding) gains nothing.
    """
    parts = urlsplit(url)
    host, port = ascii_host(parts.hostname or ""), parts.port or (443 if parts.scheme == "https" else 80)
    address = _looked_up(host, port, allowed)
    timeout = urllib3.Timeout(connect=TIMEOUT, read=TIMEOUT)
    pool: urllib3.HTTPConnectionPool
    if parts.scheme == "https":
        pool = urllib3.HTTPSConnectionPool(
            address,
            port,
            timeout=timeout,
            server_hostname=host,
            assert_hostname=host,
            cert_reqs="CERT_REQUIRED",
        )
    else:
        pool = urllib3.HTTPConnectionPool(address, port, timeout=timeout)
    shown = f"[{host}]" if ":" in host else host
    headers = {
        "Host": shown if parts.port is None else f"{shown}:{port}",
        "User-Agent": agent,
        "Accept": "*/*",
        "Accept-Encoding": "identity",
    }
    way = urlunsplit(("", "", parts.path or "/", parts.query, ""))
    try:
        answer = pool.request(
            method, way, headers=headers, redirect=False, retries=False, preload_content=False
        )
        body = answer.read(READ) if method == "GET" else b""
        answer.close()
    except (urllib3.exceptions.HTTPError, OSError, ValueError) as reason:
        raise Unreachable(_in_words(reason)) from reason
    finally:
        pool.close()
    return Reply(
        status=answer.status,
        location=answer.headers.get("Location", ""),
        body=body,
        wait=_seconds(answer.headers.get("Retry-After", ""), answer.headers.get("Date", "")),
    )


def ask(url: str, agent: str, allowed: Callable[[Address], bool]) -> tuple[Known, float]:
    """What became of a link, and the seconds its server asks us to wait, 0 for none.

    HEAD first; a server that does not answer that well is asked for the page itself.
    """
    here, moved = url, True
    try:
        for hop in range(HOPS + 1):
            reply = request("HEAD", here, agent, allowed)
            if reply.status >= 400 and reply.status not in _BUSY:
                reply = request("GET", here, agent, allowed)
            if not (300 <= reply.status < 400 and reply.location):
                break
            if hop == HOPS:
                return Known(outcome="failing", detail=f"more than {HOPS} redirects"), 0
            moved = moved and reply.status in _PERMANENT
            here = urljoin(here, reply.location)
            if urlsplit(here).scheme not in {"http", "https"}:
                return Known(outcome="failing", detail=f"leads to no web page: {here[:100]}"), 0
    except Unreachable as reason:
        return Known(outcome="failing", detail=str(reason)), 0
    if reply.status in _BUSY:
        return Known(outcome="later", detail=_status(reply.status)), reply.wait
    if reply.status in _CLOSED:
        return Known(outcome="closed", detail=_status(reply.status)), 0
    if reply.status >= 400:
        return Known(outcome="failing", detail=_status(reply.status)), 0
    if here != url and moved and normal_address(here) != normal_address(url):
        return Known(outcome="moved", detail=_status(reply.status), location=here), 0
    return Known(outcome="good", detail=_status(reply.status)), 0


def ascii_host(host: str) -> str:
    """A host's name as servers and certificates know it: "bücher.example" is "xn--bcher-kva.example" (IDNA).

    Raises Unreachable for what can be no host's name.
    """
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError as reason:
        raise Unreachable("there is no such host") from reason


def _looked_up(host: str, port: int, allowed: Callable[[Address], bool]) -> str:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as reason:
        raise Unreachable("there is no such host") from reason
    addresses = [str(each[4][0]).partition("%")[0] for each in found]
    if not addresses or not all(allowed(ipaddress.ip_address(each)) for each in addresses):
        raise Unreachable("leads to a machine of a private network")
    return addresses[0]


def _in_words(reason: Exception) -> str:
    if isinstance(reason, urllib3.exceptions.SSLError):
        return "its certificate is not valid"
    if isinstance(reason, urllib3.exceptions.TimeoutError | TimeoutError) and not isinstance(
        reason, urllib3.exceptions.NewConnectionError
    ):
        return f"no answer within {TIMEOUT:.0f} seconds"
    if isinstance(reason, urllib3.exceptions.NewConnectionError):
        return "no connection"
    return "the connection broke"


def _status(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def _seconds(retry_after: str, date: str) -> float:
    """Retry-After (RFC 9110, 10.2.3) in seconds: a number, or a date told by the server's own clock."""
    if retry_after.strip().isdecimal() and len(retry_after) < 10:
        return float(retry_after)
    try:
        until = parsedate_to_datetime(retry_after)
        now = parsedate_to_datetime(date) if date else datetime.now(UTC)
        return max(0.0, (until - now).total_seconds())
    except (TypeError, ValueError):
        return 0.0
