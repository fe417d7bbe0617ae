"""How each kind of server is spoken to: LlamaIndex's clients, held to one address, one try and a bound of bytes."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from assistant.language_model_config import LanguageModelConfig
from corpus.errors import LanguageModelFailed

_WINDOW = 8192
"""Tokens an Ollama model is opened with: a dozen quotes and the answer fit, and its own default would cut them."""
_BYTES_A_CHARACTER = 512
"""Bytes read for each character of text: an event of a stream that carries one letter has about 300."""
# What clients raise over an answer that is none: bad JSON and bad UTF-8, missing fields, fields of another type.
_MALFORMED = (ValueError, TypeError, AttributeError, LookupError, OSError, RuntimeError, LanguageModelFailed)

Schema = Mapping[str, Any]
"""A JSON schema."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Protocol:
    """How a kind of server is asked.

    Attributes:
        new: Takes address and key; gives a client with its own connection, and what closes that.
        faults: Everything the client may raise.
        shaped: The arguments of a request whose answer shall be JSON of a schema.
    """

    new: Callable[[str, str], tuple[Any, Callable[[], None]]]
    faults: tuple[type[Exception], ...]
    shaped: Callable[[Schema], dict[str, Any]]


def protocol_of(config: LanguageModelConfig, too_much: Callable[[], LanguageModelFailed]) -> Protocol:
    """The protocol of the configured kind; `too_much` is raised when more comes than its text can need."""
    return (_ollama if config.llm == "ollama" else _openai_like)(config, _Connections(config, too_much))


class _Connections:
    """How clients of httpx reach a server: no redirects, no proxy to this machine itself, no endless answer."""

    def __init__(self, config: LanguageModelConfig, too_much: Callable[[], LanguageModelFailed]) -> None:
        import httpx

        self._config = config
        self._too_much = too_much
        self._tls = httpx.create_ssl_context()

    def to(self, address: str) -> dict[str, Any]:
        """The arguments of a client that shall reach `address`."""
        return {
            "verify": self._tls,
            "timeout": self._config.seconds,
            "follow_redirects": False,
            "trust_env": not _is_here(address),
            "event_hooks": {"response": [self._bound]},
        }

    def _bound(self, reply: Any) -> None:
        """Lets no more bytes through than the text can need, so that a line without an end fills no memory."""
        import httpx

        stream, most, too_much = reply.stream, self._config.characters * _BYTES_A_CHARACTER, self._too_much

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


def _openai_like(config: LanguageModelConfig, connections: _Connections) -> Protocol:
    import httpx
    from llama_index.llms.openai_like import OpenAILike
    from openai import OpenAIError

    def new(address: str, key: str) -> tuple[Any, Callable[[], None]]:
        http = httpx.Client(**connections.to(address))
        llm = OpenAILike(
            # A local model's name is a path here, which is nobody's business there.
            model=config.model if config.model and config.llm != "local" else "default",
            api_base=address,
            api_key=key,
            temperature=0.0,
            max_retries=0,
            timeout=config.seconds,
            is_chat_model=True,
            http_client=http,
        )
        return llm, http.close

    def shaped(schema: Schema) -> dict[str, Any]:
        named = {"name": "answer", "schema": dict(schema), "strict": True}
        return {"response_format": {"type": "json_schema", "json_schema": named}}

    faults = (OpenAIError, httpx.HTTPError, httpx.StreamError, httpx.InvalidURL, *_MALFORMED)
    return Protocol(new=new, faults=faults, shaped=shaped)


def _ollama(config: LanguageModelConfig, connections: _Connections) -> Protocol:
    import httpx
    from llama_index.llms.ollama import Ollama
    from ollama import Client, RequestError, ResponseError

    def new(address: str, key: str) -> tuple[Any, Callable[[], None]]:
        client = Client(address, headers={"authorization": f"Bearer {key}"}, **connections.to(address))
        llm = Ollama(model=config.model, temperature=0.0, context_window=_WINDOW, client=client)
        return llm, client.close

    faults = (RequestError, ResponseError, httpx.HTTPError, httpx.StreamError, httpx.InvalidURL, *_MALFORMED)
    return Protocol(new=new, faults=faults, shaped=lambda schema: {"format": dict(schema)})


def _is_here(address: str) -> bool:
    host = urlsplit(address).hostname or ""
    with suppress(ValueError):
        return ip_address(host).is_loopback
    return host == "localhost"
