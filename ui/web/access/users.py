"""The people who may sign in to the page: one file of names, roles and password hashes."""

import json
import os
import re
import tempfile
import threading
import tomllib
import unicodedata
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus import UsageError
from ui.web.access.visitor import LOCAL, Role

if TYPE_CHECKING:
    from argon2 import PasswordHasher

FILE_NAME = "users.toml"
MIN_PASSWORD = 10
MAX_PASSWORD = 256
MAX_NAME = 128
"""Lengths are in code points of the normalized text (NFC)."""
_HEAD = "# Who may sign in to the page. Kept by `rapporteur users`, which drops other comments.\n"
_ENTRY = re.compile(r"^\s*\[\[\s*user\s*\]\]", re.MULTILINE)
_LOCK_SECONDS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """Somebody who may sign in; `password` is an argon2id hash in its usual text form."""

    name: str
    role: Role
    password: str


def name_key(name: str) -> str:
    """What two spellings of one name share: without case, width and surrounding blanks; any text gives a key."""
    return unicodedata.normalize("NFKC", name).strip().casefold()


def is_name(name: str) -> bool:
    """Whether a text can be a person's name: 1 to 128 printable code points, no blanks around, not the name that
    stands for everybody where nobody signs in.
    """
    is_written = 0 < len(name) <= MAX_NAME and name.isprintable() and name == name.strip()
    return is_written and name_key(name) not in ("", LOCAL.name)


def is_password(given: str, user: User | None) -> bool:
    """Whether `given` is the user's password; for nobody it takes as long and is False."""
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        matches = _hasher().verify(user.password if user else _nobodys_hash(), _normal(given))
    except (VerificationError, InvalidHashError):
        return False
    return matches and user is not None


