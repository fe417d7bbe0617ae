"""The chat page from a data folder: index when nothing is there yet, open the desk, serve until interrupted."""

import socket
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from assistant import Assistant, AssistantConfig, open_assistant, open_proposer, open_term_reader
from corpus import UsageError
from ingest import Embedder, IngestConfig, Receipt, build_index, current_generation, open_embedder
from ui.web.access.identity import LOOPBACK, People
from ui.web.desk import Desk, Progress


def open_desk(data: Path, model: str = "") -> Desk:
    """Return the desk over a data folder; the model is opened when it is first needed, and once."""

    @cache
    def embedder() -> Embedder:
        return open_embedder(model)

    config = AssistantConfig(data=data, model=model)

    def opened() -> Assistant:
        current_generation(data)  # Says that there is no index before seconds go into loading the model.
        return open_assistant(config, embedder=embedder())

    def built(folder: Path, progress: Progress) -> Receipt:
        return build_index(
            folder,
            data=data,
            config=IngestConfig(model=model),
            progress=progress,
            embedder=embedder(),
            propose=open_proposer(model=model, embedder=embedder()),
            ask=open_term_reader(embedder=embedder()),
        )

    return Desk(open_assistant=opened, build=built)


def ready(desk: Desk, folder: Path | None, progress: Progress | None) -> None:
    """Open the newest index, so that the first visitor need not wait; where there is none, index `folder` if given.

    Raises:
        RapporteurError: The index cannot be opened or built.
    """
    if desk.index() is None and folder is not None:
        desk.build(folder, progress or (lambda step, done, total: None))
        desk.index()


def serve_chat(
    desk: Desk,
    *,
    data: Path,
    host: str,
    port: int,
    folder: Path | None,
    announce: Callable[[str], None],
    people: People | None = None,
    allowed_hosts: Sequence[str] = (),
) -> None:
    """Serve the page until the process is interrupted.

    Args:
        folder: Offered on the page for regenerating; by default the folder indexed last.
        announce: Told the address once the port listens.
        people: Who may visit; by default everybody.
        allowed_hosts: Names by which browsers may call the page beside those of this computer.

    Raises:
        UsageError: The port is taken, or the host is not an address of this computer.
    """
    listening = _listen(host, port)
    from ui.web.downloads import add_routes
    from ui.web.memory.store import Memory
    from ui.web.page import build_page
    from ui.web.server import page_app, server
    from ui.web.services import Services

    visitors = people or People.off()
    services = Services(
        desk=desk,
        data=data,
        offered=folder,
        # Others may ask from elsewhere, but may not point the program at folders of this computer.
        is_fixed=host not in LOOPBACK or not visitors.is_off,
        memory=Memory(data),
        people=visitors,
    )
    app = page_app(
        build_page(services),
        data=data,
        host=host,
        people=visitors,
        allowed_hosts=allowed_hosts,
        add_routes=lambda app: add_routes(app, services),
    )
    name = f"[{host}]" if ":" in host else host
    announce(f"http://{name}:{listening.getsockname()[1]}/")
    try:
        server(app).run(sockets=[listening])
    finally:
        desk.close()


def _listen(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        raise UsageError(
            f"{host}:{port} cannot be used ({error.strerror}). Choose another with --port, or 0 for any free one."
        ) from error
