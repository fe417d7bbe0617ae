"""A visitor's own conversations as HTML, past ones to search, open again, name, take away and delete."""

from collections.abc import Sequence

from ui.web.links import go
from ui.web.markup import Html, join, tag, written_in
from ui.web.memory.store import MAX_TITLE
from ui.web.memory.values import Conversation
from ui.wording import Words

SHOWN = 200
"""Conversations of a list; older ones are found by searching."""


def questions_view(
    conversations: Sequence[Conversation], search: str, words: Words, deleted: int = 0, *, is_shared: bool = False
) -> Html:
    """Return the room ``history``: the conversations as `Memory.conversations` gives them for `search`.

    Deeds: ``name_conversation`` with ``id`` and ``title``, ``delete_conversation`` with ``id``, ``delete_all``, and
    ``undo_delete`` while there are conversations `deleted` that can be kept again. They are `is_shared` by all who open
    the page where nobody signs in.
    """
    say = words.say
    if conversations:
        shown = tag("ol", *(_entry(one, search, words) for one in conversations[:SHOWN]), class_="history-list")
    else:
        shown = tag("p", say("history_none_found", search=search) if search else say("history_empty"), class_="remark")
    more = len(conversations) - SHOWN
    return tag(
        "section",
        tag("h2", say("history_title")),
        tag("p", say("history_shared" if is_shared else "history_own"), " ", say("history_text"), class_="remark"),
        _undo(deleted, words) if deleted else Html(),
        _search(search, words) if conversations or search else Html(),
        tag("p", words.count("history_count", len(conversations)), class_="status", role="status"),
        shown,
        tag("p", words.count("history_more", more), class_="remark") if more > 0 else Html(),
        _delete_all(words) if conversations and not search else Html(),
        class_="history",
    )


def _undo(deleted: int, words: Words) -> Html:
    back = tag("button", words.say("history_undo"), type="button", data_do="undo_delete")
    return tag("p", words.count("history_deleted", deleted), " ", back, class_="notice", role="status")


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


def _entry(one: Conversation, search: str, words: Words) -> Html:
    name = one.title or one.first_question
    told = join(
        words.count("history_questions", len(one.turns)), " · ",
        tag("time", words.moment(one.time), datetime=one.time),
    )  # fmt: skip
    line = go(one.line, "ask", conversation=one.id, turn=one.found, search=search, lang=written_in(one.line))
    remove = tag(
        "button", words.say("history_delete"), type="button", data_do="delete_conversation", data_id=one.id,
        aria_label=words.say("history_delete_this", question=name),
    )  # fmt: skip
    return tag(
        "li",
        tag(
            "div",
            go(name, "ask", conversation=one.id, lang=written_in(name)),
            tag("p", line, class_="history-line") if one.found else Html(),
            tag("p", told, *_exports(one, name, words), class_="status"),
            _naming(one, name, words),
        ),
        remove,
    )


def _exports(one: Conversation, name: str, words: Words) -> list[Html]:
    """Links that take the whole conversation away."""
    turns = ",".join(one.turns)
    links = (
        tag(
            "a", words.say(f"export_{kind}"), download=True,
            href=f"download/briefing.{kind}?language={words.language}&turns={turns}",
            aria_label=words.say("history_export_this", kind=words.say(f"export_{kind}"), question=name),
        )
        for kind in ("docx", "md")
    )  # fmt: skip
    return [join(" · ", link) for link in links]


def _naming(one: Conversation, name: str, words: Words) -> Html:
    box = tag("input", name_="title", value=one.title, maxlength=MAX_TITLE, autocomplete="off")
    form = tag(
        "form",
        tag("label", words.say("history_name"), " ", box),
        tag("button", words.say("history_name_keep"), type="submit"),
        data_do="name_conversation",
        data_id=one.id,
    )
    of = tag("span", f": {name}", class_="unseen")
    return tag("details", tag("summary", words.say("history_rename"), of), form, class_="history-name")


def _delete_all(words: Words) -> Html:
    return tag(
        "details",
        tag("summary", words.say("history_delete_all")),
        tag("p", words.say("history_delete_all_text")),
        tag("button", words.say("history_delete_all_sure"), type="button", data_do="delete_all", class_="history-sure"),
        class_="history-delete",
    )
