"""The records of an index by their file, however the asker spells its suffix."""

from collections.abc import Iterable
from pathlib import PurePosixPath

from corpus.report import Report


class Records:
    """Finds a report by the file it was read from.

    Args:
        reports: All reports of a generation.
    """

    def __init__(self, reports: Iterable[Report]) -> None:
        self._by_path = {report.path: report for report in reports}
        self._by_stem: dict[str, list[Report]] = {}
        for path, report in self._by_path.items():
            self._by_stem.setdefault(PurePosixPath(path).stem, []).append(report)

    def named(self, file: str) -> Report | None:
        """The report at the path `file`, else the only one whose file name differs in its folder or suffix alone."""
        alike = self._by_stem.get(PurePosixPath(file).stem, [])
        return self._by_path.get(file, alike[0] if len(alike) == 1 else None)
