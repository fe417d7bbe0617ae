"""The form by which a keeper says what a report is called, when, where and in what language."""

from collections.abc import Mapping

from ui.web.keep.shown import FIELDS
from ui.web.localized import language_name
from ui.web.markup import Html, join, tag, written_in
from ui.wording import Words

_LANGUAGES = ("en", "zh", "ru", "kk", "uz", "ky", "tg", "uk", "fr", "de", "es", "it", "pt", "pl", "nl", "tr", "ar",
              "id", "vi", "ja", "ko", "mn")  # fmt: skip
"""Languages that are offered beside the one a file has: those that `corpus` tells apart, and Mongolian."""


def report_form(shown: Mapping[str, str], on: str, words: Words, *, deed: str, undo: str, is_corrected: bool) -> Html:
    """Return the form over `FIELDS`, sent as `deed` with ``id`` `on`; where something was corrected, also `undo`."""
    fields = (
        tag("label", tag("span", words.say(f"keep_field_{name}")), _field(name, shown[name], words)) for name in FIELDS
    )
    back = Html()
    if is_corrected:
        button = tag(
            "button", words.say("keep_uncorrect"), type="button", data_do=undo, data_id=on, class_="keep-quiet"
        )
        back = tag("p", tag("span", words.say("keep_corrected"), class_="keep-label"), " ", button)
    save = tag("button", words.say("keep_correct"), type="submit", class_="keep-quiet")
    return join(tag("form", *fields, save, data_do=deed, data_id=on, class_="keep-form"), back)


def _field(name: str, value: str, words: Words) -> Html:
    if name == "language":
        codes = dict.fromkeys((*_LANGUAGES, *([value] if value else ())))
        options = (tag("option", language_name(code, words), value=code, selected=code == value) for code in codes)
        return tag("select", *options, name_=name)
    hint = words.say("keep_dates_hint") if name == "dates" else None
    return tag(
        "input", name_=name, value=value, placeholder=hint, maxlength=400, autocomplete="off", lang=written_in(value),
        required=name == "title",
    )  # fmt: skip
