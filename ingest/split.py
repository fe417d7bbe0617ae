"""Split a report into sentences, and whole neighboring sentences into passages; offsets are exact by construction.

Nothing is searched for or rebuilt: boundaries are found in the text and the text is sliced at them.
"""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from corpus.report import Report
from ingest.passage import Passage, Sentence

Span = tuple[int, int]

MAX_SENTENCE = 600
"""Code points after which a sentence without an end is cut at the next comma, semicolon or blank."""
MAX_TITLE = 200
"""Code points of a heading that are kept above its passages: a longer one would push them out of the model's sight."""

_CLOSERS = "\"'”’»」』）)\\]】》〉"
# The marks of an end, then what closes with it: quotes, brackets, notes like "[2]", Markdown emphasis.
_END = re.compile(rf"([。！？；.!?…]+)[{_CLOSERS}]*(?:\[\d{{1,3}}\])*(?:[*_]+(?=\s|$))?")
_CJK_MARK = re.compile(r"[。！？；]")
_IS_CJK = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\u3040-\u30ff]")

# Words before a full stop that do not end a sentence, in any case; Russian and Kazakh ones included.
_ABBREVIATIONS = frozenset(
    "dr mr mrs ms prof assoc asst rev hon gen col lt sr jr st mt no nos vol vols fig figs p pp art ch sec ed eds al "
    "cf vs approx dept univ inst ext tel dir etc e.g i.e a.m p.m u.s u.k ph.d jan feb mar apr jun jul aug sep sept "
    "oct nov dec г гг в вв им проф доц акад ул д стр рис т.е т.к т.д т.п и.о зам тел обл респ см ст".split()
)
# After these a new sentence may well begin: "… and so on, etc. The visit …".
_MAY_END = frozenset("etc al a.m p.m ph.d т.д т.п no".split())
# "… in the U.S. The visit …", but "U.S. Embassy".
_OPENER = re.compile(r"(?:The|An?|In|On|At|He|She|It|They|We|This|That|These|There|His|Her|Its|Their|Our)\b")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}")  # "e.g", "U.S", "д.т.н", but no date and no web address
_NUMBERING = re.compile(r"\s*(?:[-*+•·]\s+)?(?:\d[\d.]*|[IVXLC]+)$")
_LAST_WORD = re.compile(r"([^\W_](?:[\w.'’-]*[^\W_])?)$")
_HEADING = re.compile(r"(#{1,6})\s+(?=\S)")
_ITEM_LINE = re.compile(r"\s*(?:[-*+•·]\s+|\d{1,3}[.)、]\s+|>)")
_LINE_ALONE = re.compile(r"\s*(?:#{1,6}\s|\||(?:[-=*_]{3,}\s*)?$)")  # heading, table row, rule, blank line
_CHINESE_OPENER = re.compile(r"[“‘（《「『]?(?![的与和及等])[\u3400-\u9fff]")
_COMPANIES = frozenset("inc ltd corp llc bros".split())
_RUNNING_WORDS = 3
"""Words in a row that are text of their own, not a name within a Chinese sentence."""
_REACH = 60
"""Code points looked at on either side of a stop: enough for any word, and what keeps long paragraphs linear."""


