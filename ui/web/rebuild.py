"""Regenerating the index from the page: a build in a thread, its progress and receipt as a stream of HTML."""

import logging
import queue
import threading
from collections.abc import Iterator
from pathlib import Path

from corpus import RapporteurError
from ingest import Receipt
from ui.web.desk import Desk
from ui.web.markup import Html, tag
from ui.web.records import progress, trouble
from ui.wording import Words

logger = logging.getLogger(__name__)
_Event = tuple[str, int, int] | Receipt | RapporteurError | None


def rebuild(desk: Desk, folder: str, words: Words) -> Iterator[Html]:
    """Index `folder` and yield progress bars, at last one sentence: that it is done, or what prevented it."""
    if not folder.strip():
        yield trouble(words.say("folder_missing"))
        return
    path = Path(folder.strip()).expanduser()
    if not path.is_dir():
        yield trouble(words.say("folder_wrong", folder=folder.strip()))
        return
    yield progress("", 0, 0, words)
    for event in _events(desk, path):
        if isinstance(event, tuple):
            yield progress(*event, words)
        elif isinstance(event, RapporteurError):
            yield trouble(str(event))
        elif event is None:
            yield trouble(words.say("trouble_unknown"))
        else:
            key = "built_with_failures" if event.failed else "built"
            yield tag("p", words.say(key), class_="status done", role="status")


def _events(desk: Desk, path: Path) -> Iterator[_Event]:
    """Yield what the building thread reports, of piled-up progress only the newest; None is a fault of ours."""
    events: queue.Queue[_Event] = queue.Queue()

    def work() -> None:
        try:
            events.put(desk.build(path, lambda stage, done, total: events.put((stage, done, total))))
        except RapporteurError as error:
            events.put(error)
        except Exception:
            # The border of the page: a visitor gets a sentence, the keeper the traceback in the log.
            logger.exception("The index could not be built")
            events.put(None)

    threading.Thread(target=work, name="build-index", daemon=True).start()
    while True:
        event = events.get()
        while isinstance(event, tuple) and not events.empty():
            event = events.get()
        yield event
        if not isinstance(event, tuple):
            return
