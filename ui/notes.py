"""What was not read of a file, in the language of whoever asks: the readers say it in English clauses."""

import re
from functools import cache

from ui.wording import Words


def note_in(note: str, said: Words) -> str:
    """A note of a reader (`corpus.Report.notes`) in a language; as it is where no form of it is known."""
    if said.language == "en":
        return note
    for form, told in said.entries["notes"].items():
        if found := _expression(form).fullmatch(note):
            kinds = said.entries["note_kinds"]
            return str(told).format(*(kinds.get(value.removesuffix("s"), value) for value in found.groups()))
    return note


@cache
def _expression(form: str) -> re.Pattern[str]:
    return re.compile(re.escape(form).replace(r"\{n\}", r"(\d+)").replace(r"\{\}", "(.+?)"))
