"""The room where people ask: conversation, filters and question box in gradio, and what their events do."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import gradio as gr

from assistant import Filters
from corpus import RapporteurError, UsageError
from ui.web import conversation
from ui.web.audit import append_audit
from ui.web.exchange import Exchange, transcript
from ui.web.feedback import give
from ui.web.filters import filters_html, read_filters
from ui.web.kept import KeptTurn
from ui.web.links import parse_address
from ui.web.markup import Html
from ui.web.office import Office
from ui.web.records import no_index, trouble
from ui.web.region import DRAW, QUIET, Region, spoken, told
from ui.web.visitor import Visitor
from ui.wording import Words, words

# Questions answered at the same time; encoding uses every core already, so more only shares them.
_AT_ONCE = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """One visitor's conversation; `id` is what it is kept under, empty before its first answer."""

    exchanges: conversation.Exchanges = ()
    filters: Filters = field(default=Filters())
    id: str = ""


class AskRoom:
    """The conversation of each visitor."""

    def __init__(self, office: Office) -> None:
        self.office = office
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
                max_length=conversation.MAX_QUESTION,
                autofocus=True,
                elem_id="question",
            )
            self.ask = gr.Button(say("ask"), variant="primary", elem_id="ask")
            self.stop = gr.Button(say("stop"), visible=False, elem_id="stop")
            self.clear = gr.Button(say("clear"), elem_id="clear")

    def connect(self, language: Any) -> None:
        """Bind the events; `language` is the component that holds the page's language."""
        talk = [self.transcript.html, self.talk, self.question, self.ask, self.stop]
        # `multiple`: gradio's own guard would also drop the question that follows a stopped one; ours is in `_stream`.
        asking = QUIET | {"concurrency_limit": _AT_ONCE, "concurrency_id": "ask", "trigger_mode": "multiple"}
        given = [self.question, self.talk, language]
        questions = [
            self.question.submit(self.on_ask, given, talk, **asking),
            self.ask.click(self.on_ask, given, talk, **asking),
            self.transcript.html.submit(self.on_deed, [self.talk, language], talk, **asking),
        ]
        self.stop.click(self.on_stop, [self.talk, language], talk, cancels=questions, **QUIET)
        self.clear.click(self.on_clear, [self.talk, language], talk, cancels=questions, **QUIET)
        self.transcript.html.select(self.on_open, [self.talk, language], talk, **DRAW)
        self.filters.html.submit(self.on_filters, [self.talk, language], [self.filters.html, self.talk], **DRAW)

    @property
    def worded(self) -> list[Any]:
        """What is drawn anew in another language; `in_words` gives its values in this order."""
        return [self.question, self.ask, self.stop, self.clear, self.transcript.html, self.filters.html, self.composer]

    def in_words(self, talk: Talk, wording: Words) -> tuple[Any, ...]:
        """The room in a language: the conversation where there is an index, else how to make one."""
        say = wording.say
        is_open = False
        bounds = Html()
        try:
            shelf = self.office.desk.shelf()
            is_open = shelf is not None
            shown = transcript(talk.exchanges, wording) if is_open else no_index(wording)
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
        asked = conversation.ask(self.office.desk, text, talk.exchanges, wording, filters=talk.filters)
        yield from self._stream(asked, talk, wording, request)

    def on_deed(self, talk: Talk, language: str, request: gr.Request, event: gr.EventData) -> Iterator[tuple[Any, ...]]:
        """An example, another route, the question as it was written, or what the visitor says of an answer."""
        deed, wording, desk = told(event), spoken(language, event), self.office.desk
        name, number = deed.get("do"), _whole(deed.get("number"))
        if name == "example":
            chosen = dict(enumerate(wording.examples)).get(_whole(deed.get("example")), "")
            asked = conversation.ask(desk, chosen, talk.exchanges, wording, filters=talk.filters)
        elif name == "route":
            route = deed.get("route", "")
            asked = conversation.ask_otherwise(desk, number, talk.exchanges, wording, route=route)
        elif name == "alone":
            asked = conversation.ask_otherwise(desk, number, talk.exchanges, wording, alone=True)
        else:
            yield self._judged(deed, talk, wording, request)
            return
        yield from self._stream(asked, talk, wording, request, keeps_box=True)

    def on_open(self, talk: Talk, language: str, request: gr.Request, event: gr.EventData) -> tuple[Any, ...]:
        """Open a conversation of before, named in the address."""
        wording = spoken(language, event)
        _, query = parse_address(told(event).get("address"))
        name = query.get("conversation", "")
        kept = self.office.memory.conversation(self.office.visitor(request).name, name)
        if not kept:
            gone = (Exchange(question="…", trouble=wording.say("conversation_gone")),)
            return transcript(gone, wording), Talk(exchanges=gone, filters=talk.filters), gr.skip(), *_resting()
        exchanges = tuple(_kept(turn, wording) for turn in kept)
        opened = replace(talk, exchanges=exchanges, id=name)
        return transcript(exchanges, wording), opened, gr.skip(), *_resting()

    def on_stop(self, talk: Talk, language: str, request: gr.Request) -> tuple[Any, ...]:
        """Close the exchange that was growing."""
        stopped = replace(talk, exchanges=conversation.stop(talk.exchanges))
        if stopped.exchanges != talk.exchanges:
            self._next(request)
            self._audit(stopped.exchanges[-1], self.office.visitor(request))
        return transcript(stopped.exchanges, words(language)), stopped, gr.skip(), *_resting()

    def on_clear(self, talk: Talk, language: str, request: gr.Request) -> tuple[Any, ...]:
        """Start a new conversation; the filters hold on."""
        self.on_stop(talk, language, request)
        return transcript((), words(language)), Talk(filters=talk.filters), "", *_resting()

    def on_filters(self, talk: Talk, language: str, event: gr.EventData) -> tuple[Any, ...]:
        """Set the bounds for the questions to come; values that are none are said and change nothing."""
        wording, deed = spoken(language, event), told(event)
        try:
            shelf = self.office.desk.shelf()
            filters = Filters() if deed.get("do") == "reset_filters" else read_filters(deed)
        except UsageError as error:
            return filters_html(shelf, talk.filters, wording, str(error)), talk
        except RapporteurError as error:
            return trouble(str(error)), talk
        return filters_html(shelf, filters, wording), replace(talk, filters=filters)

    def _stream(
        self,
        asked: Iterator[conversation.Exchanges],
        talk: Talk,
        wording: Words,
        request: gr.Request,
        keeps_box: bool = False,
    ) -> Iterator[tuple[Any, ...]]:
        if talk.exchanges and talk.exchanges[-1].is_open:
            yield (gr.skip(),) * 5
            return
        latest, box = talk, gr.skip() if keeps_box else ""
        mine = self._next(request)
        for exchanges in asked:
            if self._asking[str(request.session_hash)] != mine:
                return
            latest = replace(latest, exchanges=exchanges)
            if not exchanges[-1].is_open:
                latest = self._keep(latest, request)
            shown = transcript(latest.exchanges, wording)
            yield shown, latest, box, gr.Button(visible=False), gr.Button(visible=True)
        yield gr.skip(), latest, gr.skip(), *_resting()

    def _next(self, request: gr.Request) -> int:
        self._asking[str(request.session_hash)] += 1
        return self._asking[str(request.session_hash)]

    def _keep(self, talk: Talk, request: gr.Request) -> Talk:
        """The conversation with its last answer kept and audited; one that cannot be kept is still shown."""
        *earlier, last = talk.exchanges
        visitor, memory = self.office.visitor(request), self.office.memory
        try:
            self._audit(last, visitor)
            if last.answer is None:
                return talk
            name = talk.id or memory.start(visitor.name)
            turn = memory.keep_turn(visitor.name, name, last.answer)
        except RapporteurError as error:
            return replace(talk, exchanges=(*earlier, replace(last, trouble=str(error))))
        return replace(talk, exchanges=(*earlier, replace(last, turn=turn)), id=name)

    def _audit(self, exchange: Exchange, visitor: Visitor) -> None:
        """One line for a question, whatever became of it."""
        answer = exchange.answer
        unfinished = "stopped" if exchange.stopped else "failed"
        append_audit(
            self.office.data,
            user=visitor.name,
            question=exchange.question,
            route=answer.route if answer else "",
            status=answer.status if answer and answer.final else unfinished,
            generation=answer.index.generation if answer else "",
            seconds=answer.seconds if answer else 0.0,
        )

    def _judged(self, deed: dict[str, str], talk: Talk, wording: Words, request: gr.Request) -> tuple[Any, ...]:
        """The conversation after a visitor's thumb on an answer."""
        memory, user, turn = self.office.memory, self.office.visitor(request).name, deed.get("turn", "")
        try:
            give(memory, user, deed)
            kept = memory.turn(user, turn)
        except RapporteurError:
            kept = None
        feedback = kept.feedback if kept else None
        exchanges = tuple(replace(one, feedback=feedback) if one.turn == turn else one for one in talk.exchanges)
        return transcript(exchanges, wording), replace(talk, exchanges=exchanges), *(gr.skip(),) * 3


def _kept(turn: KeptTurn, wording: Words) -> Exchange:
    """A turn of before; one whose answer can no longer be read says so."""
    trouble = "" if turn.answer else wording.say("turn_unreadable")
    return Exchange(question=turn.question, answer=turn.answer, trouble=trouble, turn=turn.id, feedback=turn.feedback)


def _resting() -> tuple[Any, Any]:
    """The buttons while nothing is being answered."""
    return gr.Button(visible=True), gr.Button(visible=False)


def _whole(told: object) -> int:
    """A number that the browser names; -1 for what is none."""
    text = str(told)
    return int(text) if text.isdecimal() and len(text) < 10 else -1
