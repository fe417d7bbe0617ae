"""PDF files: the text of each page, lines joined into paragraphs, with the offset at which each page begins."""

import re
from typing import Any

from corpus.errors import ReportError
from corpus.read.extracted import Extracted
from corpus.read.limits import ReadLimits

_SENTENCE_END = re.compile(r"[.!?。！？:：;；…][\"'”’»」』）)\]】》〉]*$")
_CJK = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")
_FULL_LINE = 0.7
_TAIL = 4096


def extract(data: bytes, limits: ReadLimits) -> Extracted:
    """The text layer of the file; pages are separated by an empty line, or a blank where a sentence runs on.

    Raises:
        ReportError: It is truncated, damaged, protected by a password, too long, or has no text layer.
    """
    import pypdfium2

    if b"%%EOF" not in data[-_TAIL:]:
        raise ReportError("it is truncated: the end of the PDF is missing. Copy or download it again.")
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).casefold():
            raise ReportError("it is protected by a password. Save it without one.") from error
        raise ReportError(f"it is a damaged PDF ({error}). Copy or download it again.") from error
    if len(pdf) > limits.pages:
        raise ReportError(f"it has {len(pdf)} pages, the limit is {limits.pages}. Split it into one file a visit.")
    text, pages = "", []
    for number in range(len(pdf)):
        page_text = _flowing(_page_lines(pdf, number))
        if text and page_text:
            text += _joint(text, page_text)
        pages.append(len(text))
        text += page_text
        if len(text) > limits.characters:
            break  # refused with its reason by the caller
    if not text.strip():
        raise ReportError("it has no text layer; its pages are probably scanned. Recognize the text (OCR) first.")
    return Extracted(text=text, pages=tuple(pages))


def _page_lines(pdf: Any, number: int) -> list[str]:
    import pypdfium2

    try:
        page = pdf[number]
        raw = str(page.get_textpage().get_text_range())
        page.close()
    except pypdfium2.PdfiumError as error:
        raise ReportError(f"page {number + 1} of it is damaged ({error}). Copy or download it again.") from error
    # pdfium writes U+FFFE or U+0002 for a hyphen that breaks a word at the end of a line.
    raw = re.sub(r"[\ufffe\x02]\r?\n?", "", raw)
    return [" ".join(line.split()) for line in re.split(r"\r\n?|\n", raw)]


def _flowing(lines: list[str]) -> str:
    """Lines joined into paragraphs: a full line that ends no sentence runs on into the next."""
    longest = max((len(line) for line in lines), default=0)
    text = ""
    last = ""
    for line in lines:
        if not line:
            text = text.rstrip() + "\n\n" if text else ""
        elif not text or text.endswith("\n\n"):
            text += line
        elif len(last) >= _FULL_LINE * longest:
            text += ("" if _CJK.match(text[-1]) and _CJK.match(line) else " ") + line
        else:
            text += "\n" + line if not _SENTENCE_END.search(last) else "\n\n" + line
        last = line
    return text.strip()


def _joint(before: str, after: str) -> str:
    if _SENTENCE_END.search(before) or not after[0].islower():
        return "\n\n"
    return " "
