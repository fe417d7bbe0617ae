"""The source panel as HTML: a report with the cited sentence marked in its paragraph, without gradio."""

import re
from collections.abc import Iterator

from assistant import Citation, Retrieved
from corpus import Report, date_label
from ui.web.markup import Html, join, link, tag
from ui.web.report_text import Mark, text_html
from ui.wording import Words

_LINE = re.compile(r"[^\n]+")
_HEADING = re.compile(r"#{1,6}\s+")


def empty_source(words: Words) -> Html:
    """Return what the panel says before a citation is chosen."""
    return tag("p", words.say("panel_empty"), class_="hint")


def cited_source(report: Report | None, citation: Citation, key: str, words: Words) -> Html:
    """Return the report of `citation` with the quote marked.

    When the report is gone or its text has changed since the answer, the quote is shown alone, with a
    sentence saying so. `key` names the citation on the page (`exchange-n`).
    """
    if report is None or report.text[citation.start : citation.end] != citation.quote:
        quote = tag("blockquote", tag("mark", citation.quote, tabindex="-1"))
        body = join(tag("p", words.say("changed"), class_="notice"), quote)
        title = report.title if report else citation.title
        return _panel(title, Html(), body, key, words)
    facts = _facts(report, citation.page, words)
    body = _body(report, citation.start, citation.end, words.say("cited"))
    return _panel(report.title, facts, body, key, words, report.language)


def near_source(report: Report | None, passage: Retrieved, key: str, words: Words) -> Html:
    """Return the report of a passage that was near the question, marked as near, not as support."""
    note = tag("p", words.say("near_passage"), class_="notice")
    if report is None or report.text[passage.start : passage.end] != passage.text:
        return _panel(passage.title, note, tag("blockquote", tag("mark", passage.text, tabindex="-1")), key, words)
    facts = join(_facts(report, report.page_at(passage.start), words), note)
    body = _body(report, passage.start, passage.end, words.say("near_passage"), kind="near")
    return _panel(report.title, facts, body, key, words, report.language)


def _panel(title: str, facts: Html, body: Html, key: str, words: Words, language: str = "") -> Html:
    close = tag("button", words.say("close_panel"), type="button", class_="close", data_close=key)
    heading = tag("h2", title, lang=language or None)
    return tag(
        "div",
        tag("header", close, heading, facts),
        tag("div", body, class_="body", lang=language or None),
        class_="opened",
        data_key=key,
    )


def _facts(report: Report, page: int | None, words: Words) -> Html:
    is_dated = bool(report.dates and report.dates[0].start)
    facts = [date_label(report) if is_dated else words.say("date_unknown"), report.place]
    if page is not None:
        facts.append(words.say("page_n", n=page))
    line = tag("p", " · ".join(fact for fact in facts if fact), class_="facts")
    file = tag("p", f"{words.say('file')}: {report.path}", class_="facts")
    address = tag("p", link(words.say("original"), report.address), class_="facts") if report.address else Html()
    return join(line, file, address)


def _body(report: Report, start: int, end: int, label: str, kind: str = "cited") -> Html:
    """Return the text after the front matter, a paragraph a line, with code points [start, end) marked."""
    text = report.text
    return join(*(
        _paragraph(text, left, right, start, end, label, kind) for left, right in _lines(text, report.body)
    ))  # fmt: skip


def _lines(text: str, start: int) -> Iterator[tuple[int, int]]:
    for line in _LINE.finditer(text, start):
        if line.group().strip():
            yield line.span()


def _paragraph(text: str, left: int, right: int, start: int, end: int, label: str, kind: str) -> Html:
    # A line after a single line end continues its paragraph closely; a blank line opens a new one.
    follows = left > 0 and text[left - 1] == "\n" and text[max(0, left - 2) : left - 1] not in ("\n", "")
    heading = _HEADING.match(text, left, right)
    name, shown = ("h3", heading.end()) if heading else ("p", left)
    first, last = max(shown, start), min(right, end)
    if first >= last:
        inner: Html = join(text[shown:right])
    else:
        mark = tag("mark", text[first:last], class_=kind, tabindex="-1", title=label)
        inner = join(text[shown:first], mark, text[last:right])
    return tag(name, inner, class_="close-line" if follows and name == "p" else "")


def report_body(report: Report, marks: tuple[tuple[int, int, str], ...], words: Words) -> Html:
    """Return the whole record, each (start, end, id) of `marks` a ``<mark id=…>``; marks may overlap.

    A mark over several paragraphs has a piece in each; the first bears the id, the others ``data-of``. The front
    matter is left out unless a mark begins in it.
    """
    spans = tuple(Mark(start=start, end=end, id=name) for start, end, name in marks)
    first = 0 if any(mark.start < report.body for mark in spans) else report.body
    body = text_html(report.text, spans, start=first, table=words.say("panel_table"))
    return tag("div", body, class_="body", lang=report.language or None)
