"""One round of asking: many hosts at once, one request at a time to each, with a pause between."""

import threading
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from generator.checking.external.asking import Address, Unreachable, ask, is_public, request
from generator.checking.external.memory import Known
from generator.core.frozen import dataclass

AT_ONCE = 16
"""Hosts that are asked at the same time."""

MOST_OF_A_HOST = 300
"""Links of one host that are asked after in one round; the rest is for the next."""

LONGEST_WAIT = 30.0
"""Seconds that a busy host is waited for; one that wants longer is left for another round."""

TRIES = 3
"""How often a busy host is asked before it is left."""

_NAME = "Morgue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How a round behaves: `pause` is the seconds between requests to a host, `allowed` where it may go."""

    agent: str
    pause: float = 1.0
    allowed: Callable[[Address], bool] = is_public


def round_of(urls: Collection[str], manners: Manners) -> Iterator[tuple[str, Known]]:
    """Ask after links, and tell of each as soon as its outcome is known.

    A page that no program may ask for (robots.txt, RFC 9309) is not asked for. Closing the iterator ends the
    round.
    """
    by_host: defaultdict[str, list[str]] = defaultdict(list)
    for url in sorted(urls):
        by_host[urlsplit(url).netloc.lower()].append(url)
    told: SimpleQueue[tuple[str, Known] | BaseException | None] = SimpleQueue()
    over = threading.Event()

    def work(links: Sequence[str]) -> None:
        try:
            for each in _one_host(links, manners, over):
                told.put(each)
            told.put(None)
        except BaseException as error:  # noqa: BLE001 - raised again by whoever reads the queue
            told.put(error)

    # The hosts with most links begin, as they take longest.
    order = sorted(by_host.values(), key=len, reverse=True)
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="links") as pool:
        try:
            for links in order:
                pool.submit(work, links[:MOST_OF_A_HOST])
            waiting = len(order)
            while waiting:
                each = told.get()
                if isinstance(each, BaseException):
                    raise each
                if each is None:
                    waiting -= 1
                else:
                    yield each
        finally:
            over.set()
            pool.shutdown(wait=True, cancel_futures=True)


def _one_host(links: Sequence[str], manners: Manners, over: threading.Event) -> Iterator[tuple[str, Known]]:
    parts = urlsplit(links[0])
    try:
        rules = _robots(f"{parts.scheme}://{parts.netloc}/robots.txt", manners)
    except Unreachable as reason:
        # A host that cannot be reached need not be asked for each of its pages.
        yield from ((url, Known(outcome="failing", detail=str(reason))) for url in links)
        return
    pause = max(manners.pause, min(float(rules.crawl_delay(_NAME) or 0), 10.0))
    for url in links:
        if not rules.can_fetch(_NAME, url):
            yield url, Known(outcome="closed", detail="robots.txt lets no program in")
            continue
        if over.wait(pause):
            return
        known = _patiently(url, manners, over)
        yield url, known
        if known.outcome == "later":
            return  # it asked to be left alone, and so are its other pages


def _patiently(url: str, manners: Manners, over: threading.Event) -> Known:
    known, wait = ask(url, manners.agent, manners.allowed)
    for number in range(1, TRIES):
        wait = wait or manners.pause * 2**number
        if known.outcome != "later" or wait > LONGEST_WAIT or over.wait(wait):
            break
        known, wait = ask(url, manners.agent, manners.allowed)
    return known


def _robots(url: str, manners: Manners) -> RobotFileParser:
    """The rules of a host; raises Unreachable. No file means no rules, a broken server nobody (RFC 9309)."""
    rules = RobotFileParser()
    reply = request("GET", url, manners.agent, manners.allowed)
    if reply.status >= 500 or reply.status == 429:
        rules.parse(["User-agent: *", "Disallow: /"])
    elif reply.status == 200:
        rules.parse(reply.body.decode("utf-8", "replace").splitlines())
    else:
        rules.parse([])
    return rules
