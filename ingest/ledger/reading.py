"""A report read for facts: its sentences with what they tell and whom they name, each under one name."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from corpus.citation import Citation, locate
from corpus.lexicon import expressions
from corpus.plain_form import visible
from corpus.report import Report
from ingest.ledger.naming import acronym_pairs, grouped, grouped_people, is_own, own_places
from ingest.passage import Passage, Sentence
from ingest.tagger import WE, Tagged, Tags, cuts, text_of

Split = tuple[Passage, tuple[Sentence, ...]]
"""A passage with its sentences."""
AT_ONCE = 128
"""Passages tagged at once: their states take some 50 MB."""
_MARKS = " ,.;:、，。；：-–—'’"
"""What no name ends with."""
FEW_SIGNS = 4
"""Most signs of a Chinese common noun with "our" before it."""
SHORT = 3
"""Most letters of a small word, as "of", that no name of several words ends with."""
SAID = 2
"""Times that a record which does not name its office says "we", to be ours: of 346 such records of training .79 do.
Once, as of "our relations", do press releases of others too, and to take one for ours is graver."""
_SPOKEN = re.compile(r"„[^“”\n]*[“”]|“[^”\n]*(?:”|$)|\"[^\"\n]*\"|«[^»\n]*(?:»|$)|「[^」\n]*(?:」|$)", re.MULTILINE)
"""Words between quotation marks; a quote of several paragraphs closes with the last of them alone."""
US = ""
"""The name of who wrote the record, where the setting tells none."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Mention:
    """A name in a line.

    Attributes:
        name: The fullest form in the report of whom it names, without unseen signs; the same for every mention.
        written: As it stands here; `start` and `end` where in the line, code points.
        kind: One of `ingest.tagger.labels.KINDS`.
        is_us: Whether it is who wrote the record.
        degree: Of a body, probability of each of `labels.DEGREES`; `direction` of each of `labels.DIRECTIONS`.
        number: Its number in the passage, by which `Line.pairs` names it.
    """

    name: str
    written: str
    start: int
    end: int
    kind: str
    is_us: bool
    degree: Sequence[float]
    direction: Sequence[float]
    number: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Line:
    """One sentence of the report, at `start` of its text; of the heading `start` is -1, it proves nothing by itself.

    Attributes:
        mentions: What it names, in order.
        told: Probability of each of `labels.SENTENCE`, `later` of each of `labels.LATER`, `form` of each of
            `labels.FORMS`; empty for a heading.
        passage: Number of its passage; `sentence` its own in that.
    """

    text: str
    start: int
    end: int
    mentions: tuple[Mention, ...]
    told: Sequence[float] = field(default=())
    later: Sequence[float] = field(default=())
    form: Sequence[float] = field(default=())
    passage: int = 0
    sentence: int = -1

    @property
    def bodies(self) -> tuple[Mention, ...]:
        """The bodies that it names."""
        return tuple(one for one in self.mentions if one.kind == "body")

    @property
    def people(self) -> tuple[Mention, ...]:
        """The persons that it names."""
        return tuple(one for one in self.mentions if one.kind == "person")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Reading:
    """A report as lines.

    Attributes:
        title: Its title as a line.
        lines: Its sentences in reading order; `headings` what stands above each passage, with its mentions.
        forms: Every form of each body's name in the report, by its fullest; `people` of each person's.
        office: Names of who wrote the records, the main one first; empty where the setting has none.
        passages: Of each passage its heading and lines: what its things can be joined with.
        pairs: Of each passage, by name of `labels.PAIRS`, the probability that two things are joined.
    """

    report: Report
    title: Line
    lines: tuple[Line, ...]
    headings: tuple[Line, ...]
    passages: tuple[tuple[Line, ...], ...]
    forms: dict[str, tuple[str, ...]]
    people: dict[str, tuple[str, ...]]
    office: tuple[str, ...]
    pairs: tuple[dict[str, dict[tuple[int, int], float]], ...]

    @property
    def us(self) -> str:
        """The name of who wrote the record: as the record gives it, else as the setting does; `US` for neither.

        A record that names neither us nor, at least `SAID` times, anybody as ours, as a press release of others, is by
        `US`: what it has between quotation marks is said by whom it quotes.
        """
        ours = (one.name for line in (self.title, *self.lines) for one in line.bodies if one.is_us)
        own = next((name for name in ours if not _is_we(name)), "")
        told = (chance for pairs in self.pairs for (_, other), chance in pairs["body"].items() if other == WE)
        spoken = _SPOKEN.sub(" ", self.report.text)
        said = sum(len(one.findall(spoken)) for one in expressions("first_person", "we"))
        is_ours = max(told, default=0.0) >= cuts()["body"] and said >= SAID
        return own or (self.office[0] if self.office and is_ours else US)

    def cite(self, first: Line, last: Line | None = None) -> Citation:
        """The citation of a line, or of the stretch from one line to a later one."""
        quote = self.report.text[first.start : (last or first).end]
        found = locate(self.report, quote, near=first.start)
        assert found is not None, "a line is cut from the report's own text"
        return found

    def joined(self, name: str, passage: int, thing: int, other: int = WE) -> float:
        """Probability that two things of a passage are joined as `name`, one of `labels.PAIRS`; 0 where none asked."""
        return self.pairs[passage][name].get((thing, other), 0.0)


