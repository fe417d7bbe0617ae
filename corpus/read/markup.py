"""Markup within Markdown and plain text, taken out: what a reader of the rendered file does not see is never quoted."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from html import unescape

from corpus.read.raised import raised
from corpus.read.said import meant_title

_FLAGS = "open|hidden|controls|allowfullscreen|async|defer|autoplay|loop|muted|nowrap|noshade|reversed|checked|disabled"
_VALUE = r"""(?:"[^"]{0,4000}"|'[^']{0,4000}'|[^\s"'<>]{1,1000})"""
_ATTRIBUTES = rf"(?:\s+(?:[\w:@.-]+\s*=\s*{_VALUE}|(?:{_FLAGS})\b))*+"
_CODE = r"(?P<code>`[^`\n]{1,1000}`)"
_TAG = re.compile(rf"{_CODE}|<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9]*)(?P<attributes>{_ATTRIBUTES})\s*/?>")
_TARGET = r"(?:\((?:[^()\n]|\([^()\n]{0,200}\)){0,2000}\)|\[[^\[\]\n]{0,200}\])"
_IMAGE = rf"!\[[^\[\]\n]{{0,1000}}\]{_TARGET}(?:\{{[^{{}}\n]{{0,200}}\}})?"
_UNSEEN = re.compile(
    rf"{_CODE}|\[\s{{0,9}}{_IMAGE}\s{{0,9}}\]{_TARGET}|{_IMAGE}"
    r"|\{%[^{}]{0,1000}%\}|\{\{[^{}]{0,1000}\}\}|^\{:[^{}\n]{0,200}\}[ \t]*$|^\[TOC\][ \t]*$",
    re.M,
)
_ALT = re.compile(rf"{_CODE}|!\[(?P<alt>[^\[\]\n]{{0,1000}})\]{_TARGET}")
_STRUCK = re.compile(rf"{_CODE}|(?<!~)~~(?=[^\s~])[^~\n]{{0,1000}}(?<!\s)~~(?!~)")
_RAISED = re.compile(rf"{_CODE}|<sup>(?P<above>[^<>\n]{{1,20}})</sup>", re.I)
_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}[1-4]?|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});")
_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_SIGNS = re.compile(r"<[A-Za-z/!?]|!\[|~~\S|\{[%{:]|^\[TOC\]", re.M)
_HIDDEN = (
    ("<!--", "-->", ""), ("<script", "</script>", ""), ("<style", "</style>", ""), ("<?php", "?>", ""),
    ("<del>", "</del>", "struck-out_piece"), ("<s>", "</s>", "struck-out_piece"),
    ("<strike>", "</strike>", "struck-out_piece"), ("<rp>", "</rp>", ""), ("<rt>", "</rt>", "pronunciation"),
)  # fmt: skip
"""What opens and closes a piece that is not read, and what to call it to those who saw it."""
_GOES_ON = re.compile(r"\n|\Z|[.,;:!?)]")
_LAST_BLANK = re.compile(r"(?<![,;:\s]) \Z")
_EMPTY_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*){2,}")
_SHORT_NAME = 3


def without_markup(text: str) -> tuple[str, Counter[str]]:
    """`text` without comments, tags, pictures, what is struck out and the commands of page makers; and what of it its
    reader saw and is not read, by kind.

    Code and all else stay to the letter. Tags of headings, items, tables and line breaks become what light Markdown
    has for them. Text without markup comes back as it is, and so do addresses in angle brackets and what is less than
    something else.
    """
    lost = Counter[str]()
    if not _SIGNS.search(text):
        return text, lost
    plain = "".join(piece if is_code else _prose(piece, lost) for piece, is_code in _pieces(text))
    return (text if plain == text else plain.strip("\n") + "\n"), lost


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """The stretches of `text` in and out of fenced code, in order."""
    fence, lines = "", list[str]()
    for line in text.splitlines(keepends=True):
        mark = _FENCE.match(line)
        if not fence and mark:
            yield "".join(lines), False
            fence, lines = mark[1], [line]
        elif fence and mark and mark[1].startswith(fence) and not line[mark.end() :].strip():
            yield "".join([*lines, line]), True
            fence, lines = "", []
        else:
            lines.append(line)
    yield "".join(lines), bool(fence)


