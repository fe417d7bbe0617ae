"""Running lines of pages: the number of the page in them, and the words around it, which say nothing of a visit."""

import re

PAGE_LINE = 20
"""Characters of a line that only counts pages ("page 2 of 3")."""
PAGE_WORDS = re.compile(
    r"(?<!\w)(?:pages?|pg|pp?|of|страница|страниц|стр|с|из|бет|беттің|seite|von)(?!\w)|[第共页頁]", re.I
)
PAGE = "\0"
"""Stands for a number of pages until the words around it are taken out with it."""
_AROUND = rf"(?:(?:{PAGE_WORDS.pattern})\.?|[-–—/|()\[\]])"
_LABEL = re.compile(rf"(?:{_AROUND}[ \u00a0]?){{0,4}}{PAGE}(?:[ \u00a0]?(?:{_AROUND}|{PAGE})){{0,8}}", re.I)


def without_page_numbers(line: str) -> str:
    """A line without its `PAGE` and what says that this is one; any other line as it is."""
    return _LABEL.sub("", line).strip(" \t-–—|/·") if PAGE in line else line
