"""How good the answers are: scorecards of questions as figures, points of curves and a sentence."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from assistant import Answer, IndexInfo, Question, read_questions, score
from corpus import UsageError
from ui.web.improve.judged_questions import FILE
from ui.web.localized import language_name
from ui.web.memory.store import Memory
from ui.web.memory.values import KeptScorecard, Means
from ui.wording import Words

MEASURES = (
    "right", "report_recall@5", "report_recall@10", "report_ndcg@10", "quote_recall@5", "quote_recall@10",
    "citation_validity", "citation_precision", "citation_recall", "set_f1", "refused", "falsely_refused",
    "median_seconds",
)  # fmt: skip
"""Of a scorecard, in the order of the table."""
GROUPINGS = ("overall", "language", "type")
"""What curves can be parted by: several measures overall, or the share answered rightly of each group."""
CURVES = ("right", "citation_precision", "citation_recall", "refused")
SECONDS = "median_seconds"
"""The one measure that is no share."""
_LESS_IS_BETTER = ("falsely_refused", SECONDS)
_TOLD = (*CURVES, "citation_validity", "falsely_refused")
"""Whose change the sentence tells; the table tells all."""


class Scores(Protocol):
    """What measuring needs of an assistant."""

    @property
    def index(self) -> IndexInfo:
        """The generation that answers."""
        ...

    def answer(self, question: Question) -> Answer:
        """The whole answer."""
        ...

    def report_text(self, file: str) -> str | None:
        """Text of the report in a file."""
        ...


def score_judged(
    assistant: Scores, data: Path, memory: Memory, *, progress: Callable[[int, int], None] | None = None
) -> KeptScorecard:
    """Ask the judged questions of the data folder and keep the scorecard.

    Args:
        progress: Told of questions done and of questions in all.

    Raises:
        UsageError: No question has been judged.
        RapporteurError: A line of the file is malformed, or the assistant cannot answer; nothing is kept.
    """
    file = data / FILE
    questions = read_questions(file) if file.is_file() else ()
    if not questions:
        raise UsageError("No question has been judged yet. Make one of a thumb down in the room Improve first.")
    card = score(questions, assistant.answer, report_text=assistant.report_text, progress=progress)
    return memory.keep_scorecard(file, card, assistant.index.generation)


def quality_data(memory: Memory, file: str = "") -> tuple[KeptScorecard, ...]:
    """The scorecards of one file of questions, oldest first; by default, and for an unknown name, of the last one."""
    kept = memory.scorecards()
    names = {one.file for one in kept}
    chosen = file if file in names else kept[-1].file if kept else ""
    return tuple(one for one in kept if one.file == chosen)


def quality_files(memory: Memory) -> tuple[str, ...]:
    """The names of the files of questions with scorecards, the one measured last first."""
    return tuple(dict.fromkeys(one.file for one in reversed(memory.scorecards())))


def quality_points(
    kept: Sequence[KeptScorecard], words: Words, *, by: str = "overall", measures: Sequence[str] = CURVES
) -> list[dict[str, Any]]:
    """Points of curves, oldest first: ``time`` (datetime, UTC), ``measure`` and ``group`` by their names on the page,
    and ``value`` (shares from 0 to 1, seconds); a measure that a group lacks has no point.

    Args:
        by: ``overall``, ``language`` or ``type``.
    """
    return [
        {
            "time": datetime.fromisoformat(one.time),
            "measure": words.say(measure_key(name)),
            "group": label,
            "value": means[name],
        }
        for one in kept
        for label, means in groups_of(one, by, words)
        for name in measures
        if name in means
    ]


def quality_sentence(kept: Sequence[KeptScorecard], words: Words) -> str:
    """What the newest scorecard says and how it differs from the one before, for those who do not see the curves."""
    say = words.say
    if not kept:
        return say("quality_none")
    newest = kept[-1]
    parts = [_said(newest, words)]
    languages = [
        say("quality_group", group=label, right=figure("right", means, words), n=int(means["n"]))
        for label, means in groups_of(newest, "language", words)
    ]
    if len(languages) > 1:
        parts.append(say("quality_groups", list=say("quality_comma").join(languages)))
    if len(kept) > 1:
        parts.append(_change(kept[-2], newest, words))
    return " ".join(parts)


def is_better(name: str, before: Means, after: Means) -> bool | None:
    """Whether a measure became better; None when it is shown as the same figure, or lacking."""
    if name not in before or name not in after or round(before[name], 2) == round(after[name], 2):
        return None
    return (after[name] > before[name]) is not (name in _LESS_IS_BETTER)


def groups_of(one: KeptScorecard, by: str, words: Words) -> list[tuple[str, Means]]:
    """The groups of a scorecard by one of `GROUPINGS`, each by its name on the page with its means."""
    if by == "language":
        return [(language_name(code, words), means) for code, means in one.by_language.items()]
    if by == "type":
        return [(_type(name, words.entries), means) for name, means in one.by_type.items()]
    return [(words.say("quality_all"), one.overall)]


def measure_key(measure: str) -> str:
    """The key of a measure's name in the words files; with ``_text`` behind it that of its meaning."""
    return f"quality_{measure.replace('@', '_')}"


def figure(name: str, means: Means, words: Words) -> str:
    """A measure as the page writes it, a share in percent; a dash where it is lacking."""
    if name not in means:
        return "–"
    return words.say("seconds", n=f"{means[name]:.2f}") if name == SECONDS else _percent(means[name], words)


def _said(one: KeptScorecard, words: Words) -> str:
    n, share = int(one.overall["n"]), one.overall.get("right", 0.0)
    time = words.moment(one.time)
    return words.say(
        "quality_newest", time=time, file=one.file, right=round(n * share), n=n, share=_percent(share, words)
    )


def _change(before: KeptScorecard, newest: KeptScorecard, words: Words) -> str:
    say = words.say
    told = [say("quality_other_questions")] if before.sha256 != newest.sha256 else []
    for key, wanted in (("quality_better", True), ("quality_worse", False)):
        moved = [
            say(
                "quality_from_to",
                measure=say(measure_key(name)),
                before=figure(name, before.overall, words),
                after=figure(name, newest.overall, words),
            )
            for name in _TOLD
            if is_better(name, before.overall, newest.overall) is wanted
        ]
        if moved:
            told.append(say(key, list=say("quality_comma").join(moved)))
    return " ".join(told) or say("quality_same")


def _type(name: str, entries: Mapping[str, Any]) -> str:
    """The name of a type of questions; one that people made up themselves keeps its own."""
    return str(entries.get("quality_type_" + re.sub("[^a-z]+", "_", name.lower()), name))


def _percent(share: float, words: Words) -> str:
    from babel.numbers import format_percent

    return format_percent(share, locale=words.language)
