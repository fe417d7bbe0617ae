"""Answers as Markdown: the question, the sentences, and a footnote with the quote for every citation."""

import re
from collections.abc import Sequence

from assistant import Answer, Citation

# Characters that Markdown or the HTML inside it would act on.
_ACTIVE = re.compile(r"([\\`*_{}\[\]<>#|~])")


def answer_markdown(answers: Sequence[Answer]) -> str:
    """Return the answers in order, footnotes numbered through; an empty sequence gives an empty text."""
    parts: list[str] = []
    footnotes: list[str] = []
    for answer in answers:
        first = len(footnotes) + 1
        numbers = {citation: n for n, citation in enumerate(answer.citations, start=first)}
        footnotes += [footnote(n, citation) for citation, n in numbers.items()]
        parts.append(f"## {plain_markdown(answer.question.text)}")
        if answer.notice:
            parts.append(plain_markdown(answer.notice))
        for claim in answer.claims:
            marks = "".join(f"[^{numbers[citation]}]" for citation in claim.citations)
            doubt = " *(uncertain)*" if claim.verdict == "uncertain" else ""
            label = f"**{plain_markdown(claim.label)}**: " if claim.label else ""
            parts.append(f"{label}{plain_markdown(claim.text)}{marks}{doubt}")
    parts += footnotes
    return "\n\n".join(parts) + "\n" if parts else ""


def footnote(n: int, citation: Citation) -> str:
    """A Markdown footnote: the quote on one line, and where it stands."""
    return f"[^{n}]: “{plain_markdown(citation.quote)}” — {plain_markdown(source(citation))}"


def source(citation: Citation) -> str:
    """Where a quote stands: title, date, page and file."""
    page = f", page {citation.page}" if citation.page else ""
    return f"{citation.title}, {citation.date or 'date not stated'}{page} ({citation.file})"


def plain_markdown(text: str) -> str:
    """Text on one line that Markdown shows as it is."""
    return _ACTIVE.sub(r"\\\1", " ".join(text.split()))
