"""Second check: every number, date, acronym and proper name of a sentence stands in what it cites, in any form."""

import re
from functools import lru_cache

from anyascii import anyascii

from assistant.names import fold, known_forms, names_of, same_sound, sound
from assistant.people import people_in
from assistant.prove.align import Alignment
from assistant.prove.proof import Reason
from corpus.dates import event_dates
from corpus.language import language_of
from corpus.lexicon import patterns, says
from corpus.numbers import Number, numbers_in
from corpus.report import EventDate

SURE_NAME = 0.62
"""Alignment of a name with a word in another script from which it is held to be its translation."""
LEAST_SHARED = 4
"""Letters two forms of a name in one script must begin with in common: "Tanzania" and "Tanzanian"."""
LONGEST_ENDING = 4

_ACRONYM = re.compile(r"(?<![\w-])(?=\w*[A-ZА-ЯЁ]\w*[A-ZА-ЯЁ])[A-ZА-ЯЁ][A-Za-zА-Яа-яЁё]{1,9}(?![\w-])")
_SCRIPTS = (re.compile(r"[A-Za-z\u00c0-\u024f]"), re.compile(r"[\u0400-\u052f]"), re.compile(r"[\u3400-\u9fff]"))


def uncovered(claim: str, source: str, aligned: Alignment) -> Reason | None:
    """The first thing a sentence names that what it cites does not; None when all of it stands there.

    Args:
        claim: The sentence, acronyms filled in.
        source: The cited words, acronyms filled in, and what they are to be read with.
        aligned: Sentence and cited words, aligned.
    """
    return (
        _number(claim, source)
        or _date(claim, source)
        or _relative_time(claim, source)
        or _known_name(claim, source)
        or _person(claim, source)
        or _name_word(claim, source, aligned)
    )


def _number(claim: str, source: str) -> Reason | None:
    """A number of the sentence that the source does not give, a day within one of its ranges counting as given."""
    there = {number.value for number in numbers_in(source)} | _days_between(source)
    if says("numbers", "two", text=source):
        there.add(2)
    if says("numbers", "dozens", text=source):
        there |= {12, 20}
    for number in numbers_in(claim):
        if number.value in there or _is_loose(number, claim):
            continue
        return Reason(key="number_missing", values={"what": claim[number.start : number.end]})
    return None


def _is_loose(number: Number, claim: str) -> bool:
    """Whether a number word counts nothing: "one of them", "the two sides", 双方, "both"."""
    after = claim[number.end : number.end + 24]
    return number.is_word and (number.value == 1 or (number.value == 2 and says("numbers", "sides", text=after)))


def _days_between(text: str) -> set[float]:
    days: set[float] = set()
    for date in event_dates(text, language_of(text)):
        first, last = _month_day(date.start), _month_day(date.end or date.start)
        if first[1] and last[1] and first[0] == last[0]:
            days |= {float(day) for day in range(first[1], last[1] + 1)}
    return days


def _date(claim: str, source: str) -> Reason | None:
    """A day, month or year of the sentence that lies in no date of the source."""
    told = event_dates(source, language_of(source))
    for date in event_dates(claim, language_of(claim)):
        if not any(_agrees(date, one) for one in told):
            month, _ = _month_day(date.start)
            if not month and str(date.year) in source:
                continue
            return Reason(key="date_missing", values={"what": date.text})
    return None


def _agrees(date: EventDate, told: EventDate) -> bool:
    """Whether a date says no more than one told: the same day, a day or the month of its range, the same year."""
    if date.year and told.year and date.year != told.year:
        return False
    if date.year and not told.year:
        return False
    mine, first, last = (_month_day(one) for one in (date.start, told.start, told.end or told.start))
    if not mine[0]:
        return True
    if not mine[1]:
        return first[0] <= mine[0] <= last[0] if first[0] <= last[0] else mine[0] in (first[0], last[0])
    if not first[1]:
        return False
    return first <= mine <= last if first <= last else mine >= first or mine <= last


def _month_day(partial: str) -> tuple[int, int]:
    parts = partial.lstrip("-").split("-") if partial.startswith("--") else partial.split("-")[1:]
    numbers = [int(part) for part in parts if part] + [0, 0]
    return numbers[0], numbers[1]


