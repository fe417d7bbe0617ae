"""What keepers said of names and facts: pairs that may be one, side by side; and all corrections with who and when."""

from collections.abc import Mapping, Sequence

from assistant import Citation
from ingest import Merge, Proposal, Said
from ui.web.desk import Shelf
from ui.web.keep import parts
from ui.web.keep.waiting_file import fact_line
from ui.web.keep.written import Done
from ui.web.links import Query, cite_button, go
from ui.web.markup import Html, tag, written_in
from ui.wording import Words

SHOWN = 50
"""Pairs until all are asked for: as many as can be judged at a sitting."""
QUOTES = 2
"""Quotes of each name."""


# ---- names ----


def names_view(
    shelf: Shelf, proposed: Sequence[Proposal], declared: Sequence[Merge], query: Query, words: Words
) -> Html:
    """Return the pairs and what was said of others; query: ``all=yes``.

    Its deeds, with the names as ``one`` and ``other``: ``merge``, ``refuse``, ``unmerge``.
    """
    shown = proposed if query.get("all") == "yes" else proposed[:SHOWN]
    pairs = (_pair(shelf, one, number, words) for number, one in enumerate(shown))
    more = tag("p", go(words.say("browse_rest", n=len(proposed)), "keep/names", all="yes"))
    return parts.view(
        "keep/names",
        words.say("keep_names_title"),
        words,
        tag("p", words.say("keep_names_text"), class_="keep-text"),
        _any_two(words),
        _declared(declared, words),
        tag("ul", *pairs, class_="keep-cards") if shown else tag("p", words.say("keep_names_none"), class_="keep-text"),
        more if len(shown) < len(proposed) else Html(),
        wide=True,
    )


def _any_two(words: Words) -> Html:
    """The form that makes any two names one, in any form that records have."""
    fields = (
        tag("label", tag("span", words.say(f"keep_name_{name}")),
            tag("input", name_=name, required=True, maxlength=400, autocomplete="off"))
        for name in ("one", "other")
    )  # fmt: skip
    save = tag("button", words.say("keep_merge"), type="submit")
    return tag(
        "section",
        tag("h3", words.say("keep_names_others")),
        tag("form", *fields, save, data_do="merge", class_="keep-form"),
    )


def _pair(shelf: Shelf, pair: Proposal, number: int, words: Words) -> Html:
    sides = (_side(shelf, pair, name, 2 * QUOTES * number + QUOTES * side, words)
             for side, name in enumerate((pair.one, pair.other)))  # fmt: skip
    names = {"one": pair.one, "other": pair.other}
    both = f"{pair.one} – {pair.other}"
    return tag(
        "li",
        tag("div", *sides, class_="keep-pair"),
        tag(
            "p",
            parts.button(words.say("keep_merge"), "merge", class_="keep-main", **names,
                         label=words.say("keep_merge_this", names=both)),
            " ",
            parts.button(words.say("keep_refuse"), "refuse", **names, label=words.say("keep_refuse_this", names=both)),
            " ",
            tag("span", words.say(f"keep_alike_{pair.reason}"), class_="keep-soft"),
            class_="keep-deeds",
        ),
        class_="keep-card",
    )  # fmt: skip


def _side(shelf: Shelf, pair: Proposal, name: str, first: int, words: Words) -> Html:
    known = shelf.ledger.organizations if pair.kind == "organization" else shelf.ledger.people
    cited = _telling(name, [fact.citation for fact in known.get(name, ())])
    reports = words.count("reports", len({fact.citation.report_id for fact in known.get(name, ())}))
    view = {"view_name": "browse/partner", "name": name} if pair.kind == "organization" else {
        "view_name": "browse/people", "search": name, "which": "all"
    }  # fmt: skip
    place = view.pop("view_name")
    quotes = (
        tag("li", tag("blockquote", one.quote, lang=written_in(one.quote)), cite_button(first + n, one, words), " ",
            tag("cite", one.title, lang=written_in(one.title)))
        for n, one in enumerate(cited, start=1)
    )  # fmt: skip
    return tag(
        "div",
        tag("h3", go(name, place, lang=written_in(name), **view)),
        tag("p", reports, class_="keep-soft"),
        tag("ol", *quotes, class_="keep-quotes"),
    )


