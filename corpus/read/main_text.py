"""The main text of a web page: what trafilatura takes for it, made whole, below its heading and its date."""

import re
from contextlib import suppress
from dataclasses import replace
from itertools import islice, takewhile
from typing import Any

from corpus.dates import is_date_line, names_day
from corpus.read.page_lines import Line, page_lines
from corpus.read.page_parts import is_consent, words_of
from corpus.scripts import HAN

_ITEM_MARK = re.compile(r"^\s*(?:#{1,6}|[-*]|\d+\.)\s+")
_IMPRINT = re.compile(
    r"(?:©|(?:\(c\)|copyright\b)\W{0,5}(?:©|\(c\)|\d{4})|版权所有|все права защищены|барлық құқықтар"
    r"|all rights reserved|\S{1,3}ICP备).{0,200}$",
    re.I,
)
_SHARING = re.compile(
    r"(?:(?:share|tweet|print|previous|next|tags?|поделиться|печать|версия для печати|бөлісу)\b|[上下]一[篇条]|分享|【)"
    r".{0,80}$",
    re.I,
)
_TITLE_PARTS = re.compile(rf"\s+[|–—·•:»«<>/~-]+\s+|\s*[|_]\s*|-(?={HAN.pattern})")
_HOME = re.compile(r"(?:\.?/|#|(?:\.?/)?index\.\w+|https?://[^/]+/?)")
_THIN = 200
_NEARLY_ALL = 0.9
_SHORT = 40
_SAME_TITLE = 6
_DATE_LINE = 120
_NO_HEADING = 7


def main_lines(tree: Any, titles: list[str]) -> list[Line]:
    """The lines of the main text, menus and the like left out, below the heading and the date that belong to it."""
    lines = [line for line in page_lines(tree) if not _IMPRINT.match(line.text)]
    taken = _taken_by_trafilatura(tree)
    for line in lines:
        line.found = any(_key(piece) in taken for piece in line.cells or (line.text,))
    weights, counts = _weights(lines)
    total = weights.get(tree, 0)
    for line in lines:
        if line.outside is not None and not is_consent(line.outside) and 2 * weights.get(line.outside, 0) > total:
            line.outside = None  # named like a menu, yet the text stands in it
    inside = [line for line in lines if line.outside is None]
    is_thin = total < _THIN and sum(len(line.text) for line in inside) > 2 * total
    below = set((tree if is_thin else _root(tree, weights, counts, total)).iter())
    for line in inside:
        line.kept = line.found or line.element in below
    _take_in_bylines(lines)
    _leave_out_links(lines)
    _leave_out_idle_headings(lines)
    text = [line for line in lines if line.kept]
    if not text:
        return []
    _mark_heading(text, titles)
    return [*_above(lines, text, titles), *text]


def _taken_by_trafilatura(tree: Any) -> set[str]:
    import trafilatura
    from lxml import etree

    etree.strip_attributes(tree, "rowspan", "colspan")  # it takes ever longer over wide spans
    etree.strip_tags(tree, "input")  # and over many boxes
    text = ""
    with suppress(ValueError, TypeError, AttributeError):  # of its own making, on broken pages; all lines then count
        text = trafilatura.extract(
            tree,
            output_format="markdown",
            include_formatting=True,
            include_comments=False,
            include_tables=True,
            include_links=False,
            include_images=False,
            favor_recall=True,
        )
    return {_key(piece) for line in str(text or "").split("\n") for piece in _ITEM_MARK.sub("", line).split("|")} - {""}


