"""Persons named in a text, by the form of their names; a rule for Latin, Cyrillic and Chinese writing each."""

import re
from functools import cache, lru_cache

from corpus.lexicon import read_lexicon
from corpus.names import is_calendar_word, is_common_word, known_keys

_UPPER = r"[A-ZÀ-ÖØ-ÞĀ-ŽА-ЯЁӘҒҚҢӨҰҮҺІ]"
_LOWER = r"[a-zß-öø-ÿā-žа-яёәғқңөұүһі'’]"
_NAME = re.compile(
    rf"(?<![^\W\u3400-\u9fff])(?:{_UPPER}[a-zа-яh]?\.\s?)*{_UPPER}(?:{_LOWER}+|\.)(?:-{_UPPER}?{_LOWER}+)?(?:\s+(?:{_UPPER}[a-z]?\.|(?:al|bin|de|van|von|ibn)\b|{_UPPER}{_LOWER}+(?:-{_UPPER}?{_LOWER}+)?))*"
)


@lru_cache(maxsize=8192)
def people_in(text: str) -> tuple[str, ...]:
    """Persons named in a text, in order, without titles; a single capitalized word is none."""
    found = [name for match in _NAME.finditer(text) for name in _person(match.group().split())]
    chinese = (next(group for group in match.groups() if group) for match in _chinese().finditer(text))
    found += [name for name in chinese if not _nouns().search(name)]
    return tuple(dict.fromkeys(found))


def person_places(text: str) -> list[tuple[int, int, str]]:
    """(start, end, name) of every place where a person is named in a text, in order; none gives an empty list."""
    return sorted(
        (match.start(), match.end(), person)
        for person in people_in(text)
        for match in re.finditer(re.escape(person), text)
    )


SHORT = 3
"""Letters of a day or month in short, which may be a family name: Sun, Jan, May."""


def _person(words: list[str]) -> list[str]:
    while words and (_opens(words[0]) or _is_title(words[0]) or (len(words) > 2 and known_keys(words[0]))):
        words.pop(0)
    name = " ".join(words)
    parts = [re.sub("['’]s$", "", word) for word in re.split(r"[\s.]+", name) if word]
    if len(parts) < 2 or any(is_common_word(word) for word in parts):
        return []
    if known_keys(name):
        return []
    return [name]


def _is_day(word: str) -> bool:
    return len(word) > SHORT and is_calendar_word(word)


def _opens(word: str) -> bool:
    """Whether a word owes its capital to opening a sentence or a date: "Then", "Yesterday", "March"."""
    plain = word.casefold()
    return plain in _listed("function_words") or plain in _listed("openers") or _is_day(word)


def _is_title(word: str) -> bool:
    """Whether a word is a title: "Dr", or each part of "Vice-Minister"."""
    return all(part in _listed("titles") for part in word.casefold().strip(".'’").split("-"))


@cache
def _nouns() -> re.Pattern[str]:
    """Words that are no part of a Chinese name, though one that begins them may be a family name."""
    return re.compile("|".join(read_lexicon("common")["chinese_names"]["not_names"]))


@cache
def _listed(section: str) -> frozenset[str]:
    return frozenset(word for words in read_lexicon("common")[section].values() for word in words)


@cache
def _chinese() -> re.Pattern[str]:
    """A Chinese name beside a title or in a list, or a foreign one with its raised dot."""
    listed = read_lexicon("common")["chinese_names"]
    surname, title = f"[{listed['surnames']}]", f"(?:{'|'.join(listed['titles'])})"
    after_title = "|".join(f"(?<={one})" for one in listed["titles"])
    return re.compile(
        rf"(?:{after_title})({surname}[\u4e00-\u9fff]{{1,2}})"
        rf"|({surname}[\u4e00-\u9fff]{{1,2}})(?=(?:常务副|副|代理|代|前|原)?{title})"
        rf"|([\u4e00-\u9fff]{{1,6}}·[\u4e00-\u9fff]{{1,6}})"
        rf"|(?:^|[、，。和与])({surname}[\u4e00-\u9fff]{{1,2}})(?=[、，和与等介绍表示说出席主持应邀])"
    )
