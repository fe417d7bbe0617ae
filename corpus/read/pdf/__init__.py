"""PDF files, read from the places of their letters."""

from corpus.read.pdf.document import extract

__all__ = ["extract"]
