"""The sessions of people who have signed in: opened, found again by their token, and over in time."""

import hashlib
import logging
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from corpus import UsageError
from ui.web.access.users import User, UsersFile

IDLE_SECONDS = 8 * 3600
"""A session that nobody used for a working day ends."""
WHOLE_SECONDS = 7 * 24 * 3600
"""No session outlives a week."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Session:
    name: str
    password: str
    opened: float
    used: float


class Sessions:
    """The open sessions, known by the SHA-256 of their tokens only; they end with the process.

    Args:
        clock: Gives seconds since any fixed moment.
    """

    def __init__(self, users: UsersFile, clock: Callable[[], float] = time.time) -> None:
        self._users = users
        self._clock = clock
        self._lock = threading.Lock()
        self._open: dict[str, _Session] = {}

    def open(self, user: User) -> str:
        """Return the token of a new session: 256 random bits in URL-safe letters."""
        token, now = secrets.token_urlsafe(32), self._clock()
        with self._lock:
            self._open = {key: session for key, session in self._open.items() if not self._is_over(session, now)}
            self._open[_digest(token)] = _Session(name=user.name, password=user.password, opened=now, used=now)
        return token

    def find(self, token: str) -> User | None:
        """Return whose session it is, and note its use; None when it is over, or its user is gone or has another
        password. While the list of users cannot be read nobody is known.
        """
        key, now = _digest(token), self._clock()
        with self._lock:
            session = self._open.get(key)
            if session is None:
                return None
            try:
                user = self._users.find(session.name)
            except UsageError as error:
                logger.error("nobody is let in: %s", error)
                return None
            if self._is_over(session, now) or user is None or user.password != session.password:
                del self._open[key]
                return None
            self._open[key] = replace(session, used=now)
            return user

    def end(self, token: str) -> None:
        """Close a session; a token of none is no error."""
        with self._lock:
            self._open.pop(_digest(token), None)

    def _is_over(self, session: _Session, now: float) -> bool:
        return now - session.used >= IDLE_SECONDS or now - session.opened >= WHOLE_SECONDS


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
