"""A note that left the page, checked again: which of its footnotes still stand in the published index."""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, Literal

import typer

from corpus import Report
from ui.export import QUOTE_END, one_line
from ui.noted import Noted, read_note
from ui.options import DATA, Data, Json
from ui.terminal import complain, out, print_json

Standing = Literal["holds", "moved", "changed", "gone", "unreadable"]
FINE: tuple[Standing, ...] = ("holds", "moved")

_PLACE = re.compile(r"[,，]\s*(?P<start>\d{1,9})\s*[-‐‑–—]\s*(?P<end>\d{1,9})\s*[)）][.。]?\s*$")
_LONGEST_PATH = 4096
_OTHER_QUOTE_END = re.compile(r"[”\"»]\s*(?:—|–|--?-?)\s")
"""The end of a quote where another program has put its own quotation marks and dashes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What became of one footnote.

    Attributes:
        n: Its number in the note.
        standing: ``holds``: the quote stands at its offsets. ``moved``: the whole quote stands elsewhere in the
            record. ``changed``: the record is there, the quote is not. ``gone``: the record is not in the index.
            ``unreadable``: the footnote is none of ours, or its mark has none.
        quote: On one line; of an unreadable footnote all of its text.
        file: Path of the record as the note has it; empty when unreadable.
        start, end: Offsets of the quote in code points as the note has them, -1 when unreadable.
        found: Where the words stand now: of a changed quote, a place that holds its words though it was exported with
            more or fewer; None when nowhere.
    """

    n: str
    standing: Standing
    quote: str
    file: str = ""
    start: int = -1
    end: int = -1
    found: tuple[int, int] | None = None

    @property
    def detail(self) -> str:
        """The finding as a sentence for a person."""
        now = f"{self.found[0]}-{self.found[1]}" if self.found else ""
        if self.standing == "changed" and now:
            return f"The words stand at {now}, but the footnote was exported with a longer or shorter quote."
        return {
            "holds": "The quote stands at its place.",
            "moved": f"The quote now stands at {now}.",
            "changed": "The record does not hold this quote any more, or the quote was edited.",
            "gone": "The index holds no record of this file.",
            "unreadable": "This is no footnote of ours, or it has lost its file and offsets."
            if self.quote
            else "This mark has no footnote any more.",
        }[self.standing]


def recheck(
    note: Annotated[
        Path, typer.Argument(metavar="NOTE", help="A note that was exported: Markdown, Word or text, edited or not.")
    ],
    *,
    data: Data = DATA,
    as_json: Json = False,
) -> None:
    """Say of each footnote of an exported note whether it still holds; its sentences are not judged."""
    from ingest import open_index

    noted = read_note(note)
    with closing(open_index(data)) as index:
        findings = check_footnotes(noted, index.reports())
    faults = [finding for finding in findings if finding.standing not in FINE]
    if as_json:
        told = [asdict(finding) | {"detail": finding.detail} for finding in findings]
        print_json({"note": str(note), "ok": not faults, "footnotes": told})
    else:
        for finding in findings:
            _print_finding(finding)
    if faults:
        complain(
            f"{note}: {len(faults)} of {len(findings)} footnotes do not hold. Mend or take out what rests on them."
        )
        raise typer.Exit(1)
    if not as_json:
        out.print(f"All {len(findings)} footnotes hold. The sentences themselves were not judged.", style="dim")


def check_footnotes(noted: Iterable[Noted], reports: Iterable[Report]) -> tuple[Finding, ...]:
    """What became of each footnote, in the order given; quotes are compared character by character, blanks as one."""
    records = {one_line(report.path): report for report in reports}
    return tuple(_checked(note, records) for note in noted)


def _checked(note: Noted, records: Mapping[str, Report]) -> Finding:
    text = one_line(note.text)
    place = _PLACE.search(text)
    about, file = _file_in(text[: place.start()], records) if place else ("", "")
    quote = _quote_in(about)
    if place is None or not quote:
        return Finding(n=note.n, standing="unreadable", quote=text)
    start, end = int(place["start"]), int(place["end"])
    report, found = records.get(file), None
    standing: Standing = "gone"
    if report is not None:
        if one_line(report.text[start:end]) == quote:
            standing, found = "holds", (start, end)
        else:
            # A quote that was cut may say the reverse ("never signed"), so only one of the old length has moved.
            found = min(_places(report.text, quote), key=lambda at: (at[1] - at[0] != end - start, abs(at[0] - start)),
                        default=None)  # fmt: skip
            standing = "moved" if found and found[1] - found[0] == end - start else "changed"
    return Finding(n=note.n, standing=standing, quote=quote, file=file, start=start, end=end, found=found)


def _file_in(text: str, known: Mapping[str, object]) -> tuple[str, str]:
    """What stands before the last bracket, and the file in it; of several brackets, the one that opens a known file."""
    tail = max(0, len(text) - _LONGEST_PATH)
    opened = [tail + match.start() for match in re.finditer(r"[(（]", text[tail:])][::-1]
    files = {at: text[at + 1 :].strip() for at in opened}
    balanced = (at for at in opened if files[at].count("(") == files[at].count(")"))
    at = next((at for at in opened if files[at] in known), next(balanced, -1))
    return (text[:at], files[at]) if at >= 0 else ("", "")


def _quote_in(about: str) -> str:
    """The quote before title and date; empty when there is none. The title of ours never holds a quote's end."""
    about = about.strip()
    end = about.rfind(QUOTE_END)
    if end < 0:
        ends = [match.start() for match in _OTHER_QUOTE_END.finditer(about)]
        end = ends[-1] if ends else 0
    return about[1:end].strip() if about[:1] in ("“", '"', "„", "«") else ""


def _places(text: str, quote: str) -> Iterator[tuple[int, int]]:
    """Where a quote stands in a text, however blanks are set there."""
    letters: list[str] = []
    offsets: list[int] = []
    for offset, letter in enumerate(text):
        if letter.isspace():
            if not letters or letters[-1] == " ":
                continue
            letter = " "
        elif not one_line(letter):
            continue
        letters.append(letter)
        offsets.append(offset)
    whole = "".join(letters)
    at = whole.find(quote)
    while at >= 0:
        yield offsets[at], offsets[at + len(quote) - 1] + 1
        at = whole.find(quote, at + 1)


def _print_finding(finding: Finding) -> None:
    where = f" ({finding.file}, {finding.start}-{finding.end})" if finding.file else ""
    out.print(f"[{finding.n}] {finding.standing:<10} “{finding.quote}”{where}", markup=False, emoji=False)
    if finding.standing != "holds":
        out.print(f"    {finding.detail}", markup=False, style="dim")
