"""A question in, a proved answer out. Light to import; models and stores load when an assistant is opened."""

from assistant.answer import Answer, Claim, Coverage, IndexInfo, Retrieved, Row
from assistant.compose.dossier import Dossier, compose_dossier
from assistant.compose.facts import closed_promises, in_time, is_dated, ledger_word, parties_of
from assistant.evaluate import (
    AttackCard,
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
from assistant.language_model_config import LanguageModelConfig
from assistant.open import AssistantConfig, open_assistant
from assistant.propose import open_proposer
from assistant.prove import Checked, Checker, Pair, open_checker, pair_of
from assistant.question import ROUTES, Filters, Question, Turn
from assistant.render import answer_text, answer_to_dict
from assistant.steps import Assistant
from assistant.stored import answer_from_json, answer_to_json
from corpus.citation import Citation

__all__ = [
    "ROUTES",
    "Answer",
    "Assistant",
    "AssistantConfig",
    "AttackCard",
    "Checked",
    "Checker",
    "Citation",
    "Claim",
    "Coverage",
    "Dossier",
    "Filters",
    "IndexInfo",
    "JudgedQuestion",
    "LanguageModelConfig",
    "Pair",
    "Question",
    "Retrieved",
    "Row",
    "Scorecard",
    "Turn",
    "answer_from_json",
    "answer_text",
    "answer_to_dict",
    "answer_to_json",
    "attack_scorecard",
    "attack_table",
    "closed_promises",
    "compose_dossier",
    "in_time",
    "is_dated",
    "ledger_word",
    "open_assistant",
    "open_checker",
    "open_proposer",
    "pair_of",
    "parties_of",
    "read_attacks",
    "read_questions",
    "score",
    "scorecard_html",
    "scorecard_table",
]
