"""`vercel.json`, as Vercel reads it: https://vercel.com/docs/project-configuration."""

import json
import re
from collections.abc import Mapping, Sequence

from generator.core.paths import Address
from generator.render.hosts.rules import Rules

_SPECIAL = re.compile(r"[:*+?(){}.\[\]|^$!]")


def vercel(rules: Rules) -> Mapping[Address, Sequence[str]]:
    """The one file: redirects, what is gone, and headers; an address without its last slash gets it first.

    Where no file stands an address is looked up among the rewrites, which may answer with a status of their
    own: `statusCode` in the schema of the file (https://openapi.vercel.sh/vercel.json).
    """
    told = {
        "trailingSlash": True,
        "redirects": [
            {"source": _literal(each.source), "destination": each.target, "statusCode": 301}
            for each in rules.redirects
        ],
        "rewrites": [
            {"source": _literal(path), "destination": rules.missing, "statusCode": 410} for path in rules.gone
        ],
        "headers": [
            {
                "source": f"{_literal(rules.base)}/(.*)",
                "headers": [{"key": name, "value": value} for name, value in rules.headers],
            }
        ],
    }
    return {Address("/vercel.json"): json.dumps(told, ensure_ascii=False, indent=2).split("\n")}


def _literal(path: str) -> str:
    """A path in which path-to-regexp sees nothing but itself."""
    return _SPECIAL.sub(lambda match: "\\" + match[0], path)
