"""What a question asks: the question made whole from the turns before it, and the parts an answer must have."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.question import Question, Turn
from corpus.concepts import concepts_in, offices_in
from corpus.dates import event_dates
from corpus.language import language_of
from corpus.lexicon import patterns, read_lexicon, says
from corpus.names import Names, known_keys, names_of
from corpus.report import EventDate
from corpus.states import STATES, State

Kind = Literal[
    "contact", "money", "duration", "how_many", "person", "who", "when", "where", "countries", "why", "yes_no", "what"
]  # fmt: skip
_KINDS: tuple[Kind, ...] = (
    "contact", "money", "duration", "how_many", "person", "who", "when", "where", "countries", "why", "yes_no"
)  # fmt: skip
_PARENTHESES = re.compile(r"\s*\([^)]*\)")
ACTS = frozenset(
    {"visit", "attend", "sign", "meet", "receive", "speak", "lead", "thank", "ask", "propose", "fund", "learn_abroad"}
)
"""Concepts of doing: after "how many" the verb, not the thing counted; who did it is told only with the doing."""
MAX_FOCUS = 160
"""Code points of the earlier turn shown in "understood as"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """A question made whole, and what it asks for.

    Attributes:
        asked: The person's own last question.
        text: The question with what it leaves unsaid, fit to be shown: equal to `asked` when nothing is missing.
        search_text: What is searched: the earlier turns before the last question, or just the question.
        language: ISO 639-1 code of the question.
        kinds: What is asked for (who, when, how many …), the main one first; ``("what",)`` when no sign is found.
        names: Names in the whole question.
        terms: Content words of the whole question, as written; Chinese as runs between function words.
        attribute: Those of the last question that belong to no name: what is asked *about* the names.
        concepts: Concepts the whole question speaks of, shared by all languages.
        offices: The first office it asks about, with its rank ("vice rector"); empty for none.
        acts: The first doing it asks about ("sign" of "Who signed …"), a concept of `ACTS`; empty for none.
        units: The things counted, for how many.
        dates: Dates in the last question as written.
        years: Years that the last question names.
        things: What is asked for after "which" or "what", the head word of each.
        states: States of agreements that a list asks for; empty when it asks for none.
        relation: ``later`` or ``earlier`` than `pivot`, the date the conversation spoke of; else empty.
        wants_all: Everything the records hold is asked for, not one fact.
        wants: ``latest``, ``earliest`` or ``comparison`` where the question asks so, else empty.
    """

    asked: str
    text: str
    search_text: str
    language: str
    kinds: tuple[Kind, ...]
    names: Names
    terms: tuple[str, ...]
    attribute: tuple[str, ...]
    concepts: frozenset[str]
    offices: frozenset[str]
    acts: frozenset[str]
    units: tuple[str, ...]
    dates: tuple[EventDate, ...]
    years: tuple[int, ...]
    things: tuple[str, ...]
    states: frozenset[State]
    relation: Literal["later", "earlier", ""]
    pivot: str
    wants_all: bool
    wants: Literal["latest", "earliest", "comparison", ""]


def understand(question: Question) -> Understood:
    """Make the question whole from its history and say what it asks for."""
    asked = " ".join(question.text.split())
    language = question.language or language_of(asked)
    focus = _focus(question.history) if _leans_on_history(asked, question.history, language) else ""
    text = f"{asked} ({focus})" if focus else asked
    earlier = " ".join(turn.content for turn in question.history[-4:])
    wants = _wants(asked, language)
    pivot = max((date.start for date in event_dates(focus, language) if date.year), default="")
    return Understood(
        asked=asked,
        text=text,
        search_text=f"{earlier} {asked}" if focus else asked,
        language=language,
        kinds=_kinds(asked, language, wants),
        names=names_of(text),
        terms=content_words(text),
        attribute=tuple(word for word in content_words(asked) if not _is_name_word(word, asked)),
        concepts=concepts_in(text),
        offices=_first(asked, offices_in),
        acts=_first(asked, lambda part: concepts_in(part) & ACTS),
        units=tuple(
            head for head in _heads("units", asked, language) if not concepts_in(head) or concepts_in(head) - ACTS
        ),
        dates=event_dates(asked, language),
        years=tuple(dict.fromkeys(int(year) for year in re.findall(r"(?<!\d)((?:19|20)\d\d)(?!\d)", asked))),
        things=_heads("things", asked, language),
        states=_states(asked, language),
        relation=_relation(asked, language) if pivot else "",
        pivot=pivot,
        wants_all=says("questions", "lists", text=asked, language=language),
        wants=wants,
    )


