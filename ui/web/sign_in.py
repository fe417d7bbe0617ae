"""Who is at the page: everybody, people who gave their password, or names that a proxy in front vouches for."""

import base64
import hashlib
import ipaddress
import logging
import math
import re
import secrets
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Self
from urllib.parse import parse_qsl

from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from corpus import UsageError
from ui.users import MAX_NAME, User, UsersFile, is_name, is_password, name_key
from ui.web.markup import Html, join, tag
from ui.web.visitor import LOCAL, Visitor
from ui.wording import LANGUAGES, Words, preferred, words

COOKIE = "rapporteur_session"
IDLE_SECONDS = 8 * 3600
"""A session that nobody used for a working day ends."""
WHOLE_SECONDS = 7 * 24 * 3600
"""No session outlives a week."""
_MAX_FORM = 4096
SCOPE_KEY = "rapporteur.people"
"""Under it `page_app` leaves the `People` in the scope of each request."""
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# The one script: asks again from here, the view kept.
_AGAIN = "location.replace('./?again' + location.hash)"
_STYLE = Path(__file__).parent / "style"

logger = logging.getLogger(__name__)

Find = Callable[[HTTPConnection], Visitor | None]
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
        address = _ip(host)
        return address is not None and any(address in network for network in self._networks)

    def client(self, request: HTTPConnection) -> str:
        """The address that asks: the peer, or whom our proxies name before themselves in X-Forwarded-For."""
        host = request.client.host if request.client else ""
        told = ",".join(request.headers.getlist("x-forwarded-for")).split(",")
        while self.include(host) and told and _ip(told[-1].strip()):
            host = told.pop().strip()
        return host


