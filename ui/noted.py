"""The footnotes of a note as it came back: Word, Markdown or plain text, edited or not."""

import re
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus import ReportError, UsageError, read_report

MOST = 5000
"""Footnotes up to which a note is checked: far more than people write, and bounded for a hostile one."""

_MARKDOWN = re.compile(r"^ {0,3}\[\^(?P<n>[^\]\n]+)\]:[ \t]*(?P<text>.*)$")
_PLAIN = re.compile(r"^\[(?P<n>\d+)\][ \t]+(?P<text>.*)$")
_MARKDOWN_MARK = re.compile(r"\[\^([^\[\]\s]+)\](?!:)")
_PLAIN_MARKS = re.compile(r"(?<=\s)((?:\[\d+\])+)(?: \([^()]*\))?$")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """A footnote as a note has it: its number or name there, and its text; empty for a mark without a footnote."""

    n: str
    text: str


def read_note(path: Path) -> tuple[Noted, ...]:
    """The footnotes of a note in their order: Word, or Markdown or plain text in any encoding that reports may have.

    Raises:
        UsageError: There is no such file.
        ReportError: It cannot be read, or has no footnotes.
    """
    if not path.is_file():
        raise UsageError(f"{path}: there is no such file. Name a note that was exported.")
    place = path.resolve()
    text = read_report(place, place.parent).text  # in a process of its own, within limits
    if _is_archive(place):
        from ui.footnotes import read_footnotes

        try:
            noted = tuple(Noted(n=n, text=text) for n, text in read_footnotes(place.read_bytes()))
        except ReportError as error:
            raise ReportError(f"{path}: {error}") from error
    else:
        noted = footnotes_in(text)
    if not noted:
        raise ReportError(f"{path}: it has no footnotes, so there is nothing to check. Give a note with its footnotes.")
    if len(noted) > MOST:
        raise ReportError(f"{path}: it has {len(noted)} footnotes, the limit is {MOST}. Split the note.")
    return noted


def footnotes_in(text: str) -> tuple[Noted, ...]:
    """The footnotes of Markdown, or where it defines none, those of plain text: lines that begin with ``[1]``.

    Lines that continue a footnote belong to it. Marks that have no footnote come last. No footnotes give an empty
    tuple.
    """
    lines = text.split("\n")
    is_markdown = any(_MARKDOWN.match(line) for line in lines)
    found, others = _defined(lines, _MARKDOWN if is_markdown else _PLAIN)
    if not found:
        return ()
    if is_markdown:
        found = [Noted(n=note.n, text=_ESCAPED.sub(r"\1", note.text)) for note in found]
        used = [n for line in others for n in _MARKDOWN_MARK.findall(re.sub(r"\\.", "", line))]
    else:
        used = [n for line in others for marks in _PLAIN_MARKS.findall(line) for n in re.findall(r"\d+", marks)]
    missing = dict.fromkeys(used).keys() - {note.n for note in found}
    return (*found, *(Noted(n=n, text="") for n in dict.fromkeys(used) if n in missing))


def _defined(lines: Sequence[str], pattern: re.Pattern[str]) -> tuple[list[Noted], list[str]]:
    """The footnotes that lines define, each with the lines that continue it, and all other lines."""
    found: list[Noted] = []
    others: list[str] = []
    rest = deque(lines)
    while rest:
        line = rest.popleft()
        match = pattern.match(line)
        if match is None:
            others.append(line)
            continue
        told = [match["text"]]
        while rest and _goes_on(rest[0], pattern):
            told.append(rest.popleft())
        found.append(Noted(n=match["n"], text=" ".join(told)))
    return found, others


def _goes_on(line: str, pattern: re.Pattern[str]) -> bool:
    return bool(line.strip()) and not line.startswith("#") and not pattern.match(line)


def _is_archive(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) in (b"PK\x03\x04", b"PK\x05\x06")
