"""The proof: a citation exists only where its quote stands in the report."""

from assistant.prove.locate import locate

__all__ = ["locate"]
