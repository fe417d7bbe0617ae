"""Second check: every number, date, acronym and proper name of a sentence stands in what it cites, in any form."""

import re
from functools import lru_cache

from anyascii import anyascii
from rapidfuzz.fuzz import ratio

from assistant.names import fold, known_forms, known_keys, names_of, same_sound, sound
from assistant.people import people_in
from assistant.prove.align import Alignment
from assistant.prove.proof import Reason
from corpus.dates import event_dates
from corpus.language import language_of
from corpus.lexicon import patterns, says
from corpus.numbers import Number, numbers_in
from corpus.report import EventDate
from ingest.lexical import tokens

SURE_NAME = 0.62
"""Alignment of a name with a word in another script from which it is held to be its translation."""
SURE_OPENER = 0.5
"""The same for a word that opens the sentence, and so may be none."""
ALIKE_ABROAD = 65
"""Least `rapidfuzz` ratio (0-100) of the sounds of a name in letters and in Chinese characters."""
LEAST_SHARED = 4
"""Letters two forms of a name in one script must begin with in common: "Tanzania" and "Tanzanian"."""
LONGEST_ENDING = 4
FIRST_YEAR, LAST_YEAR = 1000, 2100
YEARS_FROM = 1000
"""A number from here on in a date is its year, which must stand in the source whatever the date."""

_HAN = re.compile(r"[\u3400-\u9fff]")
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
    literal = {number.value for number in numbers_in(source)}
    there, days = set(literal), _days_between(source)
    if says("numbers", "two", text=source):
        there.add(2)
    years = sorted(value for value in there if FIRST_YEAR <= value <= LAST_YEAR)
    there |= {later - earlier for earlier in years for later in years}
    dated = [span for date in event_dates(claim, language_of(claim)) for span in _places(date.text, claim)]
    for number in numbers_in(claim):
        if number.value in literal:
            continue
        if number.value < YEARS_FROM and any(begin <= number.start < end for begin, end in dated):
            continue
        if _contradicts(number, claim, source):
            return Reason(key="number_missing", values={"what": claim[number.start : number.end]})
        if number.value in there or number.value in days & _day_numbers(claim) or _is_loose(number, claim):
            continue
        if claim[number.end : number.end + 1] == "月" or (number.is_word and number.value in _counts(source)):
            continue
        if _is_about(number, claim, there):
            continue
        return Reason(key="number_missing", values={"what": claim[number.start : number.end]})
    return None


def _contradicts(number: Number, claim: str, source: str) -> bool:
    """Whether the source gives another number of the same thing: "four-way" and "three-way", "two years" and "four"."""
    unit = re.match(r"[\s-]?([^\W\d_]+)", claim[number.end :])
    if not unit or not number.value > 1:
        return False
    wanted = tokens(unit.group(1))[:1]
    others = [one for one in numbers_in(source) if one.value != number.value]
    after = (re.match(r"[\s-]?([^\W\d_]+)", source[one.end :]) for one in others)
    return bool(wanted) and any(match and tokens(match.group(1))[:1] == wanted for match in after)


def _day_numbers(claim: str) -> set[float]:
    """Numbers of a sentence that may be days of a date: "on the 21st", 21日."""
    return {one.value for one in numbers_in(claim) if re.match(r"(?:st|nd|rd|th|-?го|-?е|日|号)", claim[one.end :])}


def _is_about(number: Number, claim: str, there: set[float]) -> bool:
    """Whether a number told as "over", "about" or "nearly" fits one of the source; a fraction in words is let pass."""
    before, after = claim[max(0, number.start - 24) : number.start], claim[number.end : number.end + 6]
    if says("numbers", "fraction", text=before + "#") or says("numbers", "fraction_after", text=after):
        return True
    written = claim[number.start : number.end]
    if says("numbers", "dozens", text=written) and any(value >= 20 for value in there):
        return True
    for name, (low, high) in _ROUNDED.items():
        is_told = says("numbers", name, text=before + "#") or says("numbers", f"{name}_after", text=after)
        if is_told and any(number.value * low <= value <= number.value * high for value in there):
            return True
    return False


_ROUNDED = {"over": (1.0, 1.35), "about": (0.85, 1.15), "under": (0.7, 1.0)}
"""How far the number itself may lie from one that is told as more than, about or less than it."""


def _places(part: str, text: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(re.escape(part), text)]


def _counts(source: str) -> set[float]:
    """How many persons, or things in a row, each sentence of the source names: "A, B and C" are three."""
    found: set[float] = set()
    for part in re.split(r"[.;。；\n]", source):
        row = len(re.findall(r",|、|\band\b|\bи\b|和", part)) + 1
        countries = {key for key in names_of(part).within if len(key) == 2 and key.isupper()}
        found |= {float(len(people_in(part))), float(len(countries)), float(row), float(row - 1)}
    return found


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
    told = [date for part in source.split("\n") for date in event_dates(part, language_of(part))]
    missing = months_in(claim) - months_in(source) - {month for date in told for month in _months_of(date)}
    if missing:
        return Reason(key="date_missing", values={"what": _month_words(claim, missing)})
    for date in event_dates(claim, language_of(claim)):
        if not any(_agrees(date, one) for one in told):
            month, day = _month_day(date.start)
            if not day and (not date.year or str(date.year) in source):
                continue  # the month and the year have been looked for by themselves
            return Reason(key="date_missing", values={"what": date.text})
    return None


