"""The room of one's own conversations: searched, opened again, deleted."""

from typing import Any

import gradio as gr

from corpus import RapporteurError
from ui.web.history import history_view
from ui.web.links import parse_address
from ui.web.markup import Html
from ui.web.office import Office
from ui.web.records import trouble
from ui.web.region import DRAW, Region, spoken, told
from ui.wording import Words


class HistoryRoom:
    """What a visitor asked before."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.region = Region("history")

    def connect(self, language: Any) -> None:
        """Bind the events; `language` is the component that holds the page's language."""
        self.region.html.select(self.on_draw, [language], [self.region.html], **DRAW)
        self.region.html.submit(self.on_deed, [language], [self.region.html], **DRAW)

    def on_draw(self, language: str, request: gr.Request, event: gr.EventData) -> Html:
        """Draw the list that the address asks for."""
        return self._drawn(told(event).get("address", ""), spoken(language, event), request)

    def on_deed(self, language: str, request: gr.Request, event: gr.EventData) -> Html:
        """Delete one conversation, or all."""
        deed, user = told(event), self.office.visitor(request).name
        try:
            if deed.get("do") == "delete_conversation":
                self.office.memory.delete_conversation(user, deed.get("id", ""))
            elif deed.get("do") == "delete_all":
                self.office.memory.delete_all(user)
        except RapporteurError as error:
            return trouble(str(error))
        return self._drawn(deed.get("address", ""), spoken(language, event), request)

    def _drawn(self, address: str, wording: Words, request: gr.Request) -> Html:
        search = parse_address(address)[1].get("search", "")
        try:
            found = self.office.memory.conversations(self.office.visitor(request).name, search)
        except RapporteurError as error:
            return trouble(str(error))
        return history_view(found, search, wording)
