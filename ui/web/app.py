"""The chat page in gradio: its parts, its events, and the server that offers it.

Every text of a report, a question or a file reaches the browser as escaped HTML made by `markup`; the only
template is gradio's default `${value}`, which inserts the finished value and never runs it.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr

from corpus import RapporteurError
from ui.web import conversation
from ui.web.desk import Desk
from ui.web.markup import Html
from ui.web.rebuild import rebuild
from ui.web.records import index_state, no_index, trouble
from ui.web.source import empty_source
from ui.web.view import header, panel, transcript
from ui.wording import LANGUAGES, Words, preferred, words

_HERE = Path(__file__).parent
# Questions answered at the same time; encoding uses every core already, so more only shares them.
_AT_ONCE = 4


class _Page:
    """The parts of the page and what their events do."""

    def __init__(self, desk: Desk, folder: Path | None, *, is_fixed: bool) -> None:
        self.desk = desk
        self.folder = folder
        self.is_fixed = is_fixed
        say = words().say
        self.exchanges: Any = gr.State(())
        self.place: Any = gr.State({})
        with gr.Row(elem_id="top"):
            self.header = gr.HTML(header(words()), elem_id="header", apply_default_css=False)
            choices = [(words(code).say("language"), code) for code in LANGUAGES]
            self.language = gr.Radio(choices, value="en", label=say("choose_language"), elem_id="language")
        with gr.Row(elem_id="desk"):
            with gr.Column(elem_id="chat"):
                with gr.Accordion(say("records"), open=False, elem_id="records") as self.records:
                    self.state = gr.HTML(elem_id="index-state", apply_default_css=False)
                    with gr.Row(elem_id="build"):
                        self.path = gr.Textbox(
                            str(folder or ""),
                            label=say("folder"),
                            placeholder=say("folder_hint"),
                            interactive=not is_fixed,
                            elem_id="folder",
                        )
                        self.build = gr.Button(say("regenerate"), elem_id="regenerate")
                    self.receipt = gr.HTML(elem_id="receipt", apply_default_css=False)
                # Hidden until it is known whether there is an index to ask.
                self.transcript = gr.HTML(
                    transcript((), words()),
                    visible="hidden",
                    elem_id="conversation",
                    apply_default_css=False,
                    js_on_load=(_HERE / "page.js").read_text(encoding="utf-8"),
                )
                with gr.Row(elem_id="composer", visible="hidden") as self.composer:
                    self.question = gr.Textbox(
                        label=say("question_label"),
                        placeholder=say("question_hint"),
                        max_lines=6,
                        max_length=conversation.MAX_QUESTION,
                        autofocus=True,
                        elem_id="question",
                    )
                    self.ask = gr.Button(say("ask"), variant="primary", elem_id="ask")
                    self.stop = gr.Button(say("stop"), visible=False, elem_id="stop")
                    self.clear = gr.Button(say("clear"), elem_id="clear")
            with gr.Column(elem_id="beside"):
                self.source = gr.HTML(panel(empty_source(words()), words()), elem_id="source", apply_default_css=False)
        self._connect()

    def _connect(self) -> None:
        talk = [self.transcript, self.exchanges, self.question, self.ask, self.stop]
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        # `multiple`: gradio's own guard would also drop the question that follows a stopped one; ours is in on_ask.
        asking: dict[str, Any] = quiet | {
            "concurrency_limit": _AT_ONCE,
            "concurrency_id": "ask",
            "trigger_mode": "multiple",
        }
        given = [self.question, self.exchanges, self.language]
        questions = [
            self.question.submit(self.on_ask, given, talk, **asking),
            self.ask.click(self.on_ask, given, talk, **asking),
            self.transcript.submit(self.on_example, [self.exchanges, self.language], talk, **asking),
        ]
        self.stop.click(self.on_stop, [self.exchanges, self.language], talk, cancels=questions, **quiet)
        self.clear.click(self.on_clear, [self.language], [*talk, self.source, self.place], cancels=questions, **quiet)
        opened = [self.source, self.place]
        self.transcript.select(self.on_source, [self.exchanges, self.language], opened, **quiet)

        building: dict[str, Any] = quiet | {"concurrency_limit": 1, "concurrency_id": "build"}
        around = [self.records, self.state, self.transcript, self.composer, self.build]
        for event in (self.build.click, self.path.submit):
            event(self.on_build, [self.path, self.language], [self.receipt, self.build], **building).then(
                self.on_built, [self.exchanges, self.language], around, **quiet
            )
        labels = [self.header, self.language, self.path, self.question, self.ask, self.stop, self.clear, self.source]
        seen = [self.exchanges, self.place, self.language]
        self.language.input(self.on_language, seen, [*labels, *around], **quiet)
        gr.on(None, self.on_load, None, [*labels, *around], **quiet)

    def on_ask(self, text: str, exchanges: conversation.Exchanges, language: str) -> Iterator[tuple[Any, ...]]:
        """Stream the conversation while a question is answered; one that comes before its end stays in the box."""
        if exchanges and exchanges[-1].is_open:
            yield (gr.skip(),) * 5
            return
        wording = words(language)
        latest = exchanges
        for latest in conversation.ask(self.desk, text, exchanges, wording):
            yield transcript(latest, wording), latest, "", gr.Button(visible=False), gr.Button(visible=True)
        yield gr.skip(), latest, gr.skip(), gr.Button(visible=True), gr.Button(visible=False)

    def on_example(
        self, exchanges: conversation.Exchanges, language: str, event: gr.EventData
    ) -> Iterator[tuple[Any, ...]]:
        """Ask one of the example questions, named by its place in the list."""
        examples = words(language).examples
        chosen = event._data.get("example") if isinstance(event._data, dict) else None
        if isinstance(chosen, int) and 0 <= chosen < len(examples):
            yield from self.on_ask(examples[chosen], exchanges, language)

    def on_stop(self, exchanges: conversation.Exchanges, language: str) -> tuple[Any, ...]:
        """Close the exchange that was growing."""
        stopped = conversation.stop(exchanges)
        shown = transcript(stopped, words(language))
        return shown, stopped, gr.skip(), gr.Button(visible=True), gr.Button(visible=False)

    def on_clear(self, language: str) -> tuple[Any, ...]:
        """Start a new conversation."""
        wording = words(language)
        shown, source = transcript((), wording), panel(empty_source(wording), wording)
        return shown, (), "", gr.Button(visible=True), gr.Button(visible=False), source, {}

    def on_source(
        self, exchanges: conversation.Exchanges, language: str, event: gr.EventData
    ) -> tuple[Html, dict[str, Any]]:
        """Open the report of a numbered source."""
        place = event._data if isinstance(event._data, dict) else {}
        return self._panel(exchanges, place, words(language)), place

    def on_build(self, folder: str, language: str) -> Iterator[tuple[Any, ...]]:
        """Stream the progress of indexing and its receipt."""
        path = str(self.folder or "") if self.is_fixed else folder
        for shown in rebuild(self.desk, path, words(language)):
            yield shown, gr.Button(interactive=False)
        yield gr.skip(), gr.Button(interactive=True)

    def on_built(self, exchanges: conversation.Exchanges, language: str) -> tuple[Any, ...]:
        """Show the state of the index after a build."""
        return self._around(exchanges, words(language))

    def on_language(self, exchanges: conversation.Exchanges, place: dict[str, Any], language: str) -> tuple[Any, ...]:
        """Put the page into another language."""
        wording = words(language)
        return (*self._labels(language), self._panel(exchanges, place, wording), *self._around(exchanges, wording))

    def on_load(self, request: gr.Request) -> tuple[Any, ...]:
        """Open the page in the language the browser asks for."""
        return self.on_language((), {}, preferred(request.headers.get("accept-language", "")))

    def _panel(self, exchanges: conversation.Exchanges, place: dict[str, Any], wording: Words) -> Html:
        cite, near = place.get("cite"), place.get("near")
        return panel(conversation.open_source(self.desk, exchanges, wording, cite=cite, near=near), wording)

    def _labels(self, language: str) -> tuple[Any, ...]:
        wording = words(language)
        say = wording.say
        return (
            header(wording),
            gr.Radio(value=language, label=say("choose_language")),
            gr.Textbox(label=say("folder"), placeholder=say("folder_hint")),
            gr.Textbox(label=say("question_label"), placeholder=say("question_hint")),
            say("ask"),
            say("stop"),
            say("clear"),
        )

    def _around(self, exchanges: conversation.Exchanges, wording: Words) -> tuple[Any, ...]:
        """Show the conversation when there is an index, else how to make one."""
        is_missing = False
        try:
            index = self.desk.index()
            is_missing = index is None
            state = no_index(wording) if index is None else index_state(index, wording)
        except RapporteurError as error:
            state = trouble(str(error))
        label = wording.say("no_index" if is_missing else "records")
        visible = "hidden" if is_missing else True
        return (
            gr.Accordion(label=label, open=True) if is_missing else gr.Accordion(label=label),
            state,
            gr.HTML(transcript(exchanges, wording), visible=visible),
            gr.Row(visible=visible),
            gr.Button(wording.say("build" if is_missing else "regenerate")),
        )


def build_page(desk: Desk, *, folder: Path | None = None, is_fixed: bool = False) -> gr.Blocks:
    """Return the chat page.

    Args:
        desk: Lends the assistant and builds the index.
        folder: Folder offered for indexing.
        is_fixed: Visitors may index `folder` only; for pages that other computers can reach.
    """
    with gr.Blocks(title="Rapporteur", analytics_enabled=False, fill_width=True) as blocks:
        _Page(desk, folder, is_fixed=is_fixed)
    return blocks
