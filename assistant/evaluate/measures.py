"""The measures, as pure functions over one judged question and its answer. These definitions are public."""

import re
from collections.abc import Callable, Sequence
from pathlib import PurePosixPath

from assistant.answer import Answer
from assistant.evaluate.questions import JudgedQuestion
from assistant.render import answer_text

Texts = Callable[[str], str | None]
"""Text of the report in a file, None when there is no such report."""
Stretch = tuple[str, int, int]
"""File, start, end."""

_SPELLED = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_UNITS = "one|two|three|four|five|six|seven|eight|nine"


def report_recall(judged: JudgedQuestion, answer: Answer, *, k: int) -> float | None:
    """Share of the gold reports among the reports of the first k retrieved passages; None without gold reports."""
    if not judged.gold_files:
        return None
    seen = {_stem(one.file) for one in answer.retrieved[:k]}
    wanted = {_stem(file) for file in judged.gold_files}
    return len(wanted & seen) / len(wanted)


def quote_recall(judged: JudgedQuestion, answer: Answer, texts: Texts, *, k: int) -> float | None:
    """Share of the gold quotes that one of the first k retrieved passages overlaps; None without gold quotes."""
    gold = gold_stretches(judged, texts)
    if not gold:
        return None
    seen = [(one.file, one.start, one.end) for one in answer.retrieved[:k]]
    return sum(_any_overlap(quote, seen) for quote in gold) / len(gold)


def citation_validity(answer: Answer, texts: Texts) -> float | None:
    """Share of the citations whose quote stands verbatim at its offsets; None for an answer without citations."""
    if not answer.citations:
        return None
    right = [(texts(one.file) or "")[one.start : one.end] == one.quote for one in answer.citations]
    return sum(right) / len(right)


def citation_precision(judged: JudgedQuestion, answer: Answer, texts: Texts) -> float | None:
    """Share of the citations that overlap a gold quote; only for questions to be answered, and answers that cite."""
    if judged.expected != "answer" or not answer.citations:
        return None
    gold = [stretch for group in gold_stretches(judged, texts) for stretch in group]
    return sum(_any_overlap([(one.file, one.start, one.end)], gold) for one in answer.citations) / len(answer.citations)


def citation_recall(judged: JudgedQuestion, answer: Answer, texts: Texts) -> float | None:
    """Share of the gold quotes that a citation overlaps; only for questions to be answered."""
    gold = gold_stretches(judged, texts)
    if judged.expected != "answer" or not gold:
        return None
    cited = [(one.file, one.start, one.end) for one in answer.citations]
    return sum(_any_overlap(quote, cited) for quote in gold) / len(gold)


def is_refusal(answer: Answer) -> bool:
    """Whether the answer admits silence."""
    return answer.status == "not_in_records"


def answered_rightly(judged: JudgedQuestion, answer: Answer, texts: Texts) -> bool:
    """Whether the answer is the one the question asks for.

    To be answered: it is not refused, and its text contains all of `must_contain`. To be refused: it is refused.
    Premise to be corrected: the status is ``false_premise``, or the answer is refused and names what is recorded;
    and its text contains all of `must_contain`.
    """
    contains = contains_all(answer_text(answer), judged.must_contain)
    if judged.expected == "refuse":
        return is_refusal(answer)
    if judged.expected == "answer":
        return not is_refusal(answer) and bool(answer.claims) and contains
    gold = [stretch for group in gold_stretches(judged, texts) for stretch in group]
    names_what_is_recorded = any(_any_overlap([(one.file, one.start, one.end)], gold) for one in answer.citations)
    corrected = answer.status == "false_premise" or (is_refusal(answer) and names_what_is_recorded)
    return corrected and contains


def contains_all(text: str, wanted: Sequence[str]) -> bool:
    """Whether a text contains every string wanted, each of them in one of its alternatives (``a|b``).

    Case does not matter. Thousands separators are dropped and English number words of up to 99 count as figures;
    a number must stand as a whole: 13 is in "13 тысяч" and "22" in "22名", but 13 is not in 130.
    """
    folded = _fold(text)
    return all(any(_contains(folded, _fold(one)) for one in each.split("|")) for each in wanted)


def gold_stretches(judged: JudgedQuestion, texts: Texts) -> list[list[Stretch]]:
    """For each gold quote, the places where it stands in the gold reports, white space taken loosely."""
    groups: list[list[Stretch]] = []
    for quote in judged.gold_quotes:
        pattern = re.compile(r"\s+".join(map(re.escape, quote.split())))
        places: list[Stretch] = []
        for file in judged.gold_files:
            places += [(_stem(file), match.start(), match.end()) for match in pattern.finditer(texts(file) or "")]
        groups.append(places)
    return groups


def _any_overlap(one: Sequence[Stretch], others: Sequence[Stretch]) -> bool:
    return any(
        _stem(file) == _stem(other) and start < other_end and other_start < end
        for file, start, end in one
        for other, other_start, other_end in others
    )


def _stem(file: str) -> str:
    return PurePosixPath(file).stem


def _fold(text: str) -> str:
    folded = re.sub(r"(?<=\d)[,\u00a0\u202f](?=\d{3}(?!\d))", "", text.casefold())
    pair = rf"\b({_TENS})[- ]({_UNITS})\b"
    folded = re.sub(pair, lambda match: str(_SPELLED[match.group(1)] + _SPELLED[match.group(2)]), folded)
    return re.sub(rf"\b({'|'.join(_SPELLED)})\b", lambda match: str(_SPELLED[match.group(1)]), folded)


def _contains(text: str, wanted: str) -> bool:
    pattern = re.escape(wanted)
    if wanted[:1].isdigit():
        pattern = rf"(?<!\d){pattern}"
    if wanted[-1:].isdigit():
        pattern = rf"{pattern}(?!\d)"
    return re.search(pattern, text) is not None
