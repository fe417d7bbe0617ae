"""The outcome of the five checks on one sentence; its verdict is derived from them and never set."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from assistant.words import phrase

CheckName = Literal["located", "covered", "no_stronger", "same_roles", "entailed"]
Verdict = Literal["proved", "uncertain", "withheld"]
CHECKS: tuple[CheckName, ...] = ("located", "covered", "no_stronger", "same_roles", "entailed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a check failed: a phrase of `corpus/lexicon/phrases.toml` and what fills it.

    Attributes:
        is_sure: Set where the finding is surer than others of its key.
    """

    key: str
    values: Mapping[str, str] = field(default_factory=dict)
    is_sure: bool = False

    def text(self, language: str) -> str:
        """The reason in English, Chinese or Russian, and in English for any other language."""
        return phrase(self.key, language, **self.values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What the checks found.

    Attributes:
        failed: Reason of each check that failed; a check that is not named passed.
        score: Probability from 0 to 1 that the quotes support the sentence, for ranking; 1 for a sentence that is
            its own quote. A failed check does not set it to zero: the verdict is what counts for releasing.
        quote: The stretch of the evidence that comes nearest to the sentence; empty when there is none.
    """

    failed: Mapping[CheckName, Reason] = field(default_factory=dict)
    score: float = 1.0
    quote: str = ""

    @property
    def verdict(self) -> Verdict:
        """Withheld when any of the first four checks failed, uncertain when only the last one did."""
        if set(self.failed) - {"entailed"}:
            return "withheld"
        return "uncertain" if self.failed else "proved"

    @property
    def checks(self) -> dict[str, bool]:
        """Whether each of the five checks passed, in their order."""
        return {name: name not in self.failed for name in CHECKS}

    def reason(self, language: str) -> str:
        """The reason of the first check that failed, in the user's language; empty for a proved sentence."""
        return next((self.failed[name].text(language) for name in CHECKS if name in self.failed), "")
