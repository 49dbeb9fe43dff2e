"""By which names browsers may ask: any other is a page elsewhere that had its name led to this machine."""

import ipaddress
import socket
from collections.abc import Collection

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
"""Names by which a browser on this machine reaches us."""

_ANY = frozenset({"0.0.0.0", "::", ""})


def allowed_host(header: str, bound: str, more: Collection[str] = ()) -> bool:
    """Whether a Host header names this server.

    Allowed are the loopback names, the address it was told to listen on, and the names in `more`. A server
    that listens on all addresses is also asked by any of them, and by this machine's own name: a name that
    somebody else can lead here (DNS rebinding) is none of these.
    """
    name = _name(header)
    if name in LOOPBACK or name == bound.lower() or name in {each.lower() for each in more}:
        return True
    if bound not in _ANY or not name:
        return False
    own = socket.gethostname().lower()
    return _is_address(name) or name in {own, f"{own}.local", own.partition(".")[0]}


def _name(header: str) -> str:
    if header.startswith("["):
        return header[1:].partition("]")[0].lower()
    return header.partition(":")[0].rstrip(".").lower()


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
