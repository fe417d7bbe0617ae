"""Front matter: the `key: value` lines above a record, in the three ways people write them."""

import re
from dataclasses import dataclass

_MAX_LINES = 60
_KEY = re.compile(r"^(?P<key>[^\W\d_][\w -]{0,39}?)\s*[:：](?:\s+|(?<=：)|$)(?P<value>.*)$")
_FENCE = re.compile(r"^(?:---+|\.\.\.)\s*$")
_NAMES = {
    "title": ("title", "name", "subject", "标题", "题目", "название", "заголовок", "тақырып", "тақырыбы", "атауы"),
    "date": (
        "date", "dates", "visited", "visited on", "visit date", "event date", "date of visit", "when",
        "日期", "时间", "访问日期", "дата", "дата визита", "даты", "күні", "мерзімі",
    ),
    "place": ("place", "location", "city", "venue", "where", "地点", "место", "город", "орны", "қала"),
    "source": (
        "source", "url", "address", "link", "origin", "来源", "出处", "网址", "链接", "источник", "ссылка", "дереккөз",
    ),
    "language": ("language", "lang", "语言", "язык", "тілі", "тіл"),
}  # fmt: skip
_CANONICAL = {name: key for key, names in _NAMES.items() for name in names}


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """The stated values by key, and the offset at which the record proper begins.

    Keys are lower case; those with a meaning here (title, date, place, source, language) have their English
    name whatever the language of the file. Values are as written, without quotes around them.
    """

    values: dict[str, str]
    body: int


def front_matter(text: str) -> FrontMatter:
    """The front matter of `text`: between two ``---`` lines, or above one; none gives no values and body 0.

    Lines that cannot be understood are passed over; an opening ``---`` that is never closed ends at the first
    line that is neither a key nor its continuation.
    """
    lines = text.splitlines(keepends=True)[: _MAX_LINES + 2]
    first = next((number for number, line in enumerate(lines) if line.strip()), None)
    if first is None:
        return FrontMatter(values={}, body=0)
    fenced = lines[first].startswith("---") and bool(_FENCE.match(lines[first]))
    start = first + 1 if fenced else first
    close = next((number for number in range(start, len(lines)) if _FENCE.match(lines[number])), None)
    if fenced:
        stop, after = _fenced_end(lines, start, close)
    elif close is not None and _is_header(lines[start:close]):
        stop, after = close, close + 1
    else:
        return FrontMatter(values={}, body=0)
    values = _values(lines[start:stop])
    if not values:
        return FrontMatter(values={}, body=0)
    body = sum(len(line) for line in lines[:after])
    return FrontMatter(values=values, body=body + len(text[body:]) - len(text[body:].lstrip()))


def _fenced_end(lines: list[str], start: int, close: int | None) -> tuple[int, int]:
    """(line after the last key, first line of the record) of front matter opened by a ``---`` line."""
    if close is not None and any(_KEY.match(line) for line in lines[start:close]):
        prose = sum(1 for line in lines[start:close] if len(line) > 200 and not _KEY.match(line))
        if not prose:
            return close, close + 1
    stop = start
    while stop < len(lines) and lines[stop].strip() and not _FENCE.match(lines[stop]) and _belongs(lines[stop]):
        stop += 1
    return stop, stop


def _belongs(line: str) -> bool:
    return bool(_KEY.match(line)) or line[0] in " \t#-"


def _is_header(lines: list[str]) -> bool:
    """Whether lines above a lone ``---`` are keys. One line alone must be a known key: it may be a heading."""
    written = [line for line in lines if line.strip()]
    keys = [match["key"].casefold() for line in written if (match := _KEY.match(line))]
    known = any(_canonical(key) in _NAMES for key in keys)
    return known and all(_belongs(line) for line in written)


def _canonical(key: str) -> str:
    plain = re.sub(r"[\s_-]+", " ", key.strip().casefold())
    return _CANONICAL.get(plain, plain)


def _values(lines: list[str]) -> dict[str, str]:
    values: dict[str, str] = {}
    key = ""
    for line in lines:
        match = _KEY.match(line.rstrip("\n"))
        if match:
            key = _canonical(match["key"])
            value = _unquoted(match["value"].strip())
            if values.get(key):
                key = ""  # the first statement of a key counts
            else:
                values[key] = "" if value in {"|", ">", "|-", ">-"} else value
        elif key and line.strip() and (line[0] in " \t" or line.lstrip().startswith("- ")):
            item = line.strip()
            joint = ", " if item.startswith("- ") else " "
            values[key] = joint.join(filter(None, [values[key], _unquoted(item.removeprefix("- ").strip())]))
    return {name: value for name, value in values.items() if value}


def _unquoted(value: str) -> str:
    """A value without the quotes, list brackets or trailing comment that YAML puts around it."""
    if len(value) >= 2 and value[0] == value[-1] == '"':
        return re.sub(r"\\(.)", r"\1", value[1:-1])
    if len(value) >= 2 and value[0] == value[-1] == "'":
        return value[1:-1].replace("''", "'")
    if len(value) >= 2 and value[0] == "[" and value[-1] == "]":
        return ", ".join(_unquoted(item.strip()) for item in value[1:-1].split(",") if item.strip())
    return re.sub(r"\s+#\s.*$", "", value)
