"""The page in gradio: its frame, its rooms, the panel beside them, and what belongs to all of them.

Every text of a report, a question or a file reaches the browser as escaped HTML made by `markup`; the only
template is gradio's default `${value}`, which inserts the finished value and never runs it.
"""

from typing import Any

import gradio as gr

from corpus import RapporteurError
from ui.web.ask_room import AskRoom, Talk
from ui.web.browse_room import browse
from ui.web.frame import header
from ui.web.history_room import HistoryRoom
from ui.web.improve_room import ImproveRoom
from ui.web.keep_room import KeepRoom
from ui.web.markup import Html, tag
from ui.web.office import Office
from ui.web.records import trouble
from ui.web.region import DRAW, QUIET, Region, spoken, told
from ui.web.source import empty_source, open_near, open_place
from ui.web.visitor import LOCAL, Visitor
from ui.wording import LANGUAGES, Words, preferred, words


class _Page:
    """The parts of the page and what their events do."""

    def __init__(self, office: Office) -> None:
        self.office = office
        with gr.Row(elem_id="top"):
            # Keepers' rooms are added once it is known who visits.
            reader = Visitor(name="", role="reader")
            self.header = Region("header", header(words(), LOCAL if office.people.is_off else reader))
            choices = [(words(code).say("language"), code) for code in LANGUAGES]
            label = words().say("choose_language")
            self.language = gr.Radio(choices, value="en", label=label, elem_id="language")
        with gr.Row(elem_id="desk"):
            with gr.Column(elem_id="room-ask", elem_classes="room"):
                self.ask = AskRoom(office)
            with gr.Column(elem_id="room-browse", elem_classes="room"):
                self.browse = Region("browse")
            with gr.Column(elem_id="room-keep", elem_classes="room"):
                self.keep = KeepRoom(office)
            with gr.Column(elem_id="room-improve", elem_classes="room"):
                self.improve = ImproveRoom(office)
            with gr.Column(elem_id="room-history", elem_classes="room"):
                self.history = HistoryRoom(office)
            with gr.Column(elem_id="beside"):
                self.source = Region("source", panel(empty_source(words()), words()))
        self._connect()

    def _connect(self) -> None:
        for room in (self.ask, self.keep, self.improve, self.history):
            room.connect(self.language)
        self.browse.html.select(self.on_browse, [self.language], [self.browse.html], **DRAW)
        self.source.html.select(self.on_source, [self.language], [self.source.html], **DRAW)
        # The first index opens the room where people ask; a new one changes what can be asked.
        self.keep.built.then(self.on_built, [self.ask.talk, self.language], self.ask.worded, **QUIET)
        whole = [self.header.html, self.language, self.source.html, *self.ask.worded, *self.keep.worded]
        self.language.input(self.on_language, [self.ask.talk, self.language], whole, **DRAW)
        gr.on(None, self.on_load, None, whole, **QUIET)

    def on_browse(self, language: str, event: gr.EventData) -> Html:
        """Draw a view over all records."""
        wording = spoken(language, event)
        try:
            return browse(self.office.desk.shelf(), told(event).get("address", ""), wording)
        except RapporteurError as error:
            return trouble(str(error))

    def on_source(self, language: str, event: gr.EventData) -> Html:
        """Open the record of a numbered source."""
        wording, asked = spoken(language, event), told(event)
        shown = open_near if "near" in asked else open_place
        place = asked.get("near") or asked.get("cite", "")
        try:
            shelf = self.office.desk.shelf()
        except RapporteurError as error:
            return panel(trouble(str(error)), wording)
        opened = empty_source(wording) if shelf is None else shown(shelf, place, asked.get("quote", ""), wording)
        return panel(opened, wording)

    def on_built(self, talk: Talk, language: str) -> tuple[Any, ...]:
        """Draw the conversation anew after a deed of a keeper."""
        return self.ask.in_words(talk, words(language))

    def on_language(self, talk: Talk, language: str, request: gr.Request) -> tuple[Any, ...]:
        """Put the page into another language; the script asks for the room anew that is open."""
        wording, visitor = words(language), self.office.visitor(request)
        return (
            header(wording, visitor),
            gr.Radio(value=language, label=wording.say("choose_language")),
            panel(empty_source(wording), wording),
            *self.ask.in_words(talk, wording),
            *self.keep.in_words(wording, visitor),
        )

    def on_load(self, request: gr.Request) -> tuple[Any, ...]:
        """Open the page in the language the browser asks for."""
        return self.on_language(Talk(), preferred(request.headers.get("accept-language", "")), request)


def panel(content: Html, words: Words) -> Html:
    """Return the region beside the rooms that holds a source."""
    return tag("section", content, class_="panel", aria_label=words.say("panel"))


def build_page(office: Office) -> gr.Blocks:
    """Return the page of an office."""
    with gr.Blocks(title="Rapporteur", analytics_enabled=False, fill_width=True) as blocks:
        _Page(office)
    return blocks
