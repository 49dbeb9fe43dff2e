"""Problems as SARIF 2.1.0, the form in which code hosts and editors take them.

Static Analysis Results Interchange Format, OASIS standard of 27 March 2020.
"""

from collections.abc import Mapping, Sequence
from hashlib import blake2b
from typing import Any
from urllib.parse import quote

from generator import __version__
from generator.core.problems import Problem

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "SITE"


def sarif(
    problems: Sequence[Problem], meanings: Mapping[str, tuple[str, str]], notes: frozenset[str]
) -> dict[str, Any]:
    """A log of one run. `meanings` gives what a code means and how to mend it; codes in `notes` are notes."""
    ordered = sorted(set(problems))
    codes = sorted({problem.code for problem in ordered})
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "Morgue",
                        "semanticVersion": __version__,
                        "rules": [_rule(code, *meanings.get(code, (code, "")), notes) for code in codes],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "originalUriBaseIds": {_ROOT: {"description": {"text": "The folder of site.yaml."}}},
                "results": [_result(problem, codes.index(problem.code), notes) for problem in ordered],
            }
        ],
    }


def level(code: str, notes: frozenset[str]) -> str:
    """What SARIF calls the weight of a code: "error", "warning" or "note"."""
    return "error" if code.startswith("E") else "note" if code in notes else "warning"


def _rule(code: str, meaning: str, mending: str, notes: frozenset[str]) -> dict[str, Any]:
    return {
        "id": code,
        "shortDescription": {"text": meaning},
        "fullDescription": {"text": meaning},
        "help": {"text": mending or meaning},
        "defaultConfiguration": {"level": level(code, notes)},
    }


def _result(problem: Problem, rule: int, notes: frozenset[str]) -> dict[str, Any]:
    message = problem.message + (f" ({problem.hint})" if problem.hint else "")
    # The same mistake stays the same when lines above it come or go.
    mark = blake2b(
        f"{problem.path}\0{problem.code}\0{problem.message}".encode("utf-8", "replace"), digest_size=8
    )
    result: dict[str, Any] = {
        "ruleId": problem.code,
        "ruleIndex": rule,
        "level": level(problem.code, notes),
        "message": {"text": message},
        "partialFingerprints": {"morgueProblem/v1": mark.hexdigest()},
    }
    path = problem.path or "site.yaml"
    place: dict[str, Any] = {"artifactLocation": {"uri": quote(path), "uriBaseId": _ROOT}}
    if problem.line:
        place["region"] = {"startLine": problem.line}
    return {**result, "locations": [{"physicalLocation": place}]}
