"""The `deploy` setting of site.yaml: where to, how, and nothing that must stay secret."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal
from urllib.parse import urlsplit

from generator.core.site import INDEXNOW, SITE_FOLDERS, Destination
from generator.sources.fields import flag, nodes, table, text, url
from generator.sources.findings import Findings, named, shown, suggestion
from generator.sources.nodes import Document, Node, Scalar, Series

LIFETIMES: tuple[tuple[str, int], ...] = (
    ("assets/*", 3_600),
    ("media/*", 86_400),
    ("sources/*", 86_400),
    ("*", 300),
)
"""How long browsers and caches may keep files where site.yaml says nothing, in seconds."""

REMOVED = 0.25
"""The largest share of a target's files that a deploy removes unasked."""

COMMON = ("to", "cache", "compress", "max_removed", "strict", "purge", "indexnow", "indexnow_endpoint")
"""The keys that every target may have."""

_SSH = ("identity", "known_hosts")
OWN: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "file": (),
        "git+ssh": ("history", "cname", *_SSH),
        "git+https": ("history", "cname"),
        "git+http": ("history", "cname"),
        "git+file": ("history", "cname"),
        "s3": ("endpoint", "region", "profile"),
        "gs": ("endpoint",),
        "az": ("account",),
        "sftp": _SSH,
        "rsync": _SSH,
    }
)
"""The keys of each kind of target, by its scheme; a kind that is not listed takes any."""

_UNITS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800, "y": 31_536_000}
_LIFETIME = re.compile(r"(\d{1,9}) ?([smhdwy]?)")
_SHARE = re.compile(r"(100|\d{1,2})(?:\.\d+)? ?%|0?\.\d+|[01](?:\.0+)?")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,60}")
_HOST = re.compile(r"[A-Za-z0-9\[][A-Za-z0-9.:\[\]-]*")
_INDEXNOW = re.compile(r"[A-Za-z0-9-]{8,128}")
NAME = "site.yaml"
_SECRET_KEY = re.compile(
    r"pass|secret|token|credential|access_?key|account_?key|api_?key|private_?key|connection_?string|^sas|^key$",
    re.IGNORECASE,
)
# Forms that secrets of the usual hosts have, whatever key they stand under.
_SECRET_VALUE = re.compile(
    r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|\bgh[pousr]_\w{20,}|\bgithub_pat_\w{20,}|\bglpat-[\w-]{16,}|PRIVATE KEY"
    r"|AccountKey=|[?&]sig="
)


def destinations(node: Node | None, out: Findings) -> tuple[Destination, ...]:
    """Every deploy target, in the order written; one that is wrong is a problem and left out."""
    given = table(node, "deploy", (), out) or Document()
    found = (_destination(name, each.node, each.line, out) for name, each in given.fields.items())
    return tuple(each for each in found if each is not None)


def _destination(name: str, node: Node, line: int, out: Findings) -> Destination | None:
    key = f"deploy.{named(name)}"
    if not _NAME.fullmatch(name):
        out.add("E114", line, f"{key}: not a name for a target", "expected e.g. production")
        return None
    before = len(out.problems)
    _refuse_secrets(node, key, line, out)
    if len(out.problems) > before:
        return None  # nothing more is said of it, since that might repeat a secret
    if isinstance(node, Series):
        table(node, key, (), out)
        return None
    given = node if isinstance(node, Document) else Document()
    target = given.node("to") if isinstance(node, Document) else node
    to = text(target, f"{key}.to", out)
    fault = _fault(to)
    if fault:
        if target is None or isinstance(target, Scalar):
            hint = "expected e.g. to: s3://bucket/prefix"
            out.add("E114", line, f"{key}: {fault}: {shown(to)}", hint)
        return None
    own = OWN.get(urlsplit(to).scheme)
    for each, found in given.fields.items():
        if each not in COMMON and own is not None and each not in own:
            known = (*COMMON, *own)
            hint = suggestion(each, known) or "known are " + ", ".join(known)
            out.add("E103", found.line, f"{key}.{named(each)}: unknown setting", hint)
    return Destination(
        name=name,
        to=to,
        line=line,
        cache=(*_cache(given.node("cache"), f"{key}.cache", out), *LIFETIMES),
        compress=_compress(given.node("compress"), f"{key}.compress", out),
        max_removed=_share(given.node("max_removed"), f"{key}.max_removed", out),
        strict=flag(given.node("strict"), f"{key}.strict", out),
        purge=_purge(given.node("purge"), f"{key}.purge", out),
        indexnow=_indexnow(given.node("indexnow"), f"{key}.indexnow", out),
        indexnow_endpoint=url(given.node("indexnow_endpoint"), f"{key}.indexnow_endpoint", out) or INDEXNOW,
        options=_options(given, key, out),
    )


