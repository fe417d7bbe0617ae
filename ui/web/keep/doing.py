"""Which deed a button of the room asks for; each one done is written down with who and when."""

import contextlib
import json
from collections.abc import Callable, Mapping

from corpus import IndexMissing, Report, UsageError
from ingest import PastGeneration, forget_generations, generations, read_office, roll_back
from ui.web.access.visitor import LOCAL, Visitor
from ui.web.keep.deeds import Keeping
from ui.web.keep.ledger_deeds import LedgerDeeds
from ui.web.keep.model_deeds import ModelDeeds
from ui.web.keep.report_deeds import Held, ReportDeeds
from ui.web.keep.written import write_down
from ui.web.services import Services

SILENT = frozenset({"reject", "accept"})
"""Deeds whose effect is seen where they are done: nothing is said of them."""


class Doing:
    """All deeds of the room over one data folder. Keep one, as `Keeping`."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._keeping = Keeping(services.data, services.into)
        self.reports = ReportDeeds(services.data)
        self.ledger = LedgerDeeds(services.data, services.desk)
        self.model = ModelDeeds(services.data, self._reopen)

    @property
    def keeping(self) -> Keeping:
        """The deeds on files, over the folder to which they are added now."""
        self._keeping.folder = self._services.into
        return self._keeping

    @property
    def published(self) -> PastGeneration | None:
        """The generation that answers; None before the first build."""
        return next((one for one in generations(self._services.data) if one.is_published), None)

    def held(self) -> Held:
        """The table of reports."""
        shelf, published = self._services.desk.shelf(), self.published
        receipt = published.receipt if published else None
        return self.reports.held(self._services.folder, shelf.reports if shelf else (), receipt)

    def do(self, told: Mapping[str, str], visitor: Visitor) -> str:
        """Do what a button or form asks; returns the deed's name, empty where it is none or nothing is to be said.

        Raises:
            RapporteurError: It could not be done.
        """
        deed = told.get("do", "")
        by = "" if visitor == LOCAL else visitor.name
        known = self._deeds(told, by)
        if deed not in known:
            return ""
        on = known[deed]()
        if deed in SILENT:
            return ""
        write_down(self._services.data, deed, on, by)
        return deed

    def _deeds(self, told: Mapping[str, str], by: str) -> dict[str, Callable[[], str]]:
        model = {"model": lambda: self.model.choose(told), "model_test": self.model.test}
        return {**self._on_files(told, by), **self._on_reports(told), **self._on_ledger(told, by), **model}

    def _on_files(self, told: Mapping[str, str], by: str) -> dict[str, Callable[[], str]]:
        keeping, on, fact = self.keeping, told.get("id", ""), told.get("fact", "")
        return {
            "add": lambda: keeping.add(on),
            "replace": lambda: keeping.replace(on, told.get("old", "")),
            "discard": lambda: keeping.discard(on),
            "undiscard": keeping.undiscard,
            "correct": lambda: keeping.correct(on, told),
            "uncorrect": lambda: keeping.uncorrect(on),
            "reject": lambda: keeping.reject(on, fact, by),
            "accept": lambda: keeping.accept(on, fact),
            "office": lambda: keeping.say_office(told.get("names", "")),
        }

    def _on_reports(self, told: Mapping[str, str]) -> dict[str, Callable[[], str]]:
        deeds, on, folder = self.reports, told.get("id", ""), self._services.folder
        return {
            "retitle": lambda: deeds.retitle(self._reports(), on, told),
            "untitle": lambda: deeds.untitle(self._reports(), on),
            "remove": lambda: deeds.remove(folder, on),
            "put_back": lambda: deeds.put_back(folder, on),
            "read_again": lambda: deeds.read_again(folder, on),
            "roll_back": lambda: roll_back(self._services.data, on).generation,
            "forget": lambda: self._forget(told.get("names", "")),
        }

    def _on_ledger(self, told: Mapping[str, str], by: str) -> dict[str, Callable[[], str]]:
        deeds, on, fact = self.ledger, told.get("id", ""), told.get("fact", "")
        one, other = told.get("one", ""), told.get("other", "")
        return {
            "strike": lambda: deeds.strike(on, fact, by),
            "edit": lambda: deeds.edit(on, fact, told, by),
            "add_fact": lambda: deeds.add(on, told.get("kind", ""), told.get("at", ""), told, by, self._us()),
            "unsay": lambda: deeds.unsay(on, fact),
            "merge": lambda: deeds.merge(one, other, by),
            "refuse": lambda: deeds.refuse(one, other, by),
            "unmerge": lambda: deeds.unmerge(one, other, by),
        }

    def _forget(self, names: str) -> str:
        try:
            chosen = [str(name) for name in json.loads(names)]
        except (ValueError, TypeError):
            chosen = []
        if not chosen:
            raise UsageError("Choose at least one version. Nothing was removed.")
        return ", ".join(forget_generations(self._services.data, chosen))

    def _reopen(self) -> None:
        with contextlib.suppress(IndexMissing):
            self._services.desk.reopen()

    def _us(self) -> str:
        return next(iter(read_office(self._services.data)), "")

    def _reports(self) -> tuple[Report, ...]:
        shelf = self._services.desk.shelf()
        return shelf.reports if shelf else ()
