"""What a question takes for granted and the records say otherwise: the signature, the meeting, the time, the place."""

import re
from collections.abc import Sequence

from assistant.compose.evidence import Evidence, whole_text
from assistant.prove.covered_times import months_in
from assistant.refuse import LEAST_NAMES
from assistant.understand import Understood
from assistant.values import states_unit
from corpus.lexicon import patterns, says
from corpus.names import known_keys, names_of
from corpus.numbers import numbers_in
from corpus.people import people_in
from corpus.states import state_in

WELL_IN_VIEW = 4
"""Passages from the top within which what a record does say of a signature is looked for."""
LESS_NAMED = 0.1
"""A paragraph that names this much less of the question than the best one is about something else."""

_TAKEN_FOR_GRANTED = re.compile(r"\b(?:the|all|these|those) (\d{1,4})\b(?! \w+ \d{4})")


def corrected(
    understood: Understood, evidence: Sequence[Evidence], chosen: Sequence[Evidence]
) -> tuple[str, tuple[Evidence, ...]] | None:
    """The phrase that corrects a premise and the sentences that tell what is recorded; None when all may be granted.

    Args:
        evidence: Every sentence in view.
        chosen: Those that would be the answer.
    """
    if told := misdated(understood, evidence):
        return "premise", told
    if told := denied(understood, evidence):
        return "premise_sign", told
    if told := unmet(understood, evidence):
        return "premise_told", told
    if misplaced(understood, chosen) or miscounted(understood, chosen):
        return "premise", tuple(chosen)
    return None


def denied(understood: Understood, evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The sentence on the agreement of those named that tells of less than the signature taken for granted.

    Empty when no signature is, or a record tells of it.
    """
    about = _about_signature(understood, evidence)
    if any(state_in(item.sentence.text) == "signed" for item in about):
        return ()
    weaker = [item for item in about if state_in(item.sentence.text) and item.feature("position") >= 1 / WELL_IN_VIEW]
    return tuple(sorted(weaker, key=lambda item: -item.probability)[:1])


def misdated(understood: Understood, evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The sentence that tells of the signature in another month than the question does; empty when none does."""
    asked = months_in(" ".join(date.text for date in understood.dates))
    signed = [
        item for item in _about_signature(understood, evidence) if asked and state_in(item.sentence.text) == "signed"
    ]
    when = [months_in(item.spoken_of) for item in signed]
    if not signed or not all(when) or any(months & asked for months in when):
        return ()
    return (max(signed, key=lambda item: item.probability),)


def unmet(understood: Understood, evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The sentence that only mentions the person whom the question takes to have spoken or been met; else empty.

    Somebody is only mentioned where every record in view names others before, and then "by X" or "with X".
    """
    people = people_in(understood.asked)
    if len(people) != 1 or "who" in understood.kinds or not says("premises", "told", text=understood.asked):
        return ()
    person = names_of(people[0])
    naming = [item for item in evidence if all(names_of(item.sentence.text).has(word) for word in person.words)]
    if not naming or not person.words or not all(_only_mentions(item.spoken_of, person.words) for item in naming):
        return ()
    return (max(naming, key=lambda item: item.probability),)


def _only_mentions(text: str, words: Sequence[str]) -> bool:
    first = min((at for word in words if (at := text.find(word)) >= 0), default=-1)
    before = text[: max(first, 0)]
    return first > 0 and bool(people_in(before)) and says("premises", "mentioned_by", text=before)


def misplaced(understood: Understood, chosen: Sequence[Evidence]) -> bool:
    """Whether the question looks for a thing in one country and the record says that it lies in another."""
    asked = {key for key in known_keys(understood.asked, nested=True) if len(key) == 2}
    if not asked or "where" not in understood.kinds:
        return False
    for item in chosen:
        for expression in (form for forms in patterns("premises", "lies_in").values() for form in forms):
            for match in expression.finditer(item.sentence.text):
                there = {key for key in known_keys(item.sentence.text[match.end() :][:40]) if len(key) == 2}
                if there and not there & asked:
                    return True
    return False


def miscounted(understood: Understood, chosen: Sequence[Evidence]) -> bool:
    """Whether the question takes a number of things for granted ("the 35 experts") and the record counts others."""
    taken = [int(number) for number in _TAKEN_FOR_GRANTED.findall(understood.asked)]
    if understood.wants or not chosen or not taken:
        return False
    counted = any(states_unit(item.sentence.text, unit) for item in chosen for unit in understood.attribute)
    return counted and not set(taken) & {number.value for number in numbers_in(whole_text(chosen[0].found.report))}


def _about_signature(understood: Understood, evidence: Sequence[Evidence]) -> list[Evidence]:
    """Sentences about those whom the question takes to have signed, the best named paragraphs only."""
    if "sign" not in understood.concepts or understood.wants_all or understood.wants or "yes_no" in understood.kinds:
        return []
    about = [item for item in evidence if item.feature("names_paragraph") >= LEAST_NAMES and item.feature("time") > 0]
    named = max((item.feature("names_paragraph") for item in about), default=0.0)
    return [item for item in about if item.feature("names_paragraph") > named - LESS_NAMED]
