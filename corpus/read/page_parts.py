"""What the elements of a web page are: menus, headings, notes, questions of consent, forms, raised figures."""

import re
from dataclasses import dataclass
from itertools import islice
from typing import Any

from corpus.read.list_numbers import BOXES, written
from corpus.read.raised import raised

_OUTSIDE = frozenset("nav aside footer menu".split())
_OUTSIDE_ROLES = frozenset("navigation banner contentinfo search complementary dialog alertdialog".split())
_OUTSIDE_NAMES = frozenset(
    "breadcrumb breadcrumbs crumbs share sharing social sociable pluso addtoany jiathis "
    "bdsharebuttonbox related recommended recommend recommendations similar pagination pager nav navbar navigation "
    "menu sidebar comments respond newsletter subscribe skip skiplink popup modal ad ads advert".split()
)
_CONSENT_NAMES = ("fc-dialog", "fc-consent", "qc-cmp", "sp_message", "didomi", "usercentrics", "truste")
"""What those who sell such questions call them."""
_BANNER = re.compile(r"(?:\buse[sd]?|\busing|использу[ею]\w*|使用)\s?(?:\S+\s){0,3}?cookie", re.I)
_LONGEST_BANNER = 400
_SHOWS_NO_TEXT = frozenset("hidden password file submit reset button image search color range".split())
_NUMBER = re.compile(r"\d{1,6}")
_KINDS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_STYLED = re.compile(r"list-style(?:-type)?\s*:\s*(lower|upper)-(alpha|latin|roman)\b")
_NAME_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def words_of(name: str) -> set[str]:
    """The words of a class or id in lower case: ``mainMenu post-nav`` gives main, menu, post and nav."""
    return {part.lower() for part in _NAME_PART.findall(name)}


def is_among_notes(item: Any) -> bool:
    """Whether an item is one of a list of footnotes."""
    return any("footnotes" in words_of(above.get("class") or "") for above in islice(item.iterancestors(), 2))


@dataclass(slots=True)
class Numbers:
    """The numbers of a list: their kind, the next one, and how far it is to the one after it."""

    kind: str
    next: int
    step: int

    def shown(self, item: Any) -> str:
        """The number of the item that comes next, which may state its own."""
        stated = item.get("value") or ""
        number = int(stated) if _NUMBER.fullmatch(stated) else self.next
        self.next = number + self.step
        return written(self.kind, number) or ""


def numbers_of(items: Any) -> Numbers | None:
    """The numbers of a list, as it states them; None where they are none that can be read."""
    count = sum(1 for _ in items.iterchildren("li"))
    is_falling = items.get("reversed") is not None
    start = items.get("start", str(count) if is_falling else "1")
    if not _NUMBER.fullmatch(start):
        return None
    styled = _STYLED.search(items.get("style") or "")
    name = f"{styled[1]}{'Roman' if styled[2] == 'roman' else 'Letter'}" if styled else "decimal"
    return Numbers(_KINDS.get(items.get("type") or "", name), int(start), -1 if is_falling else 1)


def heading_level(block: Any) -> int:
    """The level of a heading, also of what only looks like one; 0 for other blocks."""
    if re.fullmatch(r"h[1-6]", block.tag):
        return int(block.tag[1])
    if block.tag == "summary":
        return 2
    if block.tag in {"div", "p"}:  # "h4" as a class looks like a heading
        named = re.search(r"(?:^|\s)(?:h([1-6])|MsoTitle)(?=\s|$)", block.get("class") or "")
        return int(named[1] or 1) if named else 0
    return 0


def is_outside(element: Any) -> bool:
    """Whether an element is a menu, a footer or the like, and not part of the text."""
    if element.tag in {"html", "body", "main", "article", "h1"}:
        return False
    if element.tag in {"header", "footer"}:
        return next(element.iterancestors("article", "main"), None) is None
    if element.tag == "aside" and next(element.iter("table", "dl"), None) is not None:
        return False  # facts beside the text
    names = words_of(f"{element.get('class') or ''} {element.get('id') or ''}")
    return (
        element.tag in _OUTSIDE
        or (element.get("role") or "").lower() in _OUTSIDE_ROLES
        or not names.isdisjoint(_OUTSIDE_NAMES)
        or is_consent(element)
    )


def is_consent(element: Any) -> bool:
    """Whether an element asks for consent to cookies."""
    said = f"{element.get('class') or ''} {element.get('id') or ''}"
    return any(name.startswith(("cookie", "consent", "gdpr")) for name in words_of(said)) or any(
        name.startswith(_CONSENT_NAMES) for name in said.lower().split()
    )


def banners(tree: Any) -> list[Any]:
    """The elements that tell in a few words that the page uses cookies, above a button; their names do not say so."""
    buttons = [*tree.iter("button"), *(link for link in tree.iter("a") if link.get("href", "#") == "#")]
    around = [element for button in buttons for element in islice(button.iterancestors("div", "section", "p"), 2)]
    return [
        element for element in around if _BANNER.search(_start(element)) and len(_start(element)) <= _LONGEST_BANNER
    ]


def _start(element: Any) -> str:
    """The first words of an element, more than those of a banner where there are more."""
    words, size = list[str](), 0
    for piece in element.itertext():
        words.append(piece)
        size += len(piece)
        if size > _LONGEST_BANNER:
            break
    return " ".join("".join(words).split())


def write_out(tree: Any) -> None:
    """Make text of what stands in the controls of forms, and raised signs of raised figures."""
    for control in list(tree.iter("input", "select", "textarea")):
        shown = _shown(control)
        del control[:]
        is_apart = bool(control.tail) and not control.tail[0].isalnum()
        control.text = shown and f" {shown}{'' if is_apart else ' '}"
        control.tag = "input" if shown in BOXES else "span"
    for element in tree.iter("sup"):
        above = raised("".join(element.itertext()))
        if above:
            del element[:]
            element.text = above


def _shown(control: Any) -> str:
    """What a control shows: a box to tick, what is written into it or what is chosen; empty for nothing."""
    if control.tag == "textarea":
        return str(control.text_content()).strip()
    if control.tag == "select":
        chosen = [option for option in control.iter("option") if option.get("selected") is not None]
        last = chosen if control.get("multiple") is not None else chosen[-1:]
        return "; ".join(option.text_content().strip() for option in last if option.get("value") != "")
    kind = (control.get("type") or "").lower()
    if kind in {"checkbox", "radio"}:
        opens_menu = control.get("role") == "button"
        return "" if opens_menu else "☐" if control.get("checked") is None else "☒"
    return "" if kind in _SHOWS_NO_TEXT else str(control.get("value") or "").strip()
