"""What the reader and a language model make of a question together: whether the records answer it, and what is told.

The weights come from `python -m assistant.train.agreement`, which wrote `agreement.json`: on what, and how well.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from assistant.answer import Claim
from assistant.decision import Features, log_odds
from corpus.citation import Citation

SIGNS = ("answered", "agreed", "apart", "withheld")
"""Of a question: the reader's log-odds that it is answered; whether a released sentence of the model rests on what the
program's own answer cites; whether some were released and none does; whether all it wrote was withheld."""
_TABLE = Path(__file__).with_name("agreement.json")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Agreement:
    """The fitted numbers.

    Attributes:
        answered: Weights of `SIGNS`, then a constant.
        least: Probability from which a question is answered.
        told: Least probability, by the reader, of the sentence that a model's words rest on where the program's own
            answer does not cite it.
    """

    answered: Features
    least: float
    told: float

    def is_answered(self, signs: Features) -> bool:
        """Whether the records answer a question with these signs."""
        odds = float(signs @ self.answered[:-1] + self.answered[-1])
        return 1.0 / (1.0 + float(np.exp(-odds))) >= self.least


def signs_of(answered: float, claims: Sequence[Claim], withheld: int, own: Sequence[Citation]) -> Features:
    """`SIGNS` of a question.

    Args:
        answered: Probability that the records answer, by the reader.
        claims: The model's sentences that were released, `withheld` the number of the others.
        own: What the program's own answer cites, or the closest sentence of a refusal.
    """
    cited = {citation for claim in claims for citation in claim.citations}
    agreed = bool(cited & set(own))
    odds = float(log_odds(np.array([answered], dtype=np.float32))[0])
    signs = (odds, agreed, bool(claims) and not agreed, withheld > 0 and not claims)
    return np.array(signs, dtype=np.float32)


@cache
def open_agreement() -> Agreement:
    """The fitted numbers."""
    kept = json.loads(_TABLE.read_text(encoding="utf-8"))
    answered = np.array(kept["answered"], dtype=np.float32)
    return Agreement(answered=answered, least=kept["least"], told=kept["told"])
