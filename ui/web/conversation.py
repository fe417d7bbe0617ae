"""What happens when a visitor asks, stops, or opens a source: conversation in, conversation out, without gradio."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from assistant import Question, Turn, answer_text
from corpus import RapporteurError, Report
from ui.web.desk import Desk
from ui.web.markup import Html
from ui.web.source import cited_source, empty_source, near_source
from ui.web.view import Exchange
from ui.wording import Words

MAX_QUESTION = 2000
logger = logging.getLogger(__name__)
_Item = TypeVar("_Item")

Exchanges = tuple[Exchange, ...]


def ask(desk: Desk, text: str, exchanges: Exchanges, words: Words) -> Iterator[Exchanges]:
    """Yield the conversation with the question in it, then with its growing answer; nothing for an empty question.

    Whatever goes wrong becomes a plain sentence in the conversation.
    """
    asked = text.strip()[:MAX_QUESTION]
    if not asked:
        return
    exchange = Exchange(question=asked)
    yield (*exchanges, exchange)
    try:
        with desk.assistant() as assistant:
            for answer in assistant.answers(Question(text=asked, history=history(exchanges))):
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


def open_source(desk: Desk, exchanges: Exchanges, words: Words, *, cite: object = None, near: object = None) -> Html:
    """Return the panel for a place such as ``2-1``: citation (or near passage) 1 of exchange 2.

    Places come from the browser and are only looked up; one that does not exist gives the empty panel.
    """
    if cite is not None:
        exchange, n = _place(exchanges, cite)
        citation = _nth(exchange.answer.citations, n) if exchange and exchange.answer else None
        if citation is not None:
            return cited_source(_report(desk, citation.report_id), citation, str(cite), words)
    if near is not None:
        exchange, n = _place(exchanges, near)
        passage = _nth(exchange.answer.retrieved, n) if exchange and exchange.answer else None
        if passage is not None:
            return near_source(_report(desk, passage.report_id), passage, f"near-{near}", words)
    return empty_source(words)


def _report(desk: Desk, report_id: str) -> Report | None:
    try:
        with desk.assistant() as assistant:
            return assistant.report(report_id)
    except RapporteurError:
        return None


def _place(exchanges: Exchanges, place: object) -> tuple[Exchange | None, int]:
    number, _, n = str(place).partition("-")
    if not (number.isdecimal() and n.isdecimal() and int(number) < len(exchanges)):
        return None, 0
    return exchanges[int(number)], int(n)


def _nth(items: Sequence[_Item], n: int) -> _Item | None:
    return items[n - 1] if 1 <= n <= len(items) else None
