"""The door for language models: instructions and a text go in, pieces of text come out, within a time limit.

Models are reached through LlamaIndex's classes for OpenAI-style servers (llama.cpp's speaks the same protocol, and so
does the child that serves a local file) and for Ollama. Nothing asks the network, and no child is started, before
`LanguageModel.write` is iterated, and then only the configured address is asked.
"""

import os
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext, suppress
from queue import Empty, Full, Queue
from typing import Any

from assistant.language_model_clients import Schema, protocol_of
from assistant.language_model_config import KEY, LanguageModelConfig
from assistant.local_model_server import lent
from corpus.errors import LanguageModelFailed

__all__ = ["LanguageModel", "LanguageModelConfig", "open_language_model"]

_LOOK = "Look at its log, then ask again."
_CURES = {
    401: f"Check {KEY}.",
    403: f"Check {KEY}.",
    404: "Check RAPPORTEUR_LLM_ADDRESS and RAPPORTEUR_LLM_MODEL.",
}
_IN_FLIGHT = 64
"""Pieces that may wait for the reader of the text."""

_Pieces = Queue[str | LanguageModelFailed | None]
"""Text, then how it ended: None for well."""


class LanguageModel:
    """A configured model; safe to use from several threads, each call has its own connection."""

    def __init__(self, config: LanguageModelConfig, *, key: str = "") -> None:
        self.config = config
        self._key = key or "none"  # an empty one would make the libraries look for keys of their own
        self._protocol = protocol_of(config, self._too_much)

    def write(self, instructions: str, text: str, *, schema: Schema | None = None) -> Iterator[str]:
        """What the model writes, in pieces, as they come; at temperature 0 and without a second try.

        When the text is longer than `LanguageModelConfig.characters`, it is yielded up to there and the call then
        fails. Closing the iterator early ends the call. An empty answer yields nothing.

        Args:
            instructions: What the model shall do, for its system turn.
            text: What it shall do it with, for the user's turn.
            schema: A JSON schema that the server is asked to hold the text to; not every server does, so whoever reads
                the text must check it all the same. None for free text.

        Raises:
            LanguageModelFailed: The endpoint refused, failed, was too slow, broke off, or sent something else than a
                model's answer. Raised after the pieces that came before.
        """
        from llama_index.core.base.llms.types import ChatMessage

        deadline = time.monotonic() + self.config.seconds
        messages = [ChatMessage(role="system", content=instructions), ChatMessage(role="user", content=text)]
        pieces: _Pieces = Queue(maxsize=_IN_FLIGHT)
        stop = threading.Event()
        asked = self._protocol.shaped(schema) if schema else {}
        with self._reached(deadline) as (address, key):
            llm, close = self._protocol.new(address, key)
            reading = (llm, messages, asked, pieces, stop)
            threading.Thread(target=self._read, args=reading, name="language-model", daemon=True).start()
            try:
                yield from self._taken(pieces, deadline)
            finally:
                stop.set()
                close()

    def _reached(self, deadline: float) -> AbstractContextManager[tuple[str, str]]:
        """Address and key to ask; a local model is started when it is not running."""
        if self.config.llm == "local":
            return lent(self.config.model, deadline)
        return nullcontext((self.config.base, self._key))

    def _failed(self, what: str, cure: str) -> LanguageModelFailed:
        """The one form of our messages: what, where, and what to do; nothing the endpoint said."""
        return LanguageModelFailed(f"The language model {self.config.place} {what}. {cure}")

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

    def _read(
        self, llm: Any, messages: list[Any], asked: dict[str, Any], pieces: _Pieces, stop: threading.Event
    ) -> None:
        """Reads on a thread of its own: no time limit of a socket holds against a byte a second."""
        end: LanguageModelFailed | None = self._failed("broke off", _LOOK)
        try:
            reason = ""
            for one in llm.stream_chat(messages, **asked):
                reason = _reason_to_end(one.raw) or reason
                if one.delta:
                    _put(pieces, str(one.delta), stop)
                if stop.is_set():
                    return
            end = self._ended(reason)
        except self._protocol.faults as fault:
            end = self._named(fault)
        finally:
            _put(pieces, end, stop)

    def _ended(self, reason: str) -> LanguageModelFailed | None:
        if not reason:
            return self._failed("broke off or is no language model", "Check RAPPORTEUR_LLM_ADDRESS and its log.")
        if reason == "length":
            return self._failed(
                "ran into its own limit of tokens", "Ask for less, or raise the limit or context size of its server."
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


def open_language_model(config: LanguageModelConfig, key: str = "") -> LanguageModel | None:
    """The configured model, or None for ``none``; asks nobody. Without a `key` it has that of the environment."""
    return None if config.llm == "none" else LanguageModel(config, key=key or os.environ.get(KEY, "").strip())


def _reason_to_end(raw: Any) -> str:
    """Why the model stopped, as the last event of either protocol says it; empty before."""
    if isinstance(raw, dict):
        return str(raw.get("done_reason") or "stop") if raw.get("done") else ""
    return next((str(choice.finish_reason) for choice in raw.choices if choice.finish_reason), "")


def _put(pieces: _Pieces, one: Any, stop: threading.Event) -> None:
    while not stop.is_set():
        with suppress(Full):
            return pieces.put(one, timeout=0.1)
