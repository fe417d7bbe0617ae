"""What the faces say, in the languages of their users: `ui/words/*.toml`, and what one room alone says beside it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES = ("en", "zh", "ru")
_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The wording of one language; `language` is its ISO 639-1 code."""

    language: str
    entries: Mapping[str, Any]

    def say(self, key: str, **values: object) -> str:
        """Return the text of `key` with its {names} filled.

        Raises:
            KeyError: The word list has no such key.
        """
        return str(self.entries[key]).format(**values)

    def count(self, key: str, n: int) -> str:
        """Return the counted text of `key` in the plural form that `n` asks for (CLDR rules)."""
        from babel import Locale

        forms: Mapping[str, str] = self.entries[key]
        form = Locale.parse(self.language).plural_form(n)
        return forms.get(form, forms["other"]).format(n=n)

    def stage(self, name: str) -> str:
        """Return the name of a step of indexing; a step without a translation keeps its own name."""
        stages: Mapping[str, str] = self.entries["stages"]
        return stages.get(name, name)

    def moment(self, iso: str) -> str:
        """Return a moment given in ISO 8601 as people write it, in this computer's time; other text stays."""
        from babel.dates import format_datetime

        try:
            moment = datetime.fromisoformat(iso)
        except ValueError:
            return iso
        return format_datetime(
            moment.astimezone(), "d MMM y, HH:mm" if self.language != "zh" else "y年M月d日 HH:mm", locale=self.language
        )

    @property
    def examples(self) -> tuple[str, ...]:
        """Questions to start from, in three languages, this one's first."""
        return tuple(self.entries["examples"])


def words(language: str = "en") -> Words:
    """Return the wording of `language`, or of English where there is none."""
    return _read(language if language in LANGUAGES else "en")


# What browsers call a language is no key to keep: anybody could make up ever more of them.
@cache
def _read(code: str) -> Words:
    files = (_FOLDER / "words" / f"{code}.toml", *sorted(_FOLDER.glob(f"web/*/words/{code}.toml")))
    lists = [tomllib.loads(file.read_text(encoding="utf-8")) for file in files]
    return Words(language=code, entries={key: entry for own in lists for key, entry in own.items()})


def preferred(accept_language: str) -> str:
    """Return the first language of an `Accept-Language` header that we speak, else ``en``.

    The header lists languages by preference (RFC 9110 §12.5.4); browsers send them best first, so weights
    need not be read.
    """
    for part in accept_language.split(","):
        code = part.split(";")[0].strip().lower().split("-")[0]
        if code in LANGUAGES:
            return code
    return "en"
