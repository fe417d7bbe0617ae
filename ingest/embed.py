"""Which embedder a name stands for: the embedded model for none, a model of sentence-transformers for any other."""

from collections.abc import Callable

from ingest.embedded import RECENT, EmbeddedModel, LowerStates
from ingest.embedder import Embedder, TokenVectors, Vectors
from ingest.export import exported_model
from ingest.model_from_wheel import MODEL_NAME
from ingest.pieces import PieceTokenizer
from ingest.sentence_embedder import SentenceEmbedder

EMBEDDED = ""

__all__ = [
    "EMBEDDED",
    "RECENT",
    "EmbeddedModel",
    "Embedder",
    "LowerStates",
    "SentenceEmbedder",
    "TokenVectors",
    "Vectors",
    "model_label",
    "open_embedder",
    "token_counter",
]


def open_embedder(name: str = EMBEDDED) -> Embedder:
    """The embedder of that name: `EmbeddedModel` for ``""``, else `SentenceEmbedder`."""
    return SentenceEmbedder(name) if name else EmbeddedModel()


def token_counter(name: str = EMBEDDED) -> Callable[[str], int]:
    """Counts the tokens of a text as `Embedder.count_tokens`; of the embedded model only its words are loaded.

    Raises:
        ModelUnavailable: They cannot be loaded; names the cure.
    """
    if name != EMBEDDED:
        return open_embedder(name).count_tokens
    tokenizer = PieceTokenizer(exported_model())
    tokenizer.whole  # noqa: B018  # so that damage is told here, not at the first text
    return tokenizer.count


def model_label(name: str = EMBEDDED) -> str:
    """The name an index built with the configured model bears, known without loading the model."""
    return MODEL_NAME if name == EMBEDDED else name
