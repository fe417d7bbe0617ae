"""Answers that leave the page: a briefing as Markdown or Word, and plain text, each quote in a numbered footnote.

A footnote reads ``“quote” — title, date (file, 120-180)``; the two numbers are the offsets of the quote in the text of
the record, in code points, so that `ui.recheck` can check it again whatever becomes of the note.
"""

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from corpus import UsageError
from ui.days import date_in
from ui.wording import Words, words

if TYPE_CHECKING:  # the command line imports this file before it knows whether it needs an assistant
    from assistant import Answer, Citation, Claim

QUOTE_END = "” — "
"""Stands once in a footnote, between the quote and where it is from, as far as the quote itself does not hold it."""

_ACTIVE = re.compile(r"([\\`*_{}\[\]<>#|~&$^])")
"""Characters that Markdown or the HTML inside it would act on."""

_ACTIVE_FIRST = re.compile(r"^(?:([-+=])|(\d+)([.)]))")
"""What would begin a list or underline a heading at the start of a line."""

_NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x1b\ud800-\udfff\ufffe\uffff]")
"""Characters that are neither blanks nor text: those that XML 1.0 §2.2 excludes."""


def briefing_markdown(answers: "Sequence[Answer]", language: str = "en") -> str:
    """Answers in their order with a title and the date of the index, as Markdown with footnotes.

    A citation has one number through the whole briefing. An empty sequence gives an empty text.

    Args:
        language: Of what is ours to say: ``en``, ``zh``, ``ru``; English for any other.
    """
    if not answers:
        return ""
    said = words(language)
    numbers = numbered(one for answer in answers for one in answer.citations)
    parts = [f"# {plain_markdown(said.say('note_title'))}", plain_markdown(_made_from(answers, said))]
    for answer in answers:
        parts.append(f"## {plain_markdown(answer.question.text)}")
        parts += [plain_markdown(line) for line in _around(answer, said)]
        parts += [_claim_markdown(claim, numbers, said) for claim in answer.claims]
        if answer.closest:
            quote = plain_markdown(f"{said.say('closest')}: “{one_line(answer.closest.quote)}”")
            parts.append(f"{quote}[^{numbers[answer.closest]}]")
    parts += [footnote(n, citation, said) for citation, n in numbers.items()]
    return "\n\n".join(parts) + "\n"


def briefing_docx(answers: "Sequence[Answer]", language: str = "en") -> bytes:
    """The same as a Word file with true footnotes; wording as `briefing_markdown`.

    Raises:
        UsageError: There are no answers.
    """
    import docx

    from ui.footnotes import Footnotes

    if not answers:
        raise UsageError("A briefing needs at least one answer. Choose some and export again.")
    said = words(language)
    word = docx.Document()
    name_file(word, said.say("note_title"), said)
    notes = Footnotes(word)
    word.add_paragraph(_made_from(answers, said))
    for answer in answers:
        word.add_heading(one_line(answer.question.text), 1)
        for line in _around(answer, said):
            word.add_paragraph().add_run(one_line(line)).italic = True
        for claim in answer.claims:
            line = word.add_paragraph(style="List Bullet" if claim.label else None)
            if claim.label:
                line.add_run(f"{one_line(claim.label)}: ").bold = True
            line.add_run(one_line(claim.text))
            notes.cite(line, [(citation, footnote_text(citation, said)) for citation in claim.citations])
            if claim.trust != "proved":
                line.add_run(f" ({said.say(claim.trust)})").italic = True
        if answer.closest:
            line = word.add_paragraph(f"{said.say('closest')}: “{one_line(answer.closest.quote)}”")
            notes.cite(line, [(answer.closest, footnote_text(answer.closest, said))])
    return saved(word)


