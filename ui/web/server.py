"""The web server of the chat page: loopback by default, nothing from or to other origins."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import gradio as gr
import uvicorn
from fastapi import FastAPI
from starlette.datastructures import MutableHeaders
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.web.access.identity import LOOPBACK, SAFE_METHODS, SCOPE_KEY, People

_HERE = Path(__file__).parent
# gradio would drop the container queries of `narrow.css`; that of the sign-in page would restyle this one.
_NARROW = _HERE / "browse/narrow.css"
_STYLES = sorted(set(_HERE.rglob("*.css")) - {_NARROW, _HERE / "access/sign_in.css"}, key=lambda file: file.name)
_SCRIPT = _HERE / "page.js"
MAX_UPLOAD = "20mb"
_OWN_NAMES = ("127.0.0.1", "localhost", "[::1]")
# gradio draws with inline scripts and `new Function`; everything else is limited to this server. The browser
# itself then refuses any request to another origin.
_POLICY = "; ".join((
    "default-src 'self'",
    "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
))  # fmt: skip
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    # Others are told nothing; with `no-referrer` browsers would hide the Origin of our own forms from us too.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class _Guarded:
    """Adds the headers above to every answer; plain ASGI, so that streams pass through untouched."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, guarded)


class _Gate:
    """Lets only known people through, and no request that another site made them send."""

    def __init__(self, app: ASGIApp, people: People) -> None:
        self._app = app
        self._people = people
        self._open = frozenset(route.path for route in people.routes if isinstance(route, Route))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 403 to what another site sends, and as `People.turned_away` says to who is not known."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})  # Nothing of the page uses one.
        else:
            scope[SCOPE_KEY] = self._people
            request = Request(scope)
            answering: ASGIApp = self._app
            if request.method not in SAFE_METHODS and _is_foreign(request):
                answering = PlainTextResponse("Sent by another site.", 403)
            elif scope["path"] not in self._open and self._people.visitor_of(request) is None:
                answering = self._people.turned_away(request)
            await answering(scope, receive, send if self._people.is_off else _unkept(scope, send))


def _unkept(scope: Scope, send: Send) -> Send:
    """Have browsers keep no copy of the page, which the next person at the computer would see after signing out."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start" and scope["path"] == "/":
            MutableHeaders(scope=message)["Cache-Control"] = "no-store"
        await send(message)

    return sending


def _is_foreign(request: Request) -> bool:
    """Whether a browser says that another site made it send this (as Go's net/http decides it).

    Sec-Fetch-Site is sent by all browsers of today over https and on this computer, Origin with every POST;
    programs that are no browsers send neither, and no other site can make them send anything.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = request.headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != request.headers.get("host")


def page_app(
    blocks: gr.Blocks,
    *,
    data: Path,
    host: str = "127.0.0.1",
    people: People | None = None,
    allowed_hosts: Sequence[str] = (),
    add_routes: Callable[[FastAPI], None] | None = None,
) -> FastAPI:
    """Return the page as a web application; files below `data` are never served.

    Args:
        host: Address that is listened on.
        people: Who may visit, kept as ``app.state.people``; by default everybody as `LOCAL`.
        allowed_hosts: Names by which browsers may call the page beside those of this computer; where the page
            listens to other computers and none is given, any.
        add_routes: Adds further addresses, such as downloads, before those of gradio; only known people reach them.
    """
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    people = people or People.off()
    app.state.people = people
    app.routes.extend(people.routes)
    if add_routes:
        add_routes(app)
    app.add_middleware(_Gate, people=people)
    if host in LOOPBACK or allowed_hosts:
        # Another site's name that resolves to this computer must not reach the page (DNS rebinding).
        app.add_middleware(TrustedHostMiddleware, allowed_hosts=[*_OWN_NAMES, *allowed_hosts])
    app.add_middleware(_Guarded)
    blocks.queue(api_open=False, max_size=64)
    mounted: FastAPI = gr.mount_gradio_app(
        app,
        blocks,
        path="",
        server_name=host,
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        auth_dependency=None if people.is_off else people.name_of,
        show_error=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        allowed_paths=[],
        blocked_paths=[str(data.resolve())],
        max_file_size=MAX_UPLOAD,
        theme=_theme(),
        css_paths=_STYLES,
        head=f"<style>{_NARROW.read_text('utf-8')}</style><script>{_SCRIPT.read_text('utf-8')}</script>",
    )
    return mounted


def server(app: FastAPI) -> uvicorn.Server:
    """Return a server that `.run(sockets=[…])` starts and setting `.should_exit` ends."""
    # What proxies say of a visitor is read by `access`, and only from those it was told of.
    config = uvicorn.Config(app, log_level="warning", ws="none", timeout_graceful_shutdown=2, proxy_headers=False)
    return uvicorn.Server(config)


def _theme() -> Any:
    fonts = ("system-ui", "Segoe UI", "Roboto", "Helvetica Neue", "Noto Sans", "Noto Sans CJK SC", "sans-serif")
    return gr.themes.Base(primary_hue="teal", neutral_hue="stone", font=fonts, font_mono=("ui-monospace", "monospace"))
