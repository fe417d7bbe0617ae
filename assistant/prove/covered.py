"""Second check: every number, date, acronym and proper name of a sentence stands in what it cites, in any form."""

import re
from functools import cache, lru_cache

from anyascii import anyascii

from assistant.prove.align import Alignment
from assistant.prove.covered_numbers import missing_number
from assistant.prove.covered_times import missing_date, missing_relative_time
from assistant.prove.proof import Reason
from corpus.lexicon import read_lexicon
from corpus.names import fold, known_forms, known_keys, names_of
from corpus.numbers import numbers_in
from corpus.people import people_in
from corpus.same_person import alike_abroad, readings, same_person
from corpus.sounds import same_sound, sound

SURE_NAME = 0.62
"""Alignment of a name with a word in another script from which it is held to be its translation."""
SURE_PERSON = 0.8
"""The same for a person, where the source names others."""
SURE_OPENER = 0.5
"""The same for a word that opens the sentence, and so may be none."""
LEAST_SHARED = 4
"""Letters two forms of a name in one script must begin with in common: "Tanzania" and "Tanzanian"."""
LONGEST_ENDING = 4

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
        missing_number(claim, source)
        or missing_date(claim, source)
        or missing_relative_time(claim, source)
        or _known_name(claim, source)
        or _person(claim, source, aligned)
        or _name_word(claim, source, aligned)
    )


def _known_name(claim: str, source: str) -> Reason | None:
    """A country, organisation or programme of the word list that the source does not name in any language."""
    told = names_of(source).within
    missing = names_of(claim).known - told - {key for one in told for key in _implied(one)}
    for key in sorted(key for key in missing if not _is_common(key)):
        if _is_in_a_foreign_name(key, claim):
            continue
        words = [word for word in re.findall(r"[^\W\d_]+", claim) if key in known_keys(word)]
        form = next((form for form in known_forms(key) if fold(form).strip() in fold(claim)), [*words, key][0])
        if _stands(form, source):
            continue
        return Reason(key="name_missing", values={"what": form})
    return None


def _is_in_a_foreign_name(key: str, claim: str) -> bool:
    """Whether a short Chinese form is only part of a name written by its sound, as 阿曼 in 阿曼若洛夫."""
    short = [form for form in known_forms(key) if _HAN.search(form) and len(form) <= 2 and form in claim]
    return bool(short) and all(re.search(rf"{form}[若洛夫娃诺维奇斯基耶尔特德克姆·]", claim) for form in short)


@cache
def _implied(key: str) -> frozenset[str]:
    """Things named within any form of a known thing: the country in the full name of a university."""
    return frozenset(inner for form in known_forms(key) for inner in known_keys(form, nested=True))


@cache
def _is_common(key: str) -> bool:
    """Whether a thing of the word list has a name of common words only, as "Ministry of Education"."""
    words = {word for form in known_forms(key) for word in re.findall(r"[A-Za-z]+", form)}
    common = {word for words in read_lexicon("common")["impersonal_words"].values() for word in words} | {"of", "the"}
    return bool(words) and all(word.casefold() in common for word in words)


def _person(claim: str, source: str, aligned: Alignment) -> Reason | None:
    """A person whose name the source gives to nobody, though its parts may stand there apart."""
    told = people_in(source)
    heard = names_of(source)
    for person in people_in(claim):
        if fold(person).strip() in fold(source) or heard.has(person):
            continue
        missing = Reason(key="name_missing", values={"what": person})
        parts = [part for part in re.split(r"[\s.]+", person) if len(part) > 1]
        if _HAN.search(person):
            may_be = readings(person)
            if any(part in source or heard.has(part) or _among(part, told) for part in may_be):
                continue
            if not any(alike_abroad(part, other) for part in may_be for other in told):
                return missing
        elif not parts or any(
            same_person(person, other) or alike_abroad(reading, person) for other in told for reading in readings(other)
        ):
            continue
        elif _has_script(source, _script(person)):
            if len(parts) > 1 and not all(_stands(part, source) for part in parts if not known_keys(part)):
                return missing
            if len(parts) > 1 and any(not _HAN.search(other) for other in told):
                return missing
        elif _alignment_of(person, aligned) < (SURE_PERSON if told else SURE_NAME):
            return missing
    return None


def _among(name: str, told: tuple[str, ...]) -> bool:
    heard = sound(name)
    return any(same_sound(heard, sound(other)) for other in told)


def _name_word(claim: str, source: str, aligned: Alignment) -> Reason | None:
    """A capitalized word or acronym that the source does not have, in this script or another."""
    there = names_of(source)
    persons = {part for person in people_in(claim) for part in re.split(r"[\s.]+", person)}
    for word in dict.fromkeys([*names_of(claim).words, *_ACRONYM.findall(claim)]):
        if (
            word in persons
            or known_keys(word)
            or numbers_in(word)
            or all(_stands(part, source) for part in word.split("-"))
        ):
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
