"""A file that waits, as HTML: what was understood of it, a form to correct it, its facts, and the deeds."""

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby

from ingest import Fact, FactKind, fact_key, theme_name
from ui.web.browse.parts import country_name, degree_word, form_word, state_word, when
from ui.web.keeping import FIELDS, Waiting, shown_fields
from ui.web.markup import Html, join, tag, written_in
from ui.wording import Words

_ORDER: tuple[FactKind, ...] = ("contact", "agreement", "promise", "theme", "person", "organization")
_LANGUAGES = ("en", "zh", "ru", "kk", "uz", "ky", "tg", "uk", "fr", "de", "es", "it", "pt", "pl", "nl", "tr", "ar",
              "id", "vi", "ja", "ko", "mn")  # fmt: skip
"""Languages that are offered beside the one a file has: those that `corpus` tells apart, and Mongolian."""


def card(one: Waiting, words: Words) -> Html:
    """Return one file that waits; all its values come from the file, and are escaped."""
    told = one.preview
    discard = tag(
        "button", words.say("keep_discard"), type="button", data_do="discard", data_id=one.id, class_="keep-quiet",
        aria_label=words.say("keep_discard_this", file=told.path),
    )  # fmt: skip
    if told.report is None:
        reason = tag("div", tag("p", words.say("keep_unread", reason=told.reason)), class_="notice")
        return tag("li", tag("h4", told.path), reason, tag("p", discard, class_="keep-deeds"), class_="keep-card")
    report = told.report
    pages = [words.count("keep_pages", len(report.pages))] if report.pages else []
    about = " · ".join((told.path, *pages, words.count("passages", told.passages)))
    deed = "keep_replace" if one.replaces else "keep_add"
    add = tag(
        "button", words.say(deed), type="button", data_do="add", data_id=one.id, class_="keep-main",
        aria_label=words.say(f"{deed}_this", file=told.path),
    )  # fmt: skip
    return tag(
        "li",
        tag("h4", report.title, lang=written_in(report.title)),
        tag("p", about, class_="keep-soft"),
        tag("div", tag("p", words.say("keep_replaces")), class_="notice") if one.replaces else Html(),
        *(tag("div", tag("p", f"{words.say('not_whole')}: {note}"), class_="notice") for note in report.notes),
        _form(one, words),
        _facts(one, words),
        tag("p", add, " ", discard, class_="keep-deeds"),
        class_="keep-card",
    )


def _form(one: Waiting, words: Words) -> Html:
    shown = shown_fields(one.preview)
    said = one.preview.correction
    is_corrected = said is not None and any(getattr(said, name) is not None for name in FIELDS)
    fields = (
        tag("label", tag("span", words.say(f"keep_field_{name}")), _field(name, shown[name], words)) for name in FIELDS
    )
    back = Html()
    if is_corrected:
        button = tag(
            "button", words.say("keep_uncorrect"), type="button", data_do="uncorrect", data_id=one.id,
            class_="keep-quiet",
        )  # fmt: skip
        back = tag("p", tag("span", words.say("keep_corrected"), class_="keep-label"), " ", button)
    save = tag("button", words.say("keep_correct"), type="submit", class_="keep-quiet")
    return join(tag("form", *fields, save, data_do="correct", data_id=one.id, class_="keep-form"), back)


def _field(name: str, value: str, words: Words) -> Html:
    if name == "language":
        codes = dict.fromkeys((*_LANGUAGES, *([value] if value else ())))
        names = _language_names(words.language)
        options = (tag("option", names.get(code, code), value=code, selected=code == value) for code in codes)
        return tag("select", *options, name_=name)
    hint = words.say("keep_dates_hint") if name == "dates" else None
    return tag(
        "input", name_=name, value=value, placeholder=hint, maxlength=400, autocomplete="off", lang=written_in(value),
        required=name == "title",
    )  # fmt: skip


@cache
def _language_names(language: str) -> dict[str, str]:
    from babel import Locale

    return dict(Locale.parse(language).languages)


def _facts(one: Waiting, words: Words) -> Html:
    facts = one.preview.facts
    if not facts:
        return tag("p", words.say("keep_no_facts"), class_="keep-soft")
    groups = (
        join(tag("h5", words.say(f"reports_view_{kind}")), tag("ul", *_by_quote(one, of_kind, words)))
        for kind in _ORDER
        if (of_kind := [fact for fact in facts if fact.kind == kind])
    )
    # Drawn anew after each deed: a list in which something was declared not so is being worked on, and stays open.
    return tag(
        "details",
        tag("summary", words.count("keep_facts", len(facts))),
        *groups,
        open=bool(one.preview.rejected),
        class_="keep-facts",
    )


def _by_quote(one: Waiting, facts: Iterable[Fact], words: Words) -> Iterator[Html]:
    """Items of a list: facts that one sentence proves together, in order, above that sentence."""
    for quote, together in groupby(facts, key=lambda fact: fact.citation.quote):
        told = [_fact(one, fact, words) for fact in together]
        yield tag("li", *told, tag("blockquote", quote, lang=written_in(quote)))


def _fact(one: Waiting, fact: Fact, words: Words) -> Html:
    key = fact_key(fact)
    is_rejected = key in one.preview.rejected
    deed = "accept" if is_rejected else "reject"
    plain = _plain(fact, words)
    button = tag(
        "button", words.say(f"keep_{deed}"), type="button", data_do=deed, data_id=one.id, data_fact=key,
        class_="keep-quiet", aria_label=words.say(f"keep_{deed}_this", fact=plain),
    )  # fmt: skip
    label = join(tag("span", words.say("keep_rejected"), class_="keep-label"), " ") if is_rejected else Html()
    is_verbatim = fact.kind in ("person", "promise")  # all other lines begin in the page's own words
    told = tag("s" if is_rejected else "span", plain, lang=written_in(fact.subject) if is_verbatim else None)
    return tag("p", label, told, " ", button)


def _plain(fact: Fact, words: Words) -> str:
    """A fact as one line: what it says in the page's language, names as the record writes them."""
    date = when(fact, words) if fact.start else ""
    parties = " – ".join(filter(None, (fact.subject, fact.object, *fact.others)))
    if fact.kind == "contact":
        return _line((degree_word(fact.state, words), " – ".join(filter(None, (fact.subject, fact.object))), date))
    if fact.kind == "agreement":
        return _line((form_word(fact.form, words), state_word(fact.state, words), parties, date))
    if fact.kind == "promise":
        return _line((fact.subject, fact.object, date))
    if fact.kind == "theme":
        return _line((theme_name(fact.object, words.language), fact.subject))
    if fact.kind == "person":
        return _line((fact.subject, fact.form, fact.object))
    return _line((fact.subject, *fact.others, country_name(fact.form, words)))


def _line(parts: Iterable[str]) -> str:
    return " · ".join(filter(None, parts))