def answer_with_footnotes(answer: "Answer", language: str = "en") -> str:
    """One answer as plain text for the clipboard: notice, sentences with [1], and below them the numbered quotes."""
    said = words(language)
    numbers = numbered(answer.citations)
    lines = [one_line(answer.notice)] if answer.notice else []
    for claim in answer.claims:
        text = f"{one_line(claim.label)}: {one_line(claim.text)}" if claim.label else one_line(claim.text)
        # a sentence that begins with a bracket must not be taken for a footnote
        bullet = "- " if claim.label or text.startswith("[") else ""
        marks = "".join(f"[{numbers[citation]}]" for citation in claim.citations)
        doubt = f" ({said.say(claim.trust)})" if claim.trust != "proved" else ""
        lines.append(f"{bullet}{text} {marks}{doubt}".rstrip())
    if answer.closest:
        lines.append(f"{said.say('closest')}: “{one_line(answer.closest.quote)}” [{numbers[answer.closest]}]")
    notes = [f"[{n}] {footnote_text(citation, said)}" for citation, n in numbers.items()]
    return "\n\n".join("\n".join(part) for part in (lines, notes) if part) + "\n" if lines else ""


def footnote(n: int, citation: "Citation", said: Words) -> str:
    """A Markdown footnote on one line."""
    return f"[^{n}]: {plain_markdown(footnote_text(citation, said))}"


def footnote_text(citation: "Citation", said: Words) -> str:
    """A footnote without its number, on one line: the quote, and where it stands."""
    return f"“{one_line(citation.quote)}{QUOTE_END}{source(citation, said)}"


def source(citation: "Citation", said: Words) -> str:
    """Where a quote stands: title, date, page, file and offsets; title and page in our form, never a quote's end."""
    page = f", {said.say('page_n', n=citation.page)}" if citation.page else ""
    about = one_line(f"{citation.title}, {date_in(citation.date, said)}{page}").replace(QUOTE_END, "” – ")
    return f"{about} ({one_line(citation.file)}, {citation.start}-{citation.end})"


def plain_markdown(text: str) -> str:
    """Text on one line that Markdown shows as it is."""
    escaped = _ACTIVE.sub(r"\\\1", one_line(text))
    return _ACTIVE_FIRST.sub(lambda found: f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}", escaped)


def one_line(text: str) -> str:
    """Text with each run of blanks as one space and without the characters that no note can hold."""
    return " ".join(_NO_TEXT.sub("", text).split())


def name_file(word: Any, title: str, said: Words) -> None:
    """Give a Word file its title, in its properties and as its first line."""
    properties = word.core_properties
    properties.title, properties.author, properties.language = one_line(title)[:255], "Rapporteur", said.language
    word.add_heading(one_line(title), 0)


def saved(word: Any) -> bytes:
    """The bytes of a Word file."""
    written = io.BytesIO()
    word.save(written)
    return written.getvalue()


def _claim_markdown(claim: "Claim", numbers: "dict[Citation, int]", said: Words) -> str:
    marks = "".join(f"[^{numbers[citation]}]" for citation in claim.citations)
    doubt = f" *({said.say(claim.trust)})*" if claim.trust != "proved" else ""
    label = f"- **{plain_markdown(claim.label)}**: " if claim.label else ""
    return f"{label}{plain_markdown(claim.text)}{marks}{doubt}"


def _around(answer: "Answer", said: Words) -> list[str]:
    """What stands between a question and its sentences: its bounds, how a follow-up was understood, our notice."""
    is_other = answer.understood_as not in ("", answer.question.text)
    understood = [f"{said.say('understood_as')}: {answer.understood_as}"] if is_other else []
    return [*_narrowed(answer, said), *understood, *([answer.notice] if answer.notice else [])]


def _narrowed(answer: "Answer", said: Words) -> list[str]:
    """One line with the bounds on the reports that were searched; none where all were."""
    bounds = asdict(answer.question.filters)
    told = {name: value if isinstance(value, str) else ", ".join(value) for name, value in bounds.items()}
    field = {"languages": "language", "files": "file"}
    shown = [f"{said.say(f'filter_{field.get(name, name)}')}: {value}" for name, value in told.items() if value]
    return [f"{said.say('narrowed')}: {'; '.join(shown)}"] if shown else []


def _made_from(answers: "Sequence[Answer]", said: Words) -> str:
    """Which index the answers were made from, or which ones where it was built anew in between."""
    made = dict.fromkeys((answer.index.built_at, answer.index.reports) for answer in answers)
    return "; ".join(
        said.say("note_index", date=said.moment(built_at), reports=said.count("reports", reports))
        for built_at, reports in made
    )


def numbered(citations: "Iterable[Citation]") -> "dict[Citation, int]":
    """The number of each citation in order of first appearance, from 1."""
    return {citation: n for n, citation in enumerate(dict.fromkeys(citations), start=1)}
