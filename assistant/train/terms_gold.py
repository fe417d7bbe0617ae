"""Annotated terms of agreements: a file of lines on records of its own and of the offices beside it."""

import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus import Report, read_reports
from ingest.ledger.fact import Agreement
from ingest.ledger.measure import OURSELVES, Line, read_lines
from ingest.ledger.reading import Reading
from ingest.ledger.term_days import length_of
from ingest.ledger.term_signs import Scene


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotated:
    """A record with the lines that annotate it: agreements and their terms; `names` of the office."""

    office: str
    report: Report
    names: tuple[str, ...]
    agreements: tuple[Line, ...]
    terms: tuple[Line, ...]
    only: tuple[str, ...]


def annotated(gold: Path) -> Iterator[Annotated]:
    """The records of a file of terms: its own, and those of the offices beside it."""
    lines = read_lines(gold)
    own: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        own[line["file"]].append(line)
    with tempfile.TemporaryDirectory() as folder:
        for name, report in _reports(gold.parent, Path(folder), own).items():
            terms = tuple(line for line in own[name] if line["kind"] == "term")
            record = next((line for line in own[name] if line["kind"] == "record"), None)
            office, _, file = name.rpartition("/")
            told = own[name] if record else read_lines(gold.parent / office / "facts.jsonl")
            agreed = [one for one in told if one["kind"] == "agreement" and one["file"] == (file if office else name)]
            names = record["names"] if record else next(one["names"] for one in told if one["kind"] == "office")
            only = next((tuple(line["terms"]) for line in own[name] if line["kind"] == "partly"), ())
            yield Annotated(
                office=office or name,
                report=report,
                names=tuple(names),
                agreements=tuple(one for one in agreed if not one.get("negated")),
                terms=terms,
                only=only,
            )


def _reports(root: Path, folder: Path, own: dict[str, list[Line]]) -> dict[str, Report]:
    for name, lines in own.items():
        record = next((line for line in lines if line["kind"] == "record"), None)
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        head = "" if record is None else "".join(f"{key}: {record[key]}\n" for key in ("title", "date", "language"))
        text = f"---\n{head}---\n\n{record['text']}\n" if record else (root / name).read_text(encoding="utf-8")
        target.write_text(text, encoding="utf-8")
    read = dict(zip(own, read_reports(folder, [Path(name) for name in own]), strict=True))
    return {name: report for name, report in read.items() if isinstance(report, Report)}


def as_told(one: Annotated, reading: Reading) -> list[Agreement]:
    """The annotated agreements as facts, their parties by the names of the reading."""
    found = []
    for line in one.agreements:
        at = next((own for own in reading.lines if own.text in line["quote"] or line["quote"] in own.text), None)
        if at is None:
            continue
        parties = sorted((_party(names, reading) for names in line["parties"]), key=lambda name: name != reading.us)
        day = reading.report.dates[0].start if reading.report.dates else ""
        found.append(
            Agreement(
                sides=tuple(parties), form=line["form"], state=line["state"], start=day, citation=reading.cite(at),
                extractor="gold",
            )
        )  # fmt: skip
    return found


def _party(names: Sequence[str], reading: Reading) -> str:
    if OURSELVES in names:
        return reading.us
    return next((full for full, forms in reading.forms.items() if not set(forms).isdisjoint(names)), names[0])


def wanted(scene: Scene, one: Annotated) -> list[Line]:
    """The annotated terms of a scene's agreement: told of by its lines, or by others between the same parties."""
    told = [_plain(scene.lines[at].text) for at in scene.told]
    lines = {_plain(line.text) for line in scene.lines}
    own = [line["parties"] for line in one.agreements if _plain(line["quote"]) in told]
    others = {_plain(line["quote"]): line["parties"] for line in one.agreements}
    return [
        line
        for line in one.terms
        if (of := _plain(line["of"])) in told
        or (_plain(line["quote"]) in lines and any(_are_same(others.get(of, []), parties) for parties in own))
    ]


def _plain(text: str) -> str:
    return " ".join(text.split())


def _are_same(one: Sequence[Sequence[str]], other: Sequence[Sequence[str]]) -> bool:
    """Whether the parties of two agreements, each by all its names, are the same."""
    return len(one) == len(other) > 0 and all(any(not set(a).isdisjoint(b) for b in other) for a in one)


def is_right(line: Line, kind: str, text: str, quote: str, told: str) -> bool:
    """Whether a term is what a line says."""
    if line["term"] != kind or _plain(line["quote"]) != _plain(quote):
        return False
    mine, theirs = length_of(text, "", told), length_of(line["span"], "", told)
    is_same = bool(mine.day or mine.months) and mine == theirs
    return is_same or line["span"] in text or text in line["span"]
