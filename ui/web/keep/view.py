"""The room of the keepers as HTML: files that wait with what was understood of them, the last run, earlier indexes."""

from collections.abc import Mapping, Sequence
from itertools import dropwhile
from typing import Any

from ingest import News, PastGeneration
from ui.web.access.visitor import LOCAL, Visitor
from ui.web.keep import parts
from ui.web.keep.indexing import receipt
from ui.web.keep.shown import Kept
from ui.web.keep.waiting_file import card
from ui.web.links import Query, cite_button
from ui.web.markup import Html, join, tag
from ui.web.technical import technical
from ui.wording import Words

NAMED = 3
"""Files of a change that are named: those of a keeper's one deed, not of a first reading."""
NEWS_SHOWN = 20
"""Lines of news: as many as are read; the command line shows as many."""


def keep(kept: Kept, query: Query, words: Words, visitor: Visitor = LOCAL) -> Html:
    """Return the room: first steps, regenerate, files that wait, what the last run did.

    Its deeds: ``regenerate``; ``sample``; ``office`` (a form: names, one a line); ``undiscard``; with ``id`` of a file
    that waits ``add``, ``discard``, ``uncorrect``, ``correct`` (a form: title, dates, place, language) and ``replace``
    (a form: old, a path); with ``id`` and ``fact`` ``reject`` and ``accept``.

    Args:
        kept: What there is.
        query: ``instead``, the path of the report that the next file is to take the place of.
        visitor: Anyone but a keeper gets a plain sentence.
    """
    if not visitor.is_keeper:
        return for_keepers(words)
    published = kept.published
    return parts.view(
        "keep",
        words.say("keep_title"),
        words,
        first_steps(kept, words) if published is None else _regenerate(kept, words),
        _office(kept, words) if published else Html(),
        _instead(query, words),
        _waiting(kept, query, words),
        _regenerate(kept, words) if published is None and kept.folder else Html(),
        _last_run(published, words) if published else Html(),
    )


def first_steps(kept: Kept, words: Words) -> Html:
    """What to do where there is no index: try the sample, or say who "we" are, bring reports and have them read."""
    sample = tag(
        "div",
        tag("h3", words.say("first_sample")),
        tag("p", words.say("first_sample_text")),
        parts.button(words.say("first_sample_build"), "sample", class_="" if kept.folder else "keep-main"),
        class_="keep-index",
    )
    steps = tag(
        "ol",
        tag("li", tag("p", words.say("first_office")), office_form(kept.office or kept.proposed, words)),
        tag("li", tag("p", words.say("first_bring"))),
        tag("li", tag("p", words.say("first_build"))),
        class_="keep-steps",
    )
    return join(tag("p", words.say("no_index"), class_="keep-text"), sample, tag("h3", words.say("first_own")), steps)


def generations_view(kept: Kept, query: Query, words: Words, visitor: Visitor = LOCAL) -> Html:
    """Return the indexes that are kept, the newest first.

    Its deeds: ``roll_back`` with ``id`` of a generation, and ``forget`` (a form: names); each behind a word of warning.
    Arguments as `keep`.
    """
    if not visitor.is_keeper:
        return for_keepers(words)
    items = (_generation(one, words) for one in kept.generations)
    return parts.view(
        "keep/generations",
        words.say("keep_past_title"),
        words,
        tag("p", words.say("keep_past_text" if kept.generations else "keep_no_past"), class_="keep-text"),
        tag("ol", *items, class_="keep-past") if kept.generations else Html(),
        _forget(kept.generations, words),
    )


def for_keepers(words: Words) -> Html:
    """Return what a reader finds here."""
    title = tag("h2", words.say("keep_title"), tabindex="-1")
    return tag("section", title, tag("p", words.say("for_keepers"), class_="keep-text"), class_="keep")


def _regenerate(kept: Kept, words: Words) -> Html:
    place = words.say("keep_folder", folder=kept.folder.name) if kept.folder else words.say("keep_no_folder")
    if kept.is_sample:
        place = words.say("keep_sample")
    button = tag(
        "button", words.say("regenerate" if kept.published else "build"), type="button", data_do="regenerate",
        class_="keep-main", disabled=kept.folder is None,
    )  # fmt: skip
    state = Html()
    if kept.published:
        reports = words.count("reports", kept.published.reports)
        state = join(words.say("ready", reports=reports, date=words.moment(kept.published.built_at)), " ")
    return tag(
        "div",
        tag("p", state, place),
        tag("p", words.say("keep_regenerate_text"), class_="keep-soft"),
        tag("p", button, class_="keep-deeds"),
        technical(words, f"{words.say('folder')}: {kept.folder}" if kept.folder else ""),
        class_="keep-index",
    )


