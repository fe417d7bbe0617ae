"""Which addresses are a proxy's, and whom a chain of them names as the one who asks."""

import pytest
from starlette.requests import HTTPConnection

from corpus import UsageError
from ui.web.access.proxies import Proxies


def asked_from(peer: str, *told: str) -> HTTPConnection:
    headers = [(b"x-forwarded-for", one.encode()) for one in told]
    return HTTPConnection({"type": "http", "client": (peer, 1), "headers": headers})


def test_addresses_before_a_proxy_are_not_believed_from_others() -> None:
    proxies = Proxies(["10.0.0.0/8", "::1"])
    assert proxies.include("10.1.2.3") and proxies.include("::ffff:10.1.2.3") and proxies.include("::1")
    assert not proxies.include("11.0.0.1") and not proxies.include("unix:") and not Proxies().include("127.0.0.1")


@pytest.mark.parametrize(
    ("peer", "told", "client"),
    [
        ("10.0.0.1", ("203.0.113.9",), "203.0.113.9"),
        ("10.0.0.1", ("198.51.100.1, 203.0.113.9", "10.0.0.2"), "203.0.113.9"),
        ("203.0.113.9", ("198.51.100.1",), "203.0.113.9"),
        ("10.0.0.1", ("nonsense",), "10.0.0.1"),
        ("10.0.0.1", (), "10.0.0.1"),
    ],
)
def test_the_one_who_asks_is_the_last_that_our_proxies_do_not_stand_for(
    peer: str, told: tuple[str, ...], client: str
) -> None:
    assert Proxies(["10.0.0.0/8"]).client(asked_from(peer, *told)) == client


def test_what_is_no_address_is_refused_by_name() -> None:
    with pytest.raises(UsageError, match=r"'proxy\.example' is no address"):
        Proxies(["proxy.example"])
