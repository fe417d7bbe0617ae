"""Precision and recall of the ledger on annotated records: ``python -m ingest.ledger.measure GOLD [REPORTS]``.

GOLD is a folder of offices, each with records and ``facts.jsonl``, or a file of annotated lines on the records of the
folder REPORTS. Lines that deny something (``negated``) are not wanted. A fact is right when a line of the same record
agrees with it:

* met: one of the line's names, both met (neither only mentioned nor planned);
* contact: as met, and the same degree; direction: as contact, of visits, and who went to whom besides;
* agreement: the same state, and at least two of its parties, or all where there are fewer;
* person: the name, and the role (`rapidfuzz` token set ratio of at least 80, or none in both);
* promise: the same sentence, and who promises; outcome: the same sentence, and what became of the promise;
* invited, paid: the same sentence, and who. These and outcome only of offices that have ``outcomes.jsonl`` beside.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rapidfuzz.fuzz import token_set_ratio

from corpus import Report, read_reports
from corpus.errors import RapporteurError, UsageError
from corpus.names import fold
from corpus.scripts import HAN
from ingest.config import IngestConfig
from ingest.embedded import EmbeddedModel
from ingest.ledger.extract import extract
from ingest.ledger.fact import PERHAPS, VISIT_TERMS, Agreement, Contact, Fact, Organization, Promise, Role, Term
from ingest.ledger.likely import PAIR, is_unsure
from ingest.ledger.naming import plain_name, same_body
from ingest.passages import split_anew
from ingest.tagger import TrainedTagger

SAME_ROLE = 80
KINDS = ("met", "contact", "direction", "agreement", "person", "promise")
LATER = ("outcome", *VISIT_TERMS)
"""Kinds that only some offices are annotated for."""
OURSELVES = "WE"
"""What annotations call who wrote the records."""
_NOT_MET = ("mentioned", "planned")
_VISITS = ("visited", "received")
OTHERWISE = {"late": "overdue"}
"""States that annotations call otherwise."""
Line = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotated:
    """A record with its annotated lines and the facts found in it; `office` the names of who wrote it, `kinds` what it
    is annotated for.
    """

    report: Report
    lines: tuple[Line, ...]
    facts: tuple[Fact, ...]
    office: tuple[str, ...]
    kinds: tuple[str, ...] = KINDS


@dataclass(slots=True)
class Score:
    """Facts that are right and in all, gold lines that were found and in all; the wrong and missed ones as text."""

    right: int = 0
    told: int = 0
    found: int = 0
    wanted: int = 0
    errors: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Share of the facts that are right; 1 for none told."""
        return self.right / self.told if self.told else 1.0

    @property
    def recall(self) -> float:
        """Share of the lines that a fact agrees with; 1 for none wanted."""
        return self.found / self.wanted if self.wanted else 1.0


def measure(records: Sequence[Annotated]) -> dict[tuple[str, str], Score]:
    """Scores by (kind, language of the record); language ``all`` for the sum."""
    scores: dict[tuple[str, str], Score] = defaultdict(Score)
    for one in records:
        for kind in one.kinds:
            told, wanted = _told(kind, one), _wanted(kind, one.lines)
            right = [any(_agrees(kind, fact, line, one) for line in wanted) for fact in told]
            found = [any(_agrees(kind, fact, line, one) for fact in told) for line in wanted]
            for language in (one.report.language, "all"):
                score = scores[kind, language]
                score.right += sum(right)
                score.told += len(told)
                score.found += sum(found)
                score.wanted += len(wanted)
            scores[kind, "all"].errors += [
                f"{one.report.path} wrong {kind}: {_as_text(fact)}"
                for fact, is_right in zip(told, right, strict=True)
                if not is_right
            ] + [
                f"{one.report.path} missed {kind}: {json.dumps(line, ensure_ascii=False)}"
                for line, is_found in zip(wanted, found, strict=True)
                if not is_found
            ]
    return dict(scores)


