"""Equations of Word files on one line."""

from collections.abc import Callable
from typing import Any

from corpus.read.docx.names import GONE, M, W

_SKIPPED = GONE | {f"{M}ctrlPr", f"{W}rPr"}


def linear(element: Any) -> str:
    """The equation as text: a fraction as ``a/b``, powers as ``x^2``, indices as ``x_1``, roots with their sign."""
    return "".join(_one(child) for child in element if child.tag not in _SKIPPED)


def _one(element: Any) -> str:
    if element.tag == f"{M}t":
        return str(element.text or "")
    write = _WRITERS.get(element.tag)
    return linear(element) if write is None else write(element)


def _part(element: Any, name: str) -> str:
    found = element.find(f"{M}{name}")
    return "" if found is None else linear(found)


def _group(text: str) -> str:
    return text if len(text) < 2 or text.isalnum() else f"({text})"


def _fraction(element: Any) -> str:
    return f"{_group(_part(element, 'num'))}/{_group(_part(element, 'den'))}"


def _scripts(element: Any) -> str:
    below, above = _part(element, "sub"), _part(element, "sup")
    return _part(element, "e") + (f"_{_group(below)}" if below else "") + (f"^{_group(above)}" if above else "")


def _root(element: Any) -> str:
    return f"{_part(element, 'deg')}√{_group(_part(element, 'e'))}"


def _sum(element: Any) -> str:
    sign = _setting(element, "naryPr", "chr", "∫")
    below, above = _part(element, "sub"), _part(element, "sup")
    limits = (f"_{_group(below)}" if below else "") + (f"^{_group(above)}" if above else "")
    return f"{sign}{limits} {_part(element, 'e')}"


def _bracketed(element: Any) -> str:
    inside = _setting(element, "dPr", "sepChr", "|").join(linear(each) for each in element.iterchildren(f"{M}e"))
    return _setting(element, "dPr", "begChr", "(") + inside + _setting(element, "dPr", "endChr", ")")


def _setting(element: Any, properties: str, name: str, default: str) -> str:
    found = element.find(f"{M}{properties}/{M}{name}")
    return default if found is None else str(found.get(f"{M}val", ""))


_WRITERS: dict[str, Callable[[Any], str]] = {
    f"{M}f": _fraction,
    f"{M}sSup": _scripts,
    f"{M}sSub": _scripts,
    f"{M}sSubSup": _scripts,
    f"{M}rad": _root,
    f"{M}nary": _sum,
    f"{M}d": _bracketed,
}
