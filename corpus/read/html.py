"""Web pages: the visible main text as light Markdown; nothing is ever fetched."""

import re
import sys
from contextlib import suppress
from dataclasses import replace
from itertools import islice, takewhile
from typing import Any

from corpus.dates import names_day
from corpus.errors import ReportError
from corpus.read.encoding import decode_noted
from corpus.read.extracted import Extracted
from corpus.read.limits import ReadLimits
from corpus.read.page_lines import Line, is_consent, page_lines, words_of

_DROPPED = tuple("script style template noscript iframe object embed svg canvas head select button input".split())
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)"
    r"|(?:font-size|opacity)\s*:\s*0(?:\.0+)?(?:px|pt|em|rem|%)?\s*(?:;|!|$)",
    re.I,
)
_STYLE_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_MEDIA = re.compile(r"@[\w-]+[^{;]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_INLINE = ("b", "strong", "i", "em", "u", "s", "small", "mark", "font", "span", "code", "sup", "sub", "del", "abbr")
DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w-]+)", re.I)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_PHP = re.compile(r"<\?(?:php\b|=).*?(?:\?>|\Z)", re.S)
# lxml reads control characters but will not write them.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NUMBERED_CHARACTER = re.compile(r"&#(?:(\d{1,9})|[xX]([0-9a-fA-F]{1,8}));?")
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
_TITLE_PARTS = re.compile(r"\s+[|–—·:»-]\s+|\s*[|_]\s*|-(?=[\u4e00-\u9fff])")
_HOME = re.compile(r"(?:\.?/|#|(?:\.?/)?index\.\w+|https?://[^/]+/?)")
_META = frozenset("meta metas info infos byline date".split())
_NOTE_MARK = re.compile(r"[0-9]{1,4}|[a-z]|[ivxlc]{1,6}|[*†‡§]{1,4}")
_PAGE_LINE = 20
"""Characters of a line that only counts pages ("page 2 of 3")."""
_THIN = 200
_NEARLY_ALL = 0.9
_SHORT = 40
_SAME_TITLE = 6
_DATE_LINE = 120
_NO_HEADING = 7


def extract(data: bytes, limits: ReadLimits) -> Extracted:
    """The main text of the page, where trafilatura sees it, below the page's heading and the line of its date.

    Raises:
        ReportError: The page holds no visible text, or cannot be parsed.
    """
    declared = DECLARED.search(data[:4096])
    decoded = decode_noted(data, declared[1].decode("ascii", "ignore") if declared else "")
    return replace(extract_page(decoded.text, limits), notes=decoded.notes)


