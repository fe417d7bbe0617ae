"""The few sentences of our own around an answer, in the languages of the interface."""

from collections.abc import Mapping

from corpus.lexicon import read_lexicon

FALLBACK = "en"


def phrase(key: str, language: str, **values: object) -> str:
    """A sentence of `corpus/lexicon/phrases.toml` in a language, its blanks filled; English where there is none."""
    listed: Mapping[str, Mapping[str, str]] = read_lexicon("phrases")
    forms = listed[key]
    return forms.get(language, forms[FALLBACK]).format(**values)
