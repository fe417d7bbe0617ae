"""Whether the records state the thing asked for, or silence must be admitted; and the words that admit it.

Nearness does not tell (measured: AUC .51-.58). Asked instead: does a record that names the same things, at the same
time, state a thing of the kind asked for, in the words asked about?
"""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.compose.evidence import Evidence
from assistant.concepts import concepts_in
from assistant.names import names_of
from assistant.states import state_in
from assistant.understand import Understood
from assistant.values import states_kind, states_unit

LEAST_PROBABILITY = 0.35
"""Least probability of the best sentence, question and record in one script; see `evaluate.fit`."""
LEAST_PROBABILITY_ACROSS = 0.25
"""The same where question and record are written in different scripts, where fewer features can speak."""
LEAST_NAMES = 0.6
"""Share of the question's names, rare ones counting more, that the paragraph and the record's title must hold."""
ACTS = frozenset({"sign", "receive", "lead", "speak", "thank", "ask", "propose", "fund", "attend"})
"""Concepts of doing: who did it is answered only by a sentence that tells of it."""
HARD_KINDS = ("contact", "money", "duration", "person", "countries", "why")
"""Kinds whose values have a form of their own, so that their absence is certain."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """Why the records cannot answer: ``names``, ``time``, ``kind``, ``unit`` or ``weak``, and the words missing."""

    why: str
    missing: tuple[str, ...] = ()


def silence(understood: Understood, chosen: Sequence[Evidence]) -> Silence | None:
    """Why the chosen sentences do not answer, or None when they do."""
    if not chosen:
        return Silence(why="weak")
    return _of_names(understood, chosen) or _of_time(understood, chosen) or _of_kind(understood, chosen)


def denied(understood: Understood, evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """What the records do say where the question takes a signature for granted that they do not record.

    Empty when the question presupposes no signature, or when a record that names the same things tells of one.
    """
    presupposed = {"sign"} <= understood.concepts and not understood.wants_all and not understood.wants
    if not presupposed or "yes_no" in understood.kinds or not (understood.concepts & {"agreement"}):
        return ()
    about = [item for item in evidence if item.feature("names_paragraph") >= LEAST_NAMES and item.feature("time") > 0]
    if any(state_in(item.sentence.text) == "signed" for item in about):
        return ()
    weaker = [item for item in about if state_in(item.sentence.text)]
    return tuple(sorted(weaker, key=lambda item: -item.probability)[:1])


def _of_names(understood: Understood, chosen: Sequence[Evidence]) -> Silence | None:
    """The record, or the paragraph about it, does not name what the question names."""
    best = chosen[0]
    if best.feature("names_paragraph") >= LEAST_NAMES:
        return None
    there = names_of(f"{best.found.report.title} {best.found.report.text[best.found.report.body :]}")
    return Silence(why="names", missing=tuple(word for word in understood.names.words if not there.has(word)))


def _of_time(understood: Understood, chosen: Sequence[Evidence]) -> Silence | None:
    """Every chosen sentence stands in a record of another time."""
    if understood.wants == "comparison" or any(item.feature("time") > 0 for item in chosen):
        return None
    return Silence(why="time", missing=tuple(str(year) for year in understood.years))


def _of_kind(understood: Understood, chosen: Sequence[Evidence]) -> Silence | None:
    """No chosen sentence states a thing of the kind, office or unit asked for, or none is likely enough."""
    best = chosen[0]
    texts = [item.sentence.text for item in chosen]
    for kind in understood.kinds:
        if kind in HARD_KINDS and not any(states_kind(kind, text, understood.names) for text in texts):
            return Silence(why="kind", missing=understood.attribute)
    acts = understood.concepts & ACTS
    if (
        {"who", "person"} & set(understood.kinds)
        and acts
        and not any(
            acts & concepts_in(item.sentence.text) and states_kind("who", item.sentence.text, understood.names)
            for item in chosen
        )
    ):
        return Silence(why="kind", missing=understood.attribute)
    if "person" in understood.kinds and understood.offices and not any(item.feature("office") > 0 for item in chosen):
        return Silence(why="kind", missing=tuple(understood.offices))
    if (
        understood.wants != "comparison"
        and understood.units
        and not any(states_unit(text, unit) for text in texts for unit in understood.units)
    ):
        return Silence(why="unit", missing=understood.units)
    if best.probability < (LEAST_PROBABILITY_ACROSS if best.feature("other_script") else LEAST_PROBABILITY):
        return Silence(why="weak")
    return None
