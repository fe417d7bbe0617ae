"""What the page remembers, as plain values: turns with the thumbs on them, conversations, and scorecards."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from assistant import Answer

Way = Literal["up", "down", "none"]
REASONS = ("wrong", "wrong_citation", "missing", "should_have_refused")
"""Why a thumb went down, in the order in which the page offers them."""
MAX_NOTE = 2000
"""Code points of a note that are kept."""
Means = Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """What a visitor thought of an answer; `reasons` are some of `REASONS`, none for a thumb up."""

    way: Way
    reasons: tuple[str, ...] = ()
    note: str = ""
    time: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptTurn:
    """A question with its answer as it was given; `answer` is None when it can no longer be read, `trouble` says why.

    `time` is ISO 8601 in UTC, here and in the other classes.
    """

    id: str
    conversation: str
    user: str
    time: str
    question: str
    answer: Answer | None
    generation: str
    feedback: Feedback | None = None
    trouble: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """A conversation as a list shows it: what was asked first, and when last.

    Attributes:
        turns: Ids of its turns, oldest first.
        title: The name that the visitor gave it; empty while it has none.
        found: Of a search that its turns answer, the id of the last one that does; `line` is the line that was sought,
            of the question or the answer.
    """

    id: str
    first_question: str
    time: str
    turns: tuple[str, ...]
    title: str = ""
    found: str = ""
    line: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """What was deleted: rows by table, in the order in which they can be kept again; false when it was nothing."""

    rows: Mapping[str, Sequence[tuple[Any, ...]]]

    def __len__(self) -> int:
        return len(self.rows["conversations"])


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptScorecard:
    """The means of one evaluation, as `Scorecard.means` gives them: of all questions, by language and by type.

    `file` is the name of the file of questions and `sha256` the hash of its bytes: scorecards of the same name and
    another hash are over other questions.
    """

    time: str
    file: str
    sha256: str
    generation: str
    overall: Means
    by_language: Mapping[str, Means]
    by_type: Mapping[str, Means]
