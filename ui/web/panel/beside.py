"""The panel in gradio: a region beside the rooms in which the record of a citation opens."""

import logging
from collections.abc import Iterator
from typing import Any

import gradio as gr

from corpus import LanguageModelFailed, RapporteurError
from ui.web.desk import Shelf
from ui.web.markup import Html, tag
from ui.web.notices import trouble
from ui.web.panel import translation
from ui.web.panel.source import cited, empty_source, open_near, open_place
from ui.web.region import DRAW, STREAM, Region, spoken, told
from ui.web.services import Services
from ui.wording import Words, words

_AT_ONCE = 2
"""Translations written at the same time; the model is one, and more only share it."""
logger = logging.getLogger(__name__)


class Panel:
    """One record at a time, whichever room its citation stands in."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self.region = Region("source", empty_panel(words()))

    def connect(self, language: Any) -> None:
        """Bind the events; `language` is the component that holds the page's language."""
        writing = STREAM | {"concurrency_limit": _AT_ONCE, "concurrency_id": "translate", "trigger_mode": "multiple"}
        translating = self.region.html.submit(self.on_translate, [language], [self.region.html], **writing)
        self.region.html.select(self.on_open, [language], [self.region.html], cancels=[translating], **DRAW)

    def on_open(self, language: str, event: gr.EventData, request: gr.Request) -> Html:
        """Open the record of a numbered source."""
        wording, asked = spoken(language, event), told(event)
        place, quote = asked.get("cite", ""), asked.get("quote", "")
        try:
            shelf = self.services.desk.shelf()
            if shelf is None:
                return empty_panel(wording)
            if near := asked.get("near"):
                return _panel(open_near(shelf, near, quote, wording), wording)
            with self.services.desk.assistant() as assistant:
                beside = translation.offered(place, quote, wording) if assistant.can_translate else Html()
        except RapporteurError as error:
            return _panel(trouble(str(error)), wording)
        return self._opened(shelf, place, quote, wording, request, beside)

    def on_translate(self, language: str, event: gr.EventData, request: gr.Request) -> Iterator[Html]:
        """Show a translation beside the quote, first that it is on its way."""
        wording, asked = spoken(language, event), told(event)
        place, quote = asked.get("place", ""), asked.get("words", "")
        try:
            shelf = self.services.desk.shelf()
            citation = cited(shelf, place, quote) if shelf else None
            if shelf is None or citation is None:
                yield empty_panel(wording)
                return
            yield self._opened(shelf, place, quote, wording, request, translation.working(wording))
            try:
                with self.services.desk.assistant() as assistant:
                    beside = translation.shown(assistant.translated(citation, wording.language), wording)
            except LanguageModelFailed as error:
                beside = trouble(str(error))
            except RapporteurError:
                raise
            except Exception:
                # The border of the page: a visitor gets a sentence, the keeper the traceback in the log.
                logger.exception("A quote could not be translated")
                beside = trouble(wording.say("trouble_unknown"))
            yield self._opened(shelf, place, quote, wording, request, beside)
        except RapporteurError as error:
            yield _panel(trouble(str(error)), wording)

    def _opened(self, shelf: Shelf, place: str, quote: str, wording: Words, request: gr.Request, beside: Html) -> Html:
        is_keeper = self.services.visitor(request).is_keeper
        return _panel(open_place(shelf, place, quote, wording, is_keeper=is_keeper, beside=beside), wording)


def empty_panel(words: Words) -> Html:
    """Return the panel before a citation is chosen."""
    return _panel(empty_source(words), words)


def _panel(content: Html, words: Words) -> Html:
    return tag("section", content, class_="panel", aria_label=words.say("panel"))
