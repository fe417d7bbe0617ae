"""When two names are of one thing: the same words, a full name and its own acronym, or an entry of the word list.

Nothing else joins two names: no country, city, initial, family name or sound. Within one record a word for a sort of
body stands for the only body of which it is part, as "the Bank" does for "Hengchuan Rural Credit Bank".
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

import Stemmer

from corpus.acronyms import acronyms_in
from corpus.lexicon import read_lexicon
from corpus.names import fold, is_body, is_common_word, known_forms, known_keys
from corpus.plain_form import plain_form

_CYRILLIC = re.compile(r"[\u0400-\u04ff]+")
_HAN = re.compile(r"[\u3400-\u9fff]")
_SMALL = frozenset("the of for and in on at de la le du des s и по для в на".split())
MOST_OF_SORT = 2
"""Signs of a Chinese word that stands for a body."""
_SHORT = re.compile(r"[（(]\s*([^()（）]{2,24}?)\s*[)）]")
"""What stands in brackets after a name."""


@lru_cache(maxsize=65536)
def plain_name(name: str) -> str:
    """A name in plain form, folded, without small words and Cyrillic endings, so that forms of one are equal."""
    words = [stemmed(word) for word in fold(plain_form(name).replace("Center", "Centre")).split()]
    return " ".join([word for word in words if word not in _SMALL] or words)


def stemmed(text: str) -> str:
    """A text with every Cyrillic word in small letters and without its ending; all else as it is."""
    return _CYRILLIC.sub(lambda found: _russian().stemWord(found.group().casefold()), text)


@cache
def _russian() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("russian")


@lru_cache(maxsize=65536)
def covers(name: str, key: str) -> bool:
    """Whether a name is a form of a known thing, and not only has one within it."""
    return any(plain_name(form) == plain_name(name) for form in known_forms(key))


def same_words(one: str, other: str) -> bool:
    """Whether two names of persons are the same words; Russian ones in any case."""
    parts = plain_name(one).split(), plain_name(other).split()
    if parts[0] == parts[1] or not (_CYRILLIC.search(one) and _CYRILLIC.search(other)):
        return parts[0] == parts[1]
    own = fold(one).split(), fold(other).split()
    return len(own[0]) == len(own[1]) and all(map(_is_declined, *own))


def _is_declined(one: str, other: str) -> bool:
    """Whether two Cyrillic words may be one in two cases: endings of up to three letters differ."""
    common = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return common >= max(2, max(len(one), len(other)) - 3)


def person_key(name: str) -> tuple[str, ...]:
    """What all forms of a person's name share: the first letters of its parts; others may share it too."""
    return tuple(part[:2] for part in fold(name).split())


def is_one_word(name: str) -> bool:
    """Whether a person is named by one word, as a family name; a Chinese name is no such word."""
    return len(fold(name).split()) == 1 and not _HAN.search(name)


def same_body(one: str, other: str) -> bool:
    """Whether two names are forms of one body's: the same words, or forms of one entry of the word list."""
    return plain_name(one) == plain_name(other) or bool(_known(one) & _known(other))


@lru_cache(maxsize=65536)
def _known(name: str) -> frozenset[str]:
    return frozenset(key for key in known_keys(name) if is_body(key) and covers(name, key))


def country_of(name: str) -> str:
    """ISO 3166 code of the country that a name or place holds ("Kazakhstan's Ministry of Education"); or empty."""
    return next((key for key in sorted(known_keys(name, nested=True)) if len(key) == 2), "")


def is_own(name: str, office: Sequence[str]) -> bool:
    """Whether a name is one that an office goes by."""
    return any(same_body(name, own) for own in office)


def own_places(text: str, office: Sequence[str]) -> list[tuple[int, int]]:
    """Where a text in plain form names the office: (start, end) of each name as whole words, Russian in any case."""
    names, han = _own_words(tuple(office))
    words = [(stemmed(found.group()).casefold(), found.start(), found.end()) for found in re.finditer(r"\w+", text)]
    found = [
        (words[at][1], words[at + len(name) - 1][2])
        for at, word in enumerate(words)
        for name in names.get(word[0], ())
        if tuple(one[0] for one in words[at : at + len(name)]) == name
    ]
    for name in han:
        found += [(one.start(), one.end()) for one in re.finditer(re.escape(name), text)]
    return sorted(found)


