"""Measure any assistant on judged questions."""

from assistant.evaluate.contains import contains_all
from assistant.evaluate.questions import JudgedQuestion, read_questions
from assistant.evaluate.report import scorecard_html, scorecard_table
from assistant.evaluate.scorecard import MEASURES, Row, Scorecard, evaluate

__all__ = [
    "MEASURES",
    "JudgedQuestion",
    "Row",
    "Scorecard",
    "contains_all",
    "evaluate",
    "read_questions",
    "scorecard_html",
    "scorecard_table",
]
