"""The room over all records in gradio: one region in which the view of an address is drawn."""

from typing import Any

import gradio as gr

from corpus import RapporteurError
from ui.web.browse.views import browse
from ui.web.markup import Html
from ui.web.notices import trouble
from ui.web.region import DRAW, Region, spoken, told
from ui.web.services import Services


class BrowseRoom:
    """Views over all records."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self.region = Region("browse")

    def connect(self, language: Any) -> None:
        """Bind the events; `language` is the component that holds the page's language."""
        self.region.html.select(self.on_draw, [language], [self.region.html], **DRAW)

    def on_draw(self, language: str, request: gr.Request, event: gr.EventData) -> Html:
        """Draw the view that the address names."""
        try:
            address, visitor = told(event).get("address", ""), self.services.visitor(request)
            return browse(self.services.desk.shelf(), address, spoken(language, event), visitor)
        except RapporteurError as error:
            return trouble(str(error))
