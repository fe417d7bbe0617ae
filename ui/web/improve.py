"""The room where keepers turn thumbs down into judged questions."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from assistant import Answer, JudgedQuestion
from corpus import RapporteurError, Report
from ui.web.desk import Shelf
from ui.web.feedback import reasons_html
from ui.web.judged import EXPECTED, FILE, Offered, judge, judged_id, offered, read_judged, remove_judged
from ui.web.links import cite_button, go
from ui.web.markup import Html, join, tag, written_in
from ui.web.memory import KeptTurn, Memory
from ui.web.visitor import Visitor
from ui.wording import Words

SHOWN = 20
"""Thumbs down on one page."""
Told = Mapping[str, str]


def improve_room(
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

    Deeds, both for `improve_deed`: ``judge`` with ``turn`` and the fields of `judged.judge`, ``unjudge`` with ``id``.

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


def improve_deed(
    visitor: Visitor, memory: Memory, data: Path, shelf: Shelf | None, told: Told, query: Told, words: Words
) -> Html:
    """Do ``judge`` or ``unjudge`` as the browser tells, and return the view again; only a keeper changes anything."""
    if not visitor.is_keeper:
        return improve_room(visitor, memory, data, query, words)
    try:
        if told.get("do") == "judge":
            said = _judge(memory, data, shelf.reports if shelf else (), told, words)
        elif told.get("do") == "unjudge":
            said = words.say("improve_removed" if remove_judged(data, str(told.get("id", ""))) else "improve_gone")
        else:
            said = ""
    except RapporteurError as error:
        return improve_room(visitor, memory, data, query, words, trouble=str(error), told=told)
    return improve_room(visitor, memory, data, query, words, said=said)


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
        tag("details", tag("summary", summary), _form(turn, turn.answer, told, trouble, words), open=told is not None)
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
            tag("span", words.say("improve_by", name=turn.user)),
            " · ",
            tag("time", words.moment(time), datetime=time),
            join(" · ", tag("strong", words.say("improve_is_judged"))) if is_judged else Html(),
            class_="status",
        ),
        reasons_html(given, words) if given else Html(),
        _answered(turn, words),
        _at_once(turn, words) if turn.answer and not is_judged else Html(),
        form,
        class_="improve-thumb",
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


def _at_once(turn: KeptTurn, words: Words) -> Html:
    """The one click where the reasons say all: that silence would have been right."""
    if not turn.feedback or "should_have_refused" not in turn.feedback.reasons:
        return Html()
    say = words.say("improve_judge_refuse")
    return tag("button", say, type="button", data_do="judge", data_turn=turn.id, data_expected="refuse")


def _form(turn: KeptTurn, answer: Answer, told: Told | None, trouble: str, words: Words) -> Html:
    say, filled = words.say, _prefilled(turn, answer) if told is None else told
    options = (
        tag(
            "option",
            say(f"improve_expected_{one.replace('-', '_')}"),
            value=one,
            selected=filled.get("expected") == one,
        )
        for one in EXPECTED
    )
    choices = offered(answer)
    cited = [_choice(one, filled) for one in choices if one.is_cited]
    seen = [_choice(one, filled) for one in choices if not one.is_cited]
    is_seen_chosen = any(filled.get(one.name) for one in choices if not one.is_cited)
    return tag(
        "form",
        tag("p", trouble, class_="notice trouble", role="alert") if trouble else Html(),
        tag("label", say("improve_expected"), tag("select", *options, name_="expected")),
        tag(
            "fieldset",
            tag("legend", say("improve_gold")),
            tag("p", say("improve_gold_text"), class_="status"),
            *cited,
            tag("details", tag("summary", words.count("improve_seen", len(seen))), *seen, open=is_seen_chosen)
            if seen
            else Html(),
            _area("typed", say("improve_typed"), filled),
        ),
        _area("must_contain", say("improve_must_contain"), filled),
        _area("gold_answer", say("improve_gold_answer"), filled),
        _area("note", say("improve_judge_note"), filled),
        tag("button", say("improve_judge"), type="submit"),
        data_do="judge",
        data_turn=turn.id,
        class_="improve-judge",
    )


def _prefilled(turn: KeptTurn, answer: Answer) -> dict[str, str]:
    """What the reasons say: silence was right, or the citations are right and lack something, or are wrong."""
    given = turn.feedback
    reasons = given.reasons if given else ()
    filled = {
        "expected": "refuse" if "should_have_refused" in reasons else "answer",
        "note": given.note if given else "",
    }
    if "missing" in reasons and "wrong_citation" not in reasons:
        filled |= {one.name: "yes" for one in offered(answer) if one.is_cited}
    return filled


def _choice(one: Offered, filled: Told) -> Html:
    return tag(
        "label",
        tag("input", type="checkbox", name_=one.name, value="yes", checked=bool(filled.get(one.name))),
        tag("span", one.quote, lang=written_in(one.quote), class_="improve-quote"),
        tag("span", one.title, lang=written_in(one.title), class_="status"),
        class_="improve-choice",
    )


def _area(name: str, label: str, filled: Told) -> Html:
    return tag("label", label, tag("textarea", filled.get(name, ""), name_=name, rows=2))


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
