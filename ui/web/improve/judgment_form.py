"""The form with which a keeper makes a judged question of an answer whose thumb is down."""

from collections.abc import Mapping

from assistant import Answer
from ui.web.improve.judged_questions import EXPECTED, Offered, offered
from ui.web.markup import Html, tag, written_in
from ui.web.memory.values import KeptTurn
from ui.wording import Words


def judged_at_once(turn: KeptTurn, words: Words) -> Html:
    """The one click where the reasons of the thumb say all, that silence would have been right; else nothing."""
    if not turn.feedback or "should_have_refused" not in turn.feedback.reasons:
        return Html()
    say = words.say("improve_judge_refuse")
    return tag("button", say, type="button", data_do="judge", data_turn=turn.id, data_expected="refuse")


def judge_form(
    turn: KeptTurn, answer: Answer, words: Words, *, told: Mapping[str, str] | None = None, trouble: str = ""
) -> Html:
    """The form that makes a judged question of a turn: its deed is ``judge``, its fields those of `judge`.

    Args:
        answer: Of the turn.
        told: What was filled in before; None to fill in what the reasons of the thumb say.
        trouble: Why what was filled in could not be done.
    """
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


def _choice(one: Offered, filled: Mapping[str, str]) -> Html:
    return tag(
        "label",
        tag("input", type="checkbox", name_=one.name, value="yes", checked=bool(filled.get(one.name))),
        tag("span", one.quote, lang=written_in(one.quote), class_="improve-quote"),
        tag("span", one.title, lang=written_in(one.title), class_="status"),
        class_="improve-choice",
    )


def _area(name: str, label: str, filled: Mapping[str, str]) -> Html:
    return tag("label", label, tag("textarea", filled.get(name, ""), name_=name, rows=2))
