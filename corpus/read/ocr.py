"""Text recognised in pictures of pages, by the program tesseract where it is installed; nothing leaves the computer."""

import csv
import io
import shutil
import subprocess
from functools import cache
from typing import NamedTuple

from corpus.errors import ReportError

PROGRAM = "tesseract"
LANGUAGES = ("eng", "rus", "chi_sim")
"""What is recognised, of what is installed: the languages of the page."""
DPI = 200
"""Dots an inch that a page is drawn with: tesseract asks for letters of some 30 dots, which is 11 points at 200."""
_LINE_LEVEL, _WORD_LEVEL = "4", "5"


class Recognised(NamedTuple):
    """A word in a picture, as high as its line: its box in dots from the top left corner, and how sure, 0 to 1."""

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
        raise ReportError(
            f"recognising its text needs the program {PROGRAM}. Install it, or index without RAPPORTEUR_OCR."
        )
    command = [PROGRAM, "stdin", "stdout", "-l", "+".join(languages()), "--dpi", str(DPI), "tsv"]
    try:
        done = subprocess.run(command, input=picture, capture_output=True, timeout=seconds, check=True)
    except subprocess.TimeoutExpired as error:
        raise ReportError(f"recognising a page of it took over {seconds:g} seconds. Scan it smaller.") from error
    except (OSError, subprocess.CalledProcessError) as error:
        raise ReportError(f"{PROGRAM} cannot read a page of it ({error}). Scan it again.") from error
    rows = csv.DictReader(io.StringIO(done.stdout.decode("utf-8", "replace")), delimiter="\t", quoting=csv.QUOTE_NONE)
    found: list[Recognised] = []
    top = height = 0
    for row in rows:
        if row["level"] == _LINE_LEVEL:
            top, height = int(row["top"]), int(row["height"])
        text = (row["text"] or "").strip()
        if row["level"] == _WORD_LEVEL and text:
            sure = max(0.0, float(row["conf"])) / 100
            found.append(Recognised(text, int(row["left"]), top, int(row["width"]), height, sure))
    return found
