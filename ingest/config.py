"""How an index is built; values only, nothing is opened here."""

from dataclasses import dataclass, field

from corpus import ReadLimits


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestConfig:
    """Settings of indexing.

    Attributes:
        model: ``""`` for the embedded model, else the name or folder of any sentence-transformers model.
        max_tokens: Bound on the tokens of a passage.
        lock_seconds: How long to wait for another process that is building before giving up.
        limits: What reading one file may cost.
    """

    model: str = ""
    max_tokens: int = 220
    lock_seconds: float = 10.0
    limits: ReadLimits = field(default=ReadLimits())
