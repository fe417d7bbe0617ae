"""From reports to a published index: build it, watch a folder, open it. Light to import; libraries load when used."""

from ingest.config import IngestConfig
from ingest.embed import Embedder, TokenVectors, model_label, open_embedder
from ingest.generation import current_generation, read_manifest
from ingest.index import Index, open_index
from ingest.inference import InferenceModel, configured_inference, open_inference
from ingest.ledger.fact import AGREEMENT_STATES, DEGREES, Fact
from ingest.ledger.fact import Kind as FactKind
from ingest.ledger.heads import head_of as body_sort
from ingest.ledger.ledger import Ledger
from ingest.ledger.reading import covers, own_keys
from ingest.passage import Passage, Sentence
from ingest.publish import build_index, watch
from ingest.receipt import Receipt

__all__ = [
    "AGREEMENT_STATES",
    "DEGREES",
    "Embedder",
    "Fact",
    "FactKind",
    "Index",
    "InferenceModel",
    "IngestConfig",
    "Ledger",
    "Passage",
    "Receipt",
    "Sentence",
    "TokenVectors",
    "body_sort",
    "build_index",
    "configured_inference",
    "covers",
    "current_generation",
    "model_label",
    "open_embedder",
    "open_index",
    "open_inference",
    "own_keys",
    "read_manifest",
    "watch",
]
