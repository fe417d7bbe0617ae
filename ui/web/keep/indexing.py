"""Indexing from the page: a build in a thread, its progress as a stream of HTML, and its receipt."""

import logging
import queue
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus import RapporteurError
from ingest import Receipt
from ui.notes import note_in
from ui.web.desk import Desk
from ui.web.markup import Html, join, tag
from ui.web.notices import trouble
from ui.wording import Words

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """How far a step of indexing is, and how many reports this run reads."""

    stage: str
    done: int
    total: int
    reports: int


_Event = _Step | Receipt | RapporteurError | None


def rebuild(desk: Desk, folder: str, words: Words, on_done: Callable[[], None] = lambda: None) -> Iterator[Html]:
    """Index `folder` and yield progress bars, at last one sentence: that it is done, or what prevented it.

    Steps that count something else than reports are told as their share of the reports that are read. `on_done` is
    called once the new index answers.
    """
    if not folder.strip():
        yield trouble(words.say("folder_missing"))
        return
    path = Path(folder.strip()).expanduser()
    if not path.is_dir():
        yield trouble(words.say("folder_wrong", folder=folder.strip()))
        return
    yield progress("", 0, 0, words)
    for event in _events(desk, path):
        if isinstance(event, _Step):
            yield progress(event.stage, event.done, event.total, words, reports=event.reports)
        elif isinstance(event, RapporteurError):
            yield trouble(str(event))
        elif event is None:
            yield trouble(words.say("trouble_unknown"))
        else:
            on_done()
            key = "built_with_failures" if event.failed else "built"
            yield tag("p", words.say(key), class_="status done", role="status")


def _events(desk: Desk, path: Path) -> Iterator[_Event]:
    """Yield what the building thread reports, of piled-up progress only the newest; None is a fault of ours."""
    events: queue.Queue[_Event] = queue.Queue()
    reports = 0

    def tell(stage: str, done: int, total: int) -> None:
        nonlocal reports
        reports = total if stage == "read" else reports
        events.put(_Step(stage=stage, done=done, total=total, reports=reports))

    def work() -> None:
        try:
            receipt = desk.build(path, tell)
            desk.index()  # "Done" is said once the new index answers.
            events.put(receipt)
        except RapporteurError as error:
            events.put(error)
        except Exception:
            # The border of the page: a visitor gets a sentence, the keeper the traceback in the log.
            logger.exception("The index could not be built")
            events.put(None)

    threading.Thread(target=work, name="build-index", daemon=True).start()
    while True:
        event = events.get()
        while isinstance(event, _Step) and not events.empty():
            event = events.get()
        yield event
        if not isinstance(event, _Step):
            return


def progress(stage: str, done: int, total: int, words: Words, *, reports: int = 0) -> Html:
    """Return a progress bar for one step of indexing, told in the `reports` of the run, where there are any.

    A `total` of 0 means that the length of the step is not known yet.
    """
    label = words.stage(stage) if stage and total else words.say("building")
    if total and reports:
        ready = min(done, total) * reports // total
        label = words.say("building_of", stage=label, done=ready, reports=words.count("reports", reports))
    bar = tag("progress", value=min(done, total), max=total) if total else tag("progress")
    return tag("div", tag("p", label), bar, class_="progress")


def receipt(facts: Mapping[str, Any], words: Words) -> Html:
    """Return what an indexing run did; `facts` is the public form of a receipt (DESIGN §7)."""
    failed: Sequence[Mapping[str, str]] = facts["failed"]
    headline = words.say("read_with_failures" if failed else "read_whole")
    size = words.count("reports", facts["reports"])
    notes = [{**one, "note": note_in(one["note"], words)} for one in facts.get("notes", ())]
    rows = [
        (words.say("added"), _files(facts["added"])),
        (words.say("changed_files"), _files(facts["changed"])),
        (words.say("removed"), _files(facts["removed"])),
        (words.say("unchanged"), join(str(facts["unchanged"]))),
        (words.say("failed"), _failures(failed, "reason")),
        (words.say("not_whole"), _failures(notes, "note")),
        (words.say("forgotten_versions"), _files([words.moment(built_at) for built_at in facts.get("forgotten", ())])),
    ]
    table = tag("dl", *(join(tag("dt", name), tag("dd", value)) for name, value in rows if value not in ("", "0")))
    took = words.say("took", seconds=f"{facts['seconds']:.1f}")
    return tag(
        "div",
        tag("h3", headline),
        tag("p", f"{size} · {took}", class_="status"),
        table,
        class_="receipt with-failures" if failed else "receipt",
        role="status",
    )


def _files(files: Sequence[str], shown: int = 8) -> Html:
    if not files:
        return Html()
    rest = f" … (+{len(files) - shown})" if len(files) > shown else ""
    return join(f"{len(files)}: ", ", ".join(files[:shown]), rest)


def _failures(failed: Sequence[Mapping[str, str]], why: str) -> Html:
    if not failed:
        return Html()
    return tag("ul", *(tag("li", tag("strong", fault["file"]), ": ", fault[why]) for fault in failed))
