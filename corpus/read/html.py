"""Web pages: the visible main text as light Markdown; nothing is ever fetched."""

import re
from typing import Any

from corpus.errors import ReportError
from corpus.read.encoding import decode
from corpus.read.extracted import Extracted
from corpus.read.limits import ReadLimits
from corpus.read.text import first_heading

_DROPPED = tuple("script style template noscript iframe object embed svg canvas head select button input".split())
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)"
    r"|(?:font-size|opacity)\s*:\s*0(?:\.0+)?(?:px|pt|em|rem|%)?\s*(?:;|!|$)",
    re.I,
)
_STYLE_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_MEDIA = re.compile(r"@[\w-]+[^{;]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_INLINE = ("b", "strong", "i", "em", "u", "s", "small", "mark", "font", "span", "code", "sup", "sub", "del", "abbr")
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w-]+)", re.I)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_THIN = 200
_BLOCKS = frozenset(
    "p div section article main header footer aside ul ol table blockquote pre figure figcaption form address h1 h2 h3 "
    "h4 h5 h6 dl dt dd".split()
)


def extract(data: bytes, limits: ReadLimits) -> Extracted:
    """The main text of the page: by trafilatura, or all visible text where that finds next to nothing.

    Raises:
        ReportError: The page holds no visible text, or cannot be parsed.
    """
    from lxml import etree, html

    try:
        parser = html.HTMLParser(remove_comments=True, remove_pis=True, no_network=True)
        tree = html.document_fromstring(_XML_DECLARATION.sub("", _decoded(data)), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise ReportError(f"it is no readable web page ({error}). Save the page again.") from error
    title, address = _title(tree), _address(tree)
    _drop_hidden(tree)
    everything = _visible_text(tree)
    text = _main_text(tree)
    if len(text) < _THIN and len(everything) > 2 * len(text):
        text = everything
    if not text.strip():
        raise ReportError("it is a web page without visible text. Save the page with its content.")
    return Extracted(text=text, title=first_heading(text) or title, address=address)


def _decoded(data: bytes) -> str:
    declared = _DECLARED.search(data[:4096])
    if declared:
        name = declared[1].decode("ascii", "ignore").lower()
        name = "gb18030" if name in {"gb2312", "gbk"} else name
        try:
            return data.decode(name).replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
        except (LookupError, UnicodeDecodeError):
            pass  # the page is wrong about itself: tell the encoding by its bytes
    return decode(data)


def _title(tree: Any) -> str:
    found = tree.xpath("//meta[@property='og:title']/@content") or tree.xpath("//title//text()")
    return " ".join(str(found[0]).split()) if found else ""


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
    etree.strip_tags(tree, *_INLINE)


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


def _main_text(tree: Any) -> str:
    import trafilatura

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
    return str(text or "")


def _visible_text(tree: Any) -> str:
    """All text below `tree`, block elements on lines of their own."""
    from lxml import etree

    pieces: list[str] = []
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag
        if event == "start":
            pieces.append(_opening(tag))
            pieces.append(re.sub(r"\s+", " ", element.text or ""))
        else:
            pieces.append("\n\n" if tag in _BLOCKS else "\n" if tag in {"li", "tr"} else " | " if tag == "td" else "")
            pieces.append(re.sub(r"\s+", " ", element.tail or ""))
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _opening(tag: str) -> str:
    if tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
        return "\n\n" + "#" * int(tag[1]) + " "
    return "\n\n" if tag in _BLOCKS else "\n- " if tag == "li" else "\n" if tag in {"br", "tr"} else ""
