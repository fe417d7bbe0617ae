"""From reports to a published index: build it, watch a folder, open it. Light to import; libraries load when used."""

from corpus.read.ocr import LANGUAGES as OCR_LANGUAGES
from corpus.read.ocr import PROGRAM as OCR_PROGRAM
from corpus.read.ocr import languages as ocr_languages
from ingest.alignment import open_alignment
from ingest.config import IngestConfig, read_limits
from ingest.corrections import Correction, correct, corrected, read_corrections, uncorrect
from ingest.derive import embedded_text
from ingest.embed import EMBEDDED, Embedder, TokenVectors, model_label, open_embedder
from ingest.export import export_network, exported_model, onnx_session
from ingest.fact_corrections import (
    NEEDED,
    SETTABLE,
    SEVERAL,
    Said,
    add_fact,
    as_said,
    edit_fact,
    fact_key,
    is_by_keeper,
    read_said,
    strike_fact,
    unsay_fact,
)
from ingest.generation import read_manifest
from ingest.history import INBOX, PastGeneration, forget_generations, generations, roll_back
from ingest.index import Index, open_index
from ingest.inference import InferenceModel, configured_inference, open_cross_encoder, open_inference
from ingest.ledger.compared import News
from ingest.ledger.fact import (
    AGREEMENT_STATES,
    DEGREES,
    KEPT,
    MADE,
    OVER,
    PERHAPS,
    PROMISE_STATES,
    VISIT_TERMS,
    WANTED,
    Agreement,
    Contact,
    Fact,
    Kind,
    Organization,
    Promise,
    Role,
    Term,
    Theme,
)
from ingest.ledger.fact import KindName as FactKind
from ingest.ledger.ledger import Ledger
from ingest.ledger.likely import SURE, is_unsure, likely
from ingest.ledger.merges import (
    Merge,
    find_organization,
    is_refused,
    merge_history,
    merge_names,
    merged_pairs,
    read_merges,
    refuse_names,
    unmerge_names,
)
from ingest.ledger.naming import country_of, is_own
from ingest.ledger.outcomes import linked
from ingest.ledger.promises import closed_by
from ingest.ledger.proposals import Proposal, proposals
from ingest.ledger.term_days import is_within, last_day
from ingest.ledger.themes import theme_name
from ingest.office import proposed_office, read_office, save_office
from ingest.passage import Passage, Sentence
from ingest.passages import passages_of, sentences_of
from ingest.pointer import current_generation
from ingest.previews import Preview, preview
from ingest.publish import build_index, watch
from ingest.receipt import Receipt
from ingest.replace import Aside, aside, put_back, remove_report, replace_report, set_aside
from ingest.tagger.export import exported_tagger
from ingest.tagger.tagging import SharesLower
from ingest.weights import made_of_weights

__all__ = [
    "AGREEMENT_STATES",
    "DEGREES",
    "EMBEDDED",
    "INBOX",
    "KEPT",
    "MADE",
    "NEEDED",
    "OCR_LANGUAGES",
    "OCR_PROGRAM",
    "OVER",
    "PERHAPS",
    "PROMISE_STATES",
    "SETTABLE",
    "SEVERAL",
    "SURE",
    "VISIT_TERMS",
    "WANTED",
    "Agreement",
    "Aside",
    "Contact",
    "Correction",
    "Embedder",
    "Fact",
    "FactKind",
    "Index",
    "InferenceModel",
    "IngestConfig",
    "Kind",
    "Ledger",
    "Merge",
    "News",
    "Organization",
    "Passage",
    "PastGeneration",
    "Preview",
    "Promise",
    "Proposal",
    "Receipt",
    "Role",
    "Said",
    "Sentence",
    "SharesLower",
    "Term",
    "Theme",
    "TokenVectors",
    "add_fact",
    "as_said",
    "aside",
    "build_index",
    "closed_by",
    "configured_inference",
    "correct",
    "corrected",
    "country_of",
    "current_generation",
    "edit_fact",
    "embedded_text",
    "export_network",
    "exported_model",
    "exported_tagger",
    "fact_key",
    "find_organization",
    "forget_generations",
    "generations",
    "is_by_keeper",
    "is_own",
    "is_refused",
    "is_unsure",
    "is_within",
    "last_day",
    "likely",
    "linked",
    "made_of_weights",
    "merge_history",
    "merge_names",
    "merged_pairs",
    "model_label",
    "ocr_languages",
    "onnx_session",
    "open_alignment",
    "open_cross_encoder",
    "open_embedder",
    "open_index",
    "open_inference",
    "passages_of",
    "preview",
    "proposals",
    "proposed_office",
    "put_back",
    "read_corrections",
    "read_limits",
    "read_manifest",
    "read_merges",
    "read_office",
    "read_said",
    "refuse_names",
    "remove_report",
    "replace_report",
    "roll_back",
    "save_office",
    "sentences_of",
    "set_aside",
    "strike_fact",
    "theme_name",
    "uncorrect",
    "unmerge_names",
    "unsay_fact",
    "watch",
]
