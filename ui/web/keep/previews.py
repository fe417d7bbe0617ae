"""What the files of an inbox say: read one after the other in the background, kept while a file is unchanged."""

import threading
from collections.abc import Collection, Sequence
from concurrent.futures import Future
from pathlib import Path

from ingest import Preview, preview
from ui.web.keep.files import mark


class Previews:
    """The previews of one inbox, there or to come; safe to use from several threads.

    Args:
        data: The data folder.
        inbox: Where the files wait; paths are relative to it.
    """

    def __init__(self, data: Path, inbox: Path) -> None:
        self._data = data
        self._inbox = inbox
        self._lock = threading.Lock()
        self._one_reads = threading.Lock()
        self._known: dict[Path, tuple[tuple[int, int], Future[Preview]]] = {}

    def of(self, paths: Sequence[Path]) -> dict[Path, Future[Preview]]:
        """The previews of files, in their order; those not known, changed or failed are read from now on."""
        new: dict[Path, Future[Preview]] = {}
        with self._lock:
            for path in paths:
                seen, (known, told) = mark(self._inbox / path), self._known.get(path, (None, None))
                if known != seen or told is None or (told.done() and told.exception()):
                    new[path] = Future()
                    self._known[path] = (seen, new[path])
            found = {path: self._known[path][1] for path in paths}
        if new:
            threading.Thread(target=self._read, args=(new,), name="preview", daemon=True).start()
        return found

    def put(self, path: Path, told: Preview) -> None:
        """Keep what is known of a file as it is now."""
        done: Future[Preview] = Future()
        done.set_result(told)
        with self._lock:
            self._known[path] = (mark(self._inbox / path), done)

    def forget(self, path: Path) -> None:
        """Let a file be read anew when it is next asked for; one not known changes nothing."""
        with self._lock:
            self._known.pop(path, None)

    def keep_only(self, paths: Collection[Path]) -> None:
        """Forget all files but these."""
        with self._lock:
            self._known = {path: one for path, one in self._known.items() if path in paths}

    def _read(self, wanted: dict[Path, Future[Preview]]) -> None:
        try:
            with self._one_reads:
                for one, told in zip(wanted.values(), preview(self._inbox, list(wanted), data=self._data), strict=True):
                    one.set_result(told)
        except Exception as error:  # noqa: BLE001 (raised again where the preview is asked for)
            for one in wanted.values():
                if not one.done():
                    one.set_exception(error)
