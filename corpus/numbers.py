"""Numbers in a text, whether in figures or in words: 22, twenty-two, 二十二 and двадцать два are one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from corpus.lexicon import read_lexicon
from corpus.scripts import CYRILLIC

_FIGURE = re.compile(
    r"(?<![\d.,])(?P<figure>\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d+(?:[.,]\d+)*)"
    r"(?:\s?(?P<scale>百万|千万|万|亿|千|百|(?:hundred|thousand|million|billion|тыс|млн|млрд|миллион|миллиард)\w*))?"
)
_WORD = re.compile(r"[^\W\d_]+")
_CHINESE = re.compile(r"[〇零一二三四五六七八九十百千万亿两]+")
_CHINESE_DIGITS = {mark: value for value, mark in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "两": 2}
_CHINESE_SCALES = {"十": 10, "百": 100, "千": 1000}
_CHINESE_GREAT = {"万": 10**4, "亿": 10**8}


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number at `text[start:end]`; `is_word` when it is spelled out."""

    value: float
    start: int
    end: int
    is_word: bool = False


def numbers_in(text: str) -> tuple[Number, ...]:
    """All numbers of a text in reading order; ordinals count as their number; none gives an empty tuple.

    A single Chinese numeral counts only before a measure word or a date's mark, and after 第, since in names it is
    no number. The words, of English and Russian, are those of ``[spelled]`` in `corpus/lexicon/values.toml`.
    """
    found = [*_figures(text), *_spelled(text), *_chinese(text)]
    found.sort(key=lambda number: (number.start, -number.end))
    return tuple(number for at, number in enumerate(found) if not at or number.start >= found[at - 1].end)


def _figures(text: str) -> Iterator[Number]:
    scales = read_lexicon("values")["scales"]
    for match in _FIGURE.finditer(text):
        value = _value_of(match["figure"])
        scale = (match["scale"] or "").casefold()
        by = next((times for word, times in scales.items() if scale.startswith(word)), 1) if scale else 1
        yield Number(value=value * by, start=match.start(), end=match.end())


def _value_of(figure: str) -> float:
    """Value of a figure: a mark before groups of three digits parts thousands, any other one a fraction."""
    plain = re.sub(r"[ \u00a0\u202f]", "", figure)
    if re.fullmatch(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?", plain):
        return float(plain.replace(",", ""))
    if re.fullmatch(r"\d+[.,]\d+", plain):
        return float(plain.replace(",", "."))
    return float(re.sub(r"[.,]", "", plain))


def _spelled(text: str) -> Iterator[Number]:
    """Runs of number words; a hundred multiplies what stands before it, a thousand closes a group."""
    run: list[tuple[float, int, int]] = []
    for match in _WORD.finditer(text):
        value = _word_value(match.group().casefold())
        if value is None and run and run[-1][0] >= 20:
            value = read_lexicon("values")["spelled"]["after_tens"].get(match.group().casefold())
        is_next = bool(run) and re.fullmatch(r"[\s-]{0,2}(?:and\s)?|\s", text[run[-1][2] : match.start()])
        if value is not None and run and (not is_next or not _may_follow(run[-1][0], value)):
            yield _sum(run)
            run = []
        if value is not None:
            run.append((value, match.start(), match.end()))
        elif run and match.group().casefold() != "and":
            yield _sum(run)
            run = []
    if run:
        yield _sum(run)


def _may_follow(before: float, value: float) -> bool:
    return (
        value >= 100
        or (value == 12 and before < 10)
        or (before >= 20 and value < before and (before >= 100 or value < 10))
    )


def _sum(run: list[tuple[float, int, int]]) -> Number:
    total = group = 0.0
    for value, _, _ in run:
        if value >= 1000:
            total += (group or 1) * value
            group = 0
        elif value == 100 or (value == 12 and group):
            group = (group or 1) * value  # "two hundred", "two dozen"
        else:
            group += value
    return Number(value=total + group, start=run[0][1], end=run[-1][2], is_word=True)


@cache
def _word_value(word: str) -> float | None:
    listed: dict[str, Any] = read_lexicon("values")["spelled"]
    if CYRILLIC.search(word):
        stems = [stem for stem in listed["ru"] if word.startswith(stem) and len(word) - len(stem) <= 4]
        found = listed["ru"][max(stems, key=len)] if stems else listed["ru_whole"].get(word)
    else:
        found = listed["en"].get(word)
    return None if found is None else float(found)


def _chinese(text: str) -> Iterator[Number]:
    measures = read_lexicon("values")["measures"]["zh"]
    for match in _CHINESE.finditer(text):
        run = match.group()
        is_single = len(run) == 1
        follows = text[match.end() : match.end() + 1]
        if is_single and not (follows and follows in measures) and text[max(0, match.start() - 1)] != "第":
            continue
        if not set(run) & set(_CHINESE_DIGITS) and "十" not in run:
            continue
        if re.fullmatch(r"[十百千]*|[一二三四五六七八九]{2}", run) and len(run) > 1:
            continue  # 五六个 is "five or six"
        yield Number(value=chinese_value(run), start=match.start(), end=match.end(), is_word=True)


def chinese_value(run: str) -> float:
    """Value of Chinese numerals, read place by place, or digit by digit where no place is named (二〇二四)."""
    if not set(run) & (set(_CHINESE_SCALES) | set(_CHINESE_GREAT)):
        return float("".join(str(_CHINESE_DIGITS[mark]) for mark in run))
    total = group = digit = 0
    for mark in run:
        if mark in _CHINESE_DIGITS:
            digit = _CHINESE_DIGITS[mark]
        elif mark in _CHINESE_SCALES:
            group += (digit or 1) * _CHINESE_SCALES[mark]
            digit = 0
        else:
            below = group + digit
            # 一万亿 multiplies what stands before it, 一亿二千万 adds to it.
            is_added = total >= _CHINESE_GREAT[mark]
            total = total + below * _CHINESE_GREAT[mark] if is_added else (total + below or 1) * _CHINESE_GREAT[mark]
            group = digit = 0
    return float(total + group + digit)