def extract_page(page: str, limits: ReadLimits) -> Extracted:
    """As `extract`, of a page that is text already."""
    from lxml import etree, html

    try:
        parser = html.HTMLParser(remove_comments=True, remove_pis=True, no_network=True)
        shown = _NUMBERED_CHARACTER.sub(_writable, _PHP.sub("", _XML_DECLARATION.sub("", page)))
        tree = html.document_fromstring(_UNWRITABLE.sub(" ", shown), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise ReportError(f"it is no readable web page ({error}). Save the page again.") from error
    titles, address = _titles(tree), _address(tree)
    _drop_hidden(tree)
    lines = _main_lines(tree, titles)
    text = "".join(line.gap + line.shown for line in lines).strip()
    if not text:
        raise ReportError("it is a web page without visible text. Save the page with its content.")
    heading = _heading_above(lines)
    return Extracted(text=text, title=heading.text if heading else next(iter(titles), ""), address=address)


def _writable(found: re.Match[str]) -> str:
    code = int(found[1]) if found[1] else int(found[2], 16)
    return found[0] if code <= sys.maxunicode and not _UNWRITABLE.match(chr(code)) else " "


def _titles(tree: Any) -> list[str]:
    """What the page calls itself, the name made for sharing first."""
    found = tree.xpath("//meta[@property='og:title']/@content") + tree.xpath("//title//text()")[:1]
    return [" ".join(str(title).split()) for title in found if str(title).strip()]


def _address(tree: Any) -> str:
    found = tree.xpath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content")
    return next((str(address) for address in found if str(address).startswith(("http://", "https://"))), "")


def _drop_hidden(tree: Any) -> None:
    """Take out of `tree` what a reader of the page does not see, and the marks of emphasis around words."""
    from lxml import etree

    hidden = _hiding_names(tree)
    for tag in _DROPPED:
        for element in tree.xpath(f"//{tag}"):
            _drop(element)
    for element in list(tree.iter()):
        if element is not tree and _is_hidden(element, hidden):
            _drop(element)
    for element in tree.iter("span", "a"):
        _set_apart(element)
    for element in list(tree.iter("a", "sdfield")):
        _mark_note(element) if element.tag == "a" else _drop_page_number(element)
    etree.strip_tags(tree, *_INLINE)


def _mark_note(link: Any) -> None:
    """Brackets around the mark of a footnote, which else becomes part of its word; the way back is no word."""
    names, text = words_of(f"{link.get('class') or ''} {link.get('role') or ''}"), "".join(link.itertext()).strip()
    if "backlink" in names or {"footnote", "back"} <= names:
        _drop(link)
    elif _NOTE_MARK.fullmatch(text) and (link.get("href") or "").startswith("#"):
        opens = not names.isdisjoint({"sdfootnotesym", "sdendnotesym"})
        is_raised = link.getparent().tag == "sup" or link.find("sup") is not None or "noteref" in names
        if opens or is_raised:
            del link[:]
            link.text, link.tail = f"[{text}]", " " * opens + (link.tail or "")


def _drop_page_number(field: Any) -> None:
    """Drop a line at the foot of a saved document that only counts its pages."""
    line = next(field.iterancestors("p", "div"), None)
    if (field.get("type") or "").upper() == "PAGE" and line is not None:
        _drop(line if len("".join(line.itertext()).strip()) <= _PAGE_LINE else field)


def _set_apart(element: Any) -> None:
    """A blank before an element of a line of author, date and the like: such pages part them by their style alone."""
    before, parent = element.getprevious(), element.getparent()
    if before is not None and not before.tail and not words_of(parent.get("class") or "").isdisjoint(_META):
        before.tail = " "


def _drop(element: Any) -> None:
    if element.getparent() is not None:
        element.drop_tree()


def _hiding_names(tree: Any) -> set[str]:
    """``.class`` and ``#id`` selectors that the page's own style sheets hide; other selectors are not resolved."""
    return {
        selector.strip()
        for style in tree.xpath("//style")
        for selectors, rule in _STYLE_RULE.findall(_MEDIA.sub("", style.text or ""))
        if _HIDING.search(rule)
        for selector in selectors.split(",")
    }


def _is_hidden(element: Any, hidden: set[str]) -> bool:
    names = {f".{name}" for name in (element.get("class") or "").split()} | {f"#{element.get('id')}"}
    return (
        element.get("hidden") is not None
        or (element.tag == "dialog" and element.get("open") is None)
        or bool(_HIDING.search(element.get("style") or ""))
        or not hidden.isdisjoint(names)
    )


def _main_lines(tree: Any, titles: list[str]) -> list[Line]:
    """The lines of the main text, menus and the like left out, below the heading and the date that belong to it."""
    lines = [line for line in page_lines(tree) if not _IMPRINT.match(line.text)]
    taken = _taken_by_trafilatura(tree)
    matched = [_is_taken(line, taken) for line in lines]
    weights = _weights(lines, matched)
    total = weights.get(tree, 0)
    for line in lines:
        if line.outside is not None and not is_consent(line.outside) and 2 * weights.get(line.outside, 0) > total:
            line.outside = None  # named like a menu, yet the text stands in it
    inside = [line.outside is None for line in lines]
    root = tree if _is_thin(lines, inside, total) else _root(tree, weights, total)
    below = set(root.iter())
    kept = [here and (found or line.element in below) for line, here, found in zip(lines, inside, matched, strict=True)]
    _take_in_bylines(lines, kept, inside)
    _leave_out_links(lines, kept, matched)
    _leave_out_idle_headings(lines, kept)
    first = next((at for at, keep in enumerate(kept) if keep), None)
    if first is None:
        return []
    text = [line for line, keep in zip(lines, kept, strict=True) if keep]
    _mark_heading(text, titles)
    return [*_above(lines, first, text, titles), *text]


def _taken_by_trafilatura(tree: Any) -> set[str]:
    import trafilatura
    from lxml import etree

    etree.strip_attributes(tree, "rowspan", "colspan")  # it takes ever longer over wide spans
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


def _is_taken(line: Line, taken: set[str]) -> bool:
    return any(_key(piece) in taken for piece in line.cells or (line.text,))


def _weights(lines: list[Line], matched: list[bool]) -> dict[Any, int]:
    """Letters of the matched lines below each element."""
    weights: dict[Any, int] = {}
    for line, found in zip(lines, matched, strict=True):
        if found:
            for element in (line.element, *line.element.iterancestors()):
                weights[element] = weights.get(element, 0) + len(line.text)
    return weights


def _is_thin(lines: list[Line], inside: list[bool], total: int) -> bool:
    everything = sum(len(line.text) for line, here in zip(lines, inside, strict=True) if here)
    return total < _THIN and everything > 2 * total


def _root(tree: Any, weights: dict[Any, int], total: int) -> Any:
    """The innermost element that holds nearly all matched lines."""
    root = tree
    while True:
        child = next((child for child in root if weights.get(child, 0) >= _NEARLY_ALL * total), None)
        if child is None:
            return root
        root = child


def _take_in_bylines(lines: list[Line], kept: list[bool], inside: list[bool]) -> None:
    """Take in author and date between a heading and the first prose, though they stand in neither's element."""
    prose = next((at for at, line in enumerate(lines) if kept[at] and _is_prose(line)), 0)
    for at in range(kept.index(True) if prose else 0, prose):
        kept[at] = kept[at] or (inside[at] and _is_byline(lines[at]))


def _leave_out_links(lines: list[Line], kept: list[bool], matched: list[bool]) -> None:
    """Leave out lines of links above the first and below the last line of prose, and the unmatched between."""
    prose = [at for at, line in enumerate(lines) if kept[at] and _is_prose(line)]
    if not prose:
        return
    announced = False
    for at, line in enumerate(lines):
        announced = _announces(line) or (announced and bool(line.mark))
        belongs = announced or (prose[0] < at < prose[-1] and matched[at])
        is_sharing = line.links and _SHARING.match(line.text) and line.text[-1] not in ".!?。！？"
        if is_sharing or (line.is_link and not line.level and not belongs):
            kept[at] = False


def _announces(line: Line) -> bool:
    """Whether a line tells of the list below it; "See also:" and the like are shorter."""
    return line.text.endswith((":", "：")) and len(line.text) > _SHORT // (1 + line.text.endswith("："))


def _is_prose(line: Line) -> bool:
    return not line.is_link and not line.level and (len(line.text) > _SHORT or line.text[-1] in ".!?。！？：:；;")


def _leave_out_idle_headings(lines: list[Line], kept: list[bool]) -> None:
    """Leave out a heading, but not the page's, of which all that stood below was left out."""
    left_out, level_below = False, 1
    for at in range(len(lines) - 1, -1, -1):
        level = lines[at].level
        if not kept[at]:
            left_out = True
        elif left_out and level > 1 and level >= level_below and any(kept[:at]):
            kept[at] = False
        else:
            left_out, level_below = False, level or _NO_HEADING


def _mark_heading(kept: list[Line], titles: list[str]) -> None:
    """Mark as heading the line above all prose and headings that says what the page's title says."""
    heading = _heading_above(kept)
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


def _above(lines: list[Line], first: int, kept: list[Line], titles: list[str]) -> list[Line]:
    """The heading of the page and the lines of its date, where they stand above the main text and not in it."""
    before = [line for line in lines[:first] if line.outside is None or line.outside.tag == "header"]
    heading = None
    if not any(line.level == 1 for line in kept):
        heading = _heading_outside(before, kept, titles)
    start = before.index(heading) if heading else len(before)
    longest = _DATE_LINE if heading else _DATE_LINE // 2
    near = [line for line in before[max(0, start - 2) :] if line is not heading and len(line.text) <= longest]
    dates = [line for line in near if _is_byline(line)]
    texts = {line.text for line in kept}
    headings = [replace(heading, level=1, mark="")] if heading else []
    return headings + [replace(line, mark="") for line in dates if line.text not in texts]


def _heading_outside(before: list[Line], kept: list[Line], titles: list[str]) -> Line | None:
    """The last first-rank heading that is no name of the site, else the line that says what the page's title says."""
    said, first = _said(titles), kept[0]
    named = [line for line in before if line.level == 1 and not _is_site_name(line)]
    alike = [line for line in before if len(_key(line.text)) >= _SAME_TITLE and _key(line.text) in said]
    if first.level and (_key(first.text) in said or sum(line.level == first.level for line in kept) == 1):
        # the text has a heading of its own: a short one above it names a part of the site ("News")
        whole = {_key(title) for title in titles}
        named = [line for line in named if len(_key(line.text)) > _SHORT or _key(line.text) in whole or _is_title(line)]
    if named or first.level:
        return named[-1] if named else None
    return alike[-1] if alike and not _is_site_name(alike[-1]) else None


def _is_title(line: Line) -> bool:
    return "title" in (line.element.get("class") or "").split()


def _is_site_name(line: Line) -> bool:
    around = [line.element, *line.element.iterdescendants(), *islice(line.element.iterancestors(), 2)]
    names = words_of(" ".join(f"{element.get('class') or ''} {element.get('id') or ''}" for element in around))
    homes = any(_HOME.fullmatch(element.get("href") or "-") for element in around if element.tag == "a")
    return homes or not names.isdisjoint({"logo", "brand", "site"})


def _is_byline(line: Line) -> bool:
    """Whether a line tells the day, or the author, under a heading."""
    if line.level or line.is_link or len(line.text) > _DATE_LINE:
        return False
    return names_day(line.text) or not words_of(line.element.get("class") or "").isdisjoint({"author", "byline"})


def _heading_above(lines: list[Line]) -> Line | None:
    """The heading of the whole text: the first of the highest rank, else the one above all prose."""
    first = next((line for line in lines if line.level == 1), None)
    return first or next((line for line in takewhile(lambda line: not _is_prose(line), lines) if line.level), None)
