"""What makes a served folder a preview: pages ahead of it, redirects, and the last good state of each."""

import threading
from collections import OrderedDict
from typing import Protocol

from generator.core.paths import Address
from generator.serving.live import Live

KEPT = 64
"""Pages of which the last good state is kept, to be shown for as long as a mistake takes them away."""


class Ahead(Protocol):
    """What is known of a site besides its folder; asked by several threads."""

    def page(self, address: Address) -> bytes | None:
        """A page that the folder lacks, or has in an older state; None for any other."""

    def early(self, address: Address) -> bytes | None:
        """A page as a few of its files give it, before the site is read; None where they give none."""

    def redirect(self, address: Address) -> str:
        """Where a host would lead on to from an address, "" for nowhere."""

    def is_gone(self, address: Address) -> bool:
        """Whether a host would answer that what was here is gone."""

    def headers(self) -> tuple[tuple[str, str], ...]:
        """The headers that a host would send with every answer."""


class Preview:
    """What the server asks besides the folder; it does so from several threads."""

    def __init__(self, live: Live, ahead: Ahead) -> None:
        self.live = live
        self.page = ahead.page
        self.early = ahead.early
        self.redirect = ahead.redirect
        self.is_gone = ahead.is_gone
        self.headers = ahead.headers
        self._good: OrderedDict[Address, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def keep(self, where: Address, page: bytes) -> None:
        """Keep a page as it was served."""
        with self._lock:
            self._good[where] = page
            self._good.move_to_end(where)
            while len(self._good) > KEPT:
                self._good.popitem(last=False)

    def last_good(self, where: Address) -> bytes | None:
        """A page as it was served last, while something is wrong with the content; None at other times."""
        if not self.live.has_errors:
            return None
        with self._lock:
            return self._good.get(where)
