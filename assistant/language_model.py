"""The door for language models: instructions and a text go in, pieces of text come out, within a time limit.

Models are reached through LlamaIndex's classes for OpenAI-style servers (llama.cpp's speaks the same protocol) and for
Ollama. Nothing asks the network before `LanguageModel.write` is iterated, and then only the configured address.
"""

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from ipaddress import ip_address
from queue import Empty, Full, Queue
from typing import Any
from urllib.parse import urlsplit

from assistant.language_model_config import KEY, LanguageModelConfig
from corpus.errors import LanguageModelFailed

__all__ = ["LanguageModel", "LanguageModelConfig", "open_language_model"]

_LOOK = "Look at its log, then ask again."
_CURES = {
    401: f"Check {KEY}.",
    403: f"Check {KEY}.",
    404: "Check RAPPORTEUR_LLM_ADDRESS and RAPPORTEUR_LLM_MODEL.",
}
_WINDOW = 8192
"""Tokens an Ollama model is opened with: a dozen quotes and the answer fit, and its own default would cut them."""
_BYTES_A_CHARACTER = 512
"""Bytes read for each character of text: an event of a stream that carries one letter has about 300."""
_IN_FLIGHT = 64
"""Pieces that may wait for the reader of the text."""

_Pieces = Queue[str | LanguageModelFailed | None]
"""Text, then how it ended: None for well."""


class LanguageModel:
    """A configured model; safe to use from several threads, each call has its own connection."""

    def __init__(self, config: LanguageModelConfig, *, key: str = "") -> None:
        import httpx

        self.config = config
        self._key = key or "none"  # an empty one would make the libraries look for keys of their own
        self._tls = httpx.create_ssl_context()
        self._new, self._faults = _ollama(self) if config.llm == "ollama" else _openai_like(self)

    def write(self, instructions: str, text: str) -> Iterator[str]:
        """What the model writes, in pieces, as they come; at temperature 0 and without a second try.

        When the text is longer than `LanguageModelConfig.characters`, it is yielded up to there and the call then
        fails. Closing the iterator early ends the call. An empty answer yields nothing.

        Args:
            instructions: What the model shall do, for its system turn.
            text: What it shall do it with, for the user's turn.

        Raises:
            LanguageModelFailed: The endpoint refused, failed, was too slow, broke off, or sent something else than a
                model's answer. Raised after the pieces that came before.
        """
        from llama_index.core.base.llms.types import ChatMessage

        deadline = time.monotonic() + self.config.seconds
        messages = [ChatMessage(role="system", content=instructions), ChatMessage(role="user", content=text)]
        pieces: _Pieces = Queue(maxsize=_IN_FLIGHT)
        stop = threading.Event()
        llm, close = self._new()
        reading = (llm, messages, pieces, stop)
        threading.Thread(target=self._read, args=reading, name="language-model", daemon=True).start()
        try:
            yield from self._taken(pieces, deadline)
        finally:
            stop.set()
            close()

    def _failed(self, what: str, cure: str) -> LanguageModelFailed:
        """The one form of our messages: what, where, and what to do; nothing the endpoint said."""
        return LanguageModelFailed(f"The language model at {self.config.base} {what}. {cure}")

    def _taken(self, pieces: _Pieces, deadline: float) -> Iterator[str]:
        """The pieces, until the end, the deadline or the most that is read."""
        left = self.config.characters
        while True:
            try:
                piece = pieces.get(timeout=max(0.0, deadline - time.monotonic()))
            except Empty:
                piece = self._too_slow()
            if piece is None:
                return
            if isinstance(piece, LanguageModelFailed):
                raise piece
            yield piece[:left]
            left -= len(piece)
            if left < 0:
                raise self._too_much()
            if time.monotonic() >= deadline:
                raise self._too_slow()

    def _read(self, llm: Any, messages: list[Any], pieces: _Pieces, stop: threading.Event) -> None:
        """Reads on a thread of its own: no time limit of a socket holds against a byte a second."""
        end: LanguageModelFailed | None = self._failed("broke off", _LOOK)
        try:
            reason = ""
            for one in llm.stream_chat(messages):
                reason = _reason_to_end(one.raw) or reason
                if one.delta:
                    _put(pieces, str(one.delta), stop)
                if stop.is_set():
                    return
            end = self._ended(reason)
        except self._faults as fault:
            end = self._named(fault)
        finally:
            _put(pieces, end, stop)

    def _ended(self, reason: str) -> LanguageModelFailed | None:
        if not reason:
            return self._failed("broke off or is no language model", "Check RAPPORTEUR_LLM_ADDRESS and its log.")
        if reason == "length":
            return self._failed(
                "ran into its own limit of tokens", "Raise the limit or the context size of the server."
            )
        return None

    def _named(self, fault: BaseException) -> LanguageModelFailed:
        """A fault in our words: neither the body nor the headers of anything are repeated."""
        import httpx

        # The clients wrap what happened on the way to the headers, and leave what happens after.
        if isinstance(fault.__cause__, httpx.TransportError | LanguageModelFailed):
            fault = fault.__cause__
        status = getattr(fault, "status_code", None)
        if isinstance(fault, LanguageModelFailed):
            return fault
        if isinstance(status, int) and status >= 300:
            return self._failed(f"answered with HTTP {status}", _CURES.get(status, _LOOK))
        if isinstance(fault, httpx.TimeoutException):
            return self._too_slow()
        if isinstance(fault, httpx.ConnectError | ConnectionError):
            return self._failed("cannot be reached", "Start it, or check RAPPORTEUR_LLM_ADDRESS.")
        if isinstance(fault, httpx.TransportError):
            return self._failed("broke off", _LOOK)
        return self._failed("sent something else than a model's answer", "Check RAPPORTEUR_LLM and its address.")

    def _too_slow(self) -> LanguageModelFailed:
        limit = f"{self.config.seconds:g} seconds"
        return self._failed(f"did not finish within {limit}", "Raise RAPPORTEUR_LLM_SECONDS or take a smaller model.")

    def _too_much(self) -> LanguageModelFailed:
        return self._failed(f"wrote more than {self.config.characters} characters", "Take another model.")

    def _connection(self) -> dict[str, Any]:
        """How a client of httpx reaches the server: no redirects, and no proxy to this machine itself."""
        return {
            "verify": self._tls,
            "timeout": self.config.seconds,
            "follow_redirects": False,
            "trust_env": not _is_here(self.config.base),
            "event_hooks": {"response": [self._bound]},
        }

    def _bound(self, reply: Any) -> None:
        """Lets no more bytes through than the text can need, so that a line without an end fills no memory."""
        import httpx

        stream, most, too_much = reply.stream, self.config.characters * _BYTES_A_CHARACTER, self._too_much

        class Bounded(httpx.SyncByteStream):
            def __iter__(self) -> Iterator[bytes]:
                read = 0
                for piece in stream:
                    read += len(piece)
                    if read > most:
                        raise too_much()
                    yield piece

            def close(self) -> None:
                stream.close()

        reply.stream = Bounded()


