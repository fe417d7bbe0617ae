"""Thumbs below an answer: two buttons, and once the thumb is down, the reasons."""

from collections.abc import Mapping

from ui.web.markup import Html, tag
from ui.web.memory.store import Memory
from ui.web.memory.values import MAX_NOTE, REASONS, Feedback
from ui.wording import Words

_THUMB = (
    "M3 10h4v10H3zM7 11l4-8c1.8 0 2.7 1.2 2.4 2.9L12.9 9h5.9c1.3 0 2.2 1.2 1.9 2.4l-1.6 6.5c-.3 1.2-1.3 2.1-2.6 2.1H7"
)


def feedback_html(turn_id: str, given: Feedback | None, words: Words) -> Html:
    """Return the thumbs of a turn; pressing the one that is pressed takes it back (``data-way="none"``).

    Deeds: ``thumb`` with ``turn`` and ``way``; ``reason`` with ``turn``, the reasons by name, and ``note``.
    """
    way = given.way if given else "none"
    thumbs = (_thumb(turn_id, one, words, is_pressed=one == way) for one in ("up", "down"))
    if given is None:
        told = Html()
    elif way == "up" or given.reasons or given.note:
        told = tag("span", words.say("improve_kept"), role="status", class_="improve-kept")
    else:
        told = tag("span", words.say("improve_say_why"), role="status", class_="improve-kept")
    return tag(
        "div",
        tag("div", *thumbs, told, role="group", aria_label=words.say("improve_feedback"), class_="improve-thumbs"),
        _reasons(turn_id, given, words) if given and way == "down" else Html(),
        class_="improve-feedback",
    )


def give(memory: Memory, user: str, told: Mapping[str, str]) -> bool:
    """Keep what a deed ``thumb`` or ``reason`` tells; False when this user has no such turn.

    Raises:
        UsageError: The way is none; the memory cannot be used.
    """
    way = "down" if told.get("do") == "reason" else str(told.get("way", ""))
    reasons = tuple(one for one in REASONS if told.get(one))
    return memory.give_feedback(user, str(told.get("turn", "")), way, reasons, str(told.get("note", "")))


def _thumb(turn_id: str, way: str, words: Words, *, is_pressed: bool) -> Html:
    drawn = tag("svg", tag("path", d=_THUMB), viewBox="0 0 24 24", aria_hidden="true", focusable="false")
    return tag(
        "button",
        drawn,
        tag("span", words.say(f"improve_{way}")),
        type="button",
        class_=f"improve-{way}",
        data_do="thumb",
        data_turn=turn_id,
        data_way="none" if is_pressed else way,
        aria_pressed="true" if is_pressed else "false",
    )


def _reasons(turn_id: str, given: Feedback, words: Words) -> Html:
    boxes = (
        tag(
            "label",
            tag("input", type="checkbox", name_=one, value="yes", checked=one in given.reasons),
            words.say(f"improve_reason_{one}"),
        )
        for one in REASONS
    )
    return tag(
        "form",
        tag("fieldset", tag("legend", words.say("improve_why")), *boxes),
        tag("label", words.say("improve_note"), tag("textarea", given.note, name_="note", rows=2, maxlength=MAX_NOTE)),
        tag("p", words.say("improve_who_reads"), class_="status"),
        tag("button", words.say("improve_send"), type="submit"),
        data_do="reason",
        data_turn=turn_id,
        class_="improve-why",
    )
