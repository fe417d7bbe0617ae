"""The web server of the chat page: loopback by default, nothing from or to other origins."""

import os
from pathlib import Path
from typing import Any

import gradio as gr
import uvicorn
from fastapi import FastAPI
from starlette.datastructures import MutableHeaders
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.web.desk import LOOPBACK

_STYLES = sorted((Path(__file__).parent / "style").glob("*.css"))
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
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class _Guarded:
    """Adds the headers above to every answer; plain ASGI, so that streams pass through untouched."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        await self._app(scope, receive, guarded)


def page_app(blocks: gr.Blocks, *, data: Path, host: str = "127.0.0.1") -> FastAPI:
    """Return the page as a web application; files below `data` are never served."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    if host in LOOPBACK:
        # Another site's name that resolves to this computer must not reach the page (DNS rebinding).
        app.add_middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost", "[::1]"])

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
        show_error=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        allowed_paths=[],
        blocked_paths=[str(data.resolve())],
        max_file_size=1,
        theme=_theme(),
        css_paths=_STYLES,
    )
    return mounted


def server(app: FastAPI) -> uvicorn.Server:
    """Return a server that `.run(sockets=[…])` starts and setting `.should_exit` ends."""
    return uvicorn.Server(uvicorn.Config(app, log_level="warning", ws="none", timeout_graceful_shutdown=2))


def _theme() -> Any:
    fonts = ("system-ui", "Segoe UI", "Roboto", "Helvetica Neue", "Noto Sans", "Noto Sans CJK SC", "sans-serif")
    return gr.themes.Base(primary_hue="teal", neutral_hue="stone", font=fonts, font_mono=("ui-monospace", "monospace"))
