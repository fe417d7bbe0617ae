"""The history of a visitor as HTML: past conversations to search, open again and delete."""

from collections.abc import Sequence

from ui.web.kept import Conversation
from ui.web.links import go
from ui.web.markup import Html, join, tag, written_in
from ui.wording import Words

SHOWN = 200
"""Conversations of a list; older ones are found by searching."""


def history_view(conversations: Sequence[Conversation], search: str, words: Words) -> Html:
    """Return the room ``history``: the conversations as `Memory.conversations` gives them for `search`.

    Deeds: ``delete_conversation`` with ``id``, and ``delete_all``.
    """
    say = words.say
    if conversations:
        shown = tag("ol", *(_entry(one, words) for one in conversations[:SHOWN]), class_="history-list")
    else:
        shown = tag("p", say("history_none_found", search=search) if search else say("history_empty"), class_="remark")
    more = len(conversations) - SHOWN
    return tag(
        "section",
        tag("h2", say("history_title")),
        tag("p", say("history_text"), class_="remark"),
        _search(search, words) if conversations or search else Html(),
        tag("p", words.count("history_count", len(conversations)), class_="status", role="status"),
        shown,
        tag("p", words.count("history_more", more), class_="remark") if more > 0 else Html(),
        _delete_all(words) if conversations and not search else Html(),
        class_="history",
    )


def _search(search: str, words: Words) -> Html:
    box = tag("input", type="search", name_="search", value=search, maxlength=200, autocomplete="off")
    return tag(
        "form",
        tag("label", words.say("history_search"), box),
        tag("button", words.say("history_find"), type="submit"),
        go(words.say("history_show_all"), "history") if search else Html(),
        data_view="history",
        class_="history-search",
        role="search",
    )


def _entry(one: Conversation, words: Words) -> Html:
    told = join(
        words.count("history_questions", one.count), " · ", tag("time", words.moment(one.time), datetime=one.time)
    )
    return tag(
        "li",
        tag(
            "div",
            go(one.first_question, "ask", conversation=one.id, lang=written_in(one.first_question)),
            tag("p", told, class_="status"),
        ),
        tag(
            "button",
            words.say("history_delete"),
            type="button",
            data_do="delete_conversation",
            data_id=one.id,
            aria_label=words.say("history_delete_this", question=one.first_question),
        ),
    )


def _delete_all(words: Words) -> Html:
    return tag(
        "details",
        tag("summary", words.say("history_delete_all")),
        tag("p", words.say("history_delete_all_text")),
        tag("button", words.say("history_delete_all_sure"), type="button", data_do="delete_all", class_="history-sure"),
        class_="history-delete",
    )