def judged(one: Annotated) -> Iterator[tuple[Fact, dict[str, bool]]]:
    """Each fact on a contact above "planned", a person, an agreement or a promise, with whether each part of it is
    right, as `ingest.ledger.likely.likely_parts`; of a visit its direction too.
    """
    for kind in ("contact", "person", "agreement", "promise"):
        wanted = _wanted(kind, one.lines)
        for fact in _told(kind, one):
            if isinstance(fact, Term):
                continue
            is_right = any(_agrees(kind, fact, line, one) and _goes_so(fact, line) for line in wanted)
            if isinstance(fact, Agreement):
                named = [names for line in wanted if _agrees(kind, fact, line, one) for names in line["parties"]]
                all_named = all(any(_is_any(side, names, one) for names in named) for side in fact.sides)
                yield fact, {kind: is_right} | ({"parties": all_named} if len(fact.sides) > PAIR else {})
                continue
            if not isinstance(fact, Role):
                yield fact, {kind: is_right}
                continue
            own = [line for line in wanted if fact.body and _is_any(fact.person, line["names"], one)]
            body = {"body": any(_is_any(fact.body, line["body"], one) for line in own)} if fact.body else {}
            yield fact, {"role": is_right, **body}


def marked(records: Sequence[Annotated]) -> dict[str, tuple[list[bool], list[bool]]]:
    """Of the facts of each kind whether all of each is right, those told without a mark and those marked as unsure."""
    found: dict[str, tuple[list[bool], list[bool]]] = defaultdict(lambda: ([], []))
    for one in records:
        for fact, parts in judged(one):
            found[fact.kind][is_unsure(fact)].append(all(parts.values()))
    return dict(found)


def _goes_so(fact: Fact, line: Line) -> bool:
    is_visit = isinstance(fact, Contact) and fact.degree in _VISITS
    return not is_visit or bool(getattr(fact, "direction", "") == line["direction"])


def read_annotated(gold: Path, reports: Path | None = None, office: Sequence[str] = ()) -> Iterator[Annotated]:
    """The annotated records of a folder of offices, or of a file of lines on the records of `reports`.

    Args:
        office: Names of who wrote them, for a file of lines; offices of a folder tell theirs.

    Raises:
        UsageError: A line is not JSON, or names a record that is not there.
        ModelUnavailable: The tagger cannot be opened.
    """
    embedder = EmbeddedModel()
    tags = TrainedTagger(embedder)
    paths = sorted(gold.glob("*/facts.jsonl")) if gold.is_dir() else [gold]
    if not paths:
        raise UsageError(
            f"{gold}: holds no annotated office. Name a folder of offices with facts.jsonl, or a file of lines."
        )
    for path in paths:
        lines = read_lines(path)
        names = next((tuple(line["names"]) for line in lines if line["kind"] == "office"), tuple(office))
        later = path.with_name("outcomes.jsonl")
        is_later = gold.is_dir() and later.exists()
        lines += read_lines(later) if is_later else []
        folder = reports or path.parent
        files = sorted({line["file"] for line in lines if "file" in line})
        for file, report in zip(files, read_reports(folder, [Path(file) for file in files]), strict=True):
            if not isinstance(report, Report):
                raise UsageError(f"{folder / file}: {report.reason} Name the folder that holds the annotated records.")
            facts = extract(report, split_anew(report, IngestConfig().max_tokens, embedder.count_tokens), tags, names)
            own = tuple(line for line in lines if line.get("file") == file and not line.get("negated"))
            yield Annotated(
                report=report, lines=own, facts=facts, office=names, kinds=(*KINDS, *LATER) if is_later else KINDS
            )


def read_lines(gold: Path) -> list[Line]:
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


def _told(kind: str, one: Annotated) -> list[Fact | Term]:
    if kind in VISIT_TERMS:
        return [term for fact in one.facts if isinstance(fact, Contact) for term in fact.terms if term.kind == kind]
    if kind in ("promise", "outcome"):
        promises = [fact for fact in one.facts if isinstance(fact, Promise)]
        return [fact for fact in promises if (fact.state == "open") == (kind == "promise")]
    if kind == "direction":
        return [fact for fact in one.facts if isinstance(fact, Contact) and fact.degree in _VISITS]
    if kind in ("met", "contact"):
        return [fact for fact in one.facts if isinstance(fact, Contact) and fact.degree not in _NOT_MET]
    return [fact for fact in one.facts if fact.kind == kind]


def _wanted(kind: str, lines: Sequence[Line]) -> list[Line]:
    if kind == "direction":
        return [line for line in lines if line["kind"] == "contact" and line["degree"] in _VISITS]
    if kind in ("met", "contact"):
        return [line for line in lines if line["kind"] == "contact" and line["degree"] not in _NOT_MET]
    return [line for line in lines if line["kind"] == kind]


