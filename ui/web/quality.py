"""How good the answers are: kept scorecards as tables, sentences and points of curves."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from assistant import Answer, IndexInfo, Question, read_questions, score
from corpus import UsageError
from ui.web.improve import rooms
from ui.web.judged import FILE
from ui.web.markup import Html, join, tag
from ui.web.memory import KeptScorecard, Means, Memory
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
_LESS_IS_BETTER = ("falsely_refused", "median_seconds")
_SECONDS = "median_seconds"
_TOLD = (*CURVES, "citation_validity", "falsely_refused")
"""Whose change the sentence tells; the table tells all."""
_RUNS = 20


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
            "measure": words.say(_key(name)),
            "group": label,
            "value": means[name],
        }
        for one in kept
        for label, means in _groups(one, by, words)
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
        say("quality_group", group=label, right=_figure("right", means, words), n=int(means["n"]))
        for label, means in _groups(newest, "language", words)
    ]
    if len(languages) > 1:
        parts.append(say("quality_groups", list=say("quality_comma").join(languages)))
    if len(kept) > 1:
        parts.append(_change(kept[-2], newest, words))
    return " ".join(parts)


def quality_view(
    kept: Sequence[KeptScorecard],
    files: Sequence[str],
    words: Words,
    *,
    by: str = GROUPINGS[0],
    said: Html | None = None,
) -> Html:
    """Return the view ``improve/quality``: the newest scorecard by language and type, its change, and the runs.

    Args:
        kept: Of one file of questions, oldest first, see `quality_data`.
        files: To choose from, see `quality_files`.
        by: What the curves are parted by; see `GROUPINGS`.
        said: What the deed ``score`` did, or why it could not.
    """
    say = words.say
    parts = [tag("h2", say("quality_title")), rooms("improve/quality", words), said or Html(), _score_now(words)]
    if not kept:
        parts.append(tag("p", say("quality_none"), class_="remark"))
        return tag("section", *parts, class_="quality")
    newest, before = kept[-1], kept[-2] if len(kept) > 1 else None
    parts += [
        _choose(newest.file, files, by, words) if len(files) > 1 or before else Html(),
        tag("p", quality_sentence(kept, words), class_="quality-sentence"),
        tag("h3", say("quality_by_language")),
        _table(_groups(newest, "overall", words) + _groups(newest, "language", words), before, words),
        tag("h3", say("quality_by_type")),
        _table(_groups(newest, "type", words), None, words),
        tag("h3", say("quality_meaning")),
        _meanings(newest.overall, words),
        tag("h3", say("quality_runs")),
        _runs(kept, words),
    ]
    return tag("section", *parts, class_="quality")


def _score_now(words: Words) -> Html:
    return tag(
        "p",
        tag("button", words.say("quality_score"), type="button", data_do="score"),
        " ",
        tag("span", words.say("quality_score_text"), class_="status"),
        class_="quality-now",
    )


def _choose(file: str, files: Sequence[str], by: str, words: Words) -> Html:
    options = (tag("option", name, value=name, selected=name == file) for name in files)
    groupings = (
        tag("option", words.say(f"quality_curves_{name}"), value=name, selected=name == by) for name in GROUPINGS
    )
    return tag(
        "form",
        tag("label", words.say("quality_file"), tag("select", *options, name="file")),
        tag("label", words.say("quality_curves_by"), tag("select", *groupings, name="by")),
        data_view="improve/quality",
        class_="quality-choose",
    )


def _table(groups: Sequence[tuple[str, Means]], before: KeptScorecard | None, words: Words) -> Html:
    """Measures as rows, groups as columns, and with `before` how the first group changed."""
    say = words.say
    heads = [tag("th", say("quality_measure"), scope="col")]
    heads += [tag("th", label, scope="col", class_="number") for label, _ in groups]
    if before:
        heads.append(tag("th", say("quality_since"), scope="col", class_="number"))
    counts = [tag("th", say("quality_questions"), scope="row")]
    counts += [tag("td", str(int(means["n"])), class_="number") for _, means in groups]
    if before:
        counts.append(tag("td", "", class_="number"))
    rows = [tag("tr", *counts)]
    for name in MEASURES:
        if any(name in means for _, means in groups):
            cells = [tag("th", say(_key(name)), scope="row")]
            cells += [tag("td", _figure(name, means, words), class_="number") for _, means in groups]
            if before:
                cells.append(tag("td", _moved(name, before.overall, groups[0][1], words), class_="number"))
            rows.append(tag("tr", *cells))
    table = tag("table", tag("thead", tag("tr", *heads)), tag("tbody", *rows))
    return tag("div", table, class_="scroll", tabindex=0, role="region", aria_label=say("quality_title"))


def _meanings(means: Means, words: Words) -> Html:
    told = (
        join(tag("dt", words.say(_key(name))), tag("dd", words.say(f"{_key(name)}_text")))
        for name in MEASURES
        if name in means
    )
    return tag("dl", *told, class_="quality-meanings")


def _runs(kept: Sequence[KeptScorecard], words: Words) -> Html:
    say = words.say
    figured = ("quality_questions", *map(_key, CURVES))
    rows = []
    for one in list(reversed(kept))[:_RUNS]:
        figures = (tag("td", _figure(name, one.overall, words), class_="number") for name in CURVES)
        rows.append(
            tag(
                "tr",
                tag("td", words.moment(one.time), data_sort=one.time, class_="quality-time"),
                tag("td", str(int(one.overall["n"])), class_="number"),
                *figures,
                tag("td", one.generation),
            )
        )
    heads = (
        tag("th", say("quality_time"), scope="col"),
        *(tag("th", say(key), scope="col", class_="number") for key in figured),
        tag("th", say("quality_index"), scope="col"),
    )
    table = tag("table", tag("thead", tag("tr", *heads)), tag("tbody", *rows), class_="sortable")
    return tag("div", table, class_="scroll", tabindex=0, role="region", aria_label=say("quality_runs"))


def _said(one: KeptScorecard, words: Words) -> str:
    n, share = int(one.overall["n"]), one.overall.get("right", 0.0)
    time = words.moment(one.time)
    return words.say(
        "quality_newest", time=time, file=one.file, right=round(n * share), n=n, share=_percent(share, words)
    )


def _change(before: KeptScorecard, newest: KeptScorecard, words: Words) -> str:
    say = words.say
    told = [say("quality_other_questions")] if before.sha256 != newest.sha256 else []
    for key, is_better in (("quality_better", True), ("quality_worse", False)):
        moved = [
            say(
                "quality_from_to",
                measure=say(_key(name)),
                before=_figure(name, before.overall, words),
                after=_figure(name, newest.overall, words),
            )
            for name in _TOLD
            if _better(name, before.overall, newest.overall) is is_better
        ]
        if moved:
            told.append(say(key, list=say("quality_comma").join(moved)))
    return " ".join(told) or say("quality_same")


def _better(name: str, before: Means, after: Means) -> bool | None:
    """Whether a measure became better; None when it is shown as the same figure, or lacking."""
    if name not in before or name not in after or round(before[name], 2) == round(after[name], 2):
        return None
    return (after[name] > before[name]) is not (name in _LESS_IS_BETTER)


def _moved(name: str, before: Means, after: Means, words: Words) -> str:
    is_better = _better(name, before, after)
    if is_better is None:
        return "=" if name in before and name in after else "–"
    moved = after[name] - before[name]
    figure = f"{moved:+.2f} s" if name == _SECONDS else f"{100 * moved:+.0f}"
    return f"{figure.replace('-', '−')} {words.say('quality_up' if is_better else 'quality_down')}"


def _groups(one: KeptScorecard, by: str, words: Words) -> list[tuple[str, Means]]:
    if by == "language":
        return [(_language(code, words), means) for code, means in one.by_language.items()]
    if by == "type":
        return [(_type(name, words.entries), means) for name, means in one.by_type.items()]
    return [(words.say("quality_all"), one.overall)]


def _language(code: str, words: Words) -> str:
    from babel import Locale

    return str(Locale.parse(words.language).languages.get(code, code))


def _type(name: str, entries: Mapping[str, Any]) -> str:
    """The name of a type of questions; one that people made up themselves keeps its own."""
    return str(entries.get("quality_type_" + re.sub("[^a-z]+", "_", name.lower()), name))


def _key(measure: str) -> str:
    return f"quality_{measure.replace('@', '_')}"


def _figure(name: str, means: Means, words: Words) -> str:
    if name not in means:
        return "–"
    return words.say("seconds", n=f"{means[name]:.2f}") if name == _SECONDS else _percent(means[name], words)


def _percent(share: float, words: Words) -> str:
    from babel.numbers import format_percent

    return format_percent(share, locale=words.language)
