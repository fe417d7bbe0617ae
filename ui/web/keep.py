"""The room of the keepers as HTML: files that wait with what was understood of them, the last run, earlier indexes."""

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from ingest import News, PastGeneration
from ui.web.keep_card import card
from ui.web.keeping import Kept
from ui.web.links import Query, cite_button, go
from ui.web.markup import Html, join, tag
from ui.web.records import no_index, receipt
from ui.web.visitor import LOCAL, Visitor
from ui.wording import Words

NEWS_SHOWN = 20
"""Lines of news: as many as are read; the command line shows as many."""


def keep(kept: Kept, query: Query, words: Words, visitor: Visitor = LOCAL) -> Html:
    """Return the room: regenerate, files that wait, what the last run did.

    Its deeds: ``regenerate``; ``office`` (a form: names, one a line); with ``id`` of a file that waits ``add``,
    ``discard``, ``uncorrect`` and ``correct`` (a form: title, dates, place, language); with ``id`` and ``fact``
    ``reject`` and ``accept``.

    Args:
        kept: What there is.
        query: Nothing is read of it; the room has one state.
        visitor: Anyone but a keeper gets a plain sentence.
    """
    if not visitor.is_keeper:
        return for_keepers(words)
    published = kept.published
    return tag(
        "section",
        tag("h2", words.say("keep_title"), tabindex="-1"),
        _regenerate(kept, words),
        no_index(words) if published is None else Html(),
        _office(kept, words),
        _waiting(kept, words),
        _last_run(published, words) if published else Html(),
        class_="keep",
        data_cites=True,
    )


def generations_view(kept: Kept, query: Query, words: Words, visitor: Visitor = LOCAL) -> Html:
    """Return the indexes that are kept, the newest first.

    Its deeds: ``roll_back`` with ``id`` of a generation, and ``forget``; each behind a word of warning. Arguments as
    `keep`.
    """
    if not visitor.is_keeper:
        return for_keepers(words)
    others = [one for one in kept.generations if not one.is_published]
    items = (_generation(one, words) for one in kept.generations)
    return tag(
        "section",
        tag("p", go(f"← {words.say('keep_back')}", "keep"), class_="keep-way"),
        tag("h2", words.say("keep_past_title"), tabindex="-1"),
        tag("p", words.say("keep_past_text" if kept.generations else "keep_no_past"), class_="keep-text"),
        tag("ol", *items, class_="keep-past") if kept.generations else Html(),
        _sure("keep_forget", "forget", "", words.say("keep_forget_text"), words) if others else Html(),
        class_="keep",
    )


def for_keepers(words: Words) -> Html:
    """Return what a reader finds here."""
    title = tag("h2", words.say("keep_title"), tabindex="-1")
    return tag("section", title, tag("p", words.say("for_keepers"), class_="keep-text"), class_="keep")


def _regenerate(kept: Kept, words: Words) -> Html:
    place = words.say("keep_folder", folder=kept.folder) if kept.folder else words.say("keep_no_folder")
    button = tag(
        "button", words.say("regenerate" if kept.published else "build"), type="button", data_do="regenerate",
        class_="keep-main", disabled=kept.folder is None,
    )  # fmt: skip
    state = Html()
    if kept.published:
        reports = words.count("reports", kept.published.reports)
        state = join(words.say("ready", reports=reports, date=words.moment(kept.published.built_at)), " ")
    past = go(words.say("keep_past"), "keep/generations") if kept.generations else Html()
    return tag(
        "div",
        tag("p", state, place),
        tag("p", words.say("keep_regenerate_text"), class_="keep-soft"),
        tag("p", button, " ", past, class_="keep-deeds"),
        class_="keep-index",
    )


def _office(kept: Kept, words: Words) -> Html:
    """Who "we" are: the form, open while nobody has said so, with what the records propose."""
    names = kept.office or kept.proposed
    box = tag("textarea", "\n".join(names), name="names", rows=str(max(2, len(names))), autocomplete="off")
    said = "; ".join(kept.office) if kept.office else words.say("keep_office_unsaid")
    return tag(
        "details",
        tag("summary", words.say("keep_office", names=said)),
        tag("p", words.say("keep_office_proposed" if kept.proposed else "keep_office_text"), class_="keep-soft"),
        tag(
            "form",
            tag("label", words.say("keep_office_names"), box),
            tag("button", words.say("keep_office_save"), type="submit"),
            data_do="office",
            class_="keep-folder",
        ),
        class_="keep-other",
        open=not kept.office,
    )


def _waiting(kept: Kept, words: Words) -> Html:
    if not kept.waiting:
        told = tag("p", words.say("keep_none_waiting"), class_="keep-text")
        return tag("section", tag("h3", words.say("keep_waiting")), told)
    count = tag("span", words.count("keep_waiting_count", len(kept.waiting)), class_="keep-soft")
    cards = (card(one, words) for one in kept.waiting)
    return tag("section", tag("h3", words.say("keep_waiting"), " ", count), tag("ul", *cards, class_="keep-cards"))


def _last_run(published: PastGeneration, words: Words) -> Html:
    told = tag("p", words.say("keep_no_receipt")) if published.receipt is None else receipt(published.receipt, words)
    return tag("section", tag("h3", words.say("keep_last_run")), told, _news(published.news, words))


def _news(news: tuple[News, ...], words: Words) -> Html:
    if not news:
        return Html()
    items = (
        tag("li", tag("span", one.text(words.language)), " ", cite_button(n, one.citation, words))
        for n, one in enumerate(news[:NEWS_SHOWN], start=1)
    )
    more = tag("p", f"… +{len(news) - NEWS_SHOWN}", class_="keep-soft") if len(news) > NEWS_SHOWN else Html()
    return tag("div", tag("h4", words.say("keep_news")), tag("ul", *items, class_="keep-news"), more)


# ---- earlier indexes ----


def _generation(one: PastGeneration, words: Words) -> Html:
    date = words.moment(one.built_at)
    label = tag("span", words.say("keep_in_use"), class_="keep-label") if one.is_published else Html()
    size = (words.count("reports", one.reports), words.count("passages", one.passages),
            words.count("keep_indexed", one.facts))  # fmt: skip
    if one.is_published:
        deed = Html()
    elif one.is_readable:
        deed = _sure("keep_roll_back", "roll_back", one.generation, words.say("keep_roll_back_text", date=date), words)
    else:
        deed = tag("p", words.say("keep_other_format"), class_="keep-soft")
    made_of = f"{PurePath(one.folder).name} · {one.model}"
    return tag(
        "li",
        tag("h3", tag("time", date, datetime=one.built_at), " ", label),
        tag("p", " · ".join(size)),
        tag("p", _changes(one.receipt, words), class_="keep-soft") if one.receipt else Html(),
        tag("p", made_of, class_="keep-soft", title=one.folder),
        deed,
        aria_current="true" if one.is_published else None,
    )


def _changes(facts: Mapping[str, Any], words: Words) -> str:
    """How many reports the run added, changed and removed, and how many files it could not read."""
    counted = ((name, len(facts.get(name, ()))) for name in ("added", "changed", "removed", "failed"))
    return ", ".join(words.count(f"keep_{name}", n) for name, n in counted if n)


def _sure(key: str, deed: str, on: str, warning: str, words: Words) -> Html:
    """A deed in two steps: what opens shows its consequences and the button that does it."""
    button = tag("button", words.say(f"{key}_sure"), type="button", data_do=deed, data_id=on or None)
    return tag("details", tag("summary", words.say(key)), tag("p", warning), button, class_="keep-sure")