def _prose(text: str, lost: Counter[str]) -> str:
    plain = text
    for opening, closing, kind in _HIDDEN:
        plain = _cut(_parted(plain, opening, closing), kind, lost)
    plain = "".join(_rows(piece) if inside else piece for piece, inside in _parted(plain, "<table", "</table>"))
    plain = _cut(_struck(plain), "struck-out_piece", lost)
    lost["picture_description"] += sum(bool(meant_title(found["alt"] or "")) for found in _ALT.finditer(plain))
    plain = _UNSEEN.sub(lambda found: found["code"] or "", plain)
    plain = _RAISED.sub(lambda found: found["code"] or raised(found["above"]), plain)
    plain = _without_tags(plain)
    if plain == text:
        return text
    plain = _ENTITY.sub(lambda found: unescape(found[0]), plain).replace("\xa0", " ")
    return _EMPTY_LINES.sub("\n\n", plain)


def _cut(pieces: Iterator[tuple[str, bool]], kind: str, lost: Counter[str]) -> str:
    """The pieces but those inside, which are counted as `kind`; of what a reader saw, no second blank is left over."""
    plain, was_seen = "", False
    for piece, inside in pieces:
        if inside:
            was_seen = bool(kind)
            if kind:
                lost[kind] += 1
            continue
        if was_seen and plain[-1:] in {"", " ", "\n"} and piece.startswith(" "):
            piece = piece[1:]
        elif was_seen and _GOES_ON.match(piece):
            plain = _LAST_BLANK.sub("", plain)
        plain, was_seen = plain + piece, False
    return plain


def _struck(text: str) -> Iterator[tuple[str, bool]]:
    """The stretches of `text` out of and in the marks for what is struck out."""
    at = 0
    for found in _STRUCK.finditer(text):
        if not found["code"]:
            yield text[at : found.start()], False
            yield found[0], True
            at = found.end()
    yield text[at:], False


def _parted(text: str, opening: str, closing: str) -> Iterator[tuple[str, bool]]:
    """The stretches of `text` out of and in `opening` … `closing`; an opening without its end is none."""
    low = text.lower() if len(text.lower()) == len(text) else text
    at = 0
    while (start := low.find(opening, at)) >= 0 and (end := low.find(closing, start)) >= 0:
        yield text[at:start], False
        at = end + len(closing)
        yield text[start:at], True
    yield text[at:], False


def _rows(table: str) -> str:
    """The lines of a table written in HTML."""
    from lxml import etree, html

    from corpus.read.page_lines import page_lines
    from corpus.read.page_parts import write_out

    try:
        tree = html.fragment_fromstring(table, create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return table
    write_out(tree)
    return "\n\n" + "".join(line.gap + line.shown for line in page_lines(tree)).strip() + "\n\n"


def _without_tags(text: str) -> str:
    if "<" not in text:
        return text
    closed = {found["name"].lower() for found in _TAG.finditer(text) if found["end"]}

    def shown(found: re.Match[str]) -> str:
        if found["code"]:
            return found[0]
        name = found["name"].lower()
        # "Dear <title>, …" is a gap to be filled in, not a tag.
        is_tag = name in _names() and bool(
            found["end"] or found["attributes"] or len(name) <= _SHORT_NAME or name in closed
        )
        if name == "br" and text.startswith("\n", found.end()):
            return ""
        if name == "br" and text.startswith("|", text.rfind("\n", 0, found.start()) + 1):
            return " "  # in a row of a table
        if name == "input" and is_tag:
            return _box(found["attributes"].lower())
        return _instead(name, bool(found["end"])) if is_tag else found[0]

    return _TAG.sub(shown, text)


@cache
def _names() -> frozenset[str]:
    from lxml.html import defs

    return frozenset(defs.tags) | {"main", "picture", "svg", "path", "g"}


def _box(attributes: str) -> str:
    is_box = re.search(r"type\s*=\s*[\"']?(?:checkbox|radio)\b", attributes)
    return ("☒" if re.search(r"\schecked\b", attributes) else "☐") if is_box else ""


def _instead(name: str, is_end: bool) -> str:
    """What a tag is in light Markdown; nothing for those that only set letters or boxes."""
    if re.fullmatch(r"h[1-6]", name):
        return "\n\n" if is_end else f"\n\n{'#' * int(name[1])} "
    if name == "li":
        return "" if is_end else "\n- "
    if name == "br":
        return "\n"
    return "\n\n" if name in {"p", "div", "hr", "ul", "ol", "blockquote", "section", "article", "summary"} else ""
