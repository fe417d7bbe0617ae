"""The view of how good the answers are: the newest scorecard as tables, what it means, and the runs before it."""

from collections.abc import Sequence

from ui.web.improve.scorecards import (
    CURVES,
    GROUPINGS,
    MEASURES,
    SECONDS,
    figure,
    groups_of,
    is_better,
    measure_key,
    quality_sentence,
)
from ui.web.improve.thumbs_down import rooms
from ui.web.markup import Html, join, tag
from ui.web.memory.values import KeptScorecard, Means
from ui.wording import Words

_RUNS = 20
"""Shown, the newest first."""


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
        _table(groups_of(newest, "overall", words) + groups_of(newest, "language", words), before, words),
        tag("h3", say("quality_by_type")),
        _table(groups_of(newest, "type", words), None, words),
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
            cells = [tag("th", say(measure_key(name)), scope="row")]
            cells += [tag("td", figure(name, means, words), class_="number") for _, means in groups]
            if before:
                cells.append(tag("td", _moved(name, before.overall, groups[0][1], words), class_="number"))
            rows.append(tag("tr", *cells))
    table = tag("table", tag("thead", tag("tr", *heads)), tag("tbody", *rows))
    return tag("div", table, class_="scroll", tabindex=0, role="region", aria_label=say("quality_title"))


def _meanings(means: Means, words: Words) -> Html:
    told = (
        join(tag("dt", words.say(measure_key(name))), tag("dd", words.say(f"{measure_key(name)}_text")))
        for name in MEASURES
        if name in means
    )
    return tag("dl", *told, class_="quality-meanings")


def _runs(kept: Sequence[KeptScorecard], words: Words) -> Html:
    say = words.say
    figured = ("quality_questions", *map(measure_key, CURVES))
    rows = []
    for one in list(reversed(kept))[:_RUNS]:
        figures = (tag("td", figure(name, one.overall, words), class_="number") for name in CURVES)
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


def _moved(name: str, before: Means, after: Means, words: Words) -> str:
    better = is_better(name, before, after)
    if better is None:
        return "=" if name in before and name in after else "–"
    moved = after[name] - before[name]
    told = f"{moved:+.2f} s" if name == SECONDS else f"{100 * moved:+.0f}"
    return f"{told.replace('-', '−')} {words.say('quality_up' if better else 'quality_down')}"