def _refuse_secrets(node: Node, key: str, line: int, out: Findings) -> None:
    """A problem for everything that looks like a secret, which does not say it again."""
    hint = "take it out, have it changed, as it was written down, and give it in the environment"
    match node:
        case Document():
            for name, each in node.fields.items():
                if _SECRET_KEY.search(name):
                    message = f"{key}.{named(name)}: a secret does not belong in site.yaml"
                    out.add("E802", each.line, message, hint)
                else:
                    _refuse_secrets(each.node, f"{key}.{named(name)}", each.line, out)
        case Series():
            for item in node.items:
                _refuse_secrets(item, key, line, out)
        case Scalar():
            if _SECRET_VALUE.search(node.text) or _holds_password(node.text):
                out.add("E802", node.line, f"{key}: holds a secret, which does not belong in site.yaml", hint)


def _holds_password(written: str) -> bool:
    """Whether a URL has a password; over git+https a user alone may be a token."""
    scheme, found, rest = written.partition("://")
    user, at, _ = rest.partition("/")[0].rpartition("@")
    return bool(found and at) and (":" in user or scheme.removeprefix("git+") in {"http", "https"})


def _fault(to: str) -> str:
    """Why a URL leads nowhere, "" when it may."""
    if "://" not in to:
        return "leads nowhere"
    try:
        parts = urlsplit(to)
        port = parts.port
    except ValueError:
        return "not a URL"
    local = parts.scheme in {"file", "git+file"}
    host = parts.netloc.rpartition("@")[2]
    user = parts.netloc.rpartition("@")[0]
    if local and (host or len(parts.path) < 2):
        return "names no folder of this machine, as in file:///srv/www"
    if not local and (not _HOST.fullmatch(host) or user.startswith("-") or port == 0):
        return "names no host or bucket"
    if parts.scheme in {"sftp", "rsync"} and parts.path in {"", "/"}:
        return "names no folder of the host"
    if any(part in {".", ".."} for part in parts.path.split("/")):
        return "leads out of its folder"
    if parts.query or (parts.fragment and not parts.scheme.startswith("git+")):
        return "holds a ? or # that means nothing there"
    return "holds control characters" if not to.isprintable() else ""


def _cache(node: Node | None, key: str, out: Findings) -> tuple[tuple[str, int], ...]:
    given = table(node, key, (), out) or Document()
    found: list[tuple[str, int]] = []
    for pattern, each in given.fields.items():
        written = text(each.node, f"{key}.{named(pattern)}", out)
        match = _LIFETIME.fullmatch(written)
        if match is None:
            message = f"{key}.{named(pattern)}: not a length of time: {shown(written)}"
            out.add("E105", each.line, message, "expected e.g. 30s, 5m, 1h, 7d or 0")
            continue
        found.append((pattern, int(match[1]) * _UNITS[match[2] or "s"]))
    return tuple(found)


def _compress(node: Node | None, key: str, out: Findings) -> tuple[Literal["gzip", "br"], ...]:
    asked: list[Literal["gzip", "br"]] = []
    for each in nodes(node):
        written = text(each, key, out)
        if written in {"brotli", "br"}:
            asked.insert(0, "br")
        elif written == "gzip":
            asked.append("gzip")
        elif written != "none":
            out.add("E105", each.line, f"{key}: unknown: {shown(written)}", "expected gzip or brotli")
    return tuple(dict.fromkeys(asked))


def _share(node: Node | None, key: str, out: Findings) -> float:
    written = text(node, key, out)
    if node is None or not written:
        return REMOVED
    if not _SHARE.fullmatch(written):
        out.add("E105", node.line, f"{key}: not a share: {shown(written)}", "expected e.g. 25% or 0.25")
        return REMOVED
    return float(written.rstrip("% ")) / (100 if "%" in written else 1)


def _indexnow(node: Node | None, key: str, out: Findings) -> str:
    written = text(node, key, out)
    if node is None or not written or _INDEXNOW.fullmatch(written):
        return written
    hint = "expected 8 to 128 letters, digits and hyphens: you make it up, and it is public"
    out.add("E105", node.line, f"{key}: not a key of IndexNow: {shown(written)}", hint)
    return ""


def _purge(node: Node | None, key: str, out: Findings) -> str:
    written = text(node, key, out)
    parts = written.split("/")
    if node is None or not written:
        return ""
    if parts[0] not in {*SITE_FOLDERS, "build", NAME} and not {"", ".", ".."} & set(parts):
        return written
    hint = "expected e.g. purge.txt; it cannot lie in content/, templates/ or build/"
    out.add("E105", node.line, f"{key}: not a file below the site's folder: {shown(written)}", hint)
    return ""


def _options(given: Document, key: str, out: Findings) -> dict[str, str | bool]:
    found: dict[str, str | bool] = {}
    for name, each in given.fields.items():
        if name in COMMON:
            continue
        if name == "history":
            found[name] = flag(each.node, f"{key}.{name}", out, default=True)
        else:
            found[name] = text(each.node, f"{key}.{named(name)}", out)
    return found
