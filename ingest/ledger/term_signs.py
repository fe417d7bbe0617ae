"""What may be a term of an agreement, and the signs by which it is decided: the reader's, the tagger's, the place's."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.dates import event_dates, names_day
from corpus.relative_dates import relative_dates
from ingest.ledger.fact import Agreement, TermKind
from ingest.ledger.reading import Line, Mention, Reading
from ingest.ledger.term_days import Length, latest, length_of

STATES = ("signed", "renewed", "in force")
"""Of which an agreement has terms; of the first two also who signed."""
SPANNED: tuple[TermKind, ...] = ("until", "for", "number")
SIGNED = ("us", "them")
"""Who signed for the first party, and for the other."""
Signs = NDArray[np.float64]


class Read(Protocol):
    """What a reader makes of n sentences for one question; as `assistant.reader.Reading`."""

    @property
    def answers(self) -> NDArray[np.float32]:
        """Log-odds that each answers, (n,)."""
        ...

    @property
    def spans(self) -> Sequence[tuple[int, int]]:
        """The likeliest exact answer in each, code points; (0, 0) for none."""
        ...

    @property
    def span_probability(self) -> NDArray[np.float32]:
        """How likely that is, (n,)."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Scene:
    """The lines around what tells of one agreement; `told` numbers those that do, `start` is the day of signing."""

    reading: Reading
    facts: tuple[Agreement, ...]
    lines: tuple[Line, ...]
    told: tuple[int, ...]
    start: str

    @property
    def asked(self) -> tuple[str, ...]:
        """What is asked about it: who signed only where it was, and somebody is named."""
        is_signed = any(fact.state in STATES[:2] for fact in self.facts) and any(line.people for line in self.lines)
        return (*SPANNED, *SIGNED) if is_signed else SPANNED

    @property
    def sides(self) -> tuple[str, str]:
        """The first party, and the other."""
        first, *others = self.facts[0].sides
        return first, others[0] if others else ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Candidate:
    """What may be a term, in one line of a scene, and the signs by which that is decided.

    Attributes:
        text: As written; `length` what it tells of a time; `name` of a person the fullest form.
        signs: As many for every candidate of a kind.
    """

    line: int
    text: str
    signs: Signs
    length: Length = field(default_factory=Length)
    name: str = ""


def spans_of(scene: Scene, read: Mapping[str, Read], kind: str) -> Iterator[Candidate]:
    """The spans read for a kind that are a date to come, a time or a figure, one a line."""
    report, own = scene.reading.report, read[kind]
    written = report.dates[0].start if report.dates else ""
    for number, line in enumerate(scene.lines):
        start, end = own.spans[number]
        text = whole_span(line.text[start:end].strip(" .,;:，。；、"), line.text, report.language, written)
        length = length_of(text, report.language, written)
        is_to_come = not length.day or (latest(length.day) > scene.start and length.day != scene.start)
        is_day, is_long = length.is_date and not length.months, length.months > 0 and not length.is_date
        is_figure = any(map(str.isdigit, text)) and not is_long and not names_day(text)
        fits = {"until": is_day and is_to_come, "for": is_long, "number": is_figure}
        if not text or not fits[kind]:
            continue
        shape = (
            float(length.day > written), float(len(length.day) > 4), min(len(text), 60) / 60, length.months / 60,
            float(length.months >= 12), min(text.count(" "), 10) / 10,
            sum(map(str.isdigit, text)) / len(text), sum(map(str.isalpha, text)) / len(text),
        )  # fmt: skip
        same = [float(read[other].spans[number] == own.spans[number]) for other in SPANNED if other != kind]
        signs = np.array([*_of_line(scene, read, kind, number), *shape, *same], dtype=np.float64)
        yield Candidate(line=number, text=text, signs=signs, length=length)


def whole_span(span: str, sentence: str, language: str, written: str) -> str:
    """A span, or the date of its sentence that it is a part of: "three years" is none of "three years ago"."""
    dates = (date.text for date in (*relative_dates(sentence, written), *event_dates(sentence, language)))
    return next((text for text in dates if span and span in text), span)


def persons_of(scene: Scene, read: Mapping[str, Read]) -> Iterator[Candidate]:
    """The persons named in a scene, one a mention; none where it was not asked who signed."""
    for number, line in enumerate(scene.lines if "us" in read else ()):
        people = line.people
        for at, one in enumerate(people):
            over = [_share(one, read[side].spans[number]) for side in SIGNED]
            odds = [float(read[side].answers[number]) for side in SIGNED]
            near = [_belongs(scene, one, side) for side in (0, 1)]
            signs = (
                *_of_line(scene, read, "us", number), *line.told, odds[1] - float(read["them"].answers.max()), *over,
                over[0] * odds[0], over[1] * odds[1], *near, near[0] - near[1], len(people) == 1, len(people) == 2,
                at == 0, at == 1, one.start / max(len(line.text), 1),
            )  # fmt: skip
            yield Candidate(line=number, text=one.written, name=one.name, signs=np.array(signs, dtype=np.float64))


def _of_line(scene: Scene, read: Mapping[str, Read], kind: str, number: int) -> list[float]:
    """How a line answers each question of a kind, and how it stands to those that tell of the agreement."""
    own, others = read[kind], SIGNED if kind in SIGNED else SPANNED
    apart = min((number - told for told in scene.told), key=abs)
    return [
        float(own.answers[number]), float(own.answers[number] - own.answers.max()),
        float(own.span_probability[number]), *(float(np.clip(read[one].answers[number], -8, 4)) for one in others),
        float(apart == 0), max(apart, 0) / 3, max(-apart, 0) / 3,
    ]  # fmt: skip


def _share(one: Mention, span: tuple[int, int]) -> float:
    return float(one.start < span[1] and span[0] < one.end)


def _belongs(scene: Scene, one: Mention, side: int) -> float:
    """Probability that a person, wherever the record names them, is of a side of the agreement."""
    reading, party = scene.reading, scene.sides[side]
    best = 0.0
    for passage in reading.passages:
        bodies = [body for line in passage for body in line.bodies if body.name == party]
        for person in (person for line in passage for person in line.people if person.name == one.name):
            own = [reading.joined("body", passage[0].passage, person.number, body.number) for body in bodies]
            if party == reading.us:
                own.append(reading.joined("body", passage[0].passage, person.number))
            best = max(best, *own, 0.0)
    return best