def split_sentences(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Spans of the sentences of ``text[start:end]``, in order, without blanks at either end.

    Latin and Cyrillic sentences end at ``. ! ? …`` before a blank unless the stop belongs to an abbreviation,
    an initial or a number; Chinese ones at ``。！？``, with closing quotes and brackets attached. A blank
    line, a list item, a heading or a table row always ends a sentence; a single line break inside a paragraph
    does not. Text without letters or digits gives no sentence.

    Args:
        start: Where to begin, in code points of `text`.
        end: Where to stop; None for the end of the text.
    """
    stop = len(text) if end is None else end
    spans: list[Span] = []
    for block_start, block_end in _blocks(text, start, stop):
        cuts = [block_start, *_ends(text, block_start, block_end), block_end]
        for left, right in pairwise(cuts):
            spans.extend(_trimmed(text, piece) for piece in _bounded(text, left, right))
    return [span for span in spans if any(letter.isalnum() for letter in text[span[0] : span[1]])]


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


def _blocks(text: str, start: int, stop: int) -> Iterator[Span]:
    """Paragraphs, list items, headings and table rows: what a sentence may not cross."""
    at = block = start
    for line in text[start:stop].splitlines(keepends=True):
        alone = _LINE_ALONE.match(line)
        if alone or _ITEM_LINE.match(line):
            yield block, at
            block = at
        at += len(line)
        if alone:
            yield block, at
            block = at
    yield block, at


def _ends(text: str, start: int, stop: int) -> Iterator[int]:
    """Offsets just after each sentence end inside one block, ascending."""
    for found in _END.finditer(text, start, stop):
        before_blank = found.end() == stop or text[found.end()].isspace()
        if _CJK_MARK.search(found[1]):
            is_end = True
        elif not before_blank:
            # Outside Chinese text "!", "?" and "…" end a sentence only before a blank, and "." does everywhere,
            # unless a Chinese one follows at once.
            after_chinese = bool(_IS_CJK.search(text, max(start, found.start() - 2), found.start()))
            is_end = (found[1][0] != "." and after_chinese) or _ends_before_chinese(text, start, found)
        else:
            is_end = _ends_sentence(text, start, found, stop)
        if is_end:
            yield found.end()


def _ends_before_chinese(text: str, start: int, found: re.Match[str]) -> bool:
    """Whether marks without a blank end running Latin or Cyrillic text, as in "… on energy.本实验室…"."""
    if not _CHINESE_OPENER.match(text, found.end()):
        return False
    before = text[max(start, found.start() - _REACH) : found.start()].rstrip(_CLOSERS)
    word = _LAST_WORD.search(before)
    running = re.split(r"[\u3400-\u9fff\u3001-\u301f\uff00-\uffef]", before)[-1]
    return (
        word is not None
        and len(running.split()) >= _RUNNING_WORDS
        and word.group().isalpha()
        and word.group()[-2:].islower()
        and len(word.group()) > 2
        and word.group().casefold() not in _ABBREVIATIONS | _COMPANIES
    )


def _ends_sentence(text: str, start: int, found: re.Match[str], stop: int) -> bool:
    """Whether marks before a blank end a sentence."""
    following = text[found.end() : min(stop, found.end() + _REACH)].lstrip()
    if not following:
        return True
    opens_low = following[0].islower()
    if found[1][0] in "!?":
        return not opens_low or found.end() == found.end(1)  # “Is it so?” she asked.
    word = _LAST_WORD.search(text, max(start, found.start() - _REACH), found.start())
    if len(found[1]) > 1 or word is None:
        return not opens_low
    if _NUMBERING.match(text, start, found.start()):
        return False
    last = word.group().casefold()
    if last in _ABBREVIATIONS or _DOTTED.fullmatch(last):
        is_open_end = last in _MAY_END and not opens_low and not following[0].isdigit()
        return is_open_end or ("." in last and bool(_OPENER.match(following)))
    if len(last) == 1 and last.isalpha() and not _IS_CJK.match(last):
        # An initial: "S. Zh. Praliyev", "Т. Г. Шевченко"; "Zh." and "Дж." are caught below.
        return False
    is_short_name = len(last) == 2 and word.group().istitle()
    return not opens_low and not (is_short_name and _follows_initial(text, start, word))


def _follows_initial(text: str, start: int, word: re.Match[str]) -> bool:
    """Whether the word stands right after an initial, as the second of "S. Zh. Praliyev"."""
    return bool(re.search(r"\b\w\.\s*$", text[max(start, word.start() - 4) : word.start()]))


def _bounded(text: str, left: int, right: int) -> Iterator[Span]:
    """Pieces of at most about `MAX_SENTENCE` code points, cut at a comma, semicolon or blank where there is one."""
    while right - left > MAX_SENTENCE:
        window = text[left : left + MAX_SENTENCE]
        cut = max(window.rfind(mark) for mark in ("; ", "；", ", ", "，", "、", "\n"))
        if cut < MAX_SENTENCE // 2:
            cut = max(cut, window.rfind(" "))
        cut = cut + 1 if cut > 0 else MAX_SENTENCE
        yield left, left + cut
        left += cut
    yield left, right


def _trimmed(text: str, span: Span) -> Span:
    left, right = span
    piece = text[left:right]
    return left + len(piece) - len(piece.lstrip()), right - (len(piece) - len(piece.rstrip()))