def months_in(text: str) -> set[int]:
    """Numbers of the months a text names, in any language."""
    found = set()
    for forms in patterns("numbers", "months").values():
        found |= {month for month, form in enumerate(forms, start=1) if form.search(text)}
    counted = (int(number.value) for number in numbers_in(text) if text[number.end : number.end + 1] == "月")
    return found | {month for month in counted if 1 <= month <= 12}


def _months_of(date: EventDate) -> range:
    first, last = _month_day(date.start)[0], _month_day(date.end or date.start)[0]
    return range(first, last + 1)


def _month_words(text: str, months: set[int]) -> str:
    for forms in patterns("numbers", "months").values():
        for month in months:
            if match := forms[month - 1].search(text) if len(forms) == 12 else None:
                return match.group()
    return "/".join(str(month) for month in sorted(months))


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
    languages = patterns("numbers", "relative").values()
    for same in zip(*languages, strict=True):
        match = next((found for form in same if (found := form.search(claim))), None)
        if match and not any(form.search(source) for form in same):
            return Reason(key="date_missing", values={"what": match.group().strip()})
    return None


def _known_name(claim: str, source: str) -> Reason | None:
    """A country, organisation or programme of the word list that the source does not name in any language."""
    missing = names_of(claim).known - names_of(source).within
    for key in sorted(missing):
        form = next((form for form in known_forms(key) if fold(form).strip() in fold(claim)), key)
        if _stands(form, source):
            continue
        return Reason(key="name_missing", values={"what": form})
    return None


def _person(claim: str, source: str) -> Reason | None:
    """A person whose name the source gives to nobody, though its parts may stand there apart."""
    told = people_in(source)
    heard = names_of(source)
    for person in people_in(claim):
        if fold(person).strip() in fold(source) or heard.has(person):
            continue
        if _HAN.search(person):
            if not any(
                part in source or heard.has(part) or _among(part, told) for part in _readings(person)
            ) and not any(_alike_abroad(part, other) for part in _readings(person) for other in told):
                return Reason(key="name_missing", values={"what": person})
            continue
        parts = [part for part in re.split(r"[\s.]+", person) if len(part) > 1]
        if not parts or any(_has_all(parts, other) for other in told):
            continue
        if len(parts) > 1 and any(_script(other) == _script(person) and not _HAN.search(other) for other in told):
            return Reason(key="name_missing", values={"what": person})
    return None


def _readings(person: str) -> list[str]:
    """A Chinese name and the names it may be, since words beside it may have been taken for parts of it."""
    if "·" not in person:
        return [person, person[:-1], person[1:]] if len(person) > 2 else [person]
    given, family = person.rsplit("·", 1)
    return [f"{given[-size:]}·{family[:end]}" for size in range(len(given), 0, -1) for end in range(len(family), 1, -1)]


def _alike_abroad(name: str, other: str) -> bool:
    """Whether a foreign name in Chinese characters may be one written in letters: characters have no r, v or f alone."""
    one, two = (re.sub("[hei]", "", sound(part).replace("l", "r").replace("f", "v")) for part in (name, other))
    return "·" in name and ratio(one, two) >= ALIKE_ABROAD


def _among(name: str, told: tuple[str, ...]) -> bool:
    heard = sound(name)
    return any(same_sound(heard, sound(other)) for other in told)


def _has_all(parts: list[str], other: str) -> bool:
    """Whether all parts of a name are parts of another one, in any order."""
    theirs = [sound(part) for part in re.split(r"[\s.·-]+", other) if part] + [sound(other)]
    return all(any(same_sound(sound(part), heard) for heard in theirs) for part in parts)


def _name_word(claim: str, source: str, aligned: Alignment) -> Reason | None:
    """A capitalized word or acronym that the source does not have, in this script or another."""
    there = names_of(source)
    persons = {part for person in people_in(claim) for part in re.split(r"[\s.]+", person)}
    for word in dict.fromkeys([*names_of(claim).words, *_ACRONYM.findall(claim)]):
        if word in persons or known_keys(word) or all(_stands(part, source) for part in word.split("-")):
            continue
        strength = _alignment_of(word, aligned)
        if _opens_sentence(word, claim) or (claim.startswith(word) and strength >= SURE_OPENER):
            continue
        is_heard = there.has(word) or strength >= SURE_NAME
        if is_heard and (not _has_script(source, _script(word)) or sound(word) in there.sounds):
            continue
        return Reason(key="name_missing", values={"what": word})
    return None


def _opens_sentence(word: str, claim: str) -> bool:
    """Whether a word owes its capital to its place: it opens a sentence, and no name goes on after it."""
    if len(word) > 1 and word.isupper():
        return False
    return all(
        re.search(r"(?:^|[.!?:;…]\s+|[«“\"])$", claim[: match.start()])
        and not re.match(r"\s+[A-ZА-ЯЁ]", claim[match.end() :])
        for match in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", claim)
    )


def _alignment_of(name: str, aligned: Alignment) -> float:
    """Mean alignment of the words of a name; 0 for one that does not stand in the sentence as words."""
    at = aligned.claim.text.find(name)
    rows = [
        row for row, word in enumerate(aligned.claim.words) if at >= 0 and word.start < at + len(name) and at < word.end
    ]
    return float(aligned.best[rows].mean()) if rows else 0.0


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


@lru_cache(maxsize=65536)
def _script(word: str) -> int:
    """Which of the three scripts a word is written in."""
    return next((number for number, script in enumerate(_SCRIPTS) if script.search(word)), -1)


def _has_script(text: str, script: int) -> bool:
    return script >= 0 and len(_SCRIPTS[script].findall(text)) > len(re.findall(r"\w", text)) / 2
