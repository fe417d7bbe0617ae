"""What keepers did on the page, one line of JSON each: who, when, what, and on what."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from ui.web.keep.files import writing

FILE = "keepers.log"
"""Its name in the data folder."""
LATER = frozenset(
    {"add", "replace", "office", "retitle", "untitle", "remove", "put_back", "read_again", "strike", "edit", "add_fact",
     "unsay"}
)  # fmt: skip
"""Deeds that count once the index is regenerated."""
UPDATE = "update"
"""The deed of updating the records, which all others then stand in."""
SHOWN = 200
"""Deeds that are shown, the newest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A deed by its name on the page, on what it was done, by whom (empty where nobody signs in), and when."""

    at: str
    by: str
    deed: str
    on: str


def write_down(data: Path, deed: str, on: str, by: str) -> None:
    """Add a line."""
    done = Done(at=datetime.now(UTC).isoformat(timespec="seconds"), by=by, deed=deed, on=on)
    with writing(data), (data / FILE).open("a", encoding="utf-8") as log:
        log.write(json.dumps(asdict(done), ensure_ascii=False) + "\n")


def written(data: Path) -> tuple[Done, ...]:
    """The newest `SHOWN` deeds, the newest first; lines that are none are passed over."""
    try:
        lines = (data / FILE).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeError):
        return ()
    return tuple(islice(_read(reversed(lines)), SHOWN))


def pending(data: Path, built_at: str) -> int:
    """How many deeds of these count only once the records are updated: those `LATER` that came after `built_at` and
    after the last update, which leaves an index as it is where nothing changes it.
    """
    done = written(data)
    updates = (datetime.fromisoformat(one.at) for one in done if one.deed == UPDATE)
    since = max((datetime.fromisoformat(built_at), *updates))
    return sum(one.deed in LATER and datetime.fromisoformat(one.at) > since for one in done)


def _read(lines: Iterator[str]) -> Iterator[Done]:
    for line in lines:
        try:
            done = Done(**{name: str(value) for name, value in json.loads(line).items()})
            if datetime.fromisoformat(done.at).tzinfo is not None:
                yield done
        except (ValueError, TypeError, AttributeError):
            continue
