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

_PART = rf"(?:{_UPPER}['’])?{_UPPER}{_LOWER}+(?:-{_UPPER}?{_LOWER}+)*"
_PARTICLE = (
    r"(?:al|el|bin|binti|bint|ibn|ben|de|del|della|di|da|dos|das|do|du"
    r"|la|las|los|van|von|der|den|ter|ten|af|az|ad|as|ul|ur)"
)
_NAME_CLOSELY = re.compile(
    rf"(?<![^\W\u3400-\u9fff])(?:{_UPPER}[a-zа-яh]?\.\s?)*(?:{_PART}|{_UPPER}\.)"
    rf"(?:\s+(?:(?:{_UPPER}[a-z]?\.)+|(?:{_PARTICLE}\s+)*(?:{_PARTICLE}-)?{_PART}))*"
)
"""Also "João da Silva", "Ursula von der Leyen", "Amina bint Saleh", "A.B. Osei" and "Youssou N'Dour"."""


@lru_cache(maxsize=8192)
def people_in(text: str, *, closely: bool = False) -> tuple[str, ...]:
    """Persons named in a text, in order, without titles; a single capitalized word is none.

    Args:
        closely: Also those behind a longer title ("Research Fellow Li Na") or the body it is of, and Chinese names
            without the verb that follows. What the proof was measured with is the other reading.
    """
    found = []
    for match in (_NAME_CLOSELY if closely else _NAME).finditer(text):
        if closely:
            words = match.group().split()
            if text[match.end() : match.end() + 1].isalpha():
                words.clear()  # "Motoren GmbH" is no "Motoren Gmb"
            found += _no_body(words, text[: match.start()]) if words else []
        else:
            found += _person(match.group().split())
    form = _chinese_closely() if closely else _chinese()
    chinese = (next(group for group in match.groups() if group) for match in form.finditer(text))
    found += [name for name in chinese if not _nouns(closely=closely).search(name)]
    return tuple(dict.fromkeys(found))


def person_places(text: str, *, closely: bool = False) -> list[tuple[int, int, str]]:
    """(start, end, name) of every place where a person is named in a text, in order; none gives an empty list.

    Args:
        closely: As for `people_in`.
    """
    return sorted(
        (match.start(), match.end(), person)
        for person in people_in(text, closely=closely)
        for match in re.finditer(re.escape(person), text)
    )


REACH = 80
"""Code points before a name within which a title with "of" is looked for."""

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


def _no_body(words: list[str], before: str) -> list[str]:
    """As `_person_closely`, without what only looks like a person: "the Graz Guild", "University of Green Hills"."""
    while len(words) > 2 and words[0].rstrip(".").casefold() in read_lexicon("people")["courtesy"]["en"]:
        before += f"{words.pop(0)} "
    initial = next((at for at, word in enumerate(words) if at and word.endswith(".") and len(word) < SHORT), 0)
    if initial and is_common_word(words[initial - 1]):
        words, before = words[initial:], f"{before} {' '.join(words[:initial])} "  # Faculty of Education S. P. Kulesh
    of_what = re.search(r"(\S+)\s+(?:of|for)\s+(?:the\s+)?$", before[-REACH:])
    if of_what and _names_no_person(of_what.group(1)) and not any(map(_is_title, words)):
        return []
    found = _person_closely(list(words), before)
    if not found:
        return []
    parts = _without_place(found[0].split(), before)
    is_whole = parts[0] == words[0]
    is_of_the = is_whole and re.search(r"(?<![\w-])the\s+$", before) is not None
    opens_place = is_whole and parts[0].casefold() in read_lexicon("people")["places"]["openers"]
    is_inside = is_whole and re.search(r"(?<![\w-])(?:in|в|во)\s+$", before) is not None
    if is_of_the or is_inside or opens_place or any(map(_names_no_person, parts)):
        return []
    return [" ".join(parts)]


@cache
def _names_no_person(word: str) -> bool:
    """Whether a word is one of a body's, an event's or a place's name: "Guild", "Colloquium", "Valley"."""
    plain = re.sub("['’]s?$", "", word).casefold()
    return plain in read_lexicon("organizations")["heads"]["en"] or plain in read_lexicon("people")["places"]["never"]


def _without_place(parts: list[str], before: str) -> list[str]:
    """A Russian name without the region, in the genitive, that a body before it ends with."""
    is_three = len(parts) == len(("region", "given", "family")) and re.search(r"[а-яё]\s+$", before) is not None
    has_patronymic = any(re.search(r"(?:ич|вна|чна|оглы|кызы|улы)\w{0,3}$", part) for part in parts)
    return parts[1:] if is_three and not has_patronymic and re.search("(?:ья|ии|ия)$", parts[0]) else parts