def _key(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _weights(lines: list[Line]) -> tuple[dict[Any, int], dict[Any, int]]:
    """Letters of the lines found below each element, and how many lines, found or not, it holds."""
    weights: dict[Any, int] = {}
    counts: dict[Any, int] = {}
    for line in lines:
        for element in (line.element, *line.element.iterancestors()):
            counts[element] = counts.get(element, 0) + 1
            if line.found:
                weights[element] = weights.get(element, 0) + len(line.text)
    return weights, counts


def _root(tree: Any, weights: dict[Any, int], counts: dict[Any, int], total: int) -> Any:
    """The innermost element of several lines that holds nearly all that was found."""
    root = tree
    while True:
        child = next((child for child in root if weights.get(child, 0) >= _NEARLY_ALL * total), None)
        if child is None or counts.get(child, 0) < 2:
            return root
        root = child


def _take_in_bylines(lines: list[Line]) -> None:
    """Take in author and date between a heading and the first prose, though they stand in neither's element."""
    kept = [at for at, line in enumerate(lines) if line.kept]
    prose = next((at for at in kept if _is_prose(lines[at])), 0)
    for line in lines[kept[0] : prose] if prose else ():
        line.kept = line.kept or (line.outside is None and _is_byline(line))


def _leave_out_links(lines: list[Line]) -> None:
    """Leave out lines of links above the first and below the last line of prose, and those not found between."""
    prose = [at for at, line in enumerate(lines) if line.kept and _is_prose(line)]
    if not prose:
        return
    announced = False
    for at, line in enumerate(lines):
        announced = _announces(line) or (announced and bool(line.mark))
        belongs = announced or (prose[0] < at < prose[-1] and line.found)
        is_sharing = line.links and _SHARING.match(line.text) and line.text[-1] not in ".!?。！？"
        if is_sharing or (line.is_link and not line.level and not belongs):
            line.kept = False


def _announces(line: Line) -> bool:
    """Whether a line tells of the list below it; "See also:" and the like are shorter."""
    return line.text.endswith((":", "：")) and len(line.text) > _SHORT // (1 + line.text.endswith("："))


def _is_prose(line: Line) -> bool:
    return not line.is_link and not line.level and (len(line.text) > _SHORT or line.text[-1] in ".!?。！？：:；;")


def _leave_out_idle_headings(lines: list[Line]) -> None:
    """Leave out a heading, but not the page's, of which all that stood below was left out."""
    first = next((line for line in lines if line.kept), None)
    left_out, level_below = False, 1
    for line in reversed(lines):
        if not line.kept:
            left_out = True
        elif left_out and line.level > 1 and line.level >= level_below and line is not first:
            line.kept = False
        else:
            left_out, level_below = False, line.level or _NO_HEADING


def _mark_heading(kept: list[Line], titles: list[str]) -> None:
    """Mark as heading the line above all prose and headings that says what the page's title says."""
    heading = heading_above(kept)
    if heading is None or heading.level > 1:
        said = {_key(title) for title in titles} if heading else _said(titles)
        above = takewhile(lambda line: line is not heading and (not _is_prose(line) or _key(line.text) in said), kept)
        heading = next(
            (line for line in above if len(_key(line.text)) >= _SAME_TITLE and _key(line.text) in said), None
        )
        if heading is not None:
            heading.level, heading.mark = 1, ""


def _said(titles: list[str]) -> set[str]:
    """The titles and their parts, without signs."""
    return {_key(part) for title in titles for part in (title, *_TITLE_PARTS.split(title))}


def _above(lines: list[Line], kept: list[Line], titles: list[str]) -> list[Line]:
    """The heading of the page and the lines of its date, where they stand above the main text and not in it."""
    above = takewhile(lambda line: not line.kept, lines)
    before = [line for line in above if line.outside is None or line.outside.tag == "header"]
    heading = _heading_outside(before, kept, titles)
    if heading and any(line.level == 1 for line in kept) and not _is_of_document(heading, kept, titles):
        heading = None
    title = next((line for line in before if line is not heading and _is_of_document(line, kept, titles)), None)
    headings = [replace(line, level=1, mark="") for line in (title, heading) if line]
    start = next((at for at, line in enumerate(before) if line is title or line is heading), len(before))
    longest = _DATE_LINE if headings else _DATE_LINE // 2
    near = [line for line in before[max(0, start - 2) :] if line is not heading and len(line.text) <= longest]
    dates = [line for line in near if _is_byline(line)]
    texts = {line.text for line in kept}
    told = [replace(line, level=0, mark="") for line in dates if line.text not in texts]
    return headings[:1] + told + headings[1:]


def _heading_outside(before: list[Line], kept: list[Line], titles: list[str]) -> Line | None:
    """The last first-rank heading that is no name of the site, else, of a text without any heading, the longest of
    another rank, else the line that says what the page's title says.
    """
    said, first = _said(titles), kept[0]
    headed = [line for line in before if line.level and not _is_site_name(line) and not is_date_line(line.text)]
    named = [line for line in headed if line.level == 1]
    if not named and not any(line.level for line in kept):
        named = sorted(headed, key=lambda line: len(_key(line.text)))[-1:]
    alike = [line for line in before if len(_key(line.text)) >= _SAME_TITLE and _key(line.text) in said]
    if first.level and (_key(first.text) in said or sum(line.level == first.level for line in kept) == 1):
        # the text has a heading of its own: a short one above it names a part of the site ("News")
        whole = {_key(title) for title in titles}
        named = [line for line in named if len(_key(line.text)) > _SHORT or _key(line.text) in whole or _is_title(line)]
    if named or first.level:
        return named[-1] if named else None
    return alike[-1] if alike and not _is_site_name(alike[-1]) else None


def _is_of_document(line: Line, kept: list[Line], titles: list[str]) -> bool:
    """Whether a heading says what the whole page is called, above others of its rank that head its sections."""
    is_named = line.level == 1 and not _is_site_name(line) and _key(line.text) in {_key(title) for title in titles}
    return is_named and (_is_title(line) or sum(line.level == 1 for line in kept) > 1)


def _is_title(line: Line) -> bool:
    return "title" in (line.element.get("class") or "").split()


def _is_site_name(line: Line) -> bool:
    around = [line.element, *line.element.iterdescendants(), *islice(line.element.iterancestors(), 2)]
    names = words_of(" ".join(f"{element.get('class') or ''} {element.get('id') or ''}" for element in around))
    homes = any(_HOME.fullmatch(element.get("href") or "-") for element in around if element.tag == "a")
    return homes or not names.isdisjoint({"logo", "brand", "site"})


def _is_byline(line: Line) -> bool:
    """Whether a line tells the day, or the author, under a heading."""
    if (line.level and not is_date_line(line.text)) or line.is_link or len(line.text) > _DATE_LINE:
        return False
    return names_day(line.text) or not words_of(line.element.get("class") or "").isdisjoint({"author", "byline"})


def heading_above(lines: list[Line]) -> Line | None:
    """The heading of the whole text: the first of the highest rank, else the one above all prose."""
    first = next((line for line in lines if line.level == 1), None)
    return first or next((line for line in takewhile(lambda line: not _is_prose(line), lines) if line.level), None)
