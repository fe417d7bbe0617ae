"""Who visits the page, and what they may do."""

from dataclasses import dataclass
from typing import Literal

Role = Literal["reader", "keeper"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """A person at the page; a keeper may also add reports, regenerate the index and judge questions."""

    name: str
    role: Role

    @property
    def is_keeper(self) -> bool:
        """Whether this person may change what others see."""
        return self.role == "keeper"


LOCAL = Visitor(name="local", role="keeper")
"""Whoever sits at the computer that runs the page, where nobody signs in."""
