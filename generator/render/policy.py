"""What a page allows the browser to load, as it says of itself, whatever headers a host sends.

https://www.w3.org/TR/CSP3/#meta-element
"""

from collections.abc import Iterable

NAME = "content-security-policy"

POLICY = (
    "default-src 'none'; base-uri 'none'; connect-src 'self'; font-src 'self'; form-action 'self'; "
    "img-src 'self' data:; manifest-src 'self'; media-src 'self'; script-src 'self'; style-src 'self'"
)
"""Nothing in the page itself, and nothing from elsewhere."""

_HEADERS_ALONE = ("frame-ancestors", "report-uri", "report-to", "sandbox")


def page_policy(headers: Iterable[tuple[str, str]]) -> str:
    """The policy of the pages: that of the `headers` of site.yaml where they set one; "" where they take it
    away. What only a header may say is left out."""
    own = next((value for name, value in headers if name.lower() == NAME), None)
    if own is None:
        return POLICY
    parts = (part.strip() for part in own.split(";"))
    return "; ".join(part for part in parts if part and not part.startswith(_HEADERS_ALONE))


def with_pictures_from_elsewhere(policy: str) -> str:
    """The policy of a page whose article shows pictures, sound or film of another host."""
    for name in ("img-src 'self'", "media-src 'self'"):
        policy = policy.replace(name, f"{name} https:")
    return policy


def with_search(policy: str) -> str:
    """The policy of the search page, whose index is read by a program in WebAssembly."""
    return policy.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'")
