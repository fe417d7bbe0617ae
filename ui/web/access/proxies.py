"""The proxies in front of the page: whose word about a visitor counts, and what address they tell of."""

import ipaddress
from collections.abc import Sequence

from starlette.requests import HTTPConnection

from corpus import UsageError

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class Proxies:
    """The addresses of the proxies in front of the page, whose word about a visitor counts.

    Raises:
        UsageError: One of `addresses` is neither an address nor a network such as 10.0.0.0/8.
    """

    def __init__(self, addresses: Sequence[str] = ()) -> None:
        self._networks: list[Network] = []
        for address in addresses:
            try:
                self._networks.append(ipaddress.ip_network(address.strip(), strict=False))
            except ValueError as error:
                raise UsageError(
                    f"{address!r} is no address of a proxy; give one such as 127.0.0.1 or 10.0.0.0/8."
                ) from error

    def include(self, host: str) -> bool:
        """Whether an address is a proxy's."""
        address = ip_of(host)
        return address is not None and any(address in network for network in self._networks)

    def client(self, request: HTTPConnection) -> str:
        """The address that asks: the peer, or whom our proxies name before themselves in X-Forwarded-For."""
        host = request.client.host if request.client else ""
        told = ",".join(request.headers.getlist("x-forwarded-for")).split(",")
        while self.include(host) and told and ip_of(told[-1].strip()):
            host = told.pop().strip()
        return host


def ip_of(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """An address as a number, IPv4 within IPv6 as IPv4; None for anything else."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