def _agrees(kind: str, fact: Fact | Term, line: Line, one: Annotated) -> bool:
    if isinstance(fact, Term):
        return _is_there(fact, line) and _is_any(fact.value, line["who"], one)
    if isinstance(fact, Role):
        mine, theirs = fact.role.casefold(), line["role"].casefold()
        is_role = mine == theirs or (bool(mine and theirs) and token_set_ratio(mine, theirs) >= SAME_ROLE)
        return is_role and _is_any(fact.person, line["names"], one)
    if isinstance(fact, Agreement):
        shared = sum(any(_is_any(party, names, one) for party in fact.sides) for names in line["parties"])
        return fact.state == line["state"] and shared >= min(2, len(line["parties"]))
    if isinstance(fact, Promise):
        if kind == "outcome":
            state = OTHERWISE.get(line["state"], line["state"])
            return _is_there(fact, line) and PERHAPS.get(fact.state) == state
        return _is_there(fact, line) and (not line["who"] or _is_any(fact.by, line["who"], one))
    if not isinstance(fact, Contact) or not _is_any(fact.partner, line["names"], one):
        return False
    is_alike = kind == "met" or fact.degree == line["degree"]
    return is_alike and (kind != "direction" or fact.direction == line["direction"])


def _is_there(fact: Fact | Term, line: Line) -> bool:
    quote = fact.citation.quote
    return quote in line["quote"] or line["quote"] in quote


def _is_any(name: str, names: Sequence[str], one: Annotated) -> bool:
    """Whether any form of a name is one of the names of a line; ourselves go by the office's names too."""
    named = (fact for fact in one.facts if isinstance(fact, Organization | Role) and fact.summary == name)
    forms = [name, *next((fact.other_names for fact in named), ())]
    if OURSELVES in names:
        return not name or any(same_body(form, other) for form in forms for other in one.office)
    return any(_is_like(form, other) for form in forms for other in names if form)


def _is_like(one: str, other: str) -> bool:
    """Whether two names are the same words, or one of two words or three signs stands within the other."""
    few, many = sorted((plain_name(one), plain_name(other)), key=len)
    if HAN.search(few):  # written without spaces: 比利时 stands before the name of the harbour
        return few == many or (len(few) > 2 and fold(few).strip() in fold(many))
    return few == many or ((" " in few or len(few) > 2) and f" {few} " in f" {many} ") or fold(few) in fold(many)


def _as_text(fact: Fact | Term) -> str:
    if isinstance(fact, Term):
        return f"{fact.value} | {fact.citation.quote}"
    told = (getattr(fact, key, "") for key in ("role", "form", "degree", "state", "direction"))
    return " | ".join((fact.summary, *told, fact.citation.quote))


def main(arguments: Sequence[str]) -> int:
    """Print the table, with ``--errors`` what is wrong, ``--office NAME`` who wrote the records of a file of lines."""
    from argparse import ArgumentParser

    parser = ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("reports", type=Path, nargs="?")
    parser.add_argument("--office", nargs="*", default=[])
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--fail-under", nargs="*", default=[], metavar="KIND=PRECISION,RECALL")
    options = parser.parse_args(arguments)
    try:
        records = list(read_annotated(options.gold, options.reports, options.office))
    except RapporteurError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    scores = measure(records)
    sys.stdout.write("kind, language: precision (facts), recall (lines)\n")
    for (kind, language), score in sorted(scores.items()):
        sys.stdout.write(
            f"{kind}, {language}: {score.precision:.3f} ({score.told}), {score.recall:.3f} ({score.wanted})\n"
        )
        if options.errors:
            sys.stdout.writelines(f"{line}\n" for line in score.errors)
    for kind, (sure, unsure) in sorted(marked(records).items()):
        shares = (f"{sum(own) / max(1, len(own)):.3f} ({len(own)})" for own in (sure, unsure))
        sys.stdout.write(f"{kind}, all of it right: {next(shares)}, of those marked as unsure {next(shares)}\n")
    low = []
    for floor in options.fail_under:
        kind, wanted = floor.split("=")
        precision, recall = map(float, wanted.split(","))
        if scores[kind, "all"].precision < precision or scores[kind, "all"].recall < recall:
            low.append(floor)
    sys.stderr.writelines(f"below the floor: {floor}\n" for floor in low)
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