def _relative_time(claim: str, source: str) -> Reason | None:
    """A time told from another one, "next year", which means nothing but in the words of the source."""
    for language, expressions in patterns("numbers", "relative").items():
        for at, expression in enumerate(expressions):
            match = expression.search(claim)
            if match and not any(
                forms[at].search(source) for forms in patterns("numbers", "relative").values() if at < len(forms)
            ):
                return Reason(key="date_missing", values={"what": match.group()})
        del language
    return None


def _known_name(claim: str, source: str) -> Reason | None:
    """A country, organisation or programme of the word list that the source does not name in any language."""
    missing = names_of(claim).known - names_of(source).within
    for key in sorted(missing):
        form = next((form for form in known_forms(key) if fold(form).strip() in fold(claim)), key)
        return Reason(key="name_missing", values={"what": form})
    return None


def _person(claim: str, source: str) -> Reason | None:
    """A person whose name the source gives to nobody, though its parts may stand there apart."""
    told = people_in(source)
    for person in people_in(claim):
        parts = [part for part in re.split(r"[\s.·-]+", person) if len(part) > 1]
        mine = sound(person)
        if not parts or not told or fold(person).strip() in fold(source):
            continue
        same_script = [other for other in told if _script(other) == _script(person)]
        if len(parts) > 1 and same_script and any(_has_all(parts, other) for other in told):
            continue
        if len(parts) > 1 and same_script:
            return Reason(key="name_missing", values={"what": person})
        if not any(same_sound(mine, sound(other)) or _has_all(parts, other) for other in told) and not names_of(
            source
        ).has(person):
            return Reason(key="name_missing", values={"what": person})
    return None


def _has_all(parts: list[str], other: str) -> bool:
    """Whether all parts of a name are parts of another one, in any order."""
    theirs = [sound(part) for part in re.split(r"[\s.·-]+", other) if part] + [sound(other)]
    return all(any(same_sound(sound(part), heard) for heard in theirs) for part in parts)


def _name_word(claim: str, source: str, aligned: Alignment) -> Reason | None:
    """A capitalized word or acronym that the source does not have, in this script or another."""
    words = [*names_of(claim).words, *_ACRONYM.findall(claim)]
    there = names_of(source)
    for word in dict.fromkeys(words):
        if _stands(word, source):
            continue
        shares_script = _script(word) in {_script(one) for one in there.words} or _has_script(source, _script(word))
        if not shares_script and (there.has(word) or _strength(word, aligned) >= SURE_NAME):
            continue
        if shares_script and there.has(word) and sound(word) in there.sounds:
            continue
        return Reason(key="name_missing", values={"what": word})
    return None


def _strength(word: str, aligned: Alignment) -> float:
    found = [
        float(aligned.best[at]) for at, one in enumerate(aligned.claim.words) if word in one.text or one.text in word
    ]
    return max(found, default=0.0)


@lru_cache(maxsize=65536)
def _stands(word: str, source: str) -> bool:
    """Whether a word or another form of it stands in the source: any case, accents aside, another ending."""
    plain = _plain(word)
    for other in _plain_words(source):
        if plain == other:
            return True
        shared = min(len(plain), len(other))
        if shared < LEAST_SHARED or abs(len(plain) - len(other)) > LONGEST_ENDING:
            continue
        if re.search(r"[\u0400-\u04ff]", word):
            if plain[: max(LEAST_SHARED, shared - 2)] == other[: max(LEAST_SHARED, shared - 2)]:
                return True
        elif plain[:shared] == other[:shared]:
            return True
    return False


@lru_cache(maxsize=4096)
def _plain_words(text: str) -> frozenset[str]:
    return frozenset(_plain(word) for word in re.findall(r"[^\W\d_\u3400-\u9fff]+", text))


def _plain(word: str) -> str:
    folded = word.casefold()
    return folded if re.search(r"[\u0400-\u04ff]", folded) else anyascii(folded)


def _script(word: str) -> int:
    """Which of the three scripts a word is written in."""
    return next((number for number, script in enumerate(_SCRIPTS) if script.search(word)), -1)


def _has_script(text: str, script: int) -> bool:
    return script >= 0 and len(_SCRIPTS[script].findall(text)) > len(re.findall(r"\w", text)) / 2
