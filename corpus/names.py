"""Names across scripts and forms: the same person, place or organisation in Latin, Cyrillic or Chinese writing.

A known thing (countries of the Unicode list, `corpus/lexicon/aliases.toml`) has one key for all its forms. Any other
name is compared by its sound: transliterated, and spelled the way pinyin and the Palladius system agree on; and a name
in Chinese characters with one in letters by the learned model of `corpus.heard`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from anyascii import anyascii

from corpus.cities import names_in_other_scripts
from corpus.heard import SURE, heard_in
from corpus.lexicon import read_lexicon
from corpus.plain_form import plain_form
from corpus.sounds import heard_of, root, same_sound, sound, stems

NEAR = 12
"""Code points before and after a word that tell whether it opens a sentence."""
COUNTRY_LANGUAGES = ("en", "zh", "ru", "kk")

_CJK_RUN = re.compile(r"[\u3400-\u9fff]+")
_CHINESE = re.compile(r"[\u3400-\u9fff·]+")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_NAME_WORD = re.compile(
    r"[A-ZÀ-ÖØ-ÞĀ-ŽА-ЯЁӘҒҚҢӨҰҮҺІ][^\W\u3400-\u9fff]*"
    r"(?:(?:['’]|-(?=[^\W\dA-ZА-ЯЁ]))[^\W\u3400-\u9fff]+)*"
)
_SENTENCE_START = re.compile(r"(?:^|[.!?:;—“\"«(]\s*)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """The names of one text.

    Attributes:
        known: Keys of the things that have an entry in the word list, the longest names only.
        within: These and the things named inside them: the country in the name of a university.
        words: Words written as names (capitalized, Latin or Cyrillic) that belong to no known thing, in order.
        sounds: Sounds of all names, of neighboring name words joined, and of every Chinese run of 2-4 characters.
        written: All name words, and neighboring ones joined, as they are written, with the sound of each.
        chinese: The Chinese runs, foreign names with their raised dots, a blank between them.
    """

    known: frozenset[str]
    within: frozenset[str]
    words: tuple[str, ...]
    sounds: frozenset[str]
    written: tuple[tuple[str, str], ...] = ()
    chinese: str = ""

    def has(self, word: str) -> bool:
        """Whether a name word stands among these names, in any script or case, or what a city is called in another."""
        if self._has(word):
            return True
        heard = {heard for _, heard in self.written}
        others = names_in_other_scripts(word)
        return any(form in self.chinese if _CJK_RUN.search(form) else heard_of(form) in heard for form in others)

    def _has(self, word: str) -> bool:
        wanted = heard_of(word)
        if wanted in self.sounds:
            return True
        # Of Chinese names in Cyrillic nothing is learned yet, so there the sounds of Chinese runs may also be near.
        near = self.sounds if _CYRILLIC.search(word) else [heard for _, heard in self.written]
        if any(same_sound(wanted, heard) for heard in near):
            return True
        if _CJK_RUN.search(word):
            return word in self.chinese or any(_heard_in_most(other, word) for other, _ in self.written)
        return (found := heard_in(word, self.chinese)) is not None and found.probability >= SURE


def _heard_in_most(word: str, chinese: str) -> bool:
    """Whether a word in letters is heard in a Chinese name, but for what says of what kind it is: 大学, 市."""
    found = heard_in(word, chinese)
    return found is not None and found.probability >= SURE and 2 * (found.end - found.start) >= len(chinese)


@lru_cache(maxsize=8192)
def names_of(text: str) -> Names:
    """The names of a text; all empty for a text without any."""
    text = plain_form(text)
    known, within = known_keys(text), known_keys(text, nested=True)
    taken = _known_words(known)
    words: list[str] = []
    written: dict[str, str] = {}
    previous: tuple[int, str, str] | None = None
    for start, end, word in name_words(text):
        heard = heard_of(word)
        written[word] = heard
        if previous and text[previous[0] : start].strip(" -") == "":
            written[f"{previous[1]} {word}"] = previous[2] + heard
        previous = (end, word, heard)
        if not any(same_sound(heard, other) for other in taken):
            words.append(word)
    sounds = set(written.values())
    for run in _CJK_RUN.findall(text):
        sounds.update(sound(run[at : at + size]) for size in (2, 3, 4) for at in range(len(run) - size + 1))
    return Names(
        known=known,
        within=within,
        words=tuple(dict.fromkeys(words)),
        sounds=frozenset(sounds - {""}),
        written=tuple((word, heard) for word, heard in written.items() if heard),
        chinese=" ".join(_CHINESE.findall(text)),
    )


def name_words(text: str) -> Iterator[tuple[int, int, str]]:
    """Where a word stands that is written as a name (capitalized, Latin or Cyrillic), and the word without its 's."""
    for match in _NAME_WORD.finditer(text):
        word = match.group().strip("'’-").removesuffix("'s").removesuffix("’s")
        if not word or (
            _SENTENCE_START.search(text[max(0, match.start() - NEAR) : match.start()])
            and _is_plain(word, text[match.end() : match.end() + NEAR])
        ):
            continue
        if not is_calendar_word(word) and _listed_stem(word) not in _common_stems():
            yield match.start(), match.end(), word