class UsersFile:
    """The users of one TOML file, read again whenever it has changed; safe to use from several threads.

    Every method raises `UsageError` when the file cannot be read or written, or is malformed; the message names
    file and line.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._seen: tuple[int, ...] | None = None
        self._users: Mapping[str, User] = {}

    def users(self) -> tuple[User, ...]:
        """Return all users in the order of the file; none when there is no file."""
        return tuple(self._read().values())

    def find(self, name: str) -> User | None:
        """Return the user of that name in any spelling of it, or None."""
        return self._read().get(name_key(name))

    def add(self, name: str, role: Role, password: str) -> User:
        """Add a user; raises `UsageError` too for a name that is taken or none, or a weak password."""
        name = unicodedata.normalize("NFC", name)
        if not is_name(name):
            raise UsageError(
                f"{name!r} cannot be a name: take 1 to {MAX_NAME} printable characters without blanks around them, "
                f"other than {LOCAL.name!r}."
            )
        added = User(name=name, role=role, password=_hashed(name, password))

        def change(users: dict[str, User]) -> None:
            if name_key(name) in users:
                raise UsageError(f"{name} is in {self.path} already; change the password with: users password {name}.")
            users[name_key(name)] = added

        self._change(change)
        return added

    def remove(self, name: str) -> User:
        """Take a user out; raises `UsageError` too when there is none of that name."""
        removed: list[User] = []
        self._change(lambda users: removed.append(users.pop(self._known(users, name))))
        return removed[0]

    def change_password(self, name: str, password: str) -> User:
        """Give a user another password; raises `UsageError` too for an unknown name or a weak password."""
        changed: list[User] = []

        def change(users: dict[str, User]) -> None:
            key = self._known(users, name)
            users[key] = replace(users[key], password=_hashed(users[key].name, password))
            changed.append(users[key])

        self._change(change)
        return changed[0]

    def _known(self, users: Mapping[str, User], name: str) -> str:
        if name_key(name) not in users:
            raise UsageError(f"There is no {name!r} in {self.path}; `rapporteur users list` names everybody.")
        return name_key(name)

    def _read(self) -> Mapping[str, User]:
        with self._lock:
            try:
                stat = self.path.stat()
                seen = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
                if seen != self._seen:
                    self._users, self._seen = _parsed(self.path.read_bytes(), self.path), seen
            except FileNotFoundError:
                self._users, self._seen = {}, None
            except OSError as error:
                raise UsageError(f"{self.path} cannot be read ({error.strerror}); mend its permissions.") from error
            return self._users

    def _change(self, change: Callable[[dict[str, User]], None]) -> None:
        from filelock import FileLock, Timeout

        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with FileLock(f"{self.path}.lock", timeout=_LOCK_SECONDS):
                users = dict(self._read())
                change(users)
                _write(self.path, users.values())
        except Timeout as error:
            raise UsageError(f"Another command is changing {self.path}; try again when it is done.") from error
        except OSError as error:
            raise UsageError(f"{self.path} cannot be written ({error.strerror}); name another with --users.") from error


def _parsed(data: bytes, path: Path) -> dict[str, User]:
    try:
        text = data.decode("utf-8")
        told = tomllib.loads(text)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise UsageError(f"{path}, line {line}: not UTF-8; save the file as UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{path} is not TOML: {error}. Mend that line.") from error
    entries = told.pop("user", [])
    if told or not isinstance(entries, list):
        raise UsageError(f"{path}, line 1: the file may hold [[user]] entries only, not {', '.join(told) or 'user ='}.")
    lines = [text.count("\n", 0, match.end()) + 1 for match in _ENTRY.finditer(text)]
    users: dict[str, User] = {}
    for n, entry in enumerate(entries):
        fault = _fault(entry, users)
        if fault:
            raise UsageError(f"{path}, line {lines[n] if n < len(lines) else 1}: {fault}.")
        users[name_key(entry["name"])] = User(**entry)
    return users


def _fault(entry: Any, known: Mapping[str, User]) -> str:
    from argon2 import extract_parameters
    from argon2.exceptions import InvalidHashError

    if not isinstance(entry, dict) or set(entry) != {"name", "role", "password"}:
        return "a user needs name, role and password, and nothing else"
    if not all(isinstance(value, str) for value in entry.values()):
        return "name, role and password are texts"
    if not is_name(entry["name"]):
        return f"{entry['name']!r} cannot be a name"
    if name_key(entry["name"]) in known:
        return f"{entry['name']} stands here a second time"
    if entry["role"] not in ("reader", "keeper"):
        return f"the role of {entry['name']} must be reader or keeper, not {entry['role']!r}"
    with suppress(InvalidHashError):
        extract_parameters(entry["password"])
        if entry["password"].startswith("$argon2id$"):
            return ""
    return f"the password of {entry['name']} is no argon2id hash; set it with `rapporteur users password`"


def _write(path: Path, users: Any) -> None:
    def quoted(text: str) -> str:
        return json.dumps(text, ensure_ascii=False)  # The strings of JSON without control characters are TOML's.

    entries = [
        f"\n[[user]]\nname = {quoted(user.name)}\nrole = {quoted(user.role)}\npassword = {quoted(user.password)}\n"
        for user in users
    ]
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # Only its owner may read it (0600).
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(_HEAD + "".join(entries))
            file.flush()
            os.fsync(file.fileno())
        Path(draft).replace(path)
    finally:
        Path(draft).unlink(missing_ok=True)


def _hashed(name: str, password: str) -> str:
    normal = _normal(password)
    if len(normal) < MIN_PASSWORD:
        raise UsageError(f"The password is too short: take {MIN_PASSWORD} characters or more.")
    if len(normal) > MAX_PASSWORD:
        raise UsageError(f"The password is too long: take {MAX_PASSWORD} characters or fewer.")
    if name_key(normal) == name_key(name):
        raise UsageError("The password is the name; take another.")
    return _hasher().hash(normal)


def _normal(password: str) -> str:
    # One password, however the keyboard composes its letters (RFC 8265 §4.2); half characters hash like none.
    return unicodedata.normalize("NFC", password).encode("utf-8", "replace").decode("utf-8")


@cache
def _hasher() -> "PasswordHasher":
    from argon2 import PasswordHasher

    return PasswordHasher()  # argon2id with the second choice of RFC 9106 §4: 64 MiB, 3 passes.


@cache
def _nobodys_hash() -> str:
    return _hasher().hash(os.urandom(16).hex())
