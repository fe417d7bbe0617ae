"""Whether the records state the thing asked for, or silence must be admitted; and the words that admit it.

Nearness does not tell (measured: AUC .51-.58). Asked instead: does a record that names the same things, at the same
time, state a thing of the kind asked for, in the words asked about?
"""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.compose.evidence import Evidence, agrees_in_time, name_share, states_kind, states_unit, stems
from assistant.names import names_of
from assistant.understand import Understood

LEAST_PROBABILITY = 0.35
"""Least probability of the best sentence, question and record in one script; see `evaluate.fit`."""
LEAST_PROBABILITY_ACROSS = 0.25
"""The same where question and record are written in different scripts, where fewer features can speak."""
LEAST_NAMES = 0.6
"""Share of the question's names that the record must name."""
HARD_KINDS = ("contact", "money", "duration")
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
    best = chosen[0]
    report = best.found.report
    whole = names_of(f"{report.title} {report.text[report.body :]}")
    if name_share(understood.names, whole) < LEAST_NAMES and (understood.names.known or understood.names.words):
        return Silence(why="names", missing=tuple(word for word in understood.names.words if not whole.has(word)))
    if not agrees_in_time(understood, report, f"{report.title} {report.text[report.body :]}"):
        return Silence(why="time", missing=tuple(str(year) for year in understood.years))
    texts = [item.sentence.text for item in chosen]
    for kind in understood.kinds:
        if kind in HARD_KINDS and not any(states_kind(kind, text, understood.names) for text in texts):
            return Silence(why="kind", missing=understood.attribute)
    across = bool(best.features[-1])
    if not across and understood.units and not any(
        states_unit(text, stems(unit)) for text in texts for unit in understood.units
    ):
        return Silence(why="unit", missing=understood.units)
    if best.probability < (LEAST_PROBABILITY_ACROSS if across else LEAST_PROBABILITY):
        return Silence(why="weak")
    return None