def _office(kept: Kept, words: Words) -> Html:
    """Who "we" are: the form, open while nobody has said so, with what the records propose."""
    said = "; ".join(kept.office) if kept.office else words.say("keep_office_unsaid")
    return tag(
        "details",
        tag("summary", words.say("keep_office", names=said)),
        tag("p", words.say("keep_office_proposed" if kept.proposed else "keep_office_text"), class_="keep-soft"),
        office_form(kept.office or kept.proposed, words),
        class_="keep-other",
        open=not kept.office,
    )


def office_form(names: Sequence[str], words: Words) -> Html:
    """The form by which the office's names are told, one a line."""
    box = tag("textarea", "\n".join(names), name="names", rows=str(max(2, len(names))), autocomplete="off")
    return tag(
        "form",
        tag("label", words.say("keep_office_names"), box),
        tag("button", words.say("keep_office_save"), type="submit"),
        data_do="office",
        class_="keep-folder",
    )


def _instead(query: Query, words: Words) -> Html:
    """That the next file takes the place of a report, where the table of reports was left to bring it."""
    wanted = query.get("instead", "")
    return tag("div", tag("p", words.say("keep_bring_instead", file=wanted)), class_="notice") if wanted else Html()


def _waiting(kept: Kept, query: Query, words: Words) -> Html:
    undo = _discarded(kept.discarded, words) if kept.discarded else Html()
    if not kept.waiting:
        told = tag("p", words.say("keep_none_waiting"), class_="keep-text")
        return tag("section", tag("h3", words.say("keep_waiting")), told, undo)
    count = tag("span", words.count("keep_waiting_count", len(kept.waiting)), class_="keep-soft")
    cards = (card(one, words, kept.reports, query.get("instead", "")) for one in kept.waiting)
    listed = tag("ul", *cards, class_="keep-cards")
    return tag("section", tag("h3", words.say("keep_waiting"), " ", count), undo, listed)


def _discarded(path: str, words: Words) -> Html:
    """What was discarded last, with the way back."""
    label = words.say("keep_undiscard_this", file=path)
    named = {"data_do": "undiscard", "class_": "keep-quiet", "aria_label": label}
    button = tag("button", words.say("keep_undo"), type="button", **named)
    return tag("p", words.say("keep_discarded", file=path), " ", button, class_="keep-soft")


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
    size = (words.count("reports", one.reports), words.count("keep_indexed", one.facts))
    if one.is_published:
        deed = Html()
    elif one.is_readable:
        warning = words.say("keep_roll_back_text", date=date)
        deed = parts.sure(
            "keep_roll_back",
            "roll_back",
            one.generation,
            warning,
            words,
            label=f"{words.say('keep_roll_back')}: {date}",
        )
    else:
        deed = tag("p", words.say("keep_other_format"), class_="keep-soft")
    return tag(
        "li",
        tag("h3", tag("time", date, datetime=one.built_at), " ", label),
        tag("p", " · ".join(size)),
        tag("p", _changes(one.receipt, words), class_="keep-soft") if one.receipt else Html(),
        deed,
        technical(words, one.generation, f"{words.count('passages', one.passages)} · {one.model}", one.folder),
        aria_current="true" if one.is_published else None,
    )


def _changes(facts: Mapping[str, Any], words: Words) -> str:
    """How many reports the run added, changed and removed, and how many files it could not read; few by name."""
    changed = {name: facts.get(name, ()) for name in ("added", "changed", "removed", "failed")}
    return ", ".join(
        words.count(f"keep_{name}", len(files)) + (f" ({', '.join(map(_file, files))})" if len(files) <= NAMED else "")
        for name, files in changed.items()
        if files
    )


def _file(one: Any) -> str:
    return str(one["file"] if isinstance(one, Mapping) else one)


def _forget(generations: Sequence[PastGeneration], words: Words) -> Html:
    """The form to forget others than the one in use: the older ones are chosen, each is named, a newer one is not."""
    older = dropwhile(lambda one: not one.is_published, generations)
    chosen = {one.generation for one in older if not one.is_published}
    others = [one for one in generations if not one.is_published]
    if not others:
        return Html()
    boxes = (
        tag(
            "label",
            tag("input", type="checkbox", name_="names", value=one.generation, data_many=True,
                checked=one.generation in chosen),
            tag("span", words.moment(one.built_at), " · ", words.count("reports", one.reports)),
            Html() if one.generation in chosen else tag("span", words.say("keep_newer"), class_="keep-label"),
        )
        for one in others
    )  # fmt: skip
    form = tag(
        "form",
        tag("fieldset", tag("legend", words.say("keep_forget_which")), *boxes),
        tag("p", words.say("keep_forget_text")),
        tag("button", words.say("keep_forget_sure"), type="submit"),
        data_do="forget",
    )
    return tag("details", tag("summary", words.say("keep_forget")), form, class_="keep-sure")
