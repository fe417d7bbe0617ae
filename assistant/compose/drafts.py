"""A language model's words as they come back, JSON or free text: drafts, of which nothing is said to be true."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

from assistant.compose.prompts import NOTHING
from ingest.split import split_sentences

MOST_SENTENCES = 12
MAX_DRAFT = 600
"""Code points of a sentence; what is longer has no end and is no sentence."""
MAX_REWRITTEN = 300
"""Code points of a question that was made of a follow-up."""

SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "told": {"type": "boolean"},
        "sentences": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "quotes": {"type": "array", "items": {"type": "integer"}, "minItems": 1, "maxItems": 4},
                    "text": {"type": "string"},
                },
                "required": ["quotes", "text"],
            },
            "maxItems": MOST_SENTENCES,
        },
    },
    "required": ["told", "sentences"],
}
"""The form a reply is asked for, where the server can hold a model to one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One sentence as a model wrote it, not yet proved.

    Attributes:
        text: The sentence without its markers.
        cited: The quotes it cites, from 1, in the order of the markers, each once.
        unknown: Numbers it cites that no quote has.
    """

    text: str
    cited: tuple[int, ...] = ()
    unknown: tuple[int, ...] = ()


def one_line(text: str, most: int) -> str | None:
    """The one line a model wrote, or None for anything else: nothing, several lines, more than `most` code points."""
    written = _TEMPLATE.sub("", "".join(_without_thinking([text])))
    lines = [line.strip() for line in written.splitlines() if line.strip()]
    line = lines[0] if len(lines) == 1 else ""
    return line if 0 < len(line) <= most and not _says_nothing(line) else None


def rewritten(text: str) -> str | None:
    """The one question a model wrote, or None for anything else, as of `one_line`, or more than a question."""
    line = one_line(text, 2 * MAX_REWRITTEN)
    question = _plain(line, " ").strip("\"'“”«»「」 ") if line else ""
    if not 0 < len(question) <= MAX_REWRITTEN or len(re.findall(r"[?？]+", question)) > 1 or _says_nothing(question):
        return None
    return question


def drafts(pieces: Iterable[str], language: str, quotes: int) -> Iterator[Draft]:
    """The sentences of a reply that is still being written, each as soon as it is known to be whole.

    The reply is JSON of `SCHEMA` or free text. One that says that the quotes do not tell, as `SCHEMA` has it first, has
    none. Left out: Markdown, role names, thoughts between ``<think>`` and ``</think>``, `NOTHING`, questions, which
    state nothing, and what is longer than `MAX_DRAFT`. At most `MOST_SENTENCES` are given. Of free text, markers after
    a full stop belong to the sentence before, markers that open a line to that line. When `pieces` raises, the error
    passes through and the unfinished sentence is dropped.

    Args:
        pieces: The reply, cut anywhere.
        language: ISO 639-1 code; lines of one sentence are joined with a blank except in Chinese and Japanese.
        quotes: How many quotes there were; other numbers are unknown.
    """
    flow = _without_thinking(pieces)
    head = ""
    for piece in flow:
        head += piece
        if opening := _JSON_OPENS.search(head):
            yield from _structured(chain([head[opening.start() :]], flow), _glue(language), quotes)
            return
        if ("{" not in head and (len(head) > _PREAMBLE or _STOP.search(head))) or len(head) > _MOST_BEFORE:
            break
    yield from _sentences(chain([head], flow), language, quotes)


def _sentences(pieces: Iterable[str], language: str, quotes: int) -> Iterator[Draft]:
    """The sentences of a free text, each as soon as the next one has begun."""
    glue, given = _glue(language), 0
    for sentence in _complete(pieces):
        draft = _draft(sentence, glue, quotes)
        if draft is not None:
            yield draft
            given += 1
        if given == MOST_SENTENCES:
            return


_JSON_OPENS = re.compile(r'\{\s*"(?:told|sentences|quotes|text)"\s*:')
_STOP = re.compile(r"[.!?…。！？；]")
_PREAMBLE = 60
"""Code points after which a reply without a brace is free text, as it is with its first full stop; some models announce
their JSON first."""
_MOST_BEFORE = 1000
"""Code points after which a reply is free text whatever it holds."""
_UNTOLD = re.compile(r'"told"\s*:\s*false')
_BARE = re.compile(r'\{\s*"(?:quotes|text)"')
"""Sentences without the object that should hold them."""
_SENTENCES = re.compile(r'"sentences"\s*:\s*\[')
_DECODER = json.JSONDecoder()


def _structured(pieces: Iterable[str], glue: str, quotes: int) -> Iterator[Draft]:
    """The sentences of JSON of `SCHEMA`, each as soon as its object is closed; what is no such JSON gives none."""
    text, at, given = "", -1, 0
    for piece in pieces:
        text += piece
        if "}" not in piece:
            continue
        if at < 0:
            opening = _SENTENCES.search(text)
            at = opening.end() if opening else 0 if _BARE.match(text) else -1
        if _UNTOLD.search(text):
            return
        while at >= 0 and (start := text.find("{", at)) >= 0:
            try:
                found, at = _DECODER.raw_decode(text, start)
            except (ValueError, RecursionError):
                break
            for draft in _of_object(found, glue, quotes):
                yield draft
                given += 1
                if given == MOST_SENTENCES:
                    return


def _glue(language: str) -> str:
    return "" if language in ("zh", "ja") else " "


def _of_object(found: dict[str, Any], glue: str, quotes: int) -> Iterator[Draft]:
    numbers, text = found.get("quotes"), found.get("text")
    if not isinstance(text, str) or not isinstance(numbers, list):
        return
    marks = "".join(f"[{number}]" for number in numbers if type(number) is int and number >= 0)
    text = text.encode("utf-8", "ignore").decode()  # half a pair of surrogates is no letter
    for start, end in split_sentences(text):
        draft = _draft(_tidy(text[start:end]) + marks, glue, quotes)
        if draft is not None:
            yield draft


_MARKS = re.compile(r"(?:[ \t\u3000]{0,4}[\[【]\s*\d{1,4}(?:\s*[,，、;；–-]\s*\d{1,4})*\s*[\]】])+")
_NUMBERS = re.compile(r"(\d+)(?:\s*[–-]\s*(\d+))?")
_LINE_MARK = re.compile(r"(?<!\n)\n[ \t]*(?=[\[【]\d)")
_OPEN_MARK = re.compile(r"[\[【][\d\s,，、;；–-]{0,60}$")
_STOPPED = re.compile(r"[.!?…。！？；][\"'”’»」』）)*_]*(?:\[\d+\])*$")
_MAY_END = re.compile(r"[.!?…。！？；\n]")
_FENCE_LINE = re.compile(r"^[ \t]*(?:```|~~~)[^\n]*$", re.MULTILINE)
_LONGEST_RANGE = 20
_LOOKED_AHEAD = 12
"""Code points by which a next sentence shows itself: "the U.S. In" goes on as "India" or is an "In" that opens one."""
_LOOKED_BACK = 40
"""Code points before a new piece in which an end may have waited for what follows it, markers included."""


def _complete(pieces: Iterable[str]) -> Iterator[str]:
    """Sentences with their markers, the last one held back until more follows or the text is at its end."""
    text, is_fragment = "", False
    for piece in chain(pieces, [None]):
        before, text = text[-_LOOKED_BACK:], text + (piece or "")
        # Splitting again at each letter would cost the square of the text: only where an end is near.
        if piece is not None and not _MAY_END.search(before + piece):
            continue
        text = _tidy(text)
        spans = split_sentences(text)
        for start, end in spans if piece is None else spans[:-1]:
            if piece is not None and not _is_decided(text, spans[-1][0]):
                break
            whole = _is_whole(text, end)
            if whole and not is_fragment:
                yield text[start:end]
            is_fragment = not whole
        else:
            # What holds no letter yet is kept short, or a flood of stops would be split over and over.
            text = text[spans[-1][0] :] if spans else text[-_LOOKED_BACK:].lstrip()


def _is_decided(text: str, start: int) -> bool:
    """Whether enough of the last sentence stands there to know that it is one, and no marker of the one before."""
    return len(text) - start >= _LOOKED_AHEAD and not _OPEN_MARK.match(text, start)


def _tidy(text: str) -> str:
    """Markers in one form, closed up to what stands before them, which `split_sentences` counts to the sentence.

    One that opens a line belongs to that line: some models give their answer as a list with the numbers in front.
    """
    in_one_form = _MARKS.sub(lambda found: "".join(f"[{number}]" for number in _numbers(found.group())), text)
    return _FENCE_LINE.sub("", _LINE_MARK.sub("\n\n", in_one_form))


def _is_whole(text: str, end: int) -> bool:
    """Whether a span ends where a sentence or a line does, and is not the first piece of something longer."""
    rest = text[end:].lstrip(" \t")
    return not rest or rest[0] in "\r\n" or bool(_STOPPED.search(text, max(0, end - 60), end))


def _numbers(marker: str) -> list[int]:
    """The numbers of a marker, ranges written out."""
    found: list[int] = []
    for first, last in _NUMBERS.findall(marker):
        start, stop = int(first), int(last or first)
        found.extend(range(start, stop + 1) if 0 <= stop - start < _LONGEST_RANGE else (start, stop))
    return found


_MARKER = re.compile(r"\s*\[(\d+)\]")
_LEAD = re.compile(r"^(?:\s*(?:[-*+•·]\s+|\d{1,2}[.)、]\s+|>\s*))+")
_BRACES = re.compile(r'^\{|\{"')
_ROLE = re.compile(
    r"^(?:assistant|answer|question|user|system|model|ai|助手|回答|答|问题|问|ответ|вопрос|ассистент)\s*[:：]\s*", re.I
)
_EMPHASIS = re.compile(r"\*+|__+|`+")
_TEMPLATE = re.compile(r"<<<|>>>|<\|[^<>]{0,40}\|>|</?s>|\[/?INST\]")


def _draft(sentence: str, glue: str, quotes: int) -> Draft | None:
    """One sentence taken apart, or None when nothing is left of it."""
    if sentence.lstrip().startswith("#"):
        return None
    numbers = list(dict.fromkeys(int(number) for number in _MARKER.findall(sentence)))
    text = _plain(_MARKER.sub("", sentence), glue)
    if len(text) > MAX_DRAFT or _says_nothing(text) or text.endswith(("?", "？")) or _BRACES.search(text):
        return None
    known = tuple(number for number in numbers if 1 <= number <= quotes)
    return Draft(text=text, cited=known, unknown=tuple(number for number in numbers if number not in known))


def _plain(text: str, glue: str) -> str:
    """A sentence on one line, without Markdown, role name, or marks of a chat template."""
    text = _EMPHASIS.sub("", _TEMPLATE.sub("", _LEAD.sub("", text))).strip()
    return re.sub(r"[ \t]+", " ", re.sub(r"\s*\n\s*", glue, _ROLE.sub("", text))).strip()


def _says_nothing(text: str) -> bool:
    return text.strip(" .!。\"'").upper() == NOTHING or not any(letter.isalnum() for letter in text)


_THINK, _THOUGHT = "<think>", "</think>"


def _without_thinking(pieces: Iterable[str]) -> Iterator[str]:
    """The text without its thoughts; a tag may be cut anywhere, a thought that never ends leaves nothing."""
    text, is_thinking = "", False
    for piece in pieces:
        text += piece
        while True:
            tag = _THOUGHT if is_thinking else _THINK
            before, found, after = text.partition(tag)
            if not found:
                break
            if not is_thinking and before:
                yield before
            text, is_thinking = after, not is_thinking
        held = next((size for size in range(len(tag) - 1, 0, -1) if text.endswith(tag[:size])), 0)
        if not is_thinking and len(text) > held:
            yield text[: len(text) - held]
        text = text[len(text) - held :]
    if text and not is_thinking:
        yield text
