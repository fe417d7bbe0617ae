"""What happens when a visitor asks, asks otherwise, or stops: conversation in, conversation out, without gradio."""

import logging
from collections.abc import Iterator
from dataclasses import replace

from assistant import Filters, Question, Turn, answer_text
from corpus import RapporteurError
from ui.web.desk import Desk
from ui.web.exchange import Exchange
from ui.wording import Words

MAX_QUESTION = 2000
logger = logging.getLogger(__name__)

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
    desk: Desk, number: int, exchanges: Exchanges, words: Words, *, route: str = "", alone: bool = False
) -> Iterator[Exchanges]:
    """Yield the conversation with question `number` asked once more at its end: by another route, or as it was written.

    Nothing for a number that is none, or whose answer is still to come.
    """
    earlier = exchanges[number].answer if 0 <= number < len(exchanges) else None
    if earlier is None:
        return
    question = replace(earlier.question, route=route or earlier.question.route)
    if alone:
        question = replace(question, history=())
    yield from _answered(desk, question, exchanges, words)


def _answered(desk: Desk, question: Question, exchanges: Exchanges, words: Words) -> Iterator[Exchanges]:
    exchange = Exchange(question=question.text)
    yield (*exchanges, exchange)
    try:
        with desk.assistant() as assistant:
            for answer in assistant.answers(question):
                exchange = replace(exchange, answer=answer)
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


def history(exchanges: Exchanges) -> tuple[Turn, ...]:
    """Return the turns of the conversation so far, oldest first; questions without an answer stand alone."""
    turns: list[Turn] = []
    for exchange in exchanges:
        turns.append(Turn(role="user", content=exchange.question))
        if exchange.answer is not None:
            turns.append(Turn(role="assistant", content=answer_text(exchange.answer)))
    return tuple(turns)
