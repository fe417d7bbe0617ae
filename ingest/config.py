"""How an index is built; values only, nothing is opened here."""

from dataclasses import dataclass, field

from corpus import ReadLimits, UsageError


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestConfig:
    """Settings of indexing.

    Attributes:
        model: ``""`` for the embedded model, else the name or folder of any sentence-transformers model.
        max_tokens: Bound on the tokens of a passage.
        keep_generations: How many indexes are kept to roll back to, the published one included; at least 1.
        lock_seconds: How long to wait for another process that is building before giving up.
        limits: What reading one file may cost.
    """

    model: str = ""
    max_tokens: int = 220
    keep_generations: int = 3
    lock_seconds: float = 10.0
    limits: ReadLimits = field(default=ReadLimits())

    def __post_init__(self) -> None:
        """Refuse to keep no generation: the published one is never removed."""
        if self.keep_generations < 1:
            raise UsageError(
                f"keep_generations is {self.keep_generations}; the published index is always kept. Give 1 or more."
            )
