"""Sentences and evidence read by the embedded model, and a prover over it."""

from collections.abc import Callable

import pytest

from assistant.prove import Prover
from assistant.prove.align import Alignment, Read, joined, read
from assistant.prove.prover import sentences_of_text
from ingest import Embedder


@pytest.fixture(scope="session")
def read_text(embedder: Embedder) -> Callable[[str], Read]:
    return lambda text: read(text, embedder.embed_tokens([text])[0])


@pytest.fixture(scope="session")
def aligned(read_text: Callable[[str], Read]) -> Callable[[str, str], Alignment]:
    """A sentence aligned with the sentences of its evidence, as the prover does it."""
    return lambda claim, source: Alignment(
        claim=read_text(claim), source=joined([read_text(part) for part in sentences_of_text(source)])
    )


@pytest.fixture(scope="session")
def prover(embedder: Embedder) -> Prover:
    return Prover(embedder)
