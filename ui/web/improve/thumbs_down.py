"""The view where keepers turn thumbs down into judged questions, and its two deeds."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from assistant import JudgedQuestion
from corpus import RapporteurError, Report
from ui.web.access.visitor import LOCAL, Visitor
from ui.web.desk import Shelf
from ui.web.improve.judged_questions import FILE, judge, judged_id, read_judged, remove_judged
from ui.web.improve.judgment_form import judge_form, judged_at_once
from ui.web.links import cite_button, go
from ui.web.markup import Html, join, tag, written_in
from ui.web.memory.store import Memory
from ui.web.memory.values import Feedback, KeptTurn
from ui.wording import Words

SHOWN = 20
"""Thumbs down on one page."""
Told = Mapping[str, str]


def thumbs_view(
    visitor: Visitor,
    memory: Memory,
    data: Path,
    query: Told,
    words: Words,
    *,
    said: str = "",
    trouble: str = "",
    told: Told | None = None,
) -> Html:
    """Return the view ``improve``; for others than keepers the sentence that it is theirs.

    Deeds, both for `thumbs_deed`: ``judge`` with ``turn`` and the fields of `judge`, ``unjudge`` with ``id``.

    Args:
        query: ``page`` from 1.
        said: What a deed did.
        trouble: Why a deed could not be done; stands at the form of `told`, which keeps what was filled in.
    """
    if not visitor.is_keeper:
        return tag("section", tag("h2", words.say("improve_title")), tag("p", words.say("improve_keepers")))
    try:
        judged = read_judged(data)
    except RapporteurError as error:
        judged, trouble = (), trouble or str(error)
    thumbs = memory.thumbs_down()
    pages = max(1, -(-len(thumbs) // SHOWN))
    page = min(_number(query.get("page", "")), pages)
    shown = thumbs[(page - 1) * SHOWN : page * SHOWN]
    filled = told or {}
    is_at_form = any(turn.id == filled.get("turn") for turn in shown)
    known = {one.id for one in judged}
    articles = (
        _thumb(
            turn,
            words,
            is_judged=judged_id(turn.id) in known,
            told=told if turn.id == filled.get("turn") else None,
            trouble=trouble if turn.id == filled.get("turn") else "",
        )
        for turn in shown
    )
    return tag(
        "section",
        tag("h2", words.say("improve_title")),
        rooms("improve", words),
        tag("p", said, class_="improve-said", role="status") if said else Html(),
        tag("p", trouble, class_="notice trouble", role="alert") if trouble and not is_at_form else Html(),
        tag("h3", words.count("improve_thumbs_count", len(thumbs))),
        tag("p", words.say("improve_text" if thumbs else "improve_no_thumbs"), class_="remark"),
        *articles,
        _pages(page, pages, words),
        _judged(judged, data, words),
        class_="improve",
    )


def thumbs_deed(
    visitor: Visitor, memory: Memory, data: Path, shelf: Shelf | None, told: Told, query: Told, words: Words
) -> Html:
    """Do ``judge`` or ``unjudge`` as the browser tells, and return the view again; only a keeper changes anything."""
    if not visitor.is_keeper:
        return thumbs_view(visitor, memory, data, query, words)
    try:
        if told.get("do") == "judge":
            said = _judge(memory, data, shelf.reports if shelf else (), told, words)
        elif told.get("do") == "unjudge":
            said = words.say("improve_removed" if remove_judged(data, str(told.get("id", ""))) else "improve_gone")
        else:
            said = ""
    except RapporteurError as error:
        return thumbs_view(visitor, memory, data, query, words, trouble=str(error), told=told)
    return thumbs_view(visitor, memory, data, query, words, said=said)


def rooms(here: str, words: Words) -> Html:
    """Return the links between the two views of the room."""
    views = (("improve", "improve_feedback_view"), ("improve/quality", "improve_quality_view"))
    links = (
        tag("a", words.say(key), href=f"#{view}", aria_current="page" if view == here else None) for view, key in views
    )
    return tag("nav", *links, class_="improve-rooms", aria_label=words.say("improve_title"))


def _judge(memory: Memory, data: Path, reports: Sequence[Report], told: Told, words: Words) -> str:
    turn = next((one for one in memory.thumbs_down() if one.id == told.get("turn")), None)
    if turn is None:
        return words.say("improve_gone")
    return words.say("improve_judged_now", question=judge(data, turn, told, reports, words).question)


def _thumb(turn: KeptTurn, words: Words, *, is_judged: bool, told: Told | None, trouble: str) -> Html:
    summary = words.say("improve_judge_again" if is_judged else "improve_judge")
    form = (
        tag(
            "details",
            tag("summary", summary),
            judge_form(turn, turn.answer, words, told=told, trouble=trouble),
            open=told is not None,
        )
        if turn.answer
        else Html()
    )
    given = turn.feedback
    time = given.time if given else turn.time
    return tag(
        "article",
        tag("h4", turn.question, lang=written_in(turn.question)),
        tag(
            "p",
            tag("span", words.say("improve_by", name=turn.user), " · ") if turn.user != LOCAL.name else Html(),
            tag("time", words.moment(time), datetime=time),
            join(" · ", tag("strong", words.say("improve_is_judged"))) if is_judged else Html(),
            class_="status",
        ),
        _reasons(given, words) if given else Html(),
        _answered(turn, words),
        judged_at_once(turn, words) if turn.answer and not is_judged else Html(),
        form,
        class_="improve-thumb",
    )


def _reasons(given: Feedback, words: Words) -> Html:
    """The reasons of a thumb down as a list of labels, and the note; nothing when none was given."""
    labels = [tag("li", words.say(f"improve_reason_{one}")) for one in given.reasons]
    return join(
        tag("ul", *labels, class_="improve-reasons") if labels else Html(),
        tag("blockquote", given.note) if given.note else Html(),
    )


def _answered(turn: KeptTurn, words: Words) -> Html:
    answer = turn.answer
    if answer is None:
        return tag("p", turn.trouble, class_="notice trouble")
    numbers = {citation: n for n, citation in enumerate(answer.citations, start=1)}
    claims = (
        tag(
            "li",
            tag("span", claim.text, lang=written_in(claim.text)),
            " ",
            *(cite_button(numbers[citation], citation, words) for citation in claim.citations),
        )
        for claim in answer.claims
    )
    summary = words.say("improve_answer")
    return tag(
        "details",
        tag("summary", summary if answer.status == "answered" else f"{summary} · {words.say(answer.status)}"),
        tag("p", answer.notice, lang=answer.language) if answer.notice else Html(),
        tag("ul", *claims) if answer.claims else Html(),
        class_="improve-answer",
        data_cites=True,
    )


def _judged(judged: Sequence[JudgedQuestion], data: Path, words: Words) -> Html:
    say = words.say
    if not judged:
        return join(tag("h3", say("improve_judged")), tag("p", say("improve_no_judged"), class_="remark"))
    heads = (tag("th", say(f"improve_column_{name}"), scope="col") for name in ("question", "expected", "gold"))
    rows = (_judged_row(one, words) for one in judged)
    table = tag(
        "table",
        tag("thead", tag("tr", *heads, tag("th", tag("span", say("improve_remove"), class_="unseen"), scope="col"))),
        tag("tbody", *rows),
        class_="sortable",
    )
    file = data / FILE
    return tag(
        "section",
        tag("h3", words.count("improve_judged_count", len(judged))),
        tag("div", table, class_="scroll", tabindex=0, role="region", aria_label=say("improve_judged")),
        tag(
            "p",
            tag("a", say("improve_download"), href=f"download/{FILE}", download=True),
            " · ",
            go(say("improve_score"), "improve/quality"),
        ),
        tag("p", say("improve_command"), tag("code", f"rapporteur evaluate '{file}' --data '{data}'"), class_="remark"),
        class_="improve-judged",
    )


def _judged_row(one: JudgedQuestion, words: Words) -> Html:
    gold = [tag("li", quote, lang=written_in(quote), class_="improve-quote") for quote in one.gold_quotes]
    gold += [tag("li", words.say("improve_contains", text=text)) for text in one.must_contain]
    return tag(
        "tr",
        tag("td", one.question, lang=written_in(one.question)),
        tag("td", words.say(f"improve_expected_{one.expected.replace('-', '_')}")),
        tag("td", tag("ul", *gold) if gold else "–"),
        tag(
            "td",
            tag(
                "button",
                words.say("improve_remove"),
                type="button",
                data_do="unjudge",
                data_id=one.id,
                aria_label=words.say("improve_remove_this", question=one.question),
            ),
        ),
    )


def _pages(page: int, pages: int, words: Words) -> Html:
    if pages == 1:
        return Html()
    newer = go(words.say("improve_newer"), "improve", page=page - 1) if page > 1 else Html()
    older = go(words.say("improve_older"), "improve", page=page + 1) if page < pages else Html()
    return tag(
        "nav",
        newer,
        tag("span", words.say("improve_page", n=page, pages=pages)),
        older,
        class_="improve-pages",
        aria_label=words.say("improve_pages"),
    )


def _number(text: str) -> int:
    return max(1, int(text)) if text.isascii() and text.isdecimal() and len(text) < 7 else 1
