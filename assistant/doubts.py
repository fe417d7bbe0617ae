"""When one answer would be a guess: a name that several persons bear, and records that disagree."""

import re
from collections.abc import Sequence

from assistant.compose.evidence import Evidence
from assistant.understand import Understood
from corpus.concepts import offices_in
from corpus.names import names_of
from corpus.offices import titles_of
from corpus.people import people_in
from corpus.same_person import same_person
from corpus.sounds import same_sound, sound

AS_NAMED = 0.15
"""A paragraph that names at most this much less of the question than the best one may be meant as well."""
AS_LIKELY = 0.6
"""A sentence at least this likely, beside the best one, may be meant as well."""
MOST_CANDIDATES = 5


def candidates(understood: Understood, evidence: Sequence[Evidence]) -> tuple[tuple[str, Evidence], ...]:
    """Persons that a name of the question may stand for, each with the likeliest sentence that names it in full.

    Asked for where the question gives one part of a name only ("What did Zhang say?"), nothing else in it tells which
    of several persons in view is meant, and the conversation has not named one. Fewer than two give none.
    """
    full = [part for person in people_in(understood.text) for part in re.split(r"[\s.]+", person)]
    lone = [word for word in understood.names.words if word not in full]
    if not lone or understood.wants_all or understood.wants:
        return ()
    best = max((item.feature("names_paragraph") for item in evidence), default=0.0)
    meant = [item for item in evidence if item.feature("names_paragraph") >= best - AS_NAMED]
    for word in lone:
        found: dict[str, Evidence] = {}
        for item in sorted(meant, key=lambda item: -item.probability):
            for person in people_in(item.sentence.text):
                bears = any(_same_part(part, word) for part in re.split(r"[\s.]+", person)) and len(person.split()) > 1
                if bears and not any(same_person(person, other) for other in found):
                    found[person] = item
        if len(found) > 1 and not _is_settled(list(found.values())):
            return tuple(found.items())[:MOST_CANDIDATES]
    return ()


def _same_part(part: str, word: str) -> bool:
    """Whether a part of a name is the word asked for, by its letters, and in another script by its sound."""
    if part.isascii() == word.isascii():
        return part.casefold() == word.casefold()
    return same_sound(sound(part), sound(word))


def _is_settled(items: Sequence[Evidence]) -> bool:
    """Whether one candidate's sentence is much likelier to be the answer than the next one's."""
    ordered = sorted((item.probability for item in items), reverse=True)
    return ordered[1] < AS_LIKELY * ordered[0]


def disagreeing(understood: Understood, evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The sentences of several records that give one office of one body to different persons, likeliest first.

    Empty where the question does not ask who holds an office, names a time, or one record only tells.
    """
    office = next(iter(understood.offices), "")
    asks_person = {"who", "person"} & set(understood.kinds)
    if not office or not asks_person or understood.years or understood.dates or understood.acts or understood.wants:
        return ()
    best = max((item.feature("names_paragraph") for item in evidence), default=0.0)
    top = max((item.probability for item in evidence), default=0.0)
    found: list[tuple[str, Evidence]] = []
    for item in sorted(evidence, key=lambda item: -item.probability):
        if item.feature("names_paragraph") < best - AS_NAMED or item.probability < AS_LIKELY * top:
            continue
        for person, title, _ in titles_of(item.sentence.text):
            is_asked = office in offices_in(title) and understood.names.known <= names_of(title).within
            is_new = all(not same_person(person, other) for other, _ in found)
            from_elsewhere = all(item.found.report.id != other.found.report.id for _, other in found)
            if is_asked and is_new and from_elsewhere:
                found.append((person, item))
    return tuple(item for _, item in found) if len(found) > 1 else ()
