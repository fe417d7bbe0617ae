"""What the readers of several formats say alike: notes on what was not read, comments, and titles meant as such."""

import re

from corpus.errors import ReportError

_LONGEST = 200
_NEVER_MEANT = re.compile(
    r"microsoft (?:office )?(?:word|powerpoint|excel)\b.*|(?:powerpoint presentation|презентация powerpoint)"
    r"|\(?(?:untitled|без имени|без названия|无标题|未命名)\b.*"
    r"|\(?(?:anonymous|unspecified|no title|title|about:blank)\)?"
    r"|(?:(?:word )?document|doc|layout|slide|presentation|scan|img|page|документ|文档)[\s_-]*\d*"
    r"|(?:file|https?)://.*|[\\/].*|[a-z]:\\.*"
    r"|[\x21-\x7e]*[_\d][\x21-\x7e]*|(?-i:[a-zа-яё0-9._-]+)"  # one word with figures, or without a capital
    r"|.*\.(?:docx?|dotx?|rtf|odt|pdf|txt|wps|wpd|pptx?|xlsx?|html?|indd|qxd|cdr|pub|e?ps|tmp)",
    re.I,
)
"""What programs make titles of by themselves: their own names, those of files, and words for having none."""


def meant_title(stated: str) -> str:
    """A title that the file's own description states, on one line; empty where it was not meant as one."""
    title = " ".join(stated.split())
    is_telling = 2 < sum(map(str.isalpha, title)) and len(title) <= _LONGEST and "\ufffd" not in title
    return title if is_telling and not _NEVER_MEANT.fullmatch(title) else ""


def refuse_wordless(text: str, what: str) -> None:
    """Raise ReportError where the text of a file of that kind, for instance ``a Word file``, is empty."""
    if not text.strip():
        raise ReportError(f"it is {what} without text. If it holds pictures of pages, recognize their text first.")


def not_read(**counts: int) -> tuple[str, ...]:
    """A note for each kind of thing, ``picture=2``, of which there was any; ``_`` stands for a blank."""
    return tuple(
        f"{count} {kind.replace('_', ' ')}" + ("s were not read" if count > 1 else " was not read")
        for kind, count in counts.items()
        if count
    )


def comment(author: str, text: str) -> str:
    """A comment on a text as a line of its own."""
    name = " ".join(author.split())
    return f"Comment ({name}): {text}" if name else f"Comment: {text}"
