"""The language of a text, from a whole report down to a question of three words."""

import re
from functools import cache
from typing import Any

DEFAULT = "en"
_SAMPLE = 4000
_HAN_PER_WORD = 1.6  # average length of a Chinese word in running text, in characters
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_KANA = re.compile(r"[\u3040-\u30ff]")
_HANGUL = re.compile(r"[\uac00-\ud7af]")
_ARABIC = re.compile(r"[\u0600-\u06ff]+")
_CYRILLIC_WORD = re.compile(r"[\u0400-\u052f]+")
_LATIN_WORD = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]+(?:['’][A-Za-z]+)?")
_LATIN = ("en", "fr", "de", "es", "it", "pt", "tr", "id", "vi", "pl", "nl")
_CYRILLIC = ("ru", "kk")
# Letters by which the Cyrillic alphabets of the region differ from the Russian one and from each other.
_ALPHABETS = (("tg", "ҳҷӣӯ"), ("uz", "ў"), ("uk", "їєґ"), ("kk", "әғқұһі"), ("ky", "өүң"))
_SURE = 0.9
_MIN_WORDS = 2


def language_of(text: str) -> str:
    """ISO 639-1 code of the main language of `text`; ``en`` where nothing tells, as for names or no letters.

    Scripts are counted in words, names and acronyms in Latin letters aside, so that a Chinese question about
    "TEC" stays Chinese. Alphabets tell Kazakh, Kyrgyz, Tajik, Uzbek and Ukrainian from Russian; only where
    letters do not suffice is a statistical model asked, among a few languages.
    """
    sample = text[:_SAMPLE]
    latin = _LATIN_WORD.findall(sample)
    cyrillic = _CYRILLIC_WORD.findall(sample)
    counts = {
        "zh": len(_HAN.findall(sample)) / _HAN_PER_WORD,
        "ko": len(_HANGUL.findall(sample)) / 2,
        "ar": float(len(_ARABIC.findall(sample))),
        "cyrillic": float(len(cyrillic)),
        "latin": float(sum(1 for number, word in enumerate(latin) if not _is_name(word, number))),
    }
    main = max(counts, key=lambda script: counts[script])
    if not counts[main]:
        return DEFAULT
    if main == "zh":
        return "ja" if len(_KANA.findall(sample)) > 0.2 * counts["zh"] * _HAN_PER_WORD else "zh"
    if main == "cyrillic":
        return _cyrillic_language(cyrillic)
    return _latin_language(latin) if main == "latin" else main


def _is_name(word: str, number: int) -> bool:
    """Whether a Latin word looks like a name: an acronym, or a capital anywhere but at the beginning."""
    return (len(word) > 1 and word.isupper()) or (number > 0 and word[0].isupper())


def _cyrillic_language(words: list[str]) -> str:
    lower = [word.casefold() for word in words]
    telling = {code: sum(1 for word in lower if set(word) & set(letters)) for code, letters in _ALPHABETS}
    # One word in six: a Russian sentence with one Kazakh name in it stays Russian.
    for code, count in telling.items():
        if count and count * 6 >= len(lower):
            return code
    scores = _scores(" ".join(lower), _CYRILLIC)
    return "kk" if scores["kk"] > _SURE else "ru"


def _latin_language(words: list[str]) -> str:
    plain = [word.lower() for number, word in enumerate(words) if not _is_name(word, number)]
    if len(plain) < _MIN_WORDS:
        return DEFAULT
    scores = _scores(" ".join(plain), _LATIN)
    best = max(scores, key=lambda code: scores[code])
    return best if scores[best] > _SURE else DEFAULT


def _scores(text: str, codes: tuple[str, ...]) -> dict[str, float]:
    return {str(code): float(score) for code, score in _identifier(codes).rank(text)}


@cache
def _identifier(codes: tuple[str, ...]) -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(codes))
    return identifier
