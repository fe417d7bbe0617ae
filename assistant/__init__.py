"""A question in, a proved answer out. Light to import; models and stores load when an assistant is opened."""

from assistant.answer import Answer, Citation, Claim, Coverage, IndexInfo, Retrieved
from assistant.evaluate import (
    JudgedQuestion,
    Scorecard,
    read_questions,
    scorecard_html,
    scorecard_table,
)
from assistant.evaluate import evaluate as score
from assistant.open import Assistant, AssistantConfig, open_assistant
from assistant.question import Filters, Question, Turn
from assistant.render import answer_text, answer_to_dict

__all__ = [
    "Answer",
    "Assistant",
    "AssistantConfig",
    "Citation",
    "Claim",
    "Coverage",
    "Filters",
    "IndexInfo",
    "JudgedQuestion",
    "Question",
    "Retrieved",
    "Scorecard",
    "Turn",
    "answer_text",
    "answer_to_dict",
    "open_assistant",
    "read_questions",
    "score",
    "scorecard_html",
    "scorecard_table",
]
