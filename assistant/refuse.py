"""Whether the records state the thing asked for, or silence must be admitted.

Nearness does not tell an answerable question from another. Asked instead: does a record that names the same things,
at the same time, state a thing of the kind asked for, in the words asked about?
"""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.compose.evidence import Evidence, paragraph_of, stems, whole_text
from assistant.understand import Understood
from assistant.values import states_kind, states_unit
from corpus.concepts import concepts_in, offices_in
from corpus.lexicon import read_lexicon
from corpus.names import known_keys, names_of
from corpus.people import people_in
from corpus.states import state_in

LEAST_PROBABILITY = 0.2
"""Least probability of the best sentence."""
LEAST_NAMES = 0.5
"""Share of the question's names, rare ones counting more, that the paragraph and the record's title must hold."""
LEAST_NAMES_COMPARED = 0.3
"""The same for a comparison, whose two sides may stand in two records."""
LEAST_NAMES_NEAREST = 0.5
"""Share of names from which a sentence may be shown as the nearest the records hold."""
SURE_WITHOUT_PLACE = 0.5
"""Probability from which a sentence need not repeat the country or place, where the question names nothing else."""
HARD_KINDS = ("contact", "money", "duration", "person", "countries", "why")
"""Kinds whose values have a form of their own, so that their absence is certain."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """Why the records cannot answer: ``names``, ``time``, ``kind``, ``unit``, ``thing``, ``weak``; words missing."""

    why: str
    missing: tuple[str, ...] = ()


def silence(understood: Understood, chosen: Sequence[Evidence]) -> Silence | None:
    """Why the chosen sentences do not answer, or None when they do; none chosen is ``weak``."""
    if not chosen:
        return Silence(why="weak")
    for check in (_of_names, _of_time, _of_kind, _of_unit, _of_thing, _of_strength):
        found = check(understood, chosen)
        if found:
            return found
    return None


def _of_names(understood: Understood, chosen: Sequence[Evidence]) -> Silence | None:
    """The record, or the paragraph about it, does not name what the question names."""
    asked, best = understood.names, chosen[0]
    if not asked.known and not asked.words:
        return None
    there = names_of(whole_text(best.found.report))
    missing = tuple(word for word in asked.words if not there.has(word))
    places_only = not asked.words and all(len(key) == 2 for key in asked.known)
    least = LEAST_NAMES_COMPARED if understood.wants == "comparison" else LEAST_NAMES
    if best.feature("names_paragraph") < least and not (places_only and best.probability >= SURE_WITHOUT_PLACE):
        return Silence(why="names", missing=missing)
    countries = {key for key in known_keys(understood.asked) if len(key) == 2 and key.isupper()} - there.within
    if countries and not best.feature("other_script") and not places_only and not understood.wants:
        return Silence(why="names", missing=missing)
    return None


def _of_time(understood: Understood, chosen: Sequence[Evidence]) -> Silence | None:
    """Every chosen sentence stands in a record of another time, or of none where the question names a year."""
    if understood.wants == "comparison":
        return None
    least = 1.0 if understood.years else 0.5
    if any(item.feature("time") >= least for item in chosen):
        return None
    return Silence(why="time", missing=tuple(str(year) for year in understood.years))


def _of_kind(understood: Understood, chosen: Sequence[Evidence]) -> Silence | None:
    """No chosen sentence states the kind of thing, the office, the doing or the signature asked about."""
    texts = [item.sentence.text for item in chosen]
    for kind in understood.kinds:
        if kind in HARD_KINDS and not any(states_kind(kind, text, understood.names) for text in texts):
            return Silence(why="kind", missing=understood.attribute)
    if {"who", "person"} & set(understood.kinds) and understood.acts and not _told(understood, texts):
        return Silence(why="kind", missing=understood.attribute)
    if "person" in understood.kinds and understood.offices and not any(item.feature("office") > 0 for item in chosen):
        return Silence(why="kind", missing=tuple(understood.offices))
    is_signature_asked = "sign" in understood.concepts and not understood.wants_all and "yes_no" not in understood.kinds
    if is_signature_asked and not any(state_in(text) for text in texts):
        return Silence(why="kind", missing=understood.attribute)
    return None


def _told(understood: Understood, texts: Sequence[str]) -> bool:
    """Whether some sentence tells who did one of the things the question asks about."""
    return any(understood.acts & concepts_in(text) and states_kind("who", text, understood.names) for text in texts)


def _of_unit(understood: Understood, chosen: Sequence[Evidence]) -> Silence | None:
    """No chosen sentence counts the things whose number is asked for."""
    if understood.wants == "comparison" or not understood.units:
        return None
    counted = any(states_unit(item.sentence.text, unit) for item in chosen for unit in understood.units)
    return None if counted else Silence(why="unit", missing=understood.units)


def _of_thing(understood: Understood, chosen: Sequence[Evidence]) -> Silence | None:
    """The thing asked for after "which", a word of no known concept, does not stand near the sentence."""
    if chosen[0].feature("other_script") or understood.wants_all:
        return None
    near = stems(paragraph_of(chosen[0].found.report, chosen[0].sentence.start))
    for thing in understood.things:
        is_known = concepts_in(thing) or offices_in(thing) or known_keys(thing) or people_in(thing)
        if not is_known and not _is_general(thing) and not stems(thing) & near:
            return Silence(why="thing", missing=(thing,))
    return None


def _is_general(thing: str) -> bool:
    """Whether a word after "which" only stands for the kind of answer ("which day", "what kind")."""
    return any(thing.casefold() in words for words in read_lexicon("common")["general_things"].values())


def _of_strength(understood: Understood, chosen: Sequence[Evidence]) -> Silence | None:
    """The best sentence is not likely enough to belong to an answer."""
    return Silence(why="weak") if chosen[0].probability < LEAST_PROBABILITY else None