def read(report: Report, splits: Sequence[Split], tags: Tags, office: Sequence[str] = ()) -> Reading:
    """Read a report for facts; one without sentences gives no lines.

    Args:
        splits: Its passages with their sentences.
        tags: Tags them.
        office: Names of who wrote the records.
    """
    texts = [text_of(passage, own) for passage, own in splits]

    us = Own(office)
    tagged = [one for first in range(0, len(texts), AT_ONCE) for one in tags.tag(texts[first : first + AT_ONCE], us)]
    written = {
        kind: [
            visible(_without_article(_closed(one.text.raw[named.start : named.end])))
            for one in tagged
            for named in one.named
            if named.kind == kind
        ]
        for kind in ("body", "person")
    }
    short = acronym_pairs([report.text, *dict.fromkeys(text.raw[: text.begin] for text in texts)], written["body"])
    names = {"body": grouped(written["body"], short), "person": grouped_people(written["person"])}
    lines: list[Line] = []
    headings: list[Line] = []
    passages: list[tuple[Line, ...]] = []
    for number, (one, (_, own)) in enumerate(zip(tagged, splits, strict=True)):
        mentions = _mentions(one, names, office)
        if report.title == PurePath(report.path).stem:  # a file's name names nobody
            mentions = [mention for mention in mentions if mention.written != report.title]
        headings.append(_heading(one, mentions, number))
        passages.append((headings[-1], *_lines(one, own, mentions, number)))
        lines += passages[-1][1:]
    title = headings[0] if headings else Line(text=report.title, start=-1, end=-1, mentions=())
    return Reading(
        report=report,
        title=Line(text=report.title, start=-1, end=-1, mentions=title.mentions),
        lines=tuple(lines),
        headings=tuple(headings),
        passages=tuple(passages),
        forms=_forms([*headings, *lines], "body"),
        people=_forms([*headings, *lines], "person"),
        office=tuple(office),
        pairs=tuple(one.pairs for one in tagged),
    )


@dataclass(frozen=True, slots=True)
class Own:
    """Who wrote the records, by the names of the setting."""

    names: Sequence[str]

    def is_own(self, name: str) -> bool:
        """Whether a name is one of theirs."""
        return is_own(_closed(name), self.names)

    def places(self, text: str) -> Sequence[tuple[int, int]]:
        """Where a text names them, (start, end)."""
        return own_places(text, self.names)


def _closed(name: str) -> str:
    """A name up to a bracket that opens in it and never closes, without marks and small words, as "of", at its end."""
    for opens, closes in ("()", "（）", "«»", "“”"):
        at = name.rfind(opens)
        if at > 0 and closes not in name[at:]:
            name = name[:at]
    whole = name.rstrip(_MARKS)
    while (at := whole.rfind(" ")) > 0 and len(last := whole[at + 1 :]) <= SHORT and last.isalpha() and last.islower():
        whole = whole[:at].rstrip(_MARKS)
    return whole or name


def _without_article(name: str) -> str:
    return name[len("The ") :] if name.startswith(("The ", "the ")) else name


def _is_we(name: str) -> bool:
    """Whether a Chinese name of a few signs expressions "our" and what we are, as 我校 and 我研究院 do."""
    return name.startswith("我") and len(name) <= FEW_SIGNS


def _mentions(one: Tagged, names: dict[str, dict[str, str]], office: Sequence[str]) -> list[Mention]:
    found = []
    for number, named in enumerate(one.named):
        written = _closed(one.text.raw[named.start : named.end])
        start = named.start + len(written)
        written = _without_article(written) if named.kind == "body" else written
        start -= len(written)
        seen = visible(written)
        name = names.get(named.kind, {}).get(seen, seen)
        found.append(
            Mention(
                name=name,
                written=written,
                start=start,
                end=start + len(written),
                kind=named.kind,
                is_us=named.kind == "body" and (_is_we(written) or is_own(written, office) or is_own(name, office)),
                degree=named.degree.tolist(),
                direction=named.direction.tolist(),
                number=number,
            )
        )
    return found


def _heading(one: Tagged, mentions: Sequence[Mention], number: int) -> Line:
    own = tuple(mention for mention in mentions if mention.end < one.text.begin)
    return Line(text=one.text.raw[: max(0, one.text.begin - 1)], start=-1, end=-1, mentions=own, passage=number)


def _lines(one: Tagged, sentences: Sequence[Sentence], mentions: Sequence[Mention], number: int) -> list[Line]:
    lines = []
    for at, (sentence, (start, end)) in enumerate(zip(sentences, one.text.sentences, strict=True)):
        inside = [mention for mention in mentions if start <= mention.start and mention.end <= end]
        lines.append(
            Line(
                text=sentence.text,
                start=sentence.start,
                end=sentence.end,
                mentions=tuple(_moved(mention, start) for mention in inside),
                told=one.told[at].tolist(),
                later=one.later[at].tolist(),
                form=one.form[at].tolist(),
                passage=number,
                sentence=at,
            )
        )
    return lines


def _moved(one: Mention, start: int) -> Mention:
    return replace(one, start=one.start - start, end=one.end - start)


def _forms(lines: Sequence[Line], kind: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for line in lines:
        for one in line.mentions:
            if one.kind == kind:
                found.setdefault(one.name, {one.name: None})[one.written] = None
    return {name: tuple(forms) for name, forms in found.items()}
