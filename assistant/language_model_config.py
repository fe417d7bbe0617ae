"""Which language model there is and what it is asked for, as the environment says; values, nothing is opened here."""

import math
import os
from dataclasses import dataclass
from typing import Any, Literal, Self, cast, get_args
from urllib.parse import urlsplit

from corpus.errors import UsageError

Kind = Literal["none", "openai-like", "ollama", "llama-cpp", "local"]
Task = Literal["answers", "follow-ups", "letters", "translations", "facts"]
"""What a model may be asked for: to word answers, to make a follow-up understandable alone, to draft letters and
minutes, to translate a quote, to propose facts while indexing."""
TASKS: tuple[Task, ...] = get_args(Task)

KEY = "RAPPORTEUR_LLM_KEY"
"""Where the key is read from, unless a keeper gave one on the page; it stands in no message and no log of ours."""
_USUAL_ADDRESS = {"ollama": "http://127.0.0.1:11434", "llama-cpp": "http://127.0.0.1:8080"}
_USUAL_SECONDS = {"local": 60.0}
"""A local model on two cores reads 65 tokens a second and writes 24: 900 and 300 take 27 s, once it is loaded."""
_USUAL_TASKS: dict[str, tuple[Task, ...]] = {"local": ("letters",)}
"""Of the local model what the program cannot do alone: what it worded was no better, what it translated wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageModelConfig:
    """Which model there is, and for what; none by default.

    Attributes:
        llm: The kind of server, or ``none``.
        address: Base address. ``openai-like``: as its maker gives it, mostly ending in ``/v1``; the other two: the
            server's, empty for the usual one on this machine. ``local`` finds its own and is given none.
        model: The model's name there; llama.cpp serves one and needs no name. ``local``: path of a GGUF file, empty for
            the one that `rapporteur model install` installs.
        seconds: Wall time of one whole call, first byte to last, the time of whoever takes the pieces included.
        characters: Code points of text that are taken from one call.
        tasks: What it is asked for; None for what is usual of its kind.

    Raises:
        UsageError: A value that cannot work; the message names it.
    """

    llm: Kind = "none"
    address: str = ""
    model: str = ""
    seconds: float = 20.0
    characters: int = 20_000
    tasks: tuple[Task, ...] | None = None

    def __post_init__(self) -> None:
        if self.llm not in get_args(Kind):
            raise UsageError(f"RAPPORTEUR_LLM is {self.llm!r}; use one of: {', '.join(get_args(Kind))}.")
        if not (math.isfinite(self.seconds) and self.seconds > 0):
            raise UsageError(f"RAPPORTEUR_LLM_SECONDS is {self.seconds}; give a number of seconds above 0.")
        if self.characters <= 0:
            raise UsageError(f"A language model may write {self.characters} characters; give a number above 0.")
        if self.llm == "none":
            return
        _check_address(self.llm, self.address)
        if not self.model and self.llm not in ("llama-cpp", "local"):
            raise UsageError(f"RAPPORTEUR_LLM is {self.llm}, but no model is named. Set RAPPORTEUR_LLM_MODEL.")

    @classmethod
    def from_environment(cls, otherwise: Kind = "none") -> Self:
        """The settings ``RAPPORTEUR_LLM``, ``_ADDRESS``, ``_MODEL``, ``_SECONDS`` and ``_TASKS``, names with commas
        between; what is unset has its default.

        The usual limit of seconds is 20, of ``local`` 60. `otherwise` is the kind where none is named.

        Raises:
            UsageError: A value that cannot work; the message names the variable.
        """
        given = {name: os.environ.get(f"RAPPORTEUR_LLM{name}", "").strip() for name in ("", "_ADDRESS", "_MODEL")}
        kind: Any = given[""] or otherwise
        seconds = os.environ.get("RAPPORTEUR_LLM_SECONDS", "").strip() or str(cls.usual_seconds(kind))
        try:
            limit = float(seconds)
        except ValueError:
            raise UsageError(f"RAPPORTEUR_LLM_SECONDS is {seconds!r}; give a number of seconds above 0.") from None
        return cls(llm=kind, address=given["_ADDRESS"], model=given["_MODEL"], seconds=limit, tasks=tasks_told())

    def does(self, task: Task) -> bool:
        """Whether the model is asked for this."""
        tasks = self.tasks if self.tasks is not None else _USUAL_TASKS.get(self.llm, TASKS)
        return self.llm != "none" and task in tasks

    @property
    def is_small(self) -> bool:
        """Whether it is a model of few weights, as the local one is, whose words are trusted less."""
        return self.llm == "local"

    @classmethod
    def usual_seconds(cls, kind: str) -> float:
        """The limit of a kind of server where none is set."""
        return _USUAL_SECONDS.get(kind, 20.0)

    @property
    def base(self) -> str:
        """The address that is asked, without a slash at its end; ``/v1`` is added for a llama.cpp server."""
        base = (self.address or _USUAL_ADDRESS.get(self.llm, "")).rstrip("/")
        return f"{base}/v1" if self.llm == "llama-cpp" and not base.endswith("/v1") else base

    @property
    def place(self) -> str:
        """Where the model is, for people: "at http://…" or "on this computer"."""
        return "on this computer" if self.llm == "local" else f"at {self.base}"


def tasks_told() -> tuple[Task, ...] | None:
    """The tasks of ``RAPPORTEUR_LLM_TASKS``; None where it is unset.

    Raises:
        UsageError: It names one that there is not.
    """
    told = os.environ.get("RAPPORTEUR_LLM_TASKS", "").strip()
    if not told:
        return None
    names = tuple(name.strip() for name in told.split(",") if name.strip())
    wrong = [name for name in names if name not in TASKS]
    if wrong:
        known = ", ".join(TASKS)
        raise UsageError(f"RAPPORTEUR_LLM_TASKS names {', '.join(wrong)}; use any of: {known}, with commas between.")
    return cast(tuple[Task, ...], names)


def _check_address(kind: str, address: str) -> None:
    if kind == "local":
        if address:
            raise UsageError("RAPPORTEUR_LLM is local, which has no address. Unset RAPPORTEUR_LLM_ADDRESS.")
        return
    if not address and kind in _USUAL_ADDRESS:
        return
    try:
        parts = urlsplit(address)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise UsageError(
            "RAPPORTEUR_LLM_ADDRESS is no address. Give the server's base address, as http://host:port/v1."
        )
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise UsageError(f"RAPPORTEUR_LLM_ADDRESS holds a name, a password or a query. Put the key into {KEY}.")
