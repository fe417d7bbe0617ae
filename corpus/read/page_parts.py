"""What the elements of a web page are by their tags and names: menus, headings, notes, questions of consent."""

import re
from itertools import islice
from typing import Any

_OUTSIDE = frozenset("nav aside footer menu".split())
_OUTSIDE_ROLES = frozenset("navigation banner contentinfo search complementary".split())
_OUTSIDE_NAMES = frozenset(
    "breadcrumb breadcrumbs crumbs share sharing social sociable pluso addtoany jiathis "
    "bdsharebuttonbox related recommended recommend recommendations similar pagination pager nav navbar navigation "
    "menu sidebar comments respond newsletter subscribe skip skiplink popup modal ad ads advert".split()
)
_NAME_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def words_of(name: str) -> set[str]:
    """The words of a class or id in lower case: ``mainMenu post-nav`` gives main, menu, post and nav."""
    return {part.lower() for part in _NAME_PART.findall(name)}


def is_among_notes(item: Any) -> bool:
    """Whether an item is one of a list of footnotes."""
    return any("footnotes" in words_of(above.get("class") or "") for above in islice(item.iterancestors(), 2))


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
    names = words_of(f"{element.get('class') or ''} {element.get('id') or ''}")
    return any(name.startswith(("cookie", "consent", "gdpr")) for name in names)
