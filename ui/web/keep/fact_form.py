"""The fields of a fact as a form: what each kind says, and what each field may be."""

from collections.abc import Mapping

from ingest import AGREEMENT_STATES, DEGREES, PROMISE_STATES, SETTABLE, SEVERAL, Agreement, Fact, Theme, theme_name
from ui.web.desk import Shelf
from ui.web.localized import country_name, degree_word, form_word, state_word
from ui.web.markup import Html, tag, written_in
from ui.wording import Words

_HEADS: Mapping[str, str] = {
    "sides": "parties", "by": "who", "key": "theme", "body": "organization",
}  # fmt: skip
"""What a field of a fact is called among the heads of tables, where it is not its own name."""


def fact_values(fact: Fact) -> dict[str, str]:
    """What a fact says, by the fields of its form; several names parted by ";"."""
    found = {name: getattr(fact, name) for name in SETTABLE[fact.kind]}
    return {name: "; ".join(value) if isinstance(value, tuple) else value for name, value in found.items()}


def fact_fields(shelf: Shelf, kind: str, values: Mapping[str, str], words: Words) -> list[Html]:
    """Return the labeled fields of a kind of fact, those of few values as a choice in the page's language."""
    return [
        tag(
            "label",
            tag("span", words.entries["heads"][_head(kind, name)]),
            _field(shelf, kind, name, values.get(name, ""), words),
        )
        for name in SETTABLE[kind]
    ]


def _head(kind: str, name: str) -> str:
    return "due" if (kind, name) == ("promise", "date") else _HEADS.get(name, name)


def _field(shelf: Shelf, kind: str, name: str, value: str, words: Words) -> Html:
    options = _options(shelf, kind, name, words)
    if options is None:
        hint = words.say("keep_several") if name in SEVERAL else None
        return tag(
            "input",
            name_=name,
            value=value,
            placeholder=hint,
            maxlength=400,
            autocomplete="off",
            lang=written_in(value),
        )
    known = dict(options)
    if value not in known:
        known = {value: value or words.say("keep_none_chosen"), **known}
    return tag("select", *(tag("option", text, value=key, selected=key == value) for key, text in known.items()),
               name_=name)  # fmt: skip


def _options(shelf: Shelf, kind: str, name: str, words: Words) -> dict[str, str] | None:
    """What a field may be, by value, in the page's language; None where anything may be written."""
    if (kind, name) == ("contact", "degree"):
        return {one: degree_word(one, words) for one in DEGREES}
    if (kind, name) == ("contact", "direction"):
        return {"": words.say("keep_none_chosen"), **{one: words.entries["values"][one] for one in ("went", "came")}}
    if name == "state":
        states = AGREEMENT_STATES if kind == "agreement" else PROMISE_STATES
        return {one: state_word(one, words) for one in states}
    if (kind, name) == ("agreement", "form"):
        forms = {"agreement", "mou", *(fact.form for fact in shelf.ledger.facts(Agreement))}
        return {one: form_word(one, words) for one in sorted(forms)}
    if (kind, name) == ("theme", "key"):
        keys = sorted({fact.key for fact in shelf.ledger.facts(Theme)})
        return {one: theme_name(one, words.language) for one in keys}
    if (kind, name) == ("organization", "country"):
        return {"": words.say("keep_none_chosen"), **_countries(words)}
    return None


def _countries(words: Words) -> dict[str, str]:
    from babel import Locale

    known = map(str, Locale.parse(words.language).territories)
    codes = (code for code in known if len(code) == 2 and code.isalpha())
    named = ((code, country_name(code, words)) for code in codes)
    return dict(sorted(named, key=lambda one: one[1]))
