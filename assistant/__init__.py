"""A question in, a proved answer out. Light to import; models and stores load when an assistant is opened."""

from assistant.answer import Answer, Claim, Coverage, IndexInfo, Retrieved
from assistant.compose.dossier import Dossier, compose_dossier
from assistant.compose.facts import (
    Outcome,
    in_time,
    is_dated,
    ledger_word,
    parties_of,
    promise_outcomes,
    promised_by,
)
from assistant.compose.rows import sides_of, told
from assistant.compose.translation import Translation
from assistant.evaluate import (
    JudgedQuestion,
    Scorecard,
    attack_scorecard,
    attack_table,
    read_attacks,
    read_questions,
    scorecard_html,
    scorecard_table,
)
from assistant.evaluate import evaluate as score
from assistant.filters import filtered
from assistant.language_model import open_language_model
from assistant.language_model_chosen import ChosenModel, choose_model, chosen_model
from assistant.language_model_config import TASKS, LanguageModelConfig
from assistant.local_model import has_server, install_local_model, installed_model, remove_local_model
from assistant.open import AssistantConfig, open_assistant
from assistant.propose import open_proposer
from assistant.prove import Pair, open_checker, pair_of
from assistant.question import ROUTES, Filters, Question, Turn
from assistant.render import answer_text, answer_to_dict
from assistant.steps import Assistant
from assistant.stored import answer_from_json, answer_to_json
from assistant.terms import open_term_reader
from corpus.citation import Citation

__all__ = [
    "ROUTES",
    "TASKS",
    "Answer",
    "Assistant",
    "AssistantConfig",
    "ChosenModel",
    "Citation",
    "Claim",
    "Coverage",
    "Dossier",
    "Filters",
    "IndexInfo",
    "JudgedQuestion",
    "LanguageModelConfig",
    "Outcome",
    "Pair",
    "Question",
    "Retrieved",
    "Scorecard",
    "Translation",
    "Turn",
    "answer_from_json",
    "answer_text",
    "answer_to_dict",
    "answer_to_json",
    "attack_scorecard",
    "attack_table",
    "choose_model",
    "chosen_model",
    "compose_dossier",
    "filtered",
    "has_server",
    "in_time",
    "install_local_model",
    "installed_model",
    "is_dated",
    "ledger_word",
    "open_assistant",
    "open_checker",
    "open_language_model",
    "open_proposer",
    "open_term_reader",
    "pair_of",
    "parties_of",
    "promise_outcomes",
    "promised_by",
    "read_attacks",
    "read_questions",
    "remove_local_model",
    "score",
    "scorecard_html",
    "scorecard_table",
    "sides_of",
    "told",
]