def _telling(name: str, citations: Sequence[Citation]) -> list[Citation]:
    """Quotes that tell most of a name: those that write it out first, of other reports before more of one."""
    distinct = list(dict.fromkeys(citations))
    first: dict[str, Citation] = {}
    for one in sorted(distinct, key=lambda one: name not in one.quote):
        first.setdefault(one.report_id, one)
    return [*first.values(), *(one for one in distinct if one not in first.values())][:QUOTES]


def _declared(declared: Sequence[Merge], words: Words) -> Html:
    if not declared:
        return Html()
    heads = [words.say(f"keep_head_{name}") for name in ("names", "said", "who")] + [""]
    rows = (_verdict(one, heads, words) for one in declared)
    return tag(
        "section", tag("h3", words.say("keep_names_said")), parts.table(words.say("keep_names_said"), heads, rows)
    )


def _verdict(one: Merge, heads: Sequence[str], words: Words) -> Html:
    both = f"{one.one} – {one.other}"
    said = words.say("keep_are_one" if one.is_one else "keep_are_two")
    if one.undone_at:
        said = f"{said}; {words.say('keep_undone', who=parts.who_when(one.undone_by, one.undone_at, words))}"
    undo = Html()
    if not one.undone_at:
        label = words.say("keep_undo_this", fact=both)
        undo = parts.button(words.say("keep_undo"), "unmerge", one=one.one, other=one.other, label=label)
    return parts.row(heads, both, said, parts.who_when(one.made_by, one.made_at, words), undo)


# ---- all corrections ----


def said_view(shelf: Shelf | None, said: Sequence[Said], done: Sequence[Done], query: Query, words: Words) -> Html:
    """Return what was said of facts and holds, and all that keepers did on the page, the newest first.

    Its deed: ``unsay`` with ``id`` of a report's path and ``fact`` a key.
    """
    reports = {one.path: one.text for one in shelf.reports} if shelf else {}
    heads = [words.say(f"keep_head_{name}") for name in ("fact", "said", "who", "report")] + [""]
    rows = [_correction(one, reports, heads, words) for one in said]
    deeds = [words.say(f"keep_head_{name}") for name in ("deed", "on", "who")]
    log = [parts.row(deeds, _deed(one, words), one.on, parts.who_when(one.by, one.at, words)) for one in done]
    return parts.view(
        "keep/said",
        words.say("keep_said_title"),
        words,
        tag("p", words.say("keep_said_text" if rows else "keep_said_none"), class_="keep-text"),
        parts.table(words.say("keep_said_title"), heads, rows) if rows else Html(),
        tag("h3", words.say("keep_log")) if log else Html(),
        parts.table(words.say("keep_log"), deeds, log) if log else Html(),
        wide=True,
    )


def _correction(one: Said, reports: Mapping[str, str], heads: Sequence[str], words: Words) -> Html:
    line, cited = fact_line(one.fact, words), one.fact.citation
    told = words.entries["values"][one.deed]
    if cited.quote not in reports.get(cited.file, ""):
        told = f"{told}; {words.say('keep_resting')}"
    title = go(cited.title, "keep/facts", id=cited.report_id, lang=written_in(cited.title))
    undo = parts.button(
        words.say("keep_undo"), "unsay", cited.file, fact=one.key, label=words.say("keep_undo_this", fact=line)
    )
    return parts.row(heads, line, told, parts.who_when(one.by, one.made_at, words), title, undo)


def _deed(one: Done, words: Words) -> str:
    return str(words.entries.get(f"keep_did_{one.deed}", one.deed))
