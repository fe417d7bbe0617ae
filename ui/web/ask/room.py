"""The room where people ask in gradio: conversation, filters, question box, and what their events do."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import gradio as gr

from assistant import Filters
from corpus import RapporteurError
from ui.web.access.visitor import LOCAL, Visitor
from ui.web.ask import asking
from ui.web.ask.audit import append_audit
from ui.web.ask.filters import faults_of, filters_html, filters_of, read_values, without
from ui.web.ask.thumbs import give
from ui.web.ask.transcript import transcript
from ui.web.links import parse_address
from ui.web.markup import Html
from ui.web.notices import no_index, trouble
from ui.web.region import DRAW, STREAM, Region, spoken, told
from ui.web.services import Services
from ui.wording import Words, words

# Questions answered at the same time; encoding uses every core already, so more only shares them.
_AT_ONCE = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """One visitor's conversation; `id` is what it is kept under, empty before its first answer."""

    exchanges: asking.Exchanges = ()
    filters: Filters = field(default=Filters())
    id: str = ""


class AskRoom:
    """The conversation of each visitor."""

    def __init__(self, services: Services) -> None:
        self.services = services
        say = words().say
        self.talk: Any = gr.State(Talk())
        # Of each browser page the number of its question: a stopped one that still runs finds that it is none any more.
        self._asking: Counter[str] = Counter()
        # Drawn once the browser's language and the index are known.
        self.transcript = Region("conversation")
        self.filters = Region("filters")
        with gr.Row(elem_id="composer", visible="hidden") as self.composer:
            self.question = gr.Textbox(
                label=say("question_label"),
                placeholder=say("question_hint"),
                max_lines=6,
                max_length=asking.MAX_QUESTION,
                autofocus=True,
                elem_id="question",
            )
            self.ask = gr.Button(say("ask"), variant="primary", elem_id="ask")
            self.stop = gr.Button(say("stop"), visible=False, elem_id="stop")
            self.clear = gr.Button(say("clear"), elem_id="clear")

    def connect(self, language: Any) -> None:
        """Bind the events; `language` is the component that holds the page's language."""
        talk = [self.transcript.html, self.talk, self.question, self.ask, self.stop, self.filters.html]
        # `multiple`: gradio's own guard would also drop the question that follows a stopped one; ours is in `_stream`.
        asking = STREAM | {"concurrency_limit": _AT_ONCE, "concurrency_id": "ask", "trigger_mode": "multiple"}
        given = [self.question, self.talk, language]
        questions = [
            self.question.submit(self.on_ask, given, talk, **asking),
            self.ask.click(self.on_ask, given, talk, **asking),
            self.transcript.html.submit(self.on_deed, [self.talk, language], talk, **asking),
        ]
        self.stop.click(self.on_stop, [self.talk, language], talk, cancels=questions, **DRAW)
        self.clear.click(self.on_clear, [self.talk, language], talk, cancels=questions, **DRAW)
        self.transcript.html.select(self.on_open, [self.talk, language], talk, **DRAW)
        self.filters.html.submit(self.on_filters, [self.talk, language], [self.filters.html, self.talk], **DRAW)

    @property
    def worded(self) -> list[Any]:
        """What is drawn anew in another language; `in_words` gives its values in this order."""
        return [self.question, self.ask, self.stop, self.clear, self.transcript.html, self.filters.html, self.composer]

    def in_words(self, talk: Talk, wording: Words, visitor: Visitor = LOCAL) -> tuple[Any, ...]:
        """The room in a language: the conversation where there is an index, else how to make one."""
        say = wording.say
        is_open = False
        bounds = Html()
        try:
            shelf = self.services.desk.shelf()
            is_open = shelf is not None
            shown = transcript(talk.exchanges, wording, talk.id, visitor) if is_open else no_index(wording, visitor)
            bounds = filters_html(shelf, talk.filters, wording)
        except RapporteurError as error:
            shown = trouble(str(error))
        return (
            gr.Textbox(label=say("question_label"), placeholder=say("question_hint")),
            say("ask"),
            say("stop"),
            say("clear"),
            shown,
            bounds,
            gr.Row(visible=True if is_open else "hidden"),
        )

    def on_ask(self, text: str, talk: Talk, language: str, request: gr.Request) -> Iterator[tuple[Any, ...]]:
        """Stream the conversation while a question is answered; one that comes before its end stays in the box."""
        wording = words(language)
        asked = asking.ask(self.services.desk, text, talk.exchanges, wording, filters=talk.filters)
        yield from self._stream(asked, talk, wording, request)

    def on_deed(self, talk: Talk, language: str, request: gr.Request, event: gr.EventData) -> Iterator[tuple[Any, ...]]:
        """A question that is offered, one asked otherwise, or what the visitor says of an answer."""
        deed, wording = told(event), spoken(language, event)
        asked = asking.ask_by_deed(self.services.desk, deed, talk.exchanges, wording, filters=talk.filters)
        if asked is None:
            yield self._judged(deed, talk, wording, request)
            return
        bounds = None
        if deed["do"] == "widen":
            talk = replace(talk, filters=without(talk.filters, deed.get("name", "")))
            bounds = self._bounds(talk, wording)
        yield from self._stream(asked, talk, wording, request, box=gr.skip(), bounds=bounds)

    def on_open(self, talk: Talk, language: str, request: gr.Request, event: gr.EventData) -> tuple[Any, ...]:
        """Open a conversation of before, named in the address."""
        wording = spoken(language, event)
        _, query = parse_address(told(event).get("address"))
        name = query.get("conversation", "")
        kept = self.services.memory.conversation(self.services.visitor(request).name, name)
        if not kept:
            gone = (asking.Exchange(question="…", trouble=wording.say("conversation_gone")),)
            return transcript(gone, wording), Talk(exchanges=gone, filters=talk.filters), *_resting()
        exchanges = asking.of_before(self.services.desk, kept, wording)
        last = kept[-1].answer
        opened = Talk(exchanges=exchanges, filters=last.question.filters if last else Filters(), id=name)
        return transcript(exchanges, wording, name), opened, *_resting(bounds=self._bounds(opened, wording))

    def on_stop(self, talk: Talk, language: str, request: gr.Request) -> tuple[Any, ...]:
        """Close the exchange that was growing."""
        stopped = replace(talk, exchanges=asking.stop(talk.exchanges))
        if stopped.exchanges != talk.exchanges:
            self._next(request)
            self._audit(stopped.exchanges[-1], self.services.visitor(request))
        return transcript(stopped.exchanges, words(language), stopped.id), stopped, *_resting()

    def on_clear(self, talk: Talk, language: str, request: gr.Request) -> tuple[Any, ...]:
        """Start a new conversation, over all records again."""
        self.on_stop(talk, language, request)
        wording, begun = words(language), Talk()
        visitor = self.services.visitor(request)
        return transcript((), wording, visitor=visitor), begun, *_resting(box="", bounds=self._bounds(begun, wording))

    def on_filters(self, talk: Talk, language: str, event: gr.EventData) -> tuple[Any, ...]:
        """Set the bounds for the questions to come; values that are none are said and change nothing."""
        wording, deed = spoken(language, event), told(event)
        typed = read_values({} if deed.get("do") == "reset_filters" else deed)
        try:
            shelf = self.services.desk.shelf()
        except RapporteurError as error:
            return trouble(str(error)), talk
        faults = faults_of(typed, shelf, wording)
        if faults:
            return filters_html(shelf, talk.filters, wording, faults, typed), talk
        narrowed = replace(talk, filters=filters_of(typed))
        return filters_html(shelf, narrowed.filters, wording), narrowed

    def _bounds(self, talk: Talk, wording: Words) -> Html:
        """The form of the filters with those that hold."""
        try:
            return filters_html(self.services.desk.shelf(), talk.filters, wording)
        except RapporteurError as error:
            return trouble(str(error))

    def _stream(
        self,
        asked: Iterator[asking.Exchanges],
        talk: Talk,
        wording: Words,
        request: gr.Request,
        box: Any = "",
        bounds: Any = None,
    ) -> Iterator[tuple[Any, ...]]:
        if talk.exchanges and talk.exchanges[-1].is_open:
            yield (gr.skip(),) * 6
            return
        latest, bounds = talk, bounds or gr.skip()
        mine = self._next(request)
        for exchanges in asked:
            if self._asking[str(request.session_hash)] != mine:
                return
            latest = replace(latest, exchanges=exchanges)
            if not exchanges[-1].is_open:
                latest = self._keep(latest, request)
            shown = transcript(latest.exchanges, wording, latest.id)
            yield shown, latest, box, gr.Button(visible=False), gr.Button(visible=True), bounds
            box = bounds = gr.skip()  # what is typed meanwhile stays
        yield gr.skip(), latest, *_resting()

    def _next(self, request: gr.Request) -> int:
        self._asking[str(request.session_hash)] += 1
        return self._asking[str(request.session_hash)]

    def _keep(self, talk: Talk, request: gr.Request) -> Talk:
        """The conversation with its last answer kept and audited; one that cannot be kept is still shown."""
        *earlier, last = talk.exchanges
        visitor, memory = self.services.visitor(request), self.services.memory
        try:
            self._audit(last, visitor)
            if last.answer is None:
                return talk
            name = talk.id or memory.start(visitor.name)
            turn = memory.keep_turn(visitor.name, name, last.answer)
        except RapporteurError as error:
            return replace(talk, exchanges=(*earlier, replace(last, trouble=str(error))))
        return replace(talk, exchanges=(*earlier, replace(last, turn=turn)), id=name)

    def _audit(self, exchange: asking.Exchange, visitor: Visitor) -> None:
        """One line for a question, whatever became of it."""
        answer = exchange.answer
        unfinished = "stopped" if exchange.stopped else "failed"
        append_audit(
            self.services.data,
            user=visitor.name,
            question=exchange.question,
            route=answer.route if answer else "",
            status=answer.status if answer and answer.final else unfinished,
            generation=answer.index.generation if answer else "",
            seconds=answer.seconds if answer else 0.0,
        )

    def _judged(self, deed: dict[str, str], talk: Talk, wording: Words, request: gr.Request) -> tuple[Any, ...]:
        """The conversation after a visitor's thumb on an answer."""
        memory, user, turn = self.services.memory, self.services.visitor(request).name, deed.get("turn", "")
        try:
            give(memory, user, deed)
            kept = memory.turn(user, turn)
        except RapporteurError:
            kept = None
        feedback = kept.feedback if kept else None
        exchanges = tuple(replace(one, feedback=feedback) if one.turn == turn else one for one in talk.exchanges)
        return transcript(exchanges, wording, talk.id), replace(talk, exchanges=exchanges), *(gr.skip(),) * 4


def _resting(box: Any = None, bounds: Any = None) -> tuple[Any, ...]:
    """Question box, buttons and filters while nothing is being answered; box and filters as they are unless given."""
    told = (gr.skip() if one is None else one for one in (box, bounds))
    return next(told), gr.Button(visible=True), gr.Button(visible=False), next(told)
