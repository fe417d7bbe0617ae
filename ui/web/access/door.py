"""The door where people give their password: the addresses of signing in and out, and what they answer."""

import logging
import math
from urllib.parse import parse_qsl

from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from corpus import UsageError
from ui.web.access.proxies import Proxies
from ui.web.access.sessions import Sessions
from ui.web.access.sign_in_page import AGAIN_POLICY, POLICY, again_page, sign_in_page, stylesheet, unknown_page
from ui.web.access.throttle import Throttle
from ui.web.access.users import User, UsersFile, is_password
from ui.web.access.visitor import Visitor
from ui.wording import Words, preferred, words

COOKIE = "rapporteur_session"
_MAX_FORM = 4096

logger = logging.getLogger(__name__)


class Door:
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
            Route("/sign-in.css", lambda request: Response(stylesheet(), media_type="text/css"), methods=["GET"]),
        ]

    def find(self, request: HTTPConnection) -> Visitor | None:
        """Return whose session the cookie of a request opens; None for nobody's."""
        token = request.cookies.get(COOKIE)
        user = self._sessions.find(token) if token else None
        return Visitor(name=user.name, role=user.role) if user else None

    def lead(self, request: Request) -> Response:
        """Answer somebody unknown who asks for the page: with the way to the form.

        Browsers keep a strict cookie back when a link elsewhere led here; from here they send it, so they ask again.
        """
        if request.headers.get("sec-fetch-site") in ("cross-site", "same-site") and not request.query_params:
            return _page(again_page(_wording(request)), policy=AGAIN_POLICY)
        return RedirectResponse("sign-in", 303)

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


def unknown_visitor(request: Request) -> Response:
    """Answer somebody whom the proxy in front did not name: that they are not known, 401."""
    return _page(unknown_page(_wording(request)), 401)


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


def _page(html: str, status: int = 200, headers: dict[str, str] | None = None, policy: str = POLICY) -> HTMLResponse:
    return HTMLResponse(
        html, status, {"Content-Security-Policy": policy, "Cache-Control": "no-store", **(headers or {})}
    )
