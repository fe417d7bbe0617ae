"""Which reader reads: the trained one, or a cross-encoder that the environment names."""

import os
from typing import Any, cast

from assistant.reader.reading import Reader
from ingest import EMBEDDED, open_embedder


def configured_reader() -> str:
    """Name or folder of the cross-encoder in ``RAPPORTEUR_READER``; empty for the trained reader."""
    return os.environ.get("RAPPORTEUR_READER", "").strip()


def open_reader(name: str, embedder: Any) -> Reader:
    """The reader of that name.

    Args:
        name: ``""`` for the trained reader, else the name or folder of a sentence-transformers cross-encoder.
        embedder: The model of the index; where it is not the embedded one, the trained reader opens that beside it.

    Raises:
        ModelUnavailable: It cannot be loaded; names the cure.
    """
    if name:
        from assistant.reader.cross_encoder import CrossEncoderReader

        return cast(Reader, CrossEncoderReader(name))
    from assistant.reader.embedded import EmbeddedReader

    shared: Any = embedder if hasattr(embedder, "lower") else open_embedder(EMBEDDED)
    return EmbeddedReader(shared)
