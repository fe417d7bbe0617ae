"""How often somebody may fail to sign in before all must wait."""

import ipaddress
import math
import time
from typing import Any

from ui.web.access.proxies import ip_of
from ui.web.access.users import MAX_NAME, name_key


class Throttle:
    """Counts failed sign-ins: 5 in 5 minutes for a name, 20 for an address (of IPv6 a /64), then all must wait."""

    def __init__(self) -> None:
        from limits import RateLimitItemPerMinute
        from limits.storage import MemoryStorage
        from limits.strategies import MovingWindowRateLimiter

        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._by_name = RateLimitItemPerMinute(5, 5, namespace="name")
        self._by_address = RateLimitItemPerMinute(20, 5, namespace="address")

    def wait(self, name: str, address: str) -> int:
        """Seconds until another attempt counts; 0 for at once."""
        full = [
            self._limiter.get_window_stats(item, key).reset_time - time.time()
            for item, key in self._keys(name, address)
            if not self._limiter.test(item, key)
        ]
        return max(1, math.ceil(max(full))) if full else 0

    def failed(self, name: str, address: str) -> None:
        """Count a failure."""
        for item, key in self._keys(name, address):
            self._limiter.hit(item, key)

    def succeeded(self, name: str) -> None:
        """Forget the failures of a name; those of an address stay, as it may try many names beside its own."""
        self._limiter.clear(self._by_name, _key(name))

    def _keys(self, name: str, address: str) -> list[tuple[Any, str]]:
        ip = ip_of(address)
        place = str(ipaddress.ip_network((ip, 64), strict=False)) if ip and ip.version == 6 else str(ip or address)
        return [(self._by_name, _key(name)), (self._by_address, place)]


def _key(name: str) -> str:
    # Nobody has a longer one, and what is counted must not grow with what is sent.
    return name_key(name)[:MAX_NAME]
