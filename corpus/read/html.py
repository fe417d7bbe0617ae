"""Web pages: the visible main text as light Markdown; nothing is ever fetched."""

import re
import sys
from dataclasses import replace
from typing import Any

from corpus.errors import ReportError
from corpus.read.encoding import decode_noted
from corpus.read.extracted import Extracted
from corpus.read.limits import ReadLimits
from corpus.read.main_text import heading_above, main_lines
from corpus.read.page_parts import banners, is_outside, words_of, write_out
from corpus.read.running import PAGE_LINE
from corpus.read.said import meant_title, not_read

_STRUCK = ("del", "s", "strike")
_DROPPED = (
    *"script style template noscript iframe object embed svg canvas head datalist button rt rp".split(), *_STRUCK
)  # fmt: skip
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)"
    r"|text-decoration(?:-line)?\s*:[^;]*line-through"
    r"|(?:font-size|opacity)\s*:\s*0(?:\.0+)?(?:px|pt|em|rem|%)?\s*(?:;|!|$)",
    re.I,
)
_STYLE_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_MEDIA = re.compile(r"@[\w-]+[^{;]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_INLINE = ("b", "strong", "i", "em", "u", "ins", "small", "mark", "font", "span", "code", "sup", "sub", "abbr")
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w-]+)", re.I)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_PROGRAM = re.compile(r"<\?(?:php\b|=).*?(?:\?>|\Z)|<%.*?%>", re.S)
# lxml reads control characters but will not write them.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NUMBERED_CHARACTER = re.compile(r"&#(?:(\d{1,9})|[xX]([0-9a-fA-F]{1,8}));?")
_META = frozenset("meta metas info infos byline date".split())
_NOTE_MARK = re.compile(r"[0-9]{1,4}|[a-z]|[ivxlc]{1,6}|[*†‡§]{1,4}")


def extract(data: bytes, limits: ReadLimits, charset: str = "") -> Extracted:
    """The main text of the page, where trafilatura sees it, below the page's heading and the line of its date.

    Args:
        data: The page; `limits` bound it.
        charset: The encoding told beside the page, which counts before the one it declares; empty for none.

    Raises:
        ReportError: The page holds no visible text, or cannot be parsed.
    """
    declared = _DECLARED.search(data[:4096])
    decoded = decode_noted(data, charset or (declared[1].decode("ascii", "ignore") if declared else ""))
    page = extract_page(decoded.text, limits)
    return replace(page, notes=(*decoded.notes, *page.notes))


def extract_page(page: str, limits: ReadLimits) -> Extracted:
    """As `extract`, of a page that is text already."""
    from lxml import etree, html

    try:
        parser = html.HTMLParser(remove_comments=True, remove_pis=True, no_network=True)
        shown = _NUMBERED_CHARACTER.sub(_writable, _PROGRAM.sub("", _XML_DECLARATION.sub("", page)))
        tree = html.document_fromstring(_UNWRITABLE.sub(" ", shown), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise ReportError(f"it is no readable web page ({error}). Save the page again.") from error
    titles, address = _titles(tree), _address(tree)
    struck = sum(map(_is_struck, tree.iter()))
    _drop_hidden(tree)
    notes = not_read(**{"struck-out_piece": struck}, **_unread(tree))
    _drop_unread(tree)
    lines = main_lines(tree, titles)
    text = "".join(line.gap + line.shown for line in lines).strip()
    if not text:
        raise ReportError("it is a web page without visible text. Save the page with its content.")
    heading = heading_above(lines)
    title = heading.text if heading else next(filter(None, map(meant_title, titles)), "")
    return Extracted(text=text, title=title, address=address, notes=notes)


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
    """Take out of `tree` what a reader of the page does not see."""
    hidden = _hiding_names(tree)
    for element in list(tree.iter()):
        if element is not tree and _is_hidden(element, hidden):
            _drop(element)


def _unread(tree: Any) -> dict[str, int]:
    """How much there is of what a reader of the page sees and `_drop_unread` takes out."""
    drawings = [svg for svg in tree.iter("svg") if _is_in_text(svg) and next(svg.iterancestors("svg"), None) is None]
    return {
        "picture_description": sum(
            bool(meant_title(image.get("alt") or "")) for image in filter(_is_in_text, tree.iter("img"))
        ),
        "pronunciation": sum(any(map(_says, ruby.iter("rt"))) for ruby in tree.iter("ruby")),
        "inner_page": sum(_has_page(frame) for frame in tree.iter("iframe") if _is_in_text(frame)),
        "diagram": sum(any(map(_says, drawing.iter("text", "foreignobject"))) for drawing in drawings),
    }


def _is_in_text(element: Any) -> bool:
    return not any(map(is_outside, element.iterancestors()))


def _says(element: Any) -> bool:
    return any(map(str.isalpha, element.text_content()))


def _has_page(frame: Any) -> bool:
    """Whether a page is written into a frame; those of other addresses are no part of the file."""
    from lxml import etree, html

    try:
        page = html.fragment_fromstring(_UNWRITABLE.sub(" ", frame.get("srcdoc") or ""), create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return False
    etree.strip_elements(page, "script", "style", with_tail=False)
    return _says(page)


def _drop_unread(tree: Any) -> None:
    """Take out of `tree` what is struck out or no text, and the marks of emphasis; write out forms and the like."""
    from lxml import etree

    for element in [*banners(tree), *tree.iter(*_DROPPED)]:
        _drop(element)
    for element in tree.iter("span", "a"):
        _set_apart(element)
    for element in list(tree.iter("a", "sdfield")):
        _mark_note(element) if element.tag == "a" else _drop_page_number(element)
    write_out(tree)
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
        _drop(line if len("".join(line.itertext()).strip()) <= PAGE_LINE else field)


def _set_apart(element: Any) -> None:
    """A blank before an element of a line of author, date and the like: such pages part them by their style alone."""
    before, parent = element.getprevious(), element.getparent()
    if before is not None and not before.tail and not words_of(parent.get("class") or "").isdisjoint(_META):
        before.tail = " "


def _drop(element: Any) -> None:
    if element.getparent() is not None:
        element.drop_tree()


def _is_struck(element: Any) -> bool:
    """Whether an element of a page strikes text out."""
    if element.tag not in _STRUCK and "line-through" not in (element.get("style") or "").lower():
        return False
    return bool(element.text_content().strip()) and next(element.iterancestors(*_STRUCK), None) is None


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
