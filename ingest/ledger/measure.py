"""Precision and recall of the ledger on records annotated by hand: ``python -m ingest.ledger.measure GOLD REPORTS``.

A fact is right when a line of the same record agrees with it:

* organization met: one of the line's names, both met (neither only mentioned nor planned);
* contact: one of the line's names and the same degree; where no organization of ours takes part, either side may be the
  one whose record it is, so only then visited and received count as one;
* direction: as contact, of those that visited or were received, and who went to whom besides;
* agreement: the same form and state, and at least two of its parties;
* person: the name, and the role (`rapidfuzz` token set ratio of at least 80, or none in both).
"""

import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rapidfuzz.fuzz import token_set_ratio

from corpus import Report, read_report
from corpus.errors import RapporteurError, UsageError
from corpus.names import fold
from corpus.same_person import same_person
from ingest.ledger.extract import extract
from ingest.ledger.fact import Fact
from ingest.ledger.reading import is_us, same_body

SAME_ROLE = 80
KINDS = ("organization met", "contact", "direction", "agreement", "person")
_NOT_MET = ("mentioned", "planned")
_VISITS = ("visited", "received")
Line = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Counts of one kind in one language: facts that are right and in all, gold lines that were found and in all."""

    right: int = 0
    told: int = 0
    found: int = 0
    wanted: int = 0

    @property
    def precision(self) -> float:
        """Share of the facts that are right; 1 for none told."""
        return self.right / self.told if self.told else 1.0

    @property
    def recall(self) -> float:
        """Share of the lines that a fact agrees with; 1 for none wanted."""
        return self.found / self.wanted if self.wanted else 1.0


def measure(gold: Path, reports: Path) -> dict[tuple[str, str], Score]:
    """Scores by (kind, language of the record); language ``all`` for the sum.

    Args:
        gold: A file of annotated lines (`tests/gold/README.md`).
        reports: The folder of the records it names.

    Raises:
        UsageError: A line is not JSON, or names a record that the folder does not hold.
    """
    lines = read_gold(gold)
    scores: dict[tuple[str, str], Score] = {}
    for file in sorted({line["file"] for line in lines}):
        report = read_report(Path(file), reports)
        if not isinstance(report, Report):
            raise UsageError(f"{reports / file}: {report.reason} Name the folder that holds the annotated records.")
        facts = extract(report)
        own = [line for line in lines if line["file"] == file]
        for kind in KINDS:
            one = _score(kind, facts, own)
            for language in (report.language, "all"):
                scores[kind, language] = _sum(scores.get((kind, language), Score()), one)
    return scores


def read_gold(gold: Path) -> list[Line]:
    """The lines of a file of annotations, in order.

    Raises:
        UsageError: The file is missing, or a line of it is not JSON.
    """
    try:
        written = gold.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise UsageError(f"{gold}: cannot be read ({error.strerror}). Name a file of annotated lines.") from error
    lines = []
    for number, line in enumerate(written, start=1):
        try:
            lines.append(json.loads(line))
        except ValueError as error:
            raise UsageError(f"{gold}:{number}: is not JSON ({error}). Mend that line.") from error
    return lines


def misses(gold: Path, reports: Path) -> Iterator[str]:
    """A line of text for each fact that is wrong and each gold line that was not found; for whoever mends the rules."""
    lines = read_gold(gold)
    for file in sorted({line["file"] for line in lines}):
        report = read_report(Path(file), reports)
        facts = extract(report) if isinstance(report, Report) else ()
        own = [line for line in lines if line["file"] == file]
        for kind in KINDS:
            told, wanted = _told(kind, facts), _wanted(kind, own)
            for fact in told:
                if not any(_agrees(kind, fact, line, facts) for line in wanted):
                    told_as = " | ".join((fact.subject, fact.object, fact.form, fact.state, fact.direction))
                    yield f"{file[:3]} wrong {kind}: {told_as}"
            for line in wanted:
                if not any(_agrees(kind, fact, line, facts) for fact in told):
                    yield f"{file[:3]} missed {kind}: {json.dumps(line, ensure_ascii=False)}"


def _score(kind: str, facts: Sequence[Fact], lines: Sequence[Line]) -> Score:
    told, wanted = _told(kind, facts), _wanted(kind, lines)
    return Score(
        right=sum(any(_agrees(kind, fact, line, facts) for line in wanted) for fact in told),
        told=len(told),
        found=sum(any(_agrees(kind, fact, line, facts) for fact in told) for line in wanted),
        wanted=len(wanted),
    )


def _told(kind: str, facts: Sequence[Fact]) -> list[Fact]:
    if kind == "direction":
        return [fact for fact in facts if fact.kind == "contact" and fact.state in _VISITS and is_us(fact.subject)]
    if kind in ("organization met", "contact"):
        return [fact for fact in facts if fact.kind == "contact" and fact.state not in _NOT_MET]
    return [fact for fact in facts if fact.kind == kind]


def _wanted(kind: str, lines: Sequence[Line]) -> list[Line]:
    if kind == "direction":
        return [line for line in lines if line["kind"] == "contact" and line["degree"] in _VISITS]
    if kind in ("organization met", "contact"):
        return [line for line in lines if line["kind"] == "contact" and line["degree"] not in _NOT_MET]
    return [line for line in lines if line["kind"] == kind]


def _agrees(kind: str, fact: Fact, line: Line, facts: Sequence[Fact]) -> bool:
    if kind == "person":
        is_named = any(same_person(fact.subject, name) for name in line["names"])
        mine, theirs = fact.form.casefold(), line["role"].casefold()
        return is_named and (mine == theirs or (bool(mine and theirs) and token_set_ratio(mine, theirs) >= SAME_ROLE))
    if kind == "agreement":
        if (fact.form, fact.state) != (line["form"], line["state"]):
            return False
        parties = (fact.subject, fact.object, *fact.others)
        shared = sum(any(_is_named(party, names, facts) for party in parties) for names in line["parties"])
        return shared >= min(2, len(line["parties"]))
    has_us = is_us(fact.subject)
    sides = (fact.object,) if has_us else (fact.object, fact.subject)
    if not any(_is_named(side, line["names"], facts) for side in sides):
        return False
    if kind == "organization met":
        return True
    if not has_us and fact.state in _VISITS:
        return line["degree"] in _VISITS
    is_same_way = kind != "direction" or fact.direction == line["direction"]
    return fact.state == line["degree"] and is_same_way


def _is_named(name: str, names: Sequence[str], facts: Sequence[Fact]) -> bool:
    """Whether any form of an organization is one of the names of a line."""
    own = next((fact for fact in facts if fact.kind == "organization" and fact.subject == name), None)
    forms = (name, *(own.others if own else ()))
    return any(
        same_body(form, other) or _holds(form, other) or _holds(other, form) for form in forms for other in names
    )


def _holds(one: str, other: str) -> bool:
    """Whether a name of two words or more, or of three characters, stands within another."""
    return fold(other) in fold(one) and (len(other.split()) > 1 or len(re.findall(r"[\u3400-\u9fff]", other)) > 2)


def _sum(one: Score, other: Score) -> Score:
    return Score(
        right=one.right + other.right,
        told=one.told + other.told,
        found=one.found + other.found,
        wanted=one.wanted + other.wanted,
    )


def main(arguments: Sequence[str]) -> int:
    """Print the table of each file of annotations, with ``--misses`` what is wrong; 0 when it could be measured."""
    paths = [Path(argument) for argument in arguments if not argument.startswith("-")]
    gold, reports = paths
    try:
        for file in sorted(gold.glob("*.jsonl")) if gold.is_dir() else [gold]:
            sys.stdout.write(f"{file.name}\nkind, language: precision (facts), recall (lines)\n")
            for (kind, language), score in sorted(measure(file, reports).items()):
                sys.stdout.write(
                    f"{kind}, {language}: {score.precision:.3f} ({score.told}), {score.recall:.3f} ({score.wanted})\n"
                )
            if "--misses" in arguments:
                sys.stdout.writelines(f"{line}\n" for line in misses(file, reports))
    except RapporteurError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
