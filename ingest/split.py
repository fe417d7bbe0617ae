"""Split a text into sentences; offsets are exact by construction.

Nothing is searched for or rebuilt: boundaries are found in the text and the text is sliced at them.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

Span = tuple[int, int]

MAX_SENTENCE = 600
"""Code points after which a sentence without an end is cut at the next comma, semicolon or blank."""

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