def _person_closely(words: list[str], before: str) -> list[str]:
    """As `_person`, without what a title ends ("Research Fellow") and the body of a title before ("Rector of X")."""
    titles = [at for at, word in enumerate(words) if _is_title(word) or (at < 3 and _is_longer_title(word))]
    bodies = [at for at, word in enumerate(words) if is_common_word(word)]
    told = re.search(r"(\S+)\s+of\s+(?:the\s+)?$", before[-REACH:])
    is_russian = re.search("[а-я]", words[-1]) and _russian_title().search(before[-REACH:] + " ".join(words[:1]))
    if told and _is_title(told.group(1)):
        words = words[bodies[-1] + 1 if bodies else 1 :] if bodies or len(words) > 2 else words
    elif titles and (titles[-1] < len(words) - 2 or len(titles) == len(words)):
        words = words[titles[-1] + 1 :]
    elif is_russian and bodies and bodies[-1] < len(words) - 2:
        words = words[bodies[-1] + 1 :]
    is_inner = re.search(r"[\w,]\s*$", before) is not None
    if len(words) == 2 and (is_inner or words[0].casefold() in read_lexicon("people")["never_opening"]["all"]):
        is_name = not any(is_common_word(word) or _is_title(word) for word in words) and not _is_day(words[0])
        return [" ".join(words)] if is_name and not known_keys(" ".join(words)) else []
    return _person(words)


def _is_day(word: str) -> bool:
    return len(word) > SHORT and is_calendar_word(word)


def _is_longer_title(word: str) -> bool:
    """Whether a word is part of a title as the longer lists of `people.toml` have them, or the plural of a title."""
    parts = word.casefold().rstrip("s").split("-")
    return all(part in _longer_titles() or part in _listed("titles") for part in parts)


@cache
def _longer_titles() -> frozenset[str]:
    listed = read_lexicon("people")
    phrases = [*listed["titles"]["en"], *listed["qualifiers"]["en"]]
    return frozenset(part.rstrip(".") for phrase in phrases for part in re.split(r"[\s-]+", phrase))


@cache
def _russian_title() -> re.Pattern[str]:
    listed = [*read_lexicon("common")["titles"]["ru"], *read_lexicon("people")["titles"]["ru"]]
    return re.compile("|".join(listed), re.IGNORECASE)


def _opens(word: str) -> bool:
    """Whether a word owes its capital to opening a sentence or a date: "Then", "Yesterday", "March"."""
    plain = word.casefold()
    return plain in _listed("function_words") or plain in _listed("openers") or _is_day(word)


def _is_title(word: str) -> bool:
    """Whether a word is a title: "Dr", or each part of "Vice-Minister"."""
    return all(part in _listed("titles") for part in word.casefold().strip(".'’").split("-"))


@cache
def _nouns(*, closely: bool = False) -> re.Pattern[str]:
    """Words that are no part of a Chinese name, though one that begins them may be a family name."""
    more = read_lexicon("people")["chinese"]["not_names"] if closely else []
    return re.compile("|".join([*read_lexicon("common")["chinese_names"]["not_names"], *more]))


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


@cache
def _chinese_closely() -> re.Pattern[str]:
    """As `_chinese`; a name ends where a verb or title begins, a foreign one at a character that writes none."""
    listed, more = read_lexicon("common")["chinese_names"], read_lexicon("people")["chinese"]
    titles = sorted({*listed["titles"], *more["titles"]}, key=len, reverse=True)
    title = f"(?:{'|'.join(titles)})"
    goes_on = f"(?!{'|'.join(more['after_names'])})(?!{title})"
    foreign, han = f"[{more['foreign']}]", "[\u4e00-\u9fff]"
    surname = f"(?:{'|'.join(more['double_surnames'])}|[{listed['surnames']}{more['surnames']}])"
    name = f"{surname}(?!{title}){han}(?:{goes_on}{han})?"
    after_title = "|".join(f"(?<={one})" for one in titles)
    after_weak = "|".join(f"(?<={one})" for one in more["weak_titles"])
    return re.compile(
        rf"({foreign}{{1,6}}(?:·(?:{goes_on}{foreign}){{1,7}})+)"
        rf"|(?:{after_title})({name})"
        rf"|({name})(?=(?:常务副|副|代理|代|前|原)?{title})"
        rf"|(?:^|[、，。和与])({name})(?=[、，和与等介绍表示说出席主持应邀]|会见|接待|致辞|陪同)"
        rf"|(?:{after_weak})({name})(?=[、，。和与等])"
    )
