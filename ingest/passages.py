"""A report as its sentences, and these as passages: whole neighboring sentences of one section."""

import re
from collections.abc import Callable, Iterator

from corpus.report import Report
from ingest.passage import Passage, Sentence, Split
from ingest.split import Span, split_sentences

MAX_TITLE = 200
"""Code points of a heading that are kept above its passages: a longer one would push them out of the model's sight."""
_HEADING = re.compile(r"(#{1,6})\s+(?=\S)")


def split_anew(report: Report, max_tokens: int, count_tokens: Callable[[str], int]) -> list[Split]:
    """The passages of a report with their sentences, in reading order."""
    sentences = list(sentences_of(report))
    splits: list[Split] = []
    at = 0
    # Both run in reading order, and a passage holds whole sentences.
    for passage in passages_of(report, max_tokens=max_tokens, count_tokens=count_tokens):
        first = at
        while at < len(sentences) and sentences[at].end <= passage.end:
            at += 1
        splits.append((passage, tuple(sentences[first:at])))
    return splits


def sentences_of(report: Report) -> tuple[Sentence, ...]:
    """The sentences of the record proper (after the front matter), headings left out, in reading order."""
    return tuple(
        Sentence(report_id=report.id, start=left, end=right, text=report.text[left:right])
        for _, section_start, section_end in _sections(report)
        for left, right in split_sentences(report.text, section_start, section_end)
    )


def passages_of(report: Report, *, max_tokens: int = 220, count_tokens: Callable[[str], int]) -> tuple[Passage, ...]:
    """Passages of whole sentences, in reading order, together holding every sentence once.

    A passage never crosses a heading and prefers to end with a paragraph: a paragraph that does not fit any
    more opens a new passage unless that would leave less than a quarter of `max_tokens` behind. One that begins
    inside a table bears the table's first row as its last heading.

    Args:
        max_tokens: Bound on the tokens of a passage; a single longer sentence stands alone.
        count_tokens: Tokens of a text, by the model that will embed it.
    """
    passages: list[Passage] = []
    for heading, section_start, section_end in _sections(report):
        spans = split_sentences(report.text, section_start, section_end)
        top = section_start
        for left, right in _grouped(report.text, spans, max_tokens, count_tokens):
            top = max(top, report.text.rfind("\n\n", top, left) + 2)
            passages.append(
                Passage(
                    report_id=report.id,
                    start=left,
                    end=right,
                    text=report.text[left:right],
                    heading=" › ".join(filter(None, (heading, _table_head(report.text, top, left)))),
                    page=report.page_at(left),
                )
            )
    return tuple(passages)


def _table_head(text: str, top: int, start: int) -> str:
    """The cells of the row at `top` where a row of the same table begins at `start` below it; else empty."""
    if start <= top or text[start] != "|" or text[top] != "|":
        return ""
    row = text[top : text.find("\n", top)]
    return " · ".join(cell for one in row.split("|") if (cell := one.strip()))[:MAX_TITLE]


def _grouped(text: str, spans: list[Span], max_tokens: int, count_tokens: Callable[[str], int]) -> Iterator[Span]:
    open_spans: list[Span] = []
    tokens = 0
    sizes = [count_tokens(text[left:right]) for left, right in spans]
    for number, (span, size) in enumerate(zip(spans, sizes, strict=True)):
        opens_paragraph = bool(open_spans) and "\n\n" in text[open_spans[-1][1] : span[0]]
        paragraph_size = _paragraph_tokens(text, spans, sizes, number) if opens_paragraph else size
        too_long = tokens + size > max_tokens
        better_apart = opens_paragraph and tokens + paragraph_size > max_tokens and tokens >= max_tokens // 4
        if open_spans and (too_long or better_apart):
            yield open_spans[0][0], open_spans[-1][1]
            open_spans, tokens = [], 0
        open_spans.append(span)
        tokens += size
    if open_spans:
        yield open_spans[0][0], open_spans[-1][1]


def _paragraph_tokens(text: str, spans: list[Span], sizes: list[int], first: int) -> int:
    total = sizes[first]
    for number in range(first + 1, len(spans)):
        if "\n\n" in text[spans[number - 1][1] : spans[number][0]]:
            break
        total += sizes[number]
    return total


def _sections(report: Report) -> Iterator[tuple[str, int, int]]:
    """(heading, start, end) of the stretches between Markdown headings, after the front matter."""
    text, at = report.text, report.body
    path: dict[int, str] = {}
    section_start = at
    for line in text[at:].splitlines(keepends=True):
        match = _HEADING.match(line)
        if match:
            if at > section_start:
                yield _heading(report, path), section_start, at
            level = len(match.group(1))
            title = line[match.end() :].strip().rstrip("#").rstrip()
            path = {depth: above for depth, above in path.items() if depth < level} | {level: title[:MAX_TITLE]}
            section_start = at + len(line)
        at += len(line)
    if at > section_start:
        yield _heading(report, path), section_start, at


def _heading(report: Report, path: dict[int, str]) -> str:
    titles = [path[level] for level in sorted(path) if path[level] not in ("", report.title)]
    return " › ".join([report.title, *titles])
