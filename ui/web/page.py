"""The page in gradio: its frame, its rooms, the panel beside them, and what belongs to all of them."""

from typing import Any

import gradio as gr

from ui.web.access.visitor import LOCAL, Visitor
from ui.web.ask.room import AskRoom, Talk
from ui.web.browse.room import BrowseRoom
from ui.web.header import header
from ui.web.improve.room import ImproveRoom
from ui.web.keep.room import KeepRoom
from ui.web.panel.beside import Panel, empty_panel
from ui.web.questions.room import QuestionsRoom
from ui.web.region import DRAW, Region
from ui.web.services import Services
from ui.wording import LANGUAGES, preferred, words


class _Page:
    """The parts of the page and what their events do.

    Every text of a report, a question or a file reaches the browser as escaped HTML made by `markup`; the only
    template is gradio's default `${value}`, which inserts the finished value and never runs it.
    """

    def __init__(self, services: Services) -> None:
        self.services = services
        with gr.Row(elem_id="top"):
            # Keepers' rooms are added once it is known who visits.
            reader = Visitor(name="", role="reader")
            self.header = Region("header", header(words(), LOCAL if services.people.is_off else reader))
            choices = [(words(code).say("language"), code) for code in LANGUAGES]
            label = words().say("choose_language")
            self.language = gr.Radio(choices, value="en", label=label, elem_id="language")
        with gr.Row(elem_id="desk"):
            with gr.Column(elem_id="room-ask", elem_classes="room"):
                self.ask = AskRoom(services)
            with gr.Column(elem_id="room-browse", elem_classes="room"):
                self.browse = BrowseRoom(services)
            with gr.Column(elem_id="room-keep", elem_classes="room"):
                self.keep = KeepRoom(services)
            with gr.Column(elem_id="room-improve", elem_classes="room"):
                self.improve = ImproveRoom(services)
            with gr.Column(elem_id="room-history", elem_classes="room"):
                self.questions = QuestionsRoom(services)
            with gr.Column(elem_id="beside"):
                self.panel = Panel(services)
        self._connect()

    def _connect(self) -> None:
        for room in (self.ask, self.browse, self.keep, self.improve, self.questions, self.panel):
            room.connect(self.language)
        # The first index opens the room where people ask; a new one changes what can be asked.
        self.keep.built.then(self.on_built, [self.ask.talk, self.language], self.ask.worded, **DRAW)
        whole = [self.header.html, self.language, self.panel.region.html, *self.ask.worded, *self.keep.worded]
        self.language.input(self.on_language, [self.ask.talk, self.language], whole, **DRAW)
        gr.on(None, self.on_load, None, whole, **DRAW)

    def on_built(self, talk: Talk, language: str) -> tuple[Any, ...]:
        """Draw the conversation anew after a deed of a keeper."""
        return self.ask.in_words(talk, words(language))

    def on_language(self, talk: Talk, language: str, request: gr.Request) -> tuple[Any, ...]:
        """Put the page into another language; the script asks for the room anew that is open."""
        wording, visitor = words(language), self.services.visitor(request)
        return (
            header(wording, visitor),
            gr.Radio(value=language, label=wording.say("choose_language")),
            empty_panel(wording),
            *self.ask.in_words(talk, wording, visitor),
            *self.keep.in_words(wording, visitor),
        )

    def on_load(self, request: gr.Request) -> tuple[Any, ...]:
        """Open the page in the language chosen on it before, else in the one the browser asks for."""
        asked = f"{request.cookies.get('rapporteur-language', '')},{request.headers.get('accept-language', '')}"
        return self.on_language(Talk(), preferred(asked), request)


def build_page(services: Services) -> gr.Blocks:
    """Return the page of some services."""
    with gr.Blocks(title="Rapporteur", analytics_enabled=False, fill_width=True) as blocks:
        _Page(services)
    return blocks
