"""The page on a real server, on a free port of this computer, for as long as a test needs it."""

import contextlib
import socket
import threading
import time
from collections.abc import Iterator

from fastapi import FastAPI

from ui.web.services import Services


@contextlib.contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """Serve an application on a free port; gives its address, which ends with a slash, and ends the server."""
    from ui.web.server import server

    with socket.create_server(("127.0.0.1", 0)) as listening:
        page = server(app)
        thread = threading.Thread(target=page.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        try:
            while not page.started:
                assert thread.is_alive(), "the server did not start"
                time.sleep(0.02)
            yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
        finally:
            page.should_exit = True
            thread.join(20)


@contextlib.contextmanager
def served_page(services: Services) -> Iterator[str]:
    """Serve the page of some services as `serve_chat` makes it; gives its address."""
    from ui.web.downloads import add_routes
    from ui.web.page import build_page
    from ui.web.server import page_app

    app = page_app(
        build_page(services),
        data=services.data,
        people=services.people,
        add_routes=lambda app: add_routes(app, services),
    )
    with served(app) as address:
        yield address
