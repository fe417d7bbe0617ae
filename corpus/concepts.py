"""What a text talks about, as keys shared by all languages: concepts of the field, and offices with their rank."""

import re
from functools import cache, lru_cache

import Stemmer

from corpus.lexicon import read_lexicon
from corpus.scripts import CYRILLIC, HAN

_WORD = re.compile(r"[^\W_]+")
OPEN_FROM = 7
REACH = 1
"""Words between a modifier and its office: "Vice Rector", "Deputy Permanent Secretary"."""


@lru_cache(maxsize=8192)
def concepts_in(text: str) -> frozenset[str]:
    """Keys of the concepts (`corpus/lexicon/concepts.toml`) that a text speaks of, in any language."""
    stemmed = _stemmed(text)
    return frozenset(key for key, form in _forms("concepts", "concepts") if _stands(form, stemmed, text))


@lru_cache(maxsize=8192)
def offices_in(text: str) -> frozenset[str]:
    """Offices a text names, each with its modifier: ``vice rector``, ``rector``, ``former president``."""
    found = set()
    stemmed = _stemmed(text)
    for key, form in _forms("roles", "roles"):
        for at in _places(form, stemmed, text):
            found.add(f"{_modifier_before(form, at, stemmed, text)} {key}".strip())
    # Words that hold office and modifier in one: проректор, замминистра.
    for word in _WORD.findall(text.casefold()):
        if word.startswith("проректор"):
            found = (found - {"rector"}) | {"vice rector"}
        elif word.startswith("замминистр"):
            found = (found - {"minister"}) | {"vice minister"}
    same = read_lexicon("roles")["same"]
    return frozenset(same.get(office, office) for office in found)


def _modifier_before(form: str, at: int, stemmed: str, text: str) -> str:
    if HAN.search(form):
        before = text[max(0, at - 2) : at]
        return next((key for key, word in _forms("roles", "modifiers") if HAN.search(word) and word in before), "")
    words = stemmed[: at + 1].split()[-1 - REACH :]
    keys = [key for key, word in _forms("roles", "modifiers") if word.strip() in words]
    return keys[0] if keys else ""


def _stands(form: str, stemmed: str, text: str) -> bool:
    return form in text if HAN.search(form) else form in stemmed


def _places(form: str, stemmed: str, text: str) -> list[int]:
    return [match.start() for match in re.finditer(re.escape(form), text if HAN.search(form) else stemmed)]


def _stemmed(text: str) -> str:
    """Stems of the words, a blank on both sides of each."""
    return " " + " ".join(_stem(word) for word in _WORD.findall(text.casefold())) + " "


@lru_cache(maxsize=65536)
def _stem(word: str) -> str:
    return str(_stemmers()["ru" if CYRILLIC.search(word) else "en"].stemWord(word))


@cache
def _stemmers() -> dict[str, "Stemmer.Stemmer"]:
    return {"en": Stemmer.Stemmer("english"), "ru": Stemmer.Stemmer("russian")}


def _pattern(form: str) -> str:
    """The stemmed form; a long Cyrillic one is left open at its end, for Kazakh endings that no stemmer knows."""
    stemmed = _stemmed(form)
    return stemmed.rstrip() if len(stemmed) > OPEN_FROM and CYRILLIC.search(stemmed) else stemmed


@cache
def _forms(name: str, section: str) -> tuple[tuple[str, str], ...]:
    """(key, form) with Latin and Cyrillic forms stemmed as a text is, longest first."""
    pairs = [
        (key, form if HAN.search(form) else _pattern(form))
        for key, forms in read_lexicon(name)[section].items()
        for form in forms
    ]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[1])))
