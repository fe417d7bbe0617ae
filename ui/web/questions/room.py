"""The room of one's own conversations in gradio: searched, opened again, named, deleted, and got back."""

from typing import Any

import gradio as gr

from corpus import RapporteurError
from ui.web.access.visitor import LOCAL
from ui.web.links import parse_address
from ui.web.markup import Html
from ui.web.memory.values import Removed
from ui.web.notices import trouble
from ui.web.questions.view import questions_view
from ui.web.region import DRAW, Region, spoken, told
from ui.web.services import Services
from ui.wording import Words


class QuestionsRoom:
    """What a visitor asked before."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self.region = Region("history")
        # What was deleted last: held by the open page alone, so that it is in no file any more.
        self.removed: Any = gr.State(None)

    def connect(self, language: Any) -> None:
        """Bind the events; `language` is the component that holds the page's language."""
        given = [self.removed, language]
        self.region.html.select(self.on_draw, given, [self.region.html], **DRAW)
        self.region.html.submit(self.on_deed, given, [self.region.html, self.removed], **DRAW)

    def on_draw(self, removed: Removed | None, language: str, request: gr.Request, event: gr.EventData) -> Html:
        """Draw the list that the address asks for."""
        return self._drawn(told(event).get("address", ""), removed, spoken(language, event), request)

    def on_deed(
        self, removed: Removed | None, language: str, request: gr.Request, event: gr.EventData
    ) -> tuple[Html, Removed | None]:
        """Name a conversation, delete it, or all, or keep again what was deleted last."""
        deed, user, memory = told(event), self.services.visitor(request).name, self.services.memory
        name, id = deed.get("do"), deed.get("id", "")
        try:
            if name == "name_conversation":
                memory.name_conversation(user, id, deed.get("title", ""))
            elif name == "delete_all" or (name == "delete_conversation" and id):
                removed = memory.delete(user, id if name == "delete_conversation" else "") or removed
            elif name == "undo_delete" and removed:
                memory.restore(removed)
                removed = None
        except RapporteurError as error:
            return trouble(str(error)), removed
        return self._drawn(deed.get("address", ""), removed, spoken(language, event), request), removed

    def _drawn(self, address: str, removed: Removed | None, wording: Words, request: gr.Request) -> Html:
        search = parse_address(address)[1].get("search", "")
        try:
            found = self.services.memory.conversations(self.services.visitor(request).name, search)
        except RapporteurError as error:
            return trouble(str(error))
        is_shared = self.services.visitor(request) == LOCAL
        return questions_view(found, search, wording, deleted=len(removed or ()), is_shared=is_shared)
