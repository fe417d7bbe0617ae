"""The measures, as pure functions over one judged question and its answer. These definitions are public."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from math import log2
from pathlib import PurePosixPath

from assistant.answer import Answer
from assistant.evaluate.contains import contains_all
from assistant.evaluate.questions import JudgedQuestion
from assistant.render import answer_text

Texts = Callable[[str], str | None]
"""Text of the report in a file, None when there is no such report."""
Stretch = tuple[str, int, int]
"""Name of a file without its suffix, start, end."""


def report_recall(judged: JudgedQuestion, answer: Answer, *, k: int) -> float | None:
    """Share of the gold reports among the reports of the first k retrieved passages; None without gold reports."""
    wanted = {_stem(file) for file in judged.gold_files}
    if not wanted:
        return None
    return len(wanted & {_stem(one.file) for one in answer.retrieved[:k]}) / len(wanted)


def report_ndcg(judged: JudgedQuestion, answer: Answer, *, k: int) -> float | None:
    """Normalized discounted cumulative gain of the first k reports; None without gold reports.

    Reports are ranked by their best passage and count once; a gold report gains 1, discounted by log2(rank + 1)
    (Järvelin and Kekäläinen 2002). 1 when all gold reports come first.
    """
    wanted = {_stem(file) for file in judged.gold_files}
    if not wanted:
        return None
    ranked = list(dict.fromkeys(_stem(one.file) for one in answer.retrieved))[:k]
    gain = sum(1 / log2(rank + 1) for rank, file in enumerate(ranked, start=1) if file in wanted)
    return gain / sum(1 / log2(rank + 1) for rank in range(1, min(k, len(wanted)) + 1))


def quote_recall(judged: JudgedQuestion, answer: Answer, texts: Texts, *, k: int) -> float | None:
    """Share of the gold quotes that one of the first k retrieved passages overlaps; None without gold quotes.

    A gold quote that stands in none of its gold reports counts as not found.
    """
    seen = [(_stem(one.file), one.start, one.end) for one in answer.retrieved[:k]]
    return _share([_overlaps(places, seen) for places in gold_stretches(judged, texts)])


def citation_validity(answer: Answer, texts: Texts) -> float | None:
    """Share of the citations whose quote stands verbatim at its offsets; None for an answer without citations."""
    return _share([(texts(one.file) or "")[one.start : one.end] == one.quote != "" for one in answer.citations])


def citations_on_gold(judged: JudgedQuestion, answer: Answer, texts: Texts) -> tuple[bool, ...]:
    """For each citation, in order, whether it overlaps some gold quote by at least one character."""
    gold = [stretch for places in gold_stretches(judged, texts) for stretch in places]
    return tuple(_overlaps([cited], gold) for cited in _cited(answer))


def quotes_cited(judged: JudgedQuestion, answer: Answer, texts: Texts) -> tuple[bool, ...]:
    """For each gold quote, in order, whether some citation overlaps it by at least one character."""
    return tuple(_overlaps(places, _cited(answer)) for places in gold_stretches(judged, texts))


def citation_precision(judged: JudgedQuestion, answer: Answer, texts: Texts) -> float | None:
    """Share of the citations that overlap a gold quote; only for questions to be answered, and answers that cite."""
    return _share(citations_on_gold(judged, answer, texts)) if judged.expected == "answer" else None


def ticked(answer: Answer) -> int:
    """Number of citations of the sentences that are told with a tick: proved, and surely enough found to answer."""
    return len({one for claim in answer.claims if claim.trust == "proved" for one in claim.citations})


def ticked_precision(judged: JudgedQuestion, answer: Answer, texts: Texts) -> float | None:
    """The same as `citation_precision` of the `ticked` alone; None where none is."""
    own = replace(answer, claims=tuple(claim for claim in answer.claims if claim.trust == "proved"))
    return citation_precision(judged, own, texts)


def citation_recall(judged: JudgedQuestion, answer: Answer, texts: Texts) -> float | None:
    """Share of the gold quotes that a citation overlaps, 0 for a refusal; only for questions to be answered."""
    return _share(quotes_cited(judged, answer, texts)) if judged.expected == "answer" else None


def set_f1(judged: JudgedQuestion, answer: Answer) -> float | None:
    """F1 of the set of reports cited against the gold reports, 0 for none cited; only for lists to be answered.

    The harmonic mean of precision and recall of the set (van Rijsbergen 1979): 2 x common / (cited + gold).
    """
    if judged.expected != "answer" or not judged.type.startswith("list") or not judged.gold_files:
        return None
    wanted, cited = {_stem(file) for file in judged.gold_files}, {file for file, _, _ in _cited(answer)}
    return 2 * len(wanted & cited) / (len(wanted) + len(cited))


def is_refusal(answer: Answer) -> bool:
    """Whether the answer admits silence: its status is ``not_in_records``."""
    return answer.status == "not_in_records"


def answered_rightly(judged: JudgedQuestion, answer: Answer, texts: Texts) -> bool:
    """Whether the answer is the one the question asks for.

    * To be answered: the status is ``answered``, and the text contains all of
      ``must_contain`` (see `contains_all`).
    * To be refused: the status is ``not_in_records``.
    * Premise to be corrected: the status is ``false_premise``, or it is ``not_in_records`` and a citation, the closest
      passage among them, overlaps a gold quote, so that what is recorded is named; and the text contains all of
      ``must_contain``.

    The text is the answer as a person reads it, the list of cited reports included.
    """
    if judged.expected == "refuse":
        return is_refusal(answer)
    if not contains_all(answer_text(answer), judged.must_contain):
        return False
    if judged.expected == "answer":
        return answer.status == "answered"
    gold = [stretch for places in gold_stretches(judged, texts) for stretch in places]
    named = [(_stem(one.file), one.start, one.end) for one in answer.citations]
    corrected_quietly = is_refusal(answer) and _overlaps(named, gold)
    return answer.status == "false_premise" or corrected_quietly


def gold_stretches(judged: JudgedQuestion, texts: Texts) -> list[list[Stretch]]:
    """For each gold quote, all places where it stands in the gold reports, white space folded; empty when nowhere."""
    reports = [(_stem(file), texts(file) or "") for file in judged.gold_files]
    patterns = [re.compile(r"\s+".join(map(re.escape, quote.split()))) for quote in judged.gold_quotes]
    return [
        [(stem, match.start(), match.end()) for stem, text in reports for match in pattern.finditer(text)]
        for pattern in patterns
    ]


def _cited(answer: Answer) -> list[Stretch]:
    claimed = [one for claim in answer.claims for one in claim.citations]
    return [(_stem(one.file), one.start, one.end) for one in claimed]


def _overlaps(ones: Sequence[Stretch], others: Sequence[Stretch]) -> bool:
    return any(
        file == other and start < other_end and other_start < end
        for file, start, end in ones
        for other, other_start, other_end in others
    )


def _share(hits: Sequence[bool]) -> float | None:
    return sum(hits) / len(hits) if hits else None


def _stem(file: str) -> str:
    """Name without folders and suffix: a question file may say ``a.txt`` where the index holds ``a.md``."""
    return PurePosixPath(file).stem