Made = tuple[Any, Callable[[], None]]
Maker = tuple[Callable[[], Made], tuple[type[Exception], ...]]
# What clients raise over an answer that is none: bad JSON and bad UTF-8, missing fields, fields of another type.
_MALFORMED = (ValueError, TypeError, AttributeError, LookupError, OSError, RuntimeError, LanguageModelFailed)


def open_language_model(config: LanguageModelConfig) -> LanguageModel | None:
    """The configured model with the key of the environment, or None for ``none``; asks nobody."""
    return None if config.llm == "none" else LanguageModel(config, key=os.environ.get(KEY, "").strip())


def _openai_like(model: LanguageModel) -> Maker:
    import httpx
    from llama_index.llms.openai_like import OpenAILike
    from openai import OpenAIError

    def new() -> Made:
        http = httpx.Client(**model._connection())
        llm = OpenAILike(
            model=model.config.model or "default",
            api_base=model.config.base,
            api_key=model._key,
            temperature=0.0,
            max_retries=0,
            timeout=model.config.seconds,
            is_chat_model=True,
            http_client=http,
        )
        return llm, http.close

    return new, (OpenAIError, httpx.HTTPError, httpx.StreamError, httpx.InvalidURL, *_MALFORMED)


def _ollama(model: LanguageModel) -> Maker:
    import httpx
    from llama_index.llms.ollama import Ollama
    from ollama import Client, RequestError, ResponseError

    def new() -> Made:
        client = Client(model.config.base, headers={"authorization": f"Bearer {model._key}"}, **model._connection())
        llm = Ollama(model=model.config.model, temperature=0.0, context_window=_WINDOW, client=client)
        return llm, client.close

    return new, (RequestError, ResponseError, httpx.HTTPError, httpx.StreamError, httpx.InvalidURL, *_MALFORMED)


def _reason_to_end(raw: Any) -> str:
    """Why the model stopped, as the last event of either protocol says it; empty before."""
    if isinstance(raw, dict):
        return str(raw.get("done_reason") or "stop") if raw.get("done") else ""
    return next((str(choice.finish_reason) for choice in raw.choices if choice.finish_reason), "")


def _put(pieces: _Pieces, one: Any, stop: threading.Event) -> None:
    while not stop.is_set():
        with suppress(Full):
            return pieces.put(one, timeout=0.1)


def _is_here(address: str) -> bool:
    host = urlsplit(address).hostname or ""
    with suppress(ValueError):
        return ip_address(host).is_loopback
    return host == "localhost"
