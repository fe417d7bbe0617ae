"""The desk lends the open assistant to questions, and replaces it once a newer index has been published."""

import contextlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from assistant import Answer, Citation, IndexInfo, Question, Translation
from corpus import IndexMissing, Report
from ingest import Ledger, Receipt

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """What one generation holds, as the views of the page read it; reports in the order of their paths."""

    index: IndexInfo
    ledger: Ledger
    reports: tuple[Report, ...]


class Answering(Protocol):
    """What the page needs of an assistant."""

    @property
    def index(self) -> IndexInfo:
        """The generation that answers."""
        ...

    def answers(self, question: Question) -> Iterator[Answer]:
        """Yield growing answers, the last one final."""
        ...

    def answer(self, question: Question) -> Answer:
        """Return the whole answer."""
        ...

    @property
    def can_translate(self) -> bool:
        """Whether a language model is configured for translations."""
        ...

    def translated(self, citation: Citation, language: str) -> Translation:
        """Return a quote in another language, by the language model."""
        ...

    def report(self, report_id: str) -> Report:
        """Return one report as indexed."""
        ...

    def report_text(self, file: str) -> str | None:
        """Return the text of the report in a file, or None."""
        ...

    @property
    def ledger(self) -> Ledger:
        """All facts of the generation."""
        ...

    @property
    def reports(self) -> tuple[Report, ...]:
        """All reports of the generation, in the order of their paths."""
        ...

    def is_current(self) -> bool:
        """Say whether no newer generation has been published."""
        ...

    def close(self) -> None:
        """Let go of files."""
        ...


class Desk:
    """One assistant for all visitors; safe to use from several threads.

    Args:
        open_assistant: Opens the index that is published now.
        build: Indexes a folder and publishes the result.
    """

    def __init__(self, *, open_assistant: Callable[[], Answering], build: Callable[[Path, Progress], Receipt]) -> None:
        self._open = open_assistant
        self.build = build
        self._lock = threading.Lock()
        self._assistant: Answering | None = None
        self._borrowers: dict[int, int] = {}

    @contextlib.contextmanager
    def assistant(self) -> Iterator[Answering]:
        """Lend the assistant of the newest generation; an older one is closed when its last borrower is done.

        Raises:
            RapporteurError: There is no index, or it cannot be opened.
        """
        with self._lock:
            lent = self._newest()
            self._borrowers[id(lent)] = self._borrowers.get(id(lent), 0) + 1
        try:
            yield lent
        finally:
            with self._lock:
                self._borrowers[id(lent)] -= 1
                self._let_go(lent)

    def index(self) -> IndexInfo | None:
        """Return the index in use, or None when nothing has been indexed yet.

        Raises:
            RapporteurError: The index exists but cannot be opened.
        """
        try:
            with self.assistant() as assistant:
                return assistant.index
        except IndexMissing:
            return None

    def shelf(self) -> Shelf | None:
        """Return what the index in use holds, or None when nothing has been indexed yet; errors as `index`."""
        try:
            with self.assistant() as assistant:
                return Shelf(index=assistant.index, ledger=assistant.ledger, reports=assistant.reports)
        except IndexMissing:
            return None

    def reopen(self) -> None:
        """Open the index anew, for what lies beside it has changed; errors as `index`, and the old one goes on."""
        with self._lock:
            old, self._assistant = self._assistant, self._open()
            if old is not None:
                self._let_go(old)

    def close(self) -> None:
        """Close the assistant when the page is taken down."""
        with self._lock:
            last, self._assistant = self._assistant, None
            if last is not None:
                self._let_go(last)

    def _newest(self) -> Answering:
        if self._assistant is not None and self._assistant.is_current():
            return self._assistant
        # Opened before the old one is given up: when this fails, the old one goes on answering.
        opened = self._open()
        old, self._assistant = self._assistant, opened
        if old is not None:
            self._let_go(old)
        return opened

    def _let_go(self, assistant: Answering) -> None:
        if assistant is not self._assistant and not self._borrowers.get(id(assistant)):
            self._borrowers.pop(id(assistant), None)
            assistant.close()
