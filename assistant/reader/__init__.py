"""The reader: which sentences of a passage answer a question, learned from examples."""

from assistant.reader.reading import Reader, Reading, Window

__all__ = ["Reader", "Reading", "Window"]
