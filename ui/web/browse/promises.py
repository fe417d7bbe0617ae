"""Promises as a table: who promised what to whom until when, open or closed; those overdue and our own by choice."""

from collections.abc import Sequence

from ingest import PROMISE_STATES
from ui.listings import OURS, OVERDUE, STATES, TOLD, Row, made_rows
from ui.web import localized
from ui.web.browse import parts
from ui.web.desk import Shelf
from ui.web.links import Query
from ui.web.markup import Html, join, tag, written_in
from ui.wording import Words

VIEW = "browse/promises"


def promises(shelf: Shelf, query: Query, words: Words) -> Html:
    """All promises, the first day they are due first, those without a year last.

    Query: ``state``, one of `STATES`; another value is a filter that nothing fits. ``all=yes`` shows all rows.
    """
    every = sorted(made_rows("promises", shelf.ledger), key=lambda one: parts.sort_key(one.fact))
    state = query.get("state", "")
    shown = [one for one in every if not state or holds(one, state)]
    numbers = parts.Numbers(words)
    table = _table(parts.first_rows(shown, query), numbers, words) if shown else parts.empty(words.say("promises_none"))
    save = parts.download_link(words.say("browse_csv"), "download/promises.csv", language=words.language, state=state)
    return parts.view(
        parts.heading(words.say("promises_title"), _sentence(shelf, every, words)),
        parts.filters(
            VIEW,
            words,
            parts.choice(
                "state",
                words.say("promises_state"),
                ((one, words.say(f"promises_{one}")) for one in STATES["promises"]),
                state,
                words,
            ),
        ),
        parts.above(len(shown), len(every), save, words),
        numbers.legend(),
        table,
        parts.rest(len(shown), VIEW, query, words, state=state),
        name="browse-promises",
    )


def holds(one: Row, state: str) -> bool:
    """Whether a promise is in a state, or one of the choices among the open ones."""
    return state == one.state or state in one.also


def _sentence(shelf: Shelf, every: Sequence[Row], words: Words) -> str:
    counts = ((state, sum(holds(one, state) for one in every)) for state in (*PROMISE_STATES, OURS))
    told = " · ".join(f"{words.say(f'promises_{state}')} {n}" for state, n in counts if n)
    searched = words.count("searched", len(shelf.reports))
    return words.say("agreements_sentence", counts=searched, states=told) if told else searched


def _table(rows: Sequence[Row], numbers: parts.Numbers, words: Words) -> Html:
    keys = ("who", "what", "to", "due", "state", "source")
    heads = [words.say(f"promises_{key}") for key in keys]
    made = (_row(one, heads, numbers, words) for one in rows)
    return parts.table(words.say("promises_title"), heads, made, stacks=True)


def _row(one: Row, heads: Sequence[str], numbers: parts.Numbers, words: Words) -> Html:
    fact, told = one.fact, one.fields
    state = OVERDUE if OVERDUE in one.also else one.state
    labels = [parts.label(words.say(f"promises_{state}"), state)]
    if OURS in one.also:
        labels.append(parts.label(words.say(f"promises_{OURS}"), OURS))
    if one.told_by:
        may = parts.label(localized.state_word(one.told_by.reached, words)) if TOLD in one.also else ""
        labels.append(join(may, " ", numbers.button(one.told_by.citation)))
    due = localized.when(fact, words) if fact.start else ""
    return parts.row(
        "; ".join(dict.fromkeys(filter(None, (told["who"], told["responsible"])))) or words.say("promises_nobody"),
        parts.cell(tag("span", told["what"], lang=written_in(told["what"])), label=heads[1]),
        parts.cell("; ".join(told["to"]), label=heads[2]),
        parts.cell(due, sort=parts.sort_key(fact), class_="browse-when", label=heads[3]),
        parts.cell(join(*labels), label=heads[4]),
        parts.cell(numbers.proof(fact), label=heads[5]),
    )