def content_words(text: str) -> tuple[str, ...]:
    """Words that carry content, in order, as written; Chinese text is cut at its function words."""
    listed = read_lexicon("common")["function_words"]
    functional = {word for words in listed.values() for word in words}
    found: list[str] = []
    for word in re.findall(r"[\u3400-\u9fff]+|[^\W_\u3400-\u9fff]+(?:[-'’][^\W_\u3400-\u9fff]+)*", text):
        if re.match(r"[\u3400-\u9fff]", word):
            cut = "|".join(sorted(map(re.escape, listed["zh"]), key=len, reverse=True))
            found += [piece for piece in re.split(cut, word) if piece]
        elif word.casefold() not in functional:
            found.append(word)
    return tuple(found)


def _is_name_word(word: str, text: str) -> bool:
    """Whether a content word of `text` belongs to a name: written as one, or part of a known thing."""
    names = names_of(text)
    if word[0].isupper() or word.isdigit():
        return names.has(word) or word.isdigit()
    return bool(re.match(r"[\u3400-\u9fff]", word)) and bool(known_keys(word))


def _heads(section: str, asked: str, language: str) -> tuple[str, ...]:
    """The last content word of each group that the expressions of a section find, without repeats."""
    signs = patterns("questions", section).get(language, ())
    groups = [match.group(1) for sign in signs for match in sign.finditer(asked)]
    return tuple(dict.fromkeys(words[-1] for group in groups if (words := content_words(group))))


def _first(asked: str, found_in: Callable[[str], frozenset[str]]) -> frozenset[str]:
    """What is found in the shortest beginning of the question that holds any of it; empty for none."""
    if not found_in(asked):
        return frozenset()
    ends = [match.end() for match in re.finditer(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+", asked)]
    return next(found for end in ends if (found := found_in(asked[:end])))


def _states(asked: str, language: str) -> frozenset[State]:
    """Which states of agreements are asked for: the signed ones, or those that are not signed yet."""
    spoken_of = concepts_in(asked)
    if not spoken_of & {"agreement", "sign"}:
        return frozenset()
    if spoken_of & {"wish", "discuss", "propose"} or says("questions", "not_signed", text=asked, language=language):
        return frozenset(STATES) - {"signed"}
    return frozenset({"signed"}) if "sign" in spoken_of else frozenset()


def _relation(asked: str, language: str) -> Literal["later", "earlier", ""]:
    if says("questions", "later", text=asked, language=language):
        return "later"
    return "earlier" if says("questions", "earlier", text=asked, language=language) else ""


def _kinds(asked: str, language: str, wants: str) -> tuple[Kind, ...]:
    kinds = [kind for kind in _KINDS if says("questions", "kinds", kind, text=asked, language=language)]
    if wants == "comparison" and "how_many" not in kinds:
        for kind, section in (("how_many", "more_or_fewer"), ("when", "older_or_later")):
            if says("questions", section, text=asked, language=language):
                kinds.append(kind)  # type: ignore[arg-type]
    return tuple(dict.fromkeys(kinds)) or ("what",)


def _wants(asked: str, language: str) -> Literal["latest", "earliest", "comparison", ""]:
    if says("questions", "comparison", text=asked, language=language):
        return "comparison"
    if says("questions", "latest", text=asked, language=language):
        return "latest"
    return "earliest" if says("questions", "earliest", text=asked, language=language) else ""


_FOOTNOTES = re.compile(r"(?:^|\n)\[\d+\] .*|\s*\[\d+\]")
"""Marks and list of the sources that an answer of ours ends with."""


def _leans_on_history(asked: str, history: Sequence[Turn], language: str) -> bool:
    """Whether the last question cannot stand alone: it opens or points backwards, or it names nothing at all."""
    if not history:
        return False
    by_language = patterns("questions", "elliptic")
    signs = by_language.get(language, by_language["en"])
    if any(sign.search(asked) for sign in signs):
        return True
    names = names_of(asked)
    return not names.known and not names.words


def _focus(history: Sequence[Turn]) -> str:
    """What the conversation is about: the last question that names something, and the last answer's own words."""
    asked = [turn.content for turn in history if turn.role == "user"]
    named = [text for text in asked if names_of(text).known or names_of(text).words]
    question = " ".join((named or asked or [""])[-1].split()).rstrip("?？。. ")
    answered = [turn.content for turn in history if turn.role == "assistant"]
    said = _FOOTNOTES.sub("", answered[-1]) if answered else ""
    answer = " ".join(said.split()) if len(said) <= MAX_FOCUS else ""
    return " — ".join(part for part in (_PARENTHESES.sub("", question)[:MAX_FOCUS], answer.rstrip("?？。. ")) if part)
