"""A browser, and the page of some services served on a free port."""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from corpus import IndexMissing
from ingest import Embedder, Receipt, build_index
from tests.serving import served_page
from tests.ui.browsing import shelf
from tests.ui.standin import HOSTILE, LYON, StandIn
from ui.web.access.identity import People
from ui.web.desk import Desk
from ui.web.memory.store import Memory
from ui.web.services import Services

CHROMIUM = "/usr/bin/chromium"
CHROMIUM_ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture
def standin() -> StandIn:
    return StandIn()


@pytest.fixture
def desk(standin: StandIn) -> Iterator[Desk]:
    def build(folder: Path, progress: Callable[[str, int, int], None]) -> Receipt:
        progress("read", 1, 1)
        return Receipt(generation="g1", added=(f"{folder.name}.md",), reports=2, passages=3, seconds=0.5)

    lent = Desk(open_assistant=lambda: standin, build=build)
    yield lent
    lent.close()


@pytest.fixture
def desk_without_index() -> Desk:
    def missing() -> StandIn:
        raise IndexMissing("nothing has been indexed here yet")

    return Desk(open_assistant=missing, build=lambda folder, progress: Receipt(generation="g1"))


def services_at(desk: Desk, data: Path, **settings: Any) -> Services:
    """An services with a real memory in `data` where by default nobody signs in."""
    return Services(**({"desk": desk, "data": data, "memory": Memory(data), "people": People.off()} | settings))


@pytest.fixture
def serve() -> Iterator[Callable[..., str]]:
    """serve(desk, data, **settings of the services) -> the address of a page of its own."""
    with contextlib.ExitStack() as stack:
        yield lambda desk, data, **settings: stack.enter_context(served_page(services_at(desk, data, **settings)))


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One page for all tests of a module: the stand-in answers, and invented records can be browsed."""
    told = shelf()
    standin = StandIn(ledger=told.ledger, reports=(LYON, HOSTILE, *told.reports))
    desk = Desk(open_assistant=lambda: standin, build=lambda folder, progress: Receipt(generation="g1"))
    with served_page(services_at(desk, tmp_path_factory.mktemp("page"))) as served:
        yield served
    desk.close()


# A module's own: two of Playwright's loops cannot run in one thread, and other modules start theirs.
@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


@dataclass
class Visit:
    """One browser page with what it asked the network for and what its scripts complained of."""

    page: Page
    requests: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Callable[..., Visit]]:
    """visit(address, view="", **settings of the browser context) -> a page that is ready."""
    contexts = []

    def opened(address: str, view: str = "", **settings: Any) -> Visit:
        context = chromium.new_context(**({"locale": "en-US"} | settings))
        context.set_default_timeout(60_000)
        contexts.append(context)
        made = Visit(page=context.new_page())
        made.page.on("request", lambda request: made.requests.append(request.url))
        made.page.on("pageerror", lambda error: made.faults.append(str(error)))
        made.page.goto(f"{address}{view}")
        # Drawn once the server has said who visits and in which language.
        made.page.locator("#conversation").locator(".log, .missing").first.wait_for(state="attached")
        return made

    yield opened
    for context in contexts:
        context.close()


REPORTS = {
    "lyon.md": (
        "---\ntitle: Delegation of Porto visits Lyon\ndate: 2025-03-12\nplace: Lyon, France\n"
        "source: https://example.org/lyon\n---\n\n"
        "On 12 March 2025 a delegation of the University of Porto visited the Lyon Institute of Education. "
        "Director Claire Moreau welcomed the delegation. "
        "Claire Moreau and Rector Tiago Lopes signed a memorandum of understanding on teacher training.\n\n"
        "The delegation also visited the silk museum.\n"
    ),
    "almaty.md": (
        "---\ntitle: Workshop on rural schools in Almaty\ndate: 2024-10-02\nplace: Almaty, Kazakhstan\n---\n\n"
        "The workshop on rural schools gathered 48 teachers in Almaty on 2 October 2024. "
        "Aliya Bekova presented a study of small classes. The next workshop is planned for Taraz.\n"
    ),
}


@pytest.fixture(scope="session")
def indexed(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> tuple[Path, Path]:
    """A folder of two reports and the data folder with a real index of them."""
    folder, data = tmp_path_factory.mktemp("reports"), tmp_path_factory.mktemp("data")
    for name, text in REPORTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    build_index(folder, data=data, embedder=embedder)
    return folder, data
