"""The page over a real index in a real browser; no test may have asked a foreign address for anything."""

import contextlib
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect, sync_playwright

from assistant import Assistant, AssistantConfig, LanguageModelConfig, open_assistant
from ingest import Embedder, IngestConfig, Receipt, build_index
from tests.assistant.endpoints import Endpoint, scripted
from tests.browser.records import IN_WORD, make_folder
from tests.conftest import made_once
from tests.serving import served_page
from ui.web.access.identity import People
from ui.web.desk import Desk, Progress
from ui.web.memory.store import Memory
from ui.web.services import Services

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
             "--disable-background-networking", "--disable-component-update", "--disable-sync")  # fmt: skip


@pytest.fixture(scope="session")
def records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with Markdown, PDF, Word and HTML records; not to be written to."""
    return made_once(tmp_path_factory, "records", make_folder)


@pytest.fixture(scope="session")
def indexed(records: Path, tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Path:
    """A data folder with an index of `records`, this process's own."""
    made = made_once(tmp_path_factory, "indexed", lambda data: build_index(records, data=data, embedder=embedder))
    return shutil.copytree(made, tmp_path_factory.mktemp("indexed") / "data")


@contextlib.contextmanager
def serving(
    data: Path, folder: Path, embedder: Embedder, *, config: AssistantConfig | None = None, people: People | None = None
) -> Iterator[str]:
    """The page over a data folder on a free port of this computer, as `serve_chat` makes it; gives its address."""

    def opened() -> Assistant:
        return open_assistant(config or AssistantConfig(data=data), embedder=embedder)

    def built(folder: Path, progress: Progress) -> Receipt:
        return build_index(folder, data=data, config=IngestConfig(), progress=progress, embedder=embedder)

    desk = Desk(open_assistant=opened, build=built)
    desk.index()
    services = Services(desk=desk, data=data, offered=folder, memory=Memory(data), people=people or People.off())
    with contextlib.closing(desk), served_page(services) as address:
        yield address


@pytest.fixture(scope="session")
def address(indexed: Path, records: Path, embedder: Embedder) -> Iterator[str]:
    """The page for whoever sits at this computer, without a language model."""
    with serving(indexed, records, embedder) as address:
        yield address


@dataclass(frozen=True)
class Worded:
    """The page with a language model, and the server that plays the model."""

    address: str
    endpoint: Endpoint

    def withhold(self) -> None:
        """Let the model say of `records.IN_WORD` what holds, what nothing proves, and what is untrue."""
        untrue = IN_WORD.replace("eleven", "ninety")
        self.endpoint.script = "says"
        self.endpoint.text = f"{IN_WORD[:-1]} [1]. They are for teachers of Shanghai [1]. {untrue[:-1]} [1]."


@pytest.fixture(scope="session")
def worded(indexed: Path, records: Path, embedder: Embedder) -> Iterator[Worded]:
    """The page with a scripted language model."""
    with scripted() as endpoint:
        model = LanguageModelConfig(llm="openai-like", address=f"{endpoint.address}/v1", model="scripted")
        config = AssistantConfig(data=indexed, language_model=model)
        with serving(indexed, records, embedder, config=config) as address:
            yield Worded(address=address, endpoint=endpoint)


# A module's own: two of Playwright's loops cannot run in one thread, and other modules start theirs.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=20_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield browser
        browser.close()


@dataclass
class Watch:
    """What pages asked the network for, and what they complained of."""

    requests: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    documents: int = 0

    def over(self, context: BrowserContext) -> None:
        """Watch every page of a context."""
        context.on("request", self._note)
        context.on("weberror", lambda error: self._complain(str(error.error)))
        context.on("console", lambda said: said.type == "error" and self._complain(said.text))

    def _note(self, request: Request) -> None:
        self.requests.append(request.url)
        self.documents += request.is_navigation_request()

    def _complain(self, fault: str) -> None:
        if "AbortError" not in fault:
            self.faults.append(fault)

    def so_far(self) -> "Watch":
        """What was seen until now: closing a page ends its streams, of which nobody need be told."""
        return replace(self, requests=[*self.requests], faults=[*self.faults])

    def check(self, origin: str, refused: str) -> None:
        """Nothing was asked elsewhere, nothing failed but what was to be refused.

        Leaving a page ends the streams that are open on it, which browser and Gradio's client call an error, before or
        after the next page is asked for.
        """
        kept = [url for url in self.requests if not url.startswith(("data:", "blob:"))]
        assert {urlsplit(url).netloc for url in kept} <= {urlsplit(origin).netloc}, kept
        expected = [refused] * bool(refused) + ["Connection errored out"] * (self.documents > 1)
        assert [fault for fault in self.faults if not any(one in fault for one in expected)] == []


Open = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser) -> Iterator[Open]:
    """visit(address, view="#ask", **settings of the context) -> a page that is ready, watched until the test ends.

    `refused` is what the browser says of a request that the server has to refuse, such as "401 (Unauthorized)".
    """
    opened: list[tuple[str, str, Watch, BrowserContext]] = []

    def visited(address: str, view: str = "", *, refused: str = "", **settings: object) -> Page:
        told = {"locale": "en-US", "viewport": {"width": 1440, "height": 900}} | settings
        context = browser.new_context(**told)
        context.set_default_timeout(20_000)
        watch = Watch()
        watch.over(context)
        opened.append((address, refused, watch, context))
        page = context.new_page()
        page.goto(f"{address}{view}")
        if not view.startswith("sign-in"):
            page.locator("#header nav a").first.wait_for(state="attached")
        return page

    yield visited
    found = [(address, refused, watch.so_far()) for address, refused, watch, _ in opened]
    for *_, context in opened:
        context.close()
    for address, refused, watch in found:
        watch.check(address, refused)


@pytest.fixture
def page(visit: Open, address: str) -> Page:
    """The page as a newcomer finds it, in English."""
    return visit(address)