@cache
def _own_words(office: tuple[str, ...]) -> tuple[dict[str, list[tuple[str, ...]]], tuple[str, ...]]:
    """The words of each name of an office by the first one, and its names with Chinese signs."""
    plain = [plain_form(name) for name in office]
    found: dict[str, list[tuple[str, ...]]] = {}
    for name in plain:
        words = tuple(re.findall(r"\w+", stemmed(name).casefold()))
        if words:
            found.setdefault(words[0], []).append(words)
    return found, tuple(filter(_HAN.search, plain))


def identity(name: str, report_id: str) -> str:
    """What all forms of one name share: a known thing's key, else its plain words.

    A name of common words alone ("Ministry of Education") is only its report's: many countries have one.
    """
    plain, known = plain_name(name), sorted(_known(name))
    if all(word in _common_words() for word in plain.split()) or plain in _common_words():
        return f"{plain}@{report_id}"
    return f"known:{known[0]}" if known else plain


@cache
def _common_words() -> frozenset[str]:
    return frozenset(stemmed(word) for word in read_lexicon("organizations")["common_words"]["all"])


def acronym_pairs(texts: Sequence[str], names: Sequence[str]) -> dict[str, str]:
    """The full name of each acronym that some text explains: in brackets after a name, as all letters of it or not."""
    found = {short: full for text in texts for short, full in acronyms_in(text)}
    for text in texts:
        for name in sorted(set(names) - {""}, key=lambda one: (-len(one), one)):  # the shortest that ends there counts
            at = text.find(name)
            while at >= 0:
                end = at + len(name)
                match = _SHORT.match(text[end : end + 30].lstrip())
                if match and _is_short_for(match[1], name):
                    found[match[1]] = name
                at = text.find(name, end)
    return found


def _is_short_for(short: str, name: str) -> bool:
    """Whether what stands in brackets may be a name's short form: its capitals, or signs of it in order."""
    if len(short) >= len(name) or any(letter.isdigit() for letter in short):
        return False
    signs = short if _HAN.search(short) else [letter for letter in short if letter.isupper()]
    rest = iter(name if _HAN.search(short) else [word[0].upper() for word in name.replace("-", " ").split()])
    return len(signs) > 1 and all(sign in rest for sign in signs)


def grouped_people(written: Sequence[str]) -> dict[str, str]:
    """The fullest form of each person's name in one record, by every form; a family name stands for who bears it."""
    groups: list[list[str]] = []
    for name in sorted(dict.fromkeys(written), key=lambda one: -len(fold(one).split())):
        same = [own for own in groups if same_words(name, own[0])]
        if not same and is_one_word(name):
            same = [own for own in groups if any(same_words(name, part) for part in fold(own[0]).split())]
        if len(same) == 1:
            same[0].append(name)
        else:
            groups.append([name])
    return {name: max((one for one in own if same_words(one, own[0])), key=fullness) for own in groups for name in own}


def grouped(written: Sequence[str], short: Mapping[str, str]) -> dict[str, str]:
    """The fullest form of each body's name of one record, by every form of it.

    Args:
        written: Names as they stand there; `short` the full name of each acronym that is explained.
    """
    groups: dict[str, list[str]] = {}
    for name in dict.fromkeys(written):
        full = short.get(name, name)
        own = groups.setdefault(plain_name(full), [])
        own += [one for one in (full, name) if one not in own]
    fullest = {plain: max(own, key=fullness) for plain, own in groups.items()}
    for plain, own in sorted(groups.items(), key=lambda group: len(group[0])):
        if not all(map(_is_sort, own)):
            continue
        longer = [other for other in groups if other != plain and _is_part(plain, other)]
        outer = [one for one in longer if not any(one != other and _is_part(one, other) for other in longer)]
        if len(outer) == 1:
            fullest[plain] = fullest[outer[0]]
    return {name: fullest[plain] for plain, own in groups.items() for name in own}


def _is_sort(name: str) -> bool:
    """Whether a name only says what sort of body is meant: "the Bank", 中心, "our hospital"."""
    if _HAN.search(name):
        return len(name) <= MOST_OF_SORT
    return name[0].islower() or (" " not in name and is_common_word(name))


def _is_part(few: str, many: str) -> bool:
    """Whether the words, or Chinese signs, of one plain name stand side by side in another."""
    if _HAN.search(few):
        return len(few) > 1 and few in many
    return f" {few} " in f" {many} "


def fullness(form: str) -> tuple[bool, int, int]:
    """How full a form of a name is; of one name in several cases the plainest, which is the shortest, counts most."""
    return " " in form or not form.isupper(), len(stemmed(form)), -len(form)
