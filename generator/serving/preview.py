"""What makes a served folder a preview: pages ahead of it, redirects, and the last good state of each."""

import threading
from collections import OrderedDict
from collections.abc import Callable

from generator.core.paths import Address
from generator.serving.live import Live

KEPT = 64
"""Pages of which the last good state is kept, to be shown for as long as a mistake takes them away."""


class Preview:
    """What the server asks besides the folder; it does so from several threads."""

    def __init__(
        self, live: Live, page: Callable[[Address], bytes | None], redirect: Callable[[Address], str]
    ) -> None:
        """`page` gives the bytes of a page that the folder lacks or has in an older state, else None;
        `redirect` where a host would lead on to from an address, "" for nowhere."""
        self.live = live
        self.page = page
        self.redirect = redirect
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
