"""The language of a text, from a whole report down to a question of three words."""

import copy
import re
from functools import cache
from typing import Any

from corpus.scripts import CYRILLIC, HAN, HAN_LETTERS, LATIN

DEFAULT = "en"
_SAMPLE = 4000
_HAN_PER_WORD = 1.6  # average length of a Chinese word in running text, in characters
_KANA = re.compile(r"[\u3040-\u30ff]")
_HANGUL = re.compile(r"[\uac00-\ud7af]")
_OTHER_WORD = re.compile(rf"[^\W\d_{HAN_LETTERS}\u0000-\u024f\u0400-\u052f\u1e00-\u1eff\u3040-\u30ff\uac00-\ud7af]+")
_CYRILLIC_WORD = re.compile(rf"{CYRILLIC.pattern}+")
_LATIN_WORD = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]+(?:['’][A-Za-z]+)?")
_LATIN = ("en", "fr", "de", "es", "it", "pt", "tr", "id", "vi", "pl", "nl")
_CYRILLIC = ("ru", "kk")
# Letters by which the Cyrillic alphabets of the region differ from the Russian one and from each other.
_ALPHABETS = (("tg", "ҳҷӣӯ"), ("uz", "ў"), ("uk", "їєґ"), ("kk", "әғқұһі"), ("ky", "өүң"))
# Words that only one language of its script uses; they spare the model, and decide where it errs.
_ENGLISH_WORDS = frozenset("the who what which whose how where when why with and did does were from that about".split())
_KAZAKH_WORDS = frozenset("ма ба па ме бе пе мен бен пен ким болды болған туралы бойынша деп емес".split())
_SURE = 0.9
_MIN_WORDS = 2


def language_of(text: str) -> str:
    """ISO 639-1 code of the main language of `text`; ``en`` where nothing tells, as for names or no letters.

    Scripts are counted in words, names and acronyms in Latin letters aside, so that a Chinese question about
    "TEC" stays Chinese. Alphabets tell Kazakh, Kyrgyz, Tajik, Uzbek and Ukrainian from Russian; only where
    letters do not suffice is a statistical model asked, among a few languages.
    """
    sample = text[:_SAMPLE]
    latin = _plain_words(_LATIN_WORD, sample)
    cyrillic = _plain_words(_CYRILLIC_WORD, sample)
    others = _OTHER_WORD.findall(sample)
    counts = {
        "zh": len(HAN.findall(sample)) / _HAN_PER_WORD,
        "ko": len(_HANGUL.findall(sample)) / 2,
        "cyrillic": float(len(cyrillic)),
        "latin": float(len(latin)),
        "other": float(len(others)),
    }
    main = max(counts, key=lambda script: counts[script])
    if not counts[main]:  # nothing but names, or no letters at all
        return "ru" if _CYRILLIC_WORD.search(sample) and not _LATIN_WORD.search(sample) else DEFAULT
    if main == "zh":
        return "ja" if len(_KANA.findall(sample)) > 0.2 * counts["zh"] * _HAN_PER_WORD else "zh"
    if main == "cyrillic":
        return _cyrillic_language(cyrillic)
    if main == "other":  # Arabic, Hebrew, Greek, Georgian …
        return str(_whole_model().classify(" ".join(others))[0])
    return _latin_language(latin) if main == "latin" else main


def script_of(text: str) -> str:
    """The script most letters of `text` are written in: latin, cyrillic, cjk or other; latin for no letter."""
    counts = {
        "cjk": 2 * len(HAN.findall(text)),
        "cyrillic": len(CYRILLIC.findall(text)),
        "latin": len(LATIN.findall(text)),
    }
    counts["other"] = sum(map(str.isalpha, text)) - counts["cjk"] // 2 - counts["cyrillic"] - counts["latin"]
    return max(counts, key=lambda script: (counts[script], script == "latin"))


def _plain_words(pattern: re.Pattern[str], sample: str) -> list[str]:
    """Words in lower case without those that look like names: acronyms, and capitals except at the very beginning."""
    begin = len(sample) - len(sample.lstrip(" \n\"'«“„(#*-¿¡"))
    return [
        word.lower()
        for match in pattern.finditer(sample)
        if not ((len(word := match[0]) > 1 and word.isupper()) or (word[0].isupper() and match.start() > begin))
    ]


def _cyrillic_language(words: list[str]) -> str:
    telling = {code: sum(1 for word in words if set(word) & set(letters)) for code, letters in _ALPHABETS}
    telling["kk"] += sum(1 for word in words if word in _KAZAKH_WORDS)
    # One word in six: a Russian sentence with one Kazakh name in it stays Russian.
    for code, count in telling.items():
        if count and count * 6 >= len(words):
            return code
    return "kk" if _scores(" ".join(words), _CYRILLIC)["kk"] > _SURE else "ru"


def _latin_language(words: list[str]) -> str:
    # One word in eight: running English has about one in five of them.
    if len(words) < _MIN_WORDS or sum(1 for word in words if word in _ENGLISH_WORDS) * 8 >= len(words):
        return DEFAULT
    scores = _scores(" ".join(words), _LATIN)
    best = max(scores, key=lambda code: scores[code])
    return best if scores[best] > _SURE else DEFAULT


def _scores(text: str, codes: tuple[str, ...]) -> dict[str, float]:
    return {str(code): float(score) for code, score in _identifier(codes).rank(text)}


@cache
def _identifier(codes: tuple[str, ...]) -> Any:
    identifier = copy.copy(_whole_model())
    identifier.set_languages(list(codes))
    return identifier


@cache
def _whole_model() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
