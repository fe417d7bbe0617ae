"""HTML that is safe by construction: whatever is not already `Html` is escaped when it becomes part of an element."""

import html
import re

_SAFE_ADDRESS = re.compile(r"https?://[^\s\"'<>\\]+", re.IGNORECASE)
_SCRIPTS = (
    ("zh", re.compile(r"[\u3400-\u9fff]")),
    ("kk", re.compile(r"[әғқңөұүһі]", re.IGNORECASE)),
    ("ru", re.compile(r"[а-яё]", re.IGNORECASE)),
    ("en", re.compile(r"[a-z]", re.IGNORECASE)),
)
_VOID = frozenset({"br", "hr", "img", "input"})


class Html(str):
    """Finished markup. Only `tag` and `join` make it from strings of other people."""

    __slots__ = ()


def tag(name: str, /, *children: str, **attributes: str | int | bool | None) -> Html:
    """Return one element; children that are not `Html` and all attribute values are escaped.

    An attribute's underscores become hyphens and a trailing one is dropped (`class_`, `aria_label`); True
    gives a bare attribute, False, None and an empty `class_` none.
    """
    parts = [name]
    for key, value in attributes.items():
        if value is None or value is False or (key == "class_" and value == ""):
            continue
        attribute = key.rstrip("_").replace("_", "-")
        parts.append(attribute if value is True else f'{attribute}="{html.escape(str(value), quote=True)}"')
    opening = f"<{' '.join(parts)}>"
    return Html(opening if name in _VOID else f"{opening}{join(*children)}</{name}>")


def join(*children: str) -> Html:
    """Put elements and texts behind each other, escaping the texts."""
    return Html("".join(child if isinstance(child, Html) else html.escape(child, quote=True) for child in children))


def link(text: str, address: str) -> Html:
    """Return a link that opens beside the page, or just the text when `address` is not an http(s) address."""
    if not _SAFE_ADDRESS.fullmatch(address):
        return join(text) if address == "" else join(text, ": ", address)
    return tag("a", text, href=address, target="_blank", rel="noopener noreferrer")


def written_in(text: str) -> str | None:
    """Return the language that the letters of `text` betray, for the `lang` attribute; None without letters.

    Chinese characters count as ``zh``, Kazakh ones as ``kk``, other Cyrillic as ``ru``, Latin as ``en``: enough
    for a screen reader to choose a voice and for the browser to choose a face.
    """
    return next((code for code, letters in _SCRIPTS if letters.search(text)), None)
