"""The records that the browser tests ask: a copy of the sample reports with one PDF, one Word and one HTML file."""

import io
import shutil
from pathlib import Path

import docx

from tests.corpus.conftest import _pdf

REPORTS = Path(__file__).parents[2] / "corpus" / "reports"

IN_PDF = "Rector Anna Kalnina and Professor Zhang Minxuan signed a cooperation agreement on school libraries."
IN_WORD = "Dean Erik Lindholm offered eleven scholarships to teachers from Shanghai."
IN_HTML = "Principal Sela Moala asked TEC for a course on teaching swimming."

_IN_TWO_LINES = IN_PDF.replace(" signed", "\nsigned")
_PDF = (
    "The Baltic Institute of Education visits TEC\n\n12 March 2025, Shanghai\n\n"
    "On 12 March 2025 a delegation of the Baltic Institute of Education visited\n"
    "the UNESCO Teacher Education Centre (TEC) in Shanghai. Five people came from Riga.",
    f"The talks were about books.\n\n{_IN_TWO_LINES}\n\nThe guests left on the same day.",
)
_HTML = f"""<!doctype html><html lang="en"><head><title>TEC visits Tonga College of Educators</title>
<meta name="date" content="2025-02-07"></head><body><nav><a href="/">Home</a></nav><main><article>
<h1>TEC visits Tonga College of Educators</h1>
<p>On 7 February 2025 a group of the UNESCO Teacher Education Centre (TEC) visited the Tonga College of Educators in
Nuku'alofa. They saw two village schools on the coast and spoke with their teachers about the long way to school.</p>
<p>{IN_HTML} The two sides will write to each other again in the autumn of the year.</p>
</article></main></body></html>"""


def make_folder(folder: Path) -> None:
    """Fill a new folder with the records."""
    shutil.copytree(REPORTS, folder)
    (folder / "baltic.pdf").write_bytes(_pdf(*_PDF))
    (folder / "tonga.html").write_text(_HTML, encoding="utf-8")
    word = docx.Document()
    word.add_heading("TEC visits the Uppsala School of Teaching", level=1)
    word.add_paragraph(
        "On 20 May 2024 a group of the UNESCO Teacher Education Centre (TEC) visited the Uppsala School of Teaching "
        "in Sweden."
    )
    word.add_paragraph(IN_WORD)
    word.add_paragraph("The group also saw the old library.")
    file = io.BytesIO()
    word.save(file)
    (folder / "uppsala.docx").write_bytes(file.getvalue())
