"""A region: a part of the page whose markup the server makes and whose clicks and forms `page.js` sends back."""

import json
from typing import Any

import gradio as gr

from ui.wording import Words, words

STREAM: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
"""Settings of events that answer more than once: no veil over what is being read, no listed endpoint."""
DRAW: dict[str, Any] = STREAM | {"queue": False, "trigger_mode": "multiple"}
"""Settings of events that answer once: a request with its own answer.

The queue of gradio sends answers through one stream for a page, closes it when nothing is left to answer, and loses an
event that joins while it closes. Without `multiple` a click is dropped that comes while the last one is being answered.
"""


class Region:
    """One `gr.HTML` with gradio's default template, which inserts a finished value and never runs it.

    Its ``select`` event carries an address or a place to show, its ``submit`` event a deed.
    """

    def __init__(self, name: str, value: str = "") -> None:
        self.html: Any = gr.HTML(
            value,
            elem_id=name,
            apply_default_css=False,
            js_on_load=f"window.rapporteur.region({json.dumps(name)}, element, trigger)",
        )


def spoken(language: str, event: gr.EventData) -> Words:
    """The wording that the script saw on the page; the component's value may lag behind a moment after loading."""
    return words(told(event).get("spoken") or language)


def told(event: gr.EventData) -> dict[str, str]:
    """What the browser sent with an event, texts only; empty for anything but an object."""
    try:
        data = event.told
    except (AttributeError, TypeError):  # gradio looks for it in whatever was sent
        return {}
    if not isinstance(data, dict):
        return {}
    return {str(name): str(value) for name, value in data.items() if isinstance(value, (str, int))}
