"""Word files, read part by part of their archive."""

from corpus.read.docx.document import extract

__all__ = ["extract"]
