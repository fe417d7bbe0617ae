"""Measure any assistant on judged questions."""

from assistant.evaluate.questions import JudgedQuestion, read_questions
from assistant.evaluate.report import scorecard_html, scorecard_table
from assistant.evaluate.scorecard import Scorecard, evaluate

__all__ = ["JudgedQuestion", "Scorecard", "evaluate", "read_questions", "scorecard_html", "scorecard_table"]
