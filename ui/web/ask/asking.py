"""What happens when a visitor asks, asks otherwise, or stops: conversation in, conversation out, without gradio."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant import Answer, Filters, Question, Turn, answer_text
from corpus import RapporteurError
from ui.web.ask.filters import without
from ui.web.ask.following import Following, following
from ui.web.desk import Desk
from ui.web.memory.values import Feedback, KeptTurn
from ui.wording import Words

MAX_QUESTION = 2000
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A question and what became of it: a growing or final answer, or the trouble that prevented one.

    Attributes:
        turn: Id under which the answer is kept; empty while it is not.
        feedback: What the visitor said of the answer.
        following: Questions that are worth asking next.
    """

    question: str
    answer: Answer | None = None
    trouble: str = ""
    stopped: bool = False
    turn: str = ""
    feedback: Feedback | None = None
    following: tuple[Following, ...] = ()

    @property
    def is_open(self) -> bool:
        """True while more may still be added to it."""
        finished = self.answer is not None and self.answer.final
        return not (finished or self.trouble or self.stopped)


Exchanges = tuple[Exchange, ...]


def ask(
    desk: Desk, text: str, exchanges: Exchanges, words: Words, *, filters: Filters | None = None, route: str = ""
) -> Iterator[Exchanges]:
    """Yield the conversation with the question in it, then with its growing answer; nothing for an empty question.

    Whatever goes wrong becomes a plain sentence in the conversation.
    """
    asked = text.strip()[:MAX_QUESTION]
    if not asked:
        return
    question = Question(text=asked, history=history(exchanges), filters=filters or Filters(), route=route)
    yield from _answered(desk, question, exchanges, words)


def ask_otherwise(
    desk: Desk,
    number: int,
    exchanges: Exchanges,
    words: Words,
    *,
    route: str = "",
    alone: bool = False,
    wider: str = "",
) -> Iterator[Exchanges]:
    """Yield the conversation with question `number` asked once more at its end: by another route, as it was written, or
    without the bound of the field `wider`.

    Nothing for a number that is none, or whose answer is still to come.
    """
    earlier = exchanges[number].answer if 0 <= number < len(exchanges) else None
    if earlier is None:
        return
    question = replace(
        earlier.question,
        route=route or earlier.question.route,
        filters=without(earlier.question.filters, wider),
    )
    if alone:
        question = replace(question, history=())
    yield from _answered(desk, question, exchanges, words)


def ask_by_deed(
    desk: Desk, deed: Mapping[str, str], exchanges: Exchanges, words: Words, *, filters: Filters
) -> Iterator[Exchanges] | None:
    """Yield as `ask` and `ask_otherwise` what a press on the conversation asks; None for a deed that asks nothing.

    Deeds: ``ask`` with ``question``; with the ``number`` of an exchange ``route`` with ``route``, ``alone``, and
    ``widen`` with the ``name`` of the field whose bound is taken away.
    """
    name, told = deed.get("do"), deed.get("number", "")
    number = int(told) if told.isdecimal() and len(told) < 10 else -1
    if name == "ask":
        return ask(desk, deed.get("question", ""), exchanges, words, filters=filters)
    if name == "route":
        return ask_otherwise(desk, number, exchanges, words, route=deed.get("route", ""))
    if name == "alone":
        return ask_otherwise(desk, number, exchanges, words, alone=True)
    if name == "widen":
        return ask_otherwise(desk, number, exchanges, words, wider=deed.get("name", ""))
    return None


def _answered(desk: Desk, question: Question, exchanges: Exchanges, words: Words) -> Iterator[Exchanges]:
    exchange = Exchange(question=question.text)
    yield (*exchanges, exchange)
    try:
        with desk.assistant() as assistant:
            for answer in assistant.answers(question):
                asked = {question.text, *(one.question for one in exchanges)}
                more = following(answer, assistant.ledger, assistant.reports, asked, words) if answer.final else ()
                exchange = replace(exchange, answer=answer, following=more)
                yield (*exchanges, exchange)
    except RapporteurError as error:
        yield (*exchanges, replace(exchange, trouble=str(error)))
    except Exception:
        # The border of the page: a visitor gets a sentence, the keeper the traceback in the log.
        logger.exception("A question could not be answered")
        yield (*exchanges, replace(exchange, trouble=words.say("trouble_unknown")))


def stop(exchanges: Exchanges) -> Exchanges:
    """Return the conversation with its last exchange closed where it was still growing."""
    if not exchanges or not exchanges[-1].is_open:
        return exchanges
    return (*exchanges[:-1], replace(exchanges[-1], stopped=True))


def of_before(desk: Desk, turns: Sequence[KeptTurn], words: Words) -> Exchanges:
    """Return turns that were kept as exchanges, with what is worth asking next by the records of now.

    One whose answer can no longer be read says so.
    """
    unreadable = words.say("turn_unreadable")
    *earlier, last = (
        Exchange(
            question=turn.question,
            answer=turn.answer,
            trouble="" if turn.answer else unreadable,
            turn=turn.id,
            feedback=turn.feedback,
        )
        for turn in turns
    )
    try:
        shelf = desk.shelf()
    except RapporteurError:
        shelf = None  # what was answered is shown all the same
    if shelf and last.answer:
        more = following(last.answer, shelf.ledger, shelf.reports, {turn.question for turn in turns}, words)
        last = replace(last, following=more)
    return (*earlier, last)


def history(exchanges: Exchanges) -> tuple[Turn, ...]:
    """Return the turns of the conversation so far, oldest first; a question without an answer, or to which the records
    were silent, stands alone: on an admitted silence nothing leans.
    """
    turns: list[Turn] = []
    for exchange in exchanges:
        turns.append(Turn(role="user", content=exchange.question))
        if exchange.answer is not None and exchange.answer.claims:
            turns.append(Turn(role="assistant", content=answer_text(exchange.answer)))
    return tuple(turns)
