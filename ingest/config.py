"""How an index is built; values only, nothing is opened here."""

import os
from dataclasses import dataclass, field

from corpus import ReadLimits, UsageError

OCR = "RAPPORTEUR_OCR"
"""Set to ``1``, it lets tesseract recognise the text of pages that are pictures."""
OCR_SECONDS = 900
"""For one file whose pages are recognised: some 5 seconds a page."""


def read_limits() -> ReadLimits:
    """The usual bounds; with `OCR` set, pages that are pictures are recognised, for which a file gets `OCR_SECONDS`."""
    return ReadLimits(ocr=True, seconds=OCR_SECONDS) if os.environ.get(OCR, "") == "1" else ReadLimits()


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestConfig:
    """Settings of indexing.

    Attributes:
        model: ``""`` for the embedded model, else the name or folder of any sentence-transformers model.
        max_tokens: Bound on the tokens of a passage.
        keep_generations: How many indexes are kept to roll back to, the published one included; at least 1.
        lock_seconds: How long to wait for another process that is building before giving up.
        limits: What reading one file may cost; by default as the environment says.
    """

    model: str = ""
    max_tokens: int = 220
    keep_generations: int = 10
    lock_seconds: float = 10.0
    limits: ReadLimits = field(default_factory=lambda: read_limits())

    def __post_init__(self) -> None:
        """Refuse to keep no generation: the published one is never removed."""
        if self.keep_generations < 1:
            raise UsageError(
                f"keep_generations is {self.keep_generations}; the published index is always kept. Give 1 or more."
            )
