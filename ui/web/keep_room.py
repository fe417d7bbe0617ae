"""The room of those who keep the records: files come in, the index is regenerated, earlier ones are kept."""

from typing import Any

import gradio as gr

from ui.web.office import Office
from ui.web.region import Region
from ui.wording import Words, words


class KeepRoom:
    """Uploads, previews, regeneration and generations; only keepers see more than a sentence, whoever calls."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.upload: Any = gr.File(
            label=words().say("keep_upload"), file_count="multiple", elem_id="upload", visible=False
        )
        self.progress = Region("build-progress")
        self.region = Region("keep")

    def connect(self, language: Any) -> None:
        """Bind the events; `language` is the component that holds the page's language."""

    @property
    def worded(self) -> list[Any]:
        return []

    def in_words(self, wording: Words) -> tuple[Any, ...]:
        return ()