def _ip(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


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
        self._limiter.clear(self._by_name, _digest(name_key(name)))

    def _keys(self, name: str, address: str) -> list[tuple[Any, str]]:
        ip = _ip(address)
        place = str(ipaddress.ip_network((ip, 64), strict=False)) if ip and ip.version == 6 else str(ip or address)
        return [(self._by_name, _digest(name_key(name))), (self._by_address, place)]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Session:
    name: str
    password: str
    opened: float
    used: float


class Sessions:
    """The open sessions, known by the SHA-256 of their tokens only; they end with the process.

    Args:
        clock: Gives seconds since any fixed moment.
    """

    def __init__(self, users: UsersFile, clock: Callable[[], float] = time.time) -> None:
        self._users = users
        self._clock = clock
        self._lock = threading.Lock()
        self._open: dict[str, _Session] = {}

    def open(self, user: User) -> str:
        """Return the token of a new session: 256 random bits in URL-safe letters."""
        token, now = secrets.token_urlsafe(32), self._clock()
        with self._lock:
            self._open = {key: session for key, session in self._open.items() if not self._is_over(session, now)}
            self._open[_digest(token)] = _Session(name=user.name, password=user.password, opened=now, used=now)
        return token

    def find(self, token: str) -> User | None:
        """Return whose session it is, and note its use; None when it is over, or its user is gone or has another
        password. While the list of users cannot be read nobody is known.
        """
        key, now = _digest(token), self._clock()
        with self._lock:
            session = self._open.get(key)
            if session is None:
                return None
            try:
                user = self._users.find(session.name)
            except UsageError as error:
                logger.error("nobody is let in: %s", error)
                return None
            if self._is_over(session, now) or user is None or user.password != session.password:
                del self._open[key]
                return None
            self._open[key] = replace(session, used=now)
            return user

    def end(self, token: str) -> None:
        """Close a session; a token of none is no error."""
        with self._lock:
            self._open.pop(_digest(token), None)

    def _is_over(self, session: _Session, now: float) -> bool:
        return now - session.used >= IDLE_SECONDS or now - session.opened >= WHOLE_SECONDS


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


class People:
    """How the page knows its visitors; made by `off`, `by_password` or `by_header`."""

    def __init__(self, find: Find, *, is_off: bool = False, door: "_Door | None" = None) -> None:
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
        door = _Door(users, Sessions(users, clock), Proxies(proxies))
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
        if self._door is None:
            return _page(_unknown_page(_wording(request)), 401)
        if request.headers.get("sec-fetch-site") in ("cross-site", "same-site") and not request.query_params:
            # Browsers keep a strict cookie back when a link elsewhere led here; from here they send it.
            return _page(_again(_wording(request)), policy=f"{_POLICY}; script-src '{_hash_of(_AGAIN)}'")
        return RedirectResponse("sign-in", 303)


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


class _Door:
    """The page where people give their password, and what it answers."""

    def __init__(self, users: UsersFile, sessions: Sessions, proxies: Proxies) -> None:
        import anyio

        self._users = users
        self._sessions = sessions
        self._proxies = proxies
        self._throttle = Throttle()
        # One password at a time: otherwise guesses sent together would all pass before the first is counted, and
        # each check takes 64 MiB.
        self._turn = anyio.Semaphore(1)
        is_password("", None)
        self.routes: list[BaseRoute] = [
            Route("/sign-in", self._show, methods=["GET"]),
            Route("/sign-in", self._enter, methods=["POST"]),
            Route("/sign-out", self._leave, methods=["POST"]),
            Route("/sign-in.css", lambda request: Response(_stylesheet(), media_type="text/css"), methods=["GET"]),
        ]

    def find(self, request: HTTPConnection) -> Visitor | None:
        token = request.cookies.get(COOKIE)
        user = self._sessions.find(token) if token else None
        return Visitor(name=user.name, role=user.role) if user else None

    async def _show(self, request: Request) -> Response:
        has_left = "signed-out" in request.query_params
        return _page(sign_in_page(_wording(request), visitor=self.find(request), has_left=has_left))

    async def _enter(self, request: Request) -> Response:
        from anyio.to_thread import run_sync

        wording, form = _wording(request), await _form(request)
        name, address = form.get("name", ""), self._proxies.client(request)
        async with self._turn:
            wait = self._throttle.wait(name, address)
            if wait:
                told = wording.count("people_wait", math.ceil(wait / 60))
                return _page(sign_in_page(wording, name=name, fault=told), 429, {"Retry-After": str(wait)})
            try:
                user = await run_sync(self._checked, name, form.get("password", ""))
            except UsageError as error:
                logger.error("nobody can sign in: %s", error)
                return _page(sign_in_page(wording, name=name, fault=wording.say("people_list_broken")), 503)
            if user is None:
                self._throttle.failed(name, address)
                return _page(sign_in_page(wording, name=name, fault=wording.say("people_wrong")), 401)
            self._throttle.succeeded(name)
        self._sessions.end(request.cookies.get(COOKIE, ""))
        answer = RedirectResponse("./", 303)
        is_secure = "https" in (request.url.scheme, request.headers.get("x-forwarded-proto"))
        token = self._sessions.open(user)
        answer.set_cookie(COOKIE, token, httponly=True, samesite="strict", secure=is_secure, path="/")
        return answer

    def _checked(self, name: str, password: str) -> User | None:
        user = self._users.find(name)
        return user if is_password(password, user) else None

    async def _leave(self, request: Request) -> Response:
        self._sessions.end(request.cookies.get(COOKIE, ""))
        answer = RedirectResponse("sign-in?signed-out", 303)
        answer.delete_cookie(COOKIE, path="/", httponly=True, samesite="strict")
        return answer


async def _form(request: Request) -> dict[str, str]:
    """Read the fields of a small form; an overlong or malformed one has none."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _MAX_FORM:
            return {}
    try:
        return dict(parse_qsl(body.decode("utf-8", "replace"), max_num_fields=8))
    except ValueError:
        return {}


def _wording(request: Request) -> Words:
    chosen = request.query_params.get("language", "")
    return words(preferred(chosen) if chosen else preferred(request.headers.get("accept-language", "")))


def _page(html: str, status: int = 200, headers: dict[str, str] | None = None, policy: str = _POLICY) -> HTMLResponse:
    return HTMLResponse(
        html, status, {"Content-Security-Policy": policy, "Cache-Control": "no-store", **(headers or {})}
    )


def sign_in_page(
    wording: Words, *, name: str = "", fault: str = "", visitor: Visitor | None = None, has_left: bool = False
) -> Html:
    """The whole page where people sign in; for a `visitor` who has, the way on and out.

    Args:
        name: Stands in its field already.
        fault: Why the last attempt failed.
        has_left: Somebody has just signed out here.
    """
    say = wording.say
    if visitor is not None:
        leave = tag("form", tag("button", say("people_sign_out"), class_="second"), method="post", action="sign-out")
        return _shell(wording, say("people_signed_in_as", name=visitor.name), _way_on(wording), leave)
    form = tag(
        "form",
        tag("p", fault, role="alert", class_="sign-in-fault", id="fault") if fault else join(),
        tag("p", say("people_signed_out"), role="status") if has_left and not fault else join(),
        tag("label", say("people_name"), for_="name"),
        tag("input", id="name", name_="name", value=name[:MAX_NAME], autocomplete="username", autocapitalize="none",
            spellcheck="false", required=True, autofocus=not name),
        tag("label", say("people_password"), for_="password"),
        tag("input", id="password", name_="password", type="password", autocomplete="current-password", required=True,
            autofocus=bool(name), aria_describedby="fault" if fault else None),
        tag("button", say("people_enter")),
        method="post",
        action=f"sign-in?language={wording.language}",
    )  # fmt: skip
    return _shell(wording, say("people_sign_in"), tag("p", say("people_sign_in_text")), form)


def _way_on(wording: Words, address: str = "./") -> Html:
    return tag("p", tag("a", wording.say("people_to_page"), href=address, class_="way-on"))


def _unknown_page(wording: Words) -> Html:
    return _shell(wording, wording.say("people_unknown"), tag("p", wording.say("people_unknown_text")), here="./")


def _again(wording: Words) -> Html:
    way = tag("noscript", _way_on(wording, "./?again"))
    return _shell(wording, wording.say("people_sign_in"), tag("script", Html(_AGAIN)), way)


def _hash_of(script: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}"


def _shell(wording: Words, heading: str, *body: Html, here: str = "sign-in") -> Html:
    name = wording.say("title")
    languages = (
        tag("a", words(code).say("language"), href=f"{here}?language={code}", lang=code, hreflang=code,
            aria_current="true" if code == wording.language else None)
        for code in LANGUAGES
    )  # fmt: skip
    page = tag(
        "body",
        tag("main", tag("p", name, class_="sign-in-name"), tag("h1", heading), *body),
        tag("nav", *languages, aria_label=wording.say("choose_language")),
    )
    return join(
        Html("<!doctype html>"),
        tag("html", tag("head", _HEAD, tag("title", f"{heading} – {name}")), page, lang=wording.language),
    )


_HEAD = Html(
    '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    '<meta name="color-scheme" content="light dark"><link rel="icon" href="data:,">'
    '<link rel="stylesheet" href="sign-in.css">'
)


@cache
def _stylesheet() -> str:
    """The style of these pages over the colors of the page; dark ones follow the system, as no script runs here."""
    page = (_STYLE / "page.css").read_text(encoding="utf-8")
    light, dark = (
        re.search(rf"^{re.escape(name)} (\{{.*?^\}})", page, re.DOTALL | re.MULTILINE) for name in (":root", ".dark")
    )
    assert light and dark, "page.css must define the colors of :root and .dark"
    own = (_STYLE / "sign_in.css").read_text(encoding="utf-8")
    return f":root {light[1]}\n@media (prefers-color-scheme: dark) {{ :root {dark[1]} }}\n{own}"
