"""Text recognised in pictures of pages, by the program tesseract where it is installed; nothing leaves the computer."""

import csv
import io
import shutil
import subprocess
from functools import cache
from typing import NamedTuple

from corpus.errors import ReportError

PROGRAM = "tesseract"
LANGUAGES = ("chi_sim", "rus", "eng")
"""What is recognised, of what is installed: the languages of the page."""
DPI = 200
"""Dots an inch that a page is drawn with: tesseract asks for letters of some 30 dots, which is 11 points at 200."""
_WORD_LEVEL = "5"


class Recognised(NamedTuple):
    """A word in a picture: its box in dots from the top left corner, and how sure the program is, 0 to 1."""

    text: str
    left: int
    top: int
    width: int
    height: int
    confidence: float


@cache
def languages() -> tuple[str, ...]:
    """Those of `LANGUAGES` that the installed program knows; empty where there is no such program."""
    if shutil.which(PROGRAM) is None:
        return ()
    told = subprocess.run([PROGRAM, "--list-langs"], capture_output=True, text=True, check=False).stdout.split()
    return tuple(one for one in LANGUAGES if one in told)


def recognise(picture: bytes, seconds: float) -> list[Recognised]:
    """The words of a picture of a page (PNG), line by line; none for an empty page.

    Args:
        seconds: How long the program may take.

    Raises:
        ReportError: It is not installed, took too long, or cannot read the picture.
    """
    if not languages():
        raise ReportError(f"recognising its text needs the program {PROGRAM}. Install it, or index without --ocr.")
    command = [PROGRAM, "stdin", "stdout", "-l", "+".join(languages()), "--dpi", str(DPI), "tsv"]
    try:
        done = subprocess.run(command, input=picture, capture_output=True, timeout=seconds, check=True)
    except subprocess.TimeoutExpired as error:
        raise ReportError(f"recognising a page of it took over {seconds:g} seconds. Scan it smaller.") from error
    except (OSError, subprocess.CalledProcessError) as error:
        raise ReportError(f"{PROGRAM} cannot read a page of it ({error}). Scan it again.") from error
    rows = csv.DictReader(io.StringIO(done.stdout.decode("utf-8", "replace")), delimiter="\t", quoting=csv.QUOTE_NONE)
    return [
        Recognised(
            row["text"].strip(),
            int(row["left"]),
            int(row["top"]),
            int(row["width"]),
            int(row["height"]),
            max(0.0, float(row["conf"])) / 100,
        )
        for row in rows
        if row["level"] == _WORD_LEVEL and (row["text"] or "").strip()
    ]
