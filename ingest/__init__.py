"""From reports to a published index: build it, watch a folder, open it. Light to import; libraries load when used."""

from ingest.alignment import Alignment, open_alignment
from ingest.config import IngestConfig
from ingest.corrections import (
    Correction,
    accept_fact,
    correct,
    fact_key,
    read_corrections,
    reject_fact,
    uncorrect,
)
from ingest.embed import EMBEDDED, Embedder, LowerStates, TokenVectors, model_label, open_embedder
from ingest.export import export_network, exported_model, onnx_session
from ingest.generation import current_generation, read_manifest
from ingest.history import INBOX, PastGeneration, forget_generations, generations, roll_back
from ingest.index import Index, open_index
from ingest.inference import InferenceModel, configured_inference, open_cross_encoder, open_inference
from ingest.ledger.compared import News
from ingest.ledger.contacts import side_of
from ingest.ledger.extract import Proposes
from ingest.ledger.fact import AGREEMENT_STATES, DEGREES, Fact
from ingest.ledger.fact import Kind as FactKind
from ingest.ledger.heads import head_of as body_sort
from ingest.ledger.ledger import Ledger
from ingest.ledger.mentions import organizations_in
from ingest.ledger.merges import (
    Merge,
    find_name,
    find_organization,
    merge_names,
    merged_pairs,
    read_merges,
    unmerge_names,
)
from ingest.ledger.promises import closed_by
from ingest.ledger.proposals import Proposal, proposals
from ingest.ledger.reading import Line, Reading, covers, own_keys, stemmed
from ingest.ledger.reading import read as read_for_facts
from ingest.ledger.themes import theme_name
from ingest.made_once import made_once
from ingest.passage import Passage, Sentence
from ingest.previews import Preview, preview
from ingest.publish import build_index, embedded_text, watch
from ingest.receipt import Receipt
from ingest.split import passages_of, sentences_of
from ingest.weights import sha256_of, unpack

__all__ = [
    "AGREEMENT_STATES",
    "DEGREES",
    "EMBEDDED",
    "INBOX",
    "Alignment",
    "Correction",
    "Embedder",
    "Fact",
    "FactKind",
    "Index",
    "InferenceModel",
    "IngestConfig",
    "Ledger",
    "Line",
    "LowerStates",
    "Merge",
    "News",
    "Passage",
    "PastGeneration",
    "Preview",
    "Proposal",
    "Proposes",
    "Reading",
    "Receipt",
    "Sentence",
    "TokenVectors",
    "accept_fact",
    "body_sort",
    "build_index",
    "closed_by",
    "configured_inference",
    "correct",
    "covers",
    "current_generation",
    "embedded_text",
    "export_network",
    "exported_model",
    "fact_key",
    "find_name",
    "find_organization",
    "forget_generations",
    "generations",
    "made_once",
    "merge_names",
    "merged_pairs",
    "model_label",
    "onnx_session",
    "open_alignment",
    "open_cross_encoder",
    "open_embedder",
    "open_index",
    "open_inference",
    "organizations_in",
    "own_keys",
    "passages_of",
    "preview",
    "proposals",
    "read_corrections",
    "read_for_facts",
    "read_manifest",
    "read_merges",
    "reject_fact",
    "roll_back",
    "sentences_of",
    "sha256_of",
    "side_of",
    "stemmed",
    "theme_name",
    "uncorrect",
    "unmerge_names",
    "unpack",
    "watch",
]
