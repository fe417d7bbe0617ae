"""Make false sentences of true ones, one lie each, to fit and to attack the proof with (after FactCC, 2020).

``python -m assistant.train.lies corpus/reports tests/attacks/by_program.jsonl`` writes the pairs made by program.
"""

import json
import random
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

from corpus.calendar_words import MONTH
from corpus.language import language_of
from corpus.lexicon import patterns, read_lexicon
from corpus.names import is_calendar_word, known_keys
from corpus.numbers import numbers_in
from corpus.people import people_in
from ingest.split import split_sentences

_T = TypeVar("_T")
MOST_OF_A_KIND = 2
SENTENCES_A_RECORD = 4
"""Sentences of each record that `write_pairs` tells lies about."""
LEAST_LENGTH = 50
"""Code points of a sentence that says enough to lie about."""
_WORD = re.compile(r"(?<![\w'’-])[^\W\d_]{4,}(?![\w'’-])")
_HAN = re.compile(r"[\u3400-\u9fff]")
_NAME_RUN = re.compile(r"[A-ZА-ЯЁ][^\W\d_]+(?:[ -][A-ZА-ЯЁ][^\W\d_]+)*")
_MONTHS_EN = ("January", "March", "April", "June", "July", "September", "October", "November")
_MONTHS_RU = ("января", "марта", "апреля", "июня", "июля", "сентября", "октября", "ноября")
_AUXILIARY = re.compile(r"\b(was|were|is|are|has|have|had|will|would|can|could|should|did)\b(?! not\b)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lie:
    """A false sentence and the kind of lie it tells: ``number``, ``date``, ``person``, ``place`` and so on."""

    text: str
    kind: str


def corruptions(sentence: str, record: str, *, seed: int = 0) -> tuple[Lie, ...]:
    """Every lie the rules can make of a sentence, at most two of a kind, in the order of the kinds.

    Args:
        sentence: A true sentence.
        record: What it is about: other names, numbers and words to lie with are taken from here.
        seed: Makes the choice repeatable.
    """
    chance = random.Random(f"{seed}:{sentence}")
    found: dict[str, Lie] = {}
    for make in _MAKERS:
        for lie in make(sentence, record, chance):
            told = sum(one.kind == lie.kind for one in found.values())
            if lie.text != sentence and lie.text not in record and told < MOST_OF_A_KIND:
                found.setdefault(lie.text, lie)
    return tuple(found.values())


def _numbers(sentence: str, record: str, chance: random.Random) -> Iterator[Lie]:
    others = [number for number in numbers_in(record) if number.value > 1]
    for number in _some(list(numbers_in(sentence)), chance):
        if number.value <= 1:
            continue
        written = sentence[number.start : number.end]
        different = [record[one.start : one.end] for one in others if one.value != number.value]
        different = [one for one in different if one.isdigit() == written.isdigit() and len(one) == len(written)]
        new = str(int(number.value) + chance.choice([1, 2, 3, 10])) if written.isdigit() else ""
        if different and (not new or chance.random() < 0.5):
            new = chance.choice(different)
        if new:
            yield Lie(text=sentence[: number.start] + new + sentence[number.end :], kind="number")


def _dates(sentence: str, record: str, chance: random.Random) -> Iterator[Lie]:
    for match in _some(list(re.finditer(MONTH, sentence)), chance):
        months = _MONTHS_RU if re.search("[а-яё]", match.group()) else _MONTHS_EN
        new = chance.choice([month for month in months if month[:3].casefold() != match.group()[:3].casefold()])
        yield Lie(text=sentence[: match.start()] + new + sentence[match.end() :], kind="date")
    for match in _some(list(re.finditer(r"(\d{1,2})月", sentence)), chance):
        new = str((int(match.group(1)) + chance.randint(1, 6)) % 12 + 1)
        yield Lie(text=sentence[: match.start(1)] + new + sentence[match.end(1) :], kind="date")


def _persons(sentence: str, record: str, chance: random.Random) -> Iterator[Lie]:
    others = people_in(record)
    for person in _some(list(people_in(sentence)), chance):
        parts = set(person.split())
        different = [other for other in others if other not in sentence and not parts & set(other.split())]
        different = [other for other in different if bool(_HAN.search(other)) == bool(_HAN.search(person))]
        if different:
            yield Lie(text=sentence.replace(person, chance.choice(different)), kind="person")


def _places(sentence: str, record: str, chance: random.Random) -> Iterator[Lie]:
    """A name of the sentence for another one of the record that begins with no title."""
    people = " ".join(people_in(record))
    others = [run for run in set(_NAME_RUN.findall(record)) if run not in people and run not in sentence]
    others = [run for run in others if not _is_plain(run)]
    mine = [
        match
        for match in _NAME_RUN.finditer(sentence)
        if match.start() and match.group() not in people and not _is_plain(match.group())
    ]
    for match in _some(mine, chance):
        different = sorted(run for run in others if len(run.split()) == len(match.group().split()))
        if different:
            new = chance.choice(different)
            kind = "place" if known_keys(new) and known_keys(match.group()) else "name"
            yield Lie(text=sentence[: match.start()] + new + sentence[match.end() :], kind=kind)


def _is_plain(run: str) -> bool:
    """Whether a capitalized run is no name: it begins with a word that only opens sentences, or is a month."""
    listed = read_lexicon("common")["function_words"]["en"]
    return run.split()[0].casefold() in listed or is_calendar_word(run)


def _swapped(sentence: str, record: str, chance: random.Random) -> Iterator[Lie]:
    """Two names of the sentence in each other's place."""
    runs = [match for match in _NAME_RUN.finditer(sentence) if not _is_plain(match.group())]
    if _HAN.search(sentence):
        runs = [match for name in people_in(sentence) for match in re.finditer(re.escape(name), sentence)]
        runs.sort(key=lambda match: match.start())
    for first, second in pairwise(runs):
        between = sentence[first.end() : second.start()]
        if first.group() != second.group() and len(between) > 8 and not re.fullmatch(r"[\s,、和与and]*", between):
            text = sentence[: first.start()] + second.group() + between + first.group() + sentence[second.end() :]
            yield Lie(text=text, kind="direction")
            return


def _negated(sentence: str, record: str, chance: random.Random) -> Iterator[Lie]:
    language = language_of(sentence)
    if language == "en":
        for match in _some(list(_AUXILIARY.finditer(sentence)), chance, most=1):
            yield Lie(text=sentence[: match.end()] + " not" + sentence[match.end() :], kind="negation")
        for match in re.finditer(r"\b(?:(not|never) | no (?=\w))", sentence):
            yield Lie(text=sentence[: match.start()] + sentence[match.end() :], kind="negation")
    elif language == "zh":
        for match in _some(list(re.finditer(r"[\u4e00-\u9fff]{2}了", sentence)), chance, most=1):
            verb = sentence[match.start() : match.end() - 1]
            yield Lie(text=f"{sentence[: match.start()]}没有{verb}{sentence[match.end() :]}", kind="negation")
        for match in re.finditer("没有|尚未|未", sentence):
            yield Lie(text=sentence[: match.start()] + "已" + sentence[match.end() :], kind="negation")
    elif language == "ru":
        for match in _some(list(re.finditer(r"(?<!не )\b\w+(?:ли|ла|лся|лась|лись)\b", sentence)), chance, most=1):
            yield Lie(text=f"{sentence[: match.start()]}не {sentence[match.start() :]}", kind="negation")
        for match in re.finditer(r"\bне ", sentence):
            yield Lie(text=sentence[: match.start()] + sentence[match.end() :], kind="negation")


def _opposed(sentence: str, record: str, chance: random.Random) -> Iterator[Lie]:
    found = []
    for pairs in read_lexicon("opposites")["pairs"].values():
        for one, other in pairs:
            for old, new in ((one, other), (other, one)):
                if match := _whole(old).search(sentence):
                    found.append((match, new))
    for match, new in _some(found, chance):
        yield Lie(text=sentence[: match.start()] + new + sentence[match.end() :], kind="word")


def _bare(sentence: str, record: str, chance: random.Random) -> Iterator[Lie]:
    """A wish or plan told as done: the words that make it one are left out."""
    for name in ("wish", "plan", "ask"):
        for language, expressions in patterns("modality", name).items():
            if language != "zh" or not _HAN.search(sentence):
                continue
            for match in _some([one for each in expressions for one in each.finditer(sentence)], chance, most=1):
                yield Lie(text=sentence[: match.start()] + "已经" + sentence[match.end() :], kind="status")
    for old, new in _DONE:
        if re.search(old, sentence):
            yield Lie(text=re.sub(old, new, sentence, count=1), kind="status")


_DONE = (
    (r"\b(?:would like|wish(?:es|ed)?|hope[sd]?|want(?:s|ed)?|plan(?:s|ned)?|intend(?:s|ed)?) to sign\b", "signed"),
    (r"\b(?:discussed|proposed|considered|suggested) signing\b", "signed"),
    (r"\bto be signed\b", "signed"),
    (r"\b(?:plan(?:s|ned)?|hope[sd]?|wish(?:es|ed)?|want(?:s|ed)?) to visit\b", "visited"),
    (r"\bwas invited to visit\b", "visited"),
    (r"\bобсудили подписание\b", "подписали"),
    (r"\b(?:хочет|хотят|намерен\w*|планиру\w+) подписать\b", "подписали"),
)


def _other_word(sentence: str, record: str, chance: random.Random) -> Iterator[Lie]:
    """A plain word for another plain word of the record that has the same ending."""
    plain = [match for match in _WORD.finditer(sentence) if match.group().islower()]
    mine = {match.group().casefold() for match in plain}
    others = sorted({word for word in _WORD.findall(record) if word.islower() and word not in mine})
    for match in _some(plain, chance):
        word = match.group()
        alike = [one for one in others if one[-2:] == word[-2:] and one[:4] != word[:4]]
        if alike and not _HAN.search(word):
            new = chance.choice(alike)
            yield Lie(text=sentence[: match.start()] + new + sentence[match.end() :], kind="word")


_Maker = Callable[[str, str, random.Random], Iterator[Lie]]
_MAKERS: tuple[_Maker, ...] = (
    _numbers, _dates, _persons, _places, _swapped, _negated, _opposed, _bare, _other_word,
)  # fmt: skip


def _some(found: list[_T], chance: random.Random, most: int = 2) -> list[_T]:
    return chance.sample(found, most) if len(found) > most else found


@cache
def _whole(word: str) -> re.Pattern[str]:
    return re.compile(word if _HAN.search(word) else rf"\b{word}\b")


def in_other_form(sentence: str) -> str:
    """A sentence with one number as a word, or one date the other way round; as it is where it has none.

    What it says stays the same: "4 May" is "May 4", 22 is twenty-two.
    """
    if swapped := re.sub(rf"\b(\d{{1,2}}) ({MONTH})(?! \d)", r"\2 \1", sentence, count=1):
        if swapped != sentence:
            return swapped
    words: dict[int, str] = {}
    for word, value in read_lexicon("values")["spelled"]["en"].items():
        words.setdefault(value, word)  # cardinals stand before ordinals
    return re.sub(
        r"(?<![\w.,-])(\d{1,2})(?= [a-z]{4,}\b)(?![.,]\d)",
        lambda match: words.get(int(match.group()), match.group()),
        sentence,
        count=1,
    )


def write_pairs(reports: Path, target: Path) -> int:
    """Write lies, and truths in another form, about sentences of a folder of records; returns how many.

    The same records give the same pairs.
    """
    lines = []
    for path in sorted(reports.glob("*.md")):
        text = path.read_text(encoding="utf-8")
        body = text[text.find("---", 3) + 3 :]
        chance = random.Random(path.name)
        sentences = [body[start:end].strip() for start, end in split_sentences(body)]
        long = [one for one in sentences if len(one) >= LEAST_LENGTH or (_HAN.search(one) and len(one) >= 20)]
        for sentence in _some(long, chance, SENTENCES_A_RECORD):
            lies = {lie.kind: lie.text for lie in corruptions(sentence, text) if lie.kind != "word"}
            told = [(lie, "false", kind) for kind, lie in _some(sorted(lies.items()), chance)]
            if (other := in_other_form(sentence)) != sentence:
                told.append((other, "true", "other form"))
            for said, label, kind in told:
                pair = {"file": path.name, "quotes": [sentence], "sentence": said, "label": label, "kind": kind}
                lines.append(json.dumps(pair, ensure_ascii=False))
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return len(lines)


if __name__ == "__main__":
    write_pairs(Path(sys.argv[1]), Path(sys.argv[2]))
