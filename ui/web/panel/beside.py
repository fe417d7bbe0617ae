"""The panel in gradio: a region beside the rooms in which the record of a citation opens."""

from typing import Any

import gradio as gr

from corpus import RapporteurError
from ui.web.markup import Html, tag
from ui.web.notices import trouble
from ui.web.panel.source import empty_source, open_near, open_place
from ui.web.region import DRAW, Region, spoken, told
from ui.web.services import Services
from ui.wording import Words, words


class Panel:
    """One record at a time, whichever room its citation stands in."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self.region = Region("source", empty_panel(words()))

    def connect(self, language: Any) -> None:
        """Bind the events; `language` is the component that holds the page's language."""
        self.region.html.select(self.on_open, [language], [self.region.html], **DRAW)

    def on_open(self, language: str, event: gr.EventData, request: gr.Request) -> Html:
        """Open the record of a numbered source."""
        wording, asked = spoken(language, event), told(event)
        try:
            shelf = self.services.desk.shelf()
        except RapporteurError as error:
            return _panel(trouble(str(error)), wording)
        if shelf is None:
            return empty_panel(wording)
        quote = asked.get("quote", "")
        if near := asked.get("near"):
            return _panel(open_near(shelf, near, quote, wording), wording)
        is_keeper = self.services.visitor(request).is_keeper
        return _panel(open_place(shelf, asked.get("cite", ""), quote, wording, is_keeper=is_keeper), wording)


def empty_panel(words: Words) -> Html:
    """Return the panel before a citation is chosen."""
    return _panel(empty_source(words), words)


def _panel(content: Html, words: Words) -> Html:
    return tag("section", content, class_="panel", aria_label=words.say("panel"))
