"""Measure any assistant on judged questions, and the proof on sentences told true or false."""

from assistant.evaluate.attacks import AttackCard, attack_scorecard, attack_table, read_attacks
from assistant.evaluate.contains import contains_all
from assistant.evaluate.questions import JudgedQuestion, read_questions
from assistant.evaluate.report import scorecard_html, scorecard_table
from assistant.evaluate.scorecard import MEASURES, Row, Scorecard, evaluate

__all__ = [
    "MEASURES",
    "AttackCard",
    "JudgedQuestion",
    "Row",
    "Scorecard",
    "attack_scorecard",
    "attack_table",
    "contains_all",
    "evaluate",
    "read_attacks",
    "read_questions",
    "scorecard_html",
    "scorecard_table",
]
