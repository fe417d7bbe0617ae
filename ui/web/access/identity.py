"""Who is at the page: everybody, people who gave a password, or names that a proxy in front vouches for."""

import logging
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Self

from starlette.requests import HTTPConnection, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute

from corpus import UsageError
from ui.web.access.door import Door, unknown_visitor
from ui.web.access.proxies import Proxies
from ui.web.access.sessions import Sessions
from ui.web.access.users import FILE_NAME, UsersFile, is_name, name_key
from ui.web.access.visitor import LOCAL, Visitor

SCOPE_KEY = "rapporteur.people"
"""Under it `page_app` leaves the `People` in the scope of each request."""
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
"""Requests that change nothing."""
LOOPBACK = ("127.0.0.1", "localhost", "::1")
"""Addresses that only this computer reaches."""

logger = logging.getLogger(__name__)

Find = Callable[[HTTPConnection], Visitor | None]


class People:
    """How the page knows its visitors; made by `off`, `by_password` or `by_header`."""

    def __init__(self, find: Find, *, is_off: bool = False, door: Door | None = None) -> None:
        self._find = find
        self._door = door
        self.is_off = is_off

    @classmethod
    def off(cls) -> Self:
        """Everybody is `LOCAL`: for pages that only this computer reaches."""
        return cls(lambda request: LOCAL, is_off=True)

    @classmethod
    def by_password(
        cls, users: UsersFile, *, proxies: Sequence[str] = (), clock: Callable[[], float] = time.time
    ) -> Self:
        """People of a file sign in on a page of ours.

        Args:
            proxies: Addresses whose X-Forwarded-For names the address that is throttled.
            clock: Seconds, for the expiry of sessions.

        Raises:
            UsageError: The file cannot be read, or nobody is in it; or a proxy is no address.
        """
        if not users.users():
            raise UsageError(
                f"Nobody could sign in: {users.path} names no user. "
                f"Add the first with: rapporteur users add NAME --keeper --users {users.path}"
            )
        door = Door(users, Sessions(users, clock), Proxies(proxies))
        return cls(door.find, door=door)

    @classmethod
    def by_header(
        cls, header: str, *, proxies: Sequence[str], keepers: Sequence[str] = (), users: UsersFile | None = None
    ) -> Self:
        """A proxy in front signs people in and names them in a header; all are readers but the keepers.

        Args:
            proxies: Addresses from which the header counts; from others it is as if it were not there.
            keepers: Names of keepers, in any spelling.
            users: Where set, those it names as keepers are so too; passwords are not asked.

        Raises:
            UsageError: There is no proxy, or one is no address, or the file cannot be read.
        """
        trusted = Proxies(proxies)
        if not proxies or not header.strip():
            raise UsageError("Name the header and who may set it: --identity-header NAME --trusted-proxy ADDRESS.")
        if users is not None:
            users.users()
        chosen = frozenset(map(name_key, keepers))

        def find(request: HTTPConnection) -> Visitor | None:
            given = request.headers.getlist(header)
            # Two of them mean that the proxy added its own behind one that the visitor had sent.
            if len(given) != 1 or request.client is None or not trusted.include(request.client.host):
                return None
            name = _decoded(given[0])
            if not is_name(name):
                return None
            try:
                known = users.find(name) if users else None
            except UsageError as error:
                logger.error("nobody is let in: %s", error)
                return None
            is_keeper = name_key(name) in chosen or (known is not None and known.role == "keeper")
            return Visitor(name=known.name if known else name, role="keeper" if is_keeper else "reader")

        return cls(find)

    def visitor_of(self, request: Any) -> Visitor | None:
        """Return who asks, of a starlette or gradio request; None for somebody who is not signed in."""
        if self.is_off:
            return LOCAL
        asked = getattr(request, "request", request)  # gradio wraps the request that asked.
        return self._find(asked) if isinstance(asked, HTTPConnection) else None

    def name_of(self, request: Any) -> str | None:
        """Return the name of who asks, for gradio's `auth_dependency`; None as `visitor_of`."""
        visitor = self.visitor_of(request)
        return visitor.name if visitor else None

    @property
    def routes(self) -> list[BaseRoute]:
        """The addresses of signing in and out; none where people do not sign in here."""
        return self._door.routes if self._door else []

    def turned_away(self, request: Request) -> Response:
        """What somebody unknown gets: at the root the way to sign in, elsewhere 401."""
        if request.method not in SAFE_METHODS or request.scope["path"] != "/":
            return PlainTextResponse("Not signed in.", 401)
        return self._door.lead(request) if self._door else unknown_visitor(request)


def people_at(
    host: str,
    *,
    data: Path,
    users: Path | None = None,
    header: str = "",
    proxies: Sequence[str] = (),
    keepers: str = "",
) -> People:
    """Return how the page knows its visitors; where only this computer reaches it, by default everybody is let in.

    Args:
        users: The list of people who sign in with a password; for other hosts by default that of `data`, if any.
        header: The header in which one of the `proxies` names who asks.
        keepers: Names behind commas; who is named in the header and is neither here nor a keeper in `users` reads only.

    Raises:
        UsageError: Other computers would reach the page without signing in; or an option lacks another, or names
            nothing that can be used.
    """
    if keepers and not header:
        raise UsageError(
            "--keepers belongs to --identity-header; in a list of users: rapporteur users add NAME --keeper."
        )
    if users is None and not header and host not in LOOPBACK and (data / FILE_NAME).exists():
        users = data / FILE_NAME
    people = UsersFile(users) if users else None
    if header:
        named = [name.strip() for name in keepers.split(",") if name.strip()]
        return People.by_header(header, proxies=proxies, keepers=named, users=people)
    if people:
        return People.by_password(people, proxies=proxies)
    if host not in LOOPBACK:
        raise UsageError(
            f"Other computers would reach {host} without signing in. Give the people who may: rapporteur users add "
            f"NAME --keeper --users FILE, then rapporteur chat --host {host} --users FILE. Or let a proxy sign them "
            "in: --identity-header NAME --trusted-proxy ADDRESS."
        )
    if proxies:
        raise UsageError("--trusted-proxy belongs to --identity-header NAME or --users FILE.")
    return People.off()


def visitor_of(request: Any) -> Visitor | None:
    """Return who asks, of a starlette or gradio request that came through `page_app`; None for nobody known."""
    asked = getattr(request, "request", request)
    people = asked.scope.get(SCOPE_KEY) if isinstance(asked, HTTPConnection) else None
    return people.visitor_of(asked) if isinstance(people, People) else None


def _decoded(header: str) -> str:
    # Headers arrive as latin-1; proxies write names in UTF-8.
    try:
        return header.encode("latin-1").decode("utf-8").strip()
    except UnicodeError:
        return ""