@lru_cache(maxsize=8192)
def known_keys(text: str, *, nested: bool = False) -> frozenset[str]:
    """Keys of the countries, organisations, programmes and places of the word list that `text` names.

    Args:
        nested: Also those whose form lies inside a longer one found, as "Kazakh" in the name of a university.
    """
    found = set(_taken_out(fold(text), _forms(), nested=nested))
    if _CYRILLIC.search(text):
        found.update(_taken_out(stems(text), _cyrillic_forms(), nested=nested))
    return frozenset(found)


def is_calendar_word(word: str) -> bool:
    """Whether a word is the name of a month or a day of the week, in English or Russian."""
    return word.casefold() in _calendar_words()


def is_common_word(word: str) -> bool:
    """Whether a word, in any of its endings, is a title or names a kind of body: "Professor", университете."""
    return _listed_stem(word) in _common_stems()


def is_body(key: str) -> bool:
    """Whether a key is an organisation's, not a place's or a programme's."""
    return key in read_lexicon("aliases")["organisations"]


def known_forms(key: str) -> tuple[str, ...]:
    """Every form of a known thing, in all languages, longest first; empty for a key of none."""
    return tuple(sorted((form for other, form in _entries() if other == key), key=len, reverse=True))


def form_keys() -> Iterator[tuple[str, str]]:
    """(key, form) of every known thing: folded, of Cyrillic ones the stems, of Chinese ones as they are."""
    yield from (*_forms(), *_cyrillic_forms())


def _taken_out(text: str, forms: tuple[tuple[str, str], ...], *, nested: bool) -> Iterator[str]:
    """Keys of the forms in a text, longest first, each taken out once found unless `nested`."""
    for key, form in forms:
        if form in text:
            yield key
            text = text if nested else text.replace(form, " | ")


def _is_plain(word: str, after: str) -> bool:
    """Whether a word that opens a sentence owes its capital only to that."""
    if word.casefold() in function_words():
        return True
    return bool(_CYRILLIC.match(word)) and not re.match(r"\s+[А-ЯЁӘҒҚҢӨҰҮҺІ]", after)


def _listed_stem(word: str) -> str:
    return stems(word).strip() if _CYRILLIC.match(word) else word.casefold()


def fold(text: str) -> str:
    """Lower-case words without accents, each with a blank on both sides; Chinese runs are left as they are."""
    return (
        " "
        + " ".join(_fold_word(word) for word in re.findall(r"[\u3400-\u9fff]+|[^\W_\u3400-\u9fff]+", text.casefold()))
        + " "
    )


def _fold_word(word: str) -> str:
    return anyascii(word) if all(letter < "\u0250" for letter in word) else word


@cache
def _entries() -> tuple[tuple[str, str], ...]:
    """(key, form) of every known thing, in every language."""
    from babel import Locale

    listed = read_lexicon("aliases")
    pairs = [(key, form) for section in listed.values() for key, forms in section.items() for form in forms]
    for language in COUNTRY_LANGUAGES:
        territories = Locale(language).territories.items()
        pairs.extend(
            (code, form)
            for code, name in territories
            if len(code) == 2 and code.isalpha() and code != "ZZ"
            for form in {name, re.sub(r"\s*[(（].*", "", name)}  # "Myanmar (Burma)"
        )
    return tuple(pairs)


@cache
def _forms() -> tuple[tuple[str, str], ...]:
    """(key, form as it stands in a folded text): words bounded by blanks, Chinese anywhere."""
    folded = ((key, fold(form)) for key, form in _entries() if not _CYRILLIC.search(form))
    pairs = ((key, form.strip() if _CJK_RUN.search(form) else form) for key, form in folded)
    return tuple(sorted(pairs, key=lambda pair: -len(pair[1])))


@cache
def _cyrillic_forms() -> tuple[tuple[str, str], ...]:
    pairs = ((key, stems(form)) for key, form in _entries() if _CYRILLIC.search(form))
    return tuple(sorted(pairs, key=lambda pair: -len(pair[1])))


@lru_cache(maxsize=1024)
def _known_words(known: frozenset[str]) -> frozenset[str]:
    """Sounds of the words that make up the forms of these known things."""
    words = [word for key, form in _entries() if key in known for word in _WORD.findall(form)]
    return frozenset(heard for word in words for heard in (sound(word), sound(root(word))) if heard)


@cache
def function_words() -> frozenset[str]:
    """Words of every language that carry no content of their own, in lower case."""
    return frozenset(_flat(read_lexicon("common")["function_words"]))


@cache
def _common_stems() -> frozenset[str]:
    """Titles, and words that make up the names of bodies, of which none tells one name from another."""
    listed = read_lexicon("common")
    return frozenset(
        _listed_stem(word) for section in ("titles", "impersonal_words") for word in _flat(listed[section])
    )


@cache
def _calendar_words() -> frozenset[str]:
    from babel import Locale

    words: set[str] = set()
    for language in ("en", "ru"):
        locale = Locale(language)
        for names in (*locale.months["format"].values(), *locale.days["format"].values()):
            words.update(name.casefold().strip(".") for name in names.values())
    return frozenset(words)


def _flat(section: dict[str, list[str]]) -> Iterator[str]:
    for words in section.values():
        yield from words
