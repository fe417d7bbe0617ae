"""Whether a date at a place of a text tells when something was published, or stands in a line of its own."""

import re

from corpus.calendar_words import only_dates

_RELEASED = re.compile(
    r"(?:\b(?:released?|published|posted|updated|modified|retrieved|accessed|publication|опубликован[аоы]?|размещен[аоы]?"
    r"|обновлен[аоы]?|добавлен[аоы]?|дата публикации|жарияланды|жарияланған|жаңартылды)"
    r"|(?:发布|发表|更新|刊登|上传)(?:时间|日期|于)?)"
    r"(?:[ \t]+(?:by[ \t]+[^\n|]{1,30}[ \t]+on|on|at|in|time|date|күні|уақыты))?\W{0,3}(?:[^\W\d]+day\W{1,2})?$",
    re.I,
)
# Datelines of news agencies: "新华社北京5月3日电", "ASTANA, May 3 (Kazinform) --", "АСТАНА, 3 мая. /ТАСС/".
_WIRED = re.compile(r"[电讯](?!话)")
_PLACE_ABOVE = re.compile(r"[^\W\d],\s*$")
_AGENCY = re.compile(r"[.,]?\s*(?:\([^\W\d][^()\n]{1,29}\)\s*(?:--|—|–|-)|/[^\W\d][^/\n]{1,29}/)")
_BYLINE = re.compile(
    r"^\W*(?:by\s+[^\n]{1,50}?(?:[|·•,/–—-]|\bon\b)|(?:posted|published|written|author|source|filed)\b)"
    r"|\bby(?:\s+[^\W\d][\w.]*){1,3}\s*$|[|·•]\s*(?:by\s|\d+\s+(?:views?|comments?|min))|作者|来源|编辑|责编|浏览|点击|阅读|供稿|发布人"
    r"|\b(?:автор|источник|просмотр|опубликован|размещен|қаралым|көрілім)",
    re.I,
)
_BYLINE_LENGTH = 160
_SECTION = 25
"""Letters that the name of a part of a site ("| News") may have beside a date."""
_SENTENCE_END = re.compile(r"[.!?。！？]\s*$")
_DATE_LABEL = re.compile(
    r"\b(?:date|posted|дата|күні)\b|日期|时间|\d{1,2}:\d\d(?::\d\d)?|\b(?:[ap]m|года?|г|жыл[ыа]?|at|в)\b|\W",
    re.I,
)


def is_released(text: str, start: int, end: int) -> bool:
    """Whether a date stands behind a word such as "posted on", or in the line a news agency opens with."""
    if _RELEASED.search(text, max(0, start - _BYLINE_LENGTH), start) or _WIRED.match(text, end):
        return True
    return bool(_PLACE_ABOVE.search(text, max(0, start - _SECTION), start) and _AGENCY.match(text, end))


def is_in_byline(text: str, start: int, end: int) -> bool:
    """Whether a date stands beside an author, a source or the count of readers, in a line that is no sentence."""
    line = _line(text, start, end)
    return len(line) <= _BYLINE_LENGTH and not _SENTENCE_END.search(line) and bool(_BYLINE.search(line))


def is_line(text: str, start: int, end: int) -> bool:
    """Whether a date, with its weekday or hour, makes up a whole line."""
    line = _line(text, start, end)
    rest = only_dates(line.replace(text[start:end], "", 1)).strip(" -#")
    section = rest.strip("|·•/ ")
    return not _DATE_LABEL.sub("", rest) or (len(section) < len(rest) and len(section) <= _SECTION)


def _line(text: str, start: int, end: int) -> str:
    return text[text.rfind("\n", 0, start) + 1 : end] + text[end:].partition("\n")[0]
