"""What Cloudflare Pages reads: `_redirects`, `_headers`, and for what is gone a worker with its routes."""

import json
from collections.abc import Mapping, Sequence

from generator.core.paths import Address
from generator.render.hosts.netlify import header_lines, quoted
from generator.render.hosts.rules import Rules

ROUTES = 100
"""The most rules of `_routes.json`, and the most characters of one
(https://developers.cloudflare.com/pages/functions/routing/#limits)."""

_WORKER = """\
// Answers 410 for what was withdrawn; _routes.json sees to it that nothing else comes here.
const gone = new Set({gone});
const headers = {headers};

export default {{
  async fetch(request, env) {{
    if (!gone.has(new URL(request.url).pathname)) return env.ASSETS.fetch(request);
    const page = await env.ASSETS.fetch(new URL({missing}, request.url));
    const answer = new Response(page.body, {{ status: 410, headers: page.headers }});
    for (const [name, value] of Object.entries(headers)) answer.headers.set(name, value);
    return answer;
  }},
}};"""


def cloudflare(rules: Rules) -> Mapping[Address, Sequence[str]]:
    """`_redirects` and `_headers`, and where anything is gone `_worker.js` and `_routes.json`.

    Pages redirects before it looks for a page, and compares exactly: a folder's address is given with its
    last slash alone, as the host adds that of a folder by itself
    (https://developers.cloudflare.com/pages/configuration/redirects/). It knows no status 410 there, so that
    takes a program; headers are not added to what a program answers, so it sets them. The page for what is
    not there is asked for as the host has it, without its ending.
    """
    lines = [f"{quoted(each.source)} {each.target} 301" for each in rules.redirects]
    found = {Address("/_redirects"): lines, Address("/_headers"): header_lines(rules)}
    if gone := routed(rules.gone):
        worker = _WORKER.format(
            gone=json.dumps(gone, indent=2),
            headers=json.dumps(dict(rules.headers), indent=2),
            missing=json.dumps(rules.missing.removesuffix(".html")),
        )
        routes = {"version": 1, "include": gone, "exclude": []}
        found[Address("/_worker.js")] = worker.split("\n")
        found[Address("/_routes.json")] = json.dumps(routes, indent=2).split("\n")
    return found


def routed(gone: Sequence[str]) -> list[str]:
    """Those of the paths that the host's limits let be answered for, as a request writes them."""
    return [path for path in map(quoted, gone) if len(path) <= ROUTES and "*" not in path][:ROUTES]
